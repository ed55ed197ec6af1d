/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many_hosts.h - one command for several hosts, which answer as one. */
#pragma once

#include "cli/command.h"

struct hd_many_host {
	const char *name;	/* of a file, or libvirt's URI */
	bool is_uri;
	const char *short_name;	/* of a file, without .tree; of a URI, its host */
	const char *label;	/* for people: safe to print, and no other host has it */
};

struct hd_many {
	struct hd_many_host *hosts;	/* in the order of the command line; of a directory by name */
	size_t n;
	bool is_many;		/* several are named, or a directory; else the command runs as ever */
};

/*
 * The hosts that the options name: captured ones (--host), all in a directory, and for commands
 * that show a daemon's host (--connect) those.  HD_EXIT_OK, or _USAGE, _HOST with ERR.
 */
enum hd_exit hd_many_choose(struct hd_many *ret, const struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Runs the command for each (host_pool.h) and writes what they answer: RUN's table with the host
 * as its first column, or its lines behind the host, or with --json one object.  Returns the
 * worst exit status; a host without an answer counts as HD_EXIT_HOST.  _USAGE has ERR.
 */
enum hd_exit hd_many_run(struct hd_run *run, const struct hd_many *many, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
