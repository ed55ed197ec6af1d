/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usb.h - the USB devices of the host, and which of them a guest asks for.
 *
 * Source: sys/bus/usb/devices (Documentation/ABI/testing/sysfs-bus-usb): one
 * link per device, named by bus and ports ("1-2.3"), and per interface, with a
 * colon ("1-2.3:1.0").  Which device an element means follows libvirt
 * (src/hypervisor/virhostdev.c, virHostdevFindUSBDevice).
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/holders/holders.h"
#include "facts/network/network.h"
#include "facts/storage/storage.h"

#define HD_SYS_USB "sys/bus/usb/devices"
#define HD_USB_CLASS_HUB 0x09

struct hd_usb_dev {
	const char *port;		/* "1-2.3"; a root hub is "usb1" */
	const char *path;		/* "sys/devices/pci0000:00/.../usb1/1-2" */
	unsigned vendor, product;
	unsigned bus, device;		/* "device" is the number, which changes at each plug */
	unsigned class;			/* bDeviceClass; 0: each interface has its own */
	const char *product_name;	/* printable, or NULL */
	const char *serial;		/* printable, or NULL */
};

struct hd_usb_list {
	struct hd_usb_dev *devs;	/* sorted by port */
	size_t n;
};

/* One element of the guest's XML, and the devices that it may mean. */
struct hd_usb_facts {
	const struct hd_hostdev *hostdev;
	const char *name;		/* "usb 046d:c52b", "usb 1-2.3", "usb bus 1 device 5" */
	const struct hd_usb_dev **matches;
	size_t n_matches;
	struct hd_storage storage;	/* of the device, if there is exactly one */
	struct hd_network network;
	struct hd_node *nodes;		/* its own and those below it, likewise */
	size_t n_nodes;
	struct hd_console *consoles;	/* those of its nodes on which the kernel writes its messages */
	size_t n_consoles;
	struct hd_holders holders;	/* who has one of these open or mapped */
};

/* All of the host, without what they are used for. 0, or a negative errno with ERR. */
int hd_usb_list_read(struct hd_usb_list *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* Does DEV answer to what the element names? */
bool hd_usb_is_named(const struct hd_usb_dev *dev, const struct hd_hostdev *hostdev)
	_nonnull_(1, 2);

/* The devices of LIST that HOSTDEV means, and how the element is called. */
void hd_usb_match(struct hd_usb_facts *ret, struct hd_arena *arena,
		  const struct hd_usb_list *list, const struct hd_hostdev *hostdev)
	_nonnull_(1, 2, 3, 4);

/* How much of a device that was just plugged in the host has seen; of its part that needs most time. */
enum hd_usb_stage {
	HD_USB_COMES,		/* its node or the driver of an interface is not there, and may never be */
	HD_USB_SCANNED,		/* it is looked for disks: usb-storage waits a second before that */
	HD_USB_SPINS_UP,	/* it has a disk, which is not ready */
	HD_USB_SETTLED,
	HD_USB_STAGE_MAX
};

/*
 * Only a device that is settled shows what uses it.  In each other stage a device may stay for ever, so
 * who waits needs a deadline.
 */
enum hd_usb_stage hd_usb_stage(const struct hd_sysroot *root, struct hd_arena *arena,
			       const struct hd_usb_dev *dev) _nonnull_(1, 2, 3);

/* Is the device (or whatever PATH is) below the directory ABOVE, or that itself? */
bool hd_path_is_below(const char *path, const char *above) _nonnull_(1, 2);
