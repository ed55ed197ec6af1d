/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remedy.c - what to do on this host: its distribution, boot loader, processor. */
#include "config.h"

#include <string.h>

#include "check/remedy.h"

#define GRUB_DEFAULT "GRUB_CMDLINE_LINUX in /etc/default/grub"
#define GRUB_BOTH "GRUB_CMDLINE_LINUX and GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub"
#define SUSE_MKCONFIG ", run grub2-mkconfig -o /boot/grub2/grub.cfg and reboot"
#define ARCH_MKCONFIG ", run grub-mkconfig -o /boot/grub/grub.cfg and reboot"

/* By enum hd_distribution: the text before and after the parameter. */
static const struct distribution {
	const char *add[2], *drop[2];
	const char *initramfs;
	const char *kernel_package;
} distributions[] = {
	[HD_DISTRO_UNKNOWN] = {
		{ "add ", " to the kernel's command line in the boot loader's settings "
			  "and reboot" },
		{ "remove ", " from the kernel's command line in the boot loader's "
			     "settings and reboot" },
		"rebuild the initramfs",
		"run a kernel built with CONFIG_VFIO_PCI and CONFIG_VFIO_IOMMU_TYPE1",
	},
	[HD_DISTRO_DEBIAN] = {
		{ "add ", " to " GRUB_DEFAULT ", run update-grub and reboot" },
		{ "remove ", " from " GRUB_BOTH ", run update-grub and reboot" },
		"update-initramfs -u",
		"apt-get install linux-image-amd64 (the cloud kernels have no vfio "
		"modules) and reboot into it",
	},
	[HD_DISTRO_FEDORA] = {
		{ "run grubby --update-kernel=ALL --args=", " and reboot" },
		{ "run grubby --update-kernel=ALL --remove-args=", " and reboot" },
		"dracut -f",
		"dnf install kernel-modules-core-$(uname -r) kernel-modules-$(uname -r)",
	},
	[HD_DISTRO_SUSE] = {
		{ "add ", " to " GRUB_DEFAULT SUSE_MKCONFIG },
		{ "remove ", " from " GRUB_BOTH SUSE_MKCONFIG },
		"dracut -f",
		"zypper install kernel-default (kernel-default-base has no vfio modules) "
		"and reboot into it",
	},
	[HD_DISTRO_ARCH] = {
		{ "add ", " to " GRUB_DEFAULT ARCH_MKCONFIG },
		{ "remove ", " from " GRUB_BOTH ARCH_MKCONFIG },
		"mkinitcpio -P",
		"pacman -S linux and reboot into it",
	},
};

static const struct distribution *distribution_of(const struct hd_host *host)
{
	if ((size_t)host->distribution < HD_ARRAY_SIZE(distributions))
		return &distributions[host->distribution];
	return &distributions[HD_DISTRO_UNKNOWN];
}

static const struct processor {
	const char *vendor;	/* NULL: any other */
	const char *iommu, *virtualization;
} processors[] = {
	{ "GenuineIntel",
	  "enable \"Intel VT-d\" in the firmware setup (below CPU or System Agent)",
	  "enable \"Intel Virtualization Technology (VT-x)\" in the firmware setup" },
	{ "AuthenticAMD",
	  "set \"IOMMU\" to Enabled (not Auto) in the firmware setup (below AMD CBS, "
	  "NBIO)",
	  "enable \"SVM Mode\" in the firmware setup" },
	{ "HygonGenuine", "set \"IOMMU\" to Enabled (not Auto) in the firmware setup",
	  "enable \"SVM Mode\" in the firmware setup" },
	{ NULL, "enable the IOMMU (SMMU) in the firmware setup",
	  "enable hardware virtualization in the firmware setup" },
};

static const struct processor *processor_of(const struct hd_host *host)
{
	const struct processor *p = processors;

	while (p->vendor && (!host->cpu_vendor || strcmp(p->vendor, host->cpu_vendor)))
		p++;
	return p;
}

const char *hd_remedy_add_parameter(struct hd_arena *arena, const struct hd_host *host,
				    const char *parameter)
{
	const struct distribution *d = distribution_of(host);

	return hd_printf(arena, "%s%s%s", d->add[0], parameter, d->add[1]);
}

const char *hd_remedy_drop_parameter(struct hd_arena *arena, const struct hd_host *host,
				     const char *parameter)
{
	const struct distribution *d = distribution_of(host);

	return hd_printf(arena, "%s%s%s", d->drop[0], parameter, d->drop[1]);
}

const char *hd_remedy_firmware_iommu(const struct hd_host *host)
{
	return processor_of(host)->iommu;
}

const char *hd_remedy_firmware_cpu(const struct hd_host *host)
{
	return processor_of(host)->virtualization;
}

const char *hd_remedy_initramfs(const struct hd_host *host)
{
	return distribution_of(host)->initramfs;
}

const char *hd_remedy_kernel_package(const struct hd_host *host)
{
	return distribution_of(host)->kernel_package;
}
