/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nvidia.h - what the modules of the lab's chain nvidia, nvidia_modeset, nvidia_drm need from each other.
 */
struct pci_dev;

struct nv_display {
	int (*probe)(struct pci_dev *pdev);
	void (*remove)(struct pci_dev *pdev);
};

/* nvidia: DISPLAY uses the card, now or when there is one, until it is unregistered. */
void nv_register_display(const struct nv_display *display);
void nv_unregister_display(void);

/* nvidia_modeset: the same for nvidia_drm. */
void nv_modeset_register(const struct nv_display *display);
void nv_modeset_unregister(void);
