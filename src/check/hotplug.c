/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hotplug.c - did devices come to running guests without us, and does somebody have what is on VFIO? */
#include "config.h"

#include "check/checks.h"
#include "facts/libvirt/hotplug.h"

static enum hd_verdict is_recorded(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_hotplug *hotplug = s->facts->hotplug;
	const char *text = NULL;

	if (!hotplug)
		return HD_SKIP;
	for (size_t i = 0; i < hotplug->n_given; i++) {
		const struct hd_hotplugged *given = &hotplug->given[i];

		hd_join(s->arena, &text, "guest '%s' was given %s while it ran, %s%s%s", given->guest,
			given->name, given->is_managed ? "and libvirt gives it back" :
			"and only 'hostdevctl reattach' gives it back",
			given->shares ? "; of its IOMMU group the host has " : "",
			given->shares ? given->shares : "");
		if (given->shares)
			ret->severity = HD_WARNING;
	}
	if (text)
		return hd_say(ret, HD_FAIL, text);
	if (hotplug->unreadable)
		return hd_tell(s, ret, HD_UNKNOWN, "which devices running guests have is unknown: %s",
			       hotplug->unreadable);
	return HD_PASS;
}

const struct hd_check hd_check_hotplug_recorded = {
	.id = "hotplug-recorded",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "hostdevctl has seen all devices of running guests",
	.remedy = "give devices to a running guest with `hostdevctl attach`, which checks and records them",
	.doc = "libvirt runs no hook when virsh attach-device, virt-manager or Cockpit's page of "
	       "virtual machines gives a device to a running guest: nothing was checked, and "
	       "nothing is recorded. doctor runs the checks of a start for such devices and "
	       "reports what would be refused. A function of the same IOMMU group on a driver of "
	       "the host is a warning. Source: "
	       "/run/libvirt/qemu, the journals, and QEMU's command line in /var/log/libvirt/qemu. "
	       "Only doctor reports this.",
	.run = is_recorded,
};

static enum hd_verdict is_owned(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_hotplug *hotplug = s->facts->hotplug;
	const char *text = NULL, *names = "";

	if (!hotplug)
		return HD_SKIP;
	for (size_t i = 0; i < hotplug->n_unowned; i++) {
		hd_join(s->arena, &text, "%s is on %s", hotplug->unowned[i].name,
			hotplug->unowned[i].driver);
		names = hd_printf(s->arena, "%s %s", names, hotplug->unowned[i].name);
	}
	if (!text)
		return HD_PASS;
	hd_advise(s, ret, "if nobody needs them there: " HD_COMMAND("hostdevctl reattach%s"), names);
	return hd_tell(s, ret, HD_FAIL, "%s, although no guest has it or is defined with it, no journal "
		       "has it, and nothing binds it at boot", text);
}

const struct hd_check hd_check_vfio_owned = {
	.id = "vfio-owned",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "each function on a VFIO driver belongs to a guest, or stays there on purpose",
	.remedy = "`hostdevctl reattach` gives a device back to the host",
	.doc = "A device that was attached to a running guest with managed='no' stays on VFIO after the "
	       "guest has lost it or ended, and the host cannot use it. Named are functions that "
	       "were bound by driver_override, that no journal names, that no guest has or is "
	       "defined with, and that no rule of udev and no file of driverctl names. Source: "
	       "sysfs, /run/libvirt/qemu, /etc/libvirt/qemu, the journals, /etc/udev/rules.d, "
	       "/etc/driverctl.d. Only doctor reports this.",
	.run = is_owned,
};
