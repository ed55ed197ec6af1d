/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libvirt_load.c - gives the tool the functions of libvirt_calls.h, which are in the module.
 *
 * It stays loaded: each call is made in a process of its own, or is the only one.
 * The loader looks in the tool's RUNPATH, which is pkglibdir alone, and before that
 * only where the caller's own LD_LIBRARY_PATH says, as for any library of the tool.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>

#include "virt/libvirt_module.h"

const struct hd_virt_module *hd_virt_load(struct hd_error *err)
{
#ifdef HAVE_LIBVIRT
	void *module = dlopen(HD_VIRT_MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
	const struct hd_virt_module *found = module ? dlsym(module, HD_VIRT_MODULE_SYMBOL) : NULL;

	if (!found)
		hd_fail(err, -ELIBACC, "cannot load libvirt: %.400s; reinstall hostdevctl",
			dlerror());
	return found;
#else
	hd_fail(err, -ENOSYS, "this hostdevctl was built without libvirt");
	return NULL;
#endif
}
