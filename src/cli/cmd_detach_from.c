/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_detach_from.c - takes devices out of a guest, and gives them back to the host.
 *
 * The running guest comes first: its operating system must release the device, and may
 * refuse.  Then the definition still has it, and nothing is lost.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/change_options.h"
#include "act/unplug.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "domain/hostdev_elements.h"
#include "inventory/resolve_operands.h"
#include "virt/guest_change.h"

static const struct hd_option *const options[] = {
	&hd_opt_live, &hd_opt_config, &hd_opt_if_present, &hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run,
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

struct detaching {
	struct hd_run *run;
	struct hd_guest_scope scope;
	struct hd_device_ref *refs;
	size_t n_refs;
	struct hd_virt_op *ops;
	size_t n;
	struct hd_pci_addr *addrs;	/* of functions that the running guest has */
	size_t n_addrs;
	struct hd_pci_addr *lost;	/* of those that it had, until others removed them */
	size_t n_lost;
};

static bool is_display(const struct hd_context *context, const struct hd_device_ref *ref)
{
	struct hd_pci_fn fn = { 0 };
	struct hd_error ignored;

	return ref->kind == HD_DEVICE_PCI &&
	       hd_pci_fn_read(&fn, &context->root, context->arena, &ref->pci, &ignored) == 0 &&
	       hd_pci_fn_is_display(&fn);
}

/* A graphics card was passed with all its functions, and they are removed together. */
static bool is_of_card(const struct hd_device_ref *ref, const struct hd_hostdev *dev)
{
	return dev->kind == HD_DEVICE_PCI && dev->has_addr && dev->source == HD_SOURCE_HOSTDEV &&
	       dev->addr.domain == ref->pci.domain && dev->addr.bus == ref->pci.bus &&
	       dev->addr.slot == ref->pci.slot;
}

static bool is_listed(const struct detaching *d, const struct hd_picked *picked, bool is_live)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->ops[i].is_live == is_live && d->ops[i].dev == &picked->dev)
			return true;
	return false;
}

static void add_picked(struct detaching *d, const struct hd_picked *picked, bool is_live)
{
	if (is_listed(d, picked, is_live))
		return;
	hd_push(d->run->context.arena, &d->ops, &d->n,
		(struct hd_virt_op){ .verb = HD_VIRT_DETACH, .is_live = is_live,
				     .xml = picked->text, .dev = &picked->dev });
	if (is_live && picked->dev.kind == HD_DEVICE_PCI && picked->dev.has_addr)
		hd_push(d->run->context.arena, &d->addrs, &d->n_addrs, picked->dev.addr);
}

static size_t add_device(struct detaching *d, const struct hd_picked *list, size_t n,
			 const struct hd_device_ref *ref, bool is_live)
{
	bool is_card = is_display(&d->run->context, ref);
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		if (!hd_device_is_asked(&d->run->context, &list[i].dev, ref) &&
		    !(is_card && is_of_card(ref, &list[i].dev)))
			continue;
		add_picked(d, &list[i], is_live);
		found++;
	}
	return found;
}

/*
 * libvirt runs no hook when virsh and others remove a device: it stays on VFIO, and in the journal of the
 * guest's start.
 */
static bool was_lost(const struct detaching *d, const struct hd_device_ref *ref)
{
	struct hd_context *context = &d->run->context;
	_cleanup_(hd_close) int fd = -1;
	struct hd_journal_entry *entries;
	const struct hd_journal_entry *holder;
	struct hd_error ignored;
	ssize_t n = 0;

	if (ref->kind != HD_DEVICE_PCI || !d->scope.is_live)
		return false;
	if (hd_state_dir_peek(context, &fd, &ignored) > 0)
		n = hd_journal_list(&entries, context->arena, fd, &ignored);
	holder = n > 0 ? hd_journal_holder(entries, (size_t)n, &ref->pci) : NULL;
	return holder && hd_journal_is_of_guest(&holder->id, d->scope.guest.uuid);
}

static void find_lost(struct detaching *d, const struct hd_device_ref *ref, size_t found[2])
{
	struct hd_arena *arena = d->run->context.arena;

	if (found[1] || !was_lost(d, ref))
		return;
	hd_push(arena, &d->lost, &d->n_lost, ref->pci);
	hd_push(arena, &d->addrs, &d->n_addrs, ref->pci);
	found[1] = 1;
}

/* Each device must be on each side that was asked for; on one of them, if none was. */
static enum hd_exit judge_found(const struct detaching *d, struct hd_change *change,
				const struct hd_device_ref *ref, const size_t found[2],
				struct hd_error *err)
{
	const struct hd_options *o = d->run->options;
	const char *where;

