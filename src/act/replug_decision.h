/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replug_decision.h - which USB device goes to which running guest, and what it has lost; pure.
 *
 * QEMU keeps the address of a device that was unplugged or that came back under another number;
 * the element of such a device is dead: it can only be removed.
 */
#pragma once

#include "facts/libvirt/replug_guests.h"
#include "facts/usb/usb.h"

/* Which devices the entry means: "port 1-2", "ids 046d:c52b". */
const char *hd_replug_name(struct hd_arena *arena, const struct hd_replug *policy)
	_nonnull_(1, 2) _returns_nonnull_;

/* Why the guest wants the device, or NULL: it does not ("port 1-2", "ids 046d:c52b"). */
const char *hd_replug_wants(struct hd_arena *arena, const struct hd_replug_guest *guest,
			    const struct hd_usb_dev *dev) _nonnull_(1, 2, 3);

/* Which guest is to have DEV: exactly one of these is set, or none. */
struct hd_replug_owner {
	const struct hd_replug_guest *guest;	/* wants it, and no other */
	const struct hd_replug_guest *has;	/* has it already */
	const struct hd_replug_guest *rivals[2];	/* want it both: nobody gets it */
};
void hd_replug_find_owner(struct hd_replug_owner *ret, struct hd_arena *arena,
			  const struct hd_replug_guests *guests, const struct hd_usb_dev *dev)
	_nonnull_(1, 2, 3, 4);

/* Does the guest have DEV: is it in an element that is not dead? */
bool hd_replug_has(const struct hd_replug_guest *guest, const struct hd_usb_dev *dev)
	_nonnull_(1, 2);

/*
 * Is the device with the number and ids of the element DEV no longer there?  One that names
 * ids alone, as a start writes it before libvirt adds the number, is alive.
 */
bool hd_replug_is_dead(const struct hd_hostdev *dev, const struct hd_usb_list *usb)
	_nonnull_(1, 2);

/*
 * The dead elements of the guest that its policy is about: the host has no device with their
 * number and ids any more, or the guest started without one; and a policy names their ids, or
 * a port or hub of their bus.  PORT: only those that a device of this port may have left (on
 * its bus); NULL: all.  Owned by the arena and the guest.
 */
void hd_replug_find_dead(const struct hd_picked ***ret, size_t *ret_n, struct hd_arena *arena,
			 const struct hd_replug_guest *guest, const struct hd_usb_list *usb,
			 const char *port) _nonnull_(1, 2, 3, 4, 5);

/*
 * The element whose boot order, guestReset and alias DEV gets in the guest: a dead one with its ids,
 * or one with them that the guest starts without.  NULL: none, or another device with these
 * ids has them now, and two cannot.
 */
const struct hd_hostdev *hd_replug_find_model(const struct hd_replug_guest *guest,
					      const struct hd_usb_list *usb,
					      const struct hd_usb_dev *dev) _nonnull_(1, 2, 3);
