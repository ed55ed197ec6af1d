/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network.c - what depends on the interfaces of a PCI function?
 *
 * An interface matters by what uses it itself (a default route, a connection),
 * and through what is stacked on it.  What ends the stack at its lowest step
 * ends all above: so only uses of the interface itself, and of the steps
 * directly on it, have a command of their own.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "facts/holders/holders.h"
#include "facts/network/network.h"
#include "facts/network/network_stack.h"
#include "facts/pci/pci.h"

#define NET "sys/class/net"
#define CLASS_NETWORK 0x02u
#define MAX_VFS 256
#define MAX_VF_USES 16		/* one command ends them all */
#define OTHER_WAY "connect in another way first"

struct reader {
	struct hd_network *network;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_pci_fn *fn;
	const struct hd_net_tables *tables;
};

static struct hd_net_use *add_use(struct reader *r)
{
	return hd_append(r->arena, &r->network->uses, &r->network->n_uses,
			 sizeof(*r->network->uses));
}

static void add_route(struct reader *r, const struct hd_net_node *node,
		      const struct hd_route *route, const char *what)
{
	*add_use(r) = (struct hd_net_use){
		.chain = node->chain,
		.use = hd_printf(r->arena, "%s%s (%s)", what,
				 hd_route_text(r->arena, route, node->name), route->source),
		.remedy = node->depth ? NULL
				      : hd_route_remedy(r->arena, route, r->fn->netdevs,
							r->fn->n_netdevs),
		.before = OTHER_WAY,
	};
}

static void add_routes(struct reader *r, const struct hd_net_node *node)
{
	const struct hd_net_tables *tables = r->tables;

	for (size_t i = 0; i < tables->n_routes; i++)
		if (hd_route_uses(&tables->routes[i], node->name))
			add_route(r, node, &tables->routes[i], "");
	if (!hd_net_is_only_way(tables, node->name))
		return;
	for (size_t i = 0; i < tables->n_narrow; i++)
		add_route(r, node, &tables->narrow[i], "the only interface with a gateway: ");
}

/* The address by which the connection reaches this host, if NODE has it. */
static bool has_local_end(const struct reader *r, const struct hd_net_node *node,
			  const struct hd_net_connection *connection)
{
	for (size_t i = 0; i < r->tables->n_addresses; i++) {
		const struct hd_net_address *address = &r->tables->addresses[i];

		if (address->family == connection->family &&
		    !memcmp(address->bytes, connection->local, sizeof(address->bytes)) &&
		    !strcmp(address->interface, node->name))
			return true;
	}
	return false;
}

/* ss(8) ends a connection with -K (CONFIG_INET_DIAG_DESTROY); a bracket is for no shell. */
static const char *end_connection(struct hd_arena *arena,
				  const struct hd_net_connection *connection)
{
	const char *peer = hd_net_address_text(arena, connection->family, connection->peer);

	if (connection->family == AF_INET6)
		return hd_printf(arena, "ss -K dst '[%s]:%u' sport = :%u", peer,
				 connection->peer_port, connection->local_port);
	return hd_printf(arena, "ss -K dst %s:%u sport = :%u", peer, connection->peer_port,
			 connection->local_port);
}

static void add_connections(struct reader *r, const struct hd_net_node *node)
{
	for (size_t i = 0; i < r->tables->n_connections; i++) {
		const struct hd_net_connection *c = &r->tables->connections[i];
		bool is_admin = c->kind == HD_CONNECTION_ADMIN;

		if (!has_local_end(r, node, c))
			continue;
		*add_use(r) = (struct hd_net_use){
			.chain = node->chain,
			.use = hd_printf(r->arena, "carries %s's connection %s %s port %u (%s)",
					 c->service, is_admin ? "from" : "to",
					 hd_net_address_text(r->arena, c->family, c->peer),
					 is_admin ? c->local_port : c->peer_port, c->source),
			.remedy = node->depth ? NULL : end_connection(r->arena, c),
			.before = is_admin ? "log in through another interface first"
					   : "stop what uses that server first",
		};
	}
}

static void add_mounts(struct reader *r, const struct hd_net_node *node)
{
	for (size_t i = 0; i < r->tables->n_mounts; i++) {
		const struct hd_net_mount *mount = &r->tables->mounts[i];

		if (strcmp(mount->interface, node->name) != 0)
			continue;
		*add_use(r) = (struct hd_net_use){
			.chain = node->chain,
			.use = hd_printf(r->arena,
					 "leads to %s, the %s server of %s (proc/self/mountinfo, "
					 "RTM_GETROUTE)", mount->server, mount->type,
					 hd_text_printable(r->arena, mount->target, PATH_MAX)),
			.remedy = node->depth ? NULL
					      : hd_printf(r->arena, "umount %s",
							  hd_shell_word(r->arena, mount->target)),
		};
	}
}

