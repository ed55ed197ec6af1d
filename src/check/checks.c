/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks.c - the one list of checks, and how it is run. */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "check/checks.h"
#include "check/remedy_commands.h"
#include "scheduler/offered.h"

#define HD_NAME_SHOWN 80 /* characters of a guest's name in a report */
#define MAX_KERNEL_LINES 4

#define ADDRESS_OF(name) &name,

const struct hd_check *const hd_checks[] = { HD_EACH_CHECK(ADDRESS_OF) NULL };

const struct hd_check *hd_check_find(const char *id)
{
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		if (!strcmp((*check)->id, id))
			return *check;
	return NULL;
}

void hd_join(struct hd_arena *arena, const char **text, const char *fmt, ...)
{
	const char *more;
	va_list args;

	va_start(args, fmt);
	more = hd_vprintf(arena, fmt, args);
	va_end(args);
	*text = *text ? hd_printf(arena, "%s; %s", *text, more) : more;
}

void hd_join_once(struct hd_arena *arena, const char **text, const char *more)
{
	if (more && (!*text || !strstr(*text, more)))
		hd_join(arena, text, "%s", more);
}

enum hd_verdict hd_tell(const struct hd_subject *subject, struct hd_result *ret,
			enum hd_verdict verdict, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	ret->evidence = hd_vprintf(subject->arena, fmt, args);
	va_end(args);
	return verdict;
}

void hd_advise(const struct hd_subject *subject, struct hd_result *ret, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	ret->remedy = hd_vprintf(subject->arena, fmt, args);
	va_end(args);
}

const char *hd_edit_command(const struct hd_subject *subject)
{
	const struct hd_request *request = subject->request;

	return request->name ? hd_printf(subject->arena, "virsh edit %s",
					 hd_guest_word(subject->arena, request->name, request->uuid))
			     : "virsh edit";
}

static bool begins(const char *line, const char *const *starts)
{
	for (; *starts; starts++)
		if (hd_text_starts_with(line, *starts))
			return true;
	return false;
}

void hd_add_kernel_log(const struct hd_subject *subject, struct hd_result *ret,
		       const char *const *starts)
{
	const struct hd_setup *setup = subject->facts->setup;
	const char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; setup && i < setup->n_kernel_lines && n < MAX_KERNEL_LINES; i++)
		if (begins(setup->kernel_lines[i], starts)) {
			text = hd_printf(subject->arena, "%s%s\"%s\"",
					 text ? text : "the kernel says ", text ? ", " : "",
					 setup->kernel_lines[i]);
			n++;
		}
	hd_join_once(subject->arena, &ret->evidence, text);
}

const char *hd_cmdline(const struct hd_facts *facts)
{
	return facts->host.cmdline ? facts->host.cmdline : "";
}

/* Does it pass PCI functions, or no device at all (a check of the host)? */
static bool wants_pci(const struct hd_request *request)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].kind == HD_DEVICE_PCI)
			return true;
	/* The host alone; a USB device or a serial port alone needs nothing of it. */
	return !request->name && !request->n_hostdevs;
}

/* Nothing else is known of a function that does not exist or cannot be read. */
static bool can_judge(const struct hd_check *check, const struct hd_pci_facts *pci)
{
	return !pci || check->runs_absent || (pci->fn.is_present && !pci->fn.unknown);
}

static void run_one(struct hd_findings *ret, const struct hd_check *check,
		    const struct hd_subject *subject, const char *name)
{
	struct hd_result result = { .severity = check->severity, .remedy = check->remedy };
	enum hd_verdict verdict;
	struct hd_finding *finding;

	if (!can_judge(check, subject->pci))
		return;
	verdict = check->run(subject, &result);
	if (verdict == HD_SKIP)
		return;
	if (verdict == HD_PASS)
		result.remedy = result.never = NULL;
	finding = hd_append(subject->arena, &ret->items, &ret->n, sizeof(*finding));
	*finding = (struct hd_finding){
		.check = check,
		.subject = name,
		.severity = result.severity,
		.verdict = verdict,
		.evidence = result.evidence,
		.remedy = result.remedy,
		.never = result.never,
	};
	if (verdict != HD_PASS && !finding->evidence)
		finding->evidence = hd_printf(subject->arena, "not true: %s",
					      check->title);
	hd_override_apply(subject, finding, result.use);
	hd_handover_advise(subject, finding);
	hd_other_device_advise(subject, finding);
	hd_remedy_commands(subject->arena, finding);
	if (hd_finding_refuses(finding))
		ret->is_ready = false;
}

