/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_parameters.c - what `hostdevctl setup` does for passthrough as such. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_config.h"
#include "facts/modules/modules.h"
#include "setup/replace_file.h"
#include "setup/subjects.h"

#define MODULES_FILE "etc/modules-load.d/hostdevctl.conf"
#define VIRQFD "vfio_virqfd"
#define HEAD "# Made by `hostdevctl setup`, removed by `hostdevctl setup --revert`.\n"

/* What is known of the modules that are loaded at boot. */
struct modules {
	const char *text;		/* of MODULES_FILE now, or NULL */
	const char *elsewhere;		/* VFIO modules that other files name */
	const char *virqfd_elsewhere;	/* another file that names vfio_virqfd, or NULL */
	bool has_virqfd;		/* the running kernel has it as a module */
};

enum hd_exit hd_setup_parameters(struct hd_context *context, const struct hd_host *host,
				 const struct hd_boot_wish *wish, struct hd_changes *changes,
				 struct hd_error *err)
{
	struct hd_boot_config config;

	if (hd_boot_config_read_all(&config, &context->root, context->arena, host, err) < 0)
		return HD_EXIT_HOST;
	return hd_boot_plan(changes, context->arena, &config, wish, err) < 0 ? HD_EXIT_REFUSED :
									   HD_EXIT_OK;
}

static const char *const off[] = { "off", NULL };
static const char *const off_or_nopt[] = { "off", "nopt", NULL };
static const char *const yes[] = { "y", "Y", "on", NULL };

/*
 * Linux drivers/iommu/intel/iommu.c (intel_iommu=), drivers/iommu/amd/init.c
 * (amd_iommu=: it is on unless it is "off"), arch/x86/kernel/pci-dma.c (iommu=).
 */
static const struct row {
	enum hd_iommu_vendor vendor;
	struct hd_parameter param;
} rows[] = {
	{ HD_IOMMU_INTEL, { .name = "intel_iommu", .value = "on", .is_list = true, .bad = off } },
	{ HD_IOMMU_AMD, { .name = "amd_iommu", .is_list = true, .bad = off } },
	{ HD_IOMMU_INTEL, { .name = "iommu", .value = "pt", .is_list = true,
			    .bad = off_or_nopt } },
	{ HD_IOMMU_AMD, { .name = "iommu", .value = "pt", .is_list = true,
			  .bad = off_or_nopt } },
};

static const struct hd_parameter unsafe_interrupts = {
	.name = "vfio_iommu_type1.allow_unsafe_interrupts", .value = "1", .also = yes,
};

static const struct {
	const char *cpu;
	enum hd_iommu_vendor vendor;
} makers[] = {
	{ "GenuineIntel", HD_IOMMU_INTEL },
	{ "AuthenticAMD", HD_IOMMU_AMD },
	{ "HygonGenuine", HD_IOMMU_AMD },
};

/* The firmware's table decides; where it is missing the IOMMU is off there. */
static enum hd_iommu_vendor vendor_of(const struct hd_facts *facts)
{
	const char *cpu = facts->host.cpu_vendor;

	if (facts->iommu.vendor != HD_IOMMU_NONE)
		return facts->iommu.vendor;
	for (size_t i = 0; cpu && i < HD_ARRAY_SIZE(makers); i++)
		if (!strcmp(cpu, makers[i].cpu))
			return makers[i].vendor;
	return HD_IOMMU_NONE;
}

static int may_be_unsafe(const struct hd_iommu *iommu, struct hd_error *err)
{
	if (iommu->remapping == 1)
		return hd_fail(err, -EPERM, "--unsafe-interrupts is for hardware that "
			       "cannot remap interrupts, but this host remaps them: %s",
			       iommu->remapping_evidence);
	if (!iommu->is_active || iommu->remapping < 0)
		return hd_fail(err, -EPERM, "--unsafe-interrupts: whether interrupts can "
			       "be remapped is unknown until the IOMMU is on: set up the "
			       "host without it, reboot, and run 'hostdevctl check'");
	if (iommu->remapping_unit)
		return hd_fail(err, -EPERM, "--unsafe-interrupts is for hardware that "
			       "cannot remap interrupts: %s; enable remapping instead", iommu->remapping_evidence);
	return 0;
}

/* UNSAFE: -EPERM with ERR where interrupts are remapped, could be, or where that is not known. */
static int choose_parameters(struct hd_parameter **ret, size_t *ret_n, struct hd_arena *arena,
			     const struct hd_facts *facts, bool unsafe, struct hd_error *err)
{
	enum hd_iommu_vendor vendor = vendor_of(facts);
	struct hd_parameter *params = NULL;
	size_t n = 0;

	if (unsafe && may_be_unsafe(&facts->iommu, err) < 0)
		return err->code;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (rows[i].vendor == vendor)
			hd_push(arena, &params, &n, rows[i].param);
	if (unsafe)
		hd_push(arena, &params, &n, unsafe_interrupts);
	*ret = params;
	*ret_n = n;
	return 0;
}

