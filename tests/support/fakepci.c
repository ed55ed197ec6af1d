/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakepci.c - PCI functions of a fake host: files and links as the kernel makes them. */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/pciaddr.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define CLASS_NVME 0x010802u
#define CLASS_BRIDGE 0x060400u

static struct hd_pci_addr parse(const char *text)
{
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(text, &addr))
		fail_msg("%s is not a PCI address", text);
	return addr;
}

/* One root port per bus, so that an address alone tells where its function is. */
static const char *port_of(struct fake_host *host, const struct hd_pci_addr *addr)
{
	struct hd_pci_addr port = {
		.domain = addr->domain,
		.slot = addr->bus & 0x1f,
		.fn = (uint8_t)(addr->bus >> 5),
	};
	char name[HD_PCI_ADDR_SIZE];

	return hd_strdup(&host->arena, hd_pci_addr_format(&port, name));
}

const char *fake_pci_path(struct fake_host *host, const char *text)
{
	struct hd_pci_addr addr = parse(text);
	char name[HD_PCI_ADDR_SIZE];

	hd_pci_addr_format(&addr, name);
	if (!addr.bus)
		return hd_printf(&host->arena, "sys/devices/pci%04x:00/%s", addr.domain, name);
	return hd_printf(&host->arena, "sys/devices/pci%04x:00/%s/%s", addr.domain,
			 port_of(host, &addr), name);
}

/* "../" for each directory of PATH up to the "sys" at its start. */
static const char *up_from(struct fake_host *host, const char *path)
{
	const char *up = "";

	for (const char *at = path; (at = strchr(at, '/')); at++)
		up = hd_printf(&host->arena, "%s../", up);
	return up;
}

static void put(struct fake_host *host, const char *dir, const char *name, const char *text)
{
	fake_file(host, hd_printf(&host->arena, "%s/%s", dir, name), text);
}

static void put_hex(struct fake_host *host, const char *dir, const char *name, int width,
		    unsigned value)
{
	put(host, dir, name, hd_printf(&host->arena, "0x%0*x\n", width, value));
}

/* A link at DIR/NAME to the directory TO, both below sys, as sysfs writes it. */
static void put_link(struct fake_host *host, const char *dir, const char *name, const char *to)
{
	fake_link(host, hd_printf(&host->arena, "%s/%s", dir, name),
		  hd_printf(&host->arena, "%s%s", up_from(host, dir), to + strlen("sys/")));
}

static void add_config(struct fake_host *host, const char *dir, const struct fake_pci *fn)
{
	uint8_t config[256] = { 0 };

	config[0x00] = (uint8_t)fn->vendor;
	config[0x01] = (uint8_t)(fn->vendor >> 8);
	config[0x02] = (uint8_t)fn->device;
	config[0x03] = (uint8_t)(fn->device >> 8);
	config[0x09] = (uint8_t)fn->class;
	config[0x0a] = (uint8_t)(fn->class >> 8);
	config[0x0b] = (uint8_t)(fn->class >> 16);
	config[0x0e] = (uint8_t)fn->header_type;
	if (fn->is_dead)
		memset(config, 0xff, sizeof(config));
	fake_bytes(host, hd_printf(&host->arena, "%s/config", dir), config, sizeof(config));
}

static void add_files(struct fake_host *host, const char *dir, const struct fake_pci *fn)
{
	put_hex(host, dir, "vendor", 4, fn->vendor);
	put_hex(host, dir, "device", 4, fn->device);
	put_hex(host, dir, "subsystem_vendor", 4, 0x1af4);
	put_hex(host, dir, "subsystem_device", 4, 0x1100);
	put_hex(host, dir, "class", 6, fn->class);
	put(host, dir, "modalias",
	    hd_printf(&host->arena, "pci:v%08Xd%08Xsv00001AF4sd00001100bc%02Xsc%02Xi%02X\n",
		      fn->vendor, fn->device, fn->class >> 16 & 0xff, fn->class >> 8 & 0xff,
		      fn->class & 0xff));
	put(host, dir, "driver_override", "(null)\n");
	put(host, dir, "numa_node", "-1\n");
	put(host, dir, "reset_method", "flr bus\n");
	put(host, dir, "d3cold_allowed", "1\n");
	put(host, dir, "power_state", "D0\n");
	put(host, dir, "resource",
	    "0x00000000fe000000 0x00000000fe003fff 0x0000000000140204\n"
	    "0x0000000000000000 0x0000000000000000 0x0000000000000000\n");
	if (fn->class >> 8 == 0x0300)
		put(host, dir, "boot_vga", "0\n");
	add_config(host, dir, fn);
}

