/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * preloadkernel.c - a preload that makes a fake host's PCI bus answer to writes.
 *
 * After a write to driver_override, drivers/X/unbind or drivers_probe the links
 * change as the kernel changes them.  Which driver a function has without an
 * override is the text of ROOT/fake/natural/ADDRESS; ROOT/fake/refuses-vfio/ADDRESS
 * keeps vfio-pci from taking it, refuses-nvme the driver nvme, and
 * ROOT/fake/hangs/ADDRESS makes its unbind never end.  ROOT/fake/disk/ADDRESS names
 * its disk: whether somebody claims that at each of these writes is put into
 * ROOT/fake/claims/ADDRESS.
 *
 * With HD_FAKE_ROOT the fake host becomes the root directory before main(), and
 * the program takes it for the running one.  Its /proc is the fake one.  ROOT/fake/
 * on-claim, if it is there, becomes proc/self/mountinfo when a disk has been claimed;
 * not at the first claim if there is ROOT/fake/not-yet.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BUS "sys/bus/pci/"
#define NAME_SIZE 64		/* of an address or a driver, with its end */
#define PATH_SIZE 256

static int real_proc = -1;

__attribute__((constructor)) static void become_live(void)
{
	const char *root = getenv("HD_FAKE_ROOT");

	if (!root)
		return;
	real_proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (real_proc < 0 || chroot(root) < 0 || chdir("/") < 0)
		_exit(125);
}

/* Only what the kernel says of our own descriptors is real. */
__attribute__((visibility("default"))) int open(const char *path, int flags, ...)
{
	static const char own[] = "/proc/self/fd/";
	unsigned mode = 0;
	va_list args;
	int fd;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, unsigned);
	va_end(args);
	if (real_proc >= 0 && !strncmp(path, own, strlen(own)))
		fd = openat(real_proc, path + strlen("/proc/"), flags, mode);
	else
		fd = openat(AT_FDCWD, path, flags, mode);
	if (real_proc >= 0 && fd >= 0 && (flags & O_EXCL) && unlink("/fake/not-yet") < 0)
		(void)rename("/fake/on-claim", "/proc/self/mountinfo");
	return fd;
}

static ssize_t path_of(int fd, char path[static PATH_MAX])
{
	char link[64];

	(void)snprintf(link, sizeof(link), "%sself/fd/%d", real_proc < 0 ? "/proc/" : "", fd);
	return readlinkat(real_proc < 0 ? AT_FDCWD : real_proc, link, path, PATH_MAX - 1);
}

/* The text of FOLDER/NAME below ROOT without its newline; false if there is none. */
static bool read_text(char ret[static NAME_SIZE], int root, const char *folder,
		      const char *name)
{
	char path[PATH_SIZE];
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "%.128s/%.64s", folder, name);
	fd = openat(root, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, ret, NAME_SIZE - 1);
	(void)close(fd);
	ret[n > 0 ? n : 0] = '\0';
	ret[strcspn(ret, "\n")] = '\0';
	return true;
}

/* Is the disk claimed, so that nobody can mount it now? */
static void witness(int root, const char *addr)
{
	char disk[NAME_SIZE], path[PATH_SIZE];
	const char *word;
	int fd;

	if (!read_text(disk, root, "fake/disk", addr))
		return;
	(void)snprintf(path, sizeof(path), "dev/%s", disk);
	fd = openat(root, path, O_RDONLY | O_EXCL | O_CLOEXEC);
	word = fd < 0 && errno == EBUSY ? "held\n" : "free\n";
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "fake/claims/%.64s", addr);
	fd = openat(root, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	(void)syscall(SYS_write, fd, word, strlen(word));
	(void)close(fd);
}

