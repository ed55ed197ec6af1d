/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_checks.c - the list of checks, what runs for whom, and what metadata can allow. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tests/support/checkcase.h"

#define ADDR "0000:01:00.0"
#define SOUND "0000:01:00.1"

static int make(void **state)
{
	struct check_case *c = calloc(1, sizeof(*c));

	if (!c)
		return -1;
	check_case_make(c);
	*state = c;
	return 0;
}

static int clear(void **state)
{
	struct check_case *c = *state;

	hd_arena_done(&c->arena);
	free(c);
	return 0;
}

static struct hd_findings run(struct check_case *c)
{
	struct hd_findings found;

	hd_check_run(&found, &c->arena, &c->request, &c->facts);
	return found;
}

static const struct hd_finding *find(const struct hd_findings *found, const char *id,
				     const char *subject)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->items[i].check->id, id) &&
		    !strcmp(found->items[i].subject, subject))
			return &found->items[i];
	return NULL;
}

static void good_host_is_ready(void **state)
{
	struct hd_findings found = run(*state);

	assert_true(found.is_ready);
	assert_true(found.n > 15);
	for (size_t i = 0; i < found.n; i++) {
		assert_int_equal(found.items[i].verdict, HD_PASS);
		assert_null(found.items[i].remedy);
	}
	assert_non_null(find(&found, "guest-topology", "win11"));
	assert_non_null(find(&found, "iommu-enabled", "host"));
}

static void absent_function_is_one_finding(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;
	size_t n = 0;

	c->fns[0].fn.is_present = false;
	found = run(c);
	assert_false(found.is_ready);
	for (size_t i = 0; i < found.n; i++)
		n += !strcmp(found.items[i].subject, ADDR);
	assert_int_equal(n, 1);
	assert_string_equal(find(&found, "device-present", ADDR)->evidence,
			    "sys/bus/pci/devices/" ADDR " does not exist");
}

static void unreadable_function_is_refused(void **state)
{
	struct check_case *c = *state;
	const struct hd_finding *finding;
	struct hd_findings found;
	size_t n = 0;

	c->fns[0].fn.unknown = "sys/bus/pci/devices/" ADDR "/class: Input/output error";
	found = run(c);
	assert_false(found.is_ready);
	for (size_t i = 0; i < found.n; i++)
		n += !strcmp(found.items[i].subject, ADDR);
	assert_int_equal(n, 1);
	finding = find(&found, "device-present", ADDR);
	assert_int_equal(finding->verdict, HD_UNKNOWN);
	assert_int_equal(finding->severity, HD_ERROR);
	assert_string_equal(finding->evidence, c->fns[0].fn.unknown);
}

static void unseen_function_is_absent(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	check_case_ask(c, 5);
	found = run(c);
	assert_false(found.is_ready);
	assert_int_equal(find(&found, "device-present", "0000:01:00.5")->verdict, HD_FAIL);
}

static void warning_keeps_ready(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	c->facts.host.has_kvm_node = false;
	found = run(c);
	assert_true(found.is_ready);
	assert_int_equal(find(&found, "cpu-virtualization", "host")->verdict, HD_FAIL);
}

static void unknown_error_is_not_ready(void **state)
{
	struct check_case *c = *state;

	c->facts.guests.unreadable = "run/libvirt/qemu/x.xml";
	assert_false(run(c).is_ready);
}

static void companion_is_checked_where_it_moves(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_facts *pci = check_case_add(c, 1, 0x030000, "amdgpu");
	struct hd_findings found = run(c);

	assert_false(found.is_ready);
	assert_int_equal(find(&found, "driver-release-safe", SOUND)->verdict, HD_FAIL);
	assert_null(find(&found, "reset-works", SOUND));
	pci->fn.driver_kind = HD_DRIVER_HARMLESS;
	found = run(c);
	assert_true(found.is_ready);
	assert_null(find(&found, "driver-release-safe", SOUND));
}

static void blocking_companion_is_told_once(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	check_case_add(c, 1, 0x030000, "amdgpu");
	c->request.policy.keep_companions = true;
	found = run(c);
	assert_null(find(&found, "driver-release-safe", SOUND));
	assert_int_equal(find(&found, "iommu-group-viable", ADDR)->severity, HD_ERROR);
}

