/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory.h - every PCI function, USB, SCSI and mediated device, and serial port of a host.
 *
 * Read for people and their lists, with few system calls per device: never in
 * the hook.  Who uses a device is not part of it: that costs more than all of
 * this (facts.h).  What a file does not say, or was not asked for, is NULL, -1,
 * 0 or HD_NO_GROUP.  All texts are printable.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/libvirt/guests.h"
#include "facts/pci/pci.h"

/* A PCI Express link; width 0: there is none, or it is down. */
struct hd_pci_link {
	const char *speed, *max_speed;	/* "8.0 GT/s" */
	unsigned width, max_width;
};

struct hd_item {
	enum hd_device_kind kind;
	/*
	 * The name that means it alone (struct hd_device_ref): "0000:01:00.0",
	 * "usb:1-2.3" (a root hub: "usb:usb1"), "/dev/ttyUSB0", a mediated device's UUID,
	 * "scsi:2:0:0:0".
	 */
	const char *address;
	const char *path;		/* "sys/devices/pci0000:00/0000:00:1d.0/0000:02:00.0"; of
					   PCI only with HD_INVENTORY_PATH, else "" */
	/*
	 * The item that PATH leads through last: a PCI function's bridge, a USB device's
	 * hub or controller, the card of a port, the parent of a mediated device, the
	 * controller of a SCSI device.
	 */
	const struct hd_item *parent;
	bool has_pci;			/* it is a PCI function, or hangs on one */
	struct hd_pci_addr pci;		/* this one */

	unsigned vendor, device;	/* of PCI and USB */
	unsigned subsystem_vendor, subsystem_device;
	unsigned class;			/* PCI: 24 bits; USB: bDeviceClass, or its first
					   interface's if that is 0; SCSI: enum hd_scsi_type */
	/* "nvme"; of USB those of its interfaces "usbhid, snd-usb-audio"; NULL: none. */
	const char *driver;
	enum hd_driver_kind driver_kind;	/* PCI: by the driver's name alone */
	int group;			/* IOMMU group of the item itself (PCI, MDEV), or
					   HD_NO_GROUP */
	int numa_node;			/* of has_pci's function; -1: none */

	/* PCI */
	const char *reset;		/* "flr bus" as reset_method has it, "yes" on kernels
					   before 5.15; NULL: no way to reset it */
	int n_vfs, max_vfs;		/* -1: not a physical function */
	bool is_vf;
	struct hd_pci_addr physfn_addr;	/* of a virtual function */
	const struct hd_item *physfn;	/* the same as an item, or NULL */
	struct hd_pci_link link;

	/* USB, serial, mediated, SCSI */
	const char *port;		/* USB: the kernel's name for it, "1-2.3" */
	unsigned bus, number;		/* USB: as lsusb has them; the number changes at each plug */
	const char *model;		/* USB, SCSI: what it says of itself ("Logitech USB Receiver");
					   PCI: what libvirt calls it, elsewhere NULL */
	const char *serial;		/* USB: serial number; SCSI: its world-wide name */
	const char *stable;		/* serial: "/dev/serial/by-id/..." (or by-path); SCSI:
					   "/dev/disk/by-id/..." */
	const char *type;		/* mediated: "nvidia-63" */
	struct hd_scsi_addr scsi;	/* SCSI */
	const char *nodes[3];		/* SCSI: "/dev/sda", "/dev/sg0" */
	size_t n_nodes;
};

/* Sorted: PCI by address, USB by bus and port, serial by name, mediated by UUID, SCSI by address. */
struct hd_inventory {
	struct hd_item *items;
	size_t n;
	const char **unknown;		/* what could not be read of one that is listed, and why */
	size_t n_unknown;
	bool is_remote;			/* read from libvirt: much is unknown */
};

/* What to read, each at its cost; kinds and addresses are read in any case. */
enum hd_inventory_want {
	HD_INVENTORY_IDS = 1,		/* vendor to class; model and serial of USB */
	HD_INVENTORY_DRIVER = 2,
	HD_INVENTORY_GROUP = 4,
	HD_INVENTORY_NUMA = 8,
	HD_INVENTORY_RESET = 16,
	HD_INVENTORY_VFS = 32,
	HD_INVENTORY_LINK = 64,
	HD_INVENTORY_PATH = 128,	/* of PCI, and with it the parents of PCI functions */
	HD_INVENTORY_ALL = 255,
};

