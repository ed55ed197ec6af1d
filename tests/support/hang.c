/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hang.c - runs a program of which one system call never ends. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/support/hang.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"

#define OPTIONS (PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | \
		 PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | \
		 PTRACE_O_EXITKILL)
#define AT_ONCE 240
#define TICK_US 20000
#define SILENT_MS 15000		/* until what was killed has let go, on a busy machine */

struct task {
	pid_t pid;
	int depth;
	bool is_hung;
	bool has_left;		/* the program's child: libvirt's descriptors */
	bool has_polled;
};

struct tracer {
	pid_t first;
	struct task tasks[HANG_TASKS];
	int n_tasks;
	const struct hang_key *key;
	int left;		/* calls of this kind until the one that hangs */
	bool has_begun;		/* the program is in main() */
	bool has_settings, has_limits;
	int64_t begin;
	struct hang_keys *keys;
	struct hang_run *ret;
};

/* Which argument is a path; others have none. */
static const struct { long number; int arg; } paths[] = {
	{ SYS_openat, 1 }, { SYS_openat2, 1 }, { SYS_newfstatat, 1 }, { SYS_readlinkat, 1 },
	{ SYS_faccessat, 1 }, { SYS_faccessat2, 1 }, { SYS_unlinkat, 1 }, { SYS_mkdirat, 1 },
	{ SYS_linkat, 3 }, { SYS_statx, 1 }, { SYS_symlinkat, 2 },
#ifdef SYS_access
	{ SYS_access, 0 }, { SYS_open, 0 }, { SYS_readlink, 0 },
#endif
};

/*
 * What the program itself calls: none of these waits for a file, a device or another process.
 * A read or write comes after the poll that says that it can be done at once; a wait4 does not wait.
 */
static const struct { long number; const char *why; } harmless[] = {
	{ SYS_ppoll, "bounded" }, { SYS_read, "after poll" }, { SYS_write, "after poll" },
	{ SYS_wait4, "WNOHANG" }, { SYS_close, "a pipe, /dev/null" }, { SYS_pipe2, "memory" },
	{ SYS_clone, "memory" }, { SYS_kill, "sends" }, { SYS_fcntl, "flags" },
	{ SYS_mmap, "memory" }, { SYS_munmap, "memory" }, { SYS_mremap, "memory" },
	{ SYS_mprotect, "memory" }, { SYS_madvise, "memory" }, { SYS_brk, "memory" },
	{ SYS_rt_sigaction, "signals" }, { SYS_rt_sigprocmask, "signals" },
	{ SYS_rt_sigreturn, "signals" }, { SYS_getpid, "asks" }, { SYS_gettid, "asks" },
	{ SYS_getppid, "asks" }, { SYS_geteuid, "asks" }, { SYS_exit_group, "ends" },
	{ SYS_set_robust_list, "memory" }, { SYS_rseq, "memory" }, { SYS_dup3, "a pipe, /dev/null" },
	{ SYS_prctl, "asks" }, { SYS_getrandom, "GRND_NONBLOCK" },
	{ SYS_clock_gettime, "asks" }, { SYS_restart_syscall, "of a poll" },
	{ SYS_readlinkat, "the preload's own, of /proc/self/fd" },
#ifdef SYS_poll
	{ SYS_poll, "bounded" }, { SYS_dup2, "a pipe, /dev/null" },
#endif
};

static volatile sig_atomic_t ticks;

static void on_tick(int number)
{
	(void)number;
	ticks++;
}

static void start_clock(void)
{
	const struct itimerval every = { { 0, TICK_US }, { 0, TICK_US } };
	struct sigaction action = { .sa_handler = on_tick };	/* interrupts waitpid(2) */

	(void)sigaction(SIGALRM, &action, NULL);
	(void)setitimer(ITIMER_REAL, &every, NULL);
}

static struct task *find(struct tracer *tracer, pid_t pid)
{
	for (int i = 0; i < tracer->n_tasks; i++)
		if (tracer->tasks[i].pid == pid)
			return &tracer->tasks[i];
	return NULL;
}

