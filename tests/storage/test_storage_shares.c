/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage_shares.c - a share that a function gives to this host, and where it is mounted. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

#define BUS AT "/virtio3"
#define TAG { BUS "/mount_tag", "lab" }
#define FS_TAG { "sys/fs/virtiofs/7/tag", "lab\n" }, \
	       { "sys/fs/virtiofs/7/device", "->../../../devices/pci0000:00/0000:00:01.0/" FN "/virtio3" }, \
	       { "sys/fs/virtiofs/8/tag", "other\n" }, \
	       { "sys/fs/virtiofs/8/device", "->../../../devices/pci0000:00/0000:00:09.0/virtio8" }
#define V9FS " rw - 9p lab rw,access=client,trans=virtio\n"
#define ROOT "10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
#define CHAIN_9P "virtio3 -> 9p share \"lab\""
#define CHAIN_FS "virtio3 -> virtiofs share \"lab\""

static const struct hd_pci_fn v9fs = { .vendor = 0x1af4, .device = 0x1009, .subsystem_device = 9,
				       .driver = "virtio-pci" },
	modern = { .vendor = 0x1af4, .device = 0x1049, .subsystem_device = 0x1100,
		   .driver = "virtio-pci" },
	virtiofs = { .vendor = 0x1af4, .device = 0x105a, .driver = "virtio-pci" },
	network = { .vendor = 0x1af4, .device = 0x1041, .driver = "virtio-pci" },
	vbox = { .vendor = 0x80ee, .device = 0xcafe, .driver = "vboxguest" };

