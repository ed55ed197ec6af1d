/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_doctor.c - does libvirt run our hook on this host, and what went past it? */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "act/hotplug_facts.h"
#include "act/request_devices.h"
#include "check/checks.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "domain/xml.h"
#include "facts/setup/host_setup.h"
#include "run/hook_trial.h"

static const struct hd_option *const options[] = {
	&hd_opt_sysroot, &hd_opt_host, &hd_opt_timeout, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

/* What concerns the hook, the daemon that runs it, and units that may not be enabled. */
static const struct hd_check *const concerned[] = {
	&hd_check_libvirt_finds_devices, &hd_check_one_daemon, &hd_check_unit_hardening, &hd_check_hook_installed,
	&hd_check_hook_answers, &hd_check_replug_started, &hd_check_sleep_handled,
	&hd_check_hotplug_recorded, &hd_check_vfio_owned,
};

static bool is_concerned(const struct hd_check *check)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(concerned); i++)
		if (check == concerned[i])
			return true;
	return false;
}

static void keep_concerned(struct hd_findings *findings)
{
	size_t kept = 0;

	findings->is_ready = true;
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (!is_concerned(f->check))
			continue;
		/* Here a warning says that guests start unchecked or cannot start, or that
		   libvirt lacks devices. */
		if (f->verdict != HD_PASS && f->severity >= HD_WARNING)
			findings->is_ready = false;
		findings->items[kept++] = *f;
	}
	findings->n = kept;
}

/* The hook that libvirt runs. Without root it exits at once, whatever is wrong. */
static const struct hd_hook_file *installed(const struct hd_context *context,
					    const struct hd_setup *setup)
{
	for (size_t i = 0; context->root.is_live && geteuid() == 0 && i < setup->n_hooks; i++)
		if (setup->hooks[i].is_ours && setup->hooks[i].is_executable &&
		    !setup->hooks[i].is_nested)
			return &setup->hooks[i];
	return NULL;
}

/* Would a start with this device, of the guest that has it, be refused for it? */
static int add_refusals(struct hd_findings *findings, struct hd_context *context,
			const struct hd_unseen_device *device, struct hd_error *err)
{
	struct hd_checked checked = { .title = device->guest };
	struct hd_hostdev *dev = hd_alloc(context->arena, sizeof(*dev));
	char name[HD_PCI_ADDR_SIZE];
	enum hd_exit code;

	if (hd_request_parse(&checked.request, context->arena, device->live, strlen(device->live),
			     err) < 0)
		return err->code;
	*dev = device->dev;
	hd_request_keep(&checked.request, dev, 1);
	hd_facts_query_for(&checked.query, context->arena, &checked.request);
	code = hd_checked_run(&checked, context, err);
	hd_pci_addr_format(&dev->addr, name);
	for (size_t i = 0; code == HD_EXIT_OK && i < checked.findings.n; i++) {
		const struct hd_finding *f = &checked.findings.items[i];

		if (hd_finding_refuses(f) && !strcmp(f->subject, name)) {
			hd_push(context->arena, &findings->items, &findings->n, *f);
			findings->is_ready = false;
		}
	}
	hd_checked_close(&checked);
	return code == HD_EXIT_OK ? 0 : err->code;
}

static enum hd_exit run_doctor(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	static const char *const notes[] = {
		"the hook was not run: it is not installed, or this is not run as root on "
		"a live host",
	};
	const struct hd_facts_query query = { .guest_uuid = "", .want = HD_WANT_HOST };
	struct hd_report report = { .title = "libvirt's hook", .show_passed = true };
	struct hd_findings findings;
	struct hd_request request = { 0 };
	const struct hd_hook_file *hook;
	struct hd_facts facts;
	struct hd_setup setup;
	struct hd_hotplug hotplug;
	struct hd_unseen unseen;
	enum hd_exit code;

	if (hd_facts_collect(&facts, &run->context.root, arena, &query, err) < 0)
		return HD_EXIT_HOST;
	hd_setup_read(&setup, &run->context.root, arena);
	facts.setup = &setup;
	hd_sleep_read(&facts.sleep, &run->context.root, arena);
	facts.sleep_policy = run->context.config.sleep_guests;
	if (hd_hotplug_read(&hotplug, &unseen, &run->context, err) < 0)
		return HD_EXIT_HOST;
	facts.hotplug = &hotplug;
	hook = installed(&run->context, &setup);
	if (hook)
		hd_hook_run(&setup.hook_run, arena, hd_printf(arena, "/%s", hook->path));
	hd_check_run(&findings, arena, &request, &facts);
	keep_concerned(&findings);
	for (size_t i = 0; i < unseen.n; i++)
		if (unseen.items[i].dev.kind == HD_DEVICE_PCI &&
		    add_refusals(&findings, &run->context, &unseen.items[i], err) < 0)
			return HD_EXIT_HOST;
	report.findings = &findings;
	report.notes = notes;
	report.n_notes = hook ? 0 : HD_ARRAY_SIZE(notes);
	code = hd_show_report(run, &report, err);
	return code == HD_EXIT_OK && !findings.is_ready ? HD_EXIT_REFUSED : code;
}

const struct hd_command hd_cmd_doctor = {
	.name = "doctor",
	.args = "",
	.max_args = 0,
	.summary = "Check whether libvirt runs hostdevctl-hook on this host, and run it as a test.",
	.options = options,
	.takes_hosts = true,
	.run = run_doctor,
};
