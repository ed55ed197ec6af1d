# SPDX-License-Identifier: GPL-2.0-or-later
# A soft reboot keeps the kernel and /run: what an administrator took stays taken, and a guest that
# was killed on the way has its device given back before the daemon starts.
# config: booted
# stack: debian13
# limit: 400
# shellcheck shell=bash

first() {
	run hostdevctl detach "$NVME_B"
	assert_status 0
	guest_define g1 "$(pci_hostdev "$NVME_A" no)"
	guest_start g1
	assert_driver "$NVME_A" vfio-pci
	cat /proc/sys/kernel/random/boot_id >"$WORK/boot-id"
	# The guest does not end by itself, and nobody waits for it.
	echo SHUTDOWN_TIMEOUT=1 >/etc/default/libvirt-guests
	next_boot systemctl soft-reboot
}

second() {
	rm /etc/default/libvirt-guests
	[ "$(cat /proc/sys/kernel/random/boot_id)" = "$(cat "$WORK/boot-id")" ] || fail "not a soft reboot"
	run systemctl show -P SoftRebootsCount
	[ "$(cat "$OUTPUT")" = 1 ] || fail "the manager counts no soft reboot"
	assert_daemon_confined
	assert_guest_state g1 "shut off"
	journalctl -b --no-pager -u hostdevctl-recover.service | tail -n 5
	assert_driver "$NVME_A" nvme
	assert_known_data "$NVME_A"
	assert_driver "$NVME_B" vfio-pci
	run hostdevctl status
	assert_text "$OUTPUT" "$NVME_B"
	assert_no_text "$OUTPUT" "$NVME_A"
	run hostdevctl reattach "$NVME_B"
	assert_status 0
	assert_known_data "$NVME_B"
	assert_journal_empty
	assert_drivers_as_before
}

case $PHASE in
1) first ;;
*) second ;;
esac
