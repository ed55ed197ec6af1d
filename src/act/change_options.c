/* SPDX-License-Identifier: GPL-2.0-or-later */
/* change_options.c - how a command line wants the host to be changed: by which binder, or not. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/change_options.h"
#include "knob/knobs.h"

static const struct {
	const char *name;
	struct hd_knobs knobs;
} binders[] = {
	{ "sysfs", { &hd_knob_pci_driver_sysfs, &hd_knob_module, NULL } },
#ifdef HAVE_LIBVIRT
	{ "libvirt", { &hd_knob_pci_driver_libvirt, &hd_knob_module, NULL } },
#endif
};

static const char *default_binder(const struct hd_context *context)
{
#ifdef HAVE_LIBVIRT
	if (context->root.is_live)
		return "libvirt";
#endif
	(void)context;
	return "sysfs";
}

static enum hd_exit choose_binder(struct hd_change *change, const char *name,
				  struct hd_error *err)
{
	if (!name)
		name = default_binder(change->context);
	if (!strcmp(name, "libvirt") && !change->context->root.is_live) {
		hd_fail(err, -EINVAL, "--binder libvirt works only on this host, not with "
				      "--sysroot");
		return HD_EXIT_USAGE;
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(binders); i++) {
		if (strcmp(binders[i].name, name) != 0)
			continue;
		change->knobs = &binders[i].knobs;
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
	return i < HD_ARRAY_SIZE(binders) ? binders[i].name : NULL;
}

enum hd_exit hd_change_open(struct hd_change *ret, struct hd_context *context,
			    const struct hd_change_options *options,
			    const struct hd_pci_addr *addrs, size_t n, struct hd_error *err)
{
	enum hd_exit code;

	*ret = (struct hd_change){ .context = context, .uri = options->uri, .program = HD_SELF,
				   .dir_fd = -1 };
	code = choose_binder(ret, options->binder, err);
	if (code != HD_EXIT_OK || options->dry_run)
		return code;
	if (hd_change_open_state(ret, err) < 0 || hd_change_lock(ret, addrs, n, NULL, err) < 0)
		return HD_EXIT_HOST;
	return HD_EXIT_OK;
}
