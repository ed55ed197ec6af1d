/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rom.c - can QEMU read the ROM files that a guest names? */
#include "config.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci/rom.h"

#define QEMU_CONF "etc/libvirt/qemu.conf"
#define PASSWD "etc/passwd"
#define GROUP "etc/group"
#define NAME_SHOWN 40	/* of a user that the domain XML names */

/* The user that QEMU runs as; numbers are -1 where etc/passwd does not say. */
struct hd_qemu_user {
	const char *name;	/* "libvirt-qemu" */
	long uid, gid;
};

/* What QEMU runs as where qemu.conf says nothing: Debian's way, then the others'. */
static const char *const default_users[] = { "libvirt-qemu", "qemu" };

/* The Nth (from 0) of the fields of LINE that colons separate; NULL if there are fewer. */
static const char *field(struct hd_arena *arena, const char *line, int n)
{
	for (; n > 0; n--) {
		line = strchr(line, ':');
		if (!line)
			return NULL;
		line++;
	}
	return hd_strndup(arena, line, strcspn(line, ":"));
}

/* The value of `user = "..."`, the last one that is not a comment. */
static const char *configured_user(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *text, *line, *name = NULL;

	if (hd_sysroot_text(root, arena, &text, QEMU_CONF) < 0)
		return NULL;
	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t");
		if (strncmp(line, "user", 4) != 0)
			continue;
		line += 4 + strspn(line + 4, " \t");
		if (*line++ != '=')
			continue;
		line += strspn(line, " \t\"'+");
		name = hd_strndup(arena, line, strcspn(line, "\"' \t#"));
	}
	return name && *name ? name : NULL;
}

/* Finds NAME, or a number, in PASSWD. */
static bool find_user(struct hd_qemu_user *ret, struct hd_arena *arena, const char *passwd,
		      const char *name)
{
	const char *line;

	while ((line = hd_text_next_line(arena, &passwd))) {
		const char *user = field(arena, line, 0), *uid = field(arena, line, 2);
		const char *gid = field(arena, line, 3);
		uint64_t uid_number, gid_number;

		if (!gid || (strcmp(user, name) != 0 && strcmp(uid, name) != 0))
			continue;
		if (!hd_text_u64(uid, &uid_number) || !hd_text_u64(gid, &gid_number) ||
		    uid_number > UINT32_MAX || gid_number > UINT32_MAX)
			continue;
		*ret = (struct hd_qemu_user){ user, (long)uid_number, (long)gid_number };
		return true;
	}
	return false;
}

static void read_user(struct hd_qemu_user *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	const char *name = configured_user(root, arena), *passwd;

	*ret = (struct hd_qemu_user){ name ? name : "QEMU's user", -1, -1 };
	if (hd_sysroot_text(root, arena, &passwd, PASSWD) < 0)
		return;
	if (name) {
		(void)find_user(ret, arena, passwd, name);
		return;
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(default_users); i++)
		if (find_user(ret, arena, passwd, default_users[i]))
			return;
}

/* The number of a group by its name, or the number itself; -1: it is not known. */
static long find_group(const struct hd_sysroot *root, struct hd_arena *arena, const char *name)
{
	const char *text, *line;
	uint64_t number;

	if (hd_text_u64(name, &number) && number <= UINT32_MAX)
		return (long)number;
	if (hd_sysroot_text(root, arena, &text, GROUP) < 0)
		return -1;
	while ((line = hd_text_next_line(arena, &text))) {
		const char *id = field(arena, line, 2);

		if (id && !strcmp(field(arena, line, 0), name) && hd_text_u64(id, &number) &&
		    number <= UINT32_MAX)
			return (long)number;
	}
	return -1;
}

/* "USER:GROUP", each a name or a number with or without '+' (virParseOwnershipIds). */
static void read_label(struct hd_qemu_user *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *label)
{
	const char *colon = strchr(label, ':'), *passwd;
	const char *name = hd_strndup(arena, label, colon ? (size_t)(colon - label) :
				      strlen(label));
	uint64_t number;

	name += *name == '+';
	*ret = (struct hd_qemu_user){ hd_text_printable(arena, name, NAME_SHOWN), -1, -1 };
	if (hd_text_u64(name, &number) && number <= UINT32_MAX)
		ret->uid = (long)number;
	if (hd_sysroot_text(root, arena, &passwd, PASSWD) >= 0)
		(void)find_user(ret, arena, passwd, name);
	if (colon)
		ret->gid = find_group(root, arena, colon + 1 + (colon[1] == '+'));
}

