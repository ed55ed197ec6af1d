/* SPDX-License-Identifier: GPL-2.0-or-later */
/* start_log.c - what was QEMU started with, and what did it write when a guest did not start? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/read.h"
#include "base/text.h"
#include "facts/libvirt/start_log.h"

#define LOG_DIR "var/log/libvirt/qemu"
#define NAME_MAX_BYTES 240	/* with ".log" it must fit into a file's name */
#define STARTED ": starting up libvirt version: "
#define ENDED ": shutting down, reason="
#define WHEN_SHOWN 40

/* libvirt takes no such name either (virDomainDefParseName: no '/'). */
static bool is_file_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	       strlen(name) <= NAME_MAX_BYTES;
}

/* The end of a regular file; NUL bytes become "?". */
static ssize_t read_tail(int fd, struct hd_arena *arena, const char **ret)
{
	struct stat st;
	ssize_t used;
	off_t from;
	char *buf;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EBADF;
	from = st.st_size > HD_START_LOG_MAX ? st.st_size - HD_START_LOG_MAX : 0;
	buf = hd_alloc(arena, HD_START_LOG_MAX + 1);
	used = lseek(fd, from, SEEK_SET) < 0 ? -errno : hd_read_up_to(fd, buf, HD_START_LOG_MAX);
	for (ssize_t i = 0; i < used; i++)
		buf[i] = buf[i] ? buf[i] : '?';
	*ret = buf;
	return used;
}

static int64_t parse_time(const char *line)
{
	struct tm parts = { 0 };

	/* "2026-11-21 10:00:00.000+0000" (libvirt src/util/virtime.c); always in UTC */
	return strptime(line, "%Y-%m-%d %H:%M:%S", &parts) ? (int64_t)timegm(&parts) : 0;
}

struct scan {
	struct hd_start_log last;	/* text NULL: none yet */
	const char *begin, *when;	/* of the start that is being read; begin NULL: none */
	bool is_between;		/* no line since the last end: nothing has been started */
	struct hd_arena *arena;
};

/* "2026-11-21 10:00:00.000+0000: shutting down": the part before FOUND. */
static const char *shown_time(const struct scan *scan, const char *line, const char *found)
{
	return hd_text_printable(scan->arena, hd_strndup(scan->arena, line, (size_t)(found - line)),
				 WHEN_SHOWN);
}

/* AT is where the line that tells the end begins. */
static void end_start(struct scan *scan, const char *at, const char *reason)
{
	bool is_bad = !strcmp(reason, "failed") || !strcmp(reason, "crashed");

	scan->last.is_newest = false;
	if (scan->begin && is_bad)
		scan->last = (struct hd_start_log){
			.text = hd_strndup(scan->arena, scan->begin, (size_t)(at - scan->begin)),
			.when = scan->when,
			.reason = reason,
			.is_newest = true,
		};
	scan->begin = NULL;
}

/* LINE is a copy of what is between AT and NEXT. */
static void take_line(struct scan *scan, const char *line, const char *at, const char *next)
{
	const char *found = strstr(line, ENDED);

	if (found) {
		bool is_early = scan->is_between && parse_time(line) &&
				!strcmp(found + strlen(ENDED), "failed");

		end_start(scan, at, found + strlen(ENDED));
		scan->last.early = is_early ? shown_time(scan, line, found) : NULL;
		scan->is_between = true;
		return;
	}
	scan->is_between = false;
	found = strstr(line, STARTED);
	if (found) {
		scan->when = shown_time(scan, line, found);
		scan->last.is_newest = false;
		scan->last.early = NULL;
	}
	/* the command line that follows has words and file names, which are not messages */
	if (found || (scan->begin == at && hd_text_ends_with(line, "\\")))
		scan->begin = next;
}

bool hd_start_log_parse(struct hd_start_log *ret, struct hd_arena *arena, const char *text)
{
	/* What is cut at its beginning has no whole time there. */
	struct scan scan = { .arena = arena, .is_between = true };
	const char *line, *at = text;

	while ((line = hd_text_next_line(arena, &text))) {
		take_line(&scan, line, at, text);
		at = text;
	}
	*ret = scan.last;
	return ret->text;
}

