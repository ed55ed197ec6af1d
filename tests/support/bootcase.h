/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bootcase.h - plans kernel parameters for a boot loader's files that a test makes by hand. */
#pragma once

#include "setup/boot_changes.h"

/* What boot_intel sets. */
#define BOOT_CASE_ON "intel_iommu=on iommu=pt"

extern const struct hd_parameter boot_intel[2], boot_amd[2], boot_pages[1];

/* Of the test that runs. */
extern struct boot_case {
	struct hd_arena arena;
	struct hd_changes changes;
	struct hd_error err;
} boot_case;

/* Plans what sets PARAMS; CONFIG gets one command.  Returns what hd_boot_plan() does. */
int boot_case_plan(struct hd_boot_config *config, const struct hd_parameter *params, size_t n);

/* cmocka's clean-up: frees what the test planned. */
int boot_case_forget(void **state);
