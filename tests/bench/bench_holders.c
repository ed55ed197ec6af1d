/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_holders.c - who has a node open? For comparison with lsof and fuser.
 *
 * usage: bench_holders proc|kernel|best NODE    prints the processes, one a line
 *        bench_holders in FOLDER NODE           the same of a captured host, there
 *        bench_holders tree N M NODE FOLDER     captures into FOLDER what crowd N M NODE would be
 *        bench_holders crowd N M NODE           N processes of M descriptors, of which three
 *                                               have NODE open; ends with its standard input
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "facts/holders/holders_internal.h"

static const char *const ways[] = { "best", "proc", "kernel" };

static int look(const char *way_name, const char *folder, const char *path)
{
	struct hd_arena arena = { NULL };
	struct hd_holders holders;
	struct hd_sysroot root;
	struct hd_error err;
	struct stat st;
	int way = -1;

	for (int i = 0; i < 3; i++)
		if (!strcmp(ways[i], way_name))
			way = i;
	if (way < 0 || stat(path, &st) < 0 || hd_sysroot_open(&root, folder, &err) < 0)
		return 2;
	struct hd_node node = { major(st.st_rdev), minor(st.st_rdev), path, S_ISBLK(st.st_mode), "" };

	if (hd_holders_read_by(&holders, (enum hd_way)way, &root, &arena, &node, 1, &err) < 0) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 3;
	}
	for (size_t i = 0; i < holders.n; i++)
		printf("%d\n", (int)holders.holders[i].pid);
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
	return 0;
}

static bool is_holder(int i, int n)
{
	return i % (n / 3 + 1) == n / 6;
}

/*
 * One process of M descriptors, as links.  They are four names of the same few, for a
 * million of their own would take a gigabyte of a tmpfs.
 */
static bool capture_one(int proc, int pid, int m, const char *node)
{
	const char *const targets[] = { "/proc/version", "/dev/null", "pipe:[4711]", "socket:[4712]" };
	char first[4][64], path[64];

	(void)snprintf(path, sizeof(path), "%d", pid);
	if (mkdirat(proc, path, 0700) < 0)
		return false;
	(void)snprintf(path, sizeof(path), "%d/fd", pid);
	if (mkdirat(proc, path, 0700) < 0)
		return false;
	for (int fd = 0; fd < m; fd++) {
		(void)snprintf(path, sizeof(path), "%d/fd/%d", pid, fd);
		if (fd == m - 1 && node ? symlinkat(node, proc, path)
		    : fd < 4 ? symlinkat(targets[fd], proc, strcpy(first[fd], path))
		    : linkat(proc, first[fd % 4], proc, path, 0))
			return false;
	}
	return true;
}

static int capture(int n, int m, const char *node, const char *folder)
{
	char path[4096];
	int proc;

	(void)snprintf(path, sizeof(path), "%s/proc", folder);
	if (mkdir(path, 0700) < 0 || (proc = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return 1;
	for (int i = 0; i < n; i++)
		if (!capture_one(proc, 1000 + i, m, is_holder(i, n) ? node : NULL))
			return 1;
	(void)close(proc);
	return 0;
}

/* Files, devices, pipes and sockets in turns, as programs have them. */
static bool open_some(int i)
{
	int ends[2];

	switch (i % 4) {
	case 0:
		return open("/proc/version", O_RDONLY) >= 0;
	case 1:
		return open("/dev/null", O_RDWR) >= 0;
	case 2:
		return pipe(ends) == 0;
	default:
		return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
	}
}

static int be_idle(const char *node)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (node && open(node, O_RDONLY) < 0)
		return 1;
	for (;;)
		(void)pause();
}

static int crowd(int n, int m, const char *node)
{
	struct rlimit limit = { (rlim_t)m + 8, (rlim_t)m + 8 };
	char byte;

	if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 1;
	for (int i = 0, next = 3; next < m - 1; i++) {
		if (!open_some(i))
			return 1;
		next += i % 4 < 2 ? 1 : 2;
	}
	for (int i = 0; i < n; i++) {
		pid_t pid = fork();

		if (pid < 0)
			return 1;
		if (!pid)
			_exit(be_idle(is_holder(i, n) ? node : NULL));
	}
	puts("ready");
	(void)fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3)
		return look(argv[1], NULL, argv[2]);
	if (argc == 4 && !strcmp(argv[1], "in"))
		return look("proc", argv[2], argv[3]);
	if (argc == 6 && !strcmp(argv[1], "tree"))
		return capture((int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10),
			       argv[4], argv[5]);
	if (argc == 5 && !strcmp(argv[1], "crowd"))
		return crowd((int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10), argv[4]);
	return 2;
}
