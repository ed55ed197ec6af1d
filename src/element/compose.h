/* SPDX-License-Identifier: GPL-2.0-or-later */
/* compose.h - inside src/element: how the element of each kind of device is put together. */
#pragma once

#include "element/element.h"
#include "facts/pci/pci.h"

struct hd_composer {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_element_options *options;
	struct hd_elements *list;
	struct hd_usb_list usb;		/* read when it is first needed */
	bool has_usb;
	int n_cards;
	struct hd_error *err;
};

/* One composer per value of --as; each returns as hd_elements_compose(). */
typedef int hd_composes(struct hd_composer *c, const struct hd_device_ref *ref);
hd_composes hd_compose_pci _must_check_, hd_compose_gpu _must_check_;
hd_composes hd_compose_disk _must_check_, hd_compose_interface _must_check_;
hd_composes hd_compose_usb _must_check_, hd_compose_serial _must_check_;
hd_composes hd_compose_mdev _must_check_, hd_compose_scsi _must_check_;

/* What a device is by itself: "pci", "gpu", "interface", ... */
hd_composes hd_compose_auto _must_check_;

/*
 * Can libvirt configure FN, a virtual function, through the interface of its physical
 * function?  0, or a negative errno with the composer's error.
 */
int hd_compose_check_parent(struct hd_composer *c, const struct hd_pci_fn *fn)
	_nonnull_(1, 2) _must_check_;

/* A function that may be passed: it exists and is not a part of the machine. */
int hd_compose_fn(struct hd_pci_fn *ret, struct hd_composer *c, const struct hd_device_ref *ref)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * A new element with the options of its kind; another option is -EINVAL.  NULL in *ret if
 * there is one of this kind and NAME already, unless it is another namespace of a disk.
 */
int hd_compose_add(struct hd_element **ret, struct hd_composer *c, enum hd_element_kind kind,
		   const char *name) _nonnull_(1, 2, 4) _must_check_;

/* The same for a PCI function. */
int hd_compose_add_fn(struct hd_element **ret, struct hd_composer *c, enum hd_element_kind kind,
		      const struct hd_pci_fn *fn) _nonnull_(1, 2, 4) _must_check_;

void hd_compose_note(struct hd_composer *c, const char *fmt, ...) _nonnull_(1, 2) _printf_(2, 3);

/* Notes what else is in the IOMMU groups of the passed functions. */
int hd_compose_groups(struct hd_composer *c) _nonnull_(1) _must_check_;

/* For hd_compose_add(): puts the options into ELEMENT. 0 or -EINVAL. */
int hd_element_options_apply(const struct hd_element_options *options, struct hd_arena *arena,
			     struct hd_element *element, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
