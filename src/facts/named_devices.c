/* SPDX-License-Identifier: GPL-2.0-or-later */
/* named_devices.c - what is known of the devices that a request names, other than PCI functions. */
#include "config.h"

#include "facts/holders/nodes.h"
#include "facts/facts_internal.h"

#define CLASS_USB_CONTROLLER 0x0c03u

/* A USB device is asked for, or a controller or a keyboard that the host still uses. */
static bool needs_usb(const struct hd_collector *c)
{
	const struct hd_facts *facts = c->facts;

	for (size_t i = 0; i < c->query->n_named; i++)
		if (c->query->named[i]->kind == HD_DEVICE_USB)
			return true;
	for (size_t i = 0; i < facts->n_fns; i++)
		if (facts->fns[i].fn.driver_kind == HD_DRIVER_HOST &&
		    (facts->fns[i].fn.class >> 8 == CLASS_USB_CONTROLLER ||
		     hd_nodes_have(facts->fns[i].nodes, facts->fns[i].n_nodes, "input")))
			return true;
	return false;
}

static int read_bus(struct hd_collector *c)
{
	struct hd_facts *facts = c->facts;
	int rc = hd_usb_list_read(&facts->usb, facts->root, c->arena, c->err);

	return rc < 0 ? rc : hd_input_list_read(&facts->inputs, facts->root, c->arena, c->err);
}

/* The users of the one device that an element means; of several none is taken. */
static int read_usb_uses(struct hd_collector *c, struct hd_usb_facts *usb)
{
	const struct hd_sysroot *root = c->facts->root;
	int rc;

	if (usb->n_matches != 1)
		return 0;
	rc = hd_storage_read_below(&usb->storage, root, c->arena, usb->matches[0]->path,
				   &c->storage, c->err);
	if (rc == 0)
		rc = hd_network_read_below(&usb->network, root, c->arena,
					   usb->matches[0]->path, &c->net, c->err);
	if (rc == 0)
		rc = hd_nodes_below(&usb->nodes, &usb->n_nodes, root, c->arena,
				    usb->matches[0]->path, false, c->err);
	if (rc < 0)
		return rc;
	usb->n_consoles = hd_serial_consoles(&usb->consoles, root, c->arena, usb->nodes, usb->n_nodes);
	hd_claims_read(c, &usb->storage);
	return 0;
}

static int read_usb(struct hd_collector *c, const struct hd_hostdev *dev)
{
	struct hd_facts *facts = c->facts;
	struct hd_usb_facts *usb =
		hd_append(c->arena, &facts->usbs, &facts->n_usbs, sizeof(*usb));

	hd_usb_match(usb, c->arena, &facts->usb, dev);
	return read_usb_uses(c, usb);
}

static int read_serial(struct hd_collector *c, const struct hd_hostdev *dev)
{
	struct hd_facts *facts = c->facts;
	struct hd_serial_facts *serial =
		hd_append(c->arena, &facts->serials, &facts->n_serials, sizeof(*serial));

	hd_serial_read_facts(serial, facts->root, c->arena, dev);
	hd_serial_read_uses(serial, facts->root, c->arena);
	hd_serial_find_guest(serial, facts->root, c->arena, &facts->guests);
	return 0;
}

static int read_mdev(struct hd_collector *c, const struct hd_hostdev *dev)
{
	struct hd_facts *facts = c->facts;

	hd_mdev_read(hd_append(c->arena, &facts->mdevs, &facts->n_mdevs,
			       sizeof(*facts->mdevs)),
		     facts->root, c->arena, dev);
	return 0;
}

/* Who uses the unit itself: its disk as any other, and its nodes. */
static int read_scsi_uses(struct hd_collector *c, struct hd_scsi_facts *scsi)
{
	const struct hd_sysroot *root = c->facts->root;
	int rc = hd_storage_read_below(&scsi->storage, root, c->arena, scsi->unit.path, &c->storage,
				       c->err);

	if (rc == 0)
		rc = hd_nodes_below(&scsi->nodes, &scsi->n_nodes, root, c->arena, scsi->unit.path,
				    false, c->err);
	if (rc == 0)
		hd_claims_read(c, &scsi->storage);
	return rc;
}

/* What is found only words a refusal, so that what cannot be read of other units decides nothing. */
static void find_pinned(struct hd_collector *c, struct hd_scsi_facts *scsi)
{
	const struct hd_policy *policy = c->query->policy;
	const struct hd_scsi_pin *pin = policy ? hd_policy_scsi_pin(policy, &scsi->hostdev->scsi) : NULL;
	const struct hd_sysroot_trouble before = hd_sysroot_watch(c->facts->root);

	if (pin)
		hd_scsi_find_moved(scsi, c->facts->root, c->arena, pin);
	(void)hd_sysroot_unwatch(c->facts->root, &before);
}

static int read_scsi(struct hd_collector *c, const struct hd_hostdev *dev)
{
	struct hd_facts *facts = c->facts;
	struct hd_scsi_facts *scsi =
		hd_append(c->arena, &facts->scsis, &facts->n_scsis, sizeof(*scsi));

	hd_scsi_read(scsi, facts->root, c->arena, dev);
	hd_scsi_find_guest(scsi, &facts->guests);
	find_pinned(c, scsi);
	return scsi->exists ? read_scsi_uses(c, scsi) : 0;
}

static int (*const readers[HD_DEVICE_KIND_MAX])(struct hd_collector *c,
						const struct hd_hostdev *dev) = {
	[HD_DEVICE_USB] = read_usb,
	[HD_DEVICE_MDEV] = read_mdev,
	[HD_DEVICE_SCSI] = read_scsi,
	[HD_DEVICE_SERIAL] = read_serial,
};

int hd_named_read(struct hd_collector *c)
{
	int rc = 0;

	if (needs_usb(c))
		rc = read_bus(c);
	c->facts->n_scsi_claims = hd_scsi_claims_read(&c->facts->scsi_claims, c->facts->root,
						      c->arena, &c->facts->guests);
	for (size_t i = 0; rc == 0 && i < c->query->n_named; i++)
		if (readers[c->query->named[i]->kind])
			rc = readers[c->query->named[i]->kind](c, c->query->named[i]);
	return rc;
}
