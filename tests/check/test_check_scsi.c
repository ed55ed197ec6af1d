/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_scsi.c - a SCSI device must be there, and neither the host nor another guest uses it. */
#include "config.h"

#include "tests/support/checkcase.h"

#define PRESENT &hd_check_scsi_present
#define SCSI_FREE &hd_check_scsi_free
#define IDENTITY &hd_check_scsi_identity
#define CONTROLLER_FREE &hd_check_scsi_controller_free
#define PCI_PATH "sys/devices/pci0000:00/0000:00:05.0/0000:01:00.0"

static void absent(struct check_case *c) { c->scsis[0].exists = false; }

static void unreadable(struct check_case *c)
{
	absent(c);
	c->scsis[0].problem = "sys/class/scsi_device/2:0:0:0: Invalid argument";
}

static void by_command_line(struct check_case *c)
{
	absent(c);
	c->named[0].line = 0;
}

static void no_generic(struct check_case *c) { c->scsis[0].unit.generic = NULL; }

static void mounted(struct check_case *c)
{
	static const char *const commands[] = { "umount /srv" };

	c->uses[0] = (struct hd_disk_use){ .chain = "sda -> sda1 -> /srv", .use = "mounted",
					   .source = "proc/self/mountinfo", .remedy = commands[0] };
	c->disks[0] = (struct hd_disk){ .name = "sda", .uses = c->uses, .n_uses = 1,
					.claim = HD_CLAIM_BUSY, .claim_fd = -1 };
	c->scsis[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1,
						   .commands = commands, .n_commands = 1 };
}

static void root_disk(struct check_case *c)
{
	mounted(c);
	c->scsis[0].storage.essential = "the host's root filesystem";
}

