/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_elsewhere.h - what other network namespaces have of this host's devices.
 *
 * An interface that was moved into a container is invisible in ours, and so is
 * a macvlan or VLAN that was: sysfs and rtnetlink show one namespace only.  Each
 * other namespace is entered for the time of one socket(2) and asked by it.
 */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/sysroot.h"

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

/*
 * Looks into the namespaces of run/netns and of all processes.  Live hosts only.
 * Returns 0, or a negative errno if some could not be looked into: -ETIMEDOUT
 * at DEADLINE, -E2BIG for too many.  What was found is in RET in all cases.
 */
int hd_net_elsewhere_read(struct hd_net_elsewheres *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, int64_t deadline)
	_nonnull_(1, 2, 3) _must_check_;
