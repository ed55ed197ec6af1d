/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message.h - what the kernel, QEMU and libvirt say when a device cannot be
 * passed, and what it means: a table of rows.
 *
 * The messages are those of Linux 6.12, QEMU 10.0 and libvirt 11.3, with older
 * wordings where they are known.  A host may translate those of
 * libvirt; the rows are in English.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/pattern.h"

enum hd_speaker {
	HD_SPEAKER_KERNEL,
	HD_SPEAKER_QEMU,
	HD_SPEAKER_LIBVIRT,
	HD_SPEAKER_TOOL,	/* another program */
	HD_SPEAKER_MAX
};

/*
 * How sure an answer is: programs print many messages for several causes.  Only what has exactly
 * one, as the source of the program proves, is shown as certain; of the others "means" has the most
 * likely cause first, and is shown as usual.
 */
enum hd_message_kind {
	HD_MESSAGE_EVENT,	/* something happened, of several causes */
	HD_MESSAGE_CERTAIN,	/* something happened, of one cause */
	HD_MESSAGE_HARMLESS,	/* a good sign, or nothing to do in any case */
	HD_MESSAGE_HARMLESS_IF,	/* nothing to do under a condition that the remedy names: no all-clear */
	/*
	 * A state of the host that the row's checks show, the first of them best: while
	 * they pass, it is over.
	 */
	HD_MESSAGE_STATE,
	HD_MESSAGE_STATE_SEVERAL,	/* the same, of several causes */
	HD_MESSAGE_FOLLOWS,	/* what follows from another line, which has the cause */
	HD_MESSAGE_GENERAL,	/* the answer of a family (families.h): usual, never certain */
	HD_MESSAGE_KINDS
};

#define HD_MESSAGE_PATTERNS 4
#define HD_MESSAGE_CHECKS 6

struct hd_message {
	const char *id;		/* "qemu-group-not-viable": never changed or reused, not a check's */
	enum hd_speaker speaker;
	/* One of them is enough (pattern.h); the first is the newest wording. */
	const char *patterns[HD_MESSAGE_PATTERNS];
	/*
	 * For people. {NAME} stands for the value of that field, or for the name in
	 * capitals where the message has none. A part in double brackets, "[[ {NAME}]]", is left out then.
	 */
	const char *means;
	const char *remedy;
	/* Ids of the checks that show it on a host, or tell its causes apart, in their order. */
	const char *checks[HD_MESSAGE_CHECKS];
	enum hd_message_kind kind;
};

/* The tables, each ended by a row without an id. */
extern const struct hd_message hd_messages_vfio[], hd_messages_pci[], hd_messages_iommu[];
extern const struct hd_message hd_messages_qemu[], hd_messages_libvirt[], hd_messages_tool[];
extern const struct hd_message hd_messages_vgpu[], hd_messages_shell[], hd_messages_module[];
extern const struct hd_message hd_messages_amdgpu[], hd_messages_nvidia[];
extern const struct hd_message hd_messages_proxmox[], hd_messages_security[];
extern const struct hd_message hd_messages_vf[], hd_messages_kubernetes[];
extern const struct hd_message hd_messages_domain[], hd_messages_usb_nvme[], hd_messages_fault[];
extern const struct hd_message hd_messages_start[], hd_messages_memory[], hd_messages_xen[];
extern const struct hd_message hd_messages_program[], hd_messages_device[], hd_messages_driver[];
extern const struct hd_message hd_messages_windows[], hd_messages_xid[];
extern const struct hd_message hd_messages_host[], hd_messages_serial[], hd_messages_cluster[];
extern const struct hd_message hd_messages_hypervisor[], hd_messages_storage[], hd_messages_machine[];
extern const struct hd_message hd_messages_netcard[], hd_messages_intel[], hd_messages_display[];
extern const struct hd_message hd_messages_compute[], hd_messages_dpdk[], hd_messages_harmless[];

/* Do the checks of MESSAGE show all that it reports? */
static inline bool hd_message_is_state(const struct hd_message *message)
{
	return message->kind == HD_MESSAGE_STATE || message->kind == HD_MESSAGE_STATE_SEVERAL;
}

/* Is there nothing to do, at least under the condition that its remedy names? */
static inline bool hd_message_is_harmless(const struct hd_message *message)
{
	return message->kind == HD_MESSAGE_HARMLESS || message->kind == HD_MESSAGE_HARMLESS_IF;
}

/* How sure is what MESSAGE means, for people: "", "usually: ", "in general: " or "harmless on a condition: ". */
const char *hd_message_sureness(const struct hd_message *message) _nonnull_(1) _returns_nonnull_;

/* All rows, in order of the tables: *AT from 0; NULL at the end. */
const struct hd_message *hd_message_next(size_t *at) _nonnull_(1);

/* By id, or NULL. */
const struct hd_message *hd_message_find(const char *id) _nonnull_(1);

/* Is LINE about a mediated device, and ROW about a function alone?  Their groups and drivers differ. */
bool hd_message_is_of_other_kind(const struct hd_message *row, const char *line) _nonnull_(1, 2);

const char *hd_speaker_name(enum hd_speaker speaker);	/* "kernel", "QEMU", "libvirt", "tool" */

/* The words that the patterns begin with, by their first bytes: what most lines lack. */
struct hd_message_starts;

struct hd_message_starts *hd_message_starts_new(struct hd_arena *arena)
	_nonnull_(1) _returns_nonnull_;

/* The end of the pattern that ends last, of those that begin in the first LENGTH bytes; 0: none. */
size_t hd_message_end(const struct hd_message_starts *starts, const char *text, size_t length)
	_nonnull_(1, 2);

struct hd_message_match {
	const struct hd_message *message;
	struct hd_fields fields;	/* "address" also where it stands beside the pattern */
	size_t end;			/* where in the line the pattern ends */
	size_t weight;			/* the more, the more specific */
};

/* The part of a text where the conditions of patterns are looked for: a line and those before. */
struct hd_message_near {
	const char *text;
	size_t length;
};

/*
 * The rows that match LINE, owned by ARENA; returns how many.  The first is the one that
 * ends last, as the reason does ("cannot do A: cannot do B: no memory"), and of those with
 * the same end the most specific.  Patterns with a condition need it met in NEAR, or if that
 * is NULL in LINE.
 * Only the first HD_PATTERN_LINE_MAX bytes of a line count.
 */
size_t hd_message_match(const char *line, const struct hd_message_near *near, struct hd_arena *arena,
			struct hd_message_match **ret) _nonnull_(1, 3, 4);

/* The same, but it looks only at the rows that STARTS finds in LINE: of most lines at none. */
size_t hd_message_match_starts(const struct hd_message_starts *starts, const char *line,
			       const struct hd_message_near *near, struct hd_arena *arena,
			       struct hd_message_match **ret) _nonnull_(1, 2, 4, 5);

/* The remedy of MESSAGE with the values of FIELDS; where it needs an address that they lack, how to find it. */
const char *hd_message_remedy(const struct hd_message *message, const struct hd_fields *fields,
			      struct hd_arena *arena) _nonnull_(1, 2, 3) _returns_nonnull_;

/* TEXT (a row's means or remedy, or a pattern) with the values of FIELDS. */
const char *hd_message_fill(const char *text, const struct hd_fields *fields,
			    struct hd_arena *arena) _nonnull_(1, 2, 3) _returns_nonnull_;
