/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi_identity.c - is the SCSI device at this address the one that the guest means? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

static enum hd_verdict is_identical(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_scsi_pin *pin = hd_policy_scsi_pin(&s->request->policy, &s->hostdev->scsi);
	const struct hd_scsi_unit *unit = &s->scsi->unit;

	if (!pin || !s->scsi->exists)
		return HD_SKIP;	/* scsi-present says that it is not there */
	if (!unit->wwid)
		return hd_tell(s, ret, HD_UNKNOWN, "/%s/wwid cannot be read, but the guest pins \"%s\"",
			       unit->path, hd_text_printable(s->arena, pin->wwid, HD_SCSI_WWID_MAX));
	if (strcmp(unit->wwid, pin->wwid) != 0)
		return hd_tell(s, ret, HD_FAIL, "/%s/wwid reads \"%s\", but the guest pins \"%s\"", unit->path,
			       hd_text_printable(s->arena, unit->wwid, HD_SCSI_WWID_MAX),
			       hd_text_printable(s->arena, pin->wwid, HD_SCSI_WWID_MAX));
	return HD_PASS;
}

const struct hd_check hd_check_scsi_identity = {
	.id = "scsi-identity",
	.scope = HD_SCOPE_SCSI,
	.severity = HD_ERROR,
	.title = "the SCSI device is the one that the guest's metadata pins",
	.remedy = "find the device that the guest means with "
		  HD_COMMAND("hostdevctl list --output address,serial,nodes,name scsi") ", and correct its "
		  "address in the element and in <scsi> of the guest's metadata (virsh edit)",
	.doc = "The number of a SCSI host is given in the order in which drivers find them: after a boot, "
	       "the same address can be another disk with other data, and a <hostdev type='scsi'> cannot "
	       "name the disk itself. A guest's metadata can pin the wwid of the device at each address; "
	       "the start is refused if it differs or cannot be read. Source: the wwid file of the device "
	       "in sysfs (Linux drivers/scsi/scsi_sysfs.c).",
	.run = is_identical,
};
