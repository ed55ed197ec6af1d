/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi_identity.c - is the SCSI device at this address the one that the guest means? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

static const char *describe(struct hd_arena *arena, const struct hd_scsi_unit *unit)
{
	char name[HD_SCSI_ADDR_SIZE];
	const char *nodes[3], *list = "";
	size_t n = hd_scsi_unit_nodes(nodes, arena, unit);

	for (size_t i = 0; i < n; i++)
		list = hd_printf(arena, "%s%s%s", list, i ? ", " : " (", nodes[i]);
	return hd_printf(arena, "%s%s%s", hd_scsi_addr_format(&unit->addr, name), list, n ? ")" : "");
}

const char *hd_scsi_pinned_place(const struct hd_subject *s)
{
	const char *places = NULL;

	for (size_t i = 0; i < s->scsi->n_moved; i++)
		places = hd_printf(s->arena, "%s%s%s", places ? places : "", places ? " and " : "",
				   describe(s->arena, &s->scsi->moved[i]));
	return places;
}

/* What stands behind "but the guest pins": with the place where that is now, which is a remedy, too. */
static const char *tell_pinned(const struct hd_subject *s, struct hd_result *ret, const struct hd_scsi_pin *pin)
{
	const char *wwid = hd_text_printable(s->arena, pin->wwid, HD_SCSI_WWID_MAX);
	const char *place = hd_scsi_pinned_place(s);

	if (!place)
		return hd_printf(s->arena, "\"%s\"", wwid);
	hd_advise(s, ret, "correct the address in the element and in <scsi> of the guest's metadata to where "
		  "the device is now: " HD_COMMAND("%s"), hd_edit_command(s));
	return hd_printf(s->arena, "\"%s\", which is now at %s", wwid, place);
}

static enum hd_verdict is_identical(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_scsi_pin *pin = hd_policy_scsi_pin(&s->request->policy, &s->hostdev->scsi);
	const struct hd_scsi_unit *unit = &s->scsi->unit;

	if (!pin || !s->scsi->exists)
		return HD_SKIP;	/* scsi-present says that it is not there */
	if (!unit->wwid)
		return hd_tell(s, ret, HD_UNKNOWN, "/%s/wwid cannot be read, but the guest pins %s",
			       unit->path, tell_pinned(s, ret, pin));
	if (strcmp(unit->wwid, pin->wwid) != 0)
		return hd_tell(s, ret, HD_FAIL, "/%s/wwid reads \"%s\", but the guest pins %s", unit->path,
			       hd_text_printable(s->arena, unit->wwid, HD_SCSI_WWID_MAX),
			       tell_pinned(s, ret, pin));
	return HD_PASS;
}

const struct hd_check hd_check_scsi_identity = {
	.id = "scsi-identity",
	.scope = HD_SCOPE_SCSI,
	.severity = HD_ERROR,
	.title = "the SCSI device is the one that the guest's metadata pins",
	.remedy = "find the device that the guest means with "
		  HD_COMMAND("hostdevctl list --output address,serial,nodes,name scsi") ", and correct its "
		  "address in the element and in <scsi> of the guest's metadata (" HD_COMMAND("virsh edit") ")",
	.doc = "The number of a SCSI host is given in the order in which drivers find them: after a boot, "
	       "the same address can be another disk with other data, and a <hostdev type='scsi'> cannot "
	       "name the disk itself. A guest's metadata can pin the wwid of the device at each address; "
	       "the start is refused if it differs or cannot be read, and the refusal says at which address the "
	       "pinned device is now. Source: the wwid file of the device "
	       "in sysfs (Linux drivers/scsi/scsi_sysfs.c).",
	.run = is_identical,
};
