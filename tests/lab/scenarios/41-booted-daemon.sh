# SPDX-License-Identifier: GPL-2.0-or-later
# libvirtd stops when idle and its socket starts it, also between `prepare` and `release`; a restart of it
# takes nothing from a guest, and what it missed is given back before it starts.
# config: booted
# stack: debian13
# limit: 500
# shellcheck shell=bash

daemon_is() {
	[ "$(systemctl is-active libvirtd.service)" = "$1" ]
}

is_on() {
	[ "$(driver_of "$1")" = "$2" ]
}

recover_ran() {
	systemctl show -P InvocationID hostdevctl-recover.service
}

# Idle, it stops; a device is taken and given back without it, or it is started for that.
echo 'LIBVIRTD_ARGS="--timeout 5"' >/etc/default/libvirtd
systemctl restart libvirtd.service
wait_for 60 daemon_is inactive || fail "an idle libvirtd goes on"
run hostdevctl detach "$NVME_A"
assert_status 0
assert_driver "$NVME_A" vfio-pci
run hostdevctl reattach "$NVME_A"
assert_status 0
assert_driver "$NVME_A" nvme
wait_for 60 daemon_is inactive || fail "libvirtd goes on"
rm /etc/default/libvirtd

# Its socket starts it.
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_daemon_confined
pid=$(qemu_pid g1)

# A restart with a running guest: recover looks first, and leaves the guest its device.
before=$(recover_ran)
run systemctl restart libvirtd.service
assert_status 0
wait_for 60 daemon_answers || fail "libvirtd does not answer"
[ "$(recover_ran)" != "$before" ] || fail "recover did not run before the daemon"
assert_guest_state g1 running
kill -0 "$pid" || fail "the guest's QEMU is gone"
assert_driver "$NVME_A" vfio-pci

# Away when the guest shall end: the request starts it, and it runs `release`.  libvirt may say that the
# guest is not running, if it ends before the daemon has found all its guests.
systemctl stop libvirtd.service
daemon_is inactive || fail "libvirtd is not stopped"
assert_driver "$NVME_A" vfio-pci
run virsh destroy g1
wait_for 60 guest_is g1 "shut off" || fail "g1 is $(guest_state g1)"
wait_for 30 is_on "$NVME_A" nvme || fail "$NVME_A is on $(driver_of "$NVME_A")"
assert_journal_empty

# Away, and QEMU dies: recover gives the device back, then the daemon starts.
guest_start g1
pid=$(qemu_pid g1)
systemctl stop libvirtd.service
kill -KILL "$pid"
wait_for 20 daemon_gone "$pid" || fail "QEMU does not die"
assert_driver "$NVME_A" vfio-pci
run systemctl start libvirtd.service
assert_status 0
assert_logged "-u hostdevctl-recover" "given back: 1, still in use: 0"
assert_driver "$NVME_A" nvme
wait_for 60 daemon_answers || fail "libvirtd does not answer"
assert_guest_state g1 "shut off"
assert_journal_empty
assert_known_data "$NVME_A"
assert_drivers_as_before
