/* SPDX-License-Identifier: GPL-2.0-or-later */
/* goodhost.c - a fake host that passes all host checks: Intel, Debian 12, vfio loaded. */
#include "config.h"

#include "tests/support/fakehost.h"

#define RELEASE "6.1.0-18-amd64"
#define MODULES "lib/modules/" RELEASE "/"

static const struct {
	const char *path, *text;
} files[] = {
	{ "proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\n"
			  "flags\t\t: fpu vme de pse lm vmx ssse3\n\n" },
	{ "proc/cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro quiet intel_iommu=on\n" },
	{ "proc/sys/kernel/osrelease", RELEASE "\n" },
	{ "proc/interrupts",
	  "           CPU0       CPU1       \n"
	  "  1:          0          9  IR-IO-APIC    1-edge      i8042\n"
	  " 24:          0          0  DMAR-MSI    0-edge      dmar0\n"
	  " 25:        100          0  IR-PCI-MSI 524288-edge      nvme0q0\n" },
	{ "proc/swaps", "Filename\tType\t\tSize\tUsed\tPriority\n" },
	{ "proc/self/mountinfo", "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n" },
	{ "sys/firmware/acpi/tables/DMAR", "DMAR" },
	{ "sys/devices/virtual/iommu/dmar0/intel-iommu/ecap", "f0105e\n" },
	{ "sys/module/vfio/initstate", "live\n" },
	{ "sys/module/vfio/parameters/enable_unsafe_noiommu_mode", "N\n" },
	{ "sys/module/vfio_iommu_type1/initstate", "live\n" },
	{ "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "N\n" },
	{ "sys/module/vfio_pci/initstate", "live\n" },
	{ "dev/vfio/vfio", "" },
	{ "dev/kvm", "" },
	{ "etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n" },
	{ "etc/modules-load.d/vfio.conf", "# for guests\nvfio\nvfio_iommu_type1\nvfio_pci\n" },
	{ MODULES "modules.dep",
	  "kernel/drivers/vfio/vfio.ko:\n"
	  "kernel/drivers/vfio/vfio_iommu_type1.ko: kernel/drivers/vfio/vfio.ko\n"
	  "kernel/drivers/vfio/pci/vfio-pci-core.ko: kernel/drivers/vfio/vfio.ko\n"
	  "kernel/drivers/vfio/pci/vfio-pci.ko: kernel/drivers/vfio/pci/vfio-pci-core.ko\n" },
	{ MODULES "modules.alias",
	  "# Aliases extracted from modules themselves.\n"
	  "alias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci\n" },
	{ MODULES "modules.builtin", "kernel/fs/ext4/ext4.ko\n" },
};

void fake_good_host(struct fake_host *host)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++)
		fake_file(host, files[i].path, files[i].text);
	fake_dir(host, "sys/kernel/iommu_groups/0/devices");
	fake_file(host, "sys/kernel/iommu_groups/0/type", "DMA-FQ\n");
	fake_dir(host, "sys/class/iommu");
	fake_link(host, "sys/class/iommu/dmar0", "../../devices/virtual/iommu/dmar0");
	fake_dir(host, "sys/bus/pci/devices");
	fake_dir(host, "sys/bus/pci/drivers/vfio-pci");
	fake_dir(host, "sys/class/net");
	fake_dir(host, "sys/block");
}
