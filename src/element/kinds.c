/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kinds.c - which template does each kind of element have, and with which placeholders? */
#include "config.h"

#include "element/element.h"
#include "element/templates.h"

#define PCI_HOST HD_P_DOMAIN, HD_P_BUS, HD_P_SLOT, HD_P_FUNCTION
#define PCI_GUEST HD_P_GUEST_DOMAIN, HD_P_GUEST_BUS, HD_P_GUEST_SLOT, HD_P_GUEST_FUNCTION, \
	HD_P_GUEST_MULTIFUNCTION
#define END HD_PLACEHOLDER_MAX

static const char *const names[HD_PLACEHOLDER_MAX] = {
	[HD_P_MANAGED] = "managed",
	[HD_P_DOMAIN] = "domain",
	[HD_P_BUS] = "bus",
	[HD_P_SLOT] = "slot",
	[HD_P_FUNCTION] = "function",
	[HD_P_DRIVER_MODEL] = "driver-model",
	[HD_P_IOMMUFD] = "iommufd",
	[HD_P_BOOT] = "boot",
	[HD_P_ROM_BAR] = "rom-bar",
	[HD_P_ROM_FILE] = "rom-file",
	[HD_P_DISPLAY] = "display",
	[HD_P_RAMFB] = "ramfb",
	[HD_P_TEAMING] = "teaming",
	[HD_P_MAC] = "mac",
	[HD_P_VLAN] = "vlan",
	[HD_P_NAMESPACE] = "namespace",
	[HD_P_TARGET] = "target",
	[HD_P_VENDOR] = "vendor",
	[HD_P_PRODUCT] = "product",
	[HD_P_DEVICE] = "device",
	[HD_P_STARTUP_POLICY] = "startup-policy",
	[HD_P_GUEST_RESET] = "guest-reset",
	[HD_P_ALIAS] = "alias",
	[HD_P_PATH] = "path",
	[HD_P_MODEL] = "model",
	[HD_P_UUID] = "uuid",
	[HD_P_ADAPTER] = "adapter",
	[HD_P_SCSI_TARGET] = "target",
	[HD_P_UNIT] = "unit",
	[HD_P_INDEX] = "index",
	[HD_P_MODEL_NAME] = "model-name",
	[HD_P_CHASSIS_NR] = "chassis-nr",
	[HD_P_CHASSIS] = "chassis",
	[HD_P_PORT] = "port",
	[HD_P_NAME] = "name",
	[HD_P_INTERFACE] = "interface",
	[HD_P_GUEST_DOMAIN] = "guest-domain",
	[HD_P_GUEST_BUS] = "guest-bus",
	[HD_P_GUEST_SLOT] = "guest-slot",
	[HD_P_GUEST_FUNCTION] = "guest-function",
	[HD_P_GUEST_MULTIFUNCTION] = "guest-multifunction",
};

static const struct {
	const char *template, *root;
	enum hd_placeholder takes[HD_PLACEHOLDER_MAX + 1];
} kinds[HD_ELEMENT_KIND_MAX] = {
	[HD_ELEMENT_PCI] = { "pci", "hostdev", {
		HD_P_MANAGED, PCI_HOST, HD_P_DRIVER_MODEL, HD_P_IOMMUFD, HD_P_BOOT, HD_P_ROM_BAR,
		HD_P_ROM_FILE, HD_P_DISPLAY, HD_P_RAMFB, HD_P_TEAMING, PCI_GUEST, END } },
	[HD_ELEMENT_DISK] = { "nvme-disk", "disk", {
		HD_P_MANAGED, PCI_HOST, HD_P_NAMESPACE, HD_P_TARGET, HD_P_BOOT, PCI_GUEST, END } },
	[HD_ELEMENT_INTERFACE] = { "interface-vf", "interface", {
		HD_P_MANAGED, PCI_HOST, HD_P_MAC, HD_P_VLAN, HD_P_TEAMING, HD_P_DRIVER_MODEL,
		HD_P_IOMMUFD, HD_P_BOOT, HD_P_ROM_BAR, HD_P_ROM_FILE, PCI_GUEST, END } },
	[HD_ELEMENT_USB] = { "usb", "hostdev", {
		HD_P_VENDOR, HD_P_PRODUCT, HD_P_BUS, HD_P_DEVICE, HD_P_STARTUP_POLICY,
		HD_P_GUEST_RESET, HD_P_BOOT, HD_P_ALIAS, END } },
	[HD_ELEMENT_SERIAL] = { "serial", "serial", { HD_P_PATH, END } },
	[HD_ELEMENT_MDEV] = { "mdev", "hostdev", {
		HD_P_UUID, HD_P_MODEL, HD_P_DISPLAY, HD_P_RAMFB, PCI_GUEST, END } },
	[HD_ELEMENT_SCSI] = { "scsi", "hostdev", {
		HD_P_ADAPTER, HD_P_BUS, HD_P_SCSI_TARGET, HD_P_UNIT, HD_P_BOOT, END } },
	[HD_ELEMENT_CONTROLLER] = { "controller", "controller", {
		HD_P_MODEL, HD_P_INDEX, HD_P_MODEL_NAME, HD_P_CHASSIS, HD_P_PORT,
		HD_P_CHASSIS_NR, PCI_GUEST, END } },
	[HD_ELEMENT_POOL_NETWORK] = { "pool-network", "network", {
		HD_P_NAME, HD_P_INTERFACE, END } },
	[HD_ELEMENT_POOL_INTERFACE] = { "pool-interface", "interface", { HD_P_NAME, END } },
};

static void add_guest(struct hd_element *element, struct hd_arena *arena)
{
	const struct hd_pci_addr *addr = &element->guest.addr;

	element->values[HD_P_GUEST_DOMAIN] = hd_printf(arena, "0x%04x", addr->domain);
	element->values[HD_P_GUEST_BUS] = hd_printf(arena, "0x%02x", addr->bus);
	element->values[HD_P_GUEST_SLOT] = hd_printf(arena, "0x%02x", addr->slot);
	element->values[HD_P_GUEST_FUNCTION] = hd_printf(arena, "0x%x", addr->fn);
	if (element->guest.multifunction)
		element->values[HD_P_GUEST_MULTIFUNCTION] = "on";
}

int hd_element_render(const char **ret, struct hd_arena *arena, const struct hd_element *element,
		      const char *dir, struct hd_error *err)
{
	struct hd_template_value values[HD_PLACEHOLDER_MAX + 1] = { { 0 } };
	struct hd_element placed = *element;
	struct hd_template template;
	const enum hd_placeholder *takes = kinds[element->kind].takes;
	int rc = hd_template_load(&template, arena, dir, kinds[element->kind].template, err);

	if (rc < 0)
		return rc;
	template.element = kinds[element->kind].root;
	if (element->guest.is_set)
		add_guest(&placed, arena);
	for (size_t i = 0; takes[i] != END; i++)
		values[i] = (struct hd_template_value){ names[takes[i]], placed.values[takes[i]] };
	rc = hd_template_fill(ret, arena, &template, values, err);
	return rc < 0 ? hd_wrap(err, "%s", element->name) : 0;
}
