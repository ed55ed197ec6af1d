/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pins_of.c - what identifies the devices that --pin pins in a guest's metadata? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/pins_of.h"
#include "facts/pci/pci.h"
#include "facts/scsi/scsi_unit.h"

/* What XML and people can read; other text is not compared at all. */
static const char *plain(const char *text)
{
	for (const char *c = text; c && *c; c++)
		if (*c < ' ' || *c > '~')
			return NULL;
	return text;
}

static int pin_functions(struct hd_policy *ret, struct hd_context *context,
			 const struct hd_elements *list, struct hd_error *err)
{
	struct hd_pin *pin;

	for (size_t i = 0; i < list->n; i++) {
		struct hd_pci_fn fn = { 0 };

		if (!list->items[i].has_pci || hd_policy_pin(ret, &list->items[i].pci))
			continue;
		if (hd_pci_fn_read(&fn, &context->root, context->arena, &list->items[i].pci, err) < 0)
			return err->code;
		if (!fn.is_present)
			continue;
		pin = hd_append(context->arena, &ret->pins, &ret->n_pins, sizeof(*pin));
		*pin = (struct hd_pin){
			.addr = fn.addr,
			.vendor = (int)fn.vendor,
			.device = (int)fn.device,
			.subsystem_vendor = (int)fn.subsystem_vendor,
			.subsystem_device = (int)fn.subsystem_device,
			.serial = plain(fn.serial),
			.path = plain(hd_pci_slot_path(context->arena, &fn)),
		};
	}
	return 0;
}

/* Its address names another device after a boot: without a wwid, nothing would tell. */
static int pin_unit(struct hd_policy *ret, struct hd_context *context,
		    const struct hd_device_ref *ref, struct hd_error *err)
{
	struct hd_scsi_unit unit;
	char name[HD_SCSI_ADDR_SIZE];
	int rc = hd_scsi_unit_read(&unit, &context->root, context->arena,
				   hd_scsi_addr_format(&ref->scsi, name));

	if (rc < 0)
		return hd_fail(err, rc, "%s cannot be read: %s", ref->name, strerror(-rc));
	if (!plain(unit.wwid))
		return hd_fail(err, -EINVAL, "%s has no wwid that --pin could pin; give it to the guest "
			       "without --pin", ref->name);
	hd_push(context->arena, &ret->scsi_pins, &ret->n_scsi_pins,
		((struct hd_scsi_pin){ .addr = ref->scsi, .wwid = unit.wwid }));
	return 0;
}

int hd_pins_of(struct hd_policy *ret, struct hd_context *context, const struct hd_elements *list,
	       const struct hd_device_ref *refs, size_t n, struct hd_error *err)
{
	int rc = pin_functions(ret, context, list, err);

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (refs[i].kind == HD_DEVICE_SCSI && !hd_policy_scsi_pin(ret, &refs[i].scsi))
			rc = pin_unit(ret, context, &refs[i], err);
	if (rc == 0 && !ret->n_pins && !ret->n_scsi_pins)
		return hd_fail(err, -EINVAL, "--pin is for PCI functions and SCSI devices");
	return rc;
}
