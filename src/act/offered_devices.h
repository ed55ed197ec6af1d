/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offered_devices.h - what does the configuration of a scheduler select on this host? */
#pragma once

#include "act/offers.h"
#include "scheduler/configuration.h"
#include "scheduler/offered.h"

struct hd_offered_query {
	const struct hd_sysroot *root;
	const struct hd_inventory *inventory;		/* all devices of the host */
	const struct hd_device_verdicts *judgement;	/* of the same, in the same order */
	const struct hd_offer *offers;			/* hd_offers_of() of all kinds, likewise */
	const struct hd_configuration *configuration;
	const char *file;	/* how it is called in messages */
	const char *node;	/* how this host is called in the cluster; NULL: unknown */
};

/*
 * Facts for hd_check_run_offered(), owned by ARENA.  Entries for other nodes are left out, and devices that
 * somebody else chooses (hd_entry.chosen_by).
 */
void hd_offered_devices(struct hd_offered *ret, struct hd_arena *arena, const struct hd_offered_query *query)
	_nonnull_(1, 2, 3);
