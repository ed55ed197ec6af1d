/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_dpdk.c - what DPDK, its programs and SPDK say when they cannot use a device. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_dpdk[] = {
	{
		/* DPDK lib/eal/linux/eal.c rte_eal_init */
		"dpdk-hugepages-none", HD_SPEAKER_TOOL,
		{ "EAL: FATAL: Cannot get hugepage information",
		  "EAL: Cannot get hugepage information" },
		"DPDK found no huge page that it can use: none is reserved, all are in use (also by files "
		"that a program which ended left behind), or no hugetlbfs is mounted where this program "
		"sees it",
		"grep Huge /proc/meminfo: HugePages_Total is 0: dpdk-hugepages.py --setup 2G (or sysctl "
		"vm.nr_hugepages=1024); HugePages_Free is 0: remove files of programs that ended (ls -l "
		"/dev/hugepages), and see which guest or program has the rest; pages are free: mount | "
		"grep hugetlbfs, and run it as root or with a folder of its own (--huge-dir). In a "
		"container mount /dev/hugepages into it",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_hugepage_info.c get_num_hugepages */
		"dpdk-hugepages-size-none", HD_SPEAKER_TOOL,
		{ "EAL: No free hugepages reported in hugepages-",
		  "EAL: No available hugepages reported in hugepages-",
		  "EAL: No free {number} kB hugepages reported",
		  "EAL: No available {number} kB hugepages reported" },
		"DPDK looked at each size of huge page that the processor has, and none of this size is "
		"free or reserved",
		"nothing to do if pages of another size are reserved, as is usual for 1 GiB pages; else "
		"grep Huge /proc/meminfo, and dpdk-hugepages.py --setup 2G",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* DPDK lib/eal/linux/eal_memalloc.c alloc_seg, eal_memory.c */
		"dpdk-hugepage-file", HD_SPEAKER_TOOL,
		{ "eal_memalloc_alloc_seg_bulk(): couldn't find suitable memseg_list",
		  "EAL: Not enough memory available! Requested",
		  "EAL: Not enough memory available on socket" },
		"DPDK reserved fewer huge pages than the program wants: too few are free on that NUMA "
		"node, or it may not create files in the hugetlbfs (rights, a cgroup's limit, files of an "
		"earlier run)",
		"cat /sys/devices/system/node/node*/hugepages/hugepages-*/free_hugepages; reserve more on "
		"the card's node (dpdk-hugepages.py --setup 4G --node N) or ask for less (--socket-mem); "
		"remove files that an earlier run left in /dev/hugepages; as a user other than root give "
		"it a mount of its own (--huge-dir)",
		{ "hugepages-on-each-node", "hugepages", "numa-near" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_memory.c rte_eal_using_phys_addrs, eal.c */
		"dpdk-physical-addresses", HD_SPEAKER_TOOL,
		{ "FATAL: Cannot use IOVA as 'PA' since physical addresses are not available",
		  "Expecting 'PA' IOVA mode but current mode is 'VA', not initializing" },
		"DPDK cannot read physical addresses (only root may, from /proc/self/pagemap), and a "
		"device or option wants them instead of the IOMMU's",
		"use the IOMMU: bind the card to vfio-pci with the host's IOMMU on, and start with "
		"--iova-mode=va; without IOMMU (uio_pci_generic, igb_uio, no-IOMMU mode) run the program "
		"as root; in a container with the capability SYS_ADMIN",
		{ "iommu-enabled", "vfio-owned", "no-noiommu" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/common/malloc_heap.c alloc_pages_on_heap */
		"dpdk-iova-mask", HD_SPEAKER_TOOL,
		{ "couldn't allocate memory due to IOVA exceeding limits of current DMA mask" },
		"the addresses that DPDK chose for its memory are wider than the IOMMU of this host (or "
		"of this guest) can translate",
		"start it with --iova-mode=pa as the next line says, as root; in a guest give its IOMMU "
		"more bits (<iommu model='intel'><driver aw_bits='48'/>); or --base-virtaddr=0x100000000",
		{ "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c vfio_type1_dma_mem_map */
		"dpdk-dma-map-memory", HD_SPEAKER_TOOL,
		{ "annot set up DMA remapping, error 12",
		  "Cannot set up DMA remapping, error 12 (Cannot allocate memory)" },
		"the IOMMU did not take DPDK's memory: the user's limit of locked memory is smaller than "
		"the huge pages, or VFIO's limit of mappings (65535) is used up by many small pages",
		"ulimit -l unlimited (limits.conf: memlock; a unit: LimitMEMLOCK=infinity; a container: "
		"--ulimit memlock=-1), then start it again; with memory in 4 KiB pages (--no-huge) also "
		"vfio_iommu_type1.dma_entry_limit=1000000",
		{ "memlock" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c vfio_type1_dma_mem_map */
		"dpdk-dma-map-invalid", HD_SPEAKER_TOOL,
		{ "annot set up DMA remapping, error 22" },
		"the IOMMU refused the addresses of DPDK's memory: they are wider than it translates (a "
		"virtual IOMMU of 39 bits), or they are a range that the firmware reserved",
		"start with --iova-mode=va --base-virtaddr=0x100000000; in a guest give its IOMMU 48 bits "
		"(aw_bits='48'); cat /sys/kernel/iommu_groups/*/reserved_regions on the host shows the "
		"reserved ranges",
		{ "iommu-enabled", "no-direct-region" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c rte_vfio_enable */
		"dpdk-vfio-off", HD_SPEAKER_TOOL,
		{ "VFIO support could not be initialized" },
		"DPDK goes on without VFIO, because the kernel's modules vfio and vfio-pci are not loaded "
		"(or not visible in this container), so devices that are bound to vfio-pci are not found",
		"modprobe vfio-pci, bind the card (dpdk-devbind.py -b vfio-pci ADDRESS), then start it "
		"again; in a container mount /dev/vfio and /sys into it, and load the module on the host",
		{ "vfio-modules", "vfio-owned", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c vfio_set_iommu_type */
		"dpdk-iommu-type", HD_SPEAKER_TOOL,
		{ "unsupported IOMMU type", "failed to select IOMMU type" },
		"VFIO offers DPDK no type of IOMMU that it knows: the host's IOMMU is off or the device "
		"is not in any IOMMU group, or the group has a device that is not with VFIO",
		"find /sys/kernel/iommu_groups -type l: empty: turn the IOMMU on (firmware, "
		"intel_iommu=on) and restart; without an IOMMU at all: echo 1 > "
		"/sys/module/vfio/parameters/enable_unsafe_noiommu_mode, for trusted programs only",
		{ "iommu-enabled", "iommu-group-viable", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c vfio_open_group_fd, vfio_get_group_fd */
		"dpdk-group-open", HD_SPEAKER_TOOL,
		{ "EAL: Failed to open VFIO group {number:group}",
		  "EAL: Failed to open group {number:group}",
		  "EAL: Cannot open /dev/vfio/{number:group}" },
		"DPDK cannot open the node of IOMMU group {group}: another program or guest has it open, "
		"this user has no rights on it, or the container does not have /dev/vfio/{group}",
		"fuser -v /dev/vfio/{group} shows who has it (one program at a time); nobody: ls -l "
		"/dev/vfio/{group}: run as root or give the user the node; in a container: --device "
		"/dev/vfio/vfio --device /dev/vfio/{group}; the node does not exist: the card is not "
		"bound to vfio-pci",
		{ "vfio-node", "vfio-owned", "other-use-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c rte_vfio_setup_device */
		"dpdk-not-vfio", HD_SPEAKER_TOOL,
		{ "not managed by VFIO driver, skipping", "VFIO group does not exist" },
		"the device is not bound to vfio-pci, so DPDK leaves it to the kernel",
		"dpdk-devbind.py --status shows its driver; take it out of use on the host first (ip link "
		"set IFACE down, no address, no bridge), then dpdk-devbind.py -b vfio-pci {address}, or "
		"hostdevctl detach {address}",
		{ "vfio-owned", "network-free", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/common/eal_common_bus.c / drivers/bus/pci/pci_common.c pci_probe_all_drivers */
		"dpdk-device-unusable", HD_SPEAKER_TOOL,
		{ "EAL: Requested device {address} cannot be used" },
		"the driver in DPDK for the card did not start: the reason is in the line above; without "
		"one, no driver of this build knows the card, or the card is not bound to vfio-pci "
		"(Mellanox: to mlx5_core, which stays)",
		"read the line above this one first; none: dpdk-devbind.py --status (drv= must be "
		"vfio-pci), then start with --log-level=pmd,8 --log-level=eal,8; a card that DPDK does "
		"not list as supported cannot be used",
		{ "vfio-owned", "iommu-group-viable", "device-alive" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* DPDK app/test-pmd/testpmd.c, examples: rte_eth_dev_count_avail() is 0 */
		"dpdk-no-ports", HD_SPEAKER_TOOL,
		{ "No probed ethernet devices", "Cause: No Ethernet ports",
		  "Cause: Error: No port available", "Cause: Error: no valid ports" },
		"DPDK started and found no network card that it may use: none is bound to vfio-pci "
		"(Mellanox stays with mlx5_core and needs the library of its driver), the list of "
		"addresses (-a) has another one, or the build lacks the card's driver",
		"dpdk-devbind.py --status: bind the card (dpdk-devbind.py -b vfio-pci ADDRESS); bound: "
		"start with --log-level=eal,8 and read why it was skipped ('group is not viable', 'not "
		"managed', 'cannot be used'); -a must name its address; for shared builds add -d with the "
		"driver's folder",
		{ "vfio-owned", "iommu-group-viable", "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK drivers/common/mlx5/linux/mlx5_common_os.c mlx5_os_get_ibv_device */
		"dpdk-mlx5-verbs", HD_SPEAKER_TOOL,
		{ "Verbs device not found: {address}",
		  "no Verbs device matches PCI device {address}",
		  "mlx5_common: Failed to load driver mlx5_eth" },
		"DPDK uses Mellanox cards through the kernel's mlx5_core and mlx5_ib: that driver does "
		"not have the card (it was bound to vfio-pci), mlx5_ib is not loaded, or the libraries "
		"rdma-core/libibverbs or /dev/infiniband are missing here",
		"do not bind it to vfio-pci: dpdk-devbind.py -b mlx5_core {address}; modprobe mlx5_ib "
		"ib_uverbs; ibv_devices must list it; in a container give it /dev/infiniband and the "
		"capabilities NET_RAW, IPC_LOCK",
		{ "vfio-owned", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal.c rte_eal_config_create */
		"dpdk-primary-runs", HD_SPEAKER_TOOL,
		{ "Is another primary process running?" },
		"a DPDK program with the same name of configuration runs already",
		"fuser -v /var/run/dpdk/rte/config shows it: end it, or start this one with a name of its "
		"own (--file-prefix=NAME) and its own addresses (-a)",
		{ "other-use-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK usertools/dpdk-devbind.py check_modules, bind_one */
		"dpdk-devbind-no-module", HD_SPEAKER_TOOL,
		{ "Warning: no supported DPDK kernel modules are loaded",
		  "Error: no supported modules(DPDK driver) are loaded",
		  "Error: Driver 'vfio-pci' is not loaded" },
		"dpdk-devbind.py binds only to a driver that is loaded, and none of vfio-pci, "
		"uio_pci_generic and igb_uio is",
		"modprobe vfio-pci, then the same command again; for each boot: echo vfio-pci > "
		"/etc/modules-load.d/vfio-pci.conf",
		{ "vfio-modules", "vfio-modules-at-boot", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* Open vSwitch lib/netdev-dpdk.c netdev_dpdk_process_devargs */
		"ovs-dpdk-attach", HD_SPEAKER_TOOL,
		{ "Error attaching device '{address}' to DPDK",
		  "Error attaching device '{text:device}' to DPDK" },
		"Open vSwitch's DPDK could not take the card: it is not bound to vfio-pci, its IOMMU "
		"group is shared, DPDK is not started in it (dpdk-init), or it has too little memory on "
		"the card's node",
		"ovs-vsctl get Open_vSwitch . dpdk_initialized must print true (else "
		"other_config:dpdk-init=true and dpdk-socket-mem, restart it); dpdk-devbind.py --status; "
		"then /var/log/openvswitch/ovs-vswitchd.log around this line: paste its EAL lines into "
		"hostdevctl explain",
		{ "vfio-owned", "iommu-group-viable", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK scripts/setup.sh pci_can_use, and its list of block devices in use */
		"spdk-mounted", HD_SPEAKER_TOOL,
		{ "Active mountpoints on {path:path}, so not binding PCI dev",
		  "so not binding PCI dev" },
		"SPDK's setup.sh leaves the controller to the host, because a disk of it is mounted or "
		"otherwise in use there",
		"lsblk shows what uses it: unmount it, swapoff, stop LVM or RAID on it, and take it out "
		"of /etc/fstab; then run setup.sh again. A disk with the host's own system cannot be "
		"given away. For others alone: PCI_ALLOWED=\"ADDRESS\" scripts/setup.sh",
		{ "storage-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK lib/nvme/nvme_ctrlr.c nvme_ctrlr_process_init, nvme.c */
		"spdk-nvme-init", HD_SPEAKER_TOOL,
		{ "Initialization timed out in state {number:state}",
		  "Failed to construct NVMe controller for SSD", "Failed to initialize SSD" },
		"the NVMe controller did not answer SPDK while it started: it was not reset since its "
		"last user, sleeps or is dead, or its memory could not be mapped (the line before says so)",
		"read the line before it; cat /sys/bus/pci/devices/{address}/config | xxd | head -1: all "
		"ff: it is dead: power the host off and on; else scripts/setup.sh reset, let the kernel's "
		"nvme driver start it (nvme list), and bind it again",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK drivers/net/ixgbe, iavf: mailbox of the physical function */
		"dpdk-vf-parent", HD_SPEAKER_TOOL,
		{ "ixgbevf_dev_init(): PF is still down", "PF is still down" },
		"the physical function of this virtual function is down on the host, so the virtual "
		"function gets no answer",
		"on the host: ip link set PF up (ip link shows its state), then start the program in the "
		"guest again; is the parent bound to vfio-pci or given to DPDK, its driver there must "
		"serve the functions",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux/eal_memory.c rte_mem_virt2phy, rte_eal_using_phys_addrs */
		"dpdk-physical-notice", HD_SPEAKER_TOOL,
		{ "EAL: Cannot obtain physical addresses: {text:reason}. Only vfio will function" },
		"the program runs without the right to read physical addresses, so it can use devices of "
		"vfio-pci and none of uio_pci_generic or igb_uio",
		"nothing to do with vfio-pci and the IOMMU on; else run it as root; read the error after "
		"it",
		{ "iommu-enabled", "vfio-owned" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* SPDK lib/nvme/nvme_pcie_common.c nvme_pcie_ctrlr_map_cmb, nvme_ctrlr.c */
		"spdk-registers", HD_SPEAKER_TOOL,
		{ "*ERROR*: get registers failed",
		  "nvme_pcie_ctrlr_map_cmb: *ERROR*: get registers failed" },
		"the registers of the NVMe disk read all ones: it did not come back after a reset (FLR), "
		"lost its link, or sleeps without power",
		"lspci -s {address}: 'rev ff': power the host off and on, a restart is not enough; newest "
		"firmware of the disk (nvme fw-log, the maker's tool); for the next time a gentler reset: "
		"echo bus or pm > /sys/bus/pci/devices/{address}/reset_method",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
