/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_cli_options.c - every row of commands and options is whole, and is parsed as it says. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "tests/support/unit.h"

#define MAX_ARGS 8

static const struct hd_option *const all[] = {
	&hd_opt_xml, &hd_opt_sysroot, &hd_opt_uri, &hd_opt_binder, &hd_opt_json,
	&hd_opt_dry_run, &hd_opt_verbose, &hd_opt_boot, &hd_opt_allow, &hd_opt_destroys,
	&hd_opt_help, NULL,
};

static int parse(struct hd_options *ret, struct hd_error *err, const char *const *words)
{
	char *argv[MAX_ARGS + 1] = { (char *)"check" };
	int argc = 1;

	while (words[argc - 1] && argc < MAX_ARGS) {
		argv[argc] = (char *)words[argc - 1];
		argc++;
	}
	return hd_options_parse(ret, all, argc, argv, err);
}

static void values(void **state)
{
	static const char *const words[] = { "dev", "-x", "f.xml", "--json", "--sysroot=/x", "-nv",
					     NULL };
	struct hd_options options;
	struct hd_error err;

	(void)state;
	assert_int_equal(parse(&options, &err, words), 6);
	assert_string_equal(options.xml, "f.xml");
	assert_string_equal(options.sysroot, "/x");
	assert_true(options.json && options.dry_run && options.verbose);
	assert_false(options.help || options.boot);
	assert_null(options.uri);
	assert_null(options.binder);
}

static void words_add_up(void **state)
{
	static const char *const words[] = { "--allow", "a=b", "dev", "--allow=c=d",
					     "--i-know-this-destroys-data", "01:00.0", NULL };
	static const char *const once[] = { "--allow", "a=b", NULL };
	char *many[2 * HD_WORDS_MAX + 4] = { (char *)"check" };
	struct hd_options options;
	struct hd_error err;

	(void)state;
	assert_int_equal(parse(&options, &err, words), 6);
	assert_int_equal(options.allow.n, 2);
	assert_string_equal(options.allow.items[0], "a=b");
	assert_string_equal(options.allow.items[1], "c=d");
	assert_int_equal(options.destroys.n, 1);
	assert_string_equal(options.destroys.items[0], "01:00.0");
	for (size_t i = 0; i < 2 * (HD_WORDS_MAX + 1); i++)
		many[1 + i] = (char *)once[i % 2];
	assert_int_equal(hd_options_parse(&options, all, 2 * HD_WORDS_MAX + 1, many, &err),
			 2 * HD_WORDS_MAX + 1);
	assert_int_equal(options.allow.n, HD_WORDS_MAX);
	assert_int_equal(hd_options_parse(&options, all, 2 * HD_WORDS_MAX + 3, many, &err),
			 -E2BIG);
}

static void wrong_use(void **state)
{
	static const struct {
		const char *words[3], *want;
	} rows[] = {
		{ { "--nope", NULL }, "unknown or ambiguous option '--nope'" },
		{ { "-q", NULL }, "unknown option '-q'" },
		{ { "--xml", NULL }, "option --xml needs a FILE" },
		{ { "-x", NULL }, "option --xml needs a FILE" },
		{ { "--json=1", NULL }, "option --json takes no value" },
		{ { "--i-know-this-destroys-dat", "01:00.0" },
		  "option --i-know-this-destroys-data must be written in full" },
		{ { "--i-know=01:00.0", NULL },
		  "option --i-know-this-destroys-data must be written in full" },
		{ { "--b", NULL }, "unknown or ambiguous option '--b'" },
	};
	struct hd_options options = { .xml = "untouched" };
	struct hd_error err;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		assert_true(parse(&options, &err, rows[i].words) < 0);
		assert_string_equal(err.text, rows[i].want);
		assert_string_equal(options.xml, "untouched");
	}
}

static void check_option(const struct hd_command *command, size_t i)
{
	const struct hd_option *option = command->options[i];

	assert_true(option->name && *option->name && option->help && *option->help);
	assert_false(isupper((unsigned char)option->help[0]));
	assert_true(option->offset < sizeof(struct hd_options));
	for (size_t j = 0; j < i; j++) {
		const struct hd_option *other = command->options[j];

		assert_string_not_equal(option->name, other->name);
		assert_true(!option->letter || option->letter != other->letter);
	}
}

static void rows_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; hd_commands[i]; i++) {
		const struct hd_command *command = hd_commands[i];
		size_t n = 0;

		assert_non_null(command->run);
		assert_non_null(command->summary);
		assert_ptr_equal(hd_command_find(command->name), command);
		assert_true(command->max_args < 0 || command->min_args <= command->max_args);
		assert_true(command->args || command->max_args == 0);
		while (command->options[n])
			check_option(command, n++);
		assert_true(n > 0 && n < 40);
		assert_ptr_equal(command->options[n - 1], &hd_opt_help);
	}
	assert_null(hd_command_find("nope"));
}

static char *help_of(const struct hd_command *command)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	if (command)
		hd_help_command(out, command);
	else
		hd_help_global(out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void help_names_everything(void **state)
{
	char *global = help_of(NULL), option[32];

	(void)state;
	for (size_t i = 0; hd_commands[i]; i++) {
		char *own = help_of(hd_commands[i]);

		assert_true(!strstr(global, hd_commands[i]->name) == hd_commands[i]->is_internal);
		assert_non_null(strstr(own, hd_commands[i]->summary));
		for (size_t j = 0; hd_commands[i]->options[j]; j++) {
			(void)snprintf(option, sizeof(option), "--%s ",
				       hd_commands[i]->options[j]->name);
			assert_non_null(strstr(own, option));
		}
		free(own);
	}
	free(global);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values), cmocka_unit_test(words_add_up),
		cmocka_unit_test(wrong_use),
		cmocka_unit_test(rows_are_whole), cmocka_unit_test(help_names_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
