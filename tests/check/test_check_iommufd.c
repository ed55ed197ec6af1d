/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_iommufd.c - a guest wants IOMMUFD: does the kernel have it? */
#include "config.h"

#include "tests/support/checkcase.h"

#define IOMMUFD &hd_check_iommufd_available
#define CONFIG "boot/config-6.12.43-amd64"

static void wants(struct check_case *c)
{
	c->hostdevs[0].iommufd = HD_IOMMUFD_YES;
	c->hostdevs[0].line = 12;
	c->facts.iommufd = (struct hd_iommufd){
		.is_known = true, .release = "6.12.43-amd64", .config = CONFIG,
		.has_iommufd = true, .has_cdev = true, .module = HD_MODULE_LOADABLE,
	};
}
static void by_guest(struct check_case *c)
{
	wants(c);
	c->hostdevs[0].iommufd = HD_IOMMUFD_AS_GUEST;
	c->request.iommufd_line = 4;
}
static void but_not(struct check_case *c)
{
	by_guest(c);
	c->hostdevs[0].iommufd = HD_IOMMUFD_NO;
}
static void unknown(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.is_known = false;
}
static void debian(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.has_iommufd = c->facts.iommufd.has_cdev = false;
	c->facts.iommufd.module = HD_MODULE_MISSING;
}
static void debian_for_all(struct check_case *c)
{
	debian(c);
	c->request.iommufd_line = 4;
}
static void debian_by_guest(struct check_case *c)
{
	debian_for_all(c);
	c->hostdevs[0].iommufd = HD_IOMMUFD_AS_GUEST;
}
static void no_cdev(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.has_cdev = false;
}
static void nodes(struct check_case *c)
{
	debian(c);
	c->facts.iommufd.module = HD_MODULE_LOADED;
	c->facts.iommufd.has_device_nodes = true;
}
static void no_config(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.config = NULL;
	c->facts.iommufd.has_iommufd = c->facts.iommufd.has_cdev = false;
}
static void old_kernel(struct check_case *c)
{
	no_config(c);
	c->facts.iommufd.release = "6.5.0";
	c->facts.iommufd.is_old = true;
}
static void backported(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.is_old = true;
}
static void no_module(struct check_case *c)
{
	no_config(c);
	c->facts.iommufd.module = HD_MODULE_MISSING;
}
static void no_tree(struct check_case *c)
{
	no_config(c);
	c->facts.iommufd.module = HD_MODULE_NO_TREE;
}
static void no_tree_but_node(struct check_case *c)
{
	no_tree(c);
	c->facts.iommufd.has_node = true;
}
static void blacklisted(struct check_case *c)
{
	wants(c);
	c->facts.iommufd.module = HD_MODULE_BLACKLISTED;
}
static void passed(struct check_case *c)
{
	no_module(c);
	by_guest(c);
	c->facts.iommufd.config = NULL;
	c->facts.iommufd.module = HD_MODULE_MISSING;
	c->request.iommufd_fdgroup = "iommu";
}
static void passed_to_debian(struct check_case *c)
{
	debian_by_guest(c);
	c->request.iommufd_fdgroup = "iommu";
}

static const struct check_row rows[] = {
	{ "not wanted", IOMMUFD, NULL, HD_SKIP, 0, NULL, NULL },
	{ "wanted", IOMMUFD, wants, HD_PASS, 0, CONFIG " has CONFIG_IOMMUFD and", NULL },
	{ "for all devices", IOMMUFD, by_guest, HD_PASS, 0, NULL, NULL },
	{ "for none of them", IOMMUFD, but_not, HD_SKIP, 0, NULL, NULL },
	{ "not examined", IOMMUFD, unknown, HD_UNKNOWN, HD_ERROR, "not examined", NULL },
	{ "a kernel of Debian", IOMMUFD, debian, HD_FAIL, HD_ERROR,
	  CONFIG ": CONFIG_IOMMUFD is not set: the kernel has no /dev/iommu",
	  "XML: iommufd='yes' of the element in line 12; or run a kernel with CONFIG_IOMMUFD" },
	{ "the guest's line", IOMMUFD, debian_by_guest, HD_FAIL, HD_ERROR, NULL,
	  "XML: <iommufd> in line 4; or" },
	{ "both lines", IOMMUFD, debian_for_all, HD_FAIL, HD_ERROR, NULL,
	  "XML: <iommufd> in line 4, iommufd='yes' of the element in line 12; or" },
	{ "no nodes of devices", IOMMUFD, no_cdev, HD_FAIL, HD_ERROR,
	  CONFIG ": CONFIG_VFIO_DEVICE_CDEV is not set", NULL },
	{ "nodes whatever the file says", IOMMUFD, nodes, HD_PASS, 0, "dev/vfio/devices exists", NULL },
	{ "no file of options", IOMMUFD, no_config, HD_PASS, 0, "no file says", NULL },
	{ "old kernel", IOMMUFD, old_kernel, HD_FAIL, HD_ERROR,
	  "Linux 6.5.0 has no /dev/vfio/devices", NULL },
	{ "old kernel, backported", IOMMUFD, backported, HD_PASS, 0, CONFIG, NULL },
	{ "no module", IOMMUFD, no_module, HD_FAIL, HD_ERROR,
	  "lib/modules/6.12.43-amd64 has no iommufd", NULL },
	{ "no modules", IOMMUFD, no_tree, HD_FAIL, HD_ERROR, "dev/iommu does not exist", NULL },
	{ "no modules, but the node", IOMMUFD, no_tree_but_node, HD_PASS, 0, NULL, NULL },
	{ "blacklisted", IOMMUFD, blacklisted, HD_PASS, 0, NULL, NULL },
	{ "passed by a client", IOMMUFD, passed, HD_PASS, 0, "a client of libvirt passes", NULL },
	{ "passed to a kernel of Debian", IOMMUFD, passed_to_debian, HD_FAIL, HD_ERROR,
	  "CONFIG_IOMMUFD is not set", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
