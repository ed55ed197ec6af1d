/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families.c - who speaks in a line, of what, and which family is that? */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "explain/errno_name.h"
#include "explain/families.h"
#include "explain/subject.h"

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

/* Lower case; a whole word, or with "*" what a word begins with. */
static const struct word {
	const char *word;
	uint32_t bits;
} speakers[] = {
	{ "amdgpu", HD_SAYS_AMDGPU }, { "radeon", HD_SAYS_AMDGPU }, { "gim", HD_SAYS_AMDGPU },
	{ "vendor-reset", HD_SAYS_AMDGPU }, { "vega*", HD_SAYS_AMDGPU }, { "navi*", HD_SAYS_AMDGPU },
	{ "nvrm", HD_SAYS_NVIDIA }, { "nvidia*", HD_SAYS_NVIDIA }, { "nouveau", HD_SAYS_NVIDIA },
	{ "rminitadapter", HD_SAYS_NVIDIA }, { "cuda", HD_SAYS_NVIDIA },
	{ "device handle for gpu", HD_SAYS_NVIDIA }, { "no devices were found", HD_SAYS_NVIDIA },
	{ "nvidia-vgpu*", HD_SAYS_VGPU }, { "vmiop*", HD_SAYS_VGPU }, { "mdev*", HD_SAYS_VGPU },
	{ "vgpu*", HD_SAYS_VGPU }, { "gvt*", HD_SAYS_VGPU }, { "kvmgt", HD_SAYS_VGPU },
	{ "mediated", HD_SAYS_VGPU }, { "nvidia-gridd", HD_SAYS_VGPU }, { "i915", HD_SAYS_IGPU },
	{ "xe", HD_SAYS_IGPU }, { "igd", HD_SAYS_IGPU }, { "opregion", HD_SAYS_IGPU }, { "iavf", HD_SAYS_NET },
	{ "i40e*", HD_SAYS_NET }, { "ixgbe*", HD_SAYS_NET }, { "igb", HD_SAYS_NET }, { "igbvf", HD_SAYS_NET },
	{ "ice", HD_SAYS_NET }, { "igc", HD_SAYS_NET }, { "e1000*", HD_SAYS_NET }, { "r8169", HD_SAYS_NET },
	{ "r8125", HD_SAYS_NET }, { "r8168", HD_SAYS_NET }, { "tg3", HD_SAYS_NET }, { "be2net", HD_SAYS_NET },
	{ "atlantic", HD_SAYS_NET }, { "bnx2*", HD_SAYS_NET }, { "cxgb*", HD_SAYS_NET }, { "qlcnic", HD_SAYS_NET },
	{ "sfc", HD_SAYS_NET }, { "fm10k", HD_SAYS_NET }, { "netdev watchdog", HD_SAYS_NET },
	{ "idpf", HD_SAYS_NET }, { "mlx5*", HD_SAYS_NET }, { "mlx4*", HD_SAYS_NET }, { "bnxt*", HD_SAYS_NET },
	{ "qede*", HD_SAYS_NET }, { "enic", HD_SAYS_NET }, { "devlink", HD_SAYS_NET }, { "avf", HD_SAYS_NET },
	{ "sriov-cni", HD_SAYS_NET }, { "e-switch", HD_SAYS_NET }, { "rtnetlink", HD_SAYS_NET },
	{ "virtchnl", HD_SAYS_NET }, { "aq", HD_SAYS_NET }, { "adminq", HD_SAYS_NET }, { "xhci*", HD_SAYS_USB },
	{ "usb*", HD_SAYS_USB }, { "rndis_host", HD_SAYS_USB }, { "cdc_*", HD_SAYS_USB },
	{ "uvcvideo", HD_SAYS_USB }, { "btusb", HD_SAYS_USB }, { "uas", HD_SAYS_USB }, { "r8152", HD_SAYS_USB },
	{ "ax88179*", HD_SAYS_USB }, { "ehci*", HD_SAYS_USB }, { "ohci*", HD_SAYS_USB }, { "nvme*", HD_SAYS_NVME },
	{ "vfio*", HD_SAYS_VFIO }, { "iommufd", HD_SAYS_VFIO }, { "dpdk", HD_SAYS_VFIO }, { "eal", HD_SAYS_VFIO },
	{ "testpmd", HD_SAYS_VFIO }, { "dmar*", HD_SAYS_IOMMU }, { "amd-vi", HD_SAYS_IOMMU },
	{ "iommu*", HD_SAYS_IOMMU }, { "smmu*", HD_SAYS_IOMMU }, { "arm-smmu*", HD_SAYS_IOMMU },
	{ "ivrs", HD_SAYS_IOMMU }, { "pci", HD_SAYS_PCI }, { "pcie*", HD_SAYS_PCI }, { "aer", HD_SAYS_PCI },
	{ "dpc", HD_SAYS_PCI }, { "bar", HD_SAYS_PCI }, { "efifb", HD_SAYS_PCI }, { "simpledrm", HD_SAYS_PCI },
	{ "simple-framebuffer", HD_SAYS_PCI }, { "vesafb", HD_SAYS_PCI }, { "sysfb", HD_SAYS_PCI },
	{ "qemu*", HD_SAYS_QEMU }, { "kvm", HD_SAYS_QEMU }, { "hw/vfio", HD_SAYS_QEMU },
	{ "libvirt*", HD_SAYS_LIBVIRT }, { "virtqemud", HD_SAYS_LIBVIRT }, { "virsh", HD_SAYS_LIBVIRT },
	{ "state change lock", HD_SAYS_LIBVIRT }, { "virt-manager", HD_SAYS_LIBVIRT },
	{ "virtnodedevd", HD_SAYS_LIBVIRT }, { "domain", HD_SAYS_LIBVIRT }, { "start domain", HD_SAYS_LIBVIRT },
	{ "starting domain", HD_SAYS_LIBVIRT }, { "create domain", HD_SAYS_LIBVIRT },
	{ "internal error", HD_SAYS_LIBVIRT }, { "requested operation is not valid", HD_SAYS_LIBVIRT },
	{ "error: operation failed", HD_SAYS_LIBVIRT }, { "error: operation not supported", HD_SAYS_LIBVIRT },
	{ "unsupported configuration", HD_SAYS_LIBVIRT }, { "xml error", HD_SAYS_LIBVIRT },
	{ "node device", HD_SAYS_LIBVIRT }, { "virpci*", HD_SAYS_LIBVIRT }, { "virdomain*", HD_SAYS_LIBVIRT },
	{ "virnetwork*", HD_SAYS_LIBVIRT }, { "virerror", HD_SAYS_LIBVIRT }, { "qemudomain*", HD_SAYS_LIBVIRT },
	{ "monitor", HD_SAYS_LIBVIRT }, { "apparmor", HD_SAYS_APPARMOR }, { "aa-*", HD_SAYS_APPARMOR },
	{ "avc", HD_SAYS_SELINUX }, { "selinux", HD_SAYS_SELINUX }, { "scontext", HD_SAYS_SELINUX },
	{ "kube*", HD_SAYS_KUBE }, { "virt-launcher", HD_SAYS_KUBE }, { "virt-handler", HD_SAYS_KUBE },
	{ "virt-api", HD_SAYS_KUBE }, { "virt-controller", HD_SAYS_KUBE }, { "pod", HD_SAYS_KUBE },
	{ "pods", HD_SAYS_KUBE }, { "device plugin", HD_SAYS_KUBE }, { "device-plugin", HD_SAYS_KUBE },
	{ "deviceplugin", HD_SAYS_KUBE }, { "admission", HD_SAYS_KUBE }, { "webhook", HD_SAYS_KUBE },
	{ "permittedhostdevices", HD_SAYS_KUBE }, { "nodes", HD_SAYS_KUBE }, { "vmi", HD_SAYS_KUBE },
	{ "virtualmachine*", HD_SAYS_KUBE }, { "gpu operator", HD_SAYS_KUBE }, { "spec.*", HD_SAYS_KUBE },
	{ "nova*", HD_SAYS_NOVA }, { "placement", HD_SAYS_NOVA }, { "novaexception", HD_SAYS_NOVA },
	{ "instance", HD_SAYS_NOVA }, { "no valid host", HD_SAYS_NOVA }, { "pcidevicerequestfailed", HD_SAYS_NOVA },
	{ "neutron*", HD_SAYS_NOVA }, { "cyborg", HD_SAYS_NOVA }, { "pve*", HD_SAYS_PROXMOX },
	{ "task error", HD_SAYS_PROXMOX }, { "qmstart", HD_SAYS_PROXMOX }, { "hostpci*", HD_SAYS_PROXMOX },
	{ "vmid", HD_SAYS_PROXMOX }, { "qm", HD_SAYS_PROXMOX }, { "proxmox", HD_SAYS_PROXMOX },
	{ "bash", HD_SAYS_SHELL }, { "sh", HD_SAYS_SHELL }, { "zsh", HD_SAYS_SHELL },
	{ "write error", HD_SAYS_SHELL }, { "tee", HD_SAYS_SHELL }, { "echo", HD_SAYS_SHELL },
	{ "write /sys*", HD_SAYS_SHELL }, { "cannot create /sys*", HD_SAYS_SHELL }, { "modprobe", HD_SAYS_KMOD },
	{ "insmod", HD_SAYS_KMOD }, { "rmmod", HD_SAYS_KMOD }, { "dkms", HD_SAYS_KMOD }, { "depmod", HD_SAYS_KMOD },
	{ "(code 1*", HD_SAYS_WINDOWS }, { "(code 2*", HD_SAYS_WINDOWS }, { "(code 3*", HD_SAYS_WINDOWS },
	{ "(code 4*", HD_SAYS_WINDOWS }, { "(code 5*", HD_SAYS_WINDOWS }, { "windows", HD_SAYS_WINDOWS },
	{ "nvlddmkm*", HD_SAYS_WINDOWS }, { "amdkmdag*", HD_SAYS_WINDOWS },
	{ "video_tdr_failure", HD_SAYS_WINDOWS }, { "xen*", HD_SAYS_XEN }, { "libxl*", HD_SAYS_XEN },
	{ "xl", HD_SAYS_XEN }, { "pciback*", HD_SAYS_XEN }, { "xapi", HD_SAYS_XEN }, { "qubes*", HD_SAYS_XEN },
	{ "qvm*", HD_SAYS_XEN }, { "dom0", HD_SAYS_XEN }, { "kata*", HD_SAYS_CONTAINER },
	{ "virtcontainers", HD_SAYS_CONTAINER }, { "containerd*", HD_SAYS_CONTAINER },
	{ "podman", HD_SAYS_CONTAINER }, { "docker", HD_SAYS_CONTAINER }, { "crun", HD_SAYS_CONTAINER },
	{ "runc", HD_SAYS_CONTAINER }, { "lxd", HD_SAYS_CONTAINER }, { "lxc", HD_SAYS_CONTAINER },
	{ "incus", HD_SAYS_CONTAINER }, { "start device", HD_SAYS_CONTAINER }, { "gpu device", HD_SAYS_CONTAINER },
	{ "sandbox", HD_SAYS_CONTAINER }, { "shim", HD_SAYS_CONTAINER }, { "looking-glass*", HD_SAYS_SHARED },
	{ "looking glass", HD_SAYS_SHARED }, { "kvmfr*", HD_SAYS_SHARED }, { "ivshmem*", HD_SAYS_SHARED },
	{ "shared memory", HD_SAYS_SHARED }, { "os_shmem*", HD_SAYS_SHARED }, { "mpt2sas*", HD_SAYS_STORAGE },
	{ "mpt3sas*", HD_SAYS_STORAGE }, { "megaraid*", HD_SAYS_STORAGE }, { "hpsa", HD_SAYS_STORAGE },
	{ "aacraid", HD_SAYS_STORAGE }, { "smartpqi", HD_SAYS_STORAGE }, { "ahci", HD_SAYS_STORAGE },
	{ "qla2xxx", HD_SAYS_STORAGE }, { "lpfc", HD_SAYS_STORAGE }, { "mvsas", HD_SAYS_STORAGE },
	{ "pm80xx", HD_SAYS_STORAGE }, { "isci", HD_SAYS_STORAGE }, { "mpi3mr*", HD_SAYS_STORAGE },
	{ "pm8001*", HD_SAYS_STORAGE }, { "arcmsr", HD_SAYS_STORAGE }, { "ovmf*", HD_SAYS_FIRMWARE },
	{ "edk2*", HD_SAYS_FIRMWARE }, { "pflash*", HD_SAYS_FIRMWARE }, { "efidisk*", HD_SAYS_FIRMWARE },
	{ "var store", HD_SAYS_FIRMWARE }, { "uefi", HD_SAYS_FIRMWARE }, { "efi firmware", HD_SAYS_FIRMWARE },
	{ "'efi' firmware", HD_SAYS_FIRMWARE }, { "matching firmware", HD_SAYS_FIRMWARE },
	{ "nvram", HD_SAYS_FIRMWARE }, { "systemd", HD_SAYS_UNIT }, { "systemctl", HD_SAYS_UNIT },
	{ "libusb*", HD_SAYS_USB }, { "apex", HD_SAYS_PCI }, { "gasket", HD_SAYS_PCI }, { "kfd*", HD_SAYS_AMDGPU },
	{ "hsa", HD_SAYS_AMDGPU }, { "rocm*", HD_SAYS_AMDGPU }, { "sriovnetwork*", HD_SAYS_KUBE },
	{ "sriov-network*", HD_SAYS_KUBE }, { "setnodestatestatus", HD_SAYS_KUBE },
	{ "lastsyncerror", HD_SAYS_KUBE }, { "cloud-hypervisor", HD_SAYS_QEMU }, { "vmboot", HD_SAYS_QEMU },
	{ "firecracker", HD_SAYS_QEMU }, { "bhyve", HD_SAYS_QEMU }, { "ppt", HD_SAYS_QEMU },
	{ "crosvm", HD_SAYS_QEMU }, { "acrn*", HD_SAYS_QEMU }, { "syncvmi", HD_SAYS_KUBE },
	{ "host-devices", HD_SAYS_KUBE }, { "hostdevice*", HD_SAYS_KUBE }, { "pci_resource_*", HD_SAYS_KUBE },
	{ "cni", HD_SAYS_KUBE }, { "fabric manager", HD_SAYS_NVIDIA }, { "fabricmanager", HD_SAYS_NVIDIA },
	{ "nvlink", HD_SAYS_NVIDIA }, { "nvml", HD_SAYS_NVIDIA },
}, tried[] = {
	{ "bind", HD_TRIED_BIND }, { "binding", HD_TRIED_BIND }, { "bound", HD_TRIED_BIND },
	{ "driver_override", HD_TRIED_BIND }, { "new_id", HD_TRIED_BIND }, { "drivers_probe", HD_TRIED_BIND },
	{ "unbind*", HD_TRIED_UNBIND }, { "remove_id", HD_TRIED_UNBIND }, { "detach*", HD_TRIED_UNBIND },
	{ "remov*", HD_TRIED_UNBIND }, { "unload*", HD_TRIED_UNBIND }, { "still in use", HD_TRIED_UNBIND },
	{ "leak*", HD_TRIED_UNBIND }, { "duplicate filename", HD_TRIED_UNBIND }, { "reset*", HD_TRIED_RESET },
	{ "flr", HD_TRIED_RESET }, { "reset_method", HD_TRIED_RESET }, { "map*", HD_TRIED_MAP },
	{ "vfio_map_dma", HD_TRIED_MAP }, { "dma_map", HD_TRIED_MAP }, { "mmap*", HD_TRIED_MAP },
	{ "pin*", HD_TRIED_MAP }, { "listener", HD_TRIED_MAP }, { "vfio_region_*", HD_TRIED_MAP },
	{ "ioas*", HD_TRIED_MAP }, { "open*", HD_TRIED_OPEN }, { "access*", HD_TRIED_OPEN },
	{ "probe", HD_TRIED_PROBE }, { "probing", HD_TRIED_PROBE }, { "init*", HD_TRIED_PROBE },
	{ "rminitadapter", HD_TRIED_PROBE }, { "power*", HD_TRIED_POWER }, { "d3*", HD_TRIED_POWER },
	{ "resume*", HD_TRIED_POWER }, { "suspend*", HD_TRIED_POWER }, { "apst", HD_TRIED_POWER },
	{ "aspm", HD_TRIED_POWER }, { "inaccessible", HD_TRIED_POWER }, { "fault*", HD_TRIED_DMA },
	{ "io_page_fault*", HD_TRIED_DMA }, { "dma", HD_TRIED_DMA }, { "firmware", HD_TRIED_FIRMWARE },
	{ "psp", HD_TRIED_FIRMWARE }, { "gsp*", HD_TRIED_FIRMWARE }, { "guc", HD_TRIED_FIRMWARE },
	{ "huc", HD_TRIED_FIRMWARE }, { "ucode", HD_TRIED_FIRMWARE }, { "wpr2", HD_TRIED_FIRMWARE },
	{ "smu", HD_TRIED_FIRMWARE }, { "fw", HD_TRIED_FIRMWARE }, { "licens*", HD_TRIED_LICENCE },
	{ "licenc*", HD_TRIED_LICENCE }, { "nvidia-gridd", HD_TRIED_LICENCE }, { "memlock", HD_TRIED_MEMLOCK },
	{ "rlimit*", HD_TRIED_MEMLOCK }, { "locked memory", HD_TRIED_MEMLOCK }, { "hugepage*", HD_TRIED_MEMLOCK },
	{ "huge page*", HD_TRIED_MEMLOCK }, { "hugetlb*", HD_TRIED_MEMLOCK }, { "mlock*", HD_TRIED_MEMLOCK },
	{ "guest memory", HD_TRIED_MEMLOCK }, { "bar", HD_TRIED_ROOM }, { "bar0", HD_TRIED_ROOM },
	{ "bar1", HD_TRIED_ROOM }, { "bar2", HD_TRIED_ROOM }, { "mmio", HD_TRIED_ROOM },
	{ "window", HD_TRIED_ROOM }, { "no space", HD_TRIED_ROOM }, { "video memory", HD_TRIED_ROOM },
	{ "reserve", HD_TRIED_ROOM }, { "i/o region", HD_TRIED_ROOM }, { "aperture", HD_TRIED_ROOM },
	{ "resizable", HD_TRIED_ROOM }, { "misconfigured", HD_TRIED_ROOM }, { "sriov*", HD_TRIED_SRIOV },
	{ "sr-iov", HD_TRIED_SRIOV }, { "vf", HD_TRIED_SRIOV }, { "vfs", HD_TRIED_SRIOV },
	{ "numvfs", HD_TRIED_SRIOV }, { "virtual function*", HD_TRIED_SRIOV }, { "iov", HD_TRIED_SRIOV },
	{ "msi*", HD_TRIED_MSI }, { "irq*", HD_TRIED_MSI }, { "interrupt*", HD_TRIED_MSI },
	{ "vector*", HD_TRIED_MSI }, { "hotplug*", HD_TRIED_PLUG }, { "attach*", HD_TRIED_PLUG },
	{ "unplug*", HD_TRIED_PLUG }, { "hot-plug*", HD_TRIED_PLUG }, { "device_add", HD_TRIED_PLUG },
	{ "device_del", HD_TRIED_PLUG }, { "group", HD_TRIED_GROUP }, { "viable", HD_TRIED_GROUP },
	{ "acs*", HD_TRIED_GROUP }, { "iommugroup", HD_TRIED_GROUP }, { "iommu_group*", HD_TRIED_GROUP },
	{ "singleton", HD_TRIED_GROUP }, { "timeout*", HD_TRIED_ANSWER }, { "timed out", HD_TRIED_ANSWER },
	{ "time out", HD_TRIED_ANSWER }, { "timedout", HD_TRIED_ANSWER }, { "fallen off", HD_TRIED_ANSWER },
	{ "not ready", HD_TRIED_ANSWER }, { "responding", HD_TRIED_ANSWER }, { "respond", HD_TRIED_ANSWER },
	{ "died", HD_TRIED_ANSWER }, { "dead", HD_TRIED_ANSWER }, { "halt*", HD_TRIED_ANSWER },
	{ "hang*", HD_TRIED_ANSWER }, { "hung", HD_TRIED_ANSWER }, { "xid", HD_TRIED_ANSWER },
	{ "lost", HD_TRIED_ANSWER }, { "stuck", HD_TRIED_ANSWER }, { "giving up", HD_TRIED_ANSWER },
	{ "stall*", HD_TRIED_ANSWER }, { "aer", HD_TRIED_LINK }, { "dpc", HD_TRIED_LINK },
	{ "bus error", HD_TRIED_LINK }, { "uncorrect*", HD_TRIED_LINK }, { "completion timeout", HD_TRIED_LINK },
	{ "tlp", HD_TRIED_LINK }, { "version*", HD_TRIED_VERSION }, { "mismatch*", HD_TRIED_VERSION },
	{ "incompatible", HD_TRIED_VERSION }, { "type*", HD_TRIED_TYPE }, { "instances", HD_TRIED_TYPE },
	{ "available_instances", HD_TRIED_TYPE }, { "create", HD_TRIED_TYPE },
	{ "mdev_supported_types", HD_TRIED_TYPE }, { "profile", HD_TRIED_TYPE }, { "xml", HD_TRIED_XML },
	{ "address", HD_TRIED_XML }, { "controller", HD_TRIED_XML }, { "unsupported configuration", HD_TRIED_XML },
	{ "no 'pci' bus", HD_TRIED_XML }, { "not a valid", HD_TRIED_XML }, { "matching name", HD_TRIED_XML },
	{ "slot", HD_TRIED_XML }, { "property", HD_TRIED_XML }, { "unknown command", HD_TRIED_XML },
	{ "machine type", HD_TRIED_XML }, { "mac", HD_TRIED_MAC }, { "vlan", HD_TRIED_MAC },
	{ "trusted", HD_TRIED_MAC }, { "trust", HD_TRIED_MAC }, { "spoof*", HD_TRIED_MAC },
	{ "malicious", HD_TRIED_MAC }, { "promisc*", HD_TRIED_MAC }, { "eswitch", HD_TRIED_SWITCH },
	{ "e-switch", HD_TRIED_SWITCH }, { "switchdev", HD_TRIED_SWITCH }, { "offloads", HD_TRIED_SWITCH },
	{ "representor", HD_TRIED_SWITCH }, { "lock", HD_TRIED_LOCK }, { "locked", HD_TRIED_LOCK },
	{ "lockfile", HD_TRIED_LOCK }, { "got timeout", HD_TRIED_LOCK }, { "state change lock", HD_TRIED_LOCK },
	{ "already running", HD_TRIED_LOCK }, { "already in use", HD_TRIED_LOCK },
	{ "already active", HD_TRIED_LOCK }, { "rom", HD_TRIED_ROM }, { "romfile", HD_TRIED_ROM },
	{ "rombar", HD_TRIED_ROM }, { "legacy mode", HD_TRIED_ROM }, { "vbios", HD_TRIED_ROM },
	{ "network", HD_TRIED_NETWORK }, { "for interface", HD_TRIED_NETWORK },
	{ "interface mtu", HD_TRIED_NETWORK }, { "network interface", HD_TRIED_NETWORK },
	{ "bridge", HD_TRIED_NETWORK }, { "insufficient*", HD_TRIED_ASSIGN }, { "unschedulable", HD_TRIED_ASSIGN },
	{ "permittedhostdevices", HD_TRIED_ASSIGN }, { "no valid host", HD_TRIED_ASSIGN },
	{ "alias*", HD_TRIED_ASSIGN }, { "inventory", HD_TRIED_ASSIGN }, { "allocat*", HD_TRIED_ASSIGN },
	{ "resource*", HD_TRIED_ASSIGN }, { "claim*", HD_TRIED_ASSIGN },
	{ "pcidevicerequestfailed", HD_TRIED_ASSIGN }, { "no pci device", HD_TRIED_ASSIGN },
	{ "scheduling", HD_TRIED_ASSIGN }, { "device plugin", HD_TRIED_ASSIGN },
	{ "mapping not found", HD_TRIED_ASSIGN }, { "available", HD_TRIED_ASSIGN },
	{ "whitelist", HD_TRIED_ASSIGN }, { "module*", HD_TRIED_MODULE }, { "insert", HD_TRIED_MODULE },
	{ "symbol", HD_TRIED_MODULE }, { "oops", HD_TRIED_KERNEL }, { "bug:", HD_TRIED_KERNEL },
	{ "kernel bug", HD_TRIED_KERNEL }, { "call trace", HD_TRIED_KERNEL }, { "kernel panic", HD_TRIED_KERNEL },
	{ "not syncing", HD_TRIED_KERNEL }, { "lockup", HD_TRIED_KERNEL },
	{ "general protection", HD_TRIED_KERNEL }, { "blocked for more than", HD_TRIED_KERNEL },
	{ "kernel null pointer", HD_TRIED_KERNEL }, { "no iommu", HD_TRIED_IOMMU },
	{ "iommu is not", HD_TRIED_IOMMU }, { "iommu not", HD_TRIED_IOMMU }, { "iommu isn't", HD_TRIED_IOMMU },
	{ "iommu disabled", HD_TRIED_IOMMU }, { "iommu is disabled", HD_TRIED_IOMMU },
	{ "without iommu", HD_TRIED_IOMMU }, { "enable iommu", HD_TRIED_IOMMU },
	{ "enable the iommu", HD_TRIED_IOMMU }, { "enable vt-d", HD_TRIED_IOMMU }, { "vt-d is", HD_TRIED_IOMMU },
	{ "vt-d not", HD_TRIED_IOMMU }, { "intel_iommu=on", HD_TRIED_IOMMU }, { "iommu support", HD_TRIED_IOMMU },
	{ "no vt-d", HD_TRIED_IOMMU }, { "no amd-vi", HD_TRIED_IOMMU }, { "dmar table", HD_TRIED_IOMMU },
	{ "no dmar", HD_TRIED_IOMMU }, { "iommu_groups", HD_TRIED_IOMMU },
};

