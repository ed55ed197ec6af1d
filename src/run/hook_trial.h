/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hook_trial.h - runs a hook as libvirt's daemon does, with guests that do not exist.
 *
 * Words, environment, directory and standard input are those of libvirt
 * src/util/virhook.c and virCommandAddEnvPassCommon.  The second guest asks for a PCI
 * function that no host has, so that the hook must refuse it before it touches
 * anything.
 */
#pragma once

#include "base/arena.h"
#include "facts/setup/host_setup.h"

#define HD_HOOK_RUN_MS 20000	/* for each of the two runs */
#define HD_HOOK_TRIAL_UUID "d0c70000-0000-4000-8000-000000000000"	/* of both guests */

/* PATH is absolute.  Fills all of *ret; its statuses say what failed. */
void hd_hook_run(struct hd_hook_run *ret, struct hd_arena *arena, const char *path)
	_nonnull_(1, 2, 3);
