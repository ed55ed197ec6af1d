/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sample.c - findings and steps for the tests of the reports. */
#include "config.h"

#include <stdlib.h>

#include "tests/support/sample.h"
#include "tests/support/unit.h"

#define GPU "0000:01:00.0"
#define DISK "0000:02:00.0"

static const struct hd_check iommu = {
	.id = "iommu-enabled", .scope = HD_SCOPE_HOST, .severity = HD_ERROR,
	.title = "the kernel uses an IOMMU",
};
static const struct hd_check storage = {
	.id = "storage-free", .scope = HD_SCOPE_TAKEN, .severity = HD_ERROR,
	.title = "nobody uses a disk of the device",
};
static const struct hd_check reset = {
	.id = "reset-works", .scope = HD_SCOPE_DEVICE, .severity = HD_WARNING,
	.title = "the device can be reset",
};
static const struct hd_check boot = {
	.id = "vfio-modules-at-boot", .scope = HD_SCOPE_HOST, .severity = HD_NOTE,
	.title = "VFIO is loaded at boot",
};

static const char *commands[] = { "umount /srv", "swapoff -a" };

static struct hd_finding findings[] = {
	{ .check = &iommu, .subject = "host", .severity = HD_ERROR, .verdict = HD_PASS },
	{ .check = &storage, .subject = GPU, .severity = HD_ERROR, .verdict = HD_UNKNOWN },
	{ .check = &storage, .subject = DISK, .severity = HD_ERROR, .verdict = HD_FAIL,
	  .evidence = "nvme0n1 -> nvme0n1p1: mounted on /srv\nand swap", .remedy = "umount /srv",
	  .commands = commands, .n_commands = 2, .allow_with = "--allow storage-free=" DISK },
	{ .check = &reset, .subject = GPU, .severity = HD_WARNING, .verdict = HD_FAIL,
	  .evidence = "reset_method is empty \033[2J", .remedy = "restart the host",
	  .allowed_by = HD_ALLOWED_BY_METADATA },
	{ .check = &boot, .subject = "host", .severity = HD_NOTE, .verdict = HD_FAIL,
	  .evidence = "no file names vfio-pci" },
};

const struct hd_findings sample_findings = { findings, HD_ARRAY_SIZE(findings), false };
const struct hd_findings sample_good = { findings, 1, true };

static const struct hd_knob module = { .name = "module" };
static const struct hd_knob pci_driver = { .name = "pci-driver" };

static struct hd_step steps[] = {
	{ .knob = &module, .target = "vfio_pci", .from = "absent", .to = "loaded" },
	{ .knob = &pci_driver, .target = GPU, .from = "nouveau", .to = "vfio-pci:vfio-pci",
	  .stage = 1, .why = "requested" },
	{ .knob = &pci_driver, .target = DISK, .from = "nvme", .to = "-", .stage = 1,
	  .why = "companion of " GPU },
};

const struct hd_plan sample_plan = { steps, HD_ARRAY_SIZE(steps) };

char *sample_print(int (*print)(FILE *out, const struct hd_report *report),
		   const struct hd_report *report)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(print(out, report), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}
