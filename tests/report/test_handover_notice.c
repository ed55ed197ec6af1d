/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_handover_notice.c - who logs in next is told how it went, and what to do if it went wrong. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "report/handover_notice.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define CONSOLE "dev/tty0"
#define RELOAD "run/agetty.reload"
#define OLD 1000		/* seconds: before anybody has touched it */

static const struct hd_knob unit = { .name = "unit", .awaits_programs = true };
static const struct hd_knob driver = { .name = "pci-driver" };

#define UUID "11111111-2222-3333-4444-aaaaaaaaaaaa"
#define LONG "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define NOT_BACK "not all of the graphics card is back:\n  pci-driver 0000:01:00.0\n" \
		 "  unit dm?x2d.service\nrun as root: hostdevctl recover\n"
#define ISSUE "\nhostdevctl: not all of this host's graphics card came back from a guest:\n" \
	      "  pci-driver 0000:01:00.0\n  unit dm?x2d.service\n" \
	      "log in, and run as root: hostdevctl recover\n\n"

static const struct row {
	const char *name, *guest;
	bool is_rehearsal, is_back, is_plain;	/* plain: the plan has no hand-over */
	enum hd_exit code;
	enum hd_step_state states[2];		/* of pci-driver and unit */
	const char *motd, *issue;		/* NULL: there is none */
} rows[] = {
	{ "nobody has used the card", "win", .is_back = true, .is_plain = true, .motd = "old",
	  .issue = "old" },
	{ "it is held now", "win", .states = { HD_STEP_DONE, HD_STEP_DONE } },
	{ "a rehearsal", "win", .is_rehearsal = true, .is_back = true,
	  .states = { HD_STEP_UNDONE, HD_STEP_UNDONE },
	  .motd = "hostdevctl: rehearsal of guest win: done; all is back\nfor its steps, run as root: "
		  "hostdevctl handover win --report\n" },
	{ "a start that failed, and a name", "win 11\033[31m", .code = HD_EXIT_HOST,
	  .states = { HD_STEP_UNDONE, HD_STEP_FAILED },
	  .motd = "hostdevctl: start of guest win 11?[31m: failed; all is back\nfor its steps, run as "
		  "root: hostdevctl handover " UUID " --report\n" },
	{ "a name that is cut", LONG "12345", .is_back = true,
	  .states = { HD_STEP_UNDONE, HD_STEP_UNDONE },
	  .motd = "hostdevctl: start of guest " LONG "...: done; all is back\nfor its steps, run as "
		  "root: hostdevctl handover " LONG "12345 --report\n" },
	{ "a display manager that does not start", "win", .is_back = true, .code = HD_EXIT_STRANDED,
	  .states = { HD_STEP_STRANDED, HD_STEP_STUCK },
	  .motd = "hostdevctl: start of guest win: " NOT_BACK, .issue = ISSUE },
	{ "the same, by recover", NULL, .is_back = true, .code = HD_EXIT_STRANDED,
	  .states = { HD_STEP_STRANDED, HD_STEP_STRANDED },
	  .motd = "hostdevctl: a hand-over: " NOT_BACK, .issue = ISSUE },
	{ "recovered", NULL, .is_back = true, .states = { HD_STEP_UNDONE, HD_STEP_STALE },
	  .motd = "hostdevctl: a hand-over: done; all is back\nfor its steps, run as root: "
		  "hostdevctl handover GUEST --report\n" },
};

static void expect(struct fake_host *host, const struct row *row, const char *path, const char *want)
{
	const char *text = NULL;
	/* One newline at the end is removed. */
	ssize_t n = hd_sysroot_text(&host->root, &host->arena, &text, "%s", path);

	if (!want && n >= 0)
		fail_msg("%s: %s: %s", row->name, path, text);
	else if (want && (n < 0 || strncmp(text, want, (size_t)n) != 0 ||
			  (size_t)n + hd_text_ends_with(want, "\n") != strlen(want)))
		fail_msg("%s: %s: %s", row->name, path, n < 0 ? "is not there" : text);
}

static bool was_reloaded(struct fake_host *host)
{
	struct stat st;

	assert_int_equal(hd_sysroot_stat(&host->root, &st, RELOAD), 0);
	return st.st_mtime != OLD;
}

static void each_end(void **state)
{
	static const struct timespec old[2] = { { .tv_sec = OLD }, { .tv_sec = OLD } };
	struct fake_host *host = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		struct hd_step steps[] = {
			{ .knob = &driver, .target = "0000:01:00.0", .state = row->states[0] },
			{ .knob = row->is_plain ? &driver : &unit, .target = "dm\\x2d.service",
			  .state = row->states[1] },
		};
		const struct hd_plan plan = { steps, HD_ARRAY_SIZE(steps) };
		const struct hd_handover_record record = {
			.uuid = UUID, .guest = row->guest, .is_rehearsal = row->is_rehearsal,
			.is_back = row->is_back, .code = row->code, .plan = &plan,
		};

		fake_file(host, HD_NOTICE_MOTD, "old");
		fake_file(host, HD_NOTICE_ISSUE, "old");
		fake_file(host, "etc/issue", "Debian\n");
		/* One that stays or goes is there; one that comes is not. */
		(void)unlinkat(host->root.fd, HD_NOTICE_LINK, 0);
		if (!row->issue || row->is_plain)
			fake_link(host, HD_NOTICE_LINK, "/" HD_NOTICE_ISSUE);
		fake_file(host, RELOAD, "");
		fake_file(host, CONSOLE, "");
		assert_int_equal(utimensat(host->root.fd, RELOAD, old, 0), 0);
		assert_int_equal(hd_handover_notice_put(&host->root, &record), 0);
		expect(host, row, HD_NOTICE_MOTD, row->motd);
		expect(host, row, HD_NOTICE_ISSUE, row->issue);
		expect(host, row, HD_NOTICE_LINK, row->issue);
		if (was_reloaded(host) == row->is_plain)
			fail_msg("%s: the prompts", row->name);
		expect(host, row, CONSOLE, row->issue == NULL || row->is_plain ? "" :
		       "\033[13]" ISSUE "for a login, press Ctrl+Alt+F3\n");
	}
	hd_handover_notice_read(&host->root);
	assert_false(hd_sysroot_has(&host->root, HD_NOTICE_MOTD));
}

/* Neither a console nor agetty, and folders that are not there: they are made, for everybody. */
static void bare_host(void **state)
{
	struct fake_host *host = *state;
	struct hd_step step = { .knob = &unit, .target = "a.service", .state = HD_STEP_STRANDED };
	const struct hd_plan plan = { &step, 1 };
	const struct hd_handover_record record = {
		.is_back = true, .code = HD_EXIT_STRANDED, .plan = &plan,
	};
	struct stat st;

	assert_int_equal(hd_handover_notice_put(&host->root, &record), 0);
	assert_int_equal(hd_sysroot_stat(&host->root, &st, HD_NOTICE_MOTD), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_true(hd_sysroot_has(&host->root, HD_NOTICE_ISSUE));
	assert_false(hd_sysroot_has(&host->root, HD_NOTICE_LINK));
	assert_false(hd_sysroot_has(&host->root, CONSOLE));
	assert_false(hd_sysroot_has(&host->root, RELOAD));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(each_end), TEST(bare_host) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
