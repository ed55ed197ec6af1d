/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_host.c - makes a host of N PCI functions with 8 GPUs and 4 NVMe controllers.
 *
 * usage: bench_host FOLDER N [all]; prints the path of the host made below FOLDER.
 * The twelve are as real as a fake host's can be; the rest is there to be passed by,
 * with "all" to be read as well.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/bighost.h"
#include "tests/support/unit.h"

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
	unsigned n = argc >= 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;

	if (n < BIG_HOST_LEAST)
		return 2;
	fake_host_make_in(&host, argv[1]);
	big_host_make(&host);
	if (argc == 3)
		big_host_add(&host, 0, n - BIG_HOST_LEAST);
	for (unsigned i = 0; argc > 3 && i < n - BIG_HOST_LEAST; i++)
		add_real(&host, i);
	printf("%s\n", host.path);
	return 0;
}
