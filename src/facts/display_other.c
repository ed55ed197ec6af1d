/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display_other.c - has the host another display when these are gone? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display_internal.h"
#include "facts/fn_facts.h"

#define DRM "sys/class/drm"
#define MAX_FUNCTIONS 65536

static bool is_taken(const char *name, const char *const *taken, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(taken[i], name))
			return true;
	return false;
}

/* A 3D controller (0302) has no screen. */
static bool has_screen(uint64_t class)
{
	return class >> 16 == 0x03 && class >> 8 != 0x0302;
}

/* Is it a display, and the host's to use? */
static bool is_display(const struct hd_sysroot *root, struct hd_arena *arena, const char *name)
{
	enum hd_driver_kind kind;
	const char *driver;
	uint64_t class;

	if (hd_sysroot_u64(root, &class, HD_SYS_PCI "/%s/class", name) < 0 ||
	    !has_screen(class))
		return false;
	if (hd_sysroot_link_base(root, arena, &driver, HD_SYS_PCI "/%s/driver", name) < 0)
		return true;
	kind = hd_driver_kind_of(driver);
	return kind != HD_DRIVER_VFIO && kind != HD_DRIVER_HARMLESS &&
	       !hd_sysroot_has(root, HD_SYS_PCI "/%s/vfio-dev", name);
}

/* The function that "../../devices/pci0000:00/0000:00:02.0/drm/card0" is of, or NULL. */
static const char *function_of(struct hd_arena *arena, const char *link)
{
	const char *found = NULL;
	struct hd_pci_addr addr;

	while (*link) {
		size_t length = strcspn(link, "/");
		const char *part = hd_strndup(arena, link, length);

		if (strchr(part, ':') && hd_pci_addr_parse(part, &addr))
			found = part;
		link += length + (link[length] == '/');
	}
	return found;
}

static const char *find_card(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *const *taken, size_t n_taken)
{
	const char *const *names, *link;
	ssize_t n = hd_sysroot_names(root, arena, &names, DRM);

	for (ssize_t i = 0; i < n; i++) {
		const char *name;

		if (!hd_display_is_numbered(names[i], "card") ||
		    hd_sysroot_link(root, arena, &link, DRM "/%s", names[i]) < 0)
			continue;
		name = function_of(arena, link);
		if (name && !is_taken(name, taken, n_taken) && is_display(root, arena, name))
			return name;
	}
	return NULL;
}

const char *hd_display_other(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *const *taken, size_t n_taken)
{
	const char *found = find_card(root, arena, taken, n_taken);
	const char *const *names;
	ssize_t n = found ? 0 : hd_sysroot_names(root, arena, &names, HD_SYS_PCI);

	for (ssize_t i = 0; i < n && i < MAX_FUNCTIONS; i++)
		if (!is_taken(names[i], taken, n_taken) && is_display(root, arena, names[i]))
			return names[i];
	return found;
}

/* The displays that are asked for are gone then, and nothing else is. */
int hd_displays_read(struct hd_collector *c)
{
	const char **taken = NULL;
	size_t n = 0;

	for (size_t i = 0; i < c->facts->n_fns; i++)
		if (c->facts->fns[i].is_requested &&
		    hd_pci_fn_is_display(&c->facts->fns[i].fn))
			*(const char **)hd_append(c->arena, &taken, &n, sizeof(*taken)) =
				c->facts->fns[i].fn.name;
	if (n)
		c->facts->other_display = hd_display_other(c->facts->root, c->arena, taken, n);
	return 0;
}
