/* SPDX-License-Identifier: GPL-2.0-or-later */
/* liveuse.h - uses of a device that are real, on a fake host that is live. */
#pragma once

#include "tests/support/fakehost.h"

/* Each returns NULL, or why this machine cannot have the use; live_use_end() ends it. */

/* A process, the only one of the host, has /dev/full open; maps /dev/zero; a thread opened it. */
const char *live_use_open(struct fake_host *host);
const char *live_use_map(struct fake_host *host);
const char *live_use_thread(struct fake_host *host);

/*
 * The disk nvme0n1, whose number is in the file NUMBER of sysfs, is claimed as by a mount:
 * no table of this host shows it.
 */
const char *live_use_claim(struct fake_host *host, const char *number);

/* A default route, in a network namespace that the process enters for good. */
const char *live_use_route(struct fake_host *host);

void live_use_end(void);
