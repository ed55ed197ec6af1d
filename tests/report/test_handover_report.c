/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_handover_report.c - what is written of a hand-over can be read, whatever names are in it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "report/handover_report.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "c7a5fdbd-edaf-9455-926a-d65c16db1809"
#define OTHER "c7a5fdbd-edaf-9455-926a-d65c16db1810"

static const struct hd_knob knob = { .name = "pci-driver" };

static struct hd_step steps[] = {
	{ .knob = &knob, .target = "0000:01:00.0", .from = "nouveau", .to = "vfio-pci:vfio-pci",
	  .state = HD_STEP_DONE, .took_ms = 1500, .why = "\"requested\"\n" },
	{ .knob = &knob, .target = "0000:01:00.1", .from = "snd", .to = "vfio-pci:vfio-pci",
	  .state = HD_STEP_FAILED, .took_ms = 100, .back_ms = 2500,
	  .error = { -EIO, "broken\\\xff\033[31m" } },
};

static const struct hd_plan plan = { steps, HD_ARRAY_SIZE(steps) };

static void put(struct fake_host *host, const struct hd_handover_record *record)
{
	assert_int_equal(hd_handover_record_put(&host->root, record), 0);
}

static const char *shown(struct fake_host *host, bool as_json, enum hd_exit *code)
{
	struct hd_handover_report report;
	struct hd_error err = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	const char *copy;

	assert_non_null(out);
	if (hd_handover_report_read(&report, &host->root, &host->arena, UUID, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(hd_handover_report_put(out, &report, as_json), 0);
	assert_int_equal(fclose(out), 0);
	copy = hd_strdup(&host->arena, text);
	free(text);
	*code = report.code;
	return copy;
}

static void expect(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

static void both_ways(void **state)
{
	struct fake_host *host = *state;
	struct hd_handover_record record = {
		.uuid = UUID, .guest = "win\"\x1b\xc3\xa4", .is_rehearsal = true,
		.code = HD_EXIT_OK, .plan = &plan, .ms = 1700,
	};
	enum hd_exit code;
	const char *text;

	put(host, &record);
	text = shown(host, false, &code);
	assert_int_equal(code, HD_EXIT_HOST);
	expect(text, "rehearsal of guest win\"?\xc3\xa4, 2");
	expect(text, "taken in 1.7 s: done\n");
	expect(text, "     1.5 s  pci-driver 0000:01:00.0: nouveau -> vfio-pci: done\n");
	expect(text, "interrupted while the card was taken: was given back by 'hostdevctl recover'\n");
	fake_file(host, "run/hostdevctl/" UUID, "");
	expect(shown(host, false, &code), "still held; 'hostdevctl recover' gives it back");
	record.is_rehearsal = false;
	put(host, &record);
	shown(host, false, &code);
	assert_int_equal(code, HD_EXIT_OK);
	record.is_back = true;
	record.code = HD_EXIT_STRANDED;
	record.reason = "it hangs";
	put(host, &record);
	text = shown(host, false, &code);
	assert_int_equal(code, HD_EXIT_STRANDED);
	expect(text, "given back in 1.7 s: stranded\n");
	expect(text, "     2.5 s  pci-driver 0000:01:00.1: vfio-pci -> snd: failed\n"
		     "            broken\\??[31m\n");
	expect(text, "why: it hangs");
	text = shown(host, true, &code);
	expect(text, "\"result\": \"stranded\"");
	record.is_back = false;
	put(host, &record);
	text = shown(host, true, &code);
	expect(text, "\"back\": null");
}

/* It must not be anybody's but root's, nor anywhere else. */
static void where_it_is(void **state)
{
	struct fake_host *host = *state;
	struct hd_handover_record record = { .uuid = "../../etc/x", .guest = "g" };
	struct hd_handover_report report;
	struct hd_error err = { 0 };
	struct stat st;

	assert_int_equal(hd_handover_record_put(&host->root, &record), -EINVAL);
	assert_int_equal(hd_handover_report_read(&report, &host->root, &host->arena, UUID, &err),
			 -ENOENT);
	record.uuid = UUID;
	put(host, &record);
	assert_int_equal(hd_sysroot_stat(&host->root, &st, HD_HANDOVER_DIR "/" UUID ".json"), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(hd_sysroot_stat(&host->root, &st, HD_HANDOVER_DIR), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	fake_file(host, HD_HANDOVER_DIR "/" UUID ".json", "{");
	assert_int_equal(hd_handover_report_read(&report, &host->root, &host->arena, UUID, &err),
			 -EBADMSG);
}

static const char *found(struct fake_host *host, const char *guest, int wanted)
{
	struct hd_error err = { 0 };
	const char *uuid;

	assert_int_equal(hd_handover_report_find(&uuid, &host->root, &host->arena, guest, &err),
			 wanted);
	return uuid;
}

/* A guest that was defined anew has another UUID: its last report is meant. */
static void by_name(void **state)
{
	static const char *const uuids[] = { UUID, OTHER };
	struct fake_host *host = *state;

	assert_null(found(host, "win", -ENOENT));
	for (size_t newer = 0; newer < 2; newer++) {
		for (size_t i = 0; i < 2; i++) {
			struct hd_handover_record record = { .uuid = uuids[i], .guest = "win" };
			struct timespec times[2] = { { .tv_sec = i == newer ? 2000 : 1000 },
						     { .tv_sec = i == newer ? 2000 : 1000 } };

			put(host, &record);
			assert_int_equal(utimensat(host->root.fd, i ? HD_HANDOVER_DIR "/" OTHER ".json" :
						   HD_HANDOVER_DIR "/" UUID ".json", times, 0), 0);
		}
		assert_string_equal(found(host, "win", 0), uuids[newer]);
	}
	fake_file(host, HD_HANDOVER_DIR "/" OTHER ".json", "{");
	fake_file(host, HD_HANDOVER_DIR "/" OTHER ".back.json", "{\"guest\": \"back\"}");
	assert_string_equal(found(host, "win", 0), UUID);
	assert_null(found(host, "wi", -ENOENT));
	assert_null(found(host, "back", -ENOENT));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(both_ways), TEST(where_it_is), TEST(by_name) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
