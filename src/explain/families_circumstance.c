/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_circumstance.c - what did somebody do just before it failed?
 *
 * "When X is enabled", "after installing Y": what was done last is the first thing to undo, before anything that is
 * usual for such a device.  Asked before the tables that know devices and complaints only.
 */
#include "config.h"

#include "explain/families_typed.h"

#define ON "enabled|enable|enabling|turn on|turned on|turning on|switch on|switched on|is on|on in|activate|" \
	"activated|activating|set to on"
#define INSTALLED "installing|installed|install|updating the driver|updated the driver|driver update|new driver"
#define BREAKS "not|crash*|freez*|froze*|hang|hangs|hanging|hung|bsod*|blue screen*|black|reboots|loop|loops|stuck|" \
	"fail*|error*|lose*|lost|gone|breaks|broke|broken|refuse*|unusable|disappear*|missing|dies|stops|stopped|" \
	"inaccessible*|crackl*|stutter*|dead"
/* But not that the device was added: without it there is nothing to ask. */
#define CHANGED "after enabling|after changing|after i chang*|since i chang*|after switching|after i switch*|" \
	"after moving|after i moved|after i replaced|after replacing|since changing|since switching|after swapping|" \
	"after i enabled|when i enable|once i enable|as soon as i enable|when i switch|after setting|after i set|" \
	"since i set"
#define CONNECTED "once i add*|when i add|after adding|as soon as|when i connect|connect*|add"
#define STOPPED "after stop*|after shut*|after the vm|after vm|when the vm stops|when i stop|after clos*|" \
	"after powering off|after i shut*|when i shut*|after the guest|once the vm is off"

