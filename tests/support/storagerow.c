/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storagerow.c - makes the files of a row and compares what is read from them. */
#include "config.h"

#include <string.h>

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

static void put_file(struct fake_host *host, const struct storage_file *file)
{
	if (!strncmp(file->text, "->", 2))
		fake_link(host, file->path, file->text + 2);
	else
		fake_file(host, file->path, file->text);
}

void storage_row_read_of(struct fake_host *host, const struct storage_row *row,
			 const struct hd_pci_fn *fn, struct hd_storage *ret)
{
	const struct hd_storage_tables *tables = NULL;
	struct hd_error err = { .code = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		put_file(host, &row->files[i]);
	if (hd_storage_read(ret, &host->root, &host->arena, fn, &tables, &err) < 0)
		fail_msg("%s", err.text);
}

void storage_row_read(struct fake_host *host, const struct storage_row *row,
		      struct hd_storage *ret)
{
	const struct hd_pci_fn fn = { .is_present = true, .name = FN, .path = AT };

	storage_row_read_of(host, row, &fn, ret);
}

void storage_row_test(void **state)
{
	const struct storage_row *row = *state;
	struct hd_storage storage = { .n_disks = 7 };
	const char *disks = "", *uses = "", *commands = "";
	struct fake_host host;

	fake_host_make(&host);
	storage_row_read(&host, row, &storage);
	for (size_t i = 0; i < storage.n_disks; i++) {
		const struct hd_disk *disk = &storage.disks[i];

		disks = hd_printf(&host.arena, "%s%s%s(%u:%u)", disks, i ? " " : "",
				  disk->name, disk->major, disk->minor);
		assert_int_equal(disk->claim, HD_CLAIM_NOT_TRIED);
		assert_int_equal(disk->claim_fd, -1);
		for (size_t k = 0; k < disk->n_uses; k++)
			uses = hd_printf(&host.arena, "%s%s | %s | %s\n", uses,
					 disk->uses[k].chain, disk->uses[k].use,
					 disk->uses[k].remedy ? disk->uses[k].remedy : "?");
		for (size_t k = 0; k < disk->n_sleeping; k++)
			uses = hd_printf(&host.arena, "%s%s ~ %s ~ %s\n", uses,
					 disk->sleeping[k].chain, disk->sleeping[k].what,
					 disk->sleeping[k].source);
	}
	for (size_t i = 0; strstr(row->uses, "=> ") && i < storage.n_commands; i++)
		commands = hd_printf(&host.arena, "%s%s%s", commands, i ? "; " : "=> ",
				     storage.commands[i]);
	assert_string_equal(disks, row->disks);
	assert_string_equal(hd_printf(&host.arena, "%s%s", uses, commands), row->uses);
	fake_host_remove(&host);
}
