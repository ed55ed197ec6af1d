/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_explain.c - what does a check, or a message of the kernel, QEMU or libvirt, mean here? */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "act/request_devices.h"
#include "base/text.h"
#include "cli/options.h"
#include "facts/host/kernel_log.h"
#include "facts/libvirt/start_log.h"
#include "report/explain.h"
#include "report/table.h"
#include "virt/guest_xml.h"

#define NAME_SHOWN 128
#define NEAREST_MAX 3
#define DEVICES_MAX 16		/* distinct devices that one text may name */
#define GROUP_DIR "sys/kernel/iommu_groups/%s/devices"

enum { ID, OF, TEXT, N_COLUMNS };

static const struct hd_column columns[N_COLUMNS] = {
	[ID] = { .title = "ID", .key = "id" },
	[OF] = { .title = "OF", .key = "of" },
	[TEXT] = { .title = "TEXT", .key = "text", .may_cut = true },
};

static const struct hd_option *const options[] = {
	&hd_opt_file, &hd_opt_last_start, &hd_opt_journal, &hd_opt_sysroot, &hd_opt_host,
	&hd_opt_json, &hd_opt_help, NULL,
};

static enum hd_exit finish_report(struct hd_run *run, int rc, struct hd_error *err)
{
	run->is_reported = true;
	if (rc == 0)
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_HOST, err, rc, "cannot write the explanation");
}

static enum hd_exit show_report(struct hd_run *run, const struct hd_explain_report *report,
				struct hd_error *err)
{
	int rc = 0;

	if (run->options->json)
		rc = hd_explain_report_json(run->out, report);
	else
		hd_explain_report_text(run->out, report, run->colour);
	return finish_report(run, rc, err);
}

/* All ids that have a page. */
static enum hd_exit list_ids(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_table table = { .key = "ids", .columns = columns, .n_columns = N_COLUMNS };
	const struct hd_message *message;
	const char **row;

	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		row = hd_table_row(&table, arena);
		row[ID] = (*check)->id;
		row[OF] = "check";
		row[TEXT] = (*check)->title;
	}
	for (size_t at = 0; (message = hd_message_next(&at));) {
		row = hd_table_row(&table, arena);
		row[ID] = message->id;
		row[OF] = hd_speaker_name(message->speaker);
		row[TEXT] = message->patterns[0];
	}
	return finish_report(run, run->options->json ? hd_table_json(run->out, &table) :
			     hd_table_text(run->out, &table), err);
}

static const char *append_text(struct hd_context *context, const char *text, const char *more)
{
	return *text ? hd_printf(context->arena, "%s\n%s", text, more) : more;
}

/* A file, or standard input for "-"; NUL bytes become "?". */
static enum hd_exit add_file(struct hd_context *context, const char **text, const char *path,
			     struct hd_error *err)
{
	struct hd_guest_xml file;
	char *copy;

	if (hd_guest_from_file(&file, context->arena, path, err) < 0)
		return HD_EXIT_HOST;
	copy = hd_alloc(context->arena, file.length + 1);
	for (size_t i = 0; i < file.length; i++)
		copy[i] = file.text[i] ? file.text[i] : '?';
	*text = append_text(context, *text, copy);
	return HD_EXIT_OK;
}

static enum hd_exit add_operands(struct hd_run *run, const char **text, struct hd_error *err)
{
	char *words = NULL;
	size_t n = 0;

	if (run->n_args == 1 && !strcmp(run->args[0], "-"))
		return add_file(&run->context, text, "-", err);
	for (int i = 0; i < run->n_args; i++) {
		hd_append_text(run->context.arena, &words, &n, " ", i > 0);
		hd_append_text(run->context.arena, &words, &n, run->args[i], strlen(run->args[i]));
	}
	*text = append_text(&run->context, *text, words ? words : "");
	return HD_EXIT_OK;
}

