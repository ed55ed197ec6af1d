/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_list.c - which PCI functions the host has, who drives them and where they are plugged in */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/pci/pci.h"

#define SYS_DEVICES "sys/devices/"
/* Of the configuration space, Linux include/uapi/linux/pci_regs.h; PCI Express has 4096. */
#define CONVENTIONAL_SIZE 256
#define HEADER_SIZE 64
#define REG_STATUS 0x06
#define STATUS_HAS_CAPABILITIES 0x10
#define REG_CAPABILITIES 0x34
#define CAPABILITY_EXPRESS 0x10

/*
 * Which kind of driver holds a function.
 *
 * A group can go to a guest when each of its drivers leaves DMA to others:
 * those that set driver_managed_dma (Linux drivers/pci/pcie/portdrv.c,
 * drivers/pci/pci-stub.c and all of drivers/vfio/pci).  Before Linux 6.1 a
 * function on VFIO has no vfio-dev/, so variant drivers are known by how
 * the kernel names them: mlx5_vfio_pci, hisi_acc_vfio_pci, xe-vfio-pci.
 */

static bool is_vfio_name(const char *driver)
{
	return !strcmp(driver, "vfio-pci") || hd_text_ends_with(driver, "_vfio_pci") ||
	       hd_text_ends_with(driver, "-vfio-pci");
}

enum hd_driver_kind hd_driver_kind_of(const char *driver)
{
	static const char *const harmless[] = { "pci-stub", "pcieport" };

	if (!driver)
		return HD_DRIVER_NONE;
	if (is_vfio_name(driver))
		return HD_DRIVER_VFIO;
	return HD_IS_ANY(driver, harmless) ? HD_DRIVER_HARMLESS : HD_DRIVER_HOST;
}

int hd_pci_driver_read(const struct hd_sysroot *root, struct hd_arena *arena, const char *fn_name,
		       const char **ret)
{
	const char *driver = NULL;
	int rc = hd_sysroot_link_base(root, arena, &driver, HD_SYS_PCI "/%s/driver", fn_name);

	if (rc < 0 && rc != -ENOENT)
		return rc;
	if (rc == -ENOENT && !hd_sysroot_has(root, HD_SYS_PCI "/%s", fn_name))
		return -ENODEV;
	*ret = rc < 0 ? NULL : driver;
	return 0;
}

/* The component without its end: "0000:00:1c.0" gives "1c.0"; the root stays. */
static const char *shorten_name(struct hd_arena *arena, const char *at, size_t length)
{
	const char *name = hd_strndup(arena, at, length);
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(name, &addr))
		return hd_text_starts_with(name, "pci") ? name : NULL;
	return hd_printf(arena, "%02x.%u", addr.slot & 0x1fu, addr.fn & 7u);
}

const char *hd_pci_slot_path(struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	const char *at = fn->path, *text = NULL;

	if (!at || !hd_text_starts_with(at, SYS_DEVICES "pci"))
		return NULL;
	for (at += strlen(SYS_DEVICES); *at; at += strspn(at, "/")) {
		size_t length = strcspn(at, "/");
		const char *part = shorten_name(arena, at, length);

		if (!part)
			return NULL;
		text = text ? hd_printf(arena, "%s/%s", text, part) : part;
		at += length;
	}
	return text;
}

static bool has_capability(const uint8_t *config, uint8_t id)
{
	uint8_t at = config[REG_CAPABILITIES] & 0xfcu;

	if (!(config[REG_STATUS] & STATUS_HAS_CAPABILITIES))
		return false;
	/* Each takes four bytes at least: a list that is longer goes in circles. */
	for (unsigned i = 0; i < CONVENTIONAL_SIZE / 4 && at >= HEADER_SIZE; i++) {
		if (config[at] == id)
			return true;
		at = config[at + 1] & 0xfcu;
	}
	return false;
}

bool hd_pci_is_conventional(const struct hd_sysroot *root, const struct hd_pci_fn *fn)
{
	uint8_t config[CONVENTIONAL_SIZE] = { 0 };
	struct stat st;
	ssize_t n;

	if (hd_sysroot_has(root, HD_SYS_PCI "/%s/max_link_speed", fn->name) ||
	    hd_sysroot_stat(root, &st, HD_SYS_PCI "/%s/config", fn->name) < 0 ||
	    st.st_size > CONVENTIONAL_SIZE)
		return false;
	n = hd_sysroot_bytes(root, config, sizeof(config), HD_SYS_PCI "/%s/config", fn->name);
	if (n == CONVENTIONAL_SIZE)
		return !has_capability(config, CAPABILITY_EXPRESS);
	/* Not root: the kernel shows the header alone, but the size of all. */
	return root->is_live && st.st_size == CONVENTIONAL_SIZE;
}

int hd_pci_addresses(const struct hd_sysroot *root, struct hd_arena *arena,
		     struct hd_pci_addr **ret, size_t *ret_n, struct hd_error *err)
{
	struct hd_pci_addr *addrs = NULL, addr;
	const char *const *names = NULL;
	size_t n = 0;
	ssize_t n_names = hd_sysroot_names(root, arena, &names, HD_SYS_PCI);

	if (n_names < 0 && n_names != -ENOENT)
		return hd_fail(err, (int)n_names, "cannot read " HD_SYS_PCI ": %s",
			       strerror((int)-n_names));
	for (ssize_t i = 0; i < n_names; i++)
		if (hd_pci_addr_parse(names[i], &addr))
			hd_push(arena, &addrs, &n, addr);
	HD_SORT(addrs, n, hd_pci_addr_order);
	*ret = addrs;
	*ret_n = n;
	return 0;
}

void hd_pci_vfs_read(struct hd_pci_addr **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	*ret = NULL;
	*ret_n = 0;
	for (int i = 0; i < fn->sriov_numvfs && i < HD_PCI_VFS_MAX; i++) {
		struct hd_pci_addr addr;
		const char *name;

		if (hd_sysroot_link_base(root, arena, &name, HD_SYS_PCI "/%s/virtfn%d", fn->name,
					 i) == 0 && hd_pci_addr_parse(name, &addr))
			hd_push(arena, ret, ret_n, addr);
	}
}

bool hd_path_function(const char *path, struct hd_pci_addr *ret)
{
	bool found = false;

	for (const char *at = path; at; at = strchr(at, '/')) {
		char name[HD_PCI_ADDR_SIZE];
		size_t length;

		at += *at == '/';
		length = strcspn(at, "/");
		if (!isxdigit((unsigned char)*at) || length < strlen("0000:01:00.0") ||
		    length >= sizeof(name))
			continue;
		memcpy(name, at, length);
		name[length] = '\0';
		found = hd_pci_addr_parse(name, ret) || found;
	}
	return found;
}