static void add_driver(struct fake_host *host, const char *dir, const char *name,
		       const struct fake_pci *fn)
{
	const char *driver = hd_printf(&host->arena, "sys/bus/pci/drivers/%s", fn->driver);

	fake_dir(host, driver);
	put_link(host, dir, "driver", driver);
	put_link(host, driver, name, dir);
	if (strcmp(fn->driver, "vfio-pci") != 0)
		return;
	fake_dir(host, hd_printf(&host->arena, "%s/vfio-dev/vfio%d", dir, fn->group));
	if (fn->group)
		fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn->group), "");
}

static void add_group(struct fake_host *host, const char *dir, const char *name, int id)
{
	const char *group = hd_printf(&host->arena, "sys/kernel/iommu_groups/%d", id);
	const char *devices = hd_printf(&host->arena, "%s/devices", group);

	put(host, group, "type", "DMA-FQ\n");
	put(host, group, "reserved_regions", "0x00000000fee00000 0x00000000feefffff msi\n");
	fake_dir(host, devices);
	put_link(host, dir, "iommu_group", group);
	put_link(host, devices, name, dir);
}

static void add_function(struct fake_host *host, const struct fake_pci *fn)
{
	struct hd_pci_addr addr = parse(fn->addr);
	const char *dir = fake_pci_path(host, fn->addr);
	char name[HD_PCI_ADDR_SIZE];

	hd_pci_addr_format(&addr, name);
	fake_dir(host, dir);
	fake_dir(host, "sys/bus/pci/devices");
	put_link(host, "sys/bus/pci/devices", name, dir);
	put_link(host, dir, "subsystem", "sys/bus/pci");
	add_files(host, dir, fn);
	if (fn->driver)
		add_driver(host, dir, name, fn);
	if (fn->group)
		add_group(host, dir, name, fn->group);
}

static void add_port(struct fake_host *host, const struct hd_pci_addr *addr)
{
	const char *name = port_of(host, addr);
	const struct fake_pci port = {
		.addr = name,
		.vendor = 0x1b36,
		.device = 0x000c,
		.class = CLASS_BRIDGE,
		.header_type = 1,
		.driver = "pcieport",
	};

	if (!hd_sysroot_has(&host->root, "sys/bus/pci/devices/%s", name))
		add_function(host, &port);
}

void fake_pci_add(struct fake_host *host, const struct fake_pci *given)
{
	struct fake_pci fn = *given;
	struct hd_pci_addr addr = parse(fn.addr);

	fn.vendor = fn.vendor ? fn.vendor : 0x1b36;
	fn.device = fn.device ? fn.device : 0x0010;
	fn.class = fn.class ? fn.class : CLASS_NVME;
	if (addr.bus)
		add_port(host, &addr);
	add_function(host, &fn);
}

void fake_pci_put(struct fake_host *host, const char *addr, const char *file, const char *text)
{
	fake_file(host, hd_printf(&host->arena, "%s/%s", fake_pci_path(host, addr), file), text);
}

const char *fake_pci_below(struct fake_host *host, const char *addr, const char *rest)
{
	return hd_printf(&host->arena, "%s/%s", fake_pci_path(host, addr), rest);
}

void fake_node(struct fake_host *host, const char *class, const char *dir)
{
	struct hd_arena *a = &host->arena;

	fake_dir(host, dir);
	fake_link(host, hd_printf(a, "sys/class/%s/%s", class, strrchr(dir, '/') + 1),
		  hd_printf(a, "../../%s", dir + strlen("sys/")));
	fake_link(host, hd_printf(a, "%s/subsystem", dir),
		  hd_printf(a, "../../../../class/%s", class));
}

const char *fake_usb_add(struct fake_host *host, const char *addr, const char *port,
			 const char *rest, const char *id, const char *numbers)
{
	struct hd_arena *a = &host->arena;
	const char *dir = fake_pci_below(host, addr, rest);

	fake_file(host, hd_printf(a, "%s/idVendor", dir), hd_printf(a, "%.4s\n", id));
	fake_file(host, hd_printf(a, "%s/idProduct", dir), hd_printf(a, "%.4s\n", id + 5));
	fake_file(host, hd_printf(a, "%s/busnum", dir), hd_printf(a, "%.1s\n", numbers));
	fake_file(host, hd_printf(a, "%s/devnum", dir), hd_printf(a, "%s\n", numbers + 2));
	fake_link(host, hd_printf(a, "sys/bus/usb/devices/%s", port),
		  hd_printf(a, "../../../%s", dir + strlen("sys/")));
	return dir;
}

int fake_pci_read(struct fake_host *host, const char *text, struct hd_pci_fn *ret,
		  struct hd_error *err)
{
	const struct hd_pci_addr addr = parse(text);

	return hd_pci_fn_read(ret, &host->root, &host->arena, &addr, err);
}

struct hd_pci_fn fake_pci_must_read(struct fake_host *host, const char *addr)
{
	struct hd_error err = { 0 };
	struct hd_pci_fn fn;

	if (fake_pci_read(host, addr, &fn, &err) < 0)
		fail_msg("%s: %s", addr, err.text);
	return fn;
}
