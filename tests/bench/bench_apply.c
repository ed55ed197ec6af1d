/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_apply.c - eight devices whose unbind takes a second each, through a fake kernel.
 *
 * Prints "NAME VALUE UNIT" lines: to bind them all, and to give them back.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"

#define N_DEVICES 8

static void say(const char *name, int64_t start)
{
	printf("%s %.3f s\n", name, (double)(hd_now_ms() - start) / 1000);
}

int main(void)
{
	struct hd_recovery recovery;
	struct fake_plan fake;
	struct hd_error err;
	enum hd_exit result;
	int64_t start;

	fake_plan_make(&fake, N_DEVICES);
	atomic_store(&fake.kernel.faults->unbind_ms, 1000);
	start = hd_now_ms();
	result = fake_plan_apply(&fake, &err);
	say("apply-eight-slow-devices", start);
	start = hd_now_ms();
	fake_plan_recover(&fake, &recovery);
	say("recover-eight-slow-devices", start);
	fake_plan_remove(&fake);
	return result == HD_EXIT_OK && recovery.n_given_back == N_DEVICES ? EXIT_SUCCESS :
									      EXIT_FAILURE;
}
