/* SPDX-License-Identifier: GPL-2.0-or-later */
/* tracer.c - runs a function in a process that dies at its Nth system call. */
#include "config.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/macro.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"

#define PIDS_MAX 64
#define OPTIONS (PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | \
		 PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL)

struct tracer {
	pid_t first, pids[PIDS_MAX];
	size_t n_pids;
	enum tracer_victim victim;
	int kill_at;
	bool is_dirty;
	struct tracer_result *result;
};

static bool knows(struct tracer *tracer, pid_t pid)
{
	for (size_t i = 0; i < tracer->n_pids; i++)
		if (tracer->pids[i] == pid)
			return true;
	if (tracer->n_pids == PIDS_MAX)
		fail_msg("more than %d processes", PIDS_MAX);
	tracer->pids[tracer->n_pids++] = pid;
	return false;
}

static void forget(struct tracer *tracer, pid_t pid)
{
	for (size_t i = 0; i < tracer->n_pids; i++)
		if (tracer->pids[i] == pid)
			tracer->pids[i] = tracer->pids[--tracer->n_pids];
}

static bool counts(const struct tracer *tracer, pid_t pid)
{
	if (tracer->victim == TRACER_ALL)
		return true;
	return (pid == tracer->first) == (tracer->victim == TRACER_FIRST);
}

static void strike(struct tracer *tracer, pid_t pid)
{
	tracer->result->is_killed = true;
	for (size_t i = 0; i < tracer->n_pids; i++)
		if (tracer->victim == TRACER_ALL || tracer->pids[i] == pid)
			(void)kill(tracer->pids[i], SIGKILL);
}

/* Before a child is made, all that its parent wrote must be on the disk. */
static void follow_writes(struct tracer *tracer, pid_t pid, uint64_t number)
{
	if (pid != tracer->first)
		return;
	if (number == SYS_write)
		tracer->is_dirty = true;
	else if (number == SYS_fdatasync || number == SYS_fsync)
		tracer->is_dirty = false;
	else if (number == SYS_clone || number == SYS_clone3)
		tracer->result->forks_unsynced |= tracer->is_dirty;
}

/* How many children share the work depends on the machine; the first that each does is to open it. */
static bool is_null_device(pid_t pid, uint64_t number, uint64_t name)
{
	long word, wanted;

	if (number != SYS_openat)
		return false;
	memcpy(&wanted, "/dev/null", sizeof(wanted));
	errno = 0;
	word = ptrace(PTRACE_PEEKDATA, pid, (void *)(uintptr_t)name, NULL);
	return errno == 0 && word == wanted;
}

static void count_files(struct tracer_result *result, uint64_t number)
{
	static const struct { int number; size_t counter; } calls[] = {
		{ SYS_openat, offsetof(struct tracer_result, opens) },
		{ SYS_openat2, offsetof(struct tracer_result, opens) },
		{ SYS_getdents64, offsetof(struct tracer_result, listings) },
		{ SYS_newfstatat, offsetof(struct tracer_result, looks) },
		{ SYS_statx, offsetof(struct tracer_result, looks) },
		{ SYS_readlinkat, offsetof(struct tracer_result, looks) },
		{ SYS_faccessat, offsetof(struct tracer_result, looks) },
#ifdef SYS_open
		{ SYS_open, offsetof(struct tracer_result, opens) },
		{ SYS_readlink, offsetof(struct tracer_result, looks) },
		{ SYS_access, offsetof(struct tracer_result, looks) },
#endif
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(calls); i++)
		if ((uint64_t)calls[i].number == number)
			++*(int *)(void *)((char *)result + calls[i].counter);
}

static void on_syscall(struct tracer *tracer, pid_t pid)
{
	struct __ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) < 0 ||
	    info.op != PTRACE_SYSCALL_INFO_SECCOMP)
		return;
	follow_writes(tracer, pid, info.seccomp.nr);
	if (!is_null_device(pid, info.seccomp.nr, info.seccomp.args[1]))
		count_files(tracer->result, info.seccomp.nr);
	if (tracer->result->is_killed || !counts(tracer, pid))
		return;
	if (++tracer->result->calls == tracer->kill_at)
		strike(tracer, pid);
}

/* The signal to pass on. */
static int on_stop(struct tracer *tracer, pid_t pid, int status)
{
	int number = WSTOPSIG(status);
	bool is_new = !knows(tracer, pid);

	/* It was being made while the others were killed. */
	if (is_new && tracer->result->is_killed && tracer->victim == TRACER_ALL)
		(void)kill(pid, SIGKILL);
	if (is_new && number == SIGSTOP)
		return 0;
	if (status >> 8 == TRACER_CALL)
		on_syscall(tracer, pid);
	return number == SIGTRAP ? 0 : number;
}

static void on_end(struct tracer *tracer, pid_t pid, int status)
{
	forget(tracer, pid);
	tracer->result->processes++;
	if (pid == tracer->first)
		tracer->result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Until no child is left: one that was just created is not yet known. */
static void trace(struct tracer *tracer)
{
	int status;

	for (;;) {
		pid_t pid = waitpid(-1, &status, __WALL);

		if (pid < 0 && errno == EINTR)
			continue;
		if (pid < 0)
			return;
		if (WIFSTOPPED(status))
			(void)ptrace(PTRACE_CONT, pid, NULL,
				     (void *)(intptr_t)on_stop(tracer, pid, status));
		else
			on_end(tracer, pid, status);
	}
}

bool tracer_stop_at_calls(void)
{
	struct sock_filter stop = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	struct sock_fprog filter = { .len = 1, .filter = &stop };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static pid_t start(int (*run)(void *arg), void *arg)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(125);
		(void)raise(SIGSTOP);
		_exit(tracer_stop_at_calls() ? run(arg) : 125);
	}
	if (pid < 0 || waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(intptr_t)OPTIONS) < 0)
		return -1;
	return pid;
}

void tracer_run(int (*run)(void *arg), void *arg, enum tracer_victim victim, int kill_at,
		struct tracer_result *ret)
{
	struct tracer tracer = { .victim = victim, .kill_at = kill_at, .result = ret };

	memset(ret, 0, sizeof(*ret));
	tracer.first = start(run, arg);
	if (tracer.first < 0)
		fail_msg("cannot trace: %s", strerror(errno));
	tracer.pids[tracer.n_pids++] = tracer.first;
	(void)ptrace(PTRACE_CONT, tracer.first, NULL, NULL);
	trace(&tracer);
}

static int nothing(void *arg)
{
	(void)arg;
	return 7;
}

bool tracer_works(void)
{
	struct tracer tracer = { .victim = TRACER_ALL };
	struct tracer_result result = { 0 };

	tracer.result = &result;
	tracer.first = start(nothing, NULL);
	if (tracer.first < 0)
		return false;
	tracer.pids[tracer.n_pids++] = tracer.first;
	(void)ptrace(PTRACE_CONT, tracer.first, NULL, NULL);
	trace(&tracer);
	return result.exit_code == 7 && result.calls > 0;
}
