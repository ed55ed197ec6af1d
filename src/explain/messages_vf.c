/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_vf.c - what drivers of virtual functions and of their physical functions say (Linux
 * drivers/net/ethernet: iavf, i40e, ice, igb, ixgbe, mlx5, bnxt; drivers/gpu/drm/i915, xe; apex).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_vf[] = {
	{
		/* i40e_virtchnl_pf.c i40e_check_vf_permission; ice_virtchnl.c */
		"vf-not-trusted", HD_SPEAKER_KERNEL,
		{ "Cannot add more MAC addresses, VF is not trusted", "VF is not trusted, switch the VF to trusted",
		  "Cannot add more MAC addresses", "Can't add more MAC addresses, because VF" },
		"the guest wants more MAC addresses (for a bridge, containers, macvlan) than a "
		"virtual function that is not trusted, or the driver's limit, allows",
		"on the host: ip link set {interface} vf {vf} trust on; or use fewer addresses in the guest",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* i40e_virtchnl_pf.c, ixgbe_sriov.c, ice_virtchnl.c, igb_main.c */
		"vf-mac-override", HD_SPEAKER_KERNEL,
		{ "attempting to override administratively set MAC", "attempted to override administratively set MAC",
		  "attempted to override set MAC address", "attempted to set a new MAC address" },
		"the guest tried to change the MAC address of its virtual function, which the host "
		"has set, and the host's driver refused it",
		"use that address in the guest, or on the host: ip link set {interface} vf {vf} trust on (or set "
		"the new address there: ip link set {interface} vf {vf} mac MAC)",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* ixgbe_main.c ixgbe_spoof_check, igb_main.c igb_check_wvbr */
		"vf-spoofed", HD_SPEAKER_KERNEL,
		{ " Spoofed packets detected", "Spoof event(s) detected on VF {number:vf}" },
		"a guest sends packets with a MAC address or VLAN that its virtual function does not "
		"have, and the card drops them: a bridge or a bond in the guest",
		"on the host: ip link set {interface} vf {vf} spoofchk off (and trust on), if the guest may do that",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* ice_sriov.c ice_set_per_vf_res */
		"vf-no-vectors", HD_SPEAKER_KERNEL,
		{ "MSI-X interrupts available for SR-IOV", "Not enough to support minimum of {number:minimum} MSI-X" },
		"the card's interrupt vectors are used up by the host's own queues and RDMA, so none "
		"is left for virtual functions; usual on hosts with many processors",
		"keep irdma from loading on the host (blacklist irdma), or give the physical "
		"function fewer queues: ethtool -L {interface} combined 8; then create the virtual functions "
		"again",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* i40e_virtchnl_pf.c, ice_virtchnl.c; github.com/intel/ethernet-linux-i40e pull request 4 */
		"vf-still-in-reset", HD_SPEAKER_KERNEL,
		{ "VF {number:vf} still in reset. Try again" },
		"virtual function {vf} was still in a reset when the host set its MAC address or VLAN",
		"try again after a second; newer drivers wait for it",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* github.com/intel/ethernet-linux-iavf pull request 2 */
		"vf-never-reset", HD_SPEAKER_KERNEL,
		{ "Never saw reset" },
		"the guest's iavf driver waits for a reset that has already happened: an error of "
		"the out-of-tree driver from 3.7.81 to 4.5.3",
		"update iavf in the guest to 4.5.3.4 or newer, or use the kernel's own; until then "
		"reload the driver (modprobe -r iavf; modprobe iavf)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* igbvf netdev.c, ixgbevf_main.c */
		"vf-pf-down", HD_SPEAKER_KERNEL,
		{ "PF still in reset state.  Is the PF interface up?",
		  "PF still in reset state. Is the PF interface up?",
		  "PF still resetting", "PF still in reset state" },
		"the virtual function waits for its physical function, whose interface is down (or "
		"which is being reset), so it has no link and no address of its own",
		"on the host: ip link set {interface} up, now and at boot",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* iavf_main.c, iavf_adminq.c; DPDK's i40evf and iavf */
		"vf-pf-silent", HD_SPEAKER_KERNEL,
		{ "Unable to get VF config",
		  "Failed to init adminq", "init_adminq failed" },
		"the virtual function's driver gets no answer from the physical function's driver on "
		"the host: that interface is down, in a reset, has another driver (vfio-pci) or too "
		"old a driver",
		"on the host: ip link set {interface} up; ethtool -i {interface} shows its driver; compare the "
		"versions of the drivers of host and guest, and reload the guest's",
		{ "vf-parent-up", "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* iavf_virtchnl.c, ice_virtchnl.c ice_vc_process_vf_msg, i40e_virtchnl_pf.c */
		"vf-request-refused", HD_SPEAKER_KERNEL,
		{ "PF returned error {number:code} ({word:reason}) to our request {number:request}",
		  "PF failed to honor VF {number:vf}, opcode {number:request}",
		  "VF {number:vf} failed opcode {number:request}", "Failed to add MAC filter, error" },
		"the physical function's driver refused what the virtual function's driver asked for "
		"(request {request}): the function is not trusted, or the two drivers do not fit "
		"together",
		"ip link show {interface} on the host shows MAC address, VLAN and trust of each; ip link set "
		"{interface} vf {vf} trust on; use drivers of about the same age in host and guest",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* iavf_main.c, i40evf */
		"vf-reset-by-pf", HD_SPEAKER_KERNEL,
		{ "Reset indication received from the PF", "Reset warning received from the PF" },
		"the physical function resets the virtual function, as it does when the host changes "
		"its MAC address, VLAN or trust",
		"nothing to do, unless it repeats without end: then look at the host's driver and its log",
		{ "vf-parent-up" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* i915_sriov, xe_pci_sriov.c; ENOMEM as in drivers/pci/iov.c */
		"vf-no-addresses", HD_SPEAKER_KERNEL,
		{ "VFs (-ENOMEM)", "pci_enable_sriov failed : -12", "Failed to enable PCI sriov: -12" },
		"the kernel could not give the virtual functions memory addresses (error 12), so "
		"none was created",
		"enable SR-IOV and Above 4G Decoding (Resizable BAR for graphics) in the firmware, "
		"or boot with pci=realloc",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		"vf-enable-failed", HD_SPEAKER_KERNEL,
		{ "Failed to enable {number:count} VFs", "pci_enable_sriov failed", "Failed to enable PCI sriov",
		  "Failed to enable SRIOV" },
		"the driver of the physical function could not create virtual functions (-12: no address "
		"room; -16: there are some already; -19, -38: the device or its firmware has none)",
		"read the lines before it; enable SR-IOV in the firmware of host and card (Mellanox: "
		"mlxconfig SRIOV_EN=1), and write 0 to sriov_numvfs before another number",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* mlx5 eswitch_offloads.c; github.com/k8snetworkplumbingwg/sriov-network-operator issue 1015 */
		"mlx5-switchdev", HD_SPEAKER_KERNEL,
		{ "Failed setting eswitch to offloads", "Failed to create slow path FDB",
		  "Failed setting eswitch back to legacy", "Failed creating dr flow_table" },
		"the card's switch could not be set to switchdev mode: this card's firmware does not "
		"do that while virtual functions exist, or has no room for the tables",
		"echo 0 > sriov_numvfs, then devlink dev eswitch set pci/{address} mode switchdev, "
		"then create the virtual functions again; update the card's firmware",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* mlx5/core/health.c, fw.c, cmd.c */
		"mlx5-dead", HD_SPEAKER_KERNEL,
		{ "device's health compromised", "Will cause a leak of a command resource",
		  "in pre-initializing state, aborting", "in initializing state, aborting" },
		"the card's firmware does not answer its driver any more",
		"reset the card (echo 1 > /sys/bus/pci/devices/{address}/reset, or mlxfwreset) or "
		"switch the host off and on; update its firmware",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* mlx5/core/cmd.c mlx5_cmd_check */
		"mlx5-command-refused", HD_SPEAKER_KERNEL,
		{ "failed, status {text:status}, syndrome (" },
		"the card's firmware refused a command of the driver: {status}",
		"see which command and what follows; update the firmware of the card if driver and "
		"firmware differ much in age (ethtool -i {interface}, mlxfwmanager)",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* bnxt_hwrm.c hwrm_send */
		"bnxt-command-refused", HD_SPEAKER_KERNEL,
		{ "hwrm req_type {hex:request} seq id {hex:sequence} error {hex:code}",
		  "Error (timeout: {number:time}) msg {text:message}" },
		"the Broadcom card's firmware refused a request of its driver, or did not answer it; "
		"from a virtual function often because the physical function's interface is down or "
		"does not allow it",
		"ip link set {interface} up on the host; if it happens on the host "
		"update the card's firmware (bnxtnvm)",
		{ "vf-parent-up", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* sriov-cni LoadConf */
		"vf-lost-driver", HD_SPEAKER_TOOL,
		{ "failed to detect if VF {address} has dpdk driver" },
		"virtual function {address} lost its driver: a program unbound it, or it was "
		"given to vfio-pci, while a pod had it",
		"on the node bind its driver again: echo {address} > /sys/bus/pci/drivers_probe; "
		"find the program that unbinds it (a guest with managed='yes', an operator)",
		{ "device-present", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* sriov-cni, sriov-network-operator */
		"vf-cni-failed", HD_SPEAKER_TOOL,
		{ "SRIOV-CNI failed to load netconf", "SRIOV-CNI failed to configure VF",
		  "failed to get VF information" },
		"the CNI plugin for virtual functions could not use the one that the pod was given",
		"see the reason after it; on the node compare the virtual function's driver with "
		"what the network's definition wants",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/strongtz/i915-sriov-dkms issue 225 */
		"igd-vf-version", HD_SPEAKER_KERNEL,
		{ "IOV: Unable to confirm version", "IOV: Found interface version" },
		"the virtual function's driver and the firmware (GuC) that the host's driver loaded "
		"speak different versions of their interface",
		"use the same version of the driver (i915-sriov-dkms, or xe) and of the firmware on "
		"host and guest",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/google-coral/libedgetpu issue 48 */
		"apex-registers", HD_SPEAKER_KERNEL,
		{ "MSI-X table init timed out", "Page table init timed out" },
		"the Coral card has its interrupt table and ordinary registers in one page, so the "
		"guest's accesses to those registers do not reach it",
		"with QEMU move the table: x-msix-relocation=bar2 for that device (<qemu:override>); "
		"a monitor without such an option cannot pass this card",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/virnetdev.c virNetDevSetVfConfig */
		"libvirt-vf-mac", HD_SPEAKER_LIBVIRT,
		{ "Cannot set interface MAC/vlanid to {text:value} for ifname {word:parent} vf {number:vf}",
		  "Cannot set interface MAC to {text:value} for ifname {word:parent} vf {number:vf}",
		  "Cannot set interface MAC" },
		"libvirt could not set MAC address or VLAN of virtual function {vf} through "
		"{parent}: its driver refused",
		"ip link set {parent} up; see the reason after it: busy means a reset in progress "
		"(try again), not permitted an address or VLAN that the card does not accept",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* mlx5/core/main.c handle_hca_cap, mlx5_load */
		"mlx5-load-failed", HD_SPEAKER_KERNEL,
		{ "handle_hca_cap failed", "mlx5_load_one failed with error code {number:code}",
		  "mlx5_function_setup failed" },
		"mlx5_core could not start {address}: driver and firmware of the card do not fit together "
		"(a driver much older than the firmware), or a virtual function whose physical function "
		"is not ready",
		"use a newer kernel or driver where the message is from (host or guest), or firmware that "
		"fits (mlxfwmanager); for a virtual function set the physical one up first",
		{ "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* i40e_virtchnl_pf.c i40e_vc_send_msg_to_vf; 12 is I40E_AQ_RC_EBUSY */
		"vf-message-unsent", HD_SPEAKER_KERNEL,
		{ "Unable to send the message to VF {number:vf} aq_err {number:code}",
		  "Unable to send the message to VF {number:vf}" },
		"the physical function could not answer virtual function {vf}, which was in a reset or "
		"just being started, often because many were started at once",
		"wait a second and start the driver of that virtual function again (unbind, bind); start "
		"fewer at once; update the driver of the physical function",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* vishvananda/netlink LinkByName */
		"vf-no-interface", HD_SPEAKER_TOOL,
		{ "Link not found{near:sriov|vfs|virtual func}", "failed to get VF{text:which}: Link not found" },
		"a virtual function has no network interface on that node: it is in a container that ended "
		"badly, has no driver, or is on vfio-pci",
		"ls /sys/bus/pci/devices/*/virtfn*/net shows which have none; bind their driver again "
		"(echo {address} > /sys/bus/pci/drivers_probe), or write 0 and the number to sriov_numvfs "
		"again; then restart the device plugin",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* i915 intel_uncore.c fw_domain_wait_ack_clear */
		"i915-registers-silent", HD_SPEAKER_KERNEL,
		{ "timed out waiting for forcewake ack" },
		"i915 waits for registers that do not answer: in a guest with a virtual function, because "
		"the guest's ordinary i915 takes it for whole graphics; else the graphics hang or "
		"were not reset",
		"guest: install the driver with SR-IOV support (i915-sriov-dkms of the host's version, or a "
		"kernel whose xe has it). Host: restart it",
		{ "vf-parent-up", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* i915-sriov-dkms: a virtual function may not ask the GuC for it */
		"i915-vf-hwconfig", HD_SPEAKER_KERNEL,
		{ "GUC: mmio request 0x4100: failure 201", "Failed to retrieve hwconfig table: -ENOENT" },
		"a virtual function may not read the table of the graphics' hardware from the firmware; the "
		"driver works without it",
		"nothing to do; if the virtual function does not work, look for another error",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux drivers/net/ethernet/intel/i40e/i40e_common.c i40e_pf_reset, i40e_main.c */
		"i40e-no-reset", HD_SPEAKER_KERNEL,
		{ "PF reset polling failed to complete", "Initial pf_reset failed",
		  "Intial pf_reset failed" },
		"the network card did not finish its reset, so its driver cannot start",
		"switch the host off and on (without power for some seconds), update the card's firmware "
		"and driver; if it happens again, suspect the card",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux net/devlink/dev.c devlink_nl_eswitch_get_doit: EOPNOTSUPP */
		"devlink-unsupported", HD_SPEAKER_TOOL,
		{ "devlink answers: Operation not supported" },
		"the driver of that function has no such setting: the mode of the card's switch "
		"(eswitch), which needs virtual functions or a driver that supports it",
		"nothing to do if you do not need switchdev; else create virtual functions first "
		"(sriov_numvfs), or use a card and driver that support it; a virtual function never does",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/net/ethernet/intel/iavf/iavf_main.c */
		"iavf-queue-dead", HD_SPEAKER_KERNEL,
		{ "Admin queue timeout accessing", "Failed to init Admin Queue",
		  "Failed to communicate with PF; waiting before retry" },
		"the virtual function gets no answer from its physical function: that is down, resets, "
		"has another driver, or removed it",
		"ip link set PF up and keep its host driver loaded; dmesg of the host says what it does; "
		"create the virtual functions again if it was reset; drivers of host and guest should be "
		"of similar age",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/net/ethernet/intel/ice/ice_eswitch.c */
		"ice-not-switchdev", HD_SPEAKER_KERNEL,
		{ "is not in switchdev mode" },
		"a request needs the card's switch in the mode switchdev, but it is in the mode legacy",
		"devlink dev eswitch set pci/{address} mode switchdev, with sriov_numvfs 0 before it",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux drivers/net/ethernet/mellanox/mlx5/core/main.c wait_fw_init */
		"mlx5-slow-firmware", HD_SPEAKER_KERNEL,
		{ "firmware init took too long" },
		"the firmware of the function was not ready in time: the card is busy with many virtual "
		"functions, or was not reset since its last guest",
		"bind it again after some seconds; reset the function while no driver has it; update the "
		"card's firmware",
		{ "reset-works", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/net/ethernet/intel/i40e/i40e_main.c i40e_handle_mdd_event */
		"vf-malicious", HD_SPEAKER_KERNEL,
		{ "TX driver issue detected on VF {number:vf}", "Malicious Driver Detection event",
		  "malicious VF", "- Malicious behavior [" },
		"the card stopped virtual function {vf}, because its driver in the guest sent something "
		"that is not allowed (a wrong address, VLAN or descriptor)",
		"update the guest's driver; ip link set PF vf {vf} trust on or spoofchk off if it needs "
		"more; the function works again after its driver is reloaded",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/net/ethernet/intel/ixgbe/ixgbe_sriov.c */
		"vf-filter-denied", HD_SPEAKER_KERNEL,
		{ "has requested a macvlan filter but is administratively denied",
		  "but is administratively denied" },
		"the guest wants more MAC addresses than its virtual function may have, because the host "
		"has set its address",
		"ip link set PF vf N trust on, or set no fixed MAC address on the host",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* LXD lxd/network/network_utils_sriov.go; libvirt src/network/bridge_driver.c */
		"vf-none-free", HD_SPEAKER_TOOL,
		{ "Couldn't find a free virtual function on parent device",
		  "requires exclusive access to interfaces, but none are available" },
		"no virtual function of the pool or card is free: all are in guests, or none were created",
		"ip link show the physical function lists them; create more (sriov_numvfs) or stop a "
		"guest that has one; virsh net-dumpxml shows the pool's",
		{ "pool-has-function", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/i915/intel_uncore.c */
		"i915-vf-silent", HD_SPEAKER_KERNEL,
		{ "MMIO access returns 0xFFFFFFFF" },
		"the graphics (a virtual function of it) did not answer when the driver started: all its "
		"registers read as ones",
		"reload i915 in the guest a little later, or bind it again; use the same version of the "
		"SR-IOV driver on host and guest; on the host see that the physical function works and is "
		"awake",
		{ "vf-parent-up", "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* i915-sriov-dkms drivers/gpu/drm/i915/gt/uc/intel_uc.c */
		"i915-vf-no-guc", HD_SPEAKER_KERNEL,
		{ "GuC submission disabled", "GUC: submission disabled" },
		"a virtual function of Intel's graphics needs the submission by its firmware (GuC), which "
		"is off",
		"boot the guest with i915.enable_guc=3, install the SR-IOV driver (i915-sriov-dkms of the "
		"host's version) and linux-firmware in it",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* i915-sriov-dkms drivers/gpu/drm/i915/gt/uc/intel_guc_ct.c */
		"i915-guc-refuses", HD_SPEAKER_KERNEL,
		{ "GUC: CT: Sending action {hex:action} failed",
		  "IOV: Failed to save VF{number:vf} state", "GuC: CT: Failed to send action" },
		"the graphics' firmware (GuC) refused a request about virtual functions: driver, firmware "
		"and chip do not fit together",
		"use a newer i915-sriov-dkms (or a kernel with xe's SR-IOV) and linux-firmware that "
		"support that chip, the same on host and guest",
		{ "vf-parent-up", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux net/ipv6/addrconf.c addrconf_notify */
		"link-not-ready", HD_SPEAKER_KERNEL,
		{ "ADDRCONF(NETDEV_UP): {word:interface}: link is not ready" },
		"{interface} was turned on and has no link yet, as each interface at first",
		"nothing to do, unless it stays so: ip link show {interface}: NO-CARRIER: the cable or the other "
		"end, for a guest's interface (vnet, tap) a guest that is off",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux net/core/dev.c __dev_set_promiscuity */
		"interface-promiscuous", HD_SPEAKER_KERNEL,
		{ " entered promiscuous mode" },
		"the interface became a port of a bridge, or is recorded: it takes packets for all addresses",
		"nothing to do: that is how a bridge of guests works",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{ .id = NULL },
};
