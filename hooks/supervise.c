/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * supervise.c - runs the engine in a child that the hook can outlive.
 *
 * A read of a device's file in sysfs, or an unbind, can sleep in the kernel
 * where no signal reaches it.  The child writes to a pipe of ours instead of
 * libvirt's standard error, so a child that never ends keeps nobody waiting.
 * It dies with us: whoever kills the hook stops the work as well.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/read.h"
#include "hooks/hook.h"

#define LOOK_MS 200	/* how often the limit is read, which the child may change */

/* Without the engine nobody decides about a guest that passes devices. */
enum hd_exit hd_engine_run(const struct hd_operation *operation, const struct hd_hook_call *call)
{
	void *engine = dlopen(HD_HOOK_ENGINE_FILE, RTLD_NOW | RTLD_LOCAL);
	void *symbol = engine ? dlsym(engine, HD_HOOK_ENGINE_SYMBOL) : NULL;
	hd_hook_engine_fn *run;

	if (!symbol) {
		hd_complain(operation, call, operation->consequence,
			    "its devices cannot be checked: %s; reinstall hostdevctl", dlerror());
		return HD_EXIT_HOST;
	}
	_Static_assert(sizeof(run) == sizeof(symbol), "POSIX: dlsym returns functions, too");
	memcpy(&run, &symbol, sizeof(run));
	return (enum hd_exit)run(call);
}

struct work {
	const struct hd_operation *operation;
	const struct hd_hook_call *call;
	hd_hook_work *run;
	pid_t parent;
	int nothing;		/* /dev/null */
};

/* Before any call that may hang, libvirt's descriptors go: it waits for every copy. */
static int work_on_our_pipe(int out, const void *data)
{
	const struct work *work = data;
	bool has_left = dup2(work->nothing, STDIN_FILENO) >= 0 &&
			dup2(work->nothing, STDOUT_FILENO) >= 0 &&
			dup2(out, STDERR_FILENO) >= 0;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!has_left || getppid() != work->parent)
		return HD_EXIT_HOST;
	hd_close(&out);
	return (int)work->run(work->operation, work->call);
}

/* Passes on what comes until then; false at the end of the output, or if nobody takes it. */
static bool relay_output(int output, int64_t until)
{
	char buf[4096];
	ssize_t n = hd_read_some(output, buf, sizeof(buf), until);

	return n > 0 ? hd_say(buf, (size_t)n) : n == -ETIMEDOUT;
}

static int64_t next_look(_Atomic int64_t *give_up)
{
	int64_t look = hd_now_ms() + LOOK_MS, last = atomic_load(give_up);

	return look < last ? look : last;
}

/* Until the child has ended, as hd_process_wait(); -ETIMEDOUT when it is time to give up. */
static int wait_for_end(const struct hd_process *child, _Atomic int64_t *give_up)
{
	bool has_output = true;
	int status;

	do {
		int64_t look = next_look(give_up);
		bool had_output = has_output;

		if (had_output)
			has_output = relay_output(child->fd, look);
		status = hd_process_wait(child->pid, had_output ? 0 : look);
	} while (status == -ETIMEDOUT && hd_ms_left(atomic_load(give_up)));
	/* What is left is at most a pipe's worth; a grandchild may hold the other end. */
	for (int i = 0; status >= 0 && has_output && i < 32; i++)
		has_output = relay_output(child->fd, 0);
	return status;
}

/* "... did not end in time": what is known of the host without it. */
static enum hd_exit without_it(const struct work *work, const char *fate)
{
	const struct hd_hook_shared *shared = work->call->shared;
	const struct hd_operation *operation = work->operation;

	if (!atomic_load(&shared->may_have_changed) && !atomic_load(&shared->is_done)) {
		hd_complain(operation, work->call, operation->consequence,
			    "the check of its devices %s; nothing was changed on the host", fate);
		return HD_EXIT_HOST;
	}
	hd_complain(operation, work->call, operation->in_doubt,
		    "the check of its devices %s; 'hostdevctl status' shows what is held", fate);
	return HD_EXIT_STRANDED;
}

static enum hd_exit give_up_on(const struct hd_process *child, const struct work *work)
{
	const struct hd_hook_shared *shared = work->call->shared;
	char fate[64];

	hd_process_kill(child->pid);
	if (atomic_load(&shared->is_done))
		return (enum hd_exit)atomic_load(&shared->result);
	(void)snprintf(fate, sizeof(fate), "(process %d) did not end in time", (int)child->pid);
	return without_it(work, fate);
}

static enum hd_exit exit_of(int status, const struct work *work)
{
	char fate[64];

	if (WIFEXITED(status))
		return (enum hd_exit)WEXITSTATUS(status);
	(void)snprintf(fate, sizeof(fate), "was killed by signal %d", WTERMSIG(status));
	return without_it(work, fate);
}

enum hd_exit hd_supervise(const struct hd_operation *operation, struct hd_hook_call *call,
			  hd_hook_work *run, int deadline_ms)
{
	_cleanup_(hd_close) int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	const struct work work = { operation, call, run, getpid(), nothing };
	struct hd_process child;
	int rc;

	call->shared = mmap(NULL, sizeof(*call->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (call->shared == MAP_FAILED) {
		hd_complain(operation, call, operation->in_doubt, "out of memory");
		return HD_EXIT_MEMORY;
	}
	atomic_store(&call->shared->give_up, hd_now_ms() + deadline_ms);
	atomic_store(&call->shared->may_have_changed, operation->needs_journal);
	(void)signal(SIGCHLD, SIG_DFL);	/* ignored, the child's status would be lost */
	rc = hd_process_start(&child, work_on_our_pipe, &work);
	if (rc < 0) {
		hd_complain(operation, call, operation->in_doubt,
			    "its devices cannot be checked: %s", strerror(-rc));
		return HD_EXIT_HOST;
	}
	rc = wait_for_end(&child, &call->shared->give_up);
	hd_close(&child.fd);
	return rc == -ETIMEDOUT ? give_up_on(&child, &work) : exit_of(rc, &work);
}
