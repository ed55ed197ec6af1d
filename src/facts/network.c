/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network.c - what depends on the interfaces of a PCI function?
 *
 * An interface matters through what is stacked on it: bridges, bonds, VLANs and
 * macvtaps are "upper" devices (Linux net/core/dev.c,
 * netdev_adjacent_sysfs_add), and the default route may be on any of them.
 */
#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "base/text.h"
#include "facts/network.h"
#include "facts/network_routes.h"
#include "facts/pci_parts.h"

#define NET "sys/class/net"
#define UPPER "upper_"
#define MAX_DEPTH 16		/* the kernel stacks 8 (MAX_NEST_DEV) */
#define MAX_STACKED 256

struct climb {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_default_routes *routes;
	const char **seen;
	size_t n_seen;
	const char *via, *chain;	/* to the first interface with a default route */
	const char *longest;		/* of the chains without one */
	int longest_depth;
};

static bool is_name(const char *name)
{
	return name[0] && name[0] != '.' && !strchr(name, '/');
}

static bool was_seen(const struct climb *climb, const char *name)
{
	for (size_t i = 0; i < climb->n_seen; i++)
		if (!strcmp(climb->seen[i], name))
			return true;
	return false;
}

static bool is_of_interest(const struct climb *climb, const char *name, int depth)
{
	return !climb->via && depth <= MAX_DEPTH && climb->n_seen < MAX_STACKED &&
	       is_name(name) && !was_seen(climb, name);
}

static void note(struct climb *climb, const char *name, const char *chain, int depth)
{
	*(const char **)hd_append(climb->arena, &climb->seen, &climb->n_seen,
				  sizeof(*climb->seen)) = name;
	if (!climb->longest || depth > climb->longest_depth) {
		climb->longest = chain;
		climb->longest_depth = depth;
	}
	if (hd_default_routes_have(climb->routes, name)) {
		climb->via = name;
		climb->chain = chain;
	}
}

static void visit(struct climb *climb, const char *name, const char *chain, int depth)
{
	const char *const *entries;
	ssize_t n;

	if (!is_of_interest(climb, name, depth))
		return;
	note(climb, name, chain, depth);
	if (climb->via)
		return;
	n = hd_sysroot_names(climb->root, climb->arena, &entries, NET "/%s", name);
	for (ssize_t i = 0; i < n; i++) {
		const char *upper = entries[i] + strlen(UPPER);

		if (hd_text_starts_with(entries[i], UPPER))
			visit(climb, upper,
			      hd_printf(climb->arena, "%s -> %s", chain,
					hd_text_printable(climb->arena, upper, IFNAMSIZ)),
			      depth + 1);
	}
}

/* An interface that is there but does not say its flags counts as up. */
static bool is_up(const struct hd_sysroot *root, const char *name)
{
	uint64_t flags;
	int rc = hd_sysroot_u64(root, &flags, NET "/%s/flags", name);

	if (rc < 0)
		return rc != -ENOENT;
	return flags & IFF_UP;
}

static void read_netdev(struct hd_netdev *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_default_routes *routes,
			const char *name)
{
	struct climb climb = { .root = root, .arena = arena, .routes = routes };
	const char *printable = hd_text_printable(arena, name, IFNAMSIZ);

	visit(&climb, name, printable, 0);
	ret->name = printable;
	ret->is_up = is_name(name) && is_up(root, name);
	ret->default_route_via =
		climb.via ? hd_text_printable(arena, climb.via, IFNAMSIZ) : NULL;
	ret->chain = climb.chain ? climb.chain : climb.longest;
	if (!ret->chain)
		ret->chain = printable;
}

int hd_network_read(struct hd_network *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    struct hd_error *err)
{
	struct hd_network network = { .n_netdevs = 0 };
	struct hd_default_routes routes = { .n = 0 };

	if (fn->n_netdevs) {
		int rc = hd_default_routes_read(&routes, root, arena, err);

		if (rc < 0)
			return rc;
	}
	for (size_t i = 0; i < fn->n_netdevs; i++)
		read_netdev(hd_append(arena, &network.netdevs, &network.n_netdevs,
				      sizeof(*network.netdevs)),
			    root, arena, &routes, fn->netdevs[i]);
	*ret = network;
	return 0;
}

int hd_network_read_below(struct hd_network *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path, struct hd_error *err)
{
	/* Of the serial bus class, so that what hangs below is looked for. */
	struct hd_pci_fn place = { .is_present = true, .path = path, .class = 0x0c0300 };

	hd_pci_netdevs_read(&place, root, arena);
	return hd_network_read(ret, root, arena, &place, err);
}
