/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_host.c - makes a host of N PCI functions with 8 GPUs and 4 NVMe controllers.
 *
 * usage: bench_host FOLDER N [all]; prints the path of the host made below FOLDER.
 * The twelve are as real as a fake host's can be; the rest is there to be passed by,
 * with "all" to be read as well.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define GPUS 8
#define DISKS 4

static void add(struct fake_host *host, const struct fake_pci *fn)
{
	fake_pci_add(host, fn);
	fake_file(host, hd_printf(&host->arena, "fake/natural/%s", fn->addr), fn->driver);
	fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn->group), "");
	fake_file(host, hd_printf(&host->arena, "sys/bus/pci/drivers/%s/unbind", fn->driver), "");
}

/* Buses 1 to 8: a GPU and its audio in one group; 9 to 12: NVMe. */
static void add_wanted(struct fake_host *host)
{
	for (int i = 1; i <= GPUS; i++) {
		add(host, &(struct fake_pci){ .addr = hd_printf(&host->arena, "0000:%02x:00.0", i),
			.class = 0x030200, .group = i, .driver = "nouveau" });
		add(host, &(struct fake_pci){ .addr = hd_printf(&host->arena, "0000:%02x:00.1", i),
			.class = 0x040300, .group = i, .driver = "snd_hda_intel" });
	}
	for (int i = GPUS + 1; i <= GPUS + DISKS; i++)
		add(host, &(struct fake_pci){ .addr = hd_printf(&host->arena, "0000:%02x:00.0", i),
			.group = i, .driver = "nvme" });
}

static void must(int rc, const char *what)
{
	if (rc >= 0)
		return;
	perror(what);
	exit(1);
}

/* A function in a PCI domain of its own row, with a group of its own. */
static void add_filler(struct fake_host *host, unsigned i)
{
	char name[32], path[256], target[256];
	int root = host->root.fd;

	(void)snprintf(name, sizeof(name), "%04x:%02x:%02x.%x", 1 + (i >> 16), i >> 8 & 0xff,
		       i >> 3 & 0x1f, i & 7);
	(void)snprintf(path, sizeof(path), "sys/devices/filler/%s", name);
	must(mkdirat(root, path, 0755), path);
	(void)snprintf(target, sizeof(target), "../../../devices/filler/%s", name);
	(void)snprintf(path, sizeof(path), "sys/bus/pci/devices/%s", name);
	must(symlinkat(target, root, path), path);
	(void)snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%u", 1000 + i);
	must(mkdirat(root, path, 0755), path);
	(void)snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%u/devices", 1000 + i);
	must(mkdirat(root, path, 0755), path);
	(void)snprintf(target, sizeof(target), "../../../../devices/filler/%s", name);
	(void)snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%u/devices/%s", 1000 + i, name);
	must(symlinkat(target, root, path), path);
	(void)snprintf(target, sizeof(target), "../../../kernel/iommu_groups/%u", 1000 + i);
	(void)snprintf(path, sizeof(path), "sys/devices/filler/%s/iommu_group", name);
	must(symlinkat(target, root, path), path);
}

/* One of many virtual functions and other cards, with all files that a kernel has. */
static void add_real(struct fake_host *host, unsigned i)
{
	static const struct fake_pci kinds[] = {
		{ .vendor = 0x8086, .device = 0x154c, .class = 0x020000, .driver = "iavf" },
		{ .vendor = 0x15b3, .device = 0x101e, .class = 0x020000, .driver = "mlx5_core" },
		{ .vendor = 0x8086, .device = 0x37c9, .class = 0x0b4000, .driver = "vfio-pci" },
		{ .vendor = 0x144d, .device = 0xa824, .class = 0x010802, .driver = "nvme" },
		{ .vendor = 0x10de, .device = 0x20b5, .class = 0x030200 },
	};
	struct fake_pci fn = kinds[i % HD_ARRAY_SIZE(kinds)];

	/* What is in a function's directory and no test needs. */
	static const char *const more[][2] = {
		{ "revision", "0x01\n" }, { "irq", "0\n" }, { "enable", "1\n" },
		{ "ari_enabled", "0\n" }, { "broken_parity_status", "0\n" },
		{ "consistent_dma_mask_bits", "64\n" }, { "dma_mask_bits", "64\n" },
		{ "local_cpulist", "0-63\n" }, { "msi_bus", "1\n" },
		{ "current_link_speed", "8.0 GT/s PCIe\n" }, { "current_link_width", "8\n" },
		{ "max_link_speed", "8.0 GT/s PCIe\n" }, { "max_link_width", "8\n" },
	};

	fn.group = 1000 + (int)i;
	fn.addr = hd_printf(&host->arena, "%04x:%02x:%02x.%x", 1 + (i >> 12),
			    1 + (i >> 8 & 0xf), i >> 3 & 0x1f, i & 7);
	fake_pci_add(host, &fn);
	for (size_t k = 0; k < HD_ARRAY_SIZE(more); k++)
		fake_file(host, hd_printf(&host->arena, "%s/%s", fake_pci_path(host, fn.addr),
					  more[k][0]), more[k][1]);
}

int main(int argc, char **argv)
{
	struct fake_host host = { 0 };
	struct hd_error err;
	unsigned n = argc >= 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	unsigned wanted = 2 * (2 * GPUS + DISKS);	/* with their root ports */

	if (n < wanted)
		return 2;
	host.path = hd_printf(&host.arena, "%s/hostdevctl-bench-XXXXXX", argv[1]);
	if (!mkdtemp(host.path) || hd_sysroot_open(&host.root, host.path, &err) < 0)
		return 1;
	fake_good_host(&host);
	fake_file(&host, "sys/bus/pci/drivers_probe", "");
	fake_file(&host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	fake_dir(&host, "run");
	fake_dir(&host, "sys/devices/filler");
	add_wanted(&host);
	for (unsigned i = 0; i < n - wanted; i++)
		(argc == 3 ? add_filler : add_real)(&host, i);
	printf("%s\n", host.path);
	return 0;
}
