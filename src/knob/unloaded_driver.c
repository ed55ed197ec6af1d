/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unloaded_driver.c - after its modules are back, has the card the driver that it had?
 *
 * Who unloads a driver's module takes the driver off the card without a word to it, and a
 * loaded module binds what it matches.  So nothing is set on the way there, and on the
 * way back the card is looked at, and bound if the kernel did not (drivers_autoprobe).
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "knob/pci_state.h"

static int unloaded_set(const struct hd_knob_host *host, const char *target, const char *from,
			const char *to, struct hd_error *err)
{
	struct hd_pci_state want;

	if (hd_pci_state_parse(to, &want) < 0)
		return hd_fail(err, -EINVAL, "%s: '%s' is not a driver state", target, to);
	if (strcmp(want.driver, "-") != 0 &&
	    !hd_sysroot_has(host->root, "sys/bus/pci/drivers/%s", want.driver))
		return hd_fail(err, -ENOENT,
			       "%s has no driver: %s is not loaded; load its module (modprobe), then "
			       "run hostdevctl recover",
			       target, want.driver);
	return hd_knob_pci_driver_sysfs.set(host, target, from, to, err);
}

/* Still on a VFIO driver: the step that took it there could not be undone, and this one tries. */
static bool is_on_the_way(const char *from, const char *to, const char *now)
{
	struct hd_pci_state state;

	return hd_pci_state_is_between(from, to, now) ||
	       (hd_pci_state_parse(now, &state) == 0 && hd_pci_state_is_vfio(&state));
}

const struct hd_knob hd_knob_unloaded_driver = {
	.name = "unloaded-driver",
	.get = hd_pci_state_get,
	.set = unloaded_set,
	.is_at = hd_pci_state_is_at,
	.is_between = is_on_the_way,
	.may_undo = hd_pci_state_may_undo,
	.is_by_others = true,
};
