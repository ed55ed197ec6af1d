/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_attach.c - gives devices to a guest: checked first, all or none.
 *
 * No hook runs at hotplug: what a running guest gets is bound here, as `detach`
 * would, and given back if libvirt or QEMU then refuses it.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/change_options.h"
#include "act/detach.h"
#include "act/judge_beside.h"
#include "act/overrides.h"
#include "act/plan_notes.h"
#include "act/request_devices.h"
#include "act/take.h"
#include "base/text.h"
#include "cli/attach_missing.h"
#include "cli/choose_any.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "domain/hostdev_elements.h"
#include "domain/pins.h"
#include "element/guest_slots.h"
#include "element/pins_of.h"
#include "element/replug_policy.h"
#include "facts/host/actor.h"
#include "virt/guest_change.h"

#define SUBJECT_SHOWN 80

static const struct hd_option *const options[] = {
	&hd_opt_any, &hd_opt_live, &hd_opt_config, &hd_opt_slot, &hd_opt_pin, &hd_opt_replug,
	&hd_opt_allow, &hd_opt_destroys, &hd_opt_as, &hd_opt_managed, &hd_opt_rom, &hd_opt_boot_order,
	&hd_opt_driver_model, &hd_opt_mac, &hd_opt_vlan, &hd_opt_teaming, &hd_opt_by,
	&hd_opt_startup_policy, &hd_opt_guest_reset, &hd_opt_display, &hd_opt_ramfb, &hd_opt_namespace,
	&hd_opt_target, &hd_opt_iommufd, &hd_opt_templates, &hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run,
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_verbose, &hd_opt_color, &hd_opt_help, NULL,
};

struct attach {
	struct hd_run *run;
	struct hd_guest_scope scope;
	struct hd_virt_op *ops;		/* metadata, the definition, the running guest */
	const char **names;		/* of each: "0000:01:00.0", "controller 3", "metadata" */
	size_t n, n_names;
	struct hd_hostdev *devs;	/* what they ask the host for, once each */
	size_t n_devs;
	struct hd_request guest;	/* all that it asks for, before */
	struct hd_findings alone;	/* of what it gets; n = 0: with all others it was not judged */
	struct hd_choice *choice;	/* of --any */
	struct hd_notes notes;
};

/* The definition or the running guest. */
struct side {
	bool is_live;
	const char *xml, *where;
	struct hd_picked *has;		/* before */
	size_t n_has;
};

static struct hd_virt_op *add_op(struct attach *a, const char *name,
				 const struct hd_virt_op *op)
{
	hd_push(a->run->context.arena, &a->ops, &a->n, *op);
	hd_push(a->run->context.arena, &a->names, &a->n_names, name);
	return &a->ops[a->n - 1];
}

static void add_note(struct attach *a, const char *text)
{
	for (size_t i = 0; i < a->notes.n; i++)
		if (!strcmp(a->notes.lines[i], text))
			return;
	hd_notes_add(&a->notes, a->run->context.arena, "%s", text);
}

static bool has(const struct hd_hostdev *devs, size_t n, const struct hd_hostdev *dev)
{
	for (size_t i = 0; i < n; i++)
		if (hd_hostdev_is_same(&devs[i], dev))
			return true;
	return false;
}

static enum hd_exit refuse_second(struct attach *a, const struct side *side,
				  const struct hd_hostdev *dev, struct hd_error *err)
{
	for (size_t i = 0; i < side->n_has; i++) {
		if (!hd_hostdev_is_same(&side->has[i].dev, dev))
			continue;
		return hd_fail_as(HD_EXIT_REFUSED, err, -EEXIST,
				  "guest '%s' already has %s in %s", a->scope.name,
				  hd_hostdev_name(a->run->context.arena, dev), side->where);
	}
	return HD_EXIT_OK;
}

/* One device element: what it asks for, and that the guest does not have it. */
static enum hd_exit note_device(struct attach *a, const struct side *side,
				struct hd_virt_op *op, struct hd_error *err)
{
	struct hd_arena *arena = a->run->context.arena;
	const char *xml = hd_printf(arena, "<domain><devices>%s</devices></domain>", op->xml);
	struct hd_picked *picked;
	enum hd_exit code;
	size_t n;

