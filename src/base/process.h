/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process.h - a piece of work in a child with a pipe to us, which can be given up.
 *
 * The work may hang in the kernel, where no signal reaches it.  So no wait here is
 * unbounded, and whoever has given a child up never meets it again: its pipe has no
 * other reader or writer.  Needs the C library alone.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/macro.h"

struct hd_process {
	pid_t pid;
	int fd;			/* our end of its pipe: it is read, and never blocks; -1: none */
};

/*
 * In the child: writes what it has to say to OUT and returns its exit status.  It still has
 * all descriptors, streams and signals of the parent.  Writing waits for room; when the
 * parent is gone it fails (EPIPE), and poll(2) finds POLLERR.
 */
typedef int hd_process_work(int out, const void *data);

/* 0, or a negative errno and no child (fd -1). */
int hd_process_start(struct hd_process *ret, hd_process_work *work, const void *data)
	_nonnull_(1, 2) _must_check_;

/*
 * Waits for its end until DEADLINE (hd_now_ms) and reaps it.  Returns waitpid(2)'s status,
 * -ETIMEDOUT, or -ECHILD if PID is not a child of ours.
 */
int hd_process_wait(pid_t pid, int64_t deadline);

/* Kills it, with its group if it has settled. Until it is reaped, the pid is not another's. */
void hd_process_kill(pid_t pid);

/* Kills it, waits until DEADLINE, and closes the pipe. Returns as hd_process_wait(). */
int hd_process_end(struct hd_process *process, int64_t deadline) _nonnull_(1);

/*
 * For a child that may outlive its parent: a session of its own, /dev/null for its standard
 * streams, default signals.  A terminal's ^C or the parent's end does not stop it half-way,
 * and it never holds the hook's standard error, which libvirt reads to its end.
 */
void hd_process_settle(void);

/* Closes what is neither a standard stream nor one of FDS, which it sorts. */
void hd_process_keep_only(int fds[], size_t n);
