/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_families.c - does a message that no row lists get the answer of its family? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/check.h"
#include "explain/composed.h"
#include "explain/families.h"
#include "explain/goes_on.h"
#include "explain/subject.h"
#include "tests/support/unit.h"

/* In the words of no row, nor of the collected messages. */
static const struct {
	const char *line, *id;
} rows[] = {
	{ "nvidia-gridd[812]: Failed to acquire license from server", "general-vgpu-licence" },
	{ "mdevctl: Unable to write to /sys/class/mdev_bus/x/create: No space left on device",
	  "general-instance-room" },
	{ "gvt: pin of gfn 1 failed, ret -12", "general-vgpu-memory" },
	{ "nvidia-vgpud: error: plugin start refused", "general-vgpu-manager" },
	{ "amdgpu 0000:03:00.0: amdgpu: PSP create ring failed!", "general-amdgpu-firmware" },
	{ "amdgpu 0000:03:00.0: GPU reset end with ret = -62", "general-amdgpu-reset" },
	{ "amdgpu 0000:03:00.0: BAR 0: failed to resize: -28", "general-amdgpu-room" },
	{ "amdgpu 0000:03:00.0: Fatal error during GPU init", "general-amdgpu-start" },
	{ "NVRM: GPU lost from the bus, error", "general-nvidia-dead" },
	{ "NVRM: failed to load GSP image", "general-nvidia-firmware" },
	{ "i915 0000:00:02.0: GuC initialization failed -5", "general-igpu-firmware" },
	{ "ice 0000:3b:00.0: VF 2 cannot be set as trusted", "general-net-trust" },
	{ "xhci_hcd 0000:05:00.0: Host controller died", "general-usb-controller-dead" },
	{ "nvme nvme0: controller is down; will reset: failed", "general-nvme-dead" },
	{ "bash: /sys/class/net/x/device/sriov_numvfs: write error: Device or resource busy",
	  "general-sriov-busy" },
	{ "tee: /sys/bus/pci/drivers/vfio-pci/bind: Invalid argument", "general-bind-invalid" },
	{ "sh: 1: echo: write error: Permission denied", "general-sysfs-denied" },
	{ "vfio-x.sh: line 3: echo: write error: No such device or address", "general-write-no-device" },
	{ "x.sh: line 3: echo: write error: Device or resource busy", "general-write-busy" },
	{ "pcieport 0000:00:01.0: AER: Uncorrected error", "general-link-errors" },
	{ "DMAR: [DMA Write] fault reason 5 error", "general-iommu-fault" },
	{ "audit: apparmor=\"DENIED\" name=\"/dev/nvidia0\" amdgpu", "general-apparmor" },
	{ "avc: denied { read } for comm=\"qemu-kvm\" nvidia", "general-selinux" },
	{ "qemu-system-x86_64: vfio: Cannot reset device", "general-reset" },
	{ "qemu-system-x86_64: mlock: Cannot allocate memory", "general-memlock" },
	{ "vfio_dma_map failed: Device or resource busy", "general-map-busy" },
	{ "modprobe: ERROR: could not insert 'x': Operation not permitted", "general-module-denied" },
	{ "kubelet: pod requests nvidia.com/gpu, insufficient", "general-kube-resource" },
	{ "nova.exception.FrobFailed: the instance failed", "general-nova" },
	{ "nova.exception.FrobFailed: cannot create that", "general-nova" },
	{ "nova.exception.FrobFailed: no GPU type like that", "general-nova-mdev" },
	{ "error: Timed out during operation: cannot acquire state change lock",
	  "general-libvirt-state" },
	{ "error: internal error: no free hot-pluggable slot: cannot attach", "general-hotplug" },
	{ "kernel: BUG: unable to handle page", "general-kernel-failure" },
	{ "libxl: device_pci_add failed for PCI device 0:1:0.0 (rc -9)", "general-xen" },
	{ "xl: the guest's device model gave no answer: timed out", "general-device-model" },
	{ "libxl: it cannot be assigned, iommu not usable", "general-xen-iommu" },
	{ "looking-glass-client: Failed to map it", "general-shared" },
	{ "kvmfr: cannot open /dev/kvmfr0: Permission denied", "general-shared-denied" },
	{ "error: unable to use the pflash unit", "general-uefi" },
	{ "qemu-kvm: cannot open OVMF_X.fd: Permission denied", "general-uefi-denied" },
	{ "mpt3sas_cm0: config request failed", "general-storage-controller" },
	{ "containerd: cannot give it: No such file or directory", "general-container-missing" },
	{ "kata: cannot attach that", "general-container-plug" },
	{ "kata: not permitted: Permission denied", "general-container-denied" },
	{ "incus: cannot start that", "general-container" },
	{ "systemd[1]: x.service: it failed", "general-unit" },
	{ "frob: cannot use /dev/frob3", "general-file" },
	{ "frob nvidia.com/X: Insufficient", "general-kube-resource" },
	{ "frobnicate: Device or resource busy", "general-error-busy" },
	/* what QEMU cannot open is not always VFIO's */
	{ "qemu-kvm: -device vfio-pci,host=01:00.0: Could not open it: No such file or directory",
	  "general-vfio-missing" },
	{ "qemu-system-x86_64: -drive file=a.img: Could not open 'a.img': No such file or directory",
	  "general-guest-missing" },
	{ "VM 100 qmp command 'guest-ping' failed - got timeout", "general-plain-agent" },
	{ "postfix/smtp: connect to mx.frob.org[192.0.2.7]:25: Connection timed out", "general-plain-peer" },
	/* a lock on memory or on a volume is not a daemon's */
	{ "qemu-system-x86_64: failed to lock memory: Cannot allocate memory", "general-guest-memory" },
	{ "vfio: failed to lock pages, RLIMIT_MEMLOCK exceeded", "general-memlock" },
	{ "can't lock file '/run/lock/lvm/V_gizmo': got timeout", NULL },
	{ "E: Unable to lock directory /var/lib/apt/lists/", "general-pid-file" },
	/* scripts, installers and tools, of whatever subject */
	{ "ModuleNotFoundError: No module named 'frob'", "general-python-module" },
	{ "subprocess.CalledProcessError: Command '['frob']' returned non-zero exit status 1.",
	  "general-python-command" },
	{ "KeyError: 'frob'", "general-python" },
	{ "frob: /lib64/libc.so.6: version `GLIBC_9.9' not found (required by frob)", "general-library" },
	{ "frobnicate: cannot watch it: Too many open files", "general-too-many-files" },
	{ "frobnicate: failed to create fsnotify watcher", "general-too-many-watches" },
	{ "frob: no kernel modules matching 'frob' were found", "general-initramfs-module" },
	{ "frob: ERROR: cannot find the kernel image", "general-boot-tool" },
	{ "PermissionError: [Errno 13] Permission denied: '/sys/bus/pci/drivers/x/new_id'",
	  "general-sysfs-rights" },
	{ "pcilib: sysfs_frob: read failed", "general-lspci-noise" },
	{ "frob.service: Control process exited, code=exited, status=1/FAILURE", "general-service-ended" },
	{ "Error: Unsupported block type", "general-terraform" },
	{ "nova: error: device_spec frob", "general-nova-config" },
	{ "Failed to stop frob.service: Unit frob.service not found.", "general-unit-missing" },
	{ "qemu-kvm: cannot open display: :9", "general-no-display" },
	{ "0/3 nodes are available: 3 Insufficient devices.kubevirt.io/frob.", "general-kube-kvm" },
	{ "spiceclient-error-quark: it failed: LIBUSB_ERROR_BUSY", "general-usb-redirect" },
	{ "the device has a resource conflict (error 12)", "general-windows-room" },
	{ "Driver install failed, result=0x80070002 for devnode 'x'", "general-windows-install" },
	{ "nv-fabricmanager[1]: failed to find it", "general-nvswitch" },
	{ "nvml: GPU is lost", "general-gpu-lost" },
	{ "error: operation failed: unplug of device was rejected by the guest, error", "general-unplug-refused" },
	{ "qemu-kvm: -device frob,x=1: Property 'frob.x' not found", "general-qemu-property" },
	{ "error: XML error: Invalid PCI address 0000:01:02.0. slot must be <= 0", "general-definition-value" },
	{ "unsupported configuration: SMBIOS is not available, error", "general-smbios" },
	/* managers that say what they refused */
	{ "cni: cannot find it: no net directory under pci device 0000:01:00.0", "general-cni-no-net" },
	{ "SRIOV-CNI failed to configure VF: error", "general-cni-setting" },
	{ "error adding container to network: failed to move link", "general-cni-name" },
	{ "Multus: error in the delegate of that", "general-cni-config" },
	{ "Draining failed with: error", "general-node-drain" },
	{ "lastSyncError: it failed", "general-sriov-operator" },
	{ "VirtualMachine x is invalid: spec.frob: Unsupported value, error", "general-kube-manifest" },
	{ "pods \"x\" is forbidden: User cannot", "general-kube-rights" },
	{ "failed: unresolvable CDI devices frob.com/x=1", "general-cdi" },
	{ "host1 doesn't have the required PCI devices, error", "general-nova-filter" },
	{ "nova.exception.PciDeviceNotFound: PCI device 1:0000:3b:00.0 not found", "general-nova-device-gone" },
	{ "TASK ERROR: cannot bind 0000:01:00.0", "general-proxmox-bind" },
	{ "TASK ERROR: cannot create mdev 0000:01:00.0", "general-proxmox-mdev" },
	{ "400 Parameter verification failed.", "general-proxmox-parameter" },
	{ "xen:frob: Failed to get a bounce buffer", "general-xen-guest-memory" },
	{ "unable to reset 0000:01:00.0: no FLR", "general-reset-kind" },
	{ "passthru requires guest memory to be wired", "general-bhyve" },
	/* a condition outside of the device */
	{ "frob.json: error: malformed", "general-syntax" },
	{ "bash: /etc/libvirt/hooks/qemu: /bin/frob^M: bad interpreter", "general-script-ends" },
	{ "x.sh: line 3: frob: command not found", "general-command-missing" },
	{ "error: unable to set user and group to '1:1' on '/frob'", "general-relabel" },
	{ "error: cannot use the cgroup of it", "general-cgroup" },
	{ "KVM internal error. Suberror: 9", "general-kvm-internal" },
	{ "qemu-kvm: error: more than the maximum cpus", "general-cpu-count" },
	{ "frob: error: no quorum", "general-quorum" },
	{ "Last State: OOMKilled", "general-oom" },
	{ "failed calling webhook \"frob\"", "general-service-unreachable" },
	{ "kubelet: error: ListAndWatch ended", "general-device-plugin" },
	{ "pod frob: CrashLoopBackOff", "general-kube-crash-loop" },
	{ "0/3 nodes are available: 3 node(s) didn't match Pod's frob", "general-kube-affinity" },
	{ "frob: cannot find the representor", "general-switchdev-mode" },
	{ "nova.exception.X: error: the page size", "general-nova-hugepages" },
	{ "nova.exception.X: error: exhausted all hosts", "general-nova-retries" },
	{ "nova.exception.HypervisorUnavailable: error", "general-nova-hypervisor" },
	{ "error: cannot update the resource provider", "general-placement" },
	{ "TASK ERROR: unable to parse it", "general-proxmox-config" },
	{ "TASK ERROR: timeout waiting on systemd", "general-proxmox-systemd" },
	{ "Error code: VM_REQUIRES_FROB", "general-xapi" },
	{ "Stop code: FROB", "general-windows-stop" },
	{ "fatal: [x]: FAILED! => MODULE FAILURE", "general-ansible" },
	{ "qemu-kvm: cannot bind memory to frob", "general-numa-memory" },
	{ "error: KVM support is missing", "general-no-kvm" },
	{ "frob.exceptions.X: it needs frob 7.0.0 or newer", "general-version-old" },
	{ "the host and guest driver differ, error", "general-vgpu-versions" },
	{ "nvidia-vgpu-mgr: error: no FB memory", "general-vgpu-framebuffer" },
	{ "error: all virtual functions of it are in use by", "general-vf-used" },
	{ "Failed to prepare dynamic resources", "general-dra" },
	{ "qemu-kvm: -device x,romfile=y: romfile \"y\": size too large", "general-rom-size" },
	{ "xl: freemem: failed", "general-xen-memory" },
	{ "ERROR No --frob objects found in the XML", "general-virt-xml" },
	{ "frob: failed to connect to socket /run/x", "general-socket-path" },
	{ "frob: error: it must be run as root", "general-root-only" },
	/* taken, turned off, too few, not allowed: whatever it is */
	{ "frob failed, see /var/log/frob.log for details", "general-see-log" },
	{ "TASK ERROR: 403 Permission check failed (/vms/1, VM.Config.Frob)", "general-proxmox-rights" },
	{ "frobcloud: error: HTTP 403: it may not", "general-manager-rights" },
	{ "kubevirt: cannot start the migration of it", "general-kube-migrate" },
	{ "error: Requested operation is not valid: cannot migrate that", "general-migrate" },
	{ "Pod was rejected: no Topology locality", "general-kube-topology" },
	{ "0/9 nodes: Insufficient hugepages-2Mi", "general-kube-hugepages" },
	{ "kubevirt: denied: the frob feature gate is not enabled", "general-kube-gate" },
	{ "kubelet: failed: that is already in use", "general-kube-used" },
	{ "kubelet: failed: it already exists", "general-kube-exists" },
	{ "nova: error: enabled_mdev_types frob", "general-nova-vgpu" },
	{ "neutron: error: port binding of that", "general-neutron-port" },
	{ "nova.exception.X: the instance: insufficient frobs", "general-nova-room" },
	{ "exit status 1: /usr/lib/nvidia/sriov-manage failed", "general-vgpu-functions-off" },
	{ "frobnicate: error: this GPU does not support vGPU", "general-vgpu-card" },
	{ "nvidia-gridd: error: the licence server's clock is wrong", "general-licence-reason" },
	{ "Display driver frob stopped, error", "general-windows-tdr" },
	{ "Error 9: AMD Software found unsupported hardware", "general-windows-card-missing" },
	{ "frobnicate: cannot mount /x", "general-mount" },
	{ "vm.frob: Not a valid choice, invalid", "general-choice" },
	{ "error: it is in use by another of them", "general-device-used" },
	{ "error: network device with mac 00:16:3e:00:00:00 exists, error", "general-name-exists" },
	{ "frobnicate: it failed", NULL },
	/* a word that others use, too, or one of what was tried, is not enough */
	{ "frobnicate: the domain failed", NULL }, { "frobnicate: no windows, error", NULL },
	{ "frobnicate: iommu error", NULL }, { "frobnicate: cannot reset", NULL },
	{ "frobnicate 0000:01:00.0: cannot reset", "general-reset" },
	{ "frobnicate: the firmware failed", NULL },
	{ "frobnicate 0000:01:00.0: the firmware failed", "general-firmware" },
	{ "DMAR: [Firmware Bug]: frobnicated, invalid", "general-iommu-table" },
	{ "frobnicate: IOMMU is not there, cannot", "general-iommu-missing" },
	/* which error it is decides */
	{ "frob 0000:01:00.0: probe failed: -110", "general-probe-timeout" },
	{ "frob 0000:01:00.0: probe failed: -2", "general-probe-no-file" },
	{ "frob 0000:01:00.0: probe failed: -12", "general-probe-room" },
	{ "frob 0000:01:00.0: probe failed: -5", "general-probe-silent" },
	{ "frob 0000:01:00.0: probe failed: -22", "general-probe-invalid" },
	{ "frob 0000:01:00.0: reset failed: -25", "general-reset-none" },
	{ "frob 0000:01:00.0: reset failed: -16", "general-reset-busy" },
	{ "frob 0000:01:00.0: MSI-X failed: -28", "general-vectors-refused" },
	{ "qemu-kvm: cannot map: No space left on device", "general-map-too-many" },
	{ "qemu-kvm: cannot map: File exists", "general-map-exists" },
	{ "qemu-kvm: cannot map: Operation not permitted", "general-map-denied" },
	{ "qemu-kvm: romfile /x: Permission denied", "general-rom-file" },
	{ "virsh: cannot attach: Device or resource busy", "general-plug-busy" },
	{ "ice 0000:3b:00.0: probe failed: -22", "general-net-driver-age" },
	/* no host device is involved */
	{ "error: internal error: dnsmasq: it could not start", "general-plain-dns" },
	{ "error: internal error: the firewall rules failed", "general-plain-firewall" },
	{ "error: cannot make the tap device: Permission denied", "general-plain-bridge-helper" },
	{ "error: bridge name 'br9' is in use, error", "general-plain-network-used" },
	{ "error: no network with a name like 'x'", "general-plain-network" },
	{ "error: the storage pool is not there: not found", "general-plain-pool" },
	{ "qemu-kvm: the backing file is missing", "general-plain-disk" },
	{ "unsupported configuration: 'dir' storage format is not directly supported", "general-plain-disk" },
	{ "qemu-kvm: -frob x: There is no option group 'frob'", "general-plain-display" },
	{ "error: swtpm gave up: error", "general-plain-tpm" },
	{ "error: internal error: no machine type like that", "general-plain-machine" },
	{ "error: the guest CPU has not the same: error", "general-plain-cpu" },
	{ "qemu-kvm: spice failed", "general-plain-display" },
	{ "qemu-kvm: cannot find an available port", "general-plain-port" },
	{ "error: the guest agent failed to answer", "general-plain-agent" },
	{ "error: virtiofsd: cannot run it", "general-plain-helper" },
	{ "error: cannot connect to virtlogd", "general-plain-daemon" },
	{ "error: no domain with name 'x'", "general-plain-guest-name" },
	/* but not if a line names one */
	{ "error: vfio 0000:01:00.0: the network driver error", "general-vfio" },
	/* a word without its subject */
	{ "frobnicate: cannot remove that file", NULL }, { "frobnicate: panic: cannot run", NULL },
	{ "frobnicate: the reader timed out", NULL },
	{ "frobnicate: the card timed out", NULL },
	{ "frobnicate 0000:01:00.0: it timed out", "general-reset" },
	/* the subject decides before the speaker does */
	{ "x.sh: line 3: 4711 Segmentation fault      qemu-kvm", "general-program-crash" },
	{ "x.sh: line 3: 4711 Killed      qemu-kvm", "general-program-killed" },
	{ "make[2]: *** [amdgpu_reset.o] Error 1", "general-build" },
	{ "fatal: https://x/vendor-reset: Could not resolve host: x", "general-download" },
	{ "systemd[1]: Job x.device/start timed out.", "general-unit-job" },
	{ "amdgpu 0000:03:00.0: [drm] *ERROR* flip_done timed out", "general-display" },
	{ "critical medium error, dev nvme0n1", "general-disk-health" },
	{ "virt-launcher: failed to make the cloud-init image", "general-kube-no-device" },
	/* whatever the language */
	{ "bash: /sys/bus/pci/drivers/vfio-pci/bind: Keine Berechtigung", "general-bind-denied" },
	{ "bash: /sys/bus/pci/drivers/x/new_id: File o directory non esistente", "general-driver-folder" },
	{ "x.sh: Zeile 3: echo: Schreibfehler: Das Argument ist ung\xc3\xbcltig", "general-write-refused" },
	{ "frob: Permiso denegado", "general-error-denied" },
	{ "Windows cannot load it. (Code 39)", "general-windows-code" },
	/* the boot, udev and module files, whichever device they name */
	{ "udevd[9]: 0000:3d:00.0: frob is taking a long time", "general-udev-slow" },
	{ "libkmod: error in /etc/modprobe.d/x.conf", "general-modprobe-file" },
	{ "VFS: no frob, cannot mount", "general-root-device" },
	{ "dracut: FAILED: it", "general-initramfs" },
	{ "frob: no symbol version for x", "general-module-symbol" },
	{ "rmmod: ERROR: could not remove 'x': Resource temporarily unavailable", "general-module-used" },
	{ "ERROR: Unable to find the kernel source tree", "general-module-install" },
	{ "platform x: deferred probe, cannot", "general-deferred" },
	{ "frob 0000:01:00.0: swiotlb is full, failed", "general-dma-memory" },
	{ "EDAC MC0: 1 UE error", "general-hardware-error" },
	{ "genirq: cannot have it", "general-irq-line" },
	{ "Lockdown: setpci: it is restricted, denied", "general-lockdown" },
	{ "pcieport 0000:00:01.0: pciehp: Slot(1): cannot", "general-slot" },
	{ "bbswitch: cannot evaluate it", "general-acpi" },
	/* kinds of devices, and parts of drivers */
	{ "snd_hda_intel 0000:01:00.1: timeout of that", "general-sound-silent" },
	{ "snd_hda_intel 0000:01:00.1: no such jack", "general-sound" },
	{ "iwlwifi 0000:02:00.0: frob timeout", "general-wifi-start" },
	{ "iwlwifi 0000:02:00.0: frob, error", "general-wifi" },
	{ "mpt3sas_cm0: frob doorbell failed", "general-storage-fault" },
	{ "ata12: frob failed", "general-sata" },
	{ "ddbridge 0000:02:00.0: frob failed", "general-media" },
	{ "c6xxvf 0000:3d:01.0: frob failed", "general-qat" },
	{ "hailo 0000:02:00.0: frob failed", "general-accelerator" },
	{ "kvm_amd: frob failed", "general-kvm-entry" },
	{ "gim error: frob", "general-amdgpu-host" },
	{ "amdgpu 0000:03:00.0: mmhub frob, error", "general-amdgpu-block" },
	{ "gvt: vgpu 1: frob of the shadow page failed", "general-gvt-guest" },
	{ "frob: x2apic cannot be used", "general-remapping" },
	{ "AMD-Vi: Event logged [frob]", "general-iommu-request" },
	{ "frob 0000:01:00.0 eth9: tx hang, error", "general-net-hang" },
	{ "igb 0000:01:00.0: the EEPROM is not valid", "general-net-nvm" },
	{ "xhci_hcd 0000:00:14.0: frob TRB error", "general-usb-transfer" },
	{ "usb 1-1: over-current frob", "general-usb-power" },
	{ "nvme nvme0: frob, aborting", "general-nvme-abort" },
	{ "xe 0000:00:02.1: VF2PF frob failed", "general-igpu-guc" },
	{ "NVRM: nvAssertFrob: frob failed", "general-nvidia-check" },
	{ "foo 0000:03:00.0: PM: dpm_run_callback(): pci_pm_suspend returns -19", "general-suspend" },
	{ "systemd-udevd[7]: Failed to create device symlink", "general-udev" },
	{ "NVRM: the fabric is not there, error", "general-nvidia-fabric" },
	/* who says the reason in plain words is quoted */
	{ "qemu-kvm: -device x: frob 39 differs from frob 48", "general-reason-differs" },
	{ "qemu-kvm: -device x: frob=on is not available with that", "general-reason-unsupported" },
	{ "qemu-kvm: -device x: frob requires knob=on", "general-reason-needs" },
	{ "TASK ERROR: frob is not allowed here", "general-reason-forbidden" },
	{ "qemu-kvm: -device x: vfio x: x-no-kvm-msi is not available with that", "general-requested-feature" },
	{ "unsupported configuration: frob requires that frob", "general-reason-needs" },
	/* what is about the card, and what about its virtual functions */
	{ "igb 0000:06:00.0 enp6s0: Detected Tx Unit Hang", "general-net-hang" },
	{ "ixgbevf 0000:06:10.0: it did not respond, error", "general-net-vf-reset" },
	{ "virt-launcher: no memory available, error", "general-kube" },
	{ "TASK ERROR: the frob 'x' does not exist", "general-reason-missing" },
	/* the host's name says nothing, what stands before the reason was not tried */
	{ "May  2 09:17:35 nvidia kernel: frobnicate: it failed", NULL },
	{ "error: Failed to start domain 'reset': frobnicate", "general-libvirt" },
};

