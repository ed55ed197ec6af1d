/* SPDX-License-Identifier: GPL-2.0-or-later */
/* runhook.c - runs the real hostdevctl-hook on a fake host, as libvirt would. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/support/runhook.h"
#include "tests/support/unit.h"


static int open_in(struct fake_host *host, const char *name, int flags)
{
	int fd = open(hd_printf(&host->arena, "%s/%s", host->path, name), flags | O_CLOEXEC, 0600);

	if (fd < 0)
		fail_msg("cannot open %s: %s", name, strerror(errno));
	return fd;
}

/* The engine is loaded before the root changes: its name is enough to find it then. */
void become_live(struct fake_host *host)
{
	(void)setenv("LD_PRELOAD", BUILDDIR "/.libs/libpreloadkernel.so "
		     BUILDDIR "/.libs/hostdevctl-engine.so", 1);
	(void)setenv("LD_LIBRARY_PATH", BUILDDIR "/.libs", 1);
	(void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
	(void)setenv("HD_FAKE_ROOT", host->path, 1);
}

static void preload(void)
{
	(void)setenv("LD_PRELOAD", BUILDDIR "/.libs/libpreloadkernel.so", 1);
	(void)setenv("LD_LIBRARY_PATH", BUILDDIR "/.libs", 1);
	/* the preload comes before the sanitizer's own library */
	(void)setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
}

void become_hook(struct fake_host *host, const struct hook_call *call)
{
	int in = open_in(host, "stdin", O_RDONLY);
	int out = open_in(host, "stdout", O_WRONLY | O_CREAT | O_TRUNC);
	int err = call->err ? call->err : open_in(host, "stderr", O_WRONLY | O_CREAT | O_TRUNC);
	const char *extra = call->extra ? call->extra : "-";

	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	preload();
	(void)alarm(call->limit_s ? call->limit_s : PATIENT_S);
	if (call->is_live) {
		become_live(host);
		(void)execl(BUILDDIR "/hostdevctl-hook", "hostdevctl-hook", call->guest,
			    call->operation, call->suboperation, extra, (char *)NULL);
		_exit(127);
	}
	(void)execl(BUILDDIR "/hostdevctl-hook", "hostdevctl-hook", "--sysroot", host->path,
		    call->guest, call->operation, call->suboperation, extra, (char *)NULL);
	_exit(127);
}

void become_tool(struct fake_host *host, int err, char *const *argv)
{
	int out = open_in(host, "stdout", O_WRONLY | O_CREAT | O_TRUNC);

	if (dup2(out, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	preload();
	(void)execv(BUILDDIR "/hostdevctl", argv);
	_exit(127);
}

static const char *text_of(struct fake_host *host, const char *name)
{
	const char *text;

	if (hd_sysroot_text(&host->root, &host->arena, &text, "%s", name) < 0)
		fail_msg("cannot read the hook's %s", name);
	return text;
}

struct hook_run run_hook(struct fake_host *host, const struct hook_call *call)
{
	struct hook_run run = { .ms = hd_now_ms() };
	int status = 0;
	pid_t pid;

	fake_bytes(host, "stdin", call->xml, call->length);
	pid = fork();
	if (!pid)
		become_hook(host, call);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		fail_msg("cannot run the hook: %s", strerror(errno));
	run.ms = hd_now_ms() - run.ms;
	run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	run.out = text_of(host, "stdout");
	run.err = text_of(host, "stderr");
	return run;
}

void hook_run_expect(struct hook_run run, int status)
{
	if (run.status != status)
		fail_msg("exit status %d, not %d: %s", run.status, status, run.err);
}
