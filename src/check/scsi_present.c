/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi_present.c - is there a SCSI device at the address, and can QEMU open it? */
#include "config.h"

#include <string.h>

#include "check/checks.h"

/* The element, if it is of a guest's XML. */
static const char *where(const struct hd_subject *s)
{
	if (!s->hostdev->line)
		return "";
	return hd_printf(s->arena, ", and correct line %u of the guest's XML (virsh edit)",
			 s->hostdev->line);
}

static const char *describe(struct hd_arena *arena, const struct hd_scsi_unit *unit)
{
	const char *nodes[3], *text = NULL;
	size_t n = hd_scsi_unit_nodes(nodes, arena, unit);

	for (size_t i = 0; i < n; i++)
		text = text ? hd_printf(arena, "%s, %s", text, nodes[i]) : nodes[i];
	return hd_printf(arena, "%s%s%s: %s", unit->vendor ? unit->vendor : "",
			 unit->vendor ? " " : "", unit->model ? unit->model : "unknown model", text);
}

static enum hd_verdict is_scsi_present(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_scsi_facts *scsi = s->scsi;
	const char *name = scsi->name + strlen("scsi "), *place = hd_scsi_pinned_place(s);

	hd_advise(s, ret, "find it with " HD_COMMAND("hostdevctl list scsi") "%s", where(s));
	if (scsi->problem)
		return hd_say(ret, HD_UNKNOWN, scsi->problem);
	if (!scsi->exists && place)
		return hd_tell(s, ret, HD_FAIL, HD_SYS_SCSI "/%s does not exist; what the guest pins there is "
			       "now at %s", name, place);
	if (!scsi->exists)
		return hd_tell(s, ret, HD_FAIL, HD_SYS_SCSI "/%s does not exist; the number of a SCSI "
			       "host can change at each boot", name);
	if (scsi->unit.generic)
		return hd_tell(s, ret, HD_PASS, "%s", describe(s->arena, &scsi->unit));
	ret->remedy = HD_COMMAND("modprobe sg");
	return hd_tell(s, ret, HD_FAIL, "/%s/scsi_generic does not exist: QEMU needs the node /dev/sgN "
		       "of the kernel's module sg", scsi->unit.path);
}

const struct hd_check hd_check_scsi_present = {
	.id = "scsi-present",
	.scope = HD_SCOPE_SCSI,
	.severity = HD_ERROR,
	.title = "the SCSI device exists, and QEMU can open it",
	.remedy = "correct the address in the element",
	.doc = "A <hostdev type='scsi'> names one logical unit by its SCSI host, bus, target and unit. "
	       "The number of a host (scsi_host2) is given in the order in which drivers find "
	       "them: after a boot or a rescan the same address can be another disk. libvirt "
	       "opens the generic node (/dev/sg1) and not the disk, so it needs the kernel's "
	       "module sg. iSCSI in the element, and vhost-scsi (type='scsi_host'), are not "
	       "devices of this host and are not checked. Source: /sys/class/scsi_device.",
	.run = is_scsi_present,
};
