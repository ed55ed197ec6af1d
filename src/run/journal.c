/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal.c - writes what we are about to do to the host, and what we did. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "base/record.h"
#include "base/text.h"
#include "run/journal_internal.h"

/* Room kept for the events, so that a full file system cannot spoil an undo. */
#define EVENT_ROOM 32
#define EVENTS_PER_STEP 4
#define UUID_LENGTH 36

const char *const hd_journal_events[HD_EVENT_MAX] = {
	[HD_EVENT_INTENT] = "intent",
	[HD_EVENT_DONE] = "done",
	[HD_EVENT_FAILED] = "failed",
	[HD_EVENT_UNDO] = "undo",
	[HD_EVENT_UNDONE] = "undone",
	[HD_EVENT_STUCK] = "stuck",
};

const char *const hd_journal_owners[HD_OWNER_MAX] = {
	[HD_OWNER_GUEST] = "guest",
	[HD_OWNER_ADMIN] = "admin",
	[HD_OWNER_REHEARSAL] = "rehearsal",
	[HD_OWNER_PLUGGED] = "plugged",
};

static bool is_uuid(const char *text)
{
	char uuid[UUID_LENGTH + 1];

	return hd_text_uuid(text, uuid) && !strcmp(uuid, text);
}

static bool is_address(const char *text)
{
	char name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	return hd_pci_addr_parse(text, &addr) && !strcmp(hd_pci_addr_format(&addr, name), text);
}

bool hd_journal_key_is_valid(enum hd_owner owner, const char *key)
{
	char uuid[UUID_LENGTH + 1];

	if (owner == HD_OWNER_ADMIN)
		return is_address(key);
	(void)snprintf(uuid, sizeof(uuid), "%.36s", key);
	if (!is_uuid(uuid))
		return false;
	key += UUID_LENGTH;
	return owner == HD_OWNER_PLUGGED ? *key == '+' && is_address(key + 1) : !*key;
}

static int make_id(struct hd_journal_id *ret, enum hd_owner owner, const char *uuid,
		   const char *name)
{
	struct hd_journal_id id = { .owner = owner, .name = name };
	char key[UUID_LENGTH + 1];

	if (!hd_text_uuid(uuid, key))
		return -EINVAL;
	memcpy(id.key, key, sizeof(key));
	*ret = id;
	return 0;
}

int hd_journal_id_guest(struct hd_journal_id *ret, const char *uuid, const char *name)
{
	return make_id(ret, HD_OWNER_GUEST, uuid, name);
}

int hd_journal_id_rehearsal(struct hd_journal_id *ret, const char *uuid, const char *name)
{
	return make_id(ret, HD_OWNER_REHEARSAL, uuid, name);
}

void hd_journal_id_admin(struct hd_journal_id *ret, const struct hd_pci_addr *addr)
{
	struct hd_journal_id id = { .owner = HD_OWNER_ADMIN, .name = "" };
	char key[HD_PCI_ADDR_SIZE];

	(void)snprintf(id.key, sizeof(id.key), "%s", hd_pci_addr_format(addr, key));
	*ret = id;
}

int hd_journal_id_plugged(struct hd_journal_id *ret, const char *uuid, const char *name,
			  const struct hd_pci_addr *addr)
{
	char function[HD_PCI_ADDR_SIZE];
	int rc = make_id(ret, HD_OWNER_PLUGGED, uuid, name);

	if (rc == 0)
		(void)snprintf(ret->key + UUID_LENGTH, sizeof(ret->key) - UUID_LENGTH, "+%s",
			       hd_pci_addr_format(addr, function));
	return rc;
}

bool hd_journal_is_of_guest(const struct hd_journal_id *id, const char *uuid)
{
	return id->owner != HD_OWNER_ADMIN && strlen(uuid) == UUID_LENGTH &&
	       !strncmp(id->key, uuid, UUID_LENGTH);
}

bool hd_journal_function(const struct hd_journal_id *id, struct hd_pci_addr *ret)
{
	const char *address = id->owner == HD_OWNER_PLUGGED && strlen(id->key) > UUID_LENGTH ?
			      id->key + UUID_LENGTH + 1 : id->key;

	return (id->owner == HD_OWNER_PLUGGED || id->owner == HD_OWNER_ADMIN) &&
	       hd_pci_addr_parse(address, ret);
}

/*
 * One line by one write(2).  A write that fails half-way is cut off again: the
 * next line must not follow a torn one.
 */
static int put_text(struct hd_journal *journal, const char *body)
{
	size_t length = strlen(body);
	uint32_t sum = hd_record_sum(journal->sum, body, length);
	char line[HD_JOURNAL_LINE];
	ssize_t written;
	int n;

	n = snprintf(line, sizeof(line), "%08x %s\n", sum, body);
	if (n < 0 || (size_t)n >= sizeof(line))
		return -EMSGSIZE;
	written = write(journal->fd, line, (size_t)n);
	if (written != n) {
		int saved = written < 0 ? -errno : -ENOSPC;

		return ftruncate(journal->fd, journal->length) < 0 ? -errno : saved;
	}
	journal->length += n;
	journal->sum = sum;
	return 0;
}

