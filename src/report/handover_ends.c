/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_ends.c - what ends for a card's hand-over, for whom, and what stands against it. */
#include "config.h"

#include <string.h>

#include "report/handover_ends.h"
#include "report/plan_words.h"
#include "report/report_json.h"

/* Where the walk over the holders of all functions is. */
struct walk {
	size_t fn, at;
};

/* logind, and process 1 for it, have the card open for a session: they only let go of it. */
static bool is_program(const struct hd_holder *holder)
{
	return holder->ended_by && !holder->session;
}

static const struct hd_holder *next_holder(const struct hd_facts *facts, struct walk *walk)
{
	for (; walk->fn < facts->n_fns; walk->fn++, walk->at = 0) {
		const struct hd_holders *holders = &facts->fns[walk->fn].holders;

		while (walk->at < holders->n)
			if (is_program(&holders->holders[walk->at++]))
				return &holders->holders[walk->at - 1];
	}
	return NULL;
}

static bool is_seen_before(const struct hd_facts *facts, const struct hd_holder *holder)
{
	struct walk walk = { 0, 0 };
	const struct hd_holder *other;

	while ((other = next_holder(facts, &walk)) && other != holder)
		if (other->pid == holder->pid)
			return true;
	return false;
}

/* The next program that ends, each once for all its nodes; or NULL. */
static const struct hd_holder *next_program(const struct hd_facts *facts, struct walk *walk)
{
	const struct hd_holder *holder;

	while ((holder = next_holder(facts, walk)) && is_seen_before(facts, holder))
		;
	return holder;
}

static void put_line(FILE *out, const char *name, const char *why)
{
	(void)fputs("  ", out);
	hd_put_text(out, name, NULL);
	if (why) {
		(void)fputs(": ", out);
		hd_put_text(out, why, "    ");
	}
	(void)fputc('\n', out);
}

static void put_sessions(FILE *out, const struct hd_facts *facts)
{
	const struct hd_handover_facts *handover = &facts->handover;

	if (handover->n_sessions)
		(void)fputs("ends, with all programs in it and their unsaved work:\n", out);
	for (size_t i = 0; i < handover->n_sessions; i++)
		put_line(out, handover->sessions[i].text, handover->sessions[i].why);
}

static void put_programs(FILE *out, const struct hd_facts *facts)
{
	const char *before = "programs that have the card open and end, too:\n  ";
	const struct hd_holder *holder;
	struct walk walk = { 0, 0 };

	while ((holder = next_program(facts, &walk))) {
		(void)fputs(before, out);
		hd_put_text(out, holder->command, NULL);
		(void)fprintf(out, " (pid %ld)", (long)holder->pid);
		before = ", ";
	}
	if (*before == ',')
		(void)fputc('\n', out);
}

static void put_units(FILE *out, const struct hd_facts *facts)
{
	const struct hd_handover_facts *handover = &facts->handover;

	if (handover->n_units)
		(void)fputs("stops, and starts again when the card is back:\n", out);
	for (size_t i = 0; i < handover->n_units; i++)
		put_line(out, handover->units[i].name, handover->units[i].why);
}

static void put_modules(FILE *out, const struct hd_facts *facts)
{
	const struct hd_handover_facts *handover = &facts->handover;

	if (!handover->loaded.n)
		return;
	(void)fputs("unloads, and loads again:\n ", out);
	for (size_t i = 0; i < handover->loaded.n; i++) {
		(void)fputc(' ', out);
		hd_put_text(out, handover->loaded.modules[i], NULL);
	}
	(void)fputc('\n', out);
}

static void put_obstacles(FILE *out, const struct hd_facts *facts)
{
	const struct hd_handover_facts *handover = &facts->handover;

	if (handover->n_obstacles || handover->unknown)
		(void)fputs("cannot hand over the card now:\n", out);
	for (size_t i = 0; i < handover->n_obstacles; i++) {
		put_line(out, handover->obstacles[i].what, NULL);
		if (handover->obstacles[i].remedy)
			put_line(out, "  remedy", handover->obstacles[i].remedy);
	}
	if (handover->unknown)
		put_line(out, "unknown, which counts as used", handover->unknown);
}

void hd_put_handover_ends(FILE *out, const struct hd_facts *facts)
{
	static void (*const parts[])(FILE *out, const struct hd_facts *facts) = {
		put_sessions, put_programs, put_units, put_modules, put_obstacles,
	};

	if (!facts->handover.is_asked || !facts->handover.is_needed)
		return;
	(void)fputc('\n', out);
	for (size_t i = 0; i < HD_ARRAY_SIZE(parts); i++)
		parts[i](out, facts);
}

/* One member per item, each an object of two texts. */
static int add_pair(json_t *array, const char *key, const char *value, const char *other_key,
		    const char *other)
{
	return json_array_append_new(array, json_pack("{s:o, s:o}", key, hd_json_text(value),
						      other_key, hd_json_text(other)));
}

static json_t *program_array(const struct hd_facts *facts, int *bad)
{
	const struct hd_holder *holder;
	struct walk walk = { 0, 0 };
	json_t *array = json_array();

	while ((holder = next_program(facts, &walk)))
		*bad |= json_array_append_new(array, json_pack("{s:I, s:o, s:o}",
					      "pid", (json_int_t)holder->pid,
					      "command", hd_json_text(holder->command),
					      "ended_by", hd_json_text(holder->ended_by)));
	return array;
}

json_t *hd_json_handover_ends(const struct hd_facts *facts)
{
	const struct hd_handover_facts *handover = &facts->handover;
	json_t *sessions = json_array(), *units = json_array(), *obstacles = json_array();
	json_t *object = NULL;
	int bad = 0;

	for (size_t i = 0; i < handover->n_sessions; i++)
		bad |= add_pair(sessions, "session", handover->sessions[i].text, "why",
				handover->sessions[i].why);
	for (size_t i = 0; i < handover->n_units; i++)
		bad |= add_pair(units, "unit", handover->units[i].name, "why", handover->units[i].why);
	for (size_t i = 0; i < handover->n_obstacles; i++)
		bad |= add_pair(obstacles, "what", handover->obstacles[i].what, "remedy",
				handover->obstacles[i].remedy);
	object = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "sessions", sessions, "units", units,
			   "programs", program_array(facts, &bad), "modules",
			   hd_json_texts(handover->loaded.modules, handover->loaded.n),
			   "obstacles", obstacles, "unknown", hd_json_text(handover->unknown));
	if (bad)
		hd_json_free(&object);
	return object;
}
