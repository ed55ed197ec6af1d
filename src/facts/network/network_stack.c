/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_stack.c - what is stacked on an interface, of which kind is it, how is it taken off? */
#include "config.h"

#include <linux/genetlink.h>
#include <linux/openvswitch.h>
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
#define DAEMON_PID "run/openvswitch/ovs-vswitchd.pid"
#define UPPER "upper_"
#define MAX_DEPTH 16		/* the kernel stacks 8 (MAX_NEST_DEV) */
#define MAX_STACKED 4096	/* a VLAN each */

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
	const char *text, *type = NULL;

	if (hd_sysroot_text(root, arena, &text, NET "/%s/uevent", name) >= 0)
		type = hd_text_line_value(arena, text, "DEVTYPE=");
	return type ? hd_text_printable(arena, type, MAX_KIND) : "";
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

struct request {
	struct nlmsghdr head;
	struct genlmsghdr body;
	char payload[64];
};

/* SIZE bytes of DATA behind what the request has, as an attribute. */
static void put_text(struct request *request, unsigned short type, const char *text)
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

	put_text(&request, CTRL_ATTR_FAMILY_NAME, OVS_VPORT_FAMILY);
	return hd_rtnl_ask(rtnl, &request.head, take_family, ret);
}

static int ask_port(struct hd_rtnl *rtnl, uint16_t family, const char *port, int *ret)
{
	struct request request = {
		.head = { .nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN + sizeof(struct ovs_header)),
			  .nlmsg_type = family },
		.body = { .cmd = OVS_VPORT_CMD_GET, .version = OVS_VPORT_VERSION },
	};

	put_text(&request, OVS_VPORT_ATTR_NAME, port);
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

/*
 * All datapaths have the same master, ovs-system: which one has the port is known
 * to the kernel's generic netlink family only (Linux include/uapi/linux/
 * openvswitch.h: OVS_VPORT_CMD_GET by name answers with dp_ifindex, the datapath's
 * own interface, which has its name).
 */
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

static bool was_seen(const struct hd_net_stack *stack, const char *name)
{
	for (size_t i = 0; i < stack->n; i++)
		if (!strcmp(stack->nodes[i].name, name))
			return true;
	return false;
}

static void add_node(struct hd_net_stack *stack, struct hd_arena *arena,
		     const struct hd_net_node *lower, const char *name, bool is_master)
{
	const char *printable = hd_text_printable(arena, name, IFNAMSIZ);
	int depth = lower ? lower->depth + 1 : 0;
	const char *chain = lower ? hd_printf(arena, "%s -> %s", lower->chain, printable)
				  : printable;

	if (hd_text_is_component(name) && depth <= MAX_DEPTH && stack->n < MAX_STACKED &&
	    !was_seen(stack, name))
		hd_push(arena, &stack->nodes, &stack->n, (struct hd_net_node){ name, chain, depth, is_master });
}

static void add_uppers(struct hd_net_stack *stack, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_net_node *lower)
{
	const char *const *entries = NULL;
	const char *master = "";
	ssize_t n = hd_sysroot_names(root, arena, &entries, NET "/%s", lower->name);

	if (hd_sysroot_link_base(root, arena, &master, NET "/%s/master", lower->name) < 0)
		master = "";
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_starts_with(entries[i], UPPER))
			add_node(stack, arena, lower, entries[i] + strlen(UPPER),
				 !strcmp(entries[i] + strlen(UPPER), master));
	if (master[0])
		add_node(stack, arena, lower, master, true);
}

void hd_net_stack_read(struct hd_net_stack *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *name)
{
	struct hd_net_stack stack = { .n = 0 };

	add_node(&stack, arena, NULL, name, false);
	for (size_t i = 0; i < stack.n; i++) {
		/* A copy: the array moves as it grows. */
		const struct hd_net_node lower = stack.nodes[i];

		add_uppers(&stack, root, arena, &lower);
	}
	*ret = stack;
}

static const struct { const char *kind, *member; } kinds[] = {
	{ "bridge", "port of bridge" },
	{ "bond", "slave of bond" },
	{ "team", "port of team" },
	{ "vrf", "member of VRF" },
	{ "openvswitch", "port of Open vSwitch" },
	{ "vlan", "carries VLAN interface" },
	{ "macvlan", "carries macvlan interface" },
	{ "macvtap", "carries macvtap interface" },
	{ "ipvlan", "carries ipvlan interface" },
	{ "ipvtap", "carries ipvtap interface" },
	{ "ipoib", "carries IPoIB interface" },
	{ "vxlan", "carries VXLAN interface" },
	{ "macsec", "carries MACsec interface" },
};

static const char *relation(const char *kind, bool is_master)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].member;
	return is_master ? "member of" : "carries interface";
}

/* Open vSwitch's master takes nobody in or out by ip-link(8). */
static const char *remedy(const struct hd_sysroot *root, struct hd_arena *arena,
			  const char *lower, const struct hd_net_node *node, const char *kind)
{
	if (!strcmp(kind, "openvswitch"))
		return hd_net_ovs_remedy(root, arena, lower);
	if (node->is_master)
		return hd_printf(arena, "ip link set %s nomaster", hd_shell_word(arena, lower));
	return hd_printf(arena, "ip link del %s", hd_shell_word(arena, node->name));
}

void hd_net_stack_use(const char **ret_use, const char **ret_remedy,
		      const struct hd_sysroot *root, struct hd_arena *arena, const char *lower,
		      const struct hd_net_node *node)
{
	const char *kind = hd_net_kind(root, arena, node->name);
	const char *printable = hd_text_printable(arena, node->name, IFNAMSIZ);

	*ret_use = hd_printf(arena, "%s %s (" NET "/%s/%s%s)", relation(kind, node->is_master),
			     printable, hd_text_printable(arena, lower, IFNAMSIZ),
			     node->is_master ? "master" : UPPER,
			     node->is_master ? "" : printable);
	*ret_remedy = remedy(root, arena, lower, node, kind);
}
