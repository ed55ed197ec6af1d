/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders.c - which processes have a device node open or mapped?
 *
 * One pass over all processes for all devices; afterwards each device gets its
 * share, and only those who hold something are asked for their names.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/holders/holders_internal.h"
#include "facts/host/namespaces.h"

#define TRANSIENT_MS 1000
#define PAUSE_MS 20
#define MANY_TASKS 200
#define MANY_FILES 3000

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

static void start_scan(struct hd_scan *scan)
{
	hd_scan_sort(scan);
	if (!scan->root->is_live)
		return;
	scan->ours[0] = getpid();
	scan->ours[1] = waiting_parent();
	scan->unread = hd_hidden_processes(scan->root, scan->arena);
	if (scan->unread)
		scan->unread_remedy = HD_ON_THE_HOST;
	/* Processes of others may be hidden from us altogether (hidepid, proc(5)). */
	else if (geteuid() != 0)
		scan->unread = "only root may inspect all processes";
}

/* By process, its nodes as they were asked for; open before mapped. */
static int by_pid(const void *a, const void *b)
{
	const struct hd_sighting *x = a, *y = b;

	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return (int)x->is_mapped - (int)y->is_mapped;
}

static void finish_scan(struct hd_holders *ret, const struct hd_scan *scan)
{
	*ret = (struct hd_holders){ .unread = scan->unread,
				    .unread_remedy = scan->unread_remedy };
	HD_SORT(scan->seen, scan->n_seen, by_pid);
	for (size_t i = 0; i < scan->n_seen; i++) {
		const struct hd_sighting *seen = &scan->seen[i];
		struct hd_holder *holder;

		if (i && seen[-1].pid == seen->pid && seen[-1].node == seen->node)
			continue;
		holder = hd_append(scan->arena, &ret->holders, &ret->n, sizeof(*holder));
		*holder = (struct hd_holder){ .node = seen->node, .pid = seen->pid,
					      .is_mapped = seen->is_mapped };
		hd_holder_describe(holder, scan->root, scan->arena);
	}
}

/*
 * Are there so many processes or open files that asking the kernel is cheaper?  It
 * takes 2 ms to begin with (6 ms before Linux 6.16, where its types cannot be
 * mapped) and 0.01 ms for each process; /proc takes 0.1 ms for a process with 20
 * descriptors and a tenth of that for a thread of the kernel.  proc/loadavg has the
 * number of tasks, with these and threads, file-nr the number of open files.
 */
static bool is_crowded(const struct hd_scan *scan)
{
	const char *text, *tasks;
	uint64_t n;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "proc/loadavg") > 0 &&
	    (tasks = strchr(text, '/')) &&
	    hd_text_u64(hd_strndup(scan->arena, tasks + 1, strspn(tasks + 1, "0123456789")),
			&n) && n > MANY_TASKS)
		return true;
	return hd_sysroot_text(scan->root, scan->arena, &text, "proc/sys/fs/file-nr") > 0 &&
	       hd_text_u64(hd_strndup(scan->arena, text, strspn(text, "0123456789")), &n) &&
	       n > MANY_FILES;
}

/* What /proc does not show to us, the kernel may tell. */
static int look_best(struct hd_scan *scan, struct hd_error *err)
{
	const char *unread = scan->unread;
	int rc;

	if (!scan->root->is_live)
		return hd_scan_proc(scan, err);
	if (is_crowded(scan) && hd_scan_kernel(scan) == 0)
		return 0;
	scan->stops_if_unread = true;
	rc = hd_scan_proc(scan, err);
	if (rc < 0 || !scan->unread)
		return rc;
	scan->stops_if_unread = false;
	scan->unread = unread;
	return hd_scan_kernel(scan) == 0 ? 0 : hd_scan_proc(scan, err);
}

static int look_by_kernel(struct hd_scan *scan, struct hd_error *err)
{
	int rc = hd_scan_kernel(scan);

	return rc < 0 ? hd_fail(err, rc, "cannot ask the kernel: %s", strerror(-rc)) : 0;
}

static int (*const ways[])(struct hd_scan *scan, struct hd_error *err) = {
	[HD_WAY_BEST] = look_best,
	[HD_WAY_PROC] = hd_scan_proc,
	[HD_WAY_KERNEL] = look_by_kernel,
};

/* WHAT has what is looked for, and nothing seen. */
static int look_for_holders(struct hd_holders *ret, enum hd_way way, const struct hd_scan *what,
			    struct hd_error *err)
{
	struct hd_scan scan = *what;
	int rc;

	if (!scan.n_nodes) {
		*ret = (struct hd_holders){ .n = 0 };
		return 0;
	}
	start_scan(&scan);
	rc = ways[way](&scan, err);
	if (rc == 0)
		finish_scan(ret, &scan);
	return rc;
}

int hd_holders_read_by(struct hd_holders *ret, enum hd_way way, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		       struct hd_error *err)
{
	const struct hd_kernel_types *types = NULL;
	const struct hd_scan what = { .root = root, .arena = arena, .nodes = nodes,
				      .n_nodes = n_nodes, .types = &types };

	return look_for_holders(ret, way, &what, err);
}

int hd_holders_read(struct hd_holders *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		    struct hd_error *err)
{
	return hd_holders_read_by(ret, HD_WAY_BEST, root, arena, nodes, n_nodes, err);
}

/* udev itself, and what its rules run (pvscan, mdadm -I, scsi_id), while it looks at a disk. */
static bool is_transient(const struct hd_holder *holder)
{
	static const char *const commands[] = { "systemd-udevd", "(udev-worker)", "udevd",
						"blkid" };

	return holder->node->is_block &&
	       (HD_IS_ANY(holder->command, commands) ||
		(holder->unit && !strcmp(holder->unit, "systemd-udevd.service")));
}

/* Do only such processes hold something that let go of it in a moment? */
static bool may_pass(const struct hd_holders *holders)
{
	for (size_t i = 0; i < holders->n; i++)
		if (!is_transient(&holders->holders[i]))
			return false;
	return holders->n > 0;
}

static int read_patiently(struct hd_holders *ret, const struct hd_scan *what,
			  struct hd_error *err)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000 };
	int rc = look_for_holders(ret, HD_WAY_BEST, what, err);
	int64_t deadline = hd_now_ms() + TRANSIENT_MS;	/* a look may take long itself */

	while (rc == 0 && what->root->is_live && may_pass(ret) && hd_ms_left(deadline) > 0) {
		(void)nanosleep(&pause, NULL);
		rc = look_for_holders(ret, HD_WAY_BEST, what, err);
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

/* A node that two devices share (a multipath head) counts for both. */
static void give_share(const struct hd_holders_want *want, const struct hd_holders *all,
		       struct hd_arena *arena)
{
	*want->ret = (struct hd_holders){ .n = 0 };
	if (want->n_nodes) {
		want->ret->unread = all->unread;
		want->ret->unread_remedy = all->unread_remedy;
	}
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
			const struct hd_kernel_types **types, struct hd_error *err)
{
	struct hd_scan what = { .root = root, .arena = arena, .types = types };
	struct hd_holders all;
	struct hd_node *nodes = NULL;
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < n_wants; i++)
		for (size_t k = 0; k < wants[i].n_nodes; k++)
			hd_push(arena, &nodes, &n, wants[i].nodes[k]);
	what.nodes = nodes;
	what.n_nodes = n;
	rc = read_patiently(&all, &what, err);
	for (size_t i = 0; rc == 0 && i < n_wants; i++)
		give_share(&wants[i], &all, arena);
	return rc;
}
