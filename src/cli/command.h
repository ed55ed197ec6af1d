/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.h - a command of hostdevctl is one row: its name, its options, its
 * function.  Help, completion and the man page come from the rows.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/context.h"
#include "base/error.h"
#include "base/exit.h"
#include "element/element.h"

struct hd_option {
	char letter;			/* 0: long form only */
	const char *name;		/* "xml" for --xml */
	const char *arg;		/* "FILE", or NULL: a switch */
	const char *help;
	size_t offset;			/* of a `const char *` (arg) or `bool` in struct hd_options */
	bool repeats;			/* may be given again; offset is of a struct hd_words */
	bool in_full;			/* no abbreviation of the name is taken */
	bool names_host;		/* each value is kept in `named`, too */
};

/* The values of an option that may be given again. */
#define HD_WORDS_MAX 64
struct hd_words {
	const char *items[HD_WORDS_MAX];
	size_t n;
};

/* What --host and --connect named, in the order of the command line. */
#define HD_NAMED_HOSTS_MAX 512
struct hd_named_hosts {
	struct hd_named_host {
		const struct hd_option *by;
		const char *name;
	} items[HD_NAMED_HOSTS_MAX];
	size_t n;
};

/* Values of all options of all commands; what was not given is NULL or false. */
struct hd_options {
	const char *xml, *sysroot, *uri, *binder, *guest, *slot, *file, *host, *split, *color, *textfile;
	const char *node, *any, *against, *timeout;
	struct hd_element_options element;
	const char *kinds, *output, *page_size, *nodes, *units, *sessions, *event;
	bool json, dry_run, verbose, boot, help, redact, idle;
	bool at_boot, no_probe, html, all;
	bool openmetrics, pool, tree, is_free, is_long, svg, pin, replug, live, if_present, config, journal;
	bool apply, revert, unsafe_interrupts;
	bool enable, disable, rehearse, report, yes;
	struct hd_words allow, destroys, keep;
	struct hd_named_hosts named;
};

struct hd_run {
	const struct hd_command *command;
	const struct hd_options *options;
	char **args;			/* the operands */
	int n_args;
	struct hd_context context;
	FILE *out;			/* what the command is asked for; errors go to its caller */
	FILE *notes;			/* what a person should know besides */
	bool colour;			/* see hd_terminal_colour() */
	int width;			/* of the terminal that standard output is; 0: it is none */
	bool is_part;			/* one of many hosts: tables are written for their merger */
	bool has_table;			/* as such a part, a table was written */
	bool is_reported;		/* one JSON object is written; an error must not add another */
};

struct hd_command {
	const char *name;
	const char *args;		/* "DEVICE...", for the help */
	int min_args, max_args;		/* max_args -1: any number */
	const char *summary;		/* one line */
	const struct hd_option *const *options;	/* NULL-terminated */
	bool needs_root;		/* on a live host, unless --dry-run */
	bool gives_back;		/* a broken configuration must not keep it from that */
	bool takes_text;		/* an operand of several words may begin with "-" */
	bool takes_filters;		/* an operand may be a word of inventory/filters.h */
	bool takes_hosts;		/* of each of several hosts, side by side (many_hosts.h) */
	bool is_internal;		/* left out of help and completion; unless it needs root, it has
					   no host and no configuration */
	void (*help)(FILE *out);	/* adds to its help; or NULL */
	/* Fills ERR whenever there is something to say beyond what it wrote to run->out. */
	enum hd_exit (*run)(struct hd_run *run, struct hd_error *err);
};

extern const struct hd_command *const hd_commands[];	/* NULL-terminated */

/* By name, internal ones too; or NULL. */
const struct hd_command *hd_command_find(const char *name) _nonnull_(1);

/* Is OPTION one of its options? */
bool hd_command_has(const struct hd_command *command, const struct hd_option *option)
	_nonnull_(1, 2);

/* The rows of hd_commands[]. */
extern const struct hd_command hd_cmd_check;
extern const struct hd_command hd_cmd_plan;
extern const struct hd_command hd_cmd_detach;
extern const struct hd_command hd_cmd_reattach;
extern const struct hd_command hd_cmd_status;
extern const struct hd_command hd_cmd_recover;
extern const struct hd_command hd_cmd_monitor;
extern const struct hd_command hd_cmd_metrics;
extern const struct hd_command hd_cmd_export;
extern const struct hd_command hd_cmd_setup;
extern const struct hd_command hd_cmd_doctor;
extern const struct hd_command hd_cmd_explain;
extern const struct hd_command hd_cmd_capture;
extern const struct hd_command hd_cmd_list;
extern const struct hd_command hd_cmd_show;
extern const struct hd_command hd_cmd_map;
extern const struct hd_command hd_cmd_xml;
extern const struct hd_command hd_cmd_attach;
extern const struct hd_command hd_cmd_detach_from;
extern const struct hd_command hd_cmd_start;
extern const struct hd_command hd_cmd_relocate;
extern const struct hd_command hd_cmd_replug;
extern const struct hd_command hd_cmd_sleep;
extern const struct hd_command hd_cmd_wake;
extern const struct hd_command hd_cmd_handover;
extern const struct hd_command hd_cmd_nodedev;
extern const struct hd_command hd_cmd_rehearse;
extern const struct hd_command hd_cmd_complete;
