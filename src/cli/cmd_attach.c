/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_attach.c - gives devices to a guest: checked first, all or none.
 *
 * No hook runs at hotplug: what a running guest gets is bound here, as `detach`
 * would, and given back if libvirt or QEMU then refuses it.
 */
#include "config.h"

#include <errno.h>

#include "act/change_options.h"
#include "act/detach.h"
#include "act/request_devices.h"
#include "act/take.h"
#include "cli/attach.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "facts/host/actor.h"
#include "virt/guest_change.h"

static const struct hd_option *const options[] = {
	&hd_opt_live, &hd_opt_config, &hd_opt_slot, &hd_opt_pin, &hd_opt_allow, &hd_opt_destroys,
	&hd_opt_as, &hd_opt_managed, &hd_opt_rom, &hd_opt_boot_order, &hd_opt_driver_model,
	&hd_opt_mac, &hd_opt_vlan, &hd_opt_teaming, &hd_opt_by, &hd_opt_startup_policy,
	&hd_opt_guest_reset, &hd_opt_display, &hd_opt_ramfb, &hd_opt_namespace, &hd_opt_target,
	&hd_opt_iommufd, &hd_opt_templates, &hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run,
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_verbose, &hd_opt_help, NULL,
};

static const char *what(const struct hd_attach *a, size_t at)
{
	return at < a->n ? a->names[at] : "device";
}

/* Words for what came of it; ERR is left alone when all is done. */
static enum hd_exit explain(const struct hd_attach *a, const struct hd_guest_change *change,
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
			where, change->reason, change->left, name);
	else
		hd_fail(err, -ETIME, "guest '%s': libvirt did not answer while it added %s "
			"to %s, and may still do it: see 'virsh dumpxml %s'", name, device, where, name);
	return change->state == HD_CHANGE_REFUSED || change->state == HD_CHANGE_FAILED ?
	       HD_EXIT_HOST : HD_EXIT_STRANDED;
}

/* What the guest may have is not given back. */
static enum hd_exit change_guest(struct hd_attach *a, struct hd_change *change,
				 const struct hd_checked *all, const struct hd_detached *taken,
				 struct hd_error *err)
{
	struct hd_guest_change outcome;
	enum hd_exit code;

	hd_guest_change(&outcome, a->run->context.arena, a->run->options->uri, a->scope.guest.uuid, a->ops,
			a->n);
	code = explain(a, &outcome, err);
	if (code == HD_EXIT_HOST)
		code = hd_detach_undo(change, all, taken, code, err);
	return code;
}

/* For the definition alone nothing of the host is touched: the start will do that. */
static enum hd_exit apply(struct hd_attach *a, struct hd_change *change, struct hd_checked *all,
			  struct hd_error *err)
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
	return change_guest(a, change, all, &taken, err);
}

static void add_notes(struct hd_change *change, const struct hd_attach *a)
{
	for (size_t i = 0; i < a->notes.n; i++)
		hd_notes_add(&change->notes, a->run->context.arena, "%s", a->notes.lines[i]);
}

static enum hd_exit run_attach(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1, .context = &run->context };
	_cleanup_(hd_checked_close) struct hd_checked all = { 0 };
	struct hd_attach attach;
	enum hd_exit code;

	code = hd_attach_prepare(&attach, run, run->args[0], run->args + 1, run->n_args - 1, err);
	if (code == HD_EXIT_OK)
		code = hd_attach_case(&all, &attach, err);
	if (code == HD_EXIT_OK && attach.scope.is_live)
		code = hd_change_open(&change, &run->context, &(struct hd_change_options){
				.binder = run->options->binder, .uri = run->options->uri,
				.dry_run = run->options->dry_run }, all.query.addrs, all.query.n_addrs, err);
	if (code == HD_EXIT_OK)
		code = hd_checked_run(&all, &run->context, err);
	if (code != HD_EXIT_OK)
		return code;
	code = hd_attach_will_start(&attach, &all, err);
	if (code == HD_EXIT_OK)
		code = apply(&attach, &change, &all, err);
	if (code == HD_EXIT_OK)
		add_notes(&change, &attach);
	return hd_show_change(run, &change, &all, false, code, err);
}

const struct hd_command hd_cmd_attach = {
	.name = "attach",
	.args = "GUEST DEVICE...",
	.min_args = 2,
	.max_args = -1,
	.summary = "Add devices to a guest, running or not, after the same checks.",
	.options = options,
	.needs_root = true,
	.run = run_attach,
};
