/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_hook_held.c - is a journal of the guest found by its name alone? */
#include "config.h"

#include <string.h>

#include "hooks/hook.h"
#include "run/keeper.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define OTHER "7a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define XML "<domain><uuid>" UUID "</uuid></domain>"

static const struct row {
	const char *name, *file;
	bool any, of_guest;
} rows[] = {
	{ "no folder", NULL, false, false },
	{ "a lock", "group-12.lock", false, false },
	{ "an administrator's", "0000:01:00.0", false, false },
	{ "the guest's", UUID, true, true },
	{ "another guest's", OTHER, true, false },
	{ "what the guest was given while it ran", UUID "+0000:01:00.0", true, true },
	{ "what another guest was given", OTHER "+0000:01:00.0", true, false },
	{ "the keeper of the guest", HD_KEEPER_FILE UUID, true, true },
	{ "the keeper of another guest", HD_KEEPER_FILE OTHER, true, false },
	{ "one being made", ".new-123", false, false },
};

static void finds_journal(void **state)
{
	const struct row *row = *state;
	struct fake_host host;

	fake_host_make(&host);
	if (row->file)
		fake_file(&host, hd_printf(&host.arena, "run/hostdevctl/%s", row->file), "");
	assert_int_equal(hd_has_journal(host.path, NULL, 0), row->any);
	assert_int_equal(hd_has_journal(host.path, XML, strlen(XML)), row->of_guest);
	assert_false(hd_has_journal(host.path, XML, 20));
	fake_host_remove(&host);
}

static void finds_vfio(void **state)
{
	static const struct { const char *file; bool want; } files[] = {
		{ "sys/class/net/x", false }, { "sys/class/vfio/12/dev", true },
		{ "sys/class/vfio-dev/vfio0/dev", true }, { "sys/class/vfio", true },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++) {
		struct fake_host host;

		fake_host_make(&host);
		fake_file(&host, files[i].file, "");
		assert_int_equal(hd_has_vfio(host.path), files[i].want);
		fake_host_remove(&host);
	}
}

/* Only a folder that is not there holds nothing. */
static void takes_unread_for_held(void **state)
{
	static const struct {
		const char *path, *target;	/* a link, or a file if TARGET is NULL */
		bool want;
	} folders[] = {
		{ "run/hostdevctl", NULL, true },
		{ "run/hostdevctl", "hostdevctl", true },
		{ "run", NULL, true },
		{ "run/hostdevctl", "nowhere", false },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		struct fake_host host;

		fake_host_make(&host);
		if (folders[i].target)
			fake_link(&host, folders[i].path, folders[i].target);
		else
			fake_file(&host, folders[i].path, "");
		assert_int_equal(hd_has_journal(host.path, XML, strlen(XML)), folders[i].want);
		fake_host_remove(&host);
	}
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2];

	for (size_t n = 0; n < HD_ARRAY_SIZE(rows); n++)
		tests[n] = (struct CMUnitTest){ rows[n].name, finds_journal, NULL, NULL,
						(void *)&rows[n] };
	tests[HD_ARRAY_SIZE(rows)] =
		(struct CMUnitTest)cmocka_unit_test(takes_unread_for_held);
	tests[HD_ARRAY_SIZE(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(finds_vfio);
	return _cmocka_run_group_tests("hook_held", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
