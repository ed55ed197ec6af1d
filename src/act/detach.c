/* SPDX-License-Identifier: GPL-2.0-or-later */
/* detach.c - takes functions from the host, all or none. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "act/detach.h"
#include "act/take.h"
#include "base/clock.h"
#include "facts/host/actor.h"

#define CLOSE_MS 15000	/* for QEMU to close what libvirt has taken out again */
#define CLOSE_POLL_MS 200

/* Is DEV given with the function ADDR: that itself, or unnamed on the same card? */
static bool goes_with(const struct hd_checked *all, const struct hd_hostdev *dev,
		      const struct hd_pci_addr *addr)
{
	struct hd_pci_addr here = dev->addr;

	if (dev->kind != HD_DEVICE_PCI || !dev->has_addr)
		return false;
	if (!hd_pci_addr_compare(&here, addr))
		return true;
	if (hd_checked_has_named(all, &here))
		return false;
	here.fn = addr->fn;
	return !hd_pci_addr_compare(&here, addr);
}

/* For the same guest, if there is one: its own devices are not another guest's. */
static void ask_for_one(struct hd_checked *ret, struct hd_arena *arena, const struct hd_checked *all,
			const struct hd_pci_addr *addr)
{
	struct hd_request *request = &ret->request;
	char name[HD_PCI_ADDR_SIZE];

	*ret = (struct hd_checked){ .title = hd_strdup(arena, hd_pci_addr_format(addr, name)) };
	for (size_t i = 0; i < all->request.n_hostdevs; i++) {
		const struct hd_hostdev *dev = &all->request.hostdevs[i];
		struct hd_hostdev *one;

		if (!goes_with(all, dev, addr))
			continue;
		one = hd_append(arena, &request->hostdevs, &request->n_hostdevs, sizeof(*one));
		*one = *dev;
		one->rom_file = NULL;	/* judged with all, and for libvirt to read */
	}
	request->policy = all->request.policy;
	request->name = all->request.name;
	memcpy(request->uuid, all->request.uuid, sizeof(request->uuid));
	hd_facts_query_for(&ret->query, arena, request);
}

/* The administrator's, or of the running guest that gets it, whose end gives it back. */
static void make_id(struct hd_journal_id *ret, const struct hd_checked *all,
		    const struct hd_pci_addr *addr)
{
	const struct hd_request *request = &all->request;
	const char *name = request->name ? request->name : "";

	if (hd_journal_id_plugged(ret, request->uuid, name, addr) < 0)
		hd_journal_id_admin(ret, addr);
}

/* If the device is no longer free, ALL gets the findings that say so. */
static enum hd_exit detach_one(struct hd_change *change, struct hd_checked *all,
			       const struct hd_pci_addr *addr, struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked one = { 0 };
	struct hd_context *context = change->context;
	struct hd_journal_id id;
	const struct hd_take take = {
		.change = change, .checked = &one, .id = &id, .all = all,
		.who = hd_actor_text(&context->root, context->arena),
	};
	enum hd_exit code;

	make_id(&id, all, addr);
	ask_for_one(&one, context->arena, all, addr);
	one.is_to_take = true;
	code = hd_take(&take, err);
	if (code == HD_EXIT_REFUSED)
		all->findings = one.findings;
	return code;
}

static void mark_steps(struct hd_change *change, size_t first, size_t end,
		       enum hd_step_state state)
{
	for (size_t i = first; i < end; i++) {
		struct hd_step *step = &change->done.steps[i];

		if (step->state == HD_STEP_DONE && !step->knob->is_kept)
			step->state = state;
	}
}

/* Takes back the detach of one device, by the binder that made it: its steps FIRST to END. */
static enum hd_exit give_back(struct hd_change *change, const struct hd_checked *all,
			      const struct hd_pci_addr *addr, size_t first, size_t end, struct hd_error *err)
{
	const struct hd_knob *const knobs[] = { change->knobs.pci_driver, change->knobs.module,
						change->knobs.managed, NULL };
	int64_t deadline = hd_now_ms() + CLOSE_MS;
	struct hd_recovery recovery;
	struct hd_journal_id id;
	char name[HD_PCI_ADDR_SIZE];
	enum hd_exit code;

	hd_pci_addr_format(addr, name);
	make_id(&id, all, addr);
	code = hd_change_give_back(&recovery, change, &id, knobs);
	while (recovery.result == HD_EXIT_OK && recovery.n_busy && hd_ms_left(deadline)) {
		(void)poll(NULL, 0, CLOSE_POLL_MS);
		code = hd_change_give_back(&recovery, change, &id, knobs);
	}
	if (code == HD_EXIT_OK) {
		mark_steps(change, first, end, HD_STEP_UNDONE);
		return HD_EXIT_OK;
	}
	mark_steps(change, first, end, HD_STEP_STRANDED);
	hd_notes_add(&change->notes, change->context->arena, "%s could not be given back: %s",
		     name, recovery.text);
	hd_fail(err, -EIO, "%s was taken and could not be given back; see 'hostdevctl status'",
		name);
	return HD_EXIT_STRANDED;
}

enum hd_exit hd_detach_undo(struct hd_change *change, const struct hd_checked *all,
			    const struct hd_detached *taken, enum hd_exit code, struct hd_error *err)
{
	for (size_t n = taken->n; n-- > 0;) {
		enum hd_exit back;

		if (taken->first[n] == taken->first[n + 1])
			continue;
		back = give_back(change, all, &all->named[n], taken->first[n],
				 taken->first[n + 1], err);
		code = back > code ? back : code;
	}
	return code;
}

enum hd_exit hd_detach_all(struct hd_detached *ret, struct hd_change *change, struct hd_checked *all,
			   struct hd_error *err)
{
	size_t room = all->n_named + 1;
	enum hd_exit code = HD_EXIT_OK;

	*ret = (struct hd_detached){
		.first = hd_alloc(change->context->arena, room * sizeof(*ret->first)),
	};
	ret->first[0] = change->done.n;
	while (code == HD_EXIT_OK && ret->n < all->n_named) {
		code = detach_one(change, all, &all->named[ret->n], err);
		if (code == HD_EXIT_OK)
			ret->first[++ret->n] = change->done.n;
	}
	return code == HD_EXIT_OK ? code : hd_detach_undo(change, all, ret, code, err);
}