	if (o->config && !found[0])
		where = " in its definition";
	else if (o->live && !found[1])
		where = " while it runs";
	else if (!found[0] && !found[1])
		where = "";
	else
		return HD_EXIT_OK;
	if (o->if_present) {
		hd_notes_add(&change->notes, d->run->context.arena, "guest '%s' has no %s%s", d->scope.name,
			     ref->name, where);
		return HD_EXIT_OK;
	}
	return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "guest '%s' has no %s%s", d->scope.name,
			  ref->name, where);
}

static enum hd_exit pick_all(struct detaching *d, struct hd_change *change, struct hd_error *err)
{
	const char *const xmls[] = {
		d->scope.is_config ? d->scope.guest.config : NULL,
		d->scope.is_live ? d->scope.guest.live : NULL,
	};
	size_t *found = hd_alloc(d->run->context.arena, 2 * (d->n_refs + 1) * sizeof(*found));
	enum hd_exit code = HD_EXIT_OK;

	for (int side = 1; side >= 0; side--) {
		struct hd_picked *list = NULL;
		size_t n = 0;

		if (xmls[side] && hd_pick_devices(&list, &n, d->run->context.arena, xmls[side],
						  strlen(xmls[side]), err) < 0)
			return HD_EXIT_HOST;
		for (size_t i = 0; i < d->n_refs; i++)
			found[2 * i + (size_t)side] = add_device(d, list, n, &d->refs[i], side);
	}
	for (size_t i = 0; code == HD_EXIT_OK && i < d->n_refs; i++) {
		find_lost(d, &d->refs[i], &found[2 * i]);
		code = judge_found(d, change, &d->refs[i], &found[2 * i], err);
	}
	return code;
}

static enum hd_exit explain_failure(const struct detaching *d, const struct hd_guest_change *change,
				    struct hd_error *err)
{
	const char *name = d->scope.name, *device;
	const struct hd_virt_op *op;

	if (change->state == HD_CHANGE_DONE)
		return HD_EXIT_OK;
	op = &d->ops[change->at < d->n ? change->at : 0];
	device = hd_hostdev_name(d->run->context.arena, op->dev);
	if (change->state == HD_CHANGE_REFUSED)
		hd_fail(err, -EIO, "guest '%s': %s; nothing was changed", name, change->reason);
	else if (change->state == HD_CHANGE_PENDING)
		hd_fail(err, -ETIMEDOUT, "guest '%s' did not release %s within %d s: its "
			"system may be starting, use the device, or lack a driver for "
			"hotplug. The request stays pending and the guest's definition is "
			"unchanged: run this again later (or see 'virsh dumpxml %s'), or "
			"shut down the guest", name, device,
			HD_UNPLUG_MS / 1000, d->scope.word);
	else if (change->state == HD_CHANGE_UNKNOWN)
		hd_fail(err, -ETIME, "guest '%s': libvirt did not answer while it removed "
			"%s, and may still do it: see 'virsh dumpxml %s'", name, device,
			d->scope.word);
	else
		hd_fail(err, -EIO, "guest '%s': %s cannot be removed from %s: %s", name, device,
			op->is_live ? "the running guest" : "its definition", change->reason);
	return HD_EXIT_HOST;
}

static void note_done(struct hd_change *notes, const struct detaching *d, size_t n, const char *verb)
{
	for (size_t i = 0; i < n && i < d->n; i++)
		hd_notes_add(&notes->notes, d->run->context.arena, "%s %s removed from %s",
			     hd_hostdev_name(d->run->context.arena, d->ops[i].dev), verb,
			     d->ops[i].is_live ? "the running guest" :
			     "the guest's definition");
}

static void note_lost(struct hd_change *notes, const struct detaching *d)
{
	char name[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < d->n_lost; i++)
		hd_notes_add(&notes->notes, d->run->context.arena,
			     "%s, which the running guest does not have any more, would be given back",
			     hd_pci_addr_format(&d->lost[i], name));
}

/* What the running guest has, without what the first N_DONE changes removed from it. */
static int find_rest(struct hd_unplug *ret, const struct detaching *d, size_t n_done,
		     struct hd_error *err)
{
	struct hd_arena *arena = d->run->context.arena;
	struct hd_pci_addr *still = NULL;
	struct hd_picked *list = NULL;
	const char *live = d->scope.is_live ? d->scope.guest.live : "";
	size_t n = 0, n_still = 0;
	int rc = *live ? hd_pick_devices(&list, &n, arena, live, strlen(live), err) : 0;

