/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * namespaces.h - what of the host cannot be seen from the namespaces that we run in?
 *
 * Each function returns NULL where we see what the host's first process sees, else
 * why we do not, as a phrase for people: what decides about harm is unknown then.
 * A captured tree hides nothing.  A private mount namespace alone (PrivateTmp=,
 * ProtectSystem= of systemd.exec(5)) hides nothing either: it has the host's /run.
 * Not asked: user, IPC, UTS, cgroup and time namespaces, which hide no use of a
 * device; and /dev, whose missing nodes show where they are needed.
 */
#pragma once

#include "base/arena.h"
#include "base/macro.h"
#include "base/sysroot.h"

/* What to do about any of them. */
#define HD_ON_THE_HOST \
	"run hostdevctl (and libvirt's daemon, which runs its hook) on the host itself, with " \
	"`nsenter -t 1 -a` in a privileged container with --pid=host, or in a container with " \
	"`--privileged --pid=host --network=host -v /run:/run -v /dev:/dev`"

/* Processes: who has a device open. */
const char *hd_hidden_processes(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);

/* Routes, addresses and connections of the host; also those of its other namespaces. */
const char *hd_hidden_network(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);

/* What the kernel tells below /proc besides the processes: mounts, swap, consoles. */
const char *hd_hidden_proc(const struct hd_sysroot *root) _nonnull_(1);

/* /run: the running guests of libvirt, our journals and locks. */
const char *hd_hidden_run(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);
