/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_source.h - how the families of what a part of a program says are written. */
#pragma once

#include "explain/families.h"

/* After the id: means, remedy and checks. */
#define PART(speakers, words, id, ...) \
	{ speakers, 0, NULL, { "general-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }, words }
#define CHECKS(...) { __VA_ARGS__ }
