/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_calls.c - the border to libvirt: its list of devices, and which drivers they have. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "inventory/nodedev_xml.h"
#include "virt/libvirt_connect.h"

/* From 9.7 on DetachFlags takes any driver's name; before, "vfio" alone. */
#define ANY_DRIVER_SINCE 9007000ul

#define KINDS (VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE | \
	       VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV)

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
	_cleanup_(hd_virt_free_devices) virNodeDevicePtr *devices = NULL;
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

static void milestone(const char *line)
{
	(void)puts(line);
	(void)fflush(stdout);
}

/*
 * NULL lets libvirt choose, and from 10 on it then wants to read modules.alias;
 * "vfio" is the one name that all versions before 9.7 take for vfio-pci.
 */
static const char *driver_name(virConnectPtr connection, const char *driver)
{
	unsigned long version = 0;

	if (driver && (virConnectGetLibVersion(connection, &version) < 0 ||
		       version < ANY_DRIVER_SINCE) && !strcmp(driver, "vfio-pci"))
		return "vfio";
	return driver;
}

int hd_virt_nodedev(const char *uri, const char *addr, const char *driver, bool detaches,
		    struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = NULL;
	_cleanup_(hd_virt_free_device) virNodeDevicePtr device = NULL;
	char name[HD_NODE_NAME_MAX];
	struct hd_pci_addr parsed;
	int rc;

	if (!hd_pci_addr_parse(addr, &parsed))
		return hd_fail(err, -EINVAL, "'%.32s' is not a PCI address", addr);
	hd_virt_pci_name(name, &parsed);
	connection = hd_virt_open(uri, false);
	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	milestone("connected");
	driver = driver_name(connection, driver);
	device = virNodeDeviceLookupByName(connection, name);
	if (!device)
		return hd_virt_fail(err, "libvirt does not have this device");
	milestone("calling");
	rc = detaches ? virNodeDeviceDetachFlags(device, driver, 0) :
	     virNodeDeviceReAttach(device);
	if (rc < 0)
		return hd_virt_fail(err, detaches ? "detach" : "reattach");
	milestone("done");
	return 0;
}
