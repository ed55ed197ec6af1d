/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host.c - the processor, the distribution, the kernel and its parameters, KVM and VFIO.
 *
 * Of proc/cpuinfo the first processor speaks for all: the file of a large host has
 * megabytes.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/host.h"

#define FIRST_BYTES 16384
#define VFIO_NODE "dev/vfio/vfio"

/* The value behind "KEY<blanks>: ", or NULL. */
static const char *value_of(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0)
		return NULL;
	line += length;
	line += strspn(line, " \t");
	if (*line != ':')
		return NULL;
	return line + 1 + strspn(line + 1, " \t");
}

static void x86_flags(struct hd_host *host, const char *flags)
{
	host->machine = hd_text_has_word(flags, "lm") ? "x86_64" : "i686";
	host->is_guest = hd_text_has_word(flags, "hypervisor");
	host->virtualization = hd_text_has_word(flags, "vmx") ? "vmx" :
			       hd_text_has_word(flags, "svm") ? "svm" : NULL;
	host->has_virtualization = host->virtualization;
}

static void s390_features(struct hd_host *host, const char *features)
{
	host->machine = "s390x";
	host->virtualization = hd_text_has_word(features, "sie") ? "sie" : NULL;
	host->has_virtualization = host->virtualization;
}

static void arm_implementer(struct hd_host *host, const char *value)
{
	(void)value;
	host->machine = "aarch64";
}

static const struct {
	const char *key;
	void (*take)(struct hd_host *host, const char *value);
} keys[] = {
	{ "flags", x86_flags },
	{ "features", s390_features },
	{ "CPU implementer", arm_implementer },
};

static void take_line(struct hd_host *host, const char *line, const char **vendor)
{
	const char *value = value_of(line, "vendor_id");

	if (value)
		*vendor = value;
	for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++) {
		value = value_of(line, keys[i].key);
		if (value && !host->machine)
			keys[i].take(host, value);
	}
}

void hd_cpu_read(struct hd_host *host, const struct hd_sysroot *root, struct hd_arena *arena)
{
	char *text = hd_alloc(arena, FIRST_BYTES + 1);
	const char *at = text, *line, *vendor = NULL;

	host->machine = host->cpu_vendor = host->virtualization = NULL;
	host->is_guest = false;
	host->has_virtualization = true;
	if (hd_sysroot_bytes(root, text, FIRST_BYTES, "proc/cpuinfo") < 0)
		return;
	while ((line = hd_text_next_line(arena, &at)))
		take_line(host, line, &vendor);
	if (host->machine && (!strcmp(host->machine, "x86_64") || !strcmp(host->machine, "i686")))
		host->cpu_vendor = vendor;
}

static const struct {
	const char *id;
	enum hd_distribution family;
} families[] = {
	{ "debian", HD_DISTRO_DEBIAN },	     { "ubuntu", HD_DISTRO_DEBIAN },
	{ "proxmox", HD_DISTRO_DEBIAN },     { "fedora", HD_DISTRO_FEDORA },
	{ "rhel", HD_DISTRO_FEDORA },	     { "centos", HD_DISTRO_FEDORA },
	{ "almalinux", HD_DISTRO_FEDORA },   { "rocky", HD_DISTRO_FEDORA },
	{ "opensuse", HD_DISTRO_SUSE },	     { "suse", HD_DISTRO_SUSE },
	{ "sles", HD_DISTRO_SUSE },	     { "opensuse-leap", HD_DISTRO_SUSE },
	{ "opensuse-tumbleweed", HD_DISTRO_SUSE }, { "arch", HD_DISTRO_ARCH },
};

static enum hd_distribution family_of(const char *words)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(families); i++)
		if (hd_text_has_word(words, families[i].id))
			return families[i].family;
	return HD_DISTRO_UNKNOWN;
}

/* The value of NAME=..., without the quotes of the shell; "" if there is none. */
static const char *assigned(struct hd_arena *arena, const char *text, const char *name)
{
	size_t length = strlen(name);
	const char *line, *found = "";

	while ((line = hd_text_next_line(arena, &text))) {
		char *value;

		if (strncmp(line, name, length) != 0 || line[length] != '=')
			continue;
		value = hd_strdup(arena, line + length + 1);
		for (char *c = value; *c; c++)
			if (*c == '"' || *c == '\'')
				*c = ' ';
		found = value;
	}
	return found;
}

