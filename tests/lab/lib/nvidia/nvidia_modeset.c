// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nvidia_modeset.c - the middle of the chain: nvidia is in use by it, and it by nvidia_drm.
 *
 * While its parameter "kept" is set, it cannot be unloaded, and has no user with a name.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "nvidia.h"

void nv_modeset_register(const struct nv_display *display)
{
	nv_register_display(display);
}
EXPORT_SYMBOL_GPL(nv_modeset_register);

void nv_modeset_unregister(void)
{
	nv_unregister_display();
}
EXPORT_SYMBOL_GPL(nv_modeset_unregister);

static bool nv_kept;

static int nv_keep(const char *value, const struct kernel_param *param)
{
	bool was_kept = nv_kept;
	int ret = param_set_bool(value, param);

	if (nv_kept && !was_kept)
		__module_get(THIS_MODULE);
	if (!nv_kept && was_kept)
		module_put(THIS_MODULE);
	return ret;
}

static const struct kernel_param_ops nv_kept_ops = {
	.set = nv_keep,
	.get = param_get_bool,
};
module_param_cb(kept, &nv_kept_ops, &nv_kept, 0644);

MODULE_DESCRIPTION("Between nvidia and nvidia_drm of the lab");
MODULE_LICENSE("GPL");
