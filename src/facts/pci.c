/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci.c - what the kernel says of one PCI function.
 *
 * What a decision rests on (identity, class, driver, group) must be readable
 * and sane, else the read fails: a host that is not understood is not
 * changed.  What only explains may be missing.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "facts/pci.h"
#include "facts/pci_parts.h"

#define SYS_LINK_START "../../../devices/"
#define SYS_DEVICES "sys/devices/"
/* Registers of the configuration space, Linux include/uapi/linux/pci_regs.h. */
#define REG_HEADER_TYPE 0x0e
#define CONFIG_SIZE 64

struct reader {
	struct hd_pci_fn *fn;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
};

static int bad_file(const struct reader *r, const char *file, int rc)
{
	return hd_fail(r->err, rc, HD_SYS_PCI "/%s/%s: %s", r->fn->name, file,
		       rc == -EINVAL ? "it does not say what the kernel writes there"
				     : strerror(-rc));
}

static bool has_dots(const char *path)
{
	size_t length = strlen(path);

	return strstr(path, "/../") || strstr(path, "/./") ||
	       (length >= 3 && !strcmp(path + length - 3, "/.."));
}

/* The link's text becomes the path; a captured tree may have a plain directory instead. */
static int read_path(const struct reader *r)
{
	const char *link;
	int rc = hd_sysroot_link(r->root, r->arena, &link, HD_SYS_PCI "/%s", r->fn->name);

	if (rc == -EINVAL && hd_sysroot_has(r->root, HD_SYS_PCI "/%s/vendor", r->fn->name)) {
		r->fn->path = hd_printf(r->arena, HD_SYS_PCI "/%s", r->fn->name);
		return 0;
	}
	if (rc < 0)
		return rc;
	if (!hd_text_starts_with(link, SYS_LINK_START) ||
	    has_dots(link + strlen(SYS_LINK_START) - 1) ||
	    !hd_text_ends_with(link, r->fn->name))
		return -EINVAL;
	r->fn->path = hd_printf(r->arena, SYS_DEVICES "%s", link + strlen(SYS_LINK_START));
	return 0;
}

/* The files that every function has, and how wide their numbers are. */
static const struct id_file {
	const char *name;
	unsigned max;
	bool is_required;
	size_t offset;
} id_files[] = {
	{ "vendor", 0xffff, true, offsetof(struct hd_pci_fn, vendor) },
	{ "device", 0xffff, true, offsetof(struct hd_pci_fn, device) },
	{ "class", 0xffffff, true, offsetof(struct hd_pci_fn, class) },
	{ "subsystem_vendor", 0xffff, false, offsetof(struct hd_pci_fn, subsystem_vendor) },
	{ "subsystem_device", 0xffff, false, offsetof(struct hd_pci_fn, subsystem_device) },
};

static int read_ids(const struct reader *r)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(id_files); i++) {
		const struct id_file *file = &id_files[i];
		unsigned *field = (unsigned *)(void *)((char *)r->fn + file->offset);
		uint64_t value;
		int rc = hd_sysroot_u64(r->root, &value, "%s/%s", r->fn->path, file->name);

		if (rc == -ENOENT && !file->is_required)
			continue;
		if (rc == 0 && value > file->max)
			rc = -EINVAL;
		if (rc < 0)
			return bad_file(r, file->name, rc);
		*field = (unsigned)value;
	}
	return 0;
}

/* For a function that does not answer, and for a tree without configuration space. */
static unsigned header_type_by_class(unsigned class)
{
	switch (class >> 8) {
	case 0x0604:
	case 0x0609:
		return 1;
	case 0x0607:
		return 2;
	default:
		return 0;
	}
}

/*
 * What a function that does not answer reads as.  A virtual function that is
 * well has all ones in its ids (PCI Express, "VF Configuration Space"), so the
 * whole header counts.
 */
static bool is_all_ones(const uint8_t *config, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (config[i] != 0xff)
			return false;
	return true;
}

static void read_config(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	uint8_t config[CONFIG_SIZE];
	ssize_t n = hd_sysroot_bytes(r->root, config, sizeof(config), "%s/config", fn->path);

	if (n == -ENOENT)
		fn->is_dead = fn->vendor == 0xffff;
	else
		fn->is_dead = n < 4 || is_all_ones(config, (size_t)n);
	if (fn->is_dead || n <= REG_HEADER_TYPE)
		fn->header_type = header_type_by_class(fn->class);
	else
		fn->header_type = config[REG_HEADER_TYPE] & 0x7f;
}

