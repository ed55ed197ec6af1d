/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci_driver_sysfs.c - gives a PCI function the driver it should have, by sysfs.
 *
 * driver_override, unbind and drivers_probe are described in the kernel's
 * Documentation/ABI/testing/sysfs-bus-pci.  The override always names the
 * wanted driver while the kernel probes, so that neither vfio-pci.ids= nor any
 * other driver can take the function; never new_id, which would take its
 * twins too.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/pci/pci.h"
#include "knob/knobs.h"
#include "knob/pci_state.h"

#define SYS_PCI_BUS "sys/bus/pci"

static int set_override(const struct hd_knob_host *host, const char *target,
			const char *override, struct hd_error *err)
{
	int rc = hd_sysroot_write(host->root, *override ? override : "\n",
				  HD_SYS_PCI "/%s/driver_override", target);

	if (rc < 0)
		return hd_fail(err, rc, "cannot set driver_override of %s to '%s': %s", target,
			       override, strerror(-rc));
	return 0;
}

/* Names the driver: if the function changed hands meanwhile the kernel says ENODEV. */
static int unbind_function(const struct hd_knob_host *host, const char *target, const char *driver,
			   struct hd_error *err)
{
	int rc;

	if (!strcmp(driver, "-"))
		return 0;
	rc = hd_sysroot_write(host->root, target, SYS_PCI_BUS "/drivers/%s/unbind", driver);
	if (rc < 0)
		return hd_fail(err, rc, "cannot unbind %s from %s: %s", target, driver,
			       strerror(-rc));
	return 0;
}

static int probe_function(const struct hd_knob_host *host, const char *target, struct hd_error *err)
{
	int rc = hd_sysroot_write(host->root, target, SYS_PCI_BUS "/drivers_probe");

	if (rc < 0)
		return hd_fail(err, rc, "the kernel could not probe a driver for %s: %s", target,
			       strerror(-rc));
	return 0;
}

/* Back to whatever the kernel matches: no override, and not the VFIO driver it has. */
static int release_function(const struct hd_knob_host *host, const char *target,
			    const struct hd_pci_state *now, struct hd_error *err)
{
	int rc = set_override(host, target, "", err);

	if (rc == 0 && hd_pci_state_is_vfio(now))
		rc = unbind_function(host, target, now->driver, err);
	return rc < 0 ? rc : probe_function(host, target, err);
}

static int bind_to(const struct hd_knob_host *host, const char *target,
		   const struct hd_pci_state *now, const struct hd_pci_state *want,
		   struct hd_error *err)
{
	int rc = set_override(host, target, want->driver, err);

	if (rc == 0)
		rc = unbind_function(host, target, now->driver, err);
	if (rc == 0)
		rc = probe_function(host, target, err);
	if (strcmp(want->driver, want->override)) {
		struct hd_error ignored;
		int again = set_override(host, target, want->override, rc ? &ignored : err);

		rc = rc ? rc : again;
	}
	return rc;
}

static int pci_driver_set(const struct hd_knob_host *host, const char *target,
			  const char *from, const char *to, struct hd_error *err)
{
	struct hd_pci_state now, want;
	char text[HD_STATE_MAX];
	int rc = hd_pci_state_get(host, target, text, err);

	(void)from;
	if (rc < 0)
		return rc;
	if (hd_pci_state_parse(text, &now) < 0 || hd_pci_state_parse(to, &want) < 0)
		return hd_fail(err, -EINVAL, "%s: '%s' is not a driver state", target, to);
	if (!strcmp(want.driver, "*"))
		return release_function(host, target, &now, err);
	if (!strcmp(want.driver, now.driver))
		return set_override(host, target, want.override, err);
	if (strcmp(want.driver, "-"))
		return bind_to(host, target, &now, &want, err);
	rc = set_override(host, target, want.override, err);
	return rc < 0 ? rc : unbind_function(host, target, now.driver, err);
}

const struct hd_knob hd_knob_pci_driver_sysfs = {
	.name = HD_KNOB_PCI_DRIVER,
	.get = hd_pci_state_get,
	.set = pci_driver_set,
	.is_at = hd_pci_state_is_at,
	.is_between = hd_pci_state_is_between,
	.may_undo = hd_pci_state_may_undo,
};

/* libvirt chooses the VFIO driver itself: each is as good. */
static bool is_at_managed(const char *wanted, const char *now)
{
	struct hd_pci_state want, is;

	if (hd_pci_state_parse(wanted, &want) < 0 || hd_pci_state_parse(now, &is) < 0)
		return false;
	return hd_pci_state_is_vfio(&want) ? hd_pci_state_is_vfio(&is) :
					     hd_pci_state_is_at(wanted, now);
}

const struct hd_knob hd_knob_managed_driver = {
	.name = HD_KNOB_MANAGED,
	.get = hd_pci_state_get,
	.set = pci_driver_set,
	.is_at = is_at_managed,
	.is_between = hd_pci_state_is_between,
	.may_undo = hd_pci_state_may_undo,
	.is_by_others = true,
};
