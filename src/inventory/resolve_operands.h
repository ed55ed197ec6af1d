/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_operands.h - which devices the operands of a command name. */
#pragma once

#include "base/context.h"
#include "base/did_you_mean.h"
#include "base/exit.h"
#include "inventory/resolve.h"

/*
 * The device that TEXT names (inventory/resolve.h), owned by the context's arena.
 * HD_EXIT_USAGE with ERR: it does not name a device, or names several;
 * HD_EXIT_HOST: the host has no such device, or cannot be read.
 */
enum hd_exit hd_device_resolve(struct hd_device_ref *ret, const struct hd_context *context,
			       const char *text, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/*
 * Offers the interfaces and nodes of the host to NEAREST.  An address is not corrected: what is like it is
 * another device.
 */
void hd_offer_devices(struct hd_nearest *nearest, const struct hd_context *context) _nonnull_(1, 2);

/* As hd_device_resolve(); ERR names what is most like TEXT, of these or of what NEAREST was offered before. */
enum hd_exit hd_device_resolve_or(struct hd_device_ref *ret, const struct hd_context *context,
				  const char *text, struct hd_nearest *nearest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * All names as devices, in their order and once each; two namespaces of one
 * NVMe controller are two.
 */
enum hd_exit hd_devices_from_names(struct hd_context *context, char *const *names, int n_names,
				   struct hd_device_ref **ret, size_t *ret_n, struct hd_error *err)
	_nonnull_(1, 4, 5, 6) _must_check_;

/*
 * The same for a command that changes drivers: PCI functions, once each.  For
 * another device ERR says why there is nothing to change, and what to do instead.
 */
enum hd_exit hd_functions_from_names(struct hd_context *context, char *const *names, int n_names,
				     struct hd_device_ref **ret, size_t *ret_n,
				     struct hd_error *err) _nonnull_(1, 4, 5, 6) _must_check_;

/* Does a guest's entry ask for the same device, maybe by another name? */
bool hd_device_is_asked(const struct hd_context *context, const struct hd_hostdev *dev,
			const struct hd_device_ref *ref) _nonnull_(1, 2, 3);

/*
 * The subject that the findings of REQUEST have for what --allow names:
 * a device by any of its names, or the subject's own words, which are kept.
 * HD_EXIT_USAGE with ERR if several devices have this name.
 */
enum hd_exit hd_device_subject(const char **ret, const struct hd_context *context,
			       const struct hd_request *request, const char *text,
			       struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;
