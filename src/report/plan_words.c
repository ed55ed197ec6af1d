/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_words.c - the words that reports have for what a plan changes. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "report/plan_words.h"

static const char *const step_states[] = {
	[HD_STEP_PLANNED] = "planned",
	[HD_STEP_DONE] = "done",
	[HD_STEP_UNDONE] = "taken-back",
	[HD_STEP_STALE] = "stale",
	[HD_STEP_FAILED] = "failed",
	[HD_STEP_STUCK] = "stuck",
	[HD_STEP_STRANDED] = "stranded",
};

static const struct {
	const char *state, *text;
} special[] = {
	{ "-", "no driver" },
	{ "*", "its host driver" },
};

const char *hd_step_state_name(enum hd_step_state state)
{
	if ((size_t)state >= HD_ARRAY_SIZE(step_states))
		return "unknown";
	return step_states[state];
}

const char *hd_state_text(const char *knob, const char *state, char buf[static HD_STATE_MAX])
{
	size_t length = strcspn(state, ":");

	if (strcmp(knob, HD_KNOB_PCI_DRIVER) != 0)
		length = strlen(state);
	if (length >= HD_STATE_MAX)
		length = HD_STATE_MAX - 1;
	memcpy(buf, state, length);
	buf[length] = '\0';
	for (size_t i = 0; i < HD_ARRAY_SIZE(special); i++)
		if (!strcmp(buf, special[i].state))
			(void)snprintf(buf, HD_STATE_MAX, "%s", special[i].text);
	return buf;
}

void hd_put_text(FILE *out, const char *text, const char *indent)
{
	size_t left = strlen(text), n;

	for (; left; text += n, left -= n) {
		int c = hd_utf8_next(text, left, &n);

		if (c == '\n' && indent)
			(void)fprintf(out, "\n%s", indent);
		else if (c > 0 && c < 0x80 && isspace(c))
			(void)fputc(' ', out);
		else if (hd_char_is_shown(c))
			(void)fwrite(text, 1, n, out);
		else
			(void)fputc('?', out);
	}
}
