/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keeper.c - keeps disks free between the hook's return and libvirt's unbind.
 *
 * It looks 50 times a second, for a second or two in most cases: what it waits
 * for in sysfs tells nobody that it happens.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/process.h"
#include "base/read.h"
#include "base/text.h"
#include "facts/pci/pci.h"
#include "run/keeper_internal.h"

#define LOOK_MS 20
#define START_MS 5000
#define NAME_SHOWN 64
#define N_OWN 3			/* state directory, root, answer */

struct keeper {
	const struct hd_keeping *keeping;
	int claims[HD_KEEPER_MAX];	/* -1: given back */
	int64_t until;
};

/* All but the claims and our own: locks, journals and pipes of the engine, libraries' files. */
static void leave_others(const struct keeper *keeper, int answer_fd)
{
	const struct hd_keeping *keeping = keeper->keeping;
	int fds[HD_KEEPER_MAX + N_OWN] = { keeping->dir_fd, keeping->root->fd, answer_fd };
	size_t n = N_OWN;

	for (size_t i = 0; i < keeping->n; i++)
		fds[n++] = keeper->claims[i];
	hd_process_keep_only(fds, n);
}

/* Best effort: without CAP_SYS_RESOURCE it is shown under the hook's own words. */
static void show_as(const char *title)
{
	size_t size = strlen(title) + 1;
	char *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)prctl(PR_SET_NAME, "hostdevctl-keep");
	if (page == MAP_FAILED)
		return;
	memcpy(page, title, size);
	/* The kernel wants start <= end at each of the calls. */
	if (prctl(PR_SET_MM, PR_SET_MM_ARG_START, page, 0, 0) < 0) {
		(void)prctl(PR_SET_MM, PR_SET_MM_ARG_END, page + size, 0, 0);
		(void)prctl(PR_SET_MM, PR_SET_MM_ARG_START, page, 0, 0);
	}
	(void)prctl(PR_SET_MM, PR_SET_MM_ARG_END, page + size, 0, 0);
}

/* What cannot be read may still need the claim. */
static bool is_over(const struct keeper *keeper, const struct hd_kept *kept)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	const char *driver = NULL;
	int rc = hd_pci_driver_read(keeper->keeping->root, &arena, kept->function, &driver);

	if (rc < 0)
		return rc == -ENODEV;
	return driver && strcmp(driver, kept->driver) != 0;
}

/* How many claims are needed still. */
static size_t look(struct keeper *keeper)
{
	const struct hd_keeping *keeping = keeper->keeping;
	size_t n = 0;

	for (size_t i = 0; i < keeping->n; i++) {
		if (keeper->claims[i] >= 0 && is_over(keeper, &keeping->kept[i]))
			hd_close(&keeper->claims[i]);
		n += keeper->claims[i] >= 0;
	}
	return n;
}

static void say_deadline(const struct hd_keeping *keeping)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };

	hd_log(LOG_WARNING, "guest '%s': libvirt did not take %s within %d s; its disks "
	       "are no longer kept free", hd_text_printable(&arena, keeping->guest, NAME_SHOWN),
	       keeping->kept[0].function, keeping->deadline_ms / 1000);
}

static void keep(struct keeper *keeper, int file_fd)
{
	bool is_late = false;

	while (!is_late && hd_keeper_file_is_wanted(file_fd) && look(keeper)) {
		is_late = !hd_ms_left(keeper->until);
		if (!is_late)
			(void)poll(NULL, 0, LOOK_MS);
	}
	/* Before the lock goes: whoever waits for that may claim the disks. */
	for (size_t i = 0; i < keeper->keeping->n; i++)
		hd_close(&keeper->claims[i]);
	hd_keeper_file_remove(keeper->keeping, file_fd);
	if (is_late)
		say_deadline(keeper->keeping);
}

static int become_keeper(int answer_fd, const void *data)
{
	const struct hd_keeping *keeping = data;
	struct keeper keeper = { .keeping = keeping,
				 .until = hd_now_ms() + keeping->deadline_ms };
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	int file_fd;

	for (size_t i = 0; i < keeping->n; i++)
		keeper.claims[i] = keeping->kept[i].claim_fd;
	hd_process_settle();
	leave_others(&keeper, answer_fd);
	show_as(hd_printf(&arena, "hostdevctl-hook: keeper for %s",
			  hd_text_printable(&arena, keeping->guest, NAME_SHOWN)));
	file_fd = chdir("/") < 0 ? -errno : hd_keeper_file_make(keeping, keeper.until, &err);
	if (write(answer_fd, &err, sizeof(err)) != sizeof(err) || file_fd < 0)
		return 1;
	hd_close(&answer_fd);
	keep(&keeper, file_fd);
	return 0;
}

/* What the child says of its own start. */
static int wait_for_answer(struct hd_process *child, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + START_MS;
	struct hd_error answer = { 0 };

	if (hd_read_some(child->fd, &answer, sizeof(answer), deadline) == sizeof(answer)) {
		answer.text[sizeof(answer.text) - 1] = '\0';
		hd_close(&child->fd);
		if (answer.code == 0)
			return 0;
		(void)hd_process_wait(child->pid, deadline);
		return hd_fail(err, answer.code, "%s", answer.text);
	}
	(void)hd_process_end(child, 0);
	return hd_fail(err, -EIO, "the process that keeps its disks free did not start");
}

int hd_keeper_start(const struct hd_keeping *keeping, struct hd_error *err)
{
	struct hd_process child;
	int rc;

	if (!keeping->n)
		return 0;
	if (keeping->n > HD_KEEPER_MAX)
		return hd_fail(err, -E2BIG, "%zu disks are more than %d", keeping->n, HD_KEEPER_MAX);
	rc = hd_process_start(&child, become_keeper, keeping);
	if (rc < 0)
		return hd_fail(err, rc, "cannot start a process: %s", strerror(-rc));
	return wait_for_answer(&child, err);
}
