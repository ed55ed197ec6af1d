/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_tcp.c - which connections with other hosts does somebody depend on?
 *
 * In: the administrator's own (SSH, libvirt over TCP or TLS).  Out: to servers
 * that have this host's data.  Source: established lines of proc/net/tcp and
 * tcp6 (Linux net/ipv4/tcp_ipv4.c, get_tcp4_sock; Documentation/networking/
 * proc_net_tcp.rst): addresses are 32-bit words of this machine's byte order.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/lines.h"
#include "base/text.h"
#include "facts/network/network_tables.h"

#define CONFIG "etc/ssh/sshd_config"
#define MAX_ADMIN_PORTS 32
#define MAX_DROP_INS 64
#define MAX_PORT 65535u
#define MAX_CONNECTIONS 256
#define ESTABLISHED 1ul		/* TCP_ESTABLISHED, Linux include/net/tcp_states.h */

struct admin_ports {
	unsigned ports[MAX_ADMIN_PORTS];
	size_t n;
};

struct reader {
	struct admin_ports *ports;
	struct hd_arena *arena;
};

static void add_port(struct admin_ports *ports, const char *text)
{
	uint64_t port;

	if (hd_text_u64(text, &port) && port && port <= MAX_PORT &&
	    ports->n < MAX_ADMIN_PORTS)
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

static bool take_setting(void *data, const char *line)
{
	struct reader *reader = data;
	const char *port = value_of(reader->arena, line, "Port");
	const char *address = value_of(reader->arena, line, "ListenAddress");

	if (!port && address)
		port = port_of(address);
	if (port)
		add_port(reader->ports, port);
	return true;
}

/* "client port server port" */
static void read_environment(struct admin_ports *ports)
{
	const char *text = getenv("SSH_CONNECTION");
	const char *last = text ? strrchr(text, ' ') : NULL;

	if (last)
		add_port(ports, last + 1);
}

/*
 * Ports of the SSH server beyond 22: "Port" and "ListenAddress" of
 * etc/ssh/sshd_config and its drop-ins (sshd_config(5)), and, on a running host,
 * the one by which this very command was started ($SSH_CONNECTION, ssh(1)).
 */
static void read_admin_ports(struct admin_ports *ret, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	struct reader reader = { ret, arena };
	const char *const *names = NULL;
	ssize_t n;

	ret->n = 0;
	/* A host without an SSH server has no such files. */
	(void)!hd_lines_scan(root, take_setting, &reader, CONFIG);
	n = hd_sysroot_names(root, arena, &names, CONFIG ".d");
	for (ssize_t i = 0; i < n && i < MAX_DROP_INS; i++)
		if (hd_text_ends_with(names[i], ".conf"))
			(void)!hd_lines_scan(root, take_setting, &reader, CONFIG ".d/%s", names[i]);
	if (root->is_live)
		read_environment(ret);
}

static const struct service {
	unsigned port;
	enum hd_connection_kind kind;
	const char *name;
} services[] = {
	{ 22, HD_CONNECTION_ADMIN, "SSH" },
	{ 16509, HD_CONNECTION_ADMIN, "libvirt" },
	{ 16514, HD_CONNECTION_ADMIN, "libvirt (TLS)" },
	{ 445, HD_CONNECTION_STORAGE, "SMB" },
	{ 2049, HD_CONNECTION_STORAGE, "NFS" },
	{ 3260, HD_CONNECTION_STORAGE, "iSCSI" },
	{ 4420, HD_CONNECTION_STORAGE, "NVMe over TCP" },
	{ 10809, HD_CONNECTION_STORAGE, "NBD" },
};

struct scan {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	const struct admin_ports *admin;
	int family;
	const char *source;
};

/* "0F02000A:0016" or 32 digits; false for what is neither. */
static bool read_end(const char *text, int family, uint8_t ret[16], unsigned *ret_port)
{
	size_t words = family == AF_INET6 ? 4 : 1;

	if (strspn(text, "0123456789abcdefABCDEF") != words * 8 || text[words * 8] != ':')
		return false;
	for (size_t i = 0; i < words; i++) {
		char digits[9] = { 0 };
		uint32_t word;

		memcpy(digits, text + i * 8, 8);
		word = (uint32_t)strtoul(digits, NULL, 16);
		memcpy(ret + i * 4, &word, sizeof(word));
	}
	*ret_port = (unsigned)strtoul(text + words * 8 + 1, NULL, 16);
	return true;
}

/* A socket that listens on IPv6 serves IPv4 as ::ffff:192.0.2.1. */
static int unmap_address(int family, uint8_t bytes[16])
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	if (family != AF_INET6 || memcmp(bytes, prefix, sizeof(prefix)) != 0)
		return family;
	memmove(bytes, bytes + sizeof(prefix), 4);
	memset(bytes + 4, 0, 12);
	return AF_INET;
}