static void families_are_found(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *reason = hd_subject_reason(rows[i].line, &arena);
		const struct hd_family *family = hd_family_of(rows[i].line, reason);
		const char *id = family ? family->answer.id : "-";

		if (strcmp(id, rows[i].id ? rows[i].id : "-") != 0)
			fail_msg("%s, not %s: %s", id, rows[i].id, rows[i].line);
	}
	hd_arena_done(&arena);
}

/* Where nothing else answers, one sign is enough. */
static void families_are_guessed(void **state)
{
	static const struct {
		const char *line;
		uint32_t names;
		const char *id;		/* NULL: none */
	} guesses[] = {
		{ "frobnicate: cannot reset the card", 0, "general-no-reset" },
		{ "frobnicate: cannot reset the password", 0, NULL },
		{ "frobnicate: no windows, error", 0, "general-windows-code" },
		{ "frobnicate failed", 0, NULL },
		{ "frobnicate failed", HD_NAMES_GUEST, "general-guest" },
		{ "frobnicate failed", HD_NAMES_GROUP, "general-vfio-group" },
		{ "frobnicate failed", HD_NAMES_DRIVER | HD_NAMES_INTERFACE, "general-driver" },
		{ "frobnicate failed", HD_NAMES_INTERFACE, "general-interface" },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(guesses); i++) {
		const char *line = guesses[i].line;
		const struct hd_family *family = hd_family_guess(line, line, guesses[i].names);

		if (!guesses[i].id)
			assert_null(family);
		else if (!family || strcmp(family->answer.id, guesses[i].id) != 0)
			fail_msg("%s, not %s: %s", family ? family->answer.id : "nothing",
				 guesses[i].id, line);
	}
}