/* Words of speakers that others use, too: alone they name no family. */
static const char *const weak[] = {
	"admission", "ahci", "apex", "bar", "bash", "cni", "docker", "domain", "echo", "instance",
	"iommu*", "lxc", "monitor", "node device", "nodes", "placement", "pod", "pods",
	"podman", "qm", "sandbox", "sh", "shim", "start device", "systemctl", "tee", "uefi",
	"windows", "xapi", "xe", "xl", "zsh",
};

/*
 * Words of what was tried that decide nothing without a device beside them: files are removed,
 * passwords reset, and downloads time out.
 */
static const char *const need_device[] = {
	"remov*", "unload*", "leak*", "reset*", "timeout*", "timed out", "time out", "timedout",
	"responding", "respond", "died", "dead", "halt*", "hang*", "hung", "lost", "stuck",
	"giving up", "stall*", "still in use", "duplicate filename",
};

/* Those who drive, pass or isolate a device. */
#define DEVICE_SPEAKERS (HD_SAYS_AMDGPU | HD_SAYS_NVIDIA | HD_SAYS_VGPU | HD_SAYS_IGPU | HD_SAYS_NET | \
			 HD_SAYS_USB | HD_SAYS_NVME | HD_SAYS_VFIO | HD_SAYS_IOMMU | HD_SAYS_PCI | \
			 HD_SAYS_STORAGE | HD_SAYS_WINDOWS | HD_SAYS_XEN | HD_SAYS_SHARED)

