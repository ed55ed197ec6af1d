/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pinned_place.c - a pinned disk that has moved, is gone, or cannot be recognised now. */
#include "config.h"

#include <string.h>

#include "act/pinned_place.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define OLD "0000:01:00.0"
#define NEW "0000:02:00.0"
#define RUNNING \
	"<domstatus state='running' reason='booted' pid='9'><domain type='kvm'><name>b</name>" \
	"<uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid><devices><hostdev mode='subsystem' type='pci'>" \
	"<source><address domain='0' bus='2' slot='0' function='0'/></source></hostdev></devices></domain>" \
	"</domstatus>"

static const struct row {
	const char *name;
	const char *driver;		/* of the disk at NEW; NULL: unbound */
	const char *serial;		/* as its driver reads it, or NULL */
	unsigned class;			/* 0: an NVMe controller */
	int vendor;			/* pinned */
	size_t n_fits, n_unread;
	size_t n_held;
	bool is_running;		/* a running guest has NEW */
	bool is_other;			/* the guest has NEW as well, */
	const char *other;		/* with this pinned serial number; NULL: not pinned */
} rows[] = {
	{ "it has moved", "nvme", "S1\n", 0, 0x1b36, .n_fits = 1 },
	{ "another disk is there", "nvme", "S2\n", 0, 0x1b36, .n_fits = 0 },
	{ "one on VFIO may be it", "vfio-pci", NULL, 0, 0x1b36, .n_unread = 1 },
	{ "and so may one without a driver", NULL, NULL, 0, 0x1b36, .n_unread = 1 },
	{ "also if nothing but the number is pinned", "vfio-pci", NULL, 0, -1, .n_unread = 1 },
	{ "one of another vendor is not", "vfio-pci", NULL, 0, 0x10de, .n_fits = 0 },
	{ "what is not a disk has no number", "vfio-pci", NULL, 0x020000, 0x1b36, .n_fits = 0 },
	{ "its driver reads none", "nvme", NULL, 0, 0x1b36, .n_fits = 0 },
	{ "a running guest has it", "vfio-pci", NULL, 0, 0x1b36, .n_held = 1, .is_running = true },
	{ "another pinned disk of the guest", "vfio-pci", NULL, 0, 0x1b36, .is_other = true, .other = "S2" },
	{ "a disk of the guest that is not pinned", "vfio-pci", NULL, 0, 0x1b36, .n_unread = 1, .is_other = true },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_hostdev devs[] = {
		{ .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 1 } },
		{ .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 2 } },
	};
	struct hd_pin pins[] = {
		{ .addr = { .bus = 1 }, .vendor = row->vendor, .device = -1,
		  .subsystem_vendor = -1, .subsystem_device = -1, .serial = "S1" },
		{ .addr = { .bus = 2 }, .vendor = row->vendor, .device = -1,
		  .subsystem_vendor = -1, .subsystem_device = -1, .serial = row->other },
	};
	const struct hd_request guest = { .hostdevs = devs, .n_hostdevs = row->is_other ? 2 : 1,
					  .policy = { .pins = pins, .n_pins = row->other ? 2 : 1 } };
	struct hd_moved_card *cards;
	struct hd_context context;
	struct fake_host host;
	struct hd_error err;
	size_t n;

	fake_host_make(&host);
	fake_pci_add(&host, &(struct fake_pci){ .addr = NEW, .driver = row->driver, .class = row->class });
	if (row->serial)
		fake_pci_put(&host, NEW, "nvme/nvme0/serial", row->serial);
	if (row->is_running)
		fake_file(&host, "run/libvirt/qemu/b.xml", RUNNING);
	context = (struct hd_context){ .root = host.root, .arena = &host.arena };
	if (hd_moved_cards(&cards, &n, &context, &guest, &err) != HD_EXIT_OK)
		fail_msg("%s", err.text);
	assert_int_equal(n, 1);
	assert_int_equal(cards->n_fits, row->n_fits);
	assert_int_equal(cards->n_unread, row->n_unread);
	if (row->n_unread)
		assert_int_equal(cards->unread->bus, 2);
	assert_int_equal(cards->n_held, row->n_held);
	if (row->n_held)
		assert_int_equal(cards->held->bus, 2);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("pinned place", tests, NULL, NULL);
}
