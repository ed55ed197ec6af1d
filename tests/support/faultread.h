/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * faultread.h - makes one read of the host fail.
 *
 * The C library's calls by which the code under test reads are counted and answered
 * with an error at link time (ld(1), --wrap; WRAPPED_READS): no hook in the code.
 */
#pragma once

#include <stdbool.h>

/*
 * From now on the call number NTH (from 1; 0: none) fails with ERROR, if it can (see below).
 * With ONLY just the calls count whose path has it in it.
 */
void fault_begin(unsigned nth, int error, const char *only);

/*
 * No call fails any more.  How many there were; *RET_WHAT: "openat(sys/x)", the one that
 * failed, or NULL.  Valid until the next begin.
 */
unsigned fault_end(const char **ret_what);
