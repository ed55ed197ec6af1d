/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usb_loss.h - what would be lost with a USB device, or with all that hangs on a controller. */
#pragma once

#include "check/checks.h"

/* Several judgements of one subject: the worst of them, all evidence, all remedies. */
struct hd_sum {
	const struct hd_subject *subject;
	struct hd_result *ret;
	enum hd_verdict verdict;	/* starts as HD_PASS */
	enum hd_severity severity;	/* starts as HD_NOTE */
	const char *remedies;
};

/* What a part of the sum starts with. */
static inline struct hd_result hd_part(void)
{
	return (struct hd_result){ .severity = HD_ERROR };
}

/* Adds one; evidence and remedy of one that passes or is skipped do not count. */
void hd_sum_add(struct hd_sum *sum, enum hd_verdict verdict, const struct hd_result *part)
	_nonnull_(1, 3);

/* Puts the sum into its result; returns the verdict. */
enum hd_verdict hd_sum_end(struct hd_sum *sum) _nonnull_(1);

/* What of the same request has PATH below it, and goes: a function (also a companion), a USB device; or NULL. */
const struct hd_pci_facts *hd_function_that_goes(const struct hd_subject *subject, const char *path)
	_nonnull_(1, 2);
const struct hd_usb_facts *hd_usb_that_goes(const struct hd_subject *subject, const char *path)
	_nonnull_(1, 2);

/* Does no running guest have a SCSI device below PATH?  What goes takes it along. */
enum hd_verdict hd_judge_scsi_guests(const struct hd_subject *subject, const char *path,
				     struct hd_result *ret) _nonnull_(1, 2, 3);

/*
 * Does another keyboard and another pointer stay, if those below PATH go?  A note in a hand-over: a
 * desktop that ends needs neither.
 */
enum hd_verdict hd_judge_inputs(const struct hd_subject *subject, const char *path,
				struct hd_result *ret) _nonnull_(1, 2, 3);

/* Does no other running guest have a USB device below PATH (or that at PATH)? */
enum hd_verdict hd_judge_usb_guests(const struct hd_subject *subject, const char *path,
				    struct hd_result *ret) _nonnull_(1, 2, 3);

/* The finding that the kernel writes its messages to CONSOLE: evidence and remedy. */
enum hd_verdict hd_judge_console(const struct hd_subject *subject, const struct hd_console *console,
				 struct hd_result *ret) _nonnull_(1, 2, 3);

/*
 * Does the guest, which runs already, have what it asks for here?  USB device,
 * serial line, mediated or SCSI device: then its own QEMU uses it.
 */
bool hd_is_own_device(const struct hd_subject *subject) _nonnull_(1);

/* What ends a running guest, also one whose system ignores a shutdown. */
const char *hd_end_guest(struct hd_arena *arena, const char *name, const char *uuid)
	_nonnull_(1, 2, 3);

/* The finding that GUEST, which runs, has it: evidence and remedy. */
enum hd_verdict hd_tell_guest(const struct hd_subject *subject, struct hd_result *ret,
			      const struct hd_guest_device *guest, const char *what)
	_nonnull_(1, 2, 3, 4);
