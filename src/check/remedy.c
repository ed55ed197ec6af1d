/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * remedy.c - what to do on this host: its distribution, boot loader, processor.
 *
 * The boot configuration, where it was read, may have a kernel parameter already: then only
 * the menu must be generated again, or the host rebooted.
 */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

#define GRUB_DEFAULT "GRUB_CMDLINE_LINUX in /etc/default/grub"
#define GRUB_BOTH "GRUB_CMDLINE_LINUX and GRUB_CMDLINE_LINUX_DEFAULT in /etc/default/grub"
#define SUSE_MKCONFIG ", run grub2-mkconfig -o /boot/grub2/grub.cfg and reboot"
#define ARCH_MKCONFIG ", run grub-mkconfig -o /boot/grub/grub.cfg and reboot"

/* For kernel-install(8): of systemd-boot, whose entries are generated from /etc/kernel/cmdline. */
#define KERNEL_CMDLINE "/etc/kernel/cmdline"
#define ENTRY "the options line of its entry in /boot/loader/entries"
#define INSTALL "run kernel-install add $(uname -r) "

/* A host of ostree has its kernel parameters in a deployment, or in the image. */
#define IMAGE "a file of /usr/lib/bootc/kargs.d of the host's image, build it, run `bootc upgrade` " \
	"and reboot"

#define TO_BOOT_LOADER " to the kernel's command line in the boot loader's settings and reboot"
#define FROM_BOOT_LOADER \
	" from the kernel's command line in the boot loader's settings and reboot"

/* By enum hd_distribution: the text before and after the parameter. */
static const struct distribution {
	const char *add[2], *drop[2];
	const char *initramfs;
	const char *kernel_package;
	const char *make_menu;		/* GRUB's, from /etc/default/grub */
	const char *make_entry;		/* systemd-boot's, from /etc/kernel/cmdline, or NULL */
} distributions[] = {
	[HD_DISTRO_UNKNOWN] = {
		{ "add ", TO_BOOT_LOADER },
		{ "remove ", FROM_BOOT_LOADER },
		"rebuild the initramfs",
		"run a kernel built with CONFIG_VFIO_PCI and CONFIG_VFIO_IOMMU_TYPE1",
		"regenerate the boot loader's menu",
		INSTALL "/lib/modules/$(uname -r)/vmlinuz",
	},
	[HD_DISTRO_DEBIAN] = {
		{ "add ", " to " GRUB_DEFAULT ", run update-grub and reboot" },
		{ "remove ", " from " GRUB_BOTH ", run update-grub and reboot" },
		"update-initramfs -u",
		"apt-get install linux-image-amd64 (the cloud kernels have no vfio "
		"modules) and reboot into it",
		"run update-grub",
		INSTALL "/boot/vmlinuz-$(uname -r)",
	},
	[HD_DISTRO_FEDORA] = {
		{ "run grubby --update-kernel=ALL --args=", " and reboot" },
		{ "run grubby --update-kernel=ALL --remove-args=", " and reboot" },
		"dracut -f",
		"dnf install kernel-modules-core-$(uname -r) kernel-modules-$(uname -r)",
		"run grub2-mkconfig -o /boot/grub2/grub.cfg --update-bls-cmdline",
		INSTALL "/lib/modules/$(uname -r)/vmlinuz",
	},
	[HD_DISTRO_SUSE] = {
		{ "add ", " to " GRUB_DEFAULT SUSE_MKCONFIG },
		{ "remove ", " from " GRUB_BOTH SUSE_MKCONFIG },
		"dracut -f",
		"zypper install kernel-default (kernel-default-base has no vfio modules) "
		"and reboot into it",
		"run grub2-mkconfig -o /boot/grub2/grub.cfg",
		"run sdbootutil update-all-entries",
	},
	[HD_DISTRO_ARCH] = {
		{ "add ", " to " GRUB_DEFAULT ARCH_MKCONFIG },
		{ "remove ", " from " GRUB_BOTH ARCH_MKCONFIG },
		"mkinitcpio -P",
		"pacman -S linux and reboot into it",
		"run grub-mkconfig -o /boot/grub/grub.cfg",
		NULL,	/* entries are written by hand */
	},
};

/* GRUB of an unknown distribution. */
static const struct distribution any_grub = {
	{ "add ", " to " GRUB_DEFAULT ARCH_MKCONFIG },
	{ "remove ", " from " GRUB_BOTH ARCH_MKCONFIG },
	"rebuild the initramfs",
	"run a kernel built with CONFIG_VFIO_PCI and CONFIG_VFIO_IOMMU_TYPE1",
	"run grub-mkconfig -o /boot/grub/grub.cfg",
	NULL,
};

static const struct distribution *distribution_of(const struct hd_host *host)
{
	if (host->distribution == HD_DISTRO_UNKNOWN && host->boot_loader == HD_BOOT_GRUB)
		return &any_grub;
	if ((size_t)host->distribution < HD_ARRAY_SIZE(distributions))
		return &distributions[host->distribution];
	return &distributions[HD_DISTRO_UNKNOWN];
}

