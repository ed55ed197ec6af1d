/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_pciids.c - does any list of names crash, or have a name for one id and not for it again? */
#include "config.h"

#include "facts/pci/pciids.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

const char *const fuzz_host_name = NULL;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fake_host *host = fuzz_host();
	struct hd_arena arena = { 0 };
	struct hd_pciids ids;

	fuzz_host_put("pci.ids", data, size);
	hd_pciids_open(&ids, hd_printf(&arena, "%s/pci.ids", host->path));
	for (size_t i = 0; i < ids.n; i++) {
		must(!i || ids.entries[i - 1].id <= ids.entries[i].id);
		must(hd_pciids_name(&ids, &arena, ids.entries[i].id) != NULL);
		(void)hd_pciids_part(&ids, &arena, ids.entries[i].id, 0x10);
		(void)hd_pciids_part(&ids, &arena, ids.entries[i].id, 0x0010);
	}
	(void)hd_pciids_name(&ids, &arena, 0x8086);
	(void)hd_pciids_name(&ids, &arena, 0x01 | HD_PCIIDS_CLASS);
	hd_pciids_close(&ids);
	hd_arena_done(&arena);
	return 0;
}
