/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_named.c - which of the host's own tables name a block device?
 *
 * fstab(5), crypttab(5), and the hibernation target: "resume=" of the kernel's
 * command line and sys/power/resume (Linux kernel/power/hibernate.c).
 */
#include "config.h"

#include <libmount.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/storage/storage_internal.h"

static void add_name(struct hd_names *names, struct hd_arena *arena, struct hd_name name)
{
	*(struct hd_name *)hd_append(arena, &names->items, &names->n, sizeof(name)) = name;
}

struct fstab {
	struct hd_names *names;
	struct hd_arena *arena;
};

/* A tag is put together again: the file may have it in quotes. */
static void add_fstab_row(void *data, struct libmnt_fs *fs)
{
	struct fstab *fstab = data;
	const char *source = mnt_fs_get_source(fs), *target = mnt_fs_get_target(fs);
	const char *tag, *value;

	if (!source)
		return;
	if (mnt_fs_get_tag(fs, &tag, &value) == 0)
		source = hd_printf(fstab->arena, "%s=%s", tag, value);
	add_name(fstab->names, fstab->arena,
		 (struct hd_name){
			 .file = "etc/fstab",
			 .source = hd_strdup(fstab->arena, source),
			 .target = hd_strdup(fstab->arena, target ? target : "none"),
		 });
}

static void read_fstab(struct hd_names *names, const struct hd_sysroot *root,
		       struct hd_arena *arena)
{
	struct fstab fstab = { names, arena };
	const char *text;
	ssize_t length = hd_sysroot_text(root, arena, &text, "etc/fstab");

	/* A broken line is left out by libmount; a broken file names nothing. */
	if (length > 0)
		(void)!hd_table_parse(text, (size_t)length, add_fstab_row, &fstab);
}

/* The next word of *AT, or NULL at the end of the line. */
static const char *next_word(struct hd_arena *arena, const char **at)
{
	const char *start = *at + strspn(*at, " \t");
	size_t length = strcspn(start, " \t");

	*at = start + length;
	return length ? hd_strndup(arena, start, length) : NULL;
}

static const char *without_quotes(struct hd_arena *arena, const char *source)
{
	char *copy = hd_strdup(arena, source), *to = copy;

	for (const char *from = copy; *from; from++)
		if (*from != '"')
			*to++ = *from;
	*to = '\0';
	return copy;
}

static void read_crypttab(struct hd_names *names, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "etc/crypttab") <= 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		const char *target = next_word(arena, &line), *source;

		source = target && *target != '#' ? next_word(arena, &line) : NULL;
		if (source)
			add_name(names, arena,
				 (struct hd_name){ .file = "etc/crypttab",
						   .source = without_quotes(arena, source),
						   .target = target });
	}
}

static void read_resume(struct hd_names *names, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *text, *value = NULL;
	struct hd_cmdline_word word;
	bool is_inits = false;

	if (hd_sysroot_text(root, arena, &text, "proc/cmdline") <= 0)
		text = "";
	/* An initramfs reads the words of init, too. */
	while (hd_cmdline_next(&text, &word) && !(is_inits && value)) {
		is_inits |= word.is_end;
		if (word.value && hd_cmdline_is(&word, "resume"))
			value = hd_cmdline_value_of(arena, &word);
	}
	if (value)
		add_name(names, arena,
			 (struct hd_name){ .file = "proc/cmdline (resume=)",
					   .source = value, .is_resume = true });
	if (hd_sysroot_text(root, arena, &text, "sys/power/resume") > 0 &&
	    strcmp(text, "0:0"))
		add_name(names, arena,
			 (struct hd_name){ .file = "sys/power/resume",
					   .source = text, .is_resume = true });
}

void hd_names_read(struct hd_names *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena)
{
	*ret = (struct hd_names){ .n = 0 };
	read_fstab(ret, root, arena);
	read_crypttab(ret, root, arena);
	read_resume(ret, root, arena);
}

/* UUIDs are written in both cases. */
static bool is_tag_of(const char *source, const struct hd_signature *signature)
{
	const struct {
		const char *tag, *value;
	} rows[] = {
		{ "UUID=", signature->uuid },
		{ "LABEL=", signature->label },
		{ "PARTUUID=", signature->part_uuid },
		{ "PARTLABEL=", signature->part_label },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (rows[i].value && hd_text_starts_with(source, rows[i].tag))
			return !strcasecmp(source + strlen(rows[i].tag), rows[i].value);
	return false;
}

static bool is_number_of(struct hd_arena *arena, const char *source,
			 const struct hd_block *block)
{
	return block->major &&
	       !strcmp(source, hd_printf(arena, "%u:%u", block->major, block->minor));
}

static bool names_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const struct hd_name *name, const struct hd_block *block,
			const struct hd_signature *signature)
{
	for (size_t i = 0; i < signature->n_links; i++)
		if (!strcmp(name->source, signature->links[i]))
			return true;
	return is_tag_of(name->source, signature) ||
	       (name->is_resume && is_number_of(arena, name->source, block)) ||
	       hd_source_is_block(root, arena, name->source, block);
}

const struct hd_name *hd_names_find(const struct hd_names *names,
				    const struct hd_sysroot *root, struct hd_arena *arena,
				    const struct hd_block *block,
				    const struct hd_signature *signature, bool is_resume)
{
	for (size_t i = 0; i < names->n; i++)
		if (names->items[i].is_resume == is_resume &&
		    names_block(root, arena, &names->items[i], block, signature))
			return &names->items[i];
	return NULL;
}
