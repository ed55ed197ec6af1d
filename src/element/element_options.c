/* SPDX-License-Identifier: GPL-2.0-or-later */
/* element_options.c - which options an element takes, and which values they may have. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "element/compose.h"

#define MAX_SHOWN 64
#define KIND(name) (1u << HD_ELEMENT_ ## name)
#define NO_PLACEHOLDER HD_PLACEHOLDER_MAX

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const on_off[] = { "on", "off", NULL };
static const char *const ways[] = { "id", "address", "port", NULL };
static const char *const policies[] = { "mandatory", "requisite", "optional", NULL };
static const char *const resets[] = { "off", "uninitialized", "on", NULL };
static const char *const kind_words[] = { "pci", "gpu", "disk", "interface", "usb", "serial",
					  "mdev", "scsi", NULL };

static bool is_one_of(const char *const *words, const char *value)
{
	while (*words && strcmp(*words, value) != 0)
		words++;
	return *words;
}

/* Only digits, without a leading 0: libvirt reads it as decimal, too. */
static bool is_number(const char *value, uint64_t max)
{
	uint64_t number;

	return *value != '0' && strspn(value, "0123456789") == strlen(value) &&
	       hd_text_u64(value, &number) && number <= max;
}

static bool is_order(const char *value)
{
	return is_number(value, INT32_MAX);
}

/* NVMe Base Specification 3.2.1: ffffffff stands for all of them. */
static bool is_namespace(const char *value)
{
	return is_number(value, UINT32_MAX - 1);
}

/* IEEE 802.1Q: 0 means no VLAN, 4095 is reserved. */
static bool is_vlan(const char *value)
{
	return is_number(value, 4094);
}

/* Six pairs of hex digits; the lowest bit of the first marks a group address (IEEE 802). */
static bool is_unicast(const char *value)
{
	bool has_digit = false;

	if (strlen(value) != 17)
		return false;
	for (size_t i = 0; i < 17; i++) {
		if (i % 3 == 2 ? value[i] != ':' : !isxdigit((unsigned char)value[i]))
			return false;
		has_digit = has_digit || (i % 3 != 2 && value[i] != '0');
	}
	return has_digit && strchr("02468aAcCeE", value[1]);
}

static bool is_made_of(const char *value, const char *others)
{
	const char *at = value;

	while (*at && (isalnum((unsigned char)*at) || strchr(others, *at)))
		at++;
	return *value && !*at && at - value <= MAX_SHOWN;
}

/* libvirt's schema, aliasName. */
static bool is_alias(const char *value)
{
	return is_made_of(value, "_-.");
}

static bool is_module(const char *value)
{
	return is_made_of(value, "_-");
}

static bool is_rom(const char *value)
{
	return !strcmp(value, "off") ||
	       (value[0] == '/' && value[1] && hd_text_is_shown(value));
}

/* A virtio disk; libvirt's schema, diskTargetDev. */
static bool is_target(const char *value)
{
	return hd_text_starts_with(value, "vd") && value[2] && strlen(value) <= 8 &&
	       strspn(value + 2, "abcdefghijklmnopqrstuvwxyz") == strlen(value + 2);
}

