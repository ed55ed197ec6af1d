/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders_maps.c - which device nodes has a process mapped?
 *
 * A mapping outlives the descriptor that it was made of.  A line of
 * proc/PID/maps tells the inode and a path, but neither type nor device number,
 * and the path may be anything: nodes can be made anywhere, and a container
 * has its own.  The only sure answer is statx(2) on proc/PID/map_files/FROM-TO.
 * That is asked once for each inode and not once for each line: what processes
 * map is mostly the same few libraries.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "facts/holders/holders_internal.h"

#define BUFFER_SIZE (64u << 10)
#define N_KNOWN 4096		/* a power of two */
#define MAX_TRIES 3
#define MAX_ADDRESS 40		/* "7f0000000000-7fffffffffff" */
#define PATH_SIZE 128

/* An inode that was looked at; a table in which a newcomer takes the other's place. */
struct known {
	char inode[48];			/* "08:01 1234" as in the line; "" is none */
	const struct hd_node *node;	/* NULL: not one of ours */
};

struct hd_maps {
	struct known known[N_KNOWN];
	char buffer[BUFFER_SIZE + 1];
};

/* A line, cut at its blanks; what is not there is "". */
struct line {
	const char *address, *inode, *path;
};

struct reader {
	struct hd_maps *maps;
	struct hd_scan *scan;
	int proc_fd;
	const char *dir;
	pid_t pid;
	bool is_stale;		/* a mapping changed while we looked */
	bool has_lines;
};

struct hd_maps *hd_maps_new(struct hd_arena *arena)
{
	return hd_alloc(arena, sizeof(struct hd_maps));
}

/* Ends the word at *AT and moves on to the next. */
static char *take_word(char **at)
{
	char *word = *at, *end = strchr(word, ' ');

	if (!end) {
		*at = word + strlen(word);
		return word;
	}
	*end = '\0';
	*at = end + 1 + strspn(end + 1, " ");
	return word;
}

/* "FROM-TO PERMS OFFSET MAJOR:MINOR INODE   PATH" (proc(5)); false for what has no file. */
static bool parse(char *text, struct line *ret)
{
	char *at = text, *device, *inode;

	ret->address = take_word(&at);
	(void)take_word(&at);
	(void)take_word(&at);
	device = take_word(&at);
	inode = take_word(&at);
	ret->path = at;
	if (!*inode || !strcmp(inode, "0") || inode != device + strlen(device) + 1)
		return false;
	inode[-1] = ' ';
	ret->inode = device;
	return strlen(ret->address) < MAX_ADDRESS;
}

static struct known *slot_of(struct hd_maps *maps, const char *inode)
{
	unsigned hash = 2166136261u;

	for (const char *c = inode; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 16777619u;
	return &maps->known[(hash ^ hash >> 16) & (N_KNOWN - 1)];
}

/* maps pads its addresses with zeros, map_files does not accept any. */
static void file_of(char path[static PATH_SIZE], const struct reader *reader,
		    const char *address)
{
	const char *to = strchr(address, '-');
	size_t zeros = strspn(address, "0");

	if (address[zeros] == '-')
		zeros--;
	to = to ? to + 1 : "";
	(void)snprintf(path, PATH_SIZE, "%s/map_files/%.*s%s", reader->dir,
		       (int)(to - address - (ptrdiff_t)zeros), address + zeros,
		       to + strspn(to, "0"));
}

/* 0 or an errno; the node if it is one of ours. */
static int ask_node(const struct reader *reader, const char *address, const struct hd_node **ret)
{
	const int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
	char path[PATH_SIZE];
	struct statx st;

	file_of(path, reader, address);
	if (statx(reader->proc_fd, path, flags, STATX_TYPE | STATX_INO, &st) < 0)
		return errno;
	*ret = hd_scan_found(reader->scan, reader->proc_fd, path, &st);
	return 0;
}

static const struct hd_node *node_of(struct reader *reader, const struct line *line)
{
	struct known *known = slot_of(reader->maps, line->inode);
	const struct hd_node *node = NULL;
	int rc;

	if (!reader->scan->root->is_live)
		return hd_scan_named(reader->scan, line->path);
	if (!strcmp(known->inode, line->inode))
		return known->node;
	rc = ask_node(reader, line->address, &node);
	if (rc == 0 && strlen(line->inode) < sizeof(known->inode)) {
		(void)memcpy(known->inode, line->inode, strlen(line->inode) + 1);
		known->node = node;
	}
	if (rc && hd_has_ended(rc))
		reader->is_stale = true;
	else if (rc)
		hd_scan_unread(reader->scan, reader->dir, rc);
	return node;
}

static void look_at_line(struct reader *reader, char *text)
{
	const struct hd_node *node;
	struct line line;

	if (hd_scan_is_over(reader->scan) || !parse(text, &line))
		return;
	node = node_of(reader, &line);
	if (node)
		hd_scan_note(reader->scan, node, reader->pid, true);
}

/* All whole lines of the buffer; returns how many bytes of the last, cut one are kept. */
static size_t look_at_lines(struct reader *reader, size_t used)
{
	char *at = reader->maps->buffer, *end;

	at[used] = '\0';
	for (; (end = strchr(at, '\n')); at = end + 1) {
		*end = '\0';
		look_at_line(reader, at);
	}
	used -= (size_t)(at - reader->maps->buffer);
	(void)memmove(reader->maps->buffer, at, used);
	return used;
}

static int read_lines(struct reader *reader, int fd)
{
	size_t used = 0;
	ssize_t n;

	while ((n = read(fd, reader->maps->buffer + used, BUFFER_SIZE - used)) > 0) {
		reader->has_lines = true;
		used = look_at_lines(reader, used + (size_t)n);
		if (used == BUFFER_SIZE)
			return E2BIG;
	}
	return n < 0 ? errno : 0;
}

static int read_maps(struct reader *reader)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path), "%s/maps", reader->dir);
	fd = openat(reader->proc_fd, path, flags);
	return fd < 0 ? errno : read_lines(reader, fd);
}

bool hd_maps_scan(struct hd_maps *maps, struct hd_scan *scan, int proc_fd, const char *dir,
		  pid_t pid)
{
	struct reader reader = { .maps = maps, .scan = scan, .proc_fd = proc_fd,
				 .dir = dir, .pid = pid };
	int rc;

	for (int i = 0; i < MAX_TRIES; i++) {
		reader.is_stale = false;
		rc = read_maps(&reader);
		if (rc && !hd_has_ended(rc))
			hd_scan_unread(scan, dir, rc);
		if (rc)
			return !hd_has_ended(rc);
		if (!reader.is_stale)
			return reader.has_lines;
	}
	hd_scan_unread(scan, dir, EAGAIN);
	return true;
}
