/* SPDX-License-Identifier: GPL-2.0-or-later */
/* address_pattern.c - which PCI functions does an address of a scheduler's configuration mean? */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scheduler/address_pattern.h"

#define MAX_REGEX 64
#define PART_SIZE 9		/* of "10000000" and its end */
/* No braces and no back references: what glibc's regexec(3) does with these stays small. */
#define REGEX_CHARACTERS ".*+?[]-|()^$"

static const struct part {
	const char *name;	/* of the map's member */
	unsigned max;
	int digits;		/* as Nova prints it (PhysicalPciAddress) */
} parts[HD_ADDRESS_PARTS] = {
	{ "domain", 0xffff, 4 }, { "bus", 0xff, 2 }, { "slot", 0x1f, 2 }, { "function", 7, 1 },
};

bool hd_address_pattern_path(struct hd_address_pattern *ret, const char *text)
{
	bool has_function = strchr(text, '.') != NULL;
	char whole[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	/* Not the short form, which has no domain. */
	if (strlen(text) >= sizeof(whole) - strlen(".0") || strchr(text, ':') == strrchr(text, ':'))
		return false;
	(void)snprintf(whole, sizeof(whole), "%s%s", text, has_function ? "" : ".0");
	if (!hd_pci_addr_parse(whole, &addr))
		return false;
	*ret = (struct hd_address_pattern){ .parts = {
		{ .value = addr.domain }, { .value = addr.bus }, { .value = addr.slot },
		{ .value = addr.fn, .is_any = !has_function } } };
	return true;
}

/* Up to the next SEPARATOR, which *AT is moved behind, without blanks; the rest if there is none. */
static const char *next_field(struct hd_arena *arena, const char **at, char separator)
{
	const char *start = *at + strspn(*at, " \t");
	const char *end = strchr(start, separator);
	size_t length = end ? (size_t)(end - start) : strlen(start);

	*at = end ? end + 1 : start + length;
	while (length && (start[length - 1] == ' ' || start[length - 1] == '\t'))
		length--;
	return hd_strndup(arena, start, length);
}

static int set_part(struct hd_address_part *ret, const struct part *part, struct hd_arena *arena,
		    const char *field, struct hd_error *err)
{
	uint64_t value;

	*ret = (struct hd_address_part){ .is_any = !*field || !strcmp(field, "*") };
	if (ret->is_any)
		return 0;
	if (!hd_text_has_only(field, "") ||
	    !hd_text_u64(hd_printf(arena, "0x%s", field), &value) || value > part->max)
		return hd_fail(err, -EINVAL, "%s '%.32s' of the address is not a hexadecimal number up to "
			       "%x, nor '*'", part->name, hd_text_printable(arena, field, 32), part->max);
	ret->value = (unsigned)value;
	return 0;
}

/* DOMAIN:BUS:SLOT.FUNCTION; domain and bus may be left out with their colons. */
static int read_glob(struct hd_address_pattern *ret, struct hd_arena *arena, const char *text,
		     struct hd_error *err)
{
	const char *fields[HD_ADDRESS_PARTS] = { "", "", "", "" };
	const char *rest = text, *before = next_field(arena, &rest, '.');
	size_t colons = 0;
	int rc = 0;

	fields[HD_ADDRESS_PARTS - 1] = next_field(arena, &rest, '.');
	for (const char *at = before; *at; at++)
		colons += *at == ':';
	if (colons >= HD_ADDRESS_PARTS - 1 || *rest)
		return hd_fail(err, -EINVAL, "address '%.64s' is not DOMAIN:BUS:SLOT.FUNCTION",
			       hd_text_printable(arena, text, 64));
	for (size_t i = HD_ADDRESS_PARTS - 2 - colons; i < HD_ADDRESS_PARTS - 1; i++)
		fields[i] = next_field(arena, &before, ':');
	for (size_t i = 0; rc == 0 && i < HD_ADDRESS_PARTS; i++)
		rc = set_part(&ret->parts[i], &parts[i], arena, fields[i], err);
	return rc;
}

static int open_regex(regex_t *ret, const char *text)
{
	char anchored[MAX_REGEX + sizeof("^()")];

	(void)snprintf(anchored, sizeof(anchored), "^(%s)", text);
	return regcomp(ret, anchored, REG_EXTENDED | REG_NOSUB);
}

/*
 * Is only what is small repeated?  glibc's regcomp(3) doubles the operand of each "+" ("0" and 30 of them
 * are out of memory), and takes minutes for loops in loops ("(|0*)*" in a few groups).  So "*" and "+"
 * follow one character or a list in brackets; no repetition follows another, which Python reads in its own way.
 */
static bool repeats_characters(const char *text)
{
	for (const char *at = strpbrk(text, "*+?"); at; at = strpbrk(at + 1, "*+?"))
		if (at == text || strchr("*+?(|[^$", at[-1]) || (*at != '?' && at[-1] == ')'))
			return false;
	return true;
}

/*
 * Is it a number as Nova prints it?  Nova takes an address of such parts for a single function, too, and looks
 * for it in sysfs: PciAddressSpec.is_single_address() and utils.is_physical_function().
 */
static bool is_printed(unsigned *ret, const struct part *part, const char *text)
{
	char printed[PART_SIZE];
	unsigned long value = strtoul(text, NULL, 16);

	if (value > part->max)
		return false;
	*ret = (unsigned)value;
	(void)snprintf(printed, sizeof(printed), "%0*x", part->digits, *ret);
	return !strcmp(printed, text);
}

#define WRITE_SIMPLY "; name the functions by addresses instead, as 'hostdevctl export nova' does"

static int set_regex(struct hd_address_part *ret, const struct part *part, struct hd_arena *arena,
		     const char *text, struct hd_error *err)
{
	regex_t regex;

	if (!*text || strlen(text) > MAX_REGEX || strstr(text, "(?") || strstr(text, "[:") ||
	    strstr(text, "[.") || strstr(text, "[=") || !hd_text_has_only(text, REGEX_CHARACTERS))
		return hd_fail(err, -EINVAL, "%s '%.64s' of the address cannot be judged: only expressions of up "
			       "to %d letters, digits and " REGEX_CHARACTERS " are read" WRITE_SIMPLY, part->name,
			       hd_text_printable(arena, text, MAX_REGEX), MAX_REGEX);
	if (!repeats_characters(text))
		return hd_fail(err, -EINVAL, "%s '%.64s' of the address cannot be judged: '*' and '+' are read "
			       "behind one character or [...] only, '?' also behind a group" WRITE_SIMPLY, part->name,
			       hd_text_printable(arena, text, MAX_REGEX));
	if (open_regex(&regex, text))
		return hd_fail(err, -EINVAL, "%s '%.64s' of the address is not a regular expression" WRITE_SIMPLY,
			       part->name, hd_text_printable(arena, text, MAX_REGEX));
	regfree(&regex);
	*ret = (struct hd_address_part){ .regex = text };
	ret->is_number = is_printed(&ret->value, part, text);
	return 0;
}

static int read_regexes(struct hd_address_pattern *ret, struct hd_arena *arena,
			const struct hd_doc *map, struct hd_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < HD_ADDRESS_PARTS; i++) {
		const struct hd_doc *member = hd_doc_member(map, parts[i].name);

		ret->parts[i] = (struct hd_address_part){ .is_any = !member };
		if (!member)
			continue;
		if (member->kind != HD_DOC_TEXT || !member->text)
			return hd_fail(err, -EINVAL, "%s of the address is not a text", parts[i].name);
		rc = set_regex(&ret->parts[i], &parts[i], arena, member->text, err);
	}
	return rc;
}

