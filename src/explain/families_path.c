/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_path.c - what does an error mean for a file of the host or the guest, whoever names it?
 *
 * Asked where who speaks, or the error alone, would be all that an answer rests on: what a path below
 * /dev, /sys, /run or /var is for, and the error, tell the causes apart, whichever program says it.
 */
#include "config.h"

#include "explain/families.h"

#define ABSENT "ENOENT ENXIO ENODEV ENOTDIR"
#define DENIED "EACCES EPERM EROFS"
#define TAKEN "EBUSY EAGAIN EADDRINUSE"
#define REFUSED "EINVAL EIO EOPNOTSUPP ENOTSUPP ENOTTY ERANGE ENOSYS ENOSPC ENOMEM"

#define VFIO_NODES "/dev/vfio*|/dev/iommu*"
#define USB_NODES "/dev/bus/usb*|/dev/hidraw*|/dev/usb*"
#define GPU_NODES "/dev/nvidia*|/dev/dri*|/dev/kfd*|/dev/nvhost*"
#define INPUT_NODES "/dev/input*|/dev/uinput*|/dev/snd*|/dev/video*|/dev/tty*|/dev/serial*"
#define MEMORY_NODES "/dev/hugepages*|/mnt/huge*|/dev/shm*|/dev/kvmfr*"
#define PCI_DRIVERS "/sys/bus/pci/drivers*|driver/unbind|driver_override|new_id|remove_id"
#define PCI_DEVICES "/sys/bus/pci*|/sys/devices/pci*|sriov_numvfs|reset_method"
#define IMAGES "/var/lib/*|/home/*|/mnt/*|/media/*|/srv/*|/tmp/*|/data/*|/opt/*|/root/*"
/* What only guests have, whoever names it. */
#define GUEST_FILES "/var/lib/libvirt*|/var/lib/vz*|.qcow2|.iso|.raw|.rom"
/* Who runs guests: what others have below these paths are files of their own. */
#define GUEST_SPEAKERS (HD_SAYS_QEMU | HD_SAYS_LIBVIRT | HD_SAYS_PROXMOX | HD_SAYS_KUBE | HD_SAYS_NOVA | \
			HD_SAYS_XEN | HD_SAYS_FIRMWARE)
#define PROGRAMS "/usr/*|/bin/*|/sbin/*|/lib/*|/lib64/*|/snap/*"

