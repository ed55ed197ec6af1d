/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options.c - options as rows: parsed, explained and listed from one table, as are commands. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "base/did_you_mean.h"
#include "cli/options.h"

#define MAX_ROWS 40
#define NAME_SIZE 64		/* longer words are like no option */
#define FIRST_LONG 256		/* getopt's value of row 0: above all letters */
#define HELP_COLUMN 24
#define GLOBAL_WIDTH 22

#define VALUE(member) offsetof(struct hd_options, member), false, false, false
#define HOST(member) offsetof(struct hd_options, member), false, false, true
#define WORDS(member) offsetof(struct hd_options, member), true

const struct hd_option hd_opt_xml = { 'x', "xml", "FILE",
	"read the guest's domain XML from FILE (- is standard input)", VALUE(xml) };
const struct hd_option hd_opt_sysroot = { 0, "sysroot", "DIR",
	"use the host whose files are below DIR instead of this one", VALUE(sysroot) };
const struct hd_option hd_opt_uri = { 'c', "connect", "URI",
	"libvirt's connection; default qemu:///system", HOST(uri) };
const struct hd_option hd_opt_remote = { 'c', "connect", "URI",
	"show the host of this libvirt daemon instead of this one", HOST(uri) };
const struct hd_option hd_opt_binder = { 'b', "binder", "BINDER",
	"what changes drivers: libvirt or sysfs", VALUE(binder) };
const struct hd_option hd_opt_json = { 'j', "json", NULL,
	"write JSON instead of text", VALUE(json) };
const struct hd_option hd_opt_dry_run = { 'n', "dry-run", NULL,
	"show what would be done, but do nothing", VALUE(dry_run) };
const struct hd_option hd_opt_verbose = { 'v', "verbose", NULL,
	"also show the checks that passed", VALUE(verbose) };
const struct hd_option hd_opt_textfile = { 0, "textfile", "FILE",
	"replace FILE, for the textfile collector of node_exporter", VALUE(textfile) };
const struct hd_option hd_opt_openmetrics = { 0, "openmetrics", NULL,
	"write OpenMetrics instead of Prometheus's own text format", VALUE(openmetrics) };
const struct hd_option hd_opt_node_name = { 0, "node", "NAME",
	"the name of this host in the cluster; default its own name", VALUE(node) };
const struct hd_option hd_opt_against = { 0, "against", "FILE",
	"check what this configuration of a scheduler offers (- is standard input)", VALUE(against) };
const struct hd_option hd_opt_boot = { 0, "boot", NULL,
	"assume that no guest is starting: libvirt's daemon does not run yet", VALUE(boot) };
const struct hd_option hd_opt_idle = { 0, "idle", NULL,
	"exit with 1 if anything is held, and say how it is given back", VALUE(idle) };
const struct hd_option hd_opt_allow = { 0, "allow", "CHECK=SUBJECT",
	"make a failure of CHECK for SUBJECT a warning; may be repeated", WORDS(allow), false, false };
const struct hd_option hd_opt_destroys = { 0, "i-know-this-destroys-data", "DEVICE",
	"take DEVICE although its data is in use; may be repeated", WORDS(destroys), true, false };
const struct hd_option hd_opt_guest = { 'g', "guest", "GUEST",
	"place the devices in this libvirt guest", VALUE(guest) };
const struct hd_option hd_opt_event = { 0, "event", "EVENT",
	"look at the port instead of GUEST after this event of udev: bind or remove", VALUE(event) };
const struct hd_option hd_opt_slot = { 0, "slot", "BUS:SLOT",
	"the guest's slot for the card, such as 07:00", VALUE(slot) };
const struct hd_option hd_opt_pin = { 0, "pin", NULL,
	"pin the identity of the devices in the guest's metadata", VALUE(pin) };
const struct hd_option hd_opt_replug = { 0, "replug", NULL,
	"give USB devices to the guest again when they are plugged in", VALUE(replug) };
const struct hd_option hd_opt_any = { 0, "any", "FILTER",
	"any device of this kind, such as gpu:10de:2684, and one that is free", VALUE(any) };
const struct hd_option hd_opt_live = { 0, "live", NULL,
	"change the running guest", VALUE(live) };
