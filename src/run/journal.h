/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journal.h - what we are about to do to the host, and what we did.
 *
 * One append-only text file per owner in /run/hostdevctl/ (the lifetime of a
 * driver binding): guests by their UUID, devices that an administrator detached
 * by their address, devices that a running guest was given by both.  Mode 0600 in a
 * 0700 directory.  Each record is one line with a checksum, written by one write(2)
 * and made durable by fdatasync(2) before the host is touched.  A torn last line is ignored; any other broken
 * line makes the journal unreadable (it is reported, never guessed at).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "plan/plan.h"

#define HD_JOURNAL_DIR "/run/hostdevctl"

enum hd_owner {
	HD_OWNER_GUEST,		/* given back at release, or by recover */
	HD_OWNER_ADMIN,		/* given back by reattach; recover only finishes a torn one */
	HD_OWNER_REHEARSAL,	/* of a guest, under its UUID: given back by whoever comes first */
	HD_OWNER_PLUGGED,	/* one device of a guest that ran already: given back when it is taken
				   out of the guest, at release, or by recover */
	HD_OWNER_MAX
};

struct hd_journal_id {
	enum hd_owner owner;
	char key[64];		/* UUID, the function's address, or "UUID+ADDRESS"; checked, used as
				   file name */
	const char *name;	/* the guest's name, for people; may be any text */
};

/* For a guest: UUID (36 characters).  For the admin: "0000:01:00.0". */
int hd_journal_id_guest(struct hd_journal_id *ret, const char *uuid, const char *name)
	_nonnull_(1, 2, 3) _must_check_;
/* The same for a rehearsal of the guest's start: one of both has a journal. */
int hd_journal_id_rehearsal(struct hd_journal_id *ret, const char *uuid, const char *name)
	_nonnull_(1, 2, 3) _must_check_;
void hd_journal_id_admin(struct hd_journal_id *ret, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);
/*
 * For a device that a running guest gets: "UUID+0000:01:00.0".  A file's name that begins
 * with the UUID is what the hook looks for when the guest ends.
 */
int hd_journal_id_plugged(struct hd_journal_id *ret, const char *uuid, const char *name,
			  const struct hd_pci_addr *addr) _nonnull_(1, 2, 3, 4) _must_check_;

/* Is it the journal of the guest UUID (lower case), or of a device plugged into it? */
bool hd_journal_is_of_guest(const struct hd_journal_id *id, const char *uuid) _nonnull_(1, 2);

/* The function that a journal of HD_OWNER_ADMIN or _PLUGGED is about; false: another owner's. */
bool hd_journal_function(const struct hd_journal_id *id, struct hd_pci_addr *ret)
	_nonnull_(1, 2);

/*
 * While it is open it is locked (flock): one writer, which includes the children
 * that inherited it and may outlive their parent.
 */
struct hd_journal {
	int dir_fd, fd;
	off_t length;			/* of whole lines */
	uint32_t sum;			/* of the last line */
};

/*
 * Begins a journal in DIR_FD (see hd_state_dir_open): header and the whole plan
 * are durable on return.  -EEXIST if the owner has one already.  It gets its
 * name last: a crash leaves either no journal or a whole one.  Allocates nothing.
 */
int hd_journal_begin(struct hd_journal *ret, int dir_fd, const struct hd_journal_id *id,
		     const struct hd_plan *plan, struct hd_error *err)
	_nonnull_(1, 3, 4, 5) _must_check_;

/*
 * Opens an existing one for more records (undo); a torn last line is cut off.
 * -ENOENT: there is none; -EBUSY: another process is at work on it; -EBADMSG:
 * it is broken.
 */
int hd_journal_reopen(struct hd_journal *ret, int dir_fd, const struct hd_journal_id *id,
		      struct hd_error *err) _nonnull_(1, 3, 4) _must_check_;

/* One more record about step STEP; durable once it is synced. Allocates nothing. */
enum hd_journal_event {
	HD_EVENT_INTENT,	/* its set is about to start */
	HD_EVENT_DONE,
	HD_EVENT_FAILED,
	HD_EVENT_UNDO,		/* it is about to be taken back */
	HD_EVENT_UNDONE,
	HD_EVENT_STUCK,		/* unknown outcome: resolve by looking */
	HD_EVENT_MAX
};
int hd_journal_put(struct hd_journal *journal, enum hd_journal_event event, size_t step)
	_nonnull_(1) _must_check_;
int hd_journal_sync(struct hd_journal *journal) _nonnull_(1) _must_check_;

/* The plan is applied in full (no step: its number is not used). */
int hd_journal_commit(struct hd_journal *journal) _nonnull_(1) _must_check_;

/* Everything is back: removes the file. */
int hd_journal_remove(struct hd_journal *journal, const struct hd_journal_id *id)
	_nonnull_(1, 2) _must_check_;
void hd_journal_close(struct hd_journal *journal) _nonnull_(1);

/* What to do about a journal that is_newer: nothing that it covers may be touched. */
#define HD_JOURNAL_NEWER \
	"this version leaves it alone: install the newer one again"

/* A journal as read back. Strings are owned by the arena. */
struct hd_journal_step {
	const char *knob, *target, *from, *to;
	int group;
	unsigned stage;
	enum hd_journal_event last;	/* HD_EVENT_MAX: planned, never begun */
};
struct hd_journal_entry {
	struct hd_journal_id id;
	int64_t since;			/* seconds of CLOCK_REALTIME when it began */
	const char *boot;		/* hd_boot_id() then; NULL: an older program wrote it */
	int64_t uptime;			/* hd_uptime_s() then */
	bool is_committed;
	const char *broken;		/* why it cannot be understood, or NULL */
	bool is_newer;			/* that is because a newer program wrote it */
	struct hd_journal_step *steps;
	size_t n_steps;
	size_t length;			/* of its whole lines */
	uint32_t sum;			/* of the last of them */
};

/* Parses the text of one journal; a broken one is an entry with .broken set. */
void hd_journal_parse(struct hd_journal_entry *ret, struct hd_arena *arena,
		      const char *file_name, const char *text, size_t length)
	_nonnull_(1, 2, 3, 4);

/* All journals in DIR_FD, by file name. Returns how many or a negative errno. */
ssize_t hd_journal_list(struct hd_journal_entry **ret, struct hd_arena *arena, int dir_fd,
			struct hd_error *err) _nonnull_(1, 2, 4) _must_check_;

/* The one of N journals that took this function and did not give it back, or NULL. */
const struct hd_journal_entry *hd_journal_holder(const struct hd_journal_entry *entries, size_t n,
						 const struct hd_pci_addr *addr) _nonnull_(3);

/* The first of its steps of this knob, or NULL. */
const struct hd_journal_step *hd_journal_find_step(const struct hd_journal_entry *entry,
						   const char *knob) _nonnull_(1, 2);

/* The journal of one owner: 1 found, 0 none, negative errno. */
int hd_journal_load(struct hd_journal_entry *ret, struct hd_arena *arena, int dir_fd,
		    const struct hd_journal_id *id, struct hd_error *err)
	_nonnull_(1, 2, 4, 5) _must_check_;

/*
 * Removes what crashes left while they made a journal (never one that is
 * readable), and the files of keepers that were killed (keeper.h).  Reports nothing.
 */
void hd_journal_sweep(int dir_fd);
