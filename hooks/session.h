/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.h - what the operations of the engine share: one call of libvirt, the
 * guest it is about, and what we hold while we answer.
 *
 * Functions that return an exit code have explained a failure already.
 */
#pragma once

#include "act/checked_request.h"
#include "act/host_change.h"
#include "base/context.h"
#include "base/error.h"
#include "base/exit.h"
#include "hooks/engine.h"
#include "run/counts.h"
#include "run/journal.h"

/* So long the program waits for the clean-up once the answer is known. */
#define HD_SESSION_END_MS 2000

struct hd_session {
	const struct hd_hook_call *call;
	const char *guest;		/* its name, printable */
	const char *consequence;	/* "not started": what a failure means */
	struct hd_arena memory;
	struct hd_context context;	/* its arena is `memory` */
	struct hd_checked judged;		/* what the guest asks for */
	struct hd_change change;
	struct hd_journal_id id;
	struct hd_plan back;		/* release: the steps that were taken back */
	int64_t took_ms;		/* all steps, or their undo */
};

/*
 * Reads request, root and configuration; moves call->shared->give_up to the configured
 * bound, which is higher if the guest's policy asks for a hand-over.  A broken
 * configuration must not keep us from giving back: such an operation takes the defaults
 * then, and goes on for a guest without devices (they may have been unplugged).
 */
int hd_session_open(struct hd_session *ret, const struct hd_hook_call *call,
		    const struct hd_operation *operation, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
void hd_session_close(struct hd_session *session) _nonnull_(1);

/* The answer, for the program that waits: should we hang after it, it ends with CODE. */
void hd_session_done(const struct hd_session *session, enum hd_exit code) _nonnull_(1);

/* Opens the state directory; a hand-over in the guest's journal moves the bound as well. */
int hd_session_open_state(struct hd_session *session, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* Locks the groups of the guest's functions and those of its journal, if it has one. */
int hd_session_lock(struct hd_session *session, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* "hostdevctl: guest 'NAME' not started: TEXT" on standard error; returns CODE. */
enum hd_exit hd_session_fail(const struct hd_session *session, enum hd_exit code,
			     const char *text) _nonnull_(1, 3);

/*
 * How the hand-over of a graphics card went, for 'hostdevctl handover --report'; nothing for a
 * guest whose policy asks for none.  CODE is the answer, which does not wait for the disk.  REASON
 * may be NULL.
 */
void hd_session_record(struct hd_session *session, enum hd_exit code, const char *reason)
	_nonnull_(1);

/* One more of what monitoring counts; nothing depends on it. */
void hd_session_count(struct hd_session *session, enum hd_count count) _nonnull_(1);

/*
 * If the guest failed to start, or crashed: what QEMU's log says of devices, to the
 * system's log and standard error.  Says nothing if it cannot be read.
 */
void hd_session_tell_why(struct hd_session *session) _nonnull_(1);

/*
 * Gives back or reports what libvirt left on VFIO (act/leftover.h).  IS_LOCKED: the state
 * directory is open and the groups are locked; else that is done if there is something.
 */
enum hd_exit hd_session_give_back_left(struct hd_session *session, bool is_locked) _nonnull_(1);

/* The operations. */
enum hd_exit hd_event_prepare(struct hd_session *session) _nonnull_(1);
enum hd_exit hd_event_start(struct hd_session *session) _nonnull_(1);
enum hd_exit hd_event_release(struct hd_session *session) _nonnull_(1);
enum hd_exit hd_event_reconnect(struct hd_session *session) _nonnull_(1);
/* A start failed for which we took nothing: not libvirt's word, but qemu.c's. */
enum hd_exit hd_event_failed(struct hd_session *session) _nonnull_(1);
/* A guest has ended of which we hold nothing; likewise. */
enum hd_exit hd_event_left(struct hd_session *session) _nonnull_(1);