#define AMD_REMAPPING \
	"update the firmware: Linux remaps the interrupts of an AMD IOMMU unless the " \
	"IVRS table is faulty, see `dmesg | grep AMD-Vi`"

static const struct processor {
	const char *vendor;	/* NULL: any other */
	const char *iommu, *virtualization, *remapping;
} processors[] = {
	{ "GenuineIntel",
	  "enable \"Intel VT-d\" in the firmware setup (below CPU or System Agent)",
	  "enable \"Intel Virtualization Technology (VT-x)\" in the firmware setup",
	  "enable interrupt remapping in the firmware setup (below VT-d) or update the firmware, "
	  "see `dmesg | grep DMAR-IR`" },
	{ "AuthenticAMD",
	  "set \"IOMMU\" to Enabled (not Auto) in the firmware setup (below AMD CBS, "
	  "NBIO)",
	  "enable \"SVM Mode\" in the firmware setup", AMD_REMAPPING },
	{ "HygonGenuine", "set \"IOMMU\" to Enabled (not Auto) in the firmware setup",
	  "enable \"SVM Mode\" in the firmware setup", AMD_REMAPPING },
	{ NULL, "enable the IOMMU (SMMU) in the firmware setup",
	  "enable hardware virtualization in the firmware setup",
	  "update the firmware: its tables give devices no interrupt controller that isolates "
	  "them (a GICv3 with ITS)" },
};

/* For a host that is a guest itself, the hypervisor decides (libvirt formatdomain). */
static const struct processor guest = {
	.iommu = "this host is a guest itself: give it an IOMMU, in libvirt machine='q35' and "
		 "<iommu model='intel'><driver intremap='on'/></iommu>",
	.virtualization = "this host is a guest itself: allow it nested virtualization, in libvirt "
			  "<cpu mode='host-passthrough'/>",
	.remapping = "this host is a guest itself: let its IOMMU remap interrupts, in libvirt "
		     "<driver intremap='on'/> in <iommu> and <ioapic driver='qemu'/> in <features>",
};

static const struct processor *processor_of(const struct hd_host *host)
{
	const struct processor *p = processors;

	if (host->is_guest)
		return &guest;
	while (p->vendor && (!host->cpu_vendor || strcmp(p->vendor, host->cpu_vendor)))
		p++;
	return p;
}

/* Proxmox VE has its own tool for the entries of both boot loaders. */
static const char *make_entry(const struct hd_host *host)
{
	if (host->release && strstr(host->release, "-pve"))
		return "run proxmox-boot-tool refresh";
	return distribution_of(host)->make_entry;
}

/* Each parameter is a word of its own: "--append-if-missing=a --append-if-missing=b". */
static const char *kargs(struct hd_arena *arena, const char *option, const char *parameters)
{
	const char *text = "run rpm-ostree kargs";
	struct hd_cmdline_word word;

	while (hd_cmdline_next(&parameters, &word))
		text = hd_printf(arena, "%s %s=%.*s", text, option, (int)word.length, word.text);
	return hd_printf(arena, "%s and reboot", text);
}

const char *hd_remedy_make_menu(struct hd_arena *arena, const struct hd_host *host)
{
	const char *make = distribution_of(host)->make_menu;

	if (host->is_ostree)
		return "reboot";
	if (host->boot_loader == HD_BOOT_SYSTEMD)
		make = make_entry(host);
	return make ? hd_printf(arena, "%s and reboot", make) : "copy it to " ENTRY " and reboot";
}

/* VERB is "add PARAMETER to" or "remove PARAMETER from". */
static const char *change_entry(struct hd_arena *arena, const struct hd_host *host,
				const char *verb)
{
	const char *make = make_entry(host);

	return make ? hd_printf(arena, "%s " KERNEL_CMDLINE ", %s and reboot", verb, make) :
		      hd_printf(arena, "%s " ENTRY " and reboot", verb);
}

/* Several parameters must be one word of a command (grubby), but not of a text. */
static const char *quoted(struct hd_arena *arena, const struct distribution *d,
			  const char *parameter)
{
	if (!strchr(parameter, ' ') || d->add[0][strlen(d->add[0]) - 1] != '=')
		return parameter;
	return hd_printf(arena, "\"%s\"", parameter);
}

const char *hd_remedy_add_parameter(struct hd_arena *arena, const struct hd_host *host,
				    const char *parameter)
{
	const struct distribution *d = distribution_of(host);

	if (host->is_ostree)
		return host->has_rpm_ostree ? kargs(arena, "--append-if-missing", parameter) :
		       hd_printf(arena, "put %s into " IMAGE, parameter);
	if (host->boot_loader == HD_BOOT_SYSTEMD)
		return change_entry(arena, host, hd_printf(arena, "add %s to", parameter));
	return hd_printf(arena, "%s%s%s", d->add[0], quoted(arena, d, parameter), d->add[1]);
}

