/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_pool.c - is a libvirt network a pool of functions, and of which? */
#include "config.h"

#include <errno.h>

#include "domain/network_pool.h"
#include "domain/xml_value.h"

static int add_address(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_net_pool *pool)
{
	struct hd_pci_addr addr;

	if (!hd_xml_attr_is(node, "type", "pci"))
		return 0;
	if (pool->n_addrs >= HD_POOL_MAX)
		return hd_element_bad(job, node, "appears more than %d times", HD_POOL_MAX);
	if (hd_value_pci_addr(job, node, &addr) < 0)
		return job->err->code;
	hd_push(job->arena, &pool->addrs, &pool->n_addrs, addr);
	return 0;
}

static int read_forward(const struct hd_xml_job *job, const struct _xmlNode *forward,
			struct hd_net_pool *pool)
{
	const struct _xmlNode *node;

	pool->is_pool = hd_xml_attr_is(forward, "mode", "hostdev");
	if (!pool->is_pool)
		return 0;
	pool->pf = hd_xml_attr(job->arena, hd_xml_child(forward, "pf"), "dev");
	for (node = hd_xml_first(forward); node; node = hd_xml_next(node))
		if (hd_xml_is(node, "address") && add_address(job, node, pool) < 0)
			return job->err->code;
	return 0;
}

int hd_net_pool_parse(struct hd_net_pool *ret, struct hd_arena *arena, const char *xml,
		      size_t length, struct hd_error *err)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	const struct hd_xml_job job = { .arena = arena, .err = err };
	struct hd_net_pool pool = { 0 };
	const struct _xmlNode *network;
	int rc = hd_xml_read(&doc, xml, length, err);

	if (rc < 0)
		return rc;
	network = hd_xml_root(doc);
	if (hd_xml_is(network, "networkstatus"))
		network = hd_xml_child(network, "network");
	if (!hd_xml_is(network, "network"))
		return hd_fail(err, -EINVAL, "it is not a <network>");
	pool.name = hd_xml_text(arena, hd_xml_child(network, "name"));
	rc = read_forward(&job, hd_xml_child(network, "forward"), &pool);
	if (rc < 0)
		return rc;
	*ret = pool;
	return 0;
}
