/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_policy.c - does any text in a guest's <metadata> crash, or pass as half a policy? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "domain/request.h"
#include "tests/fuzz/fuzz.h"

#define HEAD "<domain><metadata>"
#define TAIL "</metadata></domain>"

/* What is stopped later was named by a name that may stop. */
static void handover_holds(const struct hd_handover *handover)
{
	must(handover->n_units <= HD_HANDOVER_MAX_UNITS);
	must(handover->is_asked || (!handover->n_units && !handover->ends_sessions));
	must((handover->units != NULL) == (handover->n_units > 0));
	for (size_t i = 0; i < handover->n_units; i++)
		must(!hd_policy_unit_error(handover->units[i]));
}

static void policy_holds(const struct hd_policy *policy)
{
	for (size_t i = 0; i < policy->n_pins; i++) {
		const struct hd_pin *pin = &policy->pins[i];

		must(hd_policy_pin(policy, &pin->addr) == pin);
		must(pin->vendor >= -1 && pin->vendor <= 0xffff);
	}
	for (size_t i = 0; i < policy->n_allows; i++)
		must(policy->allows[i].check[0] && policy->allows[i].subject[0]);
	handover_holds(&policy->handover);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_request request = { 0 };
	size_t length = sizeof(HEAD) - 1 + size + sizeof(TAIL) - 1;
	char *xml = hd_alloc(&arena, length);

	memcpy(xml, HEAD, sizeof(HEAD) - 1);
	memcpy(xml + sizeof(HEAD) - 1, data, size);
	memcpy(xml + length - (sizeof(TAIL) - 1), TAIL, sizeof(TAIL) - 1);
	if (hd_request_parse(&request, &arena, xml, length, &err) == 0)
		policy_holds(&request.policy);
	else
		must(err.text[0] != '\0' && !request.policy.n_pins);
	hd_arena_done(&arena);
	return 0;
}
