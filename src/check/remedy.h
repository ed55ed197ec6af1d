/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remedy.h - what to do on this host: its distribution, boot loader, processor. */
#pragma once

#include "base/arena.h"
#include "facts/facts.h"

/* Adds PARAMETER ("intel_iommu=on") to the kernel's command line; ends with a reboot. */
const char *hd_remedy_add_parameter(struct hd_arena *arena, const struct hd_host *host,
				    const char *parameter) _nonnull_(1, 2, 3);

/* Removes PARAMETER from the kernel's command line; ends with a reboot. */
const char *hd_remedy_drop_parameter(struct hd_arena *arena, const struct hd_host *host,
				     const char *parameter) _nonnull_(1, 2, 3);

/* Takes the kernel's messages off CONSOLE: at once where it can, else with a reboot. */
const char *hd_remedy_stop_console(struct hd_arena *arena, const struct hd_host *host,
				   const struct hd_console *console) _nonnull_(1, 2, 3);

/* Generates what the boot loader reads from what the administrator writes, and reboots. */
const char *hd_remedy_make_menu(struct hd_arena *arena, const struct hd_host *host)
	_nonnull_(1, 2);

/* Does `hostdevctl setup` know this host's boot configuration? */
bool hd_remedy_has_setup(const struct hd_host *host) _nonnull_(1);

/* What gives this host interrupt remapping. */
const char *hd_remedy_firmware_remapping(const struct hd_host *host) _nonnull_(1);

/* The firmware's setting that switches the IOMMU on, by the processor's maker; of a guest, its device. */
const char *hd_remedy_firmware_iommu(const struct hd_host *host) _nonnull_(1);

/* The firmware's setting that switches hardware virtualization on. */
const char *hd_remedy_firmware_cpu(const struct hd_host *host) _nonnull_(1);

/* The command that rebuilds the initramfs: "update-initramfs -u". */
const char *hd_remedy_initramfs(const struct hd_host *host) _nonnull_(1);

/* Where the distribution keeps the kernel's full set of modules. */
const char *hd_remedy_kernel_package(const struct hd_host *host) _nonnull_(1);