static pid_t parent_of(pid_t pid)
{
	char path[32], text[512];
	const char *end;
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	text[n > 0 ? n : 0] = '\0';
	end = strrchr(text, ')');
	return end && end[1] ? (pid_t)strtol(end + 4, NULL, 10) : 0;
}

static struct task *add(struct tracer *tracer, pid_t pid)
{
	const struct task *parent = find(tracer, parent_of(pid));
	struct task *task = &tracer->tasks[tracer->n_tasks];

	if (tracer->n_tasks == HANG_TASKS)
		fail_msg("more than %d processes", HANG_TASKS);
	*task = (struct task){ .pid = pid, .depth = parent && parent->depth < 2 ?
						    parent->depth + 1 : 2 };
	if (pid == tracer->first)
		task->depth = 0;
	tracer->n_tasks++;
	return task;
}

static void forget(struct tracer *tracer, pid_t pid)
{
	struct task *task = find(tracer, pid);

	if (task)
		*task = tracer->tasks[--tracer->n_tasks];
}

/* The last part of the path, digits as '#'; of /dev/null all. */
static void read_path(char ret[static 64], pid_t pid, uint64_t address)
{
	char text[512] = "";
	size_t page = 4096 - address % 4096, most = sizeof(text) - 1;
	size_t first = page < most ? page : most;
	struct iovec here = { text, most };
	/* Two pieces: the next page need not be there. */
	struct iovec there[] = { { (void *)(uintptr_t)address, first },
				 { (void *)(uintptr_t)(address + first), most - first } };
	const char *at;
	ssize_t n;

	n = process_vm_readv(pid, &here, 1, there, HD_ARRAY_SIZE(there), 0);
	text[n > 0 ? n : 0] = '\0';
	at = strrchr(text, '/');
	(void)snprintf(ret, 64, "%.63s", strcmp(text, "/dev/null") && at ? at : text);
	for (char *c = ret; *c; c++)
		if (isdigit((unsigned char)*c))
			*c = '#';
}

bool hang_is_same(const struct hang_key *a, const struct hang_key *b)
{
	return a->depth == b->depth && a->number == b->number &&
	       a->has_settings == b->has_settings && a->has_limits == b->has_limits &&
	       !strcmp(a->path, b->path);
}

static struct hang_key *note(struct tracer *tracer, const struct hang_key *made)
{
	struct hang_keys *keys = tracer->keys;

	for (int i = 0; i < keys->n; i++) {
		struct hang_key *key = &keys->keys[i];

		if (hang_is_same(key, made)) {
			key->n++;
			return key;
		}
	}
	if (keys->n == HANG_KEYS)
		fail_msg("more than %d kinds of calls", HANG_KEYS);
	keys->keys[keys->n] = *made;
	keys->keys[keys->n].n = 1;
	return &keys->keys[keys->n++];
}

static bool is_harmless(const struct task *task, const struct __ptrace_syscall_info *info,
			const char *path)
{
	long number = (long)info->seccomp.nr;

	if (number == SYS_openat)
		return !strcmp(path, "/dev/null");
	if (number == SYS_read || number == SYS_write)
		return task->has_polled;
	if (number == SYS_wait4)
		return info->seccomp.args[2] & WNOHANG;
	if (number == SYS_readlinkat)
		return path[0] == '/' && path[1] == '#';
	for (size_t i = 0; i < HD_ARRAY_SIZE(harmless); i++)
		if (harmless[i].number == number)
			return true;
	return false;
}

static bool is_poll(long number)
{
#ifdef SYS_poll
	if (number == SYS_poll)
		return true;
#endif
	return number == SYS_ppoll || number == SYS_restart_syscall;
}

/* Before main() the program is the kernel's and the loader's. */
static void judge(struct tracer *tracer, struct task *task,
		  const struct __ptrace_syscall_info *info, const char *path)
{
	long number = (long)info->seccomp.nr;

	if (number == SYS_openat && !strcmp(path, "/dev/null"))
		tracer->has_begun = true;
	if (tracer->has_begun && !*tracer->ret->bad && !is_harmless(task, info, path))
		(void)snprintf(tracer->ret->bad, sizeof(tracer->ret->bad), "call %ld %s", number,
			       path);
	/* The preload looks at the descriptor in between. */
	if (number != SYS_readlinkat)
		task->has_polled = is_poll(number);
}

