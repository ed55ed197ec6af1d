/* SPDX-License-Identifier: GPL-2.0-or-later */
/* choose_any.c - chooses one of several equal devices for a guest, so that nobody else takes it. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/checked_request.h"
#include "act/host_change.h"
#include "base/clock.h"
#include "cli/choose_any.h"
#include "cli/operands.h"
#include "inventory/resolve_operands.h"

enum hd_exit hd_choice_open(struct hd_choice *ret, struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_close) int dir = -1;

	*ret = (struct hd_choice){ .lock = -1 };
	if (run->options->dry_run)
		return HD_EXIT_OK;
	dir = hd_state_dir_open(hd_state_dir_path(&run->context), err);
	if (dir < 0)
		return HD_EXIT_HOST;
	ret->lock = hd_choice_lock(dir, hd_now_ms() + run->context.config.lock_deadline_ms, err);
	return ret->lock < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

void hd_choice_close(struct hd_choice *choice)
{
	hd_close(&choice->lock);
}

void hd_choice_close_if_seen(struct hd_choice *choice, struct hd_context *context)
{
	struct hd_guests guests = { .n_claims = 0 };
	struct hd_error ignored;

	if (!choice->any.of || hd_add_journal_claims(&guests, context, "", &ignored) < 0)
		return;
	for (size_t i = 0; i < guests.n_claims; i++)
		if (!hd_pci_addr_compare(&guests.claims[i].addr, &choice->any.addr))
			hd_choice_close(choice);
}

void hd_choice_note_kinds(struct hd_policy *wanted, const struct hd_choice *choice,
			  const struct hd_run *run, const char *xml,
			  const struct hd_device_ref *refs, int n)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_request guest = { 0 };
	struct hd_error ignored;

	if (choice->any.of)
		hd_push(arena, &wanted->anys, &wanted->n_anys, choice->any);
	if (hd_request_parse(&guest, arena, xml, strlen(xml), &ignored) < 0)
		return;		/* who changes the guest will say so */
	for (int i = 0; i < n; i++)
		if (refs[i].kind == HD_DEVICE_PCI && hd_policy_any(&guest.policy, &refs[i].pci) &&
		    !hd_policy_any(wanted, &refs[i].pci) && !hd_request_pci(&guest, &refs[i].pci))
			hd_push(arena, &wanted->anys, &wanted->n_anys,
				(struct hd_any){ .addr = refs[i].pci });
}

void hd_choice_note_reasons(struct hd_notes *notes, struct hd_arena *arena,
			    const struct hd_candidates *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (!hd_candidate_is_free(&all->devices[i]))
			hd_notes_add(notes, arena, "%s: %s", all->devices[i].item->address,
				     hd_candidate_reason(arena, &all->devices[i]));
}

static const char *nearness(struct hd_arena *arena, const struct hd_candidates *all,
			    const struct hd_candidate *device)
{
	if (all->node < 0)
		return "";
	return hd_printf(arena, device->is_near ? ", on the guest's NUMA node %d" :
			 ", because none is free on the guest's NUMA node %d", all->node);
}

void hd_choice_note_chosen(struct hd_notes *notes, const struct hd_run *run,
			   const struct hd_candidates *all, const struct hd_candidate *device)
{
	size_t others = hd_candidates_count_free(all) - 1;

	hd_notes_add(notes, run->context.arena, "%s %s chosen of %s%s; %zu %s free",
		     device->item->address, run->options->dry_run ? "would be" : "is",
		     all->of.text, nearness(run->context.arena, all, device), others,
		     others == 1 ? "other is" : "others are");
}

static enum hd_exit refuse_all(const struct hd_candidates *all, const struct hd_guest_scope *scope,
			       struct hd_error *err)
{
	if (!all->n)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "the host does not have a PCI function "
				  "of %s; 'hostdevctl list' shows its devices", all->of.text);
	return hd_fail_as(HD_EXIT_REFUSED, err, -EBUSY, "none of %zu devices of %s is free for guest "
			  "'%s'; nothing was changed", all->n, all->of.text, scope->name);
}

static bool is_part_of(const struct hd_candidate *device, const struct hd_device_ref *ref)
{
	for (size_t i = 0; ref->kind == HD_DEVICE_PCI && i < device->n_functions; i++)
		if (!hd_pci_addr_compare(&device->functions[i].addr, &ref->pci))
			return true;
	return false;
}

/* What is named beside --any is not the one that is chosen. */
static enum hd_exit leave_named(struct hd_candidates *all, const struct hd_run *run, struct hd_error *err)
{
	for (int i = 1; i < run->n_args; i++) {
		struct hd_device_ref ref;
		enum hd_exit code = hd_device_resolve(&ref, &run->context, run->args[i], err);

		if (code != HD_EXIT_OK)
			return code;
		for (size_t k = 0; k < all->n; k++)
			if (!all->devices[k].reason && is_part_of(&all->devices[k], &ref))
				all->devices[k].reason = "it is named beside --any";
	}
	return HD_EXIT_OK;
}

static enum hd_exit choose_device(struct hd_choice *choice, struct hd_run *run, struct hd_notes *notes,
			   struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const struct hd_candidate *device = NULL;
	struct hd_request request = { 0 };
	struct hd_guest_scope scope;
	struct hd_candidates all;
	const char *xml;
	enum hd_exit code = hd_guest_scope_read(&scope, run, run->args[0], err);

	if (code != HD_EXIT_OK)
		return code;
	xml = scope.is_config ? scope.guest.config : scope.guest.live;
	if (hd_request_parse(&request, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	code = hd_candidates_read(&all, &run->context, run->options->any, &request, err);
	if (code == HD_EXIT_OK)
		code = leave_named(&all, run, err);
	if (code == HD_EXIT_OK)
		code = hd_candidates_choose(&device, &all, &run->context, err);
	if (code != HD_EXIT_OK)
		return code;
	if (!device) {
		hd_choice_note_reasons(notes, arena, &all);
		return refuse_all(&all, &scope, err);
	}
	hd_choice_note_chosen(notes, run, &all, device);
	choice->any = (struct hd_any){ .of = run->options->any, .addr = device->item->pci };
	return HD_EXIT_OK;
}

enum hd_exit hd_choose_for_attach(struct hd_choice *choice, struct hd_run *run, char *const **names,
				  int *n, struct hd_notes *notes, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	char **all, name[HD_PCI_ADDR_SIZE];
	enum hd_exit code;

	if (!run->options->any)
		return *n ? HD_EXIT_OK : hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "missing DEVICE, or "
						    "--any FILTER");
	if (run->options->pin)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--any and --pin cannot be combined: a "
				  "pinned device is one, and not any");
	code = hd_choice_open(choice, run, err);
	if (code == HD_EXIT_OK)
		code = choose_device(choice, run, notes, err);
	if (code != HD_EXIT_OK)
		return code;
	all = hd_alloc(arena, ((size_t)*n + 1) * sizeof(*all));
	memcpy(all, *names, (size_t)*n * sizeof(*all));
	all[(*n)++] = hd_strdup(arena, hd_pci_addr_format(&choice->any.addr, name));
	*names = all;
	return HD_EXIT_OK;
}
