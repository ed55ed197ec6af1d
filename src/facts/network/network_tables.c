/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_tables.c - what this host's network lives on, read once for all functions. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmount.h>
#include <net/if.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/host/namespaces.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_MOUNTS 256
#define MAX_SERVER 64
#define DEADLINE_MS 5000	/* for a full routing table of the Internet, with room */
#define ATTEMPTS 3		/* at a list that changes while it is read */

/*
 * By which interface does this host reach the servers of its mounts?
 *
 * An idle NFS mount has no connection (Linux net/sunrpc/xprt.c closes it after five
 * minutes): the kernel is asked which way it would take, as "ip route get" does.
 */

struct reader {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	struct hd_rtnl rtnl;
	int rc;
};

static bool is_of_network(const char *type)
{
	static const char *const types[] = { "nfs", "nfs4", "cifs", "smb3" };

	return type && HD_IS_ANY(type, types);
}

static void take_route(void *data, const struct nlmsghdr *message)
{
	if (message->nlmsg_type == RTM_NEWROUTE)
		*(uint32_t *)data = hd_rtnl_u32(hd_rtnl_attrs(message, sizeof(struct rtmsg)),
						RTA_OIF);
}

/*
 * No way to it: then none that could be lost.  What an unreachable, prohibited or
 * blackhole route answers (Linux net/ipv4/fib_semantics.c, fib_props), and no route.
 */
static bool is_no_way(int rc)
{
	return rc == -ENETUNREACH || rc == -EHOSTUNREACH || rc == -EACCES || rc == -EINVAL;
}

/* The interface by which a packet to the address would leave, or 0. */
static uint32_t ask_route(struct reader *r, uint8_t family, const uint8_t bytes[16])
{
	struct { struct nlmsghdr head; struct rtmsg body; struct rtattr attr; uint8_t to[16]; }
	request = {
		.head = { .nlmsg_type = RTM_GETROUTE },
		.body = { .rtm_family = family, .rtm_dst_len = family == AF_INET6 ? 128 : 32 },
		.attr = { .rta_type = RTA_DST },
	};
	size_t size = request.body.rtm_dst_len / 8;
	uint32_t index = 0;
	int rc;

	memcpy(request.to, bytes, size);
	request.attr.rta_len = (unsigned short)RTA_LENGTH(size);
	request.head.nlmsg_len = NLMSG_LENGTH(sizeof(request.body)) + RTA_LENGTH((uint32_t)size);
	rc = hd_rtnl_ask(&r->rtnl, &request.head, take_route, &index);
	if (rc < 0 && !is_no_way(rc))
		r->rc = rc;
	return rc < 0 ? 0 : index;
}

/* The kernel writes the address that it uses into the mount's options. */
static bool read_server(struct libmnt_fs *fs, char text[MAX_SERVER])
{
	char *value = NULL;
	size_t length = 0;

	if (mnt_fs_get_option(fs, "addr", &value, &length) != 0 || !value || !length ||
	    length >= MAX_SERVER)
		return false;
	memcpy(text, value, length);
	text[length] = '\0';
	return true;
}

static void take_mount(void *data, struct libmnt_fs *fs)
{
	struct reader *r = data;
	char server[MAX_SERVER], name[IF_NAMESIZE];
	uint8_t bytes[16] = { 0 };
	uint8_t family = AF_INET;
	int rc;

	if (!is_of_network(mnt_fs_get_fstype(fs)) || !mnt_fs_get_target(fs) ||
	    !read_server(fs, server))
		return;
	if (strchr(server, ':'))
		family = AF_INET6;
	if (inet_pton(family, server, bytes) != 1)
		return;
	rc = hd_rtnl_ifname(ask_route(r, family, bytes), name);
	if (rc > 0 && r->tables->n_mounts >= MAX_MOUNTS)
		rc = -E2BIG;
	if (rc < 0)
		r->rc = rc;
	if (rc <= 0)
		return;
	hd_push(r->arena, &r->tables->mounts, &r->tables->n_mounts, (struct hd_net_mount){
		.target = hd_strdup(r->arena, mnt_fs_get_target(fs)),
		.type = hd_strdup(r->arena, mnt_fs_get_fstype(fs)),
		.server = hd_strdup(r->arena, server),
		.interface = hd_strdup(r->arena, name),
	});
}

