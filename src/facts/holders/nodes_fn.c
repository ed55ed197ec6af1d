/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodes_fn.c - which device nodes belong to a PCI function, also where they lie elsewhere? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/holders/nodes.h"

#define NVIDIA_MAJOR 195	/* Documentation/admin-guide/devices.txt */
#define UP "../../"		/* from sys/class/block/NAME to sys */

struct collector {
	struct hd_node **nodes;
	size_t *n;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
};

/* The disk's own directory and its partitions', wherever the class leads. */
static int add_disk(struct collector *c, const struct hd_disk *disk)
{
	const char *target;

	if (strchr(disk->name, '/') ||
	    hd_sysroot_link(c->root, c->arena, &target, "sys/class/block/%s", disk->name) < 0)
		return 0;
	if (!hd_text_starts_with(target, UP "devices/") || strstr(target + strlen(UP), ".."))
		return 0;
	return hd_nodes_below(c->nodes, c->n, c->root, c->arena,
			      hd_printf(c->arena, "sys/%s", target + strlen(UP)), false,
			      c->err);
}

/*
 * The character node of a multipath head, ngXnY, stands beside it and not below
 * the controllers (Linux drivers/nvme/host/multipath.c, nvme_add_ns_head_cdev).
 */
static int add_generic(struct collector *c, const struct hd_disk *disk)
{
	const char *number = disk->name + strlen("nvme");

	if (!hd_text_starts_with(disk->name, "nvme") || strchr(disk->name, '/') ||
	    !hd_sysroot_has(c->root, "sys/class/nvme-generic/ng%s/dev", number))
		return 0;
	return hd_node_at(c->nodes, c->n, c->root, c->arena,
			  hd_printf(c->arena, "sys/class/nvme-generic/ng%s", number), c->err);
}

/* nvidia's driver has no class: its proc file tells the minor number. */
static void add_nvidia(struct collector *c, const struct hd_pci_fn *fn)
{
	const char *text, *line, *key = "Device Minor:";
	struct hd_node *node;
	uint64_t minor;

	if (!fn->driver || strcmp(fn->driver, "nvidia") ||
	    hd_sysroot_text(c->root, c->arena, &text, "proc/driver/nvidia/gpus/%s/information",
			    fn->name) <= 0)
		return;
	while ((line = hd_text_next_line(c->arena, &text))) {
		const char *value = line + strlen(key);

		if (!hd_text_starts_with(line, key) ||
		    !hd_text_u64(value + strspn(value, " \t"), &minor) || minor > 255)
			continue;
		node = hd_append(c->arena, c->nodes, c->n, sizeof(*node));
		node->major = NVIDIA_MAJOR;
		node->minor = (unsigned)minor;
		node->name = hd_printf(c->arena, "/dev/nvidia%u", node->minor);
		node->subsystem = "nvidia";
		return;
	}
}

int hd_nodes_read(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn,
		  const struct hd_storage *storage, struct hd_error *err)
{
	struct collector c = { ret, n, root, arena, err };
	int rc = 0;

	if (fn->path)
		rc = hd_nodes_below(ret, n, root, arena, fn->path, hd_pci_fn_is_bridge(fn),
				    err);
	for (size_t i = 0; rc == 0 && i < storage->n_disks; i++) {
		rc = add_disk(&c, &storage->disks[i]);
		if (rc == 0)
			rc = add_generic(&c, &storage->disks[i]);
	}
	if (rc == 0)
		add_nvidia(&c, fn);
	return rc;
}
