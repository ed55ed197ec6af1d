/* SPDX-License-Identifier: GPL-2.0-or-later */
/* spawn.c - runs one program without a shell and reads what it says. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/read.h"
#include "base/spawn.h"

#define KILL_WAIT_MS 1500

extern char **environ;

/* What is run: in libvirt's environment, or in ours with nothing to read. */
struct how {
	const char *const *argv;
	char *const *environment;
	int in;			/* -1: /dev/null */
	bool from_root;
};

static int set_files(posix_spawn_file_actions_t *actions, int out, const struct how *how)
{
	int rc = how->in < 0 ? posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null",
							   O_RDONLY, 0) :
			  posix_spawn_file_actions_adddup2(actions, how->in, STDIN_FILENO);

	if (!rc)
		rc = posix_spawn_file_actions_adddup2(actions, out, STDOUT_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(actions, out, STDERR_FILENO);
	if (!rc && how->from_root)
		rc = posix_spawn_file_actions_addchdir_np(actions, "/");
	return rc;
}

static int start_child(pid_t *pid, int out, const struct how *how)
{
	posix_spawn_file_actions_t actions;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc)
		return -rc;
	rc = set_files(&actions, out, how);
	if (!rc)
		rc = posix_spawn(pid, how->argv[0], &actions, NULL, (char *const *)how->argv,
				 how->environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	return -rc;
}

static int start_piped(struct hd_spawn *ret, const struct how *how, struct hd_error *err)
{
	_cleanup_(hd_close) int out = -1;
	int pipe_fds[2], rc;

	if (pipe2(pipe_fds, O_CLOEXEC) < 0)
		return hd_fail(err, -errno, "cannot create a pipe: %s", strerror(errno));
	out = pipe_fds[1];
	memset(ret, 0, sizeof(*ret));
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1);
	rc = start_child(&ret->pid, out, how);
	if (rc < 0) {
		hd_close(&pipe_fds[0]);
		return hd_fail(err, rc, "cannot run %s: %s", how->argv[0], strerror(-rc));
	}
	ret->out = pipe_fds[0];
	return 0;
}

int hd_spawn_start(struct hd_spawn *ret, const char *const argv[], struct hd_error *err)
{
	return start_piped(ret, &(struct how){ argv, environ, -1, false }, err);
}

int hd_spawn_start_as(struct hd_spawn *ret, const char *const argv[],
		      const char *const environment[], int in, struct hd_error *err)
{
	return start_piped(ret, &(struct how){
		argv, (char *const *)environment, in, true,
	}, err);
}

/* Cuts one line off what is pending; a full buffer or the end of output is one too. */
static bool take_line(struct hd_spawn *spawn, char *buf, bool is_end)
{
	char *newline = memchr(spawn->pending, '\n', spawn->used);
	size_t length = newline ? (size_t)(newline - spawn->pending) : spawn->used;
	size_t gone = newline ? length + 1 : length;

	if (!newline && !(spawn->used && (is_end || spawn->used == HD_SPAWN_LINE - 1)))
		return false;
	memcpy(buf, spawn->pending, length);
	buf[length] = '\0';
	spawn->used -= gone;
	memmove(spawn->pending, spawn->pending + gone, spawn->used);
	return true;
}

int hd_spawn_line(struct hd_spawn *spawn, char buf[static HD_SPAWN_LINE], int64_t deadline)
{
	while (!take_line(spawn, buf, false)) {
		ssize_t got = hd_read_some(spawn->out, spawn->pending + spawn->used,
					   HD_SPAWN_LINE - 1 - spawn->used, deadline);

		if (got == -ETIMEDOUT)
			return -ETIMEDOUT;
		if (got <= 0)
			return take_line(spawn, buf, true);
		spawn->used += (size_t)got;
	}
	return 1;
}

int hd_spawn_end(struct hd_spawn *spawn, int64_t deadline)
{
	int rc = hd_process_wait(spawn->pid, deadline);

	if (rc >= 0)
		rc = WIFEXITED(rc) ? WEXITSTATUS(rc) : -ECANCELED;
	hd_close(&spawn->out);
	if (rc != 0 && hd_descendants_end(&spawn->left, hd_now_ms() + KILL_WAIT_MS) < 0)
		rc = -EBUSY;
	(void)prctl(PR_SET_CHILD_SUBREAPER, 0);
	return rc;
}
