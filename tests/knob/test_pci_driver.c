/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_pci_driver.c - which sysfs files the binder writes, and what.
 *
 * The tree has no kernel behind it: what was written stays in the files.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ADDR "0000:01:00.0"
#define UNTOUCHED "untouched"

static int make(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	fake_pci_add(&host, &(struct fake_pci){ .addr = ADDR, .driver = "nvme", .group = 1 });
	fake_file(&host, "sys/bus/pci/devices/" ADDR "/driver_override", "(null)\n");
	fake_file(&host, "sys/bus/pci/drivers/nvme/unbind", UNTOUCHED);
	fake_file(&host, "sys/bus/pci/drivers/vfio-pci/unbind", UNTOUCHED);
	fake_file(&host, "sys/bus/pci/drivers_probe", UNTOUCHED);
	*state = &host;
	return 0;
}

static int drop(void **state)
{
	fake_host_remove(*state);
	return 0;
}

/* The start of FILE is what was written: there is no kernel to take it. */
static void assert_written(struct fake_host *host, const char *file, const char *want)
{
	char text[64] = "";

	assert_true(hd_sysroot_bytes(&host->root, text, sizeof(text) - 1, "%s", file) >= 0);
	assert_memory_equal(text, want, strlen(want));
}

static void set(struct fake_host *host, const char *from, const char *to, int want)
{
	struct hd_knob_host knob_host = { .root = &host->root };
	struct hd_error err = { 0 };

	assert_int_equal(hd_knob_pci_driver_sysfs.set(&knob_host, ADDR, from, to, &err), want);
}

static void reads_driver_and_override(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host knob_host = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	assert_int_equal(hd_knob_pci_driver_sysfs.get(&knob_host, ADDR, now, &err), 0);
	assert_string_equal(now, "nvme");
	fake_file(host, "sys/bus/pci/devices/" ADDR "/driver_override", "vfio-pci\n");
	assert_int_equal(hd_knob_pci_driver_sysfs.get(&knob_host, ADDR, now, &err), 0);
	assert_string_equal(now, "nvme:vfio-pci");
	assert_int_equal(hd_knob_pci_driver_sysfs.get(&knob_host, "0000:09:00.0", now, &err),
			 -ENODEV);
	assert_non_null(strstr(err.text, "0000:09:00.0"));
}

static void binds_by_override(void **state)
{
	set(*state, "nvme", "vfio-pci:vfio-pci", 0);
	assert_written(*state, "sys/bus/pci/devices/" ADDR "/driver_override", "vfio-pci");
	assert_written(*state, "sys/bus/pci/drivers/nvme/unbind", ADDR);
	assert_written(*state, "sys/bus/pci/drivers/vfio-pci/unbind", UNTOUCHED);
	assert_written(*state, "sys/bus/pci/drivers_probe", ADDR);
}

static void unbinds_without_probe(void **state)
{
	set(*state, "nvme", "-", 0);
	assert_written(*state, "sys/bus/pci/drivers/nvme/unbind", ADDR);
	assert_written(*state, "sys/bus/pci/drivers_probe", UNTOUCHED);
}

/* It is bound already, and only the override is wrong: no bounce of a live driver. */
static void leaves_the_right_driver(void **state)
{
	fake_file(*state, "sys/bus/pci/devices/" ADDR "/driver_override", "vfio-pci\n");
	set(*state, "vfio-pci:vfio-pci", "nvme", 0);
	assert_written(*state, "sys/bus/pci/devices/" ADDR "/driver_override", "\n");
	assert_written(*state, "sys/bus/pci/drivers/nvme/unbind", UNTOUCHED);
	assert_written(*state, "sys/bus/pci/drivers_probe", UNTOUCHED);
}

/* "*" must not unbind a driver of the host that is there already. */
static void lets_the_kernel_choose(void **state)
{
	set(*state, "vfio-pci:vfio-pci", "*", 0);
	assert_written(*state, "sys/bus/pci/drivers/nvme/unbind", UNTOUCHED);
	assert_written(*state, "sys/bus/pci/drivers_probe", ADDR);
}

/* No daemon answers: the tree is written as by sysfs, and that is said. */
static void libvirt_falls_back_aloud(void **state)
{
	struct fake_host *host = *state;
	struct hd_sysroot root = { .fd = host->root.fd, .is_live = true };
	struct hd_knob_host knob_host = { .root = &root, .connect_deadline_ms = 10000,
					  .call_deadline_ms = 1000, .program = "/bin/false" };
	struct hd_error err = { 0 };

	assert_int_equal(hd_knob_pci_driver_libvirt.set(&knob_host, ADDR, "nvme",
							"vfio-pci:vfio-pci", &err),
			 HD_SET_OTHERWISE);
	assert_int_equal(err.code, 0);
	assert_string_equal(err.text, "done with sysfs: libvirt cannot be reached: it ended "
				      "without a reason");
	assert_written(*state, "sys/bus/pci/drivers_probe", ADDR);
	assert_int_equal(hd_knob_pci_driver_libvirt.set(&knob_host, ADDR, "nvme", "-", &err),
			 HD_SET_OTHERWISE);
	assert_string_equal(err.text, "done with sysfs: libvirt has no call for it");
}

/* QEMU has the group open: neither its function nor an unbound companion goes back. */
static void leaves_what_is_in_use(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host knob_host = { .root = &host->root };
	struct hd_error err = { 0 };

	assert_int_equal(hd_knob_pci_driver_sysfs.may_undo(&knob_host, ADDR, "-", &err), 0);
	fake_file(host, "dev/vfio/1", "");
	fake_file(host, "proc/812/comm", "qemu\n");
	fake_link(host, "proc/812/fd/20", "/dev/vfio/1");
	assert_int_equal(hd_knob_pci_driver_sysfs.may_undo(&knob_host, ADDR, "-", &err), -EBUSY);
	assert_non_null(strstr(err.text, "qemu (pid 812)"));
	assert_int_equal(hd_knob_pci_driver_sysfs.may_undo(&knob_host, ADDR,
							   "vfio-pci:vfio-pci", &err), -EBUSY);
	assert_int_equal(hd_knob_pci_driver_sysfs.may_undo(&knob_host, ADDR, "nvme", &err), 0);
}

static void names_what_failed(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host knob_host = { .root = &host->root };
	struct hd_error err = { 0 };

	fake_link(host, "sys/bus/pci/devices/" ADDR "/driver", "../../../bus/pci/drivers/gone");
	assert_int_equal(hd_knob_pci_driver_sysfs.set(&knob_host, ADDR, "gone",
						      "vfio-pci:vfio-pci", &err), -ENOENT);
	assert_non_null(strstr(err.text, "cannot unbind " ADDR " from gone"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_driver_and_override, make, drop),
		cmocka_unit_test_setup_teardown(binds_by_override, make, drop),
		cmocka_unit_test_setup_teardown(unbinds_without_probe, make, drop),
		cmocka_unit_test_setup_teardown(leaves_the_right_driver, make, drop),
		cmocka_unit_test_setup_teardown(lets_the_kernel_choose, make, drop),
		cmocka_unit_test_setup_teardown(libvirt_falls_back_aloud, make, drop),
		cmocka_unit_test_setup_teardown(leaves_what_is_in_use, make, drop),
		cmocka_unit_test_setup_teardown(names_what_failed, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
