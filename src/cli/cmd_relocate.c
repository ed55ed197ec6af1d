/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_relocate.c - follows the cards that a guest's metadata pin to their new addresses. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/pinned_place.h"
#include "cli/choose_any.h"
#include "cli/move_guest.h"
#include "cli/options.h"
#include "cli/show_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_uri, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

struct relocation {
	struct hd_run *run;
	struct hd_guest_scope scope;
	struct hd_request request;
	struct hd_moved_card *cards;
	size_t n;
	struct hd_notes *notes;
};

static const struct hd_moved_card *find_card(const struct relocation *r, const struct hd_pci_addr *from)
{
	for (size_t i = 0; i < r->n; i++)
		if (!hd_pci_addr_compare(&r->cards[i].from, from))
			return &r->cards[i];
	return NULL;
}

static const char *list_places(const struct relocation *r, const struct hd_pci_addr *addrs, size_t n,
			       const char *between)
{
	struct hd_arena *arena = r->run->context.arena;
	char name[HD_PCI_ADDR_SIZE];
	const char *list = "";

	for (size_t i = 0; i < n; i++)
		list = hd_printf(arena, "%s%s%s", list, i ? between : "",
				 hd_pci_addr_format(&addrs[i], name));
	return list;
}

/* It may be here: it is not gone. */
static enum hd_exit refuse_unread(const struct relocation *r, const struct hd_moved_card *card,
				  struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE];

	return hd_fail_as(HD_EXIT_REFUSED, err, -EAGAIN, "guest '%s': whether %s is what is pinned at %s "
			  "is unknown: a serial number cannot be read while its disk is on VFIO or has no "
			  "driver; nothing was changed; first give it its driver (hostdevctl reattach %s)",
			  r->scope.name, list_places(r, card->unread, card->n_unread, " or "),
			  hd_pci_addr_format(&card->from, name),
			  list_places(r, card->unread, card->n_unread, " "));
}

/* To give it its driver would take it from a guest. */
static enum hd_exit refuse_held(const struct relocation *r, const struct hd_moved_card *card,
				struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE];

	return hd_fail_as(HD_EXIT_REFUSED, err, -EAGAIN, "guest '%s': whether %s is what is pinned at %s "
			  "is unknown: a running guest has it, and its serial number cannot be read "
			  "meanwhile; nothing was changed; try again when that guest has ended (hostdevctl "
			  "status names it)", r->scope.name, list_places(r, card->held, card->n_held, " or "),
			  hd_pci_addr_format(&card->from, name));
}

static enum hd_exit refuse_unclear(const struct relocation *r, const struct hd_moved_card *card,
				   struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE];

	(void)hd_pci_addr_format(&card->from, name);
	if (!card->n_fits && card->n_unread)
		return refuse_unread(r, card, err);
	if (!card->n_fits && card->n_held)
		return refuse_held(r, card, err);
	if (!card->n_fits)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "guest '%s': the host does not have the "
				  "card that is pinned at %s; nothing was changed; insert it again, or take it "
				  "out of the definition (virsh edit %s)", r->scope.name, name, r->scope.word);
	return hd_fail_as(HD_EXIT_REFUSED, err, -ENOTUNIQ, "guest '%s': several devices are what is "
			  "pinned at %s: %s; correct the address by hand (virsh edit %s); nothing was "
			  "changed",
			  r->scope.name, name, list_places(r, card->fits, card->n_fits, "; "),
			  r->scope.word);
}

static bool is_same_card(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}

/* What would be left behind, or is in the way, makes two devices of one or one of two. */
static enum hd_exit judge_other(const struct relocation *r, const struct hd_moved_card *card,
				const struct hd_pci_addr *other, struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE], left[HD_PCI_ADDR_SIZE];

	(void)hd_pci_addr_format(other, left);
	if (!hd_pci_addr_compare(&card->fits[0], other))
		return hd_fail_as(HD_EXIT_REFUSED, err, -EEXIST, "guest '%s': what is pinned at %s is now %s, "
				  "which the guest is defined with already; nothing was changed; remove one of "
				  "the two (virsh edit %s)", r->scope.name,
				  hd_pci_addr_format(&card->from, name), left, r->scope.word);
	if (!hd_policy_pin(&r->request.policy, other) && is_same_card(&card->from, other))
		return hd_fail_as(HD_EXIT_REFUSED, err, -EINVAL, "guest '%s': %s has moved, but %s of the same "
				  "card is not pinned, so that nobody knows where it is; nothing was changed; "
				  "correct the addresses by hand (virsh edit %s)", r->scope.name,
				  hd_pci_addr_format(&card->from, name), left, r->scope.word);
	return HD_EXIT_OK;
}

