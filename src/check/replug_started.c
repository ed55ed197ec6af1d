/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_started.c - is a USB device looked at when it is plugged in, if a guest is to get it? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

static enum hd_verdict is_started(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	const char *path;

	if (!setup || !setup->replug_guest)
		return HD_SKIP;
	path = setup->replug_broken;
	if (!path)
		return hd_tell(s, ret, HD_PASS, "udev starts replug for guest '%s'",
			       setup->replug_guest);
	if (setup->is_replug_masked)
		hd_advise(s, ret, HD_COMMAND("rm /%s && systemctl daemon-reload && udevadm "
			  "control --reload"), path);
	else if (hd_text_starts_with(path, "run/"))
		hd_advise(s, ret, HD_COMMAND("systemctl start systemd-udevd.service"));
	return hd_tell(s, ret, HD_FAIL, "guest '%s' wants USB devices that are plugged in, but "
		       "nothing starts replug: %s is %s", setup->replug_guest, path,
		       setup->is_replug_masked ? "masked" : "missing");
}

const struct hd_check hd_check_replug_started = {
	.id = "replug-started",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "udev starts replug when a USB device is plugged in",
	.remedy = "install hostdevctl again",
	.doc = "A guest whose metadata have <hd:usb replug='yes'> gets USB devices again when they "
	       "are plugged in. udev starts replug by a rule, "
	       "90-hostdevctl-replug.rules, and two units, hostdevctl-replug-bind@.service and "
	       "-remove@.service. Without them, or masked, nothing happens then; 'hostdevctl "
	       "replug GUEST' does the same by hand. Source: these files in /etc, /run, /usr/lib, "
	       "and whether udev runs (/run/udev/control).",
	.run = is_started,
};
