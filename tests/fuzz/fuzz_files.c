/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_files.c - does any text of one file of a host crash its reader, or reach a report
 * as something that nobody may print?
 *
 * The first line names the file, the rest is its text.  All else is a workstation, or what
 * the inputs before left.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "facts/boot/boot_config.h"
#include "facts/facts.h"
#include "facts/network/network_tables.h"
#include "inventory/inventory.h"
#include "report/report.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

const char *const fuzz_host_name = "workstation";

#define NVME "sys/devices/pci0000:00/0000:00:1b.0/0000:02:00.0"
#define NIC "sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0"
#define GPU "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0"
#define USB "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"

enum {
	HOST = 1,	/* host, IOMMU, memory */
	SETUP = 2,
	DEVICES = 4,	/* the functions and who uses them */
	LIST = 8,
	ROUTES = 16,
};

static const struct {
	const char *path;
	unsigned read;
} files[] = {
	{ "proc/cmdline", HOST | SETUP },
	{ "proc/cpuinfo", HOST },
	{ "proc/meminfo", HOST },
	{ "proc/interrupts", HOST },
	{ "proc/sys/kernel/osrelease", HOST },
	{ "etc/os-release", HOST },
	{ "etc/modprobe.d/vfio.conf", HOST | SETUP },
	{ "etc/modules-load.d/vfio.conf", HOST | SETUP },
	{ "lib/modules/6.1.0-18-amd64/modules.alias", DEVICES },
	{ "lib/modules/6.1.0-18-amd64/modules.builtin", HOST },
	{ "lib/modules/6.1.0-18-amd64/modules.dep", HOST },
	{ "sys/firmware/acpi/tables/DMAR", HOST },
	{ "sys/class/iommu/dmar0/intel-iommu/ecap", HOST },
	{ "sys/kernel/iommu_groups/10/reserved_regions", DEVICES },
	{ "sys/devices/system/node/node0/meminfo", HOST },
	{ "sys/devices/system/node/node0/cpulist", HOST },
	{ "etc/default/grub", SETUP },
	{ "etc/default/grub.d/50.cfg", SETUP },
	{ "etc/kernel/cmdline", SETUP },
	{ "boot/grub/grub.cfg", SETUP },
	{ "boot/grub2/grubenv", SETUP },
	{ "boot/loader/entries/a.conf", SETUP },
	{ "etc/sysctl.d/50-vm.conf", SETUP },
	{ "etc/libvirt/hooks/qemu", SETUP },
	{ "etc/libvirt/qemu.conf", SETUP },
	{ "etc/systemd/system/libvirtd.service.d/x.conf", SETUP },
	{ "etc/libvirt/qemu/networks/pool.xml", DEVICES },
	{ "run/libvirt/network/pool.xml", DEVICES },
	{ "proc/self/mountinfo", DEVICES },
	{ "proc/1/mountinfo", DEVICES },
	{ "proc/swaps", DEVICES },
	{ "proc/iomem", DEVICES },
	{ "proc/consoles", DEVICES },
	{ "etc/fstab", DEVICES },
	{ "etc/crypttab", DEVICES },
	{ "sys/power/resume", DEVICES },
	{ "etc/passwd", DEVICES },
	{ "proc/1/status", DEVICES },
	{ "proc/1/stat", DEVICES },
	{ "proc/1/maps", DEVICES },
	{ "proc/1/cgroup", DEVICES },
	{ "run/systemd/sessions/1", DEVICES },
	{ "run/udev/data/b259:0", DEVICES },
	{ "run/udev/data/c226:0", DEVICES },
	{ "etc/mdevctl.d/0000:00:02.0/c2177883-f1bb-47f0-914d-32a22e3a8804", DEVICES },
	{ "proc/driver/nvidia/gpus/0000:01:00.0/information", DEVICES },
	{ NVME "/config", DEVICES },
	{ NVME "/resource", DEVICES | LIST },
	{ NVME "/class", DEVICES | LIST },
	{ NVME "/vendor", DEVICES | LIST },
	{ NVME "/modalias", DEVICES },
	{ NVME "/reset_method", DEVICES | LIST },
	{ NVME "/nvme/nvme0/serial", DEVICES },
	{ NVME "/nvme/nvme0/nvme0n1/dev", DEVICES },
	{ GPU "/config", DEVICES },
	{ GPU "/rom", DEVICES },
	{ GPU "/boot_vga", DEVICES },
	{ NIC "/net/enp3s0/uevent", DEVICES },
	{ NIC "/net/enp3s0/operstate", DEVICES },
	{ NIC "/sriov_numvfs", DEVICES | LIST },
	{ NIC "/current_link_speed", LIST },
	{ NIC "/numa_node", DEVICES | LIST },
	{ USB "/product", DEVICES | LIST },
	{ USB "/serial", DEVICES | LIST },
	{ USB "/busnum", DEVICES | LIST },
	{ "usr/share/vgabios/gpu.rom", DEVICES },
	{ "proc/net/route", ROUTES },
	{ "proc/net/ipv6_route", ROUTES },
	{ "proc/net/fib_trie", ROUTES },
	{ "proc/net/if_inet6", ROUTES },
	{ "proc/net/tcp", ROUTES },
	{ "proc/net/tcp6", ROUTES },
	{ "etc/ssh/sshd_config", ROUTES },
};

