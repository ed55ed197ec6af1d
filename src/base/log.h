/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log.h - the system's log, for what must outlive a run.
 *
 * libvirt drops the standard error of a hook that succeeds, so warnings of a
 * start that works can only be read here.
 */
#pragma once

#include <syslog.h>

#include "base/macro.h"

#define HD_LOG_SOCKET "/dev/log"

/* Names the program; until it is called nothing is logged (tests, --sysroot). */
void hd_log_open(const char *program) _nonnull_(1);

/*
 * PRIORITY is one of syslog(3)'s levels.  Never waits, allocates nothing and keeps nothing
 * open: where the daemon does not take it at once, the message is lost.
 */
void hd_log(int priority, const char *fmt, ...) _nonnull_(2) _printf_(2, 3);
