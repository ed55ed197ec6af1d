/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_tool.c - which messages of scripts, installers and tools are about those alone? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_tool[] = {
	{
		0, 0, NULL,
		{ "general-python-module", HD_SPEAKER_TOOL, { NULL },
			"a script in Python lacks a module, or has one of another version, so that "
			"it did not begin: '{reason}'",
			"python3 -c 'import NAME' with the name in the quotation marks repeats it: "
			"install the distribution's package (libvirt: python3-libvirt; yaml: "
			"python3-yaml), not for another version of Python or inside another "
			"virtual environment; 'cannot import name': update the script or the "
			"module, whichever is older",
			{ NULL }, HD_MESSAGE_GENERAL },
		"modulenotfounderror|importerror|no module named|cannot import name|"
		"not importable|importable",
	},
	{
		0, 0, NULL,
		{ "general-python-command", HD_SPEAKER_TOOL, { NULL },
			"a script in Python ran a command that failed: '{reason}'. The command's "
			"own error is the cause, and is not in this line",
			"run the command in the brackets by hand, as the user that the script runs "
			"as, and paste its error into hostdevctl explain; the lines right above "
			"the traceback often have it already",
			{ NULL }, HD_MESSAGE_GENERAL },
		"calledprocesserror|returned non-zero exit status|subprocess.*",
	},
	{
		0, 0, NULL,
		{ "general-python", HD_SPEAKER_TOOL, { NULL },
			"a script in Python ended over an error in itself: '{reason}'. What it "
			"worked on is not as it expects, or it does not fit this version of Python "
			"or of a module",
			"the last 'File' line of the traceback says where. ValueError, KeyError, "
			"IndexError: an argument, a file or an answer is missing: run it with the "
			"arguments that its --help names (libvirt runs a hook as: hook GUEST "
			"OPERATION SUB-OPERATION -, with the guest's XML on standard input). "
			"AttributeError, TypeError, NameError, SyntaxError: update the script, or "
			"run it with the Python that it is for. An error that was printed before "
			"the traceback counts more",
			{ NULL }, HD_MESSAGE_GENERAL },
		"object has no attribute|has no attribute|attributeerror|valueerror|keyerror|"
		"typeerror|indexerror|nameerror|unboundlocalerror|unicodedecodeerror|syntaxerror|"
		"jsondecodeerror|indentationerror|assertionerror|runtimeerror|recursionerror|"
		"zerodivisionerror",
	},
	{
		0, 0, NULL,
		{ "general-library", HD_SPEAKER_TOOL, { NULL },
			"a program was built for another system than the one it runs on: a library "
			"is missing, or older than the program wants ('{reason}')",
			"ldd PROGRAM | grep 'not found' names what is missing. In a container: use "
			"an image or a plugin version that was built for this base (an older tag); "
			"on a host: install the distribution's own package, and remove the copy "
			"below /usr/local; after building libvirt or QEMU yourself run ldconfig",
			{ NULL }, HD_MESSAGE_GENERAL },
		"glibc*|glibcxx*|error while loading shared libraries|symbol lookup error|"
		"cannot open shared object|wrong elf class|libc.so*|undefined symbol|"
		"failed to open module",
	},
	{
		0, 0, "EMFILE ENFILE",
		{ "general-too-many-files", HD_SPEAKER_TOOL, { NULL },
			"the limit on open files or on file watches (inotify) is used up; devices "
			"are not the cause",
			"sysctl fs.inotify.max_user_instances fs.inotify.max_user_watches: double "
			"them (sysctl -w, and a file in /etc/sysctl.d); if they are large already, "
			"the limit of the service: LimitNOFILE= of its unit, or ulimit -n; then "
			"start the program again",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, NULL,
		{ "general-too-many-watches", HD_SPEAKER_TOOL, { NULL },
			"the limit on open files or on file watches (inotify) is used up; devices "
			"are not the cause",
			"sysctl fs.inotify.max_user_instances fs.inotify.max_user_watches: double "
			"them (sysctl -w, and a file in /etc/sysctl.d); if they are large already, "
			"the limit of the service: LimitNOFILE= of its unit, or ulimit -n; then "
			"start the program again",
			{ NULL }, HD_MESSAGE_GENERAL },
		"too many open files|inotify*|create watcher|fsnotify",
	},
	{
		0, 0, NULL,
		{ "general-initramfs-module", HD_SPEAKER_TOOL, { NULL },
			"the initramfs is to have a kernel module that this kernel does not have: "
			"'{reason}'. vfio_virqfd is a part of vfio since Linux 6.2; of others the "
			"package is missing, the name is wrong, or they are built into the kernel",
			"take vfio_virqfd out of the list (MODULES= in /etc/mkinitcpio.conf, "
			"add_drivers or force_drivers in /etc/dracut.conf.d, "
			"/etc/initramfs-tools/modules, /etc/modules-load.d), nothing else is "
			"needed for it; another name: modinfo NAME: 'builtin': take it out, too; "
			"'not found': install the modules of this kernel; then build the initramfs "
			"again",
			{ "vfio-modules", "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		"module not found|failed to find module|no kernel modules matching",
	},
	{
		0, 0, NULL,
		{ "general-boot-tool", HD_SPEAKER_TOOL, { NULL },
			"a tool that writes the kernel's parameters or the initramfs does not fit "
			"this system's boot loader, or finds no kernel where it looks: '{reason}'. "
			"What it was to set is not set",
			"cat /proc/cmdline shows what is set now. Use the tool of this boot "
			"loader: GRUB: /etc/default/grub, then update-grub or grub2-mkconfig -o "
			"/boot/grub2/grub.cfg (Fedora: grubby --update-kernel=ALL --args=...); "
			"systemd-boot: /etc/kernel/cmdline or loader/entries (Proxmox: "
			"proxmox-boot-tool refresh); kernelstub is for Pop!_OS only; unRAID: the "
			"flash's boot menu. Then restart and look at /proc/cmdline again",
			{ "iommu-enabled" }, HD_MESSAGE_GENERAL },
		"kernelstub*|mkinitcpio|initcpio|dracut|update-initramfs|update-grub|"
		"grub-mkconfig|grub2-mkconfig|grubby|bootctl|proxmox-boot-tool|kernel image|"
		"initrd image|bootloader|boot loader",
	},
	{
		0, 0, "EACCES EPERM",
		{ "general-sysfs-rights", HD_SPEAKER_TOOL, { NULL },
			"the program may not write to that file of the kernel: it does not run as "
			"root, the file does not take writes, or /sys is read-only, as in a "
			"container",
			"id -u must print 0. 'sudo echo 1 > {path}' does not help, because the "
			"shell without rights opens the file: echo 1 | sudo tee {path}. As root: "
			"ls -l {path}: no such file or no 'w': the driver does not offer it "
			"(another driver, a newer one, SR-IOV off in the firmware); findmnt /sys "
			"says 'ro': do it on the host, outside of the container; dmesg says "
			"lockdown: Secure Boot forbids it",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"permissionerror|open /sys/*|open(/sys/*|open(\"/sys/*|ioerror",
	},
	{
		0, 0, NULL,
		{ "general-lspci-noise", HD_SPEAKER_TOOL, { NULL },
			"lspci could not read a part of a device's data and goes on without it; "
			"this alone says nothing about whether the device works. A device that is "
			"asleep, or on vfio-pci, often answers so",
			"if all you did was lspci, nothing: lspci without -vv does not ask for it. "
			"To see whether the device is alive: lspci -s of it, then 'rev ff' means "
			"that it does not answer; else look for another message",
			{ NULL }, HD_MESSAGE_GENERAL },
		"pcilib|sysfs_read_vpd|lspci",
	},
	{
		0, 0, NULL,
		{ "general-service-ended", HD_SPEAKER_TOOL, { NULL },
			"a service of systemd did not start or ended by itself; this line only "
			"follows from its own error: '{reason}'",
			"journalctl -b[[ -u {unit}]] has the lines before: the first error is the "
			"cause, paste it into hostdevctl explain. 'already active, refusing': the "
			"daemon runs without its socket: systemctl stop libvirtd.service, then "
			"start libvirtd.socket, and not both libvirtd and virtqemud. 'repeated too "
			"quickly': systemctl reset-failed after the cause is mended",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"control process exited|failed with result|job for|main process exited|"
		"already active|service failed|start request repeated|status=203*|status=217*",
	},
	{
		0, 0, NULL,
		{ "general-terraform", HD_SPEAKER_TOOL, { NULL },
			"the description of the guest does not fit this version of the tool "
			"(Terraform, OpenTofu, Vagrant, Packer), which did nothing: '{reason}'",
			"the lines below it name the file and line. An argument or block that is "
			"not expected: the provider has another version than the example: "
			"terraform version and the documentation of exactly that; 'x = {' and 'x "
			"{' are not the same; terraform validate tries it without a change. What a "
			"provider cannot set (host devices) goes into its XSLT or raw XML, or is "
			"added afterwards (virsh attach-device --config)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"unsupported argument|unsupported block type|an argument named|blocks of type|"
		"missing required argument|invalid address to set|is not expected here|"
		"undeclared resource|unsupported attribute|vagrantfile|incorrect attribute value|"
		"the provider '*|provider 'libvirt'|vagrant plugin|required plugins|"
		"no available provider*|provider produced|provider returned|inconsistent result",
	},
	{
		0, 0, NULL,
		{ "general-usb-redirect", HD_SPEAKER_TOOL, { NULL },
			"the viewer (virt-manager, virt-viewer) could not hand the USB device to "
			"the guest: '{reason}'. This is SPICE's redirection, which needs no "
			"<hostdev>",
			"ACCESS or BUSY: another program or a driver of the viewer's machine has "
			"it: unmount it, close what uses it; as a user, polkit must let "
			"spice-client-glib-usb-acl-helper ask. NOT_FOUND, NO_DEVICE: it was "
			"unplugged or has another number now: plug it in again and turn off "
			"automatic redirection. A device of the host itself: give it as <hostdev> "
			"instead (hostdevctl xml usb:PORT), or virsh attach-device",
			{ "usb-present", "usb-free" }, HD_MESSAGE_GENERAL },
		"redirect usb|auto-redirect*|usb redirection|claim interface|spiceclient*|"
		"spice-client*|usbredir*",
	},
	{
		0, 0, NULL,
		{ "general-windows-room", HD_SPEAKER_TOOL, { NULL },
			"Windows found no room for the device's memory windows, or another device "
			"has what it wants ('{reason}')",
			"the guest needs UEFI (OVMF) and q35: with SeaBIOS or Windows 7, 64-bit "
			"windows do not work; for a card with much memory enlarge the window: "
			"<qemu:arg value='-fw_cfg'/> 'opt/ovmf/X-PciMmio64Mb,string=65536', or "
			"<cpu> host-passthrough with the host's address width; remove the emulated "
			"graphics (<video> none) if it takes the place",
			{ "guest-topology" }, HD_MESSAGE_GENERAL },
		"error 12|code 12|resource conflict|enough free resources",
	},
	{
		0, 0, NULL,
		{ "general-windows-install", HD_SPEAKER_TOOL, { NULL },
			"the installation of a driver in the Windows guest failed: '{reason}'. The "
			"device behind 'devnode' is what it was for: PCI\\VEN_10DE is NVIDIA, "
			"PCI\\VEN_1002 AMD, PCI\\VEN_8086 Intel; SWD\\PRINTENUM a printer, which is "
			"not about the card",
			"Device Manager: the card's status has a code: paste that. In "
			"C:\\Windows\\INF\\setupapi.dev.log the first line with '!!!' after the "
			"device's name is the cause. If it is not listed at all, the guest has no "
			"such device: virsh dumpxml must have its <hostdev>. Then install the "
			"vendor's driver for this Windows version and card once, after removing "
			"older ones (DDU)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"devnode|setupapi|driver install failed|0x8007*|0xe000*|installer failed|"
		"installer cannot continue|driver installation failed|graphics driver: failed",
	},
	{
		0, 0, NULL,
		{ "general-nvswitch", HD_SPEAKER_TOOL, { NULL },
			"NVIDIA's fabric manager, which joins the GPUs of an NVSwitch machine "
			"(HGX, DGX), says: '{reason}'. On a machine without NVSwitch it has "
			"nothing to do and fails",
			"lspci -d 10de: | grep -i bridge lists the NVSwitches: none: systemctl "
			"disable --now nvidia-fabricmanager: it is not needed, whatever it "
			"reports. With NVSwitches: the package's version must be exactly the "
			"driver's (cat /proc/driver/nvidia/version; dpkg -l or rpm -qa); GPUs that "
			"are given to guests need FABRIC_MODE=1 (shared) and the partition "
			"activated, or the switches go to the guest, too; journalctl -b -u "
			"nvidia-fabricmanager has its first error",
			{ NULL }, HD_MESSAGE_GENERAL },
		"nvswitch*|fabric manager|fabricmanager|nv-fabricmanager|nvidia-fabricmanager*|"
		"nvlsm",
	},
	{
		0, 0, NULL,
		{ "general-gpu-lost", HD_SPEAKER_KERNEL, { NULL },
			"the driver has lost a graphics card: it does not answer on the bus any "
			"more ('{reason}')",
			"dmesg | grep -i xid on the machine or node with the card: 79 means that "
			"it fell off the bus; lspci shows 'rev ff' for it: shut down and switch "
			"the power off and on, a restart is often not enough. If it comes back "
			"often: power cable and supply, temperature, another slot or riser, "
			"firmware",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		"gpu is lost|unknown error for gpu",
	},
	{
		0, 0, NULL,
		{ "general-unplug-refused", HD_SPEAKER_LIBVIRT, { NULL },
			"the guest did not let go of the device: its system did not answer the "
			"request to unplug it, or still uses it",
			"in the guest: stop what uses it and eject it (Windows: safely remove; "
			"Linux: its driver needs hotplug: lsmod | grep -e pciehp -e acpiphp, echo "
			"1 > /sys/bus/pci/devices/ADDRESS/remove there); wait, the guest may still "
			"do it: virsh dumpxml {guest} shows whether it is gone. A guest that boots "
			"or hangs cannot: shut it down; --config takes it out for the next start",
			{ "guest-topology" }, HD_MESSAGE_GENERAL },
		"unplug request|did not respond to the unplug|detach timed out|unplug of device|"
		"unplug timed out|ejection",
	},
	{
		HD_SAYS_QEMU | HD_SAYS_LIBVIRT, 0, NULL,
		{ "general-qemu-property", HD_SPEAKER_QEMU, { NULL },
			"QEMU does not take an option of a device: '{reason}'. Its value has "
			"another form, or this type of device or this version of QEMU does not "
			"have it",
			"a PCI address as a value is host=0000:01:00.0 (or 01:00.0): colons "
			"between bus and slot, a dot before the function. A property that is not "
			"found: qemu-system-x86_64 -device TYPE,help lists what the type has: "
			"leave it out, or use another type (a -device type, as of microvm, has no "
			"romfile); a type that is not found: -device help; it may be in a package "
			"of its own (qemu-system-modules-..., qemu-device-...)",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"doesn't take value|property '*|property not found|not a valid device model|"
		"parameter '*|invalid parameter|unknown property|is not a valid value|expects a",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-config", HD_SPEAKER_TOOL, { NULL },
			"nova.conf's [pci] section has a value that Nova cannot use: '{reason}'",
			"device_spec = { \"address\": \"0000:3b:00.0\" } (or vendor_id and product_id, "
			"four hex digits each, without 0x; domain and function belong to an "
			"address, * is allowed), one line for each; alias = { \"vendor_id\":..., "
			"\"product_id\":..., \"device_type\":\"type-PCI\", \"name\":... } the same on "
			"controller and compute host; older releases call device_spec "
			"passthrough_whitelist; then restart the services",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"device_spec|passthrough_whitelist|pciconfiginvalid*|pci]device_spec|"
		"invalid pci alias|pci alias definition",
	},
	{
		0, 0, NULL,
		{ "general-unit-missing", HD_SPEAKER_TOOL, { NULL },
			"systemd has no unit of that name: '{reason}'. The package with it is not "
			"installed, or it is called otherwise on this distribution",
			"systemctl list-unit-files | grep -i with a part of its name shows what "
			"there is: libvirtd or virtqemud, nvidia-vgpud (vGPU host driver only), "
			"nvidia-persistenced and nvidia-fabricmanager (own packages); a script "
			"that only stops it can leave the line out (systemctl stop NAME || true)",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"service not found|socket not found|unit not found|service could not be found|"
		"unit file does not exist|service does not exist|service not loaded",
	},
	{
		0, 0, NULL,
		{ "general-no-display", HD_SPEAKER_QEMU, { NULL },
			"QEMU was to open a window, and found no desktop that it may use: "
			"'{reason}'. A program that runs as root or by ssh has no right to the "
			"user's display",
			"leave the window out: -display none (or -vnc 127.0.0.1:1, -spice ...), as "
			"for a guest with its own card; or run it in the user's session, with "
			"/dev/vfio/GROUP given to that user (udev rule) instead of sudo; xhost "
			"si:localuser:root lets root in",
			{ NULL }, HD_MESSAGE_GENERAL },
		"cannot open display|magic-cookie*|no protocol specified|connect to display|"
		"xdg_runtime_dir*|gtk initialization|could not initialize sdl|"
		"unable to open display",
	},
	{
		0, 0, NULL,
		{ "general-definition-value", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt does not take the definition: '{reason}'. An element or value in "
			"it is missing, empty, out of range, or given twice",
			"virsh edit (or the XML that the program made) and search for the quoted "
			"names; virsh dumpxml of it through virt-xml-validate names the line. "
			"'slot must be <= 0': behind a pcie-root-port there is only slot 0: remove "
			"<address> so that libvirt chooses; slot above 0x1f: a host's address was "
			"split wrongly: domain, bus, slot (0-0x1f), function (0-7). 'vendor cannot "
			"be 0', 'Zero is not permitted': choose the USB device by bus and number "
			"(<address bus='1' device='4'/>, lsusb). A disk that must not be empty: "
			"give it a <source> or remove it. 'already exists': remove the second "
			"<hostdev> of that device",
			{ "device-present", "guest-topology" }, HD_MESSAGE_GENERAL },
		"invalid value for attribute|must not be empty|vendor cannot be|cannot be 0|"
		"invalid pci address|slot must be|bus must be|xml document failed to validate|"
		"attributes construct error|missing required attribute|missing element|"
		"unknown element|extra element|zero is not permitted|"
		"already exists in the domain|xml parse error|document is empty|"
		"start tag expected|domain_definition*|device_definition*",
	},
	{
		0, 0, NULL,
		{ "general-smbios", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt cannot read the host's SMBIOS data, which the guest is to get "
			"(<smbios mode='host'/>): the program dmidecode is not installed, or the "
			"firmware offers none",
			"dmidecode -t 1 as root: not found: install dmidecode and restart "
			"libvirt's daemon; no data: remove <smbios mode='host'/> from the guest",
			{ NULL }, HD_MESSAGE_GENERAL },
		"smbios|dmidecode",
	},
	{ .answer = { .id = NULL } },
};
