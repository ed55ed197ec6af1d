/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unit.h - cmocka and what it needs to be included before it. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka defines no include guards of the above; the order matters. */
#include <cmocka.h>

/*
 * Within this ends what ends at once on an idle machine, and within this is known what hangs: a busy
 * machine makes a test slow and not red.
 */
#define PATIENT_S 120
#define PATIENT_MS (PATIENT_S * 1000)
