/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remote_devices.h - the devices of another host, as its libvirt knows them. */
#pragma once

#include "base/exit.h"
#include "inventory/inventory.h"

/* Asks URI, with a deadline. HD_EXIT_OK, or HD_EXIT_HOST with ERR. */
enum hd_exit hd_remote_devices_read(struct hd_inventory *ret, struct hd_arena *arena, const char *uri,
				    struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
