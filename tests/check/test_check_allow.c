/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_check_allow.c - what is in use is allowed by no guest's metadata, whoever knows it.
 *
 * Each row makes one use, of a function that is asked for and of one that goes along
 * with it.  It then allows every check there is for the device, in each way.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/checkcase.h"

#define MAX_CHECKS 100

static void mounted_though_granted(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, "mounted", HD_CLAIM_HELD);
}

static void mounted_and_refused(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, "mounted", HD_CLAIM_BUSY);
}

static void mounted_in_a_capture(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, "swap", HD_CLAIM_NOT_TRIED);
}

static void refused(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, NULL, HD_CLAIM_BUSY);
}

static void not_asked(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, NULL, HD_CLAIM_UNKNOWN);
	c->disks[0].claim_error = EACCES;
}

static void essential(struct check_case *c, struct hd_pci_facts *pci)
{
	mounted_and_refused(c, pci);
	pci->storage.essential = "the host's root filesystem";
}

static void share(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_disk(c, &pci->storage, "mounted", HD_CLAIM_NOT_TRIED);
	pci->storage.disks[0].is_share = true;
}

static void sleeping(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_sleep_on(c, &pci->storage);
}

static void route(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_network(c, &pci->network, "default route");
}

static void routes_unknown(struct check_case *c, struct hd_pci_facts *pci)
{
	check_case_add_network(c, &pci->network, NULL);
}

static void open_by(struct check_case *c, struct hd_pci_facts *pci, bool is_block)
{
	pci->nodes = c->nodes;
	pci->n_nodes = 1;
	check_case_hold(c, &pci->holders, is_block);
}

static void node_open(struct check_case *c, struct hd_pci_facts *pci)
{
	open_by(c, pci, false);
}

static void disk_open(struct check_case *c, struct hd_pci_facts *pci)
{
	open_by(c, pci, true);
}

static void processes_unread(struct check_case *c, struct hd_pci_facts *pci)
{
	pci->nodes = c->nodes;
	pci->n_nodes = 1;
	pci->holders.unread = "process 1";
}

static struct hd_display_use *shown(struct hd_pci_facts *pci, const char *what)
{
	static struct hd_display_use use;

	use = (struct hd_display_use){ .what = what, .source = "run/x" };
	pci->fn.class = 0x030000;
	pci->fn.driver = "i915";
	pci->display = (struct hd_display){ .uses = &use, .n_uses = what != NULL };
	return &use;
}

static void session(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	shown(pci, "session 2 of joe");
}

static void references(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	shown(pci, NULL);
	pci->display.refs = (struct hd_display_refs){ .module = "i915", .total = 3,
						      .unexplained = 1 };
}

static void display_unknown(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	shown(pci, NULL);
	pci->display.unknown = "run/systemd/sessions";
}

static void drawn_on(struct check_case *c, struct hd_pci_facts *pci)
{
	struct hd_display_use *use = shown(pci, "the boot screen");

	c->facts.host.kernel_major = 5;
	use->leaves_region = true;
	use->command = "echo simple-framebuffer.0 > unbind";
}

static void region_left(struct check_case *c, struct hd_pci_facts *pci)
{
	drawn_on(c, pci);
	pci->display.uses[0].command = NULL;
}

static void sticky_driver(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	pci->fn.driver = "nvidia";
}

#define CONTROLLER "sys/devices/pci0000:00/0000:00:14.0"

static void controller(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	pci->fn.class = 0x0c0330;
	pci->fn.driver = "xhci_hcd";
	pci->fn.path = CONTROLLER;
}

static void stick_of_a_guest(struct check_case *c)
{
	c->devices[0] = (struct hd_guest_device){
		.guest = "other",
		.dev = { .kind = HD_DEVICE_USB, .usb_vendor = 0x46f4, .usb_product = 1 },
	};
	c->facts.guests.n_devices = 1;
}

static void guest_below(struct check_case *c, struct hd_pci_facts *pci)
{
	controller(c, pci);
	c->facts.inputs.n = 0;
	stick_of_a_guest(c);
}

