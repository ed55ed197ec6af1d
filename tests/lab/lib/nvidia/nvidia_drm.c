/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nvidia_drm.c - the kernel's driver of QEMU's graphics card as the end of the chain.
 *
 * Appended to that file (drivers/gpu/drm/tiny/bochs.c), without its own registration: nvidia has the
 * function, and this the screens.  What is allocated for the function ends with this module, not
 * with its driver.
 */
#include "nvidia.h"

static bool nv_modeset = true;
module_param_named(modeset, nv_modeset, bool, 0444);

static int nv_drm_probe(struct pci_dev *pdev)
{
	int ret;

	if (!devres_open_group(&pdev->dev, &nv_modeset, GFP_KERNEL))
		return -ENOMEM;
	ret = bochs_pci_driver.probe(pdev, NULL);
	devres_close_group(&pdev->dev, &nv_modeset);
	if (ret)
		devres_release_group(&pdev->dev, &nv_modeset);
	return ret;
}

static void nv_drm_remove(struct pci_dev *pdev)
{
	bochs_pci_driver.remove(pdev);
	devres_release_group(&pdev->dev, &nv_modeset);
}

static const struct nv_display nv_drm_display = {
	.probe = nv_drm_probe,
	.remove = nv_drm_remove,
};

static int __init nv_drm_init(void)
{
	nv_modeset_register(&nv_drm_display);
	return 0;
}

static void __exit nv_drm_exit(void)
{
	nv_modeset_unregister();
}

module_init(nv_drm_init);
module_exit(nv_drm_exit);
