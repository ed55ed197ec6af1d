/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_btf.c - does any type information of a kernel crash the reader, or send it round for ever? */
#include "config.h"

#include "facts/btf.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fake_host *host = fuzz_host(NULL);
	struct hd_arena arena = { 0 };
	struct hd_btf btf = { 0 };
	int rc;

	fuzz_host_put("sys/kernel/btf/vmlinux", data, size);
	rc = hd_btf_read(&btf, &host->root, &arena);
	must(rc == 0 || rc == -22 || rc == -2);
	if (rc == 0) {
		must(hd_btf_func(&btf, "f") == -2 || (size_t)hd_btf_func(&btf, "f") < btf.n_types);
		must(hd_btf_member(&btf, hd_btf_struct(&btf, "s"), "m") >= -2);
		must(hd_btf_member(&btf, hd_btf_struct(&btf, "file"), "f_inode") >= -2);
		must(hd_btf_member(&btf, hd_btf_struct(&btf, ""), "") >= -2);
	}
	hd_arena_done(&arena);
	return 0;
}
