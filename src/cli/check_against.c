/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_against.c - does the configuration of a scheduler offer what it must not? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/offered_devices.h"
#include "base/text.h"
#include "cli/check_against.h"
#include "cli/listing.h"
#include "cli/node_name.h"
#include "cli/show_report.h"
#include "virt/guest_xml.h"

#define MAX_NAME 200
#define MAX_NODES 3

/* Whatever would be ignored is refused. */
static enum hd_exit refuse_others(const struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *options = run->options;

	if (run->n_args || options->xml)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--against and %s cannot be combined",
				  options->xml ? "--xml" : "an operand");
	if (options->allow.n || options->uri)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--against and %s cannot be combined",
				  options->uri ? "--connect" : "--allow");
	return HD_EXIT_OK;
}

static enum hd_exit read_file(struct hd_configuration *ret, struct hd_run *run, const char *name,
			      struct hd_error *err)
{
	struct hd_guest_xml file;

	if (hd_guest_from_file(&file, run->context.arena, run->options->against, err) < 0)
		return HD_EXIT_HOST;
	if (file.length > HD_CONFIGURATION_MAX)
		return hd_fail_as(HD_EXIT_HOST, err, -EFBIG, "%s: more than %u bytes", name, HD_CONFIGURATION_MAX);
	/* it would offer nothing, and nothing would be wrong with it */
	if (strspn(file.text, " \t\r\n") == file.length)
		return hd_fail_as(HD_EXIT_HOST, err, -EINVAL, "%s is empty: what should write the configuration "
				  "wrote nothing; run it again", name);
	if (hd_configuration_read(ret, run->context.arena, file.text, file.length, err) == 0)
		return HD_EXIT_OK;
	hd_wrap(err, "%s", name);
	return HD_EXIT_HOST;
}

/* How this host is called there, if any entry is for one host alone. */
static enum hd_exit find_node(const char **ret, const struct hd_run *run,
			      const struct hd_configuration *configuration, struct hd_error *err)
{
	*ret = NULL;
	for (size_t i = 0; i < configuration->n; i++)
		if (configuration->entries[i].node)
			return hd_node_name(ret, run,
					    hd_export_format_find(configuration->entries[i].scheduler->name),
					    err);
	return HD_EXIT_OK;
}

struct notes {
	struct hd_arena *arena;
	const char **lines;
	size_t n;
};

/* "pve2, pve3": the other nodes that have entries. */
static const char *other_nodes(struct hd_arena *arena, const struct hd_configuration *configuration,
			       const char *node)
{
	const char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; i < configuration->n; i++) {
		const char *other = configuration->entries[i].node;
		bool is_new = other && strcmp(other, node) != 0;

		for (size_t k = 0; k < i && is_new; k++)
			is_new = !hd_text_is_same(other, configuration->entries[k].node);
		if (is_new && n++ < MAX_NODES)
			text = text ? hd_printf(arena, "%s, %s", text, other) : other;
	}
	return n > MAX_NODES ? hd_printf(arena, "%s and %zu more", text, n - MAX_NODES) : text;
}

/* What the report is not about. */
static void add_notes(struct notes *notes, const struct hd_configuration *configuration,
		      const struct hd_offered *offered, const char *node)
{
	const char *others = node ? other_nodes(notes->arena, configuration, node) : NULL;

	if (!configuration->n)
		hd_push(notes->arena, &notes->lines, &notes->n, "the configuration offers no devices");
	else if (!offered->n_entries)
		hd_push(notes->arena, &notes->lines, &notes->n,
			hd_printf(notes->arena, "the configuration offers no devices of node %s, but of %s; --node "
				  "names another node", node, others));
	else if (others)
		hd_push(notes->arena, &notes->lines, &notes->n,
			hd_printf(notes->arena, "not judged here: entries for %s", others));
	for (size_t i = 0; i < offered->n_entries; i++)
		if (offered->entries[i].entry->chosen_by)
			hd_push(notes->arena, &notes->lines, &notes->n,
				hd_printf(notes->arena, "%s: its devices are not judged: %s",
					  offered->entries[i].subject, offered->entries[i].entry->chosen_by));
}

static enum hd_exit judge_offers(struct hd_run *run, const struct hd_listing *listing,
			  const struct hd_offered_query *query, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct notes notes = { .arena = arena };
	struct hd_facts facts = listing->judgement.facts;
	struct hd_offered offered;
	struct hd_findings findings;
	struct hd_report report = { .title = query->file, .findings = &findings,
				    .show_passed = run->options->verbose };
	enum hd_exit code;

	hd_offered_devices(&offered, arena, query);
	facts.offered = &offered;
	hd_check_run_offered(&findings, arena, &facts);
	add_notes(&notes, query->configuration, &offered, query->node);
	report.notes = notes.lines;
	report.n_notes = notes.n;
	code = hd_show_report(run, &report, err);
	return code == HD_EXIT_OK && !findings.is_ready ? HD_EXIT_REFUSED : code;
}

enum hd_exit hd_check_against(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	const struct hd_chosen chosen = { .want = HD_INVENTORY_ALL, .cost = HD_COSTS_CHECKS };
	const struct hd_offer_rules rules = { .kinds = HD_KINDS_ALL };
	struct hd_arena *arena = run->context.arena;
	const char *against = run->options->against;
	struct hd_configuration configuration;
	struct hd_offered_query query = {
		.root = &run->context.root, .inventory = &listing.inventory,
		.judgement = &listing.judgement, .configuration = &configuration,
		.file = strcmp(against, "-") != 0 ? hd_text_printable(arena, against, MAX_NAME) : "standard input",
	};
	enum hd_exit code = refuse_others(run, err);

	if (code == HD_EXIT_OK)
		code = read_file(&configuration, run, query.file, err);
	if (code == HD_EXIT_OK)
		code = find_node(&query.node, run, &configuration, err);
	if (code == HD_EXIT_OK)
		code = hd_listing_read(&listing, run, 0, &chosen, false, err);
	if (code != HD_EXIT_OK)
		return code;
	query.offers = hd_offers_of(arena, query.root, query.inventory, query.judgement, &rules);
	return judge_offers(run, &listing, &query, err);
}
