/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_setup.c - how the host is set up for passthrough: what its files and the kernel say.
 *
 * Only what the kernel said of its IOMMU comes from its log.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf_dirs.h"
#include "base/lines.h"
#include "base/text.h"
#include "facts/modules/modules.h"
#include "facts/pci/pci.h"
#include "facts/setup/host_setup.h"

#define KMSG "dev/kmsg"
#define MAX_RECORDS 100000	/* 16 MiB of them, many times the kernel's usual buffer */
#define MAX_KEPT 16
#define MAX_SHOWN 160
#define MODULES "lib/modules"
#define MAX_FOUND 64
#define GROUPS "sys/kernel/iommu_groups"
#define UNITS "systemd/system"
#define ENABLED "etc/" UNITS "/sockets.target.wants"
#define MAX_LINES 1024
#define MAX_SETTING 200

/* Lines that answer a question (Linux drivers/iommu), by how they begin and what they hold. */
static const struct {
	const char *start, *part;
} known[] = {
	{ "DMAR: ", "IOMMU enabled" },
	{ "DMAR: ", "IOMMU disabled" },
	{ "DMAR: ", "Firmware Bug" },
	{ "DMAR-IR: ", "IRQ remapping" },
	{ "DMAR-IR: ", "x2apic" },
	{ "DMAR-IR: ", "nterrupt remapping" },
	{ "AMD-Vi: ", "nterrupt remapping" },
	{ "AMD-Vi: ", "disabled" },
	{ "AMD-Vi: ", "Unable" },
	{ "iommu: ", "Default domain type" },
	{ "arm-smmu", "probing hardware" },
	{ "arm-smmu", "failed" },
	{ "[Firmware Bug]: AMD-Vi", "" },
	{ "[Firmware Bug]: DMAR", "" },
	{ "[Firmware Warn]: DMAR", "" },
};

struct log {
	struct hd_arena *arena;
	const char **lines;
	size_t n, records;
};

static bool is_known(const char *text)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(known); i++)
		if (hd_text_starts_with(text, known[i].start) && strstr(text, known[i].part))
			return true;
	return false;
}

/* "6,339,5140900,-;DMAR: IOMMU enabled"; its further lines begin with a blank. */
static bool each_line(void *data, const char *line)
{
	struct log *log = data;
	const char *text = strchr(line, ';');

	if (*line != ' ' && text && is_known(text + 1))
		hd_push(log->arena, &log->lines, &log->n, hd_text_printable(log->arena, text + 1, MAX_SHOWN));
	return log->n < MAX_KEPT && ++log->records < MAX_RECORDS;
}

/*
 * kernel_lines, from dev/kmsg (Linux Documentation/ABI/testing/dev-kmsg): never
 * waits, and reads no more than the kernel's buffer holds.
 */
static void read_log(struct hd_setup *setup, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	struct log log = { .arena = arena };

	/* It ends with EAGAIN, when all is read; what was read before an error counts. */
	if (hd_lines_scan(root, each_line, &log, KMSG) < 0 && !log.n)
		return;
	setup->kernel_lines = log.lines;
	setup->n_kernel_lines = log.n;
}

/* A folder without this list is what a removed kernel left behind, or holds foreign modules. */
static bool has_modules(const struct hd_sysroot *root, const char *release)
{
	return hd_sysroot_has(root, MODULES "/%s/modules.dep", release);
}

/* has_module_tree, other_release, is_other_newer. */
static void read_kernels(struct hd_setup *setup, const struct hd_sysroot *root,
			       struct hd_arena *arena)
{
	const char *running = hd_release_read(root, arena), *newest = NULL;
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, MODULES);

	setup->has_module_tree = running && hd_sysroot_has(root, MODULES "/%s", running);
	for (ssize_t i = 0; running && i < n; i++)
		if (strcmp(names[i], running) && has_modules(root, names[i]) &&
		    (!newest || strverscmp(names[i], newest) > 0))
			newest = names[i];
	if (!newest)
		return;
	setup->other_release = hd_text_printable(arena, newest, 128);
	setup->is_other_newer = strverscmp(newest, running) > 0;
}

