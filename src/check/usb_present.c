/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usb_present.c - is there exactly one USB device that the guest's element means? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

/* "1-2 (bus 1 device 3, QEMU USB HARDDRIVE, serial 1-0000)". */
static const char *describe(struct hd_arena *arena, const struct hd_usb_dev *dev)
{
	return hd_printf(arena, "%s (bus %u device %u%s%s%s%s)", dev->port, dev->bus,
			 dev->device, dev->product_name ? ", " : "",
			 dev->product_name ? dev->product_name : "",
			 dev->serial ? ", serial " : "", dev->serial ? dev->serial : "");
}

static enum hd_verdict is_usb_present(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_usb_facts *usb = s->usb;

	if (usb->n_matches)
		return hd_tell(s, ret, HD_PASS, HD_SYS_USB "/%s",
			       describe(s->arena, usb->matches[0]));
	if (s->hostdev->is_optional) {
		ret->remedy = "nothing to do if the guest can do without it; else plug it "
			      "in before the start";
		ret->severity = HD_NOTE;
		return hd_say(ret, HD_FAIL, "no device in " HD_SYS_USB " matches it; the "
			      "element's startupPolicy lets libvirt omit it");
	}
	hd_advise(s, ret, "plug it in, or find it with `lsusb` and correct or remove the "
		  "element in line %u: `%s`", s->hostdev->line, hd_edit_command(s));
	return hd_tell(s, ret, HD_FAIL, "no device in " HD_SYS_USB " is it%s",
		       s->hostdev->usb_device ? "; its number changes whenever it is "
						"plugged in or the host boots"
					      : "");
}

const struct hd_check hd_check_usb_present = {
	.id = "usb-present",
	.scope = HD_SCOPE_USB,
	.severity = HD_ERROR,
	.title = "the USB device is plugged in",
	.remedy = "plug the device in, or correct the element",
	.doc = "An element names a USB device by vendor and product, or by bus and device "
	       "number. The number changes each time the device is plugged in. libvirt "
	       "refuses the start without the device (\"Did not find USB device\") unless "
	       "the element has a startupPolicy; then this is a note. Source: "
	       "/sys/bus/usb/devices.",
	.run = is_usb_present,
};

static enum hd_verdict is_unambiguous(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_usb_facts *usb = s->usb;
	const struct hd_usb_dev *first;
	const char *all = NULL;

	if (!usb->n_matches)
		return HD_SKIP;
	if (usb->n_matches == 1)
		return HD_PASS;
	for (size_t i = 0; i < usb->n_matches; i++)
		hd_join(s->arena, &all, "%s", describe(s->arena, usb->matches[i]));
	first = usb->matches[0];
	hd_advise(s, ret, "name one in the element's <source>, `%s`: <address bus='%u' "
		  "device='%u'/> for %s, and so on", hd_edit_command(s), first->bus,
		  first->device, first->port);
	return hd_tell(s, ret, HD_FAIL, "%zu devices in " HD_SYS_USB " are %04x:%04x: %s",
		       usb->n_matches, first->vendor, first->product, all);
}

const struct hd_check hd_check_usb_unambiguous = {
	.id = "usb-unambiguous",
	.scope = HD_SCOPE_USB,
	.severity = HD_ERROR,
	.title = "only one USB device matches the element",
	.remedy = "give the device's bus and device number in the element",
	.doc = "Two devices of one model have the same vendor and product. libvirt then "
	       "refuses the start (\"Multiple USB devices ..., use <address> to specify "
	       "one\", src/hypervisor/virhostdev.c) without naming them. Source: idVendor, "
	       "idProduct, busnum, devnum and serial of each device in "
	       "/sys/bus/usb/devices.",
	.run = is_unambiguous,
};
