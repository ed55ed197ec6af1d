/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_scsi.c - SCSI devices, by their address or by what hangs on them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/scsi/scsi_unit.h"
#include "inventory/resolve_internal.h"

static void set_unit(struct hd_device_ref *ret, struct hd_resolver *r,
		     const struct hd_scsi_unit *unit)
{
	char name[HD_SCSI_ADDR_SIZE];

	ret->kind = HD_DEVICE_SCSI;
	ret->usb_by = HD_USB_BY_NONE;
	ret->scsi = unit->addr;
	ret->name = hd_printf(r->arena, "scsi:%s", hd_scsi_addr_format(&unit->addr, name));
	ret->has_pci = hd_path_function(unit->path, &ret->pci);
}

int hd_resolve_scsi(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	const char *name = hd_text_starts_with(text, "scsi:") ? text + strlen("scsi:") : text;
	struct hd_scsi_unit unit;
	struct hd_scsi_addr addr;
	int rc;

	if (!hd_scsi_addr_parse(name, &addr))
		return hd_fail(r->err, -EINVAL, "'%s' is not a SCSI address; write "
			       "scsi:HOST:BUS:TARGET:UNIT, such as scsi:2:0:0:0", r->shown);
	rc = hd_scsi_unit_read(&unit, r->root, r->arena, name);
	if (rc == -ENOENT)
		return hd_fail(r->err, rc, "'%s': this host has no such SCSI device; 'hostdevctl list "
			       "scsi' shows what it has", r->shown);
	if (rc < 0)
		return hd_fail(r->err, rc, HD_SYS_SCSI "/%s: %s", name, strerror(-rc));
	set_unit(ret, r, &unit);
	return 0;
}

/* ".../target2:0:0/2:0:0:0/block/sda/sda1": the component, as no other has its form. */
bool hd_resolve_scsi_node(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	struct hd_scsi_unit unit;
	struct hd_scsi_addr addr;

	while (*dir && ret->kind != HD_DEVICE_USB) {
		size_t length = strcspn(dir, "/");
		const char *name = hd_strndup(r->arena, dir, length);

		if (hd_scsi_addr_parse(name, &addr) &&
		    hd_scsi_unit_read(&unit, r->root, r->arena, name) == 0) {
			set_unit(ret, r, &unit);
			return true;
		}
		dir += length + (dir[length] == '/');
	}
	return false;
}