#define HD_KIND_BIT(kind) (1u << (kind))
#define HD_KINDS_ALL (HD_KIND_BIT(HD_DEVICE_PCI) | HD_KIND_BIT(HD_DEVICE_USB) | \
		      HD_KIND_BIT(HD_DEVICE_SERIAL) | HD_KIND_BIT(HD_DEVICE_MDEV) | \
		      HD_KIND_BIT(HD_DEVICE_SCSI))

/*
 * Reads what WANT (of enum hd_inventory_want) says of the devices whose kind is
 * in KINDS (HD_KIND_BIT).  A parent or physical function is NULL if its kind is
 * not.  A device that goes away meanwhile is left out; `unknown` says what cannot
 * be read of one.  Returns 0, or a negative errno with ERR for a host that cannot be read.
 */
int hd_inventory_read(struct hd_inventory *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, unsigned kinds, unsigned want,
		      struct hd_error *err) _nonnull_(1, 2, 3, 6) _must_check_;

/* By kind and address ("0000:01:00.0", "usb:1-2.3", "/dev/ttyS0", a UUID, "scsi:2:0:0:0"), or NULL. */
const struct hd_item *hd_inventory_find(const struct hd_inventory *inventory,
					enum hd_device_kind kind, const char *address)
	_nonnull_(1, 3);

/* The PCI function with this address, or NULL. */
const struct hd_item *hd_inventory_pci(const struct hd_inventory *inventory,
				       const struct hd_pci_addr *addr) _nonnull_(1, 2);

/* The items of KIND: the first one, and how many follow it. NULL and 0: none. */
const struct hd_item *hd_inventory_kind(const struct hd_inventory *inventory,
					enum hd_device_kind kind, size_t *ret_n)
	_nonnull_(1, 3);

/* "sys/devices/pci0000:00/..." of a link of sysfs to it; NULL: it leads elsewhere. */
const char *hd_path_of_link(struct hd_arena *arena, const char *link) _nonnull_(1, 2);

/* The number of so many hexadecimal digits at AT; false: there are fewer. */
bool hd_hex_digits(const char *at, size_t digits, unsigned *ret) _nonnull_(1, 3);

static inline bool hd_item_is_hub(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_USB && item->class == 0x09;
}

/*
 * "Intel Corporation I350 Gigabit Network Connection"; "Device 8086:1521" if nobody knows it.
 * Names of PCI come from libpci, which loads its list (10 ms) when the first is asked for.
 */
const char *hd_item_name(struct hd_arena *arena, const struct hd_item *item)
	_nonnull_(1, 2) _returns_nonnull_;

/* "Ethernet controller", "USB mass storage", "serial port", "mediated device", "tape drive". */
const char *hd_item_class(struct hd_arena *arena, const struct hd_item *item)
	_nonnull_(1, 2) _returns_nonnull_;

/* The same for columns: "Intel I350 Gigabit Network Connection", "NVIDIA GeForce GTX 1080". */
const char *hd_item_short_name(struct hd_arena *arena, const struct hd_item *item)
	_nonnull_(1, 2) _returns_nonnull_;

/* "Ethernet", "NVMe", "storage", "serial", "mediated": mostly one word of up to 8 letters. */
const char *hd_item_short_class(struct hd_arena *arena, const struct hd_item *item)
	_nonnull_(1, 2) _returns_nonnull_;

struct hd_item_guest {
	const char *name;		/* "": it has none */
	bool is_running;
};

/*
 * The guests of GUESTS that claim ITEM, each once, the running ones first; returns how many.  An
 * element that names a USB device by vendor and product claims each that answers to them.
 */
size_t hd_item_guest_list(struct hd_item_guest **ret, struct hd_arena *arena,
			  const struct hd_sysroot *root, const struct hd_guests *guests,
			  const struct hd_item *item) _nonnull_(1, 2, 3, 4, 5);

/* The same as text, one per line: "router (running)", "game"; NULL: none. */
const char *hd_item_guests(struct hd_arena *arena, const struct hd_sysroot *root,
			   const struct hd_guests *guests, const struct hd_item *item)
	_nonnull_(1, 2, 3, 4);

/*
 * From <devices> with a <device> for each (libvirt docs/formatnode.rst).  A device
 * that lacks what names its kind is left out, and what is not a number is unknown;
 * one of hd_nodedev_or_unknown() is listed if its name is an address, and is mentioned
 * in `unknown`.  Not known this way: subsystem, reset, serial number, serial ports.
 * Returns 0, or -EINVAL or -E2BIG with ERR for what is not XML.
 */
int hd_inventory_from_nodedevs(struct hd_inventory *ret, struct hd_arena *arena,
			       const char *xml, size_t length, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;
