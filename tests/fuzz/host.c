/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.c - one fake host for all inputs of a fuzzer, in memory where that has a file system. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

static struct fake_host host;
static pid_t owner;

/* Children of the driver leave by _exit(), but libFuzzer's do not. */
static void remove_host(void)
{
	if (getpid() == owner)
		fake_host_remove(&host);
}

static void make(const char *name)
{
	const char *given = getenv("FUZZ_DIR");
	struct hd_error err = { 0 };
	char *path = hd_printf(&host.arena, "%s/host-XXXXXX", given ? given : "/dev/shm");

	if (!mkdtemp(path)) {
		path = hd_printf(&host.arena, "/tmp/host-XXXXXX");
		must(mkdtemp(path) != NULL);
	}
	host.path = path;
	owner = getpid();
	must(atexit(remove_host) == 0);
	must(hd_sysroot_open(&host.root, path, &err) == 0);
	if (name)
		must(fake_tree_load_file(&host, hd_printf(&host.arena, SRCDIR "/tests/hosts/%s.tree",
							  name), &err) == 0);
}

struct fake_host *fuzz_host(const char *name)
{
	if (!host.path)
		make(name);
	return &host;
}

void fuzz_host_put(const char *path, const void *data, size_t size)
{
	fake_bytes(fuzz_host(NULL), path, data, size);
}

bool fuzz_is_shown(const char *text)
{
	size_t size = text ? strlen(text) + 1 : 1;
	char *copy;
	bool is_same;

	if (!text)
		return true;
	copy = malloc(size);
	must(copy != NULL);
	is_same = !strcmp(hd_text_shown(copy, size, text, "\n\t"), text);
	free(copy);
	return is_same;
}
