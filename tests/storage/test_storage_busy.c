/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage_busy.c - a disk that the kernel calls busy is explained again, with all namespaces. */
#include "config.h"

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

static const char *describe(struct hd_arena *arena, const struct hd_storage *storage)
{
	const char *text = "";

	for (size_t k = 0; k < storage->disks[0].n_uses; k++)
		text = hd_printf(arena, "%s%s | %s\n", text, storage->disks[0].uses[k].chain,
				 storage->disks[0].uses[k].use);
	for (size_t i = 0; i < storage->n_commands; i++)
		text = hd_printf(arena, "%s%s%s", text, i ? "; " : "=> ", storage->commands[i]);
	return text;
}

/* The swap file's mount is found again, however many namespaces were read after it. */
static void test_swap_file_of_a_busy_disk(void **state)
{
	static const struct storage_row row = {
		"busy", { DISK, { "sys/class/block/nvme0n1", "->../../devices/pci0000:00/0000:00:01.0/"
				  FN "/nvme/nvme0/nvme0n1" }, { MOUNTS, "10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
			  "20 10 259:0 / /srv rw - ext4 /dev/nvme0n1 rw\n" },
			  { "proc/swaps", SWAPS "/srv/swap file 1024 0 -2\n" },
			  { "proc/71/ns/mnt", "->mnt:[2]" },
			  { "proc/71/mountinfo", "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
						 "31 30 8:2 / /x rw - ext4 /dev/sda2 rw\n"
						 "32 30 8:3 / /y rw - ext4 /dev/sda3 rw\n" } },
		NULL, NULL };
	struct hd_storage storage;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	storage_row_read(&host, &row, &storage);
	assert_int_equal(storage.disks[0].n_uses, 2);
	storage.disks[0].claim = HD_CLAIM_BUSY;
	hd_storage_explain_busy(&storage, &host.root, &host.arena);
	assert_string_equal(describe(&host.arena, &storage),
			    "nvme0n1 -> /srv -> /srv/swap | swap file\n"
			    "nvme0n1 -> /srv | mounted\n"
			    "=> swapoff /srv/swap; umount /srv");
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_swap_file_of_a_busy_disk) };

	return cmocka_run_group_tests_name("storage busy", tests, NULL, NULL);
}
