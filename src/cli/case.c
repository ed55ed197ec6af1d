/* SPDX-License-Identifier: GPL-2.0-or-later */
/* case.c - what a command judges: the request, the host's facts, the findings. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/allow_options.h"
#include "cli/case.h"
#include "cli/operands.h"
#include "facts/setup.h"
#include "run/claims.h"
#include "run/confirm.h"
#include "virt/guest_xml.h"

#define MAX_TITLE 128
#define STATE_DIR "run/hostdevctl"

/* "0000:01:00.0 (/dev/nvme0n1)": an address in another form says nothing more. */
static const char *title_of(struct hd_arena *arena, const struct hd_device_ref *ref)
{
	struct hd_pci_addr addr;

	if (!strcmp(ref->given, ref->name) || hd_pci_addr_parse(ref->given, &addr))
		return ref->name;
	return hd_printf(arena, "%s (%s)", ref->name,
			 hd_text_printable(arena, ref->given, MAX_TITLE));
}

static int by_address(const void *a, const void *b)
{
	return hd_pci_addr_compare(a, b);
}

/* True if it was named before. */
static bool add_name(struct hd_case *judged, struct hd_arena *arena,
		     const struct hd_device_ref *ref)
{
	const char *title = title_of(arena, ref);

	judged->title = judged->title ? hd_printf(arena, "%s, %s", judged->title, title) : title;
	if (ref->kind != HD_DEVICE_PCI)
		return false;
	if (hd_case_has_named(judged, &ref->pci))
		return true;
	*(struct hd_pci_addr *)hd_append(arena, &judged->named, &judged->n_named,
					 sizeof(*judged->named)) = ref->pci;
	qsort(judged->named, judged->n_named, sizeof(*judged->named), by_address);
	return false;
}

bool hd_case_has_named(const struct hd_case *judged, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < judged->n_named; i++)
		if (!hd_pci_addr_compare(&judged->named[i], addr))
			return true;
	return false;
}

void hd_case_from_devices(struct hd_case *ret, struct hd_arena *arena,
			  const struct hd_device_ref *refs, size_t n)
{
	struct hd_request *request = &ret->request;

	*ret = (struct hd_case){ .title = n ? NULL : "host" };
	for (size_t i = 0; i < n; i++)
		if (!add_name(ret, arena, &refs[i]))
			hd_resolve_hostdev(hd_append(arena, &request->hostdevs,
						     &request->n_hostdevs,
						     sizeof(*request->hostdevs)), &refs[i]);
	hd_facts_query_for(&ret->query, arena, request);
}

void hd_case_from_elements(struct hd_case *ret, struct hd_context *context,
			   const struct hd_device_ref *refs, size_t n)
{
	struct hd_request *request = &ret->request;

	*ret = (struct hd_case){ .title = n ? NULL : "host" };
	for (size_t i = 0; i < n; i++)
		if (!add_name(ret, context->arena, &refs[i]))
			hd_element_hostdevs(&request->hostdevs, &request->n_hostdevs, &context->root,
					    context->arena, &refs[i]);
	hd_facts_query_for(&ret->query, context->arena, request);
}

static enum hd_exit from_xml(struct hd_case *ret, struct hd_context *context, const char *xml,
			     size_t length, struct hd_error *err)
{
	*ret = (struct hd_case){ 0 };
	if (hd_request_parse(&ret->request, context->arena, xml, length, err) < 0)
		return HD_EXIT_HOST;
	ret->title = hd_printf(context->arena, "guest %s",
			       ret->request.name ?
			       hd_text_printable(context->arena, ret->request.name, MAX_TITLE) :
			       "without a name");
	hd_facts_query_for(&ret->query, context->arena, &ret->request);
	return HD_EXIT_OK;
}

static enum hd_exit from_file(struct hd_case *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_guest_xml xml;

	if (run->n_args) {
		hd_fail(err, -EINVAL, "--xml and an operand cannot be given together");
		return HD_EXIT_USAGE;
	}
	if (hd_guest_from_file(&xml, run->context.arena, run->options->xml, err) < 0)
		return HD_EXIT_HOST;
	if (from_xml(ret, &run->context, xml.text, xml.length, err) == HD_EXIT_OK)
		return HD_EXIT_OK;
	hd_wrap(err, "%s", run->options->xml);
	return HD_EXIT_HOST;
}