	if (hd_pick_devices(&picked, &n, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < n; i++) {
		code = refuse_second(a, side, &picked[i].dev, err);
		if (code != HD_EXIT_OK)
			return code;
		op->dev = &picked[i].dev;
		if (!has(a->devs, a->n_devs, &picked[i].dev))
			hd_push(arena, &a->devs, &a->n_devs, picked[i].dev);
	}
	return HD_EXIT_OK;
}

static void note_place(struct attach *a, const struct side *side,
		       const struct hd_element *element)
{
	char at[HD_PCI_ADDR_SIZE];

	hd_notes_add(&a->notes, a->run->context.arena, "%s %s added to %s%s%s", element->name,
		     a->run->options->dry_run ? "would be" : "is",
		     side->is_live ? "the running guest" : "the guest's definition",
		     element->guest.is_set ? ", where it is " : "",
		     element->guest.is_set ? hd_pci_addr_format(&element->guest.addr, at) : "");
}

static enum hd_exit add_element(struct attach *a, const struct side *side,
				const struct hd_element *element, struct hd_error *err)
{
	struct hd_virt_op op = { .verb = HD_VIRT_ATTACH, .is_live = side->is_live };

	if (hd_element_render(&op.xml, a->run->context.arena, element,
			      a->run->options->element.templates, err) < 0)
		return HD_EXIT_HOST;
	note_place(a, side, element);
	if (element->kind >= HD_ELEMENT_CONTROLLER) {
		(void)add_op(a, element->name, &op);
		return HD_EXIT_OK;
	}
	return note_device(a, side, add_op(a, element->name, &op), err);
}

/* Another look at the same devices: each side has places of its own. */
static enum hd_exit add_side(struct attach *a, struct side *side,
			     const struct hd_device_ref *all, int n_all, struct hd_error *err)
{
	struct hd_device_ref *refs;
	int n;
	const struct hd_guest_xml xml = { side->xml, strlen(side->xml) };
	const struct hd_options *o = a->run->options;
	struct hd_elements list = { 0 };
	enum hd_exit code;

	if (hd_pick_devices(&side->has, &side->n_has, a->run->context.arena, xml.text, xml.length, err) < 0)
		return HD_EXIT_HOST;
	code = hd_attach_missing(&refs, &n, a->run, &(struct hd_attach_side){
				 .guest = a->scope.name, .where = side->where, .has = side->has,
				 .n_has = side->n_has, .notes = &a->notes }, all, n_all, err);
	if (code != HD_EXIT_OK || !n)
		return code;
	code = hd_elements_from_refs(&list, a->run, refs, n, err);
	if (code == HD_EXIT_OK)
		code = hd_place_elements(&list, &a->run->context, &xml, &(struct hd_places){
					 .slot = o->slot, .is_live = side->is_live,
					 .has_target = o->element.target }, err);
	for (size_t i = 0; code == HD_EXIT_OK && i < list.n; i++)
		code = add_element(a, side, &list.items[i], err);
	for (size_t i = 0; code == HD_EXIT_OK && i < list.n_notes; i++)
		add_note(a, list.notes[i]);
	return code;
}

static enum hd_exit find_pins(struct hd_policy *ret, struct attach *a,
			      const struct hd_device_ref *refs, int n, struct hd_error *err)
{
	struct hd_elements list = { 0 };
	enum hd_exit code;

	if (!a->run->options->pin)
		return HD_EXIT_OK;
	code = hd_elements_from_refs(&list, a->run, refs, n, err);
	if (code != HD_EXIT_OK)
		return code;
	if (hd_pins_of(ret, &a->run->context, &list, refs, (size_t)n, err) < 0)
		return err->code == -EINVAL ? HD_EXIT_USAGE : HD_EXIT_HOST;
	return HD_EXIT_OK;
}

static enum hd_exit find_replugs(struct hd_policy *ret, struct attach *a,
				 const struct hd_device_ref *refs, int n, struct hd_error *err)
{
	const struct hd_options *o = a->run->options;

	if (!o->replug)
		return HD_EXIT_OK;
	return hd_replug_from_refs(&ret->replugs, &ret->n_replugs, a->run->context.arena, refs,
				   (size_t)n, o->element.by, err) < 0 ? HD_EXIT_USAGE : HD_EXIT_OK;
}

/* What --allow says goes for this run; the next start asks the definition. */
static void keep_allowances(struct hd_policy *ret, struct attach *a, const struct side *side,
			    const struct hd_policy *typed)
{
	struct hd_arena *arena = a->run->context.arena;

	for (size_t i = 0; !side->is_live && i < typed->n_typed; i++) {
		const struct hd_allow *allow = &typed->typed[i];

		if (hd_check_find(allow->check)->allow != HD_ALLOW_METADATA)
			continue;
		hd_push(arena, &ret->allows, &ret->n_allows, *allow);
		hd_notes_add(&a->notes, arena, "the guest's metadata %s %s for %s at each start",
			     a->run->options->dry_run ? "would allow" : "allows", allow->check,
			     hd_text_printable(arena, allow->subject, SUBJECT_SHOWN));
	}
}

static bool says_something(const struct hd_policy *wanted)
{
	return wanted->n_pins || wanted->n_scsi_pins || wanted->n_allows || wanted->n_replugs || wanted->n_anys;
}

static enum hd_exit add_metadata(struct attach *a, struct side *side,
				 const struct hd_device_ref *refs, int n, struct hd_error *err)
{
	struct hd_policy wanted = { 0 };
	struct hd_request named = { 0 };
	struct hd_pins_text text;
	enum hd_exit code = find_pins(&wanted, a, refs, n, err);

	for (int i = 0; i < n; i++)
		hd_resolve_hostdev(hd_append(a->run->context.arena, &named.hostdevs, &named.n_hostdevs,
					     sizeof(*named.hostdevs)), &refs[i]);
	if (code == HD_EXIT_OK)
		code = hd_overrides_allow(&named, &a->run->context, a->run->options->allow.items,
					  a->run->options->allow.n, err);
	if (code == HD_EXIT_OK)
		code = find_replugs(&wanted, a, refs, n, err);
	if (code != HD_EXIT_OK)
		return code;
	keep_allowances(&wanted, a, side, &named.policy);
	hd_choice_note_kinds(&wanted, a->choice, a->run, side->xml, refs, n);
	if (!says_something(&wanted))
		return HD_EXIT_OK;
	if (hd_pins_write(&text, a->run->context.arena, side->xml, strlen(side->xml), &wanted, err) < 0)
		return HD_EXIT_HOST;
	if (text.is_same)
		return HD_EXIT_OK;
	(void)add_op(a, "metadata", &(struct hd_virt_op){
		.verb = HD_VIRT_METADATA, .is_live = side->is_live, .xml = text.element,
		.before = text.before, .seen = side->is_live ? NULL : side->xml });
	return HD_EXIT_OK;
}

typedef enum hd_exit adds(struct attach *a, struct side *side,
			  const struct hd_device_ref *refs, int n, struct hd_error *err);

/* The definition first: what is wrong with an element is found there, and undone easily. */
static enum hd_exit add_to_both(struct attach *a, adds *add, const struct hd_device_ref *refs,
				int n, struct hd_error *err)
{
	struct side sides[] = {
		{ .where = "its definition",
		  .xml = a->scope.is_config ? a->scope.guest.config : NULL },
		{ .where = "the running guest", .is_live = true,
		  .xml = a->scope.is_live ? a->scope.guest.live : NULL },
	};
	enum hd_exit code = HD_EXIT_OK;

	for (size_t i = 0; code == HD_EXIT_OK && i < HD_ARRAY_SIZE(sides); i++)
		if (sides[i].xml)
			code = add(a, &sides[i], refs, n, err);
	return code;
}

/*
 * Composes, places and renders everything for the devices that are named or chosen; nothing is changed.
 * A card of which the guest has some functions is HD_EXIT_REFUSED; of what it has, nothing is added.
 */
static enum hd_exit compose_devices(struct attach *ret, struct hd_run *run,
				    struct hd_choice *choice, struct hd_error *err)
{
	char *const *names = run->args + 1;
	struct hd_device_ref *refs = NULL;
	int n = run->n_args - 1;
	enum hd_exit code;