static const struct service *service_of(const struct scan *scan, unsigned local_port,
					unsigned peer_port)
{
	for (size_t i = 0; i < scan->admin->n; i++)
		if (scan->admin->ports[i] == local_port)
			return &services[0];
	for (size_t i = 0; i < HD_ARRAY_SIZE(services); i++)
		if (services[i].port == (services[i].kind == HD_CONNECTION_ADMIN ? local_port
										 : peer_port))
			return &services[i];
	return NULL;
}

/* The host talking to itself depends on no interface. */
static bool is_own(const struct hd_net_tables *tables, int family, const uint8_t bytes[16])
{
	static const uint8_t loopback[16] = { [15] = 1 };

	if (family == AF_INET ? bytes[0] == 127 : !memcmp(bytes, loopback, sizeof(loopback)))
		return true;
	for (size_t i = 0; i < tables->n_addresses; i++)
		if (tables->addresses[i].family == family &&
		    !memcmp(tables->addresses[i].bytes, bytes, 16))
			return true;
	return false;
}

static void add_connection(struct scan *scan, struct hd_net_connection *found)
{
	const struct service *service =
		service_of(scan, found->local_port, found->peer_port);
	int family = found->family;

	if (!service)
		return;
	found->family = unmap_address(family, found->local);
	(void)unmap_address(family, found->peer);
	if (is_own(scan->tables, found->family, found->peer))
		return;
	/* Anybody may open more: they must not hide the administrator's. */
	if (scan->tables->n_connections >= MAX_CONNECTIONS) {
		if (!scan->tables->unknown)
			scan->tables->unknown = hd_printf(
				scan->arena, "%s has more than %d relevant connections",
				scan->source, MAX_CONNECTIONS);
		return;
	}
	found->kind = service->kind;
	found->service = service->name;
	found->source = scan->source;
	hd_push(scan->arena, &scan->tables->connections, &scan->tables->n_connections, *found);
}

/* "   0: 0F02000A:0016 0202000A:D431 01 ..." */
static bool take_line(void *data, const char *line)
{
	struct scan *scan = data;
	struct hd_net_connection found = { .family = scan->family };
	const char *local = strchr(line, ':'), *peer, *state;

	if (!local)
		return true;
	local += 1 + strspn(local + 1, " ");
	peer = local + strcspn(local, " ");
	peer += strspn(peer, " ");
	state = peer + strcspn(peer, " ");
	if (strtoul(state, NULL, 16) == ESTABLISHED &&
	    read_end(local, scan->family, found.local, &found.local_port) &&
	    read_end(peer, scan->family, found.peer, &found.peer_port))
		add_connection(scan, &found);
	return true;
}

int hd_net_connections_read(struct hd_net_tables *tables, const struct hd_sysroot *root,
			    struct hd_arena *arena, struct hd_error *err)
{
	static const struct { int family; const char *path; } files[] = {
		{ AF_INET, "proc/net/tcp" }, { AF_INET6, "proc/net/tcp6" },
	};
	struct admin_ports admin;

	read_admin_ports(&admin, root, arena);
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++) {
		struct scan scan = { .tables = tables, .arena = arena, .admin = &admin,
				     .family = files[i].family, .source = files[i].path };
		int rc = hd_lines_scan(root, take_line, &scan, "%s", files[i].path);

		if (rc < 0 && rc != -ENOENT)
			return hd_fail(err, rc, "cannot read %s: %s", files[i].path,
				       strerror(-rc));
	}
	return 0;
}
