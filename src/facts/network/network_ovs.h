/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_ovs.h - how a port is taken out of Open vSwitch.  Part of network_stack.c. */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * With its daemon: "ovs-vsctl del-port eth0" (the daemon puts back what is only
 * taken from the kernel); without: "ovs-dpctl del-if DATAPATH eth0".
 */
const char *hd_net_ovs_remedy(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *port) _nonnull_(1, 2, 3) _returns_nonnull_;
