/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_iommu.c - which IOMMU, is it at work, does it remap interrupts, who is in a group. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/host/iommu.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define PLAIN "  0:  9  IO-APIC   2-edge  timer\n 24:  1  PCI-MSI 65536-edge  IR-fake\n"

static const struct row {
	const char *name;
	const char *table;		/* below sys/firmware, or NULL */
	const char *interrupts;		/* NULL: no such file */
	const char *ecap;		/* of dmar1, or NULL */
	enum hd_iommu_vendor vendor;
	int remapping;
	const char *evidence;		/* a part of it */
} rows[] = {
	{ "intel, remapping", "acpi/tables/DMAR",
	  " 24:  0  0  DMAR-MSI  0-edge  dmar0\n 25: 1 0 IR-PCI-MSI 524288-edge      nvme0q0\n",
	  "f0105a\n", HD_IOMMU_INTEL, 1, "has IR-PCI-MSI" },
	{ "kernel 6.10 names a chip per device", "acpi/tables/DMAR",
	  " 25: 1 0 IR-PCI-MSIX-0000:00:03.0    0-edge      nvme0q0\n", NULL,
	  HD_IOMMU_INTEL, 1, "has IR-PCI-MSIX-0000:00:03.0" },
	{ "intel, able but off", "acpi/tables/DMAR", PLAIN, "f0105a\n", HD_IOMMU_INTEL, 0,
	  "has IO-APIC but no IR- chip, although dmar1 can remap" },
	{ "intel, not able", "acpi/tables/DMAR", PLAIN, "f01052\n", HD_IOMMU_INTEL, 0,
	  "but no IR- chip" },
	{ "intel, ecap is garbage", "acpi/tables/DMAR", PLAIN, "zz\n", HD_IOMMU_INTEL, 0,
	  "but no IR- chip" },
	{ "amd, remapping", "acpi/tables/IVRS", " 1:  9  IR-IO-APIC  1-edge  i8042\n", NULL,
	  HD_IOMMU_AMD, 1, "has IR-IO-APIC" },
	{ "amd, not", "acpi/tables/IVRS", PLAIN, NULL, HD_IOMMU_AMD, 0, "has IO-APIC" },
	{ "arm with ITS", "acpi/tables/IORT",
	  " 11:  1  GICv3  27 Level  arch_timer\n 40:  1  ITS-MSI 524288 Edge  nvme0q0\n", NULL,
	  HD_IOMMU_ARM, 1, "has ITS-MSI" },
	{ "arm without", "acpi/tables/IORT", " 11:  1  GICv3  27 Level  arch_timer\n", NULL,
	  HD_IOMMU_ARM, -1, "no known interrupt chip" },
	{ "arm by device tree", "devicetree/base/soc/iommu@5000000/compatible", PLAIN, NULL,
	  HD_IOMMU_ARM, 0, "IO-APIC" },
	{ "virtio", "acpi/tables/VIOT", PLAIN, NULL, HD_IOMMU_VIRTIO, 0, "IO-APIC" },
	{ "no table, no file", NULL, NULL, NULL, HD_IOMMU_NONE, -1, "cannot be read" },
	{ "no lines", NULL, "", NULL, HD_IOMMU_NONE, -1, "no known interrupt chip" },
};

static void judges(void **state)
{
	const struct row *row = *state;
	struct fake_host host;
	struct hd_iommu iommu;
	struct hd_error err;

	fake_host_make(&host);
	if (row->table)
		fake_file(&host, hd_printf(&host.arena, "sys/firmware/%s", row->table), "x");
	if (row->interrupts)
		fake_file(&host, "proc/interrupts", row->interrupts);
	fake_dir(&host, "sys/class/iommu/dmar0");
	if (row->ecap)
		fake_file(&host, "sys/class/iommu/dmar1/intel-iommu/ecap", row->ecap);
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_int_equal(iommu.vendor, row->vendor);
	assert_int_equal(iommu.remapping, row->remapping);
	if (!strstr(iommu.remapping_evidence, row->evidence))
		fail_msg("evidence is \"%s\"", iommu.remapping_evidence);
	assert_false(iommu.is_active);
	fake_host_remove(&host);
}

