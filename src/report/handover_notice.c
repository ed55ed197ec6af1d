/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_notice.c - shows how a hand-over went, at the next login and on a dark screen. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/text.h"
#include "report/handover_notice.h"
#include "report/text_console.h"

/* agetty --reload touches it: all agettys that wait for a name show their issue again. */
#define AGETTY_RELOAD "run/agetty.reload"

#define GUEST_SHOWN 64

#define RECOVER "run as root: hostdevctl recover\n"

bool hd_handover_is_in(const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->steps[i].knob && plan->steps[i].knob->awaits_programs)
			return true;
	return false;
}

static bool is_left(const struct hd_step *step)
{
	return step->state == HD_STEP_STRANDED || step->state == HD_STEP_STUCK;
}

/* "  unit gdm.service\n" for each step that is left; "" if all are back. */
static const char *list_left(struct hd_arena *arena, const struct hd_plan *plan)
{
	const char *text = "";
	char *at;

	for (size_t i = 0; i < plan->n; i++)
		if (is_left(&plan->steps[i]))
			text = hd_printf(arena, "%s  %s %s\n", text, plan->steps[i].knob ?
					 plan->steps[i].knob->name : "unknown",
					 hd_text_printable(arena, plan->steps[i].target,
							   HD_TARGET_MAX));
	/* agetty's escapes begin with a backslash. */
	at = hd_strdup(arena, text);
	for (char *c = at; *c; c++)
		*c = *c == '\\' ? '?' : *c;
	return at;
}

static const char *motd_text(struct hd_arena *arena, const struct hd_handover_record *record,
			     const char *left)
{
	const char *of = "a hand-over", *word = "GUEST";

	if (record->guest) {
		of = hd_printf(arena, "%s of guest %s", record->is_rehearsal ? "rehearsal" : "start",
			       hd_text_printable(arena, record->guest, GUEST_SHOWN));
		word = hd_guest_word(arena, record->guest, record->uuid);
	}
	if (*left)
		return hd_printf(arena, "hostdevctl: %s: not all of the graphics card is back:\n%s"
				 RECOVER, of, left);
	return hd_printf(arena, "hostdevctl: %s: %s; all is back\nfor its steps, run as root: "
			 "hostdevctl handover %s --report\n", of, hd_handover_result(record->code), word);
}

static void remove_file(const struct hd_sysroot *root, const char *folder, const char *name)
{
	_cleanup_(hd_close) int dir = hd_sysroot_fd(root, O_PATH | O_DIRECTORY, "%s", folder);

	if (dir >= 0)
		(void)unlinkat(dir, name, 0);
}

static void reload_prompts(const struct hd_sysroot *root)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_WRONLY | O_NOFOLLOW | O_NONBLOCK,
						   AGETTY_RELOAD);

	if (fd >= 0)
		(void)futimens(fd, NULL);
}

static int put_issue(const struct hd_sysroot *root, struct hd_arena *arena, const char *left)
{
	const char *text = hd_printf(arena, "\nhostdevctl: not all of this host's graphics card came "
				     "back from a guest:\n%slog in, and " RECOVER "\n", left);
	int rc = hd_beneath_file(root->fd, HD_NOTICE_ISSUE, text, strlen(text));

	if (rc == 0 && hd_sysroot_has(root, "etc/issue"))
		rc = hd_beneath_link(root->fd, HD_NOTICE_LINK, "/" HD_NOTICE_ISSUE);
	reload_prompts(root);
	hd_text_console_show(root, hd_printf(arena, "%sfor a login, press Ctrl+Alt+F3\n", text));
	return rc;
}

static void remove_issue(const struct hd_sysroot *root)
{
	bool is_shown = hd_sysroot_has(root, HD_NOTICE_ISSUE);

	remove_file(root, "run/issue.d", "hostdevctl.issue");
	/* After a boot the link alone is left. */
	remove_file(root, "etc/issue.d", "hostdevctl.issue");
	if (is_shown)
		reload_prompts(root);
}

void hd_handover_notice_read(const struct hd_sysroot *root)
{
	remove_file(root, "run/motd.d", "hostdevctl");
}

static int put_notice(const struct hd_sysroot *root, struct hd_arena *arena,
		      const struct hd_handover_record *record)
{
	const char *left = list_left(arena, record->plan), *text;
	int rc, rc_issue = 0;

	if (*left)
		rc_issue = put_issue(root, arena, left);
	else
		remove_issue(root);
	if (!record->is_back && record->code == HD_EXIT_OK) {
		hd_handover_notice_read(root);
		return 0;
	}
	text = motd_text(arena, record, left);
	rc = hd_beneath_file(root->fd, HD_NOTICE_MOTD, text, strlen(text));
	return rc < 0 ? rc : rc_issue;
}

int hd_handover_notice_put(const struct hd_sysroot *root, const struct hd_handover_record *record)
{
	struct hd_arena arena = { NULL };
	int rc;

	if (!record->plan || !hd_handover_is_in(record->plan))
		return 0;
	rc = put_notice(root, &arena, record);
	hd_arena_done(&arena);
	return rc;
}
