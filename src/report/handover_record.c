/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_record.c - how the last hand-over of a guest's graphics card went, on disk. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/read.h"
#include "base/text.h"
#include "base/utf8.h"
#include "report/handover_record.h"
#include "report/plan_words.h"

#define NEW ".new"		/* what is being written; a crash may leave one */
#define NAME_SIZE 64

static const struct {
	enum hd_exit code;
	const char *word;
} results[] = {
	{ HD_EXIT_OK, "done" },
	{ HD_EXIT_REFUSED, "refused" },
	{ HD_EXIT_HOST, "failed" },
	{ HD_EXIT_STRANDED, "stranded" },
};

const char *hd_handover_result(enum hd_exit code)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(results); i++)
		if (results[i].code == code)
			return results[i].word;
	return "failed";
}

/* RFC 8259: what JSON must escape, and what nobody should see on a terminal. */
static void put_string(FILE *out, const char *text)
{
	size_t left = text ? strlen(text) : 0, n;

	(void)fputs(text ? "\"" : "null", out);
	for (; left; text += n, left -= n) {
		int c = hd_utf8_next(text, left, &n);

		if (c == '"' || c == '\\')
			(void)fprintf(out, "\\%c", c);
		else if (c == '\n')
			(void)fputs("\\n", out);
		else if (hd_char_is_shown(c))
			(void)fwrite(text, 1, n, out);
		else
			(void)fputc('?', out);
	}
	if (text)
		(void)fputc('"', out);
}

static void put_member(FILE *out, const char *name, const char *text)
{
	(void)fprintf(out, ", \"%s\": ", name);
	put_string(out, text);
}

static void put_step(FILE *out, const struct hd_step *step, bool is_back)
{
	(void)fprintf(out, "{\"stage\": %d, \"ms\": %d", step->stage,
		      is_back ? step->back_ms : step->took_ms);
	put_member(out, "knob", step->knob ? step->knob->name : "unknown");
	put_member(out, "target", step->target);
	put_member(out, "from", is_back ? step->to : step->from);
	put_member(out, "to", is_back ? step->from : step->to);
	put_member(out, "why", step->why);
	put_member(out, "state", hd_step_state_name(step->state));
	put_member(out, "error", *step->error.text ? step->error.text : NULL);
	(void)fputc('}', out);
}

static void put_time(FILE *out)
{
	time_t now = time(NULL);
	char text[40] = "";
	struct tm parts;

	if (gmtime_r(&now, &parts))
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	put_member(out, "time", text);
}

static void put_record(FILE *out, const struct hd_handover_record *record)
{
	const struct hd_plan *plan = record->plan;
	const char *before = "";

	(void)fprintf(out, "{\"api_level\": 1, \"ms\": %lld", (long long)record->ms);
	put_time(out);
	put_member(out, "kind", record->is_rehearsal ? "rehearsal" : "start");
	put_member(out, "uuid", record->uuid);
	put_member(out, "guest", record->guest);
	put_member(out, "result", hd_handover_result(record->code));
	put_member(out, "reason", record->reason);
	(void)fputs(", \"steps\": [", out);
	for (size_t i = 0; plan && i < plan->n; i++) {
		/* On the way back: what stays as it is, such as a session that ended. */
		if (record->is_back && plan->steps[i].state == HD_STEP_PLANNED)
			continue;
		(void)fputs(before, out);
		put_step(out, &plan->steps[i], record->is_back);
		before = ",\n";
	}
	(void)fputs("]}\n", out);
}

static int write_file(int dir, const char *name, const char *text, size_t length)
{
	_cleanup_(hd_close) int fd = -1;
	int rc;

	(void)unlinkat(dir, NEW, 0);
	fd = openat(dir, NEW, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	rc = fd < 0 ? -errno : hd_write_all(fd, text, length);
	if (rc == 0 && fsync(fd) < 0)
		rc = -errno;
	if (rc == 0 && renameat(dir, NEW, dir, name) < 0)
		rc = -errno;
	return rc == 0 && fsync(dir) < 0 ? -errno : rc;
}

/* As setup makes its own: what it holds is root's business. */
static int open_dir(const struct hd_sysroot *root)
{
	_cleanup_(hd_close) int lib = -1;
	int rc = hd_beneath_dir(root->fd, "var/lib");

	lib = rc < 0 ? rc : hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "var/lib");
	if (lib < 0)
		return lib;
	if ((mkdirat(lib, "hostdevctl", 0700) < 0 && errno != EEXIST) ||
	    (mkdirat(lib, "hostdevctl/handover", 0700) < 0 && errno != EEXIST))
		return -errno;
	return hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, HD_HANDOVER_DIR);
}

static int put_file(int dir, const struct hd_handover_record *record, const char *uuid)
{
	_cleanup_(hd_freep) char *text = NULL;
	char name[NAME_SIZE], back[NAME_SIZE];
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return -ENOMEM;
	put_record(out, record);
	if (fclose(out) != 0)
		return -ENOMEM;
	(void)snprintf(name, sizeof(name), "%s.json", uuid);
	(void)snprintf(back, sizeof(back), "%s.back.json", uuid);
	if (!record->is_back && unlinkat(dir, back, 0) < 0 && errno != ENOENT)
		return -errno;
	return write_file(dir, record->is_back ? back : name, text, length);
}

int hd_handover_record_put(const struct hd_sysroot *root, const struct hd_handover_record *record)
{
	_cleanup_(hd_close) int dir = -1;
	char uuid[37];

	if (!hd_text_uuid(record->uuid, uuid))
		return -EINVAL;
	dir = open_dir(root);
	return dir < 0 ? dir : put_file(dir, record, uuid);
}
