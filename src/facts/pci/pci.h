/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci.h - what the kernel says of one PCI function.
 *
 * Source: sysfs (Documentation/ABI/testing/sysfs-bus-pci).  What a file does
 * not say is NULL, -1 or false, as noted.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"

#define HD_SYS_PCI "sys/bus/pci/devices"
#define HD_NO_GROUP (-1)

enum hd_driver_kind {
	HD_DRIVER_NONE,		/* unbound */
	HD_DRIVER_VFIO,		/* vfio-pci or a variant driver: the function has vfio-dev/ */
	HD_DRIVER_HARMLESS,	/* leaves DMA alone (driver_managed_dma): pci-stub, pcieport */
	HD_DRIVER_HOST,		/* any other */
};

struct hd_pci_fn {
	struct hd_pci_addr addr;
	char name[HD_PCI_ADDR_SIZE];	/* "0000:01:00.0" */
	bool is_present;		/* false: all else is empty */
	const char *unknown;		/* why it, or what uses it, could not be read, though it is
					   there; what else is said may be wrong. NULL: it was */
	bool is_dead;			/* configuration space reads all ones, or cannot be
					   read although it is there */
	unsigned vendor, device, subsystem_vendor, subsystem_device;
	unsigned class;			/* 24 bits */
	unsigned header_type;		/* 0 endpoint, 1 bridge, 2 cardbus */
	const char *driver;		/* NULL: unbound */
	enum hd_driver_kind driver_kind;
	const char *driver_override;	/* NULL: none ("(null)" in sysfs) */
	const char *modalias;
	const char *path;		/* "sys/devices/pci0000:00/.../0000:01:00.0" */
	int group;			/* IOMMU group or HD_NO_GROUP */
	int numa_node;			/* -1: none */
	bool has_reset_method_file;	/* kernel 5.15 and later, and there only if the kernel
					   knows a way to reset the function (drivers/pci/pci.c,
					   pci_dev_reset_method_attr_is_visible) */
	const char *reset_method;	/* "flr pm bus"; NULL or "" if none */
	int d3cold_allowed;		/* 0, 1, -1 unknown */
	const char *power_state;	/* "D0" ... "D3cold", "unknown", NULL */
	bool is_boot_vga;
	int sriov_numvfs, sriov_totalvfs;	/* -1: not a physical function */
	const char *physfn;		/* the PF's name if this is a VF, else NULL */
	const char *const *netdevs;	/* interface names below the function, also behind
					   virtio and USB */
	size_t n_netdevs;
	bool hides_netdevs;		/* there are more, in other network namespaces */
	const char *serial;		/* NVMe serial number, blanks trimmed; NULL if unknown */
	uint64_t bar_bytes;		/* sum of the memory BARs, from "resource" */
};

/*
 * Reads one function.  A missing one is not an error: is_present is false.
 * Returns 0, or a negative errno with ERR for a host that cannot be read.
 */
int hd_pci_fn_read(struct hd_pci_fn *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		   const struct hd_pci_addr *addr, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * Reads once more what others can change at any moment: whether FN is there, its
 * driver, how many virtual functions it has, its interfaces.  As hd_pci_fn_read().
 */
int hd_pci_fn_again(struct hd_pci_fn *fn, const struct hd_sysroot *root, struct hd_arena *arena,
		    struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Its IOMMU group alone; HD_NO_GROUP if it has none, and for a missing function. */
int hd_pci_group_read(int *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		      const struct hd_pci_addr *addr, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Addresses of all functions of the host, sorted. For `list` only: never in the hook. */
int hd_pci_addresses(const struct hd_sysroot *root, struct hd_arena *arena,
		     struct hd_pci_addr **ret, size_t *ret_n, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The last component of a path that is a PCI function's full address. */
bool hd_path_function(const char *path, struct hd_pci_addr *ret) _nonnull_(1, 2);

/*
 * Which kind a driver is, by name; VFIO variant drivers are recognised by vfio-dev/
 * (libvirt virPCIDeviceGetCurrentDriverNameAndType), which hd_pci_fn_read does.
 */
enum hd_driver_kind hd_driver_kind_of(const char *driver);

/*
 * The driver that has the function now, owned by ARENA, NULL while none has it.
 * Returns 0, -ENODEV if the function is gone, or what keeps it from being read.
 */
int hd_pci_driver_read(const struct hd_sysroot *root, struct hd_arena *arena, const char *fn_name,
		       const char **ret) _nonnull_(1, 2, 3, 4) _must_check_;

/* The interfaces below FN, also behind virtio and USB; FN's class and driver are set. */
void hd_pci_netdevs_read(struct hd_pci_fn *fn, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/*
 * Sum of the memory BARs of the text of "resource": lines "start end flags", the
 * first six are the BARs (Linux drivers/pci/pci-sysfs.c resource_show).
 */
uint64_t hd_pci_bar_bytes(const char *resource) _nonnull_(1);

/*
 * Where the function is plugged in, by the slots and functions of the bridges
 * above it: "pci0000:00/1c.0/00.0".  Bus numbers, which change when a card is
 * added elsewhere, are left out.  NULL if `path` does not tell.
 */
const char *hd_pci_slot_path(struct hd_arena *arena, const struct hd_pci_fn *fn)
	_nonnull_(1, 2);

/*
 * Is it a conventional PCI function, and none of PCI Express?  By the files that
 * the kernel has for the latter (drivers/pci/pci-sysfs.c, max_link_speed), by the size
 * of its configuration space and by its capabilities, as libvirt does
 * (qemuDomainDeviceCalculatePCIConnectFlags).  False if the tree does not tell.
 */
bool hd_pci_is_conventional(const struct hd_sysroot *root, const struct hd_pci_fn *fn)
	_nonnull_(1, 2);

#define HD_PCI_VFS_MAX 65535	/* TotalVFs has 16 bits (PCI Express 9.3.3.6) */

/* By their number; a link (virtfn0 ...) that leads nowhere is left out. */
void hd_pci_vfs_read(struct hd_pci_addr **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn)
	_nonnull_(1, 2, 3, 4, 5);

/* The class without its programming interface: 0x0108. */
static inline unsigned hd_pci_class_of(const struct hd_pci_fn *fn)
{
	return fn->class >> 8;
}

static inline bool hd_pci_fn_is_display(const struct hd_pci_fn *fn)
{
	return fn->is_present && fn->class >> 16 == 0x03;
}

static inline bool hd_pci_fn_is_bridge(const struct hd_pci_fn *fn)
{
	return fn->is_present && fn->header_type != 0;
}
