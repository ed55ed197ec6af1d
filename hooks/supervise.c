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
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "hooks/hook.h"

#define LOOK_MS 200	/* the child may move its limit: it is looked at as often */

struct child {
	pid_t pid;
	int output;		/* read end of its standard error */
	bool has_ended;
	int status;		/* of waitpid(2) */
};

static void close_output(struct child *child)
{
	hd_close(&child->output);
}

/* The engine is there for every guest that passes devices: without it nobody decides. */
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
	const sigset_t *mask;
	int nothing;		/* /dev/null */
};

/* Before any call that may hang, libvirt's descriptors go: it waits for every copy. */
static void child_main(const struct work *work, int output, pid_t parent) _noreturn_;
static void child_main(const struct work *work, int output, pid_t parent)
{
	bool has_left = dup2(work->nothing, STDIN_FILENO) >= 0 &&
			dup2(work->nothing, STDOUT_FILENO) >= 0 &&
			dup2(output, STDERR_FILENO) >= 0;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!has_left || getppid() != parent)
		_exit(HD_EXIT_HOST);
	(void)sigprocmask(SIG_SETMASK, work->mask, NULL);
	(void)signal(SIGCHLD, SIG_DFL);
	_exit((int)work->run(work->operation, work->call));
}

static void on_child(int signal_number)
{
	(void)signal_number;	/* only to interrupt ppoll(2) */
}

static int start_child(struct child *ret, const struct work *work)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	ret->pid = fork();
	if (!ret->pid)
		child_main(work, ends[1], parent);
	hd_close(&ends[1]);
	ret->output = ends[0];
	(void)fcntl(ret->output, F_SETFL, O_NONBLOCK);
	return ret->pid < 0 ? -errno : 0;
}

/* Passes on what is there now; false at the end of the output, or if nobody takes it. */
static bool relay(const struct child *child)
{
	char buf[4096];
	ssize_t n = read(child->output, buf, sizeof(buf));

	if (n > 0)
		return hd_say(buf, (size_t)n);
	return n < 0 && (errno == EINTR || errno == EAGAIN);
}

static void look_for_end(struct child *child)
{
	if (waitpid(child->pid, &child->status, WNOHANG) == child->pid)
		child->has_ended = true;
}

/* Until the child has ended; false when it is time to give up. */
static bool wait_for_end(struct child *child, _Atomic int64_t *give_up, const sigset_t *mask)
{
	struct pollfd ready = { .fd = child->output, .events = POLLIN };

	for (look_for_end(child); !child->has_ended; look_for_end(child)) {
		int left = hd_ms_left(atomic_load(give_up));
		struct timespec most = { .tv_nsec = LOOK_MS * 1000000L };

		if (!left)
			return false;
		if (ppoll(&ready, 1, &most, mask) > 0 && !relay(child))
			ready.fd = -1;
	}
	/* What is left is at most a pipe's worth; a grandchild may hold the other end. */
	for (int i = 0; i < 32 && poll(&ready, 1, 0) > 0 && relay(child); i++)
		continue;
	return true;
}

/* "... did not end in time": what is known of the host without it. */
static enum hd_exit without_it(const struct work *work, const char *fate)
{
	const struct hd_operation *operation = work->operation;

	if (atomic_load(&work->call->shared->progress) == HD_PROGRESS_BEFORE) {
		hd_complain(operation, work->call, operation->consequence,
			    "the check of its devices %s; nothing was changed on the host", fate);
		return HD_EXIT_HOST;
	}
	hd_complain(operation, work->call, operation->in_doubt,
		    "the check of its devices %s; 'hostdevctl status' shows what is held", fate);
	return HD_EXIT_STRANDED;
}

static enum hd_exit give_up_on(const struct child *child, const struct work *work)
{
	const struct hd_hook_shared *shared = work->call->shared;
	char fate[64];

	(void)kill(child->pid, SIGKILL);
	if (atomic_load(&shared->progress) == HD_PROGRESS_DONE)
		return (enum hd_exit)atomic_load(&shared->result);
	(void)snprintf(fate, sizeof(fate), "(process %d) did not end in time", (int)child->pid);
	return without_it(work, fate);
}

static enum hd_exit exit_of(const struct child *child, const struct work *work)
{
	char fate[64];

	if (WIFEXITED(child->status))
		return (enum hd_exit)WEXITSTATUS(child->status);
	(void)snprintf(fate, sizeof(fate), "was killed by signal %d", WTERMSIG(child->status));
	return without_it(work, fate);
}

/* A SIGCHLD interrupts the wait, and nothing else. */
static void watch_children(sigset_t *ret_before)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t blocked;

	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &blocked, ret_before);
	(void)sigdelset(ret_before, SIGCHLD);
	(void)sigaction(SIGCHLD, &action, NULL);
}

enum hd_exit hd_supervise(const struct hd_operation *operation, struct hd_hook_call *call,
			  hd_hook_work *run, int deadline_ms)
{
	_cleanup_(close_output) struct child child = { .output = -1 };
	_cleanup_(hd_close) int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t mask;
	const struct work work = { operation, call, run, &mask, nothing };
	int rc;

	call->shared = mmap(NULL, sizeof(*call->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (call->shared == MAP_FAILED) {
		hd_complain(operation, call, operation->in_doubt, "out of memory");
		return HD_EXIT_MEMORY;
	}
	atomic_store(&call->shared->give_up, hd_now_ms() + deadline_ms);
	atomic_store(&call->shared->progress, operation->needs_journal ? HD_PROGRESS_UNKNOWN :
									 HD_PROGRESS_BEFORE);
	watch_children(&mask);
	rc = start_child(&child, &work);
	if (rc < 0) {
		hd_complain(operation, call, operation->in_doubt,
			    "its devices cannot be checked: %s", strerror(-rc));
		return HD_EXIT_HOST;
	}
	if (!wait_for_end(&child, &call->shared->give_up, &mask))
		return give_up_on(&child, &work);
	return exit_of(&child, &work);
}
