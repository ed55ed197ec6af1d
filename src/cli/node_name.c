/* SPDX-License-Identifier: GPL-2.0-or-later */
/* node_name.c - how is this host called in the cluster of a scheduler? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cli/node_name.h"

#define NODE_MAX 253	/* of a domain name */

/* It is written as it is: no other characters may be in it. */
static bool is_node(const char *name, const char *more)
{
	return *name && strlen(name) <= NODE_MAX && !strchr(more, *name) &&
	       hd_text_has_only(name, more);
}

enum hd_exit hd_node_name(const char **ret, const struct hd_run *run,
			  const struct hd_export_format *format, struct hd_error *err)
{
	const char *name = run->options->node;
	const char *own;

	*ret = NULL;
	if (!format->node_has)
		return HD_EXIT_OK;
	if (!name && hd_sysroot_text(&run->context.root, run->context.arena, &own,
				     "proc/sys/kernel/hostname") > 0)
		name = strchr(format->node_has, '.') ? own :
		       hd_strndup(run->context.arena, own, strcspn(own, "."));
	if (!name)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "the name of this host is unknown; give "
				  "it with --node NAME");
	if (!is_node(name, format->node_has))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%.64s' is not a name of a node of %s; "
				  "give it with --node NAME", name, format->product);
	*ret = name;
	return HD_EXIT_OK;
}