static enum hd_exit add_guest(struct hd_run *run, const char **text, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *guest = run->options->guest, *shown;
	struct hd_start_log log;
	int rc = hd_start_log_read(&log, &run->context.root, arena, guest, err);

	if (rc < 0)
		return rc == -EINVAL ? HD_EXIT_USAGE : HD_EXIT_HOST;
	shown = hd_text_printable(arena, guest, NAME_SHOWN);
	if (rc == 0)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENODATA,
				  "the log of guest '%s' has no failed start", shown);
	(void)fprintf(run->notes, "guest '%s', started %s: %s%s\n", shown, log.when, log.reason,
		      log.is_newest ? "" : "; another start was tried since");
	*text = append_text(&run->context, *text, log.text);
	return HD_EXIT_OK;
}

static enum hd_exit add_journal(struct hd_context *context, const char **text, struct hd_error *err)
{
	const char *log;

	if (hd_kernel_log_read(&log, &context->root, context->arena, err) < 0)
		return HD_EXIT_HOST;
	*text = append_text(context, *text, log);
	return HD_EXIT_OK;
}

static enum hd_exit read_text(struct hd_run *run, const char **ret, struct hd_error *err)
{
	const struct hd_options *given = run->options;
	enum hd_exit code = add_operands(run, ret, err);

	if (code == HD_EXIT_OK && given->file)
		code = add_file(&run->context, ret, given->file, err);
	if (code == HD_EXIT_OK && given->guest)
		code = add_guest(run, ret, err);
	if (code == HD_EXIT_OK && given->journal)
		code = add_journal(&run->context, ret, err);
	return code;
}

/* A word like "vfio-module" is meant as an id. */
static bool is_like_id(const char *word)
{
	return strchr(word, '-') && !word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] &&
	       *word != '-';
}

static enum hd_exit nothing_known(struct hd_run *run, const char *text,
				  const struct hd_explanation *found, struct hd_error *err)
{
	const char *nearest[NEAREST_MAX];
	const struct hd_explain_report report = {
		.arena = run->context.arena,
		.unknown = found->unknown,
		.n_unknown = found->n_unknown,
		.n_more = found->n_more,
		.nearest = nearest,
		.n_nearest = hd_explain_nearest(text, nearest, NEAREST_MAX),
	};
	enum hd_exit code;

	if (is_like_id(text))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%.64s' is not a check or "
				  "message; did you mean %s? 'hostdevctl explain' lists all",
				  text, hd_check_nearest(text));
	code = show_report(run, &report, err);
	return code == HD_EXIT_OK ? HD_EXIT_REFUSED : code;
}

struct names {
	const char *items[DEVICES_MAX];
	size_t n;
};

struct judged {
	const char *key;	/* the names, joined; "" is the host */
	const char *subject, *problem;
	struct hd_findings findings;
};

struct judges {
	struct judged items[DEVICES_MAX];
	size_t n;
};

static void add_name(struct names *names, const char *name)
{
	if (name && *name && names->n < DEVICES_MAX)
		names->items[names->n++] = name;
}

/* "46d" and "c52b", as libvirt writes them, are usb:046d:c52b. */
static const char *usb_name(const struct hd_fields *fields, struct hd_arena *arena)
{
	const char *vendor = hd_field_value(fields, "vendor");
	const char *product = hd_field_value(fields, "product");
	const char *bus = hd_field_value(fields, "bus");
	const char *device = hd_field_value(fields, "device");

	if (vendor && product)
		return hd_printf(arena, "usb:%04lx:%04lx", strtoul(vendor, NULL, 16),
				 strtoul(product, NULL, 16));
	return bus && device ? hd_printf(arena, "usb:%s.%s", bus, device) : NULL;
}

static bool is_bridge(const struct hd_context *context, const char *addr)
{
	const char *class;

	return hd_sysroot_text(&context->root, context->arena, &class, "sys/bus/pci/devices/%s/class",
			       addr) >= 0 && hd_text_starts_with(class, "0x0604");
}

/* One of the group: with all of them asked for, it would be viable by itself. */
static void add_group_member(struct names *names, const struct hd_context *context, const char *group)
{
	const char *const *members;
	ssize_t n;

	if (!group || !*group || strspn(group, "0123456789") != strlen(group))
		return;
	n = hd_sysroot_names(&context->root, context->arena, &members, GROUP_DIR, group);
	for (ssize_t i = 0; i < n && !names->n; i++)
		if (!is_bridge(context, members[i]))
			add_name(names, members[i]);
}

