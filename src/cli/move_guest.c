/* SPDX-License-Identifier: GPL-2.0-or-later */
/* move_guest.c - other devices of the host in the places that a guest's definition has. */
#include "config.h"

#include <errno.h>

#include "cli/move_guest.h"
#include "virt/guest_change.h"

static void note_moves(struct hd_run *run, const struct hd_device_move *moves, size_t n,
		       struct hd_notes *notes)
{
	char from[HD_PCI_ADDR_SIZE], to[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < n; i++)
		hd_notes_add(notes, run->context.arena, "the guest's definition %s %s in place of %s",
			     run->options->dry_run ? "would get" : "has",
			     hd_pci_addr_format(&moves[i].to, to),
			     hd_pci_addr_format(&moves[i].from, from));
}

enum hd_exit hd_move_guest(struct hd_run *run, const struct hd_guest_scope *scope,
			   const struct hd_device_move *moves, size_t n, struct hd_notes *notes,
			   struct hd_error *err)
{
	const struct hd_virt_op op = { .verb = HD_VIRT_MOVE, .moves = moves, .n_moves = n,
				       .seen = scope->guest.config };
	struct hd_guest_change outcome = { .state = HD_CHANGE_DONE };

	if (!n)
		return HD_EXIT_OK;
	if (!run->options->dry_run)
		hd_guest_change(&outcome, run->context.arena, run->options->uri, scope->guest.uuid, &op, 1);
	if (outcome.state == HD_CHANGE_UNKNOWN)
		return hd_fail_as(HD_EXIT_STRANDED, err, -ETIME, "guest '%s': libvirt did not answer while "
				  "it wrote the definition, and may still do it: see 'virsh dumpxml %s'",
				  scope->name, scope->word);
	if (outcome.state != HD_CHANGE_DONE)
		return hd_fail_as(HD_EXIT_HOST, err, -EIO, "guest '%s': its definition cannot be written: "
				  "%s; nothing was changed", scope->name,
				  outcome.reason ? outcome.reason : "libvirt gave no reason");
	note_moves(run, moves, n, notes);
	return HD_EXIT_OK;
}