struct ids {
	const char *words;	/* "10de:1b80,10de:10f0" */
	const char *path;
};

static bool is_named(const struct ids *ids, unsigned vendor, unsigned device)
{
	for (const char *item = ids->words; item; item = strchr(item, ',')) {
		char *end;
		unsigned long first, second;

		item += *item == ',';
		first = strtoul(item, &end, 16);
		if (*end != ':')
			continue;
		second = strtoul(end + 1, NULL, 16);
		if (first == vendor && (second == device || second == 0xffffffff))
			return true;
	}
	return false;
}

static bool find_ids(struct ids *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	ret->words = hd_module_option(root, arena, "vfio_pci", "ids", &ret->path);
	return ret->words && *ret->words;
}

static void look_at(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct ids *ids, const struct hd_pci_addr *addr)
{
	char name[HD_PCI_ADDR_SIZE];
	uint64_t vendor, device;
	struct hd_id_bound *found;

	hd_pci_addr_format(addr, name);
	if (setup->n_ids >= MAX_FOUND ||
	    hd_sysroot_u64(root, &vendor, HD_SYS_PCI "/%s/vendor", name) < 0 ||
	    hd_sysroot_u64(root, &device, HD_SYS_PCI "/%s/device", name) < 0 ||
	    !is_named(ids, (unsigned)vendor, (unsigned)device))
		return;
	found = hd_append(arena, &setup->ids, &setup->n_ids, sizeof(*found));
	found->name = hd_strdup(arena, name);
	found->ids = hd_printf(arena, "%04x:%04x", (unsigned)vendor, (unsigned)device);
	found->path = ids->path;
	if (hd_pci_driver_read(root, arena, name, &found->driver) < 0)
		found->driver = NULL;
}

/*
 * ids: "vfio-pci.ids=10de:1b80" on the command line, or "options vfio-pci ids=..." in
 * modprobe.d (Linux drivers/vfio/pci/vfio_pci.c).  Such a driver takes what is
 * free when it is loaded: one that came first keeps the function.
 */
static void read_ids(struct hd_setup *setup, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	struct hd_pci_addr *addrs;
	struct hd_error err = { 0 };
	struct ids ids;
	size_t n;

	if (!find_ids(&ids, root, arena) ||
	    hd_pci_addresses(root, arena, &addrs, &n, &err) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		look_at(setup, root, arena, &ids, &addrs[i]);
}

/* The first group speaks for the default: others may differ, an untrusted port's for one. */
static void read_group_type(struct hd_setup *setup, const struct hd_sysroot *root,
			    struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, GROUPS);

	if (n <= 0 || hd_sysroot_text(root, arena, &setup->group_type, GROUPS "/%s/type",
				      names[0]) < 0)
		return;
	setup->group_type_path = hd_printf(arena, GROUPS "/%s/type", names[0]);
}

static void read_boot(struct hd_setup *setup, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	struct hd_boot_config config;

	hd_boot_config_read(&config, root, arena);
	setup->boot = config.sources;
	setup->n_boot = config.n_sources;
	setup->boot_unread = config.unread;
	setup->boot_unclear = config.unclear;
}

/*
 * The settings of the unit that runs libvirt's QEMU driver.
 *
 * A unit's file and its drop-ins, as systemd.unit(5) puts them together; what a
 * generator or `systemctl set-property --runtime` made is seen too, since it is
 * a drop-in below run/.
 */

static const char *const parents[] = { "etc", "run", "usr/local/lib", "usr/lib", "lib" };

/* Where the unit's file is, or NULL. */
static const char *file_of(const struct hd_sysroot *root, struct hd_arena *arena,
			   const char *unit)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(parents); i++)
		if (hd_sysroot_has(root, "%s/" UNITS "/%s", parents[i], unit))
			return hd_printf(arena, "%s/" UNITS "/%s", parents[i], unit);
	return NULL;
}

