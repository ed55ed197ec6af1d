/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_usb.c - a USB device must be there, be the only one meant, and be free. */
#include "config.h"

#include <string.h>

#include "tests/support/checkcase.h"

#define PRESENT &hd_check_usb_present
#define UNAMBIGUOUS &hd_check_usb_unambiguous
#define USB_FREE &hd_check_usb_free
#define USB_CONTROLLER_FREE &hd_check_usb_controller_free
#define PCI_PATH "sys/devices/pci0000:00/0000:00:14.0"

static void absent(struct check_case *c) { c->usbs[0].n_matches = 0; }

static void optional(struct check_case *c)
{
	absent(c);
	c->named[0].is_optional = true;
}

static void by_number(struct check_case *c)
{
	absent(c);
	c->named[0].usb_bus = 1;
	c->named[0].usb_device = 9;
}

static void two(struct check_case *c)
{
	c->usb_devs[3] = (struct hd_usb_dev){ .port = "1-4", .bus = 1, .device = 6,
					      .vendor = 0x46f4, .product = 1 };
	c->usb_matches[1] = &c->usb_devs[3];
	c->usbs[0].n_matches = 2;
}

static void mounted(struct check_case *c)
{
	static const char *const commands[] = { "umount /mnt" };

	c->uses[0] = (struct hd_disk_use){ .chain = "sda -> /mnt", .use = "mounted",
					   .source = "proc/self/mountinfo", .remedy = commands[0] };
	c->disks[0] = (struct hd_disk){ .name = "sda", .uses = c->uses, .n_uses = 1,
					.claim = HD_CLAIM_BUSY, .claim_fd = -1 };
	c->usbs[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1,
						  .commands = commands, .n_commands = 1 };
}

static void network(struct check_case *c, bool is_warning)
{
	c->net_uses[0] = (struct hd_net_use){ .chain = "enx0", .use = "default route of table main",
					      .remedy = "ip route del default", .is_warning = is_warning };
	c->usbs[0].network = (struct hd_network){ .netdevs = c->netdevs, .n_netdevs = 1,
						  .uses = c->net_uses, .n_uses = 1 };
}

static void way_out(struct check_case *c) { network(c, false); }
static void merely_up(struct check_case *c) { network(c, true); }

static void mounted_and_up(struct check_case *c)
{
	merely_up(c);
	mounted(c);
}

static void open_by(struct check_case *c, const char *command, const char *unit)
{
	c->holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = command,
					    .unit = unit };
	c->usbs[0].holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

static void open_raw(struct check_case *c) { open_by(c, "dd", "session-4.scope"); }
static void open_by_service(struct check_case *c) { open_by(c, "upsd", "nut-server.service"); }
static void open_by_itself(struct check_case *c)
{
	open_by(c, "qemu-system-x86", "machine-qemu.scope");
	c->own_devices[0].dev = (struct hd_hostdev){ .kind = HD_DEVICE_USB, .usb_bus = 1,
						     .usb_device = 3 };
	c->facts.guests.n_own_devices = 1;
}

static void console(struct check_case *c)
{
	static struct hd_console consoles[] = {
		{ .tty = "ttyUSB0", .source = "proc/consoles" },
		{ .tty = "ttyUSB1", .source = "proc/consoles", .can_stop = true },
	};

	c->usbs[0].consoles = consoles;
	c->usbs[0].n_consoles = HD_ARRAY_SIZE(consoles);
}

static void unseen(struct check_case *c) { c->usbs[0].holders.unread = "process 1"; }

static void watched(struct check_case *c)
{
	open_by(c, "systemd-logind", "systemd-logind.service");
	c->nodes[0].subsystem = "input";
}

static void hub(struct check_case *c) { c->usb_devs[1].class = 9; }

static void keyboard(struct check_case *c)
{
	c->usb_matches[0] = &c->usb_devs[0];
	c->usbs[0].name = "usb 0627:0001";
}

static void handed_over(struct check_case *c)
{
	keyboard(c);
	c->facts.handover = (struct hd_handover_facts){ .is_asked = true, .is_needed = true };
}

/* It is plugged in while the guest has the card. */
static void while_away(struct check_case *c)
{
	keyboard(c);
	c->facts.card_is_away = true;
}

/* The policy asks for it, but this guest gets no card that somebody uses. */
static void policy_alone(struct check_case *c)
{
	keyboard(c);
	c->facts.handover.is_asked = true;
}

static void keyboard_and_another(struct check_case *c)
{
	keyboard(c);
	c->inputs[1] = (struct hd_input_dev){
		.event = "event0", .name = "AT Translated Set 2 keyboard", .is_keyboard = true,
		.path = "sys/devices/platform/i8042/serio0/input/input0/event0",
	};
	c->facts.inputs.n = 2;
}

