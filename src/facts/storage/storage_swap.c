/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_swap.c - does the host swap to a block device, or to a file on it? */
#include "config.h"

#include "base/text.h"
#include "facts/storage/storage_explain.h"

void hd_explain_swap_files(struct hd_explain *e, const struct hd_link *at,
			   const struct hd_mount *mount)
{
	const struct hd_mounts *mounts = &e->witness->mounts;

	for (size_t i = 0; i < mounts->n_swaps; i++) {
		const struct hd_swap *swap = &mounts->swaps[i];
		const char *command;

		if (swap->on != mount)
			continue;
		command = hd_printf(e->arena, "swapoff %s",
				    hd_shell_word(e->arena, swap->source));
		(void)hd_explain_top(e, at->node, command, command);
		hd_explain_add(e, &(struct hd_disk_use){
					  hd_explain_chain(e, at->chain, swap->source),
					  "swap file", command, "proc/swaps" });
	}
}

void hd_explain_swap(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_block *block, const struct hd_signature *signature)
{
	const struct hd_mounts *mounts = &e->witness->mounts;
	const struct hd_name *resume;

	for (size_t i = 0; i < mounts->n_swaps; i++) {
		const struct hd_swap *swap = &mounts->swaps[i];
		const char *command;

		if (swap->is_file ||
		    !hd_source_is_block(e->root, e->arena, swap->source, block))
			continue;
		resume = hd_names_find(&e->witness->names, e->root, e->arena, block,
				       signature, true);
		if (resume)
			e->storage->start = "the host's hibernation target";
		command = hd_printf(e->arena, "swapoff %s",
				    hd_shell_word(e->arena, swap->source));
		(void)hd_explain_top(e, at->node, command, command);
		hd_explain_add(e, &(struct hd_disk_use){
					  at->chain,
					  resume ? "swap, the host's hibernation target"
						 : "swap",
					  command, "proc/swaps" });
	}
}
