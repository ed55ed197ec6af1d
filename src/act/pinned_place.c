/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pinned_place.c - where is a card now that a guest's metadata pin at another address? */
#include "config.h"

#include <string.h>

#include "act/pinned_place.h"
#include "facts/libvirt/guests.h"
#include "facts/pci/pci.h"

#define CLASS_NVME 0x0108u

struct host {
	struct hd_context *context;
	const struct hd_request *guest;
	struct hd_guests guests;
	struct hd_pci_fn *fns;
	size_t n;
};

static int read_host(struct host *ret, struct hd_context *context, const struct hd_request *guest,
		     struct hd_error *err)
{
	struct hd_pci_addr *addrs;
	struct hd_error ignored;
	size_t n;
	int rc = hd_pci_addresses(&context->root, context->arena, &addrs, &n, err);

	*ret = (struct host){ .context = context, .guest = guest };
	/* Without it, more functions are named than could be the card. */
	(void)!hd_guests_read(&ret->guests, &context->root, context->arena, "", &ignored);
	ret->fns = hd_alloc(context->arena, ((rc < 0 ? 0 : n) + 1) * sizeof(*ret->fns));
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct hd_pci_fn *fn = &ret->fns[ret->n];

		rc = hd_pci_fn_read(fn, &context->root, context->arena, &addrs[i], err);
		ret->n += rc == 0 && fn->is_present;
	}
	return rc;
}

static bool is_id(int pinned, unsigned is)
{
	return pinned < 0 || (unsigned)pinned == is;
}

/* An unknown serial number is not the pinned one. */
static bool has_identity(const struct hd_pci_fn *fn, const struct hd_pin *pin)
{
	return is_id(pin->vendor, fn->vendor) && is_id(pin->device, fn->device) &&
	       is_id(pin->subsystem_vendor, fn->subsystem_vendor) &&
	       is_id(pin->subsystem_device, fn->subsystem_device) &&
	       (!pin->serial || (fn->serial && !strcmp(pin->serial, fn->serial)));
}

static bool is_in_slot(const struct host *host, const struct hd_pci_fn *fn, const struct hd_pin *pin)
{
	const char *path = pin->path ? hd_pci_slot_path(host->context->arena, fn) : NULL;

	return !pin->path || (path && !strcmp(path, pin->path));
}

static bool says_enough(const struct hd_pin *pin)
{
	return pin->serial || (pin->vendor >= 0 && pin->device >= 0);
}

/* A number that the device's driver would tell does not move it: device-identity says what to do. */
static bool is_at_home(const struct host *host, const struct hd_pin *pin)
{
	for (size_t i = 0; i < host->n; i++) {
		const struct hd_pci_fn *fn = &host->fns[i];
		struct hd_pin pinned = *pin;

		if (hd_pci_addr_compare(&fn->addr, &pin->addr) != 0)
			continue;
		if (!fn->serial)
			pinned.serial = NULL;
		return has_identity(fn, &pinned) && is_in_slot(host, fn, pin);
	}
	return false;
}

static void find_fits(struct hd_moved_card *card, const struct host *host, const struct hd_pin *pin,
		      bool in_slot)
{
	struct hd_arena *arena = host->context->arena;
	struct hd_pci_addr *fits = NULL;

	for (size_t i = 0; says_enough(pin) && i < host->n; i++) {
		const struct hd_pci_fn *fn = &host->fns[i];

		if (!has_identity(fn, pin) || (in_slot && !is_in_slot(host, fn, pin)))
			continue;
		hd_push(arena, &fits, &card->n_fits, fn->addr);
		card->path = hd_pci_slot_path(arena, fn);
	}
	card->fits = fits;
	if (card->n_fits != 1)
		card->path = NULL;
}

/* Only the driver of a disk's controller reads its serial number. */
static bool has_unread_serial(const struct hd_pci_fn *fn)
{
	return !fn->serial && fn->driver_kind != HD_DRIVER_HOST && hd_pci_class_of(fn) == CLASS_NVME;
}

/* Another disk of the guest, where it is pinned. */
static bool is_pinned_here(const struct host *host, const struct hd_pci_addr *addr)
{
	const struct hd_pin *pin = hd_request_pci(host->guest, addr) ?
				   hd_policy_pin(&host->guest->policy, addr) : NULL;

	return pin && is_at_home(host, pin);
}

static bool is_held(const struct host *host, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < host->guests.n_claims; i++)
		if (host->guests.claims[i].is_running &&
		    !hd_pci_addr_compare(&host->guests.claims[i].addr, addr))
			return true;
	return false;
}

static bool may_be(const struct host *host, const struct hd_pci_fn *fn, const struct hd_pin *pin)
{
	struct hd_pin rest = *pin;

	rest.serial = NULL;
	return has_unread_serial(fn) && has_identity(fn, &rest) && !is_pinned_here(host, &fn->addr);
}

static void find_unread(struct hd_moved_card *card, const struct host *host, const struct hd_pin *pin)
{
	struct hd_arena *arena = host->context->arena;
	struct hd_pci_addr *unread = NULL, *held = NULL;

	for (size_t i = 0; pin->serial && i < host->n; i++) {
		const struct hd_pci_fn *fn = &host->fns[i];

		if (!may_be(host, fn, pin))
			continue;
		if (is_held(host, &fn->addr))
			hd_push(arena, &held, &card->n_held, fn->addr);
		else
			hd_push(arena, &unread, &card->n_unread, fn->addr);
	}
	card->unread = unread;
	card->held = held;
}

static struct hd_moved_card find_card(const struct host *host, const struct hd_pin *pin)
{
	struct hd_moved_card card = { .from = pin->addr };

	find_fits(&card, host, pin, true);
	if (card.n_fits)
		return card;
	find_fits(&card, host, pin, false);
	card.is_in_other_slot = card.n_fits > 0;
	if (!card.n_fits)
		find_unread(&card, host, pin);
	return card;
}

enum hd_exit hd_moved_cards(struct hd_moved_card **ret, size_t *ret_n, struct hd_context *context,
			    const struct hd_request *guest, struct hd_error *err)
{
	struct host host;

	*ret = NULL;
	*ret_n = 0;
	if (!guest->policy.n_pins)
		return HD_EXIT_OK;
	if (read_host(&host, context, guest, err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < guest->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &guest->hostdevs[i];
		const struct hd_pin *pin = dev->kind == HD_DEVICE_PCI && dev->has_addr ?
					   hd_policy_pin(&guest->policy, &dev->addr) : NULL;

		if (pin && !is_at_home(&host, pin))
			hd_push(context->arena, ret, ret_n, find_card(&host, pin));
	}
	return HD_EXIT_OK;
}