const struct hd_option hd_opt_if_present = { 0, "if-present", NULL,
	"leave out devices that the guest does not have", VALUE(if_present) };
const struct hd_option hd_opt_config = { 0, "config", NULL,
	"change the guest's definition, for its next start", VALUE(config) };
const struct hd_option hd_opt_as = { 0, "as", "KIND",
	"pass it as pci, gpu, disk, interface, usb, serial, mdev or scsi", VALUE(element.as) };
const struct hd_option hd_opt_managed = { 0, "managed", "WORD",
	"yes: libvirt binds it to VFIO; no (default): hostdevctl does", VALUE(element.managed) };
const struct hd_option hd_opt_rom = { 0, "rom", "FILE",
	"use this file as its ROM; off: show none to the guest", VALUE(element.rom) };
const struct hd_option hd_opt_boot_order = { 0, "boot", "N",
	"its place in the guest's boot order, from 1", VALUE(element.boot) };
const struct hd_option hd_opt_driver_model = { 0, "driver-model", "NAME",
	"the host's VFIO driver for it (libvirt 10.0)", VALUE(element.driver_model) };
const struct hd_option hd_opt_mac = { 0, "mac", "ADDRESS",
	"give a virtual function this MAC address", VALUE(element.mac) };
const struct hd_option hd_opt_vlan = { 0, "vlan", "N",
	"give a virtual function this VLAN, 1-4094", VALUE(element.vlan) };
const struct hd_option hd_opt_teaming = { 0, "teaming", "ALIAS",
	"team it with the guest's virtio interface of this alias", VALUE(element.teaming) };
const struct hd_option hd_opt_by = { 0, "by", "WORD",
	"name a USB device by id, address or port", VALUE(element.by) };
const struct hd_option hd_opt_startup_policy = { 0, "startup-policy", "WORD",
	"if the USB device is missing: mandatory, requisite or optional",
	VALUE(element.startup_policy) };
const struct hd_option hd_opt_guest_reset = { 0, "guest-reset", "WORD",
	"whether the guest may reset a USB device: off, uninitialized, "
	"on", VALUE(element.guest_reset) };
const struct hd_option hd_opt_display = { 0, "display", "WORD",
	"on: the guest's console shows the vGPU", VALUE(element.display) };
const struct hd_option hd_opt_ramfb = { 0, "ramfb", "WORD",
	"on: the vGPU shows the guest's firmware, too", VALUE(element.ramfb) };
const struct hd_option hd_opt_namespace = { 0, "namespace", "N",
	"the namespace that --as disk passes", VALUE(element.ns) };
const struct hd_option hd_opt_target = { 0, "target", "NAME",
	"the name of the guest's disk; default vda", VALUE(element.target) };
const struct hd_option hd_opt_iommufd = { 0, "iommufd", NULL,
	"use IOMMUFD (libvirt 12.1)", VALUE(element.iommufd) };
const struct hd_option hd_opt_templates = { 0, "templates", "DIR",
	"look for templates in DIR first", VALUE(element.templates) };
const struct hd_option hd_opt_split = { 0, "split", "DIR",
	"write each element to a file of its own in DIR", VALUE(split) };
const struct hd_option hd_opt_pool = { 0, "pool", NULL,
	"write the network and interface for a pool of the device's virtual functions",
	VALUE(pool) };
const struct hd_option hd_opt_kind = { 'k', "kind", "KIND,...",
	"only devices of these kinds: pci, usb, serial, mdev, scsi", VALUE(kinds) };
const struct hd_option hd_opt_output = { 'o', "output", "COLUMN,...",
	"the columns to show; +COLUMN,... adds to the default ones", VALUE(output) };
const struct hd_option hd_opt_tree = { 't', "tree", NULL,
	"show what belongs together: groups, hubs, virtual functions", VALUE(tree) };
const struct hd_option hd_opt_free = { 0, "free", NULL,
	"only devices that can go to a guest now", VALUE(is_free) };
const struct hd_option hd_opt_svg = { 0, "svg", NULL,
	"draw it as SVG, for browsers and documents", VALUE(svg) };
const struct hd_option hd_opt_html = { 0, "html", NULL,
	"write it as a page that can be searched and filtered", VALUE(html) };