/* Who is named in a source's place, or in a path, neither speaks nor was tried. */
static void names_are_no_words(void **state)
{
	static const struct {
		const char *line, *id;	/* NULL: none */
	} lines[] = {
		{ "quuxd: gizmo failed at vfio/usb.c:123", NULL },
		{ "Traceback: File frob/nvme/lock.py, line 3: gizmo failed", NULL },
		{ "gizmo failed (../hw/usb/core.c:12)", NULL },
		{ "quux.go:17: nvme.go:12: gizmo failed", NULL },
		{ "could not read /opt/vector/module/x: gizmo failed", NULL },
		{ "gizmo 0000:01:00.0: /usr/lib/firmware/group/x failed", "general-pci" },
		{ "quuxd: gizmo of nvme failed at vfio/usb.c:123", "general-nvme" },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++) {
		const struct hd_family *family = hd_family_of(lines[i].line, lines[i].line);
		const char *id = family ? family->answer.id : "-";

		if (strcmp(id, lines[i].id ? lines[i].id : "-") != 0)
			fail_msg("%s, not %s: %s", id, lines[i].id ? lines[i].id : "-", lines[i].line);
	}
}

static const struct hd_family *const tables[] = {
	hd_families_refusal, hd_families_release, hd_families_platform, hd_families_source_manager,
	hd_families_source, hd_families_boot, hd_families_program, hd_families_object,
	hd_families_subject, hd_families_tool, hd_families_manager,
	hd_families_condition, hd_families_predicate, hd_families_plain, hd_families_rules,
	hd_families_kind, hd_families_other,
	hd_families_reason, hd_families_card, hd_families_errno, hd_families_pci,
	hd_families_guest, hd_families_last, hd_families_path, hd_families_trouble,
};

