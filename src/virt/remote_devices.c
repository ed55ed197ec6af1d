/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remote_devices.c - the devices of another host, as its libvirt knows them. */
#include "config.h"

#include <string.h>

#include "domain/xml.h"
#include "inventory/inventory.h"
#include "virt/libvirt_module.h"
#include "virt/remote_devices.h"

/* libvirt is asked for each device over the network, and ssh may ask for a password first. */
#define DEADLINE_MS 120000

/* In the child. */
static int list_devices(const struct hd_virt_module *libvirt, const struct hd_virt_ask *ask,
			struct hd_arena *arena, const char **ret, struct hd_error *err)
{
	return libvirt->node_devices(ask->uri, arena, ret, err);
}

enum hd_exit hd_remote_devices_read(struct hd_inventory *ret, struct hd_arena *arena, const char *uri,
				    struct hd_error *err)
{
	const struct hd_virt_ask ask = {
		.call = list_devices, .uri = uri, .max = HD_XML_MAX, .deadline_ms = DEADLINE_MS,
	};
	const char *xml;
	int rc = hd_virt_ask(&xml, arena, &ask, err);

	if (rc < 0)
		rc = hd_wrap(err, "%.64s", uri);
	else
		rc = hd_inventory_from_nodedevs(ret, arena, xml, strlen(xml), err);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}
