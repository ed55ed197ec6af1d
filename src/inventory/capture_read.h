/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture_read.h - turns a captured host, which is reviewable text, into files.
 *
 *	@ DIRECTORY		relative to the root; what follows is in it
 *	NAME = TEXT		a file, with a newline added; \n \t \\ and \xNN are escapes
 *	NAME ! TEXT		the same, executable
 *	NAME : HEX BYTES	a file of bytes
 *	NAME -> TARGET		a symbolic link
 *	# COMMENT
 *
 * What a machine wrote begins with HD_TREE_BEGIN, and is whole if its last line is
 * HD_TREE_END.
 */
#pragma once

#include <stddef.h>

#include "base/error.h"

#define HD_TREE_MAX (16u << 20)		/* bytes of text */
#define HD_TREE_BEGIN "# captured by hostdevctl "
#define HD_TREE_END "# end of the capture"
#define HD_TREE_LINES_MAX 400000u

/*
 * Makes the files of TEXT below the directory ROOT_FD and nothing outside it,
 * whatever the text says.  Returns 0, or -EINVAL with ERR, which names the line or
 * says that the text is cut off; what was made until then stays.
 */
int hd_tree_load(int root_fd, const char *text, size_t length, struct hd_error *err)
	_nonnull_(2, 4) _must_check_;
