/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.c - the kernel and its parameters, KVM and VFIO. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/modules.h"
#include "facts/host/processor.h"

#define VFIO_NODE "dev/vfio/vfio"

/* "6.1.0-18-amd64" is 6 and 1; what is no version is 0 and 0. */
static void read_version(struct hd_host *host)
{
	char *end;
	unsigned long major = strtoul(host->release, &end, 10), minor;

	if (*end != '.' || major > 1000)
		return;
	minor = strtoul(end + 1, NULL, 10);
	host->kernel_major = (unsigned)major;
	host->kernel_minor = minor > 10000 ? 0 : (unsigned)minor;
}

static enum hd_boot_loader boot_loader_of(const char *cmdline)
{
	if (hd_text_starts_with(cmdline, "BOOT_IMAGE=") || strstr(cmdline, " BOOT_IMAGE="))
		return HD_BOOT_GRUB;
	return strstr(cmdline, "initrd=\\") ? HD_BOOT_SYSTEMD : HD_BOOT_UNKNOWN;
}

static void read_modules(struct hd_host *host, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++)
		host->modules[i] =
			hd_module_state(root, arena, host->release, hd_vfio_module_names[i],
					&host->blacklisted_by[i]);
	host->unsafe_interrupts =
		hd_module_bool(root, arena, "vfio_iommu_type1", "allow_unsafe_interrupts");
	host->noiommu_mode =
		hd_module_bool(root, arena, "vfio", "enable_unsafe_noiommu_mode") == 1;
}

/*
 * The node is opened only while vfio is there: opening the static node makes
 * the kernel load the module, and reading facts must not change the host.
 */
static void read_vfio_node(struct hd_host *host, const struct hd_sysroot *root)
{
	bool is_there = host->modules[HD_MODULE_VFIO] == HD_MODULE_LOADED ||
			host->modules[HD_MODULE_VFIO] == HD_MODULE_BUILTIN;
	int flags = root->is_live && is_there ? O_RDWR : O_PATH;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, VFIO_NODE);

	host->has_vfio_node = fd >= 0;
	host->vfio_node_error = fd < 0 ? -fd : 0;
}

/* ostree-prepare-root(1) makes the first at each boot; the second is where all images are. */
bool hd_host_is_ostree(const struct hd_sysroot *root)
{
	return hd_sysroot_has(root, "run/ostree-booted") || hd_sysroot_has(root, "sysroot/ostree");
}

int hd_host_read(struct hd_host *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		 struct hd_error *err)
{
	struct hd_host host = { .unsafe_interrupts = -1 };
	ssize_t n = hd_sysroot_text(root, arena, &host.cmdline, "proc/cmdline");

	if (n < 0)
		return hd_fail(err, (int)n, "cannot read proc/cmdline: %s", strerror((int)-n));
	host.release = hd_release_read(root, arena);
	if (!host.release)
		return hd_fail(err, -EINVAL,
			       "cannot read the kernel's release from proc/sys/kernel/osrelease");
	read_version(&host);
	hd_cpu_read(&host, root, arena);
	host.has_kvm_node = hd_sysroot_has(root, "dev/kvm");
	host.boot_loader = boot_loader_of(host.cmdline);
	host.distribution = hd_distribution_read(root, arena);
	host.is_ostree = hd_host_is_ostree(root);
	host.has_rpm_ostree = hd_sysroot_has(root, "usr/bin/rpm-ostree");
	read_modules(&host, root, arena);
	read_vfio_node(&host, root);
	host.boot_modules = hd_boot_modules_read(root, arena, NULL, &host.boot_virqfd);
	*ret = host;
	return 0;
}
