/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_allowances.c - who may accept a failed check, and what nobody can accept. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "tests/support/checkcase.h"

#define ADDR "0000:01:00.0"
#define SOUND "0000:01:00.1"

/* Spoils one check and allows it. */
static struct hd_findings run_allowed(struct check_case *c, const char *id, const char *subject)
{
	c->allows[0] = (struct hd_allow){ id, subject };
	c->request.policy.n_allows = 1;
	return check_case_run(c);
}

static void default_route(struct check_case *c)
{
	c->netdevs[0] = (struct hd_netdev){ "eth0", true };
	c->net_uses[0] = (struct hd_net_use){ .chain = "eth0", .use = "default route" };
	c->fns[0].network = (struct hd_network){ .netdevs = c->netdevs, .n_netdevs = 1,
							.uses = c->net_uses, .n_uses = 1 };
}

static struct hd_findings run_typed(struct check_case *c, const char *id, const char *subject)
{
	struct hd_findings found;

	(void)run_allowed(c, id, subject);
	c->request.policy.n_allows = 0;
	c->request.policy.typed = c->allows;
	c->request.policy.n_typed = 1;
	found = check_case_run(c);
	c->request.policy.n_typed = 0;
	return found;
}

static void a_person_allows_the_route(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;
	const struct hd_finding *route;

	default_route(c);
	assert_false(check_case_run(c).is_ready);
	assert_false(run_typed(c, "network-free", SOUND).is_ready);
	found = run_allowed(c, "device-present", ADDR);
	assert_null(check_case_find(&found, "device-present", ADDR)->evidence);
	found = run_typed(c, "network-free", "01:00.0");
	assert_true(found.is_ready);
	route = check_case_find(&found, "network-free", ADDR);
	assert_int_equal(route->severity, HD_WARNING);
	assert_int_equal(route->verdict, HD_FAIL);
	assert_int_equal(route->allowed_by, HD_ALLOWED_BY_COMMAND_LINE);
	assert_non_null(strstr(route->evidence, "(allowed by --allow)"));
}

static void used_disk(struct check_case *c, enum hd_claim_state claim)
{
	c->uses[0] = (struct hd_disk_use){ .chain = "nvme0n1", .use = "mounted on /srv" };
	c->disks[0] = (struct hd_disk){ .name = "nvme0n1", .claim = claim,
					.uses = c->uses, .n_uses = 1 };
	c->fns[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
}

/* Also where the kernel grants the claim, as below a loop device. */
static void nothing_allows_a_disk_in_use(void **state)
{
	static const enum hd_claim_state claims[] = { HD_CLAIM_BUSY, HD_CLAIM_HELD };
	struct check_case *c = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(claims); i++) {
		const struct hd_finding *disk;
		struct hd_findings found;

		used_disk(c, claims[i]);
		found = run_allowed(c, "storage-free", ADDR);
		assert_false(found.is_ready);
		disk = check_case_find(&found, "storage-free", ADDR);
		assert_int_equal(disk->severity, HD_ERROR);
		assert_int_equal(disk->allowed_by, HD_ALLOWED_BY_NOBODY);
		assert_null(disk->allow_with);
		assert_non_null(strstr(disk->evidence, "so it cannot be allowed)"));
		assert_false(run_typed(c, "storage-free", ADDR).is_ready);
	}
}

/* A dormant use is then a note, even if nobody had to allow it. */
static void metadata_allows_what_sleeps(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;
	const struct hd_finding *disk;

	used_disk(c, HD_CLAIM_HELD);
	c->sleeping[0] = (struct hd_disk_data){ "nvme0n1", "an inactive array", "look", "run/udev" };
	c->disks[0].n_uses = 0;
	c->disks[0].sleeping = c->sleeping;
	c->disks[0].n_sleeping = 1;
	found = check_case_run(c);
	disk = check_case_find(&found, "storage-free", ADDR);
	assert_int_equal(disk->severity, HD_WARNING);
	assert_null(disk->allow_with);
	found = run_allowed(c, "storage-free", ADDR);
	disk = check_case_find(&found, "storage-free", ADDR);
	assert_int_equal(disk->severity, HD_NOTE);
	assert_int_equal(disk->allowed_by, HD_ALLOWED_BY_METADATA);
	assert_non_null(strstr(disk->evidence, "(allowed by the guest's metadata)"));
}

static void a_sacrifice_names_its_device(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_addr given = { .bus = 1, .fn = 1 };
	const struct hd_finding *disk;
	struct hd_findings found;

	used_disk(c, HD_CLAIM_BUSY);
	c->request.name = NULL;
	c->request.policy.sacrifices = &given;
	c->request.policy.n_sacrifices = 1;
	found = check_case_run(c);
	assert_false(found.is_ready);
	assert_string_equal(check_case_find(&found, "storage-free", ADDR)->allow_with,
			    "detach --i-know-this-destroys-data " ADDR);
	given.fn = 0;
	found = check_case_run(c);
	assert_true(found.is_ready);
	disk = check_case_find(&found, "storage-free", ADDR);
	assert_int_equal(disk->severity, HD_WARNING);
	assert_int_equal(disk->verdict, HD_FAIL);
	assert_int_equal(disk->allowed_by, HD_ALLOWED_BY_SACRIFICE);
}

