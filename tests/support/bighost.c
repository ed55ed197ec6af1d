/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bighost.c - a host of many functions with 8 GPUs and 4 NVMe controllers, which a guest asks for. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/bighost.h"
#include "tests/support/unit.h"

#define GPUS 8
#define DISKS 4

static void add_wanted(struct fake_host *host, const struct fake_pci *fn)
{
	fake_pci_add(host, fn);
	fake_file(host, hd_printf(&host->arena, "fake/natural/%s", fn->addr), fn->driver);
	fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn->group), "");
	fake_file(host, hd_printf(&host->arena, "sys/bus/pci/drivers/%s/unbind", fn->driver), "");
}

/* Buses 1 to 8: a GPU and its audio in one group; 9 to 12: NVMe. */
void big_host_make(struct fake_host *host)
{
	fake_good_host(host);
	fake_file(host, "sys/bus/pci/drivers_probe", "");
	fake_file(host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	fake_dir(host, "run");
	for (int i = 1; i <= GPUS; i++) {
		add_wanted(host, &(struct fake_pci){ .addr = hd_printf(&host->arena,
			"0000:%02x:00.0", i), .class = 0x030200, .group = i, .driver = "nouveau" });
		add_wanted(host, &(struct fake_pci){ .addr = hd_printf(&host->arena,
			"0000:%02x:00.1", i), .class = 0x040300, .group = i,
			.driver = "snd_hda_intel" });
	}
	for (int i = GPUS + 1; i <= GPUS + DISKS; i++)
		add_wanted(host, &(struct fake_pci){ .addr = hd_printf(&host->arena,
			"0000:%02x:00.0", i), .group = i, .driver = "nvme" });
}

static void must(int rc, const char *path)
{
	if (rc < 0)
		fail_msg("cannot create %s: %s", path, strerror(errno));
}

static void add_filler(int root, unsigned i)
{
	char name[32], path[128], target[128];

	(void)snprintf(name, sizeof(name), "%04x:%02x:%02x.%x", 1 + (i >> 16), i >> 8 & 0xff,
		       i >> 3 & 0x1f, i & 7);
	(void)snprintf(target, sizeof(target), "../../../devices/filler/%s", name);
	(void)snprintf(path, sizeof(path), "sys/bus/pci/devices/%s", name);
	must(symlinkat(target, root, path), path);
	(void)snprintf(path, sizeof(path), "sys/kernel/iommu_groups/%u", 1000 + i);
	must(mkdirat(root, path, 0755), path);
	if (i % 2)
		return;
	(void)snprintf(target, sizeof(target), "../../../../devices/filler/%s", name);
	(void)snprintf(path, sizeof(path), "sys/bus/pci/drivers/vfio-pci/%s", name);
	must(symlinkat(target, root, path), path);
}

void big_host_add(struct fake_host *host, unsigned first, unsigned end)
{
	for (unsigned i = first; i < end; i++)
		add_filler(host->root.fd, i);
}
