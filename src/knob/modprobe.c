/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modprobe.c - loads a kernel module with modprobe(8), without a shell. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/spawn.h"
#include "knob/modprobe.h"

static const char *const modprobe_paths[] = { "/usr/sbin/modprobe", "/sbin/modprobe" };

void hd_module_sysfs_name(const char *module, char ret[static HD_TARGET_MAX])
{
	(void)snprintf(ret, HD_TARGET_MAX, "%s", module);
	for (char *c = ret; *c; c++)
		if (*c == '-')
			*c = '_';
}

static int run_modprobe(const char *const argv[], const char *module, int64_t deadline,
			struct hd_error *err)
{
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

int hd_modprobe(const struct hd_knob_host *host, const char *module, bool obeys_blacklist,
		int64_t deadline, struct hd_error *err)
{
	if (!host->root->is_live)
		return hd_fail(err, -EOPNOTSUPP, "module %s cannot be loaded into a captured host",
			       module);
	for (size_t i = 0; i < HD_ARRAY_SIZE(modprobe_paths); i++) {
		const char *const plain[] = { modprobe_paths[i], "--", module, NULL };
		const char *const obedient[] = { modprobe_paths[i], "-b", "--", module, NULL };

		if (!access(modprobe_paths[i], X_OK))
			return run_modprobe(obeys_blacklist ? obedient : plain, module, deadline,
					    err);
	}
	return hd_fail(err, -ENOENT, "modprobe is missing: install the package kmod");
}
