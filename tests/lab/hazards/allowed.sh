# SPDX-License-Identifier: GPL-2.0-or-later
# allowed.sh - disks in use although the guest's metadata allows the failure: it must not help.
#
# These rows use the functions of storage.sh. The kernel grants an exclusive claim in both.
# shellcheck shell=bash

# The <metadata> that allows CHECK to fail for ADDRESS.
allow_xml() {
	printf "<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='%s' subject='%s'/></hd:hostdevctl>\n" \
		"$1" "$2"
}

hazard allow_loop "$NVME_B" storage-free "a mounted loop device on the disk, allowed in the guest's metadata" guest start
allow_loop_make() { loop_on_disk_make; }
allow_loop_xml() { pci_hostdev "$NVME_B" no; }
allow_loop_metadata() { allow_xml storage-free "$NVME_B"; }
allow_loop_remedy() { loop_on_disk_remedy; }
allow_loop_harm() { loop_on_disk_harm; }
allow_loop_undo() { storage_undo; }

hazard allow_export "$NVME_B" storage-free "an export by the NVMe target, allowed in the guest's metadata" guest
allow_export_make() { nvme_export_make; }
allow_export_xml() { pci_hostdev "$NVME_B" no; }
allow_export_metadata() { allow_xml storage-free "$NVME_B"; }
allow_export_remedy() { nvme_export_remedy; }
allow_export_harm() { nvme_export_harm; }
allow_export_undo() { storage_undo; }
