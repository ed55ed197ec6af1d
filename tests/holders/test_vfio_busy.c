/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vfio_busy.c - is a VFIO group in use that the kernel calls busy, for a moment or for longer? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "facts/holders/holders.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"
#define AT "sys/devices/pci0000:00/0000:00:01.0/" FN
#define FOR_EVER 1000000

static int busy_for, asked;	/* times that the kernel says so, and that it was asked */

int __real_hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...) _printf_(3, 4);
int __wrap_hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...) _printf_(3, 4);

/* The kernel: it has no device of the group on VFIO, once nobody has it open. */
int __wrap_hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...)
{
	struct hd_arena arena = { NULL };
	const char *path;
	va_list args;
	int fd;

	if (!strcmp(fmt, "dev/vfio/%s"))
		return asked++ < busy_for ? -EBUSY : -ENODEV;
	va_start(args, fmt);
	path = hd_vprintf(&arena, fmt, args);
	va_end(args);
	fd = __real_hd_sysroot_fd(root, flags, "%s", path);
	hd_arena_done(&arena);
	return fd;
}

static const struct busy {
	const char *name;
	int busy_for;
	bool has_holder;
	bool is_hidden;		/* no process can be seen */
	int want;
	const char *who;
	int asked;		/* 0: more than ten times, and for a second */
} rows[] = {
	{ "free", 0, false, false, 0, "untouched", 1 },
	{ "somebody else looked", 1, false, false, 0, "untouched", 2 },
	{ "somebody looked several times", 5, false, false, 0, "untouched", 6 },
	{ "a process was closing it", 1, true, false, 0, "untouched", 2 },
	{ "a process has it", FOR_EVER, true, false, 1, " (pid ", 2 },
	{ "it is busy and nobody has it", FOR_EVER, false, false, 1, "a process", 0 },
	{ "it is busy and no process can be seen", FOR_EVER, false, true, 1, "a process", 2 },
	{ "somebody looked, and no process can be seen", 1, false, true, 0, "untouched", 2 },
};

static void test_busy(void **state)
{
	const struct busy *row = *state;
	const char *who = "untouched";
	struct fake_host host;
	int64_t begin = hd_now_ms();

	fake_host_make(&host);
	host.root.is_live = true;
	fake_link(&host, "sys/bus/pci/devices/" FN, "../../../devices/pci0000:00/0000:00:01.0/" FN);
	fake_link(&host, AT "/iommu_group", "../../../../kernel/iommu_groups/12");
	/* The number of /dev/full, which stands for the group's node. */
	fake_file(&host, "sys/class/vfio/12/dev", "1:7\n");
	if (!row->is_hidden)
		fake_file(&host, "proc/self/mountinfo", "");
	if (row->has_holder)
		fake_link(&host, "proc/812", hd_printf(&host.arena, "/proc/%d", getpid()));
	busy_for = row->busy_for;
	asked = 0;
	assert_int_equal(hd_vfio_in_use(&host.root, &host.arena, FN, &who), row->want);
	assert_non_null(strstr(who, row->who));
	if (row->asked)
		assert_int_equal(asked, row->asked);
	else
		assert_true(asked > 10 && hd_now_ms() - begin >= 1000);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];
	int fd = open("/dev/full", O_RDWR | O_CLOEXEC);

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_busy,
						.initial_state = (void *)&rows[i] };
	return fd < 0 ? 1 : cmocka_run_group_tests_name("vfio_busy", tests, NULL, NULL);
}
