/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_proxmox.c - which devices does /etc/pve/mapping/pci.cfg map, and what does it pin of them?
 *
 * Sections: a name at the beginning of a line, then indented properties (PVE::SectionConfig).  A map pins
 * id, IOMMU group and subsystem-id; a guest does not start if one is missing or other than the host's
 * (assert_valid() of PVE::Mapping::PCI in pve-guest-common).
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "scheduler/configuration_internal.h"

/* Properties of a section concern all its maps, wherever they stand. */
struct section {
	const char *name;		/* printable */
	size_t first;			/* the number of its first entry */
	bool is_mediated, can_migrate;
};

static void end_section(struct hd_configuration_reader *reader, struct section *section)
{
	for (size_t i = section->first; i < reader->ret->n; i++) {
		reader->ret->entries[i].wants_migration = section->can_migrate;
		if (section->is_mediated)
			reader->ret->entries[i].chosen_by = "only mediated devices of it are given to guests";
	}
	*section = (struct section){ .first = reader->ret->n };
}

static int refuse_line(struct hd_configuration_reader *reader, unsigned line, const char *what, const char *value)
{
	return hd_fail(reader->err, -EINVAL, "line %u: '%s' is not %s", line,
		       hd_text_printable(reader->arena, value, HD_OBJECT_MAX), what);
}

static int set_id(struct hd_configuration_reader *reader, struct hd_entry_id *ret, unsigned line,
		  const char *value)
{
	return hd_entry_id_read(ret, value) ? 0 : refuse_line(reader, line, "VENDOR:DEVICE", value);
}

/* One of the values that a map has, split at the commas; *PATHS gets its path. */
static int take_value(struct hd_configuration_reader *reader, struct hd_entry *entry, const char **paths,
		      const char *pair)
{
	const char *is = strchr(pair, '=');
	const char *key = is ? hd_strndup(reader->arena, pair, (size_t)(is - pair)) : pair;
	uint64_t group;

	if (!is)
		return refuse_line(reader, entry->line, "KEY=VALUE", pair);
	if (!strcmp(key, "id"))
		return set_id(reader, &entry->id, entry->line, is + 1);
	if (!strcmp(key, "subsystem-id"))
		return set_id(reader, &entry->subsystem, entry->line, is + 1);
	if (!strcmp(key, "node"))
		entry->node = hd_text_printable(reader->arena, is + 1, HD_OBJECT_MAX);
	else if (!strcmp(key, "path"))
		*paths = is + 1;
	if (strcmp(key, "iommugroup") != 0)
		return 0;
	if (!hd_text_u64(is + 1, &group) || group > INT32_MAX)
		return refuse_line(reader, entry->line, "the number of an IOMMU group", is + 1);
	entry->group = (int)group;
	entry->has_group = true;
	return 0;
}

/* Each path is one entry; the IOMMU group is pinned of the first one only. */
static int add_paths(struct hd_configuration_reader *reader, struct hd_entry *entry, const char *paths)
{
	char *at = hd_strdup(reader->arena, paths), *path;
	int rc = 0;

	while (rc == 0 && (path = strsep(&at, ";"))) {
		struct hd_address_pattern *address = hd_alloc(reader->arena, sizeof(*address));

		if (!hd_address_pattern_path(address, path))
			return refuse_line(reader, entry->line, "the address of a PCI function or card", path);
		entry->address = address;
		rc = hd_configuration_add(reader, entry);
		entry->pins_group = false;
	}
	return rc;
}

static int take_map(struct hd_configuration_reader *reader, const struct section *section, unsigned line,
		    const char *value)
{
	struct hd_entry entry = {
		.scheduler = &hd_scheduler_proxmox, .line = line, .kind = HD_DEVICE_PCI,
		.object = hd_printf(reader->arena, "mapping %s", section->name),
		.is_pinned = true, .pins_group = true,
	};
	char *at = hd_strdup(reader->arena, value), *pair;
	const char *paths = NULL;

	while ((pair = strsep(&at, ","))) {
		int rc = take_value(reader, &entry, &paths, pair);

		if (rc < 0)
			return rc;
	}
	if (!paths || !entry.node)
		return hd_fail(reader->err, -EINVAL, "line %u: a map without %s", line, paths ? "node" : "path");
	return add_paths(reader, &entry, paths);
}

static int take_property(struct hd_configuration_reader *reader, struct section *section, unsigned number,
			 const char *line)
{
	const char *key = line + strspn(line, " \t");
	size_t length = strcspn(key, " \t");
	const char *value = key + length + strspn(key + length, " \t");

	if (!section->name)
		return hd_fail(reader->err, -EINVAL, "line %u: '%s' is not in a mapping", number,
			       hd_text_printable(reader->arena, key, HD_OBJECT_MAX));
	key = hd_strndup(reader->arena, key, length);
	if (!strcmp(key, "map"))
		return take_map(reader, section, number, value);
	if (!strcmp(key, "mdev"))
		section->is_mediated = !strcmp(value, "1");
	else if (!strcmp(key, "live-migration-capable"))
		section->can_migrate = !strcmp(value, "1");
	return 0;
}

static const char *without_end(struct hd_arena *arena, const char *line)
{
	size_t length = strlen(line);

	while (length && strchr(" \t\r", line[length - 1]))
		length--;
	return hd_strndup(arena, line, length);
}

int hd_read_proxmox(struct hd_configuration_reader *reader, const char *text)
{
	struct section section = { .name = NULL };
	const char *line;
	int rc = 0;

	hd_configuration_is_of(reader, &hd_scheduler_proxmox);
	for (unsigned number = 1; rc == 0 && (line = hd_text_next_line(reader->arena, &text)); number++) {
		line = without_end(reader->arena, line);
		if (*line == '#')
			continue;
		if (*line == ' ' || *line == '\t') {
			rc = take_property(reader, &section, number, line);
			continue;
		}
		end_section(reader, &section);
		if (*line && !hd_text_has_only(line, "_-"))
			return refuse_line(reader, number, "the name of a mapping", line);
		section.name = *line ? line : NULL;
	}
	end_section(reader, &section);
	return rc;
}
