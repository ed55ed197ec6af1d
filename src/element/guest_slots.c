/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_slots.c - gives elements their slots in a guest. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/guest_slots.h"
#include "facts/pci/pci.h"

#define FNS_PER_CARD 8

struct placing {
	struct hd_context *context;
	struct hd_elements *list;
	struct hd_slots slots;
	struct hd_pci_fn *fns;		/* of the host, one per element; not present: none */
	bool *is_done;
	bool is_live, has_target;
};

/* The elements of one card, by the number of the function. */
struct card {
	size_t items[FNS_PER_CARD];
	uint8_t fns[FNS_PER_CARD];
	size_t n;
};

static void add_note(struct hd_elements *list, struct hd_arena *arena, const char *text)
{
	*(const char **)hd_append(arena, &list->notes, &list->n_notes, sizeof(*list->notes)) =
		text;
}

static int read_fns(struct placing *p, struct hd_error *err)
{
	struct hd_context *context = p->context;

	p->fns = hd_alloc(context->arena, (p->list->n + 1) * sizeof(*p->fns));
	p->is_done = hd_alloc(context->arena, (p->list->n + 1) * sizeof(*p->is_done));
	for (size_t i = 0; i < p->list->n; i++) {
		p->fns[i].numa_node = -1;
		if (p->list->items[i].has_pci &&
		    hd_pci_fn_read(&p->fns[i], &context->root, context->arena, &p->list->items[i].pci,
				   err) < 0)
			return err->code;
	}
	return 0;
}

/* Each virtual function is a card of its own, with its own number. */
static bool is_whole(const struct placing *p, size_t i)
{
	return p->list->items[i].kind == HD_ELEMENT_PCI && !p->fns[i].physfn;
}

/* Are both in one slot of the host, whether they were named as one card or one by one? */
static bool is_same_card(const struct placing *p, size_t a, size_t b)
{
	const struct hd_pci_addr *x = &p->list->items[a].pci, *y = &p->list->items[b].pci;

	return is_whole(p, a) && is_whole(p, b) && x->domain == y->domain && x->bus == y->bus &&
	       x->slot == y->slot;
}

static void insert_function(struct card *card, size_t item, uint8_t fn)
{
	size_t at = card->n++;

	for (; at > 0 && card->fns[at - 1] > fn; at--) {
		card->fns[at] = card->fns[at - 1];
		card->items[at] = card->items[at - 1];
	}
	card->fns[at] = fn;
	card->items[at] = item;
}

static void collect_card(struct card *ret, struct placing *p, size_t first)
{
	*ret = (struct card){ 0 };
	for (size_t i = first; i < p->list->n && ret->n < FNS_PER_CARD; i++) {
		if (p->is_done[i] || !p->list->items[i].takes_slot)
			continue;
		if (i != first && (p->is_live || !is_same_card(p, first, i)))
			continue;
		p->is_done[i] = true;
		insert_function(ret, i, is_whole(p, i) ? p->list->items[i].pci.fn : 0);
	}
}

static enum hd_exit exit_of(int rc)
{
	if (rc == -EBUSY || rc == -ENOSPC)
		return HD_EXIT_REFUSED;
	return rc == -EINVAL ? HD_EXIT_USAGE : HD_EXIT_HOST;
}

static enum hd_exit place_card(struct placing *p, const struct card *card,
			       const struct hd_pci_addr *wanted, struct hd_error *err)
{
	const struct hd_pci_fn *fn = &p->fns[card->items[0]];
	struct hd_guest_addr guests[FNS_PER_CARD];
	const struct hd_slots_ask ask = {
		.name = p->list->items[card->items[0]].name,
		.fns = card->fns,
		.n = card->n,
		/* A disk is virtio in the guest, whatever its controller is here. */
		.is_conventional = p->list->items[card->items[0]].kind != HD_ELEMENT_DISK &&
				   fn->is_present &&
				   hd_pci_is_conventional(&p->context->root, fn),
		.is_live = p->is_live,
		.wanted = wanted,
		.host_node = fn->numa_node,
	};
	int rc = hd_slots_place(&p->slots, &ask, guests, err);

	if (rc < 0)
		return exit_of(rc);
	for (size_t i = 0; i < card->n; i++)
		p->list->items[card->items[i]].guest = guests[i];
	return HD_EXIT_OK;
}

static enum hd_exit place_all(struct placing *p, const struct hd_pci_addr *wanted,
			      struct hd_error *err)
{
	size_t n_cards = 0;

