/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sleep_decision.c - what must happen to the running guests before the host may sleep. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "act/sleep_decision.h"
#include "base/text.h"
#include "domain/hostdev_elements.h"
#include "facts/pci/migration.h"
#include "facts/pci/pci.h"

/*
 * What is known to survive.  A pause stops the guest's processors and not its devices.
 *
 * vfio-pci has callbacks for runtime power management alone (Linux
 * drivers/vfio/pci/vfio_pci_core.c, vfio_pci_core_pm_ops).  For a sleep, the PCI core saves the
 * configuration space and brings it back (drivers/pci/pci-driver.c, pci_pm_suspend_noirq and
 * pci_pm_resume_noirq); queues, firmware and memory on a card are lost with its power, and the
 * guest's driver, which would set them up again, has not been told.  A driver with migration saves
 * its state into the managed save.
 *
 * Of a mediated device, its parent's driver alone knows; it is a driver of the host, and
 * none is known to save what a guest does with it.
 *
 * A USB device keeps its address as long as its port keeps its power (Linux
 * Documentation/driver-api/usb/persist.rst).  Else the guest sees that it is unplugged.
 *
 * The driver of a serial port sets it up again (drivers/tty/serial/serial_core.c,
 * uart_resume_port); a disk is spun up by its driver (drivers/scsi/sd.c, sd_resume).
 */
static const struct {
	enum hd_device_kind kind;
	enum hd_migration migration;	/* of a PCI function; HD_MIGRATION_UNKNOWN: whatever it is */
	enum hd_sleep_action action;
	const char *why;
} rows[] = {
	{ HD_DEVICE_PCI, HD_MIGRATION_YES, HD_SLEEP_SAVE, "its driver saves its state" },
	{ HD_DEVICE_PCI, HD_MIGRATION_UNKNOWN, HD_SLEEP_REFUSE,
	  "it loses its state, and the guest is not told" },
	{ HD_DEVICE_USB, HD_MIGRATION_UNKNOWN, HD_SLEEP_PAUSE,
	  "it stays, or the guest sees that it is unplugged" },
	{ HD_DEVICE_SERIAL, HD_MIGRATION_UNKNOWN, HD_SLEEP_PAUSE,
	  "the host's driver sets the port up again" },
	{ HD_DEVICE_SCSI, HD_MIGRATION_UNKNOWN, HD_SLEEP_PAUSE,
	  "the host's driver starts the device again" },
	/* All others. */
	{ HD_DEVICE_KIND_MAX, HD_MIGRATION_UNKNOWN, HD_SLEEP_REFUSE,
	  "whether it keeps its state is unknown" },
};

static void decide_device(struct hd_sleep_device *device, enum hd_device_kind kind,
			  enum hd_migration migration)
{
	size_t i = 0;

	while (rows[i].kind != HD_DEVICE_KIND_MAX &&
	       (rows[i].kind != kind || (rows[i].migration != HD_MIGRATION_UNKNOWN &&
					 rows[i].migration != migration)))
		i++;
	device->action = rows[i].action;
	device->why = rows[i].why;
}

static enum hd_migration migration_of(const struct hd_sysroot *root, const char *name,
				      const char *driver)
{
	enum hd_migration said = hd_migration_read(root, name);

	return said != HD_MIGRATION_UNKNOWN || !driver ? said : hd_migration_of_driver(driver);
}

static struct hd_sleep_guest *guest_of(struct hd_sleep_guests *guests, struct hd_arena *arena,
				       const char *name, const char *uuid)
{
	struct hd_sleep_guest guest = { .name = name };

	for (size_t i = 0; i < guests->n; i++)
		if (!strcmp(guests->items[i].uuid, uuid) && !strcmp(guests->items[i].name, name))
			return &guests->items[i];
	memcpy(guest.uuid, uuid, sizeof(guest.uuid));
	hd_push(arena, &guests->items, &guests->n, guest);
	return &guests->items[guests->n - 1];
}

