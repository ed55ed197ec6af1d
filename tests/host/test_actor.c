/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_actor.c - the log says who it was, as far as it is known. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facts/host/actor.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static void expect(struct fake_host *host, const char *want)
{
	const char *text = hd_actor_text(&host->root, &host->arena);
	const char *own = hd_printf(&host->arena, "uid %lu%s", (unsigned long)getuid(), want);

	/* The tests may have a terminal. */
	assert_memory_equal(text, own, strlen(own));
	assert_true(!text[strlen(own)] || !strncmp(text + strlen(own), ", tty /", 7));
}

static void who_it_was(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(unsetenv("SUDO_USER"), 0);
	expect(&host, "");
	fake_file(&host, "proc/self/loginuid", "4294967295");
	expect(&host, "");
	fake_file(&host, "proc/self/loginuid", "1000");
	expect(&host, ", login uid 1000");
	assert_int_equal(setenv("SUDO_USER", "al\033ice", 1), 0);
	expect(&host, ", login uid 1000, SUDO_USER al?ice");
	fake_file(&host, "proc/self/loginuid", "root");
	expect(&host, ", SUDO_USER al?ice");
	assert_int_equal(unsetenv("SUDO_USER"), 0);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(who_it_was) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
