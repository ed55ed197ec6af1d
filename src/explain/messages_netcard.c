/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_netcard.c - what network cards' drivers say of their functions, firmware and link. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_netcard[] = {
	{
		/* drivers/net/ethernet/intel/i40e/i40e_virtchnl_pf.c i40e_alloc_vfs, ice/ice_sriov.c */
		"net-vfs-not-made", HD_SPEAKER_KERNEL,
		{ "Failed to enable SR-IOV: -" },
		"the kernel could not create virtual functions: the bridge above has no room for their "
		"memory or bus numbers (-12, -28), SR-IOV is off in the firmware (-38, -19), or functions "
		"exist already (-16)",
		"the lines before it from pci ({address}: BAR ... can't assign; bus number out of range) "
		"tell which; enable SR-IOV, Above 4G Decoding and ARI in the firmware, pci=realloc "
		"(pci=assign-busses for bus numbers) as a kernel parameter, update the firmware; write 0 "
		"to sriov_numvfs first",
		{ "sriov-vfs-off", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/igb/igb_main.c igb_sw_init, drivers/net/ethernet/mellanox/mlx4/main.c */
		"igb-vfs-most", HD_SPEAKER_KERNEL,
		{ "Maximum of {number:most} VFs per PF, using max",
		  "VFs, but FW does not support more than {number:most}" },
		"the driver can make fewer virtual functions than were asked for",
		"cat /sys/bus/pci/devices/{address}/sriov_totalvfs shows the most; write that number or "
		"fewer (0 first); Mellanox: set NUM_OF_VFS in the card (mlxconfig), then a cold start",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/i40e/i40e_main.c i40e_probe, ice/ice_controlq.c ice_aq_ver_check */
		"net-nvm-old", HD_SPEAKER_KERNEL,
		{ "detected an older version of the NVM image than expected",
		  "detected a newer version of the NVM image" },
		"firmware of the card and driver are not of one release; the driver goes on",
		"nothing to do, unless functions or links fail: then update the card's NVM with Intel's "
		"tool for the server's maker, or the driver",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/net/ethernet/intel/i40e/i40e_main.c i40e_probe, ice/ice_controlq.c, ixgbe/ixgbe_main.c */
		"net-nvm-stopped", HD_SPEAKER_KERNEL,
		{ "The driver for the device stopped because the NVM image",
		  "The driver for the device stopped because the device firmware",
		  "irmware recovery mode detected. Limiting functionality" },
		"the driver does not serve the card, because its firmware is of a release that it does "
		"not know, or broken (recovery mode)",
		"install Intel's newest driver (or kernel) where the driver runs; recovery mode: write "
		"the NVM again with Intel's nvmupdate, then power the host off and on; until then "
		"vfio-pci can still give the card to a guest with a newer driver",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/igb/igb_main.c igb_probe, e1000e/netdev.c, ixgbe_main.c */
		"net-nvm-checksum", HD_SPEAKER_KERNEL,
		{ "The NVM Checksum Is Not Valid", "The EEPROM Checksum Is Not Valid" },
		"the driver read nonsense as the card's stored settings: the card does not answer (all "
		"ones after a failed reset or in deep sleep), or its memory is damaged",
		"lspci -s {address}: 'rev ff': power the host off and on (pull the plug for onboard "
		"cards); in a guest also try without the ROM (<rom bar='off'/>); only if it stays on the "
		"bare host: write the NVM again with the maker's tool",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/igc/igc_main.c igc_rd32, igb/igb_main.c, ixgbe/ixgbe_main.c, ixgbevf */
		"net-register-lost", HD_SPEAKER_KERNEL,
		{ "Failed to read reg 0x{hex:register}!", "Adapter removed{near:ixgbe}" },
		"the network card no longer answers over PCIe: its link is lost, because power saving "
		"(ASPM) or a suspend put it to sleep, somebody reset it, or it is defective",
		"lspci -s {address}: 'rev ff': power the host off and on; then pcie_aspm=off and "
		"pcie_port_pm=off as kernel parameters, newest firmware of board and card; a card that a "
		"guest uses: do not suspend the host",
		{ "device-alive", "power-state", "sleep-handled" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/i40e/i40e_main.c i40e_handle_mdd_event */
		"net-mdd-disabled", HD_SPEAKER_KERNEL,
		{ "Too many MDD events on VF {number:vf}, disabled",
		  "Use PF Control I/F to re-enable the VF" },
		"the card turned a virtual function off, because the driver in the guest sent "
		"descriptors that it may not (malicious driver detection): a driver in the guest that "
		"does not fit, DPDK with wrong offloads, or a packet that is too large",
		"ip link set PF vf N state disable, then state enable turns it on again; update iavf or "
		"DPDK in the guest, MTU not above the one of the PF; ice: ethtool --set-priv-flags PF "
		"mdd-auto-reset-vf on",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/i40e/i40e_virtchnl_pf.c, ice/ice_virtchnl.c, ixgbe/ixgbe_sriov.c */
		"net-vf-unprivileged", HD_SPEAKER_KERNEL,
		{ "Unprivileged VF {number:vf} is attempting to configure promiscuous mode",
		  "VF {number:vf} requested MACVLAN filter but is administratively denied" },
		"the guest's function wants to see all packets or have more addresses than its own (a "
		"bridge, macvlan, VRRP or a capture in the guest), and the host does not trust it",
		"ip link set PF vf N trust on spoofchk off on the host (ip link show PF lists the "
		"functions), only for guests that you trust; then set the interface in the guest down and "
		"up",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/igb/igb_main.c igb_set_vf_vlan_msg, ixgbe/ixgbe_sriov.c */
		"net-vf-mac-kept", HD_SPEAKER_KERNEL,
		{ "attempted to override administratively set VLAN tag",
		  "attempted to override administratively set VLAN configuration" },
		"the guest wants a VLAN of its own on a function for which the host set one",
		"take the VLAN away in the guest, whose packets get the host's one anyway, or on the host (ip link set "
		"PF vf N vlan 0; no <vlan> in its <interface type='hostdev'>), and load the driver in the guest again",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/intel/iavf/iavf_main.c, igbvf/netdev.c, ixgbevf/ixgbevf_main.c */
		"net-vf-mac-random", HD_SPEAKER_KERNEL,
		{ "Invalid MAC address {text:mac}, using random",
		  "MAC address not assigned by administrator",
		  "Assigning random MAC address" },
		"the host gave the function no MAC address, so the guest's driver makes one of its own at "
		"each start",
		"nothing to do, unless the address must stay: then ip link set PF vf N mac ADDRESS on the "
		"host, or <mac address='...'/> in <interface type='hostdev'>",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/net/ethernet/intel/iavf/iavf_main.c iavf_reset_task, iavf_disable_vf, iavf_watchdog_task */
		"iavf-reset-loop", HD_SPEAKER_KERNEL,
		{ "Reset never finished (", "Reset task did not complete, VF disabled",
		  "Hardware came out of reset. Attempting reinit" },
		"the physical function reset this virtual function (somebody changed its settings on the "
		"host, its link went down, the card reset), and the driver waits for it to come back",
		"on the host: dmesg | grep {address} and ip link show: the PF must be up and its driver "
		"not restart; once is harmless; again and again: update i40e/ice and iavf to one release, "
		"set MAC, VLAN and trust before the guest starts",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/emulex/benet/be_cmds.c be_cmd_compl_process */
		"be2net-opcode", HD_SPEAKER_KERNEL,
		{ "opcode {number:opcode}-{number:subsystem} failed:status {number:status}-{number:extra}" },
		"the firmware of the Emulex card refused a command of the driver (status "
		"{status}-{extra}; 1-66: this function has no right to, 1-76: the address exists "
		"already): often a virtual function whose setting only the host may change, or whose MAC "
		"another one has",
		"on the host ip link show: give each function its own MAC (ip link set PF vf N mac ...), "
		"delete the functions (sriov_numvfs 0) and make them again; newest firmware of the card",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/mellanox/mlx5/core/health.c print_health_info */
		"mlx5-health", HD_SPEAKER_KERNEL,
		{ "print_health_info:{text:place}: assert_exit_ptr", "assert_var[0] 0x",
		  "Health issue observed," },
		"the firmware of the Mellanox card reports heat, or stopped with an error, and the driver "
		"prints its state: then everything on the card, also its virtual functions, waits until it "
		"was reset",
		"devlink health show pci/{address}; devlink health recover pci/{address} reporter "
		"fw_fatal, else echo 1 > remove and rescan, or power the host off and on; guests with its "
		"functions must be restarted; then newer firmware, and look for heat and slot power",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/pci.c __pcie_print_link_status */
		"net-bandwidth", HD_SPEAKER_KERNEL,
		{ "Gb/s available PCIe bandwidth, limited by Unknown" },
		"the kernel tells how fast the link to the card is; \"0.000 Gb/s, limited by Unknown\" is "
		"usual in a guest, whose virtual ports have no speed",
		"nothing to do, unless the card is slow on the host and the line says 'limited by': then "
		"use a slot with more lanes, clean its contacts, or choose the generation in the firmware",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/net/ethernet/mellanox/mlx4/main.c, cmd.c */
		"mlx4-not-ready", HD_SPEAKER_KERNEL,
		{ "PF is not responsive, skipping initialization", "Skipping virtual function:",
		  "INIT_HCA command failed, aborting", "timed out (go bit not cleared)" },
		"the old Mellanox driver could not start the card or function: the host's mlx4_core does "
		"not answer the function (down, or the function is kept from the host by probe_vf), or "
		"the card's firmware hangs",
		"on the host: mlx4_core must have the card, options mlx4_core num_vfs=N probe_vf=0 "
		"('Skipping virtual function' is wanted then); power the host off and on if commands time "
		"out; newest firmware (mstflint)",
		{ "vf-parent-up", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/broadcom/bnxt/bnxt_hwrm.c, bnxt_sriov.c */
		"bnxt-firmware", HD_SPEAKER_KERNEL,
		{ "Error (timeout: {number:timeout}) msg",
		  "Reject SRIOV config request since if is down" },
		"the firmware of the Broadcom card did not answer or is slow: it hangs, is older than the "
		"driver, or (SR-IOV) the interface is down, which this driver wants up",
		"ip link set IFACE up before sriov_numvfs is written; firmware: bnxtnvm or niccli, newest "
		"of the card's maker; timeouts: devlink dev reload pci/{address} action fw_activate, else "
		"power the host off and on",
		{ "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/realtek/r8169_main.c rtl_loop_wait */
		"r8169-link-dead", HD_SPEAKER_KERNEL,
		{ "rtl_chipcmd_cond == 1 (loop", "rtl_phyar_cond == ", "rtl_ephyar_cond == ",
		  "rtl_eriar_cond == " },
		"the Realtek card does not answer its driver: power saving (ASPM) put its link to sleep, "
		"or it was not reset since a guest had it",
		"lspci -s {address}: 'rev ff' or not: power the host off and on (pull the plug); then "
		"pcie_aspm=off as a kernel parameter; in a guest r8168 or a newer kernel",
		{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/pcie/aspm.c __pci_disable_link_state */
		"r8169-aspm", HD_SPEAKER_KERNEL,
		{ "can't disable ASPM; OS doesn't have ASPM control" },
		"the firmware keeps the power saving of PCIe links to itself, so the driver cannot turn "
		"it off",
		"nothing to do, unless the device is lost under load: then turn ASPM off in the firmware",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/net/ethernet/realtek/r8169_main.c rtl_init_one */
		"r8169-unknown-chip", HD_SPEAKER_KERNEL,
		{ "unknown chip XID {hex:chip}" },
		"the kernel's driver does not know this Realtek chip ({chip}): it is newer than the kernel",
		"a newer kernel where the driver runs, or Realtek's own driver (r8125, r8126, r8168); "
		"ffffffff or fcf as the number: the card does not answer: power the host off and on",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/sfc/ef10_sriov.c, ef100_sriov.c, siena/siena_sriov.c */
		"sfc-no-vfs", HD_SPEAKER_KERNEL,
		{ "Failed to enable SRIOV VFs", "no SR-IOV VFs probed" },
		"the Solarflare card made no virtual functions: its firmware has none set up, or the "
		"bridge above has no room for them",
		"sfboot --adapter=IFACE switch-mode=sriov vf-count=8, then power the host off and on; "
		"SR-IOV on in the machine's firmware",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/ethernet/mellanox/mlx5/core/eswitch_offloads.c mlx5_devlink_eswitch_mode_set */
		"devlink-eswitch-busy", HD_SPEAKER_TOOL,
		{ "Can't change mode, E-Switch is busy" },
		"the card's switch cannot change its mode now: functions of it are in use, rules are "
		"offloaded, or another change runs",
		"stop guests and pods with its functions, remove offloaded rules (tc qdisc del, Open "
		"vSwitch hw-offload), echo 0 > sriov_numvfs, then devlink dev eswitch set pci/{address} "
		"mode switchdev and create the functions again",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
