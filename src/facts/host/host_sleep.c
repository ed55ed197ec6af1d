/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_sleep.c - can the host be put to sleep, and does systemd ask us before it is? */
#include "config.h"

#include <string.h>

#include "facts/host/host_sleep.h"

#define MASK "/dev/null"

/* Every way to sleep needs the target (systemd.special(7)). */
static const char *const masks[] = { "etc/systemd/system/sleep.target",
				     "run/systemd/system/sleep.target" };

void hd_sleep_read(struct hd_sleep *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *states = NULL, *target = NULL;

	*ret = (struct hd_sleep){ .states = NULL };
	if (hd_sysroot_text(root, arena, &states, HD_SLEEP_STATES) > 0)
		ret->states = states;
	for (size_t i = 0; i < HD_ARRAY_SIZE(masks) && !ret->masked_by; i++)
		if (hd_sysroot_link(root, arena, &target, "%s", masks[i]) >= 0 &&
		    !strcmp(target, MASK))
			ret->masked_by = masks[i];
	/* The link may lead out of a captured tree: it counts, not where it leads. */
	ret->has_unit = hd_sysroot_link(root, arena, &target, HD_SLEEP_UNIT) >= 0;
}