/* What a sacrifice is not: an allowance of anything else. */
static void a_sacrifice_is_of_data_alone(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_addr given = { .bus = 1 };

	default_route(c);
	c->request.policy.sacrifices = &given;
	c->request.policy.n_sacrifices = 1;
	assert_false(check_case_run(c).is_ready);
}

/* What the host itself lives on nobody can give up, whatever they say. */
static void never_is_never(void **state)
{
	static const struct hd_allow typed = { "storage-free", ADDR };
	struct check_case *c = *state;
	struct hd_pci_addr given = { .bus = 1 };
	const struct hd_finding *disk;
	struct hd_findings found;

	used_disk(c, HD_CLAIM_BUSY);
	c->fns[0].storage.essential = "the host's root filesystem";
	c->request.name = NULL;
	c->request.policy.sacrifices = &given;
	c->request.policy.n_sacrifices = 1;
	for (size_t i = 0; i < 2; i++) {
		found = check_case_run(c);
		assert_false(found.is_ready);
		disk = check_case_find(&found, "storage-free", ADDR);
		assert_int_equal(disk->allowed_by, HD_ALLOWED_BY_NOBODY);
		assert_null(disk->allow_with);
		assert_string_equal(disk->never, "the host's root filesystem");
		assert_non_null(strstr(disk->evidence, "so it cannot be allowed)"));
		c->request.policy.n_sacrifices = 0;
		c->disks[0].claim = HD_CLAIM_NOT_TRIED;
		c->request.policy.typed = (struct hd_allow *)(uintptr_t)&typed;
		c->request.policy.n_typed = 1;
	}
}

static void some_are_for_the_command_line(void **state)
{
	struct check_case *c = *state;
	const struct hd_finding *driver;
	struct hd_findings found;

	c->fns[0].fn.driver = "nvidia";
	found = run_allowed(c, "driver-release-safe", ADDR);
	assert_false(found.is_ready);
	driver = check_case_find(&found, "driver-release-safe", ADDR);
	assert_non_null(strstr(driver->evidence, "metadata cannot allow it"));
	assert_string_equal(driver->allow_with,
			    "hostdevctl detach --allow driver-release-safe=" ADDR " " ADDR
			    " before the start");
	found = run_typed(c, "driver-release-safe", ADDR);
	assert_true(found.is_ready);
	assert_int_equal(check_case_find(&found, "driver-release-safe", ADDR)->allowed_by,
			 HD_ALLOWED_BY_COMMAND_LINE);
}

static void ways_to_allow(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	default_route(c);
	found = check_case_run(c);
	assert_string_equal(check_case_find(&found, "network-free", ADDR)->allow_with,
			    "hostdevctl detach --allow network-free=" ADDR " " ADDR
			    " before the start");
	c->request.name = NULL;
	found = check_case_run(c);
	assert_string_equal(check_case_find(&found, "network-free", ADDR)->allow_with,
			    "--allow network-free=" ADDR);
	c->facts.iommu.is_active = false;
	found = check_case_run(c);
	assert_null(check_case_find(&found, "iommu-enabled", "host")->allow_with);
}

static void companions_disk_can_be_given_up(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_addr given = { .bus = 1, .fn = 1 };
	struct hd_pci_facts *pci = check_case_add(c, 1, 0x010802, "nvme");

	used_disk(c, HD_CLAIM_HELD);
	pci->storage = c->fns[0].storage;
	c->fns[0].storage.n_disks = 0;
	assert_false(check_case_run(c).is_ready);
	assert_false(run_allowed(c, "storage-free", SOUND).is_ready);
	assert_false(run_typed(c, "storage-free", SOUND).is_ready);
	c->request.policy.sacrifices = &given;
	c->request.policy.n_sacrifices = 1;
	assert_true(check_case_run(c).is_ready);
}

/* A check that is skipped for a device that is asked for does not make a typo of it. */
static void overrides_are_matched_last(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found = run_allowed(c, "display-free", ADDR);

	assert_int_equal(check_case_find(&found, "overrides-match", ADDR)->verdict, HD_PASS);
	found = run_allowed(c, "storage-free", "usb 1-2");
	assert_int_equal(check_case_find(&found, "overrides-match", "usb 1-2")->verdict, HD_FAIL);
	assert_true(found.is_ready);
	found = run_allowed(c, "netwrok-free", ADDR);
	assert_false(found.is_ready);
}

#define CASE(function) \
	cmocka_unit_test_setup_teardown(function, check_case_setup, check_case_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_person_allows_the_route),
		CASE(nothing_allows_a_disk_in_use),
		CASE(metadata_allows_what_sleeps),
		CASE(a_sacrifice_names_its_device),
		CASE(a_sacrifice_is_of_data_alone),
		CASE(never_is_never),
		CASE(some_are_for_the_command_line),
		CASE(ways_to_allow),
		CASE(companions_disk_can_be_given_up),
		CASE(overrides_are_matched_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