static void only_pointer(struct check_case *c)
{
	keyboard_and_another(c);
	c->inputs[0].is_keyboard = false;
	c->inputs[0].is_pointer = true;
}

/* The other keyboard is asked for as well, behind the function. */
static void both_keyboards(struct check_case *c)
{
	keyboard_and_another(c);
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:01:00.0";
	c->inputs[1].path = "sys/devices/pci0000:00/0000:01:00.0/usb3/3-1/input/input9/event9";
}

static void guest_has(struct check_case *c)
{
	c->devices[0] = (struct hd_guest_device){
		.guest = "other", .dev = { .kind = HD_DEVICE_USB, .usb_bus = 1, .usb_device = 3 },
	};
	c->facts.guests.n_devices = 1;
}

static void guest_with_a_strange_name(struct check_case *c)
{
	guest_has(c);
	c->devices[0].guest = "a'; reboot";
	memcpy(c->devices[0].uuid, "5e5e5e5e-0000-4000-8000-000000000009", 37);
}

static void guest_has_another_kind(struct check_case *c)
{
	guest_has(c);
	c->devices[0].dev.kind = HD_DEVICE_SERIAL;
}

static void hidden(struct check_case *c)
{
	c->facts.guests.hidden = "this mount namespace has a different /run";
}

static void unreadable(struct check_case *c)
{
	c->facts.guests.unreadable = "run/libvirt/qemu/x.xml: broken";
}

static void controller(struct check_case *c)
{
	c->fns[0].fn.class = 0x0c0330;
	c->fns[0].fn.driver = "xhci_hcd";
	c->fns[0].fn.path = PCI_PATH;
}

static void its_controller_goes(struct check_case *c)
{
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:00:14.0";
	c->usb_devs[1].path = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2";
}

/* Another guest has the stick's disk by a <hostdev type='scsi'>. */
static void disk_of_a_guest(struct check_case *c)
{
	c->devices[0] = (struct hd_guest_device){ .guest = "other", .dev = { .scsi = { 2, 0, 0, 0 } } };
	c->scsi_claims[0] = (struct hd_scsi_claim){
		c->devices, hd_printf(&c->arena, "%s/1-2:1.0/host2/target2:0:0/2:0:0:0", c->usb_devs[1].path) };
	c->facts.scsi_claims = c->scsi_claims;
	c->facts.n_scsi_claims = 1;
}

