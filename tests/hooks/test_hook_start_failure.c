/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_hook_start_failure.c - does the hook say why QEMU did not start, and only then? */
#include "config.h"

#include <string.h>

#include "tests/support/hookhost.h"
#include "tests/support/unit.h"

#define QEMU_SAYS(what, reason) "2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0\n" \
	"qemu-system-x86_64: " what "\n" "2026-11-21 10:00:01.000+0000: shutting down, reason=" reason "\n"
#define QEMU_LOG(reason) QEMU_SAYS("vfio " HOOK_HOST_DISK ": group 11 is not viable", reason)

static struct hook_run release_for(struct fake_host *host, const char *xml, const char *extra)
{
	const struct hook_call call = {
		.guest = "g", .operation = "release", .suboperation = "end", .extra = extra,
		.xml = xml, .length = strlen(xml),
	};

	return run_hook(host, &call);
}

static void expect_reason(struct hook_run run, bool is_told)
{
	static const char start[] = "hostdevctl: guest 'g' failed: qemu-system-x86_64: vfio " HOOK_HOST_DISK
		": group 11 is not viable [qemu-group-not-viable]: ";

	hook_run_expect(run, 0);
	if (is_told ? strncmp(run.err, start, strlen(start)) != 0 : *run.err)
		fail_msg("told: %s", run.err);
}

/* Given back first; then QEMU's own words are explained, whoever took the device. */
static void failed_start_is_explained(void **state)
{
	struct fake_host *host = *state;

	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("failed"));
	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	expect_reason(release_for(host, hook_host_disk, "failed"), true);
	hook_host_expect_untouched(host);
	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	expect_reason(release_for(host, hook_host_disk, "-"), true);
	expect_reason(release_for(host, hook_host_disk, "-"), false);
	expect_reason(release_for(host, hook_host_managed, "failed"), true);
	expect_reason(release_for(host, hook_host_managed, "destroyed"), false);
	expect_reason(release_for(host, hook_host_plain, "failed"), false);
	hook_host_expect_untouched(host);
}

static void expect_words(struct hook_run run, const char *first, const char *more)
{
	hook_run_expect(run, 0);
	if (!strstr(run.err, first) || !strstr(run.err, more))
		fail_msg("told: %s", run.err);
}

/* What no row lists gets its family's answer, which is not certain; else the line is shown. */
static void unlisted_reasons_are_told(void **state)
{
	struct fake_host *host = *state;

	fake_file(host, "var/log/libvirt/qemu/g.log",
		  QEMU_SAYS("vfio " HOOK_HOST_DISK ": mlock: Cannot allocate memory", "failed"));
	expect_words(release_for(host, hook_host_managed, "failed"), "[general-memlock]: in general: ",
		     "; remedy: ");
	fake_file(host, "var/log/libvirt/qemu/g.log",
		  QEMU_SAYS("vfio " HOOK_HOST_DISK ": failed to setup container for group 11: No available IOMMU "
			    "models", "failed"));
	expect_words(release_for(host, hook_host_managed, "failed"), "]: usually: ", "; remedy: ");
	fake_file(host, "var/log/libvirt/qemu/g.log",
		  "2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0\nfrobnicate: it failed\n"
		  "2026-11-21 10:00:01.000+0000: shutting down, reason=failed\n");
	expect_words(release_for(host, hook_host_managed, "failed"), "frobnicate: it failed [not understood]",
		     "hostdevctl explain --guest");
}

static void good_starts_are_not_explained(void **state)
{
	struct fake_host *host = *state;

	expect_reason(release_for(host, hook_host_managed, "failed"), false);
	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("destroyed"));
	expect_reason(release_for(host, hook_host_managed, "failed"), false);
	/* refused before QEMU ran: what is in the log is of another start */
	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("failed")
		  "2026-11-21 11:00:00.000+0000: shutting down, reason=failed\n");
	expect_reason(release_for(host, hook_host_managed, "failed"), false);
	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	expect_reason(release_for(host, hook_host_disk, "destroyed"), false);
	hook_host_expect_untouched(host);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, hook_host_setup, hook_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(failed_start_is_explained),
		ROW(unlisted_reasons_are_told),
		ROW(good_starts_are_not_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
