/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_change.c - changes a guest by libvirt, in a process that can be given up. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "virt/bounded_work.h"
#include "virt/guest_change.h"
#include "virt/libvirt_module.h"

/*
 * Memory of a large guest is pinned and mapped when it gets its first device, and
 * libvirt answers after that.  A definition is only written.
 */
#define LIVE_MS 300000
#define CONFIG_MS 30000
#define MAX_REASON 500
#define MAX_LINES (1u << 20)

/* A word of a line, and what follows it. */
static const char *word(struct hd_arena *arena, const char **at)
{
	size_t length = strcspn(*at, " \n");
	const char *text = hd_strndup(arena, *at, length);

	*at += length;
	*at += **at == ' ';
	return text;
}

struct task {
	const char *uri, *uuid;
	const struct hd_virt_op *ops;
	size_t n;
};

static int answer_change(int out, const void *data)
{
	const struct task *task = data;
	struct hd_error err = { 0 };
	const struct hd_virt_module *libvirt = hd_virt_load(&err);

	if (libvirt)
		libvirt->change(out, task->uri, task->uuid, task->ops, task->n, HD_UNPLUG_MS);
	else
		(void)dprintf(out, "refused %s\n", err.text);
	return 0;
}

/* What begins a line, and what it says of the outcome; SETS_AT: the operation of its number. */
static const struct {
	const char *word;
	bool has_number, sets_at;
	int state;
} lines[] = {
	{ "refused", false, false, HD_CHANGE_REFUSED },
	{ "begin", true, true, HD_CHANGE_UNKNOWN },
	{ "failed", true, true, HD_CHANGE_FAILED },
	{ "pending", true, true, HD_CHANGE_PENDING },
	{ "left", true, false, HD_CHANGE_LEFT },
};

static void take_outcome(struct hd_guest_change *change, struct hd_arena *arena, const char *name,
			 const char *at)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++) {
		uint64_t number = 0;

		if (strcmp(name, lines[i].word) != 0)
			continue;
		if (lines[i].has_number && !hd_text_u64(word(arena, &at), &number))
			return;
		if (lines[i].sets_at)
			change->at = (size_t)number;
		change->state = lines[i].state;
		if (change->state == HD_CHANGE_LEFT)
			change->left = hd_text_printable(arena, at, MAX_REASON);
		else if (*at)
			change->reason = hd_text_printable(arena, at, MAX_REASON);
	}
}

static void take_line(struct hd_guest_change *change, struct hd_arena *arena, const char *line)
{
	const char *name = word(arena, &line);

	if (!strcmp(name, "done"))
		change->n_done++;
	else if (strcmp(name, "end") != 0)
		take_outcome(change, arena, name, line);
	else if (change->state == HD_CHANGE_UNKNOWN)
		change->state = HD_CHANGE_DONE;
}

void hd_guest_change_parse(struct hd_guest_change *ret, struct hd_arena *arena,
			   const char *text, bool is_late)
{
	const char *line;
	bool has_end = false;

	*ret = (struct hd_guest_change){
		.state = HD_CHANGE_REFUSED,
		.reason = is_late ? "libvirt did not answer" : "the process that asked libvirt ended",
	};
	while ((line = hd_text_next_line(arena, &text))) {
		take_line(ret, arena, line);
		has_end = !strcmp(line, "end");
	}
	/* Cut while something was taken back: what is left, nobody has said. */
	if (!has_end && ret->state == HD_CHANGE_FAILED && ret->n_done)
		ret->state = HD_CHANGE_UNKNOWN;
}

void hd_guest_change(struct hd_guest_change *ret, struct hd_arena *arena, const char *uri,
		     const char *uuid, const struct hd_virt_op *ops, size_t n)
{
	const struct task task = { uri, uuid, ops, n };
	struct hd_bounded_answer reply = { .text = "" };
	int deadline_ms = HD_GUEST_DEADLINE_MS, rc;

	for (size_t i = 0; i < n; i++)
		deadline_ms += ops[i].is_live ? LIVE_MS : CONFIG_MS;
	rc = hd_bounded_run(&reply, arena, MAX_LINES, deadline_ms, answer_change, &task);
	hd_guest_change_parse(ret, arena, rc < 0 ? "" : reply.text, reply.is_late);
	if (rc < 0)
		ret->reason = hd_strdup(arena, strerror(-rc));
}
