/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_stack.c - what is stacked on an interface, and how is it taken off? */
#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "base/text.h"
#include "facts/network/network_ovs.h"
#include "facts/network/network_stack.h"
#include "facts/storage/storage_internal.h"

#define NET "sys/class/net"
#define UPPER "upper_"
#define MAX_DEPTH 16		/* the kernel stacks 8 (MAX_NEST_DEV) */
#define MAX_STACKED 4096	/* a VLAN each */

bool hd_net_is_name(const char *name)
{
	return name[0] && name[0] != '.' && !strchr(name, '/');
}

static bool was_seen(const struct hd_net_stack *stack, const char *name)
{
	for (size_t i = 0; i < stack->n; i++)
		if (!strcmp(stack->nodes[i].name, name))
			return true;
	return false;
}

static void add(struct hd_net_stack *stack, struct hd_arena *arena,
		const struct hd_net_node *lower, const char *name, bool is_master)
{
	const char *printable = hd_text_printable(arena, name, IFNAMSIZ);
	int depth = lower ? lower->depth + 1 : 0;
	const char *chain = lower ? hd_printf(arena, "%s -> %s", lower->chain, printable)
				  : printable;

	if (hd_net_is_name(name) && depth <= MAX_DEPTH && stack->n < MAX_STACKED &&
	    !was_seen(stack, name))
		*(struct hd_net_node *)hd_append(arena, &stack->nodes, &stack->n,
						 sizeof(*stack->nodes)) =
			(struct hd_net_node){ name, chain, depth, is_master };
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
			add(stack, arena, lower, entries[i] + strlen(UPPER),
			    !strcmp(entries[i] + strlen(UPPER), master));
	if (master[0])
		add(stack, arena, lower, master, true);
}

void hd_net_stack_read(struct hd_net_stack *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *name)
{
	struct hd_net_stack stack = { .n = 0 };

	add(&stack, arena, NULL, name, false);
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

void hd_net_stack_use(struct hd_net_use *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *lower,
		      const struct hd_net_node *node)
{
	const char *kind = hd_net_kind(root, arena, node->name);
	const char *printable = hd_text_printable(arena, node->name, IFNAMSIZ);

	*ret = (struct hd_net_use){
		.chain = node->chain,
		.use = hd_printf(arena, "%s %s (" NET "/%s/%s%s)",
				 relation(kind, node->is_master), printable,
				 hd_text_printable(arena, lower, IFNAMSIZ),
				 node->is_master ? "master" : UPPER,
				 node->is_master ? "" : printable),
		.remedy = remedy(root, arena, lower, node, kind),
	};
}
