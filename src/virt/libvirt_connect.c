/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libvirt_connect.c - the border to libvirt: turns its errors into ours. */
#include "config.h"

#include <errno.h>
#include <libvirt/virterror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "virt/libvirt_connect.h"

/* libvirt's default handler prints to standard error, which is ours. */
static void be_silent(void *data, virErrorPtr error)
{
	(void)data;
	(void)error;
}

/*
 * A driver in our own process (qemu:///embed) needs an event loop.  With a daemon
 * there must be none: the daemon would wait for answers that nobody sends.
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

void hd_virt_free_device(virNodeDevicePtr *device)
{
	if (*device)
		(void)virNodeDeviceFree(*device);
}

void hd_virt_free_devices(virNodeDevicePtr **devices)
{
	for (virNodeDevicePtr *device = *devices; device && *device; device++)
		(void)virNodeDeviceFree(*device);
	free(*devices);
}

virDomainPtr hd_virt_find(virConnectPtr connection, const char *guest)
{
	char uuid[37];

	if (hd_text_uuid(guest, uuid))
		return virDomainLookupByUUIDString(connection, uuid);
	return virDomainLookupByName(connection, guest);
}

void hd_virt_pci_name(char ret[static HD_NODE_NAME_MAX], const struct hd_pci_addr *addr)
{
	(void)snprintf(ret, HD_NODE_NAME_MAX, "pci_%04x_%02x_%02x_%x", addr->domain, addr->bus,
		       addr->slot & 0x1fu, addr->fn & 7u);
}
