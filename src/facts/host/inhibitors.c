/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inhibitors.c - who asks that the host is neither switched off nor put to sleep now? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/inhibitors.h"

#define TEXT_SHOWN 80

/* Is WORD one of the words of "shutdown:sleep:idle"? */
static bool has_word(struct hd_arena *arena, const char *what, const char *word)
{
	return hd_text_has_word(hd_text_replaced(arena, what, ':', ' '), word);
}

/*
 * Of what, and how: a file that does not say counts, as one that is being written does.  All
 * modes but "delay" block ("block-weak" since systemd 257).
 */
static bool blocks(struct hd_arena *arena, const char *text)
{
	const char *what = hd_text_line_value(arena, text, "WHAT=");
	const char *mode = hd_text_line_value(arena, text, "MODE=");

	if (mode && !strcmp(mode, "delay"))
		return false;
	return !what || has_word(arena, what, "shutdown") || has_word(arena, what, "sleep");
}

static const char *printable(struct hd_arena *arena, const char *text, const char *key)
{
	const char *value = hd_text_line_value(arena, text, key);

	return value ? hd_text_printable(arena, value, TEXT_SHOWN) : "?";
}

static void add_one(struct hd_inhibitors *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name)
{
	const char *file = hd_printf(arena, HD_INHIBITORS "/%s", name), *text, *pid;
	ssize_t n = hd_sysroot_text(root, arena, &text, "%s", file);

	if (n < 0 && n != -ENOENT && !ret->unread)
		ret->unread = hd_printf(arena, "%s: %s", file, strerror((int)-n));
	if (n < 0 || !blocks(arena, text))
		return;
	pid = hd_text_line_value(arena, text, "PID=");
	hd_push(arena, &ret->items, &ret->n, (struct hd_inhibitor){
		.who = printable(arena, text, "WHO="), .why = printable(arena, text, "WHY="),
		.file = file, .pid = pid && hd_text_is_numbered(pid, "") ? pid : NULL });
}

/* Beside the state files there are pipes, "4.ref", which must not be opened. */
void hd_inhibitors_read(struct hd_inhibitors *ret, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_INHIBITORS);

	*ret = (struct hd_inhibitors){ .n = 0 };
	if (n < 0 && n != -ENOENT)
		ret->unread = hd_printf(arena, HD_INHIBITORS ": %s", strerror((int)-n));
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_is_numbered(names[i], ""))
			add_one(ret, root, arena, names[i]);
}