static const struct hd_typed *const typed[] = {
	hd_families_how, hd_families_circumstance, hd_families_scope, hd_families_typed, hd_families_any,
};

#define BITS 32

static bool has_bit(uint32_t bits, unsigned bit)
{
	return bit == BITS ? !bits : (bits >> bit) & 1;
}

/* Does EARLIER fit all that has these bits and one of ROW's errors? */
static bool hides(const struct hd_family *earlier, const struct hd_family *row, unsigned says,
		  unsigned what)
{
	return !earlier->words && (!earlier->speakers || (says < BITS && has_bit(earlier->speakers, says))) &&
	       (!earlier->tried || (what < BITS && has_bit(earlier->tried, what))) &&
	       (!earlier->errnos || (row->errnos && strstr(earlier->errnos, row->errnos)));
}

/* Is there a line for which ROW, the Nth of TABLE, is the first that fits? */
static bool is_reachable(size_t table, const struct hd_family *row)
{
	for (unsigned says = 0; says <= BITS; says++)
		for (unsigned what = 0; what <= BITS; what++) {
			bool is_hidden = !has_bit(row->speakers, says) || !has_bit(row->tried, what);

			/* The last two are asked instead of weak answers of the others. */
			for (size_t i = table + 2 >= HD_ARRAY_SIZE(tables) ? table : 0; i <= table; i++)
				for (const struct hd_family *at = tables[i]; at->answer.id && at != row; at++)
					is_hidden |= hides(at, row, says, what);
			if (!is_hidden)
				return true;
		}
	return false;
}

