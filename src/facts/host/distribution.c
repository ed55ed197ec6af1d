/* SPDX-License-Identifier: GPL-2.0-or-later */
/* distribution.c - which family of distributions the host is of: os-release(5). */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/host/processor.h"

static const struct {
	const char *id;
	enum hd_distribution family;
} families[] = {
	{ "debian", HD_DISTRO_DEBIAN },	     { "ubuntu", HD_DISTRO_DEBIAN },
	{ "proxmox", HD_DISTRO_DEBIAN },     { "fedora", HD_DISTRO_FEDORA },
	{ "rhel", HD_DISTRO_FEDORA },	     { "centos", HD_DISTRO_FEDORA },
	{ "almalinux", HD_DISTRO_FEDORA },   { "rocky", HD_DISTRO_FEDORA },
	{ "opensuse", HD_DISTRO_SUSE },	     { "suse", HD_DISTRO_SUSE },
	{ "sles", HD_DISTRO_SUSE },	     { "opensuse-leap", HD_DISTRO_SUSE },
	{ "opensuse-tumbleweed", HD_DISTRO_SUSE }, { "arch", HD_DISTRO_ARCH },
};

static enum hd_distribution family_of(const char *words)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(families); i++)
		if (hd_text_has_word(words, families[i].id))
			return families[i].family;
	return HD_DISTRO_UNKNOWN;
}

/* The value of NAME=..., without the quotes of the shell; "" if there is none. */
static const char *value_of(struct hd_arena *arena, const char *text, const char *name)
{
	size_t length = strlen(name);
	const char *line, *found = "";

	while ((line = hd_text_next_line(arena, &text))) {
		char *value;

		if (strncmp(line, name, length) != 0 || line[length] != '=')
			continue;
		value = hd_strdup(arena, line + length + 1);
		for (char *c = value; *c; c++)
			if (*c == '"' || *c == '\'')
				*c = ' ';
		found = value;
	}
	return found;
}

enum hd_distribution hd_distribution_read(const struct hd_sysroot *root, struct hd_arena *arena)
{
	enum hd_distribution family;
	const char *text;

	if (hd_sysroot_text(root, arena, &text, "etc/os-release") < 0 &&
	    hd_sysroot_text(root, arena, &text, "usr/lib/os-release") < 0)
		return HD_DISTRO_UNKNOWN;
	family = family_of(value_of(arena, text, "ID"));
	return family ? family : family_of(value_of(arena, text, "ID_LIKE"));
}