	for (size_t i = 0; i < n; i++) {
		bool is_gone = false;

		for (size_t k = 0; k < n_done; k++)
			is_gone = is_gone || (d->ops[k].is_live &&
					      hd_hostdev_is_same(d->ops[k].dev, &list[i].dev));
		if (!is_gone && list[i].dev.kind == HD_DEVICE_PCI && list[i].dev.has_addr)
			hd_push(arena, &still, &n_still, list[i].dev.addr);
	}
	ret->still = still;
	ret->n_still = n_still;
	return rc;
}

static void give_back_one(const struct hd_unplug *unplug, const struct hd_pci_addr *addr,
			  enum hd_exit *code, struct hd_error *err)
{
	struct hd_error one = { 0 };
	enum hd_exit back = hd_unplug_give_back(unplug, addr, &one);

	if (back > *code) {
		*code = back;
		*err = one;
	}
}

/* Devices that were removed go back, even if others were not. */
static enum hd_exit give_back_all(struct hd_change *change, const struct detaching *d,
				  size_t n_done, struct hd_error *err)
{
	struct hd_unplug unplug = { .change = change, .uuid = d->scope.guest.uuid,
				    .name = d->scope.name };
	enum hd_exit code = HD_EXIT_OK;

	n_done = n_done < d->n ? n_done : d->n;
	if (find_rest(&unplug, d, n_done, err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < n_done; i++)
		if (d->ops[i].is_live && d->ops[i].dev->kind == HD_DEVICE_PCI &&
		    d->ops[i].dev->has_addr)
			give_back_one(&unplug, &d->ops[i].dev->addr, &code, err);
	for (size_t i = 0; i < d->n_lost; i++)
		give_back_one(&unplug, &d->lost[i], &code, err);
	return code;
}

static enum hd_exit detach_devices(struct detaching *d, struct hd_change *change,
				   struct hd_error *err)
{
	struct hd_guest_change outcome = { .state = HD_CHANGE_DONE };
	struct hd_error other = { 0 };
	enum hd_exit code, back;

	if (d->run->options->dry_run) {
		note_done(change, d, d->n, "would be");
		note_lost(change, d);
		return HD_EXIT_OK;
	}
	/* The hook needs them if the guest ends meanwhile, and libvirt waits for the hook. */
	hd_locks_release(&change->locks);
	if (d->n)
		hd_guest_change(&outcome, d->run->context.arena, d->run->options->uri,
				d->scope.guest.uuid, d->ops, d->n);
	note_done(change, d, outcome.n_done, "is");
	code = explain_failure(d, &outcome, err);
	back = d->n_addrs && (outcome.n_done || d->n_lost) &&
	       hd_change_lock(change, d->addrs, d->n_addrs, NULL, &other) < 0 ? HD_EXIT_HOST :
	       give_back_all(change, d, outcome.n_done, &other);
	if (back > code) {
		*err = other;
		code = back;
	}
	return code;
}

static enum hd_exit run_detach_from(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1, .context = &run->context,
							      .is_of_guest = true };
	struct detaching d = { .run = run, .n_refs = (size_t)run->n_args - 1 };
	enum hd_exit code;

	code = hd_refs_from_names(&d.refs, &run->context, run->args + 1, run->n_args - 1, err);
	if (err->code == -ENOENT)
		hd_fail(err, err->code, "%s; a device that a guest has may have lost its "
			"node and its interface: 'virsh dumpxml' shows its address",
			hd_strdup(run->context.arena, err->text));
	if (code == HD_EXIT_OK)
		code = hd_guest_scope_read(&d.scope, run, run->args[0], err);
	if (code == HD_EXIT_OK)
		code = pick_all(&d, &change, err);
	if (code == HD_EXIT_OK && d.n_addrs)
		code = hd_change_open(&change, &run->context, &(struct hd_change_options){
				.binder = run->options->binder, .uri = run->options->uri,
				.dry_run = run->options->dry_run, .is_for_guest = true },
				d.addrs, d.n_addrs, err);
	if (code != HD_EXIT_OK)
		return code;
	change.has_changed_guest = d.n || d.n_lost;
	if (d.n || d.n_lost)
		code = detach_devices(&d, &change, err);
	return hd_show_change(run, &change, NULL, false, code, err);
}

const struct hd_command hd_cmd_detach_from = {
	.name = "detach-from",
	.args = "GUEST DEVICE...",
	.min_args = 2,
	.max_args = -1,
	.summary = "Remove devices from a guest, and give them back to the host.",
	.options = options,
	.needs_root = true,
	.gives_back = true,
	.run = run_detach_from,
};