#define NAMING_DEVICES 5	/* the first of them speak of the host's */
static const char *const devices[] = {
	"hostdev*", "hostpci*", "host device*", "node device", "gpu", "gpus", "graphics card",
	"graphics", "card", "controller", "adapter", "virtual function*", "vf", "vfs", "pf",
	"device", "devices", "framebuffer", "function", "passthrough", "driver",
};

/* The first answer in the order of the tables, if SKIP of them are left out; NULL: there are no more. */
static const struct hd_message *answer_behind(size_t skip)
{
	for (const struct hd_deed *row = hd_families_deed; row->family.answer.id; row++)
		if (skip-- == 0)
			return &row->family.answer;
	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++)
		for (const struct hd_family *row = tables[i]; row->answer.id; row++)
			if (skip-- == 0)
				return &row->answer;
	for (size_t i = 0; i < HD_ARRAY_SIZE(typed); i++)
		for (const struct hd_typed *row = typed[i]; row->answer.id; row++)
			if (skip-- == 0)
				return &row->answer;
	return hd_family_other(skip);
}

const struct hd_message *hd_family_next(size_t *at)
{
	const struct hd_message *ret = answer_behind(*at);

	*at += ret != NULL;
	return ret;
}

bool hd_family_is_in(const struct hd_family *table, const struct hd_message *answer)
{
	for (const struct hd_family *row = table; row->answer.id; row++)
		if (&row->answer == answer)
			return true;
	return false;
}

