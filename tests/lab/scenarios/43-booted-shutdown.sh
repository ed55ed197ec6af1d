# SPDX-License-Identifier: GPL-2.0-or-later
# The host ends with a guest that has a device: libvirt-guests ends the guest, which gives the device
# back before the daemon ends, and the log of that boot says so.
# config: booted
# stack: debian13
# limit: 400
# shellcheck shell=bash

# A hook after ours writes down what it finds.
witness() {
	cat >/etc/libvirt/hooks/qemu.d/90-witness <<END
#!/bin/sh
[ "\$2" = release ] || exit 0
driver=\$(readlink /sys/bus/pci/devices/$NVME_A/driver) || driver=none
echo "\$1 \${driver##*/} \$(systemctl is-active libvirtd.service)" >>$WORK/released
END
	chmod 755 /etc/libvirt/hooks/qemu.d/90-witness
}

first() {
	assert_active libvirt-guests.service
	witness
	guest_define g1 "$(power_button_disk /var/lib/libvirt/images/g1.img)" "$(pci_hostdev "$NVME_A" no)"
	guest_start g1
	assert_driver "$NVME_A" vfio-pci
	next_boot systemctl reboot
}

second() {
	cat "$WORK/released"
	journalctl -b -1 --no-pager -u libvirt-guests.service -u libvirtd.service | tail -n 12
	grep -q '^g1 ' "$WORK/released" || fail "g1 was not released when the host ended"
	grep -qx 'g1 nvme active' "$WORK/released" ||
		fail "when the host ended: $(cat "$WORK/released")"
	journalctl -b -1 --no-pager -t hostdevctl-hook >"$WORK/hook"
	assert_text "$WORK/hook" "guest 'g1': 1 changes undone"
	journalctl -b -1 --no-pager -u libvirt-guests.service >"$WORK/guests"
	assert_text "$WORK/guests" "Shutdown of guest g1 complete"
	assert_guest_state g1 "shut off"
	assert_journal_empty
	assert_drivers_as_before
	assert_known_data "$NVME_A"
}

case $PHASE in
1) first ;;
*) second ;;
esac