static void vfs(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	pci->fn.sriov_numvfs = 2;
}

/* Of the group: nobody can be asked for a member alone. */
static void running_guest(struct check_case *c, struct hd_pci_facts *pci)
{
	c->claims[0] = (struct hd_guest_claim){ .guest = "other", .is_running = true,
						.addr = pci->fn.addr };
	c->facts.guests.n_claims = 1;
}

static void group_open(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	pci->vfio_holder = "dpdk-testpmd (pid 812)";
}

static void usb(struct check_case *c)
{
	c->facts.usbs = c->usbs;
	c->facts.n_usbs = 1;
}

static void usb_hub(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	c->usb_devs[1].class = 9;
}

static void usb_mounted(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	check_case_add_disk(c, &c->usbs[0].storage, "mounted", HD_CLAIM_HELD);
}

static void usb_sleeping(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	check_case_sleep_on(c, &c->usbs[0].storage);
}

static void usb_sleeping_and_route(struct check_case *c, struct hd_pci_facts *pci)
{
	usb_sleeping(c, pci);
	check_case_add_network(c, &c->usbs[0].network, "default route");
}

static void usb_mounted_and_route(struct check_case *c, struct hd_pci_facts *pci)
{
	usb_mounted(c, pci);
	check_case_add_network(c, &c->usbs[0].network, "default route");
}

static void usb_open(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	check_case_hold(c, &c->usbs[0].holders, false);
}

static void usb_keyboard(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	c->usb_matches[0] = &c->usb_devs[0];
}

static void usb_of_a_guest(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	usb(c);
	stick_of_a_guest(c);
}

static void serial(struct check_case *c)
{
	c->facts.serials = c->serials;
	c->facts.n_serials = 1;
}

static void serial_console(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	serial(c);
	c->serials[0].console = (struct hd_console){ .tty = "ttyS1", .source = "proc/consoles" };
}

static void serial_open(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	serial(c);
	check_case_hold(c, &c->serials[0].holders, false);
}

static void serial_lock(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	serial(c);
	c->serials[0].lock = "run/lock/LCK..ttyS1";
}

static void mdev_busy(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	c->facts.mdevs = c->mdevs;
	c->facts.n_mdevs = 1;
	c->mdevs[0].busy = "its VFIO group is open";
}

static void scsi(struct check_case *c)
{
	c->request.n_hostdevs = c->facts.n_fns = 0;
	c->facts.scsis = c->scsis;
	c->facts.n_scsis = 1;
}

static void scsi_sleeping(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	scsi(c);
	check_case_sleep_on(c, &c->scsis[0].storage);
}

static void scsi_of_a_guest(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	scsi(c);
	c->devices[0] = (struct hd_guest_device){ .guest = "other" };
	c->scsis[0].guest = c->devices;
}

static void scsi_open(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)pci;
	scsi(c);
	check_case_hold(c, &c->scsis[0].holders, false);
}

/* A tape has no disk. */
static void tape_open(struct check_case *c, struct hd_pci_facts *pci)
{
	scsi_open(c, pci);
	c->scsis[0].unit.block = NULL;
}

/* What a command line can do about it: --allow, or the sacrifice of the device. */
#define ALLOW 1u
#define SACRIFICE 2u
#define METADATA 4u
#define IS_WARNING 8u	/* without any */
#define IS_ALONE 16u	/* not for a companion: a USB device, or of the whole group */

static void function_unread(struct check_case *c, struct hd_pci_facts *pci)
{
	(void)c;
	pci->unread = "sys/x: Input/output error";
}

