/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_condition.c - what do messages mean in which a condition outside of the device fails? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_condition[] = {
	{
		0, 0, NULL,
		{ "general-syntax", HD_SPEAKER_TOOL, { NULL },
			"what was given is not well-formed, so it was not read at all: '{reason}'. "
			"A quotation mark, bracket, element or indentation is missing or too many "
			"at the place that it names",
			"a shell script: bash -n FILE; XML: virt-xml-validate FILE or xmllint "
			"--noout FILE names line and column; JSON: python3 -m json.tool FILE (in a "
			"shell, put the whole JSON into single quotes); YAML: spaces only, equal "
			"indentation. 'Cannot parse <address>': bus='0x0a' slot='0x00' "
			"function='0x0', in hexadecimal with 0x; undo the last change, virsh edit "
			"keeps the old definition",
			{ NULL }, HD_MESSAGE_GENERAL },
		"json parse error|parse error|cannot parse|opening and ending tag|tag mismatch|"
		"malformed|did not find expected|syntax error|unexpected token|expecting value|"
		"invalid json|yaml:|mapping values|unterminated|unexpected end of",
	},
	{
		0, 0, NULL,
		{ "general-script-ends", HD_SPEAKER_TOOL, { NULL },
			"the script cannot be run as it is: its first line names a program that is "
			"not there, it has Windows line ends, or it is not executable: '{reason}'",
			"head -1 of it | cat -A: a ^M at the end: sed -i 's/\\r$//' FILE; no "
			"'#!/bin/bash' (or another interpreter that exists): write it as the first "
			"line; ls -l: chmod 755; mounted noexec: findmnt -T FILE",
			{ NULL }, HD_MESSAGE_GENERAL },
		"bad interpreter|exec format error|no such interpreter|required file not found",
	},
	{
		0, 0, NULL,
		{ "general-command-missing", HD_SPEAKER_TOOL, { NULL },
			"a script wanted a program that is not installed, or not in its PATH: "
			"'{reason}'. What came after it in the script may not have been done",
			"command -v NAME: nothing: install its package (virsh: libvirt-clients or "
			"libvirt-client; lspci: pciutils; mdevctl, driverctl, nvidia-smi by their "
			"own names); it is there: hooks and services have a shorter PATH: write "
			"the whole path into the script",
			{ NULL }, HD_MESSAGE_GENERAL },
		"command not found|: not found|no such command",
	},
	{
		0, 0, NULL,
		{ "general-relabel", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt could not give the file or node to the guest's QEMU (owner, label "
			"or attribute): '{reason}'",
			"findmnt -T[[ {path}]]: NFS with root_squash, FUSE, vfat, exfat or a "
			"read-only file system cannot change owners: put the file elsewhere, or "
			"<seclabel model='dac' relabel='no'/> at its <source>, with rights that "
			"QEMU's user has already; XATTR: remember_owner = 0 in "
			"/etc/libvirt/qemu.conf; a node below /dev: it vanished meanwhile, or "
			"libvirt runs in a container that may not",
			{ "unit-hardening", "vfio-node" }, HD_MESSAGE_GENERAL },
		"set user and group|unable to set user|set security context|set security label|"
		"xattr*|unable to set selinux|chown|restore security label|relabel*",
	},
	{
		0, 0, NULL,
		{ "general-cgroup", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt or the runtime could not use the control group of the guest, "
			"which holds its limits and the devices it may open: '{reason}'",
			"systemctl status machine.slice; loginctl or machinectl list: a left-over "
			"machine of that name: machinectl terminate it; after an upgrade of "
			"systemd or libvirt restart the daemon, else the host; in a container "
			"/sys/fs/cgroup must be writable; a device that is missing in the list: "
			"cgroup_device_acl in /etc/libvirt/qemu.conf (not for <hostdev>)",
			{ "unit-hardening" }, HD_MESSAGE_GENERAL },
		"cgroup*|machine.slice|machined|/sys/fs/cgroup*|scope unit",
	},
	{
		0, 0, NULL,
		{ "general-kvm-internal", HD_SPEAKER_QEMU, { NULL },
			"the guest made the processor do what KVM cannot, and QEMU stopped it: "
			"'{reason}'. With a passed-through device usually its memory did not "
			"answer, its ROM was wrong, or the guest's firmware used it while it was "
			"asleep or not reset",
			"journalctl -k -b -g 'vfio|kvm' of that second: lines there are the cause: "
			"paste them. None: start the guest without the device: it works: give it a "
			"ROM file or rom bar off, and reset it (a cold start); it does not: <cpu "
			"mode='host-passthrough'/>, nested virtualization and Hyper-V settings off "
			"one by one, a newer QEMU or firmware (OVMF)",
			{ "device-alive", "reset-works", "rom-file" }, HD_MESSAGE_GENERAL },
		"kvm internal error|suberror|emulation failure|hardware error 0x*|"
		"kvm: entry failed|entry failed|kvm_set_user_memory_region*|"
		"error: kvm run failed|kvm run failed",
	},
	{
		0, 0, NULL,
		{ "general-cpu-count", HD_SPEAKER_QEMU, { NULL },
			"the guest wants more processors than the machine type or KVM takes: "
			"'{reason}'",
			"virsh edit {guest}: fewer <vcpu> (and maxcpus); above 255 a q35 guest "
			"needs <iommu model='intel'><driver intremap='on' eim='on'/></iommu> and "
			"<ioapic driver='qemu'/>; the topology (sockets x cores x threads) must "
			"multiply to the number",
			{ "guest-topology" }, HD_MESSAGE_GENERAL },
		"maximum cpus|hotpluggable cpus|max_cpus|cpus requested|vcpus|cpu topology|"
		"maxcpus*",
	},
	{
		0, 0, NULL,
		{ "general-quorum", HD_SPEAKER_TOOL, { NULL },
			"the node is not together with most of its cluster, so it may change "
			"nothing: '{reason}'. Devices are not involved",
			"pvecm status (or the cluster's own): 'Quorate: No': bring the other nodes "
			"or the network between them back (journalctl -b -u corosync -u "
			"pve-cluster); a cluster of two with one down for long: pvecm expected 1, "
			"for as long only; then start the guest again",
			{ NULL }, HD_MESSAGE_GENERAL },
		"quorum|no quorum|quorate|corosync*|cluster not ready",
	},
	{
		0, 0, NULL,
		{ "general-oom", HD_SPEAKER_TOOL, { NULL },
			"a process or container was ended because it used more memory than it may: "
			"'{reason}'. A guest with host devices needs all of its memory, and more "
			"for the device's mappings",
			"Kubernetes: kubectl describe pod: Last State OOMKilled: raise the guest's "
			"memory.guest distance to limits, or "
			"spec.configuration.additionalGuestMemoryOverheadRatio of KubeVirt "
			"(\"1.5\"); host: journalctl -k -b -g 'Out of memory|oom-kill' names who was "
			"ended: give the guest less, stop others, a smaller cache (zfs_arc_max)",
			{ "hugepages" }, HD_MESSAGE_GENERAL },
		"oomkilled|oom-killed|exit code 137|memory cgroup out|oom killer",
	},
	{
		0, 0, NULL,
		{ "general-device-plugin", HD_SPEAKER_TOOL, { NULL },
			"the connection between the kubelet and a device plugin ended or failed: "
			"'{reason}'. While it is down, the node offers none of its devices",
			"kubectl get pods -A -o wide | grep -i plugin: the plugin's pod on that "
			"node: not Running or restarted: kubectl logs --previous of it has the "
			"cause; Running: ls /var/lib/kubelet/device-plugins must have its socket: "
			"delete the pod, so that it registers again (always after a restart of the "
			"kubelet); then kubectl describe node: Allocatable",
			{ "vfio-node" }, HD_MESSAGE_GENERAL },
		"listandwatch|start device plugin|starting device plugin|discover device|"
		"discover devices|device plugin registration|kubelet.sock|device-plugins|"
		"device plugin for|error reading from server|register with kubelet|"
		"register device plugin",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-crash-loop", HD_SPEAKER_TOOL, { NULL },
			"a container ends again and again, so Kubernetes waits longer before each "
			"start: '{reason}'. This line does not say why",
			"kubectl logs --previous POD -c CONTAINER (and of its init containers): "
			"the last error is the cause: paste it into hostdevctl explain; kubectl "
			"describe pod: Last State has the exit code: 137 memory or killed, 139 a "
			"crash, 126 and 127 its program cannot be run",
			{ NULL }, HD_MESSAGE_GENERAL },
		"back-off|crashloopbackoff|restarting failed container|init:error|"
		"init:crashloopbackoff",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-kvm", HD_SPEAKER_TOOL, { NULL },
			"no node offers what every guest of KubeVirt needs (/dev/kvm, "
			"/dev/net/tun, /dev/vhost-net): '{reason}'",
			"kubectl describe node: Allocatable devices.kubevirt.io/kvm: 0 or missing: "
			"on the node ls -l /dev/kvm: not there: turn on VT-x or SVM in the "
			"firmware (a node that is a guest: nested virtualization), modprobe "
			"kvm_intel or kvm_amd; there: kubectl -n kubevirt get pods -o wide: "
			"virt-handler must run on that node: restart it; useEmulation only for "
			"tests",
			{ "cpu-virtualization" }, HD_MESSAGE_GENERAL },
		"devices.kubevirt.io*|kvm-device|vhost-net",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-affinity", HD_SPEAKER_TOOL, { NULL },
			"no node has the labels that the pod or guest asks for, or they keep it "
			"away: '{reason}'. The device was not looked at yet",
			"kubectl get nodes --show-labels against nodeSelector and affinity of the "
			"guest: KubeVirt adds labels for the CPU model and features "
			"(cpu-model.node.kubevirt.io/...): host-model of another processor does "
			"not fit: use a common model; kubevirt.io/schedulable=true must be there "
			"(virt-handler runs); a volume binds the pod to a node, too; a taint: a "
			"toleration",
			{ NULL }, HD_MESSAGE_GENERAL },
		"node affinity|node selector|nodeaffinity|nodeselector|didn't match|untolerated|"
		"topology spread|anti-affinity",
	},
	{
		0, 0, NULL,
		{ "general-switchdev-mode", HD_SPEAKER_TOOL, { NULL },
			"the network plugin wants the representor of a virtual function, and the "
			"card has none: its switch is in legacy mode, or the driver does not "
			"support it: '{reason}'",
			"devlink dev eswitch show pci/{address} (of the physical function): "
			"legacy: write 0 to its sriov_numvfs, devlink dev eswitch set pci/ADDRESS "
			"mode switchdev, then create the functions again; not supported: only "
			"cards like ConnectX-5 and newer, E810, BlueField have it: use plain "
			"SR-IOV without offload",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"representor|phys_switch_id|phys_port_name|vf rep",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-hugepages", HD_SPEAKER_TOOL, { NULL },
			"the compute host has no huge pages of the size that the flavor wants "
			"(hw:mem_page_size): '{reason}'",
			"on the host: grep Huge /proc/meminfo and ls /sys/kernel/mm/hugepages: "
			"allocate them at boot (default_hugepagesz=1G hugepagesz=1G hugepages=N), "
			"mount hugetlbfs of that size, restart libvirtd and nova-compute; or "
			"hw:mem_page_size=large or any",
			{ "hugepages" }, HD_MESSAGE_GENERAL },
		"page size|memorypagesize*|mem_page_size|pagesize|hugepage*",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-retries", HD_SPEAKER_TOOL, { NULL },
			"Nova tried several hosts and gave up; this only follows from the error on "
			"each of them: '{reason}'",
			"openstack server show: fault; then nova-compute.log of the hosts in it at "
			"that time: the first ERROR with the instance's id is the cause (libvirt, "
			"QEMU, the device): paste that into hostdevctl explain",
			{ NULL }, HD_MESSAGE_GENERAL },
		"maximum number of retries|maxretriesexceeded|exhausted all hosts|rescheduled*|"
		"buildabort*|build of instance",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-hypervisor", HD_SPEAKER_TOOL, { NULL },
			"nova-compute does not reach libvirt on its host: '{reason}'",
			"on the compute host, as nova-compute runs (in its container): virsh -c "
			"qemu:///system list: fails: systemctl status libvirtd or virtqemud "
			"(Kolla: the container nova_libvirt), and the socket below "
			"/var/run/libvirt must be shared with nova-compute; works: restart "
			"nova-compute",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"hypervisorunavailable|connection to the hypervisor|hypervisor is broken|"
		"connect to libvirt",
	},
	{
		0, 0, NULL,
		{ "general-placement", HD_SPEAKER_TOOL, { NULL },
			"Nova could not tell Placement what the host has, or take it from there: "
			"'{reason}'",
			"openstack resource provider list: two of one host's name (the host was "
			"renamed or installed again): delete the old one (resource provider "
			"delete) after its allocations; inventory in use: instances that still "
			"hold the old devices: stop or move them; then restart nova-compute",
			{ NULL }, HD_MESSAGE_GENERAL },
		"resource provider|resourceprovider*|inventoryinuse|inventory in use|"
		"allocation candidate*|consumer generation",
	},
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox-config", HD_SPEAKER_TOOL, { NULL },
			"Proxmox cannot read or find the guest's configuration: '{reason}'",
			"qm list on each node: the guest may be on another (or not exist); qm "
			"config VMID shows what it reads: a value it cannot parse stands in "
			"/etc/pve/qemu-server/VMID.conf: hostpci0: 0000:01:00,pcie=1 is one line, "
			"without blanks around commas; a mapping's name: pvesh get "
			"/cluster/mapping/pci",
			{ NULL }, HD_MESSAGE_GENERAL },
		"unable to parse|parse value|configuration file|config file|no such vm|vm config",
	},
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox-systemd", HD_SPEAKER_TOOL, { NULL },
			"an earlier run of the guest has not ended: its QEMU hangs, or its scope "
			"unit is left: '{reason}'",
			"ps -eo pid,stat,wchan:30,args | grep -- '-id VMID ': state D: the kernel "
			"waits for a device: dmesg; only the host's restart ends it; no process: "
			"systemctl stop VMID.scope and qm start again; a guest with much memory "
			"and a device: qm start VMID --timeout 300",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		"timeout waiting on systemd|.scope|systemd scope|got timeout|qmp socket|"
		"qmp command",
	},
	{
		0, 0, NULL,
		{ "general-xapi", HD_SPEAKER_TOOL, { NULL },
			"XenServer or XCP-ng cannot start the guest with its device on that host: "
			"'{reason}'",
			"xe host-param-get param-name=chipset-info uuid=...: iommu: false: enable "
			"VT-d or AMD-Vi in the firmware; xl pci-assignable-list on the host of the "
			"card: not there: /opt/xensource/libexec/xen-cmdline --set-dom0 "
			"'xen-pciback.hide=(0000:04:00.0)' and restart it; xe vm-param-set "
			"other-config:pci=0/0000:04:00.0 names it; start it on that host (xe "
			"vm-start on=HOST), it cannot move to others",
			{ "iommu-enabled", "device-present" }, HD_MESSAGE_GENERAL },
		"vm_requires_*|passthrough-enabled|other-config*|no_hosts_available|opaqueref*|"
		"xenapi*|host_not_enough*|sr_backend*",
	},
	{
		0, 0, NULL,
		{ "general-windows-stop", HD_SPEAKER_TOOL, { NULL },
			"Windows in the guest stopped with a blue screen: '{reason}'",
			"INACCESSIBLE_BOOT_DEVICE, 0x7B: the driver for its disk is missing: "
			"attach the disk as SATA, boot, install virtio (viostor, vioscsi), then "
			"change it back; HYPERVISOR_ERROR, KERNEL_SECURITY_CHECK, CLOCK_WATCHDOG: "
			"the processor's settings: host-passthrough without migratable, hyperv "
			"enlightenments, nested off in Windows (bcdedit /set hypervisorlaunchtype "
			"off); VIDEO_..., THREAD_STUCK: the card's driver; DRIVER_..., PAGE_FAULT: "
			"the file named in it; WHEA: memory or PCIe: the host's dmesg. Without the "
			"device it starts: it is the device's driver or reset",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		"stop code|inaccessible_boot_device|hypervisor_error|bugcheck|bug check|"
		"blue screen|bluescreen|kernel_security_check*|whea_uncorrectable*|thread_stuck*|"
		"system_thread_exception*|driver_irql*|page_fault_in*|dpc_watchdog*|"
		"clock_watchdog*|critical_process*|irql_not*|kmode_exception*",
	},
	{
		0, 0, NULL,
		{ "general-ansible", HD_SPEAKER_TOOL, { NULL },
			"a task of Ansible failed; its own words are in msg, stderr or "
			"module_stderr: '{reason}'",
			"the text behind stderr or msg is the cause: paste that alone into "
			"hostdevctl explain; run the task with -vvv for all of it; UNREACHABLE: "
			"ssh to the host by hand; a task that writes below /sys or loads modules "
			"needs become: true",
			{ NULL }, HD_MESSAGE_GENERAL },
		"module failure|unreachable!|non-zero return code|module_stderr|see stdout/stderr",
	},
	{
		0, 0, NULL,
		{ "general-numa-memory", HD_SPEAKER_QEMU, { NULL },
			"the guest's memory cannot be bound to the host's NUMA nodes that its "
			"definition names: '{reason}'",
			"numactl -H: the nodes must exist and have that much free (huge pages: "
			"/sys/devices/system/node/node*/hugepages); virsh edit {guest}: <numatune> "
			"nodeset and <memnode> to existing nodes, or mode='preferred'; not "
			"permitted: the container or unit lacks CAP_SYS_NICE, or its cpuset "
			"(cpuset.mems) leaves the node out; KubeVirt: without "
			"numa.guestMappingPassthrough",
			{ "hugepages", "unit-hardening" }, HD_MESSAGE_GENERAL },
		"bind memory|host numa nodes|numatune|mbind|host-nodes|nodeset|numa node|"
		"numa nodes|numad",
	},
	{
		0, 0, NULL,
		{ "general-no-kvm", HD_SPEAKER_QEMU, { NULL },
			"KVM cannot be used on this host or in this container: '{reason}'",
			"ls -l /dev/kvm: not there: modprobe kvm_intel or kvm_amd: an error: turn "
			"on VT-x or SVM in the firmware (in a guest: nested virtualization in the "
			"host above, processor host-passthrough); there: the user needs the group "
			"kvm, a container --device /dev/kvm; LXD and Incus need QEMU installed, "
			"too (snap or qemu-system-x86); then restart the manager",
			{ "cpu-virtualization" }, HD_MESSAGE_GENERAL },
		"kvm support|no /dev/kvm|kvm is not available|kvm not available|/dev/kvm|"
		"kvm acceleration|hardware acceleration|nested virtualization",
	},
	{
		0, 0, NULL,
		{ "general-version-old", HD_SPEAKER_TOOL, { NULL },
			"one program is older than what another one needs: '{reason}'",
			"the line names what needs which version: virsh version, "
			"qemu-system-x86_64 --version, uname -r, nvidia-smi show what is there: "
			"update that from the distribution's newer release or backports, or take "
			"the older release of the one that asks; after an update restart its daemon",
			{ NULL }, HD_MESSAGE_GENERAL },
		"or greater|or later is|or newer|too old|minimum version|newer version of|"
		"version is too|requires version|requires libvirt version|requires qemu|"
		"at least version|outdated",
	},
	{
		0, 0, NULL,
		{ "general-vgpu-versions", HD_SPEAKER_TOOL, { NULL },
			"the vGPU driver of the guest and the vGPU manager of the host do not "
			"belong together: '{reason}'",
			"nvidia-smi on the host and in the guest: both must be of one vGPU release "
			"(or the guest one branch older): install the guest driver from the same "
			"download as the host's; a desktop driver (GeForce, Studio) never fits a "
			"vGPU; after a host update restart it before its guests",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL },
		"host and guest driver|guest driver versions|guest driver is incompatible|"
		"driver versions are incompatible|guest vgx|vgx version|host driver version|"
		"guest driver version",
	},
	{
		0, 0, NULL,
		{ "general-vgpu-framebuffer", HD_SPEAKER_TOOL, { NULL },
			"the card has not enough memory or instances left for that vGPU: '{reason}'",
			"nvidia-smi vgpu and nvidia-smi on the host: which guests hold how much: "
			"stop one, or choose a smaller type for all (equal types on one card, "
			"unless it supports mixed sizes); a process on the host that uses the card "
			"takes memory, too; after a crash of the manager: systemctl restart "
			"nvidia-vgpu-mgr with no guest running",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL },
		"fb memory|allocate fb|out of resources|framebuffer memory|frame buffer memory|"
		"fb_length|no more vgpu|vgpu instances",
	},
	{
		0, 0, NULL,
		{ "general-vf-used", HD_SPEAKER_TOOL, { NULL },
			"no virtual function of that card is free: '{reason}'",
			"hostdevctl list --long: which functions are with which guest; stop one, "
			"or make more: cat sriov_totalvfs, then (with all of them unused) echo 0 "
			"and the larger number > sriov_numvfs of the physical function; in a pool "
			"of libvirt: virsh net-dumpxml lists its functions",
			{ "vf-parent-up", "pool-has-function" }, HD_MESSAGE_GENERAL },
		"all virtual functions|no free vf|no vf available|no available vf*|"
		"vfs are in use|virtual functions on|no virtual function*|virtual function pool|"
		"no unused virtual",
	},
	{
		0, 0, NULL,
		{ "general-dra", HD_SPEAKER_TOOL, { NULL },
			"the node could not prepare a device for the pod (dynamic resource "
			"allocation): '{reason}'. A program of the node still holds the device, so "
			"that its driver cannot be changed, or the driver's plugin does not run",
			"on the node: fuser -v /dev/nvidia* /dev/vfio/*: end what has it "
			"(nvidia-persistenced, dcgm, a monitoring pod); kubectl logs of the "
			"driver's kubelet plugin on that node: the first error for the claim; "
			"kubectl get resourceclaims,resourceslices: the device must be listed there",
			{ "holders-free" }, HD_MESSAGE_GENERAL },
		"dynamic resources|nodeprepareresources|resourceclaim*|resource claim*|"
		"resourceslice*|dynamic resource*",
	},
	{
		0, 0, NULL,
		{ "general-rom-size", HD_SPEAKER_QEMU, { NULL },
			"the ROM file that is given to the device cannot be its ROM: '{reason}'",
			"ls -l of the file and xxd FILE | head -1: a ROM begins with 55 aa and has "
			"at most some hundred KiB (up to 16 MiB): a dump of the whole flash or a "
			"vendor's update file must be cut to the part from 55 aa on; a file of "
			"exactly this card (rom-parser shows its ids); or remove romfile, or <rom "
			"bar='off'/>",
			{ "rom-file" }, HD_MESSAGE_GENERAL },
		"size too large|rom size|rom file is empty|romfile size",
	},
	{
		0, 0, NULL,
		{ "general-xen-memory", HD_SPEAKER_TOOL, { NULL },
			"Xen has not that much memory free for the guest; dom0 or other guests "
			"hold it: '{reason}'",
			"xl info | grep memory and xl list: stop a guest, or give dom0 a fixed "
			"size (dom0_mem=4G,max:4G in Xen's parameters, autoballoon off); the "
			"guest's maxmem must be its memory if it has a device: no ballooning",
			{ NULL }, HD_MESSAGE_GENERAL },
		"free enough memory|freemem|xc_dom*|xg_dom*|allocate low memory|xenguest*",
	},
	{
		0, 0, NULL,
		{ "general-virt-xml", HD_SPEAKER_LIBVIRT, { NULL },
			"virt-xml or virt-install found nothing in the guest's definition that it "
			"should change, or cannot tell which: '{reason}'",
			"virsh dumpxml {guest} shows what it has; virt-xml --edit needs a match "
			"that exists (virt-xml NAME --edit 1 --hostdev ..., or --edit "
			"address.bus=...); to add one: --add-device --hostdev pci_0000_01_00_0; "
			"the running guest and the stored definition differ: --update, --define",
			{ NULL }, HD_MESSAGE_GENERAL },
		"objects found|objects in the xml|no matching objects|--edit|--remove-device|"
		"--add-device",
	},
	{
		0, 0, NULL,
		{ "general-socket-path", HD_SPEAKER_QEMU, { NULL },
			"a socket cannot be made or reached at that path: its directory does not "
			"exist or may not be written, or nobody listens there: '{reason}'",
			"ls -ld of the directory of[[ {path}]]: not there: mkdir -p it (below /run "
			"it is gone after each boot: a RuntimeDirectory= or tmpfiles.d line); "
			"there: its owner must be the user who runs the program; an old socket: rm "
			"it with the program stopped; a path over 107 characters is too long",
			{ NULL }, HD_MESSAGE_GENERAL },
		"bind socket to /*|socket to /*|connect to socket|unix socket|socket path|"
		"listen on unix*|bind unix*|connect socket to",
	},
	{
		0, 0, NULL,
		{ "general-root-only", HD_SPEAKER_TOOL, { NULL },
			"that tool needs root: '{reason}'",
			"the same command with sudo; it fails as root, too: a container or Secure "
			"Boot's lockdown forbids it (dmesg says lockdown): run it on the host "
			"itself",
			{ NULL }, HD_MESSAGE_GENERAL },
		"read kernel buffer|must be root|need to be root|must be run as root|"
		"root privileges|superuser|are you root|run as root|requires root",
	},
	{
		0, 0, NULL,
		{ "general-service-unreachable", HD_SPEAKER_TOOL, { NULL },
			"a service that this one needs does not answer: '{reason}'. It does not "
			"run, or is not reached; the guest's device was not tried yet",
			"name and port in these words: Kubernetes: kubectl get pods -A: pods of "
			"that service (virt-api, virt-handler, the webhook, the operator) that are "
			"not Running: kubectl logs and describe of them; kubectl get endpoints of "
			"it; a host: systemctl status of its unit, ss -ltnp for the port, curl -vk "
			"of the address; then try again: nothing was changed",
			{ NULL }, HD_MESSAGE_GENERAL },
		"no endpoints available|failed calling webhook|failed to call webhook|dial tcp|"
		"connection refused|context deadline exceeded|i/o timeout|service unavailable|"
		"no route to host|connect: no such file|bad gateway|network is unreachable",
	},
	{ .answer = { .id = NULL } },
};
