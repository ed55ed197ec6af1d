/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_module.c - a module's state, and that a captured host is never changed. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static void reads_the_state(void **state)
{
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];
	struct fake_host host;
	struct hd_knob_host knob_host = { .root = &host.root };

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_knob_module.get(&knob_host, "vfio-pci", now, &err), 0);
	assert_string_equal(now, "absent");
	fake_dir(&host, "sys/module/vfio_pci");
	assert_int_equal(hd_knob_module.get(&knob_host, "vfio-pci", now, &err), 0);
	assert_string_equal(now, "loaded");
	fake_dir(&host, "sys/bus/pci/drivers/mlx5_vfio_pci");
	assert_int_equal(hd_knob_module.get(&knob_host, "mlx5_vfio_pci", now, &err), 0);
	assert_string_equal(now, "loaded");
	fake_host_remove(&host);
}

static void a_captured_host_is_not_changed(void **state)
{
	struct hd_error err = { 0 };
	struct fake_host host;
	struct hd_knob_host knob_host = { .root = &host.root, .call_deadline_ms = 1000 };

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_knob_module.set(&knob_host, "vfio-pci", "absent", "loaded", &err),
			 -EOPNOTSUPP);
	assert_non_null(strstr(err.text, "vfio-pci"));
	assert_true(hd_knob_module.is_kept);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_state),
		cmocka_unit_test(a_captured_host_is_not_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
