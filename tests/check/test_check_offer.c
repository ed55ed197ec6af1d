/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_offer.c - what is wrong with what a scheduler's configuration offers? */
#include "config.h"

#include <string.h>

#include "scheduler/configuration.h"
#include "scheduler/offered.h"
#include "tests/support/checkcase.h"

#define ADDR "0000:01:00.0"
#define MANY 4

/* One entry that selects one device, for which all is right; a row spoils it. */
struct offer {
	struct hd_scheduler scheduler;
	struct hd_entry entry;
	struct hd_address_pattern address;
	struct hd_offered_entry offered;
	struct hd_finding own[MANY];
	struct hd_findings findings;
	struct hd_offered_device device;
};

struct row {
	const char *name;
	const struct hd_check *check;
	void (*change)(struct offer *o);	/* NULL: nothing */
	enum hd_verdict want;
	enum hd_severity severity;		/* of HD_FAIL */
	const char *evidence, *remedy;		/* parts of the texts, or NULL */
};

static void select_none(struct offer *o) { o->offered.n_devices = o->offered.n_ready = 0; }
static void none_of_cluster(struct offer *o)
{
	select_none(o);
	o->scheduler.is_for_cluster = true;
}
static void absent(struct offer *o)
{
	select_none(o);
	o->offered.absent = ADDR;
	o->entry.node = "pve1";
}
static void other_device(struct offer *o)
{
	select_none(o);
	o->offered.differs = ADDR ": it is 10de:1b80 here";
}
static void pinned(struct offer *o)
{
	o->entry.is_pinned = true;
	o->entry.node = "pve1";
}
static void other_group(struct offer *o)
{
	pinned(o);
	o->offered.differs = ADDR ": iommugroup is 15 here, not 14";
}
static void migrates(struct offer *o) { o->entry.wants_migration = true; }
static void cannot_migrate(struct offer *o)
{
	migrates(o);
	o->offered.cannot_migrate = ADDR " (vfio-pci)";
}
static void cannot_but_need_not(struct offer *o) { o->offered.cannot_migrate = ADDR " (vfio-pci)"; }

static void find(struct offer *o, const struct hd_check *check, const char *evidence)
{
	o->own[o->findings.n++] = (struct hd_finding){
		.check = check, .subject = ADDR, .severity = HD_ERROR, .verdict = HD_FAIL, .evidence = evidence,
		.remedy = "unmount it",
	};
	o->offered.n_ready = 0;
}
static void mounted(struct offer *o)
{
	static const char *commands[] = { "umount /srv" };

	find(o, &hd_check_storage_free, "/dev/nvme0n1 is mounted at /srv");
	o->own[0].remedy = "`umount /srv` first";
	o->own[0].commands = commands;
	o->own[0].n_commands = 1;
}
static void is_root(struct offer *o)
{
	mounted(o);
	o->own[0].never = "the host's root filesystem";
}
static void root_by_id(struct offer *o)
{
	is_root(o);
	o->entry.address = NULL;
	o->offered.n_ready = 1;
	o->scheduler.selects_by_id_alone = true;
}
static void warned(struct offer *o)
{
	mounted(o);
	o->own[0].severity = HD_WARNING;
}
static void many_reasons(struct offer *o)
{
	for (size_t i = 0; i < MANY; i++)
		find(o, &hd_check_network_free, "it is used");
}
static void with_vfs_on(struct offer *o) { find(o, &hd_check_sriov_vfs_off, "sriov_numvfs reads 7"); }
static void by_id(struct offer *o)
{
	mounted(o);
	o->entry.address = NULL;
	o->offered.n_ready = 1;
}
static void by_id_only(struct offer *o)
{
	by_id(o);
	o->scheduler.selects_by_id_alone = true;
	o->scheduler.product = "KubeVirt";
}
static void all_by_id(struct offer *o)
{
	mounted(o);
	o->entry.address = NULL;
}
static void by_interface(struct offer *o)
{
	by_id(o);
	o->entry.interface = "eth0";
}
static void has_guest(struct offer *o)
{
	find(o, &hd_check_iommu_group_exclusive, "the running guest \"a\" has it");
	o->device.is_with_guests = true;
}
static void held_by_id(struct offer *o)
{
	has_guest(o);
	o->entry.address = NULL;
	o->offered.n_ready = 1;
}
static void open_by(struct offer *o)
{
	o->device.is_with_guests = true;
	o->device.used_by = "kvm (pid 7)";
}
static void used(struct offer *o) { o->device.used_by = "pipewire (pid 9)"; }
static void left_out(struct offer *o)
{
	o->device.group = 14;
	o->device.left_out = "0000:01:00.1";
}
static void left_out_for(struct offer *o)
{
	left_out(o);
	o->device.left_out_why = "needs network-free";
}
static void has_vfs(struct offer *o) { o->device.vfs = "0000:03:10.0 and 6 more"; }
static void selects_vfs(struct offer *o)
{
	has_vfs(o);
	o->entry.takes_vfs = true;
}
static void on_controller(struct offer *o) { o->device.controller = "0000:00:14.0"; }
static void last_keyboard(struct offer *o) { o->device.beside = "usb-free: the last keyboard"; }

