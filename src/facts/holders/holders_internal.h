/* SPDX-License-Identifier: GPL-2.0-or-later */
/* holders_internal.h - what the files behind holders.h share; nobody else includes it. */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "facts/holders/holders.h"

#define HD_SEEN_MAX 4096	/* more make what else is held unknown */

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
	size_t n_files;			/* how many of them are files of sysfs */
	const struct hd_kernel_types **types;	/* kept by who asks more than once */
	dev_t sysfs;			/* where these are mounted for us */
	pid_t ours[2];			/* processes that do not count */
	struct hd_sighting *seen;
	size_t n_seen;
	const char *unread, *unread_remedy;
	bool stops_if_unread;		/* there is another way to look */
};

/* Makes the keys of the nodes, before anything is looked up. */
void hd_scan_sort(struct hd_scan *scan) _nonnull_(1);

/* The node of this number or name, or NULL. */
const struct hd_node *hd_scan_numbered(const struct hd_scan *scan, unsigned major,
				       unsigned minor, bool is_block) _nonnull_(1);
const struct hd_node *hd_scan_named(const struct hd_scan *scan, const char *name)
	_nonnull_(1, 2);

/* The node that the magic link NAME in FD, a directory of /proc, is open on; or NULL. */
const struct hd_node *hd_scan_found(const struct hd_scan *scan, int fd, const char *name,
				    const struct statx *st) _nonnull_(1, 3, 4);

/* Notes one sighting; the same one may be noted often. */
void hd_scan_note(struct hd_scan *scan, const struct hd_node *node, pid_t pid, bool is_mapped)
	_nonnull_(1, 2);

/* Notes that this process could not be looked into because of ERROR (an errno). */
void hd_scan_unread(struct hd_scan *scan, const char *pid, int error) _nonnull_(1, 2);

/* Will the kernel be asked instead, whatever else /proc has? */
static inline bool hd_scan_is_over(const struct hd_scan *scan)
{
	return scan->stops_if_unread && scan->unread;
}

/* Is the failure one of a process that has ended? */
bool hd_has_ended(int error);

/* Which of the two ways to look; the tests and the benchmark compare them. */
enum hd_way { HD_WAY_BEST, HD_WAY_PROC, HD_WAY_KERNEL };

/* hd_holders_read() in one of them; where the kernel does not answer, its error. */
int hd_holders_read_by(struct hd_holders *ret, enum hd_way way, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		       struct hd_error *err) _nonnull_(1, 3, 4, 7) _must_check_;

/* holders_proc.c: all of /proc. */
int hd_scan_proc(struct hd_scan *scan, struct hd_error *err) _nonnull_(1, 2) _must_check_;

/*
 * holders_kernel.c: the same answer from the kernel's own walk of all files.
 * Returns 0, or a negative errno where that is not to be had: an older kernel, one
 * without BTF, no CAP_BPF and CAP_PERFMON, a PID namespace, a captured tree.  On
 * failure the scan may have sightings already; they are true.
 */
int hd_scan_kernel(struct hd_scan *scan) _nonnull_(1) _must_check_;

/*
 * holders_maps.c: what the process PID has mapped, by the directory DIR of one of its
 * threads below /proc: "812".  False if that thread has ended, or has no mappings.
 */
struct hd_maps;
struct hd_maps *hd_maps_new(struct hd_arena *arena) _nonnull_(1) _returns_nonnull_;
bool hd_maps_scan(struct hd_maps *maps, struct hd_scan *scan, int proc_fd, const char *dir,
		  pid_t pid) _nonnull_(1, 2, 4) _must_check_;

/* holders_who.c: command and unit of a process. */
void hd_holder_describe(struct hd_holder *holder, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);
