/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_stack.h - what is stacked on an interface, and how it is taken off.
 *
 * Bridges, bonds, teams, Open vSwitch and VRFs are "masters" of their members;
 * VLANs, macvlans, macvtaps and ipvlans are "upper" devices of the one that
 * carries them (Linux net/core/dev.c, netdev_adjacent_sysfs_add).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"

/* An interface of the stack: the first is the one that all stand on. */
struct hd_net_node {
	const char *name;	/* the host's own, not printable */
	const char *chain;	/* "eth0 -> bond0 -> br0", printable */
	int depth;		/* 0: itself, 1: directly on it */
	bool is_master;		/* of the one below */
};

struct hd_net_stack {
	struct hd_net_node *nodes;
	size_t n;
};

/* Each interface once, by its shortest chain of the first found. */
void hd_net_stack_read(struct hd_net_stack *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *name) _nonnull_(1, 2, 3, 4);

/*
 * The use that NODE, of depth 1, makes of the interface LOWER: "member of bond
 * bond0 (sys/class/net/eth0/master)" and the command that takes it out.
 */
void hd_net_stack_use(const char **ret_use, const char **ret_remedy,
		      const struct hd_sysroot *root, struct hd_arena *arena, const char *lower,
		      const struct hd_net_node *node) _nonnull_(1, 2, 3, 4, 5, 6);

/*
 * Its kind as ip-link(8) calls it: "bridge", "bond", "team", "vlan" ...; asked of
 * the kernel (IFLA_INFO_KIND), of a captured tree by its files; "" if unknown.
 */
const char *hd_net_kind(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *name) _nonnull_(1, 2, 3) _returns_nonnull_;

/*
 * The command that takes PORT out of Open vSwitch.  With its daemon: "ovs-vsctl del-port
 * eth0" (the daemon puts back what is only taken from the kernel); without: "ovs-dpctl
 * del-if DATAPATH eth0".
 */
const char *hd_net_ovs_remedy(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *port) _nonnull_(1, 2, 3) _returns_nonnull_;
