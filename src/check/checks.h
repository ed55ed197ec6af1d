/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checks.h - which checks there are, and what they share. */
#pragma once

#include "check/check.h"

/*
 * All checks, in the order of the reports.  Causes come before what follows from them: the
 * first error is what virsh shows.
 */
#define HD_EACH_CHECK(row) \
	row(hd_check_cpu_virtualization)	row(hd_check_iommu_firmware) \
	row(hd_check_iommu_enabled)		row(hd_check_iommu_passthrough_mode) \
	row(hd_check_interrupt_remapping)	row(hd_check_no_acs_override) \
	row(hd_check_no_noiommu)		row(hd_check_vfio_modules) \
	row(hd_check_vfio_modules_at_boot)	row(hd_check_vfio_node) \
	row(hd_check_boot_parameters_active)	row(hd_check_kernel_modules_installed) \
	row(hd_check_vfio_ids_bound)		row(hd_check_hugepages_on_each_node) \
	row(hd_check_libvirt_finds_devices)	row(hd_check_one_daemon) \
	row(hd_check_unit_hardening)		row(hd_check_hook_installed) \
	row(hd_check_hook_answers)		row(hd_check_replug_started) \
	row(hd_check_sleep_handled)		row(hd_check_hotplug_recorded) \
	row(hd_check_vfio_owned)		row(hd_check_host_readable) \
	row(hd_check_device_present) \
	row(hd_check_device_identity)		row(hd_check_device_alive) \
	row(hd_check_device_endpoint)		row(hd_check_function_readable) \
	row(hd_check_storage_free)		row(hd_check_network_free) \
	row(hd_check_handover_possible)		row(hd_check_display_free) \
	row(hd_check_last_gpu) \
	row(hd_check_holders_free)		row(hd_check_usb_controller_free) \
	row(hd_check_scsi_controller_free) \
	row(hd_check_other_use_free) \
	row(hd_check_children_free)		row(hd_check_driver_release_safe) \
	row(hd_check_sriov_vfs_off)		row(hd_check_vf_parent_up) \
	row(hd_check_iommu_group_present)	row(hd_check_iommu_group_viable) \
	row(hd_check_iommu_group_exclusive)	row(hd_check_no_direct_region) \
	row(hd_check_rom_file)			row(hd_check_reset_works) \
	row(hd_check_power_state)		row(hd_check_not_denylisted) \
	row(hd_check_managed_conflict)		row(hd_check_numa_near) \
	row(hd_check_usb_present)		row(hd_check_usb_unambiguous) \
	row(hd_check_usb_free)			row(hd_check_serial_present) \
	row(hd_check_serial_free)		row(hd_check_mdev_present) \
	row(hd_check_vgpu_vendor_ready)		row(hd_check_scsi_present) \
	row(hd_check_scsi_identity) \
	row(hd_check_scsi_free)			row(hd_check_guest_topology) \
	row(hd_check_hugepages)			row(hd_check_iommufd_available) \
	row(hd_check_memlock)			row(hd_check_pool_has_function) \
	row(hd_check_migration_possible) \
	row(hd_check_offer_matches)		row(hd_check_offer_up_to_date) \
	row(hd_check_offer_migratable)		row(hd_check_offered_unambiguous) \
	row(hd_check_offered_free)		row(hd_check_offered_group_whole) \
	row(hd_check_offered_vfs_apart)		row(hd_check_offered_together) \
	row(hd_check_overrides_match)

#define HD_DECLARE_CHECK(name) extern const struct hd_check name;
HD_EACH_CHECK(HD_DECLARE_CHECK)

/* Each gives the verdict and its evidence in one line of a check. */
static inline enum hd_verdict hd_say(struct hd_result *ret, enum hd_verdict verdict,
				     const char *evidence)
{
	ret->evidence = evidence;
	return verdict;
}

/* The same with evidence made as printf does. */
enum hd_verdict hd_tell(const struct hd_subject *subject, struct hd_result *ret,
			enum hd_verdict verdict, const char *fmt, ...)
	_nonnull_(1, 2, 4) _printf_(4, 5);

/* Sets the remedy, made as printf does. */
void hd_advise(const struct hd_subject *subject, struct hd_result *ret, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4);

/* The command that changes the guest's XML: without a name, as XML from a file has none, "virsh edit". */
const char *hd_edit_command(const struct hd_subject *subject) _nonnull_(1);

/*
 * Where the SCSI device is now that the guest pins at the subject's address, with its nodes: "2:0:0:0 (/dev/sdb,
 * /dev/sg2)", several paths to it with " and " between them.  NULL: nothing is pinned there, it is there, or
 * the host is not known to have it.
 */
const char *hd_scsi_pinned_place(const struct hd_subject *subject) _nonnull_(1);

/* storage-free's rule for the disks of anything: also of a USB device. Skips without disks. */
enum hd_verdict hd_judge_storage(const struct hd_subject *subject,
				 const struct hd_storage *storage, struct hd_result *ret)
	_nonnull_(1, 2, 3);

/* Adds what FMT says to *TEXT, which is NULL at first, with "; " between them. */
void hd_join(struct hd_arena *arena, const char **text, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4);

/* The same with MORE, unless it is NULL or *TEXT has it already. */
void hd_join_once(struct hd_arena *arena, const char **text, const char *more)
	_nonnull_(1, 2);

