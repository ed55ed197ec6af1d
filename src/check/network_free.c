/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_free.c - does the host, or somebody on it, need an interface of this function? */
#include "config.h"

#include "check/checks.h"

static bool counts(const struct hd_net_use *use, bool has_error)
{
	return !has_error || !use->is_warning;
}

static const char *evidence(struct hd_arena *arena, const struct hd_network *network,
			    const char *name, bool has_error)
{
	const char *text = network->unknown;

	for (size_t i = 0; i < network->n_uses; i++) {
		const struct hd_net_use *use = &network->uses[i];

		if (counts(use, has_error))
			hd_join_once(arena, &text,
				     hd_printf(arena, "%s -> %s -> %s", name, use->chain, use->use));
	}
	return text;
}

/* Each command once, in order, after what must be done first. */
static const char *remedy(struct hd_arena *arena, const struct hd_network *network,
			  bool has_error)
{
	const char *before = NULL, *text = NULL;

	if (!network->n_uses)
		return network->unknown_remedy;
	for (size_t i = 0; i < network->n_uses; i++) {
		const struct hd_net_use *use = &network->uses[i];

		if (!counts(use, has_error))
			continue;
		hd_join_once(arena, &before, use->before);
		if (use->remedy)
			hd_join_once(arena, &text, hd_printf(arena, HD_COMMAND("%s"), use->remedy));
	}
	if (!text || !before)
		return text ? text : before;
	return hd_printf(arena, "%s, then %s", before, text);
}

enum hd_verdict hd_judge_network(struct hd_arena *arena, const struct hd_network *network,
				 const char *name, struct hd_result *ret)
{
	bool has_error = hd_network_is_needed(network);
	const char *commands;

	if (!network->n_netdevs && !network->n_uses)
		return HD_SKIP;
	if (!network->n_uses && !network->unknown)
		return hd_say(ret, HD_PASS,
			      hd_printf(arena, "nothing uses %s%s", network->netdevs[0].name,
					network->n_netdevs > 1 ? " and its other interfaces"
							       : ""));
	commands = remedy(arena, network, has_error);
	if (commands)
		ret->remedy = commands;
	ret->evidence = evidence(arena, network, name, has_error);
	if (!has_error)
		ret->severity = HD_WARNING;
	return network->n_uses ? HD_FAIL : HD_UNKNOWN;
}

static enum hd_verdict is_network_free(const struct hd_subject *s, struct hd_result *ret)
{
	if (s->pci->fn.driver_kind == HD_DRIVER_VFIO)
		return HD_SKIP;
	return hd_judge_network(s->arena, &s->pci->network, s->pci->fn.name, ret);
}

const struct hd_check hd_check_network_free = {
	.id = "network-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host does not need an interface of the function",
	.remedy = "find what uses its interfaces with `ip address`, `ip route show table "
		  "all` and `ip -d link`, and move it to another interface",
	.doc = "Taking the card that carries the default route cuts off the host, and the "
	       "administrator's own connection as well; libvirt takes such a card without "
	       "a warning. The check fails for the interface of a default route (IPv4 and "
	       "IPv6, all tables, multipath, nexthop objects; also routes to half of the "
	       "address space, as VPNs add them), of the host's only gateway, of an "
	       "established connection to the host's SSH or libvirt or to a storage server "
	       "(SMB, NFS, iSCSI, NVMe, NBD), and of the route to the server of an NFS or "
	       "SMB mount; for ports of a bridge, bond, team, VRF or Open vSwitch, and "
	       "interfaces below a VLAN, macvlan, macvtap or ipvlan, even one in a "
	       "container; for interfaces that were moved to another network namespace; "
	       "and for the parents of virtual functions in use. Whole stacks are "
	       "followed, and interfaces behind virtio and USB are found. An interface "
	       "that is only up with an address is a warning; one that is up without an "
	       "address passes. What cannot be read, or not from the namespaces that "
	       "hostdevctl runs in, counts as needed. Source: rtnetlink (RTM_GETROUTE, "
	       "RTM_GETADDR, RTM_GETLINK of each namespace), /proc/net/tcp and tcp6, "
	       "/proc/self/mountinfo, master and upper_ links of /sys/class/net; of a "
	       "captured host /proc/net/route, ipv6_route, fib_trie and if_inet6.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.is_last_look = true,
	.run = is_network_free,
};
