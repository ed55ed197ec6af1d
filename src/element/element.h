/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * element.h - the elements of libvirt's XML that give devices to a guest.
 *
 * Two steps: hd_elements_compose() decides from names, facts and options the
 * elements and their values; hd_element_render() fills in the
 * template of one.  Between the two a caller may give each its place in the
 * guest (element->guest).  Forms: libvirt docs/formatdomain.rst.
 */
#pragma once

#include <stdbool.h>

#include "domain/request.h"
#include "inventory/resolve.h"

/* One per template; HD_ELEMENT_CONTROLLER and beyond are not devices of the host. */
enum hd_element_kind {
	HD_ELEMENT_PCI,			/* pci.xml */
	HD_ELEMENT_DISK,		/* nvme-disk.xml */
	HD_ELEMENT_INTERFACE,		/* interface-vf.xml */
	HD_ELEMENT_USB,			/* usb.xml */
	HD_ELEMENT_SERIAL,		/* serial.xml */
	HD_ELEMENT_MDEV,		/* mdev.xml */
	HD_ELEMENT_SCSI,		/* scsi.xml */
	HD_ELEMENT_CONTROLLER,		/* controller.xml */
	HD_ELEMENT_POOL_NETWORK,	/* pool-network.xml */
	HD_ELEMENT_POOL_INTERFACE,	/* pool-interface.xml */
	HD_ELEMENT_KIND_MAX
};

/* What a template may ask for; each kind has its own set (kinds.c). */
enum hd_placeholder {
	HD_P_MANAGED,
	HD_P_DOMAIN, HD_P_BUS, HD_P_SLOT, HD_P_FUNCTION,	/* on the host; USB: bus */
	HD_P_DRIVER_MODEL, HD_P_IOMMUFD,
	HD_P_BOOT,
	HD_P_ROM_BAR, HD_P_ROM_FILE,
	HD_P_DISPLAY, HD_P_RAMFB,
	HD_P_TEAMING,
	HD_P_MAC, HD_P_VLAN,
	HD_P_NAMESPACE, HD_P_TARGET,
	HD_P_VENDOR, HD_P_PRODUCT, HD_P_DEVICE,
	HD_P_STARTUP_POLICY, HD_P_GUEST_RESET, HD_P_ALIAS,
	HD_P_PATH,
	HD_P_MODEL, HD_P_UUID,
	HD_P_ADAPTER, HD_P_SCSI_TARGET, HD_P_UNIT,		/* SCSI, with bus */
	HD_P_INDEX, HD_P_MODEL_NAME, HD_P_CHASSIS, HD_P_PORT, HD_P_CHASSIS_NR,
	HD_P_NAME, HD_P_INTERFACE,				/* of a pool */
	HD_P_GUEST_DOMAIN, HD_P_GUEST_BUS, HD_P_GUEST_SLOT, HD_P_GUEST_FUNCTION,
	HD_P_GUEST_MULTIFUNCTION,				/* from element->guest */
	HD_PLACEHOLDER_MAX
};

/* As they were written; NULL is not given. hd_element_options_check() judges them. */
struct hd_element_options {
	const char *as;			/* pci, gpu, disk, interface, usb, serial, mdev, scsi */
	const char *managed;
	const char *rom;		/* "off" or a path */
	const char *boot;
	const char *driver_model;
	const char *mac, *vlan, *teaming;
	const char *by;			/* id, address, port */
	const char *startup_policy, *guest_reset;
	const char *display, *ramfb;
	const char *ns, *target;	/* of --as disk */
	bool iommufd;
	const char *templates;		/* a directory that is searched first */
};

struct hd_element {
	enum hd_element_kind kind;
	const char *name;		/* of the device, printable: "0000:01:00.1" */
	int card;			/* functions of one card have the same number, follow each
					   other, function 0 first, and belong in one slot of
					   the guest; every other element has its own */
	bool has_pci;
	struct hd_pci_addr pci;		/* the function on the host */
	int group;			/* its IOMMU group, or HD_NO_GROUP */
	bool takes_slot;		/* it is a PCI function in the guest */
	struct hd_guest_addr guest;	/* is_set is false: libvirt chooses */
	const char *values[HD_PLACEHOLDER_MAX];
};

struct hd_elements {
	struct hd_element *items;
	size_t n;
	const char **notes;		/* what the user should know; one line each */
	size_t n_notes;
};

/*
 * Has each option a good value, and do --as and the others go together?  N is
 * the number of devices: some options are for one alone.  Returns 0, or -EINVAL.
 */
int hd_element_options_check(const struct hd_element_options *options, size_t n,
			     struct hd_error *err) _nonnull_(1, 3) _must_check_;

/* The words that the option NAME ("managed") takes, NULL-terminated; NULL: any others. */
const char *const *hd_element_option_words(const char *name) _nonnull_(1);

/*
 * The elements for N devices, in their order, without what was named twice.
 * OPTIONS must have passed hd_element_options_check().  Reads the devices alone
 * and their IOMMU groups; does not judge uses (the checks do).  Returns 0, or
 *   -EINVAL	an option is not for such a device
 *   -ENODEV	a device does not exist
 *   -EPERM	libvirt cannot give this device, or not so
 *   other	the host cannot be read.
 */
int hd_elements_compose(struct hd_elements *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_device_ref *refs, size_t n,
			const struct hd_element_options *options, struct hd_error *err)
	_nonnull_(1, 2, 3, 6, 7) _must_check_;

/*
 * The network of which all virtual functions of the network card REF are the pool, and the
 * interface that gives a guest one of them.  Returns 0, -ENODEV, -EPERM (it cannot be such a pool),
 * or another error of the host, with ERR.
 */
int hd_elements_pool(struct hd_elements *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_device_ref *ref, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * The element's XML by its template (templates.h), with a newline at its end.
 * DIR, or NULL, is searched first.  Returns 0 or a negative errno with ERR.
 */
int hd_element_render(const char **ret, struct hd_arena *arena, const struct hd_element *element,
		      const char *dir, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/*
 * Adds to DEVS what a guest asks for by the elements that are written for REF without
 * options, so that a device is judged as it would be given: a virtual function that
 * libvirt can configure as an interface, a graphics card with all that is on it.  A
 * function of which no element can be written is added by itself; the checks say
 * why.  No function twice.  All entries are not managed.
 */
void hd_element_hostdevs(struct hd_hostdev **devs, size_t *n, const struct hd_sysroot *root,
			 struct hd_arena *arena, const struct hd_device_ref *ref)
	_nonnull_(1, 2, 3, 4, 5);
