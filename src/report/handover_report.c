/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_report.c - shows how the last hand-over of a guest's graphics card went. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "report/handover_report.h"
#include "report/plan_words.h"
#include "report/report.h"
#include "report/report_json.h"
#include "run/journal.h"

#define KEY_LENGTH 36		/* of a UUID */
#define ENDING ".json"

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static double seconds(const json_t *object)
{
	return (double)json_integer_value(json_object_get(object, "ms")) / 1000;
}

static const enum hd_exit codes[] = {
	HD_EXIT_OK, HD_EXIT_REFUSED, HD_EXIT_HOST, HD_EXIT_STRANDED,
};

static enum hd_exit code_of(const json_t *object)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(codes); i++)
		if (!strcmp(member(object, "result"), hd_handover_result(codes[i])))
			return codes[i];
	return HD_EXIT_HOST;
}

/* A rehearsal that did not get to its way back, which it takes itself; a start's guest may run. */
static bool was_interrupted(const json_t *taken, bool has_back)
{
	return !has_back && code_of(taken) == HD_EXIT_OK && !strcmp(member(taken, "kind"), "rehearsal");
}

/* 0 with *ret NULL if there is none. */
static int read_one(const char **ret, enum hd_exit *code, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name, struct hd_error *err)
{
	_cleanup_(hd_json_free) json_t *object = NULL;
	const char *text;
	ssize_t n = hd_sysroot_text(root, arena, &text, HD_HANDOVER_DIR "/%s", name);

	*ret = NULL;
	if (n == -ENOENT)
		return 0;
	if (n < 0)
		return hd_fail(err, (int)n, "cannot read /" HD_HANDOVER_DIR "/%s: %s", name,
			       strerror((int)-n));
	object = json_loads(text, 0, NULL);
	if (!json_is_object(object))
		return hd_fail(err, -EBADMSG, "/" HD_HANDOVER_DIR "/%s is damaged: remove it (rm "
			       "/" HD_HANDOVER_DIR "/%s)", name, name);
	if (code_of(object) > *code)
		*code = code_of(object);
	*ret = text;
	return 0;
}

int hd_handover_report_read(struct hd_handover_report *ret, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *uuid, struct hd_error *err)
{
	struct hd_handover_report report = { .code = HD_EXIT_OK };
	_cleanup_(hd_json_free) json_t *object = NULL;
	char key[37], name[64];
	struct stat st;
	int rc;

	if (!hd_text_uuid(uuid, key))
		return hd_fail(err, -EINVAL, "not a UUID");
	(void)snprintf(name, sizeof(name), "%s.json", key);
	rc = read_one(&report.taken, &report.code, root, arena, name, err);
	if (rc == 0 && !report.taken)
		return -ENOENT;
	if (rc == 0 && hd_sysroot_stat(root, &st, HD_HANDOVER_DIR "/%s", name) == 0)
		report.changed = st.st_mtime;
	report.is_held = hd_sysroot_has(root, "%s/%s", &HD_JOURNAL_DIR[1], key);
	(void)snprintf(name, sizeof(name), "%s.back.json", key);
	if (rc == 0)
		rc = read_one(&report.back, &report.code, root, arena, name, err);
	if (rc < 0)
		return rc;
	object = json_loads(report.taken, 0, NULL);
	if (was_interrupted(object, report.back != NULL))
		report.code = HD_EXIT_HOST;
	*ret = report;
	return 0;
}

/* Is NAME the report of the way there of that guest?  A damaged one is nobody's. */
static bool is_of_guest(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
			const char *guest)
{
	_cleanup_(hd_json_free) json_t *object = NULL;
	const char *text;

	if (strlen(name) != KEY_LENGTH + strlen(ENDING) || strcmp(&name[KEY_LENGTH], ENDING) != 0 ||
	    hd_sysroot_text(root, arena, &text, HD_HANDOVER_DIR "/%s", name) < 0)
		return false;
	object = json_loads(text, 0, NULL);
	return !strcmp(member(object, "guest"), guest);
}

