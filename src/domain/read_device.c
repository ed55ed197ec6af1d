/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_device.c - what the elements that ask for a host device have in common. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "domain/read_device.h"
#include "domain/xml_value.h"

const struct hd_device_element hd_device_elements[] = {
	{ "hostdev", hd_hostdev_read },
	{ "interface", hd_interface_read },
	{ "disk", hd_disk_read },
	{ "serial", hd_serial_read },
	{ NULL, NULL },
};

struct hd_hostdev *hd_device_add(const struct hd_xml_job *job,
				 const struct _xmlNode *node, struct hd_request *request)
{
	struct hd_hostdev *hostdev = hd_append(job->arena, &request->hostdevs,
					       &request->n_hostdevs, sizeof(*hostdev));

	hostdev->line = hd_xml_line(node);
	hostdev->vlan = -1;
	return hostdev;
}

/* It becomes a path in sysfs and an argument of modprobe. */
static bool is_driver_name(const char *name)
{
	size_t length = strlen(name);

	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_' && *c != '-')
			return false;
	return length > 0 && length < 64 && name[0] != '-';
}

static int read_driver(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_hostdev *hostdev)
{
	const struct _xmlNode *driver = hd_xml_child(node, "driver");
	const char *model = hd_xml_attr(job->arena, driver, "model");

	if (model && !is_driver_name(model))
		return hd_value_bad(job, driver, "model", "not the name of a driver");
	hostdev->driver_model = model;
	return 0;
}

static int read_rom(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	const struct _xmlNode *rom = hd_xml_child(node, "rom");
	bool enabled = true, bar = true;

	if (hd_value_choice(job, rom, "enabled", hd_yes_no, &enabled) < 0 ||
	    hd_value_choice(job, rom, "bar", hd_on_off, &bar) < 0)
		return job->err->code;
	hostdev->rom_file = hd_xml_attr(job->arena, rom, "file");
	hostdev->rom_disabled = !enabled || !bar;
	return 0;
}

static int read_guest_addr(const struct hd_xml_job *job, const struct _xmlNode *node,
			   struct hd_hostdev *hostdev)
{
	const struct _xmlNode *address = hd_xml_child(node, "address");
	struct hd_guest_addr guest = { .is_set = true };

	if (!hd_xml_attr_is(address, "type", "pci"))
		return 0;
	if (hd_value_pci_addr(job, address, &guest.addr) < 0 ||
	    hd_value_choice(job, address, "multifunction", hd_on_off,
			    &guest.multifunction) < 0)
		return job->err->code;
	hostdev->guest = guest;
	return 0;
}

int hd_device_common(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	if (hd_value_choice(job, node, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    read_driver(job, node, hostdev) < 0 || read_rom(job, node, hostdev) < 0 ||
	    read_guest_addr(job, node, hostdev) < 0)
		return job->err->code;
	return 0;
}

int hd_device_usb_addr(const struct hd_xml_job *job, const struct _xmlNode *address,
		       struct hd_hostdev *hostdev)
{
	static const struct hd_range bus = { "bus", 0, 0xffff, false };
	static const struct hd_range device = { "device", 0, 0xffff, false };
	uint64_t bus_value = 0, device_value = 0;

	if (hd_value_number(job, address, &bus, &bus_value) < 0 ||
	    hd_value_number(job, address, &device, &device_value) < 0)
		return job->err->code;
	hostdev->usb_bus = (unsigned)bus_value;
	hostdev->usb_device = (unsigned)device_value;
	return 0;
}

int hd_device_source(const struct hd_xml_job *job, const struct _xmlNode *node,
		     const struct _xmlNode *source, struct hd_hostdev *hostdev)
{
	const struct _xmlNode *address = hd_xml_child(source, "address");

	if (!address)
		return hd_element_bad(job, node, "has no <source> with an <address>");
	if (hd_xml_attr_is(address, "type", "usb")) {
		hostdev->kind = HD_DEVICE_USB;
		return hd_device_usb_addr(job, address, hostdev);
	}
	hostdev->kind = HD_DEVICE_PCI;
	hostdev->has_addr = true;
	return hd_value_pci_addr(job, address, &hostdev->addr);
}
