/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_needs.h - what a host needs so that it can pass devices to guests.  Pure. */
#pragma once

#include "facts/facts.h"
#include "setup/change_list.h"
#include "facts/boot/kernel_parameters.h"

#define HD_SETUP_MODULES "etc/modules-load.d/hostdevctl.conf"

/* What is known of the modules that are loaded at boot. */
struct hd_setup_modules {
	const char *text;		/* of HD_SETUP_MODULES now, or NULL */
	const char *elsewhere;		/* VFIO modules that other files name */
	const char *virqfd_elsewhere;	/* another file that names vfio_virqfd, or NULL */
	bool has_virqfd;		/* the running kernel has it as a module */
};

/*
 * The kernel parameters, by the IOMMU's firmware table, else by the processor.
 * UNSAFE: allow_unsafe_interrupts is asked for: -EPERM with ERR where interrupts
 * are remapped, could be, or where that is not known.
 */
int hd_setup_host_parameters(struct hd_parameter **ret, size_t *ret_n, struct hd_arena *arena,
			     const struct hd_facts *facts, bool unsafe, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 6) _must_check_;

/* The modules that are to be loaded at boot, and notes on what stands in their way. */
void hd_setup_host_modules(struct hd_changes *changes, struct hd_arena *arena,
			   const struct hd_facts *facts, const struct hd_setup_modules *modules)
	_nonnull_(1, 2, 3, 4);
