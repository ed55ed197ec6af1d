/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_candidates.c - which of several equal devices does a guest get? */
#include "config.h"

#include <string.h>

#include "act/candidates.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define DISK(bus) "sys/devices/pci0000:00/0000:00:0" bus ".0/0000:0" bus ":00.0/nvme/nvme" bus "/nvme" bus "n1"
#define ONE "0000:01:00.0"
#define TWO "0000:02:00.0"

/* Two controllers whose disks fstab names, so that somebody may miss what is on them. */
static void make_host(struct fake_host *host)
{
	static const char *const addrs[] = { ONE, TWO };

	fake_good_host(host);
	for (int i = 0; i < 2; i++)
		fake_pci_add(host, &(struct fake_pci){ .addr = addrs[i], .class = 0x010802, .group = 14 + i,
						       .driver = "nvme" });
	fake_file(host, DISK("1") "/dev", "259:1\n");
	fake_file(host, DISK("2") "/dev", "259:2\n");
	fake_file(host, "etc/fstab", "/dev/nvme1n1 /srv ext4 noauto 0 0\n/dev/nvme2n1 /srw ext4 noauto 0 0\n");
}

static const struct row {
	const char *name;
	struct hd_allow allow;
	const char *want;	/* the one that is chosen; NULL: none */
} rows[] = {
	{ "nobody has allowed it", { NULL, NULL }, NULL },
	{ "the guest's metadata allows it for one", { "storage-free", TWO }, TWO },
	{ "another check", { "holders-free", TWO }, NULL },
	{ "for a device that is not here", { "storage-free", "0000:07:00.0" }, NULL },
};

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_allow allow = row->allow;
	struct hd_request guest = { .name = "g", .policy = { .allows = &allow, .n_allows = allow.check != NULL } };
	const struct hd_candidate *device = NULL;
	struct hd_candidates all;
	struct hd_context context;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	make_host(&host);
	context = (struct hd_context){ .root = host.root, .arena = &host.arena };
	if (hd_candidates_read(&all, &context, "nvme", &guest, &err) != HD_EXIT_OK ||
	    hd_candidates_choose(&device, &all, &context, &err) != HD_EXIT_OK)
		fail_msg("%s", err.text);
	assert_int_equal(all.n, 2);
	assert_int_equal(hd_candidates_count_free(&all), row->want != NULL);
	assert_true(!device == !row->want);
	if (device)
		assert_string_equal(device->item->address, row->want);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("candidates", tests, NULL, NULL);
}