static int read_table(struct reader *r, const char *text, int64_t deadline)
{
	int rc;

	/* Most hosts have none: no parser for them. */
	if (!strstr(text, ",addr="))
		return 0;
	rc = hd_rtnl_open(&r->rtnl, NETLINK_ROUTE, deadline);
	if (rc < 0)
		return rc;
	rc = hd_table_parse(text, strlen(text), take_mount, r);
	hd_rtnl_close(&r->rtnl);
	return rc < 0 ? rc : r->rc;
}

/* A hook may run in a mount namespace of its own: the first process's count as well. */
int hd_net_mounts_read(struct hd_net_tables *tables, const struct hd_sysroot *root,
		       struct hd_arena *arena, int64_t deadline)
{
	struct reader r = { .tables = tables, .arena = arena };
	const char *own, *first;
	ssize_t length = hd_sysroot_text(root, arena, &own, "proc/self/mountinfo");
	int rc;

	if (length < 0)
		return (int)length;
	rc = read_table(&r, own, deadline);
	length = hd_sysroot_text(root, arena, &first, "proc/1/mountinfo");
	if (rc < 0 || length == -ENOENT)
		return rc;
	if (length < 0)
		return (int)length;
	return strcmp(own, first) ? read_table(&r, first, deadline) : 0;
}

static const struct question {
	const char *name;
	int (*of_kernel)(struct hd_net_tables *tables, struct hd_arena *arena,
			 int64_t deadline);
	int (*of_files)(struct hd_net_tables *tables, const struct hd_sysroot *root,
			struct hd_arena *arena, struct hd_error *err);
} questions[] = {
	{ "the routes (RTM_GETROUTE)", hd_net_routes_of_kernel, hd_net_routes_of_files },
	{ "the addresses (RTM_GETADDR)", hd_net_addresses_of_kernel,
	  hd_net_addresses_of_files },
};

/* What the kernel does not tell is in use: the reason is kept. */
static void ask_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
		       const struct question *question)
{
	int64_t deadline = hd_now_ms() + DEADLINE_MS;
	int rc = -EAGAIN;

	for (int i = 0; rc == -EAGAIN && i < ATTEMPTS; i++)
		rc = question->of_kernel(tables, arena, deadline);
	if (rc < 0 && !tables->unknown)
		tables->unknown = hd_printf(arena, "the kernel does not report %s: %s",
					    question->name, strerror(-rc));
}

static void note_unknown(struct hd_net_tables *tables, struct hd_arena *arena,
			 const char *what, int rc)
{
	if (rc < 0 && !tables->unknown)
		tables->unknown = hd_printf(arena, "%s: %s", what, strerror(-rc));
}

/* What no file tells: the way to a server, and what containers have of our network. */
static void look_further(struct hd_net_tables *tables, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	int64_t deadline = hd_now_ms() + DEADLINE_MS;

	note_unknown(tables, arena, "the way to the servers of mounts is unknown",
		     hd_net_mounts_read(tables, root, arena, deadline));
	note_unknown(tables, arena, "other network namespaces cannot be inspected",
		     hd_net_elsewhere_read(&tables->elsewhere, root, arena, deadline));
}

static int read_all(struct hd_net_tables *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, struct hd_error *err)
{
	ret->unknown = hd_hidden_network(root, arena);
	if (ret->unknown)
		ret->unknown_remedy = HD_ON_THE_HOST;
	for (size_t i = 0; i < HD_ARRAY_SIZE(questions); i++) {
		int rc = 0;

		if (root->is_live)
			ask_kernel(ret, arena, &questions[i]);
		else
			rc = questions[i].of_files(ret, root, arena, err);
		if (rc < 0)
			return rc;
	}
	if (root->is_live)
		look_further(ret, root, arena);
	return hd_net_connections_read(ret, root, arena, err);
}

/* They are read for the first function that needs them: what cannot be is unknown to all. */
int hd_net_tables_read(struct hd_net_tables *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
{
	struct hd_sysroot_trouble trouble;
	int rc;

	if (ret->is_read)
		return 0;
	trouble = hd_sysroot_watch(root);
	rc = read_all(ret, root, arena, err);
	trouble = hd_sysroot_unwatch(root, &trouble);
	if (trouble.error)
		note_unknown(ret, arena, hd_strdup(arena, trouble.path), -trouble.error);
	ret->is_read = rc == 0;
	return rc;
}