/* Spoils one check and allows it. */
static struct hd_findings run_allowed(struct check_case *c, const char *id, const char *subject)
{
	c->allows[0] = (struct hd_allow){ id, subject };
	c->request.policy.n_allows = 1;
	return run(c);
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
	found = run(c);
	c->request.policy.n_typed = 0;
	return found;
}

static void a_person_allows_the_route(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;
	const struct hd_finding *route;

	default_route(c);
	assert_false(run(c).is_ready);
	assert_false(run_typed(c, "network-free", SOUND).is_ready);
	found = run_allowed(c, "device-present", ADDR);
	assert_null(find(&found, "device-present", ADDR)->evidence);
	found = run_typed(c, "network-free", "01:00.0");
	assert_true(found.is_ready);
	route = find(&found, "network-free", ADDR);
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
		disk = find(&found, "storage-free", ADDR);
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
	found = run(c);
	disk = find(&found, "storage-free", ADDR);
	assert_int_equal(disk->severity, HD_WARNING);
	assert_null(disk->allow_with);
	found = run_allowed(c, "storage-free", ADDR);
	disk = find(&found, "storage-free", ADDR);
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
	found = run(c);
	assert_false(found.is_ready);
	assert_string_equal(find(&found, "storage-free", ADDR)->allow_with,
			    "detach --i-know-this-destroys-data " ADDR);
	given.fn = 0;
	found = run(c);
	assert_true(found.is_ready);
	disk = find(&found, "storage-free", ADDR);
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
	assert_false(run(c).is_ready);
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
		found = run(c);
		assert_false(found.is_ready);
		disk = find(&found, "storage-free", ADDR);
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
	driver = find(&found, "driver-release-safe", ADDR);
	assert_non_null(strstr(driver->evidence, "metadata cannot allow it"));
	assert_string_equal(driver->allow_with,
			    "hostdevctl detach --allow driver-release-safe=" ADDR " " ADDR
			    " before the start");
	found = run_typed(c, "driver-release-safe", ADDR);
	assert_true(found.is_ready);
	assert_int_equal(find(&found, "driver-release-safe", ADDR)->allowed_by,
			 HD_ALLOWED_BY_COMMAND_LINE);
}

static void ways_to_allow(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	default_route(c);
	found = run(c);
	assert_string_equal(find(&found, "network-free", ADDR)->allow_with,
			    "hostdevctl detach --allow network-free=" ADDR " " ADDR
			    " before the start");
	c->request.name = NULL;
	found = run(c);
	assert_string_equal(find(&found, "network-free", ADDR)->allow_with,
			    "--allow network-free=" ADDR);
	c->facts.iommu.is_active = false;
	found = run(c);
	assert_null(find(&found, "iommu-enabled", "host")->allow_with);
}

static void companions_disk_can_be_given_up(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_addr given = { .bus = 1, .fn = 1 };
	struct hd_pci_facts *pci = check_case_add(c, 1, 0x010802, "nvme");

	used_disk(c, HD_CLAIM_HELD);
	pci->storage = c->fns[0].storage;
	c->fns[0].storage.n_disks = 0;
	assert_false(run(c).is_ready);
	assert_false(run_allowed(c, "storage-free", SOUND).is_ready);
	assert_false(run_typed(c, "storage-free", SOUND).is_ready);
	c->request.policy.sacrifices = &given;
	c->request.policy.n_sacrifices = 1;
	assert_true(run(c).is_ready);
}

/* A check that is skipped for a device that is asked for does not make a typo of it. */
static void overrides_are_matched_last(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found = run_allowed(c, "display-free", ADDR);

	assert_int_equal(find(&found, "overrides-match", ADDR)->verdict, HD_PASS);
	found = run_allowed(c, "storage-free", "usb 1-2");
	assert_int_equal(find(&found, "overrides-match", "usb 1-2")->verdict, HD_FAIL);
	assert_true(found.is_ready);
	found = run_allowed(c, "netwrok-free", ADDR);
	assert_false(found.is_ready);
}

