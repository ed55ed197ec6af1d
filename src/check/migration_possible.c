/* SPDX-License-Identifier: GPL-2.0-or-later */
/* migration_possible.c - what will not be possible while the guest runs: to migrate and save it. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define MAX_NAMED 3

/* Those that cannot, or that may not be able to. */
/* "0000:03:10.0, 0000:03:10.1 (why)": the last reason is open, and TEXT lacks it. */
struct named {
	const char *text, *names, *why;
	size_t n;
};

static void end_reason(const struct hd_subject *s, struct named *named)
{
	if (named->names)
		hd_join(s->arena, &named->text, "%s (%s)", named->names, named->why);
	named->names = NULL;
}

static void add_device(const struct hd_subject *s, struct named *named,
		       const char *name, const char *why)
{
	if (named->n++ >= MAX_NAMED)
		return;
	if (named->names && !strcmp(named->why, why)) {
		named->names = hd_printf(s->arena, "%s, %s", named->names, name);
		return;
	}
	end_reason(s, named);
	named->names = name;
	named->why = why;
}

/* On the driver that it has or gets: a variant of the XML, its VFIO driver, or the best one. */
static void add_function(const struct hd_subject *s, const struct hd_hostdev *dev,
			 struct named *cannot, struct named *unknown)
{
	const struct hd_pci_facts *pci = dev->has_addr ? hd_facts_fn(s->facts, &dev->addr) : NULL;
	enum hd_migration migration;
	const char *driver;

	if (!pci || !pci->fn.is_present)
		return;
	driver = dev->driver_model ? dev->driver_model :
		 pci->fn.driver_kind == HD_DRIVER_VFIO ? pci->fn.driver : pci->vfio_driver;
	if (!driver)
		return;
	migration = pci->migration != HD_MIGRATION_UNKNOWN ? pci->migration
							    : hd_migration_of_driver(driver);
	if (migration == HD_MIGRATION_NO)
		add_device(s, cannot, pci->fn.name,
			   hd_printf(s->arena, "%s cannot save its state", driver));
	else if (migration == HD_MIGRATION_UNKNOWN)
		add_device(s, unknown, pci->fn.name,
			   hd_printf(s->arena, "whether %s can save its state is unknown", driver));
}

/*
 * What libvirt makes of it: qemuMigrationSrcIsAllowed() of src/qemu/qemu_migration.c asks QEMU
 * 6.0 or later what blocks, which is each VFIO device without migration (hw/vfio/migration.c),
 * and else refuses all but USB devices and transient partners.  QEMU has USB devices unplugged
 * by the guest and opened again.  Serial ports block nothing, nor do disks when the guest is saved.
 */
static void add_any(const struct hd_subject *s, const struct hd_hostdev *dev,
		    struct named *cannot, struct named *unknown)
{
	if (dev->is_transient || dev->source == HD_SOURCE_DISK)
		return;
	if (dev->kind == HD_DEVICE_PCI)
		add_function(s, dev, cannot, unknown);
	else if (dev->kind == HD_DEVICE_MDEV)
		add_device(s, unknown, hd_printf(s->arena, "mdev %s", dev->mdev_uuid),
			   "whether its driver can save its state is unknown");
}

/* As a command takes it; NULL: it is not a function. */
static const char *name_of(const struct hd_subject *s, const struct hd_hostdev *dev)
{
	return dev->kind == HD_DEVICE_PCI ? hd_facts_fn(s->facts, &dev->addr)->fn.name : NULL;
}

/* show judges a device without a guest. */
static void advise_removal(const struct hd_subject *s, struct hd_result *ret, const char *function)
{
	if (function && s->request->name)
		hd_advise(s, ret, "nothing to do to run the guest; shut it down instead, or take each device out "
			  "of it first (`hostdevctl detach-from --live %s %s`)",
			  hd_guest_word(s->arena, s->request->name, s->request->uuid), function);
}

static enum hd_verdict can_migrate(const struct hd_subject *s, struct hd_result *ret)
{
	struct named cannot = { .n = 0 }, unknown = { .n = 0 };
	const char *text, *function = NULL;

	for (size_t i = 0; i < s->request->n_hostdevs; i++) {
		size_t before = cannot.n + unknown.n;

		add_any(s, &s->request->hostdevs[i], &cannot, &unknown);
		if (!function && cannot.n + unknown.n > before)
			function = name_of(s, &s->request->hostdevs[i]);
	}
	if (!cannot.n && !unknown.n)
		return HD_PASS;
	end_reason(s, &cannot);
	end_reason(s, &unknown);
	text = cannot.text;
	hd_join_once(s->arena, &text, unknown.text);
	if (cannot.n + unknown.n > MAX_NAMED)
		hd_join(s->arena, &text, "%zu devices in all", cannot.n + unknown.n);
	advise_removal(s, ret, function);
	return hd_tell(s, ret, cannot.n ? HD_FAIL : HD_UNKNOWN, "libvirt %s to migrate or save "
		       "the running guest, or to snapshot its memory: %s",
		       cannot.n ? "will refuse" : "may refuse", text);
}

const struct hd_check hd_check_migration_possible = {
	.id = "migration-possible",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_NOTE,
	.title = "the running guest can be migrated and saved",
	.remedy = "nothing to do to run the guest; shut it down instead, or take each device out of it "
		  "first",
	.doc = "virsh migrate, save, managedsave and a snapshot with memory need the state of each "
	       "device. vfio-pci cannot save it, so that libvirt refuses them all. Some VFIO "
	       "drivers for one kind of device can: mlx5_vfio_pci, hisi_acc_vfio_pci, "
	       "pds_vfio_pci, qat_vfio_pci, virtio_vfio_pci (Linux 6.13) and xe-vfio-pci; QEMU "
	       "uses it since 8.1, and both hosts need it. A virtual function with <teaming "
	       "type='transient'/> is unplugged for a migration, and USB devices are unplugged "
	       "for the guest and opened again. Source: the function's driver, and "
	       "/sys/kernel/debug/vfio if the kernel has it, which says it for functions on VFIO.",
	.is_told_at_start = true,
	.run = can_migrate,
};
