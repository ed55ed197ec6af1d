/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver_stack.c - how a graphics card's driver lets go of it.
 *
 * amdgpu, i915, xe, nouveau and radeon unbind cleanly once nobody uses the card: they unplug
 * their DRM device and take their framebuffer and its console along (Linux
 * drivers/gpu/drm/drm_drv.c, drm_dev_unplug; drivers/gpu/drm/amd/amdgpu/amdgpu_drv.c,
 * amdgpu_pci_remove; drivers/gpu/drm/i915/i915_driver.c, i915_driver_remove;
 * drivers/gpu/drm/nouveau/nouveau_drm.c, nouveau_drm_remove).  Their modules stay: other cards
 * and the sound driver may use them.
 *
 * nvidia's remove() waits in the kernel without limit while anything has the card open, and
 * nvidia_drm with modeset has (NVIDIA open-gpu-kernel-modules kernel-open/nvidia/nv-pci.c,
 * nv_pci_remove_helper; issue 1374 there).  Unloading the modules fails at once instead, with
 * EWOULDBLOCK, so the kernel itself proves that the card is unused.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/driver_stack.h"
#include "facts/modules/modules.h"

static const struct hd_driver_stack stacks[] = {
	{ "nvidia",
	  "an unbind of nvidia hangs while anything uses the card; unloading fails instead",
	  { "nvidia_drm", "nvidia_modeset", "nvidia_uvm", "nvidia_peermem", "nvidia" },
	  { "nvidiactl", "nvidia-uvm", "nvidia-modeset" },
	  /* Units of NVIDIA's packages that have the card's nodes open for as long as they run. */
	  { "nvidia-persistenced.service", "nvidia-powerd.service", "nvidia-dcgm.service",
	    "nvidia-fabricmanager.service" } },
};

const struct hd_driver_stack *hd_driver_stack_of(const char *driver)
{
	for (size_t i = 0; driver && i < HD_ARRAY_SIZE(stacks); i++)
		if (!strcmp(stacks[i].driver, driver))
			return &stacks[i];
	return NULL;
}

static bool is_of_stack(const struct hd_driver_stack *stack, const char *module)
{
	for (size_t i = 0; stack->modules[i]; i++)
		if (!strcmp(stack->modules[i], module))
			return true;
	return false;
}

/* A module that we do not know may serve another device: nobody unloads it. */
static void look_for_users(struct hd_loaded_stack *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_driver_stack *stack,
			   const char *module)
{
	const char *const *users;
	ssize_t n = hd_sysroot_names(root, arena, &users, "sys/module/%s/holders", module);

	for (ssize_t i = 0; i < n && !ret->foreign; i++)
		if (!is_of_stack(stack, users[i]))
			ret->foreign = hd_printf(arena, "the module %s uses %s "
						 "(sys/module/%s/holders)", users[i], module, module);
}

static bool is_going(const struct hd_pci_addr *addr, const struct hd_pci_addr *going, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!hd_pci_addr_compare(addr, &going[i]))
			return true;
	return false;
}

void hd_driver_stack_read(struct hd_loaded_stack *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_driver_stack *stack,
			  const struct hd_pci_addr *going, size_t n_going)
{
	const char *const *names;
	struct hd_pci_addr addr;
	ssize_t n;

	*ret = (struct hd_loaded_stack){ .n = 0 };
	n = hd_sysroot_names(root, arena, &names, "sys/bus/pci/drivers/%s", stack->driver);
	for (ssize_t i = 0; i < n && !ret->foreign; i++)
		if (strchr(names[i], ':') && hd_pci_addr_parse(names[i], &addr) &&
		    !is_going(&addr, going, n_going))
			ret->foreign = hd_printf(arena, "%s is on %s, too, and needs its modules",
						 names[i], stack->driver);
	for (size_t i = 0; stack->modules[i]; i++) {
		/* Without initstate it is built in. */
		if (!hd_sysroot_has(root, "sys/module/%s/initstate", stack->modules[i]))
			continue;
		look_for_users(ret, root, arena, stack, stack->modules[i]);
		ret->by_hand[ret->n] = hd_module_set_by_hand(root, arena, stack->modules[i]);
		ret->modules[ret->n++] = stack->modules[i];
	}
}
