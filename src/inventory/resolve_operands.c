/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_operands.c - which devices do the operands of a command name? */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "inventory/completion_names.h"
#include "inventory/resolve_operands.h"

#define MAX_SHOWN 100

void hd_offer_devices(struct hd_nearest *nearest, const struct hd_context *context)
{
	const char *word = nearest->word, *start = "";
	struct hd_known known = { .n = 0 };

	if (strchr(word, ':') || strlen(word) > NAME_MAX)
		return;
	if (word[0] == '/')
		start = hd_strndup(context->arena, word, (size_t)(strrchr(word, '/') - word) + 1);
	hd_known_devices(&known, &context->root, context->arena, start);
	for (size_t i = 0; i < known.n; i++)
		if (!strchr(known.names[i], ':') && !hd_text_ends_with(known.names[i], "/"))
			hd_nearest_offer(nearest, known.names[i]);
}

enum hd_exit hd_device_resolve_or(struct hd_device_ref *ret, const struct hd_context *context,
				  const char *text, struct hd_nearest *nearest, struct hd_error *err)
{
	int rc = hd_resolve(ret, &context->root, context->arena, text, err);

	if (rc == 0)
		return HD_EXIT_OK;
	if (rc == -EINVAL || rc == -ENOENT) {
		hd_offer_devices(nearest, context);
		(void)hd_nearest_suggest(nearest, err);
	}
	return rc == -EINVAL || rc == -ENOTUNIQ ? HD_EXIT_USAGE : HD_EXIT_HOST;
}

enum hd_exit hd_device_resolve(struct hd_device_ref *ret, const struct hd_context *context,
			       const char *text, struct hd_error *err)
{
	return hd_device_resolve_or(ret, context, text, &(struct hd_nearest){ .word = text }, err);
}

static bool is_same(const struct hd_device_ref *a, const struct hd_device_ref *b)
{
	return a->kind == b->kind && a->nvme_namespace == b->nvme_namespace &&
	       !strcmp(a->name, b->name);
}

static bool has(const struct hd_device_ref *refs, size_t n, const struct hd_device_ref *ref)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(&refs[i], ref))
			return true;
	return false;
}

enum hd_exit hd_devices_from_names(struct hd_context *context, char *const *names, int n_names,
				   struct hd_device_ref **ret, size_t *ret_n, struct hd_error *err)
{
	struct hd_device_ref *refs = NULL;
	size_t n = 0;

	for (int i = 0; i < n_names; i++) {
		struct hd_device_ref ref;
		enum hd_exit code = hd_device_resolve(&ref, context, names[i], err);

		if (code != HD_EXIT_OK)
			return code;
		if (!has(refs, n, &ref))
			hd_push(context->arena, &refs, &n, ref);
	}
	*ret = refs;
	*ret_n = n;
	return HD_EXIT_OK;
}

/* Why a command that changes drivers has nothing to do with it. */
static enum hd_exit no_function(const struct hd_context *context, const struct hd_device_ref *ref,
				struct hd_error *err)
{
	static const char *const why[HD_DEVICE_KIND_MAX] = {
		[HD_DEVICE_USB] = "is a USB device, which libvirt takes and gives back "
				  "when a guest starts and stops, whatever its driver",
		[HD_DEVICE_SERIAL] = "is a serial port, which QEMU opens without a change of driver",
		[HD_DEVICE_MDEV] = "is a mediated device, which already belongs to VFIO",
		[HD_DEVICE_SCSI] = "is a SCSI device, which QEMU opens without a change of driver",
	};
	const char *given = hd_text_printable(context->arena, ref->given, MAX_SHOWN);
	char pci[HD_PCI_ADDR_SIZE] = "";

	if (ref->has_pci)
		hd_pci_addr_format(&ref->pci, pci);
	return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' %s: it has no driver to change; "
			  "'hostdevctl check %s' shows whether a guest can have it%s%s", given,
			  why[ref->kind], ref->name,
			  *pci ? "; the whole PCI function above it is " : "", pci);
}

