/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_configuration.c - does any configuration of a scheduler crash, hang, or say what cannot be shown? */
#include "config.h"

#include "scheduler/configuration.h"
#include "tests/fuzz/fuzz.h"

/* The first and the last address that there are. */
static void compare_ends(const struct hd_address_pattern *pattern)
{
	static const struct hd_pci_addr addrs[] = { { 0, 0, 0, 0 }, { 0xffffffff, 0xff, 0x1f, 7 } };
	struct hd_address_matcher matcher;
	struct hd_pci_addr single;

	hd_address_matcher_open(&matcher, pattern);
	for (size_t i = 0; i < HD_ARRAY_SIZE(addrs); i++)
		(void)hd_address_matches(&matcher, &addrs[i]);
	if (hd_address_pattern_is_single(pattern, &single))
		must(hd_address_matches(&matcher, &single));
	hd_address_matcher_close(&matcher);
}

/* A line needs a byte at least. */
static void text_holds(const struct hd_entry *entry, size_t size)
{
	must(entry->scheduler && entry->object && *entry->object);
	must(fuzz_is_shown(entry->object) && fuzz_is_shown(entry->node));
	must(entry->line <= size + 1);
}

static void entry_holds(const struct hd_entry *entry, size_t size)
{
	text_holds(entry, size);
	must(entry->vendor <= 0xffff && entry->device <= 0xffff && entry->group >= 0);
	must((entry->kind == HD_DEVICE_MDEV) == (entry->type != NULL));
	if (entry->is_pinned)
		must(entry->address && entry->node);
	if (entry->address)
		compare_ends(entry->address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_configuration configuration;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *text = hd_strndup(&arena, (const char *)data, size);

	/* As a file is read, with an end behind it; a NUL before that is refused. */
	if (hd_configuration_read(&configuration, &arena, text, strlen(text), &err) < 0) {
		must(err.text[0] && fuzz_is_shown(err.text));
	} else {
		must(configuration.scheduler || !configuration.n);
		for (size_t i = 0; i < configuration.n; i++)
			entry_holds(&configuration.entries[i], size);
	}
	hd_arena_done(&arena);
	return 0;
}
