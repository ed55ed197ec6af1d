/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedevs.c - the devices of another host, as its libvirt knows them. */
#include "config.h"

#include <errno.h>

#include "cli/nodedevs.h"

enum hd_exit hd_nodedevs_read(struct hd_inventory *ret, struct hd_run *run, struct hd_error *err)
{
	(void)ret;
	hd_fail(err, -ENOSYS, "%s: not yet", run->options->uri);
	return HD_EXIT_HOST;
}
