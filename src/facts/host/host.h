/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.h - the processor, the kernel and its parameters, the modules of VFIO. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/modules/modules.h"

/* The family of distributions, for remedies that are right for this host. */
enum hd_distribution {
	HD_DISTRO_UNKNOWN,
	HD_DISTRO_DEBIAN,		/* update-grub */
	HD_DISTRO_FEDORA,		/* grubby */
	HD_DISTRO_SUSE,			/* grub2-mkconfig */
	HD_DISTRO_ARCH,
};

/* Who started the kernel, by the words that it left on proc/cmdline. */
enum hd_boot_loader {
	HD_BOOT_UNKNOWN,
	HD_BOOT_GRUB,			/* "BOOT_IMAGE=..." */
	HD_BOOT_SYSTEMD,		/* systemd-boot: "initrd=\..." */
};

struct hd_host {
	const char *release;		/* uname -r */
	unsigned kernel_major, kernel_minor;
	const char *cmdline;
	const char *cpu_vendor;		/* "GenuineIntel", "AuthenticAMD" or NULL (not x86) */
	bool has_virtualization;	/* vmx, svm or sie in proc/cpuinfo; true where unknown */
	const char *virtualization;	/* which of these, or NULL */
	bool is_guest;			/* of a hypervisor, by the flag of that name (x86) */
	bool is_ostree;			/* of an image: Silverblue, CoreOS, RHEL image mode */
	bool has_rpm_ostree;
	bool has_kvm_node;		/* dev/kvm */
	enum hd_distribution distribution;	/* ID and ID_LIKE of etc/os-release */
	enum hd_boot_loader boot_loader;
	const char *machine;		/* "x86_64", "aarch64" by what proc/cpuinfo shows, or NULL */
	enum hd_module_state modules[HD_VFIO_MODULE_MAX];
	const char *blacklisted_by[HD_VFIO_MODULE_MAX];	/* file or "kernel command line"; NULL
							   unless HD_MODULE_BLACKLISTED */
	bool has_vfio_node;		/* dev/vfio/vfio exists and can be opened (it is opened
					   on a live host that has vfio loaded: opening it
					   otherwise would load the module) */
	int vfio_node_error;		/* errno of that, 0 if fine */
	int unsafe_interrupts;		/* vfio_iommu_type1 parameter, or what loading it would
					   set: 1, 0, -1 unknown */
	bool noiommu_mode;		/* vfio enable_unsafe_noiommu_mode */
	const char *boot_modules;	/* vfio modules that modules-load.d names, blank
					   separated; "" for none */
	const char *boot_virqfd;	/* file of modules-load.d that names vfio_virqfd, or NULL */
};

/* Fills cpu_vendor, machine, virtualization, has_virtualization and is_guest of HOST. */
void hd_cpu_read(struct hd_host *host, const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* Is its kernel of this version or later?  An unknown kernel is not. */
static inline bool hd_host_is_since(const struct hd_host *host, unsigned major, unsigned minor)
{
	return host->kernel_major > major ||
	       (host->kernel_major == major && host->kernel_minor >= minor);
}

/* Does this host run an image of ostree? */
bool hd_host_is_ostree(const struct hd_sysroot *root) _nonnull_(1);

int hd_host_read(struct hd_host *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		 struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
