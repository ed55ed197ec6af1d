/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * last_look.c - who uses the functions now?  The last look before they are taken.
 *
 * The kernel arbitrates mounts and the like through the claims, which are held
 * since the first look; processes, routes and interfaces have no arbiter, and
 * can only be looked at as late as possible.
 */
#include "config.h"

#include "facts/facts_internal.h"

/* A new disk or interface, or another driver, is the function's own news. */
static int read_function(struct hd_collector *c, struct hd_pci_facts *pci)
{
	const struct hd_sysroot_trouble before = hd_sysroot_watch(c->facts->root);
	int rc = hd_pci_fn_again(&pci->fn, c->facts->root, c->arena, c->err);

	if (rc == 0)
		rc = hd_fn_users_read(c, pci);
	pci->unread = NULL;
	hd_collector_unwatch(c, &before, &pci->unread);
	return rc;
}

static void want_nodes(struct hd_arena *arena, struct hd_holders_want **wants, size_t *n,
		       const struct hd_node *nodes, size_t n_nodes, struct hd_holders *ret)
{
	if (n_nodes)
		hd_push(arena, wants, n, (struct hd_holders_want){ nodes, n_nodes, ret });
}

int hd_holders_again(struct hd_facts *facts, struct hd_arena *arena, struct hd_error *err)
{
	struct hd_holders_want *wants = NULL;
	size_t n = 0;

	for (size_t i = 0; i < facts->n_fns; i++)
		want_nodes(arena, &wants, &n, facts->fns[i].nodes, facts->fns[i].n_nodes,
			   &facts->fns[i].holders);
	for (size_t i = 0; i < facts->n_usbs; i++)
		want_nodes(arena, &wants, &n, facts->usbs[i].nodes, facts->usbs[i].n_nodes,
			   &facts->usbs[i].holders);
	for (size_t i = 0; i < facts->n_serials; i++)
		want_nodes(arena, &wants, &n, &facts->serials[i].node,
			   facts->serials[i].state == HD_SERIAL_THERE, &facts->serials[i].holders);
	for (size_t i = 0; i < facts->n_mdevs; i++)
		want_nodes(arena, &wants, &n, facts->mdevs[i].nodes, facts->mdevs[i].n_nodes,
			   &facts->mdevs[i].holders);
	for (size_t i = 0; i < facts->n_scsis; i++)
		want_nodes(arena, &wants, &n, facts->scsis[i].nodes, facts->scsis[i].n_nodes,
			   &facts->scsis[i].holders);
	return n ? hd_holders_read_for(wants, n, facts->root, arena, &facts->kernel_types, err) : 0;
}

void hd_displays_explain(struct hd_facts *facts, struct hd_arena *arena)
{
	for (size_t i = 0; i < facts->n_fns; i++)
		/* How often a process has a node open is not known: it explains any number. */
		if (!facts->fns[i].holders.n)
			hd_display_explain_refs(&facts->fns[i].display.refs, facts->root, arena);
}

int hd_facts_again(struct hd_facts *facts, struct hd_arena *arena,
		   const struct hd_facts_query *query, struct hd_error *err)
{
	struct hd_collector c = { .facts = facts, .arena = arena, .query = query, .err = err };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < facts->n_fns; i++)
		if (facts->fns[i].fn.driver_kind == HD_DRIVER_HOST)
			rc = read_function(&c, &facts->fns[i]);
	if (rc < 0 || !(query->want & HD_WANT_HOLDERS))
		return rc;
	rc = hd_holders_again(facts, arena, err);
	if (rc == 0)
		hd_displays_explain(facts, arena);
	if (rc == 0)
		hd_handover_read(&c);
	return rc;
}
