/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_offers.c - what may a scheduler offer, if each device is ready by itself? */
#include "config.h"

#include <string.h>

#include "act/offers.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ETHERNET 0x020000u
#define BRIDGE 0x060400u
#define TIMER 0x080200u
#define MAX_DEVICES 5

struct device {
	const char *address;
	unsigned class, id;		/* id: of the device; 0: it is not known who made it */
	int group, n_vfs;
	const char *of;			/* its physical function, or what it hangs on */
	const char *state;		/* NULL: ready; "used"; else the verdict */
	const char *want;		/* a part of the reason; NULL: it is offered */
};

#define USB(address, of, want) { address, 0x03, 7, HD_NO_GROUP, -1, of, NULL, want }
static const struct row {
	const char *name;
	bool by_id;
	struct device devices[MAX_DEVICES];
} rows[] = {
	{ "alone", false, { { "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, NULL } } },
	{ "as the verdict says", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, "needs network-free", "needs network-free" },
		{ "0000:02:00.0", ETHERNET, 1, 2, -1, NULL, NULL, NULL } } },
	{ "ready, and yet used", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, "used", "in use" } } },
	{ "who made it?", false, { { "0000:01:00.0", ETHERNET, 0, 1, -1, NULL, NULL, "is unknown" } } },
	{ "a domain of 32 bits", false, {
		{ "10000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, "more than 16 bits" } } },
	{ "a group as a whole", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, "0000:01:00.1 of its IOMMU group" },
		{ "0000:01:00.1", ETHERNET, 2, 1, -1, NULL, "used", "in use" },
		{ "0000:02:00.0", ETHERNET, 1, 2, -1, NULL, NULL, NULL } } },
	{ "but for its bridge", false, {
		{ "0000:00:01.0", BRIDGE, 1, 1, -1, NULL, "never: a bridge", "never" },
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, NULL } } },
	{ "no group is not a group", false, {
		{ "0000:01:00.0", ETHERNET, 1, HD_NO_GROUP, -1, NULL, "used", "in use" },
		{ "0000:02:00.0", ETHERNET, 1, HD_NO_GROUP, -1, NULL, NULL, NULL } } },
	{ "a timer alone", false, {
		{ "0000:01:00.0", TIMER, 1, 1, -1, NULL, NULL, "a part of the machine" } } },
	{ "a timer of a card", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, NULL },
		{ "0000:01:00.1", TIMER, 1, 1, -1, NULL, NULL, NULL } } },
	{ "a function that can have virtual ones", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, 0, NULL, NULL, NULL } } },
	{ "virtual functions, and not their function", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, 2, NULL, NULL, "its virtual functions exist" },
		{ "0000:01:10.0", ETHERNET, 2, 2, -1, "0000:01:00.0", NULL, NULL } } },
	{ "also if their number could not be read", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, "its virtual functions exist" },
		{ "0000:01:10.0", ETHERNET, 2, 2, -1, "0000:01:00.0", NULL, NULL } } },
	{ "all of a group: none", false, {
		{ "0000:01:00.0", ETHERNET, 1, 1, 1, NULL, NULL, "its virtual functions exist" },
		{ "0000:01:10.0", ETHERNET, 2, 1, -1, "0000:01:00.0", NULL, "of its IOMMU group" } } },
	{ "by id, none if one is missing", true, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, "0000:02:00.0 has the same id" },
		{ "0000:02:00.0", ETHERNET, 1, 2, -1, NULL, "used", "in use" },
		{ "0000:03:00.0", ETHERNET, 2, 3, -1, NULL, NULL, NULL } } },
	{ "by id and by group in turn", true, {
		{ "0000:01:00.0", ETHERNET, 3, 1, -1, NULL, NULL, "0000:01:00.1 of its IOMMU group" },
		{ "0000:01:00.1", ETHERNET, 2, 1, -1, NULL, NULL, "0000:02:00.1 has the same id" },
		{ "0000:02:00.0", ETHERNET, 1, 2, -1, NULL, "used", "in use" },
		{ "0000:02:00.1", ETHERNET, 2, 2, -1, NULL, NULL, "0000:02:00.0 of its IOMMU group" },
		{ "0000:03:00.0", ETHERNET, 4, 3, -1, NULL, NULL, NULL } } },
	{ "by id, what is a part of the machine elsewhere", true, {
		{ "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, "0000:01:00.1 of its IOMMU group" },
		{ "0000:01:00.1", TIMER, 2, 1, -1, NULL, NULL, "0000:02:00.0 has the same id" },
		{ "0000:02:00.0", TIMER, 2, 2, -1, NULL, NULL, "a part of the machine" } } },
	{ "a controller, or what is plugged into it", false, {
		{ "0000:01:00.0", 0x0c0330, 1, 1, -1, NULL, NULL, NULL },
		USB("usb:1-1", "0000:01:00.0", "it goes with 0000:01:00.0") } },
	{ "what is plugged into one of the host's", false, {
		{ "0000:01:00.0", 0x0c0330, 1, 1, -1, NULL, "used", "in use" },
		USB("usb:1-1", "0000:01:00.0", NULL) } },
};

