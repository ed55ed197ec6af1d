# SPDX-License-Identifier: GPL-2.0-or-later
# Power fails while a guest has a device and while another is being given back: the next boot is
# clean, with recover before the daemon.
# config: booted
# stack: debian13
# limit: 300
# shellcheck shell=bash

first() {
	guest_define g1 "$(pci_hostdev "$NVME_A" no)"
	guest_start g1
	assert_driver "$NVME_A" vfio-pci
	run hostdevctl detach "$NVME_B"
	assert_status 0
	cat /proc/sys/kernel/random/boot_id >"$WORK/boot-id"
	sync "$WORK/boot-id"
	next_boot bash -c "hostdevctl reattach $NVME_B & echo b >/proc/sysrq-trigger; sleep 60"
}

second() {
	[ "$(cat /proc/sys/kernel/random/boot_id)" != "$(cat "$WORK/boot-id")" ] || fail "no boot between"
	assert_daemon_confined
	assert_guest_state g1 "shut off"
	assert_drivers_as_before
	assert_journal_empty
	run hostdevctl status
	assert_status 0
	assert_no_text "$OUTPUT" "$NVME_A"
	assert_known_data "$NVME_A"
	assert_known_data "$NVME_B"
	systemctl show -P After libvirtd.service | grep -qw hostdevctl-recover.service ||
		fail "libvirtd does not wait for recover"
	guest_start g1
	guest_stop g1
	assert_driver "$NVME_A" nvme
}

case $PHASE in
1) first ;;
*) second ;;
esac
