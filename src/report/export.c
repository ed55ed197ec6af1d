/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export.c - which formats of schedulers are there, and what do they leave out? */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inventory/machinery.h"
#include "report/export.h"
#include "report/report_json.h"

#define NAMED 3
#define MAX_NAME 40		/* Kubernetes takes 63, and more is added */

#define PCI HD_KIND_BIT(HD_DEVICE_PCI)

const struct hd_export_format hd_export_formats[] = {
	{ "nova", "OpenStack Nova", "for nova.conf of nova-compute; aliases also for nova-api",
	  NULL, { .kinds = PCI, .max_domain = 0xffff }, hd_export_nova },
	{ "kubevirt", "KubeVirt", "a patch for the resource KubeVirt; devices are named by id: all "
	  "hosts of the cluster must agree", NULL,
	  { .kinds = PCI | HD_KIND_BIT(HD_DEVICE_USB) | HD_KIND_BIT(HD_DEVICE_MDEV), .by_id = true },
	  hd_export_kubevirt },
	{ "harvester", "Harvester", "resources for kubectl apply", "-.", { .kinds = PCI },
	  hd_export_harvester },
	{ "proxmox", "Proxmox VE", "for /etc/pve/mapping/pci.cfg", "-", { .kinds = PCI },
	  hd_export_proxmox },
};
const size_t hd_n_export_formats = HD_ARRAY_SIZE(hd_export_formats);

const struct hd_export_format *hd_export_format_find(const char *name)
{
	for (size_t i = 0; i < hd_n_export_formats; i++)
		if (!strcmp(hd_export_formats[i].name, name))
			return &hd_export_formats[i];
	return NULL;
}

const char *hd_export_id(struct hd_arena *arena, unsigned vendor, unsigned device)
{
	return hd_printf(arena, "%04x:%04x", vendor & 0xffff, device & 0xffff);
}

/* The words of TEXT in small letters with "-" between them: at most MAX_NAME characters. */
static const char *words_of(struct hd_arena *arena, const char *text)
{
	char name[MAX_NAME + 1];
	size_t n = 0;

	for (; *text && *text != '[' && n < MAX_NAME; text++) {
		if (hd_text_has_only((const char[]){ *text, '\0' }, ""))
			name[n++] = (char)tolower((unsigned char)*text);
		else if (n && name[n - 1] != '-')
			name[n++] = '-';
	}
	while (n && name[n - 1] == '-')
		n--;
	return hd_strndup(arena, name, n);
}

const char *hd_export_name(struct hd_arena *arena, const struct hd_offer *offer)
{
	const char *class;

	if (offer->item->kind == HD_DEVICE_MDEV)
		return hd_printf(arena, "mdev-%s", words_of(arena, offer->type));
	class = words_of(arena, offer->class);
	return hd_printf(arena, "%s%s%s-%04x-%04x", isalpha((unsigned char)*class) ? "" : "device",
			 *class && !isalpha((unsigned char)*class) ? "-" : "", class,
			 offer->item->vendor & 0xffff, offer->item->device & 0xffff);
}

const char *hd_export_quoted(struct hd_arena *arena, const char *text)
{
	_cleanup_(hd_json_free) json_t *string = hd_json_text(text);
	char *dump = string ? json_dumps(string, JSON_ENCODE_ANY | JSON_ENSURE_ASCII) : NULL;
	const char *copy;

	if (!dump)
		hd_oom();
	copy = hd_strdup(arena, dump);
	free(dump);
	return copy;
}

bool hd_export_is_first(const struct hd_export *from, size_t i,
			bool (*is_same)(const struct hd_offer *a, const struct hd_offer *b))
{
	if (from->offers[i].reason)
		return false;
	for (size_t k = 0; k < i; k++)
		if (!from->offers[k].reason && is_same(&from->offers[k], &from->offers[i]))
			return false;
	return true;
}

/* In ASCII, so that no parser finds an end of line in it. */
static void put_plain(FILE *out, const char *text)
{
	for (; *text; text++)
		(void)fputc(*text >= ' ' && *text <= '~' ? *text : '?', out);
}

static bool is_left_alike(const struct hd_export *from, size_t i, size_t k)
{
	const struct hd_offer *a = &from->offers[i], *b = &from->offers[k];

	return b->reason && !strcmp(a->reason, b->reason) && !strcmp(a->class, b->class);
}

static bool is_told(const struct hd_export *from, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_left_alike(from, i, k))
			return true;
	return false;
}

/* "# not offered: Ethernet 0000:03:10.0, 0000:03:10.1, 0000:03:10.2 and 35 more: needs network-free" */
static void put_left_out(const struct hd_export *from, size_t i)
{
	size_t n = 0;

	(void)fputs("# not offered: ", from->out);
	put_plain(from->out, from->offers[i].class);
	for (size_t k = i; k < from->n; k++) {
		if (!is_left_alike(from, i, k) || n++ >= NAMED)
			continue;
		(void)fputs(n > 1 ? ", " : " ", from->out);
		put_plain(from->out, from->offers[k].item->address);
	}
	if (n > NAMED)
		(void)fprintf(from->out, " and %zu more", n - NAMED);
	(void)fputs(": ", from->out);
	put_plain(from->out, from->offers[i].reason);
	(void)fputc('\n', from->out);
}

void hd_export_write(const struct hd_export *from, const struct hd_export_format *format)
{
	(void)fprintf(from->out, "# Devices of this host that may be offered by %s, %s.\n",
		      format->product, format->note);
	format->write(from);
	for (size_t i = 0; i < from->n; i++)
		if (from->offers[i].reason && !hd_machinery_of(from->offers[i].item) &&
		    !is_told(from, i))
			put_left_out(from, i);
}
