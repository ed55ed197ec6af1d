/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * processor.c - what proc/cpuinfo says of the processor.
 *
 * The first processor speaks for all: the file of a large host has megabytes.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/host/processor.h"

#define FIRST_BYTES 16384

/* The value behind "KEY<blanks>: ", or NULL. */
static const char *value_of(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0)
		return NULL;
	line += length;
	line += strspn(line, " \t");
	if (*line != ':')
		return NULL;
	return line + 1 + strspn(line + 1, " \t");
}

static void x86_flags(struct hd_host *host, const char *flags)
{
	host->machine = hd_text_has_word(flags, "lm") ? "x86_64" : "i686";
	host->is_guest = hd_text_has_word(flags, "hypervisor");
	host->virtualization = hd_text_has_word(flags, "vmx") ? "vmx" :
			       hd_text_has_word(flags, "svm") ? "svm" : NULL;
	host->has_virtualization = host->virtualization;
}

static void s390_features(struct hd_host *host, const char *features)
{
	host->machine = "s390x";
	host->virtualization = hd_text_has_word(features, "sie") ? "sie" : NULL;
	host->has_virtualization = host->virtualization;
}

static void arm_implementer(struct hd_host *host, const char *value)
{
	(void)value;
	host->machine = "aarch64";
}

static const struct {
	const char *key;
	void (*take)(struct hd_host *host, const char *value);
} keys[] = {
	{ "flags", x86_flags },
	{ "features", s390_features },
	{ "CPU implementer", arm_implementer },
};

static void take_line(struct hd_host *host, const char *line, const char **vendor)
{
	const char *value = value_of(line, "vendor_id");

	if (value)
		*vendor = value;
	for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++) {
		value = value_of(line, keys[i].key);
		if (value && !host->machine)
			keys[i].take(host, value);
	}
}

void hd_cpu_read(struct hd_host *host, const struct hd_sysroot *root, struct hd_arena *arena)
{
	char *text = hd_alloc(arena, FIRST_BYTES + 1);
	const char *at = text, *line, *vendor = NULL;

	host->machine = host->cpu_vendor = host->virtualization = NULL;
	host->is_guest = false;
	host->has_virtualization = true;
	if (hd_sysroot_bytes(root, text, FIRST_BYTES, "proc/cpuinfo") < 0)
		return;
	while ((line = hd_text_next_line(arena, &at)))
		take_line(host, line, &vendor);
	if (host->machine && (!strcmp(host->machine, "x86_64") || !strcmp(host->machine, "i686")))
		host->cpu_vendor = vendor;
}