static const struct row {
	const struct hd_pci_fn *fn;
	const char *essential;	/* NULL: none */
	struct storage_row files;
} rows[] = {
	{ &v9fs, NULL,
	  { "9p: mounted, with what is mounted below it",
	    { TAG, { MOUNTS, ROOT "20 10 0:29 / /srv" V9FS "21 20 0:40 / /srv/t rw - tmpfs t rw\n" } },
	    NULL, CHAIN_9P " -> /srv | mounted | umount /srv\n=> umount /srv/t; umount /srv" } },
	{ &modern, "the host's root filesystem",
	  { "a modern function: the host's root",
	    { TAG, { MOUNTS, "10 1 0:29 / /" V9FS } },
	    NULL, CHAIN_9P " -> / | mounted, the host's root filesystem | \n=> " } },
	{ &v9fs, NULL,
	  { "another tag is another function's, and another way is nobody's",
	    { TAG, { MOUNTS, ROOT "20 10 0:29 / /a rw - 9p lab2 rw,trans=virtio\n"
			     "21 10 0:30 / /b rw - 9p lab rw,trans=tcp,port=564\n"
			     "22 10 0:31 / /c rw - tmpfs lab rw\n" },
	      { "sys/module/9pnet_virtio/refcnt", "1\n" } },
	    NULL, "=> " } },
	{ &v9fs, NULL,
	  { "a tag that cannot be read may be any",
	    { { BUS "/uevent", "" }, { MOUNTS, ROOT "20 10 0:29 / /a rw - 9p lab2 rw,trans=virtio\n" } },
	    NULL, "virtio3 -> 9p share of unknown tag -> /a | mounted | umount /a\n=> umount /a" } },
	{ &v9fs, NULL,
	  { "no virtio device in the tree: the same",
	    { { MOUNTS, ROOT "20 10 0:29 / /a rw - 9p lab2 rw\n" } },
	    NULL, "9p share of unknown tag -> /a | mounted | umount /a\n=> umount /a" } },
	{ &v9fs, NULL,
	  { "in another mount namespace alone",
	    { TAG, { MOUNTS, ROOT }, { INIT_MOUNTS, ROOT },
	      { "proc/1/ns/mnt", "->mnt:[1]" }, { "proc/70/ns/mnt", "->mnt:[1]" },
	      { "proc/71/ns/mnt", "->mnt:[2]" },
	      { "proc/71/mountinfo", "30 1 8:1 / / rw - ext4 /dev/sda1 rw\n31 30 0:29 / /x" V9FS } },
	    NULL, CHAIN_9P " -> /x | mounted in the mount namespace of process 71 | "
		  "nsenter -t 71 -m umount /x\n=> nsenter -t 71 -m umount /x" } },
	{ &v9fs, NULL,
	  { "an overlay keeps what no table shows",
	    { TAG, { MOUNTS, ROOT "20 10 0:29 / /a rw - 9p lab2 rw,trans=virtio\n"
			     "21 10 0:29 / /b rw - 9p lab2 rw,trans=virtio\n" },
	      { "sys/module/9pnet_virtio/refcnt", "2\n" } },
	    NULL, CHAIN_9P " | a 9p filesystem that no mount table shows is in use: of 2, they show "
		  "1 (a layer of an overlay, or a lazy unmount) | ?\n=> " } },
	{ &v9fs, NULL,
	  { "a loop device on a file of the share",
	    { TAG, { MOUNTS, ROOT "20 10 0:29 / /srv" V9FS "22 10 7:0 / /l rw - ext4 /dev/loop0 rw\n" },
	      { "sys/block/loop0/loop/backing_file", "/srv/disk.img\n" },
	      { VIRTUAL "/loop0/dev", "7:0\n" }, { SYS_CLASS_BLOCK("loop0") } },
	    NULL, CHAIN_9P " -> /srv -> /srv/disk.img -> loop0 -> /l | mounted | umount /l\n"
	    CHAIN_9P " -> /srv -> /srv/disk.img -> loop0 | held by a loop device | "
	    "losetup -d /dev/loop0\n"
	    CHAIN_9P " -> /srv | mounted | umount /srv\n"
	    "=> umount /l; losetup -d /dev/loop0; umount /srv" } },
	{ &virtiofs, NULL,
	  { "virtiofs: its tag by its device; what is mounted within goes with it",
	    { { BUS "/uevent", "" }, FS_TAG,
	      { MOUNTS, ROOT "20 10 0:29 / /srv rw - virtiofs lab rw\n"
			"21 20 0:30 / /srv/in rw - virtiofs none rw\n"
			"22 10 0:31 / /o rw - virtiofs other rw\n"
			"23 22 0:32 / /o/in rw - virtiofs none rw\n" } },
	    NULL, CHAIN_FS " -> /srv | mounted | umount /srv\n"
	    CHAIN_FS " -> /srv/in | mounted | umount /srv/in\n"
	    "=> umount /srv/in; umount /srv" } },
	{ &virtiofs, NULL,
	  { "virtiofs before Linux 6.9 tells no tag",
	    { { BUS "/uevent", "" }, { MOUNTS, ROOT "22 10 0:31 / /o rw - virtiofs other rw\n" } },
	    NULL, "virtio3 -> virtiofs share of unknown tag -> /o | mounted | umount /o\n=> umount /o" } },
	{ &vbox, NULL,
	  { "VirtualBox has one function for all",
	    { { MOUNTS, ROOT "22 10 0:31 / /o rw - vboxsf docs rw\n" } },
	    NULL, "vboxsf share of any name -> /o | mounted | umount /o\n=> umount /o" } },
	{ &virtiofs, NULL,
	  { "mounted nowhere", { { BUS "/uevent", "" }, FS_TAG, { MOUNTS, ROOT },
	      { "sys/module/virtiofs/refcnt", "0\n" } }, NULL, "=> " } },
	{ &network, NULL,
	  { "a function of another type has no share",
	    { TAG, { MOUNTS, ROOT "20 10 0:29 / /srv" V9FS } }, NULL, NULL } },
};

