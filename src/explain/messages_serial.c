/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_serial.c - what drivers and programs of USB, serial and small accelerators say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_serial[] = {
	{
		/* node-serialport, zigbee-herdsman; zigpy (Home Assistant) */
		"serial-port-locked", HD_SPEAKER_TOOL,
		{ "Error Resource temporarily unavailable Cannot lock port",
		  "The serial port is locked by another application",
		  "Could not exclusively lock port" },
		"another program has the serial stick open: a second integration (ZHA, deCONZ) or add-on, "
		"an earlier instance that still runs, ModemManager, or the host or another container as "
		"well as the guest",
		"fuser -v /dev/ttyUSB0 (or ttyACM0) where the program runs, and on the host; stop the "
		"other one (systemctl disable --now ModemManager); hand the whole USB device to one guest "
		"only; use /dev/serial/by-id/...; nobody has it: restart the container, replug the stick",
		{ "serial-free", "usb-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* pyserial, picocom, QEMU chardev */
		"serial-port-busy", HD_SPEAKER_TOOL,
		{ "could not open port {path:port}: [Errno 16]",
		  "Could not open '/dev/tty{word:port}': Device or resource busy" },
		"the serial port is open in another program, or QEMU itself has it for another guest",
		"fuser -v on the port (on the host for QEMU) names it: end it, or systemctl disable --now "
		"ModemManager, getty@ and serial-getty@; in a guest use one program at a time",
		{ "serial-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* pyserial, node-serialport */
		"serial-port-absent", HD_SPEAKER_TOOL,
		{ "No such file or directory, cannot open /dev/tty",
		  "could not open port /dev/tty{word:port}: [Errno 2]",
		  "No such file or directory, cannot open /dev/serial/by-id/" },
		"the serial stick is not there under that name where the program runs: it was not handed "
		"to the guest or container, was plugged in elsewhere (ttyUSB1), or its driver is missing",
		"lsusb and ls -l /dev/serial/by-id there: nothing in lsusb: hand it over on the host "
		"(hostdevctl attach GUEST USB-ID, then replug if the guest restarted); in lsusb without a "
		"node: modprobe cp210x, ch341, ftdi_sio or cdc_acm; a container: --device or "
		"lxc.mount.entry with its by-id path; then use by-id in the configuration",
		{ "serial-present", "usb-present", "replug-started" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/serial/cp210x.c, ftdi_sio.c */
		"serial-control-failed", HD_SPEAKER_KERNEL,
		{ "failed to get modem status: -", "failed set request 0x{hex:request} status: -",
		  "failed get req 0x{hex:request} size {number} status: -" },
		"the USB serial adapter did not answer: it was unplugged or reset at that moment (also "
		"when a guest takes it), the cable or hub is bad, or it is a copy that lacks a command",
		"dmesg around it: 'USB disconnect': that is the reason; hand the whole USB device to the "
		"guest instead of its port at the same time; another cable, a hub with its own power, "
		"usbcore.autosuspend=-1",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* google-coral pycoral, tflite-runtime */
		"coral-delegate", HD_SPEAKER_TOOL,
		{ "Failed to load delegate from libedgetpu" },
		"the library of the Coral accelerator found no accelerator that it can open: it is not in "
		"this guest or container, its driver made no /dev/apex_0 (PCIe), or a USB stick changed "
		"its identity from 1a6e:089a to 18d1:9302 after its first use, which the guest was not "
		"given",
		"PCIe: ls -l /dev/apex_0, dmesg | grep apex (gasket-dkms for this kernel; 'RAM did not "
		"enable': power the host off and on); USB: hand over both identities, better the whole "
		"USB controller; a container: --device /dev/apex_0 or /dev/bus/usb, group apex or "
		"plugdev; then restart the program",
		{ "device-present", "usb-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* google-coral libedgetpu driver */
		"coral-hib", HD_SPEAKER_TOOL,
		{ "HIB Error. hib_error_status" },
		"the Coral accelerator reports a fault while it reads or writes the host's memory: "
		"interrupts or DMA do not work as they should (a guest, an adapter with two chips, ARM "
		"boards without 32-bit windows)",
		"in a guest: q35, the accelerator alone in its IOMMU group, gasket-dkms built for the "
		"kernel; dmesg on the host for faults of the IOMMU; ARM boards: the device tree's "
		"pcie-32bit-dma; another slot or adapter",
		{ "iommu-group-viable", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/usb/host-libusb.c usb_host_libusb_error */
		"usb-release-gone", HD_SPEAKER_QEMU,
		{ "libusb_release_interface: -4 [NO_DEVICE]",
		  "libusb_kernel_driver_active: -5 [NOT_FOUND]",
		  "libusb_set_interface_alt_setting: -99 [OTHER]",
		  "libusb_set_interface_alt_setting: -4 [NO_DEVICE]" },
		"the USB device went away (unplugged, reset, the guest ended) while QEMU still had it "
		"open; it only tells that",
		"nothing to do, unless the device is missing in the guest afterwards: then plug it in "
		"again and hostdevctl replug, or hand it over by vendor and product instead of bus and "
		"number",
		{ "usb-present", "replug-started" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* usbredir usbredirparser.c; QEMU hw/usb/redirect.c */
		"usbredir-packet", HD_SPEAKER_QEMU,
		{ "usbredirparser: error" },
		"the viewer and QEMU speak different versions of the protocol for redirected USB devices",
		"nothing to do, unless devices do not work: then the newest virt-viewer or remote-viewer "
		"with spice-gtk, and usbredir of the host; better hand the USB device over on the host "
		"itself (hostdevctl attach)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* spice-gtk usb-device-manager.c; usbredir usbredirhost.c */
		"spice-usb-failed", HD_SPEAKER_TOOL,
		{ "Could not redirect USB device", "USB redirection error", "usbredirhost error" },
		"the viewer could not take the USB device from the machine on which it runs: another "
		"program or driver there has it, or the user may not open it",
		"run the viewer's helper with rights (spice-client-glib-usb-acl-helper, polkit asks; on "
		"Windows UsbDk must be installed); eject the device there; the guest needs free "
		"redirections (<redirdev bus='usb' type='spicevmc'/>, four by default) and a USB 3 "
		"controller",
		{ "usb-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/conf/domain_addr.c virDomainUSBAddressAssignFromBus; QEMU hw/usb/bus.c */
		"usb-guest-ports-full", HD_SPEAKER_LIBVIRT,
		{ "No free USB ports", "to a bus with no free ports" },
		"all ports of the guest's USB controllers are taken",
		"virsh edit GUEST: <controller type='usb' model='qemu-xhci' ports='15'/>, or a second "
		"controller; take redirdev and tablets out that nobody uses",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/usb/bus.c usb_check_attach */
		"usb-guest-speed", HD_SPEAKER_QEMU,
		{ "speed mismatch trying to attach usb device" },
		"the guest's USB controller is too slow for the device: a USB 1 or 2 controller and a USB "
		"3 device",
		"<controller type='usb' model='qemu-xhci' ports='15'/> instead of piix3-uhci, ehci or "
		"ich9 (with QEMU: -device qemu-xhci,id=xhci and bus=xhci.0 at usb-host); then shut the "
		"guest down and start it",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/core/devio.c do_proc_control */
		"usbfs-control-timeout", HD_SPEAKER_KERNEL,
		{ "usbfs: USBDEVFS_CONTROL failed cmd" },
		"a program (QEMU, for a guest) asked a USB device a question that it did not answer",
		"nothing to do, unless the device does not work in the guest: -110: the device hangs: "
		"unplug it, another cable or hub with its own power; -71: the cable; -32 is only a "
		"refusal; then hand over the whole USB controller instead",
		{ "usb-controller-free" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/usb/core/devio.c proc_setconfig */
		"usbfs-claimed", HD_SPEAKER_KERNEL,
		{ "usbfs: interface {number:interface} claimed by {word:driver} while '{text:program}' sets config" },
		"the host's driver {driver} still has the USB device while {program} sets it up for the "
		"guest",
		"nothing to do, unless the device does not work in the guest: then unload that driver or "
		"unbind it (echo BUS-PORT:1.0 > /sys/bus/usb/drivers/{driver}/unbind), and hand it over "
		"again",
		{ "usb-free" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Frigate frigate/detectors/plugins/edgetpu_tfl.py */
		"frigate-no-edgetpu", HD_SPEAKER_TOOL,
		{ "No EdgeTPU was detected" },
		"the container or guest in which Frigate runs has no Coral (Edge TPU): its node was not "
		"passed, an unprivileged container may not open the USB device's node, its driver (gasket, "
		"apex) is not loaded there, or the detector's device is of the other kind",
		"in it: PCIe: lspci -nnk -d 1ac1: and ls -l /dev/apex_0; USB: lsusb (1a6e:089a, and 18d1:9302 "
		"after its first use); not listed: pass the device to the guest; listed without node: "
		"gasket-dkms there; a container: --device /dev/apex_0, or mount /dev/bus/usb (LXC: "
		"lxc.cgroup2.devices.allow: c 189:* rwm, and an idmap for its owner, or a privileged one); "
		"'device: pci' or 'usb' in its configuration must fit",
		{ "device-present", "usb-present" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
