/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolve.h - which device a person means, by whatever name they know it.
 *
 * Forms: a PCI address (0000:01:00.0, 01:00.0, pci_0000_01_00_0), a path below
 * /dev (/dev/nvme0n1, /dev/dri/card1, /dev/ttyUSB0, /dev/bus/usb/001/005, and
 * the links of /dev/disk, /dev/serial, /dev/input, /dev/snd), an interface
 * (enp3s0 or net:enp3s0), vf:PF/N, vendor:device (10de:1b06) of PCI or USB,
 * usb:PORT (usb:1-2.3), usb:VENDOR:PRODUCT[:SERIAL], usb:BUS.DEVICE (as
 * virt-install(1) writes it), the UUID of a mediated device, and a SCSI address
 * (scsi:2:0:0:0, 2:0:0:0).
 *
 * Nothing is opened but files of sysfs: a path is followed link by link within
 * /dev, and its number shows what it is (sys/dev); in a captured tree, which has no
 * numbers, the kernel's name for it does.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/usb/usb.h"

/* By what the person named a USB device. */
enum hd_usb_by {
	HD_USB_BY_NONE,		/* kind is not HD_DEVICE_USB */
	HD_USB_BY_PORT,		/* usb:1-2.3 */
	HD_USB_BY_ID,		/* 046d:c52b */
	HD_USB_BY_SERIAL,	/* usb:046d:c52b:SERIAL */
	HD_USB_BY_ADDRESS,	/* usb:1.5, /dev/bus/usb/001/005 */
	HD_USB_BY_NODE,		/* what the host has it as: /dev/sda, enx0011..., /dev/input/event3 */
};

struct hd_device_ref {
	enum hd_device_kind kind;
	const char *given;		/* as it was written; may hold anything */
	const char *name;		/* printable, means this device alone: "0000:01:00.0",
					   "usb:1-2.3", "/dev/ttyS1", the mdev's UUID,
					   "scsi:2:0:0:0" */
	bool has_pci;
	struct hd_pci_addr pci;		/* the function it is or hangs on; an mdev's parent */
	const struct hd_usb_dev *usb;	/* the USB device it is or hangs on, or NULL */
	enum hd_usb_by usb_by;
	const char *path;		/* "/dev/serial/by-id/...": as given, if a path was */
	const char *node;		/* the kernel's name of what is there: "nvme0n1p2",
					   "card1", "enp3s0" (an interface); or NULL */
	const char *tty;		/* HD_DEVICE_SERIAL: "ttyUSB0" */
	const char *uuid;		/* HD_DEVICE_MDEV: lower case */
	struct hd_scsi_addr scsi;	/* HD_DEVICE_SCSI */
	unsigned nvme_namespace;	/* /dev/nvme0n1 and its partitions: from 1; else 0 */
	bool is_partition;		/* a part of a disk was named */
};

/*
 * Returns 0, or fills ERR and returns
 *   -EINVAL	TEXT does not name a device (or is a path outside /dev)
 *   -ENOTUNIQ	several devices have this name: ERR lists them, sorted by address, each with
 *		a unique name and what distinguishes it
 *   -ENOENT	the host has no such device
 *   -ENXIO	it exists, but is not a device that can go to a guest
 *   other	the host cannot be read.
 * A PCI address is not looked up: whether the function exists is for the caller to see.
 * Everything in *ret is owned by ARENA, except GIVEN, which is TEXT.
 */
int hd_resolve(struct hd_device_ref *ret, const struct hd_sysroot *root,
	       struct hd_arena *arena, const char *text, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * Is TEXT the name of a device and not of a guest?  All forms but two say so
 * themselves.  A plain word is a device if it is an interface of hardware, a
 * UUID if a mediated device of the host has it; else they are left to libvirt.
 */
bool hd_resolve_is_device(const struct hd_sysroot *root, struct hd_arena *arena,
			  const char *text) _nonnull_(1, 2, 3);

/* The hostdev that a guest would ask for REF by: a request's entry, not managed. */
void hd_resolve_hostdev(struct hd_hostdev *ret, const struct hd_device_ref *ref)
	_nonnull_(1, 2);
