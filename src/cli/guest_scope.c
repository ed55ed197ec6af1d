/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_scope.c - which guest a command changes: what runs, its definition, or both. */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "cli/guest_scope.h"
#include "virt/guest_change.h"

#define MAX_NAME 64

static enum hd_exit choose(struct hd_guest_scope *scope, const struct hd_options *options,
			   struct hd_error *err)
{
	bool has_all = !options->live && !options->config;

	if (options->live && !scope->guest.live)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ESRCH,
				  "guest '%s' does not run; --config changes its definition",
				  scope->name);
	if (options->config && !scope->guest.config)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "guest '%s' has no definition "
				  "and ends when it stops; use --live", scope->name);
	scope->is_live = options->live || (has_all && scope->guest.live);
	scope->is_config = options->config || (has_all && scope->guest.config);
	return HD_EXIT_OK;
}

enum hd_exit hd_guest_scope_read(struct hd_guest_scope *ret, struct hd_run *run,
				 const char *name, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	*ret = (struct hd_guest_scope){ .name = hd_text_printable(arena, name, MAX_NAME) };
	if (!run->context.root.is_live && !run->options->uri)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "with --sysroot, name the guest's libvirt with --connect");
	if (hd_guest_state(&ret->guest, arena, run->options->uri, name, err) < 0)
		return HD_EXIT_HOST;
	return choose(ret, run->options, err);
}
