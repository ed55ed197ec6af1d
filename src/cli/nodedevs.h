/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedevs.h - the devices of another host, as its libvirt knows them. */
#pragma once

#include "cli/command.h"
#include "inventory/inventory.h"

/* Asks run->options->uri, with a deadline. HD_EXIT_OK, or HD_EXIT_HOST with ERR. */
enum hd_exit hd_nodedevs_read(struct hd_inventory *ret, struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
