/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover_steps.c - which states must be set before the card that the host works with can be taken?
 *
 * Who starts sessions again stops first, then the sessions end, then nobody may have the card
 * open; after that the kernel's own users go: consoles, the firmware's picture, modules.
 * The undo is the list backwards, so modules, driver, picture and consoles are back before
 * the display manager starts.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check/checks.h"
#include "plan/plan_internal.h"

struct hand {
	struct hd_plan *plan;
	struct hd_arena *arena;
	const struct hd_facts *facts;
	const struct hd_handover_knobs *knobs;
	int stage;
	size_t first;		/* step of the stage */
	struct hd_error *err;
};

bool hd_handover_unloads(const struct hd_facts *facts, const struct hd_pci_fn *fn)
{
	const struct hd_handover_facts *ends = &facts->handover;

	return ends->is_needed && ends->stack && ends->loaded.n && fn->driver &&
	       !strcmp(fn->driver, ends->stack->driver);
}

/* What comes next waits for what was added. */
static void end_stage(struct hand *h)
{
	if (h->plan->n > h->first)
		h->stage++;
	h->first = h->plan->n;
}

/* Two cards may be on one console. */
static bool is_there(const struct hand *h, const char *target)
{
	for (size_t i = h->first; i < h->plan->n; i++)
		if (!strcmp(h->plan->steps[i].target, target))
			return true;
	return false;
}

static struct hd_step *add_step(struct hand *h, const struct hd_knob *knob, const char *target,
			   const char *from, const char *to, const char *why)
{
	struct hd_step *step;

	if (strlen(target) >= HD_TARGET_MAX) {
		(void)hd_fail(h->err, -ENAMETOOLONG, "the name %.100s... is too long", target);
		return NULL;
	}
	if (is_there(h, target))
		return NULL;
	step = hd_plan_add(h->plan, h->arena, knob, h->stage, target);
	(void)snprintf(step->from, sizeof(step->from), "%s", from);
	(void)snprintf(step->to, sizeof(step->to), "%s", to);
	step->why = why;
	return step;
}

static bool is_card(const struct hd_pci_facts *pci)
{
	return pci->is_requested && hd_pci_fn_is_display(&pci->fn);
}

static void stop_units(struct hand *h)
{
	const struct hd_handover_facts *ends = &h->facts->handover;

	for (size_t i = 0; i < ends->n_units; i++)
		(void)add_step(h, h->knobs->unit, ends->units[i].name, "active", "inactive",
			  ends->units[i].why);
	end_stage(h);
}

static void end_sessions(struct hand *h)
{
	const struct hd_handover_facts *ends = &h->facts->handover;

	for (size_t i = 0; i < ends->n_sessions; i++)
		(void)add_step(h, h->knobs->session, ends->sessions[i].id, "present", "ended",
			  hd_printf(h->arena, "%s: %s", ends->sessions[i].text,
				    ends->sessions[i].why));
	end_stage(h);
}

/* One that copes when the device goes need not have ended by then. */
static bool has_ended_holder(const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < pci->holders.n; i++)
		if (pci->holders.holders[i].ended_by && !hd_holder_copes(&pci->holders.holders[i]))
			return true;
	return false;
}

/* The guard of the functions: nobody has one open when its driver goes. */
static void wait_for_cards(struct hand *h)
{
	for (size_t i = 0; i < h->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &h->facts->fns[i];

		if (pci->fn.driver_kind == HD_DRIVER_HOST && (is_card(pci) || has_ended_holder(pci)))
			(void)add_step(h, h->knobs->card_idle, pci->fn.name, "in-use", "idle",
				  "nobody may have it open when its driver goes");
	}
	end_stage(h);
}

static void unbind_console(struct hand *h, const char *console, const char *why)
{
	(void)add_step(h, h->knobs->vtconsole, console, "bound", "unbound", why);
}

/*
 * The kernel itself takes the consoles off a framebuffer that ends, and puts them on the next one; but not
 * off one whose module must go first.  What it could not undo is left to it.
 */
static void unbind_consoles(struct hand *h)
{
	for (size_t i = 0; i < h->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &h->facts->fns[i];
		const struct hd_display *display = &pci->display;

		if (!is_card(pci))
			continue;
		for (size_t k = 0; k < display->n_uses; k++)
			if (display->uses[k].kind == HD_USE_CONSOLE && display->uses[k].target &&
			    (!display->consoles_stay_off || hd_handover_unloads(h->facts, &pci->fn)))
				unbind_console(h, display->uses[k].target,
					       "the text consoles are on the card");
		if (display->firmware_console && !display->consoles_stay_off)
			unbind_console(h, display->firmware_console,
				       "the text consoles are on the boot screen in the card's memory");
	}
	end_stage(h);
}

static void unbind_framebuffers(struct hand *h)
{
	for (size_t i = 0; i < h->facts->n_fns; i++) {
		const struct hd_display *display = &h->facts->fns[i].display;

		for (size_t k = 0; is_card(&h->facts->fns[i]) && k < display->n_uses; k++)
			if (display->uses[k].kind == HD_USE_FIRMWARE && display->uses[k].target)
				(void)add_step(h, h->knobs->framebuffer, display->uses[k].target,
					  display->uses[k].by, "-",
					  "the boot screen is in the card's memory");
	}
	end_stage(h);
}

