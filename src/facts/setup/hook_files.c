/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hook_files.c - what libvirt runs as hooks of its QEMU driver.
 *
 * HOOKDIR/qemu first, then the entries of qemu.d in the order of their
 * bytes (libvirt src/util/virhook.c).  Scripts of guides are recognised by the words in
 * them; those in folders of qemu.d are run by such a script, not by libvirt.
 */
#include "config.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/setup/host_setup.h"

#define USUAL "etc/libvirt/hooks"
#define WANTED "/libvirt/hooks"
#define LIBRARY "libvirt.so.0"
#define CHUNK 65536
#define KEPT 256		/* of the chunk before: a path may lie on the border */
#define MAX_BYTES (64u << 20)
#define OURS "hostdevctl-hook"
#define USAGE OURS " [--sysroot DIR]"
#define MAX_FILES 128
#define MAX_NAME 64
#define MAX_DEPTH 4		/* qemu.d/GUEST/prepare/begin/start.sh */
#define SCRIPT_BYTES 65536

/* Where the daemon that runs has its library from, or NULL. */
static const char *mapped(const struct hd_sysroot *root, struct hd_arena *arena, int pid)
{
	const char *text, *line;

	if (!pid || hd_sysroot_text(root, arena, &text, "proc/%d/maps", pid) < 0)
		return NULL;
	while ((line = hd_text_next_line(arena, &text))) {
		const char *path = strchr(line, '/');

		if (path && strstr(path, "/" LIBRARY) && !hd_text_ends_with(path, " (deleted)"))
			return path + 1;
	}
	return NULL;
}

/* Of a captured host there is only the link. */
static const char *in_dir(const struct hd_sysroot *root, struct hd_arena *arena, const char *dir)
{
	const char *target;

	return hd_sysroot_link(root, arena, &target, "%s/" LIBRARY, dir) == 0 ||
	       hd_sysroot_has(root, "%s/" LIBRARY, dir) ?
	       hd_printf(arena, "%s/" LIBRARY, dir) : NULL;
}

/* In the folders of a distribution, of Debian's for each architecture, and of local builds. */
static const char *installed(const struct hd_sysroot *root, struct hd_arena *arena)
{
	static const char *const parents[] = { "usr/lib64", "usr/lib", "usr/local/lib64",
					       "usr/local/lib" };
	const char *path = NULL;

	for (size_t i = 0; i < HD_ARRAY_SIZE(parents) && !path; i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", parents[i]);

		path = in_dir(root, arena, parents[i]);
		for (ssize_t k = 0; k < n && !path; k++)
			if (strstr(names[k], "-linux-gnu"))
				path = in_dir(root, arena, hd_printf(arena, "%s/%s", parents[i],
								     names[k]));
	}
	return path;
}

/* The text "/.../libvirt/hooks" that AT is in, within its buffer, or NULL. */
static const char *whole_path(struct hd_arena *arena, const char *start, const char *at)
{
	const char *begin = at, *end = at + strlen(WANTED);

	if (*end != '\0' && *end != '/')
		return NULL;
	while (begin > start && begin[-1] > ' ' && begin[-1] < 127)
		begin--;
	if (begin == start || begin[-1] != '\0' || *begin != '/' || begin == at)
		return NULL;
	return hd_strndup(arena, begin + 1, (size_t)(end - begin - 1));
}

static const char *find_path(struct hd_arena *arena, const char *buf, size_t n)
{
	const char *at = buf;

	while ((at = memmem(at, n - (size_t)(at - buf), WANTED, strlen(WANTED)))) {
		const char *path = whole_path(arena, buf, at);

		if (path)
			return path;
		at++;
	}
	return NULL;
}

/* What FIND finds in a file of any size, or NULL. */
static const char *search_file(const struct hd_sysroot *root, struct hd_arena *arena, const char *path,
			  const char *(*find)(struct hd_arena *arena, const char *buf, size_t n))
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_RDONLY, "%s", path);
	char *buf = hd_alloc(arena, KEPT + CHUNK + 1);
	size_t kept = 0, total = 0;
	const char *found = NULL;
	ssize_t n;

	while (fd >= 0 && !found && total < MAX_BYTES && (n = read(fd, buf + kept, CHUNK)) > 0) {
		size_t filled = kept + (size_t)n;

		buf[filled] = '\0';
		found = find(arena, buf, filled);
		kept = filled < KEPT ? filled : KEPT;
		memmove(buf, buf + filled - kept, kept);
		total += (size_t)n;
	}
	return found;
}