static enum hd_exit from_libvirt(struct hd_case *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_guest_xml xml;

	if (!run->context.root.is_live) {
		hd_fail(err, -EINVAL,
			"'%s' is no device of this host, 'hostdevctl list' shows them; "
			"with --sysroot a guest is given by --xml FILE",
			hd_text_printable(arena, run->args[0], MAX_TITLE));
		return HD_EXIT_USAGE;
	}
	if (hd_guest_from_libvirt(&xml, arena, run->options->uri, run->args[0], err) < 0)
		return HD_EXIT_HOST;
	return from_xml(ret, &run->context, xml.text, xml.length, err);
}

static enum hd_exit from_operands(struct hd_case *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	if (run->options->xml)
		return from_file(ret, run, err);
	if (run->n_args == 1 && !hd_device_is_name(&run->context, run->args[0]))
		return from_libvirt(ret, run, err);
	code = hd_devices_from_args(run, &refs, &n, err);
	if (code == HD_EXIT_OK)
		hd_case_from_elements(ret, &run->context, refs, n);
	return code;
}

enum hd_exit hd_case_from_run(struct hd_case *ret, struct hd_run *run, struct hd_error *err)
{
	enum hd_exit code = from_operands(ret, run, err);

	return code == HD_EXIT_OK ? hd_overrides_add(&ret->request, run, err) : code;
}

/* No state directory: nothing was ever taken, or it is not ours to see. */
int hd_add_journal_claims(struct hd_guests *guests, struct hd_context *context, const char *except_uuid,
			  struct hd_error *err)
{
	_cleanup_(hd_close) int dir_fd =
		hd_sysroot_fd(&context->root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, STATE_DIR);

	return dir_fd < 0 ? 0 : hd_journal_claims(guests, context->arena, dir_fd, except_uuid, err);
}

static struct hd_facts_query query_of(const struct hd_case *judged)
{
	struct hd_facts_query query = judged->query;

	query.guest_uuid = judged->request.uuid;
	query.lets_go = !judged->is_to_take;
	query.want = query.n_addrs || query.n_named || query.n_networks ? HD_WANT_ALL :
		     HD_WANT_HOST;
	return query;
}

enum hd_exit hd_case_confirm(struct hd_case *judged, struct hd_context *context, struct hd_error *err)
{
	const struct hd_facts_query query = query_of(judged);
	struct hd_findings findings = { 0 };

	if (hd_confirm(&findings, &judged->facts, context->arena, &judged->request, &query, err) < 0)
		return HD_EXIT_HOST;
	if (findings.is_ready)
		return HD_EXIT_OK;
	judged->findings = findings;
	return HD_EXIT_REFUSED;
}

/* The host is judged for itself: also how it is set up. */
static void read_setup(struct hd_case *judged, struct hd_context *context)
{
	struct hd_setup *setup = hd_alloc(context->arena, sizeof(*setup));

	hd_setup_read(setup, &context->root, context->arena);
	judged->facts.setup = setup;
}

enum hd_exit hd_case_judge(struct hd_case *judged, struct hd_context *context, struct hd_error *err)
{
	const struct hd_facts_query query = query_of(judged);

	if (hd_facts_collect(&judged->facts, &context->root, context->arena, &query, err) < 0)
		return HD_EXIT_HOST;
	if (hd_add_journal_claims(&judged->facts.guests, context, judged->request.uuid, err) < 0)
		return HD_EXIT_HOST;
	if (query.want == HD_WANT_HOST)
		read_setup(judged, context);
	hd_check_run(&judged->findings, context->arena, &judged->request, &judged->facts);
	return HD_EXIT_OK;
}

void hd_case_close(struct hd_case *judged)
{
	hd_facts_close(&judged->facts);
	judged->facts = (struct hd_facts){ 0 };
}

enum hd_exit hd_show_report(struct hd_run *run, const struct hd_report *report,
			    struct hd_error *err)
{
	if (!run->options->json) {
		hd_report_text(run->out, report, run->colour);
		return HD_EXIT_OK;
	}
	run->is_reported = true;
	if (hd_report_json(run->out, report) == 0)
		return HD_EXIT_OK;
	hd_fail(err, -EIO, "cannot write the report");
	return HD_EXIT_HOST;
}
