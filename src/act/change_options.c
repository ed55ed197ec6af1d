/* SPDX-License-Identifier: GPL-2.0-or-later */
/* change_options.c - how a command changes the host: by which binder, or only as a dry run. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/change_options.h"

/* What --binder takes; the last is the usual one of a running host. */
static const char *const names[] = {
	[HD_BINDER_SYSFS] = "sysfs",
#ifdef HAVE_LIBVIRT
	[HD_BINDER_LIBVIRT] = "libvirt",
#endif
};

static enum hd_exit choose_binder(struct hd_change *change, const char *name, bool is_for_guest,
				  struct hd_error *err)
{
	bool is_live = change->context->root.is_live;

	if (!name)
		name = names[is_live ? HD_ARRAY_SIZE(names) - 1 : HD_BINDER_SYSFS];
	if (!strcmp(name, "libvirt") && !is_live) {
		hd_fail(err, -EINVAL, "--binder libvirt works only on this host, not with "
				      "--sysroot or --host");
		return HD_EXIT_USAGE;
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		if (strcmp(names[i], name) != 0)
			continue;
		change->knobs = hd_binders[i];
		if (!is_for_guest)
			change->knobs.managed = NULL;	/* those steps end with `release` */
		return HD_EXIT_OK;
	}
	if (!strcmp(name, "libvirt"))
		hd_fail(err, -ENOSYS, "--binder libvirt: this hostdevctl was built without libvirt");
	else
		hd_fail(err, -EINVAL, "--binder '%.32s': must be libvirt or sysfs", name);
	return HD_EXIT_USAGE;
}

const char *hd_binder_name(size_t i)
{
	return i < HD_ARRAY_SIZE(names) ? names[i] : NULL;
}

enum hd_exit hd_change_open(struct hd_change *ret, struct hd_context *context,
			    const struct hd_change_options *options,
			    const struct hd_pci_addr *addrs, size_t n, struct hd_error *err)
{
	enum hd_exit code;

	/* What the caller has said before stays. */
	*ret = (struct hd_change){ .context = context, .uri = options->uri, .program = HD_SELF,
				   .dir_fd = -1, .notes = ret->notes, .is_of_guest = ret->is_of_guest };
	code = choose_binder(ret, options->binder, options->is_for_guest, err);
	if (code != HD_EXIT_OK || options->dry_run)
		return code;
	if (hd_change_open_state(ret, err) < 0 || hd_change_lock(ret, addrs, n, NULL, err) < 0)
		return HD_EXIT_HOST;
	return HD_EXIT_OK;
}
