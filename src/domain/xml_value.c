/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml_value.c - attributes that must mean something, read strictly. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/xml_value.h"

#define SHOWN_MAX 80

const char *const hd_yes_no[2] = { "yes", "no" };
const char *const hd_on_off[2] = { "on", "off" };

static const char *shown(const struct hd_xml_job *job, const char *text)
{
	return hd_text_printable(job->arena, text, SHOWN_MAX);
}

int hd_value_bad(const struct hd_xml_job *job, const struct _xmlNode *node,
		 const char *attr, const char *reason)
{
	const char *value = hd_xml_attr(job->arena, node, attr);

	if (!value)
		return hd_element_bad(job, node, "%s: %s", attr, reason);
	return hd_fail(job->err, -EINVAL, "line %u: <%s %s='%s'>: %s", hd_xml_line(node),
		       shown(job, hd_xml_name(node)), attr, shown(job, value), reason);
}

int hd_element_bad(const struct hd_xml_job *job, const struct _xmlNode *node,
		   const char *fmt, ...)
{
	const char *reason;
	va_list args;

	va_start(args, fmt);
	reason = hd_vprintf(job->arena, fmt, args);
	va_end(args);
	return hd_fail(job->err, -EINVAL, "line %u: <%s>: %s", hd_xml_line(node),
		       shown(job, hd_xml_name(node)), reason);
}

int hd_domain_read(const struct hd_xml_job *job, struct _xmlDoc **doc, const struct _xmlNode **ret,
		   const char *xml, size_t length)
{
	int rc = hd_xml_read(doc, xml, length, job->err);
	const struct _xmlNode *root = rc == 0 ? hd_xml_root(*doc) : NULL;

	if (rc < 0)
		return rc;
	*ret = hd_xml_is(root, "domstatus") ? hd_xml_child(root, "domain") : root;
	return hd_xml_is(*ret, "domain") ? 0 : hd_element_bad(job, root, "is not a libvirt <domain>");
}

bool hd_value_u64(const struct hd_xml_job *job, const struct _xmlNode *node, const char *attr,
		  uint64_t *ret)
{
	const char *text = hd_xml_attr(job->arena, node, attr);

	return text && hd_text_u64(text, ret);
}

static int out_of_range(const struct hd_xml_job *job, const struct _xmlNode *node,
			const struct hd_range *range)
{
	char reason[80];

	if (range->is_hex)
		(void)snprintf(reason, sizeof(reason),
			       "must be %#" PRIx64 " to %#" PRIx64, range->min,
			       range->max);
	else
		(void)snprintf(reason, sizeof(reason), "must be %" PRIu64 " to %" PRIu64,
			       range->min, range->max);
	return hd_value_bad(job, node, range->attr, reason);
}

int hd_value_number(const struct hd_xml_job *job, const struct _xmlNode *node,
		    const struct hd_range *range, uint64_t *ret)
{
	const char *text = hd_xml_attr(job->arena, node, range->attr);
	uint64_t value;

	if (!text)
		return 0;
	if (!hd_text_u64_c(text, &value))
		return hd_value_bad(job, node, range->attr, "not a number");
	if (value < range->min || value > range->max)
		return out_of_range(job, node, range);
	*ret = value;
	return 1;
}

int hd_value_choice(const struct hd_xml_job *job, const struct _xmlNode *node,
		    const char *attr, const char *const words[static 2], bool *ret)
{
	const char *text = hd_xml_attr(job->arena, node, attr);
	char reason[40];

	if (!text)
		return 0;
	if (!strcmp(text, words[0]) || !strcmp(text, words[1])) {
		*ret = !strcmp(text, words[0]);
		return 1;
	}
	(void)snprintf(reason, sizeof(reason), "must be %s or %s", words[0], words[1]);
	return hd_value_bad(job, node, attr, reason);
}

bool hd_value_uuid(const char *text, char ret[static 37])
{
	char dashed[37];
	size_t n = 0;

	for (; *text && n < 36; text++) {
		if (*text == '-')
			continue;
		if (n == 8 || n == 13 || n == 18 || n == 23)
			dashed[n++] = '-';
		dashed[n++] = *text;
	}
	dashed[n] = '\0';
	return !*text && hd_text_uuid(dashed, ret);
}

int hd_value_pci_addr(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_pci_addr *ret)
{
	static const struct hd_range ranges[] = {
		{ "domain", 0, UINT32_MAX, true },
		{ "bus", 0, 0xff, true },
		{ "slot", 0, 0x1f, true },
		{ "function", 0, 7, false },
	};
	uint64_t values[HD_ARRAY_SIZE(ranges)] = { 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(ranges); i++)
		if (hd_value_number(job, node, &ranges[i], &values[i]) < 0)
			return job->err->code;
	ret->domain = (uint32_t)values[0];
	ret->bus = (uint8_t)values[1];
	ret->slot = (uint8_t)values[2];
	ret->fn = (uint8_t)values[3];
	return 0;
}
