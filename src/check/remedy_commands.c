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

const char *hd_remedy_shown(struct hd_arena *arena, const char *remedy)
{
	char *shown;

	if (!strpbrk(remedy, marks))
		return remedy;
	shown = hd_strdup(arena, remedy);
	for (char *at = shown; (at = strpbrk(at, marks)); at++)
		*at = '`';
	return shown;
}

void hd_remedy_commands(struct hd_arena *arena, struct hd_finding *finding)
{
	if (!finding->remedy)
		return;
	for (const char *at = finding->remedy; (at = strpbrk(at, marks)); at++) {
		size_t length = strcspn(at + 1, marks);

		if (*at == marks[0] && at[1 + length] == marks[1])
			add_command(arena, finding, at + 1, length);
	}
	finding->remedy = hd_remedy_shown(arena, finding->remedy);
}