/* Is this a descriptor's move that leaves libvirt's standard error behind? */
static bool leaves(const struct __ptrace_syscall_info *info)
{
#ifdef SYS_dup2
	if (info->seccomp.nr == SYS_dup2)
		return info->seccomp.args[1] == STDERR_FILENO;
#endif
	return info->seccomp.nr == SYS_dup3 && info->seccomp.args[1] == STDERR_FILENO;
}

static const char *path_of(const struct __ptrace_syscall_info *info, pid_t pid,
			   char ret[static 64])
{
	ret[0] = '\0';
	for (size_t i = 0; i < HD_ARRAY_SIZE(paths); i++)
		if (paths[i].number == (long)info->seccomp.nr)
			read_path(ret, pid, info->seccomp.args[paths[i].arg]);
	return ret;
}

/* Which of the calls' phases has begun: the settings are opened, and then read. */
static void follow_settings(struct tracer *tracer, const char *path)
{
	if (strstr(path, "hostdevctl.conf"))
		tracer->has_settings = true;
	else if (*path && tracer->has_settings)
		tracer->has_limits = true;
}

/* Is this the call that hangs? */
static bool is_due(struct tracer *tracer, const struct hang_key *key)
{
	if (!tracer->key || tracer->ret->is_hung || !hang_is_same(key, tracer->key))
		return false;
	return --tracer->left == 0;
}

/* True if it is never to go on. */
static bool on_syscall(struct tracer *tracer, struct task *task)
{
	struct __ptrace_syscall_info info = { 0 };
	struct hang_key made = { .depth = task->depth };
	const struct hang_key *key;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, task->pid, sizeof(info), &info) < 0 ||
	    info.op != PTRACE_SYSCALL_INFO_SECCOMP)
		return false;
	made.number = (long)info.seccomp.nr;
	(void)path_of(&info, task->pid, made.path);
	follow_settings(tracer, made.path);
	if (task->depth == 0)
		judge(tracer, task, &info, made.path);
	if (task->depth == 1 && !task->has_left) {
		judge(tracer, task, &info, made.path);
		task->has_left = leaves(&info);
		return false;
	}
	made.has_settings = tracer->has_settings;
	made.has_limits = tracer->has_limits;
	key = note(tracer, &made);
	if (!is_due(tracer, key))
		return false;
	tracer->ret->is_hung = true;
	tracer->ret->hung_ms = hd_now_ms() - tracer->begin;
	return true;
}

static void on_stop(struct tracer *tracer, pid_t pid, int status)
{
	struct task *task = find(tracer, pid);
	int number = WSTOPSIG(status);
	bool is_new = !task;

	if (is_new)
		task = add(tracer, pid);
	if (task->is_hung)
		return;		/* killed, and at its exit: it does not get there */
	if (status >> 8 == TRACER_CALL)
		task->is_hung = on_syscall(tracer, task);
	if (task->is_hung)
		return;
	if (number == SIGTRAP || (is_new && number == SIGSTOP))
		number = 0;
	(void)ptrace(PTRACE_CONT, pid, NULL, (void *)(intptr_t)number);
}

