/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pci_state.c - the text of a driver's state: read, compared, half-way. */
#include "config.h"

#include <errno.h>

#include "knob/pci_state.h"
#include "tests/support/unit.h"

static const struct good {
	const char *text, *driver, *override;
} good[] = {
	{ "nvme", "nvme", "" },
	{ "-", "-", "" },
	{ "*", "*", "" },
	{ "vfio-pci:vfio-pci", "vfio-pci", "vfio-pci" },
	{ "-:vfio-pci", "-", "vfio-pci" },
};

static void parses(void **state)
{
	static const char *const bad[] = { "", ":x", "a/b", "a:../b" };
	struct hd_pci_state parsed;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(good); i++) {
		assert_int_equal(hd_pci_state_parse(good[i].text, &parsed), 0);
		assert_string_equal(parsed.driver, good[i].driver);
		assert_string_equal(parsed.override, good[i].override);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++)
		assert_int_equal(hd_pci_state_parse(bad[i], &parsed), -EINVAL);
}

static void any_host_driver(void **state)
{
	(void)state;
	assert_true(hd_pci_state_is_at("nvme", "nvme"));
	assert_false(hd_pci_state_is_at("nvme", "nvme:nvme"));
	assert_true(hd_pci_state_is_at("*", "nvme"));
	assert_true(hd_pci_state_is_at("*", "-"));
	assert_false(hd_pci_state_is_at("*", "nvme:nvme"));
	assert_false(hd_pci_state_is_at("*", "vfio-pci"));
	assert_false(hd_pci_state_is_at("*", "mlx5_vfio_pci"));
}

static const struct between {
	const char *from, *to, *now;
	bool want;
} rows[] = {
	{ "nvme", "vfio-pci:vfio-pci", "nvme:vfio-pci", true },
	{ "nvme", "vfio-pci:vfio-pci", "-:vfio-pci", true },
	{ "nvme", "vfio-pci:vfio-pci", "-", true },
	{ "nvme", "vfio-pci:vfio-pci", "nvme:nvme", true },	/* on the way back */
	{ "nvme", "vfio-pci:vfio-pci", "e1000e", false },
	{ "nvme", "vfio-pci:vfio-pci", "nvme:pci-stub", false },
	{ "nvme", "vfio-pci:vfio-pci", "pci-stub:vfio-pci", false },
	{ "vfio-pci:vfio-pci", "*", "e1000e", true },
};

static void half_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_int_equal(hd_pci_state_is_between(rows[i].from, rows[i].to, rows[i].now),
				 rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(any_host_driver),
		cmocka_unit_test(half_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