static const char *describe(struct hd_arena *arena, const struct hd_storage *storage)
{
	const char *text = "";

	for (size_t i = 0; i < storage->n_disks; i++)
		for (size_t k = 0; k < storage->disks[i].n_uses; k++) {
			const struct hd_disk_use *use = &storage->disks[i].uses[k];

			text = hd_printf(arena, "%s%s | %s | %s\n", text, use->chain, use->use,
					 use->remedy ? use->remedy : "?");
		}
	text = hd_printf(arena, "%s=> ", text);
	for (size_t i = 0; i < storage->n_commands; i++)
		text = hd_printf(arena, "%s%s%s", text, i ? "; " : "", storage->commands[i]);
	return text;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_pci_fn fn = *row->fn;
	struct hd_storage storage;
	struct fake_host host;

	fake_host_make(&host);
	(void)snprintf(fn.name, sizeof(fn.name), "%s", FN);
	fn.is_present = true;
	fn.path = AT;
	storage_row_read_of(&host, &row->files, &fn, &storage);
	if (!row->files.uses) {
		assert_int_equal(storage.n_disks, 0);
	} else {
		assert_int_equal(storage.n_disks, 1);
		assert_true(storage.disks[0].is_share);
		assert_string_equal(describe(&host.arena, &storage), row->files.uses);
	}
	if (row->essential)
		assert_string_equal(storage.essential, row->essential);
	else
		assert_null(storage.essential);
	/* There is nothing to open, whatever the tag says. */
	host.root.is_live = true;
	hd_storage_claim(&storage, &host.root);
	for (size_t i = 0; i < storage.n_disks; i++)
		assert_int_equal(storage.disks[i].claim, HD_CLAIM_NOT_TRIED);
	fake_host_remove(&host);
}

/* What a user of this host may have made, in a namespace of their own. */
static const struct crowd {
	const char *name;
	int n;
	bool is_stack;			/* each on the one before, at one place */
	bool is_unknown;
} crowds[] = {
	{ "as many mounts as hosts have", 3000, false, false },
	{ "more mounts than are examined", 12000, false, true },
	{ "a stack that is dear to compare", 500, true, true },
};

static char *crowd_table(const struct crowd *crowd)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	fputs("30 1 8:1 / / rw - ext4 /dev/sda1 rw\n", file);
	for (int i = 31; i < 31 + crowd->n; i++)
		fprintf(file, "%d %d 8:1 / /m%d rw - ext4 /dev/sda1 rw\n", i,
			crowd->is_stack ? i - 1 : 30, crowd->is_stack ? 0 : i);
	assert_int_equal(fclose(file), 0);
	return text;
}

static void test_crowd(void **state)
{
	const struct crowd *crowd = *state;
	char *table = crowd_table(crowd);
	const struct storage_row row = {
		.files = { TAG, { MOUNTS, ROOT }, { INIT_MOUNTS, ROOT },
			   { "proc/1/ns/mnt", "->mnt:[1]" }, { "proc/71/ns/mnt", "->mnt:[2]" },
			   { "proc/71/mountinfo", table } },
	};
	struct hd_pci_fn fn = v9fs;
	struct hd_storage storage;
	struct fake_host host;

	fake_host_make(&host);
	(void)snprintf(fn.name, sizeof(fn.name), "%s", FN);
	fn.is_present = true;
	fn.path = AT;
	storage_row_read_of(&host, &row, &fn, &storage);
	assert_int_equal(storage.n_disks, 1);
	assert_string_equal(describe(&host.arena, &storage), crowd->is_unknown ?
			    CHAIN_9P " | not all mount namespaces could be read: it counts as mounted | ?\n=> " :
			    "=> ");
	if (crowd->is_unknown)
		assert_string_equal(storage.disks[0].uses[0].source, "there are more mounts than are examined");
	fake_host_remove(&host);
	free(table);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(crowds)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].files.name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(crowds); i++)
		tests[HD_ARRAY_SIZE(rows) + i] = (struct CMUnitTest){
			.name = crowds[i].name, .test_func = test_crowd, .initial_state = (void *)&crowds[i] };
	return cmocka_run_group_tests_name("storage shares", tests, NULL, NULL);
}