static enum hd_exit judge_card(const struct relocation *r, const struct hd_moved_card *card,
			       struct hd_error *err)
{
	enum hd_exit code = card->n_fits == 1 ? HD_EXIT_OK : refuse_unclear(r, card, err);

	for (size_t i = 0; code == HD_EXIT_OK && i < r->request.n_hostdevs; i++) {
		const struct hd_hostdev *dev = &r->request.hostdevs[i];

		if (dev->kind == HD_DEVICE_PCI && dev->has_addr && !find_card(r, &dev->addr))
			code = judge_other(r, card, &dev->addr, err);
	}
	return code;
}

/* Two pins that say too little may mean the same function. */
static enum hd_exit judge_places(const struct relocation *r, struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < i; k++)
			if (!hd_pci_addr_compare(r->cards[i].fits, r->cards[k].fits))
				return hd_fail_as(HD_EXIT_REFUSED, err, -ENOTUNIQ, "guest '%s': %s is what is "
						  "pinned at two addresses; nothing was changed; correct "
						  "the pins by hand (virsh edit %s)", r->scope.name,
						  hd_pci_addr_format(r->cards[i].fits, name), r->scope.word);
	return HD_EXIT_OK;
}

static enum hd_exit read_guest(struct relocation *r, struct hd_error *err)
{
	enum hd_exit code = hd_guest_scope_read(&r->scope, r->run, r->run->args[0], err);
	const char *xml = r->scope.guest.config;

	if (code != HD_EXIT_OK)
		return code;
	if (!xml)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "guest '%s' has no definition, and ends "
				  "when it stops", r->scope.name);
	if (hd_request_parse(&r->request, r->run->context.arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	return hd_moved_cards(&r->cards, &r->n, &r->run->context, &r->request, err);
}

static enum hd_exit relocate(struct relocation *r, struct hd_error *err)
{
	struct hd_device_move *moves = NULL;
	char name[HD_PCI_ADDR_SIZE];
	size_t n = 0;
	enum hd_exit code = read_guest(r, err);

	for (size_t i = 0; code == HD_EXIT_OK && i < r->n; i++)
		code = judge_card(r, &r->cards[i], err);
	if (code == HD_EXIT_OK)
		code = judge_places(r, err);
	if (code != HD_EXIT_OK)
		return code;
	for (size_t i = 0; i < r->n; i++) {
		hd_push(r->run->context.arena, &moves, &n, (struct hd_device_move){
			.from = r->cards[i].from, .to = r->cards[i].fits[0], .path = r->cards[i].path,
			.is_same_card = true });
		if (r->cards[i].is_in_other_slot)
			hd_notes_add(r->notes, r->run->context.arena, "%s is in another slot than the pinned one",
				     hd_pci_addr_format(r->cards[i].fits, name));
	}
	if (!n)
		hd_notes_add(r->notes, r->run->context.arena, "guest '%s': %s", r->scope.name,
			     r->request.policy.n_pins ? "each pinned device is where it is pinned" :
			     "its metadata do not pin a device; 'attach --pin' does");
	return hd_move_guest(r->run, &r->scope, moves, n, r->notes, err);
}

/* The lock of choices: nobody shall choose for another guest what is written here. */
static enum hd_exit run_relocate(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_choice_close) struct hd_choice choice = { .lock = -1 };
	struct hd_change change = { .dir_fd = -1, .context = &run->context };
	struct relocation r = { .run = run, .notes = &change.notes };
	enum hd_exit code = hd_choice_open(&choice, run, err);

	if (code == HD_EXIT_OK)
		code = relocate(&r, err);
	return hd_show_change(run, &change, NULL, false, code, err);
}

const struct hd_command hd_cmd_relocate = {
	.name = "relocate",
	.args = "GUEST",
	.min_args = 1,
	.max_args = 1,
	.summary = "Correct the addresses of pinned devices that have moved, in a guest's definition.",
	.options = options,
	.needs_root = true,
	.run = run_relocate,
};
