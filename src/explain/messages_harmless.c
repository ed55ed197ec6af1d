/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_harmless.c - what sounds bad and is not. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_harmless[] = {
	{
		/* systemd src/core/unit.c unit_log_leftover_process_start() */
		"systemd-left-over-process", HD_SPEAKER_TOOL,
		{ "Found left-over process {number:pid} ({text:name}) in control group while starting unit. Ignoring.",
		  "This usually indicates unclean termination of a previous run, or service implementation "
		  "deficiencies." },
		"processes of the service's last run still run, which systemd remarks when it starts it again: "
		"of libvirt's daemons dnsmasq and the guests stay on purpose, so that a restart does not end "
		"them",
		"nothing to do, unless the service does not start: systemctl status shows its own error; virsh "
		"list --all and virsh net-list --all show that guests and networks still run",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* systemd src/core/cgroup.c */
		"systemd-container-cgroup", HD_SPEAKER_TOOL,
		{ "Failed to reset devices.list", "Failed to set invocation ID on control group",
		  "Failed to set devices.allow on" },
		"systemd runs in a container, which may not change these rules of its control groups; those of "
		"the host stay in force, and the service starts without",
		"nothing to do in a container (systemd-detect-virt -c), unless its service lacks a device: "
		"that is given on the host, by the container's manager",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kmod libkmod/libkmod-module.c command_do() */
		"modprobe-install-command", HD_SPEAKER_TOOL,
		{ "Error running install command '{text:command}' for module {word:module}: retcode" },
		"a line 'install {module} {command}' below /etc/modprobe.d is run instead of loading the "
		"module, and ended with an error, as such lines do that block a module on purpose",
		"nothing to do, unless you need {module}: grep -rw {module} /etc/modprobe.d "
		"/usr/lib/modprobe.d shows the line and why: put a # before it, or try modprobe "
		"--ignore-install {module} once",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* libvirt src/util/virhostcpu.c virHostCPUGetCPUID(), virHostCPUGetMSR() */
		"kubevirt-kvm-not-yet", HD_SPEAKER_LIBVIRT,
		{ "Unable to open /dev/kvm: Permission denied{near:virt-launcher}" },
		"libvirt in the pod looks at the processor before the pod may use /dev/kvm, and asks again "
		"when the guest starts",
		"nothing to do, unless the guest does not start: then the next error in the launcher's log "
		"counts (kubectl logs -c compute), and kubectl get vmi shows the phase",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* sriov-network-operator pkg/utils DiscoverSriovDevices() */
		"sriov-no-device-mode", HD_SPEAKER_TOOL,
		{ "unable to get device mode {address}" },
		"the driver of {address} has no mode of its switch that can be asked for (devlink); the "
		"operator goes on as with a card that has none",
		"nothing to do, unless functions are missing: kubectl get sriovnetworknodestates shows them; "
		"only the mode switchdev needs it: devlink dev eswitch show pci/{address}",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* QEMU hw/vfio/listener.c vfio_listener_region_add(), of the memory window of another device */
		"qemu-map-peer-window", HD_SPEAKER_QEMU,
		{ "_dma_map({text}) = -14 (Bad address){near:peer-to-peer transactions on BARs}",
		  "_dma_map({text}) = -22 (Invalid argument){near:peer-to-peer transactions on BARs}" },
		"a memory window of one device could not be mapped for the guest's other devices; only what "
		"they send each other directly is missing",
		"nothing to do, unless several cards shall talk directly (nvidia-smi topo -p2p r in the "
		"guest): that needs a kernel and a QEMU that map windows by dma-buf; the cause of a guest that "
		"fails is another line",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* lxc src/lxc/conf.c lxc_map_ids() */
		"lxc-no-idmap-program", HD_SPEAKER_TOOL,
		{ "newuidmap binary is missing", "newgidmap binary is missing" },
		"LXC, which runs as root, maps the container's users itself, and needs that program only for "
		"users without rights",
		"nothing to do, unless a user without rights starts containers: then install the package "
		"uidmap; the cause of a container that does not start is an ERROR line after it",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* lxc src/lxc/cgroups/cgfsng.c: memory.oom.group is of newer kernels */
		"lxc-no-oom-group", HD_SPEAKER_TOOL,
		{ "Failed to fchownat({number}, memory.oom.group" },
		"the kernel has no memory.oom.group in that control group, and LXC goes on without",
		"nothing to do, unless the container does not start: the cause is an ERROR line after it",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* NVIDIA go-nvlib pkg/nvlib/info/property-extractor.go: what it looks for on boards alone */
		"nvidia-plugin-no-tegra", HD_SPEAKER_TOOL,
		{ "Detected non-Tegra platform: ", "No valid resources detected, creating a null CDI handler" },
		"the plugin looks for kinds of platforms one after the other, and this is none of a board's",
		"nothing to do, unless the plugin finds no GPU: a line of it with E says why",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* usbutils lsusb.c */
		"lsusb-some-missing", HD_SPEAKER_TOOL,
		{ "Couldn't open device, some information will be missing",
		  "can't get debug descriptor: Resource temporarily unavailable",
		  "can't get device qualifier: Resource" },
		"lsusb reads a device without root's rights, or asks it for a part that it does not have; what "
		"it lists is right",
		"nothing to do, unless the part that is missing is wanted: sudo lsusb -v -d VENDOR:PRODUCT",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Kubernetes pkg/kubelet/network/dns */
		"kubelet-nameservers", HD_SPEAKER_TOOL,
		{ "Nameserver limits exceeded", "Nameserver limits were exceeded" },
		"the node's resolv.conf has more than three name servers, and pods get the first three",
		"nothing to do, unless names are not found in pods: then put the right servers first in the "
		"file of kubelet's resolvConf",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux drivers/pci/setup-res.c pci_assign_resource(), of a ROM, which drivers and guests do without */
		"kernel-rom-not-assigned", HD_SPEAKER_KERNEL,
		{ "ROM [{text}]: can't assign; bogus alignment", "ROM [{text}]: can't assign; no space",
		  "ROM [{text}]: failed to assign" },
		"the kernel gave the window of {address}'s ROM no place: it is read only at the start, and a "
		"driver that needs the card's BIOS takes it from the firmware's tables, too",
		"nothing to do, unless the driver says after it that it finds no BIOS: then give the guest a "
		"ROM file (hostdevctl attach --rom FILE)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* libvirt src/util/virgdbus.c */
		"kubevirt-no-message-bus", HD_SPEAKER_LIBVIRT,
		{ "Unable to get session bus connection{near:virt-launcher}",
		  "Unable to get system bus connection{near:virt-launcher}" },
		"the pod has no message bus, which libvirt would use for the firewall and the service manager "
		"of a host; in the pod KubeVirt does that",
		"nothing to do, unless the guest does not start: then the next error in the launcher's log "
		"counts (kubectl logs -c compute)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* libvirt src/util/virdnsmasq.c dnsmasqCapsRefreshInternal(), virsysinfo.c */
		"libvirt-optional-program", HD_SPEAKER_LIBVIRT,
		{ "Cannot check dnsmasq binary {path:path}: No such file or directory",
		  "Cannot find 'dmidecode' in path: No such file or directory{near:libvirtd[|virtqemud[}" },
		"a program that libvirt uses if it is there is not installed: dnsmasq serves libvirt's own "
		"networks, dmidecode describes the host to guests with <smbios mode='host'/>",
		"nothing to do, unless you use that: virsh net-list --all shows libvirt's own networks; then "
		"install dnsmasq-base (dnsmasq) or dmidecode and restart the daemon",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* k8s.io/client-go tools/clientcmd/client_config.go */
		"kubernetes-in-cluster", HD_SPEAKER_TOOL,
		{ "Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.",
		  "Neither --kubeconfig nor --master was specified. Using the inClusterConfig." },
		"the program runs in a pod and takes the pod's own account for the cluster, as it should there",
		"nothing to do, unless it runs outside of a pod: then it needs --kubeconfig",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* QEMU hw/display/qxl.c qxl_send_events() */
		"qxl-guest-stopped", HD_SPEAKER_QEMU,
		{ "spice-server bug: guest stopped, ignoring" },
		"the display's server had something for the guest while that was stopped, as it is at its "
		"start and end; the display is not what failed",
		"nothing to do, unless the guest ended: then the lines before it in its log have the cause "
		"(hostdevctl explain --guest GUEST), and of a mediated device its vGPU manager's log and the "
		"host's driver: journalctl -u nvidia-vgpu-mgr",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{ .id = NULL },
};