/* "libvirt.so.0.12005.0" is 12.5.0 (libvirt meson.build). */
static void read_version(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena, const char *library)
{
	const char *target = library, *name;

	if (hd_sysroot_link(root, arena, &target, "%s", library) < 0)
		target = library;
	name = basename(target);
	if (!hd_text_starts_with(name, LIBRARY "."))
		return;
	setup->libvirt_library = hd_text_printable(arena, name, MAX_NAME);
	setup->libvirt_version = (unsigned)strtoul(name + strlen(LIBRARY "."), NULL, 10);
}

/*
 * hook_dir, and the version.  The path is compiled into libvirt's library (src/util/virhook.c,
 * LIBVIRT_HOOK_DIR): one that was built with another sysconfdir looks elsewhere.  It is
 * read from there, and nothing is run for it.
 */
static void read_directory(struct hd_setup *setup, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	const char *library = NULL, *found = NULL;

	setup->hook_dir = USUAL;
	if (!setup->has_libvirt)
		return;
	library = mapped(root, arena, setup->daemon.pid);
	if (!library)
		library = installed(root, arena);
	if (library)
		found = search_file(root, arena, library, find_path);
	if (found)
		setup->hook_dir = found;
	if (library)
		read_version(setup, root, arena, library);
}

/* The worst first: a call back into libvirt can hang the daemon. */
static const char *const meddling[] = {
	"virsh", "driver_override", "drivers_probe", "vfio-pci", "vfio_pci",
	"modprobe -r", "driver/unbind",
};

static bool is_wordly(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

static bool has_word(const char *line, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = line; (at = strstr(at, word)); at += length)
		if ((at == line || !is_wordly(at[-1])) && !is_wordly(at[length]))
			return true;
	return false;
}

/* Lines that begin with '#' become blank, and so do bytes that end a text. */
static void drop_comments(char *text, size_t n)
{
	bool is_comment = false, is_start = true;

	for (size_t i = 0; i < n; i++) {
		bool is_newline = text[i] == '\n';

		is_comment = !is_newline && (is_comment || (is_start && text[i] == '#'));
		is_start = is_newline || (is_start && strchr(" \t", text[i]));
		if (is_comment || !text[i])
			text[i] = ' ';
	}
}

/* The text without its comments, or NULL if it is not a script. */
static char *script_of(const struct hd_sysroot *root, struct hd_arena *arena, const char *path)
{
	char *text = hd_alloc(arena, SCRIPT_BYTES + 1);
	ssize_t n = hd_sysroot_bytes(root, text, SCRIPT_BYTES, "%s", path);

	if (n <= 0 || hd_text_starts_with(text, "\177ELF"))
		return NULL;
	drop_comments(text, (size_t)n);
	return text;
}

/* By its usage: a copy of the program may have any name. */
static const char *find_usage(struct hd_arena *arena, const char *buf, size_t n)
{
	(void)arena;
	return memmem(buf, n, USAGE, strlen(USAGE)) ? USAGE : NULL;
}

static void look_at_text(struct hd_hook_file *file, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *text = script_of(root, arena, file->path);

	if (!text) {
		file->is_ours = file->is_ours || search_file(root, arena, file->path, find_usage);
		return;
	}
	if (strstr(text, OURS))
		file->is_ours = true;
	for (size_t i = 0; i < HD_ARRAY_SIZE(meddling) && !file->word; i++)
		if (has_word(text, meddling[i]))
			file->word = meddling[i];
}

static void note_change(struct hd_setup *setup, const struct stat *st)
{
	if (st->st_mtim.tv_sec > setup->hooks_changed)
		setup->hooks_changed = st->st_mtim.tv_sec;
}

static struct hd_hook_file *add_file(struct hd_setup *setup, const struct hd_sysroot *root,
				     struct hd_arena *arena, const char *path)
{
	struct hd_hook_file *file = hd_append(arena, &setup->hooks, &setup->n_hooks, sizeof(*file));
	const char *base;

	file->path = path;
	if (hd_sysroot_link(root, arena, &file->target, "%s", path) < 0)
		file->target = NULL;
	base = strrchr(file->target ? file->target : path, '/');
	file->is_ours = base && !strcmp(base + 1, OURS);
	return file;
}