const struct hd_option hd_opt_all = { 'a', "all", NULL,
	"also show bridges, counters, virtual functions and equal devices one by one", VALUE(all) };
const struct hd_option hd_opt_long = { 'l', "long", NULL,
	"also show who uses the devices, and whether they can go to a guest", VALUE(is_long) };
const struct hd_option hd_opt_file = { 0, "file", "FILE",
	"explain the messages in FILE (- is standard input)", VALUE(file) };
const struct hd_option hd_opt_last_start = { 'g', "guest", "GUEST",
	"explain why the guest's last failed start failed, from QEMU's log", VALUE(guest) };
const struct hd_option hd_opt_journal = { 0, "journal", NULL,
	"explain the kernel's messages since boot", VALUE(journal) };
const struct hd_option hd_opt_color = { 0, "color", "WHEN",
	"always, never, or auto: only on a terminal, and not with NO_COLOR set", VALUE(color) };
const struct hd_option hd_opt_apply = { 0, "apply", NULL,
	"change the host; without it, the changes are only shown", VALUE(apply) };
const struct hd_option hd_opt_revert = { 0, "revert", NULL,
	"undo all that setup has changed", VALUE(revert) };
const struct hd_option hd_opt_keep = { 0, "keep", "FILE",
	"with --revert: leave FILE as it is and forget it; may be repeated",
	WORDS(keep), false, false };
const struct hd_option hd_opt_unsafe_interrupts = { 0, "unsafe-interrupts", NULL,
	"allow passthrough on hardware that cannot remap interrupts", VALUE(unsafe_interrupts) };
const struct hd_option hd_opt_host = { 0, "host", "FILE",
	"use the host that 'capture' wrote to FILE instead of this one", HOST(host) };
const struct hd_option hd_opt_timeout = { 0, "timeout", "SECONDS",
	"of several hosts: how long each may take; default 30", VALUE(timeout) };
const struct hd_option hd_opt_redact = { 0, "redact", NULL,
	"replace serial numbers, MAC addresses, UUIDs, host and users' names", VALUE(redact) };
const struct hd_option hd_opt_at_boot = { 0, "at-boot", NULL,
	"only prepare the next boot; leave the running host alone", VALUE(at_boot) };
const struct hd_option hd_opt_no_probe = { 0, "no-probe", NULL,
	"setup vfs: keep the host's drivers off new virtual functions", VALUE(no_probe) };
const struct hd_option hd_opt_page_size = { 0, "page-size", "SIZE",
	"setup hugepages: 2M or 1G, if the guest's XML does not set it", VALUE(page_size) };
const struct hd_option hd_opt_node = { 0, "node", "NODES",
	"setup hugepages SIZE: on these NUMA nodes of the host (0-1)", VALUE(nodes) };
const struct hd_option hd_opt_enable = { 0, "enable", NULL,
	"let each start of the guest end what the card is needed for", VALUE(enable) };
const struct hd_option hd_opt_disable = { 0, "disable", NULL,
	"refuse such a start again", VALUE(disable) };
const struct hd_option hd_opt_replug_enable = { 0, "enable", NULL,
	"let DEVICE, or all that the guest may start without, come back to it", VALUE(enable) };
const struct hd_option hd_opt_replug_disable = { 0, "disable", NULL,
	"let DEVICE, or everything, no longer come back", VALUE(disable) };
const struct hd_option hd_opt_units = { 0, "units", "UNIT,...",
	"with --enable: stop these units of systemd instead of the usual ones", VALUE(units) };
const struct hd_option hd_opt_sessions = { 0, "sessions", "END",
	"with --enable: end the graphical sessions on the card (end), or refuse then (refuse)",
	VALUE(sessions) };
const struct hd_option hd_opt_rehearse = { 0, "rehearse", NULL,
	"take the card, hold it for some SECONDS, give it back", VALUE(rehearse) };
const struct hd_option hd_opt_report = { 0, "report", NULL,
	"show the last rehearsal or start: steps, times, result", VALUE(report) };
const struct hd_option hd_opt_yes = { 'y', "yes", NULL,
	"do not ask", VALUE(yes) };
const struct hd_option hd_opt_help = { 'h', "help", NULL,
	"show this help", VALUE(help) };

