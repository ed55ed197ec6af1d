/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libvirt_load.c - the functions of libvirt_calls.h in the tool itself: they load the module.
 *
 * It stays loaded: each call is made in a process of its own, or is the only one.
 * The loader looks in the tool's RUNPATH, which is pkglibdir alone, and before that
 * only where the caller's own LD_LIBRARY_PATH says, as for any library of the tool.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>

#include "virt/libvirt_module.h"

static const struct hd_virt_module *load(struct hd_error *err)
{
#ifdef HAVE_LIBVIRT
	void *module = dlopen(HD_VIRT_MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
	const struct hd_virt_module *found = module ? dlsym(module, HD_VIRT_MODULE_SYMBOL) : NULL;

	if (!found)
		hd_fail(err, -ELIBACC, "cannot load libvirt: %.400s; reinstall hostdevctl",
			dlerror());
	return found;
#else
	hd_fail(err, -ENOSYS, "this hostdevctl is built without libvirt");
	return NULL;
#endif
}

int hd_virt_guest_xml(const char *uri, const char *guest, struct hd_arena *arena,
		      const char **ret, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->guest_xml(uri, guest, arena, ret, err) : err->code;
}

int hd_virt_guest_read(struct hd_virt_guest *ret, const char *uri, const char *guest,
		       struct hd_arena *arena, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->guest_read(ret, uri, guest, arena, err) : err->code;
}

void hd_virt_change(int out, const char *uri, const char *uuid, const struct hd_virt_op *ops,
		    size_t n, int wait_ms)
{
	struct hd_error err = { 0 };
	const struct hd_virt_module *module = load(&err);

	if (module)
		module->change(out, uri, uuid, ops, n, wait_ms);
	else
		(void)dprintf(out, "refused %s\n", err.text);
}

int hd_virt_node_devices(const char *uri, struct hd_arena *arena, const char **ret,
			 struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->node_devices(uri, arena, ret, err) : err->code;
}

int hd_virt_detach(const char *uri, const char *addr, const char *driver, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->detach(uri, addr, driver, err) : err->code;
}

int hd_virt_reattach(const char *uri, const char *addr, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->reattach(uri, addr, err) : err->code;
}

int hd_virt_mdev_define(const char *uri, const char *parent, const char *type,
			const char *uuid, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->mdev_define(uri, parent, type, uuid, err) : err->code;
}

int hd_virt_mdev_undefine(const char *uri, const char *uuid, struct hd_error *err)
{
	const struct hd_virt_module *module = load(err);

	return module ? module->mdev_undefine(uri, uuid, err) : err->code;
}
