/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_deed.c - what did a line do, to what, and how did that end, so that no single word of it decides?
 *
 * Asked before all other families: a row needs several signs together (verb and object, error and kind of
 * path), and says what they mean together, whoever else the line names.
 */
#include "config.h"

#include "base/text.h"
#include "explain/families.h"
#include "explain/sys_path.h"

#define ABSENT "ENOENT ENXIO ENODEV ENOTDIR"

#define ANSWER(id, ...) { "general-deed-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }
#define CHECKS(...) { __VA_ARGS__ }
/* A file below /sys of that KIND is not there. */
#define NO_FILE_UNLESS(unless, kind, id, ...) \
	{ { 0, 0, ABSENT, ANSWER(id, __VA_ARGS__), "/sys/*" }, NULL, unless, kind }
#define NO_FILE(...) NO_FILE_UNLESS(NULL, __VA_ARGS__)
/* One word of each list, none of UNLESS. */
#define DEED(said, also, unless, id, ...) { { 0, 0, NULL, ANSWER(id, __VA_ARGS__), said }, also, unless, 0 }

#define SETTINGS_FILE ".conf|.cfg|.ini|.yaml|.yml|.toml|.json|config file|configuration file|config.yaml|cmdline|" \
	"/etc/default/grub|grub|/etc/modprobe.d*|/etc/modules*|/etc/mkinitcpio*|qemu-server/*"
#define EMULATOR "qemu*|emulated"