/* Is a check of this scope meant for this function? */
static bool covers(enum hd_scope scope, const struct hd_subject *subject)
{
	if (subject->pci->is_requested || subject->hostdev)
		return true;
	return scope == HD_SCOPE_TAKEN && hd_companion_goes(subject->request, subject->pci);
}

static void run_functions(struct hd_findings *ret, const struct hd_check *check,
			  struct hd_subject subject)
{
	for (size_t i = 0; i < subject.facts->n_fns; i++) {
		subject.pci = &subject.facts->fns[i];
		subject.hostdev = hd_request_pci(subject.request, &subject.pci->fn.addr);
		if (covers(check->scope, &subject))
			run_one(ret, check, &subject, subject.pci->fn.name);
	}
}

static void run_usb(struct hd_findings *ret, const struct hd_check *check,
		    struct hd_subject subject)
{
	for (size_t i = 0; i < subject.facts->n_usbs; i++) {
		subject.usb = &subject.facts->usbs[i];
		subject.hostdev = subject.usb->hostdev;
		run_one(ret, check, &subject, subject.usb->name);
	}
}

static void run_serial(struct hd_findings *ret, const struct hd_check *check,
		       struct hd_subject subject)
{
	for (size_t i = 0; i < subject.facts->n_serials; i++) {
		subject.serial = &subject.facts->serials[i];
		subject.hostdev = subject.serial->hostdev;
		run_one(ret, check, &subject, subject.serial->name);
	}
}

static void run_mdev(struct hd_findings *ret, const struct hd_check *check,
		     struct hd_subject subject)
{
	for (size_t i = 0; i < subject.facts->n_mdevs; i++) {
		subject.mdev = &subject.facts->mdevs[i];
		subject.hostdev = subject.mdev->hostdev;
		run_one(ret, check, &subject, subject.mdev->name);
	}
}

static void run_scsi(struct hd_findings *ret, const struct hd_check *check,
		     struct hd_subject subject)
{
	for (size_t i = 0; i < subject.facts->n_scsis; i++) {
		subject.scsi = &subject.facts->scsis[i];
		subject.hostdev = subject.scsi->hostdev;
		run_one(ret, check, &subject, subject.scsi->name);
	}
}

static void run_allows(struct hd_findings *ret, const struct hd_check *check,
		       struct hd_subject subject, const struct hd_allow *allows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		subject.allow = &allows[i];
		run_one(ret, check, &subject,
			hd_text_printable(subject.arena, allows[i].subject, HD_NAME_SHOWN));
	}
}

static void run_overrides(struct hd_findings *ret, const struct hd_check *check,
			  struct hd_subject subject)
{
	const struct hd_policy *policy = &subject.request->policy;

	subject.found = ret;
	run_allows(ret, check, subject, policy->allows, policy->n_allows);
	run_allows(ret, check, subject, policy->typed, policy->n_typed);
}

static void run_host(struct hd_findings *ret, const struct hd_check *check,
		     struct hd_subject subject)
{
	run_one(ret, check, &subject, "host");
}

static void run_guest(struct hd_findings *ret, const struct hd_check *check,
		      struct hd_subject subject)
{
	if (subject.request->name)
		run_one(ret, check, &subject,
			hd_text_printable(subject.arena, subject.request->name, HD_NAME_SHOWN));
}

static void run_entries(struct hd_findings *ret, const struct hd_check *check, struct hd_subject subject)
{
	const struct hd_offered *offered = subject.facts->offered;

	for (size_t i = 0; offered && i < offered->n_entries; i++) {
		subject.entry = &offered->entries[i];
		run_one(ret, check, &subject, subject.entry->subject);
	}
}

static void run_offered(struct hd_findings *ret, const struct hd_check *check, struct hd_subject subject)
{
	const struct hd_offered *offered = subject.facts->offered;

	for (size_t i = 0; offered && i < offered->n_devices; i++) {
		subject.offered = &offered->devices[i];
		run_one(ret, check, &subject, subject.offered->subject);
	}
}

