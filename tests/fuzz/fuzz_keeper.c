/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_keeper.c - does any file of a keeper crash who lists them, or hide that it lives? */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "run/keeper.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

const char *const fuzz_host_name = NULL;

#define UUID "c7a5fdbd-cdaf-9455-926a-d65c16db1809"
#define NAME HD_KEEPER_FILE UUID

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fake_host *host = fuzz_host();
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_keeper *keepers = NULL;
	int dir_fd, fd;

	fuzz_host_put("run/" NAME, data, size);
	dir_fd = openat(host->root.fd, "run", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fd = openat(dir_fd, NAME, O_RDONLY | O_CLOEXEC);
	must(fd >= 0 && flock(fd, LOCK_EX) == 0);
	must(hd_keeper_list(&keepers, &arena, dir_fd, &err) == 1);
	must(fuzz_is_shown(keepers[0].guest) && keepers[0].pid >= 0);
	must(keepers[0].seconds_left >= 0 && !strcmp(keepers[0].uuid, UUID));
	must(keepers[0].pid || !strcmp(keepers[0].guest, UUID) || data[0] == '0');
	close(fd);
	close(dir_fd);
	hd_arena_done(&arena);
	return 0;
}
