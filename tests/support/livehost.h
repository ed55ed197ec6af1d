/* SPDX-License-Identifier: GPL-2.0-or-later */
/* livehost.h - a fake host that programs take for the running one, with loop devices as disks. */
#pragma once

#include "tests/support/loopdev.h"
#include "tests/support/runhook.h"

#define LIVE_HOST_UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"

struct live_host {
	struct fake_host host;
	struct loop_dev loops[2];	/* the disks of live_functions */
};

extern const struct live_function {
	const char *addr, *disk;
	int group;
} live_functions[2];

/* Guests with both functions; of the mixed one the first is managed; the impossible lacks one. */
extern const char live_unmanaged[], live_managed[], live_mixed[], live_impossible[];

/* `hostdevctl detach` of the first function, for live_host_run(). */
extern char *const live_host_detach_first[];

/* cmocka's set-up and clean-up; *STATE is a struct live_host, or NULL without loop devices. */
int live_host_setup(void **state);
int live_host_teardown(void **state);

/* *STATE of the set-up; skips the test if that is NULL. */
struct live_host *live_host_need(void **state);

struct hook_run live_host_call(struct live_host *s, const char *operation, const char *xml);

/* Runs hostdevctl with ARGV there; its exit status. */
int live_host_run(struct live_host *s, char *const *argv);

/* May the disk of function I be mounted now? */
bool live_host_is_free(const struct live_host *s, size_t i);

/* Somebody in the kernel has the disk, and no table says who; the descriptor that does it. */
int live_host_occupy(const struct live_host *s, size_t i);

const char *live_host_driver(struct live_host *s, size_t i);
void live_host_set_driver(struct live_host *s, size_t i, const char *driver);
