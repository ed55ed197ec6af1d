/* SPDX-License-Identifier: GPL-2.0-or-later */
/* request_operands.c - which request do the operands and options of a command make? */
#include "config.h"

#include <errno.h>

#include "act/overrides.h"
#include "act/request_devices.h"
#include "base/text.h"
#include "cli/request_operands.h"
#include "inventory/resolve_operands.h"
#include "virt/guest_xml.h"

#define MAX_TITLE 128

static enum hd_exit from_xml(struct hd_checked *ret, struct hd_context *context, const char *xml,
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

	if (run->n_args)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "--xml and an operand cannot be combined");
	if (hd_guest_from_file(&xml, run->context.arena, run->options->xml, err) < 0)
		return HD_EXIT_HOST;
	if (from_xml(ret, &run->context, xml.text, xml.length, err) == HD_EXIT_OK)
		return HD_EXIT_OK;
	hd_wrap(err, "%s", run->options->xml);
	return HD_EXIT_HOST;
}

static enum hd_exit from_libvirt(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_guest_xml xml;

	if (!run->context.root.is_live)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is not a device of this "
				  "host; 'hostdevctl list' shows them. With --sysroot, name a "
				  "guest with --xml FILE",
				  hd_text_printable(arena, run->args[0], MAX_TITLE));
	if (hd_guest_from_libvirt(&xml, arena, run->options->uri, run->args[0], err) < 0)
		return HD_EXIT_HOST;
	return from_xml(ret, &run->context, xml.text, xml.length, err);
}

static enum hd_exit from_operands(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	if (run->options->xml)
		return from_file(ret, run, err);
	if (run->n_args == 1 && !hd_device_is_name(&run->context, run->args[0]))
		return from_libvirt(ret, run, err);
	code = hd_devices_from_names(&run->context, run->args, run->n_args, &refs, &n,
				     err);
	if (code == HD_EXIT_OK)
		hd_checked_from_elements(ret, &run->context, refs, n);
	return code;
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
