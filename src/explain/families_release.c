/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_release.c - which messages mean that a part is missing, or of another build or release than the rest?
 *
 * The program that lacks an element, a peer that is older, a state that another version saved, an interpreter's module.
 */
#include "config.h"

#include "explain/families_source.h"

const struct hd_family hd_families_release[] = {
	PART(0, "nvml library|load nvml|initialize nvml|libnvidia-ml*&fail*|could not|not found|unable|error*|"
	     "err:|library",
		"nvml-missing",
		"the program does not find NVIDIA's driver library where it runs: the driver is not on that host "
		"or node, or the container does not get it: '{reason}'",
		"nvidia-smi on the node: fails: the driver first; all cards on vfio-pci: such plugins have "
		"nothing to do there: label nvidia.com/gpu.workload.config=vm-passthrough; works: the container "
		"runs without NVIDIA's runtime: runtimeClassName: nvidia, or nvidia-ctk runtime configure "
		"--runtime=containerd --set-as-default and restart it (k3s, RKE2: their own configuration); "
		"'version mismatch': restart the host",
		CHECKS("vgpu-vendor-ready")),
	PART(0, "executable file not found|not found in $path|no such program",
		"program-missing",
		"a program that it starts is not there, in the very container, guest or host where it runs: "
		"'{reason}'",
		"command -v NAME there (kubectl exec, incus exec): nothing: install its package or use an image "
		"that has it; nvidia-smi: the driver is missing, or installed on the node while the operator "
		"looks below /run/nvidia/driver: driver.enabled=false for an own one; virtiofsd, passt, swtpm, "
		"xorriso, genisoimage have packages of their own; a service has a shorter PATH: its full path",
		CHECKS(NULL)),
	PART(0, "migrat*|save*|saving|snapshot*&virtfs|9p|mount_tag*|virtiofs*|virgl*|vhost-user*|shmem|ivshmem*|"
	     "invtsc|shared folder*",
		"save-blocked",
		"the guest cannot be saved, snapshotted with its memory or migrated (one and the same for QEMU) "
		"while it has the virtual part that the line names: '{reason}'. Host devices are not the cause",
		"a shared folder (VirtFS, 9p, virtiofs): unmount it in the guest, or remove its <filesystem>; 3D "
		"of a virtual display (virgl): <acceleration accel3d='no'/>, without gl; invtsc: take the CPU "
		"feature out; shared memory: remove <shmem>; from the next start on. Now: virsh shutdown {guest}, "
		"then snapshot or move it (virsh snapshot-create-as --disk-only, migrate --offline)",
		CHECKS("migration-possible")),
	PART(0, "error while loading state*|loading vm state|load vmstate|load vm state|savevm section|section "
	     "footer|restore from managed*|failed to restore domain*|restore domain*|restoring domain|"
	     "unserialization|running snapshot|saved state|unknown savevm*|restore guest*|save image|vmstate|"
	     "incoming migration|load of migration failed|tsc frequency mismatch|machine type received|length "
	     "mismatch|job 'restore'|ram block*",
		"saved-state",
		"a state that was saved (managed save, hibernation, a snapshot with memory, a migration's stream) "
		"does not load: another QEMU version, machine type or set of devices saved it, or it is damaged: "
		"'{reason}'",
		"without it the guest starts afresh; what was in its memory is lost, disks stay: virsh "
		"managedsave-remove {guest}, then virsh start; a snapshot: shut it down, and revert without "
		"memory; Proxmox: qm unlock VMID, qm start. To keep it: the QEMU that saved it (package history), "
		"same machine type and devices, no USB redirection; migration: one version on both hosts. "
		"/var/log/libvirt/qemu/{guest}.log names the device",
		CHECKS("migration-possible")),
	PART(0, "introspection data*|unknownmethod|no such method|unknowninterface|unknown procedure|no such "
	     "interface",
		"peer-older",
		"the service that was asked does not know that call: it is older than the client (or still the "
		"former one after an update), or its interface is another one: '{reason}'",
		"virsh version shows library and daemon; compare the packages of both sides (libvirt and "
		"libvirt-dbus with cockpit-machines, vagrant-libvirt, the provider): update the older one; then "
		"systemctl restart libvirtd or virtqemud, and libvirt-dbus, and log in again; what virsh does "
		"itself works meanwhile",
		CHECKS("one-daemon")),
	PART(0, "supported architecture|preferred machine|find capabilities|emulator for|support virt type|os "
	     "type 'hvm'|domaintype=*|find any emulator|no domain capabilities|support domain type",
		"no-emulator",
		"libvirt has no emulator that it could run for such a guest: QEMU (or libvirt's driver for it) is "
		"not installed or does not start, or KVM is not available here: '{reason}'",
		"virsh capabilities | grep -e os_type -e emulator -e \"type='kvm'\": no hvm: install qemu-kvm or "
		"qemu-system-x86 and libvirt-daemon-driver-qemu, restart libvirtd (virtqemud), the emulator by "
		"hand: qemu-system-x86_64 --version; no kvm: ls -l /dev/kvm: missing: VT-x or SVM in the "
		"firmware, nested virtualization if this is a guest, modprobe kvm_intel or kvm_amd (VirtualBox "
		"may hold it); without KVM, slowly: type='qemu'",
		CHECKS("cpu-virtualization")),
	PART(0, "this qemu binary|this qemu|qemu executable|by this version of|with this version of|in this "
	     "version of|not compiled in|compiled without|built without|not built with|qemu binary|emulator "
	     "binary|this build&not support*|unsupported|n't support*|compiled*|built*|not available|lacks|does "
	     "not have|unknown",
		"build-lacks",
		"this build of the program does not have what the definition asks for: '{reason}'",
		"leave the element out, or take another model: virsh edit {guest} (Terraform, Vagrant, KubeVirt: "
		"the option or field that makes it); virsh domcapabilities and qemu-system-x86_64 -device help "
		"list what this one has; or install the part: qemu-system-modules-..., qemu-kvm-device-..., "
		"qemu-full, then restart libvirt's daemon; q35 has no IDE (bus='sata'), RHEL's QEMU no SPICE and "
		"QXL; KubeVirt's is in the image of virt-launcher: other architectures lack parts of it (tpm-crb: "
		"a TPM that is not persistent): another release",
		CHECKS(NULL)),
	PART(0, "machine version|machine type|machine types|'machine'|pc-q35-*|pc-i440fx-*&only supports*|"
	     "supported machine|not supported|unsupported|does not support|not allowed|newer|unknown",
		"machine-newer",
		"the guest's machine type is newer (or much older) than this host's QEMU, or not of it: '{reason}'",
		"qemu-system-x86_64 -machine help lists what this host has: update QEMU here, or set one from it: "
		"virsh edit {guest} (machine='q35' takes the newest), qm set VMID --machine q35 (Windows may see "
		"new hardware), KubeVirt: spec.domain.machine.type, and emulatedMachines of the KubeVirt resource "
		"allows types; a running guest cannot move to an older QEMU: shut it down first",
		CHECKS(NULL)),
	PART(0, "namespace&not available",
		"typelib",
		"a program in Python wants a library through gi whose description (typelib) is not installed for "
		"this system: '{reason}'",
		"the name after 'Namespace': LibvirtGLib: gir1.2-libvirt-glib-1.0 (Fedora, Arch: libvirt-glib); "
		"Libosinfo: gir1.2-libosinfo-1.0; GtkSource, Vte, SpiceClientGtk likewise (apt-cache search "
		"gir1.2- | grep -i NAME); installed and still missing: the program in /usr/local or of pip is "
		"another one: remove it and install the distribution's virt-manager",
		CHECKS(NULL)),
	PART(0, "bad marshal*|bad magic*|failed to import*|unable to import*|could not import*|error importing*|"
	     "partially initialized|'module' object has*|compilation failed in require|in @inc|perl binaries are "
	     "mismatched|cannot load such file|incompatible library version|gem::*|err_module_not_found|"
	     "err_require_esm|compiled against a different|perl api version|plugins failed to load|plugin failed "
	     "to load",
		"interpreter-module",
		"a module of the program's interpreter (Python, Perl, Ruby, Node) does not load: its file is "
		"missing, broken, or of another release than the rest, often after an update that stopped "
		"half-way or by copies of pip and gem: '{reason}'",
		"the last file that it names: dpkg -S or rpm -qf of it: a package: bring all to one release (apt "
		"update, apt full-upgrade; dnf distro-sync; Proxmox: pveversion -v), then reinstall that one; no "
		"package: a copy below /usr/local or ~/.local: remove it (pip uninstall, gem uninstall), or start "
		"the program with the distribution's interpreter (its first line); Vagrant: vagrant plugin "
		"repair, or expunge --reinstall",
		CHECKS(NULL)),
	PART(0, "failed to map segment*|noexec|nosuid|mount option*|not executable there",
		"mount-option",
		"the file system where a program or node lies is mounted so that it cannot work there: '{reason}'",
		"findmnt -no TARGET,OPTIONS -T[[ {path}]] of the folder: noexec: no program and library runs from "
		"it; nodev: device nodes do not work; nosuid: setuid helpers do not: mount -o remount,exec (dev, "
		"suid) TARGET, for good in /etc/fstab; or another folder: TMPDIR=/var/tmp, the plugin's or "
		"cache's folder",
		CHECKS("unit-hardening")),
	PART(0, "nvidia-uvm|nvidia_uvm|nvidia-drm|nvidia_drm|nvidia-modeset|nvidia_modeset&failed to load|could "
	     "not load|could not insert|not found|unable to load|failed to insert|error loading",
		"nvidia-module-kind",
		"that module is a part of the ordinary driver: the vGPU host driver does not have nvidia-uvm and "
		"nvidia-drm, a driver without display no nvidia-modeset; or it was not built for this kernel: "
		"'{reason}'",
		"nvidia-smi and lsmod | grep nvidia_vgpu_vfio on the host or node: there: vGPU host driver: "
		"nothing may ask for that module: in Kubernetes label the node "
		"nvidia.com/gpu.workload.config=vm-vgpu (containers need the data centre driver instead); else "
		"modinfo nvidia-uvm: not found: dkms status, reinstall the driver; found: dmesg | grep -i nvidia",
		CHECKS("vgpu-vendor-ready", "kernel-modules-installed")),
	PART(0, "emulator|qemu version*|cpu model*|machine type*|hypervisor version*&is different|are different|"
	     "differs from|differ from|different from|different on",
		"hosts-differ",
		"source and destination are not alike, so the manager does not move the guest: '{reason}'",
		"on both hosts: virsh version, virsh domcapabilities | head (path and machine), virsh "
		"capabilities: install one release of QEMU and libvirt on both, <emulator> at the same path; CPU: "
		"a model that both have; virsh migrate --live --verbose {guest} qemu+ssh://HOST/system shows "
		"libvirt's own reason; or move it shut down",
		CHECKS("migration-possible")),
	PART(0, "hibernat*&image mismatch|inconsistent memory*|failed to load image|failed to read image|not "
	     "resum*|cannot resume|signature|another kernel",
		"hibernation-dropped",
		"the kernel that prints this (of the guest or the host) does not resume its hibernation: the "
		"image was saved under another kernel, memory map, firmware or set of devices; it boots afresh, "
		"as after a power cut: '{reason}'",
		"nothing is broken; what was not saved in files is lost. So that it works: the same kernel, QEMU, "
		"firmware, amount of memory and devices at both starts; better: shut a guest with passed devices "
		"down instead of hibernating it (in Windows powercfg /h off, in Linux systemctl mask "
		"hibernate.target)",
		CHECKS("sleep-handled")),
	{ .answer = { .id = NULL } },
};
