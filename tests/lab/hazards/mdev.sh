# SPDX-License-Identifier: GPL-2.0-or-later
# mdev.sh - mediated devices, of the kernel's sample driver.
# shellcheck shell=bash

LAB_MDEV=6d747479-0000-4000-8000-000000000001

mdev_xml() {
	printf "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='%s'/></source></hostdev>\n" \
		"${1-$LAB_MDEV}"
}

mdev_define() {
	[ -e "/etc/mdevctl.d/mtty/$LAB_MDEV" ] || mdevctl define -u "$LAB_MDEV" -p mtty -t mtty-1
}

# The most common case: nobody created it again after the reboot.
hazard mdev_missing "mdev $LAB_MDEV" mdev-present "a mediated device that is not started" guest start
mdev_missing_make() { mtty_up && mdev_define; }
mdev_missing_xml() { mdev_xml; }
mdev_missing_remedy() { echo "mdevctl start -u $LAB_MDEV"; }
mdev_missing_undo() { mtty_remove "$LAB_MDEV"; rm -f "/etc/mdevctl.d/mtty/$LAB_MDEV"; }

hazard mdev_open "mdev $LAB_MDEV" mdev-present "a program with the mediated device open" guest
mdev_open_make() {
	local group

	mtty_create "$LAB_MDEV" && mdev_define || return 1
	group=/dev/vfio/$(basename "$(readlink "/sys/bus/mdev/devices/$LAB_MDEV/iommu_group")")
	wait_for 10 test -c "$group" || return 1
	sleep infinity <>"$group" >/dev/null 2>&1 &
	echo $! >"$WORK/pid"
	wait_for 10 test "$group" -ef "/proc/$(cat "$WORK/pid")/fd/0"
}
mdev_open_xml() { mdev_xml; }
mdev_open_remedy() { echo "kill $(cat "$WORK/pid")"; }
mdev_open_undo() {
	[ ! -s "$WORK/pid" ] || kill "$(cat "$WORK/pid")" 2>/dev/null
	rm -f "$WORK/pid"
	mdev_missing_undo
}

LAB_CHILD=6d747479-0000-4000-8000-000000000002

# A mediated device of a real function, whose driver is the sample driver.
child_up() {
	local types

	mtty_up || return 1
	types=$(pci_dir "$PLAIN")/mdev_supported_types
	[ -d "$types" ] || echo "$(pci_id "$PLAIN")" >/sys/bus/pci/drivers/mtty/new_id
	[ -e "/sys/bus/mdev/devices/$LAB_CHILD" ] || echo "$LAB_CHILD" >"$types/mtty-1/create"
}
pci_id() { cut -c 3- "$(pci_dir "$1")/vendor" "$(pci_dir "$1")/device" | tr '\n' ' '; }

# Its driver releases the function only when nobody uses the mediated device, so QEMU ends first.
child_down() {
	timeout -k 5 "$((60 * LAB_FACTOR))" virsh destroy hazard-owner
	timeout "$((30 * LAB_FACTOR))" virsh undefine hazard-owner
	mtty_remove "$LAB_CHILD"
	pci_id "$PLAIN" >/sys/bus/pci/drivers/mtty/remove_id
	[ "$(driver_of "$PLAIN")" = none ] || echo "$PLAIN" >"$(pci_dir "$PLAIN")/driver/unbind"
	echo >"$(pci_dir "$PLAIN")/driver_override"
} 2>/dev/null

hazard mdev_parent "$PLAIN" children-free "the parent of a mediated device that a guest uses" severe
mdev_parent_make() {
	child_up || return 1
	guest_define hazard-owner "$(mdev_xml "$LAB_CHILD")"
	timeout -k 5 "$((60 * LAB_FACTOR))" virsh start hazard-owner
}
mdev_parent_remedy() {
	echo "virsh destroy hazard-owner"
	echo "mdevctl stop -u $LAB_CHILD"
}
mdev_parent_harm() { guest_is hazard-owner running || echo "the guest has ended"; }
mdev_parent_undo() { child_down; }

hazard mdev_parent_idle "$PLAIN" children-free "the parent of a mediated device that nobody uses"
mdev_parent_idle_make() { child_up; }
mdev_parent_idle_remedy() { echo "mdevctl stop -u $LAB_CHILD"; }
mdev_parent_idle_harm() {
	[ -e "/sys/bus/mdev/devices/$LAB_CHILD" ] || echo "the mediated device is gone"
}
mdev_parent_idle_undo() { child_down; }
