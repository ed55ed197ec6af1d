/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_card_answers.c - a card that is dead is reset, and else found again, and never under a guest.
 *
 * What is written is noted, and revives the card or not (ld's --wrap=hd_sysroot_write).
 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ADDR "0000:01:00.0"
#define DIR "sys/bus/pci/devices/" ADDR
#define RESET DIR "/reset\n"
#define REMOVE DIR "/remove\n"
#define RESCAN "sys/bus/pci/rescan\n"

static struct writes {
	struct fake_host *host;
	const char *revived_by;		/* the end of a path, or NULL */
	const char *refused;		/* the same */
	char paths[256];
} writes;

int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
	_printf_(3, 4);

static void revive(void)
{
	fake_file(writes.host, DIR "/config", "\x86\x80\x01\x02 and more");
}

int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
{
	char path[128];
	va_list args;
	size_t used = strlen(writes.paths);

	(void)root;
	assert_string_equal(text, "1");
	va_start(args, fmt);
	(void)vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	(void)snprintf(writes.paths + used, sizeof(writes.paths) - used, "%s\n", path);
	if (writes.refused && strstr(path, writes.refused))
		return -ENOTTY;
	if (writes.revived_by && strstr(path, writes.revived_by))
		revive();
	return 0;
}

static const struct row {
	const char *revived_by, *refused;
	int rc;
	const char *paths, *says;
} rows[] = {
	{ "/reset", NULL, 0, RESET, NULL },
	{ "/rescan", NULL, 0, RESET REMOVE RESCAN, NULL },
	{ "/rescan", "/reset", 0, RESET REMOVE RESCAN, NULL },
	{ NULL, NULL, -EIO, RESET REMOVE RESCAN, "switch the host off and on" },
	{ NULL, "/rescan", -ENOTTY, RESET REMOVE RESCAN, "cannot remove " ADDR },
};

static void make(struct fake_host *host)
{
	fake_host_make(host);
	fake_pci_add(host, &(struct fake_pci){ .addr = ADDR, .class = 0x030000, .group = 1,
					       .driver = "vfio-pci", .is_dead = true });
	writes = (struct writes){ .host = host };
}

static void a_dead_card_is_woken(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_error err = { 0 };
		struct fake_host host;
		struct hd_knob_host at = { .root = &host.root, .call_deadline_ms = 400 };
		char now[HD_STATE_MAX];

		make(&host);
		writes.revived_by = rows[i].revived_by;
		writes.refused = rows[i].refused;
		assert_int_equal(hd_knob_card_answers.get(&at, ADDR, now, &err), 0);
		assert_string_equal(now, "dead");
		assert_int_equal(hd_knob_card_answers.set(&at, ADDR, "dead", "answers", &err),
				 rows[i].rc);
		assert_string_equal(writes.paths, rows[i].paths);
		if (rows[i].says)
			assert_non_null(strstr(err.text, rows[i].says));
		fake_host_remove(&host);
	}
}

static void a_card_that_answers_is_left_alone(void **state)
{
	struct hd_error err = { 0 };
	struct fake_host host;
	struct hd_knob_host at = { .root = &host.root, .call_deadline_ms = 400 };
	char now[HD_STATE_MAX];

	(void)state;
	make(&host);
	revive();
	assert_int_equal(hd_knob_card_answers.get(&at, ADDR, now, &err), 0);
	assert_string_equal(now, "answers");
	assert_int_equal(hd_knob_card_answers.set(&at, ADDR, "answers", "answers", &err), 0);
	assert_int_equal(hd_knob_card_answers.set(&at, ADDR, "answers", "dead", &err), -EINVAL);
	assert_int_equal(hd_knob_card_answers.get(&at, "0000:09:00.0", now, &err), -ENODEV);
	assert_int_equal(hd_knob_card_answers.get(&at, "../x", now, &err), -EINVAL);
	assert_string_equal(writes.paths, "");
	fake_host_remove(&host);
}

static void a_guest_keeps_its_card(void **state)
{
	struct hd_error err = { 0 };
	struct fake_host host;
	struct hd_knob_host at = { .root = &host.root };

	(void)state;
	make(&host);
	assert_int_equal(hd_knob_card_answers.may_undo(&at, ADDR, "dead", &err), 0);
	fake_file(&host, "dev/vfio/1", "");
	fake_file(&host, "proc/812/comm", "qemu\n");
	fake_link(&host, "proc/812/fd/20", "/dev/vfio/1");
	assert_int_equal(hd_knob_card_answers.may_undo(&at, ADDR, "dead", &err), -EBUSY);
	assert_non_null(strstr(err.text, "qemu (pid 812)"));
	assert_true(hd_knob_card_answers.is_between("answers", "answers", "dead"));
	assert_true(hd_knob_card_answers.is_by_others);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dead_card_is_woken),
		cmocka_unit_test(a_card_that_answers_is_left_alone),
		cmocka_unit_test(a_guest_keeps_its_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