const struct hd_deed hd_families_deed[] = {
	NO_FILE(HD_SYS_DRIVER_DEVICE, "not-bound",
		"the device is not bound to the driver in whose folder it was looked for, or the address is wrong; "
		"which file stands at the end of the path does not matter",
		"lspci -nnk -s {address}: 'driver in use' names its driver: another or none: bind it first "
		"(hostdevctl detach {address} for vfio-pci, hostdevctl reattach {address} for the host's); not "
		"listed: the address is wrong (lspci -D has them with their domain) or the device is gone: echo 1 > "
		"/sys/bus/pci/rescan. A script: /sys/bus/pci/devices/{address}/driver leads to whichever driver has it",
		CHECKS("device-present", "device-alive", "driver-release-safe")),
	NO_FILE(HD_SYS_DEVICE, "no-device",
		"there is no device at that address now: a script, a manager's list or a definition names an address "
		"that has changed (a new card or slot), a virtual function that was not made, or a device that was "
		"removed or fell off the bus",
		"lspci -D: not listed there: who names it is to be corrected (the script, the mapping, claim or list "
		"of the manager; its plugin or controller reads again when it is restarted); a virtual function: echo "
		"N > sriov_numvfs of its parent, or hostdevctl setup vfs; it was there before: echo 1 > "
		"/sys/bus/pci/rescan, else switch the host off and on",
		CHECKS("device-present", "device-alive", "vf-parent-up")),
	NO_FILE(HD_SYS_BOUND, "no-driver",
		"the device has no driver at that moment, so that there is nothing to unbind, or there is no device "
		"of that address",
		"lspci -nnk -s {address}: listed without 'driver in use': leave out the unbinding: go on with "
		"driver_override and drivers_probe, or hostdevctl detach {address}; not listed: the address is wrong "
		"or lacks its domain (lspci -D)",
		CHECKS("device-present", "overrides-match")),
	NO_FILE(HD_SYS_PARENT, "no-parent",
		"the device is not a virtual function that this system made: it is a physical function, a device of a "
		"guest (virtio, or a function that was passed in), or gone; only a virtual function has a parent "
		"below physfn, and only a parent with its network driver an interface there",
		"ls /sys/bus/pci/devices/{address}: no physfn: choose a virtual function in the list of the plugin or "
		"manager (lspci -d ::02xx), or another plugin (host-device) for such a card; physfn without net: its "
		"parent needs its own driver, not vfio-pci: readlink /sys/bus/pci/devices/{address}/physfn/driver",
		CHECKS("device-present", "vf-parent-up")),
	NO_FILE(HD_SYS_FUNCTION, "no-function",
		"the parent has no virtual function of that number: fewer or none were made since the last boot",
		"cat sriov_numvfs beside that path: 0 or less than the number: write the number (0 first), or "
		"hostdevctl setup vfs, which makes them at each boot; the numbers begin with 0",
		CHECKS("sriov-vfs-off", "vf-parent-up")),
	NO_FILE_UNLESS("cni*|multus*|net directory|netdevice|network device|pf name", HD_SYS_MADE, "not-made",
		"what the device's own driver makes (an interface, a display, a disk) is not there: the device is on "
		"vfio-pci or on no driver, its driver gave up, or it has another name",
		"lspci -nnk -s {address}: vfio-pci: right for a device of guests: who asks has to take it by "
		"VFIO; else hostdevctl reattach {address}; no driver: modprobe it, journalctl -k -b -g {address} has "
		"its error",
		CHECKS("device-present", "driver-release-safe", "device-alive")),
	NO_FILE(HD_SYS_MDEV, "no-mdev",
		"the device offers no mediated devices: the vGPU driver of the host does not run with it, it is on "
		"vfio-pci, or the card makes virtual functions instead (below them then)",
		"lspci -nnk -s {address}: the vendor's host driver must have it (nvidia with vGPU, i915 with "
		"enable_gvt=1); nvidia-smi vgpu; Ampere and newer: sriov-manage -e {address} first; a whole card "
		"for a guest: take it as a PCI device, not as a vGPU",
		CHECKS("vgpu-vendor-ready", "mdev-present", "device-present")),
	NO_FILE(HD_SYS_RESET, "no-reset",
		"the kernel cannot reset that device alone, so it has no such file; or there is no device of "
		"that address",
		"lspci -D -s {address}: not listed: another address; listed: nothing to set: a device without a reset "
		"of its own is reset with its bus, if all of that go to one guest; hostdevctl check {address}: "
		"reset-works says more",
		CHECKS("device-present", "reset-works")),
	DEED("kvm_exit_fail_entry|hardware_entry_failure*|vm-entry failed|vmentry failed", NULL, NULL, "entry",
		"the processor refused to run the guest in the state that was set: '{reason}'. Nothing is wrong with "
		"memory or a device: it is nested virtualization, its outer host, or a guest's state that KVM sets "
		"wrongly",
		"systemd-detect-virt prints another word than 'none': this host is a guest: switch nested "
		"virtualization on in its outer host, or update that, or run without KVM; 'none': a newer kernel and "
		"microcode, VT-x or SVM on in the firmware, <cpu mode='host-passthrough'/>, and no other hypervisor "
		"(VirtualBox, VMware) beside it",
		CHECKS("cpu-virtualization")),
	DEED("hardware error|hardware fault|qemu: fatal|bad offset|translation fault",
	     EMULATOR, "vfio*|machine check|mce:|edac*", "emulator",
		"the emulator gave up over something that the guest did to an emulated device: '{reason}'. The host's "
		"own memory and devices are not meant",
		"what runs in the guest (kernel, firmware, bare program) must be for this machine type and this QEMU: "
		"another machine (-M help) or CPU, a newer QEMU, a newer kernel of the guest; the device that the "
		"line names (uart, gpio, smmu) can be left out; -d guest_errors,unimp says what was accessed",
		CHECKS(NULL)),
	DEED("no irq handler|nobody cared|nobody handled*|unhandled irq*|unhandled interrupt*|spurious interrupt*|"
	     "unexpected interrupt*|stray interrupt*|spurious irq*", NULL, NULL, "irq-unclaimed",
		"an interrupt came for which no driver waits: it was set up all right, but its device was given to "
		"another driver, sleeps, or was moved to another vector meanwhile; once, while a device changes its "
		"driver or a CPU goes off, it means nothing",
		"once: nothing. Again and again: cat /proc/interrupts: whose line has that number: the other device "
		"of that line, or the one that was just unbound: bind it to vfio-pci or its own driver, not to none; "
		"'Disabling IRQ': what shares the line stands still: let its driver use MSI, or another slot",
		CHECKS("device-alive", "interrupt-remapping")),
	DEED("mismatch*|out of order|out of sync|unexpected seq*|wrong sequence", "event*|sequence|seq|seqno|stamp|"
	     "timestamp|phase|fence*|generation|cookie|command id|request id|response id",
	     "version*|release|tag mismatch|xml*|boot sequence|xhci*|trb|usb", "out-of-step",
		"two sides count the same messages, and one of them is ahead: '{reason}'. Something was lost, "
		"answered twice, or the device was reset between question and answer; versions are not meant",
		"once, right after a reset, a sleep or a guest's end: nothing; again: the device loses its state: "
		"journalctl -k -b: 'reset', 'timeout', 'AER' or 'power' before the first such line is the cause; "
		"hostdevctl check {address}: reset-works and device-alive; a newer driver and firmware of the device",
		CHECKS("reset-works", "device-alive", "power-state")),
	DEED("gpu lost|gpu_is_lost|is_lost|lost from the bus|off the bus|fallen off", "nvassert*|assertion failed",
	     NULL, "card-lost",
		"the graphics card does not answer any more: it fell off the bus; what the driver says after that "
		"only follows",
		"the first line of that time counts: journalctl -k -b -g 'Xid|AER|NVRM': hostdevctl explain it; "
		"switch the host off, wait, and on again (a restart is often not enough); again: power cables and "
		"supply, heat, another slot or riser; only after a guest: hostdevctl check {address}: reset-works",
		CHECKS("device-alive", "reset-works", "power-state")),
	DEED("insufficient permissions|no permission to access|permission denied", "nvml|nvidia-smi|nvmlinit*", NULL,
		"nvml-rights",
		"the user, or the user of the container, may not open the NVIDIA driver's nodes: the driver runs",
		"ls -l /dev/nvidia* where the program runs: mode 0660 and group video: the user into that group (log "
		"in again), or NVreg_DeviceFileMode=0666 in /etc/modprobe.d; rootless containers: --group-add "
		"keep-groups, user = \"root:video\" and no-cgroups = true in "
		"/etc/nvidia-container-runtime/config.toml; as root it must work: else the driver is the cause",
		CHECKS("holders-free")),
	DEED("driver not loaded|nvml error|driver/library|libnvidia-ml*", "nvidia-container*", NULL,
		"runtime-driver",
		"NVIDIA's container runtime wants the driver of the host, and that does not run there: right on a "
		"node whose cards are on vfio-pci for guests, wrong on one that computes in containers",
		"lspci -nnk -d 10de: vfio-pci: run that pod with the plain runtime: runtimeClassName or the default "
		"runtime of containerd must not be nvidia there (the plugin for guests needs no driver); nvidia or "
		"none: modprobe nvidia, nvidia-smi on the node; a driver in a container (GPU operator): its pod must "
		"be ready first",
		CHECKS("device-present", "vfio-ids-bound")),
	DEED("change root failed|ldconfig error|ldcache error|load library failed", "nvidia-container*", NULL,
		"runtime-root",
		"NVIDIA's container runtime does not find the driver's files where its configuration says: '{reason}'",
		"/etc/nvidia-container-runtime/config.toml: root= must be the folder in which the driver is installed "
		"(/ for packages of the host, /run/nvidia/driver for the GPU operator), ldconfig= its program "
		"(@/sbin/ldconfig.real on Debian and Ubuntu); Docker as a snap or in its desktop cannot see the "
		"host's; then restart the runtime and try nvidia-container-cli -k -d /dev/tty info",
		CHECKS(NULL)),
	DEED("has no member named|implicit declaration*|too few arguments to function|too many arguments to function|"
	     "incompatible-pointer*|incompatible pointer*|undeclared|storage size of|unknown type name|-werror*|"
	     "-wfatal-errors|redefinition of|fatal error:", NULL, NULL, "compile",
		"the compiler does not take the source of that module or program: usually the kernel (or compiler) is "
		"newer than the source; a header that is missing is a package that is missing",
		"'has no member', 'too few arguments', 'implicit declaration': a newer version of the module for this "
		"kernel (uname -r), its patch, or an older kernel from the boot menu; 'fatal error: x.h': install "
		"linux-headers-$(uname -r) or the package that has x.h; '-Werror': the compiler is newer: "
		"KCFLAGS=-Wno-error, or the compiler of the kernel (cat /proc/version); DPDK: build without kernel "
		"modules and use vfio-pci",
		CHECKS("kernel-modules-installed")),
	DEED("subcommand failed|build stopped|recipe for target|waiting for unfinished jobs|recipe *", "failed|stopped|"
	     "waiting|error", "apt-get|playbook", "build-outer",
		"that line is only of the tool that called the compiler or script: what failed stands above it",
		"look upwards for the first line with 'error:', 'No such file' or 'not found' and paste that into "
		"hostdevctl explain; make -j1 (ninja -j1) puts it last; DKMS keeps it in make.log below /var/lib/dkms",
		CHECKS(NULL)),
	DEED("errno 2|no such file or directory|filenotfounderror|not found in $path", "_execute_child|execvp*|"
	     "subprocess.py|popen*|child_exception|'lspci'|'lsusb'|'mdevctl'|'virsh'|'ethtool'|'numactl'|'dmidecode'|"
	     "'modprobe'|'nvidia-smi'|'devlink'|'setpci'|'ip'|'lsmod'|'driverctl'|'dpdk-devbind.py'", NULL,
		"script-program",
		"the script calls a program that is not installed (or not in PATH): with such a call 'No such file' "
		"means the program, not a device",
		"the call in the script's frame of the traceback names it (lspci: package pciutils; ethtool, mdevctl, "
		"dmidecode, numactl are packages of their own): install it; sudo and services have a shorter PATH: "
		"add /usr/sbin and /sbin",
		CHECKS(NULL)),
	DEED("permissionerror*|errno 13|os error 13", "/dev/*", "apparmor*|avc:|selinux*", "node-rights",
		"the user who runs the script or program may not open that node; the device and its driver are all "
		"right",
		"ls -l {path}: owner, group and mode: /dev/vfio/N: a udev rule (SUBSYSTEM==\"vfio\", GROUP=\"kvm\", "
		"MODE=\"0660\") and the user in that group; /dev/dri, /dev/kvm, /dev/kfd: groups render, video, kvm, "
		"then log in again; /dev/bus/usb: a udev rule for its ids; in a container: --device {path} and "
		"--group-add; as root it works: that is the cause; not as root either: journalctl -k -b -g DENIED, "
		"ausearch -m avc",
		CHECKS("vfio-node", "unit-hardening")),
	DEED("non unique alias*|duplicate alias*|duplicate hostdev*|duplicate device*|duplicated device*|"
	     "duplicate id*|duplicate entr*|already in the domain configuration|already in domain", "alias*|hostdev*|"
	     "hostpci*|device|devices|pci|gpu*|domain", "filename|sysfs*|duplicate key", "duplicate",
		"the guest's definition has one device, or one name of a device, twice, and is refused before "
		"anything starts: '{reason}'. No device of the host is the cause",
		"virsh dumpxml --inactive {guest} | grep -A6 hostdev: of two with the same <source> address remove "
		"one (virsh edit); two with the same <alias>: remove one <alias>; KubeVirt, Harvester: kubectl edit "
		"vm: the device once below hostDevices or gpus; Proxmox: qm config VMID: one hostpci line for it; a "
		"manager adds it again: take the device out there, save, and put it in once",
		CHECKS("guest-topology", "device-present")),
	DEED("assert*|abort*|panic*|core dumped", "register*|config space|read returned|reads as|0xffffffff|mmio",
	     "nvrm*|vfio_*", "device-unread",
		"the program ended because it could not read its device any more, so the device or who gives it "
		"failed first: '{reason}'",
		"journalctl -k -b -n 50 of that second: 'AER', 'reset', 'timeout' or 'power state' is the cause; "
		"lspci -s {address} shows 'rev ff': it is dead: switch the host off and on; a program that emulates "
		"the device (SPDK, vfio-user): its own log; hostdevctl check {address}: device-alive, power-state",
		CHECKS("device-alive", "power-state", "reset-works")),
	DEED("missing|not set|is unset|not found|no section*|no such section|section headers|key *|not "
	     "defined|setting found|not blacklisted", SETTINGS_FILE,
	     "no such file*|no such device|could not open|cannot open|module not found*|no module*|modprobe:|errno 2|"
	     "firmware|not found in directory",
		"setting-missing",
		"a setting is missing in a file, nothing is said of a device: '{reason}'",
		"open the file that the line names and add the setting under the name that the program's "
		"documentation has (its section above it, its indentation in YAML): /etc/default/grub and "
		"/etc/kernel/cmdline: then update-grub (grub2-mkconfig, proxmox-boot-tool refresh) and restart; "
		"/etc/modprobe.d: then build the initramfs; hostdevctl setup writes those for passing devices. It is "
		"there: another file is read: the program's -c or --config, a copy that it made, or an older state",
		CHECKS("boot-parameters-active", "vfio-modules-at-boot")),
	DEED("invalid value|error loading config*|error parsing config*|cannot parse config*|failed to parse config*|"
	     "unknown key|unknown section|unknown setting|unexpected key|yaml:|toml:", SETTINGS_FILE "|option|section",
	     "xml*|attribute*|-device*|pci address", "setting-wrong",
		"a file of settings has a line that the program does not take, so it goes on without it or with its "
		"defaults: '{reason}'",
		"open the file, at the line, section or setting that is named: an empty value, a missing [section] "
		"above it, a wrong indentation, or a name of another release: compare with the example that came with "
		"the program; then start it again: the same line at a file that you did not write (a copy in "
		"/var/lib): remove that copy",
		CHECKS(NULL)),
	{ .family = { .answer = { .id = NULL } } },
};

static bool fits(const struct hd_deed *row, const char *line, const char *errno_name, uint32_t path)
{
	const struct hd_family *family = &row->family;

	return (!row->path || (row->path & path)) &&
	       (!family->errnos || (errno_name && hd_text_has_word(family->errnos, errno_name))) &&
	       hd_family_has_words(line, family->words) && (!row->also || hd_family_has_words(line, row->also)) &&
	       (!row->unless || !hd_family_has_words(line, row->unless));
}

const struct hd_family *hd_deed_of(const char *line, const char *errno_name)
{
	uint32_t path = hd_sys_path_of(line);

	for (const struct hd_deed *row = hd_families_deed; row->family.answer.id; row++)
		if (fits(row, line, errno_name, path))
			return &row->family;
	return NULL;
}
