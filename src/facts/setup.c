/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup.c - how the host is set up for passthrough. */
#include "config.h"

#include "facts/setup_parts.h"

#define GROUPS "sys/kernel/iommu_groups"

/* The first group speaks for the default: others may differ, an untrusted port's for one. */
static void read_group_type(struct hd_setup *setup, const struct hd_sysroot *root,
			    struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, GROUPS);

	if (n <= 0 || hd_sysroot_text(root, arena, &setup->group_type, GROUPS "/%s/type",
				      names[0]) < 0)
		return;
	setup->group_type_path = hd_printf(arena, GROUPS "/%s/type", names[0]);
}

void hd_setup_read(struct hd_setup *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	*ret = (struct hd_setup){ .selinux_hooks = -1 };
	hd_setup_boot_read(ret, root, arena);
	hd_setup_log_read(ret, root, arena);
	hd_setup_kernels_read(ret, root, arena);
	read_group_type(ret, root, arena);
	hd_setup_ids_read(ret, root, arena);
	hd_memory_read(&ret->memory, root, arena);
	hd_daemon_read(&ret->daemon, root, arena);
	hd_daemon_read_start(&ret->daemon, root, arena);
	hd_setup_unit_read(ret, root, arena);
	hd_setup_hook_dir_read(ret, root, arena);
	hd_setup_hooks_read(ret, root, arena);
}
