/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vtconsole.c - takes the text consoles off the driver of the framebuffers, and puts them back.
 *
 * Linux drivers/tty/vt/vt.c, store_bind: the consoles go to the driver that had them
 * before (the dummy one, or VGA's), and the write succeeds whatever comes of it.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/text.h"
#include "knob/knobs.h"

#define VTCONSOLE "sys/class/vtconsole"
#define BOUND "bound"
#define UNBOUND "unbound"

static int vtconsole_get(const struct hd_knob_host *host, const char *target,
			 char buf[static HD_STATE_MAX], struct hd_error *err)
{
	uint64_t bind;
	int rc;

	if (!hd_text_is_numbered(target, "vtcon"))
		return hd_fail(err, -EINVAL, "%s is not a console driver's name", target);
	rc = hd_sysroot_u64(host->root, &bind, VTCONSOLE "/%s/bind", target);
	if (rc == -ENOENT)
		return hd_fail(err, -ENODEV, "console driver %s no longer exists: the kernel takes "
					     "the consoles back with its next framebuffer",
			       target);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read /" VTCONSOLE "/%s/bind: %s", target,
			       strerror(-rc));
	(void)snprintf(buf, HD_STATE_MAX, "%s", bind ? BOUND : UNBOUND);
	return 0;
}

/*
 * A host that booted in VGA's text mode has lost the driver that came with the kernel, and store_bind gives
 * away the consoles of no other.  A framebuffer that is named for one console takes them all, if none is on
 * any (Linux drivers/video/fbdev/core/fbcon.c, set_con2fb_map), as it does when it is new.
 */
static bool bind_to(const struct hd_knob_host *host, unsigned framebuffer)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(host->root, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY,
						   "dev/fb%u", framebuffer);
	struct fb_con2fbmap map = { .console = 1, .framebuffer = framebuffer };

	return fd >= 0 && ioctl(fd, FBIOPUT_CON2FBMAP, &map) == 0;
}

static bool is_on_boot_vga(const struct hd_knob_host *host, unsigned framebuffer)
{
	uint64_t flag;

	return hd_sysroot_u64(host->root, &flag, "sys/class/graphics/fb%u/device/boot_vga", framebuffer) == 0 &&
	       flag;
}

/* VGA's text was on the card that the firmware booted with: another one may have the lowest number. */
static void bind_by_framebuffer(const struct hd_knob_host *host)
{
	static const bool order[] = { true, false };

	for (size_t n = 0; n < HD_ARRAY_SIZE(order); n++)
		for (unsigned i = 0; i < FB_MAX; i++)
			if (is_on_boot_vga(host, i) == order[n] && bind_to(host, i))
				return;
}

/* NOW is what came of it. */
static int write_bind(const struct hd_knob_host *host, const char *target, bool binds,
		      char now[static HD_STATE_MAX], struct hd_error *err)
{
	int rc = hd_sysroot_write(host->root, binds ? "1" : "0", VTCONSOLE "/%s/bind", target);

	if (rc < 0)
		return hd_fail(err, rc, "cannot write %d to /" VTCONSOLE "/%s/bind: %s", binds,
			       target, strerror(-rc));
	rc = vtconsole_get(host, target, now, err);
	if (rc < 0 || !binds || !strcmp(now, BOUND))
		return rc;
	bind_by_framebuffer(host);
	return vtconsole_get(host, target, now, err);
}

static int vtconsole_set(const struct hd_knob_host *host, const char *target, const char *from,
			 const char *to, struct hd_error *err)
{
	bool binds = !strcmp(to, BOUND);
	char now[HD_STATE_MAX];
	int rc = vtconsole_get(host, target, now, err);

	(void)from;
	if (rc < 0)
		return rc;
	if (!binds && strcmp(to, UNBOUND) != 0)
		return hd_fail(err, -EINVAL, "%s: '%s' is not a state of a console driver", target,
			       to);
	rc = write_bind(host, target, binds, now, err);
	if (rc == 0 && strcmp(now, to) != 0)
		rc = hd_fail(err, -EBUSY, "the text consoles are still %s to %s: %s", now, target, binds ?
			     "the kernel puts them back with its next framebuffer, such as at a boot" :
			     "the kernel has no other console driver for them");
	return rc;
}

const struct hd_knob hd_knob_vtconsole = {
	.name = "vtconsole",
	.get = vtconsole_get,
	.set = vtconsole_set,
};
