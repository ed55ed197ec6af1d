/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * group_viable.c - may this function's IOMMU group be handed to this guest?
 *
 * The kernel gives a group to VFIO only as a whole; group_companion.c says
 * what must happen to each other member.
 */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"
#include "check/machine_part.h"

static enum hd_verdict has_group(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!s->facts->iommu.is_active)
		return HD_SKIP;	/* iommu-enabled says it */
	if (fn->group != HD_NO_GROUP)
		return hd_tell(s, ret, HD_PASS, "IOMMU group %d", fn->group);
	return hd_tell(s, ret, HD_FAIL,
		       HD_SYS_PCI
		       "/%s/iommu_group does not exist: no IOMMU covers the function",
		       fn->name);
}

const struct hd_check hd_check_iommu_group_present = {
	.id = "iommu-group-present",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the function is in an IOMMU group",
	.remedy = "read what `dmesg | grep -i -e DMAR -e AMD-Vi -e iommu` says about the "
		  "function, update the firmware, or use another slot",
	.doc = "VFIO hands out whole IOMMU groups. A function without one, on a host whose "
	       "IOMMU is on, is not covered by any IOMMU: the firmware's table omits it. "
	       "Source: the function's iommu_group in sysfs.",
	.run = has_group,
};

/* Evidence on the other members, by what must happen to them. */
struct members {
	const char *blocking, *going, *staying;
	bool is_machine_part;	/* a blocking one is, so nobody can take it */
};

static void sort_member(const struct hd_subject *s, const struct hd_pci_facts *peer,
			struct members *members)
{
	const char *why;
	enum hd_companion fate = hd_companion_judge(s->request, peer, &why);
	const char *driver = peer->fn.driver ? peer->fn.driver : "no driver";

	if (fate == HD_COMPANION_BLOCKS) {
		hd_join(s->arena, &members->blocking, "%s in group %d is on %s and %s",
			peer->fn.name, peer->fn.group, driver, why);
		if (hd_part_of_machine(&peer->fn))
			members->is_machine_part = true;
	} else if (fate != HD_COMPANION_STAYS) {
		hd_join(s->arena, &members->going, "%s (%s) %s", peer->fn.name, driver,
			why);
	} else if (hd_pci_fn_is_bridge(&peer->fn)) {
		hd_join(s->arena, &members->staying, "bridge %s stays on %s, which is "
			"fine", peer->fn.name, driver);
	}
}

/* Why not all members of the group are known, or NULL. */
static const char *find_unseen(const struct hd_subject *s)
{
	const struct hd_iommu_group *group = hd_facts_group(s->facts, s->pci->fn.group);
	char buf[HD_PCI_ADDR_SIZE];

	if (group && group->unknown)
		return hd_printf(s->arena, "%s: its functions count as in use", group->unknown);
	for (size_t i = 0; group && i < group->n_members; i++)
		if (!hd_facts_fn(s->facts, &group->members[i]))
			return hd_printf(s->arena, "%s in group %d was not examined",
					 hd_pci_addr_format(&group->members[i], buf),
					 s->pci->fn.group);
	return NULL;
}

static enum hd_verdict tell_members(const struct hd_subject *s, struct hd_result *ret,
				    const struct members *members)
{
	const char *text = members->going;

	hd_join_once(s->arena, &text, members->staying);
	if (!members->going)
		return hd_say(ret, HD_PASS, text);
	ret->remedy = "nothing to do: they go to VFIO with the device and come back with it; "
		      "<hd:companions move='no'/> in the guest's metadata forbids it";
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, "group %d is taken as a whole: %s",
		       s->pci->fn.group, text);
}

static enum hd_verdict is_viable(const struct hd_subject *s, struct hd_result *ret)
{
	struct members members = { NULL, NULL, NULL, false };
	const char *unseen;

	if (s->pci->fn.group == HD_NO_GROUP)
		return HD_SKIP;
	unseen = find_unseen(s);
	if (unseen)
		return hd_say(ret, HD_UNKNOWN, unseen);
	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_facts *peer = &s->facts->fns[i];

		if (peer->fn.group == s->pci->fn.group &&
		    hd_pci_addr_compare(&peer->fn.addr, &s->pci->fn.addr))
			sort_member(s, peer, &members);
	}
	if (!members.blocking)
		return tell_members(s, ret, &members);
	hd_join_once(s->arena, &members.blocking, members.staying);
	if (members.is_machine_part)
		ret->remedy = "use another device, or put this one into a slot with an IOMMU "
			      "group of its own";
	return hd_say(ret, HD_FAIL, members.blocking);
}

const struct hd_check hd_check_iommu_group_viable = {
	.id = "iommu-group-viable",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "every other function of the IOMMU group can be moved, or does not matter",
	.remedy = "pass that function to the same guest, too; unbind it by hand; or put "
		  "the device into a slot with an IOMMU group of its own",
	.doc = "While a function of the group is on an ordinary host driver, QEMU stops "
	       "with \"group N is not viable\". Functions that the guest requests, that "
	       "are unbound, on VFIO or on pci-stub, and bridges do not matter: bridges "
	       "stay on pcieport, which is fine. The others, the companions, go to their "
	       "VFIO drivers with the device and come back with it, which is a warning; an "
	       "SMBus controller and functions without a VFIO driver are only unbound. It "
	       "is an error if one must not be moved: the guest's metadata forbids it, or "
	       "it is an ISA or host bridge, an IOMMU or the boot display, has a disk in "
	       "use or carries the default route. Source: /sys/kernel/iommu_groups (Linux "
	       "drivers/iommu/iommu.c).",
	.run = is_viable,
};

static enum hd_verdict has_no_direct(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_iommu_group *group;

	if (s->pci->fn.group == HD_NO_GROUP)
		return HD_SKIP;
	group = hd_facts_group(s->facts, s->pci->fn.group);
	if (!group)
		return hd_tell(s, ret, HD_UNKNOWN,
			       "sys/kernel/iommu_groups/%d was not examined",
			       s->pci->fn.group);
	if (group->unknown)
		return hd_say(ret, HD_UNKNOWN, group->unknown);
	if (!group->direct_region ||
	    hd_text_ends_with(group->direct_region, "direct-relaxable"))
		return HD_PASS;
	return hd_tell(s, ret, HD_FAIL,
		       "sys/kernel/iommu_groups/%d/reserved_regions has \"%s\"",
		       group->id, hd_text_printable(s->arena, group->direct_region, 80));
}

const struct hd_check hd_check_no_direct_region = {
	.id = "no-direct-region",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the firmware requires no memory to stay mapped for the device",
	.remedy = "update the firmware or use another slot; on HP ProLiant, disable the "
		  "slot's shared memory feature (HPE advisory on RMRR); no kernel parameter helps",
	.doc = "The firmware can require that a device always reaches a region of memory "
	       "at the same address (Intel RMRR, AMD IVMD). The kernel then refuses to "
	       "give the device away: \"Firmware has requested this device have a 1:1 "
	       "IOMMU mapping\". Regions marked direct-relaxable (USB controllers and "
	       "graphics) are fine. Source: the IOMMU group's reserved_regions.",
	.run = has_no_direct,
};
