/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pools.c - the functions that libvirt may choose from for an interface. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "domain/network_pool.h"
#include "facts/facts_internal.h"

#define NET "sys/class/net"
/* No more functions of a pool are looked at: one that is good is enough. */
#define MAX_LOOKED_AT 64

/* An active network's state counts for more than its definition. */
static const char *const folders[] = { "run/libvirt/network", "etc/libvirt/qemu/networks" };

static bool read_file(struct hd_collector *c, const char *path, struct hd_net_pool *ret)
{
	struct hd_error ignored;
	const char *text;
	ssize_t length = hd_sysroot_text(c->facts->root, c->arena, &text, "%s", path);

	/* What cannot be understood is libvirt's to refuse. */
	return length >= 0 &&
	       hd_net_pool_parse(ret, c->arena, text, (size_t)length, &ignored) == 0;
}

/* The file that describes the network, or NULL. */
static const char *find_network(struct hd_collector *c, const char *network,
				struct hd_net_pool *ret)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		const char *const *names;
		ssize_t n = hd_sysroot_names(c->facts->root, c->arena, &names, "%s", folders[i]);

		for (ssize_t k = 0; k < n; k++) {
			const char *path = hd_printf(c->arena, "%s/%s", folders[i], names[k]);

			if (hd_text_ends_with(names[k], ".xml") && read_file(c, path, ret) &&
			    ret->name && !strcmp(ret->name, network))
				return path;
		}
	}
	return NULL;
}

static void add_virtual_functions(struct hd_collector *c, struct hd_net_pool *pool,
				  const char *interface)
{
	const char *const *names, *target;
	struct hd_pci_addr addr;
	ssize_t n = hd_sysroot_names(c->facts->root, c->arena, &names, NET "/%s/device",
				     interface);

	for (ssize_t i = 0; i < n && pool->n_addrs < HD_POOL_MAX; i++)
		if (hd_text_starts_with(names[i], "virtfn") &&
		    hd_sysroot_link_base(c->facts->root, c->arena, &target,
					 NET "/%s/device/%s", interface, names[i]) == 0 &&
		    hd_pci_addr_parse(target, &addr))
			hd_push(c->arena, &pool->addrs, &pool->n_addrs, addr);
}

/* Its name is only compared with those of the interfaces that there are. */
static void expand(struct hd_collector *c, struct hd_net_pool *pool)
{
	const char *const *names;
	ssize_t n = pool->pf && !pool->n_addrs
			    ? hd_sysroot_names(c->facts->root, c->arena, &names, NET)
			    : 0;

	for (ssize_t i = 0; i < n; i++)
		if (!strcmp(names[i], pool->pf))
			add_virtual_functions(c, pool, names[i]);
}

static int read_parent(struct hd_collector *c, const struct hd_pool *pool,
		       struct hd_pci_facts *ret)
{
	struct hd_pci_facts *parent;
	struct hd_pci_addr addr;
	int rc;

	if (!ret->fn.physfn || !hd_pci_addr_parse(ret->fn.physfn, &addr))
		return 0;
	for (size_t i = 0; i < pool->n_fns && !ret->parent; i++)
		if (pool->fns[i].parent &&
		    !hd_pci_addr_compare(&pool->fns[i].parent->fn.addr, &addr))
			ret->parent = pool->fns[i].parent;
	if (ret->parent)
		return 0;
	parent = hd_alloc(c->arena, sizeof(*parent));
	rc = hd_pci_fn_read(&parent->fn, c->facts->root, c->arena, &addr, c->err);
	if (rc == 0)
		rc = hd_network_read(&parent->network, c->facts->root, c->arena, &parent->fn,
				     &c->net, c->err);
	ret->parent = parent;
	return rc;
}

static int read_function(struct hd_collector *c, struct hd_pool *pool,
			 const struct hd_pci_addr *addr)
{
	struct hd_pci_facts fn = { .is_requested = false };
	int rc = hd_pci_fn_read(&fn.fn, c->facts->root, c->arena, addr, c->err);

	if (rc < 0 || !fn.fn.is_present)
		return rc;
	rc = hd_network_read(&fn.network, c->facts->root, c->arena, &fn.fn, &c->net, c->err);
	if (rc == 0)
		rc = read_parent(c, pool, &fn);
	if (rc == 0)
		hd_push(c->arena, &pool->fns, &pool->n_fns, fn);
	return rc;
}

static int read_pool(struct hd_collector *c, const char *network)
{
	struct hd_net_pool found = { .is_pool = false };
	const char *source = find_network(c, network, &found);
	struct hd_pool *pool;
	int rc = 0;

	if (!source || !found.is_pool)
		return 0;
	expand(c, &found);
	pool = hd_append(c->arena, &c->facts->pools, &c->facts->n_pools, sizeof(*pool));
	*pool = (struct hd_pool){ .network = network, .source = source };
	for (size_t i = 0; rc == 0 && i < found.n_addrs && i < MAX_LOOKED_AT; i++)
		rc = read_function(c, pool, &found.addrs[i]);
	return rc;
}

int hd_pools_read(struct hd_collector *c)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < c->query->n_networks; i++) {
		bool is_known = false;

		for (size_t k = 0; k < c->facts->n_pools; k++)
			is_known |= !strcmp(c->facts->pools[k].network,
					    c->query->networks[i]);
		if (!is_known)
			rc = read_pool(c, c->query->networks[i]);
	}
	return rc;
}
