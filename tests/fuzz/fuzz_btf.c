/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_btf.c - does any type information of a kernel crash the reader, or send it round for ever? */
#include "config.h"

#include "facts/holders/btf.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

const char *const fuzz_host_name = NULL;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fake_host *host = fuzz_host();
	struct hd_arena arena = { 0 };
	struct hd_btf_want wants[] = {
		{ "f", NULL, 77 }, { "s", "m", 77 }, { "file", "f_inode", 77 }, { "", "", 77 },
	};
	int rc;

	fuzz_host_put("sys/kernel/btf/vmlinux", data, size);
	rc = hd_btf_find(wants, HD_ARRAY_SIZE(wants), &host->root, &arena);
	must(rc == 0 || rc == -22 || rc == -2);
	for (size_t i = 0; i < HD_ARRAY_SIZE(wants); i++)
		must(rc == 0 ? wants[i].result >= -2 : wants[i].result == 77);
	hd_arena_done(&arena);
	return 0;
}
