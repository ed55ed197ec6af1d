/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_internal.h - what resolve.c is made of; for resolve*.c only. */
#pragma once

#include "inventory/resolve.h"

/* A device that a name may mean. */
struct hd_candidate {
	const char *name;		/* that means it alone */
	const char *hint;		/* what tells it apart, printable; or NULL */
};

struct hd_resolver {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
	const char *shown;		/* the name, printable and bounded */
	struct hd_usb_list usbs;
	bool has_usbs;
	struct hd_candidate *candidates;
	size_t n_candidates;
};

/* The resolvers of the forms: 0, or as hd_resolve(). */
typedef int hd_resolve_form(struct hd_device_ref *ret, struct hd_resolver *r, const char *text);
hd_resolve_form hd_resolve_path, hd_resolve_usb, hd_resolve_id, hd_resolve_vf, hd_resolve_mdev,
		hd_resolve_net, hd_resolve_scsi;

/* "10de:1b06": four hexadecimal digits each, up to END, which is what follows them. */
bool hd_resolve_ids(const char *text, unsigned *vendor, unsigned *device, const char **end)
	_nonnull_(1, 2, 3, 4);

/* "sys/devices/..." of a link of a class or bus, or of a plain directory there; or NULL. */
const char *hd_resolve_dir(const struct hd_resolver *r, const char *link) _nonnull_(1, 2);

/*
 * What the directory DIR of sysfs is or hangs on.  Fills pci and usb, kind and
 * name by the nearest of them.  Returns 1; 0 if there is neither; or -ENXIO with
 * the error if it hangs on a USB device that the kernel does not list: then it
 * must not become the whole controller.
 */
int hd_resolve_owner(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
	_nonnull_(1, 2, 3) _must_check_;

/* What "/dev/nvme0n1p2" is on the kernel's side: fills *ret from its directory in sysfs. */
int hd_resolve_node(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
	_nonnull_(1, 2, 3) _must_check_;

/* The host's USB devices, read once. 0, or -errno with the error filled. */
int hd_resolve_usbs(struct hd_resolver *r) _nonnull_(1) _must_check_;

/*
 * Does DIR belong to a SCSI device of the host?  Then *ret becomes it.  RET has what it hangs
 * on; what hangs on USB stays the USB device.
 */
bool hd_resolve_scsi_node(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
	_nonnull_(1, 2, 3);

void hd_resolve_is_usb(struct hd_device_ref *ret, struct hd_resolver *r,
		       const struct hd_usb_dev *dev, enum hd_usb_by by) _nonnull_(1, 2, 3);
void hd_resolve_is_pci(struct hd_device_ref *ret, struct hd_resolver *r,
		       const struct hd_pci_addr *addr) _nonnull_(1, 2, 3);

void hd_resolve_add(struct hd_resolver *r, const char *name, const char *hint)
	_nonnull_(1, 2);
void hd_resolve_add_usb(struct hd_resolver *r, const struct hd_usb_dev *dev) _nonnull_(1, 2);

/* 0 if there is one candidate; -ENOTUNIQ with a list of several; 1: none. */
int hd_resolve_only(struct hd_resolver *r) _nonnull_(1) _must_check_;

/* Behind what is unknown. */
#define HD_SEE_LIST "; 'hostdevctl list' shows what this host has"
