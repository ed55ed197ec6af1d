/* SPDX-License-Identifier: GPL-2.0-or-later */
/* composed.c - what can be said of a line by who speaks in it and how it ended? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "explain/composed.h"
#include "explain/errno_name.h"
#include "explain/families.h"

#define NOBODY "somebody whom the line does not name"
#define DRIVER "the driver {driver}"
#define LOOK_DRIVER "journalctl -b -k -g {driver} has its lines before, where the first error counts"
#define LOOK_ANYWHERE "journalctl -b | grep -F with a few of its words shows which program prints it, and the lines " \
	"before it, which have the cause more often than the last one"
#define END_ANYHOW "What it tried did not go as it should"
#define STEP_ANYHOW "see whether it works nevertheless; if not, try the same step by hand, or without the device"

const struct hd_message hd_composed = {
	"general-composed", HD_SPEAKER_TOOL, { NULL },
	"a program says how something ended: '{reason}'. Neither this message nor its kind is known, but who speaks, "
	"or what such an end means",
	LOOK_ANYWHERE "; hostdevctl check shows whether this host itself is ready",
	{ "device-present", "device-alive", "holders-free" }, HD_MESSAGE_GENERAL,
};

/* How the state of what a line names is looked at; of several the first. */
static const struct {
	const char *field, *look;
} things[] = {
	{ "unit", "journalctl -b -u {unit} -n 50 has its first error" },
	{ "path", "ls -lL {path} shows whether it is there, what it is and whose" },
	{ "address", "hostdevctl check {address} says what is wrong with that device on this host" },
	{ "guest", "hostdevctl explain --guest {guest} reads QEMU's last start of it" },
	{ "interface", "ip -d link show {interface} has its state" },
};

/*
 * REASON with a blank between words that are glued: "NotFoundError", "HCS_E_NOT_INSTALLED".  An "x" of
 * a number is in lower case and so stays.
 */
static const char *spelled_out(const char *reason, struct hd_arena *arena)
{
	char *ret = hd_alloc(arena, 2 * strlen(reason) + 1);
	size_t n = 0;

	for (const char *at = reason; *at; at++) {
		if (at > reason && isupper((unsigned char)*at) && islower((unsigned char)at[-1]))
			ret[n++] = ' ';
		ret[n++] = *at == '_' ? ' ' : *at;
	}
	ret[n] = '\0';
	return ret;
}

static const struct hd_component *component_in(const struct hd_component *row, const char *line,
					       struct hd_arena *arena)
{
	const char *words = hd_words_of(line, true, arena);

	for (; row->words; row++)
		if (hd_family_has_words(words, row->words))
			return row;
	return NULL;
}

bool hd_component_is_foreign(const char *line, struct hd_arena *arena)
{
	return component_in(hd_components_foreign, line, arena);
}

static const struct hd_component *component_of(const char *line, struct hd_arena *arena)
{
	const struct hd_component *ret = component_in(hd_components_foreign, line, arena);

	return ret ? ret : component_in(hd_components, line, arena);
}

static const struct hd_outcome *outcome_of(const char *reason, struct hd_arena *arena)
{
	const char *words = spelled_out(hd_words_of(reason, false, arena), arena);
	const char *errno_name = hd_errno_name(reason);

	for (const struct hd_outcome *row = hd_outcomes; row->words; row++)
		if (hd_family_has_words(words, row->words) ||
		    (row->errnos && errno_name && hd_text_has_word(row->errnos, errno_name)))
			return row;
	return NULL;
}

/* Who says it, if no component is known. */
static const struct hd_component *driver_of(const struct hd_fields *fields)
{
	static const struct hd_component driver = { "", DRIVER, LOOK_DRIVER }, nobody = { "", NOBODY, LOOK_ANYWHERE };

	return hd_field_value(fields, "driver") ? &driver : &nobody;
}

const char *hd_thing_look(const struct hd_fields *fields)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(things); i++)
		if (hd_field_value(fields, things[i].field))
			return things[i].look;
	return NULL;
}

const struct hd_message *hd_compose(const char *line, const char *reason, const struct hd_fields *fields,
				    unsigned signs, struct hd_arena *arena)
{
	const struct hd_component *component = component_of(line, arena);
	unsigned known = hd_component_is_foreign(line, arena);
	const struct hd_outcome *outcome = outcome_of(reason, arena);
	const char *thing = hd_thing_look(fields);
	struct hd_message *ret;

	known += (component || thing) + (outcome && outcome[1].words);
	if (known < signs)
		return NULL;
	component = component ? component : driver_of(fields);
	ret = hd_alloc(arena, sizeof(*ret));
	*ret = hd_composed;
	ret->means = hd_printf(arena, "%s says: '{reason}'. %s", component->name,
			       outcome ? outcome->means : END_ANYHOW);
	ret->remedy = hd_printf(arena, "%s; %s%s%s", outcome ? outcome->step : STEP_ANYHOW, thing ? thing : "",
				thing ? "; " : "", component->look);
	return ret;
}
