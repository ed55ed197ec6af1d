/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * card_idle.c - waits until no process has the card open or mapped, and changes nothing.
 *
 * Sessions and units were ended before; their last processes may take a while to go.  The
 * end of a process is an event (pidfd_open(2)); that one closes a node has none.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/pciaddr.h"
#include "check/checks.h"
#include "facts/holders/holders.h"
#include "facts/pci/pci.h"
#include "knob/knobs.h"
#include "knob/wait.h"

#define IN_USE "in-use"
#define IDLE "idle"
#define NAMED_MAX 3
#define PIDS_MAX 32

/*
 * A sound server keeps the control node of the card's sound function until that goes.  Of the
 * graphics card's own nodes everybody's counts.
 */
static void drop_who_copes(struct hd_holders *users)
{
	size_t kept = 0;

	for (size_t i = 0; i < users->n; i++)
		if (!strcmp(users->holders[i].node->subsystem, "drm") ||
		    !hd_holder_copes(&users->holders[i]))
			users->holders[kept++] = users->holders[i];
	users->n = kept;
}

static int read_users(struct hd_holders *ret, const struct hd_knob_host *host,
		      struct hd_arena *arena, const char *target, struct hd_error *err)
{
	const struct hd_storage no_disks = { .n_disks = 0 };
	struct hd_node *nodes = NULL;
	struct hd_pci_addr addr;
	struct hd_pci_fn fn;
	size_t n = 0;
	int rc;

	if (!hd_pci_addr_parse(target, &addr))
		return hd_fail(err, -EINVAL, "%s is not a PCI address", target);
	rc = hd_pci_fn_read(&fn, host->root, arena, &addr, err);
	if (rc == 0 && !fn.is_present)
		return hd_fail(err, -ENODEV, "%s no longer exists", target);
	if (rc == 0)
		rc = hd_nodes_read(&nodes, &n, host->root, arena, &fn, &no_disks, err);
	if (rc == 0)
		rc = hd_nodes_bars(&nodes, &n, host->root, arena, &fn, err);
	if (rc == 0)
		rc = hd_holders_read(ret, host->root, arena, nodes, n, err);
	drop_who_copes(ret);
	if (rc == 0 && !ret->n && ret->unread)
		return hd_fail(err, -EACCES, "who uses %s is unknown: %s", target, ret->unread);
	return rc;
}

static int card_get(const struct hd_knob_host *host, const char *target,
		    char buf[static HD_STATE_MAX], struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct hd_holders users = { .n = 0 };
	int rc = read_users(&users, host, &arena, target, err);

	if (rc == 0)
		(void)snprintf(buf, HD_STATE_MAX, "%s", users.n ? IN_USE : IDLE);
	hd_arena_done(&arena);
	return rc;
}

/* "Xorg (pid 812, gdm.service)" */
static const char *name_user(struct hd_arena *arena, const struct hd_holder *user)
{
	if (user->session)
		return hd_printf(arena, "%s (pid %ld, for session %s)", user->command,
				 (long)user->pid, user->session);
	return hd_printf(arena, "%s (pid %ld%s%s)", user->command, (long)user->pid,
			 user->unit ? ", " : "", user->unit ? user->unit : "");
}

static int say_users(struct hd_arena *arena, const struct hd_holders *users, const char *target,
		     struct hd_error *err)
{
	const char *names = "";
	size_t n = 0;
	pid_t last = 0;

	for (size_t i = 0; i < users->n; i++) {
		if (users->holders[i].pid == last)
			continue;
		last = users->holders[i].pid;
		if (n++ < NAMED_MAX)
			names = hd_printf(arena, "%s%s%s", names, *names ? ", " : "",
					  name_user(arena, &users->holders[i]));
	}
	if (n > NAMED_MAX)
		names = hd_printf(arena, "%s and %zu more", names, n - NAMED_MAX);
	return hd_fail(err, -EBUSY, "%s is still in use: %s has %s %s; end it, then try again",
		       target, names, users->holders[0].node->name,
		       users->holders[0].is_mapped ? "mapped" : "open");
}

/* Until one of them has ended, or it is time to look again. */
static void await_change(const struct hd_knob_host *host, const struct hd_holders *users,
			 int64_t deadline)
{
	struct pollfd fds[PIDS_MAX];
	int left = hd_ms_left(deadline);
	nfds_t n = 0;

	/* The processes of a tree that stands in for a host are not ours to wait for. */
	for (size_t i = 0; i < users->n && n < PIDS_MAX && host->root->is_live; i++) {
		int fd = (int)syscall(SYS_pidfd_open, users->holders[i].pid, 0);

		if (fd >= 0)
			fds[n++] = (struct pollfd){ .fd = fd, .events = POLLIN };
	}
	(void)poll(fds, n, left < HD_WAIT_LOOK_MS ? left : HD_WAIT_LOOK_MS);
	for (nfds_t i = 0; i < n; i++)
		hd_close(&fds[i].fd);
}

static int card_set(const struct hd_knob_host *host, const char *target, const char *from,
		    const char *to, struct hd_error *err)
{
	const int64_t deadline = hd_wait_ending(host);
	int rc;

	(void)from;
	if (strcmp(to, IDLE) != 0)
		return hd_fail(err, -EINVAL, "%s: '%s' is not a state that can be awaited", target,
			       to);
	for (;;) {
		struct hd_arena arena = { 0 };
		struct hd_holders users = { .n = 0 };
		bool is_over = !hd_ms_left(deadline);

		rc = read_users(&users, host, &arena, target, err);
		if (rc == 0 && users.n && is_over)
			rc = say_users(&arena, &users, target, err);
		else if (rc == 0 && users.n)
			await_change(host, &users, deadline);
		else
			is_over = true;
		hd_arena_done(&arena);
		if (rc < 0 || is_over)
			return rc;
	}
}

const struct hd_knob hd_knob_card_idle = {
	.name = "card-idle",
	.get = card_get,
	.set = card_set,
	.awaits_programs = true,
	.is_kept = true,
};
