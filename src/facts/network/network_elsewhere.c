/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_elsewhere.c - what do other network namespaces have of this host's devices?
 *
 * setns(2) moves this thread alone, and only until it has a socket: that belongs
 * to the namespace it was made in (socket(2), network_namespaces(7)).
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/net_namespace.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_SPACES 4096
#define MAX_ITEMS 4096
#define MAX_KIND 32
#define MAX_NAME 128
#define MAX_COMMAND 64

struct scan {
	struct hd_net_elsewheres *found;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	int own;		/* our namespace */
	ino_t *seen;
	size_t n_seen;
	size_t first;		/* of the items of the namespace that is being asked */
	const char *where, *enter;
	int64_t deadline;
	int rc;
};

/* Was the namespace asked already?  The first time it is noted. */
static bool is_known(struct scan *scan, ino_t inode)
{
	for (size_t i = scan->n_seen; i > 0; i--)
		if (scan->seen[i - 1] == inode)
			return true;
	if (scan->n_seen >= MAX_SPACES) {
		scan->rc = -E2BIG;
		return true;
	}
	hd_push(scan->arena, &scan->seen, &scan->n_seen, inode);
	return false;
}

static const char *text_of(struct hd_arena *arena, struct hd_rtnl_attrs attrs, unsigned type)
{
	char text[MAX_NAME];

	hd_rtnl_text(attrs, type, text, sizeof(text));
	return hd_strdup(arena, text);
}

static void take_link(void *data, const struct nlmsghdr *message)
{
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct ifinfomsg));
	struct scan *scan = data;
	struct hd_net_elsewhere *item;
	bool is_device = hd_rtnl_find(attrs, IFLA_PARENT_DEV_NAME, 1);
	bool is_upper = hd_rtnl_find(attrs, IFLA_LINK_NETNSID, sizeof(int32_t));

	if (message->nlmsg_type != RTM_NEWLINK || (!is_device && !is_upper))
		return;
	if (scan->found->n >= MAX_ITEMS) {
		scan->rc = -E2BIG;
		return;
	}
	item = hd_append(scan->arena, &scan->found->items, &scan->found->n, sizeof(*item));
	item->name = text_of(scan->arena, attrs, IFLA_IFNAME);
	item->kind = text_of(scan->arena,
			     hd_rtnl_nested(hd_rtnl_find(attrs, IFLA_LINKINFO, 0)),
			     IFLA_INFO_KIND);
	item->bus = text_of(scan->arena, attrs, IFLA_PARENT_DEV_BUS_NAME);
	item->device = text_of(scan->arena, attrs, IFLA_PARENT_DEV_NAME);
	item->lower = is_upper ? hd_rtnl_u32(attrs, IFLA_LINK) : 0;
	item->lower_space = (int32_t)hd_rtnl_u32(attrs, IFLA_LINK_NETNSID);
	item->where = scan->where;
	item->enter = scan->enter;
}

static void take_id(void *data, const struct nlmsghdr *message)
{
	const struct rtattr *id = hd_rtnl_find(hd_rtnl_attrs(message, sizeof(struct rtgenmsg)),
					       NETNSA_NSID, sizeof(int32_t));

	if (id)
		memcpy(data, RTA_DATA(id), sizeof(int32_t));
}

/* By which id the namespace of RTNL knows ours; it has one if a link leads here. */
static int own_id(struct scan *scan, struct hd_rtnl *rtnl, int32_t *ret)
{
	struct { struct nlmsghdr head; struct rtgenmsg body;
		 struct rtattr attr __attribute__((aligned(NLMSG_ALIGNTO))); int32_t fd; }
	request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETNSID },
		.attr = { .rta_len = RTA_LENGTH(sizeof(int32_t)), .rta_type = NETNSA_FD },
		.fd = scan->own,
	};

	_Static_assert(offsetof(__typeof__(request), attr) ==
		       NLMSG_LENGTH(NLMSG_ALIGN(sizeof(struct rtgenmsg))), "no gap");
	*ret = NETNSA_NSID_NOT_ASSIGNED;
	return hd_rtnl_ask(rtnl, &request.head, take_id, ret);
}

/* Keeps devices, and what stands on an interface of ours. */
static void drop_others(struct scan *scan, int32_t id)
{
	struct hd_net_elsewheres *found = scan->found;
	size_t kept = scan->first;

	for (size_t i = scan->first; i < found->n; i++) {
		struct hd_net_elsewhere *item = &found->items[i];

		if (item->lower_space != id || id < 0)
			item->lower = 0;
		if (item->lower || item->device[0])
			found->items[kept++] = *item;
	}
	found->n = kept;
}

static int ask_addresses(struct scan *scan, struct hd_rtnl *rtnl)
{
	int32_t id;
	int rc;

	scan->first = scan->found->n;
	rc = hd_rtnl_list(rtnl, RTM_GETLINK, AF_UNSPEC, sizeof(struct ifinfomsg), take_link, scan);
	/* A list that changed meanwhile is still a list. */
	if (rc == 0 || rc == -EAGAIN)
		rc = own_id(scan, rtnl, &id);
	drop_others(scan, rc == 0 ? id : NETNSA_NSID_NOT_ASSIGNED);
	return rc;
}

