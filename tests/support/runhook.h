/* SPDX-License-Identifier: GPL-2.0-or-later */
/* runhook.h - runs the real hostdevctl-hook on a fake host, as libvirt would. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/fakehost.h"

struct hook_run {
	int status;		/* exit status; 128 + N when a signal ended it */
	const char *out, *err;	/* what it wrote; owned by the host's arena */
	int64_t ms;
};

struct hook_call {
	const char *guest, *operation, *suboperation;
	const char *extra;	/* NULL: "-" */
	const char *xml;
	size_t length;
	int err;		/* its standard error; 0: the host's file "stderr" */
	bool is_live;		/* the host is its root directory, not --sysroot: needs root */
	unsigned limit_s;	/* 0: PATIENT_S; then it is killed by SIGALRM */
};

/* What a program needs to run on the fake host as on the running one; before exec. */
void become_live(struct fake_host *host);

/* Becomes the hook of run_hook(), without a return; the XML is the host's file "stdin". */
void become_hook(struct fake_host *host, const struct hook_call *call) _noreturn_;

/* Becomes the tool with this standard error, on a bus that answers; ARGV has --sysroot. */
void become_tool(struct fake_host *host, int err, char *const *argv) _noreturn_;

/*
 * `hostdevctl-hook --sysroot HOST GUEST OPERATION SUBOPERATION -` with the XML on
 * standard input and tests/support/preloadkernel.c below it.
 */
struct hook_run run_hook(struct fake_host *host, const struct hook_call *call);

/* Fails the test, with what the hook wrote, unless it ended with STATUS. */
void hook_run_expect(struct hook_run run, int status);
