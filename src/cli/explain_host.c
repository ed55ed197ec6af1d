/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_host.c - what does this host say of the devices that messages name? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "act/request_devices.h"
#include "base/text.h"
#include "cli/explain_host.h"
#include "cli/explain_named.h"

#define DEVICES_MAX 16		/* distinct devices that one text may name */
#define GROUP_DIR "sys/kernel/iommu_groups/%s/devices"

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

	if (state->what->is_partial)
		return false;
	if (!first)
		first = hd_field_value(&state->what->fields, "check");
	for (size_t i = 0; i < state->now.n; i++) {
		if (state->now.items[i].verdict != HD_PASS)
			return false;
		has_first |= hd_text_is_same(state->now.items[i].check->id, first);
	}
	return has_first && hd_message_is_state(message) && !state->n_left && !state->problem;
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

static bool is_trouble(const struct hd_explanation *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (!hd_message_is_harmless(found->items[i].message))
			return true;
	return found->n_unknown > 0;
}

static bool is_asked(const struct hd_explain_report *report, const struct hd_finding *finding)
{
	for (size_t i = 0; i < report->n_states; i++)
		if (is_named(report->states[i].what, finding->check->id))
			return true;
	return false;
}

/* First what the messages ask for, then what stops a device, then the rest. */
enum { ASKED, REFUSES, REST, RANKS };

static int rank_of(const struct hd_explain_report *report, const struct hd_finding *finding)
{
	if (finding->verdict != HD_FAIL || finding->severity < HD_WARNING)
		return RANKS;
	if (is_asked(report, finding))
		return ASKED;
	if (hd_finding_refuses(finding))
		return REFUSES;
	return finding->check->scope == HD_SCOPE_HOST ? RANKS : REST;
}

static void add_wrong(struct hd_findings *wrong, struct hd_arena *arena,
		      const struct hd_finding *finding)
{
	for (size_t i = 0; i < wrong->n; i++)
		if (wrong->items[i].check == finding->check &&
		    !strcmp(wrong->items[i].subject, finding->subject))
			return;
	hd_push(arena, &wrong->items, &wrong->n, *finding);
}

/* What is wrong now with the devices that were looked at, whatever the text says of them. */
static void collect_wrong(struct hd_explain_report *ret, struct hd_arena *arena,
			  const struct judges *judges)
{
	for (int rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < judges->n; i++)
			for (size_t k = 0; k < judges->items[i].findings.n; k++) {
				const struct hd_finding *finding = &judges->items[i].findings.items[k];

				if (rank_of(ret, finding) == rank)
					add_wrong(&ret->wrong, arena, finding);
			}
}

/* The devices of lines without an answer, too. */
static void look_at_named(struct hd_explain_report *ret, struct hd_context *context,
			  struct judges *judges)
{
	for (size_t i = 0; i < ret->n_named; i++) {
		struct names names = { .n = 0 };

		if (strcmp(ret->named[i].kind, "address") != 0 || !ret->named[i].is_here)
			continue;
		add_name(&names, ret->named[i].value);
		(void)judged_of(judges, context, &names);
	}
	if (is_trouble(ret->found))
		collect_wrong(ret, context->arena, judges);
}

void hd_explain_host(struct hd_explain_report *ret, struct hd_context *context,
		     struct hd_explanation *found)
{
	struct hd_message_state *states = hd_alloc(context->arena, (found->n + 1) * sizeof(*states));
	struct judges judges = { .n = 0 };

	ret->found = found;
	if (is_trouble(found))
		ret->n_named = hd_explain_named(&ret->named, context, found);
	for (size_t i = 0; i < found->n; i++) {
		complete_fields(&found->items[i].fields, context);
		states[i].what = &found->items[i];
		fill_one(&states[i], context, &judges);
	}
	ret->states = states;
	ret->n_states = found->n;
	look_at_named(ret, context, &judges);
}
