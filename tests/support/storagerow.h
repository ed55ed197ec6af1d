/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storagerow.h - rows of tests: which files a host has, what is read. */
#pragma once

#include "facts/storage/storage.h"
#include "tests/support/fakehost.h"

#define FN "0000:01:00.0"
#define PORT "sys/devices/pci0000:00/0000:00:01.0"
#define AT PORT "/" FN
#define NVME AT "/nvme/nvme0"
#define VIRTUAL "sys/devices/virtual/block"

/* Initialisers of struct storage_file. */
#define DISK { NVME "/nvme0n1/dev", "259:0\n" }
#define PART1 { NVME "/nvme0n1/nvme0n1p1/dev", "259:1\n" }, \
	      { NVME "/nvme0n1/nvme0n1p1/partition", "1\n" }
#define PART2 { NVME "/nvme0n1/nvme0n1p2/dev", "259:2\n" }, \
	      { NVME "/nvme0n1/nvme0n1p2/partition", "2\n" }
#define SYS_CLASS_BLOCK(name) "sys/class/block/" name, "->../../devices/virtual/block/" name
#define MOUNTS "proc/self/mountinfo"
#define INIT_MOUNTS "proc/1/mountinfo"
#define SWAPS "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"

/* One file of the fake; a text that begins with "->" makes a link. */
struct storage_file {
	const char *path, *text;
};

struct storage_row {
	const char *name;
	struct storage_file files[40];
	const char *disks;	/* "nvme0n1(259:0) sda(8:0)" */
	/*
	 * "CHAIN | USE | REMEDY\n" each; "CHAIN ~ WHAT ~ SOURCE\n" of sleeping data;
	 * and "=> umount /a; vgchange -an vg0", all commands, if a row wants them.
	 */
	const char *uses;
};

/* Makes the row's files and reads what is behind the function at AT. */
void storage_row_read(struct fake_host *host, const struct storage_row *row,
		      struct hd_storage *ret);

/* The same of FN, whose directory is AT. */
void storage_row_read_of(struct fake_host *host, const struct storage_row *row,
			 const struct hd_pci_fn *fn, struct hd_storage *ret);

/* A cmocka test whose initial state is a row. */
void storage_row_test(void **state);
