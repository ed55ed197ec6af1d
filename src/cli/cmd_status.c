/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_status.c - who holds which function, and since when? From the journals and sysfs. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "act/host_change.h"
#include "act/removed.h"
#include "act/replug_state.h"
#include "act/sleep_state.h"
#include "act/unseen.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "domain/hostdev_elements.h"
#include "report/table.h"
#include "run/journal.h"
#include "run/keeper.h"

#define MAX_NAME 64

/* People read "guest win11" and a sentence; programs get words that never change. */
enum { DEVICE, HELD_FOR, OWNER, GUEST, SINCE, DRIVER, WAS, TEXT, STATE, DETAIL, N_COLUMNS };

static const struct hd_column columns[N_COLUMNS] = {
	[DEVICE] = { .title = "DEVICE", .key = "device" },
	[HELD_FOR] = { .title = "HELD FOR", .key = "held_for", .text_only = true },
	[OWNER] = { .title = "OWNER", .key = "held_for", .json_only = true },
	[GUEST] = { .title = "GUEST", .key = "guest", .json_only = true },
	[SINCE] = { .title = "SINCE", .key = "since" },
	[DRIVER] = { .title = "DRIVER", .key = "driver" },
	[WAS] = { .title = "BEFORE", .key = "before" },
	[TEXT] = { .title = "STATE", .key = "state", .may_wrap = true, .text_only = true },
	[STATE] = { .title = "STATE", .key = "state", .json_only = true },
	[DETAIL] = { .title = "DETAIL", .key = "detail", .json_only = true },
};

static const struct hd_option *const options[] = {
	&hd_opt_idle, &hd_opt_sysroot, &hd_opt_host, &hd_opt_timeout, &hd_opt_json, &hd_opt_help, NULL,
};

