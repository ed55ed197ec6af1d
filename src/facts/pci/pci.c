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
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/pci/pci.h"

#define SYS_LINK_START "../../../devices/"
#define SYS_DEVICES "sys/devices/"
/* Registers of the configuration space, Linux include/uapi/linux/pci_regs.h. */
#define REG_HEADER_TYPE 0x0e
#define CONFIG_SIZE 64
#define N_BARS 6
#define FLAG_MEMORY 0x200u	/* IORESOURCE_MEM, Linux include/linux/ioport.h */
#define RESOURCE_SIZE 4096	/* a page is what sysfs gives at most */

struct reader {
	struct hd_pci_fn *fn;
	int dir_fd;		/* of its directory, once that is known */
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
};

static int bad_file(const struct reader *r, const char *file, int rc)
{
	return hd_fail(r->err, rc, HD_SYS_PCI "/%s/%s: %s", r->fn->name, file,
		       rc == -EINVAL ? "it does not have what the kernel writes there"
				     : strerror(-rc));
}

/* Notes a failed read of a file that may show a use; returns RC. */
static ssize_t note_failure(const struct reader *r, const char *file, ssize_t rc)
{
	if (rc < 0)
		(void)hd_sysroot_note(r->root, rc,
				      hd_printf(r->arena, "%s/%s", r->fn->path, file));
	return rc;
}