static const struct row {
	const char *name;
	const struct hd_check *check;
	void (*change)(struct check_case *c, struct hd_pci_facts *pci);
	unsigned ways;
} rows[] = {
	{ "function unread", &hd_check_function_readable, function_unread, ALLOW },
	{ "mounted on a loop, claim granted", &hd_check_storage_free, mounted_though_granted, SACRIFICE },
	{ "mounted, claim refused", &hd_check_storage_free, mounted_and_refused, SACRIFICE },
	{ "swap of a captured host", &hd_check_storage_free, mounted_in_a_capture, SACRIFICE },
	{ "claim refused", &hd_check_storage_free, refused, SACRIFICE },
	{ "claim unknown", &hd_check_storage_free, not_asked, SACRIFICE },
	{ "the host's own", &hd_check_storage_free, essential, 0 },
	{ "a mounted share", &hd_check_storage_free, share, 0 },
	{ "sleeping", &hd_check_storage_free, sleeping, ALLOW | METADATA | IS_WARNING },
	{ "a use in the kernel", &hd_check_other_use_free, check_case_use_otherwise, ALLOW },
	{ "route", &hd_check_network_free, route, ALLOW },
	{ "routes unknown", &hd_check_network_free, routes_unknown, ALLOW },
	{ "node open", &hd_check_holders_free, node_open, ALLOW },
	{ "disk open", &hd_check_holders_free, disk_open, SACRIFICE },
	{ "processes unread", &hd_check_holders_free, processes_unread, ALLOW },
	{ "session", &hd_check_display_free, session, ALLOW },
	{ "references", &hd_check_display_free, references, ALLOW },
	{ "unknown", &hd_check_display_free, display_unknown, ALLOW },
	{ "boot screen", &hd_check_display_free, drawn_on, ALLOW },
	{ "memory of nobody", &hd_check_display_free, region_left, ALLOW | METADATA },
	{ "nvidia", &hd_check_driver_release_safe, sticky_driver, ALLOW },
	{ "last keyboard", &hd_check_usb_controller_free, controller, ALLOW },
	{ "guest below", &hd_check_usb_controller_free, guest_below, ALLOW },
	{ "functions", &hd_check_sriov_vfs_off, vfs, 0 },
	{ "running guest", &hd_check_iommu_group_exclusive, running_guest, 0 },
	{ "group open", &hd_check_iommu_group_exclusive, group_open, 0 },
	{ "hub", &hd_check_usb_free, usb_hub, IS_ALONE },
	{ "mounted", &hd_check_usb_free, usb_mounted, IS_ALONE },
	{ "sleeping", &hd_check_usb_free, usb_sleeping, ALLOW | METADATA | IS_WARNING | IS_ALONE },
	{ "sleeping and a route", &hd_check_usb_free, usb_sleeping_and_route, ALLOW | IS_ALONE },
	{ "mounted and a route", &hd_check_usb_free, usb_mounted_and_route, IS_ALONE },
	{ "open", &hd_check_usb_free, usb_open, ALLOW | IS_ALONE },
	{ "last keyboard", &hd_check_usb_free, usb_keyboard, ALLOW | IS_ALONE },
	{ "of a guest", &hd_check_usb_free, usb_of_a_guest, ALLOW | IS_ALONE },
	{ "console", &hd_check_serial_free, serial_console, ALLOW | IS_ALONE },
	{ "open", &hd_check_serial_free, serial_open, ALLOW | IS_ALONE },
	{ "lock", &hd_check_serial_free, serial_lock, ALLOW | IS_ALONE },
	{ "busy", &hd_check_mdev_present, mdev_busy, IS_ALONE },
	{ "sleeping", &hd_check_scsi_free, scsi_sleeping, ALLOW | METADATA | IS_WARNING | IS_ALONE },
	{ "of a guest", &hd_check_scsi_free, scsi_of_a_guest, IS_ALONE },
	{ "open", &hd_check_scsi_free, scsi_open, IS_ALONE },
	{ "tape open", &hd_check_scsi_free, tape_open, ALLOW | IS_ALONE },
};

/* Every check there is, for SUBJECT. */
static size_t allow_all(struct hd_allow *ret, const char *subject)
{
	size_t n = 0;

	for (; hd_checks[n]; n++)
		ret[n] = (struct hd_allow){ hd_checks[n]->id, subject };
	assert_true(n < MAX_CHECKS);
	return n;
}