static void on_end(struct tracer *tracer, pid_t pid, int status)
{
	forget(tracer, pid);
	if (pid != tracer->first)
		return;
	tracer->ret->has_ended = true;
	tracer->ret->ms = hd_now_ms() - tracer->begin;
	tracer->ret->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* True at the end of it. */
static bool read_error(struct hang_run *ret, int fd)
{
	size_t used = strlen(ret->err);
	ssize_t n;

	do {
		n = read(fd, ret->err + used, sizeof(ret->err) - 1 - used);
		used += n > 0 ? (size_t)n : 0;
		ret->err[used] = '\0';
	} while (n > 0);
	return n == 0;
}

/* One stop, end or tick; false when no process is left. */
static bool follow(struct tracer *tracer, int err)
{
	struct hang_run *ret = tracer->ret;
	int status;
	pid_t pid = waitpid(-1, &status, __WALL);

	if (pid > 0 && WIFSTOPPED(status))
		on_stop(tracer, pid, status);
	else if (pid > 0)
		on_end(tracer, pid, status);
	if (pid < 0 || ret->has_ended)
		ret->is_silent = read_error(ret, err) && ret->has_ended;
	return pid >= 0 || errno != ECHILD;
}

static bool is_over(const struct tracer *tracer)
{
	return tracer->ret->is_silent && (tracer->ret->is_hung || !tracer->n_tasks);
}

static void trace(struct tracer *tracer, int err, int64_t limit_ms)
{
	int64_t deadline = tracer->begin + limit_ms;
	bool was_ended = false;

	while (!is_over(tracer) && hd_ms_left(deadline)) {
		if (!follow(tracer, err))
			break;
		if (tracer->ret->has_ended && !was_ended)
			deadline = hd_now_ms() + SILENT_MS;
		was_ended = tracer->ret->has_ended;
	}
}

static pid_t start(void (*run)(void *arg, int err), void *arg, int err)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(125);
		(void)raise(SIGSTOP);
		if (!tracer_stop_at_calls())
			_exit(125);
		run(arg, err);
		_exit(126);
	}
	while (waitpid(pid, &status, __WALL) < 0 && errno == EINTR)
		continue;
	if (pid < 0 || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)(intptr_t)OPTIONS) < 0)
		fail_msg("cannot trace: %s", strerror(errno));
	return pid;
}

void hang_start(void (*run)(void *arg, int err), void *arg, const struct hang_key *key, int nth,
		int64_t limit_ms, struct hang_keys *keys, struct hang_run *ret)
{
	struct tracer tracer = { .key = key, .left = nth, .keys = keys, .ret = ret };
	int ends[2];

	memset(ret, 0, sizeof(*ret));
	memset(keys, 0, sizeof(*keys));
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		fail_msg("pipe: %s", strerror(errno));
	start_clock();
	tracer.begin = hd_now_ms();
	tracer.first = start(run, arg, ends[1]);
	(void)close(ends[1]);
	(void)add(&tracer, tracer.first);
	(void)ptrace(PTRACE_CONT, tracer.first, NULL, NULL);
	trace(&tracer, ends[0], limit_ms);
	for (int i = 0; i < tracer.n_tasks; i++)
		ret->left[ret->n_left++] = tracer.tasks[i].pid;
	(void)close(ends[0]);
}

void hang_finish(const struct hang_run *run)
{
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };
	int64_t deadline = hd_now_ms() + SILENT_MS;
	int status;

	for (int i = 0; i < run->n_left; i++) {
		(void)kill(run->left[i], SIGKILL);
		(void)ptrace(PTRACE_CONT, run->left[i], NULL, NULL);
	}
	while (hd_ms_left(deadline)) {
		pid_t pid = waitpid(-1, &status, __WALL | WNOHANG);

		if (pid < 0 && errno == ECHILD)
			break;
		if (pid > 0 && WIFSTOPPED(status)) {
			(void)kill(pid, SIGKILL);
			(void)ptrace(PTRACE_CONT, pid, NULL, NULL);
		}
		if (pid == 0)
			(void)poll(NULL, 0, 1);
	}
	(void)setitimer(ITIMER_REAL, &never, NULL);
}

static void reap(int *running, int counts[static 3])
{
	int status;

	if (waitpid(-1, &status, 0) <= 0)
		return;
	(*running)--;
	counts[WIFEXITED(status) && WEXITSTATUS(status) < 3 ? WEXITSTATUS(status) : 1]++;
}

void hang_pool(int (*try)(const void *data, int i), const void *data, int n, int counts[static 3])
{
	int running = 0;

	for (int i = 0; i < n; i++) {
		while (running >= AT_ONCE)
			reap(&running, counts);
		if (fork() == 0)
			_exit(try(data, i));
		running++;
	}
	while (running)
		reap(&running, counts);
}
