/* SPDX-License-Identifier: GPL-2.0-or-later */
/* macro.c - the destructors behind _cleanup_(). */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/macro.h"

void hd_close(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
	errno = saved;
}

void hd_close_dir(DIR **dir)
{
	int saved = errno;

	if (*dir)
		(void)closedir(*dir);
	*dir = NULL;
	errno = saved;
}

void hd_freep(void *ptr)
{
	free(*(void **)ptr);
	*(void **)ptr = NULL;
}