	*ret = (struct attach){ .run = run, .choice = choice };
	code = hd_choose_for_attach(choice, run, &names, &n, &ret->notes, err);
	if (code == HD_EXIT_OK)
		code = hd_refs_from_names(&refs, &run->context, names, n, err);
	if (code == HD_EXIT_OK)
		code = hd_guest_scope_read(&ret->scope, run, run->args[0], err);
	if (code == HD_EXIT_OK)
		code = add_to_both(ret, add_metadata, refs, n, err);
	return code == HD_EXIT_OK ? add_to_both(ret, add_side, refs, n, err) : code;
}

/* The guest's request with these devices alone: what must be checked. */
static enum hd_exit make_request(struct hd_checked *ret, struct attach *attach,
				 struct hd_error *err)
{
	const struct hd_guest_scope *scope = &attach->scope;
	const char *xml = scope->is_config ? scope->guest.config : scope->guest.live;
	struct hd_arena *arena = attach->run->context.arena;
	struct hd_request *request = &ret->request;

	*ret = (struct hd_checked){ .title = hd_printf(arena, "guest %s", scope->name) };
	if (hd_request_parse(request, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	attach->guest = *request;
	hd_request_keep(request, attach->devs, attach->n_devs);
	hd_facts_query_for(&ret->query, arena, request);
	for (size_t i = 0; i < ret->query.n_addrs; i++)
		hd_push(arena, &ret->named, &ret->n_named, ret->query.addrs[i]);
	return hd_overrides_add(request, attach->run, err);
}

/* What a running guest gets is taken now, and not with the card at the next start. */
static enum hd_exit judge_added(struct attach *a, struct hd_checked *all, struct hd_error *err)
{
	struct hd_context *context = &a->run->context;
	enum hd_exit code = hd_checked_run(all, context, err);

	if (code != HD_EXIT_OK || all->findings.is_ready || a->scope.is_live ||
	    !a->guest.policy.handover.is_asked)
		return code;
	return hd_judge_beside(all, &a->guest, &a->alone, context, err);
}

/* Would the guest's next start be refused, for what --allow accepts only this once? */
static enum hd_exit check_next_start(const struct attach *attach,
				     const struct hd_checked *judged, struct hd_error *err)
{
	struct hd_request next = judged->request;
	struct hd_findings findings;

	if (!attach->scope.is_config || !judged->findings.is_ready)
		return HD_EXIT_OK;
	hd_overrides_to_metadata(&next, attach->run->context.arena);
	hd_check_run(&findings, attach->run->context.arena, &next, &judged->facts);
	if (attach->alone.n)
		hd_findings_keep(&findings, &attach->alone);
	for (size_t i = 0; i < findings.n; i++) {
		const struct hd_finding *f = &findings.items[i];

		if (!hd_finding_refuses(f))
			continue;
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "guest '%s': its next start "
				  "would be refused because of %s for %s: a device in use can be "
				  "allowed only for one run, not by the guest's metadata; follow "
				  "the remedy first, or attach it with only --live; nothing was "
				  "changed", attach->scope.name, f->check->id, f->subject);
	}
	return HD_EXIT_OK;
}

static const char *what(const struct attach *a, size_t at)
{
	return at < a->n ? a->names[at] : "device";
}

/* Explains the outcome; ERR is left alone if everything was done. */
static enum hd_exit explain_failure(const struct attach *a, const struct hd_guest_change *change,
				    struct hd_error *err)
{
	const char *name = a->scope.name, *device = what(a, change->at);
	const char *where = change->at < a->n && a->ops[change->at].is_live ?
			    "the running guest" : "its definition";

