/* SPDX-License-Identifier: GPL-2.0-or-later */
/* elements.c - the elements that a command's devices and options ask for. */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "cli/elements.h"
#include "inventory/resolve_operands.h"

#define MAX_NOTE 600

/* What is wrong with the question, with the device, or with the host. */
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
