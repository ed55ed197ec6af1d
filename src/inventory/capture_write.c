/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_write.c - a capture as text that can be reviewed. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "inventory/capture.h"
#include "inventory/capture_read.h"

static void put_escaped(FILE *out, const struct hd_captured *item)
{
	const char *at = item->value;

	for (size_t left = item->length, n; left; at += n, left -= n) {
		int c = hd_utf8_next(at, left, &n);

		if (c == '\n' || c == '\t' || c == '\\')
			(void)fprintf(out, "\\%c", c == '\n' ? 'n' : c == '\t' ? 't' : '\\');
		else if (hd_char_is_shown(c))
			(void)fwrite(at, 1, n, out);
		else
			for (size_t i = 0; i < n; i++)
				(void)fprintf(out, "\\x%02x", (unsigned char)at[i]);
	}
}

/* A target has no escapes. */
static void put_plain(FILE *out, const struct hd_captured *item)
{
	(void)fwrite(item->value, 1, item->length, out);
}

static void put_hex(FILE *out, const struct hd_captured *item)
{
	for (size_t i = 0; i < item->length; i++)
		(void)fprintf(out, "%s%02x", i ? " " : "", (unsigned char)item->value[i]);
}

static void put_entry(FILE *out, const struct hd_captured *item)
{
	static const struct {
		const char *sign;
		void (*put)(FILE *out, const struct hd_captured *item);
	} forms[] = {
		[HD_CAPTURED_TEXT] = { "=", put_escaped },
		[HD_CAPTURED_SCRIPT] = { "!", put_escaped },
		[HD_CAPTURED_BYTES] = { ":", put_hex },
		[HD_CAPTURED_LINK] = { "->", put_plain },
	};

	(void)fprintf(out, "%s %s ", item->name, forms[item->kind].sign);
	forms[item->kind].put(out, item);
	(void)fputc('\n', out);
}

int hd_tree_write(FILE *out, const struct hd_capture *capture, const char *title)
{
	const char *dir = NULL;

	(void)fprintf(out, HD_TREE_BEGIN "%s\n", title);
	for (size_t i = 0; i < capture->n; i++) {
		const struct hd_captured *item = &capture->items[i];

		if (!dir || strcmp(dir, item->dir) != 0)
			(void)fprintf(out, "\n@ %s\n", item->dir);
		dir = item->dir;
		if (item->name)
			put_entry(out, item);
	}
	(void)fputs("\n" HD_TREE_END "\n", out);
	return ferror(out) ? -EIO : 0;
}