static const char *time_text(struct hd_arena *arena, int64_t seconds)
{
	time_t when = (time_t)seconds;
	char buf[64];
	struct tm parts;

	if (!seconds || !localtime_r(&when, &parts) ||
	    !strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%S%z", &parts))
		return NULL;
	return hd_strdup(arena, buf);
}

static void set_owner(const char **row, struct hd_arena *arena, const char *owner,
		      const char *guest)
{
	row[OWNER] = owner;
	row[GUEST] = guest;
	row[HELD_FOR] = guest ? hd_printf(arena, "%s%s%s", owner, !strcmp(owner, "rehearsal") ?
					  " of guest " : " ", guest) : owner;
}

static void set_state(const char **row, const char *state, const char *text)
{
	row[STATE] = state;
	row[TEXT] = text ? text : state;
	row[DETAIL] = text;
}

static void set_journal_owner(const char **row, struct hd_arena *arena,
			      const struct hd_journal_entry *entry)
{
	const char *name = entry->id.name && *entry->id.name ? entry->id.name : entry->id.key;

	if (entry->id.owner == HD_OWNER_ADMIN)
		set_owner(row, arena, "administrator", NULL);
	else
		set_owner(row, arena, entry->id.owner == HD_OWNER_REHEARSAL ? "rehearsal" : "guest",
			  hd_text_printable(arena, name, MAX_NAME));
}

static void set_in_use(const char **row, struct hd_arena *arena, const char *holder)
{
	set_state(row, "in-use", hd_printf(arena, "in use by %s",
					   hd_text_printable(arena, holder, MAX_NAME)));
}

/* Only detach-from looks whether all of the IOMMU group may go back. */
static void set_removed(const char **row, struct hd_arena *arena, const struct hd_journal_entry *entry,
			const struct hd_journal_step *step)
{
	const char *name = entry->id.name ? entry->id.name : "";

	set_state(row, "removed", hd_printf(arena, "removed from the running guest: 'hostdevctl detach-from "
					    "--live %s %s' gives it back",
					    hd_guest_word(arena, name, entry->id.key), step->target));
}

static void set_journal_state(const char **row, struct hd_arena *arena,
			      const struct hd_journal_entry *entry,
			      const struct hd_journal_step *step, const struct hd_pci_facts *facts,
			      const struct hd_running_devices *running)
{
	if (facts && facts->vfio_holder)
		set_in_use(row, arena, facts->vfio_holder);
	else if (step->last == HD_EVENT_UNDONE)
		set_state(row, "given-back", "given back");
	else if (step->last == HD_EVENT_STUCK)
		set_state(row, "stuck", "stuck: run 'hostdevctl recover'");
	else if (entry->is_committed && hd_is_removed(running, entry, step))
		set_removed(row, arena, entry, step);
	else if (entry->is_committed)
		set_state(row, "held", NULL);
	else
		set_state(row, "unfinished", "unfinished: run 'hostdevctl recover'");
}

/* A function that is gone, or cannot be read, is shown without a driver. */
static const struct hd_pci_facts *facts_of(struct hd_facts *facts, struct hd_context *context,
					   const struct hd_pci_addr *addr)
{
	const struct hd_facts_query query = { .addrs = addr, .n_addrs = 1, .guest_uuid = "" };
	struct hd_error ignored;

	if (hd_facts_collect(facts, &context->root, context->arena, &query, &ignored) < 0)
		return NULL;
	return hd_facts_fn(facts, addr);
}

static void add_step(struct hd_table *table, struct hd_context *context,
		     const struct hd_journal_entry *entry, const struct hd_journal_step *step,
		     const struct hd_running_devices *running)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	bool is_libvirts = !strcmp(step->knob, HD_KNOB_MANAGED);
	const struct hd_pci_facts *fn;
	struct hd_pci_addr addr;
	const char **row;

	if ((strcmp(step->knob, HD_KNOB_PCI_DRIVER) != 0 && !is_libvirts) ||
	    step->last == HD_EVENT_MAX || !hd_pci_addr_parse(step->target, &addr))
		return;
	fn = facts_of(&facts, context, &addr);
	/* Not yet, or no longer. */
	if (is_libvirts && (!fn || fn->fn.driver_kind != HD_DRIVER_VFIO))
		return;
	row = hd_table_row(table, context->arena);
	row[DEVICE] = step->target;
	set_journal_owner(row, context->arena, entry);
	row[SINCE] = time_text(context->arena, entry->since);
	row[DRIVER] = fn ? fn->fn.driver : NULL;
	row[WAS] = step->from;
	set_journal_state(row, context->arena, entry, step, fn, running);
}

static void add_entry(struct hd_table *table, struct hd_context *context,
		      const struct hd_journal_entry *entry, const struct hd_running_devices *running)
{
	const char **row;

	for (size_t i = 0; !entry->broken && i < entry->n_steps; i++)
		add_step(table, context, entry, &entry->steps[i], running);
	if (!entry->broken)
		return;
	row = hd_table_row(table, context->arena);
	row[HELD_FOR] = entry->id.key;
	row[OWNER] = "journal";
	set_state(row, entry->is_newer ? "newer-journal" : "damaged-journal",
		  hd_printf(context->arena, "%s %s: %s", entry->is_newer ? "newer journal" :
			    "damaged journal", entry->id.key, entry->broken));
}

/* Its start goes on, and libvirt has not taken the function yet. */
static void add_kept(struct hd_table *table, struct hd_context *context, const struct hd_keeper *keeper,
		     const struct hd_pci_addr *addr)
{
	const char **row = hd_table_row(table, context->arena), *driver = NULL;
	char *name = hd_alloc(context->arena, HD_PCI_ADDR_SIZE);

	hd_pci_addr_format(addr, name);
	if (hd_pci_driver_read(&context->root, context->arena, name, &driver) < 0)
		driver = NULL;
	row[DEVICE] = name;
	set_owner(row, context->arena, "guest", keeper->guest);
	row[SINCE] = time_text(context->arena, keeper->since);
	row[DRIVER] = driver;
	set_state(row, "kept", hd_printf(context->arena, "kept free for libvirt by process %d, "
					 "for another %d s", keeper->pid, keeper->seconds_left));
}

