/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * operands.h - the request, the elements and the guest that the operands and options of a
 * command ask for.
 *
 * A request comes from a guest that libvirt knows, from an XML file, or from device names;
 * without any of them it is empty and the host alone is judged.
 */
#pragma once

#include "act/checked_request.h"
#include "cli/command.h"
#include "element/element.h"
#include "virt/libvirt_calls.h"

/* Checks what the operands and options of the run ask for. Not HD_EXIT_OK: ERR is filled. */
enum hd_exit hd_checked_from_run(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* The request of the guest whose definition is XML, of LENGTH bytes; nothing is collected yet. */
enum hd_exit hd_request_from_xml(struct hd_checked *ret, struct hd_context *context, const char *xml,
				 size_t length, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* The request of the guest that --xml or the first operand names; nothing is collected yet. */
enum hd_exit hd_request_from_guest(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Adds what --allow and --i-know-this-destroys-data say (act/overrides.h) to REQUEST. */
enum hd_exit hd_overrides_add(struct hd_request *request, struct hd_run *run,
			      struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* N names of devices, each as a ref, owned by the run's arena. Not HD_EXIT_OK: ERR is filled. */
enum hd_exit hd_refs_from_names(struct hd_device_ref **ret, struct hd_context *context,
				char *const *names, int n, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/*
 * For a command whose operands are devices alone: if the first one is a guest, ERR points to the
 * command that takes a guest.  Returns CODE.
 */
enum hd_exit hd_point_to_detach_from(struct hd_run *run, enum hd_exit code, struct hd_error *err)
	_nonnull_(1, 3);

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

/* Adds to ERR, which says that NAME is not a guest, which guest of this host it may mean. */
void hd_suggest_guest(struct hd_run *run, const char *name, struct hd_error *err) _nonnull_(1, 2, 3);

struct hd_guest_scope {
	const char *name;		/* as it was given, printable */
	const char *word;		/* the same in a command (hd_guest_word) */
	struct hd_virt_guest guest;
	bool is_live, is_config;	/* at least one */
};

/*
 * The guest that NAME means, and what --live and --config ask for; without them all
 * that it has: its definition, and itself if it runs.  HD_EXIT_USAGE, _REFUSED (it
 * does not run, or has no definition), _HOST (there is no such guest, or libvirt does
 * not answer) with ERR.
 */
enum hd_exit hd_guest_scope_read(struct hd_guest_scope *ret, struct hd_run *run,
				 const char *name, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
