/* SPDX-License-Identifier: GPL-2.0-or-later */
/* config_file.c - the administrator's settings, read by libeconf. */
#include "config.h"

#include <errno.h>
#include <libeconf.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/config_file.h"
#include "base/text.h"

#define VENDOR_DIR "usr/lib"
#define ADMIN_DIR "etc"
#define MAX_BYTES (64u << 10)

const struct hd_config hd_config_defaults = {
	.hook_binder = HD_BINDER_SYSFS,
	.step_deadline_ms = 10000,
	.connect_deadline_ms = 3000,
	.keeper_deadline_ms = 60000,
	.lock_deadline_ms = 15000,
	.read_deadline_ms = 30000,
	.handover_deadline_ms = 60000,
	.sleep_deadline_ms = 60000,
};

static int set_binder(struct hd_config *config, size_t offset, const char *value)
{
	(void)offset;
	if (!strcmp(value, "sysfs"))
		config->hook_binder = HD_BINDER_SYSFS;
	else if (!strcmp(value, "libvirt"))
		config->hook_binder = HD_BINDER_LIBVIRT;
	else
		return -EINVAL;
	return 0;
}

static const char *const sleep_policies[] = {
	[HD_SLEEP_IGNORED] = "ignore", [HD_SLEEP_REFUSED] = "refuse",
	[HD_SLEEP_BY_DEVICE] = "auto", [HD_SLEEP_PAUSED] = "pause",
};
_Static_assert(HD_ARRAY_SIZE(sleep_policies) == HD_SLEEP_POLICY_MAX, "a name for each policy");

const char *hd_sleep_policy_name(enum hd_sleep_policy policy)
{
	return sleep_policies[policy];
}

static int set_sleep_guests(struct hd_config *config, size_t offset, const char *value)
{
	(void)offset;
	for (size_t i = 0; i < HD_ARRAY_SIZE(sleep_policies); i++)
		if (!strcmp(value, sleep_policies[i])) {
			config->sleep_guests = (enum hd_sleep_policy)i;
			return 0;
		}
	return -EINVAL;
}

static int set_seconds(struct hd_config *config, size_t offset, const char *value)
{
	uint64_t seconds;

	if (!hd_text_u64(value, &seconds) || seconds < 1 || seconds > 120)
		return -EINVAL;
	*(int *)(void *)((char *)config + offset) = (int)seconds * 1000;
	return 0;
}

const struct hd_config_key hd_config_keys[] = {
	{ "hook", "binder", "sysfs or libvirt",
	  "what changes drivers when libvirt runs the hook; default sysfs", set_binder, 0 },
	{ "hook", "step_deadline", "1 to 120 seconds",
	  "how long one change of a driver may take; default 10", set_seconds,
	  offsetof(struct hd_config, step_deadline_ms) },
	{ "hook", "connect_deadline", "1 to 120 seconds",
	  "binder libvirt: how long to wait for the daemon before sysfs is used; default 3",
	  set_seconds, offsetof(struct hd_config, connect_deadline_ms) },
	{ "hook", "lock_deadline", "1 to 120 seconds",
	  "how long to wait for another guest's start or stop in the same IOMMU group; default 15",
	  set_seconds, offsetof(struct hd_config, lock_deadline_ms) },
	{ "hook", "read_deadline", "1 to 120 seconds",
	  "how long reading the host may take; default 30", set_seconds,
	  offsetof(struct hd_config, read_deadline_ms) },
	{ "hook", "keeper_deadline", "1 to 120 seconds",
	  "managed='yes': how long disks are kept free for libvirt; default 60",
	  set_seconds, offsetof(struct hd_config, keeper_deadline_ms) },
	{ "hook", "handover_deadline", "1 to 120 seconds",
	  "how long services, sessions and programs may take to end for a hand-over; default 60",
	  set_seconds, offsetof(struct hd_config, handover_deadline_ms) },
	{ "sleep", "guests", "ignore, refuse, auto or pause",
	  "what happens to guests with host devices when the host sleeps; default ignore",
	  set_sleep_guests, 0 },
	{ "sleep", "deadline", "1 to 120 seconds",
	  "how long pausing and saving all guests may take; default 60", set_seconds,
	  offsetof(struct hd_config, sleep_deadline_ms) },
	{ NULL, NULL, NULL, NULL, NULL, 0 },
};

static void free_file(econf_file **file)
{
	econf_free(*file);
}

static void free_names(char ***names)
{
	if (*names)
		econf_freeArray(*names);
}

static const struct hd_config_key *find_key(const char *section, const char *key)
{
	for (const struct hd_config_key *k = hd_config_keys; k->key; k++)
		if (!strcmp(k->section, section) && !strcmp(k->key, key))
			return k;
	return NULL;
}

static int read_key(econf_file *file, const char *section, const char *key,
		    struct hd_config *config, struct hd_error *err)
{
	const struct hd_config_key *known = find_key(section, key);
	_cleanup_(hd_freep) char *value = NULL;

	if (!known)
		return hd_fail(err, -EINVAL, "hostdevctl.conf: unknown setting [%s] %s; see hostdevctl.conf(5)",
			       section, key);
	if (econf_getStringValue(file, section, key, &value) != ECONF_SUCCESS || !value ||
	    known->set(config, known->offset, value) < 0)
		return hd_fail(err, -EINVAL, "hostdevctl.conf: [%s] %s = %s: must be %s", section,
			       key, value ? value : "", known->values);
	return 0;
}

