/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdev_calls.c - the border to libvirt: mediated devices that are there after each boot.
 *
 * libvirt keeps them by mdevctl(8): defined with a UUID, started, and started again
 * when their parent appears (docs/drvnodedev.rst).
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "virt/libvirt_connect.h"

#if LIBVIR_CHECK_VERSION(7, 8, 0)

#define PATH_START "<path>"
#define PATH_END "</path>"

/* Is the last part of the device's <path> PARENT? */
static bool has_path(virNodeDevicePtr device, const char *parent)
{
	_cleanup_(hd_freep) char *xml = virNodeDeviceGetXMLDesc(device, 0);
	const char *start = xml ? strstr(xml, PATH_START) : NULL;
	const char *end = start ? strstr(start, PATH_END) : NULL;
	size_t length = strlen(parent);

	return end && (size_t)(end - start) > strlen(PATH_START) + length &&
	       end[-(ptrdiff_t)length - 1] == '/' && !memcmp(end - length, parent, length);
}

/* Goes into XML, in which these characters have no meaning of their own. */
static bool is_plain(const char *name)
{
	return hd_text_has_only(name, "_-.:");
}

/* libvirt's name for the parent: known for a PCI function, else searched for. */
static int parent_name(virConnectPtr connection, const char *parent, char buf[static HD_NODE_NAME_MAX],
		       struct hd_error *err)
{
	_cleanup_(hd_virt_free_devices) virNodeDevicePtr *devices = NULL;
	struct hd_pci_addr addr;
	int n;

	if (hd_pci_addr_parse(parent, &addr)) {
		hd_virt_pci_name(buf, &addr);
		return 0;
	}
	n = virConnectListAllNodeDevices(connection, &devices,
					 VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES);
	for (int i = 0; i < n; i++) {
		const char *name = virNodeDeviceGetName(devices[i]);

		if (!name || !is_plain(name) || !has_path(devices[i], parent))
			continue;
		(void)snprintf(buf, HD_NODE_NAME_MAX, "%s", name);
		return 0;
	}
	return hd_fail(err, -ENOENT, "libvirt has no parent of mediated devices '%.64s'", parent);
}

/* The device of UUID, active or not, the caller's to free; NULL: there is none. */
static int find_mdev(virConnectPtr connection, const char *uuid, virNodeDevicePtr *ret,
		     struct hd_error *err)
{
	_cleanup_(hd_virt_free_devices) virNodeDevicePtr *devices = NULL;
	const unsigned flags = VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV |
			       VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE |
			       VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE;
	char start[48];
	int n;

	(void)snprintf(start, sizeof(start), "mdev_%s", uuid);
	for (char *c = start; *c; c++)
		if (*c == '-')
			*c = '_';
	n = virConnectListAllNodeDevices(connection, &devices, flags);
	if (n < 0)
		return hd_virt_fail(err, "libvirt did not list its mediated devices");
	for (int i = 0; i < n && !*ret; i++) {
		const char *name = virNodeDeviceGetName(devices[i]);

		if (name && !strncmp(name, start, strlen(start)) &&
		    virNodeDeviceRef(devices[i]) == 0)
			*ret = devices[i];
	}
	return 0;
}

static int define_mdev(virConnectPtr connection, const char *parent, const char *type,
		       const char *uuid, virNodeDevicePtr *ret, struct hd_error *err)
{
	char name[HD_NODE_NAME_MAX], xml[640];
	int rc = parent_name(connection, parent, name, err);

	if (rc < 0)
		return rc;
	if (!is_plain(type) || !is_plain(uuid))
		return hd_fail(err, -EINVAL, "'%.64s' is not a type of mediated devices", type);
	(void)snprintf(xml, sizeof(xml),
		       "<device><parent>%s</parent><capability type='mdev'><type id='%.128s'/>"
		       "<uuid>%.36s</uuid></capability></device>", name, type, uuid);
	*ret = virNodeDeviceDefineXML(connection, xml, 0);
	return *ret ? 0 : hd_virt_fail(err, "libvirt did not define the device");
}

/* The reason stays what failed first. */
static int take_back(virNodeDevicePtr device, bool was_active, bool was_defined,
		     struct hd_error *err)
{
	if (!was_active && virNodeDeviceIsActive(device) == 1)
		(void)virNodeDeviceDestroy(device);
	if (!was_defined)
		(void)virNodeDeviceUndefine(device, 0);
	return err->code;
}

int hd_virt_mdev_define(const char *uri, const char *parent, const char *type,
			const char *uuid, struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, false);
	_cleanup_(hd_virt_free_device) virNodeDevicePtr device = NULL;
	bool was_active, was_defined;
	int rc;

	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	if (find_mdev(connection, uuid, &device, err) < 0)
		return err->code;
	was_active = device && virNodeDeviceIsActive(device) == 1;
	was_defined = device && virNodeDeviceIsPersistent(device) == 1;
	if (!was_defined) {
		hd_virt_free_device(&device);
		device = NULL;
		rc = define_mdev(connection, parent, type, uuid, &device, err);
		if (rc < 0)
			return rc;
	}
	if (!was_active && virNodeDeviceCreate(device, 0) < 0)
		(void)hd_virt_fail(err, "libvirt did not start the device");
	else if (virNodeDeviceSetAutostart(device, 1) < 0)
		(void)hd_virt_fail(err, "libvirt did not set the device to start at boot");
	else
		return 0;
	return take_back(device, was_active, was_defined, err);
}

int hd_virt_mdev_undefine(const char *uri, const char *uuid, struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, false);
	_cleanup_(hd_virt_free_device) virNodeDevicePtr device = NULL;

	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	if (find_mdev(connection, uuid, &device, err) < 0)
		return err->code;
	if (device && virNodeDeviceIsActive(device) == 1 && virNodeDeviceDestroy(device) < 0)
		return hd_virt_fail(err, "libvirt did not stop the device");
	hd_virt_free_device(&device);
	device = NULL;
	/* One that was not defined is gone with its end. */
	if (find_mdev(connection, uuid, &device, err) < 0)
		return err->code;
	if (device && virNodeDeviceUndefine(device, 0) < 0)
		return hd_virt_fail(err, "libvirt did not undefine the device");
	return 0;
}

#else

int hd_virt_mdev_define(const char *uri, const char *parent, const char *type,
			const char *uuid, struct hd_error *err)
{
	(void)uri;
	(void)parent;
	(void)type;
	(void)uuid;
	return hd_fail(err, -ENOSYS, "mediated devices at boot need libvirt 7.8");
}

int hd_virt_mdev_undefine(const char *uri, const char *uuid, struct hd_error *err)
{
	(void)uri;
	(void)uuid;
	return hd_fail(err, -ENOSYS, "mediated devices at boot need libvirt 7.8");
}

#endif