static void (*const runs[])(struct hd_findings *ret, const struct hd_check *check,
			    struct hd_subject subject) = {
	[HD_SCOPE_HOST] = run_host,	[HD_SCOPE_DEVICE] = run_functions,
	[HD_SCOPE_TAKEN] = run_functions, [HD_SCOPE_GUEST] = run_guest,
	[HD_SCOPE_USB] = run_usb,	[HD_SCOPE_SERIAL] = run_serial,
	[HD_SCOPE_MDEV] = run_mdev,	[HD_SCOPE_SCSI] = run_scsi,
	[HD_SCOPE_ENTRY] = run_entries,	[HD_SCOPE_OFFERED] = run_offered,
	[HD_SCOPE_OVERRIDE] = run_overrides,
};
_Static_assert(HD_ARRAY_SIZE(runs) == HD_SCOPE_MAX, "a way to run each scope");

/* A requested function that was never examined counts as absent. */
static void run_unseen(struct hd_findings *ret, struct hd_subject subject)
{
	const struct hd_request *request = subject.request;

	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];
		struct hd_pci_facts *pci;

		if (dev->kind != HD_DEVICE_PCI || !dev->has_addr ||
		    hd_facts_fn(subject.facts, &dev->addr))
			continue;
		pci = hd_alloc(subject.arena, sizeof(*pci));
		pci->fn.addr = dev->addr;
		hd_pci_addr_format(&dev->addr, pci->fn.name);
		pci->is_requested = true;
		subject.pci = pci;
		subject.hostdev = dev;
		run_one(ret, &hd_check_device_present, &subject, pci->fn.name);
	}
}

void hd_check_run(struct hd_findings *ret, struct hd_arena *arena,
		  const struct hd_request *request, const struct hd_facts *facts)
{
	const struct hd_subject subject = { .request = request, .facts = facts, .arena = arena };
	bool with_pci = wants_pci(request);

	*ret = (struct hd_findings){ .is_ready = true };
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		if (with_pci || !(*check)->is_for_pci)
			runs[(*check)->scope](ret, *check, subject);
	run_unseen(ret, subject);
}

void hd_check_run_again(struct hd_findings *ret, struct hd_arena *arena,
			const struct hd_request *request, const struct hd_facts *facts)
{
	const struct hd_subject subject = { .request = request, .facts = facts, .arena = arena };

	*ret = (struct hd_findings){ .is_ready = true };
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		if ((*check)->is_last_look)
			runs[(*check)->scope](ret, *check, subject);
}

void hd_check_run_offered(struct hd_findings *ret, struct hd_arena *arena, const struct hd_facts *facts)
{
	const struct hd_request nothing = { .n_hostdevs = 0 };
	const struct hd_subject subject = { .request = &nothing, .facts = facts, .arena = arena };

	*ret = (struct hd_findings){ .is_ready = true };
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		if ((*check)->scope == HD_SCOPE_ENTRY || (*check)->scope == HD_SCOPE_OFFERED)
			runs[(*check)->scope](ret, *check, subject);
}

const char *hd_scope_name(enum hd_scope scope)
{
	static const char *const names[] = {
		[HD_SCOPE_HOST] = "host",	[HD_SCOPE_DEVICE] = "device",
		[HD_SCOPE_TAKEN] = "device",	[HD_SCOPE_GUEST] = "guest",
		[HD_SCOPE_USB] = "usb",		[HD_SCOPE_SERIAL] = "serial",
		[HD_SCOPE_MDEV] = "mdev",	[HD_SCOPE_SCSI] = "scsi",
		[HD_SCOPE_ENTRY] = "offer",	[HD_SCOPE_OFFERED] = "offer",
		[HD_SCOPE_OVERRIDE] = "override",
	};
	_Static_assert(HD_ARRAY_SIZE(names) == HD_SCOPE_MAX, "a name for each scope");

	return names[scope];
}

const char *hd_severity_name(enum hd_severity severity)
{
	static const char *const names[] = {
		[HD_NOTE] = "note", [HD_WARNING] = "warning", [HD_ERROR] = "error",
	};
	_Static_assert(HD_ARRAY_SIZE(names) == HD_SEVERITY_MAX, "a name for each severity");

	return names[severity];
}

const char *hd_verdict_name(enum hd_verdict verdict)
{
	static const char *const names[] = {
		[HD_PASS] = "pass", [HD_FAIL] = "fail", [HD_UNKNOWN] = "unknown", [HD_SKIP] = "skip",
	};
	_Static_assert(HD_ARRAY_SIZE(names) == HD_VERDICT_MAX, "a name for each verdict");

	return names[verdict];
}
