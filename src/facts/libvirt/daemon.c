/* SPDX-License-Identifier: GPL-2.0-or-later */
/* daemon.c - the process that runs libvirt's QEMU driver, and what it may do. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/libvirt/daemon.h"

#define PID_FILE "run/libvirt/qemu/driver.pid"
#define CAP_SYS_RESOURCE_BIT 24		/* linux/capability.h */
#define START_FIELD 20			/* of proc/PID/stat, counted behind the name */

/* "Max locked memory         SOFT                 HARD                 bytes" */
static bool read_memlock(struct hd_daemon *daemon, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *text, *line = NULL;

	if (hd_sysroot_text(root, arena, &text, "proc/%d/limits", daemon->pid) >= 0)
		line = hd_text_line_value(arena, text, "Max locked memory");
	if (!line)
		return false;
	line += strspn(line, " ");
	line += strcspn(line, " ");
	line += strspn(line, " ");
	daemon->memlock = hd_text_starts_with(line, "unlimited") ?
			  UINT64_MAX : strtoull(line, NULL, 10);
	return *line != '\0';
}

static bool read_capabilities(struct hd_daemon *daemon, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	const char *text, *mask = NULL;

	if (hd_sysroot_text(root, arena, &text, "proc/%d/status", daemon->pid) >= 0)
		mask = hd_text_line_value(arena, text, "CapEff:");
	if (mask)
		daemon->may_raise_limits = strtoull(mask, NULL, 16) >> CAP_SYS_RESOURCE_BIT & 1;
	return mask;
}

/* When the host was booted, in seconds since 1970. */
static uint64_t boot_time(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *text, *seconds = NULL;

	if (hd_sysroot_text(root, arena, &text, "proc/stat") >= 0)
		seconds = hd_text_line_value(arena, text, "btime ");
	return seconds ? strtoull(seconds, NULL, 10) : 0;
}

/* The name in parentheses may hold anything, also blanks and parentheses. */
void hd_daemon_read_start(struct hd_daemon *daemon, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	long ticks = sysconf(_SC_CLK_TCK);
	uint64_t booted = daemon->pid ? boot_time(root, arena) : 0;
	const char *text, *field;

	if (!booted || ticks <= 0 ||
	    hd_sysroot_text(root, arena, &text, "proc/%d/stat", daemon->pid) < 0)
		return;
	field = strrchr(text, ')');
	for (int i = 0; field && i < START_FIELD; i++)
		field = strchr(field + 1, ' ');
	if (field)
		daemon->started = booted + strtoull(field, NULL, 10) / (uint64_t)ticks;
}

void hd_daemon_read(struct hd_daemon *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena)
{
	const char *name;
	uint64_t pid;

	*ret = (struct hd_daemon){ 0 };
	if (hd_sysroot_u64(root, &pid, PID_FILE) < 0 || pid < 2 || pid > INT32_MAX)
		return;
	/* The file of a daemon that has ended stays. */
	if (hd_sysroot_text(root, arena, &name, "proc/%d/comm", (int)pid) < 0 ||
	    (strcmp(name, "libvirtd") && strcmp(name, "virtqemud")))
		return;
	ret->pid = (int)pid;
	ret->name = name;
	ret->has_limits = read_memlock(ret, root, arena) && read_capabilities(ret, root, arena);
}