const struct hd_typed hd_families_circumstance[] = {
	TYPED("duplicate", "twice|duplicate*|duplicated|two times|double entr*|doubled|more than once",
	      "xml|config*|definition|hostdev*|hostpci*|entry|entries|device|devices|gpu|pci|vm|guest|list*",
	      "error*|refuse*|not|fail*|same|duplicate*|twice",
	      "the definition has one device in two entries, which libvirt (since 7.7) and QEMU refuse: added by hand "
	      "and by a manager, or an alias or address of the guest that two devices share",
	      "virsh dumpxml --inactive {guest} | grep -A6 hostdev (Proxmox: qm config VMID, KubeVirt: kubectl get vm "
	      "-o yaml): of two with the same address below <source>, remove one (virsh edit, qm set VMID --delete "
	      "hostpci1); the same <address> or <alias> outside of <source> twice: remove that element of one of "
	      "them; a manager that adds it again: take the device out there and put it in once",
	      CHECKS("guest-topology", "device-present")),
	TYPED("rebar-on", "resizable bar|rebar|resizable-bar|re-size bar|smart access memory|sam", ON, BREAKS,
	      "with resizable BAR on, the card's memory window is as large as its memory: the guest's firmware or "
	      "driver, or an older card's reset, does not manage that",
	      "undo it first: off in the host's firmware: the guest runs again: that is the cause. To keep it for the "
	      "host's own card: make the window of the passed card small before the start (echo 8 > "
	      "/sys/bus/pci/devices/{address}/resource0_resize is 256 MiB; the number is the power of two in MiB), or "
	      "give the guest room: OVMF with opt/ovmf/X-PciMmio64Mb; macOS: ResizeAppleGpuBars 0",
	      CHECKS("device-alive", "guest-topology")),
	TYPED("secure-boot-on", "secure boot|secureboot", ON "|with secure boot", BREAKS,
	      "with Secure Boot, firmware and kernel take only what is signed: of the guest, its driver and the "
	      "card's ROM; of the host, its modules (vfio-pci is signed, DKMS modules are not), and direct access to "
	      "devices",
	      "undo it first: off in the firmware of that side (guest: OVMF without secure-boot, or its setup "
	      "screen): it works: that is the cause. To keep it: guest: sign the driver (mokutil --import, or the "
	      "distribution's signed package), a signed ROM; host: sign DKMS modules, cat "
	      "/sys/kernel/security/lockdown",
	      CHECKS("kernel-modules-installed", "rom-file")),
	TYPED("iommu-on", "iommu|vt-d|amd-vi|intel_iommu*|amd_iommu*|acs override|acs", ON "|makes|adding",
	      "host|wifi|wi-fi|network|boot|system|machine|disk|nvme|usb|sound|computer|pc|freez*",
	      "with the IOMMU on, a device of the host reaches only the memory that its driver was given, and a "
	      "driver or firmware that does not keep to that stops working: it is that device, not the one for the "
	      "guest",
	      "iommu=pt beside the parameter leaves the host's own devices alone: try that first; dmesg | grep -e "
	      "DMAR -e AMD-Vi -e fault names the device that breaks: a newer firmware of the machine and driver for "
	      "it; graphics: intel_iommu=on,igfx_off; an ACS override takes protection away and mends no group: leave "
	      "it out. It does not boot: 'e' in the boot menu and take the parameter off",
	      CHECKS("iommu-passthrough-mode", "boot-parameters-active", "no-acs-override")),
	TYPED("hyperv-on", "hyper-v|hyperv|wsl|wsl2|memory integrity|core isolation|vbs|docker desktop",
	      ON "|" INSTALLED "|with", BREAKS,
	      "Windows then runs on its own hypervisor inside the guest: that needs nested virtualization of the "
	      "host, costs speed, and does not start with some CPU models and Hyper-V settings of the guest",
	      "undo it first: bcdedit /set hypervisorlaunchtype off in the guest (from its recovery screen if it "
	      "loops), and memory integrity off: it runs again: that is the cause. To keep it: <cpu "
	      "mode='host-passthrough'> with vmx or svm on, nested=1 of kvm_intel or kvm_amd, without <feature "
	      "policy='disable' name='hypervisor'/>",
	      CHECKS("cpu-virtualization")),
	TYPED("hugepages-on", "huge pages|hugepages|hugepage|1g pages", ON "|with|adding|use|using|applying", BREAKS,
	      "the guest asks for huge pages, and the host has too few free, of another size, or on another NUMA node",
	      "undo it first: without <hugepages/> in <memoryBacking> the guest starts: that is the cause. To keep "
	      "it: hostdevctl setup hugepages {guest} reserves them at each boot; now: grep Huge /proc/meminfo: "
	      "HugePages_Free times the size must cover the guest: sysctl vm.nr_hugepages=N right after the boot",
	      CHECKS("hugepages", "hugepages-on-each-node")),
	TYPED("balloon-on", "balloon*", ON "|with|device", BREAKS,
	      "a guest with host devices has all of its memory locked: a balloon cannot give any of it back, and what "
	      "it takes the device may write to",
	      "<memballoon model='none'/> (Proxmox: balloon: 0, memory as the minimum): it starts again; free memory "
	      "must cover all of the guest's: free -h",
	      CHECKS("memlock", "hugepages")),
	TYPED("after-driver", INSTALLED, "driver|drivers|guest-tools|virtio*|adrenalin|geforce*|software|tools|agent",
	      "crash*|freez*|froze*|hang|hangs|hanging|bsod*|blue screen*|black|reboots|loop|loops|stuck|"
	      "inaccessible*|not boot|fail to boot|fails to boot|not start|dies|unusable",
	      "what was installed in the guest is what fails: the driver starts the card in earnest only now (power, "
	      "interrupts, its firmware), or does not fit this card, this release of the host, or the disk it boots "
	      "from",
	      "undo it first: start the guest without the device (comment its <hostdev> out), or in safe mode, and "
	      "remove what was installed (DDU on Windows, apt purge): it runs as before: another version of it, older "
	      "first; a disk driver ('inaccessible boot device'): put the disk back on SATA, boot, then change it. "
	      "The same with each version: hostdevctl check {address}: reset-works; a ROM file for the card; "
	      "journalctl -k -b -g vfio at that second",
	      CHECKS("reset-works", "rom-file", "device-alive")),
	TYPED("second-added", "second|another|two|both|2nd", CONNECTED,
	      "gpu|card|device|monitor|display|screen|nic|function",
	      "one works and the second does not: it is in a group or on a bus with something else, the guest has no "
	      "port or room for its window, or power and slots of the machine do not carry both",
	      "each alone first: the second alone fails, too: it is that device: hostdevctl check {address}; only "
	      "together: a pcie-root-port of its own for each, more 64-bit room (OVMF X-PciMmio64Mb), <memory> of the "
	      "guest that the host can lock, functions of one card on one slot with multifunction='on'; a monitor: "
	      "another output or cable, then the driver of the guest",
	      CHECKS("guest-topology", "iommu-group-viable", "memlock")),
	TYPED("host-after-end", STOPPED, "host|hosts|linux|my machine|my pc|desktop",
	      "network|nic|ethernet|wifi|disk|nvme|drive|usb|keyboard|mouse|no gpu|lose*|lost|gone|missing",
	      "the guest has ended, and its device did not go back to the host's driver: it is still on vfio-pci, was "
	      "not reset, or the host's service for it was not started again",
	      "on the host: hostdevctl status: who has it now; lspci -nnk: 'driver in use: vfio-pci': hostdevctl "
	      "reattach {address} (managed='yes' in its <hostdev> does that at each end); its own driver, but nothing "
	      "works: journalctl -k -b -n 50 has the driver's error: a device that does not reset needs the host off "
	      "and on; a network card: its connection must be brought up again (nmcli device connect, ip link set up)",
	      CHECKS("driver-release-safe", "reset-works", "hook-installed")),
	TYPED("after-change", CHANGED, BREAKS,
	      GUEST "|" DEVICE "|host|driver|boot|start*",
	      "it worked before that change, so the change is the cause until it is undone: '{reason}'",
	      "undo it first, alone, and try again: it works: do it once more in its smallest part, and look right "
	      "then at "
	      "journalctl -k -b -n 50 and " GUEST_LOG " (hostdevctl explain their errors); it still fails: what else "
	      "changed with it: hostdevctl check {guest} on the host, virsh dumpxml {guest} against an older copy "
	      "(/etc/libvirt/qemu, /etc/pve), the log of the last updates",
	      CHECKS("device-present", "iommu-group-viable", "boot-parameters-active")),
	{ .answer = { .id = NULL } },
};
