/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_tables.h - what this host's network lives on: its ways out, its
 * addresses, and the connections that somebody depends on.
 *
 * Source on a running host: rtnetlink (RTM_GETROUTE of both families and all
 * tables, RTM_GETNEXTHOP, RTM_GETADDR).  In a captured tree: proc/net/route and
 * proc/net/ipv6_route, proc/net/fib_trie and proc/net/if_inet6.  Connections:
 * proc/net/tcp and proc/net/tcp6.  Mounts' servers and
 * other namespaces: running hosts only.  Parts of network.c, and for its tests.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

/* Where a packet goes next.  Names are the host's own, not yet printable. */
struct hd_hop {
	const char *interface;
	const char *via;		/* "10.0.2.2", "inet6 fe80::1"; NULL: directly */
	unsigned weight;		/* of a multipath route; 1 otherwise */
	bool is_onlink;
};

/* A route to the world: a default route, or one to at least half of it (a VPN's 0/1). */
struct hd_route {
	int family;			/* AF_INET or AF_INET6 */
	const char *to;			/* "default", "128.0.0.0/1", "2000::/3" */
	const char *from;		/* source-specific: "2001:db8::/48"; or NULL */
	unsigned table;			/* 254 is main */
	unsigned metric, tos;		/* 0: none */
	uint32_t nexthop;		/* id of its nexthop object (ip-nexthop(8)), or 0 */
	struct hd_hop *hops;
	size_t n_hops;
	const char *source;		/* "RTM_GETROUTE", "proc/net/route" */
	int error;			/* why a hop is not among them, a negative errno, or 0 */
};

struct hd_net_address {
	int family;
	uint8_t bytes[16];
	unsigned prefix;
	const char *text;		/* "192.0.2.7/24" */
	const char *interface;
	bool is_link_local;		/* every IPv6 interface that is up has one */
};

enum hd_connection_kind {
	HD_CONNECTION_ADMIN,		/* into a server by which this host is administered */
	HD_CONNECTION_STORAGE,		/* out to a server that has this host's data */
};

/* An established TCP connection with another host. */
struct hd_net_connection {
	enum hd_connection_kind kind;
	int family;
	uint8_t local[16], peer[16];
	unsigned local_port, peer_port;
	const char *service;		/* "SSH", "iSCSI" */
	const char *source;		/* "proc/net/tcp" */
};

/* A filesystem of a server. */
struct hd_net_mount {
	const char *target, *type, *server;	/* "/home", "nfs4", "192.0.2.9" */
	const char *interface;			/* by which this host reaches the server */
};

/* An interface in another namespace that is a device's, or stands on one of ours. */
struct hd_net_elsewhere {
	const char *name;	/* there; the host's own, not printable */
	const char *kind;	/* "macvlan"; "" for a device's */
	const char *bus, *device;	/* IFLA_PARENT_DEV_BUS_NAME, _NAME: "pci", "0000:04:00.0";
					   "" if it belongs to no device (or before kernel 5.14) */
	uint32_t lower;		/* index of the interface of ours below it, or 0 */
	int32_t lower_space;	/* that namespace's id for ours */
	const char *where;	/* "namespace blue", "the namespace of nginx (pid 812)" */
	const char *enter;	/* "ip netns exec blue", "nsenter -t 812 -n" */
};

struct hd_net_elsewheres {
	struct hd_net_elsewhere *items;
	size_t n;
};

struct hd_net_tables {
	bool is_read;
	struct hd_route *routes;
	size_t n_routes;
	struct hd_route *narrow;	/* through gateways, to less of the world: the first ones;
					   running hosts only */
	size_t n_narrow;
	struct hd_net_address *addresses;
	size_t n_addresses;
	const char *addresses_source;
	struct hd_net_connection *connections;
	size_t n_connections;
	struct hd_net_mount *mounts;
	size_t n_mounts;
	struct hd_net_elsewheres elsewhere;
	const char *unknown;		/* why some of it could not be read, or NULL */
	const char *unknown_remedy;	/* what to do about it, or NULL: the usual */
};

/* Reads all once; later calls with the same RET do nothing. */
int hd_net_tables_read(struct hd_net_tables *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* Its parts.  By files: 0, or a negative errno with ERR.  */
int hd_net_routes_of_files(struct hd_net_tables *tables, const struct hd_sysroot *root,
			   struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
int hd_net_addresses_of_files(struct hd_net_tables *tables, const struct hd_sysroot *root,
			      struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
int hd_net_connections_read(struct hd_net_tables *tables, const struct hd_sysroot *root,
			    struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* By rtnetlink: 0 or a negative errno; DEADLINE of hd_now_ms(). */
int hd_net_routes_of_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
			    int64_t deadline) _nonnull_(1, 2) _must_check_;
int hd_net_addresses_of_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
			       int64_t deadline) _nonnull_(1, 2) _must_check_;

/* Mounts of NFS and SMB, and the way to each (RTM_GETROUTE of one address). */
int hd_net_mounts_read(struct hd_net_tables *tables, const struct hd_sysroot *root,
		       struct hd_arena *arena, int64_t deadline) _nonnull_(1, 2, 3) _must_check_;

/*
 * What other network namespaces have of this host's devices: an interface that was moved
 * into a container is invisible in ours, and so is a macvlan or VLAN that was (sysfs and
 * rtnetlink show one namespace only).  Each of run/netns and of all processes is entered
 * for the time of one socket(2) and asked by it.  Live hosts only.
 * Returns 0, or a negative errno if some could not be looked into: -ETIMEDOUT
 * at DEADLINE, -E2BIG for too many.  What was found is in RET in all cases.
 */
int hd_net_elsewhere_read(struct hd_net_elsewheres *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, int64_t deadline)
	_nonnull_(1, 2, 3) _must_check_;

/* Is it, of hosts without a route to the world, the only interface with a gateway? */
bool hd_net_is_only_way(const struct hd_net_tables *tables, const char *interface)
	_nonnull_(1, 2);

/* Does the route leave by this interface? */
bool hd_route_uses(const struct hd_route *route, const char *interface) _nonnull_(1, 2);

/*
 * The command that takes the interfaces of NAMES out of the route: what remains
 * of a multipath route stays.  "ip route del default via 10.0.2.2 dev eth0".
 */
const char *hd_route_remedy(struct hd_arena *arena, const struct hd_route *route,
			    const char *const *names, size_t n_names)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/* "default route of table 100 via 10.0.2.2"; by the hop through INTERFACE. */
const char *hd_route_text(struct hd_arena *arena, const struct hd_route *route,
			  const char *interface) _nonnull_(1, 2, 3) _returns_nonnull_;

/* The first blank-separated words of a line of proc/net, owned by ARENA; how many. */
#define HD_NET_WORDS 16
size_t hd_net_words(struct hd_arena *arena, const char *line, const char *words[HD_NET_WORDS])
	_nonnull_(1, 2, 3);

/* 16 bytes of an IPv6 address as these files have it: 32 digits; false for other text. */
bool hd_net_inet6_bytes(const char *hex, uint8_t ret[static 16]) _nonnull_(1, 2) _must_check_;

/* The text of such a file, NULL if it does not exist. 0, or a negative errno with ERR. */
int hd_net_file_text(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		     const char *path, struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* 4 or 16 bytes as text. */
const char *hd_net_address_text(struct hd_arena *arena, int family, const void *bytes)
	_nonnull_(1, 3) _returns_nonnull_;
