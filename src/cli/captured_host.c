/* SPDX-License-Identifier: GPL-2.0-or-later */
/* captured_host.c - a captured host as a directory of our own, gone when we are. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/captured_host.h"
#include "inventory/capture_read.h"
#include "virt/guest_xml.h"

#define TEMPLATE "hostdevctl-XXXXXX"
#define OPEN_DIRS 16

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	(void)remove(path);
	return 0;
}

/* Not ended by the signals that end us: it comes after. Holds none of our descriptors. */
static _noreturn_ void wait_and_remove(const char *path, int life_fd)
{
	char unused;

	(void)setsid();
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	if (life_fd != 3 && dup2(life_fd, 3) < 0)
		_exit(1);
	if (close_range(4, ~0u, 0) < 0)
		(void)close(4);
	for (int fd = 0; fd < 3; fd++)
		(void)close(fd);
	while (read(3, &unused, 1) < 0 && errno == EINTR)
		continue;
	(void)nftw(path, remove_one, OPEN_DIRS, FTW_DEPTH | FTW_PHYS);
	_exit(0);
}

static int start_remover(struct hd_host_file *file, struct hd_error *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return hd_fail(err, -errno, "cannot make a pipe: %s", strerror(errno));
	file->remover = fork();
	if (file->remover == 0) {
		hd_close(&ends[1]);
		wait_and_remove(file->path, ends[0]);
	}
	hd_close(&ends[0]);
	file->life_fd = ends[1];
	if (file->remover > 0)
		return 0;
	hd_close(&file->life_fd);
	return hd_fail(err, -EAGAIN, "cannot start a process: %s", strerror(EAGAIN));
}

static int make_dir(struct hd_host_file *file, struct hd_arena *arena, struct hd_error *err)
{
	const char *tmp = getenv("TMPDIR");
	char *path = hd_printf(arena, "%s/" TEMPLATE, tmp && *tmp == '/' ? tmp : "/tmp");
	int rc;

	if (!mkdtemp(path))
		return hd_fail(err, -errno, "cannot make a directory %s: %s", path,
			       strerror(errno));
	file->path = path;
	rc = start_remover(file, err);
	if (rc < 0)
		(void)rmdir(path);
	return rc;
}

static int fill(struct hd_host_file *file, const struct hd_guest_xml *text, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = open(file->path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return hd_fail(err, -errno, "cannot open %s: %s", file->path, strerror(errno));
	return hd_tree_load(fd, text->text, text->length, err);
}

int hd_host_file_open(struct hd_host_file *ret, struct hd_arena *arena, const char *path,
		      struct hd_error *err)
{
	struct hd_host_file file = { .life_fd = -1 };
	struct hd_guest_xml text;
	int rc = hd_guest_from_file(&text, arena, path, err);

	if (rc < 0)
		return rc;
	rc = make_dir(&file, arena, err);
	if (rc < 0)
		return rc;
	rc = fill(&file, &text, err);
	if (rc < 0) {
		hd_host_file_close(&file);
		return hd_wrap(err, "%s", path);
	}
	*ret = file;
	return 0;
}

void hd_host_file_close(struct hd_host_file *file)
{
	if (!file->path)
		return;
	hd_close(&file->life_fd);
	while (waitpid(file->remover, NULL, 0) < 0 && errno == EINTR)
		continue;
	file->path = NULL;
}
