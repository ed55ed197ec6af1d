/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve.c - which device does a name mean? The forms of names, as rows. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "base/text.h"
#include "inventory/resolve_internal.h"

#define MAX_SHOWN 100
#define MAX_LISTED 6	/* candidates; an error's text is bounded */
#define MAX_HINT 64

struct form {
	bool (*is)(const char *text);
	hd_resolve_form *resolve;
	bool may_be_guest;
};

static bool is_pci(const char *text)
{
	struct hd_pci_addr addr;

	return hd_pci_addr_parse(text, &addr);
}

static int resolve_pci(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(text, &addr))
		return hd_fail(r->err, -EINVAL, "'%s' is not a PCI address", r->shown);
	hd_resolve_is_pci(ret, r, &addr);
	return 0;
}

static bool is_path(const char *text)
{
	return text[0] == '/';
}

static bool is_vf(const char *text)
{
	return hd_text_starts_with(text, "vf:");
}

static bool is_usb(const char *text)
{
	return hd_text_starts_with(text, "usb:");
}

/* "scsi:2:0:0:0" and lsscsi(8)'s "2:0:0:0". */
static bool is_scsi(const char *text)
{
	struct hd_scsi_addr addr;

	return hd_text_starts_with(text, "scsi:") || hd_scsi_addr_parse(text, &addr);
}

static bool is_net(const char *text)
{
	return hd_text_starts_with(text, "net:");
}

static int resolve_net_word(struct hd_device_ref *ret, struct hd_resolver *r,
			    const char *text)
{
	return hd_resolve_net(ret, r, text + strlen("net:"));
}

static bool is_uuid(const char *text)
{
	char uuid[37];

	return hd_text_uuid(text, uuid);
}

static bool is_id(const char *text)
{
	unsigned vendor, device;
	const char *end;

	return hd_resolve_ids(text, &vendor, &device, &end) && !*end;
}

/* What the kernel allows (net/core/dev.c, dev_valid_name). */
static bool is_word(const char *text)
{
	size_t length = strnlen(text, IFNAMSIZ);

	if (!length || length >= IFNAMSIZ || !strcmp(text, ".") || !strcmp(text, ".."))
		return false;
	for (; *text; text++)
		if (strchr("/:", *text) || isspace((unsigned char)*text))
			return false;
	return true;
}

/* The first that recognises a name has it. */
static const struct form forms[] = {
	{ is_pci, resolve_pci, false },
	{ is_path, hd_resolve_path, false },
	{ is_vf, hd_resolve_vf, false },
	{ is_usb, hd_resolve_usb, false },
	{ is_scsi, hd_resolve_scsi, false },
	{ is_net, resolve_net_word, false },
	{ is_uuid, hd_resolve_mdev, true },
	{ is_id, hd_resolve_id, false },
	{ is_word, hd_resolve_net, true },
};

static const struct form *form_of(const char *text)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(forms); i++)
		if (forms[i].is(text))
			return &forms[i];
	return NULL;
}

static struct hd_resolver resolver_for(const struct hd_sysroot *root, struct hd_arena *arena,
				       const char *text, struct hd_error *err)
{
	return (struct hd_resolver){
		.root = root, .arena = arena, .err = err,
		.shown = hd_text_printable(arena, text, MAX_SHOWN),
	};
}

int hd_resolve(struct hd_device_ref *ret, const struct hd_sysroot *root,
	       struct hd_arena *arena, const char *text, struct hd_error *err)
{
	struct hd_resolver r = resolver_for(root, arena, text, err);
	struct hd_device_ref ref = { .kind = HD_DEVICE_PCI };
	const struct form *form = form_of(text);
	int rc;

	if (!form)
		return hd_fail(err, -EINVAL, "'%s' does not name a device; name it by an "
			       "address such as 0000:01:00.0, usb:1-2 or scsi:2:0:0:0, vendor:device, a "
			       "path below /dev, an interface, or a UUID" HD_SEE_LIST,
			       r.shown);
	rc = form->resolve(&ref, &r, text);
	if (rc < 0)
		return rc;
	ref.given = text;
	*ret = ref;
	return 0;
}

bool hd_resolve_is_device(const struct hd_sysroot *root, struct hd_arena *arena,
			  const char *text)
{
	const struct form *form = form_of(text);
	struct hd_device_ref ref = { .kind = HD_DEVICE_PCI };
	struct hd_error ignored = { 0 };
	struct hd_resolver r;

	if (!form || !form->may_be_guest)
		return form != NULL;
	r = resolver_for(root, arena, text, &ignored);
	return form->resolve(&ref, &r, text) == 0;
}

void hd_resolve_hostdev(struct hd_hostdev *ret, const struct hd_device_ref *ref)
{
	*ret = (struct hd_hostdev){ .kind = ref->kind, .vlan = -1 };
	if (ref->kind == HD_DEVICE_PCI) {
		ret->has_addr = true;
		ret->addr = ref->pci;
	}
	if (ref->kind == HD_DEVICE_USB) {
		ret->usb_bus = ref->usb->bus;
		ret->usb_device = ref->usb->device;
	}
	if (ref->kind == HD_DEVICE_MDEV)
		ret->mdev_uuid = ref->uuid;
	if (ref->kind == HD_DEVICE_SCSI) {
		ret->has_scsi = true;
		ret->scsi = ref->scsi;
	}
	if (ref->kind == HD_DEVICE_SERIAL) {
		ret->source = HD_SOURCE_SERIAL;
		ret->path = ref->path;
	}
}

void hd_resolve_is_pci(struct hd_device_ref *ret, struct hd_resolver *r,
		       const struct hd_pci_addr *addr)
{
	char name[HD_PCI_ADDR_SIZE];

	ret->kind = HD_DEVICE_PCI;
	ret->has_pci = true;
	ret->pci = *addr;
	ret->name = hd_strdup(r->arena, hd_pci_addr_format(addr, name));
}

void hd_resolve_add(struct hd_resolver *r, const char *name, const char *hint)
{
	struct hd_candidate *c = hd_append(r->arena, &r->candidates, &r->n_candidates,
					   sizeof(*c));

	c->name = name;
	c->hint = hint ? hd_text_printable(r->arena, hint, MAX_HINT) : NULL;
}

int hd_resolve_only(struct hd_resolver *r)
{
	const char *list = "";
	size_t n = r->n_candidates > MAX_LISTED ? MAX_LISTED : r->n_candidates;

	if (r->n_candidates <= 1)
		return !r->n_candidates;
	for (size_t i = 0; i < n; i++) {
		const struct hd_candidate *c = &r->candidates[i];

		list = hd_printf(r->arena, "%s%s%s%s%s%s", list, i ? ", " : "", c->name,
				 c->hint ? " (" : "", c->hint ? c->hint : "",
				 c->hint ? ")" : "");
	}
	if (n < r->n_candidates)
		list = hd_printf(r->arena, "%s, and %zu more", list, r->n_candidates - n);
	return hd_fail(r->err, -ENOTUNIQ, "'%s' matches %zu devices; name one: %s", r->shown,
		       r->n_candidates, list);
}
