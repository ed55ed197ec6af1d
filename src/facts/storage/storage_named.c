/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_named.c - which names of a block device do fstab, crypttab and others use? */
#include "config.h"

#include <libmount.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/storage/storage_internal.h"

#define MAX_LINKS 64
#define BTRFS "sys/fs/btrfs"

/*
 * What did udev find on a block device?
 *
 * udev probed the disk when it appeared and keeps the answer in
 * run/udev/data/bMAJOR:MINOR (systemd src/libsystemd/sd-device/device-private.c,
 * device_update_db: "S:" a link below /dev, "E:" a property).  We read that
 * file and never the disk: it can neither block on a dying disk nor wake a
 * sleeping one, and a captured host has it too.
 */

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
			hd_push(arena, &ret->links, &ret->n_links, hd_printf(arena, "/dev/%s", line + 2));
	}
}

/*
 * Is a mount or a swap on this block device?
 *
 * Device numbers decide.  btrfs and bcachefs have anonymous ones and may span
 * devices: they are recognised by their source and by sys/fs/btrfs/UUID/devices.
 */

/* A node under another name; only on this host, where nodes have device numbers. */
static bool has_number_of(const struct hd_sysroot *root, const char *source,
			  const struct hd_block *block)
{
	struct stat st;

	if (!root->is_live || !block->major || !hd_text_starts_with(source, "/dev/"))
		return false;
	if (hd_sysroot_stat(root, &st, "%s", source + 1) < 0)
		return false;
	return S_ISBLK(st.st_mode) && st.st_rdev == makedev(block->major, block->minor);
}

bool hd_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *source, const struct hd_block *block)
{
	const char *alias;

	if (!strcmp(source, hd_block_node(arena, block->name)))
		return true;
	if (block->path && hd_text_starts_with(source, "/dev/mapper/") &&
	    hd_sysroot_text(root, arena, &alias, "%s/dm/name", block->path) > 0 &&
	    !strcmp(source + strlen("/dev/mapper/"), alias))
		return true;
	return has_number_of(root, source, block);
}

/* bcachefs names all its devices: "/dev/sda:/dev/sdb". */
static bool one_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *sources, const struct hd_block *block)
{
	while (*sources) {
		size_t length = strcspn(sources, ":");
		const char *source = hd_strndup(arena, sources, length);

		if (hd_source_is_block(root, arena, source, block))
			return true;
		sources += length + (sources[length] == ':');
	}
	return false;
}

static bool is_member(const struct hd_sysroot *root, struct hd_arena *arena,
		      const char *uuid, const char *source)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, BTRFS "/%s/devices", uuid);

	for (ssize_t i = 0; i < n; i++) {
		struct hd_block member;

		hd_block_named(&member, root, arena, names[i]);
		if (hd_source_is_block(root, arena, source, &member))
			return true;
	}
	return false;
}

/* Is SOURCE another device of the btrfs that has BLOCK? */
static bool shares_btrfs(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *source, const struct hd_block *block)
{
	const char *const *uuids;
	ssize_t n = hd_sysroot_names(root, arena, &uuids, BTRFS);

	for (ssize_t i = 0; i < n; i++)
		if (hd_sysroot_has(root, BTRFS "/%s/devices/%s", uuids[i], block->name) &&
		    is_member(root, arena, uuids[i], source))
			return true;
	return false;
}

/* Whose source a user can choose (FUSE) is not asked: only these have none better. */
bool hd_mount_is_of_block(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_mount *mount, const struct hd_block *block)
{
	if (major(mount->dev))
		return mount->dev == makedev(block->major, block->minor);
	if (!strcmp(mount->fstype, "bcachefs"))
		return one_source_is_block(root, arena, mount->source, block);
	if (strcmp(mount->fstype, "btrfs"))
		return false;
	return hd_source_is_block(root, arena, mount->source, block) ||
	       shares_btrfs(root, arena, mount->source, block);
}

static void add_name(struct hd_names *names, struct hd_arena *arena, struct hd_name name)
{
	hd_push(arena, &names->items, &names->n, name);
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
	return hd_text_is_any(name->source, signature->links, signature->n_links) ||
	       is_tag_of(name->source, signature) ||
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
