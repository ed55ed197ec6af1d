/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record.h - the words and sums of the lines of our own files: journals, keepers, manifests. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macro.h"

/* CRC-32 of TEXT, begun with the sum of the line before; 0 for the first. */
uint32_t hd_record_sum(uint32_t before, const char *text, size_t length) _nonnull_(2);

/* TEXT encoded into BUF (whole characters, cut to fit); returns BUF. */
char *hd_record_encode(char *buf, size_t size, const char *text)
	_nonnull_(1, 3) _returns_nonnull_;

/*
 * Takes TEXT apart at blanks, in place: exactly N words, the first of which is FORMAT; false for
 * anything else.
 */
bool hd_record_words(char *words[], size_t n, char *text, const char *format)
	_nonnull_(1, 3, 4) _must_check_;

/* In place. False for an encoding that hd_record_encode() does not make. */
bool hd_record_decode(char *text) _nonnull_(1) _must_check_;