static int put_format(struct hd_journal *journal, const char *fmt, ...) _printf_(2, 3);

static int put_format(struct hd_journal *journal, const char *fmt, ...)
{
	char body[HD_JOURNAL_LINE];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(body, sizeof(body), fmt, args);
	va_end(args);
	return n < 0 || (size_t)n >= sizeof(body) ? -EMSGSIZE : put_text(journal, body);
}

static int put_header(struct hd_journal *journal, const struct hd_journal_id *id, size_t n)
{
	char name[HD_JOURNAL_NAME * 3], plain[HD_JOURNAL_NAME], boot[HD_BOOT_ID_SIZE];

	(void)snprintf(plain, sizeof(plain), "%s", id->name ? id->name : "");
	return put_format(journal, HD_JOURNAL_WORD " %d %s %s %lld %zu %s %s %lld",
			  HD_JOURNAL_VERSION, hd_journal_owners[id->owner], id->key,
			  (long long)time(NULL), n, hd_record_encode(name, sizeof(name), plain),
			  hd_boot_id(boot), (long long)hd_uptime_s());
}

static int put_step(struct hd_journal *journal, const struct hd_step *step, size_t index)
{
	char target[HD_TARGET_MAX * 3], from[HD_STATE_MAX * 3], to[HD_STATE_MAX * 3];
	char group[16] = "-";

	if (step->group != HD_NO_GROUP)
		(void)snprintf(group, sizeof(group), "%d", step->group);
	return put_format(journal, "step %zu %d %s %s %s %s %s", index, step->stage, group,
			  step->knob->name,
			  hd_record_encode(target, sizeof(target), step->target),
			  hd_record_encode(from, sizeof(from), step->from),
			  hd_record_encode(to, sizeof(to), step->to));
}

static int put_plan(struct hd_journal *journal, const struct hd_journal_id *id,
		    const struct hd_plan *plan)
{
	int rc = put_header(journal, id, plan->n);

	for (size_t i = 0; rc == 0 && i < plan->n; i++)
		rc = put_step(journal, &plan->steps[i], i);
	if (rc < 0)
		return rc;
	(void)fallocate(journal->fd, FALLOC_FL_KEEP_SIZE, journal->length,
			(off_t)(plan->n * EVENTS_PER_STEP + 1) * EVENT_ROOM);
	return hd_journal_sync(journal);
}

/* link(2), not rename(2): it never replaces.  A second name that stays is swept later. */
static int give_name(const struct hd_journal *journal, const char *from, const char *key)
{
	int rc = linkat(journal->dir_fd, from, journal->dir_fd, key, 0) < 0 ? -errno : 0;

	(void)unlinkat(journal->dir_fd, from, 0);
	if (rc == 0 && fsync(journal->dir_fd) < 0) {
		rc = -errno;
		(void)unlinkat(journal->dir_fd, key, 0);
	}
	return rc;
}

int hd_journal_begin(struct hd_journal *ret, int dir_fd, const struct hd_journal_id *id,
		     const struct hd_plan *plan, struct hd_error *err)
{
	struct hd_journal journal = { .dir_fd = dir_fd };
	char name[HD_STATE_NEW_SIZE];
	int rc;

	if (!hd_journal_key_is_valid(id->owner, id->key))
		return hd_fail(err, -EINVAL, "a journal cannot be named '%s'", id->key);
	journal.fd = hd_state_file_new(dir_fd, name, O_APPEND);
	rc = journal.fd < 0 ? journal.fd : put_plan(&journal, id, plan);
	if (rc < 0 && journal.fd >= 0)
		(void)unlinkat(dir_fd, name, 0);
	if (rc == 0)
		rc = give_name(&journal, name, id->key);
	if (rc == 0) {
		*ret = journal;
		return 0;
	}
	hd_close(&journal.fd);
	if (rc == -EEXIST)
		return hd_fail(err, rc, "%s already has a journal: run hostdevctl recover",
			       id->key);
	return hd_fail(err, rc, "cannot write the journal of %s: %s", id->key, strerror(-rc));
}

int hd_journal_put(struct hd_journal *journal, enum hd_journal_event event, size_t step)
{
	return put_format(journal, "%s %zu", hd_journal_events[event], step);
}

int hd_journal_sync(struct hd_journal *journal)
{
	return fdatasync(journal->fd) < 0 ? -errno : 0;
}

int hd_journal_commit(struct hd_journal *journal)
{
	int rc = put_text(journal, "commit");

	return rc < 0 ? rc : hd_journal_sync(journal);
}

int hd_journal_remove(struct hd_journal *journal, const struct hd_journal_id *id)
{
	if (!hd_journal_key_is_valid(id->owner, id->key))
		return -EINVAL;
	return unlinkat(journal->dir_fd, id->key, 0) < 0 && errno != ENOENT ? -errno : 0;
}

void hd_journal_close(struct hd_journal *journal)
{
	hd_close(&journal->fd);
}
