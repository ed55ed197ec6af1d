/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommufd_available.c - can QEMU use IOMMUFD for this guest's devices, as its XML asks for? */
#include "config.h"

#include "check/checks.h"

#define OPTIONS "CONFIG_IOMMUFD and CONFIG_VFIO_DEVICE_CDEV"
#define MAX_LINES 4	/* of the XML, in a remedy */

static const char *lacks_option(struct hd_arena *arena, const struct hd_iommufd *iommufd)
{
	if (iommufd->has_device_nodes)
		return NULL;	/* the running kernel itself says more than a file */
	if (iommufd->config && !iommufd->has_iommufd)
		return hd_printf(arena, "%s: CONFIG_IOMMUFD is not set: the kernel has no "
				 "/dev/iommu", iommufd->config);
	if (iommufd->config && !iommufd->has_cdev)
		return hd_printf(arena, "%s: CONFIG_VFIO_DEVICE_CDEV is not set: the kernel has "
				 "no /dev/vfio/devices", iommufd->config);
	if (!iommufd->config && iommufd->is_old)
		return hd_printf(arena, "Linux %s has no /dev/vfio/devices: it came with 6.6",
				 iommufd->release);
	return NULL;
}

/* A blacklist does not hinder this: vfio loads what it depends on (modprobe.d(5)). */
static const char *lacks_module(struct hd_arena *arena, const struct hd_iommufd *iommufd)
{
	if (iommufd->has_node || (iommufd->module != HD_MODULE_MISSING &&
				  iommufd->module != HD_MODULE_NO_TREE))
		return NULL;
	return hd_printf(arena, "dev/iommu does not exist, and lib/modules/%s has no iommufd",
			 iommufd->release);
}

const char *hd_iommufd_lacks(struct hd_arena *arena, const struct hd_iommufd *iommufd,
			     bool is_passed)
{
	const char *text = lacks_option(arena, iommufd);

	return text || is_passed ? text : lacks_module(arena, iommufd);
}

/* What to remove from the guest's XML, where it stands. */
static const char *drop_wish(const struct hd_subject *s)
{
	const struct hd_request *request = s->request;
	const char *text = NULL;
	size_t n = 0;

	if (request->iommufd_line)
		text = hd_printf(s->arena, "<iommufd> in line %u", request->iommufd_line);
	for (size_t i = 0; i < request->n_hostdevs && n < MAX_LINES; i++) {
		if (request->hostdevs[i].iommufd != HD_IOMMUFD_YES)
			continue;
		text = hd_printf(s->arena, "%s%siommufd='yes' of the element in line %u",
				 text ? text : "", text ? ", " : "", request->hostdevs[i].line);
		n++;
	}
	return hd_printf(s->arena, "remove from the guest's XML: %s", text);
}

static enum hd_verdict can_use(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_iommufd *iommufd = &s->facts->iommufd;
	const char *text, *fdgroup = s->request->iommufd_fdgroup;

	if (!hd_request_iommufd(s->request))
		return HD_SKIP;
	if (!iommufd->is_known)
		return hd_say(ret, HD_UNKNOWN, "the kernel's options and its module iommufd were "
			      "not examined");
	text = hd_iommufd_lacks(s->arena, iommufd, fdgroup);
	if (text) {
		hd_advise(s, ret, "%s; or run a kernel with " OPTIONS, drop_wish(s));
		return hd_say(ret, HD_FAIL, text);
	}
	if (fdgroup)
		return hd_say(ret, HD_PASS, "a client of libvirt passes /dev/iommu (fdgroup)");
	if (!iommufd->config && !iommufd->has_device_nodes)
		return hd_say(ret, HD_PASS, "the kernel has iommufd; no file says whether it has "
			      "CONFIG_VFIO_DEVICE_CDEV");
	return hd_say(ret, HD_PASS, iommufd->has_device_nodes ? "dev/vfio/devices exists" :
		      hd_printf(s->arena, "%s has " OPTIONS, iommufd->config));
}

const struct hd_check hd_check_iommufd_available = {
	.id = "iommufd-available",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_ERROR,
	.title = "the kernel has IOMMUFD for a guest that wants it",
	.remedy = "remove iommufd='yes' from the guest's XML, or run a kernel with " OPTIONS,
	.doc = "With <driver iommufd='yes'> of a device (libvirt 12.1) or <iommufd enabled='yes'> "
	       "of the guest (12.2), libvirt opens /dev/iommu and the device's node in "
	       "/dev/vfio/devices instead of its VFIO group. The kernel needs " OPTIONS
	       " (Linux 6.6). Those of Debian 12 and 13 and of its backports have neither: the "
	       "start fails because libvirt cannot open a node. Any device works without IOMMUFD. With fdgroup, "
	       "a client of libvirt passes /dev/iommu (virDomainFDAssociate), and it need not "
	       "exist here; libvirt still opens the node of each device itself, so the options "
	       "count. Source: /boot/config-RELEASE or /lib/modules/RELEASE/config, the module "
	       "iommufd, /dev/iommu and /dev/vfio/devices. The check is skipped for a guest "
	       "that does not want IOMMUFD.",
	.is_for_pci = true,
	.run = can_use,
};