bool hd_family_is_of_reason(const struct hd_message *answer)
{
	return hd_family_is_in(hd_families_refusal, answer) || hd_family_is_in(hd_families_release, answer) ||
	       hd_family_is_in(hd_families_manager, answer);
}

const struct hd_message *hd_family_find(const char *id)
{
	const struct hd_message *answer;

	for (size_t at = 0; (answer = hd_family_next(&at));)
		if (!strcmp(answer->id, id))
			break;
	return answer;
}

static uint32_t bits_of(const char *line, const struct word *words, size_t n)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < n; i++)
		if ((bits & words[i].bits) != words[i].bits && hd_word_is_in(line, words[i].word))
			bits |= words[i].bits;
	return bits;
}

static uint32_t tried_of(const char *reason, bool has_device)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(tried); i++)
		if ((bits & tried[i].bits) != tried[i].bits && hd_word_is_in(reason, tried[i].word) &&
		    (has_device || !HD_IS_ANY(tried[i].word, need_device)))
			bits |= tried[i].bits;
	return bits;
}

static uint32_t strong_bits_of(const char *line)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(speakers); i++)
		if ((bits & speakers[i].bits) != speakers[i].bits &&
		    !HD_IS_ANY(speakers[i].word, weak) && hd_word_is_in(line, speakers[i].word))
			bits |= speakers[i].bits;
	return bits;
}