static ssize_t add_keepers(struct hd_table *table, struct hd_context *context, int dir_fd,
			   struct hd_error *err)
{
	struct hd_keeper *keepers = NULL;
	ssize_t n = hd_keeper_list(&keepers, context->arena, dir_fd, err);

	for (ssize_t i = 0; i < n; i++)
		for (size_t j = 0; j < keepers[i].n_functions; j++)
			add_kept(table, context, &keepers[i], &keepers[i].functions[j]);
	return n;
}

static bool has_row(const struct hd_table *table, const char *device)
{
	for (size_t i = 0; i < table->n_rows; i++) {
		const char *shown = table->cells[i * N_COLUMNS + DEVICE];

		if (shown && !strcmp(shown, device))
			return true;
	}
	return false;
}

static void add_foreign(struct hd_table *table, struct hd_context *context,
			const struct hd_pci_facts *found)
{
	const char **row = hd_table_row(table, context->arena);

	row[DEVICE] = hd_strdup(context->arena, found->fn.name);
	row[HELD_FOR] = "not ours";
	row[OWNER] = "other";
	row[DRIVER] = found->fn.driver;
	if (found->vfio_holder)
		set_in_use(row, context->arena, found->vfio_holder);
	else
		set_state(row, "unused", "on VFIO, not in use");
}

/* libvirt gives back a device with managed='yes' when the guest loses it or stops. */
static const char *unseen_text(struct hd_arena *arena, const struct hd_hostdev *dev)
{
	if (dev->kind != HD_DEVICE_PCI)
		return "attached while the guest ran";
	return hd_printf(arena, "attached while the guest ran; no hook saw it: %s gives it back",
			 dev->managed ? "libvirt" : "only 'hostdevctl reattach'");
}

/* What virsh and others gave to guests that run. */
static int fill_unseen(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	struct hd_unseen unseen;
	int rc = hd_unseen_read(&unseen, context, err);

	for (size_t i = 0; rc == 0 && i < unseen.n; i++) {
		const struct hd_hostdev *dev = &unseen.items[i].dev;
		const char *name = hd_hostdev_name(context->arena, dev), *driver = NULL, **row;

		if (has_row(table, name))
			continue;
		if (dev->kind != HD_DEVICE_PCI ||
		    hd_pci_driver_read(&context->root, context->arena, name, &driver) < 0)
			driver = NULL;
		row = hd_table_row(table, context->arena);
		row[DEVICE] = name;
		set_owner(row, context->arena, "guest", unseen.items[i].guest);
		row[DRIVER] = driver;
		set_state(row, "attached", unseen_text(context->arena, dev));
	}
	return rc;
}

/* Functions on a VFIO driver that no row has; their users are looked for in one pass. */
static int find_foreign(struct hd_facts_query *ret, const struct hd_table *table,
			struct hd_context *context, struct hd_error *err)
{
	struct hd_pci_addr *all, *found = NULL;
	size_t n_all, n = 0;
	int rc = hd_pci_addresses(&context->root, context->arena, &all, &n_all, err);

	for (size_t i = 0; rc == 0 && i < n_all; i++) {
		struct hd_pci_fn fn = { 0 };

		rc = hd_pci_fn_read(&fn, &context->root, context->arena, &all[i], err);
		if (rc == 0 && fn.is_present && fn.driver_kind == HD_DRIVER_VFIO &&
		    !has_row(table, fn.name))
			hd_push(context->arena, &found, &n, all[i]);
	}
	*ret = (struct hd_facts_query){ .addrs = found, .n_addrs = n, .guest_uuid = "" };
	return rc;
}

