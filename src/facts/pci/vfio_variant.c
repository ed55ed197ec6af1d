/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vfio_variant.c - which VFIO driver fits a function best.
 *
 * A variant driver declares the functions that it knows better than vfio-pci
 * does with aliases "vfio_pci:..." (Linux scripts/mod/file2alias.c,
 * do_pci_entry; PCI_ID_F_VFIO_DRIVER_OVERRIDE).  Fields are compared one by
 * one, never as a pattern: the file may be a stranger's.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "base/lines.h"
#include "facts/pci/vfio_variant.h"

#define ALIAS_START "alias vfio_pci:"
#define DEFAULT_DRIVER "vfio-pci"
#define VALUE_CHARS "0123456789ABCDEFabcdef"

/* v(endor) d(evice) s(ub)v s(ub)d b(ase)c(lass) s(ub)c(lass) i(nterface) */
static const char *const prefixes[HD_VFIO_ALIAS_FIELDS] = { "v",  "d",  "sv", "sd",
							    "bc", "sc", "i" };

/*
 * Hex digits may look like the prefix behind them ("b", "d"), so a value of
 * its fixed width is taken: eight digits for the ids, two for the class.
 */
static size_t value_length(const char *at, size_t field)
{
	size_t width = field < 4 ? 8 : 2;
	size_t length = strspn(at, VALUE_CHARS);

	return length < width ? 0 : width;
}

/* The text behind the bus name, in parts; false for other text. */
static bool parse(struct hd_arena *arena, const char *at, struct hd_vfio_alias *ret,
		  const char **ret_rest)
{
	for (size_t i = 0; i < HD_VFIO_ALIAS_FIELDS; i++) {
		size_t length;

		if (!hd_text_starts_with(at, prefixes[i]))
			return false;
		at += strlen(prefixes[i]);
		if (*at == '*') {
			ret->fields[i] = NULL;
			at++;
			continue;
		}
		length = value_length(at, i);
		if (!length)
			return false;
		ret->fields[i] = hd_strndup(arena, at, length);
		at += length;
	}
	*ret_rest = at;
	return true;
}

struct collector {
	struct hd_arena *arena;
	struct hd_vfio_aliases *aliases;
};

static bool each_line(void *data, const char *line)
{
	struct collector *c = data;
	struct hd_vfio_alias alias;
	const char *module;

	if (!hd_text_starts_with(line, ALIAS_START) ||
	    !parse(c->arena, line + strlen(ALIAS_START), &alias, &module) || *module != ' ')
		return true;
	module++;
	/* It becomes a driver's name in a path. */
	if (!*module || *module == '.' || strpbrk(module, "/ \t"))
		return true;
	alias.module = hd_strdup(c->arena, module);
	hd_push(c->arena, &c->aliases->items, &c->aliases->n, alias);
	return true;
}

void hd_vfio_aliases_read(struct hd_vfio_aliases *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *release)
{
	struct hd_vfio_aliases aliases = { .n = 0 };
	struct collector c = { .arena = arena, .aliases = &aliases };

	/* What was read before an error still counts: the file only improves on the default. */
	(void)!hd_lines_scan(root, each_line, &c, "lib/modules/%s/modules.alias", release);
	*ret = aliases;
}

/* How many fields of the alias are "*", or -1 if it does not match. */
static int wildcards(const struct hd_vfio_alias *alias, const struct hd_vfio_alias *device)
{
	int n = 0;

	for (size_t i = 0; i < HD_VFIO_ALIAS_FIELDS; i++) {
		if (!alias->fields[i])
			n++;
		else if (!device->fields[i] || strcmp(alias->fields[i], device->fields[i]) != 0)
			return -1;
	}
	return n;
}

const char *hd_vfio_aliases_best(const struct hd_vfio_aliases *aliases, struct hd_arena *arena,
				 const char *modalias)
{
	const char *best = DEFAULT_DRIVER, *rest;
	int fewest = HD_VFIO_ALIAS_FIELDS + 1;
	struct hd_vfio_alias device;

	if (!hd_text_starts_with(modalias, "pci:") ||
	    !parse(arena, modalias + strlen("pci:"), &device, &rest))
		return best;
	for (size_t i = 0; i < aliases->n; i++) {
		int n = wildcards(&aliases->items[i], &device);

		if (n >= 0 && n < fewest) {
			fewest = n;
			best = aliases->items[i].module;
		}
	}
	return best;
}

const char *hd_vfio_driver_name(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *module)
{
	const char *dashed = hd_text_replaced(arena, module, '_', '-');
	const char *const names[] = { module, dashed, hd_text_replaced(arena, module, '-', '_') };

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (hd_sysroot_has(root, "sys/bus/pci/drivers/%s", names[i]))
			return names[i];
	return !strcmp(dashed, DEFAULT_DRIVER) ? DEFAULT_DRIVER : module;
}
