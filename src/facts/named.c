/* SPDX-License-Identifier: GPL-2.0-or-later */
/* named.c - what is known of the USB, serial and mediated devices that a request names. */
#include "config.h"

#include "facts/named.h"

static bool asks_for(const struct hd_facts_query *query, enum hd_device_kind kind)
{
	for (size_t i = 0; i < query->n_named; i++)
		if (query->named[i]->kind == kind)
			return true;
	return false;
}

/* The users of the one device that an element means; of several none is taken. */
static int read_usb_uses(struct hd_collector *c, struct hd_usb_facts *usb)
{
	const struct hd_sysroot *root = c->facts->root;
	int rc;

	if (usb->n_matches != 1)
		return 0;
	rc = hd_storage_read_below(&usb->storage, root, c->arena, usb->matches[0]->path,
				   c->err);
	if (rc == 0)
		rc = hd_network_read_below(&usb->network, root, c->arena,
					   usb->matches[0]->path, &c->net, c->err);
	if (rc == 0 && (c->query->want & HD_WANT_CLAIMS) && root->is_live)
		hd_storage_claim(&usb->storage, root);
	if (rc == 0)
		hd_storage_explain_busy(&usb->storage, root, c->arena);
	return rc;
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

	hd_serial_read_facts(hd_append(c->arena, &facts->serials, &facts->n_serials,
				       sizeof(*facts->serials)),
			     facts->root, c->arena, dev);
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

static int (*const readers[HD_DEVICE_KIND_MAX])(struct hd_collector *c,
						const struct hd_hostdev *dev) = {
	[HD_DEVICE_USB] = read_usb,
	[HD_DEVICE_MDEV] = read_mdev,
	[HD_DEVICE_SERIAL] = read_serial,
};

int hd_named_read(struct hd_collector *c)
{
	int rc = 0;

	if (!(c->query->want & HD_WANT_NAMED))
		return 0;
	if (asks_for(c->query, HD_DEVICE_USB))
		rc = hd_usb_list_read(&c->facts->usb, c->facts->root, c->arena, c->err);
	for (size_t i = 0; rc == 0 && i < c->query->n_named; i++)
		if (readers[c->query->named[i]->kind])
			rc = readers[c->query->named[i]->kind](c, c->query->named[i]);
	return rc;
}