/* The same for who can read neither journals nor the files that processes have open. */
static int fill_bound(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	struct hd_facts_query query = { 0 };
	int rc = find_foreign(&query, table, context, err);

	for (size_t i = 0; rc == 0 && i < query.n_addrs; i++) {
		const char **row = hd_table_row(table, context->arena), *driver = NULL;
		char *name = hd_alloc(context->arena, HD_PCI_ADDR_SIZE);

		hd_pci_addr_format(&query.addrs[i], name);
		if (hd_pci_driver_read(&context->root, context->arena, name, &driver) < 0)
			driver = NULL;
		row[DEVICE] = name;
		row[HELD_FOR] = "unknown";
		row[DRIVER] = driver;
		set_state(row, "unknown", "on VFIO");
	}
	return rc;
}

/* Put on VFIO at boot, by libvirt, or by hand. */
static int fill_foreign(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	struct hd_facts_query query = { 0 };
	int rc = find_foreign(&query, table, context, err);

	if (rc < 0 || !query.n_addrs)
		return rc;
	rc = hd_facts_collect(&facts, &context->root, context->arena, &query, err);
	for (size_t i = 0; rc == 0 && i < query.n_addrs; i++) {
		const struct hd_pci_facts *found = hd_facts_fn(&facts, &query.addrs[i]);

		if (found)
			add_foreign(table, context, found);
	}
	return rc;
}

/* Returns for how many something is held or about to be taken, also if no row shows it. */
static ssize_t fill_held(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_running_devices running = { .n = 0 };
	struct hd_journal_entry *entries = NULL;
	int rc = hd_state_dir_peek(context, &fd, err);
	ssize_t n, n_keepers, n_at_work;

	if (rc <= 0)
		return rc;
	n = hd_journal_list(&entries, context->arena, fd, err);
	if (n > 0 && hd_running_devices_read(&running, context, err) < 0)
		n = err->code;
	for (ssize_t i = 0; i < n; i++)
		add_entry(table, context, &entries[i], &running);
	n_keepers = n < 0 ? n : add_keepers(table, context, fd, err);
	n_at_work = n_keepers < 0 ? n_keepers : hd_locks_in_use(fd, err);
	return n_at_work < 0 ? n_at_work : n + n_keepers + n_at_work;
}

/* What became of USB devices that came or went: nothing is held for them. */
static int fill_replugs(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_replug_record *records = NULL;
	int rc = hd_state_dir_peek(context, &fd, err);
	ssize_t n = rc <= 0 ? rc : hd_replug_record_list(&records, context->arena, fd);

	for (ssize_t i = 0; i < n; i++) {
		const char **row = hd_table_row(table, context->arena);

		row[DEVICE] = hd_printf(context->arena, "usb:%s", records[i].port);
		if (*records[i].guest)
			set_owner(row, context->arena, "guest", records[i].guest);
		row[SINCE] = time_text(context->arena, records[i].time);
		set_state(row, "plugged", hd_printf(context->arena, "plugged: %s",
						    *records[i].outcome ? records[i].outcome :
						    "nothing to do"));
	}
	return n < 0 && rc > 0 ? hd_fail(err, (int)n, "cannot list what USB devices did: %s",
					 strerror((int)-n)) : rc < 0 ? rc : 0;
}

