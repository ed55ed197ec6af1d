/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many_hosts.c - one command for several hosts, which answer as one. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/host_pool.h"
#include "cli/many_hosts.h"
#include "cli/options.h"
#include "cli/run_on_host.h"
#include "report/hosts_report.h"
#include "report/table_merge.h"

#define TIMEOUT_S 30
#define TIMEOUT_MAX_S 3600
#define LEAST_WIDTH 40

/* What the child needs, and its parent makes of its answer. */
struct asked {
	const struct hd_run *run;
	const struct hd_many_host *host;
	bool has_hosts;		/* --connect names hosts, not the daemon to ask about guests */
};

struct gathered {
	struct hd_run *run;
	const struct hd_many *many;
	struct hd_host_answer *answers;
	size_t n;
	int width;		/* of the widest label */
	int timeout_s;
	struct hd_merged merged;
	int rc;			/* of writing; negative: no more is written */
};

static void close_stream(FILE **stream)
{
	if (*stream)
		(void)fclose(*stream);
	*stream = NULL;
}

/* In the child: the command as for one host, into memory. */
static enum hd_exit run_one(const struct asked *asked, FILE *out, FILE *notes, bool *ret_has_table,
			    struct hd_error *err)
{
	struct hd_options options = *asked->run->options;
	struct hd_run run = *asked->run;
	enum hd_exit code;

	options.host = asked->host->is_uri ? NULL : asked->host->name;
	if (options.against)
		options.node = asked->host->short_name;
	if (asked->has_hosts)
		options.uri = asked->host->is_uri ? asked->host->name : NULL;
	run.options = &options;
	run.out = out;
	run.notes = notes;
	run.is_part = true;
	code = hd_run_on_host(&run, err);
	*ret_has_table = run.has_table;
	return code;
}

static int answer_one(int fd, const void *data)
{
	_cleanup_(close_stream) FILE *to = fdopen(fd, "w");
	_cleanup_(hd_freep) char *body = NULL, *notes = NULL;
	size_t length = 0, n_notes = 0;
	FILE *out = open_memstream(&body, &length), *said = open_memstream(&notes, &n_notes);
	struct hd_host_answer answer = { .host = NULL };
	struct hd_error err = { 0 };

	if (!to || !out || !said)
		return HD_EXIT_MEMORY;
	answer.exit = (int)run_one(data, out, said, &answer.has_table, &err);
	if (fclose(out) == EOF || fclose(said) == EOF)
		return HD_EXIT_MEMORY;
	if (n_notes && notes[n_notes - 1] == '\n')
		notes[n_notes - 1] = '\0';
	answer.error = err.code ? err.text : NULL;
	answer.notes = notes;
	answer.body = body;
	answer.length = length;
	return hd_host_answer_write(to, &answer) < 0 || fflush(to) == EOF;
}

static const char *death_of(struct hd_arena *arena, int status)
{
	if (WIFSIGNALED(status))
		return hd_printf(arena, "its process was ended by signal %d", WTERMSIG(status));
	if (WIFEXITED(status) && WEXITSTATUS(status) == HD_EXIT_MEMORY)
		return "out of memory";
	return "its process ended without an answer";
}

static const char *why_missing(struct hd_arena *arena, const struct gathered *all,
			       const struct hd_pool_job *job)
{
	if (job->end == HD_POOL_LATE)
		return hd_printf(arena, "nothing within %d s: %s, or a longer --timeout is needed",
				 all->timeout_s, job->is_remote ?
				 "it cannot be reached, ssh waits for a password" :
				 "the file cannot be read");
	if (job->end == HD_POOL_TOO_LONG)
		return hd_printf(arena, "its answer has more than %u MiB", HD_POOL_ANSWER_MAX >> 20);
	if (job->end == HD_POOL_NOT_STARTED)
		return hd_printf(arena, "cannot start a process: %s", strerror(-job->how));
	if (job->end == HD_POOL_LOST)
		return hd_printf(arena, "how its process ended is unknown: %s", strerror(-job->how));
	return death_of(arena, job->how);
}

static void fill_answer(struct hd_host_answer *answer, const struct gathered *all,
			const struct hd_pool_job *job)
{
	struct hd_arena *arena = all->run->context.arena;

	answer->exit = -1;
	if (job->end == HD_POOL_ANSWERED && job->text &&
	    hd_host_answer_read(answer, arena, job->text, job->length) == 0) {
		answer->status = answer->exit > HD_EXIT_REFUSED && answer->exit != HD_EXIT_PARTLY ?
				 HD_HOST_FAILED : HD_HOST_ANSWERED;
		return;
	}
	answer->status = job->end == HD_POOL_LATE ? HD_HOST_LATE : HD_HOST_FAILED;
	answer->error = why_missing(arena, all, job);
}

/* Tables wait for the others; everything else is written at once. */
static int write_body(struct gathered *all, struct hd_host_answer *answer)
{
	FILE *out = all->run->out;

	if (all->run->options->json)
		return hd_hosts_json_add(out, answer, !all->n);
	if (answer->has_table)
		return hd_merge_add(&all->merged, answer->label, answer->body, answer->length);
	hd_hosts_put_lines(out, answer->label, all->width, answer->body, answer->length);
	return 0;
}

