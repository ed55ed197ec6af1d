/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offer_device.c - may a scheduler give this device to guests without asking again? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"
#include "check/readiness.h"
#include "scheduler/configuration.h"
#include "scheduler/offered.h"

#define MAX_REASONS 3

/* Its remedy with the marks that hd_remedy_commands() has taken out, so that commands stay commands. */
static const char *remedy_of(struct hd_arena *arena, const struct hd_finding *finding)
{
	char *text = hd_strdup(arena, finding->remedy ? finding->remedy : finding->check->title);

	for (size_t i = 0; i < finding->n_commands; i++) {
		size_t length = strlen(finding->commands[i]);
		char *at = strstr(text, hd_printf(arena, "`%s`", finding->commands[i]));

		if (!at)
			continue;
		at[0] = *HD_COMMAND_BEGIN;
		at[length + 1] = *HD_COMMAND_END;
	}
	return text;
}

/* offered-vfs-apart says it of each function with virtual functions. */
static bool counts(const struct hd_finding *finding)
{
	return hd_finding_refuses(finding) && finding->check != &hd_check_sriov_vfs_off;
}

/* "storage-free: ...; holders-free: ..."; *RET_FIRST is what the others may follow from. */
static const char *reasons_of(const struct hd_subject *s, const struct hd_finding **ret_first)
{
	const struct hd_findings *findings = s->offered->findings;
	const char *text = NULL;
	size_t n = 0;

	*ret_first = NULL;
	for (size_t i = 0; i < findings->n; i++) {
		if (!counts(&findings->items[i]) || n++ >= MAX_REASONS)
			continue;
		*ret_first = *ret_first ? *ret_first : &findings->items[i];
		hd_join(s->arena, &text, "%s: %s", findings->items[i].check->id,
			findings->items[i].evidence ? findings->items[i].evidence : "unknown");
	}
	if (n > MAX_REASONS)
		hd_join(s->arena, &text, "and %zu more", n - MAX_REASONS);
	return text;
}

/* Does its entry also select devices that may be given, by an id that does not distinguish them? */
static bool is_among_others(const struct hd_offered_device *device)
{
	return device->by->n_ready && !device->by->entry->address && !device->by->entry->interface;
}

static void advise_for_id(const struct hd_subject *s, struct hd_result *ret, const struct hd_finding *first)
{
	const struct hd_scheduler *scheduler = s->offered->by->entry->scheduler;

	if (scheduler->selects_by_id_alone && hd_never_of(s->offered->findings))
		hd_advise(s, ret, "%s cannot select by address: remove the selector", scheduler->product);
	else if (scheduler->selects_by_id_alone)
		hd_advise(s, ret, "%s cannot select by address: remove the selector, or free the device (%s)",
			  scheduler->product, remedy_of(s->arena, first));
	else
		hd_advise(s, ret, "add \"address\" to the entry, so that it does not select %s: "
			  HD_COMMAND("hostdevctl export %s") " prints the devices that may be offered",
			  s->offered->name, scheduler->name);
}

static enum hd_verdict is_unambiguous(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_finding *first;
	const char *reasons;

	if (!is_among_others(s->offered))
		return HD_SKIP;
	reasons = reasons_of(s, &first);
	if (!reasons || s->offered->is_with_guests)
		return HD_PASS;
	advise_for_id(s, ret, first);
	return hd_tell(s, ret, HD_FAIL, "%s also selects %s, which must not be given away: %s",
		       s->offered->by->wanted, s->offered->name, reasons);
}

const struct hd_check hd_check_offered_unambiguous = {
	.id = "offered-unambiguous",
	.scope = HD_SCOPE_OFFERED,
	.severity = HD_ERROR,
	.title = "the ids of the entry select no device that the host needs beside those that may be given",
	.remedy = "add an address to the entry, or remove it",
	.doc = "Vendor and product are the same for all cards of a model: a selector for the free one also selects the "
	       "one that the host's network or root disk is on, and the scheduler takes either. Nova can select by "
	       "address, KubeVirt cannot. Source: the verdict of each device, as for offered-free.",
	.run = is_unambiguous,
};

static enum hd_verdict tell_with_guests(const struct hd_subject *s, struct hd_result *ret, const char *reasons)
{
	ret->severity = HD_NOTE;
	ret->remedy = "nothing to do if a guest of the scheduler has it";
	return hd_tell(s, ret, HD_FAIL, "it is on VFIO and somebody has it: %s", reasons);
}

static void advise_to_free(const struct hd_subject *s, struct hd_result *ret, const struct hd_finding *first)
{
	if (hd_never_of(s->offered->findings))
		ret->remedy = "remove it from the configuration: it stays with the host";
	else
		hd_advise(s, ret, "remove it from the configuration; or free it: %s; "
			  HD_COMMAND("hostdevctl check %s") " looks again", remedy_of(s->arena, first),
			  s->offered->name);
}

