/* SPDX-License-Identifier: GPL-2.0-or-later */
/* help.c - help and lists, all from the tables of commands and options. */
#include "config.h"

#include <string.h>

#include "cli/help.h"
#include "cli/options.h"

#define GLOBAL_WIDTH 22

static const struct {
	const char *option, *arg, *help;
} globals[] = {
	{ "--help", "", "show this help, or the help of the command before it" },
	{ "--version", "", "show the version" },
	{ "--list-commands", "", "list the commands, for completion" },
	{ "--list-options", " COMMAND", "list the options of a command" },
};

static const enum hd_exit codes[] = {
	HD_EXIT_OK, HD_EXIT_REFUSED, HD_EXIT_USAGE, HD_EXIT_HOST, HD_EXIT_STRANDED,
	HD_EXIT_MEMORY,
};

void hd_help_global(FILE *out)
{
	(void)fprintf(out, "Usage: hostdevctl COMMAND [OPTION...] [OPERAND...]\n\n"
		      "Gives host PCI devices to libvirt guests, safely.\n\nCommands:\n");
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			(void)fprintf(out, "  %-10s %s\n", (*command)->name,
				      (*command)->summary);
	(void)fprintf(out, "\nOptions:\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(globals); i++)
		(void)fprintf(out, "  %s%-*s  %s\n", globals[i].option,
			      GLOBAL_WIDTH - (int)strlen(globals[i].option), globals[i].arg,
			      globals[i].help);
	(void)fprintf(out, "\nExit codes:\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(codes); i++)
		(void)fprintf(out, "  %2d  %s\n", codes[i], hd_exit_text(codes[i]));
	(void)fprintf(out, "\n"
		      "A DEVICE can be named in many ways: 01:00.0, 10de:1b06, "
		      "/dev/nvme0n1, enp3s0,\n"
		      "vf:enp3s0/2, usb:1-2.3, usb:046d:c52b:SERIAL, /dev/ttyUSB0, a "
		      "mediated device's UUID.\n"
		      "See 'hostdevctl COMMAND --help' and hostdevctl(1).\n");
}

void hd_help_command(FILE *out, const struct hd_command *command)
{
	(void)fprintf(out, "Usage: hostdevctl %s [OPTION...]%s%s\n\n%s\n\nOptions:\n",
		      command->name, command->args ? " " : "",
		      command->args ? command->args : "", command->summary);
	hd_options_help(out, command->options);
	if (command->help)
		command->help(out);
}

void hd_help_list_commands(FILE *out)
{
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			(void)fprintf(out, "%s\n", (*command)->name);
}

const char *hd_help_option(size_t i)
{
	return i < HD_ARRAY_SIZE(globals) ? globals[i].option : NULL;
}
