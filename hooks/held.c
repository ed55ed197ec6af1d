/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * held.c - do we hold anything of this guest, or keep a disk free for it?  Is anything on VFIO?
 *
 * Answers from the names in the state directory alone, so that the end of a
 * guest that we took nothing for costs one opendir(3).  Journals of guests, and
 * the files of their keepers, are named by their UUID, which libvirt writes in the
 * same form into the XML.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/macro.h"
#include "hooks/hook.h"
#include "run/journal.h"
#include "run/keeper.h"

#define UUID_LENGTH 36

/* Locks stay behind; administrators' journals are named by an address. */
static bool is_journal_of(const char *name, const char *xml, size_t length)
{
	if (!strncmp(name, HD_KEEPER_FILE, strlen(HD_KEEPER_FILE)))
		name += strlen(HD_KEEPER_FILE);
	if (strlen(name) < UUID_LENGTH || name[8] != '-' || name[13] != '-')
		return false;
	return !xml || memmem(xml, length, name, UUID_LENGTH);
}

static bool is_visible(const char *name, const char *xml, size_t length)
{
	(void)xml;
	(void)length;
	return name[0] != '.';
}

/* Has the folder of SYSROOT such an entry?  Yes, if it cannot be read. */
static bool has_entry(const char *sysroot, const char *folder,
		      bool (*is_it)(const char *name, const char *xml, size_t length),
		      const char *xml, size_t length)
{
	_cleanup_(hd_close_dir) DIR *dir = NULL;
	const struct dirent *entry;
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s%s", sysroot ? sysroot : "", folder);

	if (n < 0 || (size_t)n >= sizeof(path))
		return true;
	dir = opendir(path);
	if (!dir)
		return errno != ENOENT;
	for (errno = 0; (entry = readdir(dir)); errno = 0)
		if (is_it(entry->d_name, xml, length))
			return true;
	return errno != 0;
}

bool hd_has_vfio(const char *sysroot)
{
	/* A directory per group that is on VFIO; a kernel without groups has devices alone. */
	return has_entry(sysroot, "/sys/class/vfio", is_visible, NULL, 0) ||
	       has_entry(sysroot, "/sys/class/vfio-dev", is_visible, NULL, 0);
}

bool hd_has_journal(const char *sysroot, const char *xml, size_t length)
{
	return has_entry(sysroot, HD_JOURNAL_DIR, is_journal_of, xml, length);
}
