/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_pci.c - all PCI functions: one descriptor for each, and only the files wanted.
 *
 * The ids come from "modalias", which has all of them in one file (Linux
 * drivers/pci/pci-sysfs.c modalias_show); their own files are asked only where
 * that does not answer.  "config" is never read: it would wake a sleeping device.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "inventory/inventory_internal.h"

#define MAX_LINE 256

struct function {
	struct hd_inventory_reading *r;
	struct hd_item *item;
	int fd;
};

/* "pci:v00008086d00001901sv00001028sd000006DEbc06sc04i00": where each number is. */
static const struct alias_part {
	const char *sign;
	size_t digits;
} alias_parts[] = {
	{ "pci:v", 8 }, { "d", 8 }, { "sv", 8 }, { "sd", 8 }, { "bc", 2 }, { "sc", 2 }, { "i", 2 },
};

/* strtoul(3) costs more than to read the file. */
bool hd_hex_digits(const char *at, size_t digits, unsigned *ret)
{
	unsigned value = 0;

	for (size_t i = 0; i < digits; i++) {
		if (!isxdigit((unsigned char)at[i]))
			return false;
		value = value << 4 | (unsigned)(at[i] <= '9' ? at[i] - '0' : (at[i] | 0x20) - 'a' + 10);
	}
	*ret = value;
	return true;
}

static bool parse_alias(const char *at, unsigned numbers[static HD_ARRAY_SIZE(alias_parts)])
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(alias_parts); i++) {
		const struct alias_part *part = &alias_parts[i];

		if (!hd_text_starts_with(at, part->sign))
			return false;
		at += strlen(part->sign);
		if (!hd_hex_digits(at, part->digits, &numbers[i]))
			return false;
		at += part->digits;
	}
	return true;
}

static bool read_alias(const struct function *f)
{
	unsigned n[HD_ARRAY_SIZE(alias_parts)];
	struct hd_item *item = f->item;
	char line[MAX_LINE];

	if (hd_sysroot_line_at(f->fd, "modalias", line, sizeof(line)) <= 0 ||
	    !parse_alias(line, n))
		return false;
	item->vendor = n[0] & 0xffff;
	item->device = n[1] & 0xffff;
	item->subsystem_vendor = n[2] & 0xffff;
	item->subsystem_device = n[3] & 0xffff;
	item->class = n[4] << 16 | n[5] << 8 | n[6];
	return true;
}

static unsigned small_number(const struct function *f, const char *file, unsigned max)
{
	uint64_t value;

	return hd_sysroot_u64_at(f->fd, file, &value) == 0 && value <= max ? (unsigned)value : 0;
}

static void read_ids(const struct function *f)
{
	struct hd_item *item = f->item;

	if (read_alias(f))
		return;
	item->vendor = small_number(f, "vendor", 0xffff);
	item->device = small_number(f, "device", 0xffff);
	item->subsystem_vendor = small_number(f, "subsystem_vendor", 0xffff);
	item->subsystem_device = small_number(f, "subsystem_device", 0xffff);
	item->class = small_number(f, "class", 0xffffff);
}

static void read_driver(const struct function *f)
{
	char buf[PATH_MAX];
	const char *name = hd_sysroot_link_base_at(f->fd, "driver", buf);

	if (!name)
		return;
	f->item->driver = hd_text_printable(f->r->arena, name, HD_MAX_SHOWN);
	f->item->driver_kind = hd_driver_kind_of(name);
}

static void read_group(const struct function *f)
{
	f->item->group = hd_inventory_group(f->fd);
}

static void read_numa(const struct function *f)
{
	uint64_t value;

	if (hd_sysroot_u64_at(f->fd, "numa_node", &value) == 0 && value <= INT_MAX)
		f->item->numa_node = (int)value;	/* "-1" is not a number */
}

/*
 * The file is there if there is a way (pci_dev_reset_method_attr_is_visible).
 * Kernels before 5.15 have a file "reset" instead.
 */
static void read_reset(const struct function *f)
{
	char line[MAX_LINE];
	ssize_t n = hd_sysroot_line_at(f->fd, "reset_method", line, sizeof(line));
	struct stat st;

	if (n > 0)
		f->item->reset = hd_text_printable(f->r->arena, line, HD_MAX_SHOWN);
	else if (n == -ENOENT && fstatat(f->fd, "reset", &st, AT_SYMLINK_NOFOLLOW) == 0)
		f->item->reset = "yes";
}

/*
 * By their links, which are numbered from 0 (Linux drivers/pci/iov.c, pci_iov_sysfs_link): a read
 * of sriov_numvfs waits for a driver that is stuck while it makes them (sriov_numvfs_show).
 */