static void take_answer(const struct hd_pool_job *job, void *data)
{
	struct gathered *all = data;
	struct hd_arena *arena = all->run->context.arena;
	struct hd_host_answer *answer = &all->answers[all->n];
	const struct hd_many_host *host = &all->many->hosts[all->n];

	*answer = (struct hd_host_answer){ .host = host->name, .label = host->label, .body = "" };
	fill_answer(answer, all, job);
	if (all->rc == 0)
		all->rc = write_body(all, answer);
	if (answer->error && answer->status == HD_HOST_ANSWERED)
		answer->notes = hd_printf(arena, "%s%s%s", answer->notes ? answer->notes : "",
					  answer->notes ? "\n" : "", answer->error);
	answer->body = NULL;	/* the job's */
	all->n++;
}

static int parse_timeout(int *ret, const char *text, struct hd_error *err)
{
	uint64_t seconds = TIMEOUT_S;

	if (text && (!hd_text_u64(text, &seconds) || !seconds || seconds > TIMEOUT_MAX_S))
		return hd_fail(err, -EINVAL, "--timeout '%.32s': must be 1 to %d seconds", text,
			       TIMEOUT_MAX_S);
	*ret = (int)seconds;
	return 0;
}

static enum hd_exit worst_of(const struct gathered *all)
{
	static const int order[] = { HD_EXIT_MEMORY, HD_EXIT_STRANDED, HD_EXIT_HOST, HD_EXIT_USAGE,
				     HD_EXIT_REFUSED, HD_EXIT_PARTLY };

	for (size_t i = 0; i < HD_ARRAY_SIZE(order); i++)
		for (size_t j = 0; j < all->n; j++)
			if (order[i] == (all->answers[j].exit < 0 ? HD_EXIT_HOST :
					 all->answers[j].exit))
				return (enum hd_exit)order[i];
	return HD_EXIT_OK;
}

/* An option that none of them could use is named once, as if there were one host. */
static bool is_wrong_for_all(const struct gathered *all, struct hd_error *err)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->answers[i].exit != HD_EXIT_USAGE ||
		    !hd_text_is_same(all->answers[i].error, all->answers[0].error))
			return false;
	hd_fail(err, -EINVAL, "%s", all->answers[0].error ? all->answers[0].error : "wrong use");
	return true;
}

static int write_end(struct gathered *all)
{
	struct hd_run *run = all->run;
	struct hd_table table = { .width = run->width, .colour = run->colour,
				  .is_chosen = run->options->output != NULL };

	if (run->options->json)
		hd_hosts_json_end(run->out);
	if (all->rc < 0 || !all->merged.n)
		return all->rc;
	hd_merge_fill(&table, &all->merged);
	return table.n_rows ? hd_table_text(run->out, &table) : 0;
}

static void ask_all(struct gathered *all)
{
	struct hd_run *run = all->run;
	struct hd_arena *arena = run->context.arena;
	struct hd_pool_job *jobs = hd_alloc(arena, all->many->n * sizeof(*jobs));
	struct asked *asked = hd_alloc(arena, all->many->n * sizeof(*asked));

	for (size_t i = 0; i < all->many->n; i++) {
		const struct hd_many_host *host = &all->many->hosts[i];
		int width = hd_hosts_width(host->label);

		all->width = width > all->width ? width : all->width;
		jobs[i] = (struct hd_pool_job){ .data = &asked[i], .is_remote = host->is_uri };
		asked[i] = (struct asked){ run, host, hd_command_has(run->command, &hd_opt_remote) };
	}
	if (run->width)
		run->width = run->width > all->width + LEAST_WIDTH ? run->width - all->width - 2 :
			     LEAST_WIDTH;
	hd_pool_run(jobs, all->many->n, all->timeout_s * 1000, answer_one, take_answer, all);
}

enum hd_exit hd_many_run(struct hd_run *run, const struct hd_many *many, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct gathered all = {
		.run = run, .many = many, .merged.arena = arena,
		.answers = hd_alloc(arena, many->n * sizeof(*all.answers)),
	};
	int width = run->width, rc;

	if (parse_timeout(&all.timeout_s, run->options->timeout, err) < 0)
		return HD_EXIT_USAGE;
	run->is_reported = true;
	if (run->options->json)
		hd_hosts_json_begin(run->out, all.timeout_s);
	ask_all(&all);
	run->width = width;
	rc = write_end(&all);
	if (is_wrong_for_all(&all, err))
		return HD_EXIT_USAGE;
	hd_hosts_put_notes(run->notes, all.answers, all.n);
	hd_hosts_put_missing(run->notes, all.answers, all.n);
	if (rc < 0)
		return hd_fail_as(HD_EXIT_HOST, err, rc, "cannot write what the hosts answered");
	return worst_of(&all);
}
