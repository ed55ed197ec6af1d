/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_mdev_types.c - which mediated devices a parent can make, and bad names. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/conf_dirs.h"
#include "facts/mdev/mdev_types.h"
#include "facts/pci/pci.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define TYPES "sys/class/mdev_bus/mtty/mdev_supported_types"

static void types(void **state)
{
	const char *const *parents;
	struct hd_mdev_types found;
	struct hd_error err = { 0 };
	struct fake_host host;
	size_t n;

	(void)state;
	fake_host_make(&host);
	hd_mdev_parents(&parents, &n, &host.root, &host.arena);
	assert_int_equal(n, 0);
	fake_file(&host, TYPES "/mtty-2/name", "Dual port serial\n");
	fake_file(&host, TYPES "/mtty-2/available_instances", "11\n");
	fake_file(&host, TYPES "/mtty-1/available_instances", "many\n");
	fake_dir(&host, TYPES "/-rf");
	fake_dir(&host, "sys/class/mdev_bus/a b");
	hd_mdev_parents(&parents, &n, &host.root, &host.arena);
	assert_int_equal(n, 1);
	assert_string_equal(parents[0], "mtty");
	assert_int_equal(hd_mdev_types_read(&found, &host.root, &host.arena, "mtty", &err), 0);
	assert_int_equal(found.n, 2);
	assert_string_equal(found.items[0].id, "mtty-1");
	assert_int_equal(found.items[0].available, -1);
	assert_ptr_equal(hd_mdev_type_find(&found, "Dual port serial"), &found.items[1]);
	assert_int_equal(hd_mdev_type_find(&found, "mtty-2")->available, 11);
	assert_null(hd_mdev_type_find(&found, "mtty-3"));
	assert_int_equal(hd_mdev_types_read(&found, &host.root, &host.arena, "../mtty", &err),
			 -ENOENT);
	assert_int_equal(hd_mdev_types_read(&found, &host.root, &host.arena, "other", &err),
			 -ENOENT);
	assert_non_null(strstr(err.text, "other has no mediated device types"));
	fake_host_remove(&host);
}

static void virtual_functions(void **state)
{
	struct hd_pci_fn fn = { .name = "0000:03:00.0", .sriov_numvfs = 3 };
	struct hd_pci_addr *addrs;
	struct fake_host host;
	size_t n;

	(void)state;
	fake_host_make(&host);
	fake_link(&host, HD_SYS_PCI "/0000:03:00.0/virtfn0", "../0000:03:10.0");
	fake_link(&host, HD_SYS_PCI "/0000:03:00.0/virtfn1", "../nonsense");
	fake_link(&host, HD_SYS_PCI "/0000:03:00.0/virtfn2", "../0000:03:10.4");
	hd_pci_vfs_read(&addrs, &n, &host.root, &host.arena, &fn);
	assert_int_equal(n, 2);
	assert_int_equal(addrs[1].fn, 4);
	fn.sriov_numvfs = -1;
	hd_pci_vfs_read(&addrs, &n, &host.root, &host.arena, &fn);
	assert_int_equal(n, 0);
	fake_host_remove(&host);
}

static void who_else_sets_pages(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_null(hd_conf_sysctl_pages(&host.root, &host.arena));
	fake_file(&host, "etc/sysctl.d/10-a.conf",
		  "# vm.nr_hugepages = 1\nvm.nr_hugepages_mempolicy=2\n");
	assert_null(hd_conf_sysctl_pages(&host.root, &host.arena));
	fake_file(&host, "etc/sysctl.conf", "vm.nr_hugepages=3\n");
	assert_string_equal(hd_conf_sysctl_pages(&host.root, &host.arena), "etc/sysctl.conf");
	fake_file(&host, "usr/lib/sysctl.d/20-b.conf", " -vm/nr_hugepages = 3\n");
	assert_string_equal(hd_conf_sysctl_pages(&host.root, &host.arena),
			    "usr/lib/sysctl.d/20-b.conf");
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types),
		cmocka_unit_test(virtual_functions),
		cmocka_unit_test(who_else_sets_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