/* By ID, then by the words of ID_LIKE. */
static enum hd_distribution read_distribution(const struct hd_sysroot *root, struct hd_arena *arena)
{
	enum hd_distribution family;
	const char *text;

	if (hd_sysroot_text(root, arena, &text, "etc/os-release") < 0 &&
	    hd_sysroot_text(root, arena, &text, "usr/lib/os-release") < 0)
		return HD_DISTRO_UNKNOWN;
	family = family_of(assigned(arena, text, "ID"));
	return family ? family : family_of(assigned(arena, text, "ID_LIKE"));
}

/* "6.1.0-18-amd64" is 6 and 1; what is not a version is 0 and 0. */
static void read_version(struct hd_host *host)
{
	char *end;
	unsigned long major = strtoul(host->release, &end, 10), minor;

	if (*end != '.' || major > 1000)
		return;
	minor = strtoul(end + 1, NULL, 10);
	host->kernel_major = (unsigned)major;
	host->kernel_minor = minor > 10000 ? 0 : (unsigned)minor;
}

static enum hd_boot_loader boot_loader_of(const char *cmdline)
{
	if (hd_text_starts_with(cmdline, "BOOT_IMAGE=") || strstr(cmdline, " BOOT_IMAGE="))
		return HD_BOOT_GRUB;
	return strstr(cmdline, "initrd=\\") ? HD_BOOT_SYSTEMD : HD_BOOT_UNKNOWN;
}

static void read_modules(struct hd_host *host, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++)
		host->modules[i] =
			hd_module_state(root, arena, host->release, hd_vfio_module_names[i],
					&host->blacklisted_by[i]);
	host->unsafe_interrupts =
		hd_module_bool(root, arena, "vfio_iommu_type1", "allow_unsafe_interrupts");
	host->noiommu_mode =
		hd_module_bool(root, arena, "vfio", "enable_unsafe_noiommu_mode") == 1;
}

/*
 * The node is opened only while vfio is there: opening the static node makes
 * the kernel load the module, and reading facts must not change the host.
 */
static void read_vfio_node(struct hd_host *host, const struct hd_sysroot *root)
{
	bool is_there = host->modules[HD_MODULE_VFIO] == HD_MODULE_LOADED ||
			host->modules[HD_MODULE_VFIO] == HD_MODULE_BUILTIN;
	int flags = root->is_live && is_there ? O_RDWR : O_PATH;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, VFIO_NODE);

	host->has_vfio_node = fd >= 0;
	host->vfio_node_error = fd < 0 ? -fd : 0;
}

/* ostree-prepare-root(1) makes the first at each boot; the second is where all images are. */
bool hd_host_is_ostree(const struct hd_sysroot *root)
{
	return hd_sysroot_has(root, "run/ostree-booted") || hd_sysroot_has(root, "sysroot/ostree");
}

int hd_host_read(struct hd_host *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		 struct hd_error *err)
{
	struct hd_host host = { .unsafe_interrupts = -1 };
	ssize_t n = hd_sysroot_text(root, arena, &host.cmdline, "proc/cmdline");

	if (n < 0)
		return hd_fail(err, (int)n, "cannot read proc/cmdline: %s", strerror((int)-n));
	host.release = hd_release_read(root, arena);
	if (!host.release)
		return hd_fail(err, -EINVAL,
			       "cannot read the kernel's release from proc/sys/kernel/osrelease");
	read_version(&host);
	hd_cpu_read(&host, root, arena);
	host.has_kvm_node = hd_sysroot_has(root, "dev/kvm");
	host.boot_loader = boot_loader_of(host.cmdline);
	host.distribution = read_distribution(root, arena);
	host.is_ostree = hd_host_is_ostree(root);
	host.has_rpm_ostree = hd_sysroot_has(root, "usr/bin/rpm-ostree");
	read_modules(&host, root, arena);
	read_vfio_node(&host, root);
	host.boot_modules = hd_boot_modules_read(root, arena, NULL, &host.boot_virqfd);
	*ret = host;
	return 0;
}
