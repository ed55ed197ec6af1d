/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exit.c - what each exit code means, in words. */
#include "config.h"

#include "base/exit.h"
#include "base/macro.h"

static const struct {
	enum hd_exit code;
	const char *text;
} texts[] = {
	{ HD_EXIT_OK, "done, or ready" },
	{ HD_EXIT_REFUSED, "a check refused; nothing was changed" },
	{ HD_EXIT_USAGE, "wrong use of the command" },
	{ HD_EXIT_HOST, "the host could not be read or changed; it is as before" },
	{ HD_EXIT_STRANDED, "the host could not be restored; the administrator must act" },
	{ HD_EXIT_PARTLY, "explained in part: a line has no answer, one in general, or one with a condition" },
	{ HD_EXIT_MEMORY, "out of memory" },
};

const char *hd_exit_text(enum hd_exit code)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++)
		if (texts[i].code == code)
			return texts[i].text;
	return "unknown";
}
