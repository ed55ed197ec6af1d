/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootcase.c - plans kernel parameters for a boot loader's files that a test makes by hand. */
#include "config.h"

#include "tests/support/bootcase.h"

static const char *const off[] = { "off", NULL }, *const no_pt[] = { "off", "nopt", NULL };
const struct hd_parameter boot_intel[2] = {
	{ .name = "intel_iommu", .value = "on", .is_list = true, .bad = off },
	{ .name = "iommu", .value = "pt", .is_list = true, .bad = no_pt },
};
const struct hd_parameter boot_amd[2] = {
	{ .name = "amd_iommu", .is_list = true, .bad = off },
	{ .name = "iommu", .value = "pt", .is_list = true, .bad = no_pt },
};
const struct hd_parameter boot_pages[1] = {
	{ .name = "hugepages", .value = "8", .behind = "hugepagesz=1G" },
};

struct boot_case boot_case;

static const char *const argv[] = { "/usr/bin/make-it", NULL };
static const char *const *const commands[] = { argv };

int boot_case_plan(struct hd_boot_config *config, const struct hd_parameter *params, size_t n)
{
	const struct hd_boot_wish wish = { params, n, "a test" };

	boot_case.changes = (struct hd_changes){ 0 };
	boot_case.err = (struct hd_error){ 0 };
	config->commands = (const char *const **)(uintptr_t)commands;
	config->n_commands = 1;
	return hd_boot_plan(&boot_case.changes, &boot_case.arena, config, &wish,
			    &boot_case.err);
}

int boot_case_forget(void **state)
{
	(void)state;
	hd_arena_done(&boot_case.arena);
	return 0;
}
