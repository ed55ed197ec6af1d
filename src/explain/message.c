/* SPDX-License-Identifier: GPL-2.0-or-later */
/* message.c - which rows of the tables match a line of a log? */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "explain/audit.h"
#include "explain/message.h"
#include "explain/subject.h"

#define VALUE_SHOWN 200

static const struct hd_message *const tables[] = {
	hd_messages_vfio, hd_messages_pci, hd_messages_iommu, hd_messages_qemu,
	hd_messages_libvirt, hd_messages_tool, hd_messages_vgpu,
	hd_messages_shell, hd_messages_module, hd_messages_amdgpu, hd_messages_nvidia,
	hd_messages_proxmox, hd_messages_security, hd_messages_vf, hd_messages_kubernetes,
	hd_messages_domain, hd_messages_usb_nvme, hd_messages_fault, hd_messages_start,
	hd_messages_memory, hd_messages_xen, hd_messages_program, hd_messages_device, hd_messages_driver,
	hd_messages_windows, hd_messages_xid, hd_messages_host, hd_messages_serial, hd_messages_cluster,
	hd_messages_hypervisor, hd_messages_storage, hd_messages_machine, hd_messages_netcard, hd_messages_intel,
	hd_messages_display, hd_messages_compute, hd_messages_dpdk, hd_messages_harmless,
};

const struct hd_message *hd_message_next(size_t *at)
{
	size_t skip = *at;

	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++)
		for (const struct hd_message *row = tables[i]; row->id; row++) {
			if (skip-- > 0)
				continue;
			++*at;
			return row;
		}
	return NULL;
}

const struct hd_message *hd_message_find(const char *id)
{
	const struct hd_message *row;

	for (size_t at = 0; (row = hd_message_next(&at));)
		if (!strcmp(row->id, id))
			break;
	return row;
}

bool hd_message_is_of_other_kind(const struct hd_message *row, const char *line)
{
	static const char *const words[] = { "mdev", "mediated", "vGPU", "uuid" };

	if (!hd_subject_is_mediated(line))
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (strstr(row->means, words[i]) || strstr(row->remedy, words[i]))
			return false;
	return strstr(row->means, "vfio-pci") || strstr(row->remedy, "vfio-pci") || strstr(row->remedy, "{address}");
}

const char *hd_speaker_name(enum hd_speaker speaker)
{
	static const char *const names[HD_SPEAKER_MAX] = {
		[HD_SPEAKER_KERNEL] = "kernel",
		[HD_SPEAKER_QEMU] = "QEMU",
		[HD_SPEAKER_LIBVIRT] = "libvirt",
		[HD_SPEAKER_TOOL] = "tool",
	};

	return (size_t)speaker < HD_SPEAKER_MAX ? names[speaker] : "unknown";
}

const char *hd_message_sureness(const struct hd_message *message)
{
	static const char *const words[HD_MESSAGE_KINDS] = {
		[HD_MESSAGE_EVENT] = "usually: ",
		[HD_MESSAGE_STATE_SEVERAL] = "usually: ",
		[HD_MESSAGE_GENERAL] = "in general: ",
		[HD_MESSAGE_HARMLESS_IF] = "harmless on a condition: ",
	};

	return words[message->kind] ? words[message->kind] : "";
}

#define KEY_LENGTH 3		/* no pattern begins with fewer literal bytes */
#define KEYS 4096
#define KEY_SHIFT 20		/* of 32 bits, 12 are left */
#define CANDIDATES_MAX 16

struct start {
	const struct start *next;	/* of the same key */
	const struct hd_message *row;
	const char *literal;
	size_t length;
};

struct hd_message_starts {
	const struct start *by_key[KEYS];
};

/* AT has KEY_LENGTH bytes. */
static size_t key_of(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;

	return (byte[0] * 0x9e3779b1u + byte[1] * 0x85ebca6bu + byte[2] * 0xc2b2ae35u) >> KEY_SHIFT;
}

struct hd_message_starts *hd_message_starts_new(struct hd_arena *arena)
{
	struct hd_message_starts *ret = hd_alloc(arena, sizeof(*ret));
	const struct hd_message *row;

	for (size_t at = 0; (row = hd_message_next(&at));)
		for (size_t i = 0; i < HD_MESSAGE_PATTERNS && row->patterns[i]; i++) {
			struct start *start = hd_alloc(arena, sizeof(*start));
			const struct start **first = &ret->by_key[key_of(row->patterns[i])];

			start->next = *first;
			start->row = row;
			start->literal = row->patterns[i];
			start->length = strcspn(start->literal, "{");
			*first = start;
		}
	return ret;
}

