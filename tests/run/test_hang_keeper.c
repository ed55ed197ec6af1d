/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_hang_keeper.c - a keeper of which a call never ends: is nobody kept but its disks?
 *
 * The write end of a pipe stands for a claim, as in test_keeper.c.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "run/keeper.h"
#include "tests/support/fakehost.h"
#include "tests/support/hang.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define DISK "0000:01:00.0"
#define START_MS 5000		/* what a start waits for its keeper, as keeper.c has it */
#define SLACK_MS 25000		/* for a busy machine */
#define END_MS 300		/* a hanging one is waited for so long */
#define PLACES_MAX 1000

struct world {
	struct fake_host host;
	struct hd_kept kept;
	struct hd_keeping keeping;
	int end;		/* the read end of the claim */
};

struct place {
	struct hang_key key;
	int nth;
};

static void make_world(struct world *w)
{
	const struct fake_pci fn = { .addr = DISK, .group = 11, .driver = "nvme" };
	int ends[2];

	memset(w, 0, sizeof(*w));
	fake_host_make(&w->host);
	fake_dir(&w->host, "run/hostdevctl");
	fake_pci_add(&w->host, &fn);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	w->end = ends[0];
	w->kept = (struct hd_kept){ .function = DISK, .driver = "nvme", .claim_fd = ends[1] };
	w->keeping = (struct hd_keeping){
		.root = &w->host.root, .uuid = UUID, .guest = "g", .kept = &w->kept, .n = 1,
		.dir_fd = hd_sysroot_fd(&w->host.root, O_RDONLY | O_DIRECTORY, "run/hostdevctl"),
		.deadline_ms = 200,
	};
}

static void remove_world(struct world *w)
{
	hd_close(&w->end);
	hd_close(&w->keeping.dir_fd);
	fake_host_remove(&w->host);
}

static void run_start(void *arg, int err)
{
	const struct world *w = arg;
	struct hd_error error;

	(void)close(err);	/* a keeper that hangs at its begin may keep it */
	hd_log_open("hostdevctl-test");
	_exit(hd_keeper_start(&w->keeping, &error) < 0);
}

static bool is_claimed(const struct world *w)
{
	struct pollfd ready = { .fd = w->end, .events = POLLIN };

	return poll(&ready, 1, 0) == 0;
}

static int end_keeper(const struct world *w, int ms)
{
	struct hd_error err;

	return hd_keeper_end(w->keeping.dir_fd, UUID, hd_now_ms() + ms, &err);
}

static bool is_of_the_log(long number)
{
	return number == SYS_socket || number == SYS_connect || number == SYS_sendto;
}

/* Nothing of the log's may keep the disks. */
static bool keeps_for_the_log(struct world *w, const struct place *place)
{
	return is_of_the_log(place->key.number) && is_claimed(w);
}

static bool is_late(const struct hang_run *run)
{
	return !run->has_ended || run->ms > START_MS + SLACK_MS;
}

static const char *check(struct world *w, const struct place *place, const struct hang_run *run)
{
	int rc;

	if (is_late(run))
		return "its start did not end in time";
	if (run->is_hung && keeps_for_the_log(w, place))
		return "it hangs in the log and keeps its disks";
	rc = end_keeper(w, run->is_hung ? END_MS : SLACK_MS);
	if (rc == 0 && run->status == 0 && is_claimed(w))
		return "it is said to be gone and keeps its disks";
	if (rc < 0 && rc != -ETIMEDOUT)
		return strerror(-rc);
	return NULL;
}

static int try_place(const void *data, int i)
{
	static struct hang_keys keys;
	static struct hang_run run;
	const struct place *place = (const struct place *)data + i;
	const char *bad;
	struct world w;

	make_world(&w);
	hang_start(run_start, &w, &place->key, place->nth, START_MS + SLACK_MS, &keys, &run);
	hd_close(&w.kept.claim_fd);
	bad = check(&w, place, &run);
	hang_finish(&run);
	if (!bad && (end_keeper(&w, SLACK_MS) < 0 || is_claimed(&w)))
		bad = "the disks are not free afterwards";
	if (bad)
		print_message("# call %ld %s (%d): %s\n", place->key.number, place->key.path,
			      place->nth, bad);
	remove_world(&w);
	return bad ? 1 : run.is_hung ? 0 : 2;
}

static void only_disks_are_kept(void **state)
{
	static struct place places[PLACES_MAX];
	static struct hang_keys keys;
	static struct hang_run run;
	int n = 0, counts[3] = { 0 };
	struct world w;

	(void)state;
	if (is_under_valgrind() || !tracer_works()) {
		print_message("system calls cannot be traced here\n");
		skip();
	}
	make_world(&w);
	hang_start(run_start, &w, NULL, 0, START_MS + SLACK_MS, &keys, &run);
	hang_finish(&run);
	remove_world(&w);
	assert_int_equal(run.status, 0);
	for (int i = 0; i < keys.n && n + 2 <= PLACES_MAX; i++) {
		if (keys.keys[i].depth != 1)
			continue;
		places[n++] = (struct place){ keys.keys[i], 1 };
		if (keys.keys[i].n > 1)
			places[n++] = (struct place){ keys.keys[i], keys.keys[i].n };
	}
	hang_pool(try_place, places, n, counts);
	print_message("# hung at %d places, %d were not come to\n", counts[0] + counts[1], counts[2]);
	assert_int_equal(counts[1], 0);
	assert_true(counts[0] > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(only_disks_are_kept) };

	return _cmocka_run_group_tests("hang_keeper", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
