/* SPDX-License-Identifier: GPL-2.0-or-later */
/* usb.c - which USB devices the host has, and which of them an element means. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/usb/usb.h"

#define MAX_TEXT 80
/*
 * A string descriptor holds 126 UTF-16 units at most (USB 2.0, 9.6.7), which the kernel writes as UTF-8
 * (drivers/usb/core/message.c).  Two devices may share a part of their serial numbers.
 */
#define MAX_SERIAL (126 * 3)

struct reader {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_usb_dev *dev;
};

/* "046d": sysfs leaves the 0x out. */
static bool read_hex(const struct reader *r, const char *file, unsigned *ret)
{
	const char *text;
	uint64_t value;

	if (hd_sysroot_text(r->root, r->arena, &text, HD_SYS_USB "/%s/%s", r->dev->port,
			    file) <= 0 ||
	    !hd_text_u64(hd_printf(r->arena, "0x%s", text), &value) || value > 0xffff)
		return false;
	*ret = (unsigned)value;
	return true;
}

static bool read_number(const struct reader *r, const char *file, unsigned *ret)
{
	uint64_t value;

	if (hd_sysroot_u64(r->root, &value, HD_SYS_USB "/%s/%s", r->dev->port, file) < 0 ||
	    value > 0xffff)
		return false;
	*ret = (unsigned)value;
	return true;
}

static const char *read_text(const struct reader *r, const char *file, size_t max)
{
	const char *text;

	if (hd_sysroot_text(r->root, r->arena, &text, HD_SYS_USB "/%s/%s", r->dev->port,
			    file) <= 0)
		return NULL;
	return hd_text_printable(r->arena, text, max);
}

/* The link's text becomes the path; a captured tree may have a plain directory. */
static const char *read_path(const struct reader *r)
{
	const char *link, *at;

	if (hd_sysroot_link(r->root, r->arena, &link, HD_SYS_USB "/%s", r->dev->port) < 0)
		return hd_printf(r->arena, HD_SYS_USB "/%s", r->dev->port);
	for (at = link; hd_text_starts_with(at, "../");)
		at += strlen("../");
	if (strstr(at, "../") || !hd_text_starts_with(at, "devices/"))
		return hd_printf(r->arena, HD_SYS_USB "/%s", r->dev->port);
	return hd_printf(r->arena, "sys/%s", at);
}

/* A device that is just being unplugged is not there. */
static bool read_device(struct hd_usb_dev *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *port)
{
	struct reader r = { root, arena, ret };

	*ret = (struct hd_usb_dev){ .port = port };
	if (!read_hex(&r, "idVendor", &ret->vendor) ||
	    !read_hex(&r, "idProduct", &ret->product) ||
	    !read_number(&r, "busnum", &ret->bus) ||
	    !read_number(&r, "devnum", &ret->device))
		return false;
	(void)read_hex(&r, "bDeviceClass", &ret->class);
	ret->product_name = read_text(&r, "product", MAX_TEXT);
	ret->serial = read_text(&r, "serial", MAX_SERIAL);
	ret->path = read_path(&r);
	return true;
}

int hd_usb_list_read(struct hd_usb_list *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, struct hd_error *err)
{
	struct hd_usb_list list = { .n = 0 };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_SYS_USB);

	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read %s: %s", HD_SYS_USB,
			       strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		struct hd_usb_dev dev;

		if (strchr(names[i], ':') || !read_device(&dev, root, arena, names[i]))
			continue;
		hd_push(arena, &list.devs, &list.n, dev);
	}
	*ret = list;
	return 0;
}

/* "1-2:1.0" of "1-2". */
static bool is_interface_of(const char *name, const char *port)
{
	size_t length = strlen(port);

	return !strncmp(name, port, length) && name[length] == ':';
}

/* Linux drivers/usb/storage: its drivers, which make disks. */
static bool is_storage_driver(const char *driver)
{
	return !strcmp(driver, "usb-storage") || !strcmp(driver, "uas") ||
	       hd_text_starts_with(driver, "ums-");
}

/* A unit that the kernel makes no disk for, or one that has its disk (Linux include/scsi/scsi_proto.h). */
static bool is_unit_ready(const struct hd_sysroot *root, const char *unit)
{
	static const uint64_t with_disk[] = { 0x00, 0x05, 0x07, 0x0e, 0x14 };
	uint64_t type = 0;

	if (hd_sysroot_has(root, "%s/block", unit))
		return true;
	if (hd_sysroot_u64(root, &type, "%s/type", unit) < 0)
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(with_disk); i++)
		if (type == with_disk[i])
			return false;
	return true;
}

