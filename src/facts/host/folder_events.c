/* SPDX-License-Identifier: GPL-2.0-or-later */
/* folder_events.c - guests and journals that come and go, by the files that they are. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/host/folder_events.h"

#define MADE (IN_CREATE | IN_MOVED_TO)
#define FILES (MADE | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)
#define GONE (IN_DELETE | IN_MOVED_FROM)
#define MAX_READS 64	/* in one call: what comes faster must not keep us here */

/*
 * libvirt writes NAME.xml as another file first, and renames it (src/util/virfile.c,
 * virFileRewrite).  NULL: any file there means the same.
 */
static const struct folder {
	enum hd_event_source source;
	const char *path, *made, *gone;
	int depth;		/* components of the path */
} folders[HD_EVENT_FOLDERS] = {
	{ HD_EVENTS_OF_GUESTS, "run/libvirt/qemu", "running", "stopped", 3 },
	{ HD_EVENTS_OF_GUESTS, "etc/libvirt/qemu", "defined", "undefined", 3 },
	{ HD_EVENTS_OF_HELD, "run/hostdevctl", NULL, NULL, 2 },
};

/* The first DEPTH components of PATH into BUF.  None is the root. */
static void cut_path(char buf[static PATH_MAX], const char *path, int depth)
{
	size_t length = 0;

	for (int i = 0; i < depth; i++)
		length += (i > 0) + strcspn(path + length + (i > 0), "/");
	(void)snprintf(buf, PATH_MAX, "./%.*s", (int)length, path);
}

/* By the descriptor: inotify(7) takes only paths, and this one cannot leave the root. */
static int watch_path(const struct hd_folder_events *events, const char *path, uint32_t mask)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(events->root, O_PATH | O_DIRECTORY, "%s", path);
	char link[40];
	int watch;

	if (fd < 0)
		return fd;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	watch = inotify_add_watch(events->fd, link, mask | IN_ONLYDIR | IN_MASK_ADD);
	return watch < 0 ? -errno : watch;
}

/*
 * Watches a folder and those above it, from the root on: what is made after a look is an event then.
 * It has not failed if the folder does not exist: one above it tells when it is made.
 */
static void watch_folder(struct hd_folder_events *events, int n)
{
	int *watches = events->watches[n], watch = 0;
	char path[PATH_MAX];

	for (int depth = 0; depth < HD_EVENT_FOLDER_DEPTH; depth++)
		watches[depth] = -1;
	for (int depth = 0; watch >= 0 && depth <= folders[n].depth; depth++) {
		cut_path(path, folders[n].path, depth);
		watch = watch_path(events, path, depth == folders[n].depth ? FILES : MADE);
		watches[depth] = watch < 0 ? -1 : watch;
	}
	events->failed[n] = watch < 0 && watch != -ENOENT ? watch : 0;
}

/* The watch of the folder itself, or -1. */
static int own_watch(const struct hd_folder_events *events, int n)
{
	return events->watches[n][folders[n].depth];
}

void hd_folder_events_open(struct hd_folder_events *ret, const struct hd_sysroot *root,
			   int ret_failed[static HD_EVENT_SOURCES])
{
	int error;

	*ret = (struct hd_folder_events){ .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC),
					  .root = root };
	error = ret->fd < 0 ? -errno : 0;
	for (int n = 0; n < HD_EVENT_FOLDERS; n++) {
		ret->failed[n] = error;
		if (!error)
			watch_folder(ret, n);
		if (ret->failed[n])
			ret_failed[folders[n].source] = ret->failed[n];
	}
}

void hd_folder_events_close(struct hd_folder_events *events)
{
	hd_close(&events->fd);
	events->fd = -1;
}

/* A lock that is taken, also by who only looks (base/lock.h), changes nothing. */
static bool is_file_of(const struct folder *folder, const char *name)
{
	if (!folder->made)
		return !hd_text_ends_with(name, ".lock");
	return hd_text_ends_with(name, ".xml") && name[0] != '.';
}

static void tell_file(const struct folder *folder, const struct inotify_event *found,
		      hd_host_event_fn *each, void *data)
{
	struct hd_host_event event = { .source = folder->source };

	if (!found->len || (found->mask & IN_ISDIR) || !is_file_of(folder, found->name))
		return;
	/* What was made has no content yet: what wrote it closes it. */
	if (folder->made && (found->mask & IN_CREATE))
		return;
	if (folder->made) {
		event.action = found->mask & GONE ? folder->gone : folder->made;
		(void)snprintf(event.name, sizeof(event.name), "%.*s",
			       (int)(strlen(found->name) - strlen(".xml")), found->name);
	}
	each(data, &event);
}

static void tell_lost(int n, hd_host_event_fn *each, void *data)
{
	const struct hd_host_event lost = { .source = folders[n].source, .is_lost = true };

	each(data, &lost);
}

static void tell_failed(const struct hd_folder_events *events, int n, hd_host_event_fn *each, void *data)
{
	const struct hd_host_event failed = { .source = folders[n].source, .failed = events->failed[n] };

	each(data, &failed);
}

static bool is_watch_above(const struct hd_folder_events *events, int n, int watch)
{
	bool is_above = false;

	for (int depth = 0; depth < folders[n].depth; depth++)
		is_above |= events->watches[n][depth] == watch;
	return is_above;
}

/* A folder that came, went or was replaced: what happened in it meanwhile is not known. */
static void watch_again(struct hd_folder_events *events, int n, hd_host_event_fn *each, void *data)
{
	int before = own_watch(events, n), failed = events->failed[n];

	watch_folder(events, n);
	if (own_watch(events, n) != before)
		tell_lost(n, each, data);
	if (events->failed[n] && events->failed[n] != failed)
		tell_failed(events, n, each, data);
}

static void take_event(struct hd_folder_events *events, const struct inotify_event *found,
		       hd_host_event_fn *each, void *data)
{
	for (int n = 0; n < HD_EVENT_FOLDERS; n++) {
		bool is_own = found->wd == own_watch(events, n);

		if (found->mask & IN_Q_OVERFLOW)
			tell_lost(n, each, data);
		else if (is_watch_above(events, n, found->wd) ||
			 (is_own && found->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)))
			watch_again(events, n, each, data);
		else if (is_own)
			tell_file(&folders[n], found, each, data);
	}
}

void hd_folder_events_read(struct hd_folder_events *events, hd_host_event_fn *each, void *data)
{
	_Alignas(struct inotify_event) char buf[4096];
	ssize_t n = 1;

	for (int i = 0; i < MAX_READS && n > 0; i++) {
		n = read(events->fd, buf, sizeof(buf));
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *found = (const void *)(buf + at);

			take_event(events, found, each, data);
			at += (ssize_t)(sizeof(*found) + found->len);
		}
	}
}