/* Its place makes the undo look at the driver after the modules are back. */
static int note_drivers(struct hand *h)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < h->facts->n_fns; i++) {
		const struct hd_pci_fn *fn = &h->facts->fns[i].fn;
		struct hd_step *step = NULL;

		if (h->facts->fns[i].is_requested && hd_handover_unloads(h->facts, fn))
			step = add_step(h, h->knobs->unloaded_driver, fn->name, "", "",
				   "its driver goes with the modules");
		if (!step)
			continue;
		step->group = fn->group;
		rc = hd_plan_format_state(step->from, fn, false, h->err);
		if (rc == 0)
			rc = hd_plan_format_state(step->to, fn, true, h->err);
	}
	end_stage(h);
	return rc;
}

static void unload_modules(struct hand *h)
{
	const struct hd_handover_facts *ends = &h->facts->handover;

	for (size_t i = 0; i < ends->loaded.n; i++) {
		const char *lost = ends->loaded.by_hand[i], *why = ends->stack->why;

		if (lost)
			why = hd_printf(h->arena, "%s; lost, since it was set by hand: %s", why, lost);
		(void)add_step(h, h->knobs->kernel_module, ends->loaded.modules[i], "loaded", "absent",
			  why);
		end_stage(h);
	}
}

static int refuse_handover(const struct hd_handover_facts *ends, struct hd_error *err)
{
	if (ends->n_obstacles)
		return hd_fail(err, -EBUSY, "%s", ends->obstacles[0].what);
	return hd_fail(err, -EBUSY, "what ends is unknown: %s", ends->unknown);
}

int hd_plan_handover(struct hd_plan *plan, struct hd_arena *arena, const struct hd_facts *facts,
		     const struct hd_handover_knobs *knobs, int *stage, struct hd_error *err)
{
	struct hand h = { plan, arena, facts, knobs, *stage, plan->n, err };
	int rc;

	if (facts->handover.n_obstacles || facts->handover.unknown)
		return refuse_handover(&facts->handover, err);
	if (!knobs)
		return hd_fail(err, -ENOTSUP, "a hand-over is not possible here");
	err->code = 0;
	stop_units(&h);
	end_sessions(&h);
	wait_for_cards(&h);
	unbind_consoles(&h);
	unbind_framebuffers(&h);
	rc = note_drivers(&h);
	if (rc == 0)
		unload_modules(&h);
	*stage = h.stage;
	return rc < 0 ? rc : err->code;
}

void hd_plan_look_at_cards(struct hd_plan *plan, struct hd_arena *arena,
			   const struct hd_handover_knobs *knobs, size_t first, int stage)
{
	size_t end = plan->n;

	for (size_t i = first; i < end; i++) {
		int group = plan->steps[i].group;
		struct hd_step *step = hd_plan_add(plan, arena, knobs->card_answers, stage,
						   hd_strdup(arena, plan->steps[i].target));

		step->group = group;
		(void)snprintf(step->from, sizeof(step->from), "answers");
		(void)snprintf(step->to, sizeof(step->to), "answers");
		step->why = "one that is dead when the guest ends is reset before its driver comes";
	}
}

/* The device that the guest names and gets, or NULL. */
static const struct hd_usb_dev *usb_of(const struct hd_facts *facts, const struct hd_input_dev *input)
{
	for (size_t i = 0; i < facts->n_usbs; i++)
		if (facts->usbs[i].n_matches == 1 &&
		    hd_path_is_below(input->path, facts->usbs[i].matches[0]->path))
			return facts->usbs[i].matches[0];
	return NULL;
}

static bool is_planned(const struct hd_plan *plan, const char *target)
{
	for (size_t i = 0; i < plan->n; i++)
		if (!strcmp(plan->steps[i].target, target))
			return true;
	return false;
}

void hd_plan_look_at_inputs(struct hd_plan *plan, struct hd_arena *arena, const struct hd_facts *facts,
			    const struct hd_handover_knobs *knobs, int stage)
{
	for (size_t i = 0; i < facts->inputs.n; i++) {
		const struct hd_input_dev *input = &facts->inputs.items[i];
		struct hd_step *step;

		/* A longer name than a step has room for is not the kernel's. */
		if (!input->interface || !input->driver || !usb_of(facts, input) ||
		    strlen(input->interface) >= HD_TARGET_MAX || strlen(input->driver) >= HD_STATE_MAX ||
		    is_planned(plan, input->interface))
			continue;
		step = hd_plan_add(plan, arena, knobs->usb_driver, stage, input->interface);
		(void)snprintf(step->from, sizeof(step->from), "%s", input->driver);
		(void)snprintf(step->to, sizeof(step->to), "usbfs");
		step->why = hd_printf(arena, "QEMU takes %s with the card, and it comes back with it",
				      input->name);
	}
}