/*
 * A socket in the namespace.  Nothing may go on if we cannot come back: all that
 * is read later would be another network's.
 */
static int enter_namespace(struct scan *scan, int space, struct hd_rtnl *ret)
{
	int rc;

	if (setns(space, CLONE_NEWNET) < 0)
		return -errno;
	rc = hd_rtnl_open(ret, NETLINK_ROUTE, scan->deadline);
	if (setns(scan->own, CLONE_NEWNET) < 0)
		abort();
	return rc;
}

/* What may not be looked at is unknown, unless it is gone. */
static int note_error(struct scan *scan, int error)
{
	if (error != ENOENT && error != ESRCH)
		scan->rc = -error;
	return -1;
}

/* A file that is a namespace which was not asked: its descriptor, or -1. */
static int open_space(struct scan *scan, int dir, const char *path)
{
	struct stat st;
	int fd;

	if (fstatat(dir, path, &st, AT_NO_AUTOMOUNT) < 0)
		return note_error(scan, errno);
	if (!S_ISREG(st.st_mode) || is_known(scan, st.st_ino))
		return -1;
	fd = openat(dir, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? note_error(scan, errno) : fd;
}

static void ask_space(struct scan *scan, int space)
{
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	int rc = enter_namespace(scan, space, &rtnl);

	/* A file in run/netns that is none (a mount that is gone) has nothing. */
	if (rc == -EINVAL)
		return;
	if (rc == 0)
		rc = ask_addresses(scan, &rtnl);
	if (rc < 0)
		scan->rc = rc;
}

static bool is_out_of_time(struct scan *scan)
{
	if (hd_ms_left(scan->deadline))
		return false;
	scan->rc = -ETIMEDOUT;
	return true;
}

/* Names first: "ip netns exec" is what their makers know. */
static void ask_named(struct scan *scan)
{
	const char *const *names = NULL;
	_cleanup_(hd_close) int dir = hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY,
						    "run/netns");
	ssize_t n = dir < 0 ? dir : hd_sysroot_names(scan->root, scan->arena, &names,
						     "run/netns");

	if (n < 0)
		(void)note_error(scan, (int)-n);
	for (ssize_t i = 0; i < n && !is_out_of_time(scan); i++) {
		_cleanup_(hd_close) int space = open_space(scan, dir, names[i]);

		if (space < 0)
			continue;
		scan->where = hd_printf(scan->arena, "network namespace %s",
					hd_text_printable(scan->arena, names[i], MAX_NAME));
		scan->enter = hd_printf(scan->arena, "ip netns exec %s",
					hd_shell_word(scan->arena, names[i]));
		ask_space(scan, space);
	}
}

static const char *command_of(const struct scan *scan, const char *pid)
{
	const char *text;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/comm", pid) <= 0)
		return "?";
	return hd_text_printable(scan->arena, text, MAX_COMMAND);
}

static void ask_process(struct scan *scan, int proc, const char *pid)
{
	char path[MAX_NAME];
	_cleanup_(hd_close) int space = -1;

	(void)snprintf(path, sizeof(path), "%s/ns/net", pid);
	space = open_space(scan, proc, path);
	if (space < 0)
		return;
	scan->where = hd_printf(scan->arena, "the network namespace of %s (pid %s)",
				command_of(scan, pid), pid);
	scan->enter = hd_printf(scan->arena, "nsenter -t %s -n", pid);
	ask_space(scan, space);
}

static void ask_processes(struct scan *scan)
{
	const char *const *names = NULL;
	_cleanup_(hd_close) int proc = hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY, "proc");
	ssize_t n = proc < 0 ? proc : hd_sysroot_names(scan->root, scan->arena, &names, "proc");

	if (n < 0)
		scan->rc = (int)n;
	/* The first process is in our namespace: hd_hidden_network(). */
	for (ssize_t i = 0; i < n && !is_out_of_time(scan); i++)
		if (hd_text_is_numbered(names[i], "") && strcmp(names[i], "1") != 0)
			ask_process(scan, proc, names[i]);
}

int hd_net_elsewhere_read(struct hd_net_elsewheres *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, int64_t deadline)
{
	_cleanup_(hd_close) int own = hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "proc");
	struct scan scan = { .found = ret, .root = root, .arena = arena, .deadline = deadline };
	struct stat st;
	int proc = own;

	if (proc < 0)
		return proc;
	own = openat(proc, "self/ns/net", O_RDONLY | O_CLOEXEC);
	hd_close(&proc);
	if (own < 0 || fstat(own, &st) < 0)
		return -errno;
	scan.own = own;
	(void)is_known(&scan, st.st_ino);
	ask_named(&scan);
	ask_processes(&scan);
	return scan.rc;
}