/* The devices that the message is about: the field that says most. */
static struct names names_of(const struct hd_fields *fields, const struct hd_context *context)
{
	static const char *const direct[] = { "address", "uuid", "parent" };
	struct names names = { .n = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(direct) && !names.n; i++)
		add_name(&names, hd_field_value(fields, direct[i]));
	if (!names.n)
		add_name(&names, usb_name(fields, context->arena));
	if (!names.n)
		add_group_member(&names, context, hd_field_value(fields, "group"));
	return names;
}

static const char *resolve_all(const struct names *names, struct hd_context *context,
			       struct hd_device_ref **refs, size_t *n)
{
	for (size_t i = 0; i < names->n; i++) {
		struct hd_device_ref ref;
		struct hd_error err = { 0 };

		if (hd_resolve(&ref, &context->root, context->arena, names->items[i], &err) < 0)
			return hd_strdup(context->arena, err.text);
		hd_push(context->arena, refs, n, ref);
	}
	return NULL;
}

static void judge_devices(struct judged *ret, struct hd_context *context, const struct names *names)
{
	_cleanup_(hd_checked_close) struct hd_checked judged = { 0 };
	struct hd_device_ref *refs = NULL;
	struct hd_error err = { 0 };
	size_t n = 0;

	ret->problem = resolve_all(names, context, &refs, &n);
	hd_checked_from_devices(&judged, context->arena, refs, ret->problem ? 0 : n);
	ret->subject = judged.title;
	if (hd_checked_run(&judged, context, &err) != HD_EXIT_OK)
		ret->problem = hd_strdup(context->arena, err.text);
	else
		ret->findings = judged.findings;
}

/* One look for each device, however often the text names it. NULL: too many. */
static const struct judged *judged_of(struct judges *judges, struct hd_context *context,
				      const struct names *names)
{
	const char *key = "";

	for (size_t i = 0; i < names->n; i++)
		key = hd_printf(context->arena, "%s %s", key, names->items[i]);
	for (size_t i = 0; i < judges->n; i++)
		if (!strcmp(judges->items[i].key, key))
			return &judges->items[i];
	if (judges->n >= DEVICES_MAX)
		return NULL;
	judges->items[judges->n].key = key;
	judge_devices(&judges->items[judges->n], context, names);
	return &judges->items[judges->n++];
}

static bool is_named(const struct hd_explained *what, const char *id)
{
	const char *named = hd_field_value(&what->fields, "check");

	for (size_t i = 0; i < HD_MESSAGE_CHECKS && what->message->checks[i]; i++)
		if (!strcmp(what->message->checks[i], id))
			return true;
	return named && !strcmp(named, id);
}

static void take_findings(struct hd_message_state *ret, struct hd_arena *arena,
			  const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];
		bool is_gone = f->verdict != HD_PASS && !strcmp(f->check->id, "device-present");

		if (is_gone || is_named(ret->what, f->check->id))
			hd_push(arena, &ret->now.items, &ret->now.n, *f);
	}
}

/* Without a device its checks cannot be run. */
static void take_left(struct hd_message_state *ret, struct hd_arena *arena)
{
	const char *const *ids = ret->what->message->checks;

	for (size_t i = 0; i < HD_MESSAGE_CHECKS && ids[i]; i++) {
		const struct hd_check *check = hd_check_find(ids[i]);

		if (check && check->scope != HD_SCOPE_HOST)
			*(const char **)hd_append(arena, &ret->left, &ret->n_left,
						  sizeof(*ids)) = ids[i];
	}
}

/* All that ran pass, and they cover the message. */
static bool is_gone(const struct hd_message_state *state)
{
	const struct hd_message *message = state->what->message;
	const char *first = message->checks[0];
	bool has_first = false;

	if (!first)
		first = hd_field_value(&state->what->fields, "check");
	for (size_t i = 0; i < state->now.n; i++) {
		if (state->now.items[i].verdict != HD_PASS)
			return false;
		has_first |= hd_text_is_same(state->now.items[i].check->id, first);
	}
	return has_first && message->kind == HD_MESSAGE_STATE && !state->n_left && !state->problem;
}

