/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_modules.c - is a module there, can it be loaded, who forbids it, with which parameters. */
#include "config.h"

#include <string.h>

#include "facts/modules/modules.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RELEASE "6.1.0-18-amd64"
#define DEP "kernel/drivers/vfio/pci/vfio-pci.ko.xz: kernel/drivers/vfio/vfio.ko.xz\n"

static const struct row {
	const char *name;
	const char *file, *text;	/* one file more than the modules' own, or NULL */
	const char *cmdline;
	enum hd_module_state state;
	const char *by;
} rows[] = {
	{ "loadable", NULL, NULL, "", HD_MODULE_LOADABLE, NULL },
	{ "loaded", "sys/module/vfio_pci/initstate", "live\n", "", HD_MODULE_LOADED, NULL },
	{ "loaded though forbidden", "sys/module/vfio_pci/initstate", "live\n",
	  "module_blacklist=vfio_pci", HD_MODULE_LOADED, NULL },
	{ "built in, with parameters", "sys/module/vfio_pci/parameters/ids", "\n", "",
	  HD_MODULE_BUILTIN, NULL },
	{ "built in, by the list", "lib/modules/" RELEASE "/modules.builtin",
	  "kernel/fs/ext4/ext4.ko\nkernel/drivers/vfio/pci/vfio-pci.ko\n", "", HD_MODULE_BUILTIN,
	  NULL },
	{ "forbidden by a file", "etc/modprobe.d/no.conf", "# no\n  blacklist\tvfio-pci\n", "",
	  HD_MODULE_BLACKLISTED, "etc/modprobe.d/no.conf" },
	{ "forbidden by the vendor", "lib/modprobe.d/no.conf", "blacklist vfio_pci", "",
	  HD_MODULE_BLACKLISTED, "lib/modprobe.d/no.conf" },
	{ "forbidden by install", "etc/modprobe.d/no.conf", "install vfio_pci /bin/false\n", "",
	  HD_MODULE_BLACKLISTED, "etc/modprobe.d/no.conf" },
	{ "another install", "etc/modprobe.d/no.conf", "install vfio_pci /sbin/x vfio_pci\n", "",
	  HD_MODULE_LOADABLE, NULL },
	{ "another module", "etc/modprobe.d/no.conf", "blacklist vfio\nblacklist vfio_pci_core\n",
	  "module_blacklist=vfio,vfio_pci_core", HD_MODULE_LOADABLE, NULL },
	{ "a comment", "etc/modprobe.d/no.conf", "#blacklist vfio_pci\n# blacklist vfio_pci\n", "",
	  HD_MODULE_LOADABLE, NULL },
	{ "a file of another kind", "etc/modprobe.d/no.conf.bak", "blacklist vfio_pci\n", "",
	  HD_MODULE_LOADABLE, NULL },
	{ "forbidden to the kernel", NULL, NULL, "quiet module_blacklist=nvme,vfio-pci",
	  HD_MODULE_BLACKLISTED, "kernel command line" },
	{ "forbidden to modprobe", NULL, NULL, "modprobe.blacklist=vfio_pci", HD_MODULE_BLACKLISTED,
	  "kernel command line" },
};

static void tells(void **state)
{
	const struct row *row = *state;
	struct fake_host host;
	const char *by = "x";

	fake_host_make(&host);
	fake_file(&host, "lib/modules/" RELEASE "/modules.dep", DEP);
	fake_file(&host, "proc/cmdline", row->cmdline);
	if (row->file)
		fake_file(&host, row->file, row->text);
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio_pci", &by),
			 row->state);
	if (row->by)
		assert_string_equal(by, row->by);
	else
		assert_null(by);
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio-pci", &by),
			 row->state);
	fake_host_remove(&host);
}

static void missing(void **state)
{
	struct fake_host host;
	const char *by;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio", &by),
			 HD_MODULE_NO_TREE);
	fake_dir(&host, "lib/modules/" RELEASE);
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio", &by),
			 HD_MODULE_MISSING);
	fake_file(&host, "lib/modules/" RELEASE "/modules.dep",
		  "kernel/vfio_x.ko:\nkernel/xvfio.ko: kernel/vfio.ko\nvfio/x.ko:\n");
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio", &by),
			 HD_MODULE_MISSING);
	fake_file(&host, "lib/modules/" RELEASE "/modules.dep", "updates/vfio.ko.zst:");
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "vfio", &by),
			 HD_MODULE_LOADABLE);
	fake_dir(&host, "sys/escape");
	assert_int_equal(hd_module_state(&host.root, &host.arena, RELEASE, "../escape", &by),
			 HD_MODULE_MISSING);
	fake_host_remove(&host);
}

/* A file of etc replaces the one of the same name of the vendor. */
static void masks(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "usr/lib/modprobe.d/a.conf", "blacklist vfio\n");
	assert_string_equal(hd_module_blacklisted_by(&host.root, &host.arena, "vfio"),
			    "usr/lib/modprobe.d/a.conf");
	fake_link(&host, "etc/modprobe.d/a.conf", "/dev/null");
	fake_file(&host, "dev/null", "");
	assert_null(hd_module_blacklisted_by(&host.root, &host.arena, "vfio"));
	fake_host_remove(&host);
}

static void parameters(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), 0);
	fake_file(&host, "etc/modprobe.d/m.conf", "options m q=1 p=1\noptions n p=0\n");
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), 1);
	fake_file(&host, "proc/cmdline", "quiet m.p=n\n");
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), 0);
	fake_file(&host, "sys/module/m/initstate", "live\n");
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), -1);
	fake_file(&host, "sys/module/m/parameters/p", "Y\n");
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), 1);
	fake_file(&host, "sys/module/m/parameters/p", "perhaps\n");
	assert_int_equal(hd_module_bool(&host.root, &host.arena, "m", "p"), -1);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 3] = {
		cmocka_unit_test(missing),
		cmocka_unit_test(masks),
		cmocka_unit_test(parameters),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[3 + i] = (struct CMUnitTest){ rows[i].name, tells, NULL, NULL,
						    (void *)&rows[i] };
	return cmocka_run_group_tests_name("modules", tests, NULL, NULL);
}