/* What a line says of itself. */
struct said {
	uint32_t speakers;
	uint32_t strong;	/* without weak words */
	uint32_t tried;
	const char *errno_name;	/* or NULL */
	const char *line, *reason;
	bool has_device;	/* it speaks of a device, of whatever kind */
	bool names_device;	/* it names a device of the host, or speaks of passing one */
	bool is_guess;
};

/* One word of many that is common proves nothing: it takes a second sign, or one that proves more. */
static bool is_enough(const struct hd_family *row, const struct said *said)
{
	if (said->is_guess || row->errnos || row->words || row->tried == HD_TRIED_KERNEL ||
	    row->tried == HD_TRIED_IOMMU)
		return true;
	if (row->tried)
		return row->speakers || said->speakers || said->errno_name;
	return row->speakers & said->strong;
}

static bool fits(const struct hd_family *row, const struct said *said)
{
	return (!row->speakers || (row->speakers & said->speakers)) &&
	       (!row->tried || (row->tried & said->tried)) &&
	       (!row->errnos || (said->errno_name && hd_text_has_word(row->errnos, said->errno_name))) &&
	       (!row->words || hd_family_has_words(said->reason, row->words)) &&
	       is_enough(row, said);
}

/* Whoever names a PCI function speaks of it. */
static bool names_function(const char *line)
{
	struct hd_arena scratch = { 0 };
	bool ret = hd_subject_address(line, &scratch) != NULL;

	hd_arena_done(&scratch);
	return ret;
}

