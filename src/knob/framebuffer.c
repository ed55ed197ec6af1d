/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * framebuffer.c - takes the firmware's picture away from its driver, and gives it back.
 *
 * The platform device is the kernel's (Linux drivers/firmware/sysfb.c).  Since 6.0 vfio-pci
 * and each graphics driver remove it for good when they take the card
 * (drivers/video/aperture.c, aperture_detach_platform_device): it is gone then until the
 * next boot, and whoever took the card draws instead.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "knob/bus_driver.h"
#include "knob/knobs.h"

#define PLATFORM "sys/bus/platform"

/* The names of its devices. */
static const char *const names[] = {
	"efi-framebuffer.", "simple-framebuffer.", "vesa-framebuffer.",
};

static bool is_framebuffer(const char *target)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (hd_text_is_numbered(target, names[i]))
			return true;
	return false;
}

static int framebuffer_get(const struct hd_knob_host *host, const char *target,
			   char buf[static HD_STATE_MAX], struct hd_error *err)
{
	if (!is_framebuffer(target))
		return hd_fail(err, -EINVAL, "%s is not a framebuffer of the firmware", target);
	return hd_bus_driver_get(host, PLATFORM, target, "no longer exists: the kernel removes it when "
				 "a driver takes the card, until the next boot", buf, err);
}

static int tell_driver(const struct hd_knob_host *host, const char *target, const char *driver,
		       const char *file, struct hd_error *err)
{
	int rc;

	if (!hd_text_is_component(driver))
		return hd_fail(err, -EINVAL, "%s: '%s' is not a driver's name", target, driver);
	rc = hd_sysroot_write(host->root, target, PLATFORM "/drivers/%s/%s", driver, file);
	if (rc < 0)
		return hd_fail(err, rc, "cannot %s %s and driver %s: %s", file, target, driver,
			       strerror(-rc));
	return 0;
}

static int framebuffer_set(const struct hd_knob_host *host, const char *target, const char *from,
			   const char *to, struct hd_error *err)
{
	char now[HD_STATE_MAX];
	int rc = framebuffer_get(host, target, now, err);

	(void)from;
	if (rc < 0 || !strcmp(now, to))
		return rc;
	if (strcmp(now, "-") != 0)
		rc = tell_driver(host, target, now, "unbind", err);
	if (rc == 0 && strcmp(to, "-") != 0)
		rc = tell_driver(host, target, to, "bind", err);
	return rc;
}

const struct hd_knob hd_knob_framebuffer = {
	.name = "framebuffer",
	.get = framebuffer_get,
	.set = framebuffer_set,
};