/*
 * Who accepts, for REQUEST, that CHECK finds SUBJECT in this USE?  The one place that
 * decides, for devices that are asked for and for companions alike.
 */
enum hd_allower hd_accepted_by(const struct hd_request *request, const struct hd_check *check,
			       const char *subject, enum hd_use use) _nonnull_(1, 2, 3);

/* What a use of it means: an essential one, and one of a share, which nobody can end by force. */
enum hd_use hd_storage_use(const struct hd_storage *storage) _nonnull_(1);

/* Is a disk of it in use, as far as tables and the kernel's claims show? */
bool hd_storage_is_used(const struct hd_storage *storage) _nonnull_(1);

/* Equal texts, or the same function in another form. */
bool hd_is_same_subject(const char *a, const char *b) _nonnull_(1, 2);

/*
 * Lowers the severity of a failed finding that the policy accepts, and says so; one that
 * stays an error gets allow_with.
 */
void hd_override_apply(const struct hd_subject *subject, struct hd_finding *finding,
		       enum hd_use use) _nonnull_(1, 2);

/*
 * What it means for processes to lose the nodes of a device, also of a USB or serial
 * one: HD_PASS, HD_FAIL (of severity HD_WARNING if all of them
 * do without it gracefully), or HD_UNKNOWN; fills RET, which comes with the row's.
 */
enum hd_verdict hd_judge_holders(struct hd_arena *arena, const struct hd_holders *holders,
				 struct hd_result *ret) _nonnull_(1, 2, 3);

/*
 * Does the process do without the node gracefully when the device goes, as logind does without an
 * input node, and a sound server without the control node?
 */
bool hd_holder_copes(const struct hd_holder *holder) _nonnull_(1);

/* May a running guest that we cannot see have the device?  HD_PASS: all are seen. */
enum hd_verdict hd_judge_guests(const struct hd_subject *subject, struct hd_result *ret)
	_nonnull_(1, 2) _must_check_;

/*
 * The verdict on what depends on the interfaces of a function or a USB device; the chains
 * of the evidence begin with NAME.  HD_SKIP if there is no interface.
 */
enum hd_verdict hd_judge_network(struct hd_arena *arena, const struct hd_network *network,
				 const char *name, struct hd_result *ret)
	_nonnull_(1, 2, 3, 4);

/*
 * Is a hand-over what ends the use that CHECK finds of the function?  Of a graphics card that the
 * guest asks for, and of the functions beside it, if the guest's policy has one, or if the host
 * shows something on the card.  Taking the card with --allow would leave a desktop without it.
 */
bool hd_handover_answers(const struct hd_subject *subject, const struct hd_check *check)
	_nonnull_(1, 2);

/* "`hostdevctl handover GUEST OPTIONS`"; OPTIONS may be empty. */
const char *hd_handover_command(const struct hd_subject *subject, const char *options)
	_nonnull_(1, 2) _returns_nonnull_;

/* Adds the next command of the hand-over to a finding that refuses and that it answers. */
void hd_handover_advise(const struct hd_subject *subject, struct hd_finding *finding)
	_nonnull_(1, 2);

/*
 * Adds to a finding that refuses: 'hostdevctl start', if the guest would take any other device of a kind,
 * or 'hostdevctl relocate', if its pinned device is not at this address.
 */
void hd_other_device_advise(const struct hd_subject *subject, struct hd_finding *finding)
	_nonnull_(1, 2);

/* Does it stop the card from being given away, on this host? */
bool hd_display_use_counts(const struct hd_display_use *use, const struct hd_host *host)
	_nonnull_(1, 2);

/*
 * Adds to the evidence what the kernel said at boot in lines that begin with one of STARTS
 * (NULL-ended); nothing if it said nothing or its log was not read.
 */
void hd_add_kernel_log(const struct hd_subject *subject, struct hd_result *ret,
		       const char *const *starts) _nonnull_(1, 2, 3);

/*
 * What the kernel lacks for IOMMUFD, of which is_known, or NULL.  IS_PASSED: libvirt gets
 * /dev/iommu from a client.
 */
const char *hd_iommufd_lacks(struct hd_arena *arena, const struct hd_iommufd *iommufd,
			     bool is_passed) _nonnull_(1, 2);

/*
 * How to add WORD to the kernel's command line, or to remove it: edit a file or, where the
 * boot configuration was read and has (or lacks) it already, generate the menu or reboot.
 */
const char *hd_mend_add(const struct hd_subject *subject, const char *word)
	_nonnull_(1, 2) _returns_nonnull_;
const char *hd_mend_drop(const struct hd_subject *subject, const char *word)
	_nonnull_(1, 2) _returns_nonnull_;

/* The same as hd_mend_add, with this program's own way first where it has one. */
const char *hd_mend_add_by_setup(const struct hd_subject *subject, const char *word)
	_nonnull_(1, 2) _returns_nonnull_;

/* For a running kernel whose directory in lib/modules does not exist. */
const char *hd_mend_no_tree(const struct hd_subject *subject) _nonnull_(1) _returns_nonnull_;

/* The file of the boot configuration that has WORD, or NULL; what the next boot reads is first. */
const char *hd_boot_source_of(const struct hd_subject *subject, const char *word)
	_nonnull_(1, 2);

/* proc/cmdline, "" if it was not read. */
const char *hd_cmdline(const struct hd_facts *facts) _nonnull_(1) _returns_nonnull_;
