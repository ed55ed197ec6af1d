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

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/lines.h"
#include "facts/network/network_tables.h"
#include "facts/network/network_tcp.h"

#define MAX_CONNECTIONS 256
#define ESTABLISHED 1ul		/* TCP_ESTABLISHED, Linux include/net/tcp_states.h */

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
	const struct hd_admin_ports *admin;
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
static int unmap(int family, uint8_t bytes[16])
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

static void add(struct scan *scan, struct hd_net_connection *found)
{
	const struct service *service =
		service_of(scan, found->local_port, found->peer_port);
	int family = found->family;

	if (!service)
		return;
	found->family = unmap(family, found->local);
	(void)unmap(family, found->peer);
	if (is_own(scan->tables, found->family, found->peer))
		return;
	/* Anybody may open more: they must not hide the administrator's. */
	if (scan->tables->n_connections >= MAX_CONNECTIONS) {
		if (!scan->tables->unknown)
			scan->tables->unknown = hd_printf(
				scan->arena, "%s has more than %d connections that matter",
				scan->source, MAX_CONNECTIONS);
		return;
	}
	found->kind = service->kind;
	found->service = service->name;
	found->source = scan->source;
	*(struct hd_net_connection *)hd_append(scan->arena, &scan->tables->connections,
					       &scan->tables->n_connections,
					       sizeof(*found)) = *found;
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
		add(scan, &found);
	return true;
}

int hd_net_connections_read(struct hd_net_tables *tables, const struct hd_sysroot *root,
			    struct hd_arena *arena, struct hd_error *err)
{
	static const struct { int family; const char *path; } files[] = {
		{ AF_INET, "proc/net/tcp" }, { AF_INET6, "proc/net/tcp6" },
	};
	struct hd_admin_ports admin;

	hd_admin_ports_read(&admin, root, arena);
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
