/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_device.c - functions that are absent, dead, bridges or asleep. */
#include "config.h"

#include <string.h>

#include "tests/support/checkcase.h"

#define PRESENT &hd_check_device_present
#define ALIVE &hd_check_device_alive
#define ENDPOINT &hd_check_device_endpoint
#define POWER &hd_check_power_state
#define HOST_READ &hd_check_host_readable
#define FN_READ &hd_check_function_readable

#define UNREAD "sys/x: Input/output error"

static void host_unread(struct check_case *c) { c->facts.unread = UNREAD; }
static void fn_unread(struct check_case *c) { c->fns[0].unread = UNREAD; }
static void group_unread(struct check_case *c) { c->groups[0].unread = UNREAD; }
static void parent_unread(struct check_case *c)
{
	c->parent.unread = UNREAD;
	c->fns[0].parent = &c->parent;
}

static void absent(struct check_case *c)
{
	struct hd_pci_facts gone = { .fn.addr = c->fns[0].fn.addr, .is_requested = true };

	memcpy(gone.fn.name, c->fns[0].fn.name, sizeof(gone.fn.name));
	gone.fn.group = HD_NO_GROUP;
	c->fns[0] = gone;
}

static void pin(struct check_case *c)
{
	c->request.policy.n_pins = 1;
	c->pins[0] = (struct hd_pin){ { .bus = 1 }, 0x1b36, 0x0010, -1, -1, NULL, NULL };
}

static void absent_pinned(struct check_case *c)
{
	absent(c);
	pin(c);
}

static void absent_moved(struct check_case *c)
{
	absent_pinned(c);
	check_case_add(c, 1, 0x010802, NULL);
}

static void absent_other_serial(struct check_case *c)
{
	absent_moved(c);
	c->pins[0].serial = "S1";
	c->fns[1].fn.serial = "S2";
}

static void absent_no_serial(struct check_case *c)
{
	absent_other_serial(c);
	c->fns[1].fn.serial = NULL;
}

static void absent_pinned_by_vendor(struct check_case *c)
{
	absent_pinned(c);
	c->pins[0].device = -1;
}

static void dead(struct check_case *c)
{
	c->fns[0].fn.is_dead = true;
	c->fns[0].fn.power_state = "D3cold";
}

static void bridge(struct check_case *c) { c->fns[0].fn.header_type = 1; }
static void dead_bridge(struct check_case *c)
{
	dead(c);
	bridge(c);
}

static void host_bridge(struct check_case *c) { c->fns[0].fn.class = 0x060000; }
static void balloon(struct check_case *c)
{
	c->fns[0].fn.vendor = 0x1af4;
	c->fns[0].fn.device = 0x1045;
	c->fns[0].fn.class = 0x00ff00;
	c->fns[0].fn.driver_kind = HD_DRIVER_NONE;	/* nor without its driver */
}
static void virtio_memory(struct check_case *c) { balloon(c); c->fns[0].fn.device = 0x1058; }
static void virtio_disk(struct check_case *c) { balloon(c); c->fns[0].fn.device = 0x1042; }
static void xen(struct check_case *c)
{
	c->fns[0].fn.vendor = 0x5853;
	c->fns[0].fn.device = 0x0001;
}
static void lpc_bridge(struct check_case *c) { c->fns[0].fn.class = 0x060100; }
static void iommu(struct check_case *c) { c->fns[0].fn.class = 0x080600; }
static void apic(struct check_case *c) { c->fns[0].fn.class = 0x080020; }
static void collector(struct check_case *c) { c->fns[0].fn.class = 0x080700; }
static void raid_bridge(struct check_case *c) { c->fns[0].fn.class = 0x06a000; }
static void nvswitch(struct check_case *c) { c->fns[0].fn.class = 0x068000; }
static void smbus(struct check_case *c) { c->fns[0].fn.class = 0x0c0500; }
static void thunderbolt(struct check_case *c) { c->fns[0].fn.class = 0x088000; }
static void memory(struct check_case *c) { c->fns[0].fn.class = 0x050000; }

static void cold(struct check_case *c)
{
	c->fns[0].fn.power_state = "D3cold";
	c->fns[0].fn.d3cold_allowed = 1;
}

static void powerless_kernel(struct check_case *c) { c->fns[0].fn.power_state = NULL; }