	for (size_t i = 0; i < p->list->n; i++) {
		struct card card;
		enum hd_exit code;

		collect_card(&card, p, i);
		if (!card.n)
			continue;
		if (wanted && n_cards) {
			hd_fail(err, -EINVAL, "--slot is for one card, not for several");
			return HD_EXIT_USAGE;
		}
		code = place_card(p, &card, wanted, err);
		if (code != HD_EXIT_OK)
			return code;
		n_cards++;
	}
	if (!wanted || n_cards)
		return HD_EXIT_OK;
	hd_fail(err, -EINVAL, "--slot is for PCI devices");
	return HD_EXIT_USAGE;
}

static bool is_taken(const struct placing *p, const char *name)
{
	for (size_t i = 0; i < p->slots.n_disks; i++)
		if (!strcmp(p->slots.disks[i], name))
			return true;
	for (size_t i = 0; i < p->list->n; i++)
		if (p->list->items[i].values[HD_P_TARGET] &&
		    !strcmp(p->list->items[i].values[HD_P_TARGET], name))
			return true;
	return false;
}

/* Gives unnamed disks names that the guest does not use yet. */
static void name_disks(struct placing *p)
{
	char last = 'a';

	if (p->has_target)
		return;
	for (size_t i = 0; i < p->list->n; i++)
		p->list->items[i].values[HD_P_TARGET] = NULL;
	for (size_t i = 0; i < p->list->n; i++) {
		const char *name = NULL;

		if (p->list->items[i].kind != HD_ELEMENT_DISK)
			continue;
		while (last <= 'z' && (!name || is_taken(p, name)))
			name = hd_printf(p->context->arena, "vd%c", last++);
		p->list->items[i].values[HD_P_TARGET] = name;
	}
}

static const char *number(struct hd_arena *arena, int value, bool is_hex)
{
	if (value < 0)
		return NULL;
	return is_hex ? hd_printf(arena, "0x%x", (unsigned)value) : hd_printf(arena, "%d", value);
}

/* New controllers come before the devices that need them. */
static void add_controllers(struct placing *p)
{
	struct hd_arena *arena = p->context->arena;
	struct hd_elements *list = p->list;
	size_t n = p->slots.n_added + list->n;
	struct hd_element *items = hd_alloc(arena, (n + 1) * sizeof(*items));

	for (size_t i = 0; i < p->slots.n_added; i++) {
		const struct hd_guest_controller *added = &p->slots.added[i];

		items[i].kind = HD_ELEMENT_CONTROLLER;
		items[i].name = hd_printf(arena, "controller %u", added->index);
		items[i].group = HD_NO_GROUP;
		items[i].guest = added->guest;
		items[i].values[HD_P_MODEL] = added->model;
		items[i].values[HD_P_MODEL_NAME] = added->model_name;
		items[i].values[HD_P_INDEX] = hd_printf(arena, "%u", added->index);
		items[i].values[HD_P_CHASSIS] = number(arena, added->chassis, false);
		items[i].values[HD_P_PORT] = number(arena, added->port, true);
		items[i].values[HD_P_CHASSIS_NR] = number(arena, added->chassis_nr, false);
	}
	for (size_t i = 0; i < list->n; i++)
		items[p->slots.n_added + i] = list->items[i];
	list->items = items;
	list->n = n;
}

enum hd_exit hd_place_elements(struct hd_elements *list, struct hd_context *context,
			       const struct hd_guest_xml *xml, const struct hd_places *places,
			       struct hd_error *err)
{
	struct hd_arena *arena = context->arena;
	struct placing p = { .context = context, .list = list, .is_live = places->is_live,
			     .has_target = places->has_target };
	const char *slot = places->slot;
	struct hd_pci_addr wanted;
	enum hd_exit code;

	if (slot && !hd_slots_parse(slot, &wanted)) {
		hd_fail(err, -EINVAL, "--slot '%.32s' is not a slot such as 07:00", slot);
		return HD_EXIT_USAGE;
	}
	if (hd_slots_read(&p.slots, arena, xml->text, xml->length, err) < 0 ||
	    read_fns(&p, err) < 0)
		return HD_EXIT_HOST;
	code = place_all(&p, slot ? &wanted : NULL, err);
	if (code != HD_EXIT_OK)
		return code;
	name_disks(&p);
	add_controllers(&p);
	for (size_t i = 0; i < p.slots.n_notes; i++)
		add_note(list, arena, p.slots.notes[i]);
	return HD_EXIT_OK;
}