static int count_vfs(const struct function *f, int max)
{
	char name[32], buf[PATH_MAX];
	int n = 0;

	for (; n < max; n++) {
		(void)snprintf(name, sizeof(name), "virtfn%d", n);
		if (!hd_sysroot_link_at(f->fd, name, buf))
			break;
	}
	return n;
}

static void read_vfs(const struct function *f)
{
	struct hd_item *item = f->item;
	char buf[PATH_MAX];
	const char *name = hd_sysroot_link_base_at(f->fd, "physfn", buf);
	uint64_t max;

	if (name) {
		item->is_vf = hd_pci_addr_parse(name, &item->physfn_addr);
		return;
	}
	if (hd_sysroot_u64_at(f->fd, "sriov_totalvfs", &max) < 0 || max > INT_MAX)
		return;
	item->max_vfs = (int)max;
	item->n_vfs = count_vfs(f, item->max_vfs);
}

/* "8.0 GT/s PCIe" without what everybody knows; NULL for "Unknown". */
static const char *speed_of(const struct function *f, const char *file)
{
	char line[MAX_LINE];
	ssize_t n = hd_sysroot_line_at(f->fd, file, line, sizeof(line));

	if (n <= 0 || !strstr(line, "GT/s"))
		return NULL;
	if (hd_text_ends_with(line, " PCIe"))
		line[n - (ssize_t)strlen(" PCIe")] = '\0';
	return hd_text_printable(f->r->arena, line, HD_MAX_SHOWN);
}

static void read_link(const struct function *f)
{
	struct hd_pci_link *link = &f->item->link;

	link->max_speed = speed_of(f, "max_link_speed");
	if (!link->max_speed)
		return;
	link->max_width = small_number(f, "max_link_width", 32);
	link->speed = speed_of(f, "current_link_speed");
	link->width = small_number(f, "current_link_width", 32);
}

static const struct part {
	unsigned want;
	void (*read)(const struct function *f);
} parts[] = {
	{ HD_INVENTORY_IDS, read_ids },
	{ HD_INVENTORY_DRIVER, read_driver },
	{ HD_INVENTORY_GROUP, read_group },
	{ HD_INVENTORY_NUMA, read_numa },
	{ HD_INVENTORY_RESET, read_reset },
	{ HD_INVENTORY_VFS, read_vfs },
	{ HD_INVENTORY_LINK, read_link },
};

static int read_parts(struct hd_inventory_reading *r, struct hd_item *item)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(r->root, O_PATH | O_DIRECTORY,
						   HD_SYS_PCI "/%s", item->address);
	const struct function f = { r, item, fd };

	if (fd < 0)
		return fd;
	for (size_t i = 0; i < HD_ARRAY_SIZE(parts); i++)
		if (r->want & parts[i].want)
			parts[i].read(&f);
	return 0;
}

static int read_path(struct hd_inventory_reading *r, int dir_fd, struct hd_item *item)
{
	const char *path = hd_inventory_path(r, dir_fd, HD_SYS_PCI, item->address);

	if (path && hd_text_ends_with(path, item->address)) {
		item->path = path;
		return 0;
	}
	if (!hd_sysroot_has(r->root, HD_SYS_PCI "/%s", item->address))
		return -ENOENT;
	return -EINVAL;
}

static void read_function(struct hd_inventory_reading *r, int dir_fd, const char *name)
{
	struct hd_item item = hd_inventory_item(HD_DEVICE_PCI, name, "");
	char formed[HD_PCI_ADDR_SIZE];
	int rc = 0;

	if (!hd_pci_addr_parse(name, &item.pci) ||
	    strcmp(hd_pci_addr_format(&item.pci, formed), name) != 0)
		return;
	item.has_pci = true;
	if (r->want & HD_INVENTORY_PATH)
		rc = read_path(r, dir_fd, &item);
	if (rc == 0 && (r->want & ~(unsigned)HD_INVENTORY_PATH))
		rc = read_parts(r, &item);
	if (rc == -ENOENT)
		return;	/* it was unplugged */
	if (rc < 0)
		hd_inventory_note(r, HD_SYS_PCI "/%s cannot be read: %s", name, strerror(-rc));
	hd_inventory_add(r, &item);
}

int hd_inventory_read_pci(struct hd_inventory_reading *r)
{
	_cleanup_(hd_close) int fd = -1;
	const char *const *names = NULL;
	ssize_t n = hd_inventory_names(r, HD_SYS_PCI, &names, &fd);

	for (ssize_t i = 0; i < n; i++)
		read_function(r, fd, names[i]);
	return n < 0 ? (int)n : 0;
}
