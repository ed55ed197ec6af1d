/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hookhost.c - a fake host with a disk and a card of two functions, on which the hook runs. */
#include "config.h"

#include <string.h>

#include "tests/support/hookhost.h"
#include "tests/support/unit.h"

const char hook_host_plain[] = HOOK_HOST_DOMAIN("    <console type='pty'/>\n");
const char hook_host_disk[] = HOOK_HOST_DOMAIN(HOOK_HOST_DEVICE("no", "0x01", "0x0"));
const char hook_host_managed[] = HOOK_HOST_DOMAIN(HOOK_HOST_DEVICE("yes", "0x01", "0x0"));

#define JOURNAL "run/hostdevctl/" HOOK_HOST_UUID

static const struct fake_pci hook_host_functions[] = {
	{ .addr = HOOK_HOST_DISK, .group = 11, .driver = "nvme" },
	{ .addr = HOOK_HOST_GPU, .class = 0x030000, .group = 12, .driver = "nouveau" },
	{ .addr = HOOK_HOST_SOUND, .class = 0x040300, .group = 12, .driver = "snd_hda_intel" },
};

int hook_host_setup(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	fake_good_host(&host);
	fake_file(&host, "sys/bus/pci/drivers_probe", "");
	fake_file(&host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	for (size_t i = 0; i < HD_ARRAY_SIZE(hook_host_functions); i++) {
		const struct fake_pci *fn = &hook_host_functions[i];

		fake_pci_add(&host, fn);
		fake_file(&host, hd_printf(&host.arena, "sys/bus/pci/drivers/%s/unbind", fn->driver),
			  "");
		fake_file(&host, hd_printf(&host.arena, "fake/natural/%s", fn->addr), fn->driver);
		fake_file(&host, hd_printf(&host.arena, "dev/vfio/%d", fn->group), "");
	}
	fake_dir(&host, "run");
	fake_dir(&host, "proc");
	*state = &host;
	return 0;
}

int hook_host_teardown(void **state)
{
	fake_host_remove(*state);
	return 0;
}

struct hook_run hook_host_call_guest(struct fake_host *host, const char *guest,
				     const char *operation, const char *xml, unsigned limit_s)
{
	bool is_end = !strcmp(operation, "release") || !strcmp(operation, "stopped");
	const struct hook_call call = {
		.guest = guest,
		.operation = operation,
		.suboperation = is_end ? "end" : "begin",
		.xml = xml,
		.length = strlen(xml),
		.limit_s = limit_s,
	};
	struct hook_run run = run_hook(host, &call);

	assert_string_equal(run.out, "");
	return run;
}

struct hook_run hook_host_call(struct fake_host *host, const char *operation, const char *xml)
{
	return hook_host_call_guest(host, "g", operation, xml, 0);
}

const char *hook_host_driver(struct fake_host *host, const char *addr)
{
	const char *driver;

	if (hd_sysroot_link_base(&host->root, &host->arena, &driver,
				 "sys/bus/pci/devices/%s/driver", addr) < 0)
		return "-";
	return driver;
}

void hook_host_expect_untouched(struct fake_host *host)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(hook_host_functions); i++) {
		const char *override;

		assert_string_equal(hook_host_driver(host, hook_host_functions[i].addr), hook_host_functions[i].driver);
		assert_true(hd_sysroot_text(&host->root, &host->arena, &override,
					    "sys/bus/pci/devices/%s/driver_override",
					    hook_host_functions[i].addr) >= 0);
		assert_string_equal(override, "(null)");
	}
	assert_false(hd_sysroot_has(&host->root, JOURNAL));
}