/* An option, its values, the kinds that take it, and its placeholder. */
static const struct row {
	const char *name;
	size_t offset;
	const char *const *words;	/* it is one of these; NULL: is_good() decides */
	bool (*is_good)(const char *value);
	const char *want;
	unsigned kinds;
	enum hd_placeholder placeholder;
	bool is_for_one;	/* no two devices may have the same */
} rows[] = {
#define AT(member) offsetof(struct hd_element_options, member)
	{ "as", AT(as), kind_words, NULL, "pci, gpu, disk, interface, usb, serial, mdev or scsi", ~0u,
	  NO_PLACEHOLDER, false },
	{ "managed", AT(managed), yes_no, NULL, "yes or no",
	  KIND(PCI) | KIND(DISK) | KIND(INTERFACE), HD_P_MANAGED, false },
	{ "rom", AT(rom), NULL, is_rom, "off or the absolute path of a file",
	  KIND(PCI) | KIND(INTERFACE), NO_PLACEHOLDER, true },
	{ "boot", AT(boot), NULL, is_order, "a number from 1",
	  KIND(PCI) | KIND(DISK) | KIND(INTERFACE) | KIND(USB) | KIND(SCSI), HD_P_BOOT, true },
	{ "driver-model", AT(driver_model), NULL, is_module, "the name of a VFIO driver",
	  KIND(PCI) | KIND(INTERFACE), HD_P_DRIVER_MODEL, false },
	{ "mac", AT(mac), NULL, is_unicast, "a unicast address such as 52:54:00:12:34:56",
	  KIND(INTERFACE), HD_P_MAC, true },
	{ "vlan", AT(vlan), NULL, is_vlan, "a number from 1 to 4094",
	  KIND(INTERFACE), HD_P_VLAN, false },
	{ "teaming", AT(teaming), NULL, is_alias, "the alias of the interface to fall back on",
	  KIND(PCI) | KIND(INTERFACE), HD_P_TEAMING, true },
	{ "by", AT(by), ways, NULL, "id, address or port", KIND(USB), NO_PLACEHOLDER, false },
	{ "startup-policy", AT(startup_policy), policies, NULL, "mandatory, requisite or optional",
	  KIND(USB), HD_P_STARTUP_POLICY, false },
	{ "guest-reset", AT(guest_reset), resets, NULL, "off, uninitialized or on", KIND(USB),
	  HD_P_GUEST_RESET, false },
	{ "display", AT(display), on_off, NULL, "on or off", KIND(MDEV) | KIND(PCI), HD_P_DISPLAY,
	  true },
	{ "ramfb", AT(ramfb), on_off, NULL, "on or off", KIND(MDEV) | KIND(PCI), HD_P_RAMFB,
	  true },
	{ "namespace", AT(ns), NULL, is_namespace, "a number from 1", KIND(DISK), HD_P_NAMESPACE,
	  true },
	{ "target", AT(target), NULL, is_target, "a virtio disk such as vdb", KIND(DISK),
	  HD_P_TARGET, true },
#undef AT
};

static const char *value_of(const struct hd_element_options *options, const struct row *row)
{
	return *(const char *const *)(const void *)((const char *)options + row->offset);
}

static bool is_good(const struct row *row, const char *value)
{
	return row->words ? is_one_of(row->words, value) : row->is_good(value);
}

const char *const *hd_element_option_words(const char *name)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].words;
	return NULL;
}

int hd_element_options_check(const struct hd_element_options *options, size_t n,
			     struct hd_error *err)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *value = value_of(options, &rows[i]);

		if (!value)
			continue;
		if (!is_good(&rows[i], value))
			return hd_fail(err, -EINVAL, "--%s '%.*s': not %s", rows[i].name,
				       MAX_SHOWN, value, rows[i].want);
		if (rows[i].is_for_one && n > 1)
			return hd_fail(err, -EINVAL, "--%s is for one device, not for %zu",
				       rows[i].name, n);
	}
	return 0;
}

static void apply_rom(const struct hd_element_options *options, struct hd_element *element)
{
	if (!options->rom)
		return;
	if (!strcmp(options->rom, "off"))
		element->values[HD_P_ROM_BAR] = "off";
	else
		element->values[HD_P_ROM_FILE] = options->rom;
}

int hd_element_options_apply(const struct hd_element_options *options, struct hd_arena *arena,
			     struct hd_element *element, struct hd_error *err)
{
	const unsigned kind = 1u << element->kind;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *value = value_of(options, &rows[i]);

		if (!value)
			continue;
		if (!(rows[i].kinds & kind))
			return hd_fail(err, -EINVAL, "%s: --%s is not for this kind of device",
				       element->name, rows[i].name);
		if (rows[i].placeholder != NO_PLACEHOLDER)
			element->values[rows[i].placeholder] = hd_strdup(arena, value);
	}
	if (options->iommufd && !(kind & (KIND(PCI) | KIND(INTERFACE))))
		return hd_fail(err, -EINVAL, "%s: --iommufd is not for this kind of device",
			       element->name);
	if (options->iommufd)
		element->values[HD_P_IOMMUFD] = "yes";
	apply_rom(options, element);
	return 0;
}
