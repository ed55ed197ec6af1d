/* SPDX-License-Identifier: GPL-2.0-or-later */
/* operands.c - which request, elements and guest do the operands and options of a command ask for? */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "act/overrides.h"
#include "act/request_devices.h"
#include "base/did_you_mean.h"
#include "base/text.h"
#include "cli/operands.h"
#include "inventory/completion_names.h"
#include "inventory/resolve_operands.h"
#include "virt/guest_change.h"
#include "virt/guest_xml.h"

#define MAX_TITLE 128
#define MAX_NOTE 600
#define MAX_NAME 64

enum hd_exit hd_request_from_xml(struct hd_checked *ret, struct hd_context *context, const char *xml,
				 size_t length, struct hd_error *err)
{
	*ret = (struct hd_checked){ 0 };
	if (hd_request_parse(&ret->request, context->arena, xml, length, err) < 0)
		return HD_EXIT_HOST;
	ret->title = hd_printf(context->arena, "guest %s",
			       ret->request.name ?
			       hd_text_printable(context->arena, ret->request.name, MAX_TITLE) :
			       "without a name");
	hd_facts_query_for(&ret->query, context->arena, &ret->request);
	return HD_EXIT_OK;
}

static enum hd_exit from_file(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_guest_xml xml;

	if (hd_guest_from_file(&xml, run->context.arena, run->options->xml, err) < 0)
		return HD_EXIT_HOST;
	if (hd_request_from_xml(ret, &run->context, xml.text, xml.length, err) == HD_EXIT_OK)
		return HD_EXIT_OK;
	hd_wrap(err, "%s", run->options->xml);
	return HD_EXIT_HOST;
}

/* Of guests, this host's files tell; those of another host's libvirt are not in them. */
static void suggest(struct hd_run *run, struct hd_nearest *nearest, struct hd_error *err)
{
	struct hd_known guests = { .n = 0 };

	if (!run->options->uri || !run->context.root.is_live)
		hd_known_guests(&guests, &run->context.root, run->context.arena, "");
	for (size_t i = 0; i < guests.n; i++)
		hd_nearest_offer(nearest, guests.names[i]);
	(void)hd_nearest_suggest(nearest, err);
}

void hd_suggest_guest(struct hd_run *run, const char *name, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = name };

	if (strlen(name) <= NAME_MAX)
		suggest(run, &nearest, err);
}

static enum hd_exit from_libvirt(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = run->args[0] };
	struct hd_arena *arena = run->context.arena;
	struct hd_guest_xml xml;

	hd_offer_devices(&nearest, &run->context);
	if (!run->context.root.is_live) {
		(void)hd_fail(err, -EINVAL, "'%s' is not a device of this host; 'hostdevctl list' shows them. "
			      "With %s, name a guest with --xml FILE",
			      hd_text_printable(arena, run->args[0], MAX_TITLE),
			      run->options->host ? "--host" : "--sysroot");
		(void)hd_nearest_suggest(&nearest, err);
		return HD_EXIT_USAGE;
	}
	if (hd_guest_from_libvirt(&xml, arena, run->options->uri, run->args[0], err) < 0) {
		if (err->code == -ENOENT)
			suggest(run, &nearest, err);
		return HD_EXIT_HOST;
	}
	return hd_request_from_xml(ret, &run->context, xml.text, xml.length, err);
}

static enum hd_exit from_operands(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	if (run->options->xml && run->n_args)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "--xml and an operand cannot be combined");
	if (run->options->xml)
		return from_file(ret, run, err);
	if (run->n_args == 1 && !hd_resolve_is_device(&run->context.root, run->context.arena,
						       run->args[0]))
		return from_libvirt(ret, run, err);
	code = hd_devices_from_names(&run->context, run->args, run->n_args, &refs, &n,
				     err);
	if (code == HD_EXIT_OK)
		hd_checked_from_elements(ret, &run->context, refs, n);
	return code;
}

enum hd_exit hd_request_from_guest(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	return run->options->xml ? from_file(ret, run, err) : from_libvirt(ret, run, err);
}

