/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run_command.c - runs a command of the host's that makes a change effective. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/spawn.h"
#include "base/text.h"
#include "setup/transaction.h"

#define NAME_SHOWN 32
#define SHOWN_LINES 40		/* the last ones: what went wrong is at the end */

struct said {
	char lines[SHOWN_LINES][HD_SPAWN_LINE];
	size_t n;
};

static const char *join_output(struct hd_arena *arena, const struct said *said)
{
	size_t first = said->n > SHOWN_LINES ? said->n - SHOWN_LINES : 0;
	const char *text = first ? "...\n" : "";

	for (size_t i = first; i < said->n; i++)
		text = hd_printf(arena, "%s%s\n", text,
				 hd_text_printable(arena, said->lines[i % SHOWN_LINES],
						   HD_SPAWN_LINE));
	return text;
}

static const char *const fixed[] = {
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/",
};

/* GRUB's menu is in the administrator's language. */
static const char *const kept[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES" };

static void fill_environment(const char *environment[], struct hd_arena *arena)
{
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(fixed); i++)
		environment[n++] = fixed[i];
	for (size_t i = 0; i < HD_ARRAY_SIZE(kept); i++) {
		const char *value = getenv(kept[i]);

		if (value)
			environment[n++] = hd_printf(arena, "%s=%s", kept[i], value);
	}
	environment[n] = NULL;
}

int hd_run_command(struct hd_arena *arena, const char *const argv[], const char **ret_output,
		   struct hd_error *err)
{
	const char *environment[HD_ARRAY_SIZE(fixed) + HD_ARRAY_SIZE(kept) + 1];
	int64_t deadline = hd_now_ms() + HD_COMMAND_MS;
	struct hd_spawn spawn;
	struct said said;
	int rc;

	fill_environment(environment, arena);
	rc = hd_spawn_start_as(&spawn, argv, environment, -1, err);
	if (rc < 0)
		return rc;
	said.n = 0;
	while (hd_spawn_line(&spawn, said.lines[said.n % SHOWN_LINES], deadline) > 0)
		said.n++;
	rc = hd_spawn_end(&spawn, deadline);
	*ret_output = join_output(arena, &said);
	if (rc == -EBUSY)
		return hd_fail(err, -ETIME, "%s failed and left process %d (%s), which "
			       "does not end although it was killed", argv[0], (int)spawn.left.pid,
			       hd_text_printable(arena, spawn.left.name, NAME_SHOWN));
	if (rc == -ETIMEDOUT)
		return hd_fail(err, rc, "%s did not end within %d s", argv[0],
			       HD_COMMAND_MS / 1000);
	return rc < 0 ? hd_fail(err, rc, "%s was killed by a signal", argv[0]) : rc;
}