static const char *subject_of(const struct check_case *c, const struct hd_pci_facts *pci)
{
	if (c->facts.n_usbs)
		return c->usbs[0].name;
	if (c->facts.n_serials)
		return c->serials[0].name;
	if (c->facts.n_scsis)
		return c->scsis[0].name;
	return c->facts.n_mdevs ? c->mdevs[0].name : pci->fn.name;
}

static bool is_ready(struct check_case *c, struct hd_findings *found)
{
	hd_check_run(found, &c->arena, &c->request, &c->facts);
	return found->is_ready;
}

static enum hd_severity severity_of(const struct hd_findings *found, const struct hd_check *check)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].check == check && found->items[i].verdict != HD_PASS)
			return found->items[i].severity;
	return HD_SEVERITY_MAX;
}

static void try_ways(const struct row *row, struct check_case *c, struct hd_pci_facts *pci)
{
	struct hd_policy *policy = &c->request.policy;
	const enum hd_severity severity = row->ways & IS_WARNING ? HD_WARNING : HD_ERROR;
	struct hd_allow all[MAX_CHECKS];
	struct hd_findings found;
	size_t n = allow_all(all, subject_of(c, pci));

	assert_int_equal(is_ready(c, &found), (row->ways & IS_WARNING) != 0);
	if (pci == c->fns)
		assert_int_equal(severity_of(&found, row->check), severity);
	policy->allows = all;
	policy->n_allows = n;
	assert_int_equal(is_ready(c, &found), (row->ways & METADATA) != 0);
	if (pci == c->fns)
		assert_int_equal(severity_of(&found, row->check),
				 severity - (row->ways & METADATA ? 1 : 0));
	policy->n_allows = 0;
	policy->typed = all;
	policy->n_typed = n;
	assert_int_equal(is_ready(c, &found), (row->ways & ALLOW) != 0);
	policy->n_typed = 0;
	policy->sacrifices = &pci->fn.addr;
	policy->n_sacrifices = 1;
	assert_int_equal(is_ready(c, &found), (row->ways & (SACRIFICE | IS_WARNING)) != 0);
}

static void allows(void **state)
{
	const struct row *row = *state;

	for (unsigned fn = 0; fn < (row->ways & IS_ALONE ? 1 : 2); fn++) {
		struct check_case *c = calloc(1, sizeof(*c));

		assert_non_null(c);
		check_case_make(c);
		if (fn)
			check_case_add(c, fn, 0x010802, "nvme");
		row->change(c, &c->fns[fn]);
		try_ways(row, c, &c->fns[fn]);
		hd_arena_done(&c->arena);
		free(c);
	}
}

/* A check that can be allowed has a row of a use, and of what sleeps if metadata can. */
static void all_have_rows(void **state)
{
	for (size_t i = 0; !*state && hd_checks[i]; i++) {
		bool has_use = hd_checks[i]->allow == HD_ALLOW_NEVER;
		bool has_sleeping = hd_checks[i]->allow != HD_ALLOW_METADATA;

		for (size_t k = 0; k < HD_ARRAY_SIZE(rows); k++) {
			bool is_its = rows[k].check == hd_checks[i];
			has_use |= is_its && !(rows[k].ways & METADATA);
			has_sleeping |= is_its && (rows[k].ways & METADATA);
		}
		if (!has_use || !has_sleeping)
			fail_msg("%s has no row", hd_checks[i]->id);
	}
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 1];
	char names[HD_ARRAY_SIZE(rows)][120];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%s: %s", rows[i].check->id, rows[i].name);
		tests[i] = (struct CMUnitTest){ .name = names[i], .test_func = allows,
						.initial_state = (void *)&rows[i] };
	}
	tests[HD_ARRAY_SIZE(rows)] = (struct CMUnitTest){ .name = "every check that can be allowed",
							  .test_func = all_have_rows };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
