/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serial.c - what is at the path of a <serial type='dev'>? */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/host/namespaces.h"
#include "facts/serial/serial.h"

#define ACTIVE "sys/class/tty/console/active"
#define CONSOLES "proc/consoles"
#define MAX_LOCK 64
#define MAX_PID (1u << 22)	/* Linux include/linux/threads.h, PID_MAX_LIMIT */
#define MAX_SHOWN 120
#define MAX_LINKS 8	/* by-id links have one */

/*
 * Does the kernel, or a program with a lock file, use the tty?
 *
 * Lock files lie in a folder where everybody may write: only a regular file is
 * read, and no link is followed.
 */

/* "ttyS0    -W- (EC p a)    4:64": the first word of a line is the name. */
static bool is_first_word(struct hd_arena *arena, const char *text, const char *word)
{
	size_t length = strlen(word);
	const char *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (!strncmp(line, word, length) &&
		    (!line[length] || isspace((unsigned char)line[length])))
			return true;
	return false;
}

/* Is there "console=ttyS1" or "console=ttyS1,115200" on the command line, if for init? */
static bool is_wished(const struct hd_sysroot *root, struct hd_arena *arena,
		      const char *tty)
{
	const size_t length = strlen(tty);
	struct hd_cmdline_word word;
	const char *text;

	if (hd_sysroot_text(root, arena, &text, "proc/cmdline") < 0)
		return false;
	while (hd_cmdline_next(&text, &word))
		if (hd_cmdline_is(&word, "console") && word.value_length >= length &&
		    !memcmp(word.value, tty, length) &&
		    (word.value_length == length || word.value[length] == ','))
			return true;
	return false;
}

/* The boot's wish counts only where the kernel does not say what came of it. */
static const char *find_source(const struct hd_sysroot *root, struct hd_arena *arena, const char *tty)
{
	const char *active, *consoles;
	bool has_active = hd_sysroot_text(root, arena, &active, ACTIVE) >= 0;
	bool has_consoles = hd_sysroot_text(root, arena, &consoles, CONSOLES) >= 0;

	if (has_active && hd_text_has_word(active, tty))
		return ACTIVE;
	if (has_consoles && is_first_word(arena, consoles, tty))
		return CONSOLES;
	if (!has_active && !has_consoles && is_wished(root, arena, tty))
		return "proc/cmdline";
	return NULL;
}

static struct hd_console read_console(const struct hd_sysroot *root, struct hd_arena *arena, const char *tty)
{
	const char *source = find_source(root, arena, tty);

	if (!source)
		return (struct hd_console){ .source = NULL };
	return (struct hd_console){ .tty = tty, .source = source,
				    .can_stop = hd_sysroot_has(root, "sys/class/tty/%s/console", tty) };
}

size_t hd_serial_consoles(struct hd_console **ret, const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_node *nodes, size_t n)
{
	static const char start[] = "/dev/";
	size_t n_found = 0;

	*ret = NULL;
	for (size_t i = 0; i < n; i++) {
		struct hd_console console;

		/* What is below a folder of /dev is not a name that the kernel gives a console. */
		if (strcmp(nodes[i].subsystem, "tty") != 0 || !hd_text_starts_with(nodes[i].name, start) ||
		    strchr(nodes[i].name + strlen(start), '/'))
			continue;
		console = read_console(root, arena, nodes[i].name + strlen(start));
		if (console.source)
			hd_push(arena, ret, &n_found, console);
	}
	return n_found;
}

static ssize_t read_lock(const struct hd_sysroot *root, const char *path, char *buf)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, "%s", path);
	struct stat st;
	ssize_t n;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return -EINVAL;
	n = read(fd, buf, MAX_LOCK - 1);
	if (n < 0)
		return -errno;
	buf[n] = '\0';
	return n;
}

/* A number as text, or (older programs) as the int itself; 0 if it is neither. */
static long pid_in(const char *buf, size_t n)
{
	const char *at = buf + strspn(buf, " \t");
	size_t digits = strspn(at, "0123456789");
	int raw;

	if (digits && digits < 8 && strspn(at + digits, " \t\r\n") == strlen(at + digits)) {
		long pid = 0;

		for (size_t i = 0; i < digits; i++)
			pid = pid * 10 + (at[i] - '0');
		return pid < (long)MAX_PID ? pid : 0;
	}
	if (n != sizeof(raw))
		return 0;
	memcpy(&raw, buf, sizeof(raw));
	return raw > 0 && raw < (int)MAX_PID ? raw : 0;
}

