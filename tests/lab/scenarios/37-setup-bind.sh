# SPDX-License-Identifier: GPL-2.0-or-later
# "setup bind": VFIO at boot by udev's rule, whatever the driver did before; never for a disk in use.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 300
# shellcheck shell=bash

is_on() {
	[ "$(driver_of "$1")" = "$2" ]
}

announce() {
	udevadm control --reload
	udevadm trigger --action=add "$(readlink -f "$(pci_dir "$1")")"
	udevadm settle --timeout=60
}

mount_disk "$NVME_B"
run hostdevctl setup bind --apply "$NVME_B"
assert_status 1
assert_text "$OUTPUT" storage-free
umount_disk

run hostdevctl setup bind --apply "$NVME_B"
assert_status 0
assert_driver "$NVME_B" nvme

# With a driver, for example one that is built in or came with the initramfs.
announce "$NVME_B"
wait_for 30 is_on "$NVME_B" vfio-pci || fail "$NVME_B is on $(driver_of "$NVME_B") after 'add'"
run hostdevctl reattach "$NVME_B"
assert_status 0
assert_driver "$NVME_B" nvme

# Without a driver, vfio-pci loaded.
echo "$NVME_B" >/sys/bus/pci/drivers/nvme/unbind
announce "$NVME_B"
wait_for 30 is_on "$NVME_B" vfio-pci || fail "vfio-pci does not take what has no driver"
off_vfio "$NVME_B"
assert_driver "$NVME_B" nvme

# The same, not loaded yet.
vfio_modules_out || fail "vfio is still loaded"
echo "$NVME_B" >/sys/bus/pci/drivers/nvme/unbind
announce "$NVME_B"
wait_for 30 is_on "$NVME_B" vfio-pci || fail "vfio-pci is not loaded"
off_vfio "$NVME_B"
assert_driver "$NVME_B" nvme

# A device that is in use by then stays.
mount_disk "$NVME_B"
announce "$NVME_B"
assert_driver "$NVME_B" nvme
umount_disk

# The twin was never touched.
assert_driver "$NVME_A" nvme
run hostdevctl setup --revert
assert_status 0
announce "$NVME_B"
assert_driver "$NVME_B" nvme
assert_known_data "$NVME_B"
assert_drivers_as_before