static void check_answer(const struct hd_message *answer)
{
	assert_true(hd_text_starts_with(answer->id, "general-"));
	assert_ptr_equal(hd_family_find(answer->id), answer);
	assert_null(hd_message_find(answer->id));
	assert_null(answer->patterns[0]);
	assert_int_equal(answer->kind, HD_MESSAGE_GENERAL);
	assert_true(strlen(answer->means) > 20 && strlen(answer->remedy) > 20);
	/* An error's word may have led to it; and a command without its device is replaced by a quoted one. */
	assert_null(strstr(answer->means, "not an error"));
	assert_null(strstr(answer->remedy, "'hostdevctl check {address}"));
	assert_null(strstr(answer->remedy, "fewer memory"));
	for (size_t i = 0; i < HD_MESSAGE_CHECKS && answer->checks[i]; i++)
		if (!hd_check_find(answer->checks[i]))
			fail_msg("%s: no check %s", answer->id, answer->checks[i]);
}

static void check_table(size_t table, size_t *at)
{
	for (const struct hd_family *row = tables[table]; row->answer.id; row++) {
		assert_ptr_equal(hd_family_next(at), &row->answer);
		check_answer(&row->answer);
		assert_true(row->speakers || row->tried || row->errnos || row->words);
		if (!is_reachable(table, row))
			fail_msg("%s: an earlier family takes its lines", row->answer.id);
	}
}

