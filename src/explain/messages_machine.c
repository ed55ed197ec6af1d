/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_machine.c - what KVM, QEMU's machine and virtio devices, and firmware say of the guest itself. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_machine[] = {
	{
		/* QEMU accel/kvm/kvm-all.c kvm_cpu_exec */
		"kvm-bad-address", HD_SPEAKER_QEMU,
		{ "error: kvm run failed Bad address" },
		"the guest touched memory that the host could not give it at that moment: the window of a "
		"passed card that no longer answers (reset or power saving), memory that failed, or huge "
		"pages that ran out",
		"dmesg on the host at that time: 'not ready', 'stuck in D3', a fault of the IOMMU: the "
		"card: power the host off and on, vfio-pci.disable_idle_d3=1, hostdevctl check {address}; "
		"'HugeTLB' or 'out of memory': free memory; a memory error (MCE): test the memory",
		{ "device-alive", "reset-works", "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux arch/x86/kvm/x86.c KVM_INTERNAL_ERROR_EMULATION; QEMU accel/kvm/kvm-all.c */
		"kvm-internal-emulation", HD_SPEAKER_QEMU,
		{ "KVM internal error. Suberror: 1" },
		"KVM had to carry out an instruction of the guest by itself and could not: the guest runs "
		"from a place that is not memory (a dead card's window, wrong firmware), or uses "
		"instructions that KVM does not emulate there; also nested virtualization",
		"newest kernel, QEMU and OVMF; <cpu mode='host-passthrough'>; without the passed device "
		"it works: a ROM of the card is run: <rom bar='off'/> or another ROM file, UEFI instead "
		"of SeaBIOS; systemd-detect-virt other than none: update the outer host",
		{ "rom-file", "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux arch/x86/kvm/vmx/vmx.c KVM_INTERNAL_ERROR_DELIVERY_EV */
		"kvm-internal-delivery", HD_SPEAKER_QEMU,
		{ "KVM internal error. Suberror: 3" },
		"the processor could not deliver an interrupt to the guest: its tables are in memory that "
		"is not there; known for hosts under load with a passed device or nested guests and old "
		"microcode",
		"newest microcode, kernel and QEMU; options kvm_intel enable_apicv=0 in /etc/modprobe.d "
		"as a trial; systemd-detect-virt other than none: update the outer host",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU accel/kvm/kvm-all.c kvm_set_user_memory_region */
		"kvm-memory-slot", HD_SPEAKER_QEMU,
		{ "kvm_set_user_memory_region: KVM_SET_USER_MEMORY_REGION failed",
		  "kvm_set_user_memory_region: KVM_SET_USER_MEMORY_REGION2 failed",
		  "kvm_set_phys_mem: error registering slot" },
		"KVM did not take a part of the guest's address space: two windows overlap (a passed "
		"card's window that the guest moved), the address is wider than the processor's, or "
		"memory of the host's device cannot be mapped that way",
		"<cpu mode='host-passthrough'/> with host-phys-bits (<maxphysaddr mode='passthrough'/>), "
		"newest QEMU and OVMF; without the passed card it works: firmware of the guest UEFI, "
		"Resizable BAR smaller on the host (resourceN_resize)",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU accel/kvm/kvm-all.c kvm_mem_ioeventfd_add; Linux virt/kvm (NR_IOBUS_DEVS) */
		"kvm-ioeventfd-full", HD_SPEAKER_QEMU,
		{ "error adding ioeventfd: No space left on device" },
		"KVM's list of doorbells is full (1000): the guest has very many virtio devices, queues "
		"or hot-plug ports",
		"fewer queues (<driver queues='N'/>), fewer unused pcie-root-ports and virtio devices; "
		"ioeventfd='off' for devices that need no speed",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU accel/kvm/kvm-all.c kvm_init: ioctl(KVM_CREATE_VM) */
		"kvm-vm-busy", HD_SPEAKER_QEMU,
		{ "ioctl(KVM_CREATE_VM) failed: 16" },
		"another hypervisor uses the processor's virtualization: VirtualBox or VMware runs a "
		"guest on this host (or since Linux 6.12 KVM took it before VirtualBox)",
		"end the guests of the other one: VBoxManage list runningvms, vmrun list; rmmod vboxdrv "
		"vmmon; only one of them at a time",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU accel/kvm/kvm-all.c kvm_init_vcpu, older cpus.c */
		"kvm-vcpu-memory", HD_SPEAKER_QEMU,
		{ "kvm_init_vcpu failed: Cannot allocate memory",
		  "kvm_init_vcpu: kvm_arch_init_vcpu failed" },
		"KVM could not set up a processor of the guest: the host has no memory left for it, more "
		"processors than KVM allows, or a feature of the processor that this kernel does not have",
		"free -m and dmesg; the guest's <vcpu> at most as many as the host's threads; <cpu "
		"mode='host-model'/> instead of a fixed model",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/block/block.c blk_check_size_and_read_all, hw/i386/pc_sysfw.c */
		"qemu-pflash-size", HD_SPEAKER_QEMU,
		{ "requires {number:wanted} bytes, pflash0 block backend provides {number:given} bytes",
		  "requires {number:wanted} bytes, pflash1 block backend provides {number:given} bytes",
		  "requires {number:wanted} bytes, block backend provides {number:given} bytes",
		  "combined size of system firmware exceeds {number:limit} bytes" },
		"the firmware file or the guest's variable store (NVRAM) is not of the size that QEMU "
		"expects: code and variables of different builds (2 MiB with 4 MiB), a "
		"file that is qcow2 and declared raw, or cut short",
		"ls -l of both files; take OVMF_CODE_4M.fd with OVMF_VARS_4M.fd (both 4M or both not), "
		"delete the guest's NVRAM file so that it is made again (virsh start --reset-nvram; the "
		"boot entries are lost), format='qcow2' where the file is that",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* EDK II OvmfPkg/Library/PlatformBmPrintScLib */
		"ovmf-no-boot", HD_SPEAKER_TOOL,
		{ "BdsDxe: failed to load Boot{hex:entry}",
		  "BdsDxe: failed to start Boot{hex:entry}" },
		"the guest's firmware found nothing to start at that entry: the disk or image has no UEFI "
		"boot loader (it was installed with BIOS), the medium is not attached, Secure Boot "
		"refuses it, or the passed NVMe or USB controller has no driver in the firmware",
		"'Not Found' of a DVD or disk that is not meant is harmless if the next entry starts; "
		"else: installed with BIOS: take UEFI off (<os> without firmware='efi'); 'Access Denied': "
		"firmware without Secure Boot; 'Time out': press a key for the CD in time; a passed disk: "
		"<boot order='1'/> on its <hostdev> and its ROM on",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* SeaBIOS src/boot.c */
		"seabios-no-boot", HD_SPEAKER_TOOL,
		{ "Boot failed: not a bootable disk", "Boot failed: could not read the boot disk" },
		"the guest's BIOS found no boot loader: the disk was installed for UEFI, is empty, is not "
		"the first one, or its controller was passed and the BIOS has no driver for it",
		"installed with UEFI: <os firmware='efi'>; else <boot order='1'/> at the right disk, or "
		"the medium of the installer attached; a passed HBA needs its option ROM (<rom bar='on'/>)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/vl.c select_machine; libvirt src/qemu/qemu_validate.c */
		"qemu-machine-unknown", HD_SPEAKER_QEMU,
		{ "does not support machine type '{text:machine}'",
		  "unsupported machine type: \"{text:machine}\"", "unsupported machine type" },
		"this QEMU does not know the guest's machine type: the guest was made with a newer QEMU, "
		"or QEMU dropped a very old type, or it is a distribution's own name (pc-q35-jammy, "
		"pc-i440fx-rhel7)",
		"qemu-system-x86_64 -machine help lists the known ones; virsh edit GUEST: machine='q35' "
		"or 'pc' (or the newest pc-q35-X.Y that is listed); Windows may ask for activation and "
		"see new devices after that",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/qemu/qemu_process.c qemuProcessVerifyCPU, src/cpu/cpu_x86.c */
		"libvirt-cpu-features", HD_SPEAKER_LIBVIRT,
		{ "guest CPU doesn't match specification: missing features: {text:features}",
		  "Host CPU does not provide required features: {text:features}",
		  "guest CPU doesn't match specification: extra features: {text:features}" },
		"the guest wants processor features ({features}) that this host cannot give: its "
		"processor lacks them, they are off in the firmware (svm, vmx), microcode turned them off "
		"(hle, rtm, mpx), or nesting is off",
		"svm or vmx: modprobe kvm_amd nested=1 (kvm_intel), and virtualization on in the "
		"firmware; else <cpu mode='host-passthrough' check='none'/> or host-model, and take "
		"<feature policy='require' name='...'/> out",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/virtio/virtio_pci_modern.c, virtio.c */
		"virtio-no-version-1", HD_SPEAKER_KERNEL,
		{ "device uses modern interface but does not have VIRTIO_F_VERSION_1",
		  "device must provide VIRTIO_F_ACCESS_PLATFORM",
		  "device must provide VIRTIO_F_VERSION_1" },
		"a virtio device and the guest do not agree on how it reaches memory: it was passed "
		"through from an outer guest, is emulated by hardware (DPU, vDPA) with old firmware, or "
		"stands behind a virtual IOMMU or encrypted memory without iommu_platform",
		"<driver iommu='on'/> at the virtio devices of a guest with <iommu> or encrypted memory; "
		"hardware virtio: newer firmware; a virtio function passed on from an outer guest: use an "
		"emulated one instead",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/virtio/virtio.c virtqueue_num_heads; Linux drivers/virtio/virtio_ring.c */
		"virtio-queue-nonsense", HD_SPEAKER_QEMU,
		{ "Guest says index {number:index} is available",
		  "Guest moved used index from {number:from} to {number:to}",
		  "virtio: zero sized buffers are not allowed",
		  "id {number:id} is not a head!" },
		"guest and QEMU disagree about a virtio queue: the guest's memory was overwritten (a "
		"defect, a state restored with another version, a device whose DMA ran on), or its virtio "
		"driver is broken",
		"newest virtio-win or kernel in the guest, newest QEMU; after a restore or migration "
		"start it afresh (virsh managedsave-remove GUEST); with a passed device: <driver "
		"iommu='off'/> as a trial, and dmesg on the host for faults of the IOMMU",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/virtio/vhost-user.c, vhost.c */
		"vhost-user-map", HD_SPEAKER_QEMU,
		{ "Failed initializing vhost-user memory map, consider using -object memory-backend-file share=on",
		  "Failed to set msg fds", "vhost VQ {number:queue} ring restore failed",
		  "vhost_set_mem_table failed" },
		"a process beside QEMU that serves a virtio device (Open vSwitch, SPDK, virtiofsd, DPDK) "
		"cannot map the guest's memory or has ended",
		"memory of the guest shared: <memoryBacking><hugepages/><access "
		"mode='shared'/></memoryBacking> (or source memfd); the process: systemctl status of it, "
		"its socket's owner and mode; after it restarted, restart the guest or use reconnect",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* fs/fuse/virtio_fs.c virtio_fs_get_tree, net/9p/trans_virtio.c p9_virtio_create */
		"mount-virtiofs-tag", HD_SPEAKER_KERNEL,
		{ "virtio-fs: tag <{text:tag}> not found",
		  "9pnet_virtio: no channels available for device {word:tag}" },
		"the guest sees no shared folder with the tag {tag}: its definition has another target, it was not "
		"shut down and started since it was added, or (a root file system) its initramfs lacks the driver",
		"virsh dumpxml GUEST | grep -A4 filesystem: <target dir='{tag}'/> is the name for mount -t virtiofs "
		"{tag} /mnt (9p: mount -t 9p -o trans=virtio); shut down and start the guest; as root file system: add "
		"virtiofs and virtio_pci to the initramfs (dracut --add-drivers)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/virnuma.c virNumaNodesetIsAvailable; QEMU backends/hostmem.c */
		"numa-node-unavailable", HD_SPEAKER_TOOL,
		{ "NUMA node {number:node} is unavailable",
		  "hugepages: node {number:node} not found",
		  "cannot bind memory to host NUMA nodes" },
		"the guest is bound to a NUMA node that this host does not have or whose memory is off: "
		"its definition comes from another host, or the firmware shows one node",
		"numactl --hardware lists the nodes; change nodeset in <numatune> and "
		"<memoryBacking><hugepages> to one of them, or take it out; firmware: NUMA nodes per "
		"socket (NPS), node interleaving",
		{ "numa-near", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/pci/pcie.c pcie_chassis_add_slot */
		"qemu-chassis-twice", HD_SPEAKER_QEMU,
		{ "Can't add chassis slot, error -16" },
		"two ports of the guest have the same chassis and slot number",
		"give each pcie-root-port its own chassis= (libvirt: <target chassis='N'/>, best left out "
		"so that libvirt numbers them)",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/i386/pc.c pc_memory_init */
		"qemu-phys-bits", HD_SPEAKER_QEMU,
		{ "phys-bits too low ({number:bits})" },
		"the guest's processor has too few address bits ({bits}) for its memory and the 64-bit "
		"window of passed cards: the host's processor has no more, or the processor model has 40",
		"<cpu mode='host-passthrough'><maxphysaddr mode='passthrough'/></cpu> (QEMU: -cpu "
		"host,host-phys-bits=on); with a processor of 39 bits: less memory for the guest, "
		"pcihole64 smaller (<pcihole64 unit='GiB'>64</pcihole64>), Resizable BAR off",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/pci/pci.c pci_register_bar */
		"qemu-ivshmem-size", HD_SPEAKER_QEMU,
		{ "PCI region size must be a power of two" },
		"the size of the guest's shared memory is not a power of two",
		"<size unit='M'>32</size>, 64, 128 or 256 in <shmem>, and the same in kvmfr's "
		"static_size_mb; remove the old file below /dev/shm",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU audio/audio.c, paaudio.c, pwaudio.c */
		"qemu-audio-backend", HD_SPEAKER_QEMU,
		{ "pa_context_connect failed", "Could not init `pa' audio driver",
		  "Failed to initialize PW context", "Could not create a backend for voice" },
		"QEMU could not reach the sound server: it runs as another user (libvirt-qemu, qemu, "
		"root) than the one whose PulseAudio or PipeWire runs",
		"<audio id='1' type='pipewire' runtimeDir='/run/user/1000'/> (or pulseaudio "
		"serverName='/run/user/1000/pulse/native') and user = \"YOU\" in /etc/libvirt/qemu.conf; "
		"spice for sound needs none; type='none' if no sound is wanted",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/runstate.c qemu_kill_report */
		"qemu-ended-by", HD_SPEAKER_QEMU,
		{ "terminating on signal 15 from pid {number:pid}" },
		"somebody asked QEMU to end (process {pid}): libvirt on virsh destroy or a failed start, "
		"the host's shutdown, or Proxmox",
		"nothing to do if the guest was meant to end; else the lines before it and 'journalctl -u "
		"virtqemud -u libvirtd' of that second have the reason",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* libvirt src/conf/domain_postparse.c */
		"libvirt-boot-twice", HD_SPEAKER_LIBVIRT,
		{ "per-device boot elements cannot be used together with os/boot elements" },
		"the guest's definition says in two ways from what it starts: <boot dev='...'/> in <os>, "
		"and <boot order='...'/> at a device",
		"virsh edit GUEST: take <boot dev='...'/> out of <os>, and keep <boot order='1'/> at the "
		"disk or passed device",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/conf/domain_validate.c */
		"libvirt-video-primary", HD_SPEAKER_LIBVIRT,
		{ "Only one primary video device is supported" },
		"the definition has two emulated cards that are both the first one",
		"virsh edit GUEST: keep one <video>, or give the others <model type='qxl' primary='no'/>; "
		"with a passed card <video><model type='none'/></video> alone",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/conf/domain_conf.c virDomainDefCheckDuplicateControllers */
		"libvirt-controller-twice", HD_SPEAKER_LIBVIRT,
		{ "XML error: Multiple '{text:kind}' controllers with index '{number:index}'" },
		"the definition has two {kind} controllers with the same number {index}",
		"virsh edit GUEST: give one another index='N', or take it out (ich9-ehci1 with its uhci "
		"companions has one number by design)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/qemu/qemu_process.c qemuProcessStartValidate */
		"libvirt-no-kvm", HD_SPEAKER_LIBVIRT,
		{ "Domain requires KVM, but it is not available",
		  "CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor" },
		"KVM is not there: virtualization is off in the firmware, the module kvm_intel or kvm_amd "
		"is not loaded, /dev/kvm may not be opened, or this host is a guest without nesting",
		"ls -l /dev/kvm; missing: modprobe kvm_intel (kvm_amd): 'disabled by bios': turn VT-x or "
		"SVM on in the firmware; in a guest: nested=1 on the outer host and host-passthrough; "
		"then systemctl restart virtqemud libvirtd",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/qemu/qemu_tpm.c, qemu_validate.c, src/util/virtpm.c; swtpm src/swtpm_setup/swtpm.c */
		"libvirt-tpm", HD_SPEAKER_LIBVIRT,
		{ "Unable to find 'swtpm", "swtpm process terminated unexpectedly",
		  "TPM version '{text:version}' is not supported", "swtpm died and reported" },
		"the guest's emulated TPM could not start: swtpm is not installed, may not read its state "
		"(owner, SELinux, AppArmor), or its state is of another version or locked by another "
		"instance",
		"install swtpm and swtpm-tools; ls -lZ /var/lib/libvirt/swtpm/UUID and "
		"/var/log/swtpm/libvirt/qemu/GUEST-swtpm.log (owner tss or swtpm); a guest that was "
		"copied: its own state folder; not needed: take <tpm> out",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* swtpm src/swtpm_setup */
		"swtpm-kept", HD_SPEAKER_TOOL,
		{ "Not overwriting existing state file" },
		"the emulated TPM has its state already, and keeps it",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* libvirt src/qemu/qemu_nvram.c, src/util/virfile.c */
		"libvirt-nvram-create", HD_SPEAKER_LIBVIRT,
		{ "Failed to create file '{text:file}_VARS.fd'" },
		"libvirt could not make the guest's file of firmware variables: its disk is full or "
		"read-only, or the folder is not writable",
		"df -h /var/lib/libvirt/qemu/nvram and dmesg (errors of that disk); ls -ldZ of the folder "
		"(root or libvirt-qemu, restorecon -R); a hook that takes the disk's controller away "
		"breaks it as well",
		{ "storage-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU target/i386/kvm/kvm.c kvm_buf_set_msrs() */
		"qemu-set-msr", HD_SPEAKER_QEMU,
		{ "failed to set MSR 0x{hex:msr} to 0x{hex:value}" },
		"KVM of this kernel refused the value of a processor's register (MSR 0x{msr}), and QEMU ends: "
		"QEMU is too old for this kernel, or its processor model has a feature that this KVM, or the "
		"hypervisor around a host that is a guest itself, does not have; 0x480 to 0x491 are those of "
		"nested virtualization (VMX)",
		"update QEMU, or turn nested virtualization off for the guest: <feature policy='disable' "
		"name='vmx'/> (-cpu host,-vmx), or a named processor model instead of host; on a rented host "
		"the virtualization around it has the fault: tell its provider",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
