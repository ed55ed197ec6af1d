/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bighost.h - a host of many functions with 8 GPUs and 4 NVMe controllers, which a guest asks for. */
#pragma once

#include "tests/support/fakehost.h"

/* Functions that big_host_make() makes: 8 GPUs, their audio, 4 NVMe, and twelve ports. */
#define BIG_HOST_LEAST 32

/* A host that is ready for VFIO, whose twelve devices preloadkernel.c can move. */
void big_host_make(struct fake_host *host);

/*
 * Adds the functions FIRST to END - 1 that nobody asks for.  Quick rather than whole:
 * a name and a group are all they have, every second one is on vfio-pci, and to
 * look into one fails.
 */
void big_host_add(struct fake_host *host, unsigned first, unsigned end);