static void families_are_sound(void **state)
{
	size_t at = 0;

	(void)state;
	for (const struct hd_deed *row = hd_families_deed; row->family.answer.id; row++) {
		assert_ptr_equal(hd_family_next(&at), &row->family.answer);
		check_answer(&row->family.answer);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++)
		check_table(i, &at);
	for (size_t i = 0; i < HD_ARRAY_SIZE(typed); i++)
		for (const struct hd_typed *row = typed[i]; row->answer.id; row++) {
			assert_ptr_equal(hd_family_next(&at), &row->answer);
			check_answer(&row->answer);
		}
	for (const struct hd_going *row = hd_goings; row->answer.id; row++) {
		assert_ptr_equal(hd_family_next(&at), &row->answer);
		assert_int_equal(row->answer.kind, HD_MESSAGE_HARMLESS_IF);
	}
	assert_ptr_equal(hd_family_next(&at), &hd_composed);
	check_answer(&hd_composed);
	assert_null(hd_family_next(&at));
	assert_null(hd_family_find("general-nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(families_are_found), cmocka_unit_test(families_are_guessed),
		cmocka_unit_test(families_are_sound), cmocka_unit_test(names_are_no_words),
	};

	return cmocka_run_group_tests_name("families", tests, NULL, NULL);
}