static void add_function(struct hd_sleep_guests *ret, const struct hd_sysroot *root,
			 struct hd_arena *arena, const struct hd_guest_claim *claim)
{
	struct hd_sleep_guest *guest = guest_of(ret, arena, claim->guest, claim->uuid);
	struct hd_sleep_device device = { .claim = claim };
	char *name = hd_alloc(arena, HD_PCI_ADDR_SIZE);

	hd_pci_addr_format(&claim->addr, name);
	device.name = name;
	if (hd_pci_driver_read(root, arena, name, &device.driver) < 0)
		device.driver = NULL;
	decide_device(&device, HD_DEVICE_PCI, migration_of(root, name, device.driver));
	hd_push(arena, &guest->devices, &guest->n_devices, device);
}

static void add_other(struct hd_sleep_guests *ret, struct hd_arena *arena,
		      const struct hd_guest_device *other)
{
	struct hd_sleep_guest *guest = guest_of(ret, arena, other->guest, other->uuid);
	struct hd_sleep_device device = {
		.name = hd_hostdev_name(arena, &other->dev), .dev = &other->dev,
	};

	decide_device(&device, other->dev.kind, HD_MIGRATION_UNKNOWN);
	hd_push(arena, &guest->devices, &guest->n_devices, device);
}

static void decide_guest(struct hd_sleep_guest *guest, enum hd_sleep_policy policy)
{
	guest->action = policy == HD_SLEEP_REFUSED ? HD_SLEEP_REFUSE : HD_SLEEP_PAUSE;
	guest->can_save = true;
	for (size_t i = 0; i < guest->n_devices; i++) {
		struct hd_sleep_device *device = &guest->devices[i];

		guest->can_save &= device->action != HD_SLEEP_REFUSE;
		if (policy == HD_SLEEP_REFUSED) {
			device->action = HD_SLEEP_REFUSE;
			device->why = "[sleep] guests is refuse in hostdevctl.conf";
		} else if (policy == HD_SLEEP_PAUSED) {
			device->action = HD_SLEEP_PAUSE;
			device->why = "[sleep] guests is pause in hostdevctl.conf";
		}
		if (device->action > guest->action)
			guest->action = device->action;
	}
}

static int by_name(const void *a, const void *b)
{
	const struct hd_sleep_guest *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int hd_sleep_decide(struct hd_sleep_guests *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, enum hd_sleep_policy policy, struct hd_error *err)
{
	struct hd_guests *all = hd_alloc(arena, sizeof(*all));
	int rc = hd_guests_read(all, root, arena, "", err);

	if (rc < 0)
		return rc;
	*ret = (struct hd_sleep_guests){ .unknown = all->hidden ? all->hidden : all->unreadable };
	for (size_t i = 0; i < all->n_claims; i++)
		if (all->claims[i].is_running)
			add_function(ret, root, arena, &all->claims[i]);
	for (size_t i = 0; i < all->n_devices; i++)
		add_other(ret, arena, &all->devices[i]);
	for (size_t i = 0; i < ret->n; i++)
		decide_guest(&ret->items[i], policy);
	if (ret->n)
		qsort(ret->items, ret->n, sizeof(*ret->items), by_name);
	return 0;
}

const char *hd_sleep_devices(struct hd_arena *arena, const struct hd_sleep_guest *guest,
			     enum hd_sleep_action least)
{
	const char *text = NULL;

	for (size_t i = 0; i < guest->n_devices; i++) {
		const struct hd_sleep_device *device = &guest->devices[i];

		if (device->action < least)
			continue;
		text = hd_printf(arena, "%s%s%s%s%s%s", text ? text : "", text ? ", " : "",
				 device->name, device->driver ? " (" : "",
				 device->driver ? device->driver : "", device->driver ? ")" : "");
	}
	return text ? text : "no device";
}
