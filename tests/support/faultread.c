/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * faultread.c - makes one read of the host fail.
 *
 * What has a path can fail with anything; what has a descriptor does not say that
 * the file is not there.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/support/faultread.h"

static struct {
	bool is_on;
	unsigned nth, n;
	int error;
	const char *only;
	char what[PATH_MAX + 64];
} fault;

void fault_begin(unsigned nth, int error, const char *only)
{
	fault.only = only;
	fault.nth = nth;
	fault.error = error;
	fault.n = 0;
	fault.what[0] = '\0';
	fault.is_on = true;
}

unsigned fault_end(const char **ret_what)
{
	fault.is_on = false;
	*ret_what = fault.what[0] ? fault.what : NULL;
	return fault.n;
}

ssize_t __real_readlink(const char *path, char *buf, size_t size);

static void say(char what[static sizeof(fault.what)], const char *call, int fd,
		const char *path)
{
	char link[64], dir[PATH_MAX] = "";

	if (fd >= 0 && (!path || path[0] != '/')) {
		(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		if (__real_readlink(link, dir, sizeof(dir) - 1) < 0)
			dir[0] = '\0';
	}
	(void)snprintf(what, sizeof(fault.what), "%s(%s%s%s)", call, dir,
		       dir[0] && path && *path ? "/" : "", path ? path : "");
}

/* Does this call fail?  Then errno is set. */
static bool fails(const char *call, int fd, const char *path)
{
	char what[sizeof(fault.what)];

	if (!fault.is_on || (!fault.only && fault.n + 1 != fault.nth)) {
		fault.n++;
		return false;
	}
	say(what, call, fd, path);
	if (fault.only && !strstr(what, fault.only))
		return false;
	/* A file that was opened is there. */
	if (++fault.n != fault.nth || (!path && fault.error == ENOENT))
		return false;
	memcpy(fault.what, what, sizeof(what));
	errno = fault.error;
	return true;
}

int __real_open(const char *path, int flags, ...);
int __real_openat(int dir, const char *path, int flags, ...);
long __real_syscall(long number, ...);
ssize_t __real_read(int fd, void *buf, size_t size);
ssize_t __real_pread(int fd, void *buf, size_t size, off_t at);
ssize_t __real_readlinkat(int dir, const char *path, char *buf, size_t size);
DIR *__real_fdopendir(int fd);
DIR *__real_opendir(const char *path);
struct dirent *__real_readdir(DIR *dir);
int __real_fstat(int fd, struct stat *ret);
int __real_fstatat(int dir, const char *path, struct stat *ret, int flags);
int __real_statx(int dir, const char *path, int flags, unsigned mask, struct statx *ret);
ssize_t __real_getdents64(int fd, void *buf, size_t size);
int __real_faccessat(int dir, const char *path, int mode, int flags);
int __real_access(const char *path, int mode);
int __real_ioctl(int fd, unsigned long request, ...);
int __real_socket(int domain, int type, int protocol);
ssize_t __real_sendto(int fd, const void *buf, size_t size, int flags,
		      const struct sockaddr *to, socklen_t length);
ssize_t __real_recvmsg(int fd, struct msghdr *message, int flags);
char *__real_if_indextoname(unsigned index, char *name);
unsigned __real_if_nametoindex(const char *name);

int __wrap_open(const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...);
int __wrap___openat_2(int dir, const char *path, int flags);
long __wrap_syscall(long number, ...);
ssize_t __wrap_read(int fd, void *buf, size_t size);
ssize_t __wrap_pread(int fd, void *buf, size_t size, off_t at);
ssize_t __wrap_readlink(const char *path, char *buf, size_t size);
ssize_t __wrap_readlinkat(int dir, const char *path, char *buf, size_t size);
DIR *__wrap_fdopendir(int fd);
DIR *__wrap_opendir(const char *path);
struct dirent *__wrap_readdir(DIR *dir);
int __wrap_fstat(int fd, struct stat *ret);
int __wrap_fstatat(int dir, const char *path, struct stat *ret, int flags);
int __wrap_statx(int dir, const char *path, int flags, unsigned mask, struct statx *ret);
ssize_t __wrap_getdents64(int fd, void *buf, size_t size);
int __wrap_faccessat(int dir, const char *path, int mode, int flags);
int __wrap_access(const char *path, int mode);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_socket(int domain, int type, int protocol);
ssize_t __wrap_sendto(int fd, const void *buf, size_t size, int flags,
		      const struct sockaddr *to, socklen_t length);
ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags);
char *__wrap_if_indextoname(unsigned index, char *name);
unsigned __wrap_if_nametoindex(const char *name);

