/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bind_at_boot.c - `hostdevctl setup bind`: devices that are bound to VFIO at each boot, and
 * `setup unbind`: devices that no longer are.
 *
 * What the checks refuse to a guest now would be taken at boot from a host that
 * can no longer object: all of them must pass first.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/overrides.h"
#include "act/request_devices.h"
#include "check/machine_part.h"
#include "inventory/resolve_operands.h"
#include "setup/replace_file.h"
#include "setup/subjects.h"
#include "setup/udev_rules.h"

#define PROGRAM SBINDIR "/hostdevctl"
#define DISPLAY_FREE "display-free"

/* The boot display passes its check while nothing draws on it; the next boot's will. */
static enum hd_exit check_boot_display(const struct hd_checked *judged, struct hd_error *err)
{
	for (size_t i = 0; i < judged->facts.n_fns; i++) {
		const struct hd_pci_facts *pci = &judged->facts.fns[i];
		const struct hd_policy *policy = &judged->request.policy;
		bool is_allowed = false;

		if (!pci->is_requested || !pci->fn.is_boot_vga)
			continue;
		for (size_t k = 0; k < policy->n_typed; k++)
			is_allowed |= !strcmp(policy->typed[k].check, DISPLAY_FREE) &&
				      !strcmp(policy->typed[k].subject, pci->fn.name);
		if (is_allowed)
			continue;
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s is the display that the "
				  "firmware and the boot use (boot_vga reads 1): the screen "
				  "would stay dark. Choose another one in the firmware, or, if "
				  "the host can be reached without a screen, allow it: --allow "
				  DISPLAY_FREE "=%s", pci->fn.name, pci->fn.name);
	}
	return HD_EXIT_OK;
}

static enum hd_exit check(struct hd_checked *judged, struct hd_setup_request *ask,
			  struct hd_error *err)
{
	if (judged->findings.is_ready)
		return check_boot_display(judged, err);
	ask->title = judged->title;
	ask->findings = hd_alloc(ask->context->arena, sizeof(*ask->findings));
	*ask->findings = judged->findings;
	return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "nothing was changed");
}

static enum hd_exit add_rule(struct hd_context *context, const struct hd_pci_facts *pci,
			     struct hd_changes *changes, struct hd_error *err)
{
	const struct hd_pci_fn *fn = &pci->fn;
	struct hd_file_change rule = {
		.path = hd_udev_rule_path(context->arena, "bind", fn->name),
		.why = hd_printf(context->arena, "%s goes to %s at boot", fn->name, pci->vfio_driver),
		.mode = 0644,
		.text = hd_udev_rule_bind(context->arena, fn, pci->vfio_driver, PROGRAM),
	};

	if (hd_swap_read(&rule.old, context->arena, &context->root, rule.path, err) < 0)
		return HD_EXIT_HOST;
	hd_changes_file(changes, context->arena, &rule);
	return HD_EXIT_OK;
}

/* A group that is only partly on VFIO waits for the guest's start: harmless, but worth a note. */
static void note_function(struct hd_context *context, const struct hd_checked *judged,
			  const struct hd_pci_facts *pci, struct hd_changes *changes)
{
	enum hd_companion fate = HD_COMPANION_STAYS;

	if (pci->is_requested && pci->fn.driver_kind != HD_DRIVER_VFIO)
		hd_changes_note(changes, context->arena, "%s stays on %s until the next boot; 'hostdevctl "
				"detach %s' takes it now", pci->fn.name,
				pci->fn.driver ? pci->fn.driver : "no driver", pci->fn.name);
	if (!pci->is_requested)
		fate = hd_companion_of(&judged->request, pci);
	if (fate == HD_COMPANION_MOVES || fate == HD_COMPANION_UNBINDS)
		hd_changes_note(changes, context->arena, "%s of the same IOMMU group stays "
				"on %s until a guest starts; name it as well if it should "
				"go at boot", pci->fn.name,
				pci->fn.driver ? pci->fn.driver : "no driver");
}

static enum hd_exit add_all(struct hd_context *context, const struct hd_checked *judged,
			    struct hd_changes *changes, struct hd_error *err)
{
	for (size_t i = 0; i < judged->facts.n_fns; i++) {
		const struct hd_pci_facts *pci = &judged->facts.fns[i];

		const char *part = hd_part_of_machine(&pci->fn);

		if (pci->is_requested && part)
			return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM,
					  "%s %s: it stays with the host", pci->fn.name, part);
		if (pci->is_requested && add_rule(context, pci, changes, err) != HD_EXIT_OK)
			return HD_EXIT_HOST;
		note_function(context, judged, pci, changes);
	}
	return HD_EXIT_OK;
}

static enum hd_exit plan_bind(struct hd_setup_request *ask, struct hd_changes *changes,
			      struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked judged = { 0 };
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	code = hd_functions_from_names(ask->context, ask->args, ask->n_args, &refs, &n, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_checked_from_devices(&judged, ask->context->arena, refs, n);
	code = hd_overrides_allow(&judged.request, ask->context, ask->allow, ask->n_allow, err);
	if (code == HD_EXIT_OK)
		code = hd_checked_run(&judged, ask->context, err);
	if (code == HD_EXIT_OK)
		code = check(&judged, ask, err);
	return code == HD_EXIT_OK ? add_all(ask->context, &judged, changes, err) : code;
}

const struct hd_setup_subject hd_setup_bind = {
	.name = "bind",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "PCI functions to bind to their VFIO driver at each boot",
	.plan = plan_bind,
};

static enum hd_exit remove_rule(struct hd_context *context, const char *name,
				struct hd_changes *changes, struct hd_error *err)
{
	struct hd_file_change rule = {
		.path = hd_udev_rule_path(context->arena, "bind", name),
		.why = hd_printf(context->arena, "%s keeps its host driver at boot", name),
	};
	const char *driver = NULL;

	if (hd_swap_read(&rule.old, context->arena, &context->root, rule.path, err) < 0)
		return HD_EXIT_HOST;
	if (!rule.old)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "%s: 'setup bind' does not bind "
				  "it at boot: /%s does not exist; if it is on VFIO after a "
				  "boot, look for vfio-pci.ids in /proc/cmdline and "
				  "/etc/modprobe.d", name, rule.path);
	hd_changes_file(changes, context->arena, &rule);
	if (hd_pci_driver_read(&context->root, context->arena, name, &driver) == 0 && driver &&
	    hd_driver_kind_of(driver) == HD_DRIVER_VFIO)
		hd_changes_note(changes, context->arena, "%s stays on %s until the next boot; 'hostdevctl "
				"reattach %s' gives it back now", name, driver, name);
	return HD_EXIT_OK;
}

static enum hd_exit plan_unbind(struct hd_setup_request *ask, struct hd_changes *changes,
				struct hd_error *err)
{
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	code = hd_functions_from_names(ask->context, ask->args, ask->n_args, &refs, &n, err);
	for (size_t i = 0; code == HD_EXIT_OK && i < n; i++)
		code = remove_rule(ask->context, refs[i].name, changes, err);
	return code;
}

const struct hd_setup_subject hd_setup_unbind = {
	.name = "unbind",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "PCI functions to no longer bind at boot",
	.plan = plan_unbind,
};
