/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options.h - options as rows: parsed, explained and listed from one table. */
#pragma once

#include "cli/command.h"

extern const struct hd_option hd_opt_xml, hd_opt_sysroot, hd_opt_uri, hd_opt_remote;
extern const struct hd_option hd_opt_binder;
extern const struct hd_option hd_opt_textfile, hd_opt_openmetrics, hd_opt_node_name, hd_opt_against;
extern const struct hd_option hd_opt_json, hd_opt_dry_run, hd_opt_verbose, hd_opt_boot, hd_opt_help;
extern const struct hd_option hd_opt_guest, hd_opt_event, hd_opt_slot, hd_opt_pin, hd_opt_live, hd_opt_if_present,
	hd_opt_replug, hd_opt_any;
extern const struct hd_option hd_opt_config;
extern const struct hd_option hd_opt_as, hd_opt_managed, hd_opt_rom, hd_opt_boot_order;
extern const struct hd_option hd_opt_driver_model, hd_opt_mac, hd_opt_vlan, hd_opt_teaming;
extern const struct hd_option hd_opt_by, hd_opt_startup_policy, hd_opt_guest_reset;
extern const struct hd_option hd_opt_display, hd_opt_ramfb, hd_opt_namespace, hd_opt_target;
extern const struct hd_option hd_opt_iommufd, hd_opt_templates, hd_opt_split, hd_opt_pool;
extern const struct hd_option hd_opt_allow, hd_opt_destroys;
extern const struct hd_option hd_opt_kind, hd_opt_output, hd_opt_tree, hd_opt_free, hd_opt_long;
extern const struct hd_option hd_opt_svg, hd_opt_html, hd_opt_all, hd_opt_color;

extern const struct hd_option hd_opt_apply, hd_opt_revert, hd_opt_keep, hd_opt_unsafe_interrupts;
extern const struct hd_option hd_opt_at_boot, hd_opt_no_probe, hd_opt_page_size, hd_opt_node;
extern const struct hd_option hd_opt_file, hd_opt_last_start, hd_opt_journal;
extern const struct hd_option hd_opt_host, hd_opt_redact, hd_opt_idle, hd_opt_timeout;
extern const struct hd_option hd_opt_enable, hd_opt_disable, hd_opt_units, hd_opt_rehearse;
extern const struct hd_option hd_opt_replug_enable, hd_opt_replug_disable;
extern const struct hd_option hd_opt_sessions, hd_opt_report, hd_opt_yes;

/*
 * Takes the options of ROWS out of ARGV (argv[0] is the command's name) and
 * permutes it.  Returns the index of the first operand, or -EINVAL with ERR.
 * May be called once in a process, or again after it has returned.
 */
int hd_options_parse(struct hd_options *ret, const struct hd_option *const *rows, int argc,
		     char **argv, struct hd_error *err) _nonnull_(1, 2, 4, 5) _must_check_;

/* The help of the program, and of one command. */
void hd_help_global(FILE *out) _nonnull_(1);
void hd_help_command(FILE *out, const struct hd_command *command) _nonnull_(1, 2);

/* Options without a command ("--version"), from 0; NULL: no more. */
const char *hd_help_option(size_t i);

/* Names, one per line; internal commands are left out. */
void hd_help_list_commands(FILE *out) _nonnull_(1);

/* "--xml" per line, for completion and lints. */
void hd_options_list(FILE *out, const struct hd_option *const *rows) _nonnull_(1, 2);
