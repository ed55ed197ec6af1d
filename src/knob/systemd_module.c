/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * systemd_module.c - asks systemd and logind by sd-bus, and waits for the job to end.
 *
 * Source: org.freedesktop.systemd1(5), org.freedesktop.login1(5).  systemd sends its
 * signals only while somebody has subscribed.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "base/clock.h"
#include "knob/systemd_module.h"

#define MS_TO_US 1000u

static const struct service {
	const char *name, *path, *manager;
} systemd = {
	"org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager",
}, logind = {
	"org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
};

static const struct request {
	const struct service *service;
	const char *method, *words;	/* "stop" */
	const char *absent;		/* the error that says that there is nothing to do */
	bool has_job;
} requests[] = {
	[HD_SYSTEMD_STOP] = { &systemd, "StopUnit", "stop", "org.freedesktop.systemd1.NoSuchUnit",
			      true },
	[HD_SYSTEMD_START] = { &systemd, "StartUnit", "start", NULL, true },
	[HD_SYSTEMD_END_SESSION] = { &logind, "TerminateSession", "end session",
				     "org.freedesktop.login1.NoSuchSession", false },
};

/* What a job ends with, besides "done" (systemd src/core/job.c, job_result_table). */
static const struct result {
	const char *word, *meaning;
} results[] = {
	{ "canceled", "another request took its place" },
	{ "timeout", "systemd's own time limit was reached" },
	{ "failed", "it failed" },
	{ "dependency", "a unit that it needs failed" },
	{ "skipped", "systemd skipped it" },
};

struct call {
	sd_bus *bus;
	const struct request *request;
	const char *name;
	int64_t deadline;
	struct hd_error *err;
	const char *job;		/* path of the job that is awaited */
	bool is_over;
	int rc;
};

static uint64_t us_left(const struct call *call)
{
	/* 0 would be the library's default, 25 s. */
	return (uint64_t)hd_ms_left(call->deadline) * MS_TO_US + 1;
}

static int fail_call(struct call *call, int code, const char *why)
{
	const char *words = call->request->words;

	if (code == -ETIMEDOUT)
		return hd_fail(call->err, code,
			       "cannot %s %s: systemd did not do it in time, and may still do it",
			       words, call->name);
	if (call->request->has_job)
		return hd_fail(call->err, code, "cannot %s %s: %s (systemctl status %s)", words,
			       call->name, why, call->name);
	return hd_fail(call->err, code, "cannot %s %s: %s", words, call->name, why);
}

static int job_removed(sd_bus_message *message, void *data, sd_bus_error *error)
{
	struct call *call = data;
	const char *job, *unit, *word, *why = NULL;
	uint32_t id;

	(void)error;
	if (sd_bus_message_read(message, "uoss", &id, &job, &unit, &word) < 0 || !call->job ||
	    strcmp(job, call->job) != 0)
		return 0;
	call->is_over = true;
	if (!strcmp(word, "done"))
		return 0;
	for (size_t i = 0; i < HD_ARRAY_SIZE(results); i++)
		if (!strcmp(word, results[i].word))
			why = results[i].meaning;
	call->rc = fail_call(call, -EIO, why ? why : word);
	return 0;
}

/* The library itself would wait 90 s for a bus that takes the connection and says nothing. */
static int await_bus(struct call *call)
{
	int rc = 0;

	while (rc >= 0 && !sd_bus_is_ready(call->bus)) {
		rc = sd_bus_process(call->bus, NULL);
		if (rc == 0 && !hd_ms_left(call->deadline))
			return -ETIMEDOUT;
		if (rc == 0)
			rc = sd_bus_wait(call->bus, us_left(call));
		if (rc == -EINTR)
			rc = 0;
	}
	return rc;
}

static int open_bus(struct call *call, int fd)
{
	int rc = sd_bus_new(&call->bus);

	if (rc >= 0)
		rc = sd_bus_set_fd(call->bus, fd, fd);
	if (rc < 0) {
		hd_close(&fd);
		return fail_call(call, rc, strerror(-rc));
	}
	rc = sd_bus_set_bus_client(call->bus, true);
	if (rc >= 0)
		rc = sd_bus_set_method_call_timeout(call->bus, us_left(call));
	if (rc >= 0)
		rc = sd_bus_start(call->bus);
	if (rc >= 0)
		rc = await_bus(call);
	return rc < 0 ? fail_call(call, rc, strerror(-rc)) : 0;
}