/* When the file changed, or the link to it if that was made later. */
static int64_t changed_of(const struct hd_sysroot *root, const char *path, const struct stat *st)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_PATH | O_NOFOLLOW, "%s", path);
	struct stat link;

	if (fd < 0 || fstat(fd, &link) < 0 || link.st_ctim.tv_sec < st->st_ctim.tv_sec)
		return st->st_ctim.tv_sec;
	return link.st_ctim.tv_sec;
}

static void look_in(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *dir, int depth);

static void look_at(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path, int depth)
{
	struct hd_hook_file *file;
	struct stat st;
	int rc = hd_sysroot_stat(root, &st, "%s", path);

	if (rc == 0 && S_ISDIR(st.st_mode)) {
		look_in(setup, root, arena, path, depth + 1);
		return;
	}
	file = add_file(setup, root, arena, path);
	file->is_missing = rc < 0;
	file->is_nested = depth > 1;
	if (rc < 0)
		return;
	file->is_executable = S_ISREG(st.st_mode) && (st.st_mode & 0111);
	file->changed = changed_of(root, path, &st);
	if (S_ISREG(st.st_mode))
		look_at_text(file, root, arena);
}

static void look_in(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *dir, int depth)
{
	const char *const *names = NULL;
	struct stat st;
	ssize_t n;

	if (depth > MAX_DEPTH || hd_sysroot_stat(root, &st, "%s", dir) < 0)
		return;
	note_change(setup, &st);
	n = hd_sysroot_names(root, arena, &names, "%s", dir);
	for (ssize_t i = 0; i < n && setup->n_hooks < MAX_FILES; i++)
		look_at(setup, root, arena, hd_printf(arena, "%s/%s", dir, names[i]), depth);
}

/* A daemon that runs tells itself; else the files of its profile. */
static bool has_apparmor(const struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *text;

	if (setup->daemon.pid &&
	    hd_sysroot_text(root, arena, &text, "proc/%d/attr/current", setup->daemon.pid) >= 0)
		return strstr(text, "(enforce)");
	if (hd_sysroot_text(root, arena, &text, "sys/module/apparmor/parameters/enabled") < 0 ||
	    *text != 'Y')
		return false;
	return (hd_sysroot_has(root, "etc/apparmor.d/usr.sbin.libvirtd") &&
		!hd_sysroot_has(root, "etc/apparmor.d/disable/usr.sbin.libvirtd")) ||
	       hd_sysroot_has(root, "etc/apparmor.d/usr.sbin.virtqemud");
}

static void read_confinement(struct hd_setup *setup, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	static const char *const priorities[] = { "200", "400" };	/* of packages; semodule's */
	uint64_t enforce;

	setup->has_apparmor = has_apparmor(setup, root, arena);
	setup->has_selinux = hd_sysroot_u64(root, &enforce, "sys/fs/selinux/enforce") == 0 &&
			     enforce;
	for (size_t i = 0; i < HD_ARRAY_SIZE(priorities); i++)
		if (hd_sysroot_has(root, "var/lib/selinux/targeted/active/modules/%s/hostdevctl",
				   priorities[i]))
			setup->has_selinux_module = true;
}

static void find_program(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	static const char *const dirs[] = { "usr/sbin", "usr/bin", "usr/local/sbin" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs) && !setup->hook_program; i++)
		if (hd_sysroot_has(root, "%s/" OURS, dirs[i]))
			setup->hook_program = hd_printf(arena, "/%s/" OURS, dirs[i]);
}

void hd_setup_hooks_read(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *dir, *main, *target;
	struct stat st;

	read_directory(setup, root, arena);
	dir = setup->hook_dir;
	main = hd_printf(arena, "%s/qemu", dir);
	find_program(setup, root, arena);
	if (hd_sysroot_stat(root, &st, "%s", dir) == 0)
		note_change(setup, &st);
	if (hd_sysroot_stat(root, &st, "%s", main) == 0 ||
	    hd_sysroot_link(root, arena, &target, "%s", main) == 0)
		look_at(setup, root, arena, main, 1);
	look_in(setup, root, arena, hd_printf(arena, "%s/qemu.d", dir), 1);
	read_confinement(setup, root, arena);
}
