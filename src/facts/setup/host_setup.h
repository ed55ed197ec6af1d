/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_setup.h - how the host is set up for passthrough: what was configured, and
 * what the kernel and libvirt's daemon made of it.
 *
 * Read when a host is judged for itself, never in the hook.  What cannot be
 * read is not there, unless a member says so.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/boot/boot_config.h"
#include "facts/host/memory.h"
#include "facts/libvirt/daemon.h"

/* One file of libvirt's hook directory. */
struct hd_hook_file {
	const char *path;	/* "etc/libvirt/hooks/qemu.d/50-hostdevctl" */
	const char *target;	/* what a link points to, or NULL */
	bool is_ours;		/* hostdevctl-hook: by the name of the file or link, or what is in it */
	bool is_missing;	/* a link to nothing */
	bool is_nested;		/* in a folder of qemu.d: libvirt itself does not run it */
	bool is_executable;
	int64_t changed;	/* seconds since 1970; when it became what it is, 0 if unknown */
	const char *word;	/* a script's first word that meddles with devices ("virsh"), or NULL */
};

/* A line of a systemd unit or drop-in, section [Service]. */
struct hd_unit_line {
	const char *path;
	const char *key, *value;
};

/* A function that vfio-pci should have taken at boot, by its ids. */
struct hd_id_bound {
	const char *name;	/* "0000:01:00.0" */
	const char *ids;	/* "10de:1b80" */
	const char *driver;	/* NULL: unbound */
	const char *path;	/* the file that names the ids */
};

/* What our hook answered when it was run as the daemon does (run/hook_trial.h). */
struct hd_hook_run {
	bool was_run;
	const char *path;
	int plain_status;	/* for a guest without devices: exit status, or a negative errno */
	int refused_status;	/* for one with a device that no host has */
	const char *says;	/* its first line of the latter, printable; NULL if none */
};

struct hd_setup {
	struct hd_boot_source *boot;	/* as struct hd_boot_config has them (its sources) */
	size_t n_boot;
	const char *boot_unread, *boot_unclear;

	const char *const *kernel_lines;	/* what the kernel said of its IOMMU, oldest first */
	size_t n_kernel_lines;

	bool has_module_tree;		/* lib/modules/RELEASE */
	const char *other_release;	/* the newest one that has modules and does not run, or NULL */
	bool is_other_newer;

	const char *group_type;		/* of the first IOMMU group, or NULL */
	const char *group_type_path;

	struct hd_id_bound *ids;
	size_t n_ids;

	struct hd_memory memory;
	struct hd_daemon daemon;

	bool has_libvirt;		/* etc/libvirt, or a unit of its daemon */
	const char *libvirt_library;	/* "libvirt.so.0.12005.0", or NULL */
	unsigned libvirt_version;	/* 12005 of it: 12.5; 0 unknown */
	const char *unit;		/* "virtqemud.service", "libvirtd.service"; NULL: none */
	const char *other_unit;		/* of the other daemon, if its socket is enabled, too */
	struct hd_unit_line *unit_lines;	/* in the order in which systemd takes them */
	size_t n_unit_lines;

	const char *hook_dir;		/* "etc/libvirt/hooks", or where this libvirt looks */
	const char *hook_program;	/* "/usr/sbin/hostdevctl-hook" if it is installed, or NULL */
	struct hd_hook_file *hooks;	/* in the order in which libvirt runs them */
	size_t n_hooks;
	int64_t hooks_changed;		/* seconds since 1970 of the newest change, 0 if unknown */
	struct hd_hook_run hook_run;
	bool has_apparmor;		/* the daemon is confined by a profile of AppArmor */
	bool has_selinux;		/* enforcing */
	bool has_selinux_module;	/* ours, which gives the hook a domain of its own */

	const char *replug_guest;	/* one, printable, that gets USB devices again; NULL: none does */
	const char *replug_broken;	/* what has to start that, and is not there; NULL: all is */
	bool is_replug_masked;		/* it is a link to /dev/null, or empty */
};

void hd_setup_read(struct hd_setup *ret, const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* A part of it: libvirt_*, hook_dir, hooks, hook_program, hooks_changed, and what confines them. */
void hd_setup_hooks_read(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Another: replug_*. */
void hd_setup_replug_read(struct hd_setup *setup, const struct hd_sysroot *root,
			  struct hd_arena *arena) _nonnull_(1, 2, 3);
