/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usb_loss.c - what would be lost with a USB device, or with all that hangs on a
 * controller?
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/remedy.h"
#include "check/usb_loss.h"

static bool is_worse(const struct hd_sum *sum, enum hd_verdict verdict,
		     enum hd_severity severity)
{
	if (sum->verdict == HD_PASS || severity > sum->severity)
		return true;
	return severity == sum->severity && verdict == HD_FAIL;
}

/* What sleeps does so only if all of it does. */
static enum hd_use worse_use(enum hd_use a, enum hd_use b)
{
	enum hd_use more = a > b ? a : b;

	return a == b || more != HD_USE_SLEEPS ? more : HD_USE_ACTIVE;
}

void hd_sum_add(struct hd_sum *sum, enum hd_verdict verdict, const struct hd_result *part)
{
	struct hd_arena *arena = sum->subject->arena;

	if (verdict != HD_FAIL && verdict != HD_UNKNOWN)
		return;
	sum->ret->use = sum->verdict == HD_PASS ? part->use : worse_use(sum->ret->use, part->use);
	if (is_worse(sum, verdict, part->severity)) {
		sum->verdict = verdict;
		sum->severity = part->severity;
	}
	if (part->evidence)
		hd_join(arena, &sum->ret->evidence, "%s", part->evidence);
	hd_join_once(arena, &sum->remedies, part->remedy);
	if (!sum->ret->never)
		sum->ret->never = part->never;
}

enum hd_verdict hd_sum_end(struct hd_sum *sum)
{
	if (sum->remedies)
		sum->ret->remedy = sum->remedies;
	if (sum->verdict != HD_PASS)
		sum->ret->severity = sum->severity;
	return sum->verdict;
}

const struct hd_pci_facts *hd_function_that_goes(const struct hd_subject *s, const char *path)
{
	const struct hd_facts *facts = s->facts;

	for (size_t i = 0; i < facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &facts->fns[i];

		if (pci->fn.path && hd_path_is_below(path, pci->fn.path) &&
		    (pci->is_requested || hd_companion_goes(s->request, pci)))
			return pci;
	}
	return NULL;
}

const struct hd_usb_facts *hd_usb_that_goes(const struct hd_subject *s, const char *path)
{
	for (size_t i = 0; i < s->facts->n_usbs; i++)
		if (s->facts->usbs[i].n_matches == 1 &&
		    hd_path_is_below(path, s->facts->usbs[i].matches[0]->path))
			return &s->facts->usbs[i];
	return NULL;
}

/* Will what is at PATH be gone from the host when the request is served? */
static bool goes(const struct hd_subject *s, const char *path)
{
	return hd_function_that_goes(s, path) || hd_usb_that_goes(s, path);
}

static bool is_one(const struct hd_input_dev *input, bool pointer)
{
	return pointer ? input->is_pointer : input->is_keyboard;
}

static bool stays_another(const struct hd_subject *s, bool pointer, const char *path)
{
	const struct hd_input_list *inputs = &s->facts->inputs;

	for (size_t i = 0; i < inputs->n; i++)
		if (is_one(&inputs->items[i], pointer) &&
		    !hd_path_is_below(inputs->items[i].path, path) &&
		    !goes(s, inputs->items[i].path))
			return true;
	return false;
}

static const char *give_up(const struct hd_subject *s, const struct hd_input_dev *input)
{
	if (!input->interface || !input->driver)
		return NULL;
	return hd_printf(s->arena, HD_COMMAND("echo %s > /sys/bus/usb/drivers/%s/unbind"),
			 input->interface, input->driver);
}

static void tell_inputs(const struct hd_subject *s, bool pointer, const char *path,
			struct hd_result *ret, const char **commands)
{
	const struct hd_input_list *inputs = &s->facts->inputs;
	const char *names = NULL;

	for (size_t i = 0; i < inputs->n; i++) {
		const struct hd_input_dev *input = &inputs->items[i];

		if (!is_one(input, pointer) || !hd_path_is_below(input->path, path))
			continue;
		hd_join_once(s->arena, &names,
			     hd_printf(s->arena, "%s (%s)",
				       input->interface ? input->interface : input->event,
				       input->name));
		hd_join_once(s->arena, commands, give_up(s, input));
	}
	if (names)
		hd_join(s->arena, &ret->evidence, "%s is the host's last %s "
			"(sys/class/input)", names, pointer ? "pointer" : "keyboard");
}

