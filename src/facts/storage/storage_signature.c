/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_signature.c - what did udev find on a block device?
 *
 * udev probed the disk when it appeared and keeps the answer in
 * run/udev/data/bMAJOR:MINOR (systemd src/libsystemd/sd-device/device-private.c,
 * device_update_db: "S:" a link below /dev, "E:" a property).  We read that
 * file and never the disk: it can neither block on a dying disk nor wake a
 * sleeping one, and a captured host has it too.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define MAX_LINKS 64

static int nibble(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* "my disk" of "my\x20disk" (udev's *_ENC properties). */
static const char *decoded(struct hd_arena *arena, const char *text)
{
	char *copy = hd_strdup(arena, text), *to = copy;

	for (const char *from = copy; *from; from++) {
		int high = -1, low = -1;

		if (from[0] == '\\' && from[1] == 'x')
			high = nibble(from[2]);
		if (high >= 0)
			low = nibble(from[3]);
		if (low > 0 || (low == 0 && high > 0)) {
			*to++ = (char)(high << 4 | low);
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return copy;
}

static void note_property(struct hd_signature *signature, struct hd_arena *arena,
			  const char *line)
{
	const struct {
		const char *name;
		const char **value;
	} rows[] = {
		{ "ID_FS_TYPE=", &signature->type },
		{ "ID_FS_UUID_ENC=", &signature->uuid },
		{ "ID_FS_LABEL_ENC=", &signature->label },
		{ "ID_PART_ENTRY_UUID=", &signature->part_uuid },
		{ "ID_PART_ENTRY_NAME=", &signature->part_label },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (hd_text_starts_with(line, rows[i].name))
			*rows[i].value = decoded(arena, line + strlen(rows[i].name));
}

void hd_signature_read(struct hd_signature *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_block *block)
{
	const char *text, *line;

	*ret = (struct hd_signature){ .type = NULL };
	if (!block->major)
		return;
	ret->source = hd_printf(arena, "run/udev/data/b%u:%u", block->major, block->minor);
	if (hd_sysroot_text(root, arena, &text, "%s", ret->source) <= 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		if (hd_text_starts_with(line, "E:"))
			note_property(ret, arena, line + 2);
		else if (hd_text_starts_with(line, "S:") && ret->n_links < MAX_LINKS)
			*(const char **)hd_append(arena, &ret->links, &ret->n_links,
						  sizeof(line)) =
				hd_printf(arena, "/dev/%s", line + 2);
	}
}
