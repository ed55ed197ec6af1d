/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_binding.c - does something bind this function to a driver at each boot? */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci/boot_binding.h"

#define RULES "etc/udev/rules.d"
#define DRIVERCTL "etc/driverctl.d"
#define MAX_RULES 65536

/* "0000:01:00.0", and not the end of "10000:01:00.0". */
static bool has_address(const char *rule, const char *addr)
{
	for (const char *at = rule; (at = strstr(at, addr)); at++)
		if (at == rule || !isxdigit((unsigned char)at[-1]))
			return true;
	return false;
}

/* What only names an interface, or makes virtual functions, has the address as well. */
static bool gives_driver(const char *rule)
{
	static const char *const ways[] = {
		"vfio", "driver_override", "drivers_probe", "/bind", "RUN", "PROGRAM",
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(ways); i++)
		if (strstr(rule, ways[i]))
			return true;
	return false;
}

/* Rules go on after a backslash; lines that begin with "#" are not read (udev(7)). */
static bool binds(struct hd_arena *arena, const char *text, const char *addr)
{
	const char *line, *rule = "";

	while ((line = hd_text_next_line(arena, &text))) {
		if (line[strspn(line, " \t")] == '#')
			continue;
		rule = *rule ? hd_printf(arena, "%s %s", rule, line) : line;
		if (hd_text_ends_with(line, "\\") && *text)
			continue;
		if (has_address(rule, addr) && gives_driver(rule))
			return true;
		rule = "";
	}
	return false;
}

bool hd_pci_is_bound_at_boot(const struct hd_sysroot *root, struct hd_arena *arena, const char *addr)
{
	const char *const *rules;
	ssize_t n = hd_sysroot_names(root, arena, &rules, RULES);
	struct stat st;

	if (hd_sysroot_stat(root, &st, DRIVERCTL "/%s", addr) == 0)
		return true;
	for (ssize_t i = 0; i < n && i < MAX_RULES; i++) {
		const char *text = NULL;

		if (hd_text_ends_with(rules[i], ".rules") &&
		    hd_sysroot_text(root, arena, &text, RULES "/%s", rules[i]) >= 0 &&
		    text && binds(arena, text, addr))
			return true;
	}
	return false;
}
