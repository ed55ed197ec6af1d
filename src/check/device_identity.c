/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_identity.c - is the device at this address the one that the guest means? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

static void compare_id(struct hd_arena *arena, const char **differences, const char *file,
		       unsigned is, int wanted)
{
	if (wanted >= 0 && is != (unsigned)wanted)
		hd_join(arena, differences, "%s reads 0x%04x, but the guest pins 0x%04x", file, is,
			(unsigned)wanted);
}

/* An unknown path (of a captured tree) is not compared. */
static void compare_path(struct hd_arena *arena, const char **differences,
			 const struct hd_pci_fn *fn, const struct hd_pin *pin)
{
	const char *path = hd_pci_slot_path(arena, fn);

	if (pin->path && path && strcmp(path, pin->path) != 0)
		hd_join(arena, differences, "it is at \"%s\", but the guest pins \"%s\"",
			hd_text_printable(arena, path, 128),
			hd_text_printable(arena, pin->path, 128));
}

static const char *compare_pin(struct hd_arena *arena, const struct hd_pci_fn *fn,
			       const struct hd_pin *pin)
{
	const char *text = NULL;

	compare_id(arena, &text, "vendor", fn->vendor, pin->vendor);
	compare_id(arena, &text, "device", fn->device, pin->device);
	compare_id(arena, &text, "subsystem_vendor", fn->subsystem_vendor, pin->subsystem_vendor);
	compare_id(arena, &text, "subsystem_device", fn->subsystem_device, pin->subsystem_device);
	compare_path(arena, &text, fn, pin);
	if (pin->serial && fn->serial && strcmp(pin->serial, fn->serial) != 0)
		hd_join(arena, &text, "its serial number is \"%s\", but the guest pins \"%s\"",
			hd_text_printable(arena, fn->serial, 64),
			hd_text_printable(arena, pin->serial, 64));
	return text;
}

static enum hd_verdict is_identical(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;
	const struct hd_pin *pin = hd_policy_pin(&s->request->policy, &fn->addr);
	const char *differences;

	if (!pin)
		return HD_SKIP;
	differences = compare_pin(s->arena, fn, pin);
	if (differences)
		return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s: %s", fn->name,
			       differences);
	if (!pin->serial || fn->serial)
		return HD_PASS;
	/* Nothing else distinguishes two equal disks, so an unknown number does not pass. */
	hd_advise(s, ret, HD_COMMAND("hostdevctl reattach %s") ", so that its driver can read the "
		  "serial number; or remove the serial from the guest's metadata",
		  fn->name);
	return hd_tell(s, ret, HD_UNKNOWN,
		       "%s: the serial number that the guest pins cannot be read while it is %s%s",
		       fn->name, fn->driver ? "on " : "unbound", fn->driver ? fn->driver : "");
}

const struct hd_check hd_check_device_identity = {
	.id = "device-identity",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the device is the one that the guest's metadata pins",
	.remedy = "find the device with " HD_COMMAND("hostdevctl list") " and correct its address, or the "
		  "<device> element of the guest's metadata",
	.doc = "When a card is added, another device may get the address: an identical "
	       "disk with other data, for example. A guest's metadata can pin the vendor, "
	       "device, subsystem, serial number and slot at each address; the start is "
	       "refused if one differs, or if a pinned serial number cannot be read. "
	       "Source: the function's files in sysfs, and the serial file of its NVMe "
	       "controller.",
	.run = is_identical,
};