static void is_active(void **state)
{
	struct fake_host host;
	struct hd_iommu iommu;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_false(iommu.is_active);
	fake_dir(&host, "sys/class/iommu");
	fake_dir(&host, "sys/kernel/iommu_groups");
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_false(iommu.is_active);
	fake_dir(&host, "sys/class/iommu/dmar0");
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_false(iommu.is_active);
	fake_dir(&host, "sys/kernel/iommu_groups/0");
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_true(iommu.is_active && iommu.has_groups);
	fake_host_remove(&host);
	fake_host_make(&host);
	fake_dir(&host, "sys/kernel/iommu_groups/0");
	assert_int_equal(hd_iommu_read(&iommu, &host.root, &host.arena, &err), 0);
	assert_true(!iommu.is_active && iommu.has_groups);
	fake_host_remove(&host);
	fake_host_make(&host);
	fake_file(&host, "sys/class/iommu", "no folder");
	assert_true(hd_iommu_read(&iommu, &host.root, &host.arena, &err) < 0);
	assert_non_null(strstr(err.text, "sys/class/iommu"));
	fake_host_remove(&host);
}

static void group(void **state)
{
	static const struct fake_pci fns[] = {
		{ "0000:01:00.1", .group = 14, .class = 0x040300 },
		{ "0000:00:01.0", .group = 14, .class = 0x060400, .header_type = 1 },
		{ "10000:01:00.0", .group = 14 },
		{ "0000:01:00.0", .group = 14, .driver = "vfio-pci" },
	};
	struct hd_iommu_group group = { .id = 99 };
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_iommu_group_read(&group, &host.root, &host.arena, 14, &err), -ENOENT);
	assert_int_equal(group.id, 99);
	assert_string_equal(err.text, "cannot read IOMMU group 14: No such file or directory");
	for (size_t i = 0; i < HD_ARRAY_SIZE(fns); i++)
		fake_pci_add(&host, &fns[i]);
	fake_link(&host, "sys/kernel/iommu_groups/14/devices/arm-smmu.3.auto", "x");
	assert_int_equal(hd_iommu_group_read(&group, &host.root, &host.arena, 14, &err), 0);
	assert_int_equal(group.id, 14);
	assert_int_equal(group.n_members, 4);
	assert_int_equal(group.members[0].bus, 0);
	assert_int_equal(group.members[1].fn, 0);
	assert_int_equal(group.members[2].fn, 1);
	assert_int_equal(group.members[3].domain, 0x10000);
	assert_string_equal(group.type, "DMA-FQ");
	assert_null(group.direct_region);
	assert_true(group.has_vfio_node);
	fake_host_remove(&host);
}

static void regions(void **state)
{
	static const struct {
		const char *text, *direct;
	} rows_of_regions[] = {
		{ "", NULL },
		{ "0x00000000000e0000 0x00000000000effff direct-relaxable\n", NULL },
		{ "0x0 0x1 msi\n0x00000000bdf6f000 0x00000000bdf7efff direct\n0x3 0x4 direct\n",
		  "0x00000000bdf6f000 0x00000000bdf7efff direct" },
	};
	struct hd_iommu_group group_of;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_dir(&host, "sys/kernel/iommu_groups/3/devices");
	assert_int_equal(hd_iommu_group_read(&group_of, &host.root, &host.arena, 3, &err), 0);
	assert_null(group_of.type);
	assert_int_equal(group_of.n_members, 0);
	assert_false(group_of.has_vfio_node);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows_of_regions); i++) {
		fake_file(&host, "sys/kernel/iommu_groups/3/reserved_regions",
			  rows_of_regions[i].text);
		assert_int_equal(hd_iommu_group_read(&group_of, &host.root, &host.arena, 3, &err),
				 0);
		if (rows_of_regions[i].direct)
			assert_string_equal(group_of.direct_region, rows_of_regions[i].direct);
		else
			assert_null(group_of.direct_region);
	}
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 3] = {
		cmocka_unit_test(is_active),
		cmocka_unit_test(group),
		cmocka_unit_test(regions),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[3 + i] = (struct CMUnitTest){ rows[i].name, judges, NULL, NULL,
						    (void *)&rows[i] };
	return cmocka_run_group_tests_name("iommu", tests, NULL, NULL);
}