#define OFFER_MATCHES &hd_check_offer_matches
#define OFFER_CURRENT &hd_check_offer_up_to_date
#define OFFER_MIGRATABLE &hd_check_offer_migratable
#define OFFERED_UNAMBIGUOUS &hd_check_offered_unambiguous
#define OFFERED_FREE &hd_check_offered_free
#define OFFERED_WHOLE &hd_check_offered_group_whole
#define OFFERED_APART &hd_check_offered_vfs_apart
#define OFFERED_TOGETHER &hd_check_offered_together

static const struct row rows[] = {
	{ "selects one", OFFER_MATCHES, NULL, HD_PASS, 0, "1 device", NULL },
	{ "selects none", OFFER_MATCHES, select_none, HD_FAIL, HD_WARNING, "no device of this host is 10de:2684",
	  "`hostdevctl list -o +id`" },
	{ "none, of a cluster", OFFER_MATCHES, none_of_cluster, HD_FAIL, HD_NOTE, "10de:2684",
	  "nothing to do if other hosts" },
	{ "an address that is empty", OFFER_MATCHES, absent, HD_FAIL, HD_ERROR,
	  "does not have the function " ADDR, NULL },
	{ "another device there", OFFER_MATCHES, other_device, HD_SKIP, 0, NULL, NULL },
	{ "another device there", OFFER_CURRENT, other_device, HD_FAIL, HD_ERROR, "it is 10de:1b80 here",
	  "correct address or ids" },
	{ "says nothing", OFFER_CURRENT, NULL, HD_SKIP, 0, NULL, NULL },
	{ "pinned", OFFER_CURRENT, pinned, HD_PASS, 0, NULL, NULL },
	{ "another group", OFFER_CURRENT, other_group, HD_FAIL, HD_ERROR, "iommugroup is 15 here, not 14",
	  "`hostdevctl export proxmox --node pve1`" },
	{ "does not ask", OFFER_MIGRATABLE, cannot_but_need_not, HD_SKIP, 0, NULL, NULL },
	{ "can", OFFER_MIGRATABLE, migrates, HD_PASS, 0, NULL, NULL },
	{ "cannot", OFFER_MIGRATABLE, cannot_migrate, HD_FAIL, HD_ERROR, ADDR " (vfio-pci)", "live_migratable" },
	{ "free", OFFERED_FREE, NULL, HD_PASS, 0, NULL, NULL },
	{ "mounted", OFFERED_FREE, mounted, HD_FAIL, HD_ERROR, "storage-free: /dev/nvme0n1 is mounted at /srv",
	  "or free it: `umount /srv` first; `hostdevctl check " ADDR "` looks again" },
	{ "never free", OFFERED_FREE, is_root, HD_FAIL, HD_ERROR, "storage-free: ",
	  "remove it from the configuration: it stays with the host" },
	{ "what only warns", OFFERED_FREE, warned, HD_PASS, 0, NULL, NULL },
	{ "many reasons", OFFERED_FREE, many_reasons, HD_FAIL, HD_ERROR,
	  "network-free: it is used; and 1 more", NULL },
	{ "virtual functions are another check's", OFFERED_FREE, with_vfs_on, HD_PASS, 0, NULL, NULL },
	{ "among others of its id is another check's", OFFERED_FREE, by_id, HD_SKIP, 0, NULL, NULL },
	{ "all of its id", OFFERED_FREE, all_by_id, HD_FAIL, HD_ERROR, "storage-free", NULL },
	{ "a guest has it", OFFERED_FREE, has_guest, HD_FAIL, HD_NOTE,
	  "it is on VFIO and somebody has it: iommu-group-exclusive", "nothing to do" },
	{ "its group is open", OFFERED_FREE, open_by, HD_FAIL, HD_NOTE, "kvm (pid 7)", NULL },
	{ "ready, and yet used", OFFERED_FREE, used, HD_FAIL, HD_WARNING,
	  "it is ready, but in use: pipewire (pid 9)", NULL },
	{ "by address", OFFERED_UNAMBIGUOUS, mounted, HD_SKIP, 0, NULL, NULL },
	{ "by id, among others", OFFERED_UNAMBIGUOUS, by_id, HD_FAIL, HD_ERROR,
	  "10de:2684 also selects " ADDR ", which must not be given away: storage-free: /dev/nvme0n1",
	  "add \"address\" to the entry" },
	{ "where only ids are", OFFERED_UNAMBIGUOUS, by_id_only, HD_FAIL, HD_ERROR, "10de:2684 also selects",
	  "KubeVirt cannot select by address: remove the selector, or free the device (`umount /srv` first)" },
	{ "and never free", OFFERED_UNAMBIGUOUS, root_by_id, HD_FAIL, HD_ERROR,
	  NULL, "by address: remove the selector" },
	{ "all of its id", OFFERED_UNAMBIGUOUS, all_by_id, HD_SKIP, 0, NULL, NULL },
	{ "by interface", OFFERED_UNAMBIGUOUS, by_interface, HD_SKIP, 0, NULL, NULL },
	{ "a guest has it", OFFERED_UNAMBIGUOUS, held_by_id, HD_PASS, 0, NULL, NULL },
	{ "whole", OFFERED_WHOLE, NULL, HD_PASS, 0, NULL, NULL },
	{ "in part", OFFERED_WHOLE, left_out, HD_FAIL, HD_ERROR, "IOMMU group 14 also has 0000:01:00.1, not offered",
	  "offer 0000:01:00.1 as well, or remove " ADDR },
	{ "in part, and no more of it can be", OFFERED_WHOLE, left_out_for, HD_FAIL, HD_ERROR,
	  "not offered; it must not be: needs network-free", "remove " ADDR },
	{ "without", OFFERED_APART, NULL, HD_PASS, 0, NULL, NULL },
	{ "with virtual functions", OFFERED_APART, has_vfs, HD_FAIL, HD_ERROR,
	  ADDR " is offered and has virtual functions: "
	  "0000:03:10.0 and 6 more", "but not both" },
	{ "and Nova selects these, too", OFFERED_APART, selects_vfs, HD_FAIL, HD_ERROR, NULL, "add the product_id" },
	{ "beside others", OFFERED_TOGETHER, NULL, HD_PASS, 0, NULL, NULL },
	{ "on a controller", OFFERED_TOGETHER, on_controller, HD_FAIL, HD_ERROR, "hangs on 0000:00:14.0",
	  "remove 0000:00:14.0 or" },
	{ "the last keyboard", OFFERED_TOGETHER, last_keyboard, HD_FAIL, HD_ERROR,
	  "usb-free: the last keyboard", NULL },
};

