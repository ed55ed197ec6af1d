/* SPDX-License-Identifier: GPL-2.0-or-later */
/* journal_text.c - how texts are written into a journal, and who may own one. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "run/journal_text.h"

#define CRC32_POLYNOMIAL 0xedb88320u	/* IEEE 802.3, reflected */

const char *const hd_journal_events[HD_EVENT_MAX] = {
	[HD_EVENT_INTENT] = "intent",
	[HD_EVENT_DONE] = "done",
	[HD_EVENT_FAILED] = "failed",
	[HD_EVENT_UNDO] = "undo",
	[HD_EVENT_UNDONE] = "undone",
	[HD_EVENT_STUCK] = "stuck",
};

const char *const hd_journal_owners[2] = {
	[HD_OWNER_GUEST] = "guest",
	[HD_OWNER_ADMIN] = "admin",
};

static const char hex_digits[] = "0123456789ABCDEF";

uint32_t hd_journal_sum(uint32_t before, const char *text, size_t length)
{
	uint32_t sum = ~before;

	for (size_t i = 0; i < length; i++) {
		sum ^= (unsigned char)text[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? CRC32_POLYNOMIAL : 0);
	}
	return ~sum;
}

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr("-_.:/*+,=@", c));
}

char *hd_journal_encode(char *buf, size_t size, const char *text)
{
	size_t used = 0;

	if (!*text && size > 1)
		buf[used++] = '%';
	for (; *text && used + (is_plain(*text) ? 1 : 3) < size; text++) {
		if (is_plain(*text)) {
			buf[used++] = *text;
			continue;
		}
		buf[used++] = '%';
		buf[used++] = hex_digits[(unsigned char)*text >> 4];
		buf[used++] = hex_digits[*text & 15];
	}
	buf[used] = '\0';
	return buf;
}

static int hex_value(char c)
{
	const char *at = c ? strchr(hex_digits, c) : NULL;

	return at ? (int)(at - hex_digits) : -1;
}

/* The byte that "%XX" stands for; -1 if it would have been written as itself, or not at all. */
static int escaped(const char *at)
{
	int high = hex_value(at[1]);
	int low = high < 0 ? -1 : hex_value(at[2]);
	int value = high * 16 + low;

	return low < 0 || !value || is_plain((char)value) ? -1 : value;
}

bool hd_journal_decode(char *text)
{
	char *to = text;

	if (!*text)
		return false;
	if (!strcmp(text, "%")) {
		*text = '\0';
		return true;
	}
	for (const char *at = text; *at; at++) {
		int value = *at == '%' ? escaped(at) : *at;

		if (*at == '%')
			at += 2;
		else if (!is_plain(*at))
			return false;
		if (value < 0)
			return false;
		*to++ = (char)value;
	}
	*to = '\0';
	return true;
}

bool hd_journal_key_is_valid(enum hd_owner owner, const char *key)
{
	char uuid[37], name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (owner == HD_OWNER_GUEST)
		return hd_text_uuid(key, uuid) && !strcmp(uuid, key);
	return hd_pci_addr_parse(key, &addr) && !strcmp(hd_pci_addr_format(&addr, name), key);
}

int hd_journal_id_guest(struct hd_journal_id *ret, const char *uuid, const char *name)
{
	struct hd_journal_id id = { .owner = HD_OWNER_GUEST, .name = name };
	char key[37];

	if (!hd_text_uuid(uuid, key))
		return -EINVAL;
	memcpy(id.key, key, sizeof(key));
	*ret = id;
	return 0;
}

void hd_journal_id_admin(struct hd_journal_id *ret, const struct hd_pci_addr *addr)
{
	struct hd_journal_id id = { .owner = HD_OWNER_ADMIN, .name = "" };
	char key[HD_PCI_ADDR_SIZE];

	(void)snprintf(id.key, sizeof(id.key), "%s", hd_pci_addr_format(addr, key));
	*ret = id;
}
