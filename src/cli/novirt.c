/* SPDX-License-Identifier: GPL-2.0-or-later */
/* novirt.c - the border to libvirt in a build without it. */
#include "config.h"

#include <errno.h>

#include "cli/virt.h"

static int missing(struct hd_error *err)
{
	return hd_fail(err, -ENOSYS, "this hostdevctl is built without libvirt");
}

int hd_virt_guest_xml(const char *uri, const char *guest, struct hd_arena *arena,
		      const char **ret, struct hd_error *err)
{
	(void)uri;
	(void)guest;
	(void)arena;
	(void)ret;
	return missing(err);
}

int hd_virt_node_devices(const char *uri, struct hd_arena *arena, const char **ret,
			 struct hd_error *err)
{
	(void)uri;
	(void)arena;
	(void)ret;
	return missing(err);
}

int hd_virt_detach(const char *uri, const char *addr, const char *driver, struct hd_error *err)
{
	(void)uri;
	(void)addr;
	(void)driver;
	return missing(err);
}

int hd_virt_reattach(const char *uri, const char *addr, struct hd_error *err)
{
	(void)uri;
	(void)addr;
	return missing(err);
}

int hd_virt_guest_read(struct hd_virt_guest *ret, const char *uri, const char *guest,
		       struct hd_arena *arena, struct hd_error *err)
{
	(void)ret;
	(void)uri;
	(void)guest;
	(void)arena;
	return missing(err);
}

void hd_virt_change(int out, const char *uri, const char *uuid, const struct hd_virt_op *ops,
		    size_t n, int wait_ms)
{
	(void)out;
	(void)uri;
	(void)uuid;
	(void)ops;
	(void)n;
	(void)wait_ms;
}
