/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libvirt_connect.c - the border to libvirt: turns its errors into ours. */
#include "config.h"

#include <errno.h>
#include <libvirt/virterror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "virt/libvirt_connect.h"

/* From 9.7 on DetachFlags takes any driver's name; before, "vfio" alone. */
#define ANY_DRIVER_SINCE 9007000ul

/* libvirt's default handler prints to standard error, which is ours. */
static void be_silent(void *data, virErrorPtr error)
{
	(void)data;
	(void)error;
}

/*
 * A driver in our own process (qemu:///embed) wants an event loop to be there.  A
 * daemon must not believe in one: it would wait for answers that nobody sends.
 */
virConnectPtr hd_virt_open(const char *uri, bool is_read_only)
{
	virSetErrorFunc(NULL, be_silent);
	if (uri && strstr(uri, ":///embed") && virEventRegisterDefaultImpl() < 0)
		return NULL;
	if (is_read_only)
		return virConnectOpenReadOnly(uri ? uri : HD_VIRT_URI);
	return virConnectOpen(uri ? uri : HD_VIRT_URI);
}

int hd_virt_fail(struct hd_error *err, const char *what)
{
	const virError *last = virGetLastError();
	bool is_unknown = last && last->code == VIR_ERR_NO_DOMAIN;

	return hd_fail(err, is_unknown ? -ENOENT : -EIO, "%s: %s", what,
		       last && last->message ? last->message : "libvirt gave no reason");
}

void hd_virt_close(virConnectPtr *connection)
{
	if (*connection)
		(void)virConnectClose(*connection);
}

void hd_virt_free_domain(virDomainPtr *domain)
{
	if (*domain)
		(void)virDomainFree(*domain);
}

static void free_device(virNodeDevicePtr *device)
{
	if (*device)
		(void)virNodeDeviceFree(*device);
}

virDomainPtr hd_virt_find(virConnectPtr connection, const char *guest)
{
	char uuid[37];

	if (hd_text_uuid(guest, uuid))
		return virDomainLookupByUUIDString(connection, uuid);
	return virDomainLookupByName(connection, guest);
}

int hd_virt_guest_xml(const char *uri, const char *guest, struct hd_arena *arena,
		      const char **ret, struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = NULL;
	_cleanup_(hd_virt_free_domain) virDomainPtr domain = NULL;
	_cleanup_(hd_freep) char *xml = NULL;

	connection = hd_virt_open(uri, true);
	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	domain = hd_virt_find(connection, guest);
	if (!domain)
		return hd_virt_fail(err, "libvirt does not have this guest");
	xml = virDomainGetXMLDesc(domain, VIR_DOMAIN_XML_INACTIVE);
	if (!xml)
		return hd_virt_fail(err, "libvirt did not return the domain XML");
	*ret = hd_strdup(arena, xml);
	return 0;
}

/* "0000:01:00.0" is the node device "pci_0000_01_00_0". */
static int node_name(const char *text, char ret[static 32], struct hd_error *err)
{
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(text, &addr))
		return hd_fail(err, -EINVAL, "'%.32s' is not a PCI address", text);
	(void)snprintf(ret, 32, "pci_%04x_%02x_%02x_%x", addr.domain, addr.bus,
		       addr.slot & 0x1fu, addr.fn & 7u);
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

static int call(const char *uri, const char *addr, const char *driver, bool detaches,
		struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = NULL;
	_cleanup_(free_device) virNodeDevicePtr device = NULL;
	char name[32];
	int rc = node_name(addr, name, err);

	if (rc < 0)
		return rc;
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

int hd_virt_detach(const char *uri, const char *addr, const char *driver, struct hd_error *err)
{
	return call(uri, addr, driver, true, err);
}

int hd_virt_reattach(const char *uri, const char *addr, struct hd_error *err)
{
	return call(uri, addr, NULL, false, err);
}