enum hd_exit hd_checked_from_run(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	enum hd_exit code = from_operands(ret, run, err);

	if (code == HD_EXIT_OK)
		code = hd_overrides_add(&ret->request, run, err);
	return code == HD_EXIT_OK ? hd_checked_run(ret, &run->context, err) : code;
}

enum hd_exit hd_overrides_add(struct hd_request *request, struct hd_run *run,
			      struct hd_error *err)
{
	const struct hd_words *allow = &run->options->allow, *destroys = &run->options->destroys;
	enum hd_exit code = hd_overrides_allow(request, &run->context, allow->items, allow->n, err);

	return code == HD_EXIT_OK ? hd_overrides_sacrifice(request, &run->context, destroys->items,
							   destroys->n, err) : code;
}

/* Whether the use of the command is wrong, or the device is refused, or the host fails. */
static enum hd_exit exit_of(int rc)
{
	if (rc == -EINVAL)
		return HD_EXIT_USAGE;
	return rc == -EPERM ? HD_EXIT_REFUSED : HD_EXIT_HOST;
}

enum hd_exit hd_refs_from_names(struct hd_device_ref **ret, struct hd_context *context,
				char *const *names, int n, struct hd_error *err)
{
	struct hd_device_ref *refs = hd_alloc(context->arena, (size_t)(n + 1) * sizeof(*refs));

	for (int i = 0; i < n; i++) {
		enum hd_exit code = hd_device_resolve(&refs[i], context, names[i], err);

		if (code != HD_EXIT_OK)
			return code;
	}
	*ret = refs;
	return HD_EXIT_OK;
}

enum hd_exit hd_point_to_detach_from(struct hd_run *run, enum hd_exit code, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_known guests = { .n = 0 };
	const char *name = run->args[0];

	hd_known_guests(&guests, &run->context.root, arena, name);
	for (size_t i = 0; i < guests.n; i++)
		if (!strcmp(guests.names[i], name))
			return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is a guest: 'hostdevctl "
					  "detach-from %s %s' removes devices from it",
					  hd_text_printable(arena, name, MAX_NAME),
					  hd_shell_word(arena, name), run->n_args > 1 ?
					  hd_shell_word(arena, run->args[1]) : "DEVICE");
	return code;
}

enum hd_exit hd_elements_from_refs(struct hd_elements *ret, struct hd_run *run,
				   const struct hd_device_ref *refs, int n, struct hd_error *err)
{
	const struct hd_element_options *options = &run->options->element;
	int rc = hd_element_options_check(options, (size_t)n, err);

	if (rc == 0)
		rc = hd_elements_compose(ret, &run->context.root, run->context.arena, refs, (size_t)n, options,
					 err);
	return rc < 0 ? exit_of(rc) : HD_EXIT_OK;
}

enum hd_exit hd_elements_text(const char **ret, struct hd_run *run,
			      const struct hd_elements *list, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *text = "", *one;

	for (size_t i = 0; i < list->n; i++) {
		if (hd_element_render(&one, arena, &list->items[i],
				      run->options->element.templates, err) < 0)
			return HD_EXIT_HOST;
		text = hd_printf(arena, "%s%s", text, one);
	}
	*ret = text;
	return HD_EXIT_OK;
}

void hd_elements_notes(struct hd_run *run, const struct hd_elements *list)
{
	for (size_t i = 0; i < list->n_notes; i++)
		(void)fprintf(run->notes, "hostdevctl: note: %s\n",
			      hd_text_printable(run->context.arena, list->notes[i], MAX_NOTE));
}

static enum hd_exit choose_sides(struct hd_guest_scope *scope, const struct hd_options *options,
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
	if (hd_guest_state(&ret->guest, arena, run->options->uri, name, err) < 0) {
		if (err->code == -ENOENT)
			hd_suggest_guest(run, name, err);
		return HD_EXIT_HOST;
	}
	ret->word = hd_guest_word(arena, name, ret->guest.uuid);
	return choose_sides(ret, run->options, err);
}