static void make(struct offer *o)
{
	*o = (struct offer){
		.scheduler = { .name = "nova", .product = "Nova" },
		.entry = { .scheduler = &o->scheduler, .object = "device_spec", .line = 3, .address = &o->address },
		.offered = { .entry = &o->entry, .subject = "nova.conf:3: device_spec", .n_devices = 1,
			     .n_ready = 1, .wanted = "10de:2684" },
		.findings = { .items = o->own },
		.device = { .name = ADDR, .subject = "nova.conf:3: device_spec: " ADDR, .by = &o->offered,
			    .findings = &o->findings },
	};
}

static void holds_part(const char *what, const char *text, const char *part)
{
	if (part && (!text || !strstr(text, part)))
		fail_msg("%s is \"%s\", without \"%s\"", what, text ? text : "(null)", part);
}

static const struct hd_finding *finding_of(const struct hd_findings *found, const struct hd_check *check)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].check == check)
			return &found->items[i];
	return NULL;
}

static void run(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_offered offered;
	struct hd_facts facts = { .offered = &offered };
	const struct hd_finding *finding;
	struct hd_findings found;
	struct offer o;

	make(&o);
	if (row->change)
		row->change(&o);
	offered = (struct hd_offered){ &o.offered, 1, &o.device, 1 };
	hd_check_run_offered(&found, &arena, &facts);
	finding = finding_of(&found, row->check);
	assert_string_equal(hd_verdict_name(finding ? finding->verdict : HD_SKIP), hd_verdict_name(row->want));
	if (finding) {
		assert_string_equal(finding->subject, row->check->scope == HD_SCOPE_ENTRY ?
				    o.offered.subject : o.device.subject);
		assert_null(finding->allow_with);
		holds_part("evidence", finding->evidence, row->evidence);
		holds_part("remedy", finding->remedy, row->remedy);
	}
	if (finding && row->want == HD_FAIL) {
		assert_string_equal(hd_severity_name(finding->severity), hd_severity_name(row->severity));
		assert_int_equal(found.is_ready, row->severity != HD_ERROR);
	}
	hd_arena_done(&arena);
}