/* Is NAME one of the names of LIST, which commas separate? */
static bool lists_name(const char *list, const char *name)
{
	size_t length = strlen(name);

	for (; *list; list += strspn(list, ",")) {
		size_t n = strcspn(list, ",");

		if (n == length && !memcmp(list, name, n))
			return true;
		list += n;
	}
	return false;
}

/* libvirt gives QEMU its user's other groups too (kvm, on Debian). */
static bool is_member(const struct hd_sysroot *root, struct hd_arena *arena,
		      const struct hd_qemu_user *user, gid_t gid)
{
	const char *text, *line;

	if (user->gid >= 0 && (gid_t)user->gid == gid)
		return true;
	if (hd_sysroot_text(root, arena, &text, GROUP) < 0)
		return false;
	while ((line = hd_text_next_line(arena, &text))) {
		const char *id = field(arena, line, 2), *names = field(arena, line, 3);
		uint64_t number;

		if (names && hd_text_u64(id, &number) && number == gid)
			return lists_name(names, user->name);
	}
	return false;
}

enum access { ACCESS_YES, ACCESS_NO, ACCESS_UNSURE };

/* May QEMU's user use the right BIT (4 read, 1 search) of what ST describes? */
static enum access access_of(const struct hd_sysroot *root, struct hd_arena *arena,
			     const struct hd_qemu_user *user, const struct stat *st,
			     mode_t bit)
{
	if ((st->st_mode & bit) || user->uid == 0)
		return ACCESS_YES;
	if (user->uid < 0)
		return ACCESS_UNSURE;
	if (st->st_uid == (uid_t)user->uid)
		return st->st_mode & (bit << 6) ? ACCESS_YES : ACCESS_NO;
	if (!(st->st_mode & (bit << 3)))
		return ACCESS_NO;
	/* The group's bits are the mask of an access list, if there is one. */
	return is_member(root, arena, user, st->st_gid) ? ACCESS_YES : ACCESS_UNSURE;
}

/* Sets the problem of one existing file or folder; false if there is none. */
static bool is_closed(struct hd_rom_file *rom, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct hd_qemu_user *user,
		      const struct stat *st, const char *folder)
{
	enum access access = access_of(root, arena, user, st, folder ? 1 : 4);

	if (access == ACCESS_YES)
		return false;
	rom->is_sure = access == ACCESS_NO;
	if (folder)
		rom->problem = hd_printf(arena, "is in %s (mode %04o), which %s cannot enter",
					 folder, st->st_mode & 07777u, user->name);
	else
		rom->problem = hd_printf(arena, "(mode %04o) cannot be read by %s",
					 st->st_mode & 07777u, user->name);
	return true;
}

/* Each folder above the file must let QEMU's user through. */
static bool is_behind_closed_folder(struct hd_rom_file *rom, const struct hd_sysroot *root,
				    struct hd_arena *arena, const struct hd_qemu_user *user)
{
	for (const char *at = strchr(rom->path + 1, '/'); at; at = strchr(at + 1, '/')) {
		const char *folder =
			hd_strndup(arena, rom->path, (size_t)(at - rom->path));
		struct stat st;

		if (!hd_sysroot_stat(root, &st, "%s", folder + strspn(folder, "/")) &&
		    is_closed(rom, root, arena, user, &st, folder))
			return true;
	}
	return false;
}

/* Text from XML: only an absolute path without control characters is looked up. */
static bool is_path(const char *path)
{
	if (path[0] != '/' || strlen(path) >= PATH_MAX)
		return false;
	for (const char *at = path; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f)
			return false;
	return true;
}

static void read_one(struct hd_rom_file *rom, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_qemu_user *user)
{
	struct stat st;
	int rc;

	rom->is_sure = true;
	if (!is_path(rom->path)) {
		rom->problem = "is not an absolute path";
		return;
	}
	rc = hd_sysroot_stat(root, &st, "%s", rom->path + strspn(rom->path, "/"));
	if (rc < 0)
		rom->problem = hd_printf(arena, "cannot be found: %s", strerror(-rc));
	else if (!S_ISREG(st.st_mode))
		rom->problem = "is not a regular file";
	else if (!st.st_size)
		rom->problem = "is empty";
	else if (!is_behind_closed_folder(rom, root, arena, user))
		(void)is_closed(rom, root, arena, user, &st, NULL);
}

void hd_rom_files_read(struct hd_rom_file **ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *const *paths, size_t n,
		       const char *label)
{
	struct hd_rom_file *roms = hd_alloc(arena, n * sizeof(*roms));
	struct hd_qemu_user user;

	if (label)
		read_label(&user, root, arena, label);
	else
		read_user(&user, root, arena);
	for (size_t i = 0; i < n; i++) {
		roms[i].path = paths[i];
		read_one(&roms[i], root, arena, &user);
	}
	*ret = roms;
}
