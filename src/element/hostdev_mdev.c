/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdev_mdev.c - a mediated device, by its UUID and its model. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/compose.h"
#include "facts/mdev/mdev.h"

/* libvirt's schema, hostdevsubsysmdev. */
static const char *const models[] = { "vfio-pci", "vfio-ccw", "vfio-ap" };

static int read_model(struct hd_composer *c, const struct hd_mdev_facts *mdev, const char **ret)
{
	if (!mdev->exists && mdev->parent)
		return hd_fail(c->err, -ENODEV, "%s is defined at %s, but not started: mdevctl start "
			       "-u %s", mdev->name, mdev->parent, mdev->hostdev->mdev_uuid);
	if (!mdev->exists)
		return hd_fail(c->err, -ENODEV, "%s: the host does not have this mediated device",
			       mdev->name);
	for (size_t i = 0; mdev->device_api && i < HD_ARRAY_SIZE(models); i++)
		if (!strcmp(mdev->device_api, models[i])) {
			*ret = models[i];
			return 0;
		}
	return hd_fail(c->err, -EPERM, "%s: libvirt cannot pass a device of kind '%s'",
		       mdev->name, mdev->device_api ? mdev->device_api : "unknown");
}

int hd_compose_mdev(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_hostdev hostdev = { .kind = HD_DEVICE_MDEV, .mdev_uuid = ref->uuid };
	struct hd_mdev_facts mdev;
	struct hd_element *element;
	const char *model;
	int rc;

	if (!ref->uuid)
		return hd_fail(c->err, -EPERM, "%s is not a mediated device: name its "
					       "UUID", ref->name);
	hd_mdev_read(&mdev, c->root, c->arena, &hostdev);
	rc = read_model(c, &mdev, &model);
	if (rc == 0)
		rc = hd_compose_add(&element, c, HD_ELEMENT_MDEV, mdev.name);
	if (rc < 0 || !element)
		return rc;
	element->takes_slot = model == models[0];
	if (!element->takes_slot && (c->options->display || c->options->ramfb))
		return hd_fail(c->err, -EINVAL, "%s: --display and --ramfb are for vfio-pci devices, "
			       "and this is %s", mdev.name, model);
	element->values[HD_P_UUID] = ref->uuid;
	element->values[HD_P_MODEL] = model;
	return 0;
}
