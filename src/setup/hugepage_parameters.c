/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepage_parameters.c - kernel parameters for huge pages that only a boot has room for. */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/host/host.h"
#include "setup/boot_changes.h"
#include "setup/hugepage_changes.h"
#include "setup/subjects.h"

#define GIB_IN_KIB (1024u * 1024u)
#define NAME "hugepages="
#define MAX_SHOWN 80

/* What the boot shall make, in all and as the parameter's value. */
struct wanted {
	const struct hd_page_shares *shares;
	uint64_t size_kib;
	const char *written;	/* the value for the size that the next boot has now, or NULL */
	uint64_t sum, missing;
	const char *each;	/* "0:4,1:2" */
	size_t n;
};

/* Of VALUE "8" the number, of "0:4,1:2" that of the node; HD_ALL_NODES: of all. */
static uint64_t number_of(const char *value, int node)
{
	uint64_t sum = 0;

	for (const char *at = value; at && *at; at = strchr(at, ',')) {
		char *end;
		uint64_t number;

		at += *at == ',';
		number = strtoull(at, &end, 10);
		if (*end == ':' && (node == HD_ALL_NODES || number == (uint64_t)node))
			sum += strtoull(end + 1, NULL, 10);
		else if (*end != ':' && node == HD_ALL_NODES)
			sum += number;
	}
	return sum;
}

static bool names_nodes(const char *value)
{
	return value && strchr(value, ':');
}

/* "hugepages=" counts for the "hugepagesz=" before it (kernel-parameters.txt). */
static const char *value_in(struct hd_arena *arena, const char *words, const char *size)
{
	struct hd_cmdline_word word;
	const char *value = NULL;
	bool is_ours = false;

	while (hd_cmdline_next(&words, &word) && !word.is_end) {
		if (hd_cmdline_is(&word, "hugepagesz"))
			is_ours = hd_cmdline_has(size, hd_strndup(arena, word.text, word.length));
		if (is_ours && word.value && hd_cmdline_is(&word, "hugepages"))
			value = hd_cmdline_value_of(arena, &word);
	}
	return value;
}

static const char *written_for(struct hd_context *context, const char *size)
{
	const struct hd_boot_source *next;
	struct hd_boot_config config;

	hd_boot_config_read(&config, &context->root, context->arena);
	next = hd_boot_next(config.sources, config.n_sources);
	return next ? value_in(context->arena, next->words, size) : NULL;
}

static void add_up(struct wanted *wanted, struct hd_arena *arena)
{
	for (size_t i = 0; i < wanted->shares->n; i++) {
		const struct hd_page_share *share = &wanted->shares->items[i];
		uint64_t total = share->total + share->add, there = 0;

		if (share->size_kib != wanted->size_kib)
			continue;
		if (names_nodes(wanted->written))
			there = number_of(wanted->written, share->node);
		wanted->n++;
		wanted->missing += share->add && total > there ? share->add : 0;
		total = total > there ? total : there;
		wanted->sum += total;
		if (total)
			wanted->each = hd_printf(arena, "%s%s%d:%" PRIu64, wanted->each,
						 *wanted->each ? "," : "", share->node, total);
	}
}

static bool is_written(const struct wanted *wanted)
{
	if (!wanted->written)
		return false;
	return names_nodes(wanted->written) ? !wanted->missing :
	       number_of(wanted->written, HD_ALL_NODES) >= wanted->sum;
}

/* For each node since Linux 5.16; before, the kernel spreads them evenly. */
static const char *value_of(struct hd_context *context, const struct hd_host *host,
			    const struct wanted *wanted, struct hd_changes *changes)
{
	bool can_name = host->kernel_major > 5 || names_nodes(wanted->written) ||
			(host->kernel_major == 5 && host->kernel_minor >= 16);

	if (wanted->n > 1 && can_name)
		return wanted->each;
	if (wanted->n > 1)
		hd_changes_note(changes, context->arena, "this kernel spreads them over all NUMA nodes; "
				"%s are wanted, which Linux 5.16 can be told", wanted->each);
	return hd_printf(context->arena, "%" PRIu64, wanted->sum);
}

enum hd_exit hd_setup_boot_pages(struct hd_context *context, const struct hd_page_shares *shares,
				 uint64_t size_kib, struct hd_changes *changes,
				 struct hd_error *err)
{
	const char *size = hd_printf(context->arena, "hugepagesz=%" PRIu64 "G", size_kib / GIB_IN_KIB);
	struct wanted wanted = { .shares = shares, .size_kib = size_kib, .each = "" };
	struct hd_parameter parameter = { .name = "hugepages", .behind = size };
	struct hd_boot_wish wish = { .params = &parameter, .n = 1 };
	struct hd_host host;
	bool is_short = false;

	for (size_t i = 0; i < shares->n; i++)
		is_short |= shares->items[i].size_kib == size_kib && shares->items[i].add;
	if (!is_short)
		return HD_EXIT_OK;
	wanted.written = written_for(context, size);
	add_up(&wanted, context->arena);
	if (is_written(&wanted)) {
		hd_changes_note(changes, context->arena, "the next boot makes them already, by its "
				"parameters %s " NAME "%s", size,
				hd_text_printable(context->arena, wanted.written, MAX_SHOWN));
		return HD_EXIT_OK;
	}
	if (hd_host_read(&host, &context->root, context->arena, err) < 0)
		return HD_EXIT_HOST;
	parameter.value = value_of(context, &host, &wanted, changes);
	wish.why = hd_printf(context->arena, "%" PRIu64 " huge pages of %" PRIu64 " GiB", wanted.sum,
			     size_kib / GIB_IN_KIB);
	return hd_setup_parameters(context, &host, &wish, changes, err);
}
