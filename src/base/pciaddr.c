/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pciaddr.c - the address of a PCI function, as the kernel writes it. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/pciaddr.h"

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Reads MIN to MAX hex digits at *AT and moves it on; -1 if they are not there. */
static int64_t hex(const char **at, int min, int max)
{
	int64_t value = 0;
	int n = 0;

	while (n < max && digit_of(**at) >= 0) {
		value = value * 16 + digit_of(**at);
		(*at)++;
		n++;
	}
	return n < min ? -1 : value;
}

static bool skip_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

/* "BUS SEP SLOT DOT FN" up to the end of the text. */
static bool parse_tail(const char *at, char sep, char dot, struct hd_pci_addr *addr)
{
	int64_t bus = hex(&at, 2, 2), slot, fn;

	if (bus < 0 || !skip_char(&at, sep))
		return false;
	slot = hex(&at, 2, 2);
	if (slot < 0 || slot > 0x1f || !skip_char(&at, dot))
		return false;
	fn = hex(&at, 1, 1);
	if (fn < 0 || fn > 7 || *at)
		return false;
	addr->bus = (uint8_t)bus;
	addr->slot = (uint8_t)slot;
	addr->fn = (uint8_t)fn;
	return true;
}

bool hd_pci_addr_parse(const char *text, struct hd_pci_addr *ret)
{
	bool is_node = !strncmp(text, "pci_", 4);
	char sep = is_node ? '_' : ':';
	char dot = is_node ? '_' : '.';
	const char *at = is_node ? text + 4 : text;
	struct hd_pci_addr addr = { 0 };
	int64_t domain;

	if (!is_node && parse_tail(at, sep, dot, &addr)) {
		*ret = addr;
		return true;
	}
	domain = hex(&at, 4, 8);
	if (domain < 0 || !skip_char(&at, sep) || !parse_tail(at, sep, dot, &addr))
		return false;
	addr.domain = (uint32_t)domain;
	*ret = addr;
	return true;
}

char *hd_pci_addr_format(const struct hd_pci_addr *addr, char buf[static HD_PCI_ADDR_SIZE])
{
	(void)snprintf(buf, HD_PCI_ADDR_SIZE, "%04x:%02x:%02x.%x", addr->domain, addr->bus,
		       addr->slot & 0x1fu, addr->fn & 7u);
	return buf;
}

int hd_pci_addr_compare(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	if (a->domain != b->domain)
		return a->domain < b->domain ? -1 : 1;
	if (a->bus != b->bus)
		return a->bus < b->bus ? -1 : 1;
	if (a->slot != b->slot)
		return a->slot < b->slot ? -1 : 1;
	return (int)a->fn - (int)b->fn;
}

int hd_pci_addr_order(const void *a, const void *b)
{
	return hd_pci_addr_compare(a, b);
}
