/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdev_scsi.c - a SCSI device, by its host, bus, target and unit. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "element/compose.h"
#include "facts/scsi/scsi_unit.h"

static int read_unit(struct hd_composer *c, const struct hd_device_ref *ref,
		     struct hd_scsi_unit *ret)
{
	char name[HD_SCSI_ADDR_SIZE];
	int rc;

	if (ref->kind != HD_DEVICE_SCSI)
		return hd_fail(c->err, -EPERM, "%s is not a SCSI device: name its address, such as "
			       "scsi:2:0:1:0 (see 'hostdevctl list scsi')", ref->name);
	rc = hd_scsi_unit_read(ret, c->root, c->arena, hd_scsi_addr_format(&ref->scsi, name));
	if (rc == -ENOENT)
		return hd_fail(c->err, -ENODEV, "%s: the host does not have this device", ref->name);
	return rc < 0 ? hd_fail(c->err, rc, "%s: %s", ref->name, strerror(-rc)) : 0;
}

/* What libvirt does not say, once for all devices. */
static void note_guest(struct hd_composer *c, const struct hd_device_ref *ref)
{
	for (size_t i = 0; i + 1 < c->list->n; i++)
		if (c->list->items[i].kind == HD_ELEMENT_SCSI)
			return;
	hd_compose_note(c, "SCSI devices need a controller in the guest, best <controller type='scsi' "
			"model='virtio-scsi'/>; if it has none, libvirt adds a model that recent guests "
			"have no driver for");
	hd_compose_note(c, "the number in scsi_host%" PRIu32 " can change at each boot: then the element "
			"names another device, or none; 'hostdevctl check %s' shows which, and --pin lets the "
			"guest start with this one only", ref->scsi.host, ref->name);
}

static void write_source(struct hd_composer *c, const struct hd_device_ref *ref,
			 struct hd_element *element)
{
	element->values[HD_P_ADAPTER] = hd_printf(c->arena, "scsi_host%" PRIu32, ref->scsi.host);
	element->values[HD_P_BUS] = hd_printf(c->arena, "%" PRIu32, ref->scsi.channel);
	element->values[HD_P_SCSI_TARGET] = hd_printf(c->arena, "%" PRIu32, ref->scsi.target);
	element->values[HD_P_UNIT] = hd_printf(c->arena, "%" PRIu64, ref->scsi.lun);
}

int hd_compose_scsi(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_scsi_unit unit;
	struct hd_element *element;
	int rc = read_unit(c, ref, &unit);

	if (rc == 0)
		rc = hd_compose_add(&element, c, HD_ELEMENT_SCSI, ref->name);
	if (rc < 0 || !element)
		return rc;
	write_source(c, ref, element);
	if (ref->is_partition)
		hd_compose_note(c, "%s is a part of /dev/%s, which is passed as a whole", ref->given,
				unit.block ? unit.block : "?");
	if (!unit.generic)
		hd_compose_note(c, "%s has no node /dev/sgN, which QEMU opens: modprobe sg", ref->name);
	note_guest(c, ref);
	return 0;
}
