/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_sleeping.c - is there data on an unused block device that somebody may miss?
 *
 * Members of a volume group, an array or a pool always count: without them the
 * whole cannot be used any more.  A filesystem or LUKS header counts only when
 * the host's own tables name it.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

static const struct {
	const char *type;	/* ID_FS_TYPE of util-linux libblkid */
	const char *what;
	const char *command;	/* tells more; "%s" is the node */
} members[] = {
	{ "LVM2_member", "a physical volume of LVM with no active volume", "pvs " },
	{ "LVM1_member", "a physical volume of LVM with no active volume", "pvs " },
	{ "linux_raid_member", "a member of an md array that is not running",
	  "mdadm --examine " },
	{ "isw_raid_member", "a member of a firmware RAID that is not running",
	  "mdadm --examine " },
	{ "ddf_raid_member", "a member of a firmware RAID that is not running",
	  "mdadm --examine " },
	{ "zfs_member", "a member of a ZFS pool that is not imported", "zdb -l " },
	{ "bcache", "a member of a bcache that is not running", "bcache-super-show " },
	{ "drbd", "a member of a DRBD resource that is down", "drbdadm dump-md # " },
	{ "ceph_bluestore", "a Ceph object store that is not running", "ceph-volume lvm list " },
};

static void add_data(struct hd_explain *e, const struct hd_disk_data *data)
{
	hd_push(e->arena, &e->disk->sleeping, &e->disk->n_sleeping, *data);
}

static const char *described(struct hd_explain *e, const char *what,
			     const struct hd_signature *signature)
{
	if (!signature->label || !*signature->label)
		return what;
	return hd_printf(e->arena, "%s (%s)", what,
			 hd_text_printable(e->arena, signature->label, HD_CHAIN_MAX_TEXT));
}

static void tell_member(struct hd_explain *e, const char *chain, const struct hd_block *block,
			const struct hd_signature *signature)
{
	const char *node = hd_shell_word(e->arena, hd_block_node(e->arena, block->name));

	for (size_t i = 0; signature->type && i < HD_ARRAY_SIZE(members); i++)
		if (!strcmp(signature->type, members[i].type))
			add_data(e, &(struct hd_disk_data){
				       .chain = chain,
				       .what = described(e, members[i].what, signature),
				       .remedy = hd_printf(e->arena, "`%s%s` shows its owner",
							   members[i].command, node),
				       .source = signature->source,
			       });
}

static const char *named_use(struct hd_explain *e, const char *type,
			     const struct hd_name *name)
{
	if (name->is_resume)
		return "the host's hibernation target";
	type = hd_text_printable(e->arena, type ? type : "data", HD_CHAIN_MAX_TEXT);
	if (!strcmp(name->target, "none"))
		return hd_printf(e->arena, "%s that the host uses", type);
	return hd_printf(e->arena, "%s that the host uses as %s", type,
			 hd_text_printable(e->arena, name->target, HD_CHAIN_MAX_TEXT));
}

static void tell_named(struct hd_explain *e, const char *chain,
		       const struct hd_signature *signature, const struct hd_name *name)
{
	const char *file = name->is_resume ? "the kernel's command line" : name->file;

	add_data(e, &(struct hd_disk_data){
		       .chain = chain,
		       .what = named_use(e, signature->type, name),
		       .remedy = hd_printf(e->arena,
					   "if it belongs to the guest from now on, remove "
					   "it from %s",
					   file),
		       .source = hd_printf(e->arena, "%s names %s", name->file,
					   hd_text_printable(e->arena, name->source,
							     HD_CHAIN_MAX_TEXT)),
	       });
}

void hd_explain_sleeping(struct hd_explain *e, const char *chain,
			 const struct hd_block *block, const struct hd_signature *signature)
{
	const struct hd_names *names = &e->witness->names;

	tell_member(e, chain, block, signature);
	for (int is_resume = 0; is_resume < 2; is_resume++) {
		const struct hd_name *name = hd_names_find(names, e->root, e->arena, block,
							   signature, is_resume);

		if (name)
			tell_named(e, chain, signature, name);
	}
}