int hd_handover_report_find(const char **ret_uuid, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *guest, struct hd_error *err)
{
	const char *const *names;
	time_t newest = 0;
	struct stat st;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_HANDOVER_DIR);

	*ret_uuid = NULL;
	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read /" HD_HANDOVER_DIR ": %s",
			       strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		if (!is_of_guest(root, arena, names[i], guest) ||
		    hd_sysroot_stat(root, &st, HD_HANDOVER_DIR "/%s", names[i]) < 0 ||
		    (*ret_uuid && st.st_mtime < newest))
			continue;
		newest = st.st_mtime;
		*ret_uuid = hd_strndup(arena, names[i], KEY_LENGTH);
	}
	return *ret_uuid ? 0 : -ENOENT;
}

static void put_step(FILE *out, const json_t *step)
{
	char from[HD_STATE_MAX], to[HD_STATE_MAX];
	const char *knob = member(step, "knob"), *error = member(step, "error");

	(void)fprintf(out, "  %6.1f s  ", seconds(step));
	hd_put_text(out, knob, NULL);
	(void)fputc(' ', out);
	hd_put_text(out, member(step, "target"), NULL);
	(void)fputs(": ", out);
	hd_put_text(out, hd_state_text(knob, member(step, "from"), from), NULL);
	(void)fputs(" -> ", out);
	hd_put_text(out, hd_state_text(knob, member(step, "to"), to), NULL);
	(void)fputs(": ", out);
	hd_put_text(out, member(step, "state"), NULL);
	(void)fputc('\n', out);
	if (!*error)
		return;
	(void)fputs("            ", out);
	hd_put_text(out, error, "            ");
	(void)fputc('\n', out);
}

static void put_steps(FILE *out, const char *title, const json_t *object)
{
	const json_t *steps = json_object_get(object, "steps"), *step;
	size_t i;

	(void)fprintf(out, "%s in %.1f s: ", title, seconds(object));
	hd_put_text(out, member(object, "result"), NULL);
	(void)fputc('\n', out);
	json_array_foreach(steps, i, step)
		put_step(out, step);
	if (!*member(object, "reason"))
		return;
	(void)fputs("  why: ", out);
	hd_put_text(out, member(object, "reason"), "       ");
	(void)fputc('\n', out);
}

static void put_text(FILE *out, const json_t *taken, const json_t *back, bool is_held)
{
	hd_put_text(out, member(taken, "kind"), NULL);
	(void)fputs(" of guest ", out);
	hd_put_text(out, member(taken, "guest"), NULL);
	(void)fputs(", ", out);
	hd_put_text(out, member(taken, "time"), NULL);
	(void)fputc('\n', out);
	put_steps(out, "taken", taken);
	if (was_interrupted(taken, back != NULL))
		(void)fputs("interrupted while the card was taken: ", out);
	if (back)
		put_steps(out, "given back", back);
	else if (code_of(taken) == HD_EXIT_OK)
		(void)fputs(is_held ? "still held; 'hostdevctl recover' gives it back if nobody uses it\n" :
			    "was given back by 'hostdevctl recover'\n", out);
}

int hd_handover_report_put(FILE *out, const struct hd_handover_report *report, bool as_json)
{
	_cleanup_(hd_json_free) json_t *taken = json_loads(report->taken, 0, NULL);
	_cleanup_(hd_json_free) json_t *back = report->back ? json_loads(report->back, 0, NULL) : NULL;
	_cleanup_(hd_json_free) json_t *object = NULL;

	if (!as_json) {
		put_text(out, taken, back, report->is_held);
		return 0;
	}
	object = json_pack("{s:i, s:b, s:O, s:O?}", "api_level", HD_API_LEVEL, "held", report->is_held,
			   "taken", taken, "back", back);
	return object ? hd_json_write(out, object) : -EIO;
}
