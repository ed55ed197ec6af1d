/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offer_entry.c - does an entry of a scheduler's configuration say what is so on this host? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"
#include "scheduler/configuration.h"
#include "scheduler/offered.h"

static enum hd_verdict is_matched(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_offered_entry *offered = s->entry;

	if (offered->n_devices)
		return hd_tell(s, ret, HD_PASS, "%zu device%s", offered->n_devices,
			       offered->n_devices == 1 ? "" : "s");
	if (offered->differs)
		return HD_SKIP;
	if (offered->entry->scheduler->is_for_cluster) {
		ret->severity = HD_NOTE;
		ret->remedy = "nothing to do if other hosts of the cluster have it; else remove the entry";
	} else if (offered->entry->node) {
		ret->severity = HD_ERROR;
	}
	if (offered->absent)
		return hd_tell(s, ret, HD_FAIL, "this host does not have the function %s", offered->absent);
	return hd_tell(s, ret, HD_FAIL, "no device of this host is %s", offered->wanted);
}

const struct hd_check hd_check_offer_matches = {
	.id = "offer-matches",
	.scope = HD_SCOPE_ENTRY,
	.severity = HD_WARNING,
	.title = "the entry selects a device of this host",
	.remedy = "remove the entry, or correct it: " HD_COMMAND("hostdevctl list -o +id") " shows the devices",
	.doc = "An entry that selects nothing offers nothing, although somebody relied on it: a card was removed "
	       "or has another address or id. An error for a mapping of Proxmox VE and for a claim of Harvester, "
	       "which guests ask for by name and then do not start; a note for KubeVirt, whose configuration all "
	       "hosts share. Entries for other nodes are not judged. Source: the list of the host's devices.",
	.run = is_matched,
};

static enum hd_verdict is_up_to_date(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_entry *entry = s->entry->entry;

	if (s->entry->differs && entry->is_pinned)
		hd_advise(s, ret, "look whether it is still the device that is meant, then write the map again: "
			  HD_COMMAND("hostdevctl export proxmox --node %s") " prints it if it may be offered",
			  hd_shell_word(s->arena, entry->node));
	if (s->entry->differs)
		return hd_tell(s, ret, HD_FAIL, "%s", s->entry->differs);
	return entry->is_pinned && s->entry->n_devices ? HD_PASS : HD_SKIP;
}

const struct hd_check hd_check_offer_up_to_date = {
	.id = "offer-up-to-date",
	.scope = HD_SCOPE_ENTRY,
	.severity = HD_ERROR,
	.title = "the device at the entry's address is the one that the entry describes",
	.remedy = "look whether another device is at the address now, and correct address or ids: "
		  HD_COMMAND("hostdevctl list -o +id") " shows both",
	.doc = "Addresses and groups change when a card is added, removed or moved. A mapping of Proxmox VE has id, "
	       "subsystem-id and iommugroup of its device, and no guest starts with it if one of them is other "
	       "than the host's, or missing (\"PCI device mapping invalid (hardware probably changed)\"). A "
	       "device_spec of Nova with an address and other ids than those of the device there offers nothing. "
	       "Source: the ids and the IOMMU group of the function in sysfs.",
	.run = is_up_to_date,
};

static enum hd_verdict is_migratable(const struct hd_subject *s, struct hd_result *ret)
{
	if (!s->entry->entry->wants_migration || !s->entry->n_devices)
		return HD_SKIP;
	if (!s->entry->cannot_migrate)
		return HD_PASS;
	return hd_tell(s, ret, HD_FAIL, "it says that the devices can migrate, but the VFIO driver of %s cannot "
		       "save their state, as far as is known", s->entry->cannot_migrate);
}

const struct hd_check hd_check_offer_migratable = {
	.id = "offer-migratable",
	.scope = HD_SCOPE_ENTRY,
	.severity = HD_ERROR,
	.title = "devices that are offered as migratable can migrate",
	.remedy = "remove live_migratable (Nova) or live-migration-capable (Proxmox VE), or use the VFIO driver for "
		  "these devices that can",
	.doc = "Nova (live_migratable) and Proxmox VE (live-migration-capable) migrate a guest with such a device. "
	       "That fails unless the device's VFIO driver saves its state, which vfio-pci cannot; "
	       "migration-possible names those that can. Source: the function's driver, or the best VFIO driver "
	       "for it, and /sys/kernel/debug/vfio if the kernel has it.",
	.run = is_migratable,
};
