# SPDX-License-Identifier: GPL-2.0-or-later
# mdev.sh - mediated devices, of the kernel's sample driver.
# shellcheck shell=bash

LAB_MDEV=6d747479-0000-4000-8000-000000000001

mdev_xml() {
	printf "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='%s'/></source></hostdev>\n" \
		"$LAB_MDEV"
}

mdev_define() {
	[ -e "/etc/mdevctl.d/mtty/$LAB_MDEV" ] || mdevctl define -u "$LAB_MDEV" -p mtty -t mtty-1
}

# The most common one: nobody made it again after the reboot.
hazard mdev_missing "mdev $LAB_MDEV" mdev-present "a mediated device that nobody started" guest start
mdev_missing_make() { mtty_up && mdev_define; }
mdev_missing_xml() { mdev_xml; }
mdev_missing_remedy() { echo "mdevctl start -u $LAB_MDEV"; }
mdev_missing_undo() { mtty_remove "$LAB_MDEV"; rm -f "/etc/mdevctl.d/mtty/$LAB_MDEV"; }

hazard mdev_open "mdev $LAB_MDEV" mdev-present "a program that has the mediated device" guest
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
