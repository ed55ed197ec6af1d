/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checkcase.h - one row per case of a check, on facts that are made by hand.
 *
 * Each case starts from a guest of type kvm that asks for one NVMe function,
 * 0000:01:00.0 in group 14, on a Debian host where everything passes; a row's
 * `change` spoils it.  Checks of USB, serial, mediated and SCSI devices get a stick,
 * "usb 46f4:0001" at 1-2, "serial /dev/ttyS1", a mediated device and "scsi 2:0:0:0".
 */
#pragma once

#include "check/checks.h"
#include "tests/support/unit.h"

struct check_case {
	struct hd_arena arena;
	struct hd_sysroot root;
	struct hd_request request;
	struct hd_facts facts;
	struct hd_hostdev hostdevs[4];		/* one is in use at first */
	struct hd_pci_facts fns[4];		/* one is in use at first */
	struct hd_iommu_group groups[2];	/* one is in use at first */
	struct hd_pci_addr members[4];
	struct hd_guest_claim claims[2];
	struct hd_disk disks[2];
	struct hd_disk_use uses[2];
	struct hd_disk_data sleeping[1];
	struct hd_netdev netdevs[2];
	struct hd_net_use net_uses[3];
	struct hd_pci_facts parent;
	struct hd_rom_file roms[1];
	struct hd_pin pins[1];
	struct hd_allow allows[1];
	struct hd_hostdev named[1];		/* the element of the next three */
	struct hd_usb_dev usb_devs[4];		/* three are in use at first */
	const struct hd_usb_dev *usb_matches[2];	/* one is */
	struct hd_usb_facts usbs[1];
	struct hd_serial_facts serials[1];
	struct hd_mdev_facts mdevs[1];
	struct hd_scsi_facts scsis[1];
	struct hd_scsi_claim scsi_claims[1];	/* none is in use at first */
	struct hd_input_dev inputs[4];		/* one is in use: the keyboard at 1-1 */
	struct hd_guest_device devices[1];	/* none is */
	struct hd_guest_device own_devices[1];	/* none is */
	struct hd_setup setup;			/* facts.setup */
	struct hd_boot_source boot[4];		/* two are in use at first */
	struct hd_hook_file hooks[4];		/* one is in use at first */
	struct hd_unit_line unit_lines[4];	/* one is */
	struct hd_id_bound ids[2];		/* none is */
	struct hd_page_pool pools[6];		/* three are: all, node 0, node 1 of 2 MiB */
	struct hd_numa_node numa[2];		/* both are */
	struct hd_cell cells[2];		/* none is */
	struct hd_hugepages pages[2];		/* likewise */
	const char *pins_of_vcpus[2];		/* likewise */
	struct hd_node nodes[1];
	struct hd_holder holders[2];
};

struct check_row {
	const char *name;
	const struct hd_check *check;
	void (*change)(struct check_case *c);	/* NULL: nothing */
	enum hd_verdict want;
	enum hd_severity severity;		/* compared unless it passes or is skipped */
	const char *evidence, *remedy;		/* parts of the texts, or NULL */
};

/* Makes the case that passes. */
void check_case_make(struct check_case *c);

/* A further function in group 14: "0000:01:00.N" of the class, on the driver or unbound. */
struct hd_pci_facts *check_case_add(struct check_case *c, unsigned fn, unsigned class,
				    const char *driver);

/* The function's element in the guest's XML. */
struct hd_hostdev *check_case_ask(struct check_case *c, unsigned fn);

/* What is used: a disk (USE is NULL: only the claim says so), one that sleeps, an interface, a node. */
void check_case_add_disk(struct check_case *c, struct hd_storage *storage, const char *use,
			 enum hd_claim_state claim);
void check_case_sleep_on(struct check_case *c, struct hd_storage *storage);
void check_case_add_network(struct check_case *c, struct hd_network *network, const char *use);
void check_case_use_otherwise(struct check_case *c, struct hd_pci_facts *pci);
void check_case_hold(struct check_case *c, struct hd_holders *holders, bool is_block);

/* Makes the case that passes in *STATE, and frees it: cmocka's set-up and clean-up. */
int check_case_setup(void **state);
int check_case_teardown(void **state);

/* Runs all checks on the case; what is found lives as long as the case. */
struct hd_findings check_case_run(struct check_case *c);

/* The finding of check ID about SUBJECT, or NULL. */
const struct hd_finding *check_case_find(const struct hd_findings *found, const char *id,
					 const char *subject);

/* Runs each row as a test of its own; returns what main() returns. */
int check_rows_run(const struct check_row *rows, size_t n);
