/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal_read.c - finds journals, reads them back and opens them for more. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/text.h"
#include "run/journal_internal.h"
#include "run/keeper.h"

#define SWEEP_AGE 60	/* seconds; nobody takes longer from open to link */

int hd_journal_open(int dir_fd, const char *name, int flags, struct stat *ret)
{
	int fd = openat(dir_fd, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (fstat(fd, ret) == 0 && S_ISREG(ret->st_mode) && ret->st_uid == geteuid())
		return fd;
	(void)close(fd);
	return -EBADMSG;
}

/* What it is now: a writer may add to it, which makes a torn last line at most. */
static ssize_t read_whole(int fd, struct hd_arena *arena, char **ret)
{
	struct stat st;
	size_t used = 0;
	ssize_t n = 1;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_size > HD_JOURNAL_MAX)
		return -EFBIG;
	*ret = hd_alloc(arena, (size_t)st.st_size + 1);
	while (n > 0 && used < (size_t)st.st_size) {
		n = pread(fd, *ret + used, (size_t)st.st_size - used, (off_t)used);
		if (n < 0)
			return -errno;
		used += (size_t)n;
	}
	return (ssize_t)used;
}

/* FD may be the negative errno of its open: whatever is wrong is said in the entry. */
static void understand_entry(struct hd_journal_entry *ret, struct hd_arena *arena, const char *name,
			     int fd)
{
	struct hd_journal_entry entry = { .id.name = "" };
	char *text = NULL;
	ssize_t length = fd < 0 ? fd : read_whole(fd, arena, &text);

	if (fd == -EBADMSG || fd == -ELOOP)
		entry.broken = "it is not a regular file of ours";
	else if (length < 0)
		entry.broken = hd_printf(arena, "it cannot be %s: %s", fd < 0 ? "opened" : "read",
					 strerror((int)-length));
	else
		hd_journal_parse(&entry, arena, name, text, (size_t)length);
	(void)snprintf(entry.id.key, sizeof(entry.id.key), "%s", name);
	*ret = entry;
}

/* 1, 0 if there is none. */
static int load_entry(struct hd_journal_entry *ret, struct hd_arena *arena, int dir_fd,
		      const char *name)
{
	struct stat st;
	_cleanup_(hd_close) int fd = hd_journal_open(dir_fd, name, O_RDONLY, &st);

	if (fd == -ENOENT)
		return 0;
	understand_entry(ret, arena, name, fd);
	return 1;
}

static bool is_owner(const char *name, enum hd_owner *ret)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(hd_journal_owners); i++) {
		if (!hd_journal_key_is_valid((enum hd_owner)i, name))
			continue;
		*ret = (enum hd_owner)i;
		return true;
	}
	return false;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct hd_journal_entry *)a)->id.key,
		      ((const struct hd_journal_entry *)b)->id.key);
}

DIR *hd_journal_open_dir(int dir_fd)
{
	int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir && fd >= 0)
		(void)close(fd);
	return dir;
}

ssize_t hd_journal_list(struct hd_journal_entry **ret, struct hd_arena *arena, int dir_fd,
			struct hd_error *err)
{
	_cleanup_(hd_close_dir) DIR *dir = hd_journal_open_dir(dir_fd);
	struct hd_journal_entry *entries = NULL, entry;
	struct dirent *found;
	enum hd_owner owner;
	size_t n = 0;

	if (!dir)
		return hd_fail(err, -errno, "cannot list the journals: %s", strerror(errno));
	for (errno = 0; (found = readdir(dir)); errno = 0) {
		if (!is_owner(found->d_name, &owner) ||
		    !load_entry(&entry, arena, dir_fd, found->d_name))
			continue;
		if (entry.broken)
			entry.id.owner = owner;
		*(struct hd_journal_entry *)hd_append(arena, &entries, &n, sizeof(entry)) =
			entry;
	}
	if (errno)
		return hd_fail(err, -errno, "cannot list the journals: %s", strerror(errno));
	if (n)
		qsort(entries, n, sizeof(*entries), by_key);
	*ret = entries;
	return (ssize_t)n;
}