struct getopt_rows {
	struct option longs[MAX_ROWS + 1];
	char letters[2 * MAX_ROWS + 2];
};

static void fill_rows(struct getopt_rows *ret, const struct hd_option *const *rows)
{
	char *letter = ret->letters;

	*letter++ = ':';
	for (int i = 0; rows[i] && i < MAX_ROWS; i++) {
		ret->longs[i].name = rows[i]->name;
		ret->longs[i].has_arg = rows[i]->arg ? required_argument : no_argument;
		ret->longs[i].val = FIRST_LONG + i;
		if (!rows[i]->letter)
			continue;
		*letter++ = rows[i]->letter;
		if (rows[i]->arg)
			*letter++ = ':';
	}
}

/* The row of what getopt_long() returned or refused; NULL if there is none. */
static const struct hd_option *row_of(const struct hd_option *const *rows, int value)
{
	for (int i = 0; rows[i] && value; i++)
		if (value == FIRST_LONG + i || value == rows[i]->letter)
			return rows[i];
	return NULL;
}

static int add_word(struct hd_words *words, const struct hd_option *row, const char *value,
		    struct hd_error *err)
{
	if (words->n >= HD_WORDS_MAX)
		return hd_fail(err, -E2BIG, "option --%s is given more than %d times", row->name,
			       HD_WORDS_MAX);
	words->items[words->n++] = value;
	return 0;
}

static int add_host(struct hd_named_hosts *named, const struct hd_option *row, const char *value,
		     struct hd_error *err)
{
	if (named->n >= HD_NAMED_HOSTS_MAX)
		return hd_fail(err, -E2BIG, "more than %d hosts are named; --host also takes a "
			       "directory of captured hosts", HD_NAMED_HOSTS_MAX);
	named->items[named->n++] = (struct hd_named_host){ row, value };
	return 0;
}

static int store_value(struct hd_options *ret, const struct hd_option *row, const char *value,
		       struct hd_error *err)
{
	char *at = (char *)ret + row->offset;
	bool yes = true;

	if (row->repeats)
		return add_word((struct hd_words *)(void *)at, row, value, err);
	if (row->arg)
		memcpy(at, &value, sizeof(value));
	else
		memcpy(at, &yes, sizeof(yes));
	return row->names_host ? add_host(&ret->named, row, value, err) : 0;
}

/* Is WORD the option itself, and not a beginning of its name that getopt_long() takes too? */
static bool is_in_full(const struct hd_option *row, const char *word)
{
	size_t length = strlen(row->name);

	return !strncmp(word, "--", 2) && !strncmp(word + 2, row->name, length) &&
	       (!word[2 + length] || word[2 + length] == '=');
}

/* What getopt_long() took for ROW, whose value is ARG. */
static int take_option(struct hd_options *ret, const struct hd_option *row, char **argv,
		       const char *arg, struct hd_error *err)
{
	const char *word = argv[arg && arg == argv[optind - 1] ? optind - 2 : optind - 1];

	if (row->in_full && !is_in_full(row, word))
		return hd_fail(err, -EINVAL, "option --%s must be written in full", row->name);
	return store_value(ret, row, arg, err);
}