/* Guests that were stopped for the host's sleep, or lost a device in it. */
static int fill_sleepers(struct hd_table *table, struct hd_context *context, struct hd_error *err)
{
	static const struct {
		const char *state, *text;
	} states[] = {
		[HD_SLEPT_PAUSED] = { "paused",
				      "paused for the host's sleep: 'hostdevctl wake' resumes it" },
		[HD_SLEPT_SAVED] = { "saved",
				     "saved for the host's sleep: 'hostdevctl wake' starts it" },
		[HD_SLEPT_WOKEN] = { "woken", NULL },
	};
	_cleanup_(hd_close) int fd = -1;
	struct hd_sleep_record *records = NULL;
	int rc = hd_state_dir_peek(context, &fd, err);
	ssize_t n = rc <= 0 ? rc : hd_sleep_record_list(&records, context->arena, fd);

	for (ssize_t i = 0; i < n; i++) {
		const char **row = hd_table_row(table, context->arena);

		const char *text = states[records[i].state].text;

		set_owner(row, context->arena, "guest", records[i].guest);
		row[SINCE] = time_text(context->arena, records[i].time);
		set_state(row, states[records[i].state].state, text ? text : records[i].outcome);
	}
	return n < 0 && rc > 0 ? hd_fail(err, (int)n, "cannot list which guests were stopped: %s",
					 strerror((int)-n)) : rc < 0 ? rc : 0;
}

static enum hd_exit refuse_held(struct hd_error *err)
{
	hd_fail(err, -EBUSY, "devices are held: end their guests (virsh shutdown GUEST), then give "
		"back what was detached (hostdevctl reattach DEVICE) or left by a crash (hostdevctl "
		"recover)");
	return HD_EXIT_REFUSED;
}

static int write_table(struct hd_run *run, struct hd_table *table, bool is_partial, size_t n_ours,
		       struct hd_error *err)
{
	static const char *const partial[] = {
		"what is held, and for whom, is readable by root only: run it as root",
	};
	FILE *out = run->is_part ? run->notes : run->out;

	run->is_reported = true;
	if (is_partial) {
		table->notes = partial;
		table->n_notes = HD_ARRAY_SIZE(partial);
	}
	if (run->options->json || (table->n_rows && (is_partial || n_ours)))
		return hd_show_table(run, table, err);
	(void)fprintf(out, "%s\n", is_partial ? partial[0] : "hostdevctl holds no device");
	return table->n_rows ? hd_show_table(run, table, err) : 0;
}

/* Who may not read something gets the rest; RC otherwise. */
static int forgive_user(bool *is_partial, int rc, struct hd_error *err)
{
	if ((rc != -EACCES && rc != -EPERM) || !geteuid())
		return rc;
	*err = (struct hd_error){ 0 };
	*is_partial = true;
	return 0;
}

/* All that comes after what is held; for an ordinary user as far as it can be read. */
static int fill_others(struct hd_table *table, struct hd_run *run, bool *is_partial,
		       struct hd_error *err)
{
	struct hd_context *context = &run->context;
	int rc = forgive_user(is_partial, fill_unseen(table, context, err), err);

	if (*is_partial && run->options->idle)
		return hd_fail(err, -EPERM, "status --idle needs root");
	if (rc == 0)
		rc = (*is_partial ? fill_bound : fill_foreign)(table, context, err);
	if (rc == 0)
		rc = forgive_user(is_partial, fill_replugs(table, context, err), err);
	if (rc == 0)
		rc = forgive_user(is_partial, fill_sleepers(table, context, err), err);
	return rc;
}

static enum hd_exit run_status(struct hd_run *run, struct hd_error *err)
{
	struct hd_table table = { .key = "held", .columns = columns, .n_columns = N_COLUMNS,
				  .width = run->width };
	bool is_partial = run->context.root.is_live && geteuid();
	ssize_t n_held = fill_held(&table, &run->context, err);
	size_t n_ours = table.n_rows;
	int rc = n_held < 0 ? forgive_user(&is_partial, (int)n_held, err) : 0;

	if (rc == 0)
		rc = fill_others(&table, run, &is_partial, err);
	if (rc < 0 || write_table(run, &table, is_partial, n_ours, err) < 0)
		return HD_EXIT_HOST;
	return n_held && run->options->idle ? refuse_held(err) : HD_EXIT_OK;
}

const struct hd_command hd_cmd_status = {
	.name = "status",
	.summary = "Show who holds which device, and since when.",
	.options = options,
	.takes_hosts = true,
	.gives_back = true,
	.run = run_status,
};