static void read_lock_file(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	static const char *const folders[] = { "run/lock", "var/lock" };
	char buf[MAX_LOCK];

	for (size_t i = 0; i < HD_ARRAY_SIZE(folders) && !serial->lock; i++) {
		const char *path =
			hd_printf(arena, "%s/LCK..%s", folders[i], serial->tty);
		ssize_t n = read_lock(root, path, buf);

		if (n == -ENOENT)
			continue;
		serial->lock = path;
		serial->lock_pid = n < 0 ? 0 : pid_in(buf, (size_t)n);
		serial->lock_is_stale =
			serial->lock_pid && !hd_hidden_processes(root, arena) &&
			!hd_sysroot_has(root, "proc/%ld", serial->lock_pid);
	}
}

void hd_serial_read_uses(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	/* It becomes part of a path. */
	if (serial->state != HD_SERIAL_THERE || strchr(serial->tty, '/') ||
	    serial->tty[0] == '.')
		return;
	serial->console = read_console(root, arena, serial->tty);
	read_lock_file(serial, root, arena);
}

static bool is_same_device(const struct hd_serial_facts *a, const struct hd_serial_facts *b)
{
	if (a->state != HD_SERIAL_THERE || b->state != HD_SERIAL_THERE)
		return false;
	return a->major == b->major && a->minor == b->minor && !strcmp(a->tty, b->tty);
}

void hd_serial_find_guest(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_guests *guests)
{
	for (size_t i = 0; i < guests->n_devices && !serial->guest; i++) {
		const struct hd_guest_device *device = &guests->devices[i];
		struct hd_serial_facts other;

		if (device->dev.kind != HD_DEVICE_SERIAL)
			continue;
		hd_serial_read_facts(&other, root, arena, &device->dev);
		if (is_same_device(serial, &other))
			serial->guest = device;
	}
}

/* "dev/ttyS0" of "/dev/ttyS0", or NULL. */
static const char *path_below_dev(const char *path)
{
	if (!path || !hd_text_starts_with(path, "/dev/") || strlen(path) >= PATH_MAX)
		return NULL;
	if (strstr(path, "/../") || hd_text_ends_with(path, "/..") ||
	    hd_text_ends_with(path, "/"))
		return NULL;
	return path + 1;
}

/* In a captured tree the nodes are ordinary files: the links' texts tell the name. */
static void read_captured(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path)
{
	const char *name = basename(path), *target = path;

	for (int i = 0; i < MAX_LINKS; i++) {
		const char *slash = strrchr(target, '/');

		if (hd_sysroot_link(root, arena, &name, "%s", target) < 0)
			break;
		target = name[0] == '/' ? name + 1
					: hd_printf(arena, "%.*s/%s",
						    (int)(slash - target), target, name);
	}
	if (!hd_sysroot_has(root, "sys/class/tty/%s", basename(target)) &&
	    !hd_sysroot_has(root, "%s", target))
		return;
	serial->state = HD_SERIAL_THERE;
	serial->tty = hd_text_printable(arena, basename(target), NAME_MAX);
}

static void read_live(struct hd_serial_facts *serial, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path)
{
	struct stat st;
	const char *name;
	int rc = hd_sysroot_stat(root, &st, "%s", path);

	if (rc == -ENOENT || rc == -ENOTDIR)
		return;
	if (rc < 0) {
		serial->state = HD_SERIAL_UNKNOWN;
		serial->problem = strerror(-rc);
		return;
	}
	if (!S_ISCHR(st.st_mode)) {
		serial->state = HD_SERIAL_NOT_CHAR;
		return;
	}
	serial->state = HD_SERIAL_THERE;
	serial->major = major(st.st_rdev);
	serial->minor = minor(st.st_rdev);
	if (hd_sysroot_link_base(root, arena, &name, "sys/dev/char/%u:%u", serial->major,
				 serial->minor) < 0)
		name = basename(path);
	serial->tty = hd_text_printable(arena, name, NAME_MAX);
}

void hd_serial_read_facts(struct hd_serial_facts *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_hostdev *hostdev)
{
	const char *given = hostdev->path ? hostdev->path : "";
	const char *path = path_below_dev(given);

	*ret = (struct hd_serial_facts){
		.hostdev = hostdev,
		.name = hd_printf(arena, "serial %s",
				  hd_text_printable(arena, given, MAX_SHOWN)),
		.state = HD_SERIAL_ABSENT,
	};
	if (!path)
		ret->state = HD_SERIAL_BAD_PATH;
	else if (root->is_live)
		read_live(ret, root, arena, path);
	else
		read_captured(ret, root, arena, path);
	if (ret->state == HD_SERIAL_THERE)
		ret->node = (struct hd_node){
			.major = ret->major, .minor = ret->minor, .subsystem = "tty",
			.name = hd_printf(arena, "/dev/%s", ret->tty),
		};
}