/* WORD is "--name" or "--name=value". */
static int miss_option(const struct hd_option *const *rows, const char *word, struct hd_error *err)
{
	char name[NAME_SIZE];
	struct hd_nearest nearest = { .word = name, .prefix = "--" };

	word += strspn(word, "-");
	(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
	for (; *rows; rows++)
		hd_nearest_offer(&nearest, (*rows)->name);
	return hd_nearest_suggest(&nearest, err);
}

static int refuse_word(const struct hd_option *const *rows, int value, const char *word,
		       struct hd_error *err)
{
	const struct hd_option *row = row_of(rows, optopt);

	if (!row && is_in_full(&hd_opt_host, word))
		return hd_fail(err, -EINVAL, "--host is for commands that examine a host; "
			       "this command works on the host that it runs on");
	if (value == ':' && row)
		return hd_fail(err, -EINVAL, "option --%s needs a %s", row->name, row->arg);
	if (row)
		return hd_fail(err, -EINVAL, "option --%s takes no value", row->name);
	if (optopt)
		return hd_fail(err, -EINVAL, "unknown option '-%c'", optopt);
	hd_fail(err, -EINVAL, "unknown or ambiguous option '%s'", word);
	return miss_option(rows, word, err);
}

int hd_options_parse(struct hd_options *ret, const struct hd_option *const *rows, int argc,
		     char **argv, struct hd_error *err)
{
	struct hd_options options = { 0 };
	struct getopt_rows table = { 0 };
	int value;

	fill_rows(&table, rows);
	opterr = 0;
	optind = 0;
	while ((value = getopt_long(argc, argv, table.letters, table.longs, NULL)) != -1) {
		const struct hd_option *row = row_of(rows, value);

		if (!row)
			return refuse_word(rows, value, argv[optind - 1], err);
		if (take_option(&options, row, argv, optarg, err) < 0)
			return err->code;
	}
	*ret = options;
	return optind;
}

/* "  -x, --xml FILE   what it does", one line per row. */
static void help_options(FILE *out, const struct hd_option *const *rows)
{
	for (; *rows; rows++) {
		const struct hd_option *row = *rows;
		char letter[8] = "    ";
		int width;

		if (row->letter)
			(void)snprintf(letter, sizeof(letter), "-%c, ", row->letter);
		width = fprintf(out, "  %s--%s%s%s", letter, row->name, row->arg ? " " : "",
				row->arg ? row->arg : "");
		(void)fprintf(out, "%*s%s\n", width < HELP_COLUMN ? HELP_COLUMN - width : 2, "",
			      row->help);
	}
}

static const struct {
	const char *option, *arg, *help;
} globals[] = {
	{ "--help", "", "show this help, or the help of the command before it" },
	{ "--version", "", "show the version" },
	{ "--list-commands", "", "list the commands, for completion" },
	{ "--list-options", " COMMAND", "list the options of a command" },
};

static const enum hd_exit codes[] = {
	HD_EXIT_OK, HD_EXIT_REFUSED, HD_EXIT_USAGE, HD_EXIT_HOST, HD_EXIT_STRANDED,
	HD_EXIT_PARTLY, HD_EXIT_MEMORY,
};

void hd_help_global(FILE *out)
{
	(void)fprintf(out, "Usage: hostdevctl COMMAND [OPTION...] [OPERAND...]\n\n"
		      "Gives host PCI devices to libvirt guests, safely.\n\nCommands:\n");
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			(void)fprintf(out, "  %-10s %s\n", (*command)->name,
				      (*command)->summary);
	(void)fprintf(out, "\nOptions:\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(globals); i++)
		(void)fprintf(out, "  %s%-*s  %s\n", globals[i].option,
			      GLOBAL_WIDTH - (int)strlen(globals[i].option), globals[i].arg,
			      globals[i].help);
	(void)fprintf(out, "\nExit codes:\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(codes); i++)
		(void)fprintf(out, "  %2d  %s\n", codes[i], hd_exit_text(codes[i]));
	(void)fprintf(out, "\n"
		      "A DEVICE can be named in many ways: 01:00.0, 10de:1b06, "
		      "/dev/nvme0n1, enp3s0,\n"
		      "vf:enp3s0/2, usb:1-2.3, usb:046d:c52b:SERIAL, /dev/ttyUSB0, a "
		      "mediated device's UUID.\n"
		      "See 'hostdevctl COMMAND --help' and hostdevctl(1).\n");
}

void hd_help_command(FILE *out, const struct hd_command *command)
{
	(void)fprintf(out, "Usage: hostdevctl %s [OPTION...]%s%s\n\n%s\n\nOptions:\n",
		      command->name, command->args ? " " : "",
		      command->args ? command->args : "", command->summary);
	help_options(out, command->options);
	if (command->help)
		command->help(out);
}

void hd_help_list_commands(FILE *out)
{
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			(void)fprintf(out, "%s\n", (*command)->name);
}

const char *hd_help_option(size_t i)
{
	return i < HD_ARRAY_SIZE(globals) ? globals[i].option : NULL;
}

void hd_options_list(FILE *out, const struct hd_option *const *rows)
{
	for (; *rows; rows++)
		(void)fprintf(out, "--%s\n", (*rows)->name);
}
