/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hook_directory.c - in which directory does this host's libvirt look for hooks?
 *
 * The path is compiled into its library (src/util/virhook.c, LIBVIRT_HOOK_DIR): one
 * that was built with another sysconfdir looks elsewhere.  It is read from there, and
 * nothing is run for it.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/setup_parts.h"

#define USUAL "etc/libvirt/hooks"
#define WANTED "/libvirt/hooks"
#define LIBRARY "libvirt.so.0"
#define CHUNK 65536
#define KEPT 256		/* of the chunk before: a path may lie on the border */
#define MAX_BYTES (64u << 20)

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

static const char *in_dir(const struct hd_sysroot *root, struct hd_arena *arena, const char *dir)
{
	return hd_sysroot_has(root, "%s/" LIBRARY, dir) ?
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

static const char *search(const struct hd_sysroot *root, struct hd_arena *arena, const char *path)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_RDONLY, "%s", path);
	char *buf = hd_alloc(arena, KEPT + CHUNK + 1);
	size_t kept = 0, total = 0;
	const char *found = NULL;
	ssize_t n;

	while (fd >= 0 && !found && total < MAX_BYTES && (n = read(fd, buf + kept, CHUNK)) > 0) {
		size_t filled = kept + (size_t)n;

		buf[filled] = '\0';
		found = find_path(arena, buf, filled);
		kept = filled < KEPT ? filled : KEPT;
		memmove(buf, buf + filled - kept, kept);
		total += (size_t)n;
	}
	return found;
}

void hd_setup_hook_dir_read(struct hd_setup *setup, const struct hd_sysroot *root,
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
		found = search(root, arena, library);
	if (found)
		setup->hook_dir = found;
}
