/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verify.c - are the devices of a guest that is about to run, or runs, as VFIO
 * needs them?
 *
 * Says which device is wrong before QEMU says which group is "not viable".
 */
#include "config.h"

#include "hooks/session.h"

static const char *problem_of_function(struct hd_session *session, const struct hd_pci_fn *fn)
{
	if (!fn->is_present)
		return hd_printf(session->context.arena, "%s does not exist", fn->name);
	if (fn->driver_kind != HD_DRIVER_VFIO)
		return hd_printf(session->context.arena, "%s is on driver %s and not on a VFIO driver",
				 fn->name, fn->driver ? fn->driver : "-");
	if (fn->group == HD_NO_GROUP)
		return hd_printf(session->context.arena, "%s has no IOMMU group", fn->name);
	return NULL;
}

static const char *problem_of_group(struct hd_session *session, const struct hd_facts *facts,
				    const struct hd_iommu_group *group)
{
	if (!group->has_vfio_node)
		return hd_printf(session->context.arena, "/dev/vfio/%d of its IOMMU group "
							 "does not exist",
				 group->id);
	for (size_t i = 0; i < group->n_members; i++) {
		const struct hd_pci_facts *peer = hd_facts_fn(facts, &group->members[i]);

		if (!peer || hd_pci_fn_is_bridge(&peer->fn) ||
		    peer->fn.driver_kind != HD_DRIVER_HOST)
			continue;
		return hd_printf(session->context.arena, "IOMMU group %d is not viable: %s is on driver %s",
				 group->id, peer->fn.name, peer->fn.driver);
	}
	return NULL;
}

static const char *first_problem(struct hd_session *session, const struct hd_facts *facts)
{
	for (size_t i = 0; i < session->judged.query.n_addrs; i++) {
		const struct hd_pci_facts *dev = hd_facts_fn(facts, &session->judged.query.addrs[i]);
		const struct hd_iommu_group *group;
		const char *problem;

		if (!dev)
			return "a device of it could not be read";
		problem = problem_of_function(session, &dev->fn);
		if (problem)
			return problem;
		group = hd_facts_group(facts, dev->fn.group);
		problem = group ? problem_of_group(session, facts, group) :
				  hd_printf(session->context.arena, "%s: its IOMMU group %d cannot be read",
					    dev->fn.name, dev->fn.group);
		if (problem)
			return problem;
	}
	return NULL;
}

enum hd_exit hd_event_start(struct hd_session *session)
{
	struct hd_context *context = &session->context;
	struct hd_facts_query query = session->judged.query;
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	struct hd_error err = { 0 };
	const char *problem;

	if (!query.n_addrs)
		return HD_EXIT_OK;
	query.guest_uuid = session->judged.request.uuid;
	query.only_functions = true;
	if (hd_facts_collect(&facts, &context->root, context->arena, &query, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	problem = first_problem(session, &facts);
	return problem ? hd_session_fail(session, HD_EXIT_REFUSED, problem) : HD_EXIT_OK;
}

/* The guest runs: what is wrong is said, and libvirt must not kill the guest for it. */
enum hd_exit hd_event_reconnect(struct hd_session *session)
{
	(void)hd_event_start(session);
	return HD_EXIT_OK;
}
