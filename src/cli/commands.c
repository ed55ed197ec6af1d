/* SPDX-License-Identifier: GPL-2.0-or-later */
/* commands.c - the one list of commands, in the order of the help. */
#include "config.h"

#include <string.h>

#include "cli/command.h"

const struct hd_command *const hd_commands[] = {
	&hd_cmd_check,
	&hd_cmd_plan,
	&hd_cmd_list,
	&hd_cmd_show,
	&hd_cmd_map,
	&hd_cmd_xml,
	&hd_cmd_attach,
	&hd_cmd_detach_from,
	&hd_cmd_start,
	&hd_cmd_relocate,
	&hd_cmd_replug,
	&hd_cmd_sleep,
	&hd_cmd_wake,
	&hd_cmd_detach,
	&hd_cmd_reattach,
	&hd_cmd_status,
	&hd_cmd_recover,
	&hd_cmd_monitor,
	&hd_cmd_metrics,
	&hd_cmd_export,
	&hd_cmd_handover,
	&hd_cmd_setup,
	&hd_cmd_doctor,
	&hd_cmd_explain,
	&hd_cmd_capture,
	&hd_cmd_nodedev,
	&hd_cmd_rehearse,
	&hd_cmd_complete,
	NULL,
};

const struct hd_command *hd_command_find(const char *name)
{
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

bool hd_command_has(const struct hd_command *command, const struct hd_option *option)
{
	for (const struct hd_option *const *has = command->options; *has; has++)
		if (*has == option)
			return true;
	return false;
}
