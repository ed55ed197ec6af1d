/* SPDX-License-Identifier: GPL-2.0-or-later */
/* attach_missing.c - which devices does a guest not have yet? */
#include "config.h"

#include <string.h>

#include "cli/attach_missing.h"
#include "cli/operands.h"

static bool has(const struct hd_attach_side *side, const struct hd_hostdev *dev)
{
	for (size_t i = 0; i < side->n_has; i++)
		if (hd_hostdev_is_same(&side->has[i].dev, dev))
			return true;
	return false;
}

static bool has_all(const struct hd_attach_side *side, const struct hd_picked *wanted, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!has(side, &wanted[i].dev))
			return false;
	return n > 0;
}

/* Has the guest all that the device would be: every function of a card? */
static enum hd_exit find_there(bool *ret, struct hd_run *run, const struct hd_attach_side *side,
			       const struct hd_device_ref *ref, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_elements list = { 0 };
	struct hd_picked *wanted;
	const char *xml;
	size_t n;
	enum hd_exit code = hd_elements_from_refs(&list, run, ref, 1, err);

	if (code == HD_EXIT_OK)
		code = hd_elements_text(&xml, run, &list, err);
	if (code != HD_EXIT_OK)
		return code;
	xml = hd_printf(arena, "<domain><devices>%s</devices></domain>", xml);
	if (hd_pick_devices(&wanted, &n, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	*ret = has_all(side, wanted, n);
	return HD_EXIT_OK;
}

enum hd_exit hd_attach_missing(struct hd_device_ref **ret, int *ret_n, struct hd_run *run,
			       const struct hd_attach_side *side, const struct hd_device_ref *refs,
			       int n, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_device_ref *missing = hd_alloc(arena, ((size_t)n + 1) * sizeof(*missing));
	int n_missing = 0;

	for (int i = 0; i < n; i++) {
		bool is_there = false;
		enum hd_exit code = find_there(&is_there, run, side, &refs[i], err);

		if (code != HD_EXIT_OK)
			return code;
		if (!is_there)
			missing[n_missing++] = refs[i];
		else
			hd_notes_add(side->notes, arena, "guest '%s' already has %s in %s",
				     side->guest, refs[i].name, side->where);
	}
	*ret = missing;
	*ret_n = n_missing;
	return HD_EXIT_OK;
}