static void typos_find_their_id(void **state)
{
	(void)state;
	assert_string_equal(hd_check_nearest("netwrok-free"), "network-free");
	assert_string_equal(hd_check_nearest("storage_free"), "storage-free");
	assert_string_equal(hd_check_nearest("rom-file"), "rom-file");
	assert_non_null(hd_check_nearest(""));
	assert_non_null(hd_check_nearest("x23456789012345678901234567890123456789012345678901234"
					 "567890123456789"));
}

/* A guest that passes a USB device alone must not be refused for an IOMMU. */
static void other_guests_need_no_iommu(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	c->facts.iommu.is_active = false;
	c->facts.n_fns = 0;
	c->hostdevs[0].kind = HD_DEVICE_USB;
	found = run(c);
	assert_true(found.is_ready);
	assert_null(find(&found, "iommu-enabled", "host"));
	c->request.n_hostdevs = 0;
	c->request.name = NULL;
	found = run(c);
	assert_int_equal(find(&found, "iommu-enabled", "host")->verdict, HD_FAIL);
	assert_null(find(&found, "guest-topology", "win11"));
}

/* A zeroed host and function: nothing may be dereferenced, nothing may be ready. */
static void nothing_known_is_not_ready(void **state)
{
	struct check_case *c = *state;

	memset(&c->facts.host, 0, sizeof(c->facts.host));
	memset(&c->facts.iommu, 0, sizeof(c->facts.iommu));
	memset(&c->fns[0], 0, sizeof(c->fns[0]));
	c->facts.iommu.remapping_evidence = "";
	c->fns[0].is_requested = true;
	c->fns[0].fn.is_present = true;
	c->facts.n_groups = 0;
	assert_false(run(c).is_ready);
}

static void names_are_printable(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	c->request.name = "a\033[2Jb";
	found = run(c);
	assert_non_null(find(&found, "guest-topology", "a?[2Jb"));
}

static bool is_kebab(const char *id)
{
	for (const char *at = id; *at; at++)
		if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) &&
		    (*at != '-' || at == id || at[1] == '-' || !at[1]))
			return false;
	return *id;
}

/* Ids that were handed out: never renamed, never reused, only added to. */
static const char *const ids[] = {
	"cpu-virtualization", "iommu-firmware", "iommu-enabled", "iommu-passthrough-mode",
	"interrupt-remapping", "no-acs-override", "no-noiommu", "vfio-modules",
	"vfio-modules-at-boot", "vfio-node", "device-present", "device-identity",
	"host-readable", "function-readable",
	"device-alive", "device-endpoint", "storage-free", "network-free", "holders-free", "display-free", "last-gpu",
	"driver-release-safe", "sriov-vfs-off", "vf-parent-up", "iommu-group-present",
	"iommu-group-viable", "iommu-group-exclusive", "no-direct-region", "rom-file",
	"reset-works", "power-state", "not-denylisted", "managed-conflict", "guest-topology",
	"overrides-match", "pool-has-function",
	"usb-present", "usb-unambiguous", "serial-present", "mdev-present", "vgpu-vendor-ready",
	"usb-free", "usb-controller-free", "serial-free",
	"boot-parameters-active", "kernel-modules-installed", "vfio-ids-bound",
	"hugepages-on-each-node", "hook-installed", "hook-answers", "one-daemon", "unit-hardening", "numa-near", "hugepages",
	"memlock", "children-free", "iommufd-available", "libvirt-finds-devices",
};

static void rows_are_complete(void **state)
{
	size_t n = 0;

	(void)state;
	for (; hd_checks[n]; n++) {
		const struct hd_check *check = hd_checks[n];

		assert_true(is_kebab(check->id));
		assert_ptr_equal(hd_check_find(check->id), check);
		assert_true(check->title && *check->title);
		assert_false(hd_text_ends_with(check->title, "."));
		assert_true(check->remedy && *check->remedy);
		assert_true(check->doc && strlen(check->doc) > 100);
		assert_true(check->scope < HD_SCOPE_MAX && check->severity < HD_SEVERITY_MAX);
		assert_non_null(check->run);
	}
	assert_int_equal(n, HD_ARRAY_SIZE(ids));
	for (size_t i = 0; i < n; i++)
		assert_non_null(hd_check_find(ids[i]));
	assert_null(hd_check_find("no-such-check"));
}

