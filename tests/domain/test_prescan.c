/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_prescan.c - a look at the bytes never misses a guest that passes a device. */
#include "config.h"

#include <string.h>
#include <time.h>

#include "domain/early_exit.h"
#include "domain/request.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

static const char *const with_devices[] = {
	"desktop-gpu.xml", "nvme.xml", "sriov.xml", "others.xml", "domstatus.xml",
};

#define IS(text, answer) assert_int_equal(hd_domain_may_pass_devices(text, sizeof(text) - 1), answer)

static void fixtures(void **state)
{
	size_t length = 0;
	const char *xml = domain_file(*state, "plain.xml", &length);

	assert_false(hd_domain_may_pass_devices(xml, length));
	for (size_t i = 0; i < sizeof(with_devices) / sizeof(with_devices[0]); i++) {
		xml = domain_file(*state, with_devices[i], &length);
		assert_true(hd_domain_may_pass_devices(xml, length));
	}
}

static void elements(void **state)
{
	(void)state;
	IS("<domain><hostdev/></domain>", true);
	IS("<interface type='hostdev'/>", true);
	IS("<disk type=\"nvme\"/>", true);
	IS("<serial type = 'dev'/>", true);
	IS("<serial type=\"dev\"/>", true);
	IS("<target dev='sdv'/><serial type='pty'/>", false);
	IS("<source dev='/dev/sda'/><vcpu>4</vcpu>", false);
	IS("", false);
	IS("v", true);
	IS("<v", false);
	IS("<hostde", false);
	IS("<nv", false);
}

static void policies(void **state)
{
	static const char yes[] = "<h:usb replug='yes'/>", no[] = "<h:usb/>", wide[] = "\xff\xfe<\0h\0";

	(void)state;
	assert_true(hd_domain_may_replug(yes, sizeof(yes) - 1));
	assert_false(hd_domain_may_replug(no, sizeof(no) - 1));
	assert_false(hd_domain_may_replug("", 0));
	assert_true(hd_domain_may_replug(wide, sizeof(wide) - 1));
}

static void other_ways_to_write_it(void **state)
{
	(void)state;
	IS("<disk type='n&#118;me'/>", true);
	IS("<disk type='n&#x76;me'/>", true);
	IS("<a>&amp;&lt;</a>", false);
	IS("<!DOCTYPE d [<!ENTITY h 'x'>]><d/>", true);
	IS("<!-- a comment --><d/>", false);
	IS("\xff\xfe<\0h\0", true);
	IS("\xfe\xff\0<\0h", true);
	IS("<\0h\0o\0", true);
	IS("\x4c\x6f\xa7\x94", true);
	IS("\xef\xbb\xbf<domain/>", false);
	IS("<?xml version='1.0' encoding='utf-8'?><d/>", false);
	IS("<?xml version='1.0' encoding='UTF-7'?><d/>", true);
	IS("<?xml version='1.0' encoding='utf-8\"?><d/>", true);
	IS("<?xml version='1.0'", true);
}

/* Whatever becomes of the text: if the parser finds a device, the scan did before. */
static void mutated_fixtures(void **state)
{
	struct hd_arena *arena = *state;
	uint8_t *buf = hd_alloc(arena, FUZZ_INPUT_MAX);
	struct fuzz_pool pool = { 0 };
	uint64_t seed = 20260101;
	size_t parsed = 0;

	for (size_t i = 0; i < sizeof(with_devices) / sizeof(with_devices[0]); i++) {
		struct fuzz_text *text = hd_append(arena, &pool.texts, &pool.n_texts,
						   sizeof(*text));

		text->data = (uint8_t *)(uintptr_t)domain_file(arena, with_devices[i],
							       &text->size);
	}
	for (int i = 0; i < 3000; i++) {
		const struct fuzz_text *text = &pool.texts[fuzz_random(&seed, pool.n_texts)];
		struct hd_arena own = { 0 };
		struct hd_request request;
		struct hd_error err;
		size_t size;

		memcpy(buf, text->data, text->size);
		size = fuzz_mutate(buf, text->size, &pool, &seed);
		if (hd_request_parse(&request, &own, (char *)buf, size, &err) == 0 &&
		    hd_request_passes_devices(&request)) {
			parsed++;
			assert_true(hd_domain_may_pass_devices((char *)buf, size));
		}
		hd_arena_done(&own);
	}
	assert_in_range(parsed, 100, 2999);
}

/* 6 kB in microseconds; the limit leaves room for valgrind. */
static void is_fast(void **state)
{
	size_t length = 0;
	const char *xml = domain_file(*state, "plain.xml", &length);
	clock_t start = clock();

	for (int i = 0; i < 2000; i++)
		assert_false(hd_domain_may_pass_devices(xml, length));
	assert_in_range((clock() - start) / CLOCKS_PER_SEC, 0, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DOMAIN_TEST(fixtures),
		DOMAIN_TEST(elements), DOMAIN_TEST(policies),
		DOMAIN_TEST(other_ways_to_write_it),
		DOMAIN_TEST(mutated_fixtures),
		DOMAIN_TEST(is_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
