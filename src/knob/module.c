/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * module.c - loads a driver's module with modprobe(8), and never unloads one.
 *
 * "-b" obeys the blacklist, as libvirt does (virKModLoad): an administrator who
 * forbids a driver is not overruled.  A module is never unloaded, since other
 * guests may use it.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/spawn.h"
#include "knob/knobs.h"

#define SYS_MODULE "sys/module"
#define SYS_PCI_DRIVERS "sys/bus/pci/drivers"

static const char *const modprobe_paths[] = { "/usr/sbin/modprobe", "/sbin/modprobe" };

/* A module's name in sysfs has '_' where its file and its driver may have '-'. */
static void sysfs_name(const char *module, char buf[static HD_TARGET_MAX])
{
	(void)snprintf(buf, HD_TARGET_MAX, "%s", module);
	for (char *c = buf; *c; c++)
		if (*c == '-')
			*c = '_';
}

static int module_get(const struct hd_knob_host *host, const char *target,
		      char buf[static HD_STATE_MAX], struct hd_error *err)
{
	char name[HD_TARGET_MAX];
	bool is_loaded;

	(void)err;
	sysfs_name(target, name);
	is_loaded = hd_sysroot_has(host->root, SYS_MODULE "/%s", name) ||
		    hd_sysroot_has(host->root, SYS_PCI_DRIVERS "/%s", target);
	(void)snprintf(buf, HD_STATE_MAX, "%s", is_loaded ? "loaded" : "absent");
	return 0;
}

static int run_modprobe(const char *path, const char *module, int64_t deadline,
			struct hd_error *err)
{
	const char *const argv[] = { path, "-b", "--", module, NULL };
	char line[HD_SPAWN_LINE], first[HD_SPAWN_LINE] = "it gave no reason";
	struct hd_spawn spawn;
	bool is_first = true;
	int rc = hd_spawn_start(&spawn, argv, err);

	if (rc < 0)
		return rc;
	while (hd_spawn_line(&spawn, line, deadline) > 0) {
		if (is_first)
			memcpy(first, line, sizeof(first));
		is_first = false;
	}
	rc = hd_spawn_end(&spawn, deadline);
	if (rc == 0)
		return 0;
	return hd_fail(err, rc == -ETIMEDOUT ? rc : -EIO, "modprobe %s failed: %s", module,
		       rc == -ETIMEDOUT ? "it did not end within the deadline" : first);
}

static int module_set(const struct hd_knob_host *host, const char *target, const char *from,
		      const char *to, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + host->call_deadline_ms;

	(void)from;
	if (strcmp(to, "loaded"))
		return 0;
	if (!host->root->is_live)
		return hd_fail(err, -EOPNOTSUPP, "module %s cannot be loaded into a captured host",
			       target);
	for (size_t i = 0; i < HD_ARRAY_SIZE(modprobe_paths); i++)
		if (!access(modprobe_paths[i], X_OK))
			return run_modprobe(modprobe_paths[i], target, deadline, err);
	return hd_fail(err, -ENOENT, "modprobe is missing: install the package kmod");
}

const struct hd_knob hd_knob_module = {
	.name = "module",
	.get = module_get,
	.set = module_set,
	.is_kept = true,
};
