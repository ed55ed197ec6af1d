/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_place.c - where a PCI function is plugged in, and into which kind of slot. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci/pci.h"

#define SYS_DEVICES "sys/devices/"
/* Of the configuration space, Linux include/uapi/linux/pci_regs.h; PCI Express has 4096. */
#define CONVENTIONAL_SIZE 256
#define HEADER_SIZE 64
#define REG_STATUS 0x06
#define STATUS_HAS_CAPABILITIES 0x10
#define REG_CAPABILITIES 0x34
#define CAPABILITY_EXPRESS 0x10

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

static bool has_capability(const uint8_t *config, uint8_t id)
{
	uint8_t at = config[REG_CAPABILITIES] & 0xfcu;

	if (!(config[REG_STATUS] & STATUS_HAS_CAPABILITIES))
		return false;
	/* Each takes four bytes at least: a list that is longer goes in circles. */
	for (unsigned i = 0; i < CONVENTIONAL_SIZE / 4 && at >= HEADER_SIZE; i++) {
		if (config[at] == id)
			return true;
		at = config[at + 1] & 0xfcu;
	}
	return false;
}

bool hd_pci_is_conventional(const struct hd_sysroot *root, const struct hd_pci_fn *fn)
{
	uint8_t config[CONVENTIONAL_SIZE] = { 0 };
	struct stat st;
	ssize_t n;

	if (hd_sysroot_has(root, HD_SYS_PCI "/%s/max_link_speed", fn->name) ||
	    hd_sysroot_stat(root, &st, HD_SYS_PCI "/%s/config", fn->name) < 0 ||
	    st.st_size > CONVENTIONAL_SIZE)
		return false;
	n = hd_sysroot_bytes(root, config, sizeof(config), HD_SYS_PCI "/%s/config", fn->name);
	if (n == CONVENTIONAL_SIZE)
		return !has_capability(config, CAPABILITY_EXPRESS);
	/* Not root: the kernel shows the header alone, but the size of all. */
	return root->is_live && st.st_size == CONVENTIONAL_SIZE;
}
