/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_sshd.c - on which ports does the SSH server of this host answer? */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/lines.h"
#include "facts/network/network_tcp.h"

#define CONFIG "etc/ssh/sshd_config"
#define MAX_DROP_INS 64
#define MAX_PORT 65535u

struct reader {
	struct hd_admin_ports *ports;
	struct hd_arena *arena;
};

static void add(struct hd_admin_ports *ports, const char *text)
{
	uint64_t port;

	if (hd_text_u64(text, &port) && port && port <= MAX_PORT &&
	    ports->n < HD_ADMIN_PORTS_MAX)
		ports->ports[ports->n++] = (unsigned)port;
}

/* What follows the keyword in LINE, or NULL; "Port 22", "port=22" (sshd_config(5)). */
static const char *value_of(struct hd_arena *arena, const char *line, const char *keyword)
{
	size_t length = strlen(keyword);

	line += strspn(line, " \t");
	if (strncasecmp(line, keyword, length) != 0 || !strchr(" \t=", line[length]) ||
	    !line[length])
		return NULL;
	line += length;
	line += strspn(line, " \t=\"");
	return hd_strndup(arena, line, strcspn(line, " \t\"\r"));
}

/* The port of "192.0.2.1:22", "host:22" or "[::1]:22"; a bare IPv6 address has none. */
static const char *port_of(const char *address)
{
	const char *last = strrchr(address, ':');

	if (!last || (last != strchr(address, ':') && last[-1] != ']'))
		return NULL;
	return last + 1;
}

static bool take_line(void *data, const char *line)
{
	struct reader *reader = data;
	const char *port = value_of(reader->arena, line, "Port");
	const char *address = value_of(reader->arena, line, "ListenAddress");

	if (!port && address)
		port = port_of(address);
	if (port)
		add(reader->ports, port);
	return true;
}

/* "client port server port" */
static void read_environment(struct hd_admin_ports *ports)
{
	const char *text = getenv("SSH_CONNECTION");
	const char *last = text ? strrchr(text, ' ') : NULL;

	if (last)
		add(ports, last + 1);
}

void hd_admin_ports_read(struct hd_admin_ports *ret, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	struct reader reader = { ret, arena };
	const char *const *names = NULL;
	ssize_t n;

	ret->n = 0;
	/* A host without an SSH server has no such files. */
	(void)!hd_lines_scan(root, take_line, &reader, CONFIG);
	n = hd_sysroot_names(root, arena, &names, CONFIG ".d");
	for (ssize_t i = 0; i < n && i < MAX_DROP_INS; i++)
		if (hd_text_ends_with(names[i], ".conf"))
			(void)!hd_lines_scan(root, take_line, &reader, CONFIG ".d/%s", names[i]);
	if (root->is_live)
		read_environment(ret);
}
