/* SPDX-License-Identifier: GPL-2.0-or-later */
/* actor.c - who runs this program, for the log. */
#include "config.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/host/actor.h"

#define MAX_SHOWN 64

static const char *terminal(struct hd_arena *arena)
{
	char name[PATH_MAX];

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (isatty(fd) && ttyname_r(fd, name, sizeof(name)) == 0)
			return hd_text_printable(arena, name, MAX_SHOWN);
	return NULL;
}

const char *hd_actor_text(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *text = hd_printf(arena, "uid %lu", (unsigned long)getuid());
	const char *sudo_user = getenv("SUDO_USER"), *tty = terminal(arena);
	uint64_t login_uid;

	/* All ones: nobody logged in, a service did it. */
	if (hd_sysroot_u64(root, &login_uid, "proc/self/loginuid") == 0 &&
	    login_uid != UINT32_MAX)
		text = hd_printf(arena, "%s, login uid %lu", text, (unsigned long)login_uid);
	if (sudo_user && *sudo_user)
		text = hd_printf(arena, "%s, SUDO_USER %s", text,
				 hd_text_printable(arena, sudo_user, MAX_SHOWN));
	return tty ? hd_printf(arena, "%s, tty %s", text, tty) : text;
}
