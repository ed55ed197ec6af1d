/* SPDX-License-Identifier: GPL-2.0-or-later */
/* other_use_free.c - does the host use a function in a way that no other check looks for? */
#include "config.h"

#include "check/usb_loss.h"

#define CLASS_USB_CONTROLLER 0x0c03u

/* Behind a USB controller usb-controller-free looks for them. */
static bool has_inputs(const struct hd_pci_facts *pci)
{
	return hd_pci_class_of(&pci->fn) != CLASS_USB_CONTROLLER && pci->fn.path &&
	       hd_nodes_have(pci->nodes, pci->n_nodes, "input");
}

static void add_inputs(struct hd_sum *sum)
{
	const struct hd_subject *s = sum->subject;
	struct hd_result part = hd_part();

	if (has_inputs(s->pci))
		hd_sum_add(sum, hd_judge_inputs(s, s->pci->fn.path, &part), &part);
}

static enum hd_verdict is_unused(const struct hd_subject *s, struct hd_result *ret)
{
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };

	if (s->pci->fn.driver_kind != HD_DRIVER_HOST)
		return HD_SKIP;
	for (size_t i = 0; i < s->pci->n_others; i++) {
		const struct hd_other_use *use = &s->pci->others[i];
		struct hd_result part = hd_part();

		part.evidence = hd_printf(s->arena, "%s (%s)%s", use->what, use->source,
					  use->is_unknown ? ": it counts as used" : "");
		part.remedy = use->remedy;
		hd_sum_add(&sum, use->is_unknown ? HD_UNKNOWN : HD_FAIL, &part);
	}
	add_inputs(&sum);
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	return s->pci->can_have_others || has_inputs(s->pci) ? HD_PASS : HD_SKIP;
}

const struct hd_check hd_check_other_use_free = {
	.id = "other-use-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "nothing else of the host uses the function",
	.remedy = "find out what the host uses the device for, and end that",
	.doc = "Some users are in the kernel and have no disk, interface or open node: its "
	       "console on a serial port of the function, a cipher of an accelerator, a DMA "
	       "channel (md and async_tx), the current source of random numbers, a socket to "
	       "the machine below (virtio-vsock). The host's last keyboard or pointer may be "
	       "behind a function that is not a USB controller (virtio-input, I2C, a sensor "
	       "hub). Of a memory device of CXL, and of a virtio device of a type that no check "
	       "knows, the use is unknown. The check is skipped where there is none of this. "
	       "Source: /proc/consoles, /proc/crypto, in_use of the DMA channels, "
	       "/sys/class/misc/hw_random, /sys/module and /sys/class/input.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.is_last_look = true,
	.run = is_unused,
};
