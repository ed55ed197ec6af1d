/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts.h - everything that the checks and the plan may know of the host.
 *
 * Collected once per request, immutable afterwards, owned by the arena (the
 * claims' descriptors by hd_facts_close).  Cost depends on the functions asked
 * for and their groups, never on the size of the host.
 */
#pragma once

#include "base/arena.h"
#include "base/config_file.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/display/display.h"
#include "facts/display/handover.h"
#include "facts/holders/holders.h"
#include "facts/host/host.h"
#include "facts/host/iommu.h"
#include "facts/host/iommufd.h"
#include "facts/host/memory.h"
#include "facts/host/host_sleep.h"
#include "facts/libvirt/daemon.h"
#include "facts/libvirt/guests.h"
#include "facts/libvirt/hotplug.h"
#include "facts/mdev/mdev.h"
#include "facts/network/network.h"
#include "facts/pci/migration.h"
#include "facts/pci/pci.h"
#include "facts/pci/rom.h"
#include "facts/scsi/scsi.h"
#include "facts/serial/serial.h"
#include "facts/setup/host_setup.h"
#include "facts/storage/storage.h"
#include "facts/usb/input_devices.h"
#include "facts/usb/usb.h"

struct hd_offered;	/* scheduler/offered.h */

/* A use of a function that shows in no disk, interface, display or open node of it. */
struct hd_other_use {
	const char *what;		/* "the kernel encrypts with it (qat_aes_cbc)", printable */
	const char *source;		/* the file that tells it */
	const char *remedy;		/* for people; NULL: nobody knows */
	bool is_unknown;		/* whether it is used is what is unknown */
};

/* One function that matters to the request: asked for, or in the group of one that is. */
struct hd_pci_facts {
	struct hd_pci_fn fn;
	bool is_requested;
	const char *vfio_driver;	/* the best VFIO driver for it, by the driver's name in
					   sysfs ("vfio-pci"); NULL: a bridge, or absent */
	enum hd_module_state vfio_driver_state;
	enum hd_migration migration;	/* what the kernel says (only if on VFIO); else its driver
					   decides: hd_migration_of_driver() */
	struct hd_storage storage;	/* empty unless on a host driver */
	struct hd_network network;	/* empty unless on a host driver */
	struct hd_display display;	/* empty unless a display */
	struct hd_children children;	/* empty unless on a host driver */
	struct hd_node *nodes;		/* its device nodes; empty unless on a host driver */
	size_t n_nodes;
	struct hd_holders holders;	/* who has one of these open or mapped */
	struct hd_other_use *others;	/* empty unless on a host driver */
	size_t n_others;
	bool can_have_others;		/* it is of a kind that may have some */
	const struct hd_pci_facts *parent;	/* the physical function of a VF, or NULL */
	struct hd_vgpu vgpu;		/* of a VF, whatever its driver */
	const char *vfio_holder;	/* who has its VFIO group open, or NULL (only if on VFIO) */
	const char *unread;		/* the first file of it that could not be read, and why, or
					   NULL: all were (hd_sysroot_watch) */
};

/* A network that is a pool of functions, from which libvirt chooses at the start. */
struct hd_pool {
	const char *network;		/* its name, as written */
	const char *source;		/* the file that describes it */
	struct hd_pci_facts *fns;	/* fn, network and parent alone; the first ones of many */
	size_t n_fns;
};

struct hd_facts {
	const struct hd_sysroot *root;	/* the given one, watched */
	const char *unread;		/* the same for files that belong to no single function */
	struct hd_host host;
	struct hd_iommu iommu;
	struct hd_pci_facts *fns;	/* sorted by address; requested and their groups' */
	size_t n_fns;
	struct hd_pci_facts *parents;	/* physical functions that are not among fns */
	size_t n_parents;
	struct hd_iommu_group *groups;	/* sorted by id */
	size_t n_groups;
	struct hd_guests guests;
	struct hd_rom_file *roms;	/* in the order of the query's rom_files */
	size_t n_roms;
	struct hd_usb_list usb;		/* all USB devices, if one or a controller is asked for */
	struct hd_input_list inputs;	/* likewise */
	struct hd_usb_facts *usbs;	/* the query's elements by kind, in its order */
	size_t n_usbs;
	struct hd_serial_facts *serials;
	size_t n_serials;
	struct hd_mdev_facts *mdevs;
	size_t n_mdevs;
	struct hd_scsi_facts *scsis;
	size_t n_scsis;
	struct hd_scsi_claim *scsi_claims;	/* what other running guests have */
	size_t n_scsi_claims;
	struct hd_pool *pools;		/* of the query's networks, those that are pools */
	size_t n_pools;
	struct hd_memory memory;	/* empty unless the query needs it */
	struct hd_daemon daemon;	/* likewise */
	struct hd_iommufd iommufd;	/* likewise */
	const struct hd_setup *setup;	/* how the host is set up, or NULL: it was not asked for
					   (hd_setup_read; never in the hook) */
	struct hd_sleep sleep;		/* likewise (hd_sleep_read), with what is configured: */
	enum hd_sleep_policy sleep_policy;
	const struct hd_hotplug *hotplug;	/* likewise (act/hotplug_facts.h) */
	const struct hd_offered *offered;	/* by a scheduler; likewise (act/offered_devices.h) */
	const struct hd_kernel_types *kernel_types;	/* of the looks for holders */
	struct hd_displays displays;	/* found only if a display is among fns */
	struct hd_handover_facts handover;	/* empty unless the query's policy asks for one */
	bool card_is_away;		/* the guest runs, and has a card that was handed over
					   (act/checked_request.h) */
	const char *other_display;	/* one that stays when those asked for are gone, or NULL;
					   looked for only if a display is asked for */
};

enum hd_facts_want {
	HD_WANT_HOST = 1,	/* host and iommu */
	HD_WANT_GUESTS = 2,
	HD_WANT_CLAIMS = 4,	/* exclusive claims on the disks (live hosts only), held until the
				   facts are closed unless the query lets go */
	HD_WANT_NAMED = 8,	/* USB, serial, mediated and SCSI devices */
	HD_WANT_HOLDERS = 16,	/* who has the device nodes open: one pass over all processes */
	HD_WANT_ALL = 31,
};

struct hd_facts_query {
	const struct hd_pci_addr *addrs;	/* the functions asked for */
	size_t n_addrs;
	const char *guest_uuid;			/* its own claims do not count; "" for none */
	unsigned want;				/* of enum hd_facts_want */
	const char *const *rom_files;		/* <rom file=> of the guest, as written */
	size_t n_rom_files;
	const char *dac_label;			/* whom the guest says that QEMU is run as, or NULL */
	const struct hd_hostdev *const *named;	/* elements of the other kinds of devices */
	size_t n_named;
	const char *const *networks;		/* of its interfaces, with HD_WANT_GUESTS */
	size_t n_networks;
	bool needs_memory;			/* it has huge pages, or is tied to CPUs or nodes */
	bool locks_memory;			/* of a guest: it passes a device that writes to it */
	bool uses_iommufd;			/* a device of the guest goes by IOMMUFD */
	bool only_functions;			/* and their groups, not what uses them or fits them */
	const struct hd_policy *policy;		/* the guest's, for what it pins; or NULL */
	const struct hd_handover *handover;	/* the guest's policy, if it asks for one; else NULL */
	bool lets_go;				/* only looks: a claim is given back as soon as the
						   kernel has answered */
};

/*
 * What REQUEST needs: its PCI functions (sorted, once each), its other devices
 * and its networks (which stay REQUEST's) and its ROM files.
 * The caller adds the UUID and what it wants.
 */
void hd_facts_query_for(struct hd_facts_query *ret, struct hd_arena *arena,
			const struct hd_request *request) _nonnull_(1, 2, 3);

/*
 * A function or group that cannot be read says so (`unknown`) and stops nothing.
 * Returns 0 or a negative errno with ERR; close the facts in both cases.
 */
int hd_facts_collect(struct hd_facts *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_facts_query *query,
		     struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * Looks once more at what can change at any moment, right before the host is
 * changed: the functions themselves and who uses them.  No host, group or guest
 * again.  QUERY is the one that was collected for.  Claims stay held, and disks that
 * have appeared since are claimed.  Returns as hd_facts_collect.
 */
int hd_facts_again(struct hd_facts *facts, struct hd_arena *arena,
		   const struct hd_facts_query *query, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/*
 * The part of it that asks the processes: who has the functions' nodes open or
 * mapped now?  One pass over them; sysfs is not walked again.  Replaces `holders`
 * of every function; on failure (negative errno with ERR) changes none, and the
 * devices count as in use.
 */
int hd_holders_again(struct hd_facts *facts, struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Fills what needs the holders to be known: references to a display driver's
 * module that no open node explains, and who has them.
 */
void hd_displays_explain(struct hd_facts *facts, struct hd_arena *arena) _nonnull_(1, 2);

/* Gives back the claims; a zeroed struct is fine. */
void hd_facts_close(struct hd_facts *facts) _nonnull_(1);

/* The function's facts, or NULL if the query did not reach it. */
const struct hd_pci_facts *hd_facts_fn(const struct hd_facts *facts,
				       const struct hd_pci_addr *addr) _nonnull_(1, 2);

/*
 * Who has a function of GROUP open by VFIO, or NULL: nobody.  By IOMMUFD each function of a group has a
 * node of its own (Linux drivers/vfio/device_cdev.c), and the kernel gives none of the group to the host.
 */
const char *hd_facts_group_holder(const struct hd_facts *facts, int group) _nonnull_(1);

/* The group, or NULL. */
const struct hd_iommu_group *hd_facts_group(const struct hd_facts *facts, int id) _nonnull_(1);
