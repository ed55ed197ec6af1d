/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_source_manager.c - what do libvirt, QEMU and tools say of a guest's devices, each in its own words?
 *
 * The other half of families_source.c: what managers print, read in their sources.
 */
#include "config.h"

#include "explain/families_source.h"

const struct hd_family hd_families_source_manager[] = {
	PART(HD_SAYS_LIBVIRT, "<hostdev> attribute*|attribute 'display'*|attribute 'ramfb'*|attribute 'model'*|"
	     "invalid device api*",
		"hostdev-attribute",
		"an attribute of that <hostdev> is only for another kind of device: '{reason}'",
		"model must be what the device offers: cat /sys/bus/mdev/devices/UUID/mdev_type/device_api "
		"(vfio-pci, vfio-ccw, vfio-ap); display and ramfb only with vfio-pci and a <graphics> that can "
		"show it: remove them for a card without screen",
		CHECKS("mdev-present")),
	/* libvirt src/hypervisor/virhostdev.c, src/qemu/qemu_hotplug.c: its own lists after a failure */
	PART(HD_SAYS_LIBVIRT, "to the inactive list|list of active*|to the active list|already on the list|"
	     "restore host device*|cgroup acl*|device labelling*|device from /dev|remembered selinux*|"
	     "restore security label*",
		"libvirt-cleanup",
		"libvirt could not put its own records, labels or nodes back after a device left a guest or its "
		"start failed: that is not the cause, but what was left may stand in the way",
		"the error before this line is the cause. Then: virsh nodedev-list and hostdevctl status: a device "
		"that is held but no guest has: hostdevctl reattach {address}; restart of virtqemud (guests run "
		"on) makes it read its lists again",
		CHECKS("holders-free")),
	PART(HD_SAYS_LIBVIRT, "not allowed by controller|cannot be hot unplugged|cannot be unplugged|hot unplug*|"
	     "waiting for device to be removed|can't be unplugged|can't be hotunplugged",
		"unplug-not-possible",
		"the running guest cannot give that device back: its port does not allow it, it is one function of "
		"several on a slot, or the guest's system did not release it in time",
		"it is still there (virsh domblklist, dumpxml): the guest must release it: unload its driver "
		"there, then virsh detach-device again; a root complex slot (bus 0 of q35) never allows it: remove "
		"it from the definition (--config) and shut the guest down; next time put it behind a "
		"pcie-root-port",
		CHECKS("guest-topology")),
	PART(HD_SAYS_LIBVIRT, "iommu device:*|iommu interrupt remapping|extended interrupt mode*|caching mode*|"
	     "aw_bits|split i/o apic|eim",
		"guest-iommu",
		"the guest's own (virtual) IOMMU does not go with its other settings: '{reason}'",
		"machine q35, <features><ioapic driver='qemu'/></features> and <iommu model='intel'><driver "
		"intremap='on' caching_mode='on' eim='on'/></iommu>: interrupt remapping needs the I/O APIC in "
		"QEMU, passed devices need caching_mode, more than 255 processors eim; a guest that passes nothing "
		"on needs no virtual IOMMU: remove it",
		CHECKS("guest-topology")),
	PART(HD_SAYS_QEMU, "caching mode|requires caching*|guest's viommu|iommu notifier*",
		"guest-iommu-caching",
		"the guest has a virtual IOMMU that does not report its mappings, without which no host device can "
		"sit behind it",
		"<iommu model='intel'><driver intremap='on' caching_mode='on'/></iommu> (-device "
		"intel-iommu,caching-mode=on before the devices); or a guest without virtual IOMMU",
		CHECKS("guest-topology")),
	/* libvirt src/conf/domain_addr.c, QEMU hw/pci/pci.c */
	PART(HD_SAYS_LIBVIRT | HD_SAYS_QEMU, "indicates single function|populated in function|already populated|"
	     "single function device|a pci slot is needed|auto-assigned this*|more available pci slots|"
	     "must be larger than bus|bridges can be plugged*|needs to be an integrated*|not a pcie device",
		"guest-slot",
		"the devices do not fit the guest's PCI slots: '{reason}': a place is taken, function 0 of it "
		"lacks multifunction='on', or the controller that it names does not take it",
		"remove the <address type='pci'> of that device under <hostdev> (not the one in <source>), then "
		"libvirt chooses: virsh edit {guest}; several functions on one slot: function 0 with "
		"multifunction='on' first; no slot left: add <controller type='pci' model='pcie-root-port'/> "
		"several times",
		CHECKS("guest-topology")),
	/* tools: mdevctl src/, driverctl, supergfxctl src/error.rs */
	PART(0, "multiple definitions found|multiple parents found|more than one parent*|no parent specified|"
	     "no type specified|device type cannot be*|on active mdev|defined mdev does not*|"
	     "device must have a defined*|insufficiently specified|parent device required*|"
	     "exists under different*|exists with different*|callout script*|callouts/*|refusing to overwrite*",
		"mdevctl-definition",
		"mdevctl's definition of the mediated device is not complete or not unique, or what is asked for "
		"cannot change while it runs: '{reason}'",
		"mdevctl list -d -v shows all definitions with parent and type, mdevctl list those that run; name "
		"both: mdevctl start -u UUID -p PARENT -t TYPE; type and parent change only when it is stopped: "
		"mdevctl stop, then modify or undefine and define; a script that refused: run the file of its name "
		"in scripts.d/callouts by hand",
		CHECKS("mdev-present")),
	PART(0, "driverctl|driver override:|support driver override",
		"driverctl",
		"driverctl could not change the driver of a device: '{reason}': it is not there, the driver is not "
		"loaded or does not take it, or something uses it",
		"lspci -nnks {address}: there? journalctl -k -b -n 20 has the driver's reason; modprobe the driver "
		"first; driverctl list-overrides and unset-override undo it; hostdevctl check {address} says what "
		"uses the device",
		CHECKS("device-present", "holders-free")),
	PART(0, "discreet/g-sync*|g-sync mode|switch to vfio mode|gfx modes|dgpu_disable|gpu_mux_mode|mux is in*|"
	     "asus dgpu*|change to integrated before*|supergfxd*|asuseguppu*",
		"supergfx-mode",
		"the laptop's graphics switch (supergfxctl) refuses that mode: '{reason}'",
		"vfio mode: \"vfio_enable\": true in /etc/supergfxd.conf, then systemctl restart supergfxd; first "
		"to Integrated (supergfxctl -m Integrated), then to Vfio; discrete or G-Sync (MUX) mode: turn it "
		"off and restart, because the screen hangs on that card; vfio built into the kernel: set the "
		"driver by hostdevctl detach {address} instead",
		CHECKS("last-gpu", "vfio-modules")),
	/* sriov-network-operator pkg/webhook/validate.go */
	PART(0, "nicselector|conflicts with 'isrdma*|conflicts with isrdma*|devicetype: vfio-pci*|"
	     "policies conflict*|sriovnetworknodepolicy",
		"sriov-policy",
		"the policy of the SR-IOV operator is not valid or contradicts another: '{reason}'",
		"kubectl -n sriov-network-operator edit sriovnetworknodepolicy: nicSelector needs vendor and "
		"deviceID, pfNames or rootDevices; deviceType vfio-pci (for guests) goes without isRdma; two "
		"policies must not name the same functions (pfNames: ['eth0#0-3'] divides them)",
		CHECKS("vf-parent-up")),
	/* Nova nova/exception.py */
	PART(HD_SAYS_NOVA, "notsupportedfor*|operation '*|not supported for instance*|vdpa ports*|sev-enabled*",
		"nova-operation",
		"Nova refuses that operation for a guest with such a device or port: '{reason}'",
		"detach the port or volume first (openstack server remove port), or shut the guest down: cold "
		"migration and rebuild are mostly possible; the release notes of Nova say from which version it is",
		CHECKS("device-present")),
	PART(HD_SAYS_PROXMOX, "mapping invalid|does not match for*|hardware probably changed|missing mapped*|"
	     "mapping not found*|no mapping for*|mapped devices",
		"proxmox-mapping",
		"a resource mapping does not fit this node's hardware: the device moved to another address, was "
		"exchanged, is not plugged in, or the node has no entry in it: '{reason}'",
		"Datacenter, Resource Mappings: edit the entry of that node: address, id and group must be those "
		"of lspci -nn (for USB lsusb) there; for a migration every node of the mapping needs one; pvesh "
		"get /cluster/mapping/pci --check-node NODE names the difference",
		CHECKS("device-present", "device-identity")),
	{ .answer = { .id = NULL } },
};