size_t hd_message_end(const struct hd_message_starts *starts, const char *text, size_t length)
{
	struct hd_arena scratch = { 0 };
	size_t best = 0;

	for (size_t at = 0; at < length && text[at] && text[at + 1] && text[at + 2]; at++)
		for (const struct start *start = starts->by_key[key_of(text + at)]; start;
		     start = start->next) {
			size_t own = strncmp(text + at, start->literal, start->length) != 0 ? 0 :
				     hd_pattern_length(start->literal, text + at, &scratch);

			if (own && at + own > best)
				best = at + own;
		}
	hd_arena_done(&scratch);
	return best;
}

/* The innermost reason first. */
static int by_end(const void *a, const void *b)
{
	const struct hd_message_match *x = a, *y = b;

	if (x->end != y->end)
		return x->end < y->end ? 1 : -1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return strcmp(x->message->id, y->message->id);
}

struct matches {
	struct hd_arena *arena;
	const char *line;	/* cut */
	const struct hd_message_near *near;	/* or NULL */
	struct hd_message_match *items;
	size_t n;
};

/* The length of the longest of TEXTS ("a|b}") that is near the line; 0: none. */
static size_t near_length(const struct matches *matches, const char *texts)
{
	const struct hd_message_near *near = matches->near;
	const char *where = near ? hd_strndup(matches->arena, near->text, near->length) : matches->line;
	size_t best = 0, length;

	for (; *texts && *texts != '}'; texts += length + (texts[length] == '|')) {
		const char *text;

		length = strcspn(texts, "|}");
		text = hd_strndup(matches->arena, texts, length);
		if (length > best && (strcasestr(where, text) ||
		    (!strcmp(text, "address") && hd_subject_address(where, matches->arena))))
			best = length;
	}
	return best;
}

/* How specific is PATTERN, whose condition counts if it is met?  0: it is not. */
static size_t pattern_weight(const struct matches *matches, const char *pattern)
{
	const char *near = hd_pattern_near(pattern);
	size_t length = near ? near_length(matches, near) : 0;

	return near && !length ? 0 : hd_pattern_literals(pattern) + length;
}

/* The row's heaviest pattern that matches the line; without a message if none does. */
static struct hd_message_match match_row(const struct hd_message *row, const struct matches *matches)
{
	struct hd_message_match best = { .message = NULL };

	for (size_t i = 0; i < HD_MESSAGE_PATTERNS && row->patterns[i]; i++) {
		struct hd_fields fields;
		size_t end = hd_pattern_match(row->patterns[i], matches->line, matches->arena, &fields);
		size_t weight = end ? pattern_weight(matches, row->patterns[i]) : 0;

		if (weight > best.weight)
			best = (struct hd_message_match){ row, fields, end, weight };
	}
	return best;
}

static void add_match(struct matches *matches, const struct hd_message *row)
{
	struct hd_message_match match = match_row(row, matches);
	const char *address;

	if (!match.message)
		return;
	address = hd_field_value(&match.fields, "address") ? NULL :
		  hd_subject_address(matches->line, matches->arena);
	if (address)
		(void)hd_field_add(&match.fields, "address", address);
	if (strstr(row->means, "{denial}"))
		hd_audit_fields(&match.fields, matches->line, matches->arena);
	hd_push(matches->arena, &matches->items, &matches->n, match);
}

static size_t sort_matches(const struct matches *matches, struct hd_message_match **ret)
{
	if (matches->n)
		qsort(matches->items, matches->n, sizeof(*matches->items), by_end);
	*ret = matches->items;
	return matches->n;
}

size_t hd_message_match(const char *line, const struct hd_message_near *near, struct hd_arena *arena,
			struct hd_message_match **ret)
{
	struct matches matches = { arena, hd_strndup(arena, line, HD_PATTERN_LINE_MAX), near, NULL, 0 };
	const struct hd_message *row;

	for (size_t at = 0; (row = hd_message_next(&at));)
		add_match(&matches, row);
	return sort_matches(&matches, ret);
}

/* The rows that have a start in LINE, each once; SIZE_MAX: too many to be worth it. */
static size_t find_candidates(const struct hd_message_starts *starts, const char *line,
			      const struct hd_message *ret[CANDIDATES_MAX])
{
	size_t n = 0, i;

	for (; line[0] && line[1] && line[2]; line++)
		for (const struct start *start = starts->by_key[key_of(line)]; start;
		     start = start->next) {
			if (strncmp(line, start->literal, start->length) != 0)
				continue;
			for (i = 0; i < n && ret[i] != start->row;)
				i++;
			if (i == CANDIDATES_MAX)
				return SIZE_MAX;
			ret[i] = start->row;
			n += i == n;
		}
	return n;
}

