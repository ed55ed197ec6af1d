/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usb_driver.c - has the host's keyboard its driver again, after a guest had it?
 *
 * QEMU takes a USB device from its driver, and gives it back when it ends in order.  One that is
 * killed does not: the kernel then leaves the interface without a driver (Linux
 * drivers/usb/core/devio.c, usbdev_release) until somebody has it probed.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/policy.h"
#include "knob/bus_driver.h"
#include "knob/knobs.h"

#define USB "sys/bus/usb"
#define USBFS "usbfs"		/* what a program that has it open is to the kernel */

/* "1-2.3:1.0": an interface, as the kernel names it. */
static bool is_interface(const char *target)
{
	const char *colon = strchr(target, ':');
	char port[HD_USB_PORT_SIZE];
	size_t length = colon ? (size_t)(colon - target) : 0;

	if (!length || length >= sizeof(port) || strspn(colon + 1, "0123456789.") != strlen(colon + 1))
		return false;
	memcpy(port, target, length);
	port[length] = '\0';
	return hd_policy_is_usb_port(port);
}

static int usb_get(const struct hd_knob_host *host, const char *target,
		   char buf[static HD_STATE_MAX], struct hd_error *err)
{
	if (!is_interface(target))
		return hd_fail(err, -EINVAL, "%s is not an interface of a USB device", target);
	return hd_bus_driver_get(host, USB, target, "is unplugged", buf, err);
}

/* The kernel finds the driver by itself; one that has a driver is left alone. */
static int usb_set(const struct hd_knob_host *host, const char *target, const char *from,
		   const char *to, struct hd_error *err)
{
	char now[HD_STATE_MAX];
	int rc = usb_get(host, target, now, err);

	(void)from;
	if (rc < 0 || !strcmp(now, to))
		return rc;
	rc = hd_sysroot_write(host->root, target, USB "/drivers_probe");
	if (rc < 0)
		return hd_fail(err, rc, "the kernel could not probe a driver for %s: %s", target,
			       strerror(-rc));
	return 0;
}

static bool is_without(const char *from, const char *to, const char *now)
{
	(void)from;
	(void)to;
	return !strcmp(now, "-");
}

static int usb_may_undo(const struct hd_knob_host *host, const char *target, const char *state,
			struct hd_error *err)
{
	(void)host;
	if (!strcmp(state, USBFS))
		return hd_fail(err, -EBUSY, "%s is still used by a program (" USBFS ")", target);
	return 0;
}

const struct hd_knob hd_knob_usb_driver = {
	.name = "usb-driver",
	.get = usb_get,
	.set = usb_set,
	.is_between = is_without,
	.may_undo = usb_may_undo,
	.is_by_others = true,
};
