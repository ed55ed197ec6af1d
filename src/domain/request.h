/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request.h - what a guest asks for, read from its domain XML.
 *
 * Element and attribute names follow libvirt's docs/formatdomain.rst.
 * Everything is owned by the arena given to hd_request_parse().
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/scsiaddr.h"
#include "domain/policy.h"

enum hd_device_kind {
	HD_DEVICE_PCI,
	HD_DEVICE_USB,
	HD_DEVICE_MDEV,
	HD_DEVICE_SCSI,		/* a logical unit; iSCSI and vhost are recognised and left alone */
	HD_DEVICE_SERIAL,
	HD_DEVICE_KIND_MAX
};

/* Which element of the domain XML asked for the device. */
enum hd_device_source {
	HD_SOURCE_HOSTDEV,	/* <hostdev> */
	HD_SOURCE_INTERFACE,	/* <interface type='hostdev'> or its <actual> */
	HD_SOURCE_DISK,		/* <disk type='nvme'> */
	HD_SOURCE_SERIAL,	/* <serial type='dev'> */
};

/* Where the guest sees the device: <address type='pci'> of the hostdev itself. */
struct hd_guest_addr {
	bool is_set;
	struct hd_pci_addr addr;
	bool multifunction;
};

/* <driver iommufd=>: does QEMU use /dev/iommu for the device, instead of its VFIO group? */
enum hd_iommufd_choice {
	HD_IOMMUFD_AS_GUEST,	/* not said: as <iommufd enabled=> of the domain */
	HD_IOMMUFD_YES,
	HD_IOMMUFD_NO,
};

struct hd_hostdev {
	enum hd_device_kind kind;
	enum hd_device_source source;
	unsigned line;			/* of the element, from 1; beyond 65535 about */
	bool managed;			/* managed='yes' */
	bool is_transient;		/* <teaming type='transient'>: QEMU unplugs it for a migration */

	/* HD_DEVICE_PCI */
	bool has_addr;			/* false: a pool's interface without one yet */
	struct hd_pci_addr addr;	/* the host's address */
	struct hd_guest_addr guest;
	const char *driver_model;	/* <driver model=> or NULL */
	enum hd_iommufd_choice iommufd;
	const char *rom_file;		/* <rom file=> or NULL */
	bool rom_disabled;		/* <rom bar='off'> or enabled='no' */
	const char *network;		/* <interface>: its pool's name or NULL */
	const char *mac;		/* <interface><mac address=> or NULL */
	int vlan;			/* first <vlan><tag id=>, -1 if none */
	unsigned nvme_namespace;	/* HD_SOURCE_DISK: from 1 */

	/* HD_DEVICE_USB: 0 where not given (both pairs may be) */
	unsigned usb_vendor, usb_product, usb_bus, usb_device;
	bool is_optional;		/* startupPolicy optional or requisite */
	bool is_missing;		/* of a running guest that started without it */
	const char *usb_boot;		/* its place in the boot order, as it is written; or NULL */
	const char *usb_guest_reset;	/* "off", "uninitialized", "on"; or NULL */
	const char *usb_alias;		/* the name that the user gave it ("ua-..."), or NULL */

	/* HD_DEVICE_MDEV */
	const char *mdev_uuid;		/* lower case */
	const char *mdev_model;		/* "vfio-pci" ... or NULL */

	/* HD_DEVICE_SERIAL */
	const char *path;

	/* HD_DEVICE_SCSI */
	bool has_scsi;			/* false: it is not a device of this host */
	struct hd_scsi_addr scsi;
	bool is_shareable;		/* <shareable/>: another guest may have it, if that says it too */
};

struct hd_hugepages {
	uint64_t size_kib;		/* 0: the host's default size */
	const char *nodeset;		/* guest NUMA nodes, as written, or NULL: all */
};

/* One NUMA node that the guest sees: <cpu><numa><cell>. */
struct hd_cell {
	unsigned id;
	uint64_t memory_kib;
	const char *host_nodes;		/* <memnode nodeset=> of it, unless it is a mere wish, or NULL */
};

#define HD_CELLS_MAX 1024

struct hd_request {
	const char *name;		/* as written: print it by hd_text_printable() */
	char uuid[37];			/* lower case; "" if the XML has none */
	const char *type;		/* "kvm", "qemu" ... */
	const char *machine;		/* <os><type machine=> or NULL */
	const char *dac_label;		/* "USER:GROUP" of <seclabel model='dac'>, as written, or NULL */
	unsigned iommufd_line;		/* of <iommufd enabled='yes'>, 0 if there is none */
	const char *iommufd_fdgroup;	/* its fdgroup=, whose descriptor a client of libvirt
					   passes (virDomainFDAssociate), or NULL */
	uint64_t memory_kib;
	bool wants_hugepages;
	struct hd_hugepages *hugepages;
	size_t n_hugepages;
	const char **vcpu_pins;		/* cpusets of <vcpupin>, as written */
	size_t n_vcpu_pins;
	const char *emulator_pin;	/* cpuset or NULL */
	const char *numa_nodeset;	/* <numatune><memory nodeset=> or NULL */
	bool numa_is_wish;		/* its mode is preferred: other nodes will do */
	struct hd_cell *cells;		/* in the order of the XML, at most HD_CELLS_MAX */
	size_t n_cells;
	struct hd_hostdev *hostdevs;	/* in the order of the XML */
	size_t n_hostdevs;
	/*
	 * Networks of <interface type='network'> that libvirt has not chosen a
	 * device for: the XML alone does not tell whether one is a pool of
	 * functions.  They do not count as devices of the guest.
	 */
	const char **networks;
	size_t n_networks;
	struct hd_policy policy;

	/* hd_request_pci()'s index, by address; a request made by hand needs none. */
	struct hd_hostdev **by_addr;
	size_t n_by_addr;
};

/*
 * Parses a domain's XML of LENGTH bytes: a <domain>, or libvirt's status file
 * <domstatus> with a <domain> in it.  No network, no entities, at most
 * HD_XML_MAX bytes.  Unknown elements are ignored; a malformed address or
 * number is an error that names line, element and attribute.
 * Returns 0; -EINVAL (malformed), -E2BIG (too large); then *ret is untouched.
 */
int hd_request_parse(struct hd_request *ret, struct hd_arena *arena, const char *xml,
		     size_t length, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/*
 * The guest's request with N devices of DEVS and no others, which may be ones that it does not have
 * yet.  DEVS stays the caller's, and lives as long.
 */
void hd_request_keep(struct hd_request *request, struct hd_hostdev *devs, size_t n) _nonnull_(1);

/* The element that asks for this PCI function, or NULL. */
const struct hd_hostdev *hd_request_pci(const struct hd_request *request,
					const struct hd_pci_addr *addr) _nonnull_(1, 2);

/*
 * The first element whose device QEMU is to use through IOMMUFD, or NULL: by its own
 * <driver iommufd='yes'> (libvirt 12.1), or by the domain's <iommufd enabled='yes'> unless
 * it has iommufd='no' (libvirt 12.2).
 */
const struct hd_hostdev *hd_request_iommufd(const struct hd_request *request) _nonnull_(1);

/* Does the guest ask for any host device?  What is reached by iSCSI or vhost does not count. */
bool hd_request_passes_devices(const struct hd_request *request) _nonnull_(1);

/* "pci", "usb", ... */
const char *hd_device_kind_name(enum hd_device_kind kind);
