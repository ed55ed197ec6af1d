/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi.c - what is at the address of a <hostdev type='scsi'>, and which guest has it? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/pci/pci.h"
#include "facts/scsi/scsi.h"

void hd_scsi_read(struct hd_scsi_facts *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  const struct hd_hostdev *hostdev)
{
	char name[HD_SCSI_ADDR_SIZE];
	int rc;

	hd_scsi_addr_format(&hostdev->scsi, name);
	*ret = (struct hd_scsi_facts){
		.hostdev = hostdev, .name = hd_printf(arena, "scsi %s", name),
	};
	rc = hd_scsi_unit_read(&ret->unit, root, arena, name);
	ret->exists = rc == 0;
	if (rc < 0 && rc != -ENOENT)
		ret->problem = hd_printf(arena, HD_SYS_SCSI "/%s: %s", name, strerror(-rc));
	if (ret->exists)
		ret->has_pci = hd_path_function(ret->unit.path, &ret->pci);
}

void hd_scsi_find_moved(struct hd_scsi_facts *scsi, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_scsi_pin *pin)
{
	const char *wwid = scsi->exists ? scsi->unit.wwid : NULL;

	if (!wwid || strcmp(wwid, pin->wwid) != 0)
		scsi->n_moved = hd_scsi_units_find(&scsi->moved, root, arena, pin->wwid);
}

static bool has_unit(const struct hd_guest_device *device)
{
	return device->dev.kind == HD_DEVICE_SCSI && device->dev.has_scsi;
}

void hd_scsi_find_guest(struct hd_scsi_facts *scsi, const struct hd_guests *guests)
{
	scsi->guest = NULL;
	scsi->is_shared = false;
	for (size_t i = 0; i < guests->n_devices; i++) {
		const struct hd_guest_device *device = &guests->devices[i];
		bool is_shared = scsi->hostdev->is_shareable && device->dev.is_shareable;

		if (!has_unit(device) ||
		    !hd_scsi_addr_is_same(&device->dev.scsi, &scsi->hostdev->scsi) ||
		    (scsi->guest && is_shared))
			continue;
		scsi->guest = device;
		scsi->is_shared = is_shared;
		if (!is_shared)
			return;
	}
}

size_t hd_scsi_claims_read(struct hd_scsi_claim **ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_guests *guests)
{
	struct hd_scsi_claim *claims = NULL;
	size_t n = 0;

	for (size_t i = 0; i < guests->n_devices; i++) {
		char name[HD_SCSI_ADDR_SIZE];
		struct hd_scsi_unit unit;

		if (has_unit(&guests->devices[i]) &&
		    hd_scsi_unit_read(&unit, root, arena,
				      hd_scsi_addr_format(&guests->devices[i].dev.scsi, name)) == 0)
			hd_push(arena, &claims, &n,
				(struct hd_scsi_claim){ &guests->devices[i], unit.path });
	}
	*ret = claims;
	return n;
}
