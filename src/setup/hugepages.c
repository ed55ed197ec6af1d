/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hugepages.c - `hostdevctl setup hugepages`: huge pages for guests, now and at boot.
 *
 * Up to 1 GiB: the pools' attributes now, and a file of tmpfiles.d(5) at boot.  From
 * 1 GiB on: the kernel's parameters, since later memory is too fragmented for them.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "domain/resources.h"
#include "base/conf_dirs.h"
#include "setup/boot_changes.h"
#include "setup/hugepages_mount.h"
#include "setup/pages_per_node.h"
#include "setup/replace_file.h"
#include "setup/subjects.h"
#include "virt/guest_xml.h"

#define GIB_IN_KIB (1024u * 1024u)
#define MAX_SHOWN 80
#define RUN_BY "systemd-tmpfiles"
#define USUAL_KIB 2048u

/* What the next boot must allocate: the sum, and each node's part as the parameter's value. */
struct wanted {
	const struct hd_page_shares *shares;
	uint64_t size_kib;
	const char *written;	/* the value for the size that the next boot has now, or NULL */
	uint64_t sum, missing;
	const char *each;	/* "0:4,1:2" */
	size_t n;
};

/* The number in VALUE: "8", or "0:4,1:2", the node's part or the sum (HD_ALL_NODES). */
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
	bool can_name = names_nodes(wanted->written) || hd_host_is_since(host, 5, 16);

	if (wanted->n > 1 && can_name)
		return wanted->each;
	if (wanted->n > 1)
		hd_changes_note(changes, context->arena, "this kernel spreads them over "
				"all NUMA nodes; %s are requested, which needs Linux "
				"5.16", wanted->each);
	return hd_printf(context->arena, "%" PRIu64, wanted->sum);
}