/* Link-local addresses come with being up; what is stacked tells its own. */
static void add_addresses(struct reader *r, const struct hd_net_node *node)
{
	const char *all = NULL;

	for (size_t i = 0; i < r->tables->n_addresses; i++) {
		const struct hd_net_address *address = &r->tables->addresses[i];

		if (address->is_link_local || strcmp(address->interface, node->name) != 0)
			continue;
		all = all ? hd_printf(r->arena, "%s, %s", all, address->text) : address->text;
	}
	if (all)
		*add_use(r) = (struct hd_net_use){
			.chain = node->chain,
			.use = hd_printf(r->arena, "is up with address %s (%s)", all,
					 r->tables->addresses_source),
			.remedy = hd_printf(r->arena, "ip addr flush dev %s",
					    hd_shell_word(r->arena, node->name)),
			.is_warning = true,
		};
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

/* What is stacked directly on the interface LOWER. */
static void add_stacked(struct reader *r, const char *lower, const struct hd_net_node *node)
{
	struct hd_net_use *use = add_use(r);

	*use = (struct hd_net_use){ .chain = node->chain };
	hd_net_stack_use(&use->use, &use->remedy, r->root, r->arena, lower, node);
}

static void read_netdev(struct reader *r, const char *name)
{
	struct hd_net_stack stack;
	struct hd_netdev *dev = hd_append(r->arena, &r->network->netdevs,
					  &r->network->n_netdevs, sizeof(*dev));

	dev->name = hd_text_printable(r->arena, name, IFNAMSIZ);
	dev->is_up = hd_text_is_component(name) && is_up(r->root, name);
	hd_net_stack_read(&stack, r->root, r->arena, name);
	for (size_t i = 0; i < stack.n; i++) {
		add_routes(r, &stack.nodes[i]);
		add_mounts(r, &stack.nodes[i]);
		add_connections(r, &stack.nodes[i]);
	}
	for (size_t i = 0; i < stack.n; i++)
		if (stack.nodes[i].depth == 1)
			add_stacked(r, name, &stack.nodes[i]);
	if (stack.n && dev->is_up)
		add_addresses(r, &stack.nodes[0]);
}

/* Is the device the function, or below it (virtio, USB)? */
static bool is_of_function(const struct hd_net_elsewhere *item, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	const char *target, *name = basename(fn->path), *at;

	if (!item->device[0] || !item->bus[0] || !hd_text_is_component(item->device) ||
	    !hd_text_is_component(item->bus) ||
	    hd_sysroot_link(root, arena, &target, "sys/bus/%s/devices/%s", item->bus,
			    item->device) < 0)
		return false;
	at = strstr(target, hd_printf(arena, "/%s", name));
	return at && (!at[strlen(name) + 1] || at[strlen(name) + 1] == '/');
}

static bool is_on_interface(const struct hd_net_elsewhere *item, const struct hd_sysroot *root,
			    const char *name)
{
	uint64_t index;

	return item->lower && hd_text_is_component(name) &&
	       hd_sysroot_u64(root, &index, NET "/%s/ifindex", name) == 0 &&
	       index == item->lower;
}

static void add_upper(struct reader *r, const char *lower, const struct hd_net_elsewhere *item)
{
	*add_use(r) = (struct hd_net_use){
		.chain = hd_text_printable(r->arena, lower, IFNAMSIZ),
		.use = hd_printf(r->arena, "carries %s interface %s in %s (RTM_GETLINK there)",
				 hd_text_printable(r->arena, item->kind, IFNAMSIZ),
				 hd_text_printable(r->arena, item->name, IFNAMSIZ), item->where),
		.remedy = hd_printf(r->arena, "%s ip link del %s", item->enter,
				    hd_shell_word(r->arena, item->name)),
	};
}

static void add_moved(struct reader *r, const struct hd_net_elsewhere *item)
{
	*add_use(r) = (struct hd_net_use){
		.chain = hd_text_printable(r->arena, item->name, IFNAMSIZ),
		.use = hd_printf(r->arena, "was moved into %s (RTM_GETLINK there)", item->where),
		.remedy = hd_printf(r->arena, "%s ip link set %s netns 1", item->enter,
				    hd_shell_word(r->arena, item->name)),
	};
}

/* What other namespaces have of the function's interfaces. */
static void add_elsewhere(struct reader *r)
{
	const struct hd_pci_fn *fn = r->fn;
	bool is_found = false;

	for (size_t i = 0; i < r->tables->elsewhere.n; i++) {
		const struct hd_net_elsewhere *item = &r->tables->elsewhere.items[i];

		if (is_of_function(item, r->root, r->arena, fn)) {
			add_moved(r, item);
			is_found = true;
		}
		for (size_t k = 0; k < fn->n_netdevs; k++)
			if (is_on_interface(item, r->root, fn->netdevs[k]))
				add_upper(r, fn->netdevs[k], item);
	}
	if (!fn->hides_netdevs || is_found)
		return;
	*add_use(r) = (struct hd_net_use){
		.chain = "an interface",
		.use = hd_printf(r->arena, "is in another network namespace (%s/net has one "
					"that is not visible here)", fn->path),
		.before = "find its namespace with `lsns -t net` and `nsenter -t PID -n ip "
			  "link`, and move it back with `nsenter -t PID -n ip link set "
			  "INTERFACE netns 1`",
	};
}

/* Who has the virtual function VF by VFIO, or NULL.  Before Linux 6.1 it has no vfio-dev/ then. */
static const char *vfio_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *vf)
{
	const char *who = NULL, *driver = NULL;
	int rc = hd_pci_driver_read(root, arena, vf, &driver);

	if (rc == 0 && (hd_driver_kind_of(driver) == HD_DRIVER_VFIO ||
			hd_sysroot_has(root, HD_SYS_PCI "/%s/vfio-dev", vf)))
		rc = hd_vfio_in_use(root, arena, vf, &who);
	if (rc < 0)
		return hd_printf(arena, "may be in use: %s", who ? who : strerror(-rc));
	return rc ? hd_printf(arena, "is passed to %s", who) : NULL;
}

