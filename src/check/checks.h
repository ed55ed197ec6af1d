/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks.h - one declaration per row of hd_checks[] (checks.c). */
#pragma once

#include "check/check.h"
