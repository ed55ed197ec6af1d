/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_hugepages.c - `hostdevctl setup hugepages`: huge pages for guests, now and at boot. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "domain/resources.h"
#include "setup/hugepage_changes.h"
#include "setup/subjects.h"
#include "virt/guest_xml.h"

#define MAX_SHOWN 80
#define USUAL_KIB 2048u

/* What is asked for, and how. */
struct wish {
	struct hd_setup_request *ask;
	struct hd_changes *changes;
	struct hd_memory memory;
	struct hd_page_needs needs;
	uint64_t page_kib;		/* for what says none */
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
	hd_fail(err, -EINVAL, "%s %s", what, why);
	return HD_EXIT_USAGE;
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
		hd_changes_note(wish->changes, arena, "guest \"%s\" does not ask for huge "
				"pages: it needs <memoryBacking><hugepages/></memoryBacking> (virsh edit)",
				name);
	if (is_running(wish, guest))
		hd_changes_note(wish->changes, arena, "guest \"%s\" runs and has its memory: "
				"nothing is added for it", name);
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
		return bad(err, "with --sysroot", "a guest is given by --xml FILE");
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
			   hd_printf(arena, "is no multiple of the page size, %" PRIu64 " KiB",
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
			return bad(err, "--xml", "and an operand cannot be given together");
		if (hd_guest_from_file(&xml, ask->context->arena, ask->xml, err) < 0)
			return HD_EXIT_HOST;
		return add_guest(wish, &xml, err);
	}
	if (!ask->n_args)
		return bad(err, "setup hugepages", "takes guests, --xml FILE, or a size such as 16G");
	if (ask->n_args == 1 && read_size(ask->context->arena, ask->args[0], &kib))
		return add_amount(wish, kib, err);
	if (ask->nodes)
		return bad(err, "--node", "goes with a size: a guest's XML says its nodes");
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
	return hd_setup_pages(ask, &shares, changes, err);
}

const struct hd_setup_subject hd_setup_hugepages = {
	.name = "hugepages",
	.args = "GUEST...|SIZE",
	.max_args = -1,
	.summary = "huge pages for guests or of a size, on each NUMA node, now and at boot",
	.plan = plan_hugepages,
};
