/* SPDX-License-Identifier: GPL-2.0-or-later */
/* configuration.c - which format is the configuration of a scheduler, and what does it offer? */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "scheduler/configuration_internal.h"

#define NAME_CHARACTERS "_-"

const struct hd_scheduler hd_scheduler_nova = {
	.name = "nova", .product = "OpenStack Nova", .files = "nova.conf with its section [pci]",
};
const struct hd_scheduler hd_scheduler_kubevirt = {
	.name = "kubevirt", .product = "KubeVirt",
	.files = "the resource KubeVirt, or a patch with its permittedHostDevices, as YAML or JSON",
	.is_for_cluster = true, .selects_by_id_alone = true,
};
const struct hd_scheduler hd_scheduler_harvester = {
	.name = "harvester", .product = "Harvester", .files = "PCIDeviceClaims, as YAML or JSON",
};
const struct hd_scheduler hd_scheduler_proxmox = {
	.name = "proxmox", .product = "Proxmox VE", .files = "/etc/pve/mapping/pci.cfg",
};
const struct hd_scheduler *const hd_schedulers[] = {
	&hd_scheduler_nova, &hd_scheduler_kubevirt, &hd_scheduler_harvester, &hd_scheduler_proxmox, NULL,
};

int hd_configuration_add(struct hd_configuration_reader *reader, const struct hd_entry *entry)
{
	struct hd_configuration *ret = reader->ret;

	if (ret->n >= HD_CONFIGURATION_ENTRIES)
		return hd_fail(reader->err, -E2BIG, "line %u: more than %d entries", entry->line,
			       HD_CONFIGURATION_ENTRIES);
	hd_push(reader->arena, &ret->entries, &ret->n, *entry);
	return 0;
}

void hd_configuration_is_of(struct hd_configuration_reader *reader, const struct hd_scheduler *scheduler)
{
	if (!reader->ret->scheduler)
		reader->ret->scheduler = scheduler;
}

bool hd_entry_hex(unsigned *ret, const char *text)
{
	size_t length;

	if (!text)
		return false;
	text += hd_text_starts_with(text, "0x") ? 2 : 0;
	length = strspn(text, "0123456789abcdefABCDEF");
	if (!length || length > 4 || text[length])
		return false;
	*ret = (unsigned)strtoul(text, NULL, 16);
	return true;
}

bool hd_entry_id_read(struct hd_entry_id *ret, const char *text)
{
	char vendor[sizeof("0x10de")];
	const char *colon = text ? strchr(text, ':') : NULL;
	struct hd_entry_id id = { .is_known = true };

	if (!colon || (size_t)(colon - text) >= sizeof(vendor))
		return false;
	memcpy(vendor, text, (size_t)(colon - text));
	vendor[colon - text] = '\0';
	if (!hd_entry_hex(&id.vendor, vendor) || !hd_entry_hex(&id.device, colon + 1))
		return false;
	*ret = id;
	return true;
}

/* "[pci]" */
static bool is_section(const char *line)
{
	return *line == '[' && line[strcspn(line, "]")] == ']' && !strpbrk(line, "{,\"");
}

/* "gpu", alone on its line: pve_verify_configid() of PVE::JSONSchema. */
static bool is_mapping(const char *line)
{
	return isalpha((unsigned char)*line) && hd_text_has_only(line, NAME_CHARACTERS);
}

static bool is_object(const char *line)
{
	return *line == '{' || *line == '%' || hd_text_starts_with(line, "---") || strchr(line, ':');
}

/* By the first line that is not a comment. */
static const struct {
	bool (*is_begun_by)(const char *line);
	int (*read)(struct hd_configuration_reader *reader, const char *text);
} formats[] = {
	{ is_section, hd_read_nova },
	{ is_mapping, hd_read_proxmox },
	{ is_object, hd_read_kubernetes },
};

static bool is_comment(const char *line)
{
	line += strspn(line, " \t\r");
	return !*line || *line == '#' || *line == ';';
}

/* Without the blanks at its end; NULL: there are comments alone. */
static const char *first_line(struct hd_arena *arena, const char *text)
{
	const char *line = hd_text_next_line(arena, &text);
	size_t length;

	while (line && is_comment(line))
		line = hd_text_next_line(arena, &text);
	for (length = line ? strlen(line) : 0; length && isspace((unsigned char)line[length - 1]);)
		length--;
	return line ? hd_strndup(arena, line, length) : NULL;
}

static int refuse_format(struct hd_configuration_reader *reader)
{
	const char *known = NULL;

	for (const struct hd_scheduler *const *of = hd_schedulers; *of; of++)
		known = hd_printf(reader->arena, "%s%s%s (%s)", known ? known : "", known ? "; " : "",
				  (*of)->files, (*of)->name);
	return hd_fail(reader->err, -EINVAL, "not a configuration of a scheduler that can be checked; known are: "
		       "%s", known);
}

int hd_configuration_read(struct hd_configuration *ret, struct hd_arena *arena, const char *text,
			  size_t length, struct hd_error *err)
{
	struct hd_configuration_reader reader = { .arena = arena, .err = err, .ret = ret };
	const char *first;

	*ret = (struct hd_configuration){ .n = 0 };
	if (memchr(text, '\0', length))
		return hd_fail(err, -EINVAL, "not a text: it has a NUL");
	for (size_t at = 0, n; at < length; at += n)
		if (hd_utf8_next(text + at, length - at, &n) < 0)
			return hd_fail(err, -EINVAL, "not a text in UTF-8: byte %zu", at + 1);
	first = first_line(arena, text);
	if (!first)
		return 0;
	for (size_t i = 0; i < HD_ARRAY_SIZE(formats); i++) {
		int rc;

		if (!formats[i].is_begun_by(first))
			continue;
		rc = formats[i].read(&reader, text);
		return rc < 0 || ret->scheduler ? rc : refuse_format(&reader);
	}
	return refuse_format(&reader);
}
