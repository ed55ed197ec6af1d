/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libvirt_calls.h - the border to libvirt.
 *
 * Its calls may hang for ever with the daemon (an autostart that runs a hook,
 * for one), so they are made in processes that can be given up.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "domain/move_devices.h"
#include "domain/request.h"

#define HD_VIRT_URI "qemu:///system"

struct hd_virt_guest {
	char uuid[37];
	bool is_persistent;		/* it has a definition */
	const char *config;		/* what its next start uses */
	const char *live;		/* what it has now; NULL if it does not run */
};

/* Both XMLs of the guest with this name or UUID; -ENOENT: none. May hang. */
int hd_virt_guest_read(struct hd_virt_guest *ret, const char *uri, const char *guest,
		       struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 3, 4, 5) _must_check_;

enum hd_virt_verb {
	HD_VIRT_ATTACH,		/* virDomainAttachDeviceFlags */
	HD_VIRT_DETACH,		/* virDomainDetachDeviceFlags; of a running guest, until it is gone */
	HD_VIRT_METADATA,	/* virDomainSetMetadata of our element */
	HD_VIRT_MOVE,		/* virDomainDefineXML of what it is, with other devices in it */
};

struct hd_virt_op {
	enum hd_virt_verb verb;
	bool is_live;			/* of the running guest; else of its definition */
	const char *xml;		/* the element */
	const char *before;		/* HD_VIRT_METADATA: what was there, or NULL */
	const char *seen;		/* of the definition: its XML, without passwords, that the change is
					   composed from.  If it is another one by now, the operation fails.
					   HD_VIRT_MOVE; HD_VIRT_METADATA, where NULL is not compared */
	const struct hd_hostdev *dev;	/* what has to be gone when it is detached; or NULL */
	const struct hd_device_move *moves;	/* HD_VIRT_MOVE */
	size_t n_moves;
};

/*
 * Does OPS in order.  If one fails those before it are taken back, unless
 * they detach or move.  Reports what happens by lines on OUT: "connected",
 * then of each operation N (from 0) "begin N", and "done N" or "failed N REASON";
 * "pending N": the running guest did not let the device go within WAIT_MS; "back N"
 * or "left N REASON" for what is taken back; "end".  May hang.
 */
void hd_virt_change(int out, const char *uri, const char *uuid, const struct hd_virt_op *ops,
		    size_t n, int wait_ms) _nonnull_(3, 4);

/* What a guest does while the host sleeps, and after that. */
enum hd_virt_power {
	HD_POWER_PAUSE,		/* virDomainSuspend, of a guest that runs */
	HD_POWER_RESUME,	/* virDomainResume, of one that somebody paused */
	HD_POWER_SAVE,		/* virDomainManagedSave, of one that is active */
	HD_POWER_START,		/* virDomainCreate, of one that is not and has such an image */
	HD_POWER_CREATE,	/* the same of any that is not active */
	HD_POWER_MAX
};

/*
 * Does WHAT with the guest of this UUID, or with ONLY_LOOKS says whether it would.  Returns 1;
 * 0 if the guest is not in the state for it, -ENOENT: there is no such guest; -EIO with ERR.
 * May hang.
 */
int hd_virt_power(const char *uri, const char *uuid, enum hd_virt_power what, bool only_looks,
		  struct hd_error *err) _nonnull_(2, 5) _must_check_;

/*
 * The PCI, USB and mediated devices that libvirt knows, and USB interfaces, as one
 * XML text: <devices> with a <device> (docs/formatnode.rst) for each.  May hang.
 */
int hd_virt_node_devices(const char *uri, struct hd_arena *arena, const char **ret,
			 struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/*
 * virNodeDeviceDetachFlags (or ReAttach, unless DETACHES) of the PCI function ADDR.
 * Reports how far it came by the lines "connected", "calling" and "done" on standard
 * output, for the knob that started us.  May hang.
 */
int hd_virt_nodedev(const char *uri, const char *addr, const char *driver, bool detaches,
		    struct hd_error *err) _nonnull_(2, 5) _must_check_;

/*
 * Defines the mediated device UUID of TYPE on PARENT ("0000:06:00.0", "mtty") unless it
 * is, starts it unless it runs, and lets libvirt start it at each boot.  What fails takes
 * back what was done.  TYPE and UUID are plain.  May hang.
 */
int hd_virt_mdev_define(const char *uri, const char *parent, const char *type,
			const char *uuid, struct hd_error *err) _nonnull_(2, 3, 4, 5) _must_check_;

/* Stops and forgets it; 0 also if there is none.  May hang. */
int hd_virt_mdev_undefine(const char *uri, const char *uuid, struct hd_error *err)
	_nonnull_(2, 3) _must_check_;