/* Planned and never begun counts as well: it may be about to. */
static bool holds(const struct hd_journal_step *step, const struct hd_pci_addr *addr)
{
	struct hd_pci_addr target;

	return (!strcmp(step->knob, HD_KNOB_PCI_DRIVER) || !strcmp(step->knob, HD_KNOB_MANAGED)) &&
	       step->last != HD_EVENT_UNDONE && hd_pci_addr_parse(step->target, &target) &&
	       !hd_pci_addr_compare(&target, addr);
}

const struct hd_journal_entry *hd_journal_holder(const struct hd_journal_entry *entries, size_t n,
						 const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < entries[i].n_steps; k++)
			if (holds(&entries[i].steps[k], addr))
				return &entries[i];
	return NULL;
}

const struct hd_journal_step *hd_journal_find_step(const struct hd_journal_entry *entry,
						   const char *knob)
{
	for (size_t i = 0; i < entry->n_steps; i++)
		if (!strcmp(entry->steps[i].knob, knob))
			return &entry->steps[i];
	return NULL;
}

int hd_journal_load(struct hd_journal_entry *ret, struct hd_arena *arena, int dir_fd,
		    const struct hd_journal_id *id, struct hd_error *err)
{
	struct hd_journal_entry entry;

	if (!hd_journal_key_is_valid(id->owner, id->key))
		return hd_fail(err, -EINVAL, "a journal cannot be named '%s'",
			       hd_text_printable(arena, id->key, sizeof(id->key)));
	if (!load_entry(&entry, arena, dir_fd, id->key))
		return 0;
	entry.id.owner = id->owner;
	*ret = entry;
	return 1;
}

/* Locked, and still the file that has the name. */
static int lock_journal(int dir_fd, const char *key)
{
	struct stat st;
	int fd = hd_journal_open(dir_fd, key, O_RDWR | O_APPEND, &st);
	int rc = 0;

	if (fd < 0)
		return fd;
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		rc = errno == EWOULDBLOCK ? -EBUSY : -errno;
	else if (fstat(fd, &st) < 0 || !st.st_nlink)
		rc = -ENOENT;
	if (rc == 0)
		return fd;
	(void)close(fd);
	return rc;
}

int hd_journal_reopen(struct hd_journal *ret, int dir_fd, const struct hd_journal_id *id,
		      struct hd_error *err)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	struct hd_journal journal = { .dir_fd = dir_fd };
	struct hd_journal_entry entry;

	if (!hd_journal_key_is_valid(id->owner, id->key))
		return hd_fail(err, -EINVAL, "a journal cannot have this name");
	journal.fd = lock_journal(dir_fd, id->key);
	if (journal.fd == -EBUSY)
		return hd_fail(err, -EBUSY, "another process uses the journal of %s",
			       id->key);
	if (journal.fd < 0)
		return hd_fail(err, journal.fd, "cannot open the journal of %s: %s", id->key,
			       strerror(-journal.fd));
	understand_entry(&entry, &arena, id->key, journal.fd);
	journal.length = (off_t)entry.length;
	journal.sum = entry.sum;
	if (entry.broken)
		(void)hd_fail(err, -EBADMSG, entry.is_newer ?
			      "the journal of %s is newer (%s); " HD_JOURNAL_NEWER :
			      "the journal of %s is damaged: %s", id->key, entry.broken);
	else if (ftruncate(journal.fd, journal.length) < 0)
		(void)hd_fail(err, -errno, "cannot write the journal of %s: %s", id->key,
			      strerror(errno));
	else {
		*ret = journal;
		return 0;
	}
	hd_close(&journal.fd);
	return err->code;
}

/* Who else removes the name waits for the lock before it is given again. */
static void sweep_one(int dir_fd, const char *name)
{
	struct stat st;
	_cleanup_(hd_close) int fd = hd_journal_open(dir_fd, name, O_RDONLY, &st);

	/* Dated tomorrow, by a clock that was set, it is old, too. */
	if (fd >= 0 && llabs((long long)time(NULL) - st.st_mtime) > SWEEP_AGE &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && st.st_nlink)
		(void)unlinkat(dir_fd, name, 0);
}

void hd_journal_sweep(int dir_fd)
{
	_cleanup_(hd_close_dir) DIR *dir = hd_journal_open_dir(dir_fd);
	struct dirent *found;

	while (dir && (found = readdir(dir)))
		if (hd_text_starts_with(found->d_name, HD_STATE_NEW) ||
		    hd_text_starts_with(found->d_name, HD_KEEPER_FILE))
			sweep_one(dir_fd, found->d_name);
}