static const char *const daemons[] = { "virtqemud", "libvirtd" };

/* Sockets of both daemons: whichever is used first has the guests. */
static const char *find_other(const struct hd_setup *setup, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(daemons); i++)
		if (!hd_text_starts_with(setup->unit, daemons[i]) &&
		    hd_sysroot_has(root, ENABLED "/%s.socket", daemons[i]))
			return hd_printf(arena, "%s.service", daemons[i]);
	return NULL;
}

/* The one that runs, else the one whose socket is enabled, else the one that is installed. */
static const char *find_unit(const struct hd_setup *setup, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	if (setup->daemon.pid)
		return hd_printf(arena, "%s.service", setup->daemon.name);
	for (size_t i = 0; i < HD_ARRAY_SIZE(daemons); i++)
		if (hd_sysroot_has(root, ENABLED "/%s.socket", daemons[i]))
			return hd_printf(arena, "%s.service", daemons[i]);
	for (size_t i = HD_ARRAY_SIZE(daemons); i-- > 0;) {
		const char *unit = hd_printf(arena, "%s.service", daemons[i]);

		if (file_of(root, arena, unit))
			return unit;
	}
	return NULL;
}

static void take_setting(struct hd_setup *setup, struct hd_arena *arena, const char *path,
			 const char *line)
{
	const char *equals = strchr(line, '=');
	struct hd_unit_line *added;
	size_t length;

	if (!equals || setup->n_unit_lines >= MAX_LINES)
		return;
	for (length = (size_t)(equals - line); length && strchr(" \t", line[length - 1]);)
		length--;
	equals += 1 + strspn(equals + 1, " \t");
	added = hd_append(arena, &setup->unit_lines, &setup->n_unit_lines, sizeof(*added));
	*added = (struct hd_unit_line){ path, hd_strndup(arena, line, length),
					hd_text_printable(arena, equals, MAX_SETTING) };
}

static void look_in(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path)
{
	const char *text, *line;
	bool is_service = false;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t");
		if (*line == '[')
			is_service = hd_text_starts_with(line, "[Service]");
		else if (is_service && *line && *line != '#' && *line != ';')
			take_setting(setup, arena, path, line);
	}
}

static void look_in_drop_ins(struct hd_setup *setup, const struct hd_sysroot *root,
			     struct hd_arena *arena, const char *unit)
{
	const char *const *paths = NULL;
	size_t n = 0;

	hd_conf_files(root, arena, hd_printf(arena, UNITS "/%s.d", unit), &paths, &n);
	for (size_t i = 0; i < n; i++)
		look_in(setup, root, arena, paths[i]);
}

static void read_unit(struct hd_setup *setup, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	const char *path;

	setup->unit = find_unit(setup, root, arena);
	setup->has_libvirt = setup->unit || hd_sysroot_has(root, "etc/libvirt");
	if (!setup->unit)
		return;
	setup->other_unit = find_other(setup, root, arena);
	path = file_of(root, arena, setup->unit);
	if (path)
		look_in(setup, root, arena, path);
	look_in_drop_ins(setup, root, arena, "service");
	look_in_drop_ins(setup, root, arena, setup->unit);
}

void hd_setup_read(struct hd_setup *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	*ret = (struct hd_setup){ 0 };
	read_boot(ret, root, arena);
	read_log(ret, root, arena);
	read_kernels(ret, root, arena);
	read_group_type(ret, root, arena);
	read_ids(ret, root, arena);
	hd_memory_read(&ret->memory, root, arena);
	hd_daemon_read(&ret->daemon, root, arena);
	hd_daemon_read_start(&ret->daemon, root, arena);
	read_unit(ret, root, arena);
	hd_setup_hooks_read(ret, root, arena);
	hd_setup_replug_read(ret, root, arena);
}
