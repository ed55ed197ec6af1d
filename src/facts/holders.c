/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders.c - which processes have a device node open or mapped?
 *
 * One pass over all processes for all devices; afterwards each device gets its
 * share, and only those who hold something are asked for their names.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/holders_internal.h"

#define TRANSIENT_MS 1000
#define PAUSE_MS 20

static uint64_t number_of(unsigned major, unsigned minor, bool is_block)
{
	return (uint64_t)major << 33 | (uint64_t)minor << 1 | is_block;
}

static int by_number(const void *a, const void *b)
{
	const struct hd_node_key *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

const struct hd_node *hd_scan_numbered(const struct hd_scan *scan, unsigned major,
				       unsigned minor, bool is_block)
{
	const struct hd_node_key key = { .number = number_of(major, minor, is_block) };
	const struct hd_node_key *found =
		bsearch(&key, scan->keys, scan->n_nodes, sizeof(key), by_number);

	return found ? found->node : NULL;
}

const struct hd_node *hd_scan_named(const struct hd_scan *scan, const char *name)
{
	for (size_t i = 0; i < scan->n_nodes; i++)
		if (!strcmp(scan->nodes[i].name, name))
			return &scan->nodes[i];
	return NULL;
}

/* Often the same process again: the last few are looked at. */
void hd_scan_note(struct hd_scan *scan, const struct hd_node *node, pid_t pid, bool is_mapped)
{
	struct hd_sighting *seen;

	for (size_t i = scan->n_seen; i > 0 && scan->seen[i - 1].pid == pid; i--) {
		if (scan->seen[i - 1].node != node)
			continue;
		scan->seen[i - 1].is_mapped &= is_mapped;
		return;
	}
	if (scan->n_seen >= HD_SEEN_MAX)
		return;
	seen = hd_append(scan->arena, &scan->seen, &scan->n_seen, sizeof(*seen));
	*seen = (struct hd_sighting){ node, pid, is_mapped };
}

bool hd_has_ended(int error)
{
	return error == ENOENT || error == ESRCH;
}

/* One that we may not look into is enough to name. */
void hd_scan_unread(struct hd_scan *scan, const char *pid, int error)
{
	if (!scan->unread)
		scan->unread = hd_printf(scan->arena, "proc/%s: %s", pid, strerror(error));
}

/* The hook's process waits for the engine that it forked, and has what that inherited. */
static pid_t waiting_parent(void)
{
	char own[4096], other[4096], path[64];
	ssize_t n, m;

	(void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)getppid());
	n = readlink("/proc/self/exe", own, sizeof(own));
	m = readlink(path, other, sizeof(other));
	return n > 0 && n == m && !memcmp(own, other, (size_t)n) ? getppid() : 0;
}

static void start(struct hd_scan *scan)
{
	scan->keys = hd_alloc(scan->arena, scan->n_nodes * sizeof(*scan->keys));
	for (size_t i = 0; i < scan->n_nodes; i++) {
		const struct hd_node *node = &scan->nodes[i];

		scan->keys[i].node = node;
		scan->keys[i].number = number_of(node->major, node->minor, node->is_block);
	}
	qsort(scan->keys, scan->n_nodes, sizeof(*scan->keys), by_number);
	if (!scan->root->is_live)
		return;
	scan->ours[0] = getpid();
	scan->ours[1] = waiting_parent();
	/* Processes of others may be hidden from us altogether (hidepid, proc(5)). */
	if (geteuid() != 0)
		scan->unread = "only root may look into all processes";
}

static int by_pid(const void *a, const void *b)
{
	const struct hd_holder *x = a, *y = b;

	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static void finish(struct hd_holders *ret, const struct hd_scan *scan)
{
	*ret = (struct hd_holders){ .unread = scan->unread };
	for (size_t i = 0; i < scan->n_seen; i++) {
		struct hd_holder *holder = hd_append(scan->arena, &ret->holders, &ret->n,
						     sizeof(*holder));

		*holder = (struct hd_holder){ .node = scan->seen[i].node,
					      .pid = scan->seen[i].pid,
					      .is_mapped = scan->seen[i].is_mapped };
		hd_holder_describe(holder, scan->root, scan->arena);
	}
	if (ret->n)
		qsort(ret->holders, ret->n, sizeof(*ret->holders), by_pid);
}

int hd_holders_read(struct hd_holders *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		    struct hd_error *err)
{
	struct hd_scan scan = { .root = root, .arena = arena, .nodes = nodes,
				.n_nodes = n_nodes };
	int rc;

	if (!n_nodes) {
		*ret = (struct hd_holders){ .n = 0 };
		return 0;
	}
	start(&scan);
	rc = hd_scan_proc(&scan, err);
	if (rc == 0)
		finish(ret, &scan);
	return rc;
}

static bool is_transient(const struct hd_holder *holder)
{
	static const char *const commands[] = { "systemd-udevd", "(udev-worker)", "udevd",
						"blkid" };

	for (size_t i = 0; holder->node->is_block && i < HD_ARRAY_SIZE(commands); i++)
		if (!strcmp(holder->command, commands[i]))
			return true;
	return false;
}

/* Do only such processes hold something that let go of it in a moment? */
static bool may_pass(const struct hd_holders *holders)
{
	for (size_t i = 0; i < holders->n; i++)
		if (!is_transient(&holders->holders[i]))
			return false;
	return holders->n > 0;
}

static int read_patiently(struct hd_holders *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_node *nodes, size_t n,
			  struct hd_error *err)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000 };
	int64_t deadline = hd_now_ms() + TRANSIENT_MS;
	int rc = hd_holders_read(ret, root, arena, nodes, n, err);

	while (rc == 0 && root->is_live && may_pass(ret) && hd_ms_left(deadline) > 0) {
		(void)nanosleep(&pause, NULL);
		rc = hd_holders_read(ret, root, arena, nodes, n, err);
	}
	return rc;
}

static const struct hd_node *own_node(const struct hd_holders_want *want,
				      const struct hd_node *node)
{
	for (size_t i = 0; i < want->n_nodes; i++)
		if (want->nodes[i].major == node->major &&
		    want->nodes[i].minor == node->minor &&
		    want->nodes[i].is_block == node->is_block)
			return &want->nodes[i];
	return NULL;
}

/* A node that two devices share (a multipath head) is told of both. */
static void give_share(const struct hd_holders_want *want, const struct hd_holders *all,
		       struct hd_arena *arena)
{
	*want->ret = (struct hd_holders){ .unread = want->n_nodes ? all->unread : NULL };
	for (size_t i = 0; i < all->n; i++) {
		const struct hd_node *node = own_node(want, all->holders[i].node);
		struct hd_holder *holder;

		if (!node)
			continue;
		holder = hd_append(arena, &want->ret->holders, &want->ret->n,
				   sizeof(*holder));
		*holder = all->holders[i];
		holder->node = node;
	}
}

int hd_holders_read_for(const struct hd_holders_want *wants, size_t n_wants,
			const struct hd_sysroot *root, struct hd_arena *arena,
			struct hd_error *err)
{
	struct hd_holders all;
	struct hd_node *nodes = NULL;
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < n_wants; i++)
		for (size_t k = 0; k < wants[i].n_nodes; k++)
			*(struct hd_node *)hd_append(arena, &nodes, &n, sizeof(*nodes)) =
				wants[i].nodes[k];
	rc = read_patiently(&all, root, arena, nodes, n, err);
	for (size_t i = 0; rc == 0 && i < n_wants; i++)
		give_share(&wants[i], &all, arena);
	return rc;
}
