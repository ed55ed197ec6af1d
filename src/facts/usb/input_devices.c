/* SPDX-License-Identifier: GPL-2.0-or-later */
/* input_devices.c - which keyboards and pointers does the host have, and where? */
#include "config.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/usb/input_devices.h"

#define INPUT "sys/class/input"
#define MAX_NAME 80
#define MAX_WORDS 16	/* KEY_CNT is 768 bits, 12 words of 64 */
#define WORD_BITS 64

/* A bitmap of the kernel: words in hex, the highest first. */
struct bits {
	uint64_t words[MAX_WORDS];	/* the lowest first */
	size_t n;
};

struct reader {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const char *event;
};

static void read_bits(struct bits *ret, const struct reader *r, const char *file)
{
	uint64_t word;
	const char *text;
	char *end;
	size_t n = 0;
	uint64_t words[MAX_WORDS];

	*ret = (struct bits){ .n = 0 };
	if (hd_sysroot_text(r->root, r->arena, &text, INPUT "/%s/device/capabilities/%s",
			    r->event, file) <= 0)
		return;
	for (; n < MAX_WORDS; n++, text = end) {
		word = strtoull(text, &end, 16);
		if (end == text)
			break;
		words[n] = word;
	}
	for (size_t i = 0; i < n; i++)
		ret->words[i] = words[n - 1 - i];
	ret->n = n;
}

static bool has_bit(const struct bits *bits, unsigned bit)
{
	return bit / WORD_BITS < bits->n &&
	       (bits->words[bit / WORD_BITS] >> bit % WORD_BITS & 1);
}

static bool has_range(const struct bits *bits, unsigned from, unsigned to)
{
	for (unsigned bit = from; bit <= to; bit++)
		if (!has_bit(bits, bit))
			return false;
	return true;
}

static bool is_keyboard(const struct bits *keys)
{
	return has_range(keys, KEY_Q, KEY_P) && has_range(keys, KEY_A, KEY_L) &&
	       has_range(keys, KEY_Z, KEY_M);
}

/* A mouse moves; a tablet or touchpad has a place. */
static bool is_pointer(const struct reader *r, const struct bits *keys)
{
	struct bits rel, abs;

	if (!has_bit(keys, BTN_LEFT) && !has_bit(keys, BTN_TOUCH))
		return false;
	read_bits(&rel, r, "rel");
	read_bits(&abs, r, "abs");
	return (has_bit(&rel, REL_X) && has_bit(&rel, REL_Y)) ||
	       (has_bit(&abs, ABS_X) && has_bit(&abs, ABS_Y));
}

/* The directory itself, without the link of the class. */
static const char *path_of(const struct reader *r)
{
	const char *link, *at;

	if (hd_sysroot_link(r->root, r->arena, &link, INPUT "/%s", r->event) < 0)
		return NULL;
	for (at = link; hd_text_starts_with(at, "../");)
		at += strlen("../");
	if (strstr(at, "../") || !hd_text_starts_with(at, "devices/"))
		return NULL;
	return hd_printf(r->arena, "sys/%s", at);
}

/* LENGTH of the path is the interface's directory. */
static void read_driver(struct hd_input_dev *input, const struct reader *r, int length)
{
	const char *driver;

	if (hd_sysroot_link_base(r->root, r->arena, &driver, "%.*s/driver", length,
				 input->path) == 0)
		input->driver = hd_text_printable(r->arena, driver, MAX_NAME);
}

/* The first part of the path that is a USB interface: "1-1.2:1.0", and its driver. */
static void find_interface(struct hd_input_dev *input, const struct reader *r)
{
	const char *at = strstr(input->path, "/usb");

	while (at && (at = strchr(at + 1, '/'))) {
		size_t length = strcspn(at + 1, "/");
		const char *part = hd_strndup(r->arena, at + 1, length);

		if (strchr(part, '-') && strchr(part, ':') &&
		    strspn(part, "0123456789-.:") == length) {
			input->interface = part;
			read_driver(input, r, (int)(at + 1 + length - input->path));
			return;
		}
	}
}

static void read_event(struct hd_input_list *list, const struct reader *r)
{
	struct hd_input_dev input = { .event = r->event, .path = path_of(r) };
	struct bits keys;
	const char *name;

	if (!input.path || hd_text_starts_with(input.path, "sys/devices/virtual/"))
		return;
	read_bits(&keys, r, "key");
	input.is_keyboard = is_keyboard(&keys);
	input.is_pointer = is_pointer(r, &keys);
	if (!input.is_keyboard && !input.is_pointer)
		return;
	input.name = hd_sysroot_text(r->root, r->arena, &name, INPUT "/%s/device/name",
				     r->event) > 0 ?
			     hd_text_printable(r->arena, name, MAX_NAME) :
			     r->event;
	find_interface(&input, r);
	hd_push(r->arena, &list->items, &list->n, input);
}

int hd_input_list_read(struct hd_input_list *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
{
	struct hd_input_list list = { .n = 0 };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, INPUT);

	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read %s: %s", INPUT, strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		const struct reader r = { root, arena, names[i] };

		if (hd_text_starts_with(names[i], "event"))
			read_event(&list, &r);
	}
	*ret = list;
	return 0;
}
