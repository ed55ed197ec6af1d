/* SPDX-License-Identifier: GPL-2.0-or-later */
/* choose_again.c - which devices must be replaced before a guest starts that takes any of a kind? */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "cli/choose_again.h"

#define MAX_NAME 64

struct choosing {
	struct hd_run *run;
	const struct hd_request *guest;
	const struct hd_any *any;	/* the device that is looked at */
	struct hd_candidates all;	/* of its kind */
	struct hd_pci_addr *functions;	/* what the guest is defined with of it */
	size_t n_functions;
	struct hd_device_move *moves;	/* of all devices */
	size_t n_moves;
	struct hd_notes *notes;
};

static bool is_same_slot(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}

/* A card has all its functions in one slot; another one there for which any would do is by itself. */
static void find_functions(struct choosing *c)
{
	const struct hd_candidate *now = hd_candidates_find(&c->all, &c->any->addr);
	bool is_vf = now ? now->item->is_vf : c->all.n && c->all.devices[0].item->is_vf;

	c->functions = NULL;
	c->n_functions = 0;
	for (size_t i = 0; i < c->guest->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &c->guest->hostdevs[i];
		bool is_it;

		if (dev->kind != HD_DEVICE_PCI || !dev->has_addr)
			continue;
		is_it = !hd_pci_addr_compare(&dev->addr, &c->any->addr);
		if (is_it || (!is_vf && is_same_slot(&dev->addr, &c->any->addr) &&
			      !hd_policy_any(&c->guest->policy, &dev->addr)))
			hd_push(c->run->context.arena, &c->functions, &c->n_functions, dev->addr);
	}
}

static bool is_pinned(const struct choosing *c)
{
	for (size_t i = 0; i < c->n_functions; i++)
		if (hd_policy_pin(&c->guest->policy, &c->functions[i]))
			return true;
	return false;
}

/* The function of DEVICE that takes the place of FROM, or NULL. */
static const struct hd_pci_addr *counterpart(const struct choosing *c,
					     const struct hd_candidate *device,
					     const struct hd_pci_addr *from)
{
	if (device->n_functions != c->n_functions)
		return NULL;
	if (c->n_functions == 1)
		return &device->functions[0].addr;
	for (size_t i = 0; i < device->n_functions; i++)
		if (device->functions[i].addr.fn == from->fn)
			return &device->functions[i].addr;
	return NULL;
}

static bool is_chosen(const struct choosing *c, const struct hd_candidate *device)
{
	for (size_t i = 0; i < c->n_moves; i++)
		for (size_t k = 0; k < device->n_functions; k++)
			if (!hd_pci_addr_compare(&c->moves[i].to, &device->functions[k].addr))
				return true;
	return false;
}

/* Of those that are free some are not for this place. */
static void narrow(struct choosing *c)
{
	for (size_t i = 0; i < c->all.n; i++) {
		struct hd_candidate *device = &c->all.devices[i];

		if (!hd_candidate_is_free(device))
			continue;
		if (is_chosen(c, device))
			device->reason = "it is chosen for another device of the guest";
		for (size_t k = 0; k < c->n_functions; k++)
			if (!counterpart(c, device, &c->functions[k]))
				device->reason = "its functions are not those of the device that it "
						 "would replace";
	}
}

/* Why the device must be replaced, or NULL: it can stay. */
static const char *reason_to_choose(const struct choosing *c)
{
	const struct hd_candidate *now = hd_candidates_find(&c->all, &c->any->addr);

	if (!now)
		return "it is not there";
	if (now->is_held)
		return NULL;
	return now->claimed_by ? now->claimed_by : now->reason;
}

/* One that another guest is only defined with can be used, if that guest does not run. */
static bool may_stay(const struct choosing *c)
{
	const struct hd_candidate *now = hd_candidates_find(&c->all, &c->any->addr);

	return now && !now->reason;
}

/* narrow() has left none without all counterparts. */
static void add_moves(struct choosing *c, const struct hd_candidate *device)
{
	for (size_t i = 0; i < c->n_functions; i++) {
		const struct hd_pci_addr *to = counterpart(c, device, &c->functions[i]);

		if (to)
			hd_push(c->run->context.arena, &c->moves, &c->n_moves,
				(struct hd_device_move){ .from = c->functions[i], .to = *to });
	}
}

static enum hd_exit replace_device(struct choosing *c, const char *reason, struct hd_error *err)
{
	struct hd_arena *arena = c->run->context.arena;
	const struct hd_candidate *device;
	char name[HD_PCI_ADDR_SIZE];
	enum hd_exit code;

	narrow(c);
	code = hd_candidates_choose(&device, &c->all, &c->run->context, err);
	if (code != HD_EXIT_OK || (!device && may_stay(c)))
		return code;
	(void)hd_pci_addr_format(&c->any->addr, name);
	if (!device) {
		hd_choice_note_reasons(c->notes, arena, &c->all);
		return hd_fail_as(HD_EXIT_REFUSED, err, -EBUSY, "guest '%s' is not started: its %s cannot be "
				  "used (%s), and no other device of %s is free",
				  hd_text_printable(arena, c->guest->name, MAX_NAME), name, reason,
				  c->any->of);
	}
	hd_notes_add(c->notes, arena, "%s: %s", name, reason);
	hd_choice_note_chosen(c->notes, c->run, &c->all, device);
	add_moves(c, device);
	return HD_EXIT_OK;
}

static enum hd_exit look_at(struct choosing *c, struct hd_error *err)
{
	const char *reason;
	enum hd_exit code;

	if (!hd_request_pci(c->guest, &c->any->addr))
		return HD_EXIT_OK;	/* it was detached since */
	code = hd_candidates_read(&c->all, &c->run->context, c->any->of, c->guest, err);
	if (code != HD_EXIT_OK) {
		(void)hd_wrap(err, "guest '%s': <hd:any of='%s'> of its metadata",
			      hd_text_printable(c->run->context.arena, c->guest->name, MAX_NAME), c->any->of);
		return HD_EXIT_HOST;
	}
	find_functions(c);
	reason = is_pinned(c) ? NULL : reason_to_choose(c);
	return reason ? replace_device(c, reason, err) : HD_EXIT_OK;
}

enum hd_exit hd_choose_again(struct hd_device_move **ret, size_t *ret_n, struct hd_run *run,
			     const struct hd_request *guest, struct hd_notes *notes,
			     struct hd_error *err)
{
	struct choosing c = { .run = run, .guest = guest, .notes = notes };
	enum hd_exit code = HD_EXIT_OK;

	for (size_t i = 0; code == HD_EXIT_OK && i < guest->policy.n_anys; i++) {
		c.any = &guest->policy.anys[i];
		code = look_at(&c, err);
	}
	*ret = c.moves;
	*ret_n = c.n_moves;
	return code;
}