/* Returns 0 or a negative errno; 1: ERROR says that there is nothing to do. */
static int judge_answer(struct call *call, int rc, const sd_bus_error *error)
{
	const char *absent = call->request->absent;

	if (rc >= 0)
		return 0;
	if (absent && sd_bus_error_has_name(error, absent))
		return 1;
	return fail_call(call, rc, error->message ? error->message : strerror(-rc));
}

/* One call; *REPLY may be NULL. As judge_answer(). */
static int ask_manager(struct call *call, const char *method, sd_bus_message **reply,
		       const char *argument, const char *mode)
{
	const struct service *service = call->request->service;
	sd_bus_error error = SD_BUS_ERROR_NULL;
	sd_bus_message *message = NULL;
	int rc = sd_bus_message_new_method_call(call->bus, &message, service->name, service->path,
						service->manager, method);

	if (rc >= 0 && argument)
		rc = sd_bus_message_append(message, "s", argument);
	if (rc >= 0 && mode)
		rc = sd_bus_message_append(message, "s", mode);
	if (rc >= 0)
		rc = sd_bus_call(call->bus, message, us_left(call), &error, reply);
	rc = judge_answer(call, rc, &error);
	sd_bus_error_free(&error);
	sd_bus_message_unref(message);
	return rc;
}

static int await_job(struct call *call)
{
	while (!call->is_over) {
		int rc = sd_bus_process(call->bus, NULL);

		if (rc == 0 && !hd_ms_left(call->deadline))
			return fail_call(call, -ETIMEDOUT, "");
		if (rc == 0)
			rc = sd_bus_wait(call->bus, us_left(call));
		if (rc < 0 && rc != -EINTR)
			return fail_call(call, rc, strerror(-rc));
	}
	return call->rc;
}

/* A service that was started too often is not started again until that is forgotten. */
static void forget_failures(struct call *call)
{
	struct hd_error ignored = { 0 };
	struct call quiet = *call;

	quiet.err = &ignored;
	(void)ask_manager(&quiet, "ResetFailedUnit", NULL, call->name, NULL);
}

static int run_job(struct call *call, enum hd_systemd_verb verb)
{
	const struct service *service = call->request->service;
	sd_bus_message *reply = NULL;
	int rc = sd_bus_match_signal(call->bus, NULL, service->name, service->path,
				     service->manager, "JobRemoved", job_removed, call);

	if (rc < 0)
		return fail_call(call, rc, strerror(-rc));
	rc = ask_manager(call, "Subscribe", NULL, NULL, NULL);
	if (rc < 0)
		return rc;
	if (verb == HD_SYSTEMD_START)
		forget_failures(call);
	rc = ask_manager(call, call->request->method, &reply, call->name, "replace");
	if (rc == 0 && sd_bus_message_read(reply, "o", &call->job) < 0)
		rc = fail_call(call, -EBADMSG, "systemd's answer is not a job");
	rc = rc < 0 ? rc : rc > 0 ? 0 : await_job(call);
	sd_bus_message_unref(reply);
	return rc;
}

static int ask_bus(int fd, enum hd_systemd_verb verb, const char *name, int64_t deadline,
		   struct hd_error *err)
{
	struct call call = { .request = &requests[verb], .name = name, .deadline = deadline,
			     .err = err };
	int rc = open_bus(&call, fd);

	if (rc == 0 && call.request->has_job)
		rc = run_job(&call, verb);
	else if (rc == 0)
		rc = ask_manager(&call, call.request->method, NULL, name, NULL);
	/* Not flushed: that could wait. */
	sd_bus_close_unref(call.bus);
	return rc < 0 ? rc : 0;
}

__attribute__((visibility("default"))) const struct hd_systemd_module hd_systemd_module = {
	.ask = ask_bus,
};
