/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * remedy_commands.c - which commands of a remedy can be copied and run as they are?
 *
 * Not what stands in backticks: the name of a guest or of a mount point may have those, too.
 */
#include "config.h"

#include <string.h>

#include "check/remedy_commands.h"

static const char marks[] = HD_COMMAND_BEGIN HD_COMMAND_END;

static void add_command(struct hd_arena *arena, struct hd_finding *finding, const char *text,
			size_t length)
{
	hd_push(arena, &finding->commands, &finding->n_commands, hd_strndup(arena, text, length));
}

void hd_remedy_commands(struct hd_arena *arena, struct hd_finding *finding)
{
	char *shown, *at;

	if (!finding->remedy || !strpbrk(finding->remedy, marks))
		return;
	shown = hd_strdup(arena, finding->remedy);
	for (at = shown; (at = strpbrk(at, marks)); at++) {
		size_t length = strcspn(at + 1, marks);

		if (*at == marks[0] && at[1 + length] == marks[1])
			add_command(arena, finding, at + 1, length);
		*at = '`';
	}
	finding->remedy = shown;
}
