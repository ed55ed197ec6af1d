/* SPDX-License-Identifier: GPL-2.0-or-later */
/* level.h - how grave does the program itself say that a record of its log is? */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

enum hd_level {
	HD_LEVEL_NONE,		/* it does not say */
	HD_LEVEL_INFO,		/* and what is less */
	HD_LEVEL_WARNING,
	HD_LEVEL_ERROR,		/* and what is more */
};

/*
 * The level in the format of klog ("E1130 10:00:00.1"), logrus ("level=error"), JSON ("level":"error"), Python, Java
 * and oslo.log (" ERROR "), LXC, Looking Glass ("[E]"), libvirt (": error : ") and the kernel ("<3>").  A word in
 * the message itself ("Error: x") does not count, nor does the type of an event of Kubernetes.
 */
enum hd_level hd_level_of(const char *line) _nonnull_(1);

/*
 * Is LINE a step of a call that a traceback lists, of Python, Java, Go or Rust?  What it quotes is the
 * program's source, not what happened.
 */
bool hd_level_is_frame(const char *line) _nonnull_(1);
