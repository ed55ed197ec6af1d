/* SPDX-License-Identifier: GPL-2.0-or-later */
/* request_devices.c - a request for named devices, or for none: may they, or the host, be used? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "act/request_devices.h"
#include "base/text.h"
#include "element/element.h"
#include "facts/setup/host_setup.h"

#define MAX_TITLE 128

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
static bool add_name(struct hd_checked *judged, struct hd_arena *arena,
		     const struct hd_device_ref *ref)
{
	const char *title = title_of(arena, ref);

	judged->title = judged->title ? hd_printf(arena, "%s, %s", judged->title, title) : title;
	if (ref->kind != HD_DEVICE_PCI)
		return false;
	if (hd_checked_has_named(judged, &ref->pci))
		return true;
	*(struct hd_pci_addr *)hd_append(arena, &judged->named, &judged->n_named,
					 sizeof(*judged->named)) = ref->pci;
	qsort(judged->named, judged->n_named, sizeof(*judged->named), by_address);
	return false;
}

void hd_checked_from_devices(struct hd_checked *ret, struct hd_arena *arena,
			     const struct hd_device_ref *refs, size_t n)
{
	struct hd_request *request = &ret->request;

	*ret = (struct hd_checked){ .title = n ? NULL : "host" };
	for (size_t i = 0; i < n; i++)
		if (!add_name(ret, arena, &refs[i]))
			hd_resolve_hostdev(hd_append(arena, &request->hostdevs,
						     &request->n_hostdevs,
						     sizeof(*request->hostdevs)), &refs[i]);
	hd_facts_query_for(&ret->query, arena, request);
}

void hd_checked_from_elements(struct hd_checked *ret, struct hd_context *context,
			      const struct hd_device_ref *refs, size_t n)
{
	struct hd_request *request = &ret->request;

	*ret = (struct hd_checked){ .title = n ? NULL : "host" };
	for (size_t i = 0; i < n; i++)
		if (!add_name(ret, context->arena, &refs[i]))
			hd_element_hostdevs(&request->hostdevs, &request->n_hostdevs, &context->root,
					    context->arena, &refs[i]);
	hd_facts_query_for(&ret->query, context->arena, request);
}

/* The host is judged for itself: also how it is set up. */
static void read_setup(struct hd_checked *judged, struct hd_context *context)
{
	struct hd_setup *setup = hd_alloc(context->arena, sizeof(*setup));

	hd_setup_read(setup, &context->root, context->arena);
	judged->facts.setup = setup;
}

enum hd_exit hd_checked_run(struct hd_checked *judged, struct hd_context *context,
			    struct hd_error *err)
{
	const struct hd_facts_query *query = &judged->query;

	if (hd_checked_collect(judged, context, err) < 0)
		return HD_EXIT_HOST;
	if (!judged->is_to_take && !query->n_addrs && !query->n_named && !query->n_networks)
		read_setup(judged, context);
	hd_check_run(&judged->findings, context->arena, &judged->request, &judged->facts);
	return HD_EXIT_OK;
}