static void report_holds(struct hd_arena *arena, const struct hd_facts *facts)
{
	struct hd_hostdev hostdevs[HD_ARRAY_SIZE(files)] = { 0 };
	struct hd_request request = { .name = "g", .type = "kvm", .hostdevs = hostdevs };
	struct hd_findings findings = { 0 };
	struct hd_report report = { .findings = &findings, .show_passed = true };
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	for (size_t i = 0; i < facts->n_fns && i < HD_ARRAY_SIZE(hostdevs); i++)
		if (facts->fns[i].is_requested)
			hostdevs[request.n_hostdevs++] = (struct hd_hostdev){
				.kind = HD_DEVICE_PCI, .has_addr = true, .addr = facts->fns[i].fn.addr };
	must(out != NULL);
	hd_check_run(&findings, arena, &request, facts);
	hd_report_text(out, &report, false);
	must(hd_report_json(out, &report) == 0);
	must(fclose(out) == 0 && fuzz_is_shown(text));
	free(text);
}

static void read_devices(const struct fake_host *host, struct hd_arena *arena)
{
	static const struct hd_pci_addr addrs[] = {
		{ 0, 1, 0, 0 }, { 0, 2, 0, 0 }, { 0, 3, 0, 0 },
	};
	static const char *const roms[] = { "/usr/share/vgabios/gpu.rom" };
	static const char *const networks[] = { "pool" };
	static const struct hd_hostdev mdev = {
		.kind = HD_DEVICE_MDEV, .mdev_uuid = "c2177883-f1bb-47f0-914d-32a22e3a8804",
	}, usb = { .kind = HD_DEVICE_USB, .usb_bus = 1, .usb_device = 2 };
	static const struct hd_hostdev *const named[] = { &mdev, &usb };
	const struct hd_facts_query query = {
		.addrs = addrs, .n_addrs = HD_ARRAY_SIZE(addrs), .guest_uuid = "",
		.want = HD_WANT_ALL, .rom_files = roms, .n_rom_files = 1, .named = named,
		.n_named = HD_ARRAY_SIZE(named), .networks = networks, .n_networks = 1,
		.needs_memory = true, .locks_memory = true, .uses_iommufd = true,
	};
	struct hd_error err = { 0 };
	struct hd_facts facts = { 0 };

	if (hd_facts_collect(&facts, &host->root, arena, &query, &err) == 0)
		report_holds(arena, &facts);
	else
		must(err.text[0] != '\0');
	hd_facts_close(&facts);
}

static void read_host(const struct fake_host *host, struct hd_arena *arena)
{
	struct hd_error err = { 0 };
	struct hd_memory memory;
	struct hd_iommu iommu;
	struct hd_host facts;

	(void)!hd_host_read(&facts, &host->root, arena, &err);
	(void)!hd_iommu_read(&iommu, &host->root, arena, &err);
	hd_memory_read(&memory, &host->root, arena);
}

static void read_setup(const struct fake_host *host, struct hd_arena *arena)
{
	struct hd_error err = { 0 };
	struct hd_boot_config config;
	struct hd_setup setup;
	struct hd_host facts;

	hd_setup_read(&setup, &host->root, arena);
	if (hd_host_read(&facts, &host->root, arena, &err) == 0)
		(void)!hd_boot_config_read_all(&config, &host->root, arena, &facts, &err);
}

static void read_list(const struct fake_host *host, struct hd_arena *arena)
{
	struct hd_error err = { 0 };
	struct hd_inventory inventory = { 0 };

	if (hd_inventory_read(&inventory, &host->root, arena, HD_KINDS_ALL, HD_INVENTORY_ALL, &err) < 0)
		return;
	for (size_t i = 0; i < inventory.n; i++) {
		const struct hd_item *item = &inventory.items[i];

		must(fuzz_is_shown(item->driver) && fuzz_is_shown(item->model));
		must(fuzz_is_shown(item->serial) && fuzz_is_shown(item->address));
	}
}

static void read_routes(const struct fake_host *host, struct hd_arena *arena)
{
	struct hd_net_tables tables = { 0 };
	struct hd_error err = { 0 };

	(void)!hd_net_routes_of_files(&tables, &host->root, arena, &err);
	(void)!hd_net_addresses_of_files(&tables, &host->root, arena, &err);
	(void)!hd_net_connections_read(&tables, &host->root, arena, &err);
	for (size_t i = 0; i < tables.n_routes; i++)
		(void)hd_route_text(arena, &tables.routes[i], "eth0");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct {
		unsigned read;
		void (*function)(const struct fake_host *host, struct hd_arena *arena);
	} readers[] = {
		{ HOST, read_host }, { SETUP, read_setup }, { DEVICES, read_devices },
		{ LIST, read_list }, { ROUTES, read_routes },
	};
	const uint8_t *end = memchr(data, '\n', size);
	struct fake_host *host = fuzz_host();
	struct hd_arena arena = { 0 };
	size_t i = 0, length = end ? (size_t)(end - data) : 0;

	while (i < HD_ARRAY_SIZE(files) && (strlen(files[i].path) != length ||
					    memcmp(files[i].path, data, length) != 0))
		i++;
	if (i == HD_ARRAY_SIZE(files))
		return 0;
	fuzz_host_put(files[i].path, end + 1, size - length - 1);
	for (size_t k = 0; k < HD_ARRAY_SIZE(readers); k++)
		if (files[i].read & readers[k].read)
			readers[k].function(host, &arena);
	hd_arena_done(&arena);
	return 0;
}
