/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_parameters.c - what `hostdevctl setup` does for passthrough as such. */
#include "config.h"

#include <string.h>

#include "facts/boot/boot_config.h"
#include "facts/modules/modules.h"
#include "setup/host_needs.h"
#include "setup/replace_file.h"
#include "setup/subjects.h"

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

static enum hd_exit plan_modules(struct hd_context *context, const struct hd_facts *facts,
				 struct hd_changes *changes, struct hd_error *err)
{
	const struct hd_host *host = &facts->host;
	struct hd_setup_modules modules = { 0 };
	enum hd_module_state virqfd = HD_MODULE_MISSING;
	const char *by;

	if (hd_swap_read(&modules.text, context->arena, &context->root, HD_SETUP_MODULES, err) < 0)
		return HD_EXIT_HOST;
	if (host->release)
		virqfd = hd_module_state(&context->root, context->arena, host->release, "vfio_virqfd",
					 &by);
	modules.has_virqfd = virqfd == HD_MODULE_LOADED || virqfd == HD_MODULE_LOADABLE;
	modules.elsewhere = hd_boot_modules_read(&context->root, context->arena, HD_SETUP_MODULES,
						&modules.virqfd_elsewhere);
	hd_setup_host_modules(changes, context->arena, facts, &modules);
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
	if (hd_setup_host_parameters(&params, &wish.n, arena, &facts,
				     ask->unsafe_interrupts, err) < 0)
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
