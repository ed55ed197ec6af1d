/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network.c - would the host lose its way out with this function? */
#include "config.h"

#include <string.h>

#include "check/checks.h"

static enum hd_verdict is_network_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_network *network = &s->pci->network;

	if (s->pci->fn.driver_kind == HD_DRIVER_VFIO || !network->n_netdevs)
		return HD_SKIP;
	for (size_t i = 0; i < network->n_netdevs; i++) {
		const struct hd_netdev *dev = &network->netdevs[i];

		if (dev->default_route_via)
			ret->evidence = hd_join(
				s->arena, ret->evidence,
				hd_printf(
					s->arena,
					"%s: proc/net/route has the default route on %s",
					dev->chain ? dev->chain : dev->name,
					dev->default_route_via));
	}
	if (!ret->evidence)
		return hd_tell(s, ret, HD_PASS, "no default route goes through %s",
			       network->netdevs[0].name);
	ret->remedy = hd_printf(
		s->arena,
		"`ip route replace default` by another interface, or allow it in the "
		"guest's metadata: <hd:allow check='network-free' subject='%s'/>",
		s->pci->fn.name);
	return HD_FAIL;
}

const struct hd_check hd_check_network_free = {
	.id = "network-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host's default route does not go through the function",
	.remedy = "give the default route to another interface",
	.doc = "Taking the card that carries the default route cuts the host off, and "
	       "with it the administrator's own connection. Bridges, bonds and VLANs on "
	       "top of the card are followed. libvirt takes such a card without a word. "
	       "A guest's metadata can allow it. Source: /proc/net/route, "
	       "/proc/net/ipv6_route and upper_ links of /sys/class/net.",
	.allow = HD_ALLOW_METADATA,
	.is_last_look = true,
	.run = is_network_free,
};
