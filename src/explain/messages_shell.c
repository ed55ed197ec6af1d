/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_shell.c - what a shell or a script says when sysfs refuses what it writes, and what
 * modprobe says of modules.  The reasons are those of Linux drivers/pci/iov.c (sriov_numvfs_store),
 * pci-driver.c (new_id_store), pci.c (reset_store) and drivers/base/bus.c (bind_store, unbind_store).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_shell[] = {
	{
		/* ENOENT; "tee: PATH: REASON" may be about the path as well */
		"shell-sriov-no-driver", HD_SPEAKER_TOOL,
		{ "sriov_numvfs {word:shell}: echo: write error: No such file or directory",
		  "sriov_numvfs {word:shell}: line {number:line}: echo: write error: No such file or directory",
		  "sriov_numvfs: No such file or directory", "sriov_numvfs: no such file or directory" },
		"the kernel cannot create virtual functions: the physical function has no driver, or "
		"its driver cannot create them (the i915 of most kernels cannot), or the address in "
		"the path is wrong",
		"ls -l the path; bind a driver with SR-IOV support to the physical function (hostdevctl "
		"reattach {address}), then write the number again; the kernel's log says which of them it is",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* ENOMEM: sriov_enable, pci_iov_resource */
		"shell-sriov-no-room", HD_SPEAKER_TOOL,
		{ "sriov_numvfs {word:shell}: echo: write error: Cannot allocate memory",
		  "sriov_numvfs {word:shell}: line {number:line}: echo: write error: Cannot allocate memory",
		  "sriov_numvfs: Cannot allocate memory", "sriov_numvfs: cannot allocate memory" },
		"the firmware left no memory addresses (or bus numbers) for the virtual functions; the host's "
		"memory is not what is short",
		"enable SR-IOV and Above 4G Decoding in the firmware, or boot with pci=realloc (bus numbers: "
		"pci=assign-busses), or create fewer",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		"shell-sriov-busy", HD_SPEAKER_TOOL,
		{ "sriov_numvfs {word:shell}: echo: write error: Device or resource busy",
		  "sriov_numvfs {word:shell}: line {number:line}: echo: write error: Device or resource busy",
		  "sriov_numvfs: Device or resource busy", "sriov_numvfs: device or resource busy" },
		"the physical function has virtual functions, and their number must be 0 before it can change",
		"stop the guests that use them, write 0, then the new number",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-sriov-too-many", HD_SPEAKER_TOOL,
		{ "sriov_numvfs {word:shell}: echo: write error: Numerical result out of range",
		  "sriov_numvfs {word:shell}: line {number:line}: echo: write error: Numerical result out of range",
		  "sriov_numvfs: Numerical result out of range", "sriov_numvfs: numerical result out of range" },
		"that is more virtual functions than the device can have",
		"read sriov_totalvfs beside it for the largest number; a setting of the card's firmware or "
		"driver may raise it",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* EACCES: the shell opens with O_CREAT, and sysfs creates no files */
		"shell-sriov-no-file", HD_SPEAKER_TOOL,
		{ "sriov_numvfs: Permission denied", "sriov_numvfs: permission denied" },
		"the device has no file sriov_numvfs, and sysfs lets not even root create one: it "
		"has no SR-IOV, or SR-IOV is off in its firmware; or the shell that writes is not "
		"root's (sudo echo X > FILE writes as you)",
		"as root: lspci -vv -s {address} must show 'Single Root I/O Virtualization'; enable "
		"SR-IOV in the firmware of host and card; with sudo use: echo N | sudo tee FILE",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-sriov-refused", HD_SPEAKER_TOOL,
		{ "sriov_numvfs {word:shell}: echo: write error: ",
		  "sriov_numvfs {word:shell}: line {number:line}: echo: write error: ",
		  "sriov_numvfs: Invalid argument", "sriov_numvfs: invalid argument" },
		"the driver of the physical function refused that number of virtual functions: one "
		"of a limit of the driver, a mode of the card that has none (its firmware's "
		"setting), a value that is not a number",
		"the kernel's log has the driver's own reason at that time: hostdevctl explain --journal; "
		"write 0 first if there are some",
		{ "vf-parent-up", "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* EINVAL: vfio_pci_core_register_device, vfio_group_find_or_alloc, the list of denied ids */
		"shell-vfio-bind-invalid", HD_SPEAKER_TOOL,
		{ "vfio-pci/bind {word:shell}: echo: write error: Invalid argument",
		  "vfio-pci/bind: invalid argument", "vfio-pci/bind: Invalid argument",
		  "Cannot bind to driver vfio-pci: [Errno 22] Invalid argument" },
		"vfio-pci refused the device: it has no IOMMU group, as the IOMMU is "
		"off; else it is a bridge or on vfio-pci's list of devices that it must not take",
		"enable VT-d or AMD-Vi in the firmware and see iommu-enabled for the kernel parameter; then "
		"restart the host. The kernel's log names a denied device",
		{ "iommu-group-present", "iommu-enabled", "not-denylisted", "device-endpoint" },
		HD_MESSAGE_EVENT,
	},
	{
		/* the driver's probe, as dmesg has it; "probe with driver" since Linux 6.10 */
		"kernel-vfio-probe-invalid", HD_SPEAKER_KERNEL,
		{ "vfio-pci: probe of {address} failed with error -22",
		  "probe with driver vfio-pci failed with error -22" },
		"vfio-pci refused {address}: it has no IOMMU group, as the IOMMU is "
		"off; else it is a bridge or on vfio-pci's list of devices that it must not take",
		"enable VT-d or AMD-Vi in the firmware and see iommu-enabled for the kernel parameter; then "
		"restart the host",
		{ "iommu-group-present", "iommu-enabled", "not-denylisted", "device-endpoint" },
		HD_MESSAGE_EVENT,
	},
	{
		/* ENODEV: the address, or a driver that does not match */
		"shell-bind-no-device", HD_SPEAKER_TOOL,
		{ "/bind {word:shell}: echo: write error: No such device{near:/pci|vfio-pci|address}",
		  "/bind {word:shell}: line {number:line}: echo: write error: No such device"
		  "{near:/pci|vfio-pci|address}",
		  "/bind: No such device{near:/pci|vfio-pci|address}",
		  "/bind: no such device{near:/pci|vfio-pci|address}" },
		"the driver does not take that device: it was not told to (driver_override or new_id), the "
		"device has another driver still (older kernels), or no device has that name",
		"to vfio-pci: echo vfio-pci > /sys/bus/pci/devices/{address}/driver_override, then echo {address} > "
		"/sys/bus/pci/drivers_probe; hostdevctl detach {address} does both after its checks. To a host's "
		"driver: readlink /sys/bus/pci/devices/{address}/driver: it may have it already; else echo > its "
		"driver_override (empty), and probe; hostdevctl reattach {address} does so",
		{ "device-present", "vfio-modules", "overrides-match" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-bind-busy", HD_SPEAKER_TOOL,
		{ "/bind {word:shell}: echo: write error: Device or resource busy{near:/pci|vfio-pci|address}",
		  "/bind {word:shell}: line {number:line}: echo: write error: Device or resource busy"
		  "{near:/pci|vfio-pci|address}",
		  "/bind: Device or resource busy{near:/pci|vfio-pci|address}",
		  "/bind: device or resource busy{near:/pci|vfio-pci|address}" },
		"the device is on a driver already, perhaps on that one",
		"readlink /sys/bus/pci/devices/{address}/driver shows which; unbind it from there first if "
		"nothing uses it: hostdevctl detach {address} checks that",
		{ "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-unbind-no-device", HD_SPEAKER_TOOL,
		{ "/unbind {word:shell}: echo: write error: No such device{near:/pci|vfio-pci|address}",
		  "/unbind {word:shell}: line {number:line}: echo: write error: No such device"
		  "{near:/pci|vfio-pci|address}",
		  "/unbind: No such device{near:/pci|vfio-pci|address}",
		  "/unbind: no such device{near:/pci|vfio-pci|address}" },
		"the device is not on that driver: it has another one or none, or no device has that name",
		"readlink /sys/bus/pci/devices/{address}/driver shows its driver; nothing is to be "
		"unbound if it has none",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* DRM's simpledrm replaced efifb in most kernels since 5.14 */
		"shell-no-efifb", HD_SPEAKER_TOOL,
		{ "echo: write error: No such device{near:efi-framebuffer}",
		  "efi-framebuffer/unbind: No such", "efi-framebuffer/bind: No such" },
		"no framebuffer of that name is there: newer kernels use simpledrm instead of efifb, or a "
		"graphics driver has replaced it already",
		"leave that line out of the script; hostdevctl check {address} shows whether a boot "
		"framebuffer still holds the card's memory (display-free)",
		{ "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-driver-missing", HD_SPEAKER_TOOL,
		{ "/sys/bus/pci/drivers/vfio-pci/{word:file}: No such file or directory",
		  "/sys/bus/pci/drivers/vfio-pci/{word:file}: no such file or directory",
		  "cannot create /sys/bus/pci/drivers/vfio-pci/{word:file}: Directory nonexistent",
		  "/sys/bus/pci/drivers/vfio-pci/{word:file}': No such file or directory" },
		"the module vfio-pci is not loaded, so its files do not exist; or the name is of a device that "
		"is not bound to it",
		"modprobe vfio-pci, now and at boot (/etc/modules-load.d); lspci -k shows the driver of a device",
		{ "vfio-modules", "vfio-modules-at-boot" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		"shell-device-without-driver", HD_SPEAKER_TOOL,
		{ "/sys/bus/pci/devices/{address}/driver/unbind: No such file or directory",
		  "/sys/bus/pci/devices/{address}/driver/unbind: no such file or directory",
		  "cannot create /sys/bus/pci/devices/{address}/driver/unbind: Directory nonexistent" },
		"{address} has no driver, so there is nothing to unbind; or no device has that address",
		"hostdevctl list shows the addresses and drivers",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-sysfs-device-missing", HD_SPEAKER_TOOL,
		{ "/sys/bus/pci/devices/{address}/driver_override: No such file or directory",
		  "cannot create /sys/bus/pci/devices/{address}/{path:file}: Directory nonexistent",
		  "/sys/bus/pci/devices/{address}/remove: No such file or directory",
		  "/sys/bus/pci/devices/{address}: no such file or directory" },
		"no device has the address {address} now (it was removed, or its address changed with another "
		"card), or this kernel has no such file for it",
		"hostdevctl list shows the addresses",
		{ "device-present", "device-identity" }, HD_MESSAGE_EVENT,
	},
	{
		/* EEXIST since Linux 5.12 */
		"shell-new-id-exists", HD_SPEAKER_TOOL,
		{ "new_id {word:shell}: echo: write error: File exists",
		  "new_id {word:shell}: line {number:line}: echo: write error: File exists",
		  "new_id: File exists", "new_id: file exists" },
		"the driver already has that pair of ids; since Linux 5.12 a second write is an error",
		"nothing to do for the ids; bind the device by its address: driver_override, then "
		"drivers_probe (hostdevctl detach {address})",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		"shell-write-exists", HD_SPEAKER_TOOL,
		{ "echo: write error: File exists" },
		"what was written is there already: for new_id the pair of ids, for a mediated device its UUID",
		"go on with the next step; to bind a device, use driver_override and drivers_probe instead of "
		"new_id",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* ENOTTY; pve-common SysFSTools.pm and qemu-server's PCI.pm */
		"shell-reset-impossible", HD_SPEAKER_TOOL,
		{ "/reset': Inappropriate ioctl for device", "/reset: Inappropriate ioctl for device",
		  "/reset {word:shell}: echo: write error: Inappropriate ioctl for device",
		  "failed to reset PCI device '{address}', but trying to continue" },
		"{address} has no way of being reset alone, so it is used as it is; many devices work "
		"nevertheless",
		"nothing to do if the guest works; if the device only works once per boot of the host, see "
		"reset-works (some AMD cards: the module vendor-reset)",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c reset_method_store */
		"kernel-reset-method", HD_SPEAKER_KERNEL,
		{ "Unsupported reset method '{text:method}'", "Invalid reset method '{text:method}'",
		  "reset_method {word:shell}: echo: write error: Invalid argument",
		  "reset_method: Invalid argument" },
		"the device cannot be reset by that method: 'device_specific' needs a module such as "
		"vendor-reset that knows the device",
		"cat /sys/bus/pci/devices/{address}/reset_method shows what it can; load vendor-reset before "
		"device_specific is written",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* dash has one text for all errors of a write */
		"shell-write-refused-dash", HD_SPEAKER_TOOL,
		{ "echo: echo: I/O error", ": echo: I/O error" },
		"the kernel refused what a script wrote to a file, below /sys; this shell (dash) says "
		"'I/O error' for every reason. In hook scripts it is often reset_method: 'device_specific' "
		"without vendor-reset loaded",
		"the kernel's log names what was refused; run the line with bash for the reason; load "
		"vendor-reset before it is used",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-new-id-dash", HD_SPEAKER_TOOL,
		{ "echo: echo: I/O error{near:/new_id}", ": echo: I/O error{near:/new_id}" },
		"the driver did not take the pair of ids: it has that pair already (an error since "
		"Linux 5.12), or they are not two hex numbers; this shell (dash) says 'I/O error' for "
		"both",
		"bind the device by its address instead: echo vfio-pci > "
		"/sys/bus/pci/devices/{address}/driver_override, then echo {address} > "
		"/sys/bus/pci/drivers_probe; hostdevctl detach {address} does both after its checks",
		{ "overrides-match" }, HD_MESSAGE_EVENT,
	},
	{
		/* a host with one console driver has vtcon0 only */
		"shell-no-console", HD_SPEAKER_TOOL,
		{ "/vtconsole/{text:console}/bind: No such file or directory",
		  "/vtconsole/{text:console}/bind: no such file or directory" },
		"the host has no console {console}: only one console driver is loaded, or the other one "
		"went with its graphics driver",
		"leave {console} out of the script, or write only to those that ls "
		"/sys/class/vtconsole shows",
		{ "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* a hook or unit without /usr/sbin in its PATH */
		"shell-no-program", HD_SPEAKER_TOOL,
		{ ": command not found{near:modprobe|virsh|driverctl|lspci|mdevctl|qemu}",
		  ": not found{near:modprobe: not|virsh: not|driverctl: not|mdevctl: not}" },
		"the script's shell does not find that program: it is not installed, or the PATH of the "
		"hook or unit has no /usr/sbin",
		"name it with its whole path (/usr/sbin/modprobe), or set PATH at the beginning of the "
		"script; else install its package (kmod, libvirt-clients, driverctl)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		"shell-write-no-device", HD_SPEAKER_TOOL,
		{ "echo: write error: No such device{near:/pci|vfio-pci|drivers_probe|address}" },
		"the kernel has nothing to which that write applies: writing to bind, the driver does not take "
		"the device or it is bound; to unbind, it is not on that driver; or no device has that name",
		"hostdevctl list shows addresses and drivers; hostdevctl detach {address} binds by address",
		{ "device-present", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-write-invalid", HD_SPEAKER_TOOL,
		{ "echo: write error: Invalid argument{near:/pci|vfio-pci|drivers_probe|new_id|address}" },
		"the kernel refused the value. Writing to vfio-pci's bind or drivers_probe, vfio-pci "
		"refused the device: it has no IOMMU group (the IOMMU is off), or is a bridge; "
		"writing to new_id or reset_method, the value is wrong",
		"the kernel's log has the reason: hostdevctl explain --journal; see iommu-enabled",
		{ "iommu-enabled", "iommu-group-present" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-write-busy", HD_SPEAKER_TOOL,
		{ "echo: write error: Device or resource busy{near:/pci|vfio-pci|drivers_probe|sriov|address}" },
		"something uses it: the device is bound already, or it has virtual functions "
		"already",
		"hostdevctl check {address} names its users; sriov_numvfs must be 0 before it changes",
		{ "holders-free", "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		"shell-write-no-memory", HD_SPEAKER_TOOL,
		{ "echo: write error: Cannot allocate memory{near:sriov|hugepages|/pci}" },
		"written to sriov_numvfs: the firmware left no memory addresses for virtual "
		"functions. Written to nr_hugepages or elsewhere: the host's memory is full or in "
		"pieces",
		"for virtual functions enable SR-IOV and Above 4G Decoding in the firmware, or pci=realloc; "
		"for huge pages allocate them at boot (hostdevctl setup hugepages)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* security/lockdown; Documentation/admin-guide/kernel-parameters.txt, lockdown= */
		"shell-sysfs-denied", HD_SPEAKER_TOOL,
		{ ": /sys/{text:file}: Permission denied",
		  "failed to create file `/sys/{text:file}`: Permission denied" },
		"the file does not exist, and sysfs lets not even root create one; or the shell that writes is "
		"not root's (sudo echo X > FILE writes as you); or /sys is read-only, as in a container",
		"look for the file (ls -l /sys/{file}); with sudo use: echo X | sudo tee /sys/{file}",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/pci/pci-sysfs.c pci_read_rom */
		"shell-rom-unreadable", HD_SPEAKER_TOOL,
		{ "rom: Input/output error" },
		"the card's ROM cannot be read: it is asleep, a driver or guest has it, or it is the card "
		"that the host booted with, whose ROM is only a copy in memory",
		"wake it (echo on > its power/control), unbind its driver, write 1 to its rom file first; "
		"for the boot card boot with another card, or take the ROM from the maker's update and "
		"use it as romfile",
		{ "rom-file", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
