/* SPDX-License-Identifier: GPL-2.0-or-later */
/* confirm.c - asks the person at the terminal before something ends or changes. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/confirm.h"

enum hd_exit hd_confirm(struct hd_run *run, const char *question, struct hd_error *err)
{
	char answer[8] = "";

	if (run->options->yes)
		return HD_EXIT_OK;
	/* A script that forgot --yes must not wait for ever. */
	if (!isatty(STDIN_FILENO))
		return hd_fail_as(HD_EXIT_USAGE, err, -ENOTTY, "standard input is not a terminal: "
				  "add --yes to answer the question beforehand");
	(void)fflush(run->out);
	(void)fprintf(run->notes, "%s [y/N] ", question);
	(void)fflush(run->notes);
	if (!fgets(answer, sizeof(answer), stdin))
		answer[0] = '\0';
	answer[strcspn(answer, "\n")] = '\0';
	if (!strcasecmp(answer, "y") || !strcasecmp(answer, "yes"))
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_REFUSED, err, -ECANCELED, "not confirmed; nothing was changed");
}
