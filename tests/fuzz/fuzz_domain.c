/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_domain.c - does any domain XML crash the parser, or pass the prescan unseen? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "domain/early_exit.h"
#include "domain/request.h"
#include "tests/fuzz/fuzz.h"

static void hostdev_holds(const struct hd_request *request, const struct hd_hostdev *hostdev)
{
	must(hd_device_kind_name(hostdev->kind) != NULL);
	if (!hostdev->has_addr)
		return;
	must(hostdev->addr.slot <= 0x1f && hostdev->addr.fn <= 7);
	must(hd_request_pci(request, &hostdev->addr) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_request request = { 0 };
	int rc = hd_request_parse(&request, &arena, (const char *)data, size, &err);

	must(rc == 0 || rc == -22 || rc == -7);
	must((rc < 0) == (err.code < 0) && (rc < 0) == (err.text[0] != '\0'));
	if (rc == 0 && hd_request_passes_devices(&request))
		must(hd_domain_may_pass_devices((const char *)data, size));
	for (size_t i = 0; i < request.n_hostdevs; i++)
		hostdev_holds(&request, &request.hostdevs[i]);
	hd_arena_done(&arena);
	return 0;
}