/* How somebody uses the virtual function VF, or NULL. */
static const char *vf_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *vf)
{
	struct hd_pci_fn fn = { .is_present = true,
				.path = hd_printf(arena, HD_SYS_PCI "/%s", vf) };
	const char *use = vfio_use(root, arena, vf);
	uint64_t flags;

	if (use)
		return use;
	hd_pci_netdevs_read(&fn, root, arena);
	for (size_t i = 0; i < fn.n_netdevs; i++)
		if (hd_text_is_component(fn.netdevs[i]) &&
		    (hd_sysroot_u64(root, &flags, NET "/%s/flags", fn.netdevs[i]) < 0 ||
		     (flags & IFF_UP)))
			return hd_printf(arena, "has interface %s, which is up (" NET "/%s/flags)",
					 hd_text_printable(arena, fn.netdevs[i], IFNAMSIZ),
					 hd_text_printable(arena, fn.netdevs[i], IFNAMSIZ));
	return fn.hides_netdevs ? "has an interface in another network namespace" : NULL;
}

/* The function's virtual functions that a guest, or an interface that is up, uses. */
static void add_vfs(struct reader *r)
{
	const struct hd_pci_fn *fn = r->fn;
	size_t n_uses = 0;

	for (int i = 0; i < fn->sriov_numvfs && i < MAX_VFS && n_uses < MAX_VF_USES; i++) {
		const char *vf, *use = NULL;

		if (hd_sysroot_link_base(r->root, r->arena, &vf, "%s/virtfn%d", fn->path, i) == 0)
			use = vf_use(r->root, r->arena, vf);
		if (!use)
			continue;
		n_uses++;
		*add_use(r) = (struct hd_net_use){
			.chain = hd_printf(r->arena, "virtual function %s",
					   hd_text_printable(r->arena, vf, HD_PCI_ADDR_SIZE)),
			.use = use,
			.remedy = hd_printf(r->arena, "echo 0 > /" HD_SYS_PCI "/%s/sriov_numvfs",
					    fn->name),
			.before = "stop what uses its virtual functions first",
		};
	}
}

int hd_network_read(struct hd_network *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    struct hd_net_tables *tables, struct hd_error *err)
{
	struct hd_network network = { .n_netdevs = 0 };
	struct reader r = { &network, root, arena, fn, tables };

	if (fn->n_netdevs || fn->hides_netdevs) {
		int rc = hd_net_tables_read(tables, root, arena, err);

		if (rc < 0)
			return rc;
		network.unknown = tables->unknown;
		network.unknown_remedy = tables->unknown_remedy;
		add_elsewhere(&r);
	}
	for (size_t i = 0; i < fn->n_netdevs; i++)
		read_netdev(&r, fn->netdevs[i]);
	if (fn->class >> 16 == CLASS_NETWORK)
		add_vfs(&r);
	*ret = network;
	return 0;
}

bool hd_network_is_needed(const struct hd_network *network)
{
	for (size_t i = 0; i < network->n_uses; i++)
		if (!network->uses[i].is_warning)
			return true;
	return network->unknown != NULL;
}

int hd_network_read_below(struct hd_network *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path,
			  struct hd_net_tables *tables, struct hd_error *err)
{
	/* Of the serial bus class, so that what hangs below is looked for. */
	struct hd_pci_fn place = { .is_present = true, .path = path, .class = 0x0c0300 };

	hd_pci_netdevs_read(&place, root, arena);
	return hd_network_read(ret, root, arena, &place, tables, err);
}
