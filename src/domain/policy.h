/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * policy.h - what the administrator says about one guest, in its <metadata>.
 *
 *   <metadata>
 *     <hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>
 *       <hd:companions move='no'/>
 *       <hd:device address='0000:01:00.0' vendor='0x1b36' device='0x0010'
 *                  subsystem_vendor='0x1af4' subsystem_device='0x1100' serial='abc'
 *                  path='pci0000:00/1c.0/00.0'/>
 *       <hd:allow check='network-free' subject='0000:02:00.0'/>
 *       <hd:handover sessions='end' units='display-manager.service' processes='refuse'/>
 *       <hd:usb replug='yes' vendor='0x046d' product='0xc52b' serial='abc'/>
 *       <hd:any of='gpu:10de:2684' address='0000:05:00.0'/>
 *     </hd:hostdevctl>
 *   </metadata>
 *
 * Unknown elements and attributes of our namespace are errors: a typo in a
 * policy must not silently weaken it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/pciaddr.h"
#include "base/scsiaddr.h"

#define HD_POLICY_NAMESPACE "urn:hostdevctl:guest:1"

/* What the guest's device must be; a member that is -1 or NULL is not compared. */
struct hd_pin {
	struct hd_pci_addr addr;
	int vendor, device, subsystem_vendor, subsystem_device;
	const char *serial;
	const char *path;	/* where it is plugged in: hd_pci_slot_path() */
};

/* Which disk, tape or drive must be at an address, whose first number can change at each boot. */
struct hd_scsi_pin {
	struct hd_scsi_addr addr;
	const char *wwid;	/* as the kernel has it: "naa.5000cca097a1b2c0" */
};

/* A check's failure that the administrator accepts for one subject. */
struct hd_allow {
	const char *check;
	const char *subject;
};

/* No policy of one guest pins or allows more. */
#define HD_POLICY_MAX_ENTRIES 1024

/*
 * What may be ended to hand over the graphics card that the host works with.  Without the
 * element, nothing is.  A program that is in none of these sessions and units refuses.
 */
struct hd_handover {
	bool is_asked;		/* <handover> is there */
	bool ends_sessions;	/* not sessions='refuse': graphical sessions on the card's seat */
	const char **units;	/* units='...': names as hd_policy_unit_error() accepts them; NULL:
				   the display manager and what is known to keep the driver busy */
	size_t n_units;
};

#define HD_HANDOVER_MAX_UNITS 16
#define HD_UNIT_NAME_SIZE 64	/* with its end: what the target of a step has room for */

#define HD_USB_PORT_SIZE 32	/* with its end; the kernel allows six tiers of hubs */

/*
 * USB devices that the running guest gets again when they are plugged in.  What names them is
 * ids, a port or a hub; without any, they are those of the guest's own <hostdev type='usb'>
 * elements whose startupPolicy lets it start without them.
 */
struct hd_replug {
	bool is_wanted;		/* replug='yes'; 'no': never, whatever other elements say */
	int vendor, product;	/* -1: not compared */
	const char *serial;	/* with ids, or NULL */
	const char *port;	/* "1-2": whatever is plugged in there, or NULL */
	const char *hub;	/* "1-2": whatever is plugged in below it, or NULL */
};

/* Any device of one kind would do; at present the guest has this one. */
struct hd_any {
	const char *of;		/* as `attach --any` takes it (inventory/any_of.h); printable */
	struct hd_pci_addr addr;
};

#define HD_ANY_SIZE 64		/* of its kind, with its end */

struct hd_policy {
	bool keep_companions;	/* <companions move='no'/>; default: they are moved */
	struct hd_pin *pins;
	size_t n_pins;
	struct hd_scsi_pin *scsi_pins;
	size_t n_scsi_pins;
	struct hd_allow *allows;
	size_t n_allows;
	/* Those of a command line (--allow), which go for this one run. */
	struct hd_allow *typed;
	size_t n_typed;
	/*
	 * Functions whose data may be lost.  Only a command line fills it: a file
	 * that is read at each start must not be able to destroy anything.
	 */
	struct hd_pci_addr *sacrifices;
	size_t n_sacrifices;
	struct hd_handover handover;
	struct hd_replug *replugs;
	size_t n_replugs;
	struct hd_any *anys;
	size_t n_anys;
};

struct hd_xml_job;
struct _xmlNode;

/*
 * Adds what METADATA says to *POLICY, which was zeroed or read before; elements
 * of other namespaces are left alone.  Returns 0, or -EINVAL with ERR.
 */
int hd_policy_read(const struct hd_xml_job *job, const struct _xmlNode *metadata,
		   struct hd_policy *policy) _nonnull_(1, 2, 3) _must_check_;

/* TEXT as findings name their subjects: a function in the kernel's form, else as it is. */
const char *hd_policy_subject(struct hd_arena *arena, const char *text)
	_nonnull_(1, 2) _returns_nonnull_;

/* The pin for this function, or NULL. */
const struct hd_pin *hd_policy_pin(const struct hd_policy *policy,
				   const struct hd_pci_addr *addr);

/* The pin of the SCSI device at ADDR, or NULL. */
const struct hd_scsi_pin *hd_policy_scsi_pin(const struct hd_policy *policy,
					     const struct hd_scsi_addr *addr) _nonnull_(1, 2);

/* What would do as well as this function, or NULL. */
const struct hd_any *hd_policy_any(const struct hd_policy *policy, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/*
 * Why a hand-over cannot stop the unit NAME, or NULL if it can: it is not the name of a
 * .service (systemd.unit(5), without backslashes), or the hand-over itself, libvirt or a login by
 * the network needs it.
 */
const char *hd_policy_unit_error(const char *name) _nonnull_(1);

/* Is TEXT a port of USB as the kernel names it ("1-2", "1-2.3"), and not a root hub ("usb1")? */
bool hd_policy_is_usb_port(const char *text) _nonnull_(1);

/* Do both name the same devices, whether they are wanted or not? */
bool hd_replug_is_same(const struct hd_replug *a, const struct hd_replug *b) _nonnull_(1, 2);
