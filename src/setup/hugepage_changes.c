/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepage_changes.c - the changes that make huge pages, now and at boot. */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_pages.h"
#include "setup/hugepage_changes.h"
#include "setup/replace_file.h"

#define GIB_IN_KIB (1024u * 1024u)
#define RUN_BY "systemd-tmpfiles"

static const char *pool_path(struct hd_arena *arena, const struct hd_page_share *share)
{
	const char *dir = share->node == HD_ALL_NODES ? "sys/kernel/mm" :
			  hd_printf(arena, "sys/devices/system/node/node%d", share->node);

	return hd_printf(arena, "%s/hugepages/hugepages-%" PRIu64 "kB/nr_hugepages", dir,
			 share->size_kib);
}

/* What the line of TEXT for PATH sets, 0 if there is none: "w! /sys/... - - - - 512". */
static uint64_t line_for(struct hd_arena *arena, const char *text, const char *path)
{
	const char *start = hd_printf(arena, "w! /%s - - - - ", path), *line;

	while (text && (line = hd_text_next_line(arena, &text)))
		if (hd_text_starts_with(line, start))
			return strtoull(line + strlen(start), NULL, 10);
	return 0;
}

/* As many as there are with ours, and never fewer than the file says. */
static const char *boot_text(struct hd_arena *arena, const struct hd_page_shares *shares,
			     uint64_t size_kib, const char *old)
{
	const char *text = hd_printf(arena, "# Made by 'hostdevctl setup hugepages'; 'hostdevctl setup "
				     "--revert' removes it.\n");
	bool is_empty = true;

	for (size_t i = 0; i < shares->n; i++) {
		const struct hd_page_share *share = &shares->items[i];
		const char *path = pool_path(arena, share);
		uint64_t was = line_for(arena, old, path), n = share->total + share->add;

		if (share->size_kib != size_kib)
			continue;
		n = share->is_asked && n > was ? n : was;
		if (!n)
			continue;
		text = hd_printf(arena, "%sw! /%s - - - - %" PRIu64 "\n", text, path, n);
		is_empty = false;
	}
	return is_empty ? NULL : text;
}

static int add_file(struct hd_context *context, const struct hd_page_shares *shares, uint64_t size_kib,
		    struct hd_changes *changes, struct hd_error *err)
{
	struct hd_file_change file = {
		.path = hd_printf(context->arena, "etc/tmpfiles.d/hostdevctl-hugepages-%" PRIu64
				  "kB.conf", size_kib),
		.why = "the huge pages at boot",
		.mode = 0644,
	};
	const char *other = hd_boot_pages_sysctl(&context->root, context->arena);
	int rc = hd_swap_read(&file.old, context->arena, &context->root, file.path, err);

	if (rc < 0)
		return rc;
	file.text = boot_text(context->arena, shares, size_kib, file.old);
	if (!file.text)
		return 0;
	hd_changes_file(changes, context->arena, &file);
	if (other)
		hd_changes_note(changes, context->arena, "/%s sets vm.nr_hugepages as well, maybe later in "
				"the boot, and then for all nodes: take it out, or raise it", other);
	if (!hd_sysroot_has(&context->root, "usr/lib/tmpfiles.d") &&
	    !hd_sysroot_has(&context->root, "lib/tmpfiles.d"))
		hd_changes_note(changes, context->arena, "this host has no " RUN_BY ", which would read /%s "
				"at boot", file.path);
	return 0;
}

static void add_values(struct hd_context *context, const struct hd_page_shares *shares,
		       uint64_t size_kib, struct hd_changes *changes)
{
	for (size_t i = 0; i < shares->n; i++) {
		const struct hd_page_share *share = &shares->items[i];

		if (share->size_kib != size_kib || !share->add)
			continue;
		hd_changes_value(changes, context->arena, &(struct hd_value_change){
			.path = pool_path(context->arena, share),
			.why = hd_printf(context->arena, "%" PRIu64 " MiB more in huge pages",
					 share->add * size_kib / 1024),
			.old = hd_printf(context->arena, "%" PRIu64, share->total),
			.value = hd_printf(context->arena, "%" PRIu64, share->total + share->add),
		});
	}
}

enum hd_exit hd_setup_pages(struct hd_setup_request *ask, const struct hd_page_shares *shares,
			    struct hd_changes *changes, struct hd_error *err)
{
	enum hd_exit code = HD_EXIT_OK;

	for (size_t i = 0; i < shares->n && code == HD_EXIT_OK; i++) {
		uint64_t size = shares->items[i].size_kib;

		if (i && shares->items[i - 1].size_kib == size)
			continue;
		if (size >= GIB_IN_KIB) {
			code = hd_setup_boot_pages(ask->context, shares, size, changes, err);
			continue;
		}
		if (add_file(ask->context, shares, size, changes, err) < 0)
			return HD_EXIT_HOST;
		if (!ask->at_boot)
			add_values(ask->context, shares, size, changes);
	}
	return code;
}
