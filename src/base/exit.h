/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exit.h - the exit codes of both programs; each has one meaning. */
#pragma once

enum hd_exit {
	HD_EXIT_OK = 0,		/* done, or ready */
	HD_EXIT_REFUSED = 1,	/* a check refused; nothing was changed */
	HD_EXIT_USAGE = 2,	/* wrong use of the command */
	HD_EXIT_HOST = 3,	/* the host could not be read or changed; it is as before */
	HD_EXIT_STRANDED = 4,	/* the host could not be put back: a person must look */
	HD_EXIT_PARTLY = 5,	/* what was asked is answered in part: explain alone */
	HD_EXIT_MEMORY = 70,	/* out of memory */
};

/* One line for people, for help and man pages; never NULL. */
const char *hd_exit_text(enum hd_exit code);