static void add_group(struct hd_fields *fields, const struct hd_context *context)
{
	const char *address = hd_field_value(fields, "address"), *group;
	size_t length = address ? hd_pattern_address(address) : 0;

	if (length && !address[length] && !hd_field_value(fields, "group") &&
	    hd_sysroot_link_base(&context->root, context->arena, &group,
				 "sys/bus/pci/devices/%s/iommu_group", address) >= 0)
		(void)hd_field_add(fields, "group", group);
}

/* What the texts of the row ask for and the host knows: a device of the group, its group. */
static void complete_fields(struct hd_fields *fields, const struct hd_context *context)
{
	if (!hd_field_value(fields, "address")) {
		struct names member = { .n = 0 };

		add_group_member(&member, context, hd_field_value(fields, "group"));
		if (member.n)
			(void)hd_field_add(fields, "address", member.items[0]);
	}
	add_group(fields, context);
}

static void fill_one(struct hd_message_state *ret, struct hd_context *context, struct judges *judges)
{
	const struct names names = names_of(&ret->what->fields, context);
	const struct judged *judged;

	if (!ret->what->message->checks[0] && !hd_field_value(&ret->what->fields, "check"))
		return;
	judged = judged_of(judges, context, &names);
	if (!judged) {
		ret->problem = "not examined: the text names too many devices";
		return;
	}
	ret->subject = judged->subject;
	ret->problem = judged->problem;
	take_findings(ret, context->arena, &judged->findings);
	if (!names.n || judged->problem)
		take_left(ret, context->arena);
	ret->is_gone = is_gone(ret);
}

/*
 * Runs the checks that the messages name, for the device that each names.  A device that does
 * not exist, or a host that cannot be read, is a "problem" of the message, not a failure.
 */
static void read_states(struct hd_message_state **ret, struct hd_context *context,
			struct hd_explanation *explanation)
{
	struct hd_message_state *states = hd_alloc(context->arena, (explanation->n + 1) * sizeof(*states));
	struct judges judges = { .n = 0 };

	for (size_t i = 0; i < explanation->n; i++) {
		complete_fields(&explanation->items[i].fields, context);
		states[i].what = &explanation->items[i];
		fill_one(&states[i], context, &judges);
	}
	*ret = states;
}

static enum hd_exit explain_text(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_explain_report report = { .arena = arena };
	struct hd_explanation found;
	struct hd_message_state *states;
	const char *text = "";
	enum hd_exit code = read_text(run, &text, err);

	if (code != HD_EXIT_OK)
		return code;
	hd_explain_text(&found, arena, text);
	if (!found.n)
		return nothing_known(run, text, &found, err);
	read_states(&states, &run->context, &found);
	report.states = states;
	report.n_states = found.n;
	report.unknown = found.unknown;
	report.n_unknown = found.n_unknown;
	report.n_more = found.n_more;
	code = show_report(run, &report, err);
	return code == HD_EXIT_OK && found.n_unknown ? HD_EXIT_PARTLY : code;
}

static enum hd_exit run_explain(struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *given = run->options;
	struct hd_explain_report page = { .arena = run->context.arena };
	bool has_source = given->file || given->guest || given->journal;

	if (!run->n_args && !has_source)
		return list_ids(run, err);
	if (run->n_args == 1 && !has_source) {
		page.check = hd_check_find(run->args[0]);
		page.message = hd_message_find(run->args[0]);
	}
	return page.check || page.message ? show_report(run, &page, err) : explain_text(run, err);
}

const struct hd_command hd_cmd_explain = {
	.name = "explain",
	.args = "[ID | TEXT... | -]",
	.max_args = -1,
	.takes_text = true,
	.summary = "Explain what a check or a message from the kernel, QEMU or libvirt "
		   "means on this host.",
	.options = options,
	.run = run_explain,
};
