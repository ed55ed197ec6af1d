/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_policy.c - how a guest's metadata names the USB devices that come back to it. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/replug_policy.h"

struct hd_replug hd_replug_from_ref(const struct hd_device_ref *ref, const char *by)
{
	const struct hd_usb_dev *dev = ref->usb;
	bool by_port = by ? !strcmp(by, "port") : ref->usb_by == HD_USB_BY_PORT;
	bool by_id = by ? !strcmp(by, "id") : ref->usb_by == HD_USB_BY_ID;

	if (dev->class == HD_USB_CLASS_HUB)
		return (struct hd_replug){ .is_wanted = true, .vendor = -1, .product = -1,
					   .hub = dev->port };
	if (by_port)
		return (struct hd_replug){ .is_wanted = true, .vendor = -1, .product = -1,
					   .port = dev->port };
	return (struct hd_replug){ .is_wanted = true, .vendor = (int)dev->vendor,
				   .product = (int)dev->product,
				   .serial = by_id ? NULL : dev->serial };
}

static bool has(const struct hd_replug *list, size_t n, const struct hd_replug *replug)
{
	for (size_t i = 0; i < n; i++)
		if (hd_replug_is_same(&list[i], replug))
			return true;
	return false;
}

int hd_replug_from_refs(struct hd_replug **ret, size_t *ret_n, struct hd_arena *arena,
			const struct hd_device_ref *refs, size_t n, const char *by,
			struct hd_error *err)
{
	struct hd_replug *list = NULL;
	size_t n_list = 0;

	for (size_t i = 0; i < n; i++) {
		struct hd_replug replug;

		if (refs[i].kind != HD_DEVICE_USB || !refs[i].usb ||
		    refs[i].usb->class == HD_USB_CLASS_HUB)
			continue;
		replug = hd_replug_from_ref(&refs[i], by);
		if (!has(list, n_list, &replug))
			hd_push(arena, &list, &n_list, replug);
	}
	if (!n_list)
		return hd_fail(err, -EINVAL, "--replug is for USB devices");
	*ret = list;
	*ret_n = n_list;
	return 0;
}