static const struct check_row rows[] = {
	{ "all read", HOST_READ, NULL, HD_SKIP, 0, NULL, NULL },
	{ "a file unread", HOST_READ, host_unread, HD_UNKNOWN, HD_ERROR, UNREAD ": what", "dmesg" },
	{ "all read", FN_READ, NULL, HD_SKIP, 0, NULL, NULL },
	{ "unread", FN_READ, fn_unread, HD_UNKNOWN, HD_ERROR, UNREAD ": what", "dmesg" },
	{ "its group unread", FN_READ, group_unread, HD_UNKNOWN, HD_ERROR, UNREAD, NULL },
	{ "its physical function unread", FN_READ, parent_unread, HD_UNKNOWN, HD_ERROR, UNREAD, NULL },
	{ "another's unread", FN_READ, host_unread, HD_SKIP, 0, NULL, NULL },
	{ "there", PRESENT, NULL, HD_PASS, 0, NULL, NULL },
	{ "absent", PRESENT, absent, HD_FAIL, HD_ERROR,
	  "sys/bus/pci/devices/0000:01:00.0 does not exist", "line 40" },
	{ "absent and pinned", PRESENT, absent_pinned, HD_FAIL, HD_ERROR, "does not exist",
	  "lspci -Dnn -d 1b36:0010" },
	{ "moved", PRESENT, absent_moved, HD_FAIL, HD_ERROR, "0000:01:00.1 matches", NULL },
	{ "a twin", PRESENT, absent_other_serial, HD_FAIL, HD_ERROR, "0000:01:00.0 does not exist",
	  NULL },

	{ "a twin without serial", PRESENT, absent_no_serial, HD_FAIL, HD_ERROR,
	  "0000:01:00.0 does not exist", NULL },
	{ "pinned by vendor alone", PRESENT, absent_pinned_by_vendor, HD_FAIL, HD_ERROR,
	  "does not exist", "line 40" },

	{ "answers", ALIVE, NULL, HD_PASS, 0, NULL, NULL },
	{ "dead", ALIVE, dead, HD_FAIL, HD_ERROR,
	  "0000:01:00.0/config reads ff; power_state reads D3cold", "rescan" },

	{ "endpoint", ENDPOINT, NULL, HD_PASS, 0, NULL, NULL },
	{ "bridge", ENDPOINT, bridge, HD_FAIL, HD_ERROR, "header type 1", "behind it" },
	{ "host bridge", ENDPOINT, host_bridge, HD_FAIL, HD_ERROR,
	  "0000:01:00.0/class is 0x060000: it is a host bridge, a part of the machine",
	  "another device" },
	{ "memory balloon", ENDPOINT, balloon, HD_FAIL, HD_ERROR,
	  "0000:01:00.0 is 1af4:1045: it is a memory balloon, a part of the machine",
	  "stays with the host" },
	{ "virtio-mem", ENDPOINT, virtio_memory, HD_FAIL, HD_ERROR, "is memory (virtio-mem)", NULL },
	{ "virtio disk", ENDPOINT, virtio_disk, HD_PASS, 0, NULL, NULL },
	{ "Xen", ENDPOINT, xen, HD_FAIL, HD_ERROR, "the platform device of Xen", NULL },
	{ "LPC bridge", ENDPOINT, lpc_bridge, HD_FAIL, HD_ERROR, "an ISA or LPC bridge", NULL },
	{ "IOMMU", ENDPOINT, iommu, HD_FAIL, HD_ERROR, "is an IOMMU", NULL },
	{ "I/O APIC", ENDPOINT, apic, HD_FAIL, HD_ERROR, "interrupt controller", NULL },
	{ "event collector", ENDPOINT, collector, HD_FAIL, HD_ERROR, "event collector", NULL },
	{ "bridge to RACEway", ENDPOINT, raid_bridge, HD_FAIL, HD_ERROR, "is a bridge", NULL },
	{ "NVSwitch", ENDPOINT, nvswitch, HD_PASS, 0, NULL, NULL },
	{ "SMBus", ENDPOINT, smbus, HD_PASS, 0, NULL, NULL },
	{ "Thunderbolt", ENDPOINT, thunderbolt, HD_PASS, 0, NULL, NULL },
	{ "shared memory", ENDPOINT, memory, HD_PASS, 0, NULL, NULL },
	{ "dead", ENDPOINT, dead_bridge, HD_SKIP, 0, NULL, NULL },

	{ "awake", POWER, NULL, HD_PASS, 0, "reads D0", NULL },
	{ "cold", POWER, cold, HD_FAIL, HD_WARNING, "d3cold_allowed reads 1", "power/control" },
	{ "not known", POWER, powerless_kernel, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
