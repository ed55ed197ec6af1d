/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nodes.c - which device nodes belong to a function? */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/holders/nodes.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"

struct file {
	const char *path, *text;	/* below the function, or "/" for the root; "->" a link */
};

#define NODE(path, number, class, name) \
	{ path "/dev", number "\n" }, { path "/subsystem", "->/sys/class/" class }, \
	{ path "/uevent", "MAJOR=1\nDEVNAME=" name "\nDEVMODE=0660\n" }

static const struct row {
	const char *name;
	struct file files[16];
	const char *driver;
	unsigned header_type;
	const char *disk;
	const char *want;	/* "name major:minor class" a line, or an error's text */
	int rc;
} rows[] = {
	{ .name = "none", .files = { { "vendor", "0x1b36\n" } }, .want = "" },
	{ .name = "an NVMe controller, its disk and partition",
	  .files = { NODE("nvme/nvme0", "240:0", "nvme", "nvme0"),
		     NODE("nvme/nvme0/nvme0n1", "259:0", "block", "nvme0n1"),
		     NODE("nvme/nvme0/nvme0n1/nvme0n1p1", "259:1", "block", "nvme0n1p1"),
		     NODE("nvme/nvme0/ng0n1", "239:0", "nvme-generic", "ng0n1") },
	  .want = "/dev/nvme0 240:0 nvme\n/dev/ng0n1 239:0 nvme-generic\n"
		  "/dev/nvme0n1 259:0 block b\n/dev/nvme0n1p1 259:1 block b\n" },
	{ .name = "nodes in folders, numbers as numbers",
	  .files = { NODE("sound/card0/pcmC0D10p", "116:4", "sound", "snd/pcmC0D10p"),
		     NODE("sound/card0/pcmC0D2p", "116:3", "sound", "snd/pcmC0D2p") },
	  .want = "/dev/snd/pcmC0D2p 116:3 sound\n/dev/snd/pcmC0D10p 116:4 sound\n" },
	{ .name = "the names of others are not trusted",
	  .files = { NODE("tty/ttyS4", "4:68", "tty", "tty\033S4") },
	  .want = "/dev/tty?S4 4:68 tty\n" },
	{ .name = "no uevent, no class", .files = { { "x/odd0/dev", "10:1\n" } },
	  .want = "/dev/odd0 10:1 \n" },
	{ .name = "no number", .files = { { "x/odd0/dev", "10\n" } },
	  .want = "odd0/dev is not a device number", .rc = -EINVAL },
	{ .name = "a number that the kernel cannot have", .files = { { "x/odd0/dev", "4096:0\n" } },
	  .want = "is not a device number", .rc = -EINVAL },
	{ .name = "links are not followed",
	  .files = { { "/sys/devices/other/dev", "10:2\n" }, { "link", "->/sys/devices/other" } },
	  .want = "" },
	{ .name = "a bridge is not what is behind it", .header_type = 1,
	  .files = { NODE("pci_bus/x", "10:3", "x", "x"),
		     NODE("0000:02:00.0/nvme/nvme0", "240:0", "nvme", "nvme0") },
	  .want = "/dev/x 10:3 x\n" },
	{ .name = "a controller of a PCI domain of its own is",
	  .files = { NODE("pci10000:00/10000:01:00.0/nvme/nvme0", "240:0", "nvme", "nvme0") },
	  .want = "/dev/nvme0 240:0 nvme\n" },
	{ .name = "a multipath head, its partition and its character node", .disk = "nvme0n1",
	  .files = { NODE("nvme/nvme0", "240:0", "nvme", "nvme0"),
		     NODE("/sys/devices/virtual/nvme-subsystem/s0/nvme0n1", "259:0", "block", "nvme0n1"),
		     NODE("/sys/class/nvme-generic/ng0n1", "239:0", "nvme-generic", "ng0n1"),
		     { "/sys/devices/virtual/nvme-subsystem/s0/nvme0n1/nvme0n1p1/dev", "259:1\n" },
		     { "/sys/class/block/nvme0n1",
		       "->../../devices/virtual/nvme-subsystem/s0/nvme0n1" } },
	  .want = "/dev/nvme0 240:0 nvme\n/dev/nvme0n1 259:0 block b\n/dev/nvme0n1p1 259:1 \n"
		  "/dev/ng0n1 239:0 nvme-generic\n" },
	{ .name = "a disk that is listed twice", .disk = "sda",
	  .files = { NODE("ata1/block/sda", "8:0", "block", "sda"),
		     { "/sys/class/block/sda", "->../../devices/pci0000:00/0000:00:01.0/" FN
					       "/ata1/block/sda" } },
	  .want = "/dev/sda 8:0 block b\n" },
	{ .name = "a disk whose class leads elsewhere", .disk = "sda",
	  .files = { { "/sys/class/block/sda", "->../../devices/../../proc" } }, .want = "" },
	{ .name = "nvidia", .driver = "nvidia",
	  .files = { { "/proc/driver/nvidia/gpus/" FN "/information",
		       "Model: \t\t GeForce\nDevice Minor: \t 1\n" } },
	  .want = "/dev/nvidia1 195:1 nvidia\n" },
	{ .name = "nvidia without a number", .driver = "nvidia",
	  .files = { { "/proc/driver/nvidia/gpus/" FN "/information", "Device Minor: \t x\n" } },
	  .want = "" },
};