	if (change->state == HD_CHANGE_DONE)
		return HD_EXIT_OK;
	if (change->state == HD_CHANGE_REFUSED)
		hd_fail(err, -EIO, "guest '%s': %s; nothing was changed", name, change->reason);
	else if (change->state == HD_CHANGE_FAILED)
		hd_fail(err, -EIO, "guest '%s': %s cannot be added to %s: %s; the guest is "
			"unchanged", name, device, where, change->reason);
	else if (change->state == HD_CHANGE_LEFT)
		hd_fail(err, -EIO, "guest '%s': %s cannot be added to %s: %s; what was "
			"added before could not be removed again (%s): see 'virsh dumpxml %s'", name, device,
			where, change->reason, change->left, a->scope.word);
	else
		hd_fail(err, -ETIME, "guest '%s': libvirt did not answer while it added %s "
			"to %s, and may still do it: see 'virsh dumpxml %s'", name, device, where,
			a->scope.word);
	return change->state == HD_CHANGE_REFUSED || change->state == HD_CHANGE_FAILED ?
	       HD_EXIT_HOST : HD_EXIT_STRANDED;
}

/* Devices that the guest may have are not given back. */
static enum hd_exit change_guest(struct attach *a, struct hd_change *change,
				 const struct hd_checked *all, const struct hd_detached *taken,
				 struct hd_error *err)
{
	struct hd_guest_change outcome;
	enum hd_exit code;

