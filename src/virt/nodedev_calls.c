/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_calls.c - the border to libvirt: the devices that it knows, as its XML. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "inventory/nodedev_xml.h"
#include "virt/libvirt_connect.h"

#define KINDS (VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV)

static void free_devices(virNodeDevicePtr **devices)
{
	for (virNodeDevicePtr *device = *devices; device && *device; device++)
		(void)virNodeDeviceFree(*device);
	free(*devices);
}

static void close_file(FILE **file)
{
	if (*file)
		(void)fclose(*file);
}

/* A device that went away meanwhile has no XML. */
static int put_devices(FILE *out, struct hd_arena *arena, const virNodeDevicePtr *devices, int n)
{
	(void)fputs("<devices>\n", out);
	for (int i = 0; i < n; i++) {
		_cleanup_(hd_freep) char *xml = virNodeDeviceGetXMLDesc(devices[i], 0);

		if (xml)
			(void)fputs(hd_nodedev_or_unknown(arena, virNodeDeviceGetName(devices[i]),
							  xml), out);
	}
	(void)fputs("</devices>\n", out);
	return fflush(out) < 0 ? -ENOMEM : 0;
}

int hd_virt_node_devices(const char *uri, struct hd_arena *arena, const char **ret,
			 struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = NULL;
	_cleanup_(free_devices) virNodeDevicePtr *devices = NULL;
	_cleanup_(hd_freep) char *text = NULL;
	_cleanup_(close_file) FILE *out = NULL;
	size_t size = 0;
	int n;

	connection = hd_virt_open(uri, true);
	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	n = virConnectListAllNodeDevices(connection, &devices, KINDS);
	if (n < 0)
		return hd_virt_fail(err, "libvirt did not list its node devices");
	out = open_memstream(&text, &size);
	if (!out || put_devices(out, arena, devices, n) < 0)
		hd_oom();
	*ret = hd_strdup(arena, text);
	return 0;
}
