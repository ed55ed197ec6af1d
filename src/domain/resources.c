/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resources.c - memory, huge pages and CPUs that a domain asks for. */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/resources.h"
#include "domain/xml_value.h"

/* What one of a unit is in bytes, or 0 (libvirt src/util/virutil.c, virScaleInteger). */
static uint64_t bytes_of(const char *unit)
{
	static const char letters[] = "kmgtpe";
	const char *letter = strchr(letters, tolower((unsigned char)unit[0]));
	uint64_t base = 1024, bytes = 1;

	if (!strcasecmp(unit, "b") || !strcasecmp(unit, "byte") ||
	    !strcasecmp(unit, "bytes"))
		return 1;
	if (!unit[0] || !letter)
		return 0;
	if (!strcasecmp(unit + 1, "b"))
		base = 1000;
	else if (unit[1] && strcasecmp(unit + 1, "ib") != 0)
		return 0;
	for (ptrdiff_t i = 0; i <= letter - letters; i++)
		bytes *= base;
	return bytes;
}

bool hd_resources_kib(uint64_t value, const char *unit, uint64_t *ret)
{
	uint64_t factor = bytes_of(unit ? unit : "KiB"), bytes;

	if (!factor || __builtin_mul_overflow(value, factor, &bytes))
		return false;
	*ret = bytes / 1024 + (bytes % 1024 != 0);
	return true;
}

static int read_memory(const struct hd_xml_job *job, const struct _xmlNode *domain,
		       struct hd_request *request)
{
	const struct _xmlNode *node = hd_xml_child(domain, "memory");
	const char *text = hd_xml_text(job->arena, node);
	uint64_t value;

	if (!text)
		return 0;
	if (!hd_text_u64(text, &value))
		return hd_element_bad(job, node, "'%s' is not a number",
				      hd_text_printable(job->arena, text, 40));
	if (!hd_resources_kib(value, hd_xml_attr(job->arena, node, "unit"),
			      &request->memory_kib))
		return hd_value_bad(job, node, "unit",
				    "not a unit of memory, or too much of it");
	return 0;
}

static int read_page(const struct hd_xml_job *job, const struct _xmlNode *page,
		     struct hd_request *request)
{
	static const struct hd_range range = { "size", 1, UINT64_MAX, false };
	struct hd_hugepages *pages;
	uint64_t value, kib;
	int rc = hd_value_number(job, page, &range, &value);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return hd_element_bad(job, page, "has no size");
	if (!hd_resources_kib(value, hd_xml_attr(job->arena, page, "unit"), &kib))
		return hd_value_bad(job, page, "unit",
				    "not a unit of memory, or too much of it");
	pages = hd_append(job->arena, &request->hugepages, &request->n_hugepages,
			  sizeof(*pages));
	pages->size_kib = kib;
	pages->nodeset = hd_xml_attr(job->arena, page, "nodeset");
	return 0;
}

static int read_hugepages(const struct hd_xml_job *job, const struct _xmlNode *domain,
			  struct hd_request *request)
{
	const struct _xmlNode *backing = hd_xml_child(domain, "memoryBacking");
	const struct _xmlNode *node = hd_xml_child(backing, "hugepages");

	if (!node)
		return 0;
	request->wants_hugepages = true;
	for (node = hd_xml_first(node); node; node = hd_xml_next(node))
		if (hd_xml_is(node, "page") && read_page(job, node, request) < 0)
			return job->err->code;
	if (!request->n_hugepages)
		(void)hd_append(job->arena, &request->hugepages, &request->n_hugepages,
				sizeof(*request->hugepages));
	return 0;
}

static void read_cputune(const struct hd_xml_job *job, const struct _xmlNode *domain,
			 struct hd_request *request)
{
	const struct _xmlNode *tune = hd_xml_child(domain, "cputune"), *node;

	for (node = hd_xml_first(tune); node; node = hd_xml_next(node)) {
		const char *cpuset = hd_xml_attr(job->arena, node, "cpuset");

		if (cpuset && hd_xml_is(node, "vcpupin"))
			hd_push(job->arena, &request->vcpu_pins, &request->n_vcpu_pins, cpuset);
		if (cpuset && hd_xml_is(node, "emulatorpin"))
			request->emulator_pin = cpuset;
	}
}

/* Modes interleave and restrictive keep to the nodes as strict does (docs/formatdomain.rst). */
static bool is_wish(const struct _xmlNode *node)
{
	return hd_xml_attr_is(node, "mode", "preferred");
}

/* What is malformed is libvirt's to refuse; a cell that is not understood has no memory. */
static void read_cells(const struct hd_xml_job *job, const struct _xmlNode *domain,
		       struct hd_request *request)
{
	const struct _xmlNode *numa = hd_xml_child(hd_xml_child(domain, "cpu"), "numa");

	for (const struct _xmlNode *node = hd_xml_first(numa); node; node = hd_xml_next(node)) {
		const size_t count = request->n_cells;
		struct hd_cell *cell;
		uint64_t value;

		if (!hd_xml_is(node, "cell") || count >= HD_CELLS_MAX)
			continue;
		cell = hd_append(job->arena, &request->cells, &request->n_cells, sizeof(*cell));
		cell->id = hd_value_u64(job, node, "id", &value) ? (unsigned)value :
								    (unsigned)count;
		if (!hd_value_u64(job, node, "memory", &value) ||
		    !hd_resources_kib(value, hd_xml_attr(job->arena, node, "unit"),
				      &cell->memory_kib))
			cell->memory_kib = 0;
	}
}

static void read_memnodes(const struct hd_xml_job *job, const struct _xmlNode *tune,
			  struct hd_request *request)
{
	for (const struct _xmlNode *node = hd_xml_first(tune); node; node = hd_xml_next(node)) {
		uint64_t id;

		if (!hd_xml_is(node, "memnode") || is_wish(node) ||
		    !hd_value_u64(job, node, "cellid", &id))
			continue;
		for (size_t i = 0; i < request->n_cells; i++)
			if (request->cells[i].id == id)
				request->cells[i].host_nodes =
					hd_xml_attr(job->arena, node, "nodeset");
	}
}

int hd_resources_read(const struct hd_xml_job *job, const struct _xmlNode *domain,
		      struct hd_request *request)
{
	const struct _xmlNode *tune = hd_xml_child(domain, "numatune");
	const struct _xmlNode *numa = hd_xml_child(tune, "memory");

	if (read_memory(job, domain, request) < 0 ||
	    read_hugepages(job, domain, request) < 0)
		return job->err->code;
	read_cputune(job, domain, request);
	request->numa_nodeset = hd_xml_attr(job->arena, numa, "nodeset");
	request->numa_is_wish = numa && is_wish(numa);
	read_cells(job, domain, request);
	read_memnodes(job, tune, request);
	return 0;
}
