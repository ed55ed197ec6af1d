/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_source.c - what do the parts of a driver, and of QEMU's VFIO and USB, say, each in its own words?
 *
 * Made by going through the sources of the programs and not from what people pasted: a row is for all messages
 * of one part (drivers/vfio's migration, a card's switch, a disk's identity).  Asked first, so its words must be
 * the part's own, or it names the speaker.
 */
#include "config.h"

#include "explain/families_source.h"

#define VFIO (HD_SAYS_VFIO | HD_SAYS_QEMU)

const struct hd_family hd_families_source[] = {
	/* QEMU hw/vfio/migration.c, container.c; Linux drivers/vfio/pci/pds/dirty.c */
	PART(VFIO, "vfio migration is*|migration is disabled for*|migration is currently*|p2p migration|"
	     "postcopy*|background snapshot|support dirty*|iommu dirty tracking|multifd device transfer*|"
	     "dirty tracking not*|dirty tracking is disabled|seq_ack*",
		"vfio-migration-refused",
		"the guest cannot be migrated, saved or snapshotted with this host device: the device, its VFIO "
		"driver, the IOMMU or the wish (post-copy, several devices) does not allow it: '{reason}'",
		"the guest runs on. Detach the device first (virsh detach-device --live), migrate, attach one "
		"there. hostdevctl show says whether its driver can be migrated at all: then without --postcopy, "
		"one such device for each guest, and both hosts with an IOMMU and firmware that track dirty pages",
		CHECKS("migration-possible")),
	/* the target's side: QEMU hw/vfio/migration.c vfio_load_*; hisi_acc_vfio_pci.c */
	PART(VFIO, "load device*|load state|load config*|match vf*|to match*|acc_dev_magic|unknown version|"
	     "vft qp*|packet too short|state buffer|data_fd|eos not found|end flag*|flag_dev_config*|restore file|"
	     "isolation state",
		"vfio-migration-target",
		"the saved state of the host device does not fit the device at the target: card, firmware or "
		"driver of the two hosts differ: '{reason}'",
		"the guest goes on at the source. Compare both hosts: lspci -nnks of the function (same id, same "
		"VFIO variant), the card's firmware (devlink dev info), kernel and QEMU; make them equal, reset "
		"the function at the target (detach, start of another guest), then migrate again; or detach the "
		"device before",
		CHECKS("migration-possible", "device-alive")),
	/* Linux drivers/vfio/pci/{mlx5,pds,hisilicon,qat,virtio}; QEMU hw/vfio/migration*.c, container*.c */
	PART(VFIO, "dirty tracking|dirty bitmap|dirty bitmaps|dirty_bitmap|dirty status|dirty sg lists|"
	     "dma logging|migration state|migration file|save file|save status|save state|config state|save setup|"
	     "migration data buffer|migration data|device state|recover state|multifd*|switchover*|init_data_sent|"
	     "dev_config_state|host vf migration|migration support|page tracking|migf*|qm_*|vf qp*|vf regs|qm vf*|"
	     "qm ras*|qm ifc*|sqc|cqc|sqc addr|cqc addr|qm cache|qm int*|qm sec*|qm hpre*|qm zip*|qm device|"
	     "packet index|loadvm*|suspend comp|suspend failed:|pds event*",
		"vfio-migration",
		"the state of a host device could not be tracked, saved, moved or loaded: of the guest's "
		"migration, save or snapshot: '{reason}'. Few devices can go with a guest, only with a variant of "
		"VFIO for them (mlx5, pds, hisi_acc, qat), and both hosts must have the same card, firmware and "
		"driver",
		"the guest runs on without migration: detach the device first (virsh detach-device --live), "
		"migrate, attach one there; it shall go with the guest: hostdevctl show says whether its driver "
		"can; lspci -nnk on both hosts must show the same variant (mlx5_vfio_pci), and the card's firmware "
		"must be one version; no post-copy; at the target the state is lost: reset or detach the function "
		"there before the next try",
		CHECKS("migration-possible", "device-alive")),
	/* Linux drivers/vfio/platform, fsl-mc, cdx: what is not a PCI function */
	PART(HD_SAYS_VFIO, "vfio_fsl_mc*|vfio-fsl-mc|dprc|dpni*|vfio-platform|vfio_platform*|vfio-amba|vfio-cdx|"
	     "vfio-ap|vfio_ap*|device is not a platform*|isn't a platform*|reset driver*",
		"vfio-not-pci",
		"a device that is not a PCI function (of a board's tree, an NXP DPRC, AMD's CDX, s390's AP) does "
		"not fit what VFIO needs of it: '{reason}': a reset driver is missing, or its parts have different "
		"drivers",
		"vfio-platform: modprobe the reset module of that device, or, for guests that you trust, "
		"vfio_platform reset_required=0; NXP: bind the whole DPRC and all its objects to vfio-fsl-mc "
		"(driver_override of each); the first line of that device in journalctl -k -b has the step",
		CHECKS("vfio-modules")),
	/* s390: QEMU hw/vfio/ccw.c, hw/s390x/s390-pci-*.c */
	PART(VFIO, "vfio-ccw*|vfio_ccw*|schib*|crw*|crw region|cmd region|store region|pfch*|zpci*|zpci info*|"
	     "subchannel",
		"vfio-ccw",
		"a channel device or PCI function of an IBM Z host did not do what the guest asked for: "
		"'{reason}': it is offline, busy on the host, or another driver has it",
		"lscss and lszdev: the subchannel must be on vfio_ccw (driverctl -b css), the device not set "
		"online on the host (chzdev -d); virsh nodedev-list --cap mdev has its mediated device; its path "
		"group: chpid online",
		CHECKS("mdev-present", "device-alive")),
	/* QEMU hw/vfio/helpers.c, kvm's virt/kvm/vfio.c */
	PART(VFIO, "kvm vfio device|vfio-kvm|group_set_spapr*",
		"kvm-vfio",
		"QEMU could not tell KVM of the device's group: '{reason}'. Only few devices need that (Intel "
		"GVT-g, s390, wrong caching of some GPUs); for others it only warns",
		"the guest runs and the device works: nothing. Else: QEMU must run with KVM (-accel kvm, /dev/kvm "
		"readable), and the kernel needs CONFIG_KVM_VFIO: its kvm and vfio modules of one kernel: restart "
		"the host after an update",
		CHECKS("vfio-modules")),
	/* QEMU hw/vfio/pci.c: one event descriptor for each vector */
	PART(VFIO, "event_notifier_init*|event notifier|eventfd notifier|trigger eventfd|resample eventfd|"
	     "resample irqfd|eoi|notifiers failed",
		"event-descriptors",
		"QEMU could not set up the event descriptors for the device's interrupts: '{reason}'. It has too "
		"many open files (each vector takes one or two), or no memory",
		"'Too many open files': max_files = 32768 in /etc/libvirt/qemu.conf (else LimitNOFILE of the unit "
		"that starts QEMU), then restart libvirt's daemon and the guest; grep 'open files' /proc/$(pgrep "
		"-o qemu)/limits shows the limit; 'Invalid argument' or 'No such device': hostdevctl check "
		"{address}: device-alive",
		CHECKS("device-alive", "interrupt-remapping")),
	/* QEMU hw/vfio/pci.c: what it read from the function is nonsense */
	PART(VFIO, "hardware reports invalid*|msix pba outside*|invalid pci interrupt pin|pci_interrupt_pin|"
	     "unexpected number of*|too few regions|unexpected vga info|bad config data|read pci config|"
	     "failed to read device config space|failed reading msi*|failed to read pci msi*|"
	     "error getting cap list",
		"config-nonsense",
		"what the device's configuration space says of itself is not possible: '{reason}'. Most often all "
		"reads give ones because the device is dead or asleep",
		"lspci -vvs {address}: 'rev ff' or 'Unknown header type 7f': it is dead: switch the host off and "
		"on, then hostdevctl check {address}: reset-works; it reads well: a newer QEMU and kernel; asleep: "
		"options vfio-pci disable_idle_d3=1 in /etc/modprobe.d",
		CHECKS("device-alive", "power-state", "reset-works")),
	/* QEMU hw/vfio/pci.c, pci-quirks.c: values of -device */
	PART(VFIO, "invalid pci vendor*|invalid pci device id*|invalid pci subsystem*|invalid pci class*|"
	     "msi-x relocation|clique id|invalid error status*|no provided host device|wrong host device name",
		"qemu-device-value",
		"a property of that -device (in libvirt <qemu:override> or <qemu:commandline>) has a value that "
		"does not fit the device: '{reason}'",
		"leave the property out: the guest must start without it. x-pci-vendor-id and x-pci-device-id: 16 "
		"bits, 0x1234; x-msix-relocation: auto, or a BAR that lspci -vvs {address} does not show; "
		"x-nv-gpudirect-clique: 0 to 15, for NVIDIA's compute cards only; host=0000:01:00.0 as lspci -D "
		"prints it",
		CHECKS("device-present")),
	/* QEMU hw/vfio/display.c */
	PART(VFIO, "ramfb*|edid property|need edid|xres and yres|display=on|gfx edid*|gfx_plane*|query_gfx*|"
	     "dma-buf plane*",
		"vgpu-display",
		"the display of a mediated device is not set up as it needs: '{reason}'",
		"in <hostdev>: display='on' ramfb='on' together with <graphics type='egl-headless'/> (or SPICE "
		"with gl), and the guest's own driver for the screen after boot; a vGPU without screen (vGPU type "
		"C, compute): display='off'",
		CHECKS("mdev-present")),
	/* QEMU hw/usb/host-libusb.c, bus.c */
	PART(HD_SAYS_USB | HD_SAYS_QEMU, "hostaddr out*|hostbus out*|vendorid out*|productid out*",
		"usb-value",
		"the address or id of the USB device in the definition is not one that exists: '{reason}'",
		"lsusb shows 'Bus 001 Device 004: ID 046d:c52b': hostbus=1,hostaddr=4 (1 to 127) or "
		"vendorid=0x046d,productid=0xc52b, hexadecimal with 0x; the address changes with each plugging: "
		"prefer ids or hostport",
		CHECKS("device-present")),
	PART(HD_SAYS_USB | HD_SAYS_QEMU, "no free ports|bus with no free*|speed mismatch|usb support not*|"
	     "no usb bus*|usb bus '*|usb port *|usb-bus*|masterbus*|companion controllers",
		"usb-guest-port",
		"the guest's USB controller does not fit: it has no free port, is too slow or too new for the "
		"device, or there is none: '{reason}'",
		"give the guest <controller type='usb' model='qemu-xhci' ports='15'/>, which takes all speeds, and "
		"remove the USB 1 and 2 controllers (or the <address> of the <hostdev>, so that libvirt chooses); "
		"-device qemu-xhci,p2=15,p3=15 in QEMU",
		CHECKS("guest-topology")),
	/* Linux drivers/usb/core/driver.c, hub.c: authorized */
	PART(HD_SAYS_USB, "not authorized*|unauthorized|authorized_default",
		"usb-not-authorized",
		"the host forbids that USB device or interface: USBGuard or authorized_default=0 lets no driver "
		"and no guest have it",
		"usbguard list-devices -b, then usbguard allow-device N -p; without USBGuard: echo 1 > "
		"/sys/bus/usb/devices/PORT/authorized, where PORT is the name in the line (1-4)",
		CHECKS("device-present")),
	/* Linux drivers/usb/core/hub.c: link power management */
	PART(HD_SAYS_USB, "lpm|u1|u2|u1 timeout|u2 timeout|u1/u2|non-u1*|ltm|u1 link*|u2 link*",
		"usb-link-power",
		"the link's power saving (LPM, U1 and U2) cannot be switched for that USB device: it or its hub "
		"does it badly",
		"it works: nothing. It is lost or reset again and again: usbcore.quirks=VENDOR:PRODUCT:k on the "
		"host's command line (lsusb has both; k forbids it), another cable or port, no hub; in a guest, "
		"give it the whole controller",
		CHECKS("device-alive")),
	/* Linux drivers/usb/host/xhci*.c: the controller's own resources */
	PART(HD_SAYS_USB, "no slots available*|hcd resources|not enough hcd*|assigning device slot|alloc slot|"
	     "enable slot|max number of devices",
		"usb-controller-full",
		"the USB controller has no room for one more device: it takes a limited number of devices and "
		"endpoints (many take 32 or 64), or it lost count after errors",
		"lsusb -t: move devices to a port of another controller; reload it when nobody uses it (unbind and "
		"bind of its address in /sys/bus/pci/drivers/xhci_hcd); in a guest: a second qemu-xhci",
		CHECKS("device-alive")),
	PART(HD_SAYS_USB, "rom status*|rom execute*|external rom*|firmware download*|rom download*|fw download*|"
	     "fw ver pointer*|firmware is size*|renesas*|no valid firmware header*",
		"usb-controller-firmware",
		"the USB controller (Renesas uPD72020x) did not take the firmware that it needs at each start: the "
		"file is missing, or the controller hangs",
		"/lib/firmware/renesas_usb_fw.mem must be there, on the host or in the guest that has the "
		"controller; switch the host off and on: a restart does not clear it; hostdevctl check {address}: "
		"device-alive",
		CHECKS("device-alive", "reset-works")),
	/* Linux drivers/usb/core/config.c, hub.c: what a device says of itself */
	PART(HD_SAYS_USB, "unexpected descriptor*|interface association*|interface descriptors*|"
	     "descriptor too short*|interface number*|bogus descriptor*|duplicate descriptor*|bad descriptor*|"
	     "altsetting|bnuminterfaces*|invalid ep0*|config index*|maxpacket|binterval*",
		"usb-descriptor",
		"what the USB device says of itself is wrong or was cut off; the kernel corrects it, or ignores "
		"that part of the device",
		"the device works: nothing. It is not there (lsusb), or 'too short' and 'got 0' or an error's "
		"number stand in the line: another cable and a port without hub, out and in again; after a guest: "
		"guestReset='off' (hostdevctl xml usb:PORT --guest-reset off)",
		CHECKS("usb-present")),
	PART(HD_SAYS_USB, "nested too deep|bus topology|more than one config*",
		"usb-hubs",
		"too many hubs in a row, or a hub that is not a real one, are between that USB device and its "
		"controller: the kernel does not use what is behind",
		"lsusb -t shows the chain: at most five hubs in a row, also those inside of monitors and docks: "
		"plug the device nearer to the host",
		CHECKS("usb-present")),
	/* Linux drivers/usb/host/xhci.c, xhci-ring.c: the controller's answers do not fit */
	PART(HD_SAYS_USB, "took too long to start|on the roothubs*|command completion*|completion command*|"
	     "completion event*|event ring*|port change event*|incompatible device*|evaluate context*|"
	     "disable slot|erst|halted after*|sw event ring*",
		"usb-controller-confused",
		"the USB controller's answers do not fit what its driver asked for: it was not reset since its "
		"last user (a guest), its interrupts or DMA do not get through, or it hangs",
		"lspci -vvs {address}: 'rev ff': switch the host off and on; journalctl -k -b -g "
		"'DMAR|IO_PAGE_FAULT' has its address: the IOMMU blocks it. Else, while nobody uses it: echo "
		"{address} > /sys/bus/pci/drivers/xhci_hcd/unbind, then the same to bind; in a guest: both again "
		"after a full power off",
		CHECKS("device-alive", "reset-works", "interrupt-remapping")),
	/* Linux drivers/nvme/host/core.c */
	PART(HD_SAYS_NVME, "duplicate ids|duplicate cntlid|duplicate unshared*|clearing duplicate*|"
	     "ids don't match*|identifiers changed*|by-id/*|shared namespace*|mismatching cntlid*",
		"nvme-identity",
		"two disks or namespaces say that they are the same one (cheap disks have equal or empty "
		"identifiers), so the kernel ignores the second or makes no stable name for it",
		"nvme id-ns -n 1 of both: eui64 and nguid equal: update the disks' firmware, or a newer kernel (it "
		"has a list of such models); for a guest: pass one by its PCI address on vfio-pci ({address}), "
		"where names of the host do not count",
		CHECKS("storage-free")),
	PART(HD_SAYS_NVME, "reading cap*|reading vs*|reading crto*|identify controller failed|"
	     "identify namespace failed|identify descriptors failed|set queue count|i/o queues not*|"
	     "io queues not*|bad crto*",
		"nvme-first-commands",
		"the disk does not answer the first commands after its start: it is dead or asleep, was not reset "
		"since a guest had it, or its DMA or interrupts do not get through: '{reason}'",
		"hostdevctl check, then lspci -vvs of the disk: 'rev ff': switch the host off and on; journalctl "
		"-k -b -g 'DMAR|IO_PAGE_FAULT' has its address: the IOMMU blocks it; it comes again: "
		"nvme_core.default_ps_max_latency_us=0 pcie_aspm=off, then the disk's firmware",
		CHECKS("device-alive", "reset-works")),
	PART(HD_SAYS_NVME, "host memory buffer|host mem|min host memory|hmb",
		"nvme-host-memory",
		"the disk wants a part of the host's memory for its tables (host memory buffer) and did not get "
		"it: it works, slower",
		"nothing if the disk works; nvme.max_host_mem_size_mb=128 on the command line gives more; in a "
		"guest: more memory, and a disk whose DMA the IOMMU lets through",
		CHECKS("storage-free")),
	/* Linux drivers/iommu/iommu.c and drivers of IOMMUs: domains */
	PART(HD_SAYS_IOMMU | HD_SAYS_VFIO | HD_SAYS_PCI, "attach domain*|domain already attached|"
	     "domain is already attached|domain has no*|def_domain_type*|default iommu domain|to iommu group|"
	     "iommu group to*|domain type|identity domain|reserve iova|iova region*",
		"iommu-domain",
		"the kernel could not put the device, or its whole group, into an address space of the IOMMU: "
		"'{reason}': the driver of the IOMMU refused it, devices of one group want different types, or the "
		"firmware asks for a fixed one",
		"cat /sys/kernel/iommu_groups/*/type and hostdevctl list --long: a group with members of two "
		"wishes: iommu=pt, or iommu.passthrough=1 on ARM, gives all the same; journalctl -k -b -g -e iommu "
		"-e DMAR -e AMD-Vi: the first error; hostdevctl check {address}: iommu-group-viable; a newer "
		"kernel and firmware",
		CHECKS("iommu-enabled", "iommu-group-viable")),
	/* Linux drivers/iommu/arm/arm-smmu-v3, iommufd/main.c */
	PART(HD_SAYS_IOMMU, "evtq*|priq*|gerror*|events lost|event queue overflow*|event log|ppr log*|ga log*|"
	     "smmu currently*",
		"iommu-events",
		"the IOMMU has more faults to report than it can, or its own queue failed: a device behind it "
		"sends requests that are blocked, again and again, or the firmware left the IOMMU in a state that "
		"the kernel did not expect",
		"journalctl -k -b -g -e smmu -e AMD-Vi -e DMAR: the fault lines before name the device: stop its "
		"guest, reset it (hostdevctl check with its address), and give the guest all that it needs (whole "
		"group, UEFI); only at boot: update the firmware; else nothing",
		CHECKS("device-alive", "iommu-enabled")),
	PART(HD_SAYS_VFIO | HD_SAYS_IOMMU, "iommufd object|object to become*",
		"iommufd-object",
		"a program ended while the kernel still used its address space in IOMMUFD: a guest's QEMU that "
		"hangs, or a defect of the kernel",
		"fuser -v /dev/iommu names who has it: end that guest (virsh destroy); it comes again: a newer "
		"kernel, or the guest without IOMMUFD (hostdevctl xml without --iommufd)",
		CHECKS("iommufd-available")),
	PART(HD_SAYS_PCI | HD_SAYS_IOMMU, "unknown option|acs flags*|config_acs|resource_alignment*|"
	     "invalid command line*",
		"kernel-option",
		"a parameter of the kernel's command line has a word or value that this kernel does not know; it "
		"has no effect: '{reason}'",
		"cat /proc/cmdline, then correct it where the boot loader has it: options of pci= and iommu= are "
		"in the kernel's kernel-parameters.txt; pcie_acs_override= is known only to kernels with that "
		"patch (zen, Proxmox); hostdevctl setup --apply writes those that pass-through needs",
		CHECKS("iommu-enabled")),
	/* Linux drivers/net/ethernet: a card's switch, tables, settings of its functions */
	PART(HD_SAYS_NET, "eswitch*|switchdev|representor*|e-switch|adq is active",
		"net-eswitch",
		"the card's switch cannot change its mode or take that rule now: '{reason}'. The mode changes only "
		"while the card has no virtual functions (or none that is used), and without other users of its "
		"queues (ADQ, VF-LAG)",
		"stop the guests, echo 0 > /sys/bus/pci/devices/{address}/sriov_numvfs, devlink dev eswitch set "
		"pci/{address} mode switchdev (or legacy), then the functions again; refused still: the driver's "
		"next line in journalctl -k, tc qdisc del dev of an ADQ set-up, a newer firmware of the card",
		CHECKS("vf-parent-up")),
	PART(HD_SAYS_NET, "safe mode|ddp package*|ddp*|package file",
		"net-safe-mode",
		"Intel's card runs in safe mode without its DDP package: no virtual functions, RSS or other "
		"features",
		"install the file intel/ice/ddp/ice.pkg (linux-firmware, package firmware-misc-nonfree on Debian), "
		"update the initramfs, and load ice again or restart; dmesg | grep -i ddp shows its version",
		CHECKS("vf-parent-up")),
	PART(HD_SAYS_NET, "malicious*|mdd event*|spoof event*|spoofed|anti-spoof*",
		"net-guest-misbehaves",
		"the card or its driver caught a guest's virtual function at what it may not do (a sender's "
		"address that is not its own, a descriptor that is not valid) and dropped it or stopped the "
		"function",
		"which function: its number is in the line. Own addresses are meant (bond, bridge, containers in "
		"the guest): ip link set {interface} vf N spoofchk off trust on; else a defect of the guest's "
		"driver: update it; a stopped function: shut the guest down and start it, or set the function's "
		"MAC again",
		CHECKS("vf-parent-up")),
	PART(HD_SAYS_NET, "all resources are used*|not enough queues*|reserve resources for sriov|"
	     "resources used by pf|request more than*|max number of vfs|vfs requested; only|vfs per pf",
		"net-functions-limit",
		"the card has not enough queues, rings or functions for what is asked for: '{reason}'",
		"fewer virtual functions (cat /sys/bus/pci/devices/{address}/sriov_totalvfs), or fewer queues of "
		"the physical function first: ethtool -L {interface} combined 8, then the number again; in a "
		"guest: fewer queues of the interface; more functions may take a setting of the card's firmware",
		CHECKS("vf-parent-up")),
	PART(HD_SAYS_NET, "since if is down|interface is down*|sriov config request|other operation is pending|"
	     "operation is pending|is not allowed while|when vfs are assigned|vfs are assigned",
		"net-not-now",
		"the card's driver refuses the change at this moment: '{reason}': its interface is down, another "
		"change runs, or a guest has one of the functions",
		"ip link set {interface} up, wait some seconds and try again; virsh list and hostdevctl status "
		"show which guest has a function: stop it before the number, mode or firmware changes",
		CHECKS("vf-parent-up", "holders-free")),
	PART(HD_SAYS_NET, "msg from pf|from pf|get msg|pf driver failure|send to pf|vf resource message|"
	     "reclaiming vfs*|pf error condition|communicate with pf",
		"net-pf-silent",
		"a virtual function gets no answer, or a wrong one, from the driver of its physical function on "
		"the host: that is down, resets, has failed, or is of another age",
		"on the host: ip link set the physical function's interface up, dmesg of its driver at that time "
		"(reset, health, firmware): hostdevctl check with the function's address: vf-parent-up; fine "
		"there: update the guest's driver to the host's age; then start the guest again, which resets the "
		"function",
		CHECKS("vf-parent-up", "device-alive")),
	PART(0, "mfw is not responsive*|mfw|mcp|qed_*|qede*|mailbox command",
		"net-qlogic",
		"the management firmware (MFW) of the QLogic card does not answer its driver, or the card's "
		"functions are not set up: '{reason}'",
		"lspci -vvs of the card: 'rev ff': dead; switch the host off and on: only that restarts its "
		"firmware; it comes again: update the card's firmware; numbers of functions: its setup at boot "
		"(SR-IOV on)",
		CHECKS("device-alive", "vf-parent-up")),
	/* open-gpu-kernel-modules: kernel-open/nvidia, nvidia-drm */
	PART(HD_SAYS_NVIDIA, "failed to enable pci*|enable pci device|request memory regions|map bar0*|"
	     "no events registered*|interrupt capabilities|failed to enable msi*|msi-x entries|"
	     "initialize interrupt|interrupt mechanism|nvkmskapidevice|device post init",
		"nvidia-card-access",
		"NVIDIA's driver does not get at the card: '{reason}': another driver has it (vfio-pci, nouveau), "
		"its memory windows have no addresses, its interrupts cannot be set up, or it does not answer",
		"lspci -nnk -vvs {address}: 'Kernel driver in use' another one: hostdevctl reattach {address}, or "
		"it is a guest's; 'rev ff': switch the host off and on; a Region that is <unassigned>: Above 4G "
		"Decoding in the firmware, in a guest a larger 64-bit window; MSI off (pci=nomsi, "
		"NVreg_EnableMSI=0): remove it; 'NvKmsKapiDevice': the NVRM lines before it are the cause",
		CHECKS("device-alive", "interrupt-remapping")),
	/* Linux drivers/gpu/drm/amd/amdgpu: buffer objects of the rings */
	PART(HD_SAYS_AMDGPU, "bo failed|kernel bo|csb bo|ctx bo|bo for*|wb alloc*|reserve kernel*|"
	     "command buffer!|rptr_offs*|mqd bo*|eop bo*|create hdp*",
		"amdgpu-memory",
		"the driver gets no memory of the card for its own buffers at its start: the card's memory was not "
		"set up (a card that was not reset, a VBIOS that did not run), or its window has no room",
		"lspci -vvs {address}: Region 0 must have an address and size: none: Above 4G Decoding in the "
		"firmware, in a guest <pcihole64>; 'rev ff': switch the host off and on; else the first amdgpu "
		"line with *ERROR* before this one is the cause: paste it into hostdevctl explain",
		CHECKS("device-alive", "reset-works")),
	PART(HD_SAYS_NVIDIA, "no firmware image*|firmware image not*|firmware should be installed*|"
	     "gsp firmware image*",
		"nvidia-firmware-file",
		"NVIDIA's driver does not find its firmware file for the card's processor (GSP), or one of another "
		"version",
		"ls /lib/firmware/nvidia/*/gsp*.bin and modinfo -F version nvidia: the folder must be that "
		"version: install the driver's firmware package again (nvidia-kernel-common, firmware-nvidia-gsp), "
		"and update-initramfs -u or dracut -f if the driver loads early; in a guest the same there",
		CHECKS("device-alive")),
	PART(HD_SAYS_NVIDIA, "excluded|not permitted for*|exclude gpu*|blacklisted*",
		"nvidia-excluded",
		"NVIDIA's driver leaves that card alone because a parameter excludes it",
		"grep -r -e NVreg_ExcludedGpus -e NVreg_GpuBlacklist /etc/modprobe.d /proc/cmdline: remove its "
		"UUID there and load the driver again; the card is for a guest: nothing, it is as wanted",
		CHECKS("device-present")),
	{ .answer = { .id = NULL } },
};
