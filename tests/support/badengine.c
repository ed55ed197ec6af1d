/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * badengine.c - an engine of the hook that behaves as badly as its guest is named.
 *
 * The hook must outlive it: libvirt waits for the hook without any limit.
 */
#include "config.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/macro.h"
#include "hooks/engine.h"

/* The host is half changed. */
static int begin(const struct hd_hook_call *call)
{
	call->shared->may_have_changed = true;
	return 0;
}

static int hang(const struct hd_hook_call *call)
{
	call->shared->give_up = 0;
	while (pause() < 0)
		continue;
	return 0;
}

static int crash(const struct hd_hook_call *call)
{
	(void)call;
	return raise(SIGSEGV);
}

static int hang_half_way(const struct hd_hook_call *call)
{
	return begin(call) + hang(call);
}

static int crash_half_way(const struct hd_hook_call *call)
{
	return begin(call) + crash(call);
}

/* All is done, but for its end. */
static int hang_at_the_end(const struct hd_hook_call *call)
{
	call->shared->result = 0;
	call->shared->is_done = true;
	return hang(call);
}

/* More than a pipe holds, and something on the descriptor that must stay silent. */
static int talk(const struct hd_hook_call *call)
{
	(void)call;
	for (int i = 0; i < 5000; i++)
		(void)fprintf(stderr, "%04d: forty characters, one line after the other\n", i);
	(void)dprintf(STDOUT_FILENO, "<domain/>\n");
	return 1;
}

/*
 * As a child stuck in the kernel would: it has our standard error and does not end until the
 * test has removed its folder.
 */
static int leave_child(const struct hd_hook_call *call)
{
	(void)call;
	if (!fork()) {
		for (int i = 0; i < 120 && access(getenv("LD_LIBRARY_PATH"), F_OK) == 0; i++)
			(void)sleep(1);
		_exit(0);
	}
	(void)fprintf(stderr, "it left a child\n");
	return 1;
}

static const struct {
	const char *guest;
	int (*run)(const struct hd_hook_call *call);
} habits[] = {
	{ "hangs", hang }, { "hangs-half-way", hang_half_way },
	{ "hangs-at-the-end", hang_at_the_end },
	{ "crashes", crash }, { "crashes-half-way", crash_half_way },
	{ "talks", talk }, { "leaves", leave_child },
};

__attribute__((visibility("default"))) int hd_hook_engine(const struct hd_hook_call *call)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(habits); i++)
		if (!strcmp(habits[i].guest, call->guest))
			return habits[i].run(call);
	return 0;
}
