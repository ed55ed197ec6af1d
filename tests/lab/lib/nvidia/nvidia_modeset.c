// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nvidia_modeset.c - the middle of the chain: nvidia is in use by it, and it by nvidia_drm.
 */
#include <linux/module.h>

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

MODULE_DESCRIPTION("Between nvidia and nvidia_drm of the lab");
MODULE_LICENSE("GPL");
