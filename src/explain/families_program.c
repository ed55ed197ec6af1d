/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_program.c - which messages are about a program's own fault, its releases, or what it waits for? */
#include "config.h"

#include "explain/families.h"

#define ABSENT "ENOENT ENXIO ENODEV"

const struct hd_family hd_families_program[] = {
	{
		0, 0, NULL,
		{ "general-program-fault", HD_SPEAKER_TOOL, { NULL },
			"a program ended over a fault of its own, not over the host: '{reason}'. It "
			"met a case that its authors did not expect: a device of an unusual kind, an "
			"option, or a file",
			"the lines before it say what it worked on last: do it without that device or "
			"option, to see whether it is that; a newer version of the program has the fix, "
			"or the former one did not have the fault; QEMU, cloud-hypervisor, Firecracker: "
			"try the device with another of them; report it with version, command and the "
			"lines above",
			{ NULL }, HD_MESSAGE_GENERAL },
		"panicked|panic: runtime error*|goroutine|nil pointer|invalid memory address|assertion `*|"
		"assertion '*|assertion failed!|unwrap()|index out of range|out of bounds|unhandled exception|"
		"uncaught exception|terminate called|stack overflow|not reached|unreachable code|"
		"internal compiler error|nullpointerexception|abort()",
	},
	{
		0, 0, NULL,
		{ "general-configuration-name", HD_SPEAKER_TOOL, { NULL },
			"a configuration that is written in a language of its own uses a name that it does "
			"not know, at the place that the line names: '{reason}'",
			"open that file at that line: a word without quotes is a name there: put it in "
			"quotes, or write where it comes from (NixOS: config., pkgs., lib., let ... in); "
			"an option of that name may be new or gone: search the release's list of options "
			"(nixos-option, terraform providers schema); nothing on the host was changed yet",
			{ NULL }, HD_MESSAGE_GENERAL },
		"undefined variable|undefined identifier|undefined name|undefined local variable|"
		"infinite recursion|is not defined|undefined option|the option `*|definition values",
	},
	{
		0, 0, NULL,
		{ "general-program-usage", HD_SPEAKER_TOOL, { NULL },
			"a program was called with words that it does not take, and printed how it is "
			"called: '{reason}'. Who called it (a script, hook or manager) is written for "
			"another version, or passed an empty or wrong value",
			"the last words before the usage text name what it did not take; run that command "
			"by hand with --help and --version; an empty address or name in it comes from who "
			"called it: correct that script or its settings, or use the versions that belong "
			"together",
			{ NULL }, HD_MESSAGE_GENERAL },
		"usage:|unexpected argument|unrecognized option|unrecognized argument*|unrecognised option|"
		"unknown option|invalid option --|try '*|missing operand|too many arguments|extra operand|"
		"the following arguments are required",
	},
	{
		0, 0, NULL,
		{ "general-versions-apart", HD_SPEAKER_TOOL, { NULL },
			"one program asked another for something that the other does not know: '{reason}'. "
			"The two are of different releases, or a switch turns it on that is off",
			"who speaks, and whom it speaks to: compare their versions (--version, virsh version, "
			"kubectl version, containerd --version): update the one that was left behind, or "
			"both to one release, and restart both; the same release: look for a feature or "
			"hot-plug switch of that name in the configuration of the one that refuses",
			{ NULL }, HD_MESSAGE_GENERAL },
		"unimplemented|unknown service|unknown method|unknown operation|no such method|unknown procedure|"
		"unknown field in|unsupported api|"
		"unknown object type|unknown device type|protocol version|incompatible protocol|"
		"unsupported protocol|client version",
	},
	{
		0, 0, "EACCES EPERM",
		{ "general-libvirt-socket-denied", HD_SPEAKER_LIBVIRT, { NULL },
			"the user may not talk to libvirt's daemon of the host: its socket is for root, for members "
			"of the group libvirt, or for whom polkit lets in",
			"ls -l {path}: its group; sudo usermod -aG libvirt USER, then log in again (id must show the "
			"group), or sudo virsh; unix_sock_group and auth_unix_rw in /etc/libvirt/libvirtd.conf if "
			"they were changed; a container: the same group number inside; the user's own guests: "
			"virsh -c qemu:///session",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"/var/run/libvirt*|/run/libvirt*",
	},
	{
		0, 0, NULL,
		{ "general-pid-file", HD_SPEAKER_TOOL, { NULL },
			"another process of the same kind runs already and holds its lock: two units start one "
			"daemon, or an old one did not end",
			"fuser -v of that file, or ps -eo pid,unit,args | grep the daemon's name, shows which "
			"unit it is of: keep one (libvirtd.service or the virtqemud.service kind, not both) "
			"and disable the other: systemctl disable --now; no such process: the file is left "
			"from a crash: remove it and start the unit",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		/* Memory and volumes are locked, too: only a file or folder of a daemon counts. */
		"pid file|pidfile|pid-file|another instance|already running with pid|is already locked|the lock file|"
		"a lock file|open lock file|create lock file|lockfile|could not get lock|unable to lock the admin*|"
		"unable to lock directory|failed to lock /*|cannot lock /*|acquire lock|acquire pid*|"
		"acquire the lock|lock is held",
	},
	{
		0, 0, NULL,
		{ "general-service-wait", HD_SPEAKER_LIBVIRT, { NULL },
			"a service of the host did not answer in time: '{reason}'. It hangs or is overloaded, "
			"or an old unit of the guest is in the way",
			"systemctl status systemd-machined dbus polkit; systemctl list-units 'machine-*': a "
			"left-over one of the guest: systemctl stop it; systemctl restart systemd-machined, "
			"then the daemon (virtqemud or libvirtd); uptime and journalctl -b -p warning at that "
			"time: load, or a disk that does not answer",
			{ "one-daemon" }, HD_MESSAGE_GENERAL },
		"activation of org.*|did not receive a reply|no reply within|machined|waiting for systemd|"
		"org.freedesktop.*|message recipient disconnected|connection to the bus|dbus error",
	},
	{
		0, 0, NULL,
		{ "general-agent-wait", HD_SPEAKER_TOOL, { NULL },
			"the program inside the guest that the manager talks to did not answer in time: the "
			"guest hangs in its firmware or boot (a card with much memory takes minutes), or "
			"has no such agent",
			"look at the guest's console (virsh console, virtctl console, Kata: "
			"debug_console_enabled, the runtime's log) for where it stops; without the device: it "
			"answers: the device's ROM, memory window or driver holds it up; it only is slow: a "
			"larger dial_timeout, create_container_timeout or start timeout; no agent: install "
			"qemu-guest-agent, or the image of this release",
			{ "rom-file", "memlock" }, HD_MESSAGE_GENERAL },
		"vsock|agent in the sandbox|agent is not responding|agent did not|agent not|to the agent|"
		"waiting for agent|waiting for the agent|agent connection|agent to come up|guest agent timed out|"
		"to get an ip address|waiting for ssh|waiting for machine to boot|waiting for an ip",
	},
	{
		0, 0, NULL,
		{ "general-save-state", HD_SPEAKER_KERNEL, { NULL },
			"only saving the device's state failed, for sleep, hibernation, a snapshot or a "
			"migration: '{reason}'",
			"while nothing sleeps or moves, nothing to do; NVIDIA: systemctl enable "
			"nvidia-suspend nvidia-hibernate nvidia-resume, and "
			"NVreg_PreserveVideoMemoryAllocations=1; a device that a guest has: shut the guest "
			"down or detach the device before (hostdevctl detach-from), or keep the host awake: "
			"systemctl mask sleep.target",
			{ "sleep-handled", "migration-possible" }, HD_MESSAGE_GENERAL },
		"save the state|saving state|save state of|save its state|preservevideomemory*|nvreg_preserve*|"
		"state of video memory|preserve*allocations|hibernation image|nv_restore*|prepare for suspend",
	},
	{
		0, 0, NULL,
		{ "general-driver-state", HD_SPEAKER_TOOL, { NULL },
			"that says which driver a device has: '{reason}'. It is an error only where another is "
			"needed: a guest needs vfio-pci (or the variant of it for that card), the host its own "
			"driver; virtual functions and mediated devices: the physical one stays on its own",
			"hostdevctl list --long shows it for all; with managed='yes' or the hook it changes at the "
			"guest's start by itself; to reserve it from the boot on: hostdevctl setup bind "
			"{address} --apply, restart (it loads vfio-pci first, in the initramfs); all functions of "
			"a card and its group go together: hostdevctl check {address} names the one that is "
			"left; no driver at all: hostdevctl detach or reattach {address}",
			{ "iommu-group-viable", "vfio-ids-bound", "vfio-modules-at-boot" }, HD_MESSAGE_GENERAL },
		"kernel driver in use|driver in use|kernel modules:|is bound to|bound to driver|currently bound|"
		"current driver|expected vfio-pci|expected driver|instead of vfio-pci|is not vfio-pci|not using vfio*|"
		"not on vfio*|using driver",
	},
	{
		0, 0, NULL,
		{ "general-no-group", HD_SPEAKER_TOOL, { NULL },
			"the device has no IOMMU group that this program could find: the IOMMU is off in the "
			"firmware or the kernel, or the address is written without its domain: '{reason}'",
			"ls /sys/kernel/iommu_groups: empty: hostdevctl setup --apply (intel_iommu=on), VT-d or "
			"AMD-Vi in the firmware, restart; not empty: lspci -D shows addresses as the kernel "
			"writes them (0000:00:02.0): hostdevctl check {address}",
			{ "iommu-firmware", "iommu-enabled", "iommu-group-present" }, HD_MESSAGE_GENERAL },
		"find the iommu group*|find iommu group*|no iommu group*|no iommugroup|without iommu group*|"
		"iommu in the uefi|iommu in the bios|iommu in your bios",
	},
	{
		0, 0, ABSENT,
		{ "general-path-no-group", HD_SPEAKER_TOOL, { NULL },
			"the device has no IOMMU group: the IOMMU is off in the firmware or the kernel, or (a "
			"mediated device) the module that gives it one is not loaded",
			"ls /sys/kernel/iommu_groups: empty: hostdevctl setup --apply, VT-d or AMD-Vi in the "
			"firmware, restart; not empty: lspci -D shows whether the address is right; a "
			"mediated device: modprobe vfio_mdev (old kernels) and mdevctl start",
			{ "iommu-firmware", "iommu-enabled", "device-present" }, HD_MESSAGE_GENERAL },
		"iommu_group|iommugroup",
	},
	{ .answer = { .id = NULL } },
};
