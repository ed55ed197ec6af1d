/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_device.c - what a <hostdev>, <interface>, <disk> or <serial> asks for. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "domain/read_device.h"
#include "domain/xml_value.h"

/* A new entry of the request for this element. */
static struct hd_hostdev *add_device(const struct hd_xml_job *job,
				     const struct _xmlNode *node,
				     struct hd_request *request)
{
	struct hd_hostdev *hostdev = hd_append(job->arena, &request->hostdevs,
					       &request->n_hostdevs, sizeof(*hostdev));

	hostdev->line = hd_xml_line(node);
	hostdev->vlan = -1;
	return hostdev;
}

static int read_driver(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_hostdev *hostdev)
{
	const struct _xmlNode *driver = hd_xml_child(node, "driver");
	const char *model = hd_xml_attr(job->arena, driver, "model");
	bool is_iommufd = false;
	int rc;

	if (model && !hd_text_is_driver(model))
		return hd_value_bad(job, driver, "model", "not the name of a driver");
	hostdev->driver_model = model;
	rc = hd_value_choice(job, driver, "iommufd", hd_yes_no, &is_iommufd);
	if (rc > 0)
		hostdev->iommufd = is_iommufd ? HD_IOMMUFD_YES : HD_IOMMUFD_NO;
	return rc < 0 ? rc : 0;
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

/* managed=, <teaming>, <driver>, <rom>, the guest's <address type='pci'>. */
static int read_common(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_hostdev *hostdev)
{
	hostdev->is_transient = hd_xml_attr_is(hd_xml_child(node, "teaming"), "type", "transient");
	if (hd_value_choice(job, node, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    read_driver(job, node, hostdev) < 0 || read_rom(job, node, hostdev) < 0 ||
	    read_guest_addr(job, node, hostdev) < 0)
		return job->err->code;
	return 0;
}

static int read_usb_addr(const struct hd_xml_job *job, const struct _xmlNode *address,
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

/* The PCI or USB address of a <source>; its absence is an error. */
static int read_source(const struct hd_xml_job *job, const struct _xmlNode *node,
		       const struct _xmlNode *source, struct hd_hostdev *hostdev)
{
	const struct _xmlNode *address = hd_xml_child(source, "address");

	if (!address)
		return hd_element_bad(job, node, "has no <source> with an <address>");
	if (hd_xml_attr_is(address, "type", "usb")) {
		hostdev->kind = HD_DEVICE_USB;
		return read_usb_addr(job, address, hostdev);
	}
	hostdev->kind = HD_DEVICE_PCI;
	hostdev->has_addr = true;
	return hd_value_pci_addr(job, address, &hostdev->addr);
}

static int read_nvme(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_request *request)
{
	static const struct hd_range range = { "namespace", 1, UINT32_MAX, false };
	const struct _xmlNode *source = hd_xml_child(node, "source");
	struct hd_hostdev *hostdev;
	uint64_t namespace;
	int rc;

	if (!hd_xml_attr_is(node, "type", "nvme"))
		return 0;
	hostdev = add_device(job, node, request);
	hostdev->source = HD_SOURCE_DISK;
	if (hd_value_choice(job, source, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    read_source(job, node, source, hostdev) < 0)
		return job->err->code;
	if (hostdev->kind != HD_DEVICE_PCI)
		return hd_element_bad(job, node, "is not at a PCI address");
	rc = hd_value_number(job, source, &range, &namespace);
	if (rc == 0)
		return hd_element_bad(job, source, "has no namespace");
	if (rc > 0)
		hostdev->nvme_namespace = (unsigned)namespace;
	return rc < 0 ? rc : 0;
}

/*
 * A disk is a chain of images, and each of them can be a namespace of an NVMe
 * controller that QEMU drives itself; libvirt gives all of them to vfio-pci.
 */
static int read_disk(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_request *request)
{
	const struct _xmlNode *mirror = hd_xml_child(node, "mirror"), *image;

	for (image = node; image; image = hd_xml_child(image, "backingStore"))
		if (read_nvme(job, image, request) < 0)
			return job->err->code;
	return mirror ? read_nvme(job, mirror, request) : 0;
}

static int read_serial(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_request *request)
{
	const char *path = hd_xml_attr(job->arena, hd_xml_child(node, "source"), "path");
	struct hd_hostdev *hostdev;

	if (!hd_xml_attr_is(node, "type", "dev"))
		return 0;
	if (!path)
		return hd_element_bad(job, node, "has no <source> with a path");
	hostdev = add_device(job, node, request);
	hostdev->kind = HD_DEVICE_SERIAL;
	hostdev->source = HD_SOURCE_SERIAL;
	hostdev->path = path;
	return 0;
}

static int read_pci(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	return read_source(job, node, hd_xml_child(node, "source"), hostdev);
}

static int read_usb_id(const struct hd_xml_job *job, const struct _xmlNode *source,
		       const char *name, unsigned *ret)
{
	static const struct hd_range range = { "id", 0, 0xffff, true };
	const struct _xmlNode *node = hd_xml_child(source, name);
	uint64_t value = 0;
	int rc = hd_value_number(job, node, &range, &value);

	if (rc < 0)
		return rc;
	if (node && !rc)
		return hd_element_bad(job, node, "has no id");
	*ret = (unsigned)value;
	return 0;
}

/* What the administrator wrote, beside the device; libvirt's own aliases change with each start. */
static void read_usb_wishes(const struct hd_xml_job *job, const struct _xmlNode *node,
			    struct hd_hostdev *hostdev)
{
	const char *alias = hd_xml_attr(job->arena, hd_xml_child(node, "alias"), "name");

	hostdev->usb_boot = hd_xml_attr(job->arena, hd_xml_child(node, "boot"), "order");
	hostdev->usb_guest_reset =
		hd_xml_attr(job->arena, hd_xml_child(node, "source"), "guestReset");
	hostdev->usb_alias = alias && hd_text_starts_with(alias, "ua-") ? alias : NULL;
}

static int read_usb(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const struct _xmlNode *address = hd_xml_child(source, "address");
	bool has_vendor = hd_xml_child(source, "vendor");

	hostdev->kind = HD_DEVICE_USB;
	hostdev->is_optional = hd_xml_attr_is(source, "startupPolicy", "optional") ||
			       hd_xml_attr_is(source, "startupPolicy", "requisite");
	hostdev->is_missing = hd_xml_attr_is(source, "missing", "yes");
	read_usb_wishes(job, node, hostdev);
	if (has_vendor != (bool)hd_xml_child(source, "product"))
		return hd_element_bad(job, source,
				      "has only one of <vendor> and <product>");
	if (!has_vendor && !address)
		return hd_element_bad(job, node, "has no <source> with %s",
				      "<vendor> and <product>, or with <address>");
	if (read_usb_id(job, source, "vendor", &hostdev->usb_vendor) < 0 ||
	    read_usb_id(job, source, "product", &hostdev->usb_product) < 0)
		return job->err->code;
	return address ? read_usb_addr(job, address, hostdev) : 0;
}

static int read_mdev(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const struct _xmlNode *address = hd_xml_child(source, "address");
	const char *text = hd_xml_attr(job->arena, address, "uuid");
	char uuid[37];

	hostdev->kind = HD_DEVICE_MDEV;
	if (!text)
		return hd_element_bad(job, node,
				      "has no <source> with an <address uuid=>");
	if (!hd_value_uuid(text, uuid))
		return hd_value_bad(job, address, "uuid", "not a UUID");
	hostdev->mdev_uuid = hd_strdup(job->arena, uuid);
	hostdev->mdev_model = hd_xml_attr(job->arena, node, "model");
	return 0;
}

/* "scsi_host2": the only form that QEMU's driver has (libvirt src/util/virscsi.c). */
static int read_adapter(const struct hd_xml_job *job, const struct _xmlNode *adapter,
			struct hd_hostdev *hostdev)
{
	static const char start[] = "scsi_host";
	const char *name = hd_xml_attr(job->arena, adapter, "name");
	uint64_t number;

	if (!name)
		return hd_element_bad(job, adapter, "has no name");
	if (!hd_text_is_numbered(name, start) || !hd_text_u64(name + strlen(start), &number) ||
	    number > UINT32_MAX)
		return hd_value_bad(job, adapter, "name", "not scsi_host and a number");
	hostdev->scsi.host = (uint32_t)number;
	return 0;
}

static int read_scsi_addr(const struct hd_xml_job *job, const struct _xmlNode *address,
			  struct hd_hostdev *hostdev)
{
	static const struct hd_range ranges[] = {
		{ "bus", 0, UINT32_MAX, false }, { "target", 0, UINT32_MAX, false },
		{ "unit", 0, UINT64_MAX, false },
	};
	uint64_t values[HD_ARRAY_SIZE(ranges)] = { 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(ranges); i++) {
		int rc = hd_value_number(job, address, &ranges[i], &values[i]);

		if (rc == 0)
			return hd_element_bad(job, address, "has no %s", ranges[i].attr);
		if (rc < 0)
			return rc;
	}
	hostdev->scsi.channel = (uint32_t)values[0];
	hostdev->scsi.target = (uint32_t)values[1];
	hostdev->scsi.lun = values[2];
	hostdev->has_scsi = true;
	return 0;
}

/* With a protocol (iSCSI) it is a device of the network, which the host itself does not have. */
static int read_scsi(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const struct _xmlNode *adapter = hd_xml_child(source, "adapter");
	const struct _xmlNode *address = hd_xml_child(source, "address");

	hostdev->kind = HD_DEVICE_SCSI;
	hostdev->is_shareable = hd_xml_child(node, "shareable");
	if (!adapter)
		return 0;
	if (!address)
		return hd_element_bad(job, source, "has no <address>");
	if (read_adapter(job, adapter, hostdev) < 0)
		return job->err->code;
	return read_scsi_addr(job, address, hostdev);
}

/* The guest is a client of a target of the kernel (vhost-scsi), which is configured elsewhere. */
static int read_scsi_host(const struct hd_xml_job *job, const struct _xmlNode *node,
			  struct hd_hostdev *hostdev)
{
	(void)job;
	(void)node;
	hostdev->kind = HD_DEVICE_SCSI;
	return 0;
}

static const struct {
	const char *type;
	int (*read)(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev);
} types[] = {
	{ "pci", read_pci },
	{ "usb", read_usb },
	{ "mdev", read_mdev },
	{ "scsi", read_scsi },
	{ "scsi_host", read_scsi_host },
};

/* Another mode is for containers, another type for a libvirt newer than we are. */
static int read_hostdev(const struct hd_xml_job *job, const struct _xmlNode *node,
			struct hd_request *request)
{
	const char *mode = hd_xml_attr(job->arena, node, "mode");
	const char *type = hd_xml_attr(job->arena, node, "type");

	if (mode && strcmp(mode, "subsystem") != 0)
		return 0;
	if (!type)
		return hd_element_bad(job, node, "has no type");
	for (size_t i = 0; i < HD_ARRAY_SIZE(types); i++) {
		struct hd_hostdev *hostdev;

		if (strcmp(type, types[i].type) != 0)
			continue;
		hostdev = add_device(job, node, request);
		hostdev->source = HD_SOURCE_HOSTDEV;
		if (read_common(job, node, hostdev) < 0)
			return job->err->code;
		return types[i].read(job, node, hostdev);
	}
	return 0;
}

/* One or two hex digits, six times, as libvirt's virMacAddrParse() takes it. */
static bool is_mac(const char *text)
{
	for (int i = 0; i < 6; i++) {
		int n = 0;

		if (i && *text++ != ':')
			return false;
		while (n < 2 && isxdigit((unsigned char)text[n]))
			n++;
		if (!n)
			return false;
		text += n;
	}
	return !*text;
}

static int read_mac(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	const struct _xmlNode *mac = hd_xml_child(node, "mac");
	const char *address = hd_xml_attr(job->arena, mac, "address");

	if (address && !is_mac(address))
		return hd_value_bad(job, mac, "address", "not a MAC address");
	hostdev->mac = address;
	return 0;
}

static int read_vlan(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	static const struct hd_range range = { "id", 0, 4095, false };
	const struct _xmlNode *tag = hd_xml_child(hd_xml_child(node, "vlan"), "tag");
	uint64_t id;
	int rc = hd_value_number(job, tag, &range, &id);

	if (rc > 0)
		hostdev->vlan = (int)id;
	return rc < 0 ? rc : 0;
}

/* FROM is the element that has type='hostdev': the interface or its <actual>. */
static int read_function(const struct hd_xml_job *job, const struct _xmlNode *from,
			 struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(from, "source");

	if (hd_value_choice(job, from, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    read_vlan(job, from, hostdev) < 0)
		return job->err->code;
	if (hostdev->network && !hd_xml_child(source, "address"))
		return 0;
	return read_source(job, from, source, hostdev);
}

/*
 * type='hostdev' names a function.  type='network' only names a network: if
 * that is a pool of functions, libvirt chooses one during the start and writes it
 * as <actual type='hostdev'> in its status file, or as type='hostdev' in the
 * running guest's XML.
 */
static int read_interface(const struct hd_xml_job *job, const struct _xmlNode *node,
			  struct hd_request *request)
{
	const struct _xmlNode *actual = hd_xml_child(node, "actual");
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const char *network = hd_xml_attr(job->arena, source, "network");
	bool is_direct = hd_xml_attr_is(node, "type", "hostdev");
	struct hd_hostdev *hostdev;

	if (!is_direct && !hd_xml_attr_is(actual, "type", "hostdev")) {
		if (network && hd_xml_attr_is(node, "type", "network"))
			hd_push(job->arena, &request->networks, &request->n_networks, network);
		return 0;
	}
	hostdev = add_device(job, node, request);
	hostdev->source = HD_SOURCE_INTERFACE;
	hostdev->network = network;
	if (read_common(job, node, hostdev) < 0 ||
	    read_mac(job, node, hostdev) < 0 || read_vlan(job, node, hostdev) < 0)
		return job->err->code;
	return read_function(job, is_direct ? node : actual, hostdev);
}

int hd_device_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		   struct hd_request *request)
{
	static const struct {
		const char *name;
		int (*read)(const struct hd_xml_job *job, const struct _xmlNode *node,
			    struct hd_request *request);
	} elements[] = {
		{ "hostdev", read_hostdev },
		{ "interface", read_interface },
		{ "disk", read_disk },
		{ "serial", read_serial },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(elements); i++)
		if (hd_xml_is(node, elements[i].name))
			return elements[i].read(job, node, request);
	return 0;
}
