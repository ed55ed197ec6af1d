/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usb_free.c - does the host, or another guest, use the USB device? */
#include "config.h"

#include "check/usb_loss.h"

static enum hd_verdict refuse_hub(const struct hd_subject *s, struct hd_result *ret,
				  const struct hd_usb_dev *dev)
{
	hd_advise(s, ret, "name a device behind it: `ls -d /" HD_SYS_USB "/%s.*`; or the "
		  "whole controller, as a PCI function", dev->port);
	ret->never = "a hub stays with the host";
	return hd_tell(s, ret, HD_FAIL,
		       HD_SYS_USB "/%s/bDeviceClass is 09: a hub, which stays with the host",
		       dev->port);
}

/* The kernel writes to a line without a node that is open. */
static void add_consoles(struct hd_sum *sum)
{
	const struct hd_subject *s = sum->subject;

	for (size_t i = 0; i < s->usb->n_consoles; i++) {
		struct hd_result part = hd_part();

		hd_sum_add(sum, hd_judge_console(s, &s->usb->consoles[i], &part), &part);
	}
}

/* The process of a guest that has it is not one to be killed. */
static void add_users(struct hd_sum *sum, const struct hd_usb_dev *dev)
{
	const struct hd_subject *s = sum->subject;
	struct hd_result part = hd_part();
	enum hd_verdict verdict = hd_judge_usb_guests(s, dev->path, &part);

	if (verdict == HD_PASS)
		verdict = hd_judge_holders(s->arena, &s->usb->holders, &part);
	hd_sum_add(sum, verdict, &part);
	part = hd_part();
	hd_sum_add(sum, hd_judge_scsi_guests(s, dev->path, &part), &part);
}

/* QEMU does not find it any more, once its controller is gone. */
static void add_controller(struct hd_sum *sum, const struct hd_usb_dev *dev)
{
	const struct hd_subject *s = sum->subject;
	const struct hd_pci_facts *pci = hd_function_that_goes(s, dev->path);
	struct hd_result part = hd_part();

	if (!pci)
		return;
	hd_advise(s, &part, "give the guest %s alone, with all that is plugged into it, or the USB device "
		  "alone", pci->fn.name);
	hd_sum_add(sum, hd_tell(s, &part, HD_FAIL, "it hangs on %s, which goes to the same guest",
				pci->fn.name), &part);
}

static enum hd_verdict is_usb_free(const struct hd_subject *s, struct hd_result *ret)
{
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };
	struct hd_result part = hd_part();
	const struct hd_usb_dev *dev;

	if (s->usb->n_matches != 1)
		return HD_SKIP;	/* usb-present and usb-unambiguous say it */
	if (hd_is_own_device(s))
		return hd_say(ret, HD_PASS, "in use by this guest");
	dev = s->usb->matches[0];
	if (dev->class == HD_USB_CLASS_HUB)
		return refuse_hub(s, ret, dev);
	part.remedy = hd_check_storage_free.remedy;
	hd_sum_add(&sum, hd_judge_storage(s, &s->usb->storage, &part), &part);
	part = hd_part();
	part.remedy = hd_check_network_free.remedy;
	hd_sum_add(&sum, hd_judge_network(s->arena, &s->usb->network, dev->port, &part), &part);
	part = hd_part();
	hd_sum_add(&sum, hd_judge_inputs(s, dev->path, &part), &part);
	add_controller(&sum, dev);
	add_consoles(&sum);
	add_users(&sum, dev);
	/* A note or a warning is not an answer to that. */
	if (sum.verdict == HD_PASS || sum.severity < HD_ERROR) {
		part = hd_part();
		hd_sum_add(&sum, hd_judge_guests(s, &part), &part);
	}
	if (sum.verdict == HD_PASS)
		return hd_tell(s, ret, HD_PASS, "nothing uses " HD_SYS_USB "/%s", dev->port);
	return hd_sum_end(&sum);
}

const struct hd_check hd_check_usb_free = {
	.id = "usb-free",
	.scope = HD_SCOPE_USB,
	.severity = HD_ERROR,
	.title = "neither the host nor another guest uses the USB device",
	.remedy = "stop what uses the device",
	.doc = "QEMU takes a USB device from its driver without asking: a mounted stick "
	       "disappears, a network adapter goes down, a program on a serial adapter "
	       "loses its line. The check fails for hubs, devices with a disk in use (as "
	       "in storage-free), with a network interface in use (as in network-free) or "
	       "with a node that a program has open, for the kernel's console on a serial "
	       "adapter, for the host's last keyboard or pointer, for what another running "
	       "guest has, also a SCSI disk that it is, and if the same guest asks for its "
	       "controller. Hardware that is only plugged in passes. In a hand-over of the "
	       "graphics card (<hd:handover>), the last keyboard or pointer may go with "
	       "it, or come to the guest later, as a note: the desktop "
	       "ends, too, and what goes with the card comes back with it. A dormant use, as in "
	       "storage-free, is a warning, which the guest's metadata can make a note. Source: the "
	       "device's directory in sysfs, /proc/consoles, /sys/class/input and libvirt's files in "
	       "/run/libvirt/qemu.",
	.allow = HD_ALLOW_METADATA,
	.run = is_usb_free,
};

#define CLASS_USB_CONTROLLER 0x0c03u

static enum hd_verdict is_controller_free(const struct hd_subject *s, struct hd_result *ret)
{
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };
	struct hd_result part = hd_part();
	const char *path = s->pci->fn.path;
	size_t n = 0;

	if (hd_pci_class_of(&s->pci->fn) != CLASS_USB_CONTROLLER || !path ||
	    s->pci->fn.driver_kind != HD_DRIVER_HOST)
		return HD_SKIP;
	hd_sum_add(&sum, hd_judge_inputs(s, path, &part), &part);
	part = hd_part();
	hd_sum_add(&sum, hd_judge_usb_guests(s, path, &part), &part);
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	for (size_t i = 0; i < s->facts->usb.n; i++)
		if (s->facts->usb.devs[i].class != HD_USB_CLASS_HUB &&
		    hd_path_is_below(s->facts->usb.devs[i].path, path))
			n++;
	if (!n)
		return hd_say(ret, HD_PASS, "nothing is connected to it");
	return hd_tell(s, ret, HD_PASS, "devices connected to it: %zu; none is needed",
		       n);
}

const struct hd_check hd_check_usb_controller_free = {
	.id = "usb-controller-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "nothing that is connected to the USB controller is needed",
	.remedy = "connect what is needed to another controller",
	.doc = "A USB controller takes all devices below it along. Their disks, network "
	       "interfaces and open nodes are checked by storage-free, network-free and "
	       "holders-free; in addition, the host's last keyboard or pointer and devices "
	       "that another running guest has must not be below it. In a hand-over of the graphics "
	       "card (<hd:handover>), the last keyboard or pointer may go with it, as a note. Source: "
	       "/sys/bus/usb/devices, /sys/class/input and libvirt's files in "
	       "/run/libvirt/qemu.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.run = is_controller_free,
};
