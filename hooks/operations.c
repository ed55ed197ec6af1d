/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * operations.c - which operations of libvirt need us, and what our failure means for the guest.
 *
 * There is nothing to do for stopped, migrate, restore, attach and what libvirt may add.
 */
#include "config.h"

#include <string.h>

#include "hooks/engine.h"

const struct hd_operation hd_operations[HD_OPERATION_MAX] = {
	[HD_OPERATION_PREPARE] = {
		.name = "prepare", .suboperation = "begin", .fails_closed = true,
		.consequence = "not started", .in_doubt = "not started",
	},
	[HD_OPERATION_START] = {
		.name = "start", .suboperation = "begin", .fails_closed = true,
		.consequence = "not started", .in_doubt = "not started",
	},
	[HD_OPERATION_RELEASE] = {
		.name = "release", .suboperation = "end", .needs_journal = true, .gives_back = true,
		.consequence = "devices not given back",
		.in_doubt = "unknown whether it has devices to give back",
	},
	[HD_OPERATION_RECONNECT] = {
		.name = "reconnect", .suboperation = "begin",
		.consequence = "not verified", .in_doubt = "not verified",
	},
	[HD_OPERATION_STARTED] = {
		.name = "started", .suboperation = "begin", .announces = true,
		.consequence = "not given the USB devices that were there before",
		.in_doubt = "not given the USB devices that were there before",
	},
	[HD_OPERATION_FAILED] = {
		.name = "failed", .gives_back = true,
		.consequence = "not explained", .in_doubt = "not explained",
	},
	[HD_OPERATION_LEFT] = {
		.name = "left", .gives_back = true,
		.consequence = "not verified after its end", .in_doubt = "not verified after its end",
	},
};

const struct hd_operation *hd_operation_find(const char *name, const char *suboperation)
{
	for (size_t i = 0; i < HD_OPERATION_MAX; i++) {
		const struct hd_operation *operation = &hd_operations[i];

		if (!strcmp(operation->name, name) &&
		    (!suboperation || (operation->suboperation &&
				       !strcmp(operation->suboperation, suboperation))))
			return operation;
	}
	return NULL;
}
