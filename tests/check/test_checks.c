/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_checks.c - the list of checks, and what runs for whom. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tests/support/checkcase.h"

#define ADDR "0000:01:00.0"
#define SOUND "0000:01:00.1"

static void good_host_is_ready(void **state)
{
	struct hd_findings found = check_case_run(*state);

	assert_true(found.is_ready);
	assert_true(found.n > 15);
	for (size_t i = 0; i < found.n; i++) {
		assert_int_equal(found.items[i].verdict, HD_PASS);
		assert_null(found.items[i].remedy);
	}
	assert_non_null(check_case_find(&found, "guest-topology", "win11"));
	assert_non_null(check_case_find(&found, "iommu-enabled", "host"));
}

static void absent_function_is_one_finding(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;
	size_t n = 0;

	c->fns[0].fn.is_present = false;
	found = check_case_run(c);
	assert_false(found.is_ready);
	for (size_t i = 0; i < found.n; i++)
		n += !strcmp(found.items[i].subject, ADDR);
	assert_int_equal(n, 1);
	assert_string_equal(check_case_find(&found, "device-present", ADDR)->evidence,
			    "sys/bus/pci/devices/" ADDR " does not exist");
}

static void unreadable_function_is_refused(void **state)
{
	struct check_case *c = *state;
	const struct hd_finding *finding;
	struct hd_findings found;
	size_t n = 0;

	c->fns[0].fn.unknown = "sys/bus/pci/devices/" ADDR "/class: Input/output error";
	found = check_case_run(c);
	assert_false(found.is_ready);
	for (size_t i = 0; i < found.n; i++)
		n += !strcmp(found.items[i].subject, ADDR);
	assert_int_equal(n, 1);
	finding = check_case_find(&found, "device-present", ADDR);
	assert_int_equal(finding->verdict, HD_UNKNOWN);
	assert_int_equal(finding->severity, HD_ERROR);
	assert_string_equal(finding->evidence, c->fns[0].fn.unknown);
}

static void unseen_function_is_absent(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	check_case_ask(c, 5);
	found = check_case_run(c);
	assert_false(found.is_ready);
	assert_int_equal(check_case_find(&found, "device-present", "0000:01:00.5")->verdict, HD_FAIL);
}

static void warning_keeps_ready(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	c->facts.host.has_kvm_node = false;
	found = check_case_run(c);
	assert_true(found.is_ready);
	assert_int_equal(check_case_find(&found, "cpu-virtualization", "host")->verdict, HD_FAIL);
}

static void unknown_error_is_not_ready(void **state)
{
	struct check_case *c = *state;

	c->facts.guests.unreadable = "run/libvirt/qemu/x.xml";
	assert_false(check_case_run(c).is_ready);
}

static void companion_is_checked_where_it_moves(void **state)
{
	struct check_case *c = *state;
	struct hd_pci_facts *pci = check_case_add(c, 1, 0x030000, "amdgpu");
	struct hd_findings found = check_case_run(c);

	assert_false(found.is_ready);
	assert_int_equal(check_case_find(&found, "driver-release-safe", SOUND)->verdict, HD_FAIL);
	assert_null(check_case_find(&found, "reset-works", SOUND));
	pci->fn.driver_kind = HD_DRIVER_HARMLESS;
	found = check_case_run(c);
	assert_true(found.is_ready);
	assert_null(check_case_find(&found, "driver-release-safe", SOUND));
}

static void blocking_companion_is_told_once(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	check_case_add(c, 1, 0x030000, "amdgpu");
	c->request.policy.keep_companions = true;
	found = check_case_run(c);
	assert_null(check_case_find(&found, "driver-release-safe", SOUND));
	assert_int_equal(check_case_find(&found, "iommu-group-viable", ADDR)->severity, HD_ERROR);
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
	found = check_case_run(c);
	assert_true(found.is_ready);
	assert_null(check_case_find(&found, "iommu-enabled", "host"));
	c->request.n_hostdevs = 0;
	c->request.name = NULL;
	found = check_case_run(c);
	assert_int_equal(check_case_find(&found, "iommu-enabled", "host")->verdict, HD_FAIL);
	assert_null(check_case_find(&found, "guest-topology", "win11"));
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
	assert_false(check_case_run(c).is_ready);
}

static void names_are_printable(void **state)
{
	struct check_case *c = *state;
	struct hd_findings found;

	c->request.name = "a\033[2Jb";
	found = check_case_run(c);
	assert_non_null(check_case_find(&found, "guest-topology", "a?[2Jb"));
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
	"device-alive", "device-endpoint", "storage-free", "network-free", "holders-free",
	"handover-possible", "display-free", "last-gpu",
	"driver-release-safe", "sriov-vfs-off", "vf-parent-up", "iommu-group-present",
	"iommu-group-viable", "iommu-group-exclusive", "no-direct-region", "rom-file",
	"reset-works", "power-state", "not-denylisted", "managed-conflict", "guest-topology",
	"overrides-match", "pool-has-function",
	"usb-present", "usb-unambiguous", "serial-present", "mdev-present", "vgpu-vendor-ready",
	"scsi-present", "scsi-free", "scsi-identity", "scsi-controller-free",
	"usb-free", "usb-controller-free", "serial-free",
	"boot-parameters-active", "kernel-modules-installed", "vfio-ids-bound",
	"hugepages-on-each-node", "hook-installed", "hook-answers", "one-daemon", "unit-hardening",
	"replug-started", "hotplug-recorded", "vfio-owned",
	"numa-near", "hugepages", "memlock", "children-free", "other-use-free", "iommufd-available",
	"libvirt-finds-devices", "migration-possible", "sleep-handled",
	"offer-matches", "offer-up-to-date", "offer-migratable", "offered-unambiguous", "offered-free",
	"offered-group-whole", "offered-vfs-apart", "offered-together",
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
	assert_string_equal(hd_scope_name(HD_SCOPE_SCSI), "scsi");
	assert_string_equal(hd_scope_name(HD_SCOPE_ENTRY), "offer");
	assert_string_equal(hd_scope_name(HD_SCOPE_OFFERED), "offer");
	assert_string_equal(hd_severity_name(HD_WARNING), "warning");
	assert_string_equal(hd_verdict_name(HD_UNKNOWN), "unknown");
}

#define CASE(function) \
	cmocka_unit_test_setup_teardown(function, check_case_setup, check_case_teardown)

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