static bool has_file(const struct reader *r, const char *file)
{
	return note_failure(r, file, faccessat(r->dir_fd, file, F_OK, 0) < 0 ? -errno : 0) == 0;
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
		int rc = hd_sysroot_u64_at(r->dir_fd, file->name, &value);

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

/* What cannot be read has no line; it is noted. */
static bool has_line(const struct reader *r, const char *file, const char *wanted)
{
	char line[32];

	return note_failure(r, file, hd_sysroot_line_at(r->dir_fd, file, line, sizeof(line))) >= 0 &&
	       !strcmp(line, wanted);
}

/*
 * Does the kernel keep it without power, so that a read of "config" would wake it (Linux
 * drivers/pci/pci.c, pci_config_pm_runtime_get)?  It answered when it was suspended; one that is dead is
 * not "suspended".
 */
static bool is_asleep(const struct reader *r)
{
	return has_line(r, "power/runtime_status", "suspended") && has_line(r, "power_state", "D3cold");
}

static void read_config(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	uint8_t config[CONFIG_SIZE];
	ssize_t n = -ENOENT;

	if (!is_asleep(r))
		n = note_failure(r, "config", hd_sysroot_bytes_at(r->dir_fd, "config", config,
								  sizeof(config)));
	if (n == -ENOENT)
		fn->is_dead = fn->vendor == 0xffff;
	else
		fn->is_dead = n < 4 || is_all_ones(config, (size_t)n);
	if (fn->is_dead || n <= REG_HEADER_TYPE)
		fn->header_type = header_type_by_class(fn->class);
	else
		fn->header_type = config[REG_HEADER_TYPE] & 0x7f;
}

/*
 * The name that the link FILE ends with: 1, or 0 if there is no such link.  It
 * becomes part of paths, so it must be one.
 */
static int read_link(const struct reader *r, const char *file, const char **ret)
{
	char buf[PATH_MAX];
	const char *name = hd_sysroot_link_base_at(r->dir_fd, file, buf);

	if (!name)
		return errno == ENOENT ? 0 : bad_file(r, file, -errno);
	*ret = hd_strdup(r->arena, name);
	return 1;
}

static int read_driver(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	int rc = read_link(r, "driver", &fn->driver);

	if (rc <= 0)
		return rc;
	fn->driver_kind = hd_driver_kind_of(fn->driver);
	if (has_file(r, "vfio-dev"))
		fn->driver_kind = HD_DRIVER_VFIO;
	return 0;
}

/* The number at the end of a link to "kernel/iommu_groups/12". */
static bool parse_group(const char *name, int *ret)
{
	uint64_t id;

	if (!hd_text_u64(name, &id) || id > INT_MAX)
		return false;
	*ret = (int)id;
	return true;
}

static int read_group(const struct reader *r)
{
	const char *name;
	int rc = read_link(r, "iommu_group", &name);

	if (rc <= 0)
		return rc;
	return parse_group(name, &r->fn->group) ? 0 : bad_file(r, "iommu_group", -EINVAL);
}

static int read_physfn(const struct reader *r)
{
	struct hd_pci_addr addr;
	const char *name;
	int rc = read_link(r, "physfn", &name);

	if (rc <= 0)
		return rc;
	if (!hd_pci_addr_parse(name, &addr))
		return bad_file(r, "physfn", -EINVAL);
	r->fn->physfn = name;
	return 0;
}

static const char *optional_line(const struct reader *r, const char *file)
{
	char line[PATH_MAX];

	if (note_failure(r, file, hd_sysroot_line_at(r->dir_fd, file, line, sizeof(line))) < 0)
		return NULL;
	return hd_strdup(r->arena, line);
}

/* A small number, or UNKNOWN for a missing file and for text that is none. */
static int optional_int(const struct reader *r, const char *file, int unknown)
{
	char line[64];
	uint64_t value;

	if (note_failure(r, file, hd_sysroot_line_at(r->dir_fd, file, line, sizeof(line))) < 0)
		return unknown;
	if (!strcmp(line, "-1"))
		return -1;
	return hd_text_u64(line, &value) && value <= INT_MAX ? (int)value : unknown;
}

static const char *trimmed(struct hd_arena *arena, const char *text)
{
	size_t length;

	text += strspn(text, " \t\n");
	length = strlen(text);
	while (length && strchr(" \t\n", text[length - 1]))
		length--;
	return length ? hd_strndup(arena, text, length) : NULL;
}

/* The serial number of an NVMe controller, blanks trimmed, or NULL. */
static const char *read_serial(const struct hd_pci_fn *fn, const struct hd_sysroot *root,
			       struct hd_arena *arena)
{
	const char *const *names = NULL;
	const char *text;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s/nvme", fn->path);

	for (ssize_t i = 0; i < n; i++)
		if (hd_text_starts_with(names[i], "nvme") &&
		    hd_sysroot_text(root, arena, &text, "%s/nvme/%s/serial", fn->path,
				    names[i]) >= 0)
			return trimmed(arena, text);
	return NULL;
}

/* One line's memory in bytes; 0 for I/O ports, an empty BAR and other text. */
static uint64_t bar_of(const char *line)
{
	uint64_t value[3];
	char *end;

	for (int i = 0; i < 3; i++) {
		value[i] = strtoull(line, &end, 16);
		if (end == line || !strchr(" \n", *end))
			return 0;
		line = end;
	}
	if (!(value[2] & FLAG_MEMORY) || value[1] < value[0] || !value[1])
		return 0;
	return value[1] - value[0] + 1;
}

uint64_t hd_pci_bar_bytes(const char *resource)
{
	uint64_t sum = 0;

	for (int i = 0; i < N_BARS && *resource; i++) {
		uint64_t bar = bar_of(resource);

		sum = sum + bar < sum ? UINT64_MAX : sum + bar;
		resource += strcspn(resource, "\n");
		resource += *resource == '\n';
	}
	return sum;
}

static void read_optional(const struct reader *r)
{
	struct hd_pci_fn *fn = r->fn;
	const char *text = optional_line(r, "driver_override");
	char resource[RESOURCE_SIZE];
	ssize_t n;

	if (text && *text && strcmp(text, "(null)") != 0)
		fn->driver_override = text;
	fn->modalias = optional_line(r, "modalias");
	fn->numa_node = optional_int(r, "numa_node", -1);
	fn->reset_method = optional_line(r, "reset_method");
	fn->has_reset_method_file = fn->reset_method ||
				    has_file(r, "reset_method");
	fn->d3cold_allowed = optional_int(r, "d3cold_allowed", -1);
	fn->power_state = optional_line(r, "power_state");
	fn->is_boot_vga = optional_int(r, "boot_vga", 0) == 1;
	fn->sriov_totalvfs = optional_int(r, "sriov_totalvfs", -1);
	n = note_failure(r, "resource", hd_sysroot_bytes_at(r->dir_fd, "resource", resource,
							    sizeof(resource) - 1));
	resource[n > 0 ? n : 0] = '\0';
	fn->bar_bytes = hd_pci_bar_bytes(resource);
	fn->serial = read_serial(fn, r->root, r->arena);
}

/* What others can change at any moment. */
static int read_changing(const struct reader *r)
{
	int rc = read_driver(r);

	r->fn->sriov_numvfs = optional_int(r, "sriov_numvfs", -1);
	hd_pci_netdevs_read(r->fn, r->root, r->arena);
	return rc;
}

static int read_all(const struct reader *r)
{
	int rc = read_ids(r);

	if (rc == 0)
		rc = read_group(r);
	if (rc == 0)
		rc = read_physfn(r);
	if (rc == 0)
		rc = read_changing(r);
	if (rc < 0)
		return rc;
	read_config(r);
	read_optional(r);
	return 0;
}

static int read_present(struct reader *r, int (*read)(const struct reader *r))
{
	_cleanup_(hd_close) int dir_fd = hd_sysroot_fd(r->root, O_PATH | O_DIRECTORY, "%s",
						       r->fn->path);

	if (dir_fd < 0)
		return bad_file(r, "", dir_fd);
	r->dir_fd = dir_fd;
	return read(r);
}

static void make_absent(struct hd_pci_fn *fn, const struct hd_pci_addr *addr)
{
	memset(fn, 0, sizeof(*fn));
	fn->addr = *addr;
	hd_pci_addr_format(addr, fn->name);
	fn->group = HD_NO_GROUP;
	fn->numa_node = fn->d3cold_allowed = fn->sriov_numvfs = fn->sriov_totalvfs = -1;
}

/* FN has its name, and all that READ does not read; it is absent if it is not there. */
static int read_function(struct hd_pci_fn *fn, const struct hd_sysroot *root,
			 struct hd_arena *arena, int (*read)(const struct reader *r),
			 struct hd_error *err)
{
	const struct hd_pci_addr addr = fn->addr;
	struct hd_error why;
	struct reader r = { .fn = fn, .dir_fd = -1, .root = root, .arena = arena, .err = &why };
	int rc = read_path(&r);

	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, HD_SYS_PCI "/%s: it does not lead to a function: %s",
			       fn->name, strerror(-rc));
	if (rc == 0) {
		rc = read_present(&r, read);
		/* It may have been unplugged meanwhile: then it is absent, not unreadable. */
		if (rc < 0 && hd_sysroot_has(root, "%s", fn->path))
			return hd_fail(err, rc, "%s", why.text);
		fn->is_present = rc == 0;
	}
	if (rc < 0)
		make_absent(fn, &addr);
	return 0;
}

