/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_start_log.c - is the last start that failed found in libvirt's log of a guest? */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "facts/libvirt/start_log.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UP(when) "2026-11-21 " when ".000+0000: starting up libvirt version: 11.3.0, qemu " \
	"version: 10.0.2, kernel: 6.12.48, hostname: h\nLC_ALL=C \\\n/usr/bin/qemu-system-x86_64 " \
	"\\\n-name guest=g \\\n-msg timestamp=on\n"
#define START(when, words) "2026-11-21 " when ".000+0000: starting up libvirt version: 11.3.0\n" \
	"LC_ALL=C \\\n/usr/bin/qemu-system-x86_64 \\\n" words "\n"
#define DEV "-device {\"driver\":\"vfio-pci\",\"host\":\"0000:01:00.0\"}"
#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define USB(bus, number) { .kind = HD_DEVICE_USB, .usb_bus = (bus), .usb_device = (number) }
#define MDEV { .kind = HD_DEVICE_MDEV, .mdev_uuid = UUID }
#define DOWN(when, reason) "2026-11-21 " when ".000+0000: shutting down, reason=" reason "\n"
#define BAD "qemu-system-x86_64: group 12 is not viable\n"

static const struct row {
	const char *log, *text, *when, *reason;
	bool is_newest;
} rows[] = {
	{ "", NULL, NULL, NULL, false },
	{ "hello\n", NULL, NULL, NULL, false },
	{ BAD DOWN("10:00:01", "failed"), NULL, NULL, NULL, false },
	{ UP("10:00:00") BAD, NULL, NULL, NULL, false },
	{ UP("10:00:00") DOWN("10:00:01", "destroyed"), NULL, NULL, NULL, false },
	{ UP("10:00:00") BAD DOWN("10:00:01", "failed"), "-msg timestamp=on\n" BAD,
	  "2026-11-21 10:00:00.000+0000", "failed", true },
	{ UP("10:00:00") BAD DOWN("10:00:01", "crashed"), "-msg timestamp=on\n" BAD,
	  "2026-11-21 10:00:00.000+0000", "crashed", true },
	{ UP("10:00:00") "old\n" DOWN("10:00:01", "failed") UP("11:00:00") BAD
	  DOWN("11:00:01", "failed"), "-msg timestamp=on\n" BAD, "2026-11-21 11:00:00.000+0000",
	  "failed", true },
	/* a later start that works, runs, or never came to QEMU */
	{ UP("10:00:00") BAD DOWN("10:00:01", "failed") UP("11:00:00") DOWN("11:00:01", "shutdown"),
	  "-msg timestamp=on\n" BAD, "2026-11-21 10:00:00.000+0000", "failed", false },
	{ UP("10:00:00") BAD DOWN("10:00:01", "failed") UP("11:00:00"),
	  "-msg timestamp=on\n" BAD, "2026-11-21 10:00:00.000+0000", "failed", false },
	{ UP("10:00:00") BAD DOWN("10:00:01", "failed") DOWN("10:01:00", "failed"),
	  "-msg timestamp=on\n" BAD, "2026-11-21 10:00:00.000+0000", "failed", false },
	/* QEMU's words without its command line, a cut head */
	{ "\\\n-x\n" UP("10:00:00") DOWN("10:00:01", "failed"), "-msg timestamp=on\n",
	  "2026-11-21 10:00:00.000+0000", "failed", true },
};

static void logs_are_read(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_start_log log = { .text = NULL };

		assert_int_equal(hd_start_log_parse(&log, &arena, rows[i].log), rows[i].text != NULL);
		if (!rows[i].text)
			continue;
		assert_string_equal(log.text, rows[i].text);
		assert_string_equal(log.when, rows[i].when);
		assert_string_equal(log.reason, rows[i].reason);
		assert_int_equal(log.is_newest, rows[i].is_newest);
	}
	hd_arena_done(&arena);
}

/* A start that a hook refuses has an end without a beginning. */
static void early_ends_are_found(void **state)
{
	static const struct {
		const char *log;
		bool is_early;
	} logs[] = {
		{ "", false },
		{ DOWN("10:00:01", "failed"), true },
		{ DOWN("10:00:01", "destroyed"), false },
		{ UP("10:00:00") BAD DOWN("10:00:01", "failed"), false },
		{ UP("10:00:00") BAD DOWN("10:00:01", "failed") DOWN("10:00:02", "failed"), true },
		{ UP("10:00:00") DOWN("10:00:01", "shutdown") DOWN("10:00:02", "failed"), true },
		{ DOWN("10:00:01", "failed") UP("10:00:02"), false },
		{ DOWN("10:00:01", "failed") UP("10:00:02") DOWN("10:00:03", "shutdown"), false },
		/* its beginning is cut off */
		{ BAD DOWN("10:00:01", "failed"), false },
		{ "0.000+0000: shutting down, reason=failed\n", false },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(logs); i++) {
		struct hd_start_log log = { .early = NULL };
		bool has_text;

		print_message("%s\n", logs[i].log);
		has_text = hd_start_log_parse(&log, &arena, logs[i].log);
		assert_int_equal(has_text, log.text != NULL);
		assert_int_equal(log.early != NULL, logs[i].is_early);
	}
	hd_arena_done(&arena);
}

