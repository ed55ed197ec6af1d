/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_card_answers.c - a card without power is woken, a dead one is reset or found again, never under a guest.
 *
 * What is written is noted, and revives the card or not (ld's --wrap=hd_sysroot_write).
 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ADDR "0000:01:00.0"
#define DIR "sys/bus/pci/devices/" ADDR
#define RESET DIR "/reset\n"
#define REMOVE DIR "/remove\n"
#define RESCAN "sys/bus/pci/rescan\n"
#define ON DIR "/power/control on\n"
#define AUTO DIR "/power/control auto\n"

static struct writes {
	struct fake_host *host;
	const char *revived_by;		/* the end of a path, or NULL */
	const char *refused;		/* the same */
	char paths[512];
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
	va_start(args, fmt);
	(void)vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	(void)snprintf(writes.paths + used, sizeof(writes.paths) - used, "%s%s%s\n", path,
		       strcmp(text, "1") ? " " : "", strcmp(text, "1") ? text : "");
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
	const char *power, *control;	/* NULL: this kernel does not tell */
} rows[] = {
	{ "/reset", NULL, 0, RESET, NULL, "D0", "auto" },
	{ "/reset", NULL, 0, RESET, NULL, NULL, NULL },
	{ "/rescan", NULL, 0, RESET REMOVE RESCAN, NULL, "D3hot", "auto" },
	{ "/rescan", "/reset", 0, RESET REMOVE RESCAN, NULL, "D0", "on" },
	{ NULL, NULL, -EIO, RESET REMOVE RESCAN,
	  "power_state reads D0, power/runtime_status error), and neither a reset nor its removal and rescan "
	  "has helped: switch the host off and on", "D0", "auto" },
	{ NULL, "/rescan", -ENOTTY, RESET REMOVE RESCAN, "cannot remove " ADDR, "D0", "auto" },
	{ "/control", NULL, 0, ON AUTO, NULL, "D3cold", "auto" },
	{ "/control", NULL, 0, ON, NULL, "D3cold", "on" },
	{ "/reset", "/control", 0, ON RESET, NULL, "D3cold", "auto" },
	{ "/reset", NULL, 0, ON AUTO RESET, NULL, "D3cold", "auto" },
	{ NULL, NULL, -EIO, ON AUTO RESET REMOVE RESCAN,
	  "power_state reads D3cold: it has no power, power/runtime_status error), and neither waking it nor a "
	  "reset nor its removal", "D3cold", "auto" },
};

static void make(struct fake_host *host)
{
	fake_host_make(host);
	fake_pci_add(host, &(struct fake_pci){ .addr = ADDR, .class = 0x030000, .group = 1,
					       .driver = "vfio-pci", .is_dead = true });
	writes = (struct writes){ .host = host };
}

static void put_power(struct fake_host *host, const struct row *row)
{
	(void)unlinkat(host->root.fd, DIR "/power_state", 0);
	if (!row->power)
		return;
	fake_file(host, DIR "/power_state", hd_printf(&host->arena, "%s\n", row->power));
	fake_file(host, DIR "/power/runtime_status", "error\n");
	fake_file(host, DIR "/power/control", hd_printf(&host->arena, "%s\n", row->control));
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
		put_power(&host, &rows[i]);
		writes.revived_by = rows[i].revived_by;
		writes.refused = rows[i].refused;
		assert_int_equal(hd_knob_card_answers.get(&at, ADDR, now, &err), 0);
		assert_string_equal(now, rows[i].power && !strcmp(rows[i].power, "D3cold") ? "asleep" :
				    "dead");
		assert_true(hd_knob_card_answers.is_between("answers", "answers", now));
		assert_int_equal(hd_knob_card_answers.set(&at, ADDR, now, "answers", &err),
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
