/* SPDX-License-Identifier: GPL-2.0-or-later */
/* leftover.c - what libvirt left on VFIO of a guest that has ended, and no journal has. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "act/leftover.h"
#include "base/log.h"
#include "base/text.h"
#include "facts/pci/boot_binding.h"

#define HOLDER_SHOWN 100

struct judging {
	struct hd_change *change;
	const struct hd_leftover *leftover;
	const char *guest;
	struct hd_facts facts;
	struct hd_journal_entry *entries;
	size_t n_entries;
};

static bool is_on_vfio(struct hd_context *context, const struct hd_pci_addr *addr)
{
	char name[HD_PCI_ADDR_SIZE];
	const char *driver = NULL;

	return hd_pci_driver_read(&context->root, context->arena, hd_pci_addr_format(addr, name),
				  &driver) == 0 &&
	       driver && hd_driver_kind_of(driver) == HD_DRIVER_VFIO;
}

static bool is_listed(const struct hd_leftover *leftover, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < leftover->n; i++)
		if (!hd_pci_addr_compare(&leftover->devs[i].addr, addr))
			return true;
	return false;
}

/* A start that failed may not have come to QEMU: then no command line has its devices. */
static bool read_command(struct hd_start_command *ret, struct hd_context *context,
			const struct hd_request *request)
{
	struct hd_error ignored;

	return request->name &&
	       hd_start_command_read(ret, &context->root, context->arena, request->name,
				     &ignored) > 0 &&
	       ret->reason && strcmp(ret->reason, "failed") != 0;
}

void hd_leftover_find(struct hd_leftover *ret, struct hd_context *context,
		      const struct hd_request *request)
{
	bool is_known = false;

	*ret = (struct hd_leftover){ .n = 0 };
	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (dev->kind != HD_DEVICE_PCI || !dev->has_addr || is_listed(ret, &dev->addr) ||
		    !is_on_vfio(context, &dev->addr))
			continue;
		is_known = is_known || read_command(&ret->command, context, request);
		if (!is_known)
			return;
		if (hd_start_command_has(&ret->command, dev) == HD_STARTED_WITHOUT)
			hd_push(context->arena, &ret->devs, &ret->n, *dev);
	}
}

static const char *other_guest(const struct judging *j, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < j->facts.guests.n_claims; i++) {
		const struct hd_guest_claim *claim = &j->facts.guests.claims[i];

		/* Also one that does not run: its start may be under way. */
		if (!hd_pci_addr_compare(&claim->addr, addr))
			return claim->guest;
	}
	return NULL;
}

/*
 * The kernel makes the group's node when the first function of it comes to VFIO.  udev sets the node's
 * other times at each event, so only its birth is proof; a /dev that has none proves nothing.
 */
static bool is_younger(const struct judging *j, int group)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(&j->change->context->root, O_PATH | O_NOFOLLOW,
						   "dev/vfio/%d", group);
	int64_t when = j->leftover->command.when;
	struct statx st;

	return when && fd >= 0 &&
	       statx(fd, "", AT_EMPTY_PATH, STATX_BTIME | STATX_MTIME, &st) == 0 &&
	       (st.stx_mask & STATX_BTIME) && st.stx_btime.tv_sec > when &&
	       st.stx_mtime.tv_sec > when;
}

/* Who has it, or may have it, or NULL. */
static const char *user_of(const struct judging *j, const struct hd_hostdev *dev, int group)
{
	struct hd_arena *arena = j->change->context->arena;
	const struct hd_guests *guests = &j->facts.guests;
	const char *unknown = guests->unreadable ? guests->unreadable : guests->hidden;
	const char *holder = hd_facts_group_holder(&j->facts, group);
	const char *other = other_guest(j, &dev->addr);

	if (holder)
		return hd_printf(arena, "its IOMMU group is in use by %s",
				 hd_text_printable(arena, holder, HOLDER_SHOWN));
	if (unknown)
		return hd_printf(arena, "which guests have it is unknown (%s)", unknown);
	return other ? hd_printf(arena, "guest '%s' has it, too", other) : NULL;
}