static int read_section(econf_file *file, const char *section, struct hd_config *config,
			struct hd_error *err)
{
	_cleanup_(free_names) char **keys = NULL;
	size_t n = 0;
	econf_err rc = econf_getKeys(file, section, &n, &keys);

	if (rc == ECONF_NOKEY)
		return 0;
	if (rc != ECONF_SUCCESS)
		return hd_fail(err, -EINVAL, "hostdevctl.conf: [%s]: %s", section,
			       econf_errString(rc));
	for (size_t i = 0; i < n; i++) {
		int bad = read_key(file, section, keys[i], config, err);

		if (bad < 0)
			return bad;
	}
	return 0;
}

static int read_sections(econf_file *file, struct hd_config *config, struct hd_error *err)
{
	_cleanup_(free_names) char **sections = NULL;
	size_t n = 0;
	econf_err rc = econf_getGroups(file, &n, &sections);

	if (rc == ECONF_NOGROUP)
		return 0;
	if (rc != ECONF_SUCCESS)
		return hd_fail(err, -EINVAL, "hostdevctl.conf: %s", econf_errString(rc));
	for (size_t i = 0; i < n; i++) {
		int bad = read_section(file, sections[i], config, err);

		if (bad < 0)
			return bad;
	}
	return 0;
}

/* A link to /dev/null is how an administrator masks a vendor's file. */
static bool is_mask(const struct hd_sysroot *root, const struct stat *st)
{
	return root->is_live && S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

/* 1 if PATH is there, 0 if not; that libeconf finds another one is an error. */
static int stat_inside(const struct hd_sysroot *root, const char *path, struct stat *ret,
		       struct hd_error *err)
{
	struct stat inside = { 0 }, outside = { 0 };
	int rc = hd_sysroot_stat(root, &inside, "%s", path);
	bool is_outside = fstatat(root->fd, path, &outside, 0) == 0;

	if (rc == -ENOENT && !is_outside)
		return 0;
	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, "cannot read %s: %s", path, strerror(-rc));
	if (!is_outside || inside.st_ino != outside.st_ino ||
	    inside.st_dev != outside.st_dev)
		return hd_fail(err, -EINVAL, "cannot read %s: a symbolic link leads out of the tree",
			       path);
	*ret = inside;
	return 1;
}

/*
 * libeconf follows links to wherever they lead, waits for the writer of a FIFO
 * and reads without end: what it will open is looked at before.
 */
static int check_file(const struct hd_sysroot *root, const char *path, struct hd_error *err)
{
	struct stat st;
	int rc = stat_inside(root, path, &st, err);

	if (rc <= 0)
		return rc;
	if (!S_ISREG(st.st_mode) && !is_mask(root, &st))
		return hd_fail(err, -EINVAL, "cannot read %s: not a regular file", path);
	if (st.st_size > MAX_BYTES)
		return hd_fail(err, -EFBIG, "cannot read %s: larger than %u bytes", path,
			       MAX_BYTES);
	return 1;
}

/* How many drop-ins there are. */
static int check_dir(const struct hd_sysroot *root, struct hd_arena *arena, const char *dir,
		     struct hd_error *err)
{
	const char *const *names = NULL;
	struct stat st;
	int found = 0, rc = stat_inside(root, dir, &st, err);
	ssize_t n;

	if (rc <= 0)
		return rc;
	n = hd_sysroot_names(root, arena, &names, "%s", dir);
	if (n < 0)
		return hd_fail(err, (int)n, "cannot read %s: %s", dir, strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		if (!hd_text_ends_with(names[i], ".conf"))
			continue;
		rc = check_file(root, hd_printf(arena, "%s/%s", dir, names[i]), err);
		if (rc < 0)
			return rc;
		found += rc;
	}
	return found;
}

/* How many files there are to read; most hosts have none. */
static int check_files(const struct hd_sysroot *root, struct hd_error *err)
{
	static const char *const places[] = {
		VENDOR_DIR "/hostdevctl.conf", ADMIN_DIR "/hostdevctl.conf",
	};
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	int found = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(places); i++) {
		int file = check_file(root, places[i], err), dropins;

		if (file < 0)
			return file;
		dropins = check_dir(root, &arena, hd_printf(&arena, "%s.d", places[i]), err);
		if (dropins < 0)
			return dropins;
		found += file + dropins;
	}
	return found;
}

/* libeconf takes paths: the root's descriptor is one, also for a captured tree. */
int hd_config_read(const struct hd_sysroot *root, struct hd_config *ret, struct hd_error *err)
{
	struct hd_config config = hd_config_defaults;
	_cleanup_(free_file) econf_file *file = NULL;
	char vendor[64], admin[64];
	econf_err rc = ECONF_NOFILE;
	int n = check_files(root, err);

	if (n < 0)
		return n;
	(void)snprintf(vendor, sizeof(vendor), "/proc/self/fd/%d/" VENDOR_DIR, root->fd);
	(void)snprintf(admin, sizeof(admin), "/proc/self/fd/%d/" ADMIN_DIR, root->fd);
	if (n > 0)
		rc = econf_readDirs(&file, vendor, admin, "hostdevctl", "conf", "=", "#");
	if (rc != ECONF_SUCCESS && rc != ECONF_NOFILE)
		return hd_fail(err, -EINVAL, "cannot read hostdevctl.conf: %s",
			       econf_errString(rc));
	n = rc == ECONF_SUCCESS ? read_sections(file, &config, err) : 0;
	if (n < 0)
		return n;
	*ret = config;
	return 0;
}
