/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_place.c - where a PCI function is plugged in, and into which kind of slot. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci.h"

#define SYS_DEVICES "sys/devices/"
#define CONVENTIONAL_SIZE 256	/* of the configuration space; PCI Express has 4096 */
#define HEADER_SIZE 64		/* all that many captured trees have */

/* The component without its end: "0000:00:1c.0" gives "1c.0"; the root stays. */
static const char *shorten(struct hd_arena *arena, const char *at, size_t length)
{
	const char *name = hd_strndup(arena, at, length);
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(name, &addr))
		return hd_text_starts_with(name, "pci") ? name : NULL;
	return hd_printf(arena, "%02x.%u", addr.slot & 0x1fu, addr.fn & 7u);
}

const char *hd_pci_slot_path(struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	const char *at = fn->path, *text = NULL;

	if (!at || !hd_text_starts_with(at, SYS_DEVICES "pci"))
		return NULL;
	for (at += strlen(SYS_DEVICES); *at; at += strspn(at, "/")) {
		size_t length = strcspn(at, "/");
		const char *part = shorten(arena, at, length);

		if (!part)
			return NULL;
		text = text ? hd_printf(arena, "%s/%s", text, part) : part;
		at += length;
	}
	return text;
}

bool hd_pci_is_conventional(const struct hd_sysroot *root, const struct hd_pci_fn *fn)
{
	struct stat st;

	if (hd_sysroot_has(root, HD_SYS_PCI "/%s/max_link_speed", fn->name) ||
	    hd_sysroot_stat(root, &st, HD_SYS_PCI "/%s/config", fn->name) < 0)
		return false;
	return st.st_size > HEADER_SIZE && st.st_size <= CONVENTIONAL_SIZE;
}
