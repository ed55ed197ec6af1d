/* SPDX-License-Identifier: GPL-2.0-or-later */
/* virtio.c - of which type is a virtio function, and what is it called on its bus? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/pci/virtio.h"

#define VENDOR 0x1af4u
#define TRANSITIONAL 0x1000u	/* to 0x103f: the type is the subsystem's ID */
#define MODERN 0x1040u		/* to 0x107f: the type is added to it */
#define END 0x1080u

unsigned hd_virtio_type(const struct hd_pci_fn *fn)
{
	if (fn->vendor != VENDOR || !fn->driver || strcmp(fn->driver, "virtio-pci") != 0 ||
	    fn->device < TRANSITIONAL || fn->device >= END)
		return HD_VIRTIO_NONE;
	return fn->device >= MODERN ? fn->device - MODERN : fn->subsystem_device;
}

const char *hd_virtio_name(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_pci_fn *fn)
{
	const char *const *names;
	ssize_t n = fn->path ? hd_sysroot_names(root, arena, &names, "%s", fn->path) : 0;
	uint64_t number;

	for (ssize_t i = 0; i < n; i++)
		if (hd_text_starts_with(names[i], "virtio") &&
		    hd_text_u64(names[i] + strlen("virtio"), &number))
			return names[i];
	return NULL;
}