	hd_guest_change(&outcome, a->run->context.arena, a->run->options->uri, a->scope.guest.uuid, a->ops,
			a->n);
	code = explain_failure(a, &outcome, err);
	if (code == HD_EXIT_HOST)
		code = hd_detach_undo(change, all, taken, code, err);
	return code;
}

/* For the definition alone nothing of the host is touched: the start will do that. */
static enum hd_exit attach_devices(struct attach *a, struct hd_change *change,
				   struct hd_checked *all, struct hd_error *err)
{
	struct hd_arena *arena = a->run->context.arena;
	struct hd_detached taken = { 0 };
	enum hd_exit code = HD_EXIT_OK;

	if (!all->findings.is_ready)
		return HD_EXIT_REFUSED;
	if (a->run->options->dry_run)
		return a->scope.is_live ? hd_take_plan(change, all, err) : HD_EXIT_OK;
	/* What is taken from the host logs for itself. */
	if (a->scope.is_live && all->query.n_addrs)
		code = hd_detach_all(&taken, change, all, err);
	else
		hd_findings_log_overrides(&all->findings, arena,
					  hd_actor_text(&a->run->context.root, arena));
	if (code != HD_EXIT_OK)
		return code;
	hd_choice_close_if_seen(a->choice, &a->run->context);
	return change_guest(a, change, all, &taken, err);
}

static void add_notes(struct hd_change *change, const struct attach *a)
{
	for (size_t i = 0; i < a->notes.n; i++)
		hd_notes_add(&change->notes, a->run->context.arena, "%s", a->notes.lines[i]);
}

/* The guest has everything, or its notes say why it gets none of the candidates. */
static bool is_only_told(const struct attach *a, enum hd_exit code)
{
	return code == HD_EXIT_OK ? !a->n : code == HD_EXIT_REFUSED && a->run->options->any;
}

static enum hd_exit run_attach(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1, .context = &run->context,
							      .is_of_guest = true };
	_cleanup_(hd_choice_close) struct hd_choice choice = { .lock = -1 };
	_cleanup_(hd_checked_close) struct hd_checked all = { 0 };
	struct attach attach;
	enum hd_exit code;

	code = compose_devices(&attach, run, &choice, err);
	if (is_only_told(&attach, code)) {
		add_notes(&change, &attach);
		return hd_show_change(run, &change, NULL, false, code, err);
	}
	if (code == HD_EXIT_OK)
		code = make_request(&all, &attach, err);
	if (code == HD_EXIT_OK && attach.scope.is_live)
		code = hd_change_open(&change, &run->context, &(struct hd_change_options){
				.binder = run->options->binder, .uri = run->options->uri,
				.dry_run = run->options->dry_run, .is_for_guest = true },
				all.query.addrs, all.query.n_addrs, err);
	if (code == HD_EXIT_OK)
		code = judge_added(&attach, &all, err);
	if (code != HD_EXIT_OK)
		return code;
	code = check_next_start(&attach, &all, err);
	if (code == HD_EXIT_OK)
		code = attach_devices(&attach, &change, &all, err);
	change.has_changed_guest = true;
	if (code == HD_EXIT_OK)
		add_notes(&change, &attach);
	return hd_show_change(run, &change, &all, false, code, err);
}

const struct hd_command hd_cmd_attach = {
	.name = "attach",
	.args = "GUEST [DEVICE...]",
	.min_args = 1,
	.max_args = -1,
	.summary = "Add devices to a guest, running or not, after the same checks.",
	.options = options,
	.needs_root = true,
	.run = run_attach,
};
