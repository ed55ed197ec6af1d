/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * group_members.c - what else is in the IOMMU groups of the passed functions.
 *
 * The kernel hands a group to VFIO as a whole: the host loses the functions
 * that are not passed, too, while the guest runs, although the guest does not see them.
 */
#include "config.h"

#include "element/compose.h"
#include "facts/host/iommu.h"

static bool is_given(const struct hd_elements *list, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].has_pci &&
		    !hd_pci_addr_compare(&list->items[i].pci, addr))
			return true;
	return false;
}

/* Is the element the first one of its group in the list? */
static bool is_first(const struct hd_elements *list, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (list->items[i].has_pci && list->items[i].group == list->items[at].group)
			return false;
	return true;
}

static int note_member(struct hd_composer *c, const struct hd_element *element,
		       const struct hd_pci_addr *addr)
{
	struct hd_pci_fn fn = { 0 };
	int rc = hd_pci_fn_read(&fn, c->root, c->arena, addr, c->err);

	if (rc < 0 || !fn.is_present || hd_pci_fn_is_bridge(&fn))
		return rc;
	hd_compose_note(c, "%s (class %06x, %s) is in IOMMU group %d with %s: the guest "
			"does not get it, but the host loses it while the guest runs", fn.name, fn.class,
			fn.driver ? fn.driver : "no driver", element->group, element->name);
	return 0;
}

int hd_compose_groups(struct hd_composer *c)
{
	for (size_t i = 0; i < c->list->n; i++) {
		const struct hd_element *element = &c->list->items[i];
		struct hd_iommu_group group;
		int rc = 0;

		if (!element->has_pci || element->group == HD_NO_GROUP || !is_first(c->list, i))
			continue;
		if (hd_iommu_group_read(&group, c->root, c->arena, element->group, c->err) < 0) {
			hd_compose_note(c, "%s: %s: what else is in the group is unknown",
					element->name, c->err->text);
			*c->err = (struct hd_error){ 0 };
			continue;
		}
		for (size_t k = 0; rc == 0 && k < group.n_members; k++)
			if (!is_given(c->list, &group.members[k]))
				rc = note_member(c, element, &group.members[k]);
		if (rc < 0)
			return rc;
	}
	return 0;
}
