/* SPDX-License-Identifier: GPL-2.0-or-later */
/* group_exclusive.c - does another guest or program have a device of the group? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"
#include "check/usb_loss.h"
#include "facts/host/namespaces.h"

/* Is ADDR this function or in its group? */
static bool is_in_group(const struct hd_subject *s, const struct hd_pci_addr *addr)
{
	const struct hd_iommu_group *group = hd_facts_group(s->facts, s->pci->fn.group);

	if (!hd_pci_addr_compare(addr, &s->pci->fn.addr))
		return true;
	for (size_t i = 0; group && i < group->n_members; i++)
		if (!hd_pci_addr_compare(addr, &group->members[i]))
			return true;
	return false;
}

static const struct hd_guest_claim *find_claim(const struct hd_subject *s,
					       bool is_running)
{
	for (size_t i = 0; i < s->facts->guests.n_claims; i++) {
		const struct hd_guest_claim *claim = &s->facts->guests.claims[i];

		if (claim->is_running != is_running)
			continue;
		if (is_running ? is_in_group(s, &claim->addr)
			       : !hd_pci_addr_compare(&claim->addr, &s->pci->fn.addr))
			return claim;
	}
	return NULL;
}

/* Who has the group open: a program, or a guest that libvirt does not know. */
static const char *find_holder(const struct hd_subject *s)
{
	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &s->facts->fns[i];

		if (pci->vfio_holder &&
		    (pci == s->pci ||
		     (pci->fn.group != HD_NO_GROUP && pci->fn.group == s->pci->fn.group)))
			return hd_printf(s->arena, "%s is open by %s", pci->fn.name,
					 pci->vfio_holder);
	}
	return NULL;
}

static enum hd_verdict refuse_running(const struct hd_subject *s, struct hd_result *ret,
				      const struct hd_guest_claim *claim)
{
	char buf[HD_PCI_ADDR_SIZE];

	if (claim->keeper_pid) {
		hd_advise(s, ret, "wait until it has started; if the start failed: "
			  HD_COMMAND("kill %d"), claim->keeper_pid);
		return hd_tell(s, ret, HD_FAIL, "run/hostdevctl/keeper-%s: the guest \"%s\" is "
			       "being started with %s of group %d", claim->uuid, claim->guest,
			       hd_pci_addr_format(&claim->addr, buf), s->pci->fn.group);
	}
	ret->remedy = hd_end_guest(s->arena, claim->guest, claim->uuid);
	if (claim->is_journalled) {
		hd_advise(s, ret, "%s, or " HD_COMMAND("hostdevctl recover") " if it is not running",
			  ret->remedy);
		return hd_tell(s, ret, HD_FAIL,
			       "run/hostdevctl/%s: %s of group %d was taken for the guest \"%s\"",
			       claim->uuid, hd_pci_addr_format(&claim->addr, buf),
			       s->pci->fn.group, claim->guest);
	}
	return hd_tell(s, ret, HD_FAIL,
		"run/libvirt/qemu/%s.xml: the running guest \"%s\" has %s of group %d",
		claim->guest, claim->guest, hd_pci_addr_format(&claim->addr, buf),
		s->pci->fn.group);
}

/* Does the guest itself use the group?  A group has only one user. */
static bool is_own(const struct hd_subject *s)
{
	const struct hd_guests *guests = &s->facts->guests;

	for (size_t i = 0; i < guests->n_own; i++)
		if (is_in_group(s, &guests->own[i]))
			return true;
	return false;
}

enum hd_verdict hd_judge_guests(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_guests *guests = &s->facts->guests;

	if (guests->hidden) {
		ret->remedy = HD_ON_THE_HOST;
		return hd_tell(s, ret, HD_UNKNOWN, "%s: a running guest may have the device",
			       guests->hidden);
	}
	if (!guests->unreadable)
		return HD_PASS;
	ret->remedy = "restart libvirtd, which rewrites the file, or stop that guest";
	return hd_tell(s, ret, HD_UNKNOWN,
		       "%s cannot be parsed: the running guest may have the device",
		       guests->unreadable);
}

static enum hd_verdict is_exclusive(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_guest_claim *claim = find_claim(s, true);
	const char *holder = find_holder(s);
	enum hd_verdict verdict;

	if (claim)
		return refuse_running(s, ret, claim);
	if (holder && is_own(s))
		return hd_tell(s, ret, HD_PASS, "in use by this guest: %s", holder);
	if (holder)
		return hd_tell(s, ret, HD_FAIL, "the VFIO device of %s", holder);
	verdict = hd_judge_guests(s, ret);
	if (verdict != HD_PASS)
		return verdict;
	claim = find_claim(s, false);
	if (!claim)
		return HD_PASS;
	hd_advise(s, ret, "never run both at once, or remove the device from one: "
		  HD_COMMAND("virsh edit %s"), hd_guest_word(s->arena, claim->guest, claim->uuid));
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, "etc/libvirt/qemu/%s.xml: the defined guest "
		       "\"%s\" has the device too", claim->guest, claim->guest);
}

const struct hd_check hd_check_iommu_group_exclusive = {
	.id = "iommu-group-exclusive",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "no other guest or program uses a device of the IOMMU group",
	.remedy = "stop the program that has the device open",
	.doc = "A group belongs to one user at a time. It is an error if another running "
	       "guest has a device of the group, if any process has the group open (a "
	       "guest that libvirt does not know, or DPDK; when a running guest is "
	       "checked, its own QEMU does not count), or if the status of a running guest "
	       "cannot be read or is not visible (a container with another /run). It is a "
	       "warning if another defined guest has the device. Source: libvirt's files "
	       "in /run/libvirt/qemu and /etc/libvirt/qemu, never its API; the group's node.",
	.run = is_exclusive,
};