static void claimed(struct check_case *c)
{
	c->disks[0] = (struct hd_disk){ .name = "sda", .claim = HD_CLAIM_BUSY, .claim_fd = -1 };
	c->scsis[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
}

static void sleeping(struct check_case *c)
{
	c->sleeping[0] = (struct hd_disk_data){ .chain = "sda -> sda1", .what = "named in fstab",
						.source = "etc/fstab", .remedy = "remove it there" };
	c->disks[0] = (struct hd_disk){ .name = "sda", .sleeping = c->sleeping, .n_sleeping = 1,
					.claim = HD_CLAIM_HELD, .claim_fd = -1 };
	c->scsis[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
}

static void open_by(struct check_case *c, const char *command, const char *unit)
{
	c->nodes[0] = (struct hd_node){ .name = "/dev/sg0", .subsystem = "scsi_generic" };
	c->holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = command,
					    .unit = unit };
	c->scsis[0].holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

static void held(struct check_case *c) { open_by(c, "mt", NULL); }
static void unseen(struct check_case *c) { c->scsis[0].holders.unread = "process 1"; }

static void of_the_guest_itself(struct check_case *c)
{
	open_by(c, "qemu-system-x86", "machine-qemu\\x2d1\\x2dlab.scope");
	c->own_devices[0].dev = c->named[0];
	c->own_devices[0].dev.kind = HD_DEVICE_SCSI;
	c->facts.guests.n_own_devices = 1;
}

static void other_unit_of_the_guest(struct check_case *c)
{
	of_the_guest_itself(c);
	c->own_devices[0].dev.scsi.lun = 7;
}

static void guest_has(struct check_case *c)
{
	open_by(c, "qemu-system-x86", "machine-qemu\\x2d2\\x2dother.scope");
	c->devices[0] = (struct hd_guest_device){ .guest = "other" };
	c->scsis[0].guest = c->devices;
}

static void guest_shares(struct check_case *c)
{
	guest_has(c);
	c->scsis[0].is_shared = true;
}

static void shared_and_held(struct check_case *c)
{
	guest_shares(c);
	c->holders[0].unit = "backup.service";
}

/* A guest that has the disk, and not the SCSI device. */
static void shared_and_a_guests_disk(struct check_case *c)
{
	guest_shares(c);
	c->nodes[0] = (struct hd_node){ .name = "/dev/sda", .is_block = true, .subsystem = "block" };
}

static void controller_goes(struct check_case *c) { c->fns[0].fn.path = PCI_PATH; }

/* The disk is a USB stick, which the same guest gets as well. */
static void stick_goes(struct check_case *c)
{
	c->usb_devs[1].path = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2";
	c->scsis[0].unit.path = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host2/"
				"target2:0:0/2:0:0:0";
	c->facts.usbs = c->usbs;
	c->facts.n_usbs = 1;
}

static void other_stick_goes(struct check_case *c)
{
	stick_goes(c);
	c->usb_devs[1].path = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-20";
}

static void controller_of_another(struct check_case *c)
{
	c->claims[0] = (struct hd_guest_claim){ .guest = "other", .is_running = true,
						.addr = c->scsis[0].pci };
	c->facts.guests.claims = c->claims;
	c->facts.guests.n_claims = 1;
}

static void controller_of_a_defined(struct check_case *c)
{
	controller_of_another(c);
	c->claims[0].is_running = false;
}

static void hidden(struct check_case *c) { c->facts.guests.hidden = "run/libvirt is another one's"; }

static void pinned_to(struct check_case *c, const char *wwid, const char *is)
{
	static struct hd_scsi_pin pins[2] = { { .addr = { 2, 0, 0, 7 }, .wwid = "another" } };

	pins[1] = (struct hd_scsi_pin){ .addr = { 2, 0, 0, 0 }, .wwid = wwid };
	c->request.policy.scsi_pins = pins;
	c->request.policy.n_scsi_pins = 2;
	c->scsis[0].unit.wwid = is;
}

static void pinned(struct check_case *c) { pinned_to(c, "naa.1", "naa.1"); }
static void another_disk(struct check_case *c) { pinned_to(c, "naa.1", "naa.2"); }
static void wwid_unread(struct check_case *c) { pinned_to(c, "naa.1", NULL); }

static void pinned_and_absent(struct check_case *c)
{
	another_disk(c);
	absent(c);
}

static void moved_to(struct check_case *c, size_t n)
{
	static struct hd_scsi_unit units[] = {
		{ .addr = { 3, 0, 1, 0 }, .block = "sdd", .generic = "sg4" }, { .addr = { 4, 0, 1, 0 } },
	};

	c->scsis[0].moved = units;
	c->scsis[0].n_moved = n;
}

static void moved(struct check_case *c)
{
	another_disk(c);
	moved_to(c, 1);
}

static void moved_by_two_paths(struct check_case *c)
{
	another_disk(c);
	c->request.name = "lab";
	moved_to(c, 2);
}

static void moved_and_unread(struct check_case *c)
{
	wwid_unread(c);
	moved_to(c, 1);
}

static void moved_and_absent(struct check_case *c)
{
	pinned_and_absent(c);
	moved_to(c, 1);
}

static void unit_behind(struct check_case *c)
{
	controller_goes(c);
	c->devices[0] = (struct hd_guest_device){ .guest = "other", .dev = { .scsi = { 2, 0, 0, 1 } } };
	c->scsi_claims[0] = (struct hd_scsi_claim){ c->devices, PCI_PATH "/host2/target2:0:0/2:0:0:1" };
	c->facts.scsi_claims = c->scsi_claims;
	c->facts.n_scsi_claims = 1;
}

static void unit_elsewhere(struct check_case *c)
{
	unit_behind(c);
	c->scsi_claims[0].path = PCI_PATH "0/host2/target2:0:0/2:0:0:1";
}

static void behind_vfio(struct check_case *c)
{
	unit_behind(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static const struct check_row rows[] = {
	{ "there", PRESENT, NULL, HD_PASS, 0, "HGST HUS726T4TAL5204: /dev/sda, /dev/sg0", NULL },
	{ "not there", PRESENT, absent, HD_FAIL, HD_ERROR, "scsi_device/2:0:0:0 does not exist; the number",
	  "`hostdevctl list scsi`, and correct line 50" },
	{ "not there, by name", PRESENT, by_command_line, HD_FAIL, HD_ERROR, NULL,
	  "find it with `hostdevctl list scsi`" },
	{ "not to be read", PRESENT, unreadable, HD_UNKNOWN, HD_ERROR, "Invalid argument", NULL },
	{ "no generic node", PRESENT, no_generic, HD_FAIL, HD_ERROR, "/dev/sgN", "`modprobe sg`" },
	{ "not pinned", IDENTITY, NULL, HD_SKIP, 0, NULL, NULL },
	{ "the pinned one", IDENTITY, pinned, HD_PASS, 0, NULL, NULL },
	{ "another disk", IDENTITY, another_disk, HD_FAIL, HD_ERROR,
	  "wwid reads \"naa.2\", but the guest pins \"naa.1\"", "scsi`, and correct its address" },
	{ "no wwid", IDENTITY, wwid_unread, HD_UNKNOWN, HD_ERROR, "the guest pins \"naa.1\"", NULL },
	{ "which is elsewhere", IDENTITY, moved, HD_FAIL, HD_ERROR,
	  "the guest pins \"naa.1\", which is now at 3:0:1:0 (/dev/sdd, /dev/sg4)", "where the device is now" },
	{ "by two paths", IDENTITY, moved_by_two_paths, HD_FAIL, HD_ERROR,
	  "now at 3:0:1:0 (/dev/sdd, /dev/sg4) and 4:0:1:0", "`virsh edit lab`" },
	{ "elsewhere, and no wwid here", IDENTITY, moved_and_unread, HD_UNKNOWN, HD_ERROR,
	  "which is now at 3:0:1:0", "`virsh edit" },
	{ "elsewhere, and nothing here", PRESENT, moved_and_absent, HD_FAIL, HD_ERROR,
	  "does not exist; what the guest pins there is now at 3:0:1:0 (/dev/sdd, /dev/sg4)", "correct line 50" },
	{ "pinned, and not there", IDENTITY, pinned_and_absent, HD_SKIP, 0, NULL, NULL },
	{ "free", SCSI_FREE, NULL, HD_PASS, 0, "nothing uses it", NULL },
	{ "absent is said once", SCSI_FREE, absent, HD_SKIP, 0, NULL, NULL },
	{ "mounted", SCSI_FREE, mounted, HD_FAIL, HD_ERROR, "sda -> sda1 -> /srv: mounted",
	  "`umount /srv`" },
	{ "the root disk", SCSI_FREE, root_disk, HD_FAIL, HD_ERROR, NULL, "choose another device" },
	{ "used by who knows whom", SCSI_FREE, claimed, HD_FAIL, HD_ERROR, "exclusive claim on /dev/sda",
	  "lsblk" },
	{ "somebody may miss it", SCSI_FREE, sleeping, HD_FAIL, HD_WARNING, "named in fstab", "there" },
	{ "open", SCSI_FREE, held, HD_FAIL, HD_ERROR, "/dev/sg0: open by mt (pid 812)", "`kill 812`" },
	{ "processes not seen", SCSI_FREE, unseen, HD_UNKNOWN, HD_ERROR, "unknown", NULL },
	{ "its own", SCSI_FREE, of_the_guest_itself, HD_PASS, 0, "in use by this guest", NULL },
	{ "its own is another", SCSI_FREE, other_unit_of_the_guest, HD_FAIL, HD_ERROR, "qemu", NULL },
	{ "another guest's", SCSI_FREE, guest_has, HD_FAIL, HD_ERROR, "\"other\" has the SCSI device",
	  "virsh shutdown other" },
	{ "shared", SCSI_FREE, guest_shares, HD_PASS, 0, "\"other\"", NULL },
	{ "shared, and open", SCSI_FREE, shared_and_held, HD_FAIL, HD_ERROR, "backup.service", NULL },
	{ "shared, and another guest's disk", SCSI_FREE, shared_and_a_guests_disk, HD_FAIL, HD_ERROR,
	  "/dev/sda: open by qemu-system-x86", NULL },
	{ "goes with its controller", SCSI_FREE, controller_goes, HD_FAIL, HD_ERROR,
	  "hangs on 0000:01:00.0, which goes to the same guest", "alone" },
	{ "goes with the USB stick that it is", SCSI_FREE, stick_goes, HD_FAIL, HD_ERROR,
	  "hangs on usb 46f4:0001, which goes to the same guest", "usb 46f4:0001 alone" },
	{ "another stick goes", SCSI_FREE, other_stick_goes, HD_PASS, 0, NULL, NULL },
	{ "another's controller", SCSI_FREE, controller_of_another, HD_FAIL, HD_ERROR,
	  "\"other\" has 0000:01:00.0", "virsh shutdown other" },
	{ "a defined one's controller", SCSI_FREE, controller_of_a_defined, HD_PASS, 0, NULL, NULL },
	{ "guests not seen", SCSI_FREE, hidden, HD_UNKNOWN, HD_ERROR, "another one's", NULL },
	{ "no guest has a unit", CONTROLLER_FREE, controller_goes, HD_SKIP, 0, NULL, NULL },
	{ "a guest has a unit", CONTROLLER_FREE, unit_behind, HD_FAIL, HD_ERROR,
	  "\"other\" has SCSI device 2:0:0:1 behind it", "virsh shutdown other" },
	{ "a unit of the neighbour", CONTROLLER_FREE, unit_elsewhere, HD_PASS, 0, NULL, NULL },
	{ "already on VFIO", CONTROLLER_FREE, behind_vfio, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