/* Of two parts the one that needs more time: it hides what uses the device for longer. */
static enum hd_usb_stage later_of(enum hd_usb_stage a, enum hd_usb_stage b)
{
	if (a == HD_USB_SETTLED || b == HD_USB_SETTLED)
		return a == HD_USB_SETTLED ? b : a;
	return a > b ? a : b;
}

/* The stage of what is below PATH: "host6", in it "target6:0:0", in it "6:0:0:0". */
static enum hd_usb_stage units_stage(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *path, int level)
{
	static const char *const starts[] = { "host", "target", "" };
	enum hd_usb_stage stage = HD_USB_SETTLED;
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s", path);
	bool is_empty = true;

	for (ssize_t i = 0; i < n; i++) {
		const char *below = hd_printf(arena, "%s/%s", path, names[i]);
		enum hd_usb_stage one;

		if (!hd_text_starts_with(names[i], starts[level]) ||
		    (!*starts[level] && !isdigit((unsigned char)*names[i])))
			continue;
		if (*starts[level])
			one = units_stage(root, arena, below, level + 1);
		else
			one = is_unit_ready(root, below) ? HD_USB_SETTLED : HD_USB_SPINS_UP;
		stage = later_of(stage, one);
		is_empty = false;
	}
	return is_empty ? HD_USB_SCANNED : stage;
}

static enum hd_usb_stage interface_stage(const struct hd_sysroot *root, struct hd_arena *arena,
					 const char *path)
{
	const char *driver;

	if (hd_sysroot_link_base(root, arena, &driver, "%s/driver", path) < 0)
		return HD_USB_COMES;
	return is_storage_driver(driver) ? units_stage(root, arena, path, 0) : HD_USB_SETTLED;
}

enum hd_usb_stage hd_usb_stage(const struct hd_sysroot *root, struct hd_arena *arena,
			       const struct hd_usb_dev *dev)
{
	enum hd_usb_stage stage = HD_USB_SETTLED;
	uint64_t wanted = 0, n_seen = 0;
	const char *const *names;
	const char *text;
	ssize_t n;

	if (!hd_sysroot_has(root, "dev/bus/usb/%03u/%03u", dev->bus, dev->device) ||
	    hd_sysroot_text(root, arena, &text, "%s/bNumInterfaces", dev->path) <= 0 ||
	    !hd_text_u64(text + strspn(text, " "), &wanted))
		return HD_USB_COMES;
	n = hd_sysroot_names(root, arena, &names, "%s", dev->path);
	for (ssize_t i = 0; i < n; i++) {
		if (!is_interface_of(names[i], dev->port))
			continue;
		stage = later_of(stage, interface_stage(root, arena, hd_printf(arena, "%s/%s", dev->path,
									       names[i])));
		n_seen++;
	}
	return n_seen < wanted ? later_of(stage, HD_USB_COMES) : stage;
}

bool hd_usb_is_named(const struct hd_usb_dev *dev, const struct hd_hostdev *hostdev)
{
	bool by_id = hostdev->usb_vendor || hostdev->usb_product;
	bool by_number = hostdev->usb_bus || hostdev->usb_device;

	if (by_id && (dev->vendor != hostdev->usb_vendor ||
		      dev->product != hostdev->usb_product))
		return false;
	if (by_number &&
	    (dev->bus != hostdev->usb_bus || dev->device != hostdev->usb_device))
		return false;
	return by_id || by_number;
}

static const char *name_of(const struct hd_usb_facts *usb, struct hd_arena *arena)
{
	const struct hd_hostdev *dev = usb->hostdev;

	if (dev->usb_vendor || dev->usb_product)
		return hd_printf(arena, "usb %04x:%04x", dev->usb_vendor, dev->usb_product);
	if (usb->n_matches == 1)
		return hd_printf(arena, "usb %s", usb->matches[0]->port);
	return hd_printf(arena, "usb bus %u device %u", dev->usb_bus, dev->usb_device);
}

void hd_usb_match(struct hd_usb_facts *ret, struct hd_arena *arena,
		  const struct hd_usb_list *list, const struct hd_hostdev *hostdev)
{
	struct hd_usb_facts usb = { .hostdev = hostdev };

	for (size_t i = 0; i < list->n; i++)
		if (hd_usb_is_named(&list->devs[i], hostdev))
			hd_push(arena, &usb.matches, &usb.n_matches, &list->devs[i]);
	usb.name = name_of(&usb, arena);
	*ret = usb;
}

bool hd_path_is_below(const char *path, const char *above)
{
	size_t length = strlen(above);

	return !strncmp(path, above, length) && (!path[length] || path[length] == '/');
}