bool hd_start_command_parse(struct hd_start_command *ret, struct hd_arena *arena, const char *text)
{
	const char *line, *begin = NULL, *end = NULL;
	bool goes_on = false;

	while ((line = hd_text_next_line(arena, &text))) {
		if (strstr(line, STARTED)) {
			*ret = (struct hd_start_command){ .when = parse_time(line) };
			begin = end = text;
			goes_on = true;
		} else if (begin && strstr(line, ENDED)) {
			/* also of a later start that did not come to QEMU */
			ret->reason = strstr(line, ENDED) + strlen(ENDED);
		} else if (goes_on) {
			end = text;
			goes_on = hd_text_ends_with(line, "\\");
		}
	}
	if (begin)
		ret->text = hd_strndup(arena, begin, (size_t)(end - begin));
	return begin;
}

/* By the forms in which libvirt has written it (src/qemu/qemu_command.c). */
static enum hd_started_with has_usb(const char *text, const struct hd_hostdev *dev)
{
	char word[64];

	if (!dev->usb_bus)
		return HD_UNSURE;
	(void)snprintf(word, sizeof(word), "/dev/bus/usb/%03u/%03u\"", dev->usb_bus, dev->usb_device);
	if (strstr(text, word))
		return HD_STARTED_WITH;
	(void)snprintf(word, sizeof(word), "\"hostbus\":%u,\"hostaddr\":%u,", dev->usb_bus,
		       dev->usb_device);
	return strstr(text, word) ? HD_STARTED_WITH : HD_STARTED_WITHOUT;
}

enum hd_started_with hd_start_command_has(const struct hd_start_command *command,
					  const struct hd_hostdev *dev)
{
	char name[HD_PCI_ADDR_SIZE];

	if (dev->kind == HD_DEVICE_USB)
		return has_usb(command->text, dev);
	if (dev->kind == HD_DEVICE_MDEV && dev->mdev_uuid)
		return strcasestr(command->text, dev->mdev_uuid) ? HD_STARTED_WITH : HD_STARTED_WITHOUT;
	if (dev->kind != HD_DEVICE_PCI || !dev->has_addr)
		return HD_UNSURE;
	if (strstr(command->text, hd_pci_addr_format(&dev->addr, name)))
		return HD_STARTED_WITH;
	return strstr(command->text, "iommufd") ? HD_UNSURE : HD_STARTED_WITHOUT;
}

/* The end of the log, as text. */
static int read_log(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		    const char *guest, struct hd_error *err)
{
	const char *shown = hd_text_printable(arena, guest, NAME_MAX_BYTES);
	_cleanup_(hd_close) int fd = -1;
	ssize_t n;

	if (!is_file_name(guest))
		return hd_fail(err, -EINVAL, "'%s' is not a valid name of a guest", shown);
	fd = hd_sysroot_fd(root, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW,
			   LOG_DIR "/%s.log", guest);
	if (fd < 0)
		return hd_fail(err, fd, "cannot open /" LOG_DIR "/%s.log: %s", shown,
			       strerror(-fd));
	n = read_tail(fd, arena, ret);
	if (n < 0)
		return hd_fail(err, (int)n, "cannot read /" LOG_DIR "/%s.log: %s", shown,
			       n == -EBADF ? "it is not a regular file" : strerror((int)-n));
	return 0;
}

int hd_start_log_read(struct hd_start_log *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *guest, struct hd_error *err)
{
	const char *text = "";
	int rc = read_log(&text, root, arena, guest, err);

	return rc < 0 ? rc : hd_start_log_parse(ret, arena, text);
}

int hd_start_command_read(struct hd_start_command *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *guest, struct hd_error *err)
{
	const char *text = "";
	int rc = read_log(&text, root, arena, guest, err);

	return rc < 0 ? rc : hd_start_command_parse(ret, arena, text);
}