static enum hd_verdict is_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_offered_device *device = s->offered;
	const struct hd_finding *first;
	const char *reasons = reasons_of(s, &first);

	if (reasons && device->is_with_guests)
		return tell_with_guests(s, ret, reasons);
	if (reasons && is_among_others(device))
		return HD_SKIP;
	if (reasons) {
		advise_to_free(s, ret, first);
		return hd_tell(s, ret, HD_FAIL, "%s", reasons);
	}
	if (!device->used_by)
		return HD_PASS;
	if (device->is_with_guests)
		return tell_with_guests(s, ret, device->used_by);
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, "it is ready, but in use: %s", device->used_by);
}

const struct hd_check hd_check_offered_free = {
	.id = "offered-free",
	.scope = HD_SCOPE_OFFERED,
	.severity = HD_ERROR,
	.title = "the device may go to a guest",
	.remedy = "remove the device from the configuration, or free it first",
	.doc = "A scheduler does not ask again: it gives the device to a guest, and the host loses its disk, network "
	       "or screen, or the guest does not start. The evidence has the checks that refuse the device, as "
	       "hostdevctl check prints them, and the first one's remedy. A note if the device is on VFIO and "
	       "somebody has it, as guests of the scheduler do; a warning if it is ready, but used in a way that "
	       "nobody would miss at once. Source: all checks of the device, except that no disk is claimed.",
	.run = is_free,
};

static enum hd_verdict is_group_whole(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_offered_device *device = s->offered;

	if (!device->left_out)
		return HD_PASS;
	if (device->left_out_why)
		hd_advise(s, ret, "remove %s from the configuration", device->name);
	else
		hd_advise(s, ret, "offer %s as well, or remove %s from the configuration", device->left_out,
			  device->name);
	return hd_tell(s, ret, HD_FAIL, "IOMMU group %d also has %s, not offered%s%s", device->group,
		       device->left_out, device->left_out_why ? "; it must not be: " : "",
		       device->left_out_why ? device->left_out_why : "");
}

const struct hd_check hd_check_offered_group_whole = {
	.id = "offered-group-whole",
	.scope = HD_SCOPE_OFFERED,
	.severity = HD_ERROR,
	.title = "no host driver has a function of the device's IOMMU group that is not offered",
	.remedy = "offer the whole group, or nothing of it",
	.doc = "Functions of an IOMMU group can reach each other's memory, so the kernel gives a group to one owner: a "
	       "guest with a part of it does not start as long as the host's drivers have the rest. Bridges do not "
	       "count, nor do functions that no host driver has (on VFIO, on pci-stub, unbound). Source: "
	       "iommu_group and driver of each function in sysfs.",
	.run = is_group_whole,
};

static enum hd_verdict is_apart_from_vfs(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_offered_device *device = s->offered;

	if (!device->vfs)
		return HD_PASS;
	if (device->by->entry->takes_vfs)
		hd_advise(s, ret, "add the product_id of the virtual functions to the entry, so that it does not "
			  "select %s itself", device->name);
	return hd_tell(s, ret, HD_FAIL, "%s is offered and has virtual functions: %s", device->name, device->vfs);
}

const struct hd_check hd_check_offered_vfs_apart = {
	.id = "offered-vfs-apart",
	.scope = HD_SCOPE_OFFERED,
	.severity = HD_ERROR,
	.title = "a function with virtual functions is not offered itself",
	.remedy = "offer the virtual functions or, after they are removed, the function itself, but not both",
	.doc = "vfio-pci refuses a physical function that has virtual functions, and they would go away with its "
	       "driver, together with the network of guests that have them. nova-compute does not start if both are "
	       "offered while it reports PCI devices to Placement. In Nova, the address of a physical function "
	       "selects its virtual functions as well. Source: sriov_numvfs and physfn in sysfs.",
	.run = is_apart_from_vfs,
};

static enum hd_verdict can_go_together(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_offered_device *device = s->offered;

	if (device->controller) {
		hd_advise(s, ret, "remove %s or %s from the configuration", device->controller, device->name);
		return hd_tell(s, ret, HD_FAIL, "it hangs on %s, which is offered as well and takes it along",
			       device->controller);
	}
	if (!device->beside)
		return HD_PASS;
	return hd_tell(s, ret, HD_FAIL, "ready by itself, but not beside all others that are offered: %s",
		       device->beside);
}

const struct hd_check hd_check_offered_together = {
	.id = "offered-together",
	.scope = HD_SCOPE_OFFERED,
	.severity = HD_ERROR,
	.title = "the device can go beside all others that are offered",
	.remedy = "remove one of these devices from the configuration",
	.doc = "Each of two keyboards may go to a guest, but not both, as the host keeps one. What is plugged into a "
	       "controller goes with it and cannot be given to another guest. Source: the checks of all offered "
	       "devices as if one guest asked for them.",
	.run = can_go_together,
};