const char *hd_remedy_drop_parameter(struct hd_arena *arena, const struct hd_host *host,
				     const char *parameter)
{
	const struct distribution *d = distribution_of(host);

	if (host->is_ostree)
		return host->has_rpm_ostree ? kargs(arena, "--delete-if-present", parameter) :
		       hd_printf(arena, "remove %s from " IMAGE, parameter);
	if (host->boot_loader == HD_BOOT_SYSTEMD)
		return change_entry(arena, host, hd_printf(arena, "remove %s from", parameter));
	return hd_printf(arena, "%s%s%s", d->drop[0], quoted(arena, d, parameter), d->drop[1]);
}

const char *hd_remedy_stop_console(struct hd_arena *arena, const struct hd_host *host,
				   const struct hd_console *console)
{
	if (console->can_stop)
		return hd_printf(arena, HD_COMMAND("echo N > /sys/class/tty/%s/console") " for now", console->tty);
	return hd_remedy_drop_parameter(arena, host, hd_printf(arena, "console=%s", console->tty));
}

const char *hd_remedy_firmware_iommu(const struct hd_host *host)
{
	return processor_of(host)->iommu;
}

const char *hd_remedy_firmware_cpu(const struct hd_host *host)
{
	return processor_of(host)->virtualization;
}

const char *hd_remedy_firmware_remapping(const struct hd_host *host)
{
	return processor_of(host)->remapping;
}

bool hd_remedy_has_setup(const struct hd_host *host)
{
	if (host->is_ostree)
		return host->has_rpm_ostree;
	return host->distribution == HD_DISTRO_DEBIAN || host->distribution == HD_DISTRO_FEDORA ||
	       host->distribution == HD_DISTRO_SUSE;
}

const char *hd_remedy_initramfs(const struct hd_host *host)
{
	if (host->is_ostree)
		return host->has_rpm_ostree ? "rpm-ostree initramfs --enable" :
		       "rebuild the host's image";
	return distribution_of(host)->initramfs;
}

const char *hd_remedy_kernel_package(const struct hd_host *host)
{
	return distribution_of(host)->kernel_package;
}

/* The files that have WORD: one that the boot loader reads, one that it is generated from. */
struct places {
	const struct hd_boot_source *next, *next_has, *maker, *maker_has;
};

static struct places look_for(const struct hd_setup *setup, const char *word)
{
	struct places found = { 0 };

	for (size_t i = 0; setup && i < setup->n_boot; i++) {
		const struct hd_boot_source *source = &setup->boot[i];
		bool has = hd_cmdline_has(source->words, word);

		*(source->is_next_boot ? &found.next : &found.maker) = source;
		if (has)
			*(source->is_next_boot ? &found.next_has : &found.maker_has) = source;
	}
	return found;
}

const char *hd_boot_source_of(const struct hd_subject *subject, const char *word)
{
	struct places found = look_for(subject->facts->setup, word);
	const struct hd_boot_source *source = found.next_has ? found.next_has : found.maker_has;

	return source ? source->path : NULL;
}

/* Entries that no tool generates are edited by hand: names the file, if it is known. */
static const char *edit_entry(const struct hd_subject *s, const struct places *found,
			      const char *verb)
{
	if (s->facts->host.boot_loader != HD_BOOT_SYSTEMD || !found->next ||
	    make_entry(&s->facts->host))
		return NULL;
	return hd_printf(s->arena, "%s the options line of /%s and reboot", verb,
			 hd_text_printable(s->arena, found->next->path, 200));
}

const char *hd_mend_add(const struct hd_subject *s, const char *word)
{
	struct places found = look_for(s->facts->setup, word);
	const char *edit;

	if (found.next_has)
		return "reboot";
	if (found.maker_has)
		return hd_remedy_make_menu(s->arena, &s->facts->host);
	edit = edit_entry(s, &found, hd_printf(s->arena, "add %s to", word));
	return edit ? edit : hd_remedy_add_parameter(s->arena, &s->facts->host, word);
}

const char *hd_mend_add_by_setup(const struct hd_subject *s, const char *word)
{
	const char *by_hand = hd_mend_add(s, word);

	/* On ARM setup adds no parameter. */
	if (!s->facts->host.cpu_vendor || hd_boot_source_of(s, word) ||
	    !hd_remedy_has_setup(&s->facts->host))
		return by_hand;
	return hd_printf(s->arena, HD_COMMAND("hostdevctl setup --apply") " and reboot; or by hand: "
			 "%s", by_hand);
}

const char *hd_mend_drop(const struct hd_subject *s, const char *word)
{
	struct places found = look_for(s->facts->setup, word);
	const char *edit;

	if (found.next && !found.next_has && !found.maker_has)
		return "reboot";
	/* Fedora's grubby writes entries that /etc/default/grub need not agree with. */
	if (found.next_has && found.maker && !found.maker_has &&
	    s->facts->host.distribution != HD_DISTRO_FEDORA)
		return hd_remedy_make_menu(s->arena, &s->facts->host);
	edit = edit_entry(s, &found, hd_printf(s->arena, "remove %s from", word));
	return edit ? edit : hd_remedy_drop_parameter(s->arena, &s->facts->host, word);
}
