/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unit.h - cmocka and what it needs to be included before it. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka defines no include guards of the above; the order matters. */
#include <cmocka.h>
