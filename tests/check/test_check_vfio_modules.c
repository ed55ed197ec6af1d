/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_vfio_modules.c - which states of the VFIO modules let a guest start. */
#include "config.h"

#include <errno.h>

#include "tests/support/checkcase.h"

#define MODULES &hd_check_vfio_modules
#define BOOT &hd_check_vfio_modules_at_boot
#define NODE &hd_check_vfio_node

static void set_all(struct check_case *c, enum hd_module_state state)
{
	for (int i = 0; i < HD_VFIO_MODULE_MAX; i++)
		c->facts.host.modules[i] = state;
}

static void loadable(struct check_case *c) { set_all(c, HD_MODULE_LOADABLE); }
static void builtin(struct check_case *c)
{
	set_all(c, HD_MODULE_BUILTIN);
	c->facts.host.boot_modules = NULL;
}
static void missing(struct check_case *c) { set_all(c, HD_MODULE_MISSING); }
static void no_tree(struct check_case *c) { set_all(c, HD_MODULE_NO_TREE); }
static void upgraded(struct check_case *c)
{
	no_tree(c);
	c->setup.other_release = "6.1.0-20-amd64";
	c->setup.is_other_newer = true;
}
static void older_only(struct check_case *c)
{
	upgraded(c);
	c->setup.is_other_newer = false;
}
static void not_looked_for(struct check_case *c)
{
	no_tree(c);
	c->facts.setup = NULL;
}

static void blacklisted(struct check_case *c)
{
	c->facts.host.modules[HD_MODULE_VFIO_PCI] = HD_MODULE_BLACKLISTED;
	c->facts.host.blacklisted_by[HD_MODULE_VFIO_PCI] = "/etc/modprobe.d/no-vfio.conf";
}

static void blacklisted_at_boot(struct check_case *c)
{
	blacklisted(c);
	c->facts.host.blacklisted_by[HD_MODULE_VFIO_PCI] = "kernel command line";
}

static void variant_missing(struct check_case *c)
{
	c->fns[0].vfio_driver = "mlx5_vfio_pci";
	c->fns[0].vfio_driver_state = HD_MODULE_MISSING;
}

static void variant_not_needed(struct check_case *c)
{
	variant_missing(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void variant_overruled(struct check_case *c)
{
	variant_missing(c);
	c->hostdevs[0].driver_model = "vfio-pci";
}

static void variant_of_bystander(struct check_case *c)
{
	struct hd_pci_facts *pci = check_case_add(c, 1, 0x060100, "lpc_ich");

	pci->vfio_driver = "mlx5_vfio_pci";
	pci->vfio_driver_state = HD_MODULE_MISSING;
}

static void not_read(struct check_case *c) { c->facts.host.release = NULL; }

static void not_named(struct check_case *c) { c->facts.host.boot_modules = ""; }
static void virqfd_old(struct check_case *c)
{
	c->facts.host.boot_virqfd = "etc/modules-load.d/vfio.conf";
}
static void virqfd_new(struct check_case *c)
{
	virqfd_old(c);
	c->facts.host.kernel_minor = 2;
}

static void no_node(struct check_case *c)
{
	c->facts.host.has_vfio_node = false;
	c->facts.host.vfio_node_error = ENOENT;
}

static void no_node_loadable(struct check_case *c)
{
	loadable(c);
	no_node(c);
}

static void static_node_loadable(struct check_case *c)
{
	no_node_loadable(c);
	c->facts.host.vfio_node_error = ENODEV;
}

static void no_node_missing(struct check_case *c)
{
	missing(c);
	no_node(c);
}

static void node_closed(struct check_case *c)
{
	no_node(c);
	c->facts.host.vfio_node_error = EACCES;
}

static const struct check_row rows[] = {
	{ "loaded", MODULES, NULL, HD_PASS, 0, NULL, NULL },
	{ "loadable", MODULES, loadable, HD_PASS, 0, NULL, NULL },
	{ "built in", MODULES, builtin, HD_PASS, 0, NULL, NULL },
	{ "missing", MODULES, missing, HD_FAIL, HD_ERROR, "lib/modules/6.1.0-18-amd64 has no vfio",
	  "apt-get install linux-image-amd64" },
	{ "upgraded", MODULES, upgraded, HD_FAIL, HD_ERROR, "not rebooted", "reboot" },
	{ "never installed", MODULES, no_tree, HD_FAIL, HD_ERROR, "are not installed",
	  "install the modules" },
	{ "of an older kernel", MODULES, older_only, HD_FAIL, HD_ERROR, "are not installed",
	  "(6.1.0-18-amd64), or boot Linux 6.1.0-20-amd64" },
	{ "in the hook", MODULES, not_looked_for, HD_FAIL, HD_ERROR, "or its modules were",
	  "reboot" },
	{ "blacklisted", MODULES, blacklisted, HD_FAIL, HD_ERROR,
	  "vfio_pci is blacklisted by /etc/modprobe.d/no-vfio.conf", "update-initramfs -u" },
	{ "blacklisted at boot", MODULES, blacklisted_at_boot, HD_FAIL, HD_ERROR,
	  "kernel command line", "GRUB_CMDLINE_LINUX" },
	{ "variant missing", MODULES, variant_missing, HD_FAIL, HD_ERROR,
	  "mlx5_vfio_pci, the VFIO driver of 0000:01:00.0", NULL },
	{ "variant of a bound one", MODULES, variant_not_needed, HD_PASS, 0, NULL, NULL },
	{ "XML names the driver", MODULES, variant_overruled, HD_PASS, 0, NULL, NULL },
	{ "variant of one that stays", MODULES, variant_of_bystander, HD_PASS, 0, NULL, NULL },
	{ "not read", MODULES, not_read, HD_UNKNOWN, HD_ERROR, NULL, NULL },

	{ "named", BOOT, NULL, HD_PASS, 0, NULL, NULL },
	{ "built in", BOOT, builtin, HD_PASS, 0, "built into", NULL },
	{ "not named", BOOT, not_named, HD_FAIL, HD_NOTE, "modules-load.d", "echo vfio-pci" },
	{ "virqfd before 6.2", BOOT, virqfd_old, HD_PASS, 0, NULL, NULL },
	{ "virqfd since 6.2", BOOT, virqfd_new, HD_FAIL, HD_NOTE, "vfio.conf names vfio_virqfd",
	  "remove the line" },

	{ "there", NODE, NULL, HD_PASS, 0, NULL, NULL },
	{ "will be made", NODE, no_node_loadable, HD_PASS, 0, "loading vfio creates it", NULL },
	{ "static node", NODE, static_node_loadable, HD_PASS, 0, NULL, NULL },
	{ "missing though loaded", NODE, no_node, HD_FAIL, HD_ERROR, "vfio is loaded", "udevadm" },
	{ "no module to make it", NODE, no_node_missing, HD_SKIP, 0, NULL, NULL },
	{ "closed", NODE, node_closed, HD_FAIL, HD_ERROR, "Permission denied", NULL },
	{ "not read", NODE, not_read, HD_UNKNOWN, HD_ERROR, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
