/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_tree.c - does any captured host break the facts, or the cage it is loaded into?
 *
 * The fake host is a folder in a folder of ours: a name that leads out of it
 * by ".." changes the outer one, and that is seen by its time stamp.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "facts/facts.h"
#include "inventory/capture.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fakehost.h"

/* Memory if there is a file system of it: a tree has a hundred files. */
static char in_memory[] = "/dev/shm/hostdevctl-fuzz-XXXXXX";
static char on_disk[] = "/tmp/hostdevctl-fuzz-XXXXXX";
static const char *outer;

static void remove_outer(void)
{
	(void)rmdir(outer);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	outer = mkdtemp(in_memory);
	if (!outer)
		outer = mkdtemp(on_disk);
	must(outer != NULL);
	return atexit(remove_outer);
}

static void make_host(struct fake_host *host)
{
	struct hd_error err;

	memset(host, 0, sizeof(*host));
	host->path = hd_printf(&host->arena, "%s/root", outer);
	must(mkdir(host->path, 0700) == 0);
	must(hd_sysroot_open(&host->root, host->path, &err) == 0);
}

static bool is_name(const char *text)
{
	return !text || (*text && !strchr(text, '/'));
}

static bool is_in_order(const struct hd_facts *facts, size_t i)
{
	return !i || hd_pci_addr_compare(&facts->fns[i - 1].fn.addr, &facts->fns[i].fn.addr) < 0;
}

static void function_holds(const struct hd_facts *facts, size_t i)
{
	const struct hd_pci_facts *fn = &facts->fns[i];

	must(is_in_order(facts, i) && hd_facts_fn(facts, &fn->fn.addr) == fn);
	must(fn->fn.is_present || (!fn->fn.driver && !fn->vfio_driver));
	must(fn->fn.group == HD_NO_GROUP || hd_facts_group(facts, fn->fn.group));
	must(is_name(fn->fn.name) && is_name(fn->fn.driver) && is_name(fn->vfio_driver));
	must(!fn->fn.path || !strstr(fn->fn.path, ".."));
	for (size_t k = 0; k < fn->storage.n_disks; k++)
		must(fn->storage.disks[k].claim == HD_CLAIM_NOT_TRIED);
}

static void collect_setup(struct fake_host *host)
{
	struct hd_setup setup;

	hd_setup_read(&setup, &host->root, &host->arena);
	for (size_t i = 0; i < setup.n_boot; i++)
		must(setup.boot[i].path && setup.boot[i].words);
	for (size_t i = 0; i < setup.n_hooks; i++)
		must(!strstr(setup.hooks[i].path, "/../"));
	for (size_t i = 0; i < setup.n_unit_lines; i++)
		must(setup.unit_lines[i].key && setup.unit_lines[i].value);
}

static void collect(struct fake_host *host)
{
	static const struct hd_pci_addr addrs[] = {
		{ .bus = 1 }, { .bus = 1, .fn = 1 }, { .slot = 1 }, { .bus = 3, .slot = 0x10 },
		{ .domain = 0x10000, .bus = 0xe1 },
	};
	static const char *const roms[] = { "/usr/share/vgabios/gpu.rom" };
	const struct hd_facts_query query = {
		.addrs = addrs, .n_addrs = HD_ARRAY_SIZE(addrs), .guest_uuid = "",
		.want = HD_WANT_ALL, .rom_files = roms, .n_rom_files = 1,
		.needs_memory = true, .locks_memory = true, .uses_iommufd = true,
	};
	struct hd_error err = { 0 };
	struct hd_facts facts;
	int rc = hd_facts_collect(&facts, &host->root, &host->arena, &query, &err);

	collect_setup(host);
	must((rc < 0) == (err.code < 0) && (rc < 0) == (err.text[0] != '\0'));
	if (rc == 0)
		for (size_t i = 0; i < facts.n_fns; i++)
			function_holds(&facts, i);
	hd_facts_close(&facts);
}

static char *captured(const struct fake_host *host, struct hd_arena *arena, size_t *length,
		      bool is_redacted)
{
	struct hd_capture capture;
	char *text = NULL;
	FILE *out = open_memstream(&text, length);

	must(out != NULL);
	hd_capture_host(&capture, &host->root, arena);
	if (is_redacted)
		must(hd_capture_redact(&capture, arena, NULL) == 0);
	must(hd_tree_write(out, &capture, "title") == 0);
	must(fclose(out) == 0);
	return text;
}

/* What is captured can be loaded, and is captured again as it is. */
static void goes_around(const struct fake_host *host, bool is_redacted)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct fake_host again;
	size_t length, length_again;
	char *text = captured(host, &arena, &length, is_redacted), *text_again;

	memset(&again, 0, sizeof(again));
	again.path = hd_printf(&again.arena, "%s/again", outer);
	must(mkdir(again.path, 0700) == 0);
	must(hd_sysroot_open(&again.root, again.path, &err) == 0);
	must(fake_tree_load(&again, text, length, &err) == 0);
	text_again = captured(&again, &arena, &length_again, false);
	must(is_redacted || (length == length_again && !memcmp(text, text_again, length)));
	fake_host_remove(&again);
	hd_arena_done(&arena);
	free(text);
	free(text_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_error err = { 0 };
	struct fake_host host;
	struct stat before, after;
	int rc;

	make_host(&host);
	must(stat(outer, &before) == 0);
	rc = fake_tree_load(&host, (const char *)data, size, &err);
	must(rc == 0 || (rc == -22 && err.text[0]));
	collect(&host);
	must(stat(outer, &after) == 0);
	must(before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
	     before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
	goes_around(&host, false);
	goes_around(&host, true);
	fake_host_remove(&host);
	return 0;
}
