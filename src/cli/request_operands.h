/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request_operands.h - the request that the operands and options of a command make.
 *
 * It comes from a guest that libvirt knows, from an XML file, or from device names;
 * without any of them it is empty and the host alone is judged.
 */
#pragma once

#include "act/checked_request.h"
#include "cli/command.h"

/* Checks what the operands and options of the run ask for. Not HD_EXIT_OK: ERR is filled. */
enum hd_exit hd_checked_from_run(struct hd_checked *ret, struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Adds what --allow and --i-know-this-destroys-data say (act/overrides.h) to REQUEST. */
enum hd_exit hd_overrides_add(struct hd_request *request, struct hd_run *run,
			      struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;
