# SPDX-License-Identifier: GPL-2.0-or-later
# Another script of qemu.d fails after ours: what was bound is given back.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 180
# shellcheck shell=bash

cat >/etc/libvirt/hooks/qemu.d/90-fails <<'END'
#!/bin/sh
[ "$2" = prepare ] || exit 0
readlink /sys/bus/pci/devices/0000:01:00.0/driver >/run/lab-seen
echo "some other script does not like $1" >&2
exit 3
END
chmod 755 /etc/libvirt/hooks/qemu.d/90-fails
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
run virsh start g1
[ "$STATUS" != 0 ] || fail "guest g1 was started although a script refused"
assert_text "$OUTPUT" "some other script does not like g1"
assert_text /run/lab-seen vfio-pci
assert_took_less 40
assert_guest_state g1 "shut off"
assert_driver "$NVME_A" nvme
assert_no_override "$NVME_A"
assert_drivers_as_before
