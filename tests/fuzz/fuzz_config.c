/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_config.c - does any text in hostdevctl.conf crash, or set a limit out of its range? */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config_file.h"
#include "tests/fuzz/fuzz.h"

#define CONFIG "etc/hostdevctl.conf"

static char root_path[] = "/tmp/fuzz-config-XXXXXX";
static struct hd_sysroot root = { .fd = -1 };

static void remove_root(void)
{
	(void)unlinkat(root.fd, CONFIG, 0);
	(void)unlinkat(root.fd, "etc", AT_REMOVEDIR);
	(void)rmdir(root_path);
	hd_sysroot_close(&root);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct hd_error err;

	(void)argc;
	(void)argv;
	must(mkdtemp(root_path) != NULL);
	must(hd_sysroot_open(&root, root_path, &err) == 0);
	must(mkdirat(root.fd, "etc", 0700) == 0);
	must(atexit(remove_root) == 0);
	return 0;
}

static bool is_deadline(int ms)
{
	return ms >= 1000 && ms <= 120000 && ms % 1000 == 0;
}

/* A new file each time: some file systems flush one that was truncated. */
static void write_config(const uint8_t *data, size_t size)
{
	int fd;

	(void)unlinkat(root.fd, CONFIG, 0);
	fd = openat(root.fd, CONFIG, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) < 0) {
		perror("fuzz_config: cannot write " CONFIG);
		_exit(EXIT_FAILURE);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_error err = { 0 };
	struct hd_config config = { .step_deadline_ms = -1 };

	write_config(data, size);
	if (hd_config_read(&root, &config, &err) < 0) {
		must(err.text[0] != '\0' && config.step_deadline_ms == -1);
		return 0;
	}
	must(config.hook_binder == HD_BINDER_SYSFS || config.hook_binder == HD_BINDER_LIBVIRT);
	must(is_deadline(config.step_deadline_ms) && is_deadline(config.connect_deadline_ms) &&
	     is_deadline(config.lock_deadline_ms));
	return 0;
}
