/* SPDX-License-Identifier: GPL-2.0-or-later */
/* holders_internal.h - what the files behind holders.h share; nobody else includes it. */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "facts/holders.h"

#define HD_SEEN_MAX 4096	/* more are not noted; that there are some is enough */

/* A node in a process, before it is known who that is. */
struct hd_sighting {
	const struct hd_node *node;
	pid_t pid;
	bool is_mapped;
};

struct hd_node_key {
	uint64_t number;
	const struct hd_node *node;
};

struct hd_scan {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_node *nodes;
	size_t n_nodes;
	struct hd_node_key *keys;	/* the same by number */
	pid_t ours[2];			/* processes that do not count */
	struct hd_sighting *seen;
	size_t n_seen;
	const char *unread;
};

/* The node of this number or name, or NULL. */
const struct hd_node *hd_scan_numbered(const struct hd_scan *scan, unsigned major,
				       unsigned minor, bool is_block) _nonnull_(1);
const struct hd_node *hd_scan_named(const struct hd_scan *scan, const char *name)
	_nonnull_(1, 2);

/* Notes one sighting; the same one may be noted often. */
void hd_scan_note(struct hd_scan *scan, const struct hd_node *node, pid_t pid, bool is_mapped)
	_nonnull_(1, 2);

/* Notes that this process could not be looked into because of ERROR (an errno). */
void hd_scan_unread(struct hd_scan *scan, const char *pid, int error) _nonnull_(1, 2);

/* Is the failure one of a process that has ended? */
bool hd_has_ended(int error);

/* holders_proc.c: all of /proc. */
int hd_scan_proc(struct hd_scan *scan, struct hd_error *err) _nonnull_(1, 2) _must_check_;

/* holders_maps.c: what one process has mapped; DIR is below /proc: "812", "812/task/813". */
struct hd_maps;
struct hd_maps *hd_maps_new(struct hd_arena *arena) _nonnull_(1) _returns_nonnull_;
void hd_maps_scan(struct hd_maps *maps, struct hd_scan *scan, int proc_fd, const char *dir,
		  pid_t pid) _nonnull_(1, 2, 4);

/* holders_who.c: command and unit of a process. */
void hd_holder_describe(struct hd_holder *holder, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);
