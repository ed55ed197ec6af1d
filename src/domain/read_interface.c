/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_interface.c - what an <interface> asks for.
 *
 * type='hostdev' names a function.  type='network' only names a network: if
 * that is a pool of functions, libvirt chooses one during the start and tells it
 * as <actual type='hostdev'> in its status file, or as type='hostdev' in the
 * running guest's XML.
 */
#include "config.h"

#include <ctype.h>

#include "domain/read_device.h"
#include "domain/xml_value.h"

/* One or two hex digits, six times, as libvirt's virMacAddrParse() takes it. */
static bool is_mac(const char *text)
{
	for (int i = 0; i < 6; i++) {
		int n = 0;

		if (i && *text++ != ':')
			return false;
		while (n < 2 && isxdigit((unsigned char)text[n]))
			n++;
		if (!n)
			return false;
		text += n;
	}
	return !*text;
}

static int read_mac(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	const struct _xmlNode *mac = hd_xml_child(node, "mac");
	const char *address = hd_xml_attr(job->arena, mac, "address");

	if (address && !is_mac(address))
		return hd_value_bad(job, mac, "address", "not a MAC address");
	hostdev->mac = address;
	return 0;
}

static int read_vlan(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	static const struct hd_range range = { "id", 0, 4095, false };
	const struct _xmlNode *tag = hd_xml_child(hd_xml_child(node, "vlan"), "tag");
	uint64_t id;
	int rc = hd_value_number(job, tag, &range, &id);

	if (rc > 0)
		hostdev->vlan = (int)id;
	return rc < 0 ? rc : 0;
}

/* FROM is the element that has type='hostdev': the interface or its <actual>. */
static int read_function(const struct hd_xml_job *job, const struct _xmlNode *from,
			 struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(from, "source");

	if (hd_value_choice(job, from, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    read_vlan(job, from, hostdev) < 0)
		return job->err->code;
	if (hostdev->network && !hd_xml_child(source, "address"))
		return 0;
	return hd_device_source(job, from, source, hostdev);
}

int hd_interface_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_request *request)
{
	const struct _xmlNode *actual = hd_xml_child(node, "actual");
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const char *network = hd_xml_attr(job->arena, source, "network");
	bool is_direct = hd_xml_attr_is(node, "type", "hostdev");
	struct hd_hostdev *hostdev;

	if (!is_direct && !hd_xml_attr_is(actual, "type", "hostdev")) {
		if (network && hd_xml_attr_is(node, "type", "network"))
			*(const char **)hd_append(job->arena, &request->networks,
						  &request->n_networks,
						  sizeof(network)) = network;
		return 0;
	}
	hostdev = hd_device_add(job, node, request);
	hostdev->source = HD_SOURCE_INTERFACE;
	hostdev->network = network;
	if (hd_device_common(job, node, hostdev) < 0 ||
	    read_mac(job, node, hostdev) < 0 || read_vlan(job, node, hostdev) < 0)
		return job->err->code;
	return read_function(job, is_direct ? node : actual, hostdev);
}