/* Why it must stay, or NULL. */
static const char *obstacle(const struct judging *j, const struct hd_hostdev *dev,
			    const struct hd_pci_facts *fn)
{
	const char *user;

	if (!fn || fn->fn.unknown)
		return "it cannot be read";
	user = user_of(j, dev, fn->fn.group);
	if (user)
		return user;
	if (!fn->fn.driver_override)
		return "its driver was not chosen for it alone (driver_override), as libvirt does";
	if (hd_pci_is_bound_at_boot(&j->change->context->root, j->change->context->arena, fn->fn.name))
		return "a rule of udev or driverctl binds it at boot";
	if (!dev->managed)
		return "libvirt leaves there what is attached with managed='no'";
	return is_younger(j, fn->fn.group) ? NULL :
	       "it was there before the guest started, as far as is known";
}

static bool is_ours(const struct judging *j, const struct hd_hostdev *dev)
{
	return hd_journal_holder(j->entries, j->n_entries, &dev->addr);
}

static enum hd_exit give_back(struct judging *j, const struct hd_pci_fn *fn, struct hd_error *err)
{
	struct hd_change *change = j->change;
	const struct hd_apply apply = hd_change_apply(change);
	struct hd_plan plan = { 0 };
	struct hd_error late = { 0 };
	enum hd_exit code;

	if (hd_plan_for_reattach(&plan, change->context->arena, &j->facts, &fn->addr, NULL, 1,
				 &change->knobs, &late) < 0) {
		hd_log(LOG_WARNING, "guest '%s': %s", j->guest, late.text);
		return HD_EXIT_OK;
	}
	hd_change_announce(change);
	code = hd_plan_apply(&plan, &apply, NULL, &late);
	if (code == HD_EXIT_OK)
		hd_log(LOG_NOTICE, "guest '%s': %s, which was attached while it ran and which libvirt "
		       "left on %s, was given back", j->guest, fn->name, fn->driver);
	else
		hd_log(LOG_WARNING, "guest '%s': %s was attached while it ran, and cannot be given "
		       "back: %s", j->guest, fn->name, late.text);
	if (code != HD_EXIT_STRANDED)
		return HD_EXIT_OK;
	*err = late;
	return code;
}

static enum hd_exit judge_one(struct judging *j, const struct hd_hostdev *dev, struct hd_error *err)
{
	const struct hd_pci_facts *fn = hd_facts_fn(&j->facts, &dev->addr);
	char name[HD_PCI_ADDR_SIZE];
	const char *why;

	if (is_ours(j, dev) || (fn && fn->fn.driver_kind != HD_DRIVER_VFIO))
		return HD_EXIT_OK;
	why = obstacle(j, dev, fn);
	if (!why)
		return give_back(j, &fn->fn, err);
	hd_pci_addr_format(&dev->addr, name);
	hd_log(LOG_WARNING, "guest '%s': %s was attached while it ran, without hostdevctl, and stays "
	       "on VFIO: %s; 'hostdevctl reattach %s' gives it back", j->guest, name, why, name);
	return HD_EXIT_OK;
}

static int collect_facts(struct judging *j, const struct hd_request *request, struct hd_error *err)
{
	struct hd_context *context = j->change->context;
	struct hd_facts_query query = { .guest_uuid = request->uuid, .want = HD_WANT_GUESTS };
	struct hd_pci_addr *addrs = NULL;
	ssize_t n;
	int rc;

	for (size_t i = 0; i < j->leftover->n; i++)
		hd_push(context->arena, &addrs, &query.n_addrs, j->leftover->devs[i].addr);
	query.addrs = addrs;
	rc = hd_facts_collect(&j->facts, &context->root, context->arena, &query, err);
	n = rc < 0 ? rc : hd_journal_list(&j->entries, context->arena, j->change->dir_fd, err);
	j->n_entries = n > 0 ? (size_t)n : 0;
	return n < 0 ? (int)n : 0;
}

enum hd_exit hd_leftover_give_back(struct hd_change *change, const struct hd_leftover *leftover,
				   const struct hd_request *request, const char *guest,
				   struct hd_error *err)
{
	struct judging j = { .change = change, .leftover = leftover, .guest = guest };
	enum hd_exit code = HD_EXIT_OK;
	struct hd_error late = { 0 };

	if (collect_facts(&j, request, &late) < 0)
		hd_log(LOG_WARNING, "guest '%s': whether devices were left on VFIO is unknown: %s", guest,
		       late.text);
	else
		for (size_t i = 0; code == HD_EXIT_OK && i < leftover->n; i++)
			code = judge_one(&j, &leftover->devs[i], err);
	hd_facts_close(&j.facts);
	return code;
}
