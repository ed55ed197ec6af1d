/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * group_companion.c - what must happen to the other functions of a device's group?
 *
 * The kernel gives a group to VFIO only when no member is on a driver that does
 * DMA for the host (Linux drivers/iommu/iommu.c, iommu_device_claim_dma_owner).
 * Bridges on pcieport and unbound functions never count against it.  The others
 * must leave their drivers; we unbind them only if the host can do without them.
 */
#include "config.h"

#include "check/checks.h"
#include "check/machine_part.h"

/* Functions whose class decides, besides the parts of the machine (machine_part.h). */
static const struct class_rule {
	unsigned class;		/* without its programming interface */
	enum hd_companion fate;
	const char *why;
} class_rules[] = {
	/* May be anything, such as an ACPI device with the SMBus (PIIX4). */
	{ 0x0680, HD_COMPANION_BLOCKS,
	  "is a bridge of unknown kind: name it if the guest should get it" },
	/* Sensors and memory SPD: harmless to lose for a while, useless to a guest. */
	{ 0x0c05, HD_COMPANION_UNBINDS, "is the SMBus: unbinding it is enough" },
	/* Firmware flash (SPI): no guest may reach it. */
	{ 0x0c80, HD_COMPANION_UNBINDS, "is a serial bus: unbinding it is enough" },
};

static const char *why_it_stays(const struct hd_request *request,
				const struct hd_pci_facts *companion)
{
	const struct hd_pci_fn *fn = &companion->fn;

	if (companion->is_requested || hd_request_pci(request, &fn->addr))
		return "is requested itself";
	if (fn->unknown)
		return NULL;
	if (!fn->is_present)
		return "does not exist";
	if (hd_pci_fn_is_bridge(fn))
		return "is a bridge: it stays on its driver, which is fine";
	if (fn->driver_kind == HD_DRIVER_NONE)
		return "has no driver";
	if (fn->driver_kind == HD_DRIVER_VFIO)
		return "is already on a VFIO driver";
	if (fn->driver_kind == HD_DRIVER_HARMLESS)
		return "is on a driver that does no DMA";
	return NULL;
}

static bool is_accepted(const struct hd_request *request, const struct hd_check *check,
			const struct hd_pci_facts *companion, enum hd_use use)
{
	return hd_accepted_by(request, check, companion->fn.name, use) != HD_ALLOWED_BY_NOBODY;
}

static const char *why_it_blocks(const struct hd_request *request,
				 const struct hd_pci_facts *companion)
{
	if (request->policy.keep_companions)
		return "must not be moved: the guest's metadata has <companions "
		       "move='no'/>";
	if (companion->fn.unknown)
		return "cannot be read, so it counts as in use";
	if (companion->fn.is_boot_vga)
		return "is the host's boot display: name it if the guest should get it";
	if (hd_storage_is_used(&companion->storage) &&
	    !is_accepted(request, &hd_check_storage_free, companion,
			 hd_storage_use(&companion->storage)))
		return "has a disk that the host uses";
	if (hd_network_is_needed(&companion->network) &&
	    !is_accepted(request, &hd_check_network_free, companion, HD_USE_ACTIVE))
		return "has an interface that the host needs (default route, "
		       "connection, bridge)";
	return NULL;
}

static const struct class_rule *rule_of(const struct hd_pci_fn *fn)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(class_rules); i++)
		if (hd_pci_class_of(fn) == class_rules[i].class)
			return &class_rules[i];
	return NULL;
}

enum hd_companion hd_companion_judge(const struct hd_request *request,
				     const struct hd_pci_facts *companion,
				     const char **ret_why)
{
	const struct class_rule *rule = rule_of(&companion->fn);

	*ret_why = why_it_stays(request, companion);
	if (*ret_why)
		return HD_COMPANION_STAYS;
	*ret_why = why_it_blocks(request, companion);
	if (*ret_why)
		return HD_COMPANION_BLOCKS;
	*ret_why = hd_part_of_machine(&companion->fn);
	if (*ret_why)
		return HD_COMPANION_BLOCKS;
	if (rule) {
		*ret_why = rule->why;
		return rule->fate;
	}
	if (!companion->vfio_driver) {
		*ret_why = "has no VFIO driver: unbinding it is enough";
		return HD_COMPANION_UNBINDS;
	}
	*ret_why = "goes to its VFIO driver too";
	return HD_COMPANION_MOVES;
}

enum hd_companion hd_companion_of(const struct hd_request *request,
				  const struct hd_pci_facts *companion)
{
	const char *why;

	return hd_companion_judge(request, companion, &why);
}

bool hd_companion_goes(const struct hd_request *request, const struct hd_pci_facts *companion)
{
	enum hd_companion fate = hd_companion_of(request, companion);

	return fate == HD_COMPANION_MOVES || fate == HD_COMPANION_UNBINDS;
}