static void put(struct fake_host *host, const struct file *file)
{
	const char *path = file->path[0] == '/'
		? file->path + 1
		: hd_printf(&host->arena, "%s/%s", fake_pci_path(host, FN), file->path);

	if (!strncmp(file->text, "->", 2))
		fake_link(host, path, file->text + 2);
	else
		fake_file(host, path, file->text);
}

static const char *text_of(struct hd_arena *arena, const struct hd_node *nodes, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = hd_printf(arena, "%s%s %u:%u %s%s\n", text, nodes[i].name, nodes[i].major,
				 nodes[i].minor, nodes[i].subsystem, nodes[i].is_block ? " b" : "");
	return text;
}

static void run(void **state)
{
	const struct row *row = *state;
	struct hd_disk disk = { .name = row->disk };
	struct hd_storage storage = { .disks = &disk, .n_disks = row->disk ? 1 : 0 };
	struct hd_pci_addr addr = { .bus = 1 };
	struct hd_node *nodes = NULL;
	struct fake_host host;
	struct hd_error err;
	struct hd_pci_fn fn;
	size_t n = 0;
	int rc;

	fake_host_make(&host);
	fake_pci_add(&host, &(struct fake_pci){ .addr = FN, .header_type = row->header_type,
						.driver = row->driver });
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		put(&host, &row->files[i]);
	assert_int_equal(hd_pci_fn_read(&fn, &host.root, &host.arena, &addr, &err), 0);
	rc = hd_nodes_read(&nodes, &n, &host.root, &host.arena, &fn, &storage, &err);
	assert_int_equal(rc, row->rc);
	if (rc < 0)
		assert_non_null(strstr(err.text, row->want));
	else
		assert_string_equal(text_of(&host.arena, nodes, n), row->want);
	fake_host_remove(&host);
}

static void test_too_deep(void **state)
{
	struct fake_host host;
	struct hd_node *nodes = NULL;
	struct hd_error err;
	const char *path = "sys";
	size_t n = 0;

	(void)state;
	fake_host_make(&host);
	for (int i = 0; i < 30; i++)
		path = hd_printf(&host.arena, "%s/d", path);
	fake_dir(&host, path);
	assert_int_equal(hd_nodes_below(&nodes, &n, &host.root, &host.arena, "sys", false, &err),
			 -ELOOP);
	assert_int_equal(hd_nodes_below(&nodes, &n, &host.root, &host.arena, "gone", false, &err), 0);
	assert_int_equal(n, 0);
	fake_host_remove(&host);
}

/* Its BARs are files with the number of an inode; its other files are not. */
static void test_bars(void **state)
{
	static const char *const files[] = { "resource", "resource0", "resource2_wc", "resource5",
					     "resource6", "resource0_x", "resource12", "rom",
					     "config" };
	struct hd_pci_addr addr = { .bus = 1 };
	struct hd_node *nodes = NULL;
	const char *text = "";
	struct fake_host host;
	struct hd_error err;
	struct hd_pci_fn fn;
	struct stat st;
	size_t n = 0;

	(void)state;
	fake_host_make(&host);
	fake_pci_add(&host, &(struct fake_pci){ .addr = FN });
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++)
		put(&host, &(struct file){ files[i], "" });
	assert_int_equal(hd_pci_fn_read(&fn, &host.root, &host.arena, &addr, &err), 0);
	assert_int_equal(hd_nodes_bars(&nodes, &n, &host.root, &host.arena, &fn, &err), 0);
	for (size_t i = 0; i < n; i++) {
		assert_true(hd_node_is_file(&nodes[i]));
		assert_int_equal(hd_sysroot_stat(&host.root, &st, "%s", nodes[i].name + 1), 0);
		assert_int_equal(nodes[i].minor, (unsigned)st.st_ino);
		assert_string_equal(nodes[i].subsystem, "pci");
		assert_true(hd_text_starts_with(nodes[i].name + 1, fn.path));
		text = hd_printf(&host.arena, "%s%s\n", text, strrchr(nodes[i].name, '/') + 1);
	}
	assert_non_null(strstr(text, "resource0\n"));
	assert_non_null(strstr(text, "resource2_wc\n"));
	assert_non_null(strstr(text, "resource5\n"));
	assert_int_equal(n, 3);
	fn.path = "sys/devices/gone";
	assert_int_equal(hd_nodes_bars(&nodes, &n, &host.root, &host.arena, &fn, &err), 0);
	assert_int_equal(n, 3);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run,
						.initial_state = (void *)&rows[i] };
	tests[HD_ARRAY_SIZE(rows)] = (struct CMUnitTest)cmocka_unit_test(test_too_deep);
	tests[HD_ARRAY_SIZE(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(test_bars);
	return cmocka_run_group_tests_name("nodes", tests, NULL, NULL);
}
