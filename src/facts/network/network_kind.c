/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_kind.c - of which kind is an interface that is no device? */
#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_stack.h"

#define NET "sys/class/net"
#define DEADLINE_MS 2000
#define MAX_KIND 32
#define ARPHRD_INFINIBAND 32u	/* Linux include/uapi/linux/if_arp.h */

static void take_link(void *data, const struct nlmsghdr *message)
{
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct ifinfomsg));

	if (message->nlmsg_type == RTM_NEWLINK)
		hd_rtnl_text(hd_rtnl_nested(hd_rtnl_find(attrs, IFLA_LINKINFO, 0)),
			     IFLA_INFO_KIND, data, MAX_KIND);
}

static const char *kind_of_kernel(struct hd_arena *arena, const char *name)
{
	struct { struct nlmsghdr head; struct ifinfomsg body; } request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETLINK },
		.body = { .ifi_family = AF_UNSPEC, .ifi_index = (int)if_nametoindex(name) },
	};
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	char kind[MAX_KIND] = "";
	int rc;

	if (!request.body.ifi_index)
		return "";
	rc = hd_rtnl_open(&rtnl, NETLINK_ROUTE, hd_now_ms() + DEADLINE_MS);
	if (rc == 0)
		rc = hd_rtnl_ask(&rtnl, &request.head, take_link, kind);
	return rc < 0 ? "" : hd_text_printable(arena, kind, MAX_KIND);
}

static const char *devtype_of(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *name)
{
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, NET "/%s/uevent", name) < 0)
		return "";
	while ((line = hd_text_next_line(arena, &text)))
		if (hd_text_starts_with(line, "DEVTYPE="))
			return hd_text_printable(arena, line + strlen("DEVTYPE="), MAX_KIND);
	return "";
}

/* What sysfs says of some kinds; the others' DEVTYPE is their name. */
static const char *kind_of_files(const struct hd_sysroot *root, struct hd_arena *arena,
				 const char *name)
{
	uint64_t type;

	if (hd_sysroot_has(root, NET "/%s/bridge", name))
		return "bridge";
	if (hd_sysroot_has(root, NET "/%s/bonding", name))
		return "bond";
	if (hd_sysroot_has(root, "proc/net/vlan/%s", name))
		return "vlan";
	if (!strcmp(name, "ovs-system"))
		return "openvswitch";
	if (hd_sysroot_u64(root, &type, NET "/%s/type", name) == 0 &&
	    type == ARPHRD_INFINIBAND)
		return "ipoib";
	return devtype_of(root, arena, name);
}

const char *hd_net_kind(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *name)
{
	const char *kind = root->is_live ? kind_of_kernel(arena, name) : "";

	return kind[0] ? kind : kind_of_files(root, arena, name);
}
