/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libvirt_version.c - is this host's libvirt one that loses devices? */
#include "config.h"

#include "check/checks.h"

#define BROKEN 12002	/* the thousands are the major version, as in the library's name */
#define FIXED 12009

static enum hd_verdict finds_devices(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	unsigned version = setup ? setup->libvirt_version : 0;

	if (!version)
		return HD_SKIP;
	if (version < BROKEN || version >= FIXED)
		return hd_tell(s, ret, HD_PASS, "%s is libvirt %u.%u", setup->libvirt_library,
			       version / 1000, version % 1000);
	return hd_tell(s, ret, HD_FAIL, "%s is libvirt %u.%u, which cannot read numbers in sysfs "
		       "that end with a newline: it has no node devices for the functions concerned",
		       setup->libvirt_library, version / 1000, version % 1000);
}

const struct hd_check hd_check_libvirt_finds_devices = {
	.id = "libvirt-finds-devices",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "libvirt finds all PCI functions",
	.remedy = "upgrade libvirt to 12.9 or later and restart its daemon; until then use "
		  "`--binder sysfs` with detach, reattach and attach. A distribution may have fixed "
		  "its own: `virsh nodedev-list --cap pci` shows what libvirt finds",
	.doc = "libvirt 12.2 to 12.8 cannot parse the class of a function in sysfs, which ends with "
	       "a newline. Such a function has no node device: tools do not offer it, and libvirt "
	       "can neither detach nor reattach it. Starts of guests by hostdevctl-hook do not "
	       "need node devices, unless the configuration has binder = libvirt. Source: the name of libvirt's "
	       "library, which the daemon has mapped or which is installed: libvirt.so.0.12005.0 "
	       "is 12.5.0. The hook does not run this check.",
	.run = finds_devices,
};
