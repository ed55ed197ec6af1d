/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * module.c - loads a driver's module with modprobe(8), and never unloads one.
 *
 * "-b" obeys the blacklist, as libvirt does (virKModLoad): an administrator who
 * forbids a driver is not overruled.  A module is never unloaded, since other
 * guests may use it.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "knob/modprobe.h"

#define SYS_MODULE "sys/module"
#define SYS_PCI_DRIVERS "sys/bus/pci/drivers"

static int module_get(const struct hd_knob_host *host, const char *target,
		      char buf[static HD_STATE_MAX], struct hd_error *err)
{
	char name[HD_TARGET_MAX];
	bool is_loaded;

	(void)err;
	hd_module_sysfs_name(target, name);
	is_loaded = hd_sysroot_has(host->root, SYS_MODULE "/%s", name) ||
		    hd_sysroot_has(host->root, SYS_PCI_DRIVERS "/%s", target);
	(void)snprintf(buf, HD_STATE_MAX, "%s", is_loaded ? "loaded" : "absent");
	return 0;
}

static int module_set(const struct hd_knob_host *host, const char *target, const char *from,
		      const char *to, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + host->call_deadline_ms;

	(void)from;
	if (strcmp(to, "loaded"))
		return 0;
	return hd_modprobe(host, target, true, deadline, err);
}

const struct hd_knob hd_knob_module = {
	.name = "module",
	.get = module_get,
	.set = module_set,
	.is_kept = true,
};
