/* SPDX-License-Identifier: GPL-2.0-or-later */
/* terminal.c - what may be written to the terminal: colours, lines of which width? */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/terminal.h"

#define USUAL_WIDTH 80

static int width_of(int fd)
{
	struct winsize size = { 0 };

	if (!isatty(fd))
		return 0;
	return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : USUAL_WIDTH;
}

int hd_terminal_width(void)
{
	return width_of(STDOUT_FILENO);
}

int hd_terminal_notes_width(void)
{
	return width_of(STDERR_FILENO);
}

static bool has_colours(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (!no_color || !*no_color) &&
	       (!term || strcmp(term, "dumb") != 0);
}

int hd_terminal_colour(bool *ret, const char *when, struct hd_error *err)
{
	static const char *const words[] = { "auto", "always", "never" };

	if (when && !HD_IS_ANY(when, words))
		return hd_fail(err, -EINVAL, "--color '%.32s': must be auto, always or never", when);
	*ret = when && strcmp(when, "auto") != 0 ? !strcmp(when, "always") : has_colours();
	return 0;
}
