/* SPDX-License-Identifier: GPL-2.0-or-later */
/* claims.c - what our own journals say other guests have. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "run/claims.h"
#include "run/journal.h"
#include "run/keeper.h"

#define NAME_SHOWN 64

static void add_steps(struct hd_guests *guests, struct hd_arena *arena,
		      const struct hd_journal_entry *entry)
{
	for (size_t i = 0; i < entry->n_steps; i++) {
		const struct hd_journal_step *step = &entry->steps[i];
		struct hd_guest_claim *claim;
		struct hd_pci_addr addr;

		/* What libvirt binds it also takes back at an unplug: its own record shows it. */
		if (step->last == HD_EVENT_UNDONE || strcmp(step->knob, HD_KNOB_PCI_DRIVER) != 0 ||
		    !hd_pci_addr_parse(step->target, &addr))
			continue;
		claim = hd_append(arena, &guests->claims, &guests->n_claims, sizeof(*claim));
		claim->guest = hd_text_printable(arena, entry->id.name, NAME_SHOWN);
		(void)snprintf(claim->uuid, sizeof(claim->uuid), "%.36s", entry->id.key);
		claim->is_running = true;
		claim->is_journalled = true;
		claim->addr = addr;
	}
}

/* The devices of a start that goes on, which libvirt is to take. */
static void add_keeper(struct hd_guests *guests, struct hd_arena *arena,
		       const struct hd_keeper *keeper)
{
	for (size_t i = 0; i < keeper->n_functions; i++) {
		struct hd_guest_claim *claim =
			hd_append(arena, &guests->claims, &guests->n_claims, sizeof(*claim));

		claim->guest = keeper->guest;
		memcpy(claim->uuid, keeper->uuid, sizeof(claim->uuid));
		claim->is_running = true;
		claim->keeper_pid = keeper->pid;
		claim->addr = keeper->functions[i];
	}
}

static int add_keepers(struct hd_guests *guests, struct hd_arena *arena, int dir_fd,
		       const char *except_uuid, struct hd_error *err)
{
	struct hd_keeper *keepers;
	ssize_t n = hd_keeper_list(&keepers, arena, dir_fd, err);

	for (ssize_t i = 0; i < n; i++)
		if (strcmp(keepers[i].uuid, except_uuid) != 0)
			add_keeper(guests, arena, &keepers[i]);
	return n < 0 ? (int)n : 0;
}

int hd_journal_claims(struct hd_guests *guests, struct hd_arena *arena, int dir_fd,
		      const char *except_uuid, struct hd_error *err)
{
	struct hd_guest_claim *known = guests->claims;
	struct hd_journal_entry *entries;
	ssize_t n = hd_journal_list(&entries, arena, dir_fd, err);
	size_t n_known = guests->n_claims;

	if (n < 0)
		return (int)n;
	/* The collected array has no room to grow, so it is copied. */
	guests->claims = NULL;
	guests->n_claims = 0;
	for (size_t i = 0; i < n_known; i++)
		*(struct hd_guest_claim *)hd_append(arena, &guests->claims, &guests->n_claims,
						    sizeof(*known)) = known[i];
	for (ssize_t i = 0; i < n; i++) {
		if (entries[i].id.owner == HD_OWNER_ADMIN ||
		    hd_journal_is_of_guest(&entries[i].id, except_uuid))
			continue;
		if (entries[i].broken)
			guests->unreadable = hd_printf(arena, HD_JOURNAL_DIR "/%s",
						       entries[i].id.key);
		else
			add_steps(guests, arena, &entries[i]);
	}
	return add_keepers(guests, arena, dir_fd, except_uuid, err);
}

static bool has_step(const struct hd_journal_entry *entry, const struct hd_pci_addr *addr)
{
	struct hd_pci_addr target;

	for (size_t i = 0; i < entry->n_steps; i++)
		if (hd_pci_addr_parse(entry->steps[i].target, &target) &&
		    !hd_pci_addr_compare(&target, addr))
			return true;
	return false;
}

/* A device that was plugged in may have been taken out again, and its guest still run. */
static bool speaks_for(const struct hd_journal_entry *entry, const struct hd_guest_claim *claim)
{
	struct hd_pci_addr own;
	/* Its steps may be of companions alone. */
	bool is_own = hd_journal_function(&entry->id, &own) && !hd_pci_addr_compare(&own, &claim->addr);

	return claim->is_running && hd_journal_is_of_guest(&entry->id, claim->uuid) &&
	       (entry->id.owner != HD_OWNER_PLUGGED || is_own || has_step(entry, &claim->addr));
}

const struct hd_guest_claim *hd_journal_claim_of(const struct hd_journal_entry *entry,
						 const struct hd_guests *guests)
{
	for (size_t i = 0; i < guests->n_claims; i++)
		if (speaks_for(entry, &guests->claims[i]))
			return &guests->claims[i];
	return NULL;
}