/* A command of the device's own remedy is still one. */
static void keeps_commands(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_offered offered;
	struct hd_facts facts = { .offered = &offered };
	const struct hd_finding *finding;
	struct hd_findings found;
	struct offer o;

	(void)state;
	make(&o);
	mounted(&o);
	offered = (struct hd_offered){ &o.offered, 1, &o.device, 1 };
	hd_check_run_offered(&found, &arena, &facts);
	finding = finding_of(&found, OFFERED_FREE);
	if (!finding || finding->n_commands != 2) {
		fail_msg("no finding with two commands");
		return;
	}
	assert_string_equal(finding->commands[0], "umount /srv");
	assert_string_equal(finding->commands[1], "hostdevctl check " ADDR);
	hd_arena_done(&arena);
}

/* Nobody asked: no check of the others is run by one list, nor these by the other. */
static void are_run_apart(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found = check_case_run(c);
	struct hd_offered offered = { .n_entries = 0 };

	for (size_t i = 0; i < found.n; i++)
		assert_true(found.items[i].check->scope != HD_SCOPE_ENTRY &&
			    found.items[i].check->scope != HD_SCOPE_OFFERED);
	c->facts.offered = &offered;
	hd_check_run_offered(&found, &c->arena, &c->facts);
	assert_int_equal(found.n, 0);
	assert_true(found.is_ready);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2] = {
		cmocka_unit_test(keeps_commands),
		cmocka_unit_test_setup_teardown(are_run_apart, check_case_setup, check_case_teardown),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 2] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