/* A name that comes from a link and will be part of a path. */
static bool is_plain_name(const char *name)
{
	return *name && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static int read_driver(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	int rc = hd_sysroot_link_base(r->root, r->arena, &fn->driver, "%s/driver", fn->path);

	if (rc == -ENOENT)
		return 0;
	if (rc == 0 && !is_plain_name(fn->driver))
		rc = -EINVAL;
	if (rc < 0)
		return bad_file(r, "driver", rc);
	fn->driver_kind = hd_driver_kind_of(fn->driver);
	if (hd_sysroot_has(r->root, "%s/vfio-dev", fn->path))
		fn->driver_kind = HD_DRIVER_VFIO;
	return 0;
}

static int read_group(const struct reader *r)
{
	const char *name;
	uint64_t id;
	int rc = hd_sysroot_link_base(r->root, r->arena, &name, "%s/iommu_group", r->fn->path);

	if (rc == -ENOENT)
		return 0;
	if (rc == 0 && (!hd_text_u64(name, &id) || id > INT_MAX))
		rc = -EINVAL;
	if (rc < 0)
		return bad_file(r, "iommu_group", rc);
	r->fn->group = (int)id;
	return 0;
}

static int read_physfn(const struct reader *r)
{
	struct hd_pci_addr addr;
	const char *name;
	int rc = hd_sysroot_link_base(r->root, r->arena, &name, "%s/physfn", r->fn->path);

	if (rc == -ENOENT)
		return 0;
	if (rc == 0 && !hd_pci_addr_parse(name, &addr))
		rc = -EINVAL;
	if (rc < 0)
		return bad_file(r, "physfn", rc);
	r->fn->physfn = name;
	return 0;
}

static const char *optional_text(const struct reader *r, const char *file)
{
	const char *text;

	if (hd_sysroot_text(r->root, r->arena, &text, "%s/%s", r->fn->path, file) < 0)
		return NULL;
	return text;
}

/* A small number, or UNKNOWN for a missing file and for text that is none. */
static int optional_int(const struct reader *r, const char *file, int unknown)
{
	int64_t value;

	if (hd_sysroot_i64(r->root, &value, "%s/%s", r->fn->path, file) < 0 || value < -1 ||
	    value > INT_MAX)
		return unknown;
	return (int)value;
}

static void read_optional(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	const char *text = optional_text(r, "driver_override");

	if (text && *text && strcmp(text, "(null)") != 0)
		fn->driver_override = text;
	fn->modalias = optional_text(r, "modalias");
	fn->numa_node = optional_int(r, "numa_node", -1);
	fn->has_reset_method_file = hd_sysroot_has(r->root, "%s/reset_method", fn->path);
	fn->reset_method = optional_text(r, "reset_method");
	fn->d3cold_allowed = optional_int(r, "d3cold_allowed", -1);
	fn->power_state = optional_text(r, "power_state");
	fn->is_boot_vga = optional_int(r, "boot_vga", 0) == 1;
	fn->sriov_numvfs = optional_int(r, "sriov_numvfs", -1);
	fn->sriov_totalvfs = optional_int(r, "sriov_totalvfs", -1);
	text = optional_text(r, "resource");
	fn->bar_bytes = text ? hd_pci_bar_bytes(text) : 0;
	fn->serial = hd_pci_serial_read(fn, r->root, r->arena);
	hd_pci_netdevs_read(fn, r->root, r->arena);
}

static int read_present(const struct reader *r)
{
	int rc = read_ids(r);

	if (rc == 0)
		rc = read_driver(r);
	if (rc == 0)
		rc = read_group(r);
	if (rc == 0)
		rc = read_physfn(r);
	if (rc < 0)
		return rc;
	read_config(r);
	read_optional(r);
	return 0;
}

static void make_absent(struct hd_pci_fn *fn, const struct hd_pci_addr *addr)
{
	memset(fn, 0, sizeof(*fn));
	fn->addr = *addr;
	hd_pci_addr_format(addr, fn->name);
	fn->group = HD_NO_GROUP;
	fn->numa_node = fn->d3cold_allowed = fn->sriov_numvfs = fn->sriov_totalvfs = -1;
}

int hd_pci_fn_read(struct hd_pci_fn *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		   const struct hd_pci_addr *addr, struct hd_error *err)
{
	struct hd_pci_fn fn;
	struct hd_error why;
	const struct reader r = { .fn = &fn, .root = root, .arena = arena, .err = &why };
	int rc;

	make_absent(&fn, addr);
	rc = read_path(&r);
	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, HD_SYS_PCI "/%s: it does not lead to a function: %s",
			       fn.name, strerror(-rc));
	if (rc == 0) {
		rc = read_present(&r);
		/* It may have been unplugged meanwhile: then it is absent, not unreadable. */
		if (rc < 0 && hd_sysroot_has(root, "%s", fn.path))
			return hd_fail(err, rc, "%s", why.text);
		fn.is_present = rc == 0;
	}
	if (rc < 0)
		make_absent(&fn, addr);
	*ret = fn;
	return 0;
}