static enum hd_exit plan_parameters(struct hd_context *context,
				    const struct hd_page_shares *shares, uint64_t size_kib,
				    struct hd_changes *changes, struct hd_error *err)
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
		hd_changes_note(changes, context->arena, "the next boot already allocates "
				"them, with its parameters %s hugepages=%s", size,
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

/* As many as there will be now, and never fewer than the file already says. */
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
	const char *other = hd_conf_sysctl_pages(&context->root, context->arena);
	int rc = hd_swap_read(&file.old, context->arena, &context->root, file.path, err);

	if (rc < 0)
		return rc;
	file.text = boot_text(context->arena, shares, size_kib, file.old);
	if (!file.text)
		return 0;
	hd_changes_file(changes, context->arena, &file);
	if (other)
		hd_changes_note(changes, context->arena, "/%s also sets vm.nr_hugepages, "
				"perhaps later during boot, and then for all nodes: remove "
				"it, or raise it", other);
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

static bool is_asked(const struct hd_page_shares *shares, uint64_t size_kib)
{
	for (size_t i = 0; i < shares->n; i++)
		if (shares->items[i].size_kib == size_kib && shares->items[i].is_asked)
			return true;
	return false;
}

static enum hd_exit plan_pages(struct hd_setup_request *ask, const struct hd_page_shares *shares,
			       uint64_t default_kib, struct hd_changes *changes,
			       struct hd_error *err)
{
	enum hd_exit code = HD_EXIT_OK;

	for (size_t i = 0; i < shares->n && code == HD_EXIT_OK; i++) {
		uint64_t size = shares->items[i].size_kib;

		if (i && shares->items[i - 1].size_kib == size)
			continue;
		if (is_asked(shares, size) &&
		    hd_hugepages_mount(ask->context, size, default_kib, changes, err) < 0)
			return HD_EXIT_HOST;
		if (size >= GIB_IN_KIB) {
			code = plan_parameters(ask->context, shares, size, changes, err);
			continue;
		}
		if (add_file(ask->context, shares, size, changes, err) < 0)
			return HD_EXIT_HOST;
		if (!ask->at_boot)
			add_values(ask->context, shares, size, changes);
	}
	return code;
}

/* What is asked for, and how. */
struct wish {
	struct hd_setup_request *ask;
	struct hd_changes *changes;
	struct hd_memory memory;
	struct hd_page_needs needs;
	uint64_t page_kib;		/* for guests and sizes that do not say which */
	bool is_amount;			/* of the host as a whole; else for guests */
};

/* "16G", "2048 KiB": a number and libvirt's unit. */
static bool read_size(struct hd_arena *arena, const char *text, uint64_t *ret_kib)
{
	size_t digits = strspn(text, "0123456789");
	const char *unit = text + digits;
	uint64_t number;

	unit += strspn(unit, " ");
	return digits && *unit && isalpha((unsigned char)*unit) &&
	       hd_text_u64(hd_strndup(arena, text, digits), &number) && number &&
	       hd_resources_kib(number, unit, ret_kib);
}

static enum hd_exit bad(struct hd_error *err, const char *what, const char *why)
{
	return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s %s", what, why);
}

static enum hd_exit choose_page(struct wish *wish, struct hd_error *err)
{
	const struct hd_setup_request *ask = wish->ask;
	const char *text = ask->page_size;

	wish->page_kib = wish->memory.default_kib ? wish->memory.default_kib : USUAL_KIB;
	if (!text || read_size(ask->context->arena, text, &wish->page_kib))
		return HD_EXIT_OK;
	return bad(err, "--page-size", "must be a size with its unit, such as 2M or 1G");
}

/* A guest that runs has its pages; its status file is there (src/qemu/qemu_domain.c). */
static bool is_running(const struct wish *wish, const struct hd_request *guest)
{
	return guest->name && !strchr(guest->name, '/') &&
	       hd_sysroot_has(&wish->ask->context->root, "run/libvirt/qemu/%s.xml", guest->name);
}

static void note_guest(struct wish *wish, const struct hd_request *guest)
{
	struct hd_arena *arena = wish->ask->context->arena;
	const char *name = guest->name ? hd_text_printable(arena, guest->name, MAX_SHOWN) :
			   "without a name";

	if (!guest->wants_hugepages)
		hd_changes_note(wish->changes, arena, "guest \"%s\" does not use huge "
				"pages: it needs "
				"<memoryBacking><hugepages/></memoryBacking> (virsh edit)",
				name);
	if (is_running(wish, guest))
		hd_changes_note(wish->changes, arena, "guest \"%s\" is running and has its "
				"memory: nothing is added for it", name);
}

static enum hd_exit add_guest(struct wish *wish, const struct hd_guest_xml *xml,
			      struct hd_error *err)
{
	struct hd_request guest = { 0 };

	if (hd_request_parse(&guest, wish->ask->context->arena, xml->text, xml->length, err) < 0)
		return HD_EXIT_HOST;
	note_guest(wish, &guest);
	if (!is_running(wish, &guest))
		hd_page_needs_add(&wish->needs, wish->ask->context->arena, &guest,
				  wish->ask->page_size ? wish->page_kib :
				  wish->memory.default_kib, wish->page_kib);
	return HD_EXIT_OK;
}

static enum hd_exit add_named(struct wish *wish, const char *name, struct hd_error *err)
{
	struct hd_setup_request *ask = wish->ask;
	struct hd_guest_xml xml;

	if (!ask->context->root.is_live)
		return bad(err, "with --sysroot", "name a guest with --xml FILE");
	if (hd_guest_from_libvirt(&xml, ask->context->arena, ask->uri, name, err) < 0)
		return HD_EXIT_HOST;
	return add_guest(wish, &xml, err);
}

static enum hd_exit add_amount(struct wish *wish, uint64_t kib, struct hd_error *err)
{
	struct hd_arena *arena = wish->ask->context->arena;
	struct hd_page_need *need;

	if (kib % wish->page_kib)
		return bad(err, hd_printf(arena, "%" PRIu64 " KiB", kib),
			   hd_printf(arena, "is not a multiple of the page size, %" PRIu64 " KiB",
				     wish->page_kib));
	need = hd_append(arena, &wish->needs.items, &wish->needs.n, sizeof(*need));
	need->size_kib = wish->page_kib;
	need->pages = kib / wish->page_kib;
	need->nodes = wish->ask->nodes;
	wish->is_amount = true;
	return HD_EXIT_OK;
}

static enum hd_exit add_operands(struct wish *wish, struct hd_error *err)
{
	const struct hd_setup_request *ask = wish->ask;
	struct hd_guest_xml xml;
	enum hd_exit code = HD_EXIT_OK;
	uint64_t kib;

	if (ask->xml) {
		if (ask->n_args)
			return bad(err, "--xml", "and an operand cannot be combined");
		if (hd_guest_from_file(&xml, ask->context->arena, ask->xml, err) < 0)
			return HD_EXIT_HOST;
		return add_guest(wish, &xml, err);
	}
	if (!ask->n_args)
		return bad(err, "setup hugepages", "takes guests, --xml FILE, or a size such as 16G");
	if (ask->n_args == 1 && read_size(ask->context->arena, ask->args[0], &kib))
		return add_amount(wish, kib, err);
	if (ask->nodes)
		return bad(err, "--node", "needs a size: a guest's XML names its nodes");
	for (int i = 0; i < ask->n_args && code == HD_EXIT_OK; i++)
		code = add_named(wish, ask->args[i], err);
	return code;
}

static enum hd_exit plan_hugepages(struct hd_setup_request *ask, struct hd_changes *changes,
				   struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	struct wish wish = { .ask = ask, .changes = changes };
	struct hd_page_shares shares = { 0 };
	enum hd_exit code;

	hd_memory_read(&wish.memory, &ask->context->root, arena);
	code = choose_page(&wish, err);
	if (code == HD_EXIT_OK)
		code = add_operands(&wish, err);
	if (code != HD_EXIT_OK)
		return code;
	if (hd_page_shares_make(&shares, arena, &wish.needs, &wish.memory, wish.is_amount,
				err) < 0)
		return HD_EXIT_REFUSED;
	return plan_pages(ask, &shares, wish.memory.default_kib, changes, err);
}

const struct hd_setup_subject hd_setup_hugepages = {
	.name = "hugepages",
	.args = "GUEST...|SIZE",
	.max_args = -1,
	.summary = "huge pages for guests or of a total size, on each NUMA node, now and at boot",
	.plan = plan_hugepages,
};
