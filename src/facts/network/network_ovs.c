/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_ovs.c - how is a port taken out of Open vSwitch?
 *
 * All datapaths have the same master, ovs-system: which one has the port is known
 * to the kernel's generic netlink family only (Linux include/uapi/linux/
 * openvswitch.h: OVS_VPORT_CMD_GET by name answers with dp_ifindex, the datapath's
 * own interface, which has its name).
 */
#include "config.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/openvswitch.h>
#include <net/if.h>
#include <string.h>

#include "base/clock.h"
#include "facts/network/network_ovs.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"
#include "facts/storage/storage_internal.h"

#define DEADLINE_MS 2000
#define DAEMON_PID "run/openvswitch/ovs-vswitchd.pid"

struct request {
	struct nlmsghdr head;
	struct genlmsghdr body;
	char payload[64];
};

/* SIZE bytes of DATA behind what the request has, as an attribute. */
static void put(struct request *request, unsigned short type, const char *text)
{
	struct rtattr *attr = (void *)((char *)request + NLMSG_ALIGN(request->head.nlmsg_len));
	size_t size = strlen(text) + 1;

	attr->rta_type = type;
	attr->rta_len = (unsigned short)RTA_LENGTH(size);
	memcpy(RTA_DATA(attr), text, size);
	request->head.nlmsg_len = NLMSG_ALIGN(request->head.nlmsg_len) +
				  (uint32_t)RTA_ALIGN(attr->rta_len);
}

static void take_family(void *data, const struct nlmsghdr *message)
{
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, GENL_HDRLEN);
	const struct rtattr *id = hd_rtnl_find(attrs, CTRL_ATTR_FAMILY_ID, sizeof(uint16_t));

	if (id)
		memcpy(data, RTA_DATA(id), sizeof(uint16_t));
}

static void take_port(void *data, const struct nlmsghdr *message)
{
	struct ovs_header ovs;

	if (message->nlmsg_len < NLMSG_LENGTH(GENL_HDRLEN + sizeof(ovs)))
		return;
	memcpy(&ovs, (const char *)NLMSG_DATA(message) + GENL_HDRLEN, sizeof(ovs));
	*(int *)data = ovs.dp_ifindex;
}

static int ask_family(struct hd_rtnl *rtnl, uint16_t *ret)
{
	struct request request = {
		.head = { .nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN), .nlmsg_type = GENL_ID_CTRL },
		.body = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 },
	};

	put(&request, CTRL_ATTR_FAMILY_NAME, OVS_VPORT_FAMILY);
	return hd_rtnl_ask(rtnl, &request.head, take_family, ret);
}

static int ask_port(struct hd_rtnl *rtnl, uint16_t family, const char *port, int *ret)
{
	struct request request = {
		.head = { .nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN + sizeof(struct ovs_header)),
			  .nlmsg_type = family },
		.body = { .cmd = OVS_VPORT_CMD_GET, .version = OVS_VPORT_VERSION },
	};

	put(&request, OVS_VPORT_ATTR_NAME, port);
	return hd_rtnl_ask(rtnl, &request.head, take_port, ret);
}

/* The name of the datapath that has the port, or NULL. */
static const char *datapath_of(struct hd_arena *arena, const char *port)
{
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	char name[IF_NAMESIZE];
	uint16_t family = 0;
	int index = 0;

	if (strlen(port) >= IF_NAMESIZE ||
	    hd_rtnl_open(&rtnl, NETLINK_GENERIC, hd_now_ms() + DEADLINE_MS) < 0 ||
	    ask_family(&rtnl, &family) < 0 || !family ||
	    ask_port(&rtnl, family, port, &index) < 0 || index <= 0 ||
	    !if_indextoname((unsigned)index, name))
		return NULL;
	return hd_strdup(arena, name);
}

const char *hd_net_ovs_remedy(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *port)
{
	const char *word = hd_shell_word(arena, port);
	const char *datapath = NULL;

	if (root->is_live && !hd_sysroot_has(root, DAEMON_PID))
		datapath = datapath_of(arena, port);
	if (!datapath)
		return hd_printf(arena, "ovs-vsctl del-port %s", word);
	return hd_printf(arena, "ovs-dpctl del-if %s %s", hd_shell_word(arena, datapath), word);
}
