/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filters.c - which devices does a word such as "gpu" mean? */
#include "config.h"

#include <string.h>

#include "facts/scsi/scsi_unit.h"
#include "inventory/filters.h"
#include "inventory/machinery.h"

static bool is_pci(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI;
}

static bool is_usb(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_USB;
}

static bool is_serial(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_SERIAL;
}

static bool is_mdev(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_MDEV;
}

static bool is_scsi(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_SCSI;
}

static bool is_disk(const struct hd_item *item)
{
	return is_scsi(item) && (item->class == HD_SCSI_DISK || item->class == HD_SCSI_REDUCED_DISK ||
				 item->class == HD_SCSI_ZONED_DISK);
}

static bool is_tape(const struct hd_item *item)
{
	return is_scsi(item) && (item->class == HD_SCSI_TAPE || item->class == HD_SCSI_CHANGER);
}

static bool is_optical(const struct hd_item *item)
{
	return is_scsi(item) && (item->class == HD_SCSI_OPTICAL || item->class == HD_SCSI_MEMORY);
}

static bool is_enclosure(const struct hd_item *item)
{
	return is_scsi(item) && item->class == HD_SCSI_ENCLOSURE;
}

static bool has_base(const struct hd_item *item, unsigned base)
{
	return is_pci(item) && item->class >> 16 == base;
}

/* Display controllers, and processing accelerators: some cards that only compute are these. */
static bool is_gpu(const struct hd_item *item)
{
	return has_base(item, 0x03) || has_base(item, 0x12);
}

static bool is_nvme(const struct hd_item *item)
{
	return is_pci(item) && item->class >> 8 == 0x0108;
}

static bool is_storage(const struct hd_item *item)
{
	return has_base(item, 0x01) || (is_usb(item) && item->class == 0x08);
}

static bool is_network(const struct hd_item *item)
{
	return has_base(item, 0x02);
}

static bool is_audio(const struct hd_item *item)
{
	return has_base(item, 0x04) || (is_usb(item) && item->class == 0x01);
}

static bool is_controller(const struct hd_item *item)
{
	return is_pci(item) && item->class >> 8 == 0x0c03;
}

static bool is_vf(const struct hd_item *item)
{
	return item->is_vf;
}

static bool has_vfs(const struct hd_item *item)
{
	return is_pci(item) && item->max_vfs > 0;
}

static bool is_usual(const struct hd_item *item)
{
	return !hd_machinery_of(item);
}

const struct hd_filter hd_filters[] = {
	{ "pci", "PCI functions", is_pci },
	{ "usb", "USB devices", is_usb },
	{ "serial", "serial ports", is_serial },
	{ "mdev", "mediated devices", is_mdev },
	{ "scsi", "SCSI devices, which SATA disks are as well", is_scsi },
	{ "gpu", "graphics cards and accelerators", is_gpu },
	{ "nvme", "NVMe controllers", is_nvme },
	{ "storage", "controllers of disks, and USB disks", is_storage },
	{ "disk", "SCSI and SATA disks", is_disk },
	{ "tape", "tape drives and changers", is_tape },
	{ "optical", "optical drives", is_optical },
	{ "enclosure", "enclosures of disks", is_enclosure },
	{ "network", "network cards and their virtual functions", is_network },
	{ "audio", "audio and video devices", is_audio },
	{ "usb-controller", "USB controllers", is_controller },
	{ "sriov", "functions that can have virtual functions", has_vfs },
	{ "vf", "virtual functions", is_vf },
	{ "usual", "all but bridges, hubs, counters and other parts of the machine", is_usual },
};
const size_t hd_n_filters = HD_ARRAY_SIZE(hd_filters);

const struct hd_filter *hd_filter_find(const char *name)
{
	for (size_t i = 0; i < hd_n_filters; i++)
		if (!strcmp(hd_filters[i].name, name))
			return &hd_filters[i];
	return NULL;
}
