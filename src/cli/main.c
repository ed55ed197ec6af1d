/* SPDX-License-Identifier: GPL-2.0-or-later */
/* main.c - hostdevctl: finds the command, runs it, explains its failure. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/did_you_mean.h"
#include "base/text.h"
#include "cli/many_hosts.h"
#include "cli/notes_stream.h"
#include "cli/options.h"
#include "cli/run_on_host.h"
#include "cli/terminal.h"
#include "report/report.h"

/*
 * A host file opened as descriptor 1 or 2 would receive our output.  What was
 * closed becomes a /dev/null that cannot be written, so that the loss shows.
 */
static void fill_standard_fds(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", O_RDONLY | O_NOCTTY) < 0)
			_exit(HD_EXIT_HOST);
}

/* "Try" is one line: the whole help would push the reason off the screen. */
static enum hd_exit wrong_use(const struct hd_command *command, const char *why)
{
	FILE *notes = hd_notes_open();

	(void)fprintf(notes, "hostdevctl%s%s: %s\nTry 'hostdevctl%s%s --help'.\n",
		      command ? " " : "", command ? command->name : "", why,
		      command ? " " : "", command ? command->name : "");
	hd_notes_close(notes);
	return HD_EXIT_USAGE;
}

/* A truncated report must not look complete. */
static enum hd_exit finish_output(enum hd_exit code)
{
	bool is_bad = ferror(stdout);

	if (fclose(stdout) == 0 && !is_bad)
		return code;
	if (errno != EPIPE)
		(void)fprintf(stderr, "hostdevctl: cannot write to standard output: %s\n",
			      strerror(errno));
	return code > HD_EXIT_HOST ? code : HD_EXIT_HOST;
}

static enum hd_exit explain_error(const struct hd_run *run, enum hd_exit code,
				  const struct hd_error *err)
{
	const struct hd_report report = { .error = err };

	if (!err->code)
		return code;
	if (err->code == -EIO && ferror(run->out))
		return code;	/* finish_output() says why, or that the reader has gone */
	if (code == HD_EXIT_USAGE)
		return wrong_use(run->command, err->text);
	if (run->options->json && !run->is_reported && hd_report_json(run->out, &report) < 0)
		clearerr(run->out);
	(void)fprintf(run->notes, "hostdevctl: %s\n", err->text);
	return code;
}

static enum hd_exit run_here(struct hd_run *run)
{
	struct hd_error err = { 0 };
	struct hd_many many;
	enum hd_exit code = hd_many_choose(&many, run, &err);

	if (code == HD_EXIT_OK)
		code = many.is_many ? hd_many_run(run, &many, &err) : hd_run_on_host(run, &err);
	return explain_error(run, code, &err);
}

/* The N-th operand is missing: it is named as the help names it. */
static enum hd_exit miss_operand(const struct hd_command *command, int n)
{
	const char *name = command->args;
	char text[64];

	name += hd_text_starts_with(name, "-- ") ? strlen("-- ") : 0;
	while (n-- > 0 && strchr(name, ' '))
		name = strchr(name, ' ') + 1;
	(void)snprintf(text, sizeof(text), "missing %.*s", (int)strcspn(name, " ."), name);
	return wrong_use(command, text);
}

/*
 * A pasted "-device vfio-pci,...: no such host device" is not an option: none has a blank in its
 * name.  It loses its first "-", so that getopt_long(3) takes it for an operand.
 */
static void mark_texts(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (argv[i][0] == '-' && argv[i][strcspn(argv[i], " \t\n=")] != '=' &&
		    strpbrk(argv[i], " \t\n"))
			argv[i][0] = ' ';
}

static enum hd_exit parse_and_run(const struct hd_command *command, int argc, char **argv)
{
	struct hd_arena arena = { 0 };
	struct hd_options options;
	struct hd_run run = {
		.command = command, .options = &options, .out = stdout,
		.notes = stderr, .width = hd_terminal_width(),
		.context = { .root.fd = -1, .arena = &arena },
	};
	struct hd_error err = { 0 };
	enum hd_exit code;
	int first;

	if (command->takes_text)
		mark_texts(argc, argv);
	first = hd_options_parse(&options, command->options, argc, argv, &err);
	if (first < 0)
		return wrong_use(command, err.text);
	if (options.help) {
		hd_help_command(stdout, command);
		return HD_EXIT_OK;
	}
	if (hd_terminal_colour(&run.colour, options.color, &err) < 0)
		return wrong_use(command, err.text);
	run.args = argv + first;
	run.n_args = argc - first;
	if (run.n_args < command->min_args)
		return miss_operand(command, run.n_args);
	if (command->max_args >= 0 && run.n_args > command->max_args)
		return wrong_use(command, "too many operands");
	run.notes = hd_notes_open();
	code = run_here(&run);
	hd_notes_close(run.notes);
	hd_arena_done(&arena);
	return code;
}

static void show_version(FILE *out)
{
	(void)fputs(PACKAGE_STRING "\n", out);
}

static enum hd_exit list_options(const char *name)
{
	const struct hd_command *command = name ? hd_command_find(name) : NULL;

	if (!command)
		return wrong_use(NULL, "--list-options needs a COMMAND");
	hd_options_list(stdout, command->options);
	return HD_EXIT_OK;
}

static const struct {
	const char *word;
	void (*show)(FILE *out);
} globals[] = {
	{ "--help", hd_help_global },
	{ "-h", hd_help_global },
	{ "help", hd_help_global },
	{ "--version", show_version },
	{ "-V", show_version },
	{ "--list-commands", hd_help_list_commands },
};

static enum hd_exit unknown_word(const char *word)
{
	struct hd_nearest nearest = { .word = word };
	struct hd_error err;

	hd_fail(&err, -EINVAL, "unknown %s '%.64s'", word[0] == '-' ? "option" : "command", word);
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			hd_nearest_offer(&nearest, (*command)->name);
	for (size_t i = 0; i < HD_ARRAY_SIZE(globals); i++)
		hd_nearest_offer(&nearest, globals[i].word);
	hd_nearest_suggest(&nearest, &err);
	return wrong_use(NULL, err.text);
}

/* "help list" is "list --help". */
static enum hd_exit help_for(const char *name)
{
	const struct hd_command *command = hd_command_find(name);

	if (!command)
		return unknown_word(name);
	hd_help_command(stdout, command);
	return HD_EXIT_OK;
}

static enum hd_exit dispatch_command(int argc, char **argv)
{
	const struct hd_command *command;

	if (argc < 2)
		return wrong_use(NULL, "missing COMMAND");
	if (!strcmp(argv[1], "--list-options"))
		return list_options(argc > 2 ? argv[2] : NULL);
	if (argc > 2 && !strcmp(argv[1], "help"))
		return help_for(argv[2]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(globals); i++)
		if (!strcmp(argv[1], globals[i].word)) {
			globals[i].show(stdout);
			return HD_EXIT_OK;
		}
	command = hd_command_find(argv[1]);
	if (command)
		return parse_and_run(command, argc - 1, argv + 1);
	return unknown_word(argv[1]);
}

int main(int argc, char **argv)
{
	fill_standard_fds();
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGCHLD, SIG_DFL);	/* if our caller ignores it, we never learn how a child ended */
	(void)setlocale(LC_CTYPE, "");
	return (int)finish_output(dispatch_command(argc, argv));
}
