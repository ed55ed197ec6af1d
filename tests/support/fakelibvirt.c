/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fakelibvirt.c - in place of hostdevctl-libvirt.so: one guest that runs and takes what it is given.
 *
 * Its state is libvirt's status file, HD_FAKE_STATUS, which is edited as text.  When its last
 * <hostdev> is gone, HD_FAKE_OPEN is removed: the link of a file that its QEMU has open.  The program
 * HD_FAKE_MEANWHILE runs before each change.
 */
#include "config.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/xml.h"
#include "virt/libvirt_module.h"

#define DEVICES_END "</devices>"
#define HOSTDEV "<hostdev"
#define HOSTDEV_END "</hostdev>"
#define MAX (1u << 16)

static ssize_t read_status(char text[static MAX])
{
	FILE *file = fopen(getenv("HD_FAKE_STATUS"), "r");
	size_t n;

	if (!file)
		return -1;
	n = fread(text, 1, MAX - 1, file);
	text[n] = '\0';
	(void)fclose(file);
	return (ssize_t)n;
}

static void write_status(const char *begin, size_t n, const char *middle, const char *end)
{
	FILE *file = fopen(getenv("HD_FAKE_STATUS"), "w");

	if (!file)
		return;
	(void)fprintf(file, "%.*s%s%s", (int)n, begin, middle, end);
	(void)fclose(file);
}

static int guest_read(struct hd_virt_guest *ret, const char *uri, const char *guest,
		      struct hd_arena *arena, struct hd_error *err)
{
	char text[MAX];
	const char *uuid;

	(void)uri;
	(void)guest;
	if (read_status(text) < 0)
		return hd_fail(err, -ENOENT, "no such guest");
	*ret = (struct hd_virt_guest){ .live = hd_strdup(arena, text) };
	uuid = strstr(text, "<uuid>");
	if (uuid)
		(void)snprintf(ret->uuid, sizeof(ret->uuid), "%.36s", uuid + strlen("<uuid>"));
	return 0;
}

/* Where the element of this device begins, and how long it is; or NULL. */
static char *find_element(char *text, const struct hd_hostdev *dev, size_t *length)
{
	struct hd_arena arena = { 0 };
	char *found = NULL;

	for (char *at = text; !found && (at = strstr(at, HOSTDEV)); at++) {
		const char *end = strstr(at, HOSTDEV_END);
		struct hd_request request = { 0 };
		struct hd_error err;
		const char *xml;

		if (!end)
			break;
		*length = (size_t)(end - at) + strlen(HOSTDEV_END);
		xml = hd_printf(&arena, "<domain><devices>%.*s</devices></domain>", (int)*length, at);
		if (hd_request_parse(&request, &arena, xml, strlen(xml), &err) == 0 &&
		    request.n_hostdevs && !hd_pci_addr_compare(&request.hostdevs->addr, &dev->addr))
			found = at;
	}
	hd_arena_done(&arena);
	return found;
}

static bool edit(const struct hd_virt_op *op)
{
	bool adds = op->verb == HD_VIRT_ATTACH;
	char text[MAX], *at;
	size_t length = 0;

	if (read_status(text) < 0)
		return false;
	at = adds ? strstr(text, DEVICES_END) : find_element(text, op->dev, &length);
	if (!at)
		return false;
	write_status(text, (size_t)(at - text), adds ? op->xml : "", at + length);
	if (!adds && read_status(text) >= 0 && !strstr(text, HOSTDEV) && getenv("HD_FAKE_OPEN"))
		(void)unlink(getenv("HD_FAKE_OPEN"));
	return true;
}

static void run_meanwhile(void)
{
	char *argv[] = { getenv("HD_FAKE_MEANWHILE"), NULL };
	pid_t pid;

	if (argv[0] && posix_spawn(&pid, argv[0], NULL, NULL, argv, environ) == 0)
		(void)waitpid(pid, NULL, 0);
}

static void change(int out, const char *uri, const char *uuid, const struct hd_virt_op *ops,
		   size_t n, int wait_ms)
{
	(void)uri;
	(void)uuid;
	(void)wait_ms;
	(void)dprintf(out, "connected\n");
	for (size_t i = 0; i < n; i++) {
		(void)dprintf(out, "begin %zu\n", i);
		run_meanwhile();
		if (ops[i].verb != HD_VIRT_METADATA && !edit(&ops[i])) {
			(void)dprintf(out, "failed %zu not found\n", i);
			break;
		}
		(void)dprintf(out, "done %zu\n", i);
	}
	(void)dprintf(out, "end\n");
}

__attribute__((visibility("default"))) const struct hd_virt_module hd_virt_module = {
	.guest_read = guest_read,
	.change = change,
};
