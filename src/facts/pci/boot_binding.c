/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_binding.c - does something bind this function to a driver at each boot? */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci/boot_binding.h"

#define RULES "etc/udev/rules.d"
#define DRIVERCTL "etc/driverctl.d"
#define MAX_RULES 65536

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
		    text && strstr(text, addr))
			return true;
	}
	return false;
}
