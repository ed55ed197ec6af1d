/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_plain.c - what do libvirt's and QEMU's messages mean in which no host device is involved? */
#include "config.h"

#include "explain/families.h"

#define NO_DEVICE "no host device is involved: "

const struct hd_family hd_families_plain[] = {
	{
		0, 0, NULL,
		{ "general-plain-dns", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "dnsmasq, which serves libvirt's network, could not start: another "
			"server of the host has the address or its port 53 or 67, or a left-over "
			"dnsmasq of the same network runs",
			"ss -lnup 'sport = :53' names the server: stop it (systemctl disable --now "
			"dnsmasq, named), or let it listen on its own interface only "
			"(bind-interfaces); then virsh net-start the network",
			{ NULL }, HD_MESSAGE_GENERAL },
		"dnsmasq|listening socket|dhcp range",
	},
	{
		0, 0, NULL,
		{ "general-plain-firewall", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "libvirt could not write the firewall rules of its network: the tool "
			"is missing, firewalld does not run or has no zone 'libvirt', or the kernel "
			"lacks the tables",
			"systemctl restart firewalld, then virtnetworkd or libvirtd, writes them again; "
			"'no chain': install iptables or nftables and load their modules, after an "
			"upgrade restart the host; no zone: reinstall libvirt's network driver",
			{ NULL }, HD_MESSAGE_GENERAL },
		"firewalld|firewall*|iptables|ip6tables|ebtables|nftables|nft",
	},
	{
		0, 0, NULL,
		{ "general-plain-bridge-helper", HD_SPEAKER_QEMU, { NULL },
			NO_DEVICE "the guest's network interface (tap) could not be made: the bridge is "
			"not allowed for users, or QEMU may not open /dev/net/tun",
			"as a user: 'allow BRIDGE' in /etc/qemu/bridge.conf, and qemu-bridge-helper "
			"setuid root; or use qemu:///system. ls -l /dev/net/tun: if it is not there, "
			"modprobe tun; 'ip link show type bridge' shows whether the bridge exists",
			{ NULL }, HD_MESSAGE_GENERAL },
		"bridge helper|qemu-bridge-helper|bridge.conf|tap device|tap interface|net/tun|vhost-net",
	},
	{
		0, 0, NULL,
		{ "general-plain-network-used", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "libvirt's network cannot be made because its bridge or its range of "
			"addresses exists already: another network of libvirt, a bridge that was left "
			"over, or, inside a guest, the network of the host above",
			"ip -br addr and virsh net-dumpxml NETWORK: if an interface has the same range, "
			"change <ip address> (virsh net-edit); if only the bridge is left over, ip link "
			"delete it; then virsh net-start NETWORK",
			{ NULL }, HD_MESSAGE_GENERAL },
		"already in use by interface|bridge name|network is already in use|create bridge|"
		"creating bridge",
	},
	{
		0, 0, NULL,
		{ "general-plain-network", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the network of libvirt that the guest names is not defined, not "
			"started, or could not be started",
			"virsh net-list --all: not in the list: virsh net-define its XML; inactive: "
			"virsh net-start NETWORK has the reason, and net-autostart keeps it; it is "
			"active: compare its name with <source> of the guest's <interface>",
			{ NULL }, HD_MESSAGE_GENERAL },
		"network driver error|no network with|virtual network|network not found|"
		"failed to start network|net-start|start network",
	},
	{
		0, 0, NULL,
		{ "general-plain-pool", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the storage pool or volume that the guest or program names is not "
			"defined, not active, or its folder, export or volume is gone",
			"virsh pool-list --all: not in the list: define it (virsh pool-define-as); "
			"inactive: virsh pool-start POOL has the reason; active: virsh pool-refresh, "
			"then virsh vol-list POOL must show the volume (Proxmox: pvesm status and pvesm "
			"list)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"storage pool|storage vol*|no storage|storage driver error|pool-start|storage '*|"
		"volume '*|logical volume|activate lv|datastore",
	},
	{
		0, 0, NULL,
		{ "general-plain-disk", HD_SPEAKER_QEMU, { NULL },
			NO_DEVICE "a disk image of the guest cannot be used: it or its backing file is "
			"missing, has another format than the guest's definition says, may not be "
			"opened, or another program has it open",
			"qemu-img info --backing-chain FILE names the file that is missing and the real "
			"format (type of <driver>); ls -lZ shows whether QEMU's user may open it; a "
			"lock: fuser -v FILE names who has it",
			{ NULL }, HD_MESSAGE_GENERAL },
		"backing file|backing image|backing store|qcow2|qcow|image is not in|another process using|"
		"disk image|image metadata|storage file|iso image|cdrom|vmdk|raw format|image format|"
		"/var/lib/libvirt/images*|storage format|disk type",
	},
	{
		0, 0, NULL,
		{ "general-plain-tpm", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the guest's emulated TPM did not start: swtpm is not installed, its "
			"state belongs to another user, or its state is damaged or of another version",
			"swtpm --version: not found: install swtpm and swtpm-tools; else the end of "
			"/var/log/swtpm/libvirt/qemu/{guest}-swtpm.log has its reason; ls -lR "
			"/var/lib/libvirt/swtpm: the state must belong to the user tss or swtpm",
			{ NULL }, HD_MESSAGE_GENERAL },
		"swtpm*|tpm|tpm2*|tpmstate|tpm-tis|tpm-crb",
	},
	{
		0, 0, NULL,
		{ "general-plain-machine", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the machine type or the program that the guest's definition names is "
			"not on this host: it comes from a host with another or newer QEMU, or KVM "
			"cannot be used",
			"qemu-system-x86_64 -machine help lists the types of this host: virsh edit "
			"{guest}, machine='q35' takes the newest; <emulator> must exist (ls -l); 'virt "
			"type kvm': ls -l /dev/kvm: if it is missing, turn on VT-x or SVM in the "
			"firmware",
			{ "cpu-virtualization" }, HD_MESSAGE_GENERAL },
		"machine type|unsupported machine|suitable emulator|virt type|emulator",
	},
	{
		0, 0, NULL,
		{ "general-plain-cpu", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the guest's definition asks for a model or features that this host's "
			"processor does not have or does not offer to guests (another host, older "
			"microcode, nested virtualization off)",
			"virsh edit {guest}: <cpu mode='host-passthrough'/> or host-model, or remove "
			"the <feature> that the line names; virsh domcapabilities lists what can be "
			"used; after a migration use a model that both hosts have",
			{ NULL }, HD_MESSAGE_GENERAL },
		"cpu model|host cpu|guest cpu|cpu feature*|cpu is incompatible|missing features|"
		"required features|requested feature|cpu mode|cpuid*",
	},
	{
		0, 0, NULL,
		{ "general-plain-port", HD_SPEAKER_QEMU, { NULL },
			NO_DEVICE "the address or port where the guest or daemon is to listen is taken",
			"ss -ltnp (ss -lunp) names the program that has it: stop that, or use another "
			"port (port='-1' autoport='yes' for <graphics>)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"available port|address already in use|reserve port|bind socket|bind to port",
	},
	{
		0, 0, NULL,
		{ "general-plain-display", HD_SPEAKER_QEMU, { NULL },
			NO_DEVICE "the guest's virtual display (SPICE, VNC, QXL) is not in this QEMU or "
			"cannot be started",
			"install QEMU's package for it (qemu-system-modules-spice, "
			"qemu-device-display-qxl, qemu-ui-opengl), or use <graphics type='vnc'/> and "
			"<model type='virtio'/>; RHEL has no SPICE and QXL since version 9",
			{ NULL }, HD_MESSAGE_GENERAL },
		"spice*|option group|vnc|qxl*|video model|egl-headless|opengl|sdl|gtk",
	},
	{
		0, 0, NULL,
		{ "general-plain-agent", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "QEMU's agent in the guest does not answer: it is not installed or "
			"not running there, the guest is busy (slow storage), or has no channel for it",
			"in the guest, systemctl status qemu-guest-agent (Windows: the QEMU Guest Agent "
			"service): not there: install it; virsh dumpxml {guest} must have a <channel> "
			"org.qemu.guest_agent.0",
			{ NULL }, HD_MESSAGE_GENERAL },
		"guest agent|qmp command 'guest-*|qemu-ga|qemu-guest-agent|guest-agent|guest_agent*",
	},
	{
		0, 0, NULL,
		{ "general-plain-helper", HD_SPEAKER_TOOL, { NULL },
			NO_DEVICE "a program that the guest's start needs is not installed on this host",
			"install the package with the program that the line names (virtiofsd, passt, "
			"xorriso, swtpm-tools), in the container if that starts the guest; then command "
			"-v PROGRAM must print its path",
			{ NULL }, HD_MESSAGE_GENERAL },
		"virtiofsd|virtiofs|qemu-pr-helper|passt|slirp*|pasta|xorriso*|genisoimage|mkisofs|"
		"executable file not found|binary in $path",
	},
	{
		0, 0, NULL,
		{ "general-plain-daemon", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the client does not reach libvirt's daemon: it does not run, the "
			"client asks another one (session instead of system), or the user may not use "
			"it",
			"systemctl status virtqemud.socket libvirtd.socket: inactive: systemctl start "
			"one of them; virsh -c qemu:///system list works as root only: add the user to "
			"the group libvirt and log in again",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"direct socket mode|connect to libvirt|"
		"connect socket|connect to the hypervisor|connection to the hypervisor|"
		"virtlogd|virtlockd|polkit*|no uri|libvirt-sock*|virtqemud-sock*|virtnetworkd|virtstoraged|"
		"authentication unavailable",
	},
	{
		0, 0, NULL,
		{ "general-plain-guest-name", HD_SPEAKER_LIBVIRT, { NULL },
			NO_DEVICE "the guest that the command names does not exist here, or exists or "
			"runs already",
			"virsh -c qemu:///system list --all shows the names and states (a user's own "
			"guests: qemu:///session); to define it again under the same name: virsh "
			"undefine, or keep the <uuid> of the old one",
			{ NULL }, HD_MESSAGE_GENERAL },
		"no domain with|domain not found|already exists with uuid|domain is not running|"
		"domain is already active",
	},
	{
		0, 0, "ETIMEDOUT EHOSTUNREACH ENETUNREACH",
		{ "general-plain-peer", HD_SPEAKER_TOOL, { NULL },
			NO_DEVICE "the other computer does not answer over the network: it is off, a firewall "
			"drops the packets, or the way to it is missing",
			"ping and nc -zv HOST PORT of what the line names: ip route get its address shows the way; "
			"it worked before a device went to a guest: that was the card of this network: hostdevctl "
			"status names who has it",
			{ NULL }, HD_MESSAGE_GENERAL },
		"connect to *|connecting to *|connection to *",
	},
	{ .answer = { .id = NULL } },
};
