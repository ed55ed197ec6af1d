/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_loader.c - which boot loader has this host, and which tools give it parameters? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_config.h"

#define MAX_WORDS 8

static const char *find_program(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *name)
{
	static const char *const dirs[] = { "usr/sbin", "sbin", "usr/bin", "bin" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++)
		if (hd_sysroot_has(root, "%s/%s", dirs[i], name))
			return hd_printf(arena, "/%s/%s", dirs[i], name);
	return NULL;
}

void hd_boot_tools_read(struct hd_boot_tools *ret, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *text;

	*ret = (struct hd_boot_tools){
		.mkconfig = find_program(root, arena, "grub-mkconfig"),
		.update_grub = find_program(root, arena, "update-grub"),
		.grubby = find_program(root, arena, "grubby"),
		.kernel_install = find_program(root, arena, "kernel-install"),
		.proxmox = find_program(root, arena, "proxmox-boot-tool"),
		.sdbootutil = find_program(root, arena, "sdbootutil"),
		.rpm_ostree = find_program(root, arena, "rpm-ostree"),
	};
	if (!ret->mkconfig)
		ret->mkconfig = find_program(root, arena, "grub2-mkconfig");
	/* A shell script: it says itself what it reads. */
	if (!ret->mkconfig || hd_sysroot_text(root, arena, &text, "%s", ret->mkconfig + 1) < 0)
		return;
	ret->reads_drop_ins = strstr(text, "default/grub.d");
	ret->can_update_bls = strstr(text, "--update-bls-cmdline");
}

static void add_command(struct hd_boot_config *config, struct hd_arena *arena,
			const char *const words[])
{
	const char **argv = hd_alloc(arena, (MAX_WORDS + 1) * sizeof(*argv));

	for (size_t i = 0; i < MAX_WORDS && words[i]; i++)
		argv[i] = words[i];
	hd_push(arena, &config->commands, &config->n_commands, argv);
}

static void add_program(struct hd_boot_config *config, struct hd_arena *arena, const char *program,
			const char *word)
{
	const char *const argv[] = { program, word, NULL };

	add_command(config, arena, argv);
}

/* A menu that grub2-mkconfig made; since Fedora 34 the one beside the loader only leads to it. */
static bool is_menu(const struct hd_sysroot *root, struct hd_arena *arena, const char *path)
{
	const char *text;

	return hd_sysroot_text(root, arena, &text, "%s", path) >= 0 &&
	       strstr(text, "### BEGIN ");
}

static const char *menu_of(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_boot_tools *tools)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "boot/efi/EFI");

	if (!strstr(tools->mkconfig, "grub2"))
		return "/boot/grub/grub.cfg";
	for (ssize_t i = 0; i < n && hd_sysroot_has(root, "sys/firmware/efi"); i++) {
		const char *path = hd_printf(arena, "boot/efi/EFI/%s/grub.cfg", names[i]);

		if (is_menu(root, arena, path))
			return hd_printf(arena, "/%s", path);
	}
	return "/boot/grub2/grub.cfg";
}

static bool has_grub_menu(const struct hd_sysroot *root)
{
	return hd_sysroot_has(root, "boot/grub/grub.cfg") ||
	       hd_sysroot_has(root, "boot/grub2/grub.cfg");
}

/* Does GRUB show the entries?  If its files are unclear: grubby(8) sources them and decides itself. */
static bool shows_entries(const struct hd_boot_config *config)
{
	const char *value = config->grub_values[HD_GRUB_BLS];

	return config->n_entries && (config->unclear || (value && !strcmp(value, "true")));
}

static void choose_grub(struct hd_boot_config *config, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const struct hd_boot_tools *tools = &config->tools;
	const char *words[] = { tools->mkconfig, "-o", menu_of(root, arena, tools), NULL, NULL };
	bool has_entries = shows_entries(config);

	if (has_entries && tools->grubby) {
		config->way = HD_BOOT_BY_GRUBBY;
		add_program(config, arena, tools->grubby, NULL);
		return;
	}
	if (has_entries && !tools->can_update_bls)
		return;
	config->way = HD_BOOT_BY_GRUB;
	if (has_entries)
		words[3] = "--update-bls-cmdline";
	if (tools->update_grub)
		add_program(config, arena, tools->update_grub, NULL);
	else
		add_command(config, arena, words);
}

/* The kernels that are installed, each with the image that kernel-install(8) wants to know. */
static void add_kernels(struct hd_boot_config *config, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "lib/modules");

	for (ssize_t i = 0; i < n; i++) {
		const char *paths[] = {
			hd_printf(arena, "usr/lib/modules/%s/vmlinuz", names[i]),
			hd_printf(arena, "lib/modules/%s/vmlinuz", names[i]),
			hd_printf(arena, "boot/vmlinuz-%s", names[i]),
		};

		for (size_t k = 0; k < HD_ARRAY_SIZE(paths); k++) {
			const char *const argv[] = { config->tools.kernel_install, "add", names[i],
						     hd_printf(arena, "/%s", paths[k]), NULL };

			if (!hd_sysroot_has(root, "%s", paths[k]))
				continue;
			add_command(config, arena, argv);
			break;
		}
	}
}

/* kernel-install(8) writes whose machine an entry is of; a person seldom does. */
static bool are_made(const struct hd_boot_config *config)
{
	for (size_t i = 0; i < config->n_entries; i++)
		if (strstr(config->entries[i].text, "machine-id"))
			return true;
	return false;
}

static void choose_entries(struct hd_boot_config *config, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	const struct hd_boot_tools *tools = &config->tools;

	if (tools->sdbootutil) {
		config->way = HD_BOOT_BY_CMDLINE;
		add_program(config, arena, tools->sdbootutil, "update-all-entries");
		return;
	}
	if (tools->kernel_install && (config->cmdline || are_made(config)))
		add_kernels(config, root, arena);
	if (config->n_commands)
		config->way = HD_BOOT_BY_CMDLINE;
	else if (config->n_entries)
		config->way = HD_BOOT_BY_ENTRIES;
}

static void choose_loader(struct hd_boot_config *config, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_host *host)
{
	const struct hd_boot_tools *tools = &config->tools;
	bool is_systemd = host->boot_loader == HD_BOOT_SYSTEMD;

	/* Proxmox VE copies kernels and entries to all its boot partitions, for either loader. */
	if (tools->proxmox && hd_sysroot_has(root, "etc/kernel/proxmox-boot-uuids")) {
		config->way = is_systemd ? HD_BOOT_BY_CMDLINE : HD_BOOT_BY_GRUB;
		add_program(config, arena, tools->proxmox, "refresh");
	} else if (tools->mkconfig && !is_systemd && has_grub_menu(root)) {
		choose_grub(config, root, arena);
	} else if (is_systemd || config->n_entries) {
		choose_entries(config, root, arena);
	}
}

void hd_boot_loader_choose(struct hd_boot_config *config, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_host *host)
{
	const struct hd_boot_tools *tools = &config->tools;

	/* Silverblue, CoreOS, image mode: each update makes the boot loader's entries. */
	if (host->is_ostree && tools->rpm_ostree) {
		config->way = HD_BOOT_BY_OSTREE;
		add_program(config, arena, tools->rpm_ostree, "kargs");
	} else if (host->is_ostree) {
		config->way = HD_BOOT_BY_IMAGE;
	} else {
		choose_loader(config, root, arena, host);
	}
}