#define CARDS ((uint32_t)(HD_SAYS_NVIDIA | HD_SAYS_AMDGPU | HD_SAYS_IGPU))

/*
 * What a shell says of a file below /sys, it says itself: the names of drivers in the file's or the
 * script's path do not speak.  RECORD: the words of its message.
 */
static void add_speakers(struct said *said, const char *line, const char *record)
{
	uint32_t pci = names_function(line) ? HD_SAYS_PCI : 0;

	if (strstr(line, "/dev/") || strstr(line, "/sys/"))
		pci |= HD_SAYS_FILE;
	said->speakers = bits_of(record, speakers, HD_ARRAY_SIZE(speakers)) | pci;
	said->strong = strong_bits_of(record) | pci;
	if (hd_subject_is_resource(line)) {	/* of Kubernetes, and no driver */
		said->speakers = (said->speakers & ~CARDS) | HD_SAYS_KUBE;
		said->strong = (said->strong & ~CARDS) | HD_SAYS_KUBE;
	}
	if ((said->speakers & HD_SAYS_SHELL) && (strstr(line, "/sys/") || strstr(line, "write error"))) {
		said->speakers &= HD_SAYS_SHELL | HD_SAYS_KMOD | HD_SAYS_VGPU;
		said->strong &= said->speakers;
	}
}

