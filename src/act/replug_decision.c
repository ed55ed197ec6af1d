/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_decision.c - which USB device goes to which running guest, and what it has lost; pure. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "act/replug_decision.h"
#include "base/text.h"

static bool has_ids(const struct hd_replug *policy)
{
	return policy->vendor >= 0;
}

static bool is_general(const struct hd_replug *policy)
{
	return !has_ids(policy) && !policy->port && !policy->hub;
}

/* Below the hub's port, and not the hub itself. */
static bool is_below_hub(const char *port, const char *hub)
{
	return hd_text_starts_with(port, hub) && port[strlen(hub)] == '.';
}

static bool is_optional(const struct hd_replug_guest *guest, unsigned vendor, unsigned product)
{
	for (size_t i = 0; i < guest->n_optional; i++)
		if (guest->optional[i].usb_vendor == vendor &&
		    guest->optional[i].usb_product == product)
			return true;
	return false;
}

static bool is_meant(const struct hd_replug_guest *guest, const struct hd_replug *policy,
		     const struct hd_usb_dev *dev)
{
	if (is_general(policy))
		return is_optional(guest, dev->vendor, dev->product);
	if (policy->port)
		return !strcmp(policy->port, dev->port);
	if (policy->hub)
		return is_below_hub(dev->port, policy->hub);
	return dev->vendor == (unsigned)policy->vendor &&
	       dev->product == (unsigned)policy->product &&
	       (!policy->serial || hd_text_is_same(policy->serial, dev->serial));
}

const char *hd_replug_name(struct hd_arena *arena, const struct hd_replug *policy)
{
	if (policy->port)
		return hd_printf(arena, "port %s", policy->port);
	if (policy->hub)
		return hd_printf(arena, "the hub at port %s", policy->hub);
	if (is_general(policy))
		return "an element of its own";
	return hd_printf(arena, "ids %04x:%04x%s", (unsigned)policy->vendor,
			 (unsigned)policy->product,
			 policy->serial ? " and a serial number" : "");
}

/* A root hub or a hub stays with the host; what is behind it has its own event. */
static bool can_go(const struct hd_usb_dev *dev)
{
	return dev->class != HD_USB_CLASS_HUB && hd_policy_is_usb_port(dev->port);
}

const char *hd_replug_wants(struct hd_arena *arena, const struct hd_replug_guest *guest,
			    const struct hd_usb_dev *dev)
{
	const struct hd_replug *found = NULL;

	for (size_t i = 0; can_go(dev) && i < guest->n_policies; i++) {
		if (!is_meant(guest, &guest->policies[i], dev))
			continue;
		if (!guest->policies[i].is_wanted)
			return NULL;
		if (!found)
			found = &guest->policies[i];
	}
	return found ? hd_replug_name(arena, found) : NULL;
}

bool hd_replug_has(const struct hd_replug_guest *guest, const struct hd_usb_dev *dev)
{
	for (size_t i = 0; i < guest->n_devices; i++)
		if (!guest->devices[i].dev.is_missing &&
		    hd_usb_is_named(dev, &guest->devices[i].dev))
			return true;
	return false;
}

void hd_replug_find_owner(struct hd_replug_owner *ret, struct hd_arena *arena,
			  const struct hd_replug_guests *guests, const struct hd_usb_dev *dev)
{
	const struct hd_replug_guest *wants = NULL, *second = NULL;

	*ret = (struct hd_replug_owner){ .guest = NULL };
	for (size_t i = 0; i < guests->n; i++) {
		const struct hd_replug_guest *guest = &guests->items[i];

		if (hd_replug_has(guest, dev)) {
			*ret = (struct hd_replug_owner){ .has = guest };
			return;
		}
		if (!hd_replug_wants(arena, guest, dev))
			continue;
		if (!wants)
			wants = guest;
		else if (!second)
			second = guest;
	}
	if (second)
		*ret = (struct hd_replug_owner){ .rivals = { wants, second } };
	else
		ret->guest = wants;
}

bool hd_replug_is_dead(const struct hd_hostdev *dev, const struct hd_usb_list *usb)
{
	if (dev->is_missing)
		return true;
	if (!dev->usb_bus || !dev->usb_device)
		return false;
	for (size_t i = 0; i < usb->n; i++)
		if (hd_usb_is_named(&usb->devs[i], dev))
			return false;
	return true;
}

static unsigned bus_of(const char *port)
{
	return (unsigned)strtoul(port, NULL, 10);
}

/* Where it was plugged in is not known any more, but its bus is. */
static bool may_be_of(const struct hd_replug_guest *guest, const struct hd_replug *policy,
		      const struct hd_hostdev *dev)
{
	const char *place = policy->port ? policy->port : policy->hub;

	if (place)
		return !dev->is_missing && dev->usb_bus == bus_of(place);
	if (is_general(policy))
		return is_optional(guest, dev->usb_vendor, dev->usb_product);
	return dev->usb_vendor == (unsigned)policy->vendor &&
	       dev->usb_product == (unsigned)policy->product;
}

/* A `no` for a place says nothing about what was elsewhere on its bus. */
static bool is_covered(const struct hd_replug_guest *guest, const struct hd_hostdev *dev)
{
	bool is_wanted = false;

	for (size_t i = 0; i < guest->n_policies; i++) {
		const struct hd_replug *policy = &guest->policies[i];

		if (!may_be_of(guest, policy, dev))
			continue;
		if (!policy->is_wanted && has_ids(policy) && !policy->serial)
			return false;
		is_wanted = is_wanted || policy->is_wanted;
	}
	return is_wanted;
}

void hd_replug_find_dead(const struct hd_picked ***ret, size_t *ret_n, struct hd_arena *arena,
			 const struct hd_replug_guest *guest, const struct hd_usb_list *usb,
			 const char *port)
{
	*ret = NULL;
	*ret_n = 0;
	for (size_t i = 0; i < guest->n_devices; i++) {
		const struct hd_hostdev *dev = &guest->devices[i].dev;

		if (!hd_replug_is_dead(dev, usb) || !is_covered(guest, dev))
			continue;
		if (port && !dev->is_missing && dev->usb_bus != bus_of(port))
			continue;
		hd_push(arena, ret, ret_n, &guest->devices[i]);
	}
}

static bool has_its_ids(const struct hd_hostdev *hostdev, const struct hd_usb_dev *dev)
{
	return dev->vendor == hostdev->usb_vendor && dev->product == hostdev->usb_product;
}

const struct hd_hostdev *hd_replug_find_model(const struct hd_replug_guest *guest,
					      const struct hd_usb_list *usb,
					      const struct hd_usb_dev *dev)
{
	const struct hd_hostdev *found = NULL;

	for (size_t i = 0; i < guest->n_devices; i++) {
		const struct hd_hostdev *had = &guest->devices[i].dev;

		if (has_its_ids(had, dev) && !hd_replug_is_dead(had, usb))
			return NULL;
		if (has_its_ids(had, dev))
			found = had;
	}
	for (size_t i = 0; !found && i < guest->n_optional; i++)
		if (has_its_ids(&guest->optional[i], dev))
			found = &guest->optional[i];
	return found;
}
