/* SPDX-License-Identifier: GPL-2.0-or-later */
/* configuration_internal.h - what the readers of the formats share. */
#pragma once

#include "scheduler/configuration.h"

#define HD_OBJECT_MAX 100	/* characters of an object's name in a report */

struct hd_configuration_reader {
	struct hd_arena *arena;
	struct hd_error *err;
	struct hd_configuration *ret;
};

/* Each reads the whole text: 0, or a negative errno with the reader's ERR. */
int hd_read_nova(struct hd_configuration_reader *reader, const char *text) _nonnull_(1, 2) _must_check_;
int hd_read_proxmox(struct hd_configuration_reader *reader, const char *text) _nonnull_(1, 2) _must_check_;
int hd_read_kubernetes(struct hd_configuration_reader *reader, const char *text)
	_nonnull_(1, 2) _must_check_;

/* Adds ENTRY, or fails: there are too many. */
int hd_configuration_add(struct hd_configuration_reader *reader, const struct hd_entry *entry)
	_nonnull_(1, 2) _must_check_;

/* Says that the configuration is one of SCHEDULER's, also if it offers nothing. */
void hd_configuration_is_of(struct hd_configuration_reader *reader, const struct hd_scheduler *scheduler)
	_nonnull_(1, 2);

/* "10de:2684", of hexadecimal digits in any case; false: it is not two numbers of up to 16 bits. */
bool hd_entry_id_read(struct hd_entry_id *ret, const char *text) _nonnull_(1) _must_check_;

/* "10de" or "0x10de", up to 16 bits; false: it is not. */
bool hd_entry_hex(unsigned *ret, const char *text) _nonnull_(1) _must_check_;