/* The first row of TABLE that fits, or NULL. */
static const struct hd_family *find_in(const struct hd_family *table, const struct said *said)
{
	struct said asked = *said;

	if (table == hd_families_plain && said->names_device)
		return NULL;
	if (table == hd_families_reason)
		asked.reason = hd_subject_innermost(said->reason);
	for (const struct hd_family *row = table; row->answer.id; row++)
		if (fits(row, &asked))
			return row;
	return NULL;
}

static bool is_weak(const struct hd_family *row)
{
	return !row->tried && !row->words && !(row->speakers && row->errnos);
}

/* Who speaks, or an error alone, says less than what the error is about. */
static const struct hd_family *find_family(const struct said *said)
{
	const struct hd_family *ret = hd_deed_of(said->line, said->errno_name), *better = NULL;

	for (size_t i = 0; i < HD_ARRAY_SIZE(tables) && !ret; i++)
		ret = find_in(tables[i], said);
	if (ret && !is_weak(ret))
		return ret;
	better = said->errno_name ? find_in(hd_families_path, said) : NULL;
	better = better ? better : find_in(hd_families_trouble, said);
	return better ? better : ret;
}

static bool has_any(const char *line, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (hd_word_is_in(line, words[i]))
			return true;
	return false;
}

static struct said said_by(const char *line, const char *reason, struct hd_arena *arena)
{
	struct said ret = { .errno_name = hd_errno_name(reason), .line = line, .reason = reason };

