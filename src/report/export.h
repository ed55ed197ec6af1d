/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export.h - devices that may be offered, as the configuration of a scheduler.
 *
 * Whatever comes from a device or the host is either a number, has only letters, digits and "-"
 * (hd_export_name()), or is a string of JSON, which is one in YAML, too.
 */
#pragma once

#include <stdio.h>

#include "act/offers.h"

struct hd_export {
	FILE *out;
	struct hd_arena *arena;
	const struct hd_offer *offers;
	size_t n;
	const char *node;	/* the host's name in the cluster; NULL: the format does not need one */
};

struct hd_export_format {
	const char *name;	/* as the command has it */
	const char *product;	/* for people */
	const char *note;	/* the first comment: what the text is, and where it goes */
	const char *node_has;	/* what its node's name has besides letters and digits; NULL: it needs none */
	struct hd_offer_rules rules;
	void (*write)(const struct hd_export *from);
};

extern const struct hd_export_format hd_export_formats[];
extern const size_t hd_n_export_formats;

/* By its name, or NULL. */
const struct hd_export_format *hd_export_format_find(const char *name) _nonnull_(1);

/*
 * The configuration, then a comment for each class of devices and reason that it leaves out.
 * Bridges, hubs and other machinery are left out without one.
 */
void hd_export_write(const struct hd_export *from, const struct hd_export_format *format)
	_nonnull_(1, 2);

/* "vga-10de-2684", "mdev-grid-t4-1q": words of small letters and digits; the first is of letters. */
const char *hd_export_name(struct hd_arena *arena, const struct hd_offer *offer)
	_nonnull_(1, 2) _returns_nonnull_;

/* "10de:2684" */
const char *hd_export_id(struct hd_arena *arena, unsigned vendor, unsigned device)
	_nonnull_(1) _returns_nonnull_;

/* TEXT as a string of JSON with its quotes, in ASCII. */
const char *hd_export_quoted(struct hd_arena *arena, const char *text)
	_nonnull_(1, 2) _returns_nonnull_;

/* Is number I the first that is offered of those that IS_SAME puts together? */
bool hd_export_is_first(const struct hd_export *from, size_t i,
			bool (*is_same)(const struct hd_offer *a, const struct hd_offer *b))
	_nonnull_(1, 3);

void hd_export_nova(const struct hd_export *from) _nonnull_(1);
void hd_export_kubevirt(const struct hd_export *from) _nonnull_(1);
void hd_export_harvester(const struct hd_export *from) _nonnull_(1);
void hd_export_proxmox(const struct hd_export *from) _nonnull_(1);
