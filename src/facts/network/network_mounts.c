/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_mounts.c - by which interface does this host reach the servers of its mounts?
 *
 * An idle NFS mount has no connection (Linux net/sunrpc/xprt.c closes it after five
 * minutes): the kernel is asked which way it would take, as "ip route get" does.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmount.h>
#include <net/if.h>
#include <string.h>

#include "facts/host/mount_table.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_MOUNTS 256
#define MAX_SERVER 64

struct reader {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	struct hd_rtnl rtnl;
	int rc;
};

static const char *const types[] = { "nfs", "nfs4", "cifs", "smb3" };

static bool is_of_network(const char *type)
{
	for (size_t i = 0; type && i < HD_ARRAY_SIZE(types); i++)
		if (!strcmp(types[i], type))
			return true;
	return false;
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
	*(struct hd_net_mount *)hd_append(r->arena, &r->tables->mounts, &r->tables->n_mounts,
					  sizeof(*r->tables->mounts)) = (struct hd_net_mount){
		.target = hd_strdup(r->arena, mnt_fs_get_target(fs)),
		.type = hd_strdup(r->arena, mnt_fs_get_fstype(fs)),
		.server = hd_strdup(r->arena, server),
		.interface = hd_strdup(r->arena, name),
	};
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