	add_speakers(&ret, line, hd_words_of(hd_subject_record(line), true, arena));
	line = hd_words_of(line, true, arena);
	reason = hd_words_of(reason, false, arena);
	ret.names_device = (ret.strong & (DEVICE_SPEAKERS & ~HD_SAYS_SHARED)) ||
			   has_any(line, devices, NAMING_DEVICES);
	ret.has_device = (ret.speakers & DEVICE_SPEAKERS) ||
			 has_any(reason, devices, HD_ARRAY_SIZE(devices));
	ret.tried = tried_of(reason, ret.has_device);
	ret.tried |= hd_subject_is_mediated(reason) ? (uint32_t)HD_TRIED_MEDIATED : 0;
	return ret;
}

/* The family of what SAID is with more NAMES; IS_GUESS: one sign is enough. */
static const struct hd_family *family_of(const char *line, const char *reason, uint32_t names, bool is_guess)
{
	struct hd_arena scratch = { 0 };
	struct said said = said_by(hd_without_names(line, &scratch), hd_without_names(reason, &scratch), &scratch);
	const struct hd_family *ret;

	said.is_guess = is_guess;
	said.speakers |= names;
	ret = find_family(&said);
	hd_arena_done(&scratch);
	return ret;
}

const struct hd_family *hd_family_of(const char *line, const char *reason)
{
	return family_of(line, reason, 0, false);
}

const struct hd_family *hd_family_guess(const char *line, const char *reason, uint32_t names)
{
	return family_of(line, reason, names, true);
}