int hd_pci_fn_read(struct hd_pci_fn *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		   const struct hd_pci_addr *addr, struct hd_error *err)
{
	struct hd_pci_fn fn;
	int rc;

	make_absent(&fn, addr);
	rc = read_function(&fn, root, arena, read_all, err);
	if (rc == 0)
		*ret = fn;
	return rc;
}

int hd_pci_fn_again(struct hd_pci_fn *fn, const struct hd_sysroot *root, struct hd_arena *arena,
		    struct hd_error *err)
{
	struct hd_pci_fn now = *fn;
	int rc;

	now.driver = NULL;
	now.driver_kind = HD_DRIVER_NONE;
	rc = read_function(&now, root, arena, read_changing, err);
	if (rc == 0)
		*fn = now;
	return rc;
}

int hd_pci_group_read(int *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		      const struct hd_pci_addr *addr, struct hd_error *err)
{
	char name[HD_PCI_ADDR_SIZE];
	int group = HD_NO_GROUP;
	const char *link;
	int rc = hd_sysroot_link_base(root, arena, &link, HD_SYS_PCI "/%s/iommu_group",
				      hd_pci_addr_format(addr, name));

	if (rc == 0 && !parse_group(link, &group))
		rc = -EINVAL;
	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, HD_SYS_PCI "/%s/iommu_group: %s", name, strerror(-rc));
	*ret = group;
	return 0;
}
