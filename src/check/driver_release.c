/* SPDX-License-Identifier: GPL-2.0-or-later */
/* driver_release.c - can the host's driver let go, and will vfio-pci take the device? */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "check/checks.h"
#include "check/remedy.h"

/*
 * Drivers whose unbind does not return while anything uses the device, and which no
 * signal or deadline interrupts: nvidia takes the GPU off its list first,
 * so that users in the kernel can never drop their references; amdgpu leaks
 * what its clients hold.  Unloading the module instead fails cleanly.
 */
static const struct sticky {
	const char *driver, *unload;
} sticky[] = {
	{ "nvidia", "modprobe -r nvidia_drm nvidia_modeset nvidia_uvm nvidia" },
	{ "amdgpu", "modprobe -r amdgpu" },
};

/* The first thing that the host shows with the card, without those that are harmless. */
static const char *shown_on(const struct hd_subject *s)
{
	const struct hd_display *display = &s->pci->display;

	for (size_t i = 0; i < display->n_uses; i++)
		if (hd_display_use_counts(&display->uses[i], &s->facts->host))
			return hd_printf(s->arena, "%s (%s)", display->uses[i].what,
					 display->uses[i].source);
	if (!display->refs.unexplained)
		return display->unknown;
	return hd_printf(s->arena, "sys/module/%s/refcnt has %llu unexplained references",
			 display->refs.module,
			 (unsigned long long)display->refs.unexplained);
}

/* A BAR's file exists without a driver. */
static bool has_device_node(const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < pci->n_nodes; i++)
		if (!hd_node_is_file(&pci->nodes[i]))
			return true;
	return false;
}

/* What disproves that the card is unused, or leaves it open; NULL: nothing. */
static const char *doubt_about(const struct hd_subject *s)
{
	const struct hd_holders *holders = &s->pci->holders;
	const char *shown = shown_on(s);

	if (shown)
		return shown;
	for (size_t i = 0; i < holders->n; i++)
		if (!holders->holders[i].ended_by)
			return hd_printf(s->arena, "%s is open by %s (pid %ld)",
					 holders->holders[i].node->name,
					 holders->holders[i].command,
					 (long)holders->holders[i].pid);
	if (holders->unread)
		return holders->unread;
	/* Both drivers create nodes for each card: without any, nobody has looked. */
	return has_device_node(s->pci) ? NULL : "its device nodes are unknown";
}

static enum hd_verdict can_release(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (fn->driver_kind != HD_DRIVER_HOST || !fn->driver)
		return HD_SKIP;
	for (size_t i = 0; i < HD_ARRAY_SIZE(sticky); i++) {
		const char *doubt;

		if (strcmp(fn->driver, sticky[i].driver))
			continue;
		doubt = doubt_about(s);
		if (!doubt && s->facts->handover.is_needed)
			return hd_tell(s, ret, HD_PASS, "the hand-over frees the card of %s first",
				       fn->driver);
		if (!doubt)
			return hd_tell(s, ret, HD_PASS, "nothing uses the card on %s",
				       fn->driver);
		hd_advise(s, ret, "stop what uses the card, then " HD_COMMAND("%s") " (it fails cleanly "
			  "while the card is used); or give the card to vfio-pci at "
			  "boot: `options vfio-pci ids=%04x:%04x` and `softdep %s pre: "
			  "vfio-pci` in /etc/modprobe.d/vfio.conf, then %s and reboot",
			  sticky[i].unload, fn->vendor, fn->device, fn->driver,
			  hd_remedy_initramfs(&s->facts->host));
		return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/driver is %s: its unbind "
			       "hangs until a reboot if anything uses the card: %s",
			       fn->name, fn->driver, doubt);
	}
	return HD_PASS;
}

const struct hd_check hd_check_driver_release_safe = {
	.id = "driver-release-safe",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host driver can be unbound without hanging",
	.remedy = "unload the driver, or give the device to vfio-pci at boot",
	.doc = "Unbinding nvidia or amdgpu while a program, the console or a kernel client "
	       "uses the card blocks in the kernel until the next reboot, and blocks "
	       "libvirt's operations on devices as well; neither a signal nor a deadline "
	       "helps (NVIDIA open-gpu-kernel-modules issue 1374). Such a card passes only "
	       "if it is proven that nothing is shown on it, no process has its nodes "
	       "open, and each reference to the driver's module is explained. modprobe -r "
	       "fails cleanly while the card is used; an unbind does not. What a hand-over ends "
	       "does not count: it waits until nobody has the card open, and unloads nvidia "
	       "instead of unbinding it.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.is_last_look = true,
	.run = can_release,
};

/* Linux drivers/vfio/pci/vfio_pci.c, vfio_pci_dev_in_denylist. */
static const struct denied {
	unsigned vendor, device;
	const char *name;
} denylist[] = {
	{ 0x8086, 0x0435, "QuickAssist DH895XCC" },
	{ 0x8086, 0x0443, "QuickAssist DH895XCC VF" },
	{ 0x8086, 0x19e2, "QuickAssist C3XXX" },
	{ 0x8086, 0x19e3, "QuickAssist C3XXX VF" },
	{ 0x8086, 0x37c8, "QuickAssist C62X" },
	{ 0x8086, 0x37c9, "QuickAssist C62X VF" },
	{ 0x8086, 0x0b25, "Data Streaming Accelerator" },
	{ 0x8086, 0x0cfe, "In-Memory Analytics Accelerator" },
};

static enum hd_verdict is_not_denied(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;
	const char *off = hd_cmdline_value(s->arena, hd_cmdline(s->facts),
					     "vfio-pci.disable_denylist");

	if (fn->driver_kind == HD_DRIVER_VFIO || (off && *off == '1'))
		return HD_PASS;
	for (size_t i = 0; i < HD_ARRAY_SIZE(denylist); i++)
		if (fn->vendor == denylist[i].vendor && fn->device == denylist[i].device)
			return hd_tell(s, ret, HD_FAIL,
				       "%04x:%04x (%s) is on vfio-pci's denylist",
				       fn->vendor, fn->device, denylist[i].name);
	return HD_PASS;
}

const struct hd_check hd_check_not_denylisted = {
	.id = "not-denylisted",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "vfio-pci does not refuse the device",
	.remedy = "use another device, or accept the risk for every guest: `options "
		  "vfio-pci disable_denylist=1` in /etc/modprobe.d/vfio.conf",
	.doc = "vfio-pci refuses a few devices through which a guest could attack the host "
	       "(Intel QuickAssist of some generations; from Linux 6.10 also DSA and IAX "
	       "of Sapphire Rapids) with \"exists in vfio-pci device denylist\". Source: "
	       "Linux drivers/vfio/pci/vfio_pci.c.",
	.run = is_not_denied,
};
