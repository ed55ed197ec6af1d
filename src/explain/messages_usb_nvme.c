/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_usb_nvme.c - USB controllers and NVMe disks that do not answer (Linux drivers/usb, nvme). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_usb_nvme[] = {
	{
		/* drivers/usb/host/xhci.c xhci_halt, xhci_reset */
		"xhci-does-not-stop", HD_SPEAKER_KERNEL,
		{ "Host not halted after {number:us} microseconds", "Host halt failed, -", "can't setup: -110",
		  "can't setup: -19" },
		"the USB controller {address} does not stop or start when its driver asks: its last "
		"user left it running or hung, and it was not reset",
		"unbind it, echo 1 > /sys/bus/pci/devices/{address}/reset, bind it again; if that "
		"fails, switch the host off and on",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		"xhci-init-failed", HD_SPEAKER_KERNEL,
		{ "init {address} fail, -" },
		"the driver could not start the USB controller {address}",
		"see the lines before it; reset the controller, or switch the host off and on",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/host/xhci-ring.c */
		"xhci-died", HD_SPEAKER_KERNEL,
		{ "xHCI host controller not responding, assume dead", "HC died; cleaning up",
		  "Abort failed to stop command ring", "WARNING: Host System Error" },
		"the USB controller {address} stopped answering, and all its devices are gone. One "
		"of: a device or its cable, the controller's firmware, a DMA that the IOMMU blocked, "
		"power saving, a controller that was not reset after its guest",
		"echo -n {address} > /sys/bus/pci/drivers/xhci_hcd/unbind, then the same to bind; if "
		"that fails, switch the host off and on. In a guest: restart it; look for IOMMU "
		"faults in the host's log",
		{ "device-alive", "reset-works", "usb-controller-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/core/hub.c */
		"usb-device-fails", HD_SPEAKER_KERNEL,
		{ "device descriptor read/{word:what}, error", "not accepting address {number:device}, error",
		  "unable to enumerate USB device", "can't read configurations, error" },
		"a USB device does not answer properly when it is found: cable, power, hub or the "
		"device itself, or its guest left it in a bad state",
		"plug it out and in, at another port without a hub; if it follows a guest's reset, "
		"set guestReset='off' (hostdevctl xml usb:PORT --guest-reset off)",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/core.c, pci.c */
		"nvme-not-ready", HD_SPEAKER_KERNEL,
		{ "Device not ready; aborting reset", "Device not ready; aborting initialisation",
		  "Removing after probe failure status: {number:code}",
		  "QID {number:queue} timeout, reset controller" },
		"the NVMe disk did not become ready or finish its work after a reset, so its driver gave it up",
		"switch the host off and on; if it happens again, suspect the disk, its firmware or "
		"its power saving (nvme_core.default_ps_max_latency_us=0)",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/pci.c nvme_warn_reset */
		"nvme-down", HD_SPEAKER_KERNEL,
		{ "controller is down; will reset: CSTS={hex:csts}", "controller is down; will reset" },
		"the NVMe controller went down by itself (CSTS=0xffffffff: it does not answer on the "
		"PCI bus at all): often its power saving or the link's",
		"boot with nvme_core.default_ps_max_latency_us=0 pcie_aspm=off; keep it out of "
		"D3cold; update its firmware",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/core.c nvme_configure_apst */
		"nvme-apst", HD_SPEAKER_KERNEL,
		{ "failed to set APST feature ({number:code})",
		  "Does your device have a faulty power saving mode enabled" },
		"the disk disappeared or failed while its power saving was set (error -19: no such device)",
		"boot with nvme_core.default_ps_max_latency_us=0, which turns that power saving off",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/pci.c nvme_timeout */
		"nvme-lost-interrupt", HD_SPEAKER_KERNEL,
		{ "timeout, completion polled" },
		"the disk had finished, but its interrupt did not arrive; in a guest the interrupts "
		"of the device are not delivered",
		"look for interrupt remapping faults in the host's log; newer QEMU and kernel; in a "
		"guest without a working MSI-X use another machine type (q35)",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		"nvme-timeout", HD_SPEAKER_KERNEL,
		{ "QID {number:queue} timeout, aborting", "QID {number:queue} timeout, disable controller" },
		"the NVMe disk did not finish a command in time, and its driver tries again or turns it off",
		"see whether 'reset' lines follow; hostdevctl check {address} shows whether it is "
		"alive; smartctl -a the disk",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/core.c nvme_init_subnqn */
		"nvme-no-subnqn", HD_SPEAKER_KERNEL,
		{ "missing or invalid SUBNQN field" },
		"the disk has no proper name of its subsystem; its driver invents one",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* QEMU hw/usb/host-libusb.c; libusb os/linux_usbfs.c */
		"usb-open-denied", HD_SPEAKER_QEMU,
		{ "failed to open /dev/bus/usb/{word:node}: Permission denied",
		  "couldn't open USB device {path}, errno=13",
		  "libusb_detach_kernel_driver: -3 [ACCESS]", "libusb_open: -3 [ACCESS]" },
		"QEMU's user may not open the USB device's file, or may not take the device from the "
		"host's driver",
		"a udev rule gives that file below /dev/bus/usb to QEMU's user or group (ls -l shows it); "
		"under libvirt it does that itself, so look for a denial of AppArmor or SELinux; in "
		"KubeVirt list the device under permittedHostDevices.usb; by hand run QEMU as root",
		{ "usb-present", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/usb/host-libusb.c */
		"usb-claim-busy", HD_SPEAKER_QEMU,
		{ "libusb_claim_interface: -6 [BUSY]", "libusb_set_configuration: -6 [BUSY]",
		  "libusb_detach_kernel_driver: -6 [BUSY]" },
		"a driver or program of the host still has an interface of the USB device",
		"lsusb -t shows the driver: unload it or stop the program (for storage unmount it, for a "
		"modem stop ModemManager), then plug the device into the guest again",
		{ "usb-present", "holders-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU hw/usb/host-libusb.c usb_host_realize */
		"usb-not-found", HD_SPEAKER_QEMU,
		{ "failed to find host usb device" },
		"QEMU found no such USB device: it is not plugged in, or was attached from a udev rule "
		"before the host had set it up",
		"lsusb shows what there is; let the rule start a unit that attaches the device "
		"(SYSTEMD_WANTS) instead of attaching it itself, or use 'hostdevctl attach' for devices "
		"that come back",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/usb/core/devio.c checkintf */
		"usb-not-claimed", HD_SPEAKER_KERNEL,
		{ "did not claim interface {number:interface} before use" },
		"QEMU used an interface of a USB device that it had not claimed; the kernel claims it for "
		"it",
		"nothing to do; if the device does not work in the guest, look for another line",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux drivers/usb/host/xhci.c xhci_suspend, xhci_resume */
		"xhci-save-timeout", HD_SPEAKER_KERNEL,
		{ "xHC save state timeout", "xHC error in resume", "Controller not ready at resume" },
		"the USB controller did not save or restore its state in time: it does not answer",
		"echo 1 > its reset file while no driver has it, or switch the host off and on; keep it "
		"awake (power/control on) if guests use it",
		{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/nvme/host/core.c; NVMe specification CSTS.CFS */
		"nvme-fatal", HD_SPEAKER_KERNEL,
		{ "aborting initialisation, CSTS=0x2", "aborting initialisation, CSTS=0x3" },
		"the NVMe controller reports a fatal status: its firmware failed, or it is a virtual "
		"function (secondary controller) that has no queues and is not online",
		"a virtual function: nvme virt-mgmt assigns queues and interrupts (-a 8), then sets it "
		"online (-a 9); reset and bind it again. A whole disk: switch the host off and on, update "
		"its firmware",
		{ "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/nvme/host/pci.c nvme_reset_work */
		"nvme-connecting", HD_SPEAKER_KERNEL,
		{ "failed to mark controller CONNECTING" },
		"the driver nvme gave the disk up at its start, because it was unbound or reset at the "
		"same moment",
		"bind it again: echo {address} > /sys/bus/pci/drivers_probe, or rescan the bus",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/nvme/host/pci.c nvme_timeout */
		"nvme-admin-timeout", HD_SPEAKER_KERNEL,
		{ "QID 0 timeout" },
		"the NVMe disk did not finish a command of its setup in time; in a guest its interrupts "
		"do not arrive",
		"look for interrupt remapping faults in the host's log; let the guest use MSI-X, a newer "
		"QEMU or another machine type; on the host switch it off and on",
		{ "interrupt-remapping", "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/core/hub.c hub_port_reset */
		"usb-port-reset-fails", HD_SPEAKER_KERNEL,
		{ "cannot reset (err = {number:error})",
		  "cannot warm reset (err = {number:error})" },
		"the hub's port does not reset the USB device: the cable or its power is bad, the device is "
		"dead, or the hub hangs",
		"unplug the device, wait some seconds, use another cable and a port of the board without "
		"hub; lsusb -t: all devices of one controller: echo its address > "
		"/sys/bus/pci/drivers/xhci_hcd/unbind, then bind, while nobody uses it",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