enum hd_exit hd_functions_from_names(struct hd_context *context, char *const *names, int n_names,
				     struct hd_device_ref **ret, size_t *ret_n,
				     struct hd_error *err)
{
	struct hd_device_ref *refs;
	size_t n, kept = 0;
	enum hd_exit code = hd_devices_from_names(context, names, n_names, &refs, &n, err);

	if (code != HD_EXIT_OK)
		return code;
	for (size_t i = 0; i < n; i++) {
		if (refs[i].kind != HD_DEVICE_PCI)
			return no_function(context, &refs[i], err);
		refs[i].nvme_namespace = 0;
		if (!has(refs, kept, &refs[i]))
			refs[kept++] = refs[i];
	}
	*ret = refs;
	*ret_n = kept;
	return HD_EXIT_OK;
}

/* One namespace of a controller is not another; the whole of it is each of them. */
static bool asks_for_function(const struct hd_hostdev *dev, const struct hd_device_ref *ref)
{
	return dev->has_addr && !hd_pci_addr_compare(&dev->addr, &ref->pci) &&
	       (!dev->nvme_namespace || !ref->nvme_namespace ||
		dev->nvme_namespace == ref->nvme_namespace);
}

bool hd_device_is_asked(const struct hd_context *context, const struct hd_hostdev *dev,
			const struct hd_device_ref *ref)
{
	struct hd_device_ref other;
	struct hd_error ignored;

	if (dev->kind != ref->kind)
		return false;
	if (ref->kind == HD_DEVICE_PCI)
		return asks_for_function(dev, ref);
	if (ref->kind == HD_DEVICE_MDEV)
		return !strcmp(dev->mdev_uuid, ref->uuid);
	if (ref->kind == HD_DEVICE_USB)
		return hd_usb_is_named(ref->usb, dev);
	if (ref->kind == HD_DEVICE_SCSI)
		return dev->has_scsi && hd_scsi_addr_is_same(&dev->scsi, &ref->scsi);
	if (!dev->path)
		return false;
	return hd_resolve(&other, &context->root, context->arena, dev->path, &ignored) == 0 &&
	       is_same(&other, ref);
}

static const char *usb_subject(const struct hd_context *context, const struct hd_hostdev *dev,
			       const struct hd_device_ref *ref)
{
	if (dev && (dev->usb_vendor || dev->usb_product))
		return hd_printf(context->arena, "usb %04x:%04x", dev->usb_vendor,
				 dev->usb_product);
	return hd_printf(context->arena, "usb %s", ref->usb->port);
}

/* As facts/usb/usb.c, serial.c, mdev.c and scsi.c call what an entry of the request asks for. */
static const char *subject_of(const struct hd_context *context, const struct hd_request *request,
			      const struct hd_device_ref *ref)
{
	const struct hd_hostdev *dev = NULL;

	for (size_t i = 0; i < request->n_hostdevs && !dev; i++)
		if (hd_device_is_asked(context, &request->hostdevs[i], ref))
			dev = &request->hostdevs[i];
	if (ref->kind == HD_DEVICE_MDEV)
		return hd_printf(context->arena, "mdev %s", ref->uuid);
	if (ref->kind == HD_DEVICE_SCSI)
		return hd_printf(context->arena, "scsi %s", ref->name + strlen("scsi:"));
	if (ref->kind == HD_DEVICE_SERIAL)
		return hd_printf(context->arena, "serial %s", dev ? dev->path : ref->given);
	if (ref->kind == HD_DEVICE_USB)
		return usb_subject(context, dev, ref);
	return ref->name;
}

enum hd_exit hd_device_subject(const char **ret, const struct hd_context *context,
			       const struct hd_request *request, const char *text,
			       struct hd_error *err)
{
	struct hd_device_ref ref;
	int rc = hd_resolve(&ref, &context->root, context->arena, text, err);

	if (rc == -ENOTUNIQ)
		return HD_EXIT_USAGE;
	*ret = rc < 0 ? text : subject_of(context, request, &ref);
	return HD_EXIT_OK;
}
