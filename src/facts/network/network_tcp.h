/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_tcp.h - the ports by which this host is administered; for network_tcp.c. */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_ADMIN_PORTS_MAX 32

struct hd_admin_ports {
	unsigned ports[HD_ADMIN_PORTS_MAX];
	size_t n;
};

/*
 * Ports of the SSH server beyond 22: "Port" and "ListenAddress" of
 * etc/ssh/sshd_config and its drop-ins (sshd_config(5)), and, on a running host,
 * the one by which this very command was started ($SSH_CONNECTION, ssh(1)).
 */
void hd_admin_ports_read(struct hd_admin_ports *ret, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);