size_t hd_message_match_starts(const struct hd_message_starts *starts, const char *line,
			       const struct hd_message_near *near, struct hd_arena *arena,
			       struct hd_message_match **ret)
{
	struct matches matches = { arena, hd_strndup(arena, line, HD_PATTERN_LINE_MAX), near, NULL, 0 };
	const struct hd_message *candidates[CANDIDATES_MAX];
	size_t n = find_candidates(starts, matches.line, candidates);

	if (n == SIZE_MAX)
		return hd_message_match(line, near, arena, ret);
	for (size_t i = 0; i < n; i++)
		add_match(&matches, candidates[i]);
	return sort_matches(&matches, ret);
}

/* The value of the field, for people; its name in capitals if the message has none. */
static const char *shown(const struct hd_fields *fields, const char *name,
			 struct hd_arena *arena)
{
	const char *value = hd_field_value(fields, name);
	char *upper;

	if (value)
		return hd_text_printable(arena, value, VALUE_SHOWN);
	upper = hd_strdup(arena, name);
	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return upper;
}

/* "group" of "number:group", as a pattern has it; "": a condition, which has no value. */
static const char *name_of(const char *field)
{
	const char *colon = strchr(field, ':');

	if (hd_text_starts_with(field, "near:"))
		return "";
	return colon ? colon + 1 : field;
}

#define OPTION "[["
#define OPTION_END "]]"

/* Has the part that begins AT, up to its end, a field without a value? */
static bool lacks_field(const char *at, const char *end, const struct hd_fields *fields, struct hd_arena *arena)
{
	while ((at = memchr(at, '{', (size_t)(end - at)))) {
		size_t length = strcspn(++at, "}");

		if (!hd_field_value(fields, name_of(hd_strndup(arena, at, length))))
			return true;
	}
	return false;
}

/* TEXT without the parts in double brackets of which FIELDS lacks something, and without those brackets. */
static const char *options_of(const char *text, const struct hd_fields *fields, struct hd_arena *arena)
{
	const char *ret = "", *at, *end;

	while ((at = strstr(text, OPTION)) && (end = strstr(at, OPTION_END))) {
		const char *inner = at + strlen(OPTION);
		bool is_left_out = lacks_field(inner, end, fields, arena);

		ret = hd_printf(arena, "%s%.*s%.*s", ret, (int)(at - text), text,
				is_left_out ? 0 : (int)(end - inner), inner);
		text = end + strlen(OPTION_END);
	}
	return hd_printf(arena, "%s%s", ret, text);
}

const char *hd_message_fill(const char *text, const struct hd_fields *fields,
			    struct hd_arena *arena)
{
	const char *filled = "";

	text = options_of(text, fields, arena);

	while (*text) {
		size_t literal = strcspn(text, "{"), name;

		filled = hd_printf(arena, "%s%.*s", filled, (int)literal, text);
		text += literal;
		if (!*text)
			break;
		text++;
		name = strcspn(text, "}");
		filled = hd_printf(arena, "%s%s", filled,
				   shown(fields, name_of(hd_strndup(arena, text, name)), arena));
		text += name;
		text += *text == '}';
	}
	return filled;
}

#define CHECK_ADDRESS "hostdevctl check {address}"

const char *hd_message_remedy(const struct hd_message *message, const struct hd_fields *fields,
			      struct hd_arena *arena)
{
	const char *text = options_of(message->remedy, fields, arena);
	const char *needs = hd_field_value(fields, "address") ? NULL : strstr(text, "{address}");
	const char *check = needs ? strstr(text, CHECK_ADDRESS) : NULL;

	if (check)
		text = hd_printf(arena, "%.*sfind the device with 'hostdevctl list --long', then %s",
				 (int)(check - text), text, check);
	if (!hd_field_value(fields, "guest") && strstr(text, "{guest}"))
		text = hd_printf(arena, "%s ('%s' shows GUEST)", text,
				 strstr(text, "qm ") ? "qm list" : "virsh list --all");
	text = hd_message_fill(text, fields, arena);
	return needs && !check ?
	       hd_printf(arena, "%s ('hostdevctl list --long' shows ADDRESS)", text) : text;
}
