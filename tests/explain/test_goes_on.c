/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_goes_on.c - is a line that says that its program goes on told so, and never trouble hidden by it? */
#include "config.h"

#include <string.h>

#include "explain/goes_on.h"
#include "explain/log_search.h"
#include "tests/support/unit.h"

/* The first answer to a question. */
static const struct {
	const char *text, *id;
} rows[] = {
	{ "frobd[12]: cannot remove '/run/frob.pid': No such file or directory", "general-goes-on-gone" },
	{ "umount: /mnt/frob: not mounted.", "general-goes-on-gone" },
	{ "Failed to stop frob.service: Unit frob.service not loaded.", "general-goes-on-gone" },
	{ "frob-udev[1]: ALERT: this module is disabled by package frob-security", "general-goes-on-blocked" },
	{ "frob: the gizmo is blocked by its list", "general-goes-on-blocked-by" },
	{ "frob: to remove the gizmo: none was found", "general-goes-on-gone" },
	{ "frobd[1]: could not write /proc/sys/kernel/frob: Read-only file system", "general-goes-on-container" },
	{ "frobd[12]: could not read the gizmo, this can be ignored", "general-goes-on-says-so" },
	{ "udevadm[1]: Failed to write 'change' to '/sys/devices/x/uevent': Permission denied",
	  "general-goes-on-container" },
	{ "kernel: irq bypass consumer registration fails: -22", "general-goes-on-fast-path" },
	{ "frobd[12]: failed to open the gizmo, falling back to polling", "general-goes-on-fallback" },
	{ "time=\"x\" level=error msg=\"failed to read the gizmo, using default knob\"",
	  "general-goes-on-fallback" },
	{ "frobd[12]: unknown knob 'x', ignoring", "general-goes-on-ignored" },
	{ "frobd[12]: 'x' is deprecated, please use 'y'", "general-goes-on-deprecated" },
	{ "[2026-11-30T10:00:00Z WARN  frob::gizmo] reset while it is active", "general-goes-on-warning" },
	{ "frobd[12]: cannot register the gizmo, using polling instead", "general-goes-on-instead" },
	{ "level=warning msg=\"could not add the gizmo, skipping\"", "general-goes-on-skipped" },
	/* what is skipped, or was removed by others, may be what is missed */
	{ "I1130 10:00:00.1 1 x.go:1] no gizmo in the pool, skipping creating its server", NULL },
	{ "WARNING frob [-] Device 0000:3b:02.1 was not found on the host, it is removed from the list", NULL },
	/* it ends, or goes on with what is the trouble */
	{ "frobd[12]: gizmo failed, giving up, ignoring the rest", NULL },
	{ "frob-qemu: could not initialize KVM, falling back to tcg", NULL },
	{ "pcieport 0000:00:01.0: AER: Uncorrectable (Non-Fatal) error received", NULL },
	{ "kernel: frob is blocked by apparmor: denied", NULL },
	{ "Error: State blocked by the frob of 0000:00:05.0", NULL },
	{ "NVRM: rm_init_adapter failed: No such device", NULL },
	{ "bash: /proc/sys/vm/nr_hugepages: Permission denied", NULL },
	{ "audit: apparmor=\"DENIED\" profile=\"frob\" name=\"/sys/devices/x/uevent\" denied_mask=\"r\"", NULL },
	/* a warning that says what is missing, and one with an error's word */
	{ "WARNING: frob: the driver will not attach", NULL }, { "WARNING: frob: gizmo failed", NULL },
	/* what is known from the source that prints it */
	{ "nvme nvme1: ignoring nsid 1 because of duplicate IDs", NULL },
	/* somebody's words */
	{ "my guest is ignoring the card and I get no picture", NULL },
};

static bool is_going(const struct hd_explanation *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strncmp(found->items[i].message->id, "general-goes-on-", strlen("general-goes-on-")))
			return true;
	return false;
}

static void it_is_told(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		hd_explain_question(&found, &arena, rows[i].text);
		if (!rows[i].id && is_going(&found))
			fail_msg("%s: %s", found.items[0].message->id, rows[i].text);
		if (rows[i].id && (!found.n || strcmp(found.items[0].message->id, rows[i].id) != 0))
			fail_msg("%s, not %s: %s", found.n ? found.items[0].message->id : "-", rows[i].id,
				 rows[i].text);
		if (rows[i].id)
			assert_int_equal(found.n_unknown, 0);
	}
	hd_arena_done(&arena);
}

/* Each row of the table has a line above. */
static void all_are_reached(void **state)
{
	(void)state;
	for (const struct hd_going *row = hd_goings; row->answer.id; row++) {
		size_t n = 0;

		for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
			n += rows[i].id && !strcmp(row->answer.id, rows[i].id);
		if (!n)
			fail_msg("%s has no line", row->answer.id);
	}
}

/* Neither hides it nor is hidden: it is left out beside trouble, and never says that all is well. */
static void trouble_comes_first(void **state)
{
	static const char text[] = "frobd[12]: failed to open the gizmo, falling back to polling\n"
				   "frobd[12]: vfio frob failed\n";
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_question(&found, &arena, text);
	assert_true(found.n > 0);
	assert_string_equal(found.items[0].line, "frobd[12]: vfio frob failed");
	assert_false(is_going(&found));
	for (size_t i = 0; hd_goings[i].answer.id; i++)
		assert_int_equal(hd_goings[i].answer.kind, HD_MESSAGE_HARMLESS_IF);
	hd_arena_done(&arena);
}

/* Nor is a line whose word is too common in logs, beside a row that is harmless. */
static void weak_words_are_not_hidden(void **state)
{
	static const char text[] =
		"qemu-system-x86_64: warning: host doesn't support requested feature: CPUID.x [bit 1]\n"
		"frob: Unknown gizmo `x'\n";
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_question(&found, &arena, text);
	assert_true(found.n > 0);
	assert_string_equal(found.items[0].line, "frob: Unknown gizmo `x'");
	hd_arena_done(&arena);
}

/* What a line names is what is to be looked at. */
static void the_observation_is_named(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_question(&found, &arena, "frob 0000:01:00.0: failed to open the gizmo, falling back to polling");
	assert_int_equal(found.n, 1);
	assert_non_null(strstr(hd_message_remedy(found.items[0].message, &found.items[0].fields, &arena),
			       "hostdevctl check 0000:01:00.0"));
	hd_arena_done(&arena);
}

/* A log has many such lines: of those without an error's word it says nothing. */
static void logs_are_not_asked(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, "frobd[12]: falling back to polling\n[WARNING] frob is slow today\n");
	assert_int_equal(found.n, 0);
	assert_int_equal(found.n_unknown, 0);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_told), cmocka_unit_test(all_are_reached),
		cmocka_unit_test(trouble_comes_first),
		cmocka_unit_test(weak_words_are_not_hidden),
		cmocka_unit_test(the_observation_is_named), cmocka_unit_test(logs_are_not_asked),
	};

	return cmocka_run_group_tests_name("goes_on", tests, NULL, NULL);
}
