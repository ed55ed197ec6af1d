/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * udev_rules.c - the rules of udev(7) that prepare one PCI function at boot.
 *
 * "add" comes when the function is found, and again for all at boot, when the
 * initial file system's udev has ended; "bind" when a driver has it (Linux
 * lib/kobject_uevent.c).  Values are given at once, modules are loaded after all
 * rules; so these have to come before 80-drivers.rules, which loads the others.
 */
#include "config.h"

#include "setup/udev_rules.h"

const char *hd_udev_rule_path(struct hd_arena *arena, const char *purpose, const char *fn_name)
{
	return hd_printf(arena, "etc/udev/rules.d/70-hostdevctl-%s-%s.rules", purpose, fn_name);
}

static const char *match_function(struct hd_arena *arena, const char *action,
				  const struct hd_pci_fn *fn)
{
	return hd_printf(arena, "ACTION==\"%s\", SUBSYSTEM==\"pci\", KERNEL==\"%s\", "
			 "ATTR{vendor}==\"0x%04x\", ATTR{device}==\"0x%04x\"", action, fn->name,
			 fn->vendor, fn->device);
}

const char *hd_udev_rule_vfs(struct hd_arena *arena, const struct hd_pci_fn *fn, unsigned n,
			     bool is_probed)
{
	const char *rule = match_function(arena, "add|bind", fn);
	const char *left = is_probed ? "" : hd_printf(
		arena, "%s, DRIVER==\"?*\", ATTR{sriov_numvfs}==\"0\", "
		"ATTR{sriov_drivers_autoprobe}=\"0\"\n", rule);

	return hd_printf(arena,
			 "# Made by 'hostdevctl setup vfs'; 'hostdevctl setup vfs %s 0' removes it.\n"
			 "%s%s, DRIVER==\"?*\", ATTR{sriov_numvfs}==\"0\", "
			 "ATTR{sriov_numvfs}=\"%u\"\n", fn->name, left, rule, n);
}

/*
 * The function can be found in three states: with a driver; without one, before the VFIO
 * driver is loaded (then loading it binds the function), or after (then it must be probed).
 */
const char *hd_udev_rule_bind(struct hd_arena *arena, const struct hd_pci_fn *fn,
			      const char *driver, const char *program)
{
	const char *rule = match_function(arena, "add", fn);

	return hd_printf(arena,
			 "# Made by 'hostdevctl setup bind'; 'hostdevctl setup --revert' removes it.\n"
			 "%s, DRIVER==\"?*\", DRIVER!=\"%s\", "
			 "RUN+=\"%s detach --binder sysfs %s\"\n"
			 "%s, DRIVER!=\"?*\", ATTR{driver_override}=\"%s\", "
			 "ATTR{[subsystem/pci]drivers_probe}=\"%s\", "
			 "RUN{builtin}+=\"kmod load %s\"\n",
			 rule, driver, program, fn->name, rule, driver, fn->name, driver);
}
