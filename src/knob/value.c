/* SPDX-License-Identifier: GPL-2.0-or-later */
/* value.c - writes one attribute of the kernel, verified, in a process with a deadline. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/value.h"
#include "knob/value_explain.h"
#include "run/step_child.h"

#define COMPACT "proc/sys/vm/compact_memory"
#define TRIES 3
#define READ_MAX 128

/* Without its newline; cut if it is longer than any value that we write. */
static int read_now(const struct hd_sysroot *root, const char *path, char buf[static READ_MAX],
		    struct hd_error *err)
{
	ssize_t n = hd_sysroot_bytes(root, buf, READ_MAX - 1, "%s", path);

	if (n < 0)
		return hd_fail(err, (int)n, "cannot read /%s: %s", path, strerror((int)-n));
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return 0;
}

/* The kernel allocates as many huge pages as it finds; there may be more after compaction. */
static bool may_try_again(const struct hd_sysroot *root, const char *path)
{
	return hd_value_is_hugepages(path) && hd_sysroot_write(root, "1", COMPACT) == 0;
}

static int write_and_look(const struct hd_sysroot *root, const char *path, const char *to,
			  char now[static READ_MAX], struct hd_error *err)
{
	for (int i = 0; i < TRIES; i++) {
		int rc;

		if (i && !may_try_again(root, path))
			break;
		rc = hd_sysroot_write(root, to, "%s", path);
		if (rc < 0)
			return hd_value_refused(err, path, to, rc);
		rc = read_now(root, path, now, err);
		if (rc < 0 || !strcmp(now, to))
			return rc;
	}
	return 0;
}

/* FROM "" is any.  Reading waits for a write that hangs, too (sriov_numvfs_show). */
static int value_set(const struct hd_knob_host *host, const char *path, const char *from,
		     const char *to, struct hd_error *err)
{
	char now[READ_MAX];
	int rc = read_now(host->root, path, now, err);

	if (rc < 0 || !strcmp(now, to))
		return rc;
	if (*from && strcmp(now, from) != 0)
		return hd_fail(err, -ESTALE, "/%s is now %.60s, but was %.60s when it was "
			       "read; not changed", path, now, from);
	rc = write_and_look(host->root, path, to, now, err);
	if (rc < 0 || !strcmp(now, to))
		return rc;
	return hd_value_differs(err, path, from, to, now);
}

static const struct hd_knob value_knob = { .name = "value", .set = value_set };

/* True if PATH is TO now. */
static bool run(struct hd_job *ret, const struct hd_sysroot *root, const char *path,
		const char *from, const char *to, int deadline_ms, struct hd_error *err)
{
	const struct hd_knob_host host = { .root = root };

	*ret = (struct hd_job){
		.knob = &value_knob, .target = path, .from = from, .to = to, .err = err,
	};
	hd_jobs_run(ret, 1, &host, deadline_ms);
	return ret->end == HD_JOB_RAN && ret->rc >= 0;
}

/* Restores it; if that fails, ERR has both reasons. */
static enum hd_exit take_back(const struct hd_sysroot *root, const struct hd_value *value,
			      const struct hd_job *failed, int deadline_ms, struct hd_error *err)
{
	struct hd_error again = { 0 };
	char reason[sizeof(err->text)];
	struct hd_job job;

	memcpy(reason, err->text, sizeof(reason));
	if (failed->end == HD_JOB_STUCK) {
		(void)hd_fail(err, -ETIME, "/%s: %.400s", value->path, reason);
		return HD_EXIT_STRANDED;
	}
	if (run(&job, root, value->path, "", value->old, deadline_ms, &again))
		return HD_EXIT_HOST;
	if (again.code == -ENOENT || again.code == -ENODEV)
		return HD_EXIT_HOST;	/* it is gone: there is nothing to put back */
	(void)hd_fail(err, err->code, "%.400s; it could not be restored to %s: %.300s", reason,
		      value->old, again.text);
	return HD_EXIT_STRANDED;
}

enum hd_exit hd_value_set(const struct hd_sysroot *root, const struct hd_value *value,
			  int deadline_ms, struct hd_error *err)
{
	const char *steps[] = { value->between, value->value };
	const char *from = value->old;
	struct hd_job job;

	for (size_t i = 0; i < HD_ARRAY_SIZE(steps); i++) {
		if (!steps[i] || !strcmp(steps[i], from))
			continue;
		if (!run(&job, root, value->path, from, steps[i], deadline_ms, err)) {
			if (from == value->old && job.end == HD_JOB_RAN && job.rc == -ESTALE)
				return HD_EXIT_REFUSED;
			return take_back(root, value, &job, deadline_ms, err);
		}
		from = steps[i];
	}
	return HD_EXIT_OK;
}