static void note_hindrance(struct hd_changes *changes, struct hd_arena *arena,
			   const struct hd_host *host, int i)
{
	if (host->modules[i] == HD_MODULE_BLACKLISTED)
		hd_changes_note(changes, arena, "%s is blacklisted by %s: remove that by hand",
				hd_vfio_module_names[i], host->blacklisted_by[i] ?
				host->blacklisted_by[i] : "a file in modprobe.d");
	if (host->modules[i] == HD_MODULE_MISSING)
		hd_changes_note(changes, arena, "this kernel has no %s: 'hostdevctl check' "
				"names the package that has it", hd_vfio_module_names[i]);
	if (host->modules[i] == HD_MODULE_NO_TREE)
		hd_changes_note(changes, arena, "%s cannot be loaded before a reboot: the kernel "
				"was upgraded", hd_vfio_module_names[i]);
}

/* What a module of VFIO contributes: a line, or "" if it needs none. */
static const char *line_of(struct hd_arena *arena, const struct hd_host *host, int i,
			   bool *is_elsewhere, const char *elsewhere)
{
	if (host->modules[i] == HD_MODULE_BUILTIN || host->modules[i] == HD_MODULE_MISSING)
		return "";
	*is_elsewhere &= hd_text_has_word(elsewhere, hd_vfio_module_names[i]);
	return hd_printf(arena, "%s\n", hd_vfio_module_names[i]);
}

static void change_modules(struct hd_changes *changes, struct hd_arena *arena,
			   const struct hd_facts *facts, const struct modules *modules)
{
	const struct hd_host *host = &facts->host;
	struct hd_file_change change = { .path = MODULES_FILE, .old = modules->text,
					 .why = "loads VFIO at boot" };
	bool is_elsewhere = true, is_old = !hd_host_is_since(host, 6, 2);
	const char *lines = "";

	for (int i = 0; i < HD_VFIO_MODULE_MAX; i++) {
		lines = hd_printf(arena, "%s%s", lines,
				  line_of(arena, host, i, &is_elsewhere, modules->elsewhere));
		note_hindrance(changes, arena, host, i);
	}
	if (is_old && modules->has_virqfd) {
		is_elsewhere &= modules->virqfd_elsewhere != NULL;
		lines = hd_printf(arena, "%s" VIRQFD "\n", lines);
	}
	if (!is_old && modules->virqfd_elsewhere)
		hd_changes_note(changes, arena, "/%s names " VIRQFD ", which is part of "
				"vfio since Linux 6.2: remove that line", modules->virqfd_elsewhere);
	if (*lines && !(is_elsewhere && !modules->text))
		change.text = hd_printf(arena, HEAD "%s", lines);
	hd_changes_file(changes, arena, &change);
}

static enum hd_exit plan_modules(struct hd_context *context, const struct hd_facts *facts,
				 struct hd_changes *changes, struct hd_error *err)
{
	const struct hd_host *host = &facts->host;
	struct modules modules = { 0 };
	enum hd_module_state virqfd = HD_MODULE_MISSING;
	const char *by;

	if (hd_swap_read(&modules.text, context->arena, &context->root, MODULES_FILE, err) < 0)
		return HD_EXIT_HOST;
	if (host->release)
		virqfd = hd_module_state(&context->root, context->arena, host->release, "vfio_virqfd",
					 &by);
	modules.has_virqfd = virqfd == HD_MODULE_LOADED || virqfd == HD_MODULE_LOADABLE;
	modules.elsewhere = hd_boot_modules_read(&context->root, context->arena, MODULES_FILE,
						&modules.virqfd_elsewhere);
	change_modules(changes, context->arena, facts, &modules);
	return HD_EXIT_OK;
}

static void note_firmware(struct hd_context *context, const struct hd_facts *facts, size_t n_params,
			  struct hd_changes *changes)
{
	if (n_params && facts->iommu.vendor == HD_IOMMU_NONE)
		hd_changes_note(changes, context->arena, "the firmware has no table for an "
				"IOMMU: it is disabled there; 'hostdevctl check' names the setting");
}

static enum hd_exit plan_host(struct hd_setup_request *ask, struct hd_changes *changes,
			      struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	const struct hd_facts_query query = { .guest_uuid = "", .want = HD_WANT_HOST };
	struct hd_boot_wish wish = { .why = "enables the IOMMU; the host's own devices bypass it" };
	struct hd_parameter *params;
	struct hd_facts facts;
	enum hd_exit code;

	if (hd_facts_collect(&facts, &ask->context->root, arena, &query, err) < 0)
		return HD_EXIT_HOST;
	if (choose_parameters(&params, &wish.n, arena, &facts, ask->unsafe_interrupts, err) < 0)
		return HD_EXIT_REFUSED;
	wish.params = params;
	note_firmware(ask->context, &facts, wish.n, changes);
	code = hd_setup_parameters(ask->context, &facts.host, &wish, changes, err);
	return code == HD_EXIT_OK ? plan_modules(ask->context, &facts, changes, err) : code;
}

const struct hd_setup_subject hd_setup_host = {
	.name = NULL,
	.args = "",
	.summary = "kernel parameters and modules that passthrough needs",
	.plan = plan_host,
};