static void fill_verdict(struct hd_device_verdict *ret, const struct device *device)
{
	*ret = (struct hd_device_verdict){ .subject = device->address };
	if (device->state && !strcmp(device->state, "used")) {
		ret->used_by = "something";
	} else if (device->state) {
		ret->readiness = HD_NEEDS;
		ret->verdict = device->state;
	}
}

/* The first of N items that is its physical function. */
static const struct hd_item *function_of(const struct hd_item *items, size_t n,
					 const struct device *device)
{
	for (size_t i = 0; device->of && i < n; i++)
		if (!strcmp(items[i].address, device->of))
			return &items[i];
	return NULL;
}

static size_t fill(struct hd_item *items, struct hd_device_verdict *verdicts, const struct row *row)
{
	size_t n = 0;

	for (; n < MAX_DEVICES && row->devices[n].address; n++) {
		const struct device *device = &row->devices[n];
		bool is_pci = strncmp(device->address, "usb:", 4) != 0;

		items[n] = (struct hd_item){
			.kind = is_pci ? HD_DEVICE_PCI : HD_DEVICE_USB,
			.address = device->address, .vendor = device->id ? 0x8086 : 0,
			.device = device->id, .class = device->class, .group = device->group,
			.driver_kind = HD_DRIVER_HOST, .has_pci = true, .n_vfs = device->n_vfs,
			.physfn = is_pci ? function_of(items, n, device) : NULL,
		};
		assert_true(hd_pci_addr_parse(is_pci ? device->address : device->of, &items[n].pci));
		fill_verdict(&verdicts[n], device);
	}
	return n;
}

static void run(void **state)
{
	const struct row *row = *state;
	struct hd_item items[MAX_DEVICES];
	struct hd_device_verdict verdicts[MAX_DEVICES];
	size_t n = fill(items, verdicts, row);
	const struct hd_inventory inventory = { .items = items, .n = n };
	const struct hd_device_verdicts judgement = { .devices = verdicts, .n = n };
	const struct hd_offer_rules rules = { .kinds = HD_KINDS_ALL, .by_id = row->by_id,
					      .max_domain = 0xffff };
	const struct hd_offer *offers;
	struct fake_host host;

	fake_host_make(&host);
	offers = hd_offers_of(&host.arena, &host.root, &inventory, &judgement, &rules);
	for (size_t i = 0; i < n; i++) {
		const char *want = row->devices[i].want, *got = offers[i].reason;

		if (!want != !got || (want && !strstr(got, want)))
			fail_msg("%s: %s, not %s", row->devices[i].address, got ? got : "offered",
				 want ? want : "offered");
	}
	fake_host_remove(&host);
}

/* Only those that this format has, and where its driver can, with migration. */
static void one_kind(void **state)
{
	static const struct row row = { "", false, { { "0000:01:00.0", ETHERNET, 1, 1, -1, NULL, NULL, NULL } } };
	static const struct { const char *driver; enum hd_migration kernel; bool want; } cases[] = {
		{ "vfio-pci", HD_MIGRATION_UNKNOWN, false }, { "mlx5_vfio_pci", HD_MIGRATION_UNKNOWN, true },
		{ "mlx5_vfio_pci", HD_MIGRATION_NO, false }, { "new_vfio_pci", HD_MIGRATION_YES, true },
		{ "new_vfio_pci", HD_MIGRATION_UNKNOWN, false },
	};
	struct hd_item item;
	struct hd_device_verdict verdict;
	const struct hd_inventory inventory = { .items = &item, .n = fill(&item, &verdict, &row) };
	struct hd_pci_facts fn = { .fn = { .addr = item.pci, .is_present = true } };
	const struct hd_device_verdicts judgement = {
		.devices = &verdict, .n = 1, .facts = { .fns = &fn, .n_fns = 1 } };
	struct hd_offer_rules rules = { .kinds = HD_KIND_BIT(HD_DEVICE_PCI) };
	const struct hd_offer *offers;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		fn.vfio_driver = cases[i].driver;
		fn.migration = cases[i].kernel;
		offers = hd_offers_of(&host.arena, &host.root, &inventory, &judgement, &rules);
		assert_null(offers->reason);
		assert_int_equal(offers->can_migrate, cases[i].want);
	}
	rules.kinds = HD_KIND_BIT(HD_DEVICE_USB);
	offers = hd_offers_of(&host.arena, &host.root, &inventory, &judgement, &rules);
	assert_string_equal(offers->reason, "this format does not have devices of this kind");
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 1] = { cmocka_unit_test(one_kind) };

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 1] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