#define FILE_FAMILY(words, errnos, id, ...) \
	{ 0, 0, errnos, { "general-path-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }, words }
#define CHECKS(...) { __VA_ARGS__ }
#define IMAGE_FAMILIES(errnos, id, ...) \
	{ GUEST_SPEAKERS, 0, errnos, \
	  { "general-path-image-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }, IMAGES }, \
	FILE_FAMILY(GUEST_FILES, errnos, "guest-file-" id, __VA_ARGS__)

const struct hd_family hd_families_path[] = {
	FILE_FAMILY(VFIO_NODES, ABSENT, "vfio-absent",
		"there is no such node of VFIO: no driver of VFIO has the device, the group has another number since "
		"the last boot, the IOMMU is off, or the container was not given the node",
		"ls /dev/vfio: empty but for vfio: bind the device first (managed='yes', or hostdevctl detach "
		"{address}); other numbers: readlink /sys/bus/pci/devices/{address}/iommu_group is the right one; no "
		"/dev/vfio at all: modprobe vfio-pci; there on the host but not in a container: --device "
		"/dev/vfio/vfio --device /dev/vfio/GROUP",
		CHECKS("vfio-node", "vfio-modules", "iommu-enabled", "device-present")),
	FILE_FAMILY(VFIO_NODES, DENIED, "vfio-denied",
		"who runs the guest may not open the node of VFIO: its owner and mode, a container's rules, AppArmor "
		"or SELinux",
		"ls -l /dev/vfio: libvirt sets the owner at the start, others need a udev rule (SUBSYSTEM==\"vfio\", "
		"GROUP=\"kvm\", MODE=\"0660\"); journalctl -k -b -g DENIED and ausearch -m avc: a denial; a container: "
		"--device for vfio and the group, and --cap-add IPC_LOCK",
		CHECKS("vfio-node", "vfio-owned", "unit-hardening")),
	FILE_FAMILY(VFIO_NODES, TAKEN, "vfio-taken",
		"another program has the group open: a guest that still runs, a hung QEMU, or a program that uses the "
		"device through VFIO; a group is open once only",
		"fuser -v {path} as root names it: end that guest or program; state D in ps: the kernel waits for the "
		"device: only the host's restart ends it; nobody: another device of the group is not on VFIO",
		CHECKS("holders-free", "iommu-group-exclusive", "iommu-group-viable")),
	FILE_FAMILY(VFIO_NODES, NULL, "vfio",
		"VFIO could not open or set up the node: no IOMMU that it can use, a group with a device on a host "
		"driver, or a device that does not answer",
		"hostdevctl check {address} names which; journalctl -k -b -g vfio has the kernel's reason; ls -l "
		"/dev/vfio; the kernel without an IOMMU: dmesg | grep -e DMAR -e AMD-Vi",
		CHECKS("iommu-enabled", "iommu-group-viable", "vfio-node", "device-alive")),
	FILE_FAMILY(USB_NODES, NULL, "usb-taken",
		"the USB device cannot be used through its node: a driver or program of the host, or another guest, "
		"has it, or it does not answer",
		"hostdevctl list usb --long shows who uses it; lsusb -t: Driver=usbfs is QEMU, another name a driver "
		"of the host: stop that program (fuser -v {path}); an I/O error: unplug it and plug it in again, in "
		"another port",
		CHECKS("usb-free", "usb-present", "usb-controller-free")),
	FILE_FAMILY(GPU_NODES, ABSENT, "gpu-absent",
		"the graphics driver has made no node here: it is not loaded, did not start with the card, or the "
		"card is on vfio-pci and so belongs to guests; in a guest or container, the card or node was not "
		"given to it",
		"lspci -nnk -d ::03xx where the line was printed: no card: it was not passed; driver vfio-pci: the "
		"host cannot use it meanwhile; no driver: modprobe nvidia (or amdgpu, i915) and journalctl -k -b -g "
		"'NVRM|amdgpu|i915': its first error; the driver runs: nvidia-modprobe -u -c=0, or give the container "
		"the nodes (--gpus, --device /dev/dri)",
		CHECKS("device-present", "device-alive", "kernel-modules-installed")),
	FILE_FAMILY(GPU_NODES, DENIED, "gpu-denied",
		"the user or container may not open the graphics card's node",
		"ls -l {path}: add the user to its group (video, render) and log in again; a container: --device "
		"{path} and --group-add of the group's number; LXC: lxc.cgroup2.devices.allow with its major number",
		CHECKS("holders-free")),
	FILE_FAMILY(INPUT_NODES, ABSENT, "input-absent",
		"the node of the keyboard, sound, camera or serial device is not there: it is unplugged, has another "
		"number since then, or went to a guest",
		"ls -l /dev/input/by-id /dev/serial/by-id /dev/snd: use the name below by-id, which stays; the device "
		"is not in any list: lsusb, and hostdevctl status shows whether a guest has it; a driver is missing: "
		"journalctl -k -b -n 50 right after plugging it in. In a guest: virsh dumpxml {guest} must have the "
		"device, and its kernel the driver (ftdi_sio, cp210x, ch341, cdc_acm: linux-modules-extra)",
		CHECKS("usb-present", "serial-present", "device-present")),
	FILE_FAMILY(INPUT_NODES, DENIED, "input-denied",
		"who runs QEMU may not open the node: its group, libvirt's list of devices, or AppArmor",
		"ls -l {path}: its group (input, audio, dialout) for the user of a session; libvirt: <input "
		"type='evdev'> or <serial type='dev'> gives the node by itself, else add it to cgroup_device_acl in "
		"/etc/libvirt/qemu.conf and restart the daemon; journalctl -k -b -g DENIED: a line in "
		"/etc/apparmor.d/local/abstractions/libvirt-qemu",
		CHECKS("serial-free", "unit-hardening")),
	FILE_FAMILY(INPUT_NODES, TAKEN, "input-taken",
		"another program or guest has the node open",
		"fuser -v {path} names it (ModemManager, brltty, a sound server, another guest): stop it; evdev: only "
		"one guest may grab it",
		CHECKS("serial-free", "holders-free")),
	FILE_FAMILY(MEMORY_NODES, NULL, "memory",
		"the memory file cannot be made or opened: no huge pages are free or mounted, /dev/shm is full, or its "
		"owner or mode does not fit who runs the guest",
		"grep Huge /proc/meminfo: HugePages_Free must cover the guest (hostdevctl setup hugepages {guest}); "
		"mount | grep hugetlbfs: must be there, and also in a container; df -h /dev/shm; ls -l {path}: owner "
		"of the user that runs QEMU; an old file of another user: remove it while the guest is off",
		CHECKS("hugepages", "memlock")),
	FILE_FAMILY(PCI_DRIVERS, DENIED, "driver-denied",
		"only root may write there, and the redirection of 'sudo echo > file' is not root's; in a container "
		"/sys is read-only",
		"echo ... | sudo tee {path}, or hostdevctl detach {address} as root; on the host instead of the "
		"container; root on the host, too: the kernel is locked down (dmesg -t | grep -i lockdown)",
		CHECKS("device-present")),
	FILE_FAMILY(PCI_DRIVERS, NULL, "driver-refused",
		"the kernel refused to bind or unbind: the device has a driver already, something still uses it, the "
		"id is known, or its new driver gave up; the reason is in the kernel's log",
		"journalctl -k -b -n 20 right after the command; readlink /sys/bus/pci/devices/{address}/driver: which "
		"driver it has: the same: nothing to do; another: unbind it first (hostdevctl check {address} names "
		"who uses it); 'already exists' of new_id is harmless: use driver_override",
		CHECKS("holders-free", "iommu-group-viable", "driver-release-safe", "device-alive")),
	FILE_FAMILY(PCI_DEVICES, ABSENT, "device-absent",
		"the device or that file of it is not there: another address (it needs the domain: 0000:), a device "
		"that fell off the bus, or something that the driver it has now does not offer (sriov_numvfs, "
		"mdev_supported_types, reset)",
		"lspci -D shows the addresses: not listed: echo 1 > /sys/bus/pci/rescan, else switch the host off and "
		"on; listed: ls /sys/bus/pci/devices/{address}: the file is missing: readlink its driver: vfio-pci "
		"offers neither virtual functions nor mediated devices: give it back to its own driver first",
		CHECKS("device-present", "device-alive", "sriov-vfs-off")),
	FILE_FAMILY(PCI_DEVICES, DENIED, "device-denied",
		"the program may not write the device's file below /sys: not root, a container whose /sys is "
		"read-only, or a kernel that is locked down by Secure Boot",
		"as root on the host: echo ... | sudo tee {path}: works: it is the user or the container: give it the "
		"device through VFIO (/dev/vfio/GROUP) instead of /sys, or run it privileged with /sys writable; "
		"fails, too: dmesg -t | grep -i lockdown",
		CHECKS("device-present", "vfio-node")),
	FILE_FAMILY(PCI_DEVICES, NULL, "device-refused",
		"the driver or kernel refused what was written to the device: a value that it cannot take, not in the "
		"state that the device is in, or no room or memory for it",
		"journalctl -k -b -n 20 right after the command has the driver's reason: paste it into hostdevctl "
		"explain; sriov_numvfs: at most sriov_totalvfs, and 0 before another number; reset: no driver and no "
		"guest may have it; busy: hostdevctl check {address} names who uses it",
		CHECKS("holders-free", "reset-works", "sriov-vfs-off", "vf-parent-up")),
	FILE_FAMILY("/sys/class/vtconsole*|/sys/bus/platform/drivers*|efi-framebuffer*|simple-framebuffer*", NULL,
		"console",
		"that console or framebuffer does not exist on this host: scripts name vtcon1 and efi-framebuffer.0, "
		"which newer kernels do not have",
		"ls /sys/class/vtconsole /sys/bus/platform/drivers/*framebuffer*: unbind only what is there; none: the "
		"line is harmless, remove it from the hook; the card is still used: hostdevctl check {address}: "
		"display-free",
		CHECKS("display-free", "last-gpu")),
	FILE_FAMILY("/sys/*", DENIED, "sys-denied",
		"the file below /sys may not be used by who asks: writing takes root ('sudo echo > file' redirects as "
		"the user) and a /sys that is not read-only, as a container's is; what only root may read, a daemon "
		"of the user's own session (qemu:///session) does without",
		"a write: echo ... | sudo tee {path}; in a container do it on the host, or mount /sys writable; root "
		"on the host, too: dmesg -t | grep -i lockdown. A read by libvirt or another daemon, and the guest "
		"runs: nothing to do, or use virsh -c qemu:///system",
		CHECKS("unit-hardening")),
	FILE_FAMILY("/sys/*", NULL, "sys",
		"the kernel has no such file below /sys now, or refuses what was written: the module that makes it is "
		"not loaded in the system where the line was printed, the device is gone, or the value does not fit",
		"ls -l {path} and the folder above it: missing: the module or device that makes it: in its name "
		"(modprobe, lsmod), in the guest if the guest printed it; there: journalctl -k -b -n 20 right after "
		"the write has the reason",
		CHECKS("kernel-modules-installed", "device-present")),
	FILE_FAMILY("/*", "EROFS", "read-only",
		"what should be written is read-only itself, whoever writes: the root of a container, image or "
		"immutable system, a file system that was mounted so after an error, or a disk or volume with that "
		"flag",
		"findmnt -T {path}: 'ro' in its options: of a disk: dmesg for its errors, then mount -o remount,rw; "
		"of a container or image: give it a writable volume at that path, or an image that has the folder; an "
		"immutable system: /etc or /var instead; a volume or LVM: its own flag (lvchange -prw, blockdev "
		"--getro, <readonly/> of the guest's disk)",
		CHECKS("storage-free")),
	FILE_FAMILY("/dev/*", ABSENT, "node-absent",
		"the node is not there in the system or container that printed the line: its driver is not loaded or "
		"did not start with the device, the device was not passed to it, or it has another number now",
		"in that system: lspci -nnk and lsusb: the device is missing: it was not passed (virsh dumpxml "
		"{guest}), or is in use elsewhere; there without a driver: modprobe or install the vendor's module "
		"(dkms status; journalctl -k -b has its error); there with one: ls -l /dev; only in a container: "
		"--device {path}, or the volume or device that the manager should have given",
		CHECKS("device-present", "device-alive", "kernel-modules-installed")),
	FILE_FAMILY("/dev/*", DENIED, "node-denied",
		"the user or container may not open the node",
		"ls -l {path}: the group of the node for the user (then log in again), or a udev rule; a container: "
		"--device {path}; journalctl -k -b -g DENIED and ausearch -m avc: AppArmor and SELinux",
		CHECKS("vfio-node", "unit-hardening")),
	FILE_FAMILY("/dev/*", NULL, "node-refused",
		"the driver behind the node refused: another program has it open, or the device does not answer",
		"fuser -v {path} names who has it; nobody: journalctl -k -b -n 30: the driver's reason; hostdevctl "
		"check {address}: device-alive fails: switch the host off and on",
		CHECKS("holders-free", "device-alive")),
	FILE_FAMILY("/run/*|/var/run/*", "ENOENT ECONNREFUSED EACCES EPERM", "socket",
		"the daemon behind that socket does not run, is another one than the program asks, or the user may not "
		"talk to it",
		"ls -l {path}: missing: systemctl status of the daemon whose name is in it (virtqemud.socket or "
		"libvirtd: only one of the two kinds), and journalctl -b -u of it; there: its group (libvirt) for the "
		"user; a container: share the directory of the socket with it",
		CHECKS("one-daemon")),
	FILE_FAMILY(PROGRAMS, ABSENT, "program-absent",
		"a program or library that is called is not installed, or is elsewhere on this distribution or in this "
		"container",
		"command -v of its name, and ls -l {path}: install the package that has it (apt-file search, dnf "
		"provides), or correct the path in the guest's definition (<emulator>, <loader>) or script",
		CHECKS("hook-answers")),
	FILE_FAMILY(PROGRAMS, DENIED, "program-denied",
		"the program may not be run or read by who calls it: its mode, a file system mounted noexec, "
		"AppArmor's or SELinux's rules, which allow QEMU and libvirt only the usual places",
		"ls -lZ {path} and findmnt -T {path}: chmod 0755, no noexec; journalctl -k -b -g DENIED: a rule in "
		"/etc/apparmor.d/local/ for that path; SELinux: restorecon -v {path}",
		CHECKS("hook-answers", "unit-hardening")),
	FILE_FAMILY("/etc/*", NULL, "settings",
		"a file of settings is missing, may not be read, or is another one on this host",
		"ls -l {path} and the folder above it; Proxmox: pvecm status: /etc/pve is empty without a quorum; a "
		"package that was removed: install it again; else correct the path in who reads it",
		CHECKS("one-daemon")),
	IMAGE_FAMILIES(ABSENT, "absent",
		"a file of the guest (disk, ISO, ROM, UEFI variables) is not at that path: it was moved or deleted, "
		"its storage is not mounted or active, or the path is written for another host",
		"ls -l {path}: missing: virsh dumpxml {guest} | grep file, or qm config: correct or remove the "
		"element; its pool: virsh pool-list --all, pvesm status: start or mount it; UEFI variables: virsh "
		"start --reset-nvram generates them",
		CHECKS("rom-file", "storage-free")),
	IMAGE_FAMILIES(DENIED, "denied",
		"QEMU's user may not read or write that file: a folder above it is closed (a home directory), its "
		"owner, AppArmor or SELinux, or a file system that is read-only",
		"namei -l {path}: each folder needs x for the user libvirt-qemu or qemu: move the file below "
		"/var/lib/libvirt/images (boot), and restorecon -Rv there; journalctl -k -b -g DENIED shows denials; "
		"read-only: findmnt -T {path}, and dmesg for errors of its disk",
		CHECKS("rom-file", "unit-hardening")),
	IMAGE_FAMILIES("EIO ENOSPC EROFS EBUSY EAGAIN", "refused",
		"the file system or disk below that path cannot do it: full, with errors, or the file is locked by "
		"another program",
		"df -h of {path}; dmesg: I/O errors name the disk (smartctl -a); is the disk's controller in the group "
		"of a passed device: hostdevctl list --tree; locked: fuser -v {path}: another QEMU has it",
		CHECKS("storage-free")),
	{ .answer = { .id = NULL } },
};
