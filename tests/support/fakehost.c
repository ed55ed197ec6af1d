/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakehost.c - a made-up host as a real directory tree. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/beneath.h"
#include "inventory/capture_read.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

void fake_host_make_in(struct fake_host *host, const char *folder)
{
	struct hd_error err;
	char *path;

	memset(host, 0, sizeof(*host));
	path = hd_printf(&host->arena, "%s/hostdevctl-XXXXXX", folder);
	if (!mkdtemp(path))
		fail_msg("cannot create %s: %s", path, strerror(errno));
	host->path = path;
	if (hd_sysroot_open(&host->root, path, &err) < 0)
		fail_msg("%s", err.text);
}

/* A container may have 64 MB there, which large hosts need; root makes device nodes. */
static bool is_in_memory(const char *folder)
{
	const uint64_t needed = 1 << 30, files = 400000;
	struct statvfs fs;

	return statvfs(folder, &fs) == 0 && fs.f_bavail * (uint64_t)fs.f_frsize >= needed &&
	       fs.f_favail >= files &&
	       !(fs.f_flag & ST_NOEXEC) && (!(fs.f_flag & ST_NODEV) || geteuid() != 0) &&
	       access(folder, W_OK) == 0;
}

/* A disk's file system takes ten times as long for the many small files. */
void fake_host_make(struct fake_host *host)
{
	fake_host_make_in(host, is_in_memory("/dev/shm") ? "/dev/shm" : "/tmp");
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void fake_host_remove(struct fake_host *host)
{
	if (!host->path)
		return;
	hd_sysroot_close(&host->root);
	if (nftw(host->path, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0)
		print_error("cannot remove %s: %s\n", host->path, strerror(errno));
	hd_arena_done(&host->arena);
	memset(host, 0, sizeof(*host));
}

int fake_host_setup(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	*state = &host;
	return 0;
}

int fake_host_teardown(void **state)
{
	fake_host_remove(*state);
	return 0;
}

static void must(const struct fake_host *host, const char *path, int rc)
{
	if (rc < 0)
		fail_msg("cannot make %s in %s: %s", path, host->path, strerror(-rc));
}

void fake_dir(struct fake_host *host, const char *path)
{
	must(host, path, hd_beneath_dir(host->root.fd, path));
}

void fake_bytes(struct fake_host *host, const char *path, const void *data, size_t size)
{
	must(host, path, hd_beneath_file(host->root.fd, path, data, size));
}

void fake_file(struct fake_host *host, const char *path, const char *text)
{
	fake_bytes(host, path, text, strlen(text));
}

void fake_script(struct fake_host *host, const char *path, const char *text)
{
	must(host, path, hd_beneath_script(host->root.fd, path, text, strlen(text)));
}

void fake_link(struct fake_host *host, const char *path, const char *target)
{
	must(host, path, hd_beneath_link(host->root.fd, path, target));
}

int fake_tree_load(struct fake_host *host, const char *text, size_t length,
		   struct hd_error *err)
{
	return hd_tree_load(host->root.fd, text, length, err);
}

int fake_tree_load_file(struct fake_host *host, const char *path, struct hd_error *err)
{
	struct hd_sysroot cwd = { .fd = AT_FDCWD, .is_live = true };
	struct hd_arena arena = { 0 };
	const char *text = NULL;
	ssize_t length = hd_sysroot_text(&cwd, &arena, &text, "%s", path);
	int rc;

	if (length < 0)
		rc = hd_fail(err, -EINVAL, "cannot read %s: %s", path, strerror((int)-length));
	else
		rc = fake_tree_load(host, text, (size_t)length, err);
	if (rc < 0 && length >= 0)
		rc = hd_wrap(err, "%s", path);
	hd_arena_done(&arena);
	return rc;
}