static void advise_inputs(const struct hd_subject *s, struct hd_result *ret, const char *commands)
{
	ret->remedy = "connect another one";
	if (s->request->policy.handover.is_asked && s->request->name)
		hd_advise(s, ret, "%s; or give the guest the graphics card first, with which it goes in the "
			  "hand-over: see " HD_COMMAND("hostdevctl list gpu"), ret->remedy);
	if (commands)
		hd_advise(s, ret, "%s; or, if this host is managed over the network, do without: %s",
			  ret->remedy, commands);
}

enum hd_verdict hd_judge_inputs(const struct hd_subject *s, const char *path,
				struct hd_result *ret)
{
	const char *commands = NULL;

	ret->evidence = NULL;
	for (int pointer = 0; pointer < 2; pointer++)
		if (!stays_another(s, pointer, path))
			tell_inputs(s, pointer, path, ret, &commands);
	if (!ret->evidence)
		return HD_PASS;
	if (s->facts->card_is_away) {
		/* No journal has it, so nobody looks for its driver (knob/usb_driver.c). */
		ret->severity = HD_NOTE;
		ret->remedy = "nothing to do: it comes back when the guest loses it or stops; if QEMU is "
			      "killed, unplug it and plug it in again";
		return HD_FAIL;
	}
	if (s->facts->handover.is_needed) {
		ret->severity = HD_NOTE;
		ret->remedy = "nothing to do: it goes with the card in the hand-over, and comes back with it";
		return HD_FAIL;
	}
	advise_inputs(s, ret, commands);
	return HD_FAIL;
}

static bool is_same_scsi(const struct hd_subject *s, const struct hd_hostdev *own)
{
	return s->scsi && hd_scsi_addr_is_same(&own->scsi, &s->hostdev->scsi);
}

static bool is_same(const struct hd_subject *s, const struct hd_hostdev *own)
{
	if (own->kind == HD_DEVICE_USB && s->usb)
		return s->usb->n_matches == 1 && hd_usb_is_named(s->usb->matches[0], own);
	if (own->kind == HD_DEVICE_SERIAL && s->serial && s->hostdev->path)
		return !strcmp(own->path, s->hostdev->path);
	if (own->kind == HD_DEVICE_SCSI)
		return is_same_scsi(s, own);
	return own->kind == HD_DEVICE_MDEV && s->mdev &&
	       !strcmp(own->mdev_uuid, s->hostdev->mdev_uuid);
}

bool hd_is_own_device(const struct hd_subject *s)
{
	const struct hd_guests *guests = &s->facts->guests;

	for (size_t i = 0; i < guests->n_own_devices; i++)
		if (is_same(s, &guests->own_devices[i].dev))
			return true;
	return false;
}

const char *hd_end_guest(struct hd_arena *arena, const char *name, const char *uuid)
{
	const char *word = hd_guest_word(arena, name, uuid);

	return hd_printf(arena, HD_COMMAND("virsh shutdown %s") ", or if it does not react, "
			 HD_COMMAND("virsh destroy %s"), word, word);
}

enum hd_verdict hd_tell_guest(const struct hd_subject *s, struct hd_result *ret,
			      const struct hd_guest_device *guest, const char *what)
{
	ret->remedy = hd_end_guest(s->arena, guest->guest, guest->uuid);
	return hd_tell(s, ret, HD_FAIL,
		       "run/libvirt/qemu/%s.xml: the running guest \"%s\" has %s",
		       guest->guest, guest->guest, what);
}

enum hd_verdict hd_judge_usb_guests(const struct hd_subject *s, const char *path,
				    struct hd_result *ret)
{
	const struct hd_guests *guests = &s->facts->guests;
	const struct hd_usb_list *usb = &s->facts->usb;

	for (size_t i = 0; i < guests->n_devices; i++) {
		if (guests->devices[i].dev.kind != HD_DEVICE_USB)
			continue;
		for (size_t k = 0; k < usb->n; k++)
			if (hd_path_is_below(usb->devs[k].path, path) &&
			    hd_usb_is_named(&usb->devs[k], &guests->devices[i].dev))
				return hd_tell_guest(s, ret, &guests->devices[i],
						     hd_printf(s->arena, "USB device %s",
							       usb->devs[k].port));
	}
	return HD_PASS;
}

enum hd_verdict hd_judge_console(const struct hd_subject *subject, const struct hd_console *console,
				 struct hd_result *ret)
{
	ret->remedy = hd_remedy_stop_console(subject->arena, &subject->facts->host, console);
	return hd_tell(subject, ret, HD_FAIL, "%s: the kernel writes its messages to %s", console->source,
		       console->tty);
}
