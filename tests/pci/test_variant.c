/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_variant.c - which VFIO driver fits a function best. */
#include "config.h"

#include <string.h>

#include "facts/host/host.h"
#include "facts/pci/vfio_variant.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RELEASE "6.12.0"
#define GENERIC "alias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci\n"
#define MLX5 "alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci\n"
#define MLX5_VF "pci:v000015B3d0000101Esv000015B3sd00000061bc02sc00i00"

static const struct row {
	const char *name, *aliases, *modalias, *want;
} rows[] = {
	{ "no file", NULL, MLX5_VF, "vfio-pci" },
	{ "only the generic one", "# c\n" GENERIC, MLX5_VF, "vfio_pci" },
	{ "a variant", "# c\n" GENERIC MLX5, MLX5_VF, "mlx5_vfio_pci" },
	{ "order does not count", "# c\n" MLX5 GENERIC, MLX5_VF, "mlx5_vfio_pci" },
	{ "another device", "# c\n" GENERIC MLX5,
	  "pci:v000015B3d0000101Dsv000015B3sd00000061bc02sc00i00", "vfio_pci" },
	{ "none fits", "# c\n" MLX5, "pci:v00008086d0000101Esv00000000sd00000000bc02sc00i00",
	  "vfio-pci" },
	{ "fewest wildcards",
	  GENERIC MLX5 "alias vfio_pci:v000015B3d0000101Esv*sd*bc02sc*i* closer\n"
		       "alias vfio_pci:v*d0000101Esv*sd*bc*sc*i* farther\n",
	  MLX5_VF, "closer" },
	{ "the first of equals",
	  "alias vfio_pci:v*d0000101Esv*sd*bc*sc*i* first\n"
	  "alias vfio_pci:v000015B3d*sv*sd*bc*sc*i* second\n", MLX5_VF, "first" },
	{ "by class", "alias vfio_pci:v00008086d*sv*sd*bc03sc*i* xe_vfio_pci\n",
	  "pci:v00008086d00001234sv00001028sd00001028bc03sc00i00", "xe_vfio_pci" },
	{ "values that look like fields",
	  "alias vfio_pci:v0000DBBCd0000BC0Dsv0000DDDDsd0000BBBBbcBCscDDiBB odd\n",
	  "pci:v0000DBBCd0000BC0Dsv0000DDDDsd0000BBBBbcBCscDDiBB", "odd" },
	{ "aliases of other buses", "alias pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_core\n" GENERIC,
	  MLX5_VF, "vfio_pci" },
	{ "broken lines",
	  "alias vfio_pci:\nalias vfio_pci:v*d*sv*sd*bc*sc*i*\nalias vfio_pci:v12d* x\n"
	  "alias vfio_pci:v*d*sv*sd*bc*sc*i* \nalias vfio_pci:v*d*sv*sd*bc*sc*i* a/b\n"
	  "alias vfio_pci:v*d*sv*sd*bc*sc*i* ..\nalias vfio_pci:v*d*sv*sd*bc*sc*i*x y\n",
	  MLX5_VF, "vfio-pci" },
	{ "a modalias of another bus", GENERIC, "usb:v1D6Bp0003", "vfio-pci" },
	{ "an empty modalias", GENERIC, "", "vfio-pci" },
};

static void chooses(void **state)
{
	const struct row *row = *state;
	struct hd_vfio_aliases aliases;
	struct fake_host host;

	fake_host_make(&host);
	if (row->aliases)
		fake_file(&host, "lib/modules/" RELEASE "/modules.alias", row->aliases);
	hd_vfio_aliases_read(&aliases, &host.root, &host.arena, RELEASE);
	assert_string_equal(hd_vfio_aliases_best(&aliases, &host.arena, row->modalias), row->want);
	fake_host_remove(&host);
}

static void names(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_string_equal(hd_vfio_driver_name(&host.root, &host.arena, "vfio_pci"), "vfio-pci");
	assert_string_equal(hd_vfio_driver_name(&host.root, &host.arena, "vfio-pci"), "vfio-pci");
	assert_string_equal(hd_vfio_driver_name(&host.root, &host.arena, "xe_vfio_pci"),
			    "xe_vfio_pci");
	fake_dir(&host, "sys/bus/pci/drivers/xe-vfio-pci");
	assert_string_equal(hd_vfio_driver_name(&host.root, &host.arena, "xe_vfio_pci"),
			    "xe-vfio-pci");
	fake_dir(&host, "sys/bus/pci/drivers/mlx5_vfio_pci");
	assert_string_equal(hd_vfio_driver_name(&host.root, &host.arena, "mlx5-vfio-pci"),
			    "mlx5_vfio_pci");
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 1] = {
		cmocka_unit_test(names),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[1 + i] = (struct CMUnitTest){ rows[i].name, chooses, NULL, NULL,
						    (void *)&rows[i] };
	return cmocka_run_group_tests_name("variant", tests, NULL, NULL);
}
