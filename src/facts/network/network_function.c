/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_function.c - which uses of a function does no interface of ours show? */
#include "config.h"

#include <net/if.h>
#include <string.h>

#include "base/text.h"
#include "facts/holders/holders.h"
#include "facts/network/network_function.h"
#include "facts/network/network_stack.h"
#include "facts/pci/pci_parts.h"
#include "facts/storage/storage_internal.h"

#define NET "sys/class/net"
#define MAX_VFS 256
#define MAX_VF_USES 16		/* one command ends them all */

static struct hd_net_use *add_use(struct hd_network *network, struct hd_arena *arena)
{
	return hd_append(arena, &network->uses, &network->n_uses, sizeof(*network->uses));
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Is the device the function, or below it (virtio, USB)? */
static bool is_of_function(const struct hd_net_elsewhere *item, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	const char *target, *name = last_part(fn->path), *at;

	if (!item->device[0] || !item->bus[0] || !hd_net_is_name(item->device) ||
	    !hd_net_is_name(item->bus) ||
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

	return item->lower && hd_net_is_name(name) &&
	       hd_sysroot_u64(root, &index, NET "/%s/ifindex", name) == 0 &&
	       index == item->lower;
}

static void add_upper(struct hd_network *network, struct hd_arena *arena, const char *lower,
		      const struct hd_net_elsewhere *item)
{
	*add_use(network, arena) = (struct hd_net_use){
		.chain = hd_text_printable(arena, lower, IFNAMSIZ),
		.use = hd_printf(arena, "carries %s interface %s in %s (RTM_GETLINK there)",
				 hd_text_printable(arena, item->kind, IFNAMSIZ),
				 hd_text_printable(arena, item->name, IFNAMSIZ), item->where),
		.remedy = hd_printf(arena, "%s ip link del %s", item->enter,
				    hd_shell_word(arena, item->name)),
	};
}

static void add_moved(struct hd_network *network, struct hd_arena *arena,
		      const struct hd_net_elsewhere *item)
{
	*add_use(network, arena) = (struct hd_net_use){
		.chain = hd_text_printable(arena, item->name, IFNAMSIZ),
		.use = hd_printf(arena, "was moved into %s (RTM_GETLINK there)", item->where),
		.remedy = hd_printf(arena, "%s ip link set %s netns 1", item->enter,
				    hd_shell_word(arena, item->name)),
	};
}

void hd_net_add_elsewhere(struct hd_network *network, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_pci_fn *fn,
			  const struct hd_net_tables *tables)
{
	bool is_found = false;

	for (size_t i = 0; i < tables->elsewhere.n; i++) {
		const struct hd_net_elsewhere *item = &tables->elsewhere.items[i];

		if (is_of_function(item, root, arena, fn)) {
			add_moved(network, arena, item);
			is_found = true;
		}
		for (size_t k = 0; k < fn->n_netdevs; k++)
			if (is_on_interface(item, root, fn->netdevs[k]))
				add_upper(network, arena, fn->netdevs[k], item);
	}
	if (!fn->hides_netdevs || is_found)
		return;
	*add_use(network, arena) = (struct hd_net_use){
		.chain = "an interface",
		.use = hd_printf(arena, "is in another network namespace (%s/net has one that "
					"is not shown here)", fn->path),
		.before = "find its namespace with `lsns -t net` and `nsenter -t PID -n ip "
			  "link`, and give it back with `nsenter -t PID -n ip link set "
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
		if (hd_net_is_name(fn.netdevs[i]) &&
		    (hd_sysroot_u64(root, &flags, NET "/%s/flags", fn.netdevs[i]) < 0 ||
		     (flags & IFF_UP)))
			return hd_printf(arena, "has interface %s, which is up (" NET "/%s/flags)",
					 hd_text_printable(arena, fn.netdevs[i], IFNAMSIZ),
					 hd_text_printable(arena, fn.netdevs[i], IFNAMSIZ));
	return fn.hides_netdevs ? "has an interface in another network namespace" : NULL;
}

void hd_net_add_vfs(struct hd_network *network, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	size_t n_uses = 0;

	for (int i = 0; i < fn->sriov_numvfs && i < MAX_VFS && n_uses < MAX_VF_USES; i++) {
		const char *vf, *use = NULL;

		if (hd_sysroot_link_base(root, arena, &vf, "%s/virtfn%d", fn->path, i) == 0)
			use = vf_use(root, arena, vf);
		if (!use)
			continue;
		n_uses++;
		*add_use(network, arena) = (struct hd_net_use){
			.chain = hd_printf(arena, "virtual function %s",
					   hd_text_printable(arena, vf, HD_PCI_ADDR_SIZE)),
			.use = use,
			.remedy = hd_printf(arena, "echo 0 > /" HD_SYS_PCI "/%s/sriov_numvfs",
					    fn->name),
			.before = "stop what uses its virtual functions first",
		};
	}
}