/* All of tests/check/test_check_*.c, as one text. */
static const char *read_rows(struct hd_arena *arena)
{
	DIR *dir = opendir(SRCDIR "/tests/check");
	const char *all = "";

	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));) {
		char *text = hd_alloc(arena, 65536);
		int fd;

		if (!hd_text_starts_with(e->d_name, "test_check_") ||
		    !hd_text_ends_with(e->d_name, ".c"))
			continue;
		fd = openat(dirfd(dir), e->d_name, O_RDONLY | O_CLOEXEC);
		assert_true(fd >= 0 && read(fd, text, 65535) > 0);
		close(fd);
		all = hd_printf(arena, "%s%s", all, text);
	}
	closedir(dir);
	return all;
}

/* The short name that a test gives to "&hd_check_x" by "#define SHORT &hd_check_x". */
static const char *short_name(struct hd_arena *arena, const char *rows, const char *id)
{
	char *symbol = hd_printf(arena, " &hd_check_%s\n", id);
	const char *at, *start;

	for (char *c = symbol; *c; c++)
		if (*c == '-')
			*c = '_';
	at = strstr(rows, symbol);
	if (!at)
		fail_msg("no test names %s", id);
	for (start = at; start > rows && start[-1] != ' ';)
		start--;
	return hd_strndup(arena, start, (size_t)(at - start));
}

/* Is there a row `"name", NAME, change, WANT`?  Short names are unique among the tests. */
static bool has_row(struct hd_arena *arena, const char *rows, const char *name, const char *want)
{
	const char *start = hd_printf(arena, "\", %s, ", name);

	for (const char *at = rows; (at = strstr(at, start)); at++) {
		const char *end = strstr(at, "},");
		const char *found = strstr(at, want);

		if (end && found && found < end)
			return true;
	}
	return false;
}

static void every_check_passes_and_fails_in_a_row(void **state)
{
	struct check_case *c = *state;
	const char *rows = read_rows(&c->arena);

	for (size_t i = 0; hd_checks[i]; i++) {
		const char *name = short_name(&c->arena, rows, hd_checks[i]->id);

		/* Told only where something could not be read: to pass is to say nothing. */
		if (has_row(&c->arena, rows, name, "HD_UNKNOWN") &&
		    !has_row(&c->arena, rows, name, "HD_PASS") &&
		    hd_text_ends_with(hd_checks[i]->id, "-readable"))
			continue;
		if (!has_row(&c->arena, rows, name, "HD_PASS"))
			fail_msg("%s has no row that passes", hd_checks[i]->id);
		if (!has_row(&c->arena, rows, name, "HD_FAIL"))
			fail_msg("%s has no row that fails", hd_checks[i]->id);
	}
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(hd_scope_name(HD_SCOPE_TAKEN), "device");
	assert_string_equal(hd_scope_name(HD_SCOPE_GUEST), "guest");
	assert_string_equal(hd_scope_name(HD_SCOPE_USB), "usb");
	assert_string_equal(hd_scope_name(HD_SCOPE_SERIAL), "serial");
	assert_string_equal(hd_scope_name(HD_SCOPE_MDEV), "mdev");
	assert_string_equal(hd_severity_name(HD_WARNING), "warning");
	assert_string_equal(hd_verdict_name(HD_UNKNOWN), "unknown");
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, make, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(good_host_is_ready),
		CASE(absent_function_is_one_finding),
		CASE(unreadable_function_is_refused),
		CASE(unseen_function_is_absent),
		CASE(warning_keeps_ready),
		CASE(unknown_error_is_not_ready),
		CASE(companion_is_checked_where_it_moves),
		CASE(blocking_companion_is_told_once),
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
		CASE(other_guests_need_no_iommu),
		CASE(nothing_known_is_not_ready),
		CASE(names_are_printable),
		CASE(every_check_passes_and_fails_in_a_row),
		cmocka_unit_test(typos_find_their_id),
		cmocka_unit_test(rows_are_complete),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
