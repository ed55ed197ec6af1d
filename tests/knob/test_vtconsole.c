/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vtconsole.c - a console driver's state: read, written, gone. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define BIND "sys/class/vtconsole/vtcon1/bind"

static const struct row {
	const char *target, *bind;	/* NULL: there is no such file */
	int rc;
	const char *state, *says;
} rows[] = {
	{ "vtcon1", "1\n", 0, "bound", NULL },
	{ "vtcon1", "0\n", 0, "unbound", NULL },
	{ "vtcon1", NULL, -ENODEV, NULL, "vtcon1 no longer exists" },
	{ "vtcon1", "x\n", -EINVAL, NULL, "cannot read /" BIND },
	{ "../vtcon1", "1\n", -EINVAL, NULL, "is not a console driver's name" },
	{ "vtcon", "1\n", -EINVAL, NULL, "is not a console driver's name" },
};

static void reads_the_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_error err = { 0 };
		char now[HD_STATE_MAX];
		struct fake_host host;
		struct hd_knob_host at = { .root = &host.root };

		fake_host_make(&host);
		if (rows[i].bind)
			fake_file(&host, BIND, rows[i].bind);
		assert_int_equal(hd_knob_vtconsole.get(&at, rows[i].target, now, &err), rows[i].rc);
		if (rows[i].state)
			assert_string_equal(now, rows[i].state);
		else
			assert_non_null(strstr(err.text, rows[i].says));
		fake_host_remove(&host);
	}
}

static void writes_the_state(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	fake_file(host, BIND, "1\n");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "bound", "unbound", &err), 0);
	assert_int_equal(hd_knob_vtconsole.get(&at, "vtcon1", now, &err), 0);
	assert_string_equal(now, "unbound");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "unbound", "bound", &err), 0);
	assert_int_equal(hd_knob_vtconsole.get(&at, "vtcon1", now, &err), 0);
	assert_string_equal(now, "bound");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "bound", "gone", &err), -EINVAL);
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon2", "bound", "unbound", &err), -ENODEV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_state),
		cmocka_unit_test_setup_teardown(writes_the_state, fake_host_setup,
						fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
