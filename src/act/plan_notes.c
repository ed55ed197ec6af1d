/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_notes.c - why a requested function needs no step of a plan. */
#include "config.h"

#include <string.h>

#include "act/plan_notes.h"

void hd_notes_add(struct hd_notes *notes, struct hd_arena *arena, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	*(const char **)hd_append(arena, &notes->lines, &notes->n, sizeof(*notes->lines)) =
		hd_vprintf(arena, fmt, args);
	va_end(args);
}

/* A hand-over has steps of a function that leave it where it is. */
bool hd_plan_moves(const struct hd_plan *plan, const char *target)
{
	for (size_t i = 0; i < plan->n; i++)
		if (!strcmp(plan->steps[i].target, target) &&
		    (!strcmp(plan->steps[i].knob->name, HD_KNOB_PCI_DRIVER) ||
		     !strcmp(plan->steps[i].knob->name, HD_KNOB_MANAGED)))
			return true;
	return false;
}

static const char *reason(const struct hd_checked *judged, const struct hd_pci_facts *facts)
{
	const struct hd_hostdev *dev = hd_request_pci(&judged->request, &facts->fn.addr);

	if (facts->fn.driver_kind == HD_DRIVER_VFIO)
		return "is not changed: it is already on";
	if (dev && dev->managed)
		return "is left to libvirt (managed='yes'); it is on";
	return "is not changed; it is on";
}

void hd_notes_unmoved(struct hd_notes *notes, struct hd_arena *arena,
		      const struct hd_checked *judged, const struct hd_plan *plan)
{
	for (size_t i = 0; i < judged->facts.n_fns; i++) {
		const struct hd_pci_facts *facts = &judged->facts.fns[i];

		if (!facts->is_requested || !facts->fn.is_present ||
		    hd_plan_moves(plan, facts->fn.name))
			continue;
		hd_notes_add(notes, arena, "%s %s %s", facts->fn.name, reason(judged, facts),
			     facts->fn.driver ? facts->fn.driver : "no driver");
	}
}