static void unbind(int root, const char *addr, const char *driver)
{
	char path[PATH_SIZE], text[NAME_SIZE];

	while (read_text(text, root, "fake/hangs", addr))
		(void)usleep(10000);
	(void)snprintf(path, sizeof(path), BUS "devices/%.64s/driver", addr);
	(void)unlinkat(root, path, 0);
	(void)snprintf(path, sizeof(path), BUS "drivers/%.64s/%.64s", driver, addr);
	(void)unlinkat(root, path, 0);
	(void)snprintf(path, sizeof(path), BUS "devices/%.64s/vfio-dev/vfio0", addr);
	(void)unlinkat(root, path, AT_REMOVEDIR);
	*strrchr(path, '/') = '\0';
	(void)unlinkat(root, path, AT_REMOVEDIR);
}

static bool find_driver(char ret[static NAME_SIZE], int root, const char *addr)
{
	char device[PATH_SIZE];

	(void)snprintf(device, sizeof(device), BUS "devices/%.64s", addr);
	if (read_text(ret, root, device, "driver_override") && strcmp(ret, "(null)"))
		return true;
	return read_text(ret, root, "fake/natural", addr);
}

static void probe(int root, const char *addr)
{
	char path[PATH_SIZE], target[PATH_SIZE], driver[NAME_SIZE], text[NAME_SIZE];

	if (!find_driver(driver, root, addr))
		return;
	(void)snprintf(path, sizeof(path), "fake/refuses-%s",
		       strcmp(driver, "vfio-pci") ? driver : "vfio");
	if (read_text(text, root, path, addr))
		return;
	(void)snprintf(path, sizeof(path), BUS "devices/%.64s/driver", addr);
	(void)snprintf(target, sizeof(target), "/" BUS "drivers/%s", driver);
	if (symlinkat(target, root, path) < 0 || strcmp(driver, "vfio-pci"))
		return;
	(void)snprintf(path, sizeof(path), BUS "devices/%.64s/vfio-dev", addr);
	(void)mkdirat(root, path, 0755);
	(void)snprintf(path, sizeof(path), BUS "devices/%.64s/vfio-dev/vfio0", addr);
	(void)mkdirat(root, path, 0755);
}

/* FILE is the path below the bus's folder. */
static void react(int root, const char *file, const char *text)
{
	char driver[NAME_SIZE];
	const char *end = strstr(file, "/unbind");

	if (!strcmp(file, "drivers_probe")) {
		witness(root, text);
		probe(root, text);
	} else if (end && !strncmp(file, "drivers/", 8)) {
		(void)snprintf(driver, sizeof(driver), "%.*s", (int)(end - file) - 8, file + 8);
		witness(root, text);
		unbind(root, text, driver);
	}
}

/* sysfs takes each write as the whole new value, and shows an empty override so. */
static ssize_t write_override(int fd, const void *buf, size_t size)
{
	bool is_empty = size == 1 && *(const char *)buf == '\n';

	if (ftruncate(fd, 0) < 0)
		return -1;
	if (syscall(SYS_pwrite64, fd, is_empty ? "(null)\n" : buf, is_empty ? 7 : size, 0) < 0)
		return -1;
	return (ssize_t)size;
}

__attribute__((visibility("default"))) ssize_t write(int fd, const void *buf, size_t size)
{
	char path[PATH_MAX], text[NAME_SIZE];
	const char *bus;
	ssize_t n;
	int root;

	n = path_of(fd, path);
	path[n > 0 ? n : 0] = '\0';
	if (size < sizeof(text) && strstr(path, "/driver_override"))
		return write_override(fd, buf, size);
	n = syscall(SYS_write, fd, buf, size);
	bus = strstr(path, "/" BUS);
	if (n < 0 || !bus || size >= sizeof(text))
		return n;
	memcpy(text, buf, size);
	text[size] = '\0';
	text[strcspn(text, "\n")] = '\0';
	path[bus - path] = '\0';
	root = open(*path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	react(root, bus + 1 + strlen(BUS), text);
	(void)close(root);
	return n;
}