static void commands_are_read(void **state)
{
	static const struct {
		const char *log;
		int64_t when;
		enum hd_started_with has;	/* 0000:01:00.0 */
		const char *reason;
	} logs[] = {
		{ "", -1, HD_UNSURE, NULL },
		{ BAD, -1, HD_UNSURE, NULL },
		{ UP("10:00:00"), 1795255200, HD_STARTED_WITHOUT, NULL },
		{ UP("10:00:00") "0000:01:00.0 is QEMU's word\n", 1795255200, HD_STARTED_WITHOUT, NULL },
		{ START("10:00:00", DEV), 1795255200, HD_STARTED_WITH, NULL },
		{ START("10:00:00", DEV) DOWN("10:00:01", "shutdown"), 1795255200, HD_STARTED_WITH,
		  "shutdown" },
		{ START("10:00:00", DEV) DOWN("10:00:01", "shutdown") DOWN("10:00:02", "failed"),
		  1795255200, HD_STARTED_WITH, "failed" },
		{ DOWN("10:00:00", "failed") START("10:00:00", DEV), 1795255200, HD_STARTED_WITH, NULL },
		{ START("10:00:00", DEV) UP("10:00:01"), 1795255201, HD_STARTED_WITHOUT, NULL },
		{ START("10:00:00", "-object {\"qom-type\":\"iommufd\"}"), 1795255200, HD_UNSURE, NULL },
		{ "x" START("10:00:00", DEV), 0, HD_STARTED_WITH, NULL },
	};
	const struct hd_hostdev disk = { .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 1 } };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(logs); i++) {
		struct hd_start_command command;

		assert_int_equal(hd_start_command_parse(&command, &arena, logs[i].log),
				 logs[i].when >= 0);
		if (logs[i].when < 0)
			continue;
		assert_int_equal(command.when, logs[i].when);
		assert_int_equal(hd_start_command_has(&command, &disk), logs[i].has);
		assert_int_equal(!command.reason, !logs[i].reason);
		if (command.reason)
			assert_string_equal(command.reason, logs[i].reason);
	}
	hd_arena_done(&arena);
}

static void other_devices(void **state)
{
	static const struct { const char *text; struct hd_hostdev dev; enum hd_started_with has; } rows_of[] = {
		{ "\"hostdevice\":\"/dev/bus/usb/001/004\",", USB(1, 4), HD_STARTED_WITH },
		{ "\"hostdevice\":\"/dev/bus/usb/001/004\",", USB(1, 5), HD_STARTED_WITHOUT },
		{ "\"hostbus\":1,\"hostaddr\":4,", USB(1, 4), HD_STARTED_WITH },
		{ "\"hostbus\":1,\"hostaddr\":45,", USB(1, 4), HD_STARTED_WITHOUT },
		{ "", USB(0, 0), HD_UNSURE },
		{ "/sys/bus/mdev/devices/" UUID "\"", MDEV, HD_STARTED_WITH },
		{ "", MDEV, HD_STARTED_WITHOUT },
		{ "", { .kind = HD_DEVICE_SERIAL, .path = "/dev/ttyS1" }, HD_UNSURE },
		{ "", { .kind = HD_DEVICE_PCI }, HD_UNSURE },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows_of); i++) {
		const struct hd_start_command command = { .text = rows_of[i].text };

		assert_int_equal(hd_start_command_has(&command, &rows_of[i].dev), rows_of[i].has);
	}
}

static int read_of(struct fake_host *host, const char *guest, struct hd_start_log *ret)
{
	struct hd_error err = { 0 };
	int rc = hd_start_log_read(ret, &host->root, &host->arena, guest, &err);

	assert_int_equal(rc < 0, err.code < 0);
	assert_null(strchr(err.text, '\033'));
	return rc;
}

static void names_stay_in_their_folder(void **state)
{
	static const char *const bad[] = { "", ".", "..", "../x", "a/b", "/etc/passwd" };
	char longer[300];
	struct fake_host host;
	struct hd_start_log log;

	(void)state;
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	fake_host_make(&host);
	fake_file(&host, "var/log/libvirt/x.log", UP("10:00:00") BAD DOWN("10:00:01", "failed"));
	fake_file(&host, "var/log/libvirt/qemu/g .log",
		  UP("10:00:00") BAD DOWN("10:00:01", "failed"));
	fake_link(&host, "var/log/libvirt/qemu/link.log", "../x.log");
	fake_dir(&host, "var/log/libvirt/qemu/dir.log");
	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++)
		assert_int_equal(read_of(&host, bad[i], &log), -EINVAL);
	assert_int_equal(read_of(&host, longer, &log), -EINVAL);
	assert_int_equal(read_of(&host, "no\033[31m", &log), -ENOENT);
	assert_int_equal(read_of(&host, "link", &log), -ELOOP);
	assert_int_equal(read_of(&host, "dir", &log), -EBADF);
	assert_int_equal(read_of(&host, "g ", &log), 1);
	fake_host_remove(&host);
}

/* Of a large log the end is read, in time that is not felt. */
static void a_large_log(void **state)
{
	enum { SIZE = 4 << 20 };
	static const char end[] = UP("10:00:00") "a\0b\n" BAD DOWN("10:00:01", "failed");
	char *text = malloc(SIZE);
	struct fake_host host;
	struct hd_start_log log;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < SIZE; i++)
		text[i] = "abc\\\n"[i % 5];
	memcpy(text + SIZE - (sizeof(end) - 1), end, sizeof(end) - 1);
	fake_host_make(&host);
	fake_bytes(&host, "var/log/libvirt/qemu/g.log", text, SIZE);
	assert_int_equal(read_of(&host, "g", &log), 1);
	assert_string_equal(log.text, "-msg timestamp=on\na?b\n" BAD);
	fake_host_remove(&host);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logs_are_read),
		cmocka_unit_test(early_ends_are_found),
		cmocka_unit_test(commands_are_read),
		cmocka_unit_test(other_devices),
		cmocka_unit_test(names_stay_in_their_folder),
		cmocka_unit_test(a_large_log),
	};

	return cmocka_run_group_tests_name("start log", tests, NULL, NULL);
}
