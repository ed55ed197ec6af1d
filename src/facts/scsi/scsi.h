/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi.h - the logical unit that a <hostdev type='scsi'> names, and which other guests have it. */
#pragma once

#include "domain/request.h"
#include "facts/holders/holders.h"
#include "facts/libvirt/guests.h"
#include "facts/scsi/scsi_unit.h"
#include "facts/storage/storage.h"

struct hd_scsi_facts {
	const struct hd_hostdev *hostdev;
	const char *name;		/* "scsi 2:0:0:0" */
	bool exists;
	const char *problem;		/* why it is not known whether it exists, and how it is used; or NULL */
	struct hd_scsi_unit unit;	/* if it exists */
	/* Where the unit is now that the guest pins at this address, if it is not here: else none is looked for. */
	struct hd_scsi_unit *moved;
	size_t n_moved;
	bool has_pci;
	struct hd_pci_addr pci;		/* the function that it hangs on */
	struct hd_storage storage;	/* its disk */
	struct hd_node *nodes;		/* of the disk, its partitions, the tape, sg and bsg */
	size_t n_nodes;
	struct hd_holders holders;	/* who has one of these open */
	/* Another running guest has it, or NULL; both elements may say that they share it. */
	const struct hd_guest_device *guest;
	bool is_shared;
};

/* A unit of the host that a running guest has. */
struct hd_scsi_claim {
	const struct hd_guest_device *guest;
	const char *path;		/* as in struct hd_scsi_unit */
};

/* Reads one; what cannot be read is a problem. */
void hd_scsi_read(struct hd_scsi_facts *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  const struct hd_hostdev *hostdev) _nonnull_(1, 2, 3, 4);

/* Looks through the host for what PIN says, if that is not at its address. */
void hd_scsi_find_moved(struct hd_scsi_facts *scsi, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_scsi_pin *pin) _nonnull_(1, 2, 3, 4);

/* The running guest among GUESTS that has the same unit: one that does not share it comes first. */
void hd_scsi_find_guest(struct hd_scsi_facts *scsi, const struct hd_guests *guests) _nonnull_(1, 2);

/* The units of the running guests of GUESTS, those that still exist; returns how many. */
size_t hd_scsi_claims_read(struct hd_scsi_claim **ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_guests *guests)
	_nonnull_(1, 2, 3, 4);
