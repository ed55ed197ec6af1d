/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_ends.h - what ends for a card's hand-over, for whom, and what stands against it. */
#pragma once

#include <jansson.h>
#include <stdio.h>

#include "facts/facts.h"

/* For people; nothing if FACTS know of no hand-over that is needed. */
void hd_put_handover_ends(FILE *out, const struct hd_facts *facts) _nonnull_(1, 2);

/*
 * An object with "sessions", "units", "programs", "modules" and "obstacles". New reference, or
 * NULL.
 */
json_t *hd_json_handover_ends(const struct hd_facts *facts) _nonnull_(1) _must_check_;
