/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_nodedev_parts.h - how a <device> is read; for inventory_nodedev*.c only. */
#pragma once

#include "domain/xml.h"
#include "inventory/inventory_internal.h"

/* Who is whose child is told by names that are libvirt's alone. */
struct hd_nodedev_name {
	const char *name, *parent;
	enum hd_device_kind kind;
	const char *address;
};

struct hd_nodedev_reading {
	struct hd_inventory_reading r;
	struct hd_nodedev_name *named;
	size_t n_named;
};

struct hd_nodedev {
	struct hd_nodedev_reading *reading;
	const struct _xmlNode *node, *capability;
	const char *name, *path;
};

/* An element's text, printable; NULL if it has none or is not there. */
const char *hd_nodedev_text_of(const struct hd_nodedev *d, const struct _xmlNode *node);
const char *hd_nodedev_child_text(const struct hd_nodedev *d, const struct _xmlNode *parent,
				  const char *name);

/* The number that a child of the capability is, or 0. */
unsigned hd_nodedev_child_number(const struct hd_nodedev *d, const char *name);

/* A small number, or UNKNOWN. */
int hd_nodedev_number_of(const char *text, int unknown);
int hd_nodedev_attr_number(const struct hd_nodedev *d, const struct _xmlNode *node,
			   const char *name, int unknown);

/* <vendor> and <product>, the IOMMU group, of the capability. */
void hd_nodedev_read_ids(const struct hd_nodedev *d, struct hd_item *item);
int hd_nodedev_group_of(const struct hd_nodedev *d);

/* The device as an item, with its names. */
void hd_nodedev_add(const struct hd_nodedev *d, const struct hd_item *item);
void hd_nodedev_read_pci(const struct hd_nodedev *d);
