/* SPDX-License-Identifier: GPL-2.0-or-later */
/* outlive.c - what a child of ours does first that may outlive its parent. */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/macro.h"
#include "base/outlive.h"

static void leave_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 0; i <= STDERR_FILENO; i++)
		if (fd < 0 || (fd != i && dup2(fd, i) < 0))
			(void)close(i);
}

/* What a caller may have changed; the rest is at its default. */
static void reset_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM,
				       SIGCHLD, SIGUSR1, SIGUSR2 };
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (size_t i = 0; i < HD_ARRAY_SIZE(signals); i++)
		(void)sigaction(signals[i], &action, NULL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

void hd_settle(void)
{
	(void)setsid();
	leave_stdio();
	reset_signals();
}
