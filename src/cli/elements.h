/* SPDX-License-Identifier: GPL-2.0-or-later */
/* elements.h - the elements that a command's devices and options ask for. */
#pragma once

#include "cli/command.h"
#include "element/element.h"

/* N names of devices, each as a ref, owned by the run's arena. Not HD_EXIT_OK: ERR is filled. */
enum hd_exit hd_refs_from_names(struct hd_device_ref **ret, struct hd_context *context,
				char *const *names, int n, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* Their elements, as run->options->element asks for them; nothing has a place yet. */
enum hd_exit hd_elements_from_refs(struct hd_elements *ret, struct hd_run *run,
				   const struct hd_device_ref *refs, int n, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/*
 * The XML of all elements, one after the other, owned by the run's arena:
 * all of it, or an error and nothing.
 */
enum hd_exit hd_elements_text(const char **ret, struct hd_run *run,
			      const struct hd_elements *list, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* What the person should know, on standard error: the output stays XML. */
void hd_elements_notes(struct hd_run *run, const struct hd_elements *list) _nonnull_(1, 2);
