/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hook_trial.c - runs a hook as libvirt's daemon does, with guests that do not exist. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/spawn.h"
#include "base/text.h"
#include "run/hook_trial.h"

#define GUEST "hostdevctl-doctor"
#define HEAD "<domain type='kvm'>\n  <name>" GUEST "</name>\n" \
	     "  <uuid>" HD_HOOK_TRIAL_UUID "</uuid>\n" \
	     "  <memory unit='KiB'>1048576</memory>\n" \
	     "  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n  <devices>\n"
#define TAIL "  </devices>\n</domain>\n"
#define SHOWN 300

static const char plain_guest[] = HEAD TAIL;
static const char impossible_guest[] =
	HEAD "    <hostdev mode='subsystem' type='pci' managed='no'>\n"
	"      <source><address domain='0xffff' bus='0xff' slot='0x1f' function='0x7'/></source>\n"
	"    </hostdev>\n" TAIL;

/* The XML as a file that can be standard input; a hook need not read it. */
static int input_of(const char *xml)
{
	_cleanup_(hd_close) int fd = memfd_create(GUEST, MFD_CLOEXEC);
	size_t length = strlen(xml);
	int kept;

	if (fd < 0)
		return -errno;
	if (write(fd, xml, length) != (ssize_t)length || lseek(fd, 0, SEEK_SET) < 0)
		return -EIO;
	kept = fd;
	fd = -1;
	return kept;
}

static int run(struct hd_arena *arena, const char *path, const char *xml, const char **ret_says)
{
	static const char *const environment[] = {
		"LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
		NULL,
	};
	const char *const argv[] = { path, GUEST, "prepare", "begin", "-", NULL };
	_cleanup_(hd_close) int in = input_of(xml);
	int64_t deadline = hd_now_ms() + HD_HOOK_RUN_MS;
	struct hd_error err = { 0 };
	struct hd_spawn spawn;
	char line[HD_SPAWN_LINE];
	int rc;

	if (in < 0)
		return in;
	rc = hd_spawn_start_as(&spawn, argv, environment, in, &err);
	if (rc < 0)
		return rc;
	while ((rc = hd_spawn_line(&spawn, line, deadline)) > 0)
		if (!*ret_says)
			*ret_says = hd_text_printable(arena, line, SHOWN);
	return hd_spawn_end(&spawn, deadline);
}

void hd_hook_run(struct hd_hook_run *ret, struct hd_arena *arena, const char *path)
{
	const char *ignored = NULL;

	*ret = (struct hd_hook_run){ .was_run = true,
				     .path = hd_text_printable(arena, path, SHOWN) };
	ret->plain_status = run(arena, path, plain_guest, &ignored);
	ret->refused_status = run(arena, path, impossible_guest, &ret->says);
}
