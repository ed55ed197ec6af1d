/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.c - one fake host for all inputs of a fuzzer, in memory where that has a file system. */
#include "config.h"

#include <stdlib.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

static struct fake_host host;

static void remove_host(void)
{
	fake_host_remove(&host);
}

/* The driver's children leave by _exit(): the handler runs once, in their parent. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *given = getenv("FUZZ_DIR");
	struct hd_error err = { 0 };
	char *path = hd_printf(&host.arena, "%s/host-XXXXXX", given ? given : "/dev/shm");

	(void)argc;
	(void)argv;
	if (!mkdtemp(path)) {
		path = hd_printf(&host.arena, "/tmp/host-XXXXXX");
		must(mkdtemp(path) != NULL);
	}
	host.path = path;
	must(atexit(remove_host) == 0);
	must(hd_sysroot_open(&host.root, path, &err) == 0);
	if (fuzz_host_name)
		must(fake_tree_load_file(&host, hd_printf(&host.arena, SRCDIR "/tests/hosts/%s.tree",
							  fuzz_host_name), &err) == 0);
	return 0;
}

struct fake_host *fuzz_host(void)
{
	return &host;
}

void fuzz_host_put(const char *path, const void *data, size_t size)
{
	fake_bytes(&host, path, data, size);
}
