/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_predicate.c - what do managers say of anything: taken, turned off, too few, not allowed? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_predicate[] = {
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox-rights", HD_SPEAKER_TOOL, { NULL },
			"the user or token may not do that in Proxmox: '{reason}'. In brackets "
			"stand the path and the privilege that it lacks",
			"pveum acl modify PATH --users USER@REALM --roles ROLE with that path: "
			"PVEMappingUser has Mapping.Use, PVEVMAdmin the VM.Config privileges, "
			"PVEDatastoreUser the storage; a token with privilege separation needs its "
			"own (--tokens), or recreate it without; hostpci and usb without a "
			"mapping: only root@pam itself with a password",
			{ NULL }, HD_MESSAGE_GENERAL },
		"permission check failed|403|401|unauthorized|not authorized|access denied|"
		"insufficient privileges|privilege*|missing permission*|not allowed for|"
		"authentication failed|invalid token|permission denied -|mapping.use|vm.config*|"
		"sys.modify",
	},
	{
		0, 0, NULL,
		{ "general-manager-rights", HD_SPEAKER_TOOL, { NULL },
			"the account that asked may not do that in the manager of guests: "
			"'{reason}'. Devices are not involved",
			"give the account the right that the line names: Proxmox: pveum acl modify "
			"PATH --tokens or --users ... --roles PVEMappingUser (Mapping.Use) or "
			"PVEVMAdmin; libvirt: the group libvirt, or polkit; OpenStack: the role "
			"that policy.yaml names (openstack role assignment list); an expired login "
			"or token: log in again",
			{ NULL }, HD_MESSAGE_GENERAL },
		"permission check failed|http 403|http 401|403 response|401 response|mapping.use|"
		"permission denied - invalid|policy doesn't allow|policy does not allow|"
		"not authorized|unauthorized|insufficient privileges",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-migrate", HD_SPEAKER_TOOL, { NULL },
			"the guest cannot be moved to another node while it runs: '{reason}'. A "
			"guest with a host device, a node's own disk or a fixed CPU model stays on "
			"its node",
			"kubectl get vmi -o yaml: the condition LiveMigratable has the reason and "
			"names the part. With host devices: stop it (virtctl stop) and start it "
			"again, or detach the interface or device first; for the drain of a node "
			"set evictionStrategy: None (or LiveMigrateIfPossible), so that it is shut "
			"down",
			{ NULL }, HD_MESSAGE_GENERAL },
		"migrate|migration|migrating|live-migrate*|livemigrat*|notlivemigratable|"
		"hostdevicenotlivemigratable|evacuat*|snapshot|managed save|save vm",
	},
	{
		0, 0, NULL,
		{ "general-migrate", HD_SPEAKER_LIBVIRT, { NULL },
			"the guest cannot be migrated, saved or snapshotted as it is: '{reason}'. "
			"A device of the host cannot go with it, unless its driver can migrate it",
			"detach the host devices first (virsh detach-device --live), migrate, and "
			"attach others there; or shut the guest down and move it (virsh migrate "
			"--offline, qm migrate of a stopped guest, openstack server migrate "
			"without --live). Without host devices in the guest: the named part "
			"differs between the hosts: CPU model, QEMU's version, a path, or storage "
			"that both must have",
			{ "guest-topology" }, HD_MESSAGE_GENERAL },
		"cannot migrate|can't migrate|cannot be migrated|migration of|live migration|"
		"migration blocked|migration failed|migration is not|unable to migrate|"
		"non-migratable|not migratable|cannot save|snapshot of|snapshots of|"
		"take snapshot|internal snapshot*|state blocked",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-topology", HD_SPEAKER_TOOL, { NULL },
			"the node could not give processors, memory and devices from one NUMA "
			"node, as its kubelet's policy wants: '{reason}'",
			"topologyManagerPolicy of the kubelet (/var/lib/kubelet/config.yaml): "
			"single-numa-node and restricted refuse such pods: use best-effort, or ask "
			"for fewer CPUs and huge pages, so that they fit beside the device (cat "
			"/sys/bus/pci/devices/{address}/numa_node on the node); delete the "
			"rejected pod, it is not tried again",
			{ NULL }, HD_MESSAGE_GENERAL },
		"topology locality|topologyaffinity*|topology affinity|topology manager",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-hugepages", HD_SPEAKER_TOOL, { NULL },
			"no node has as many free huge pages of that size as the guest wants: "
			"'{reason}'. The device is not the cause",
			"kubectl describe node: hugepages in Allocatable: 0: allocate them at the "
			"node's boot (default_hugepagesz=1G hugepagesz=1G hugepages=N), then "
			"restart the kubelet; allocated by others: fewer or smaller guests; or "
			"take memory.hugepages out of the guest",
			{ "hugepages" }, HD_MESSAGE_GENERAL },
		"hugepages-*|hugepages|huge pages",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-gate", HD_SPEAKER_TOOL, { NULL },
			"a feature of KubeVirt or Kubernetes that the object uses is turned off: "
			"'{reason}'",
			"kubectl get kubevirt -A -o yaml: "
			"spec.configuration.developerConfiguration.featureGates: add the one that "
			"is named (HostDevices, GPU, HotplugVolumes, ...) in the KubeVirt resource "
			"(HyperConverged: spec.featureGates), not in the old ConfigMap "
			"kubevirt-config; the virt-api pods take it within a minute",
			{ NULL }, HD_MESSAGE_GENERAL },
		"not enabled|is disabled|feature gate|feature gates|featuregate*|feature is not|"
		"switched off|turned off",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-used", HD_SPEAKER_TOOL, { NULL },
			"what the pod or guest wants is taken by another: '{reason}'",
			"kubectl describe node: 'Allocated resources'; kubectl get vmi,pods -A -o "
			"wide: who runs on that node with that resource; on the node hostdevctl "
			"status shows which process has a device: stop that guest, or a QEMU that "
			"was left over",
			{ "holders-free", "managed-conflict" }, HD_MESSAGE_GENERAL },
		"already in use|in use by|is in use|already used|being used|already assigned|"
		"already attached|already allocated|is used by|already claimed|currently in use",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-exists", HD_SPEAKER_TOOL, { NULL },
			"an object, a name or a socket of that kind exists already: '{reason}'",
			"kubectl get with that kind and name, -A: delete the one that is left "
			"over, or use another name; a device plugin's socket: delete the old "
			"plugin's DaemonSet, two plugins must not serve one resource",
			{ NULL }, HD_MESSAGE_GENERAL },
		"already exists|already defined|already registered|already running|"
		"already active|duplicate|file exists",
	},
	{
		HD_SAYS_NOVA | HD_SAYS_KUBE, 0, NULL,
		{ "general-nova-vgpu", HD_SPEAKER_TOOL, { NULL },
			"Nova could not use a mediated device (vGPU): '{reason}'. The type in "
			"nova.conf is not one that the card offers, none of it is left, or the "
			"vGPU driver does not run on the compute host",
			"mdevctl types on the compute host must list that type with available "
			"instances under the card (or its virtual functions): enabled_mdev_types "
			"in [devices] of nova.conf, and [mdev_TYPE] device_addresses if there are "
			"several; systemctl status nvidia-vgpud; then restart nova-compute, and "
			"openstack resource provider inventory list must show VGPU",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL },
		"mdev-capable|invalidlibvirtmdevconfig|enabled_mdev_types|enabled_vgpu_types|"
		"vgpu resource|nova*mdev|mdev_class",
	},
	{
		0, 0, NULL,
		{ "general-neutron-port", HD_SPEAKER_TOOL, { NULL },
			"Neutron could not bind the guest's port on that host: '{reason}'. No "
			"agent or driver there serves its network and kind",
			"openstack network agent list: the agents of that host (SR-IOV nic agent, "
			"Open vSwitch) must be alive; vnic_type direct needs physical_network in "
			"[pci] device_spec equal to the network's provider:physical_network, and "
			"sriovnicswitch among mechanism_drivers; neutron-server.log names the port "
			"and each driver that refused it",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"binding failed|failed to bind port|vnic_type|portbindingfailed|vif_type*|"
		"port binding|vif plug*|virtual interface creation",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-room", HD_SPEAKER_TOOL, { NULL },
			"no compute host has all that the instance wants together: '{reason}'",
			"'NUMA topology together with PCI': the device is on another NUMA node "
			"than the free memory and CPUs: hw:pci_numa_affinity_policy=preferred on "
			"the flavor (numa_policy in the alias), or a smaller flavor. Else "
			"nova-scheduler.log names the filter that left each host out ('returned 0 "
			"hosts'); openstack allocation candidate list and the table pci_devices "
			"show what is free",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"insufficient*|not enough|no more|exhausted|no free|none left|not available|"
		"unavailable|cannot fit|no available|quota*|overcommit*|no valid host|"
		"numa topology|numatopology*|returned 0 hosts",
	},
	{
		0, 0, NULL,
		{ "general-vgpu-functions-off", HD_SPEAKER_TOOL, { NULL },
			"the virtual functions that the card's vGPUs need could not be turned on "
			"(sriov-manage): '{reason}'",
			"as root on that host or node: /usr/lib/nvidia/sriov-manage -e {address} "
			"prints the reason: busy: a process uses the card: fuser -v /dev/nvidia*, "
			"stop nvidia-persistenced, dcgm and guests; no such file: the vGPU host "
			"driver is not installed or not loaded (nvidia-smi); cannot allocate: "
			"SR-IOV and Above 4G Decoding in the firmware, IOMMU on; then systemctl "
			"restart nvidia-vgpud nvidia-vgpu-mgr",
			{ "vgpu-vendor-ready", "holders-free" }, HD_MESSAGE_GENERAL },
		"sriov-manage",
	},
	{
		0, 0, NULL,
		{ "general-vgpu-card", HD_SPEAKER_TOOL, { NULL },
			"the vGPU manager does not take this card: '{reason}'. GeForce cards and "
			"older ones are not vGPU cards; others first need their mode or memory set",
			"lspci -nn -d 10de: and NVIDIA's list of vGPU cards: not in it: pass the "
			"whole card instead. In it: displaymodeselector --gpumode compute for "
			"cards with outputs (A40, L40, RTX A5000/A6000), SR-IOV on in the "
			"firmware, nvidia-smi -q shows 'Host VGPU Mode'; ECC off on older cards; "
			"the vGPU host driver, not the desktop one, must be installed",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL },
		"not supported by vgpu|vgx capable|supported only on vgx|gpu not supported|"
		"does not support vgpu|vgpu not supported|vgpu is not supported",
	},
	{
		0, 0, NULL,
		{ "general-licence-reason", HD_SPEAKER_TOOL, { NULL },
			"the licence of the vGPU's guest driver was refused, and the line says "
			"why: '{reason}'",
			"clock, expired or not yet valid: set the guest's time (timedatectl "
			"set-ntp true, w32tm /resync) and the licence server's; token: fetch a new "
			"client configuration token, put only that one into "
			"/etc/nvidia/ClientConfigToken, mode 744; connect, resolve, timed out: "
			"curl -vk https://SERVER/-/ping from the guest, proxy and port 443; 'not "
			"available', 'exceeded': the server's pool has none left of that "
			"FeatureType; then restart nvidia-gridd; nvidia-smi -q | grep -i licen "
			"shows the result",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL },
		"token is expired|response token|client configuration token|clock is|"
		"licensing server|license server|licence server|feature type|license pool|"
		"trusted store|license has expired",
	},
	{
		0, 0, NULL,
		{ "general-windows-tdr", HD_SPEAKER_TOOL, { NULL },
			"the driver of the card in the Windows guest hung and Windows started it "
			"again (TDR): '{reason}'",
			"once: nothing. Often: message-signalled interrupts for the card, one "
			"driver version back, no overclocking, enough power and cooling; the "
			"host's dmesg at that time: AER, Xid, IOMMU or vfio lines are the cause "
			"then: paste them",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		"display driver|source nvlddmkm|nvlddmkm|amdkmdag|livekernelevent|"
		"video_scheduler*|dxgkrnl|tdr|video_tdr*",
	},
	{
		0, 0, NULL,
		{ "general-windows-card-missing", HD_SPEAKER_TOOL, { NULL },
			"the vendor's installer does not find a card in the guest that it knows: "
			"'{reason}'",
			"Device Manager must show the card's ids (PCI\\VEN_1002 AMD, 10DE NVIDIA, "
			"8086 Intel): not there: virsh dumpxml {guest} must have its <hostdev>, on "
			"a pcie-root-port; there with a code: paste that; there without: the "
			"package is for other cards or another Windows: take the one for exactly "
			"this card (integrated, workstation and vGPU cards have their own)",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"unsupported hardware|graphics hardware was not detected|"
		"hardware was not detected|amd software|not detected in your system|"
		"no supported hardware|compatible graphics hardware|amd installer|radeon software",
	},
	{
		0, 0, NULL,
		{ "general-mount", HD_SPEAKER_TOOL, { NULL },
			"something that a container or a service is to get cannot be mounted: "
			"'{reason}'. Usually the file or node is not there on the host",
			"ls -l[[ {path}]] on the host: not there: load the driver that makes the "
			"node (nvidia-smi or nvidia-modprobe -u -c 0 -m for /dev/nvidia-*; "
			"modprobe vfio-pci for /dev/vfio; ls /dev/dri), at each boot before the "
			"container starts; or mark the entry optional (lxc.mount.entry ... "
			"create=file,optional), or remove it (pct config, lxc config device remove)",
			{ "vfio-node" }, HD_MESSAGE_GENERAL },
		"failed to mount|cannot mount|safe_mount|mount failed|autodev hooks|"
		"unable to mount|error mounting|mounting",
	},
	{
		0, 0, NULL,
		{ "general-choice", HD_SPEAKER_TOOL, { NULL },
			"the manager does not offer the value that was given: '{reason}'",
			"choose from what it lists now: TrueNAS: midclt call "
			"vm.device.passthrough_device_choices (and the 'error' of the device in "
			"its answer says why it cannot be used: critical for the host, no IOMMU); "
			"libvirt: virsh nodedev-list --cap pci; Proxmox: pvesh get "
			"/nodes/NODE/hardware/pci; a device that is missing there is used by the "
			"host or gone: hostdevctl check {address}",
			{ "device-present", "iommu-enabled" }, HD_MESSAGE_GENERAL },
		"valid choice|isolated_gpu*|gpu is not configured|critical device|not one of|"
		"must be one of|allowed values|available choices|valid option|invalid choice",
	},
	{
		0, 0, NULL,
		{ "general-device-used", HD_SPEAKER_TOOL, { NULL },
			"another guest or program has the device now: '{reason}'",
			"hostdevctl status shows which guest and process has {address}; stop that "
			"guest (virsh list, qm list, the manager's list of VMs), or remove the "
			"device from one of the two; if none of them runs, a QEMU was left over: "
			"fuser -v /dev/vfio/* names it",
			{ "holders-free", "managed-conflict" }, HD_MESSAGE_GENERAL },
		"in use by other vms|already in use by other|in use by vm|used by another vm|"
		"in use by another|already in use by vm|already used by|assigned to another|"
		"device is already assigned|used by other",
	},
	{
		0, 0, NULL,
		{ "general-name-exists", HD_SPEAKER_LIBVIRT, { NULL },
			"a guest, an interface or an address of that name exists already: "
			"'{reason}', perhaps left over from a start that failed",
			"virsh list --all (Xen: xl list; Qubes: qvm-ls): end or undefine the one "
			"that is left over ((null) and --p- states in xl list go only with the "
			"host's restart); a MAC address: two guests must not have the same: virsh "
			"domiflist of each, and change one (virsh edit, qvm-prefs mac)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"with mac|mac address is|already exists with|device with mac|network device with|"
		"domain already exists",
	},
	{
		0, 0, NULL,
		{ "general-see-log", HD_SPEAKER_TOOL, { NULL },
			"the line only says that something failed ('{reason}'), and names the log "
			"that has the reason",
			"read the end of that log at this time[[: tail -n 50 {path}]]: the first "
			"error of the last start is the cause: paste it into hostdevctl explain. "
			"Libvirt's guests: hostdevctl explain --guest NAME; Xen and Qubes: "
			"/var/log/libvirt/libxl/libxl-driver.log, and the stub domain's "
			"/var/log/xen/console/guest-NAME-dm.log; LXD: lxc info NAME --show-log; "
			"Neutron: its server's and the host's agent's log for the port",
			{ NULL }, HD_MESSAGE_GENERAL },
		"for details|for more information|for more info|see log|check the log|"
		"check neutron logs|check log*|see the log*|refer to the log*|see journal*|"
		"show-log|more details in",
	},
	{ .answer = { .id = NULL } },
};