static mode_t mode_of(int flags, va_list args)
{
	return flags & O_CREAT ? va_arg(args, mode_t) : 0;
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return fails("open", -1, path) ? -1 : __real_open(path, flags, mode);
}

int __wrap_openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = mode_of(flags, args);
	va_end(args);
	return fails("openat", dir, path) ? -1 : __real_openat(dir, path, flags, mode);
}

int __wrap___openat_2(int dir, const char *path, int flags)
{
	return fails("openat", dir, path) ? -1 : __real_openat(dir, path, flags);
}

/* Of these only openat2 has a path: (directory, path, how, size). */
long __wrap_syscall(long number, ...)
{
	long a[6];
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number == SYS_openat2 && fails("openat2", (int)a[0], (const char *)a[1]))
		return -1;
	return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

ssize_t __wrap_read(int fd, void *buf, size_t size)
{
	return fails("read", fd, NULL) ? -1 : __real_read(fd, buf, size);
}

ssize_t __wrap_pread(int fd, void *buf, size_t size, off_t at)
{
	return fails("pread", fd, NULL) ? -1 : __real_pread(fd, buf, size, at);
}

ssize_t __wrap_readlink(const char *path, char *buf, size_t size)
{
	return fails("readlink", -1, path) ? -1 : __real_readlink(path, buf, size);
}

ssize_t __wrap_readlinkat(int dir, const char *path, char *buf, size_t size)
{
	return fails("readlinkat", dir, *path ? path : NULL) ? -1
		: __real_readlinkat(dir, path, buf, size);
}

DIR *__wrap_fdopendir(int fd)
{
	return fails("fdopendir", fd, NULL) ? NULL : __real_fdopendir(fd);
}

DIR *__wrap_opendir(const char *path)
{
	return fails("opendir", -1, path) ? NULL : __real_opendir(path);
}

struct dirent *__wrap_readdir(DIR *dir)
{
	return fails("readdir", dirfd(dir), NULL) ? NULL : __real_readdir(dir);
}

int __wrap_fstat(int fd, struct stat *ret)
{
	return fails("fstat", fd, NULL) ? -1 : __real_fstat(fd, ret);
}

int __wrap_fstatat(int dir, const char *path, struct stat *ret, int flags)
{
	return fails("fstatat", dir, path) ? -1 : __real_fstatat(dir, path, ret, flags);
}

int __wrap_statx(int dir, const char *path, int flags, unsigned mask, struct statx *ret)
{
	return fails("statx", dir, path) ? -1 : __real_statx(dir, path, flags, mask, ret);
}

ssize_t __wrap_getdents64(int fd, void *buf, size_t size)
{
	return fails("getdents64", fd, NULL) ? -1 : __real_getdents64(fd, buf, size);
}

int __wrap_faccessat(int dir, const char *path, int mode, int flags)
{
	return fails("faccessat", dir, path) ? -1 : __real_faccessat(dir, path, mode, flags);
}

int __wrap_access(const char *path, int mode)
{
	return fails("access", -1, path) ? -1 : __real_access(path, mode);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *data;

	va_start(args, request);
	data = va_arg(args, void *);
	va_end(args);
	return fails("ioctl", fd, NULL) ? -1 : __real_ioctl(fd, request, data);
}

int __wrap_socket(int domain, int type, int protocol)
{
	return fails("socket", -1, NULL) ? -1 : __real_socket(domain, type, protocol);
}

ssize_t __wrap_sendto(int fd, const void *buf, size_t size, int flags,
		      const struct sockaddr *to, socklen_t length)
{
	return fails("sendto", fd, NULL) ? -1 : __real_sendto(fd, buf, size, flags, to, length);
}

ssize_t __wrap_recvmsg(int fd, struct msghdr *message, int flags)
{
	return fails("recvmsg", fd, NULL) ? -1 : __real_recvmsg(fd, message, flags);
}

char *__wrap_if_indextoname(unsigned index, char *name)
{
	return fails("if_indextoname", -1, NULL) ? NULL : __real_if_indextoname(index, name);
}

unsigned __wrap_if_nametoindex(const char *name)
{
	return fails("if_nametoindex", -1, NULL) ? 0 : __real_if_nametoindex(name);
}