int hd_address_pattern_nova(struct hd_address_pattern *ret, struct hd_arena *arena,
			    const struct hd_doc *address, struct hd_error *err)
{
	*ret = (struct hd_address_pattern){ .parts = { { .value = 0 } } };
	if (address->kind == HD_DOC_MAP)
		return read_regexes(ret, arena, address, err);
	if (address->kind == HD_DOC_TEXT && address->text)
		return read_glob(ret, arena, address->text, err);
	return hd_fail(err, -EINVAL, "the address is neither a text nor an object");
}

bool hd_address_pattern_is_single(const struct hd_address_pattern *pattern, struct hd_pci_addr *ret)
{
	const struct hd_address_part *part = pattern->parts;

	for (size_t i = 0; i < HD_ADDRESS_PARTS; i++)
		if (part[i].is_any || (part[i].regex && !part[i].is_number))
			return false;
	*ret = (struct hd_pci_addr){
		.domain = part[0].value, .bus = (uint8_t)part[1].value,
		.slot = (uint8_t)part[2].value, .fn = (uint8_t)part[3].value,
	};
	return true;
}

void hd_address_matcher_open(struct hd_address_matcher *ret, const struct hd_address_pattern *pattern)
{
	*ret = (struct hd_address_matcher){ .pattern = pattern };
	for (size_t i = 0; i < HD_ADDRESS_PARTS; i++) {
		if (!pattern->parts[i].regex)
			continue;
		if (open_regex(&ret->regex[i], pattern->parts[i].regex))
			hd_oom();	/* it was read before */
		ret->is_open[i] = true;
	}
}

static bool part_matches(const struct hd_address_matcher *matcher, size_t i, unsigned value)
{
	const struct hd_address_part *part = &matcher->pattern->parts[i];
	char text[PART_SIZE];

	if (part->is_any)
		return true;
	if (!part->regex)
		return part->value == value;
	(void)snprintf(text, sizeof(text), "%0*x", parts[i].digits, value);
	return regexec(&matcher->regex[i], text, 0, NULL, 0) == 0;
}

bool hd_address_matches(const struct hd_address_matcher *matcher, const struct hd_pci_addr *addr)
{
	const unsigned values[HD_ADDRESS_PARTS] = { addr->domain, addr->bus, addr->slot, addr->fn };

	for (size_t i = HD_ADDRESS_PARTS; i-- > 0 && matcher->pattern;)
		if (!part_matches(matcher, i, values[i]))
			return false;
	return true;
}

void hd_address_matcher_close(struct hd_address_matcher *matcher)
{
	for (size_t i = 0; i < HD_ADDRESS_PARTS; i++)
		if (matcher->is_open[i])
			regfree(&matcher->regex[i]);
	*matcher = (struct hd_address_matcher){ .pattern = NULL };
}
