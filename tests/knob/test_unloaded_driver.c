/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_unloaded_driver.c - the card gets the driver back that went with its modules. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ADDR "0000:01:00.0"
#define PROBE "sys/bus/pci/drivers_probe"

static void binds_when_the_module_is_back(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	const char *text;

	fake_pci_add(host, &(struct fake_pci){ .addr = ADDR, .group = 1 });
	fake_file(host, "sys/bus/pci/devices/" ADDR "/driver_override", "(null)\n");
	fake_file(host, PROBE, "-");
	assert_int_equal(hd_knob_unloaded_driver.set(&at, ADDR, "-", "nvidia", &err), -ENOENT);
	assert_non_null(strstr(err.text, "nvidia is not loaded"));
	assert_true(hd_sysroot_text(&host->root, &host->arena, &text, PROBE) > 0);
	assert_string_equal(text, "-");
	fake_dir(host, "sys/bus/pci/drivers/nvidia");
	assert_int_equal(hd_knob_unloaded_driver.set(&at, ADDR, "-", "nvidia", &err), 0);
	assert_true(hd_sysroot_text(&host->root, &host->arena, &text, PROBE) > 0);
	assert_string_equal(text, ADDR);
	assert_int_equal(hd_knob_unloaded_driver.set(&at, ADDR, "-", "../x", &err), -EINVAL);
}

/* Its undo is all that it is for. */
static void is_never_set_by_a_plan(void **state)
{
	(void)state;
	assert_true(hd_knob_unloaded_driver.is_by_others);
	assert_false(hd_knob_unloaded_driver.is_kept);
	assert_true(hd_knob_unloaded_driver.is_between("nvidia", "-", "vfio-pci:vfio-pci"));
	assert_false(hd_knob_unloaded_driver.is_between("nvidia", "-", "nouveau"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(binds_when_the_module_is_back, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test(is_never_set_by_a_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