static void controller_on_vfio(struct check_case *c)
{
	controller(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void controller_and_another_keyboard(struct check_case *c)
{
	keyboard_and_another(c);
	controller(c);
}

static void controller_of_a_guest(struct check_case *c)
{
	controller_and_another_keyboard(c);
	guest_has(c);
}

static void handed_over_with_unread(struct check_case *c)
{
	handed_over(c);
	unreadable(c);
}

static void controller_handed_over(struct check_case *c)
{
	handed_over(c);
	controller(c);
}

static const struct check_row rows[] = {
	{ "there", PRESENT, NULL, HD_PASS, 0,
	  "1-2 (bus 1 device 3, QEMU USB HARDDRIVE, serial 1-0000)", NULL },
	{ "not there", PRESENT, absent, HD_FAIL, HD_ERROR, "no device", "virsh edit win11" },
	{ "not needed", PRESENT, optional, HD_FAIL, HD_NOTE, "startupPolicy", "nothing to do" },
	{ "another number", PRESENT, by_number, HD_FAIL, HD_ERROR, "number changes", "lsusb" },
	{ "one", UNAMBIGUOUS, NULL, HD_PASS, 0, NULL, NULL },
	{ "two of a model", UNAMBIGUOUS, two, HD_FAIL, HD_ERROR,
	  "2 devices in sys/bus/usb/devices are 46f4:0001: 1-2 (bus 1 device 3, QEMU USB "
	  "HARDDRIVE, serial 1-0000); 1-4 (bus 1 device 6)",
	  "<address bus='1' device='3'/> for 1-2" },
	{ "none", UNAMBIGUOUS, absent, HD_SKIP, 0, NULL, NULL },
	{ "unused", USB_FREE, NULL, HD_PASS, 0, "nothing uses sys/bus/usb/devices/1-2", NULL },
	{ "absent", USB_FREE, absent, HD_SKIP, 0, NULL, NULL },
	{ "ambiguous", USB_FREE, two, HD_SKIP, 0, NULL, NULL },
	{ "mounted", USB_FREE, mounted, HD_FAIL, HD_ERROR, "sda -> /mnt: mounted", "`umount /mnt`" },
	{ "default route", USB_FREE, way_out, HD_FAIL, HD_ERROR,
	  "1-2 -> enx0 -> default route of table main", "`ip route del default`" },
	{ "an interface that is up", USB_FREE, merely_up, HD_FAIL, HD_WARNING, "enx0", NULL },
	{ "the worst counts", USB_FREE, mounted_and_up, HD_FAIL, HD_ERROR, "1-2 -> enx0", NULL },
	{ "the kernel's console", USB_FREE, console, HD_FAIL, HD_ERROR,
	  "proc/consoles: the kernel writes its messages to ttyUSB0; ", "remove console=ttyUSB0 from" },
	{ "the kernel's console, to be stopped", USB_FREE, console, HD_FAIL, HD_ERROR, "ttyUSB1",
	  "`echo N > /sys/class/tty/ttyUSB1/console` for now" },
	{ "open", USB_FREE, open_raw, HD_FAIL, HD_ERROR,
	  "/dev/sda: open by dd (pid 812, session-4.scope)", "`kill 812`" },
	{ "open by a service", USB_FREE, open_by_service, HD_FAIL, HD_ERROR, "upsd",
	  "`systemctl stop nut-server.service`" },
	{ "open by the guest itself", USB_FREE, open_by_itself, HD_PASS, 0, "this guest", NULL },
	{ "watched", USB_FREE, watched, HD_FAIL, HD_WARNING, "systemd-logind", NULL },
	{ "processes unseen", USB_FREE, unseen, HD_UNKNOWN, HD_ERROR, "process 1", "as root" },
	{ "hub", USB_FREE, hub, HD_FAIL, HD_ERROR, "a hub", "ls -d /sys/bus/usb/devices/1-2.*" },
	{ "last keyboard", USB_FREE, keyboard, HD_FAIL, HD_ERROR,
	  "1-1:1.0 (QEMU USB Keyboard) is the host's last keyboard",
	  "`echo 1-1:1.0 > /sys/bus/usb/drivers/usbhid/unbind`" },
	{ "last keyboard, with the card", USB_FREE, handed_over, HD_FAIL, HD_NOTE,
	  "1-1:1.0 (QEMU USB Keyboard) is the host's last keyboard", "comes back with it" },
	{ "which hides no guest", USB_FREE, handed_over_with_unread, HD_UNKNOWN, HD_ERROR, "x.xml",
	  NULL },
	{ "last keyboard, while the card is away", USB_FREE, while_away, HD_FAIL, HD_NOTE,
	  "last keyboard", "it comes back when the guest loses it or stops" },
	{ "last keyboard, and nothing is handed over", USB_FREE, policy_alone, HD_FAIL, HD_ERROR,
	  "last keyboard", "unbind" },
	{ "another keyboard", USB_FREE, keyboard_and_another, HD_PASS, 0, NULL, NULL },
	{ "both keyboards", USB_FREE, both_keyboards, HD_FAIL, HD_ERROR, "last keyboard", NULL },
	{ "last pointer", USB_FREE, only_pointer, HD_FAIL, HD_ERROR, "last pointer", NULL },
	{ "another guest's", USB_FREE, guest_has, HD_FAIL, HD_ERROR,
	  "the running guest \"other\" has USB device 1-2", "virsh destroy other" },
	{ "a guest to be quoted", USB_FREE, guest_with_a_strange_name, HD_FAIL, HD_ERROR, NULL,
	  "`virsh shutdown 5e5e5e5e-0000-4000-8000-000000000009`" },
	{ "its controller goes, too", USB_FREE, its_controller_goes, HD_FAIL, HD_ERROR,
	  "hangs on 0000:01:00.0, which goes to the same guest", "alone" },
	{ "another guest's SCSI disk", USB_FREE, disk_of_a_guest, HD_FAIL, HD_ERROR,
	  "\"other\" has SCSI device 2:0:0:0 behind it", "virsh shutdown other" },
	{ "another kind", USB_FREE, guest_has_another_kind, HD_PASS, 0, NULL, NULL },
	{ "guests that are not seen", USB_FREE, hidden, HD_UNKNOWN, HD_ERROR, "a different /run",
	  "nsenter" },
	{ "a guest unread", USB_FREE, unreadable, HD_UNKNOWN, HD_ERROR, "x.xml", "libvirtd" },
	{ "no controller", USB_CONTROLLER_FREE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "controller on VFIO", USB_CONTROLLER_FREE, controller_on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "controller with the keyboard", USB_CONTROLLER_FREE, controller, HD_FAIL, HD_ERROR,
	  "last keyboard", "unbind" },
	{ "controller with the keyboard, with the card", USB_CONTROLLER_FREE, controller_handed_over,
	  HD_FAIL, HD_NOTE, "last keyboard", "comes back with it" },
	{ "controller", USB_CONTROLLER_FREE, controller_and_another_keyboard, HD_PASS, 0,
	  "devices connected to it: 2", NULL },
	{ "controller of a guest's device", USB_CONTROLLER_FREE, controller_of_a_guest, HD_FAIL,
	  HD_ERROR, "\"other\" has USB device 1-2", "virsh" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
