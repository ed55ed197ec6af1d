# SPDX-License-Identifier: GPL-2.0-or-later
# autostart.sh - a guest that starts while libvirtd does.
# shellcheck shell=bash disable=SC2034 # the library reads TOOK

# autostart_with BINDER: the daemon answers in bounded time, and the guest is up.
autostart_with() {
	local begin

	set_binder "$1"
	guest_define g1 "$(pci_hostdev "$NVME_A" no)"
	run virsh autostart g1
	assert_status 0
	daemon_end TERM
	# libvirt starts such guests once per boot; this marker says that it has.
	rm -f /run/libvirt/qemu/autostarted

	begin=$SECONDS
	libvirtd -d || fail "libvirtd does not start"
	wait_for 150 daemon_answers || fail "libvirtd does not answer 150s after its start: it hangs"
	TOOK=$((SECONDS - begin))
	note "libvirtd answers after ${TOOK}s"
	assert_took_less 140
	wait_for 60 guest_is g1 running || fail "guest g1 is '$(guest_state g1)' after autostart: $(
		grep -i hook /var/log/libvirt/libvirtd.log | tail -n 1 | tail -c 200)"
	assert_driver "$NVME_A" vfio-pci

	guest_stop g1
	assert_driver "$NVME_A" nvme
	assert_drivers_as_before
}
