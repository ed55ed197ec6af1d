/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text_console.c - shows a text to whoever sits before the host's screen, also after a crash of what drew there. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/text.h"
#include "facts/holders/holders.h"
#include "report/text_console.h"

/* The kernel's console lock may be held by a driver that hangs. */
#define CONSOLE_MS 500
#define UNBLANK "\033[13]"	/* console_codes(4) */
#define TTY_MAJOR 4	/* Linux include/uapi/linux/major.h */
#define SEAT "run/systemd/seats/seat0"

struct console {
	const struct hd_sysroot *root;
	const char *text;
};

/* Source: systemd, logind-seat.c seat_save(). */
static bool has_session(const struct hd_sysroot *root)
{
	struct hd_arena arena = { NULL };
	const char *text;
	bool has = hd_sysroot_text(root, &arena, &text, SEAT) < 0 || strstr(text, "\nACTIVE=");

	hd_arena_done(&arena);
	return has;
}

/*
 * Has a program the console in the foreground open, which then lives and draws there although it has no
 * session (a kiosk's X that a service starts, plymouthd)?  Unknown counts as used.
 */
static bool is_open(const struct hd_sysroot *root, int fd)
{
	struct hd_node nodes[2] = { { .name = "/dev/tty0" } };
	struct hd_holders users = { .n = 0 };
	struct hd_arena arena = { NULL };
	struct hd_error ignored;
	struct vt_stat now;
	bool is;

	if (ioctl(fd, VT_GETSTATE, &now) < 0)
		return true;
	nodes[1].name = hd_printf(&arena, "/dev/tty%u", now.v_active);
	nodes[1].minor = now.v_active;
	for (size_t i = 0; i < HD_ARRAY_SIZE(nodes); i++) {
		nodes[i].major = TTY_MAJOR;
		nodes[i].subsystem = "tty";
	}
	is = hd_holders_read(&users, root, &arena, nodes, HD_ARRAY_SIZE(nodes), &ignored) < 0 ||
	     users.n || users.unread;
	hd_arena_done(&arena);
	return is;
}

/* Source: systemd, terminal-util.c vt_restore(): keys work again, and nobody is asked before a switch. */
static void end_picture(const struct hd_sysroot *root, int fd)
{
	const struct vt_mode by_kernel = { .mode = VT_AUTO };
	int mode = KD_TEXT;

	if (ioctl(fd, KDGETMODE, &mode) < 0 || mode != KD_GRAPHICS || has_session(root) ||
	    is_open(root, fd))
		return;
	(void)ioctl(fd, KDSETMODE, KD_TEXT);
	(void)ioctl(fd, KDSKBMODE, K_UNICODE);
	(void)ioctl(fd, VT_SETMODE, &by_kernel);
}

static int write_console(int out, const void *data)
{
	const struct console *console = data;
	int fds[] = { console->root->fd, out };
	ssize_t n = -1;
	int fd;

	hd_process_settle();
	hd_process_keep_only(fds, HD_ARRAY_SIZE(fds));
	/* tty0 is the console in the foreground, and never becomes our controlling terminal. */
	fd = hd_sysroot_fd(console->root, O_WRONLY | O_NOCTTY | O_NONBLOCK, "dev/tty0");
	if (fd < 0)
		return 1;
	n = write(fd, UNBLANK, strlen(UNBLANK));
	if (n > 0)
		n = write(fd, console->text, strlen(console->text));
	/* Last, since it asks all processes; the kernel then draws what was written. */
	end_picture(console->root, fd);
	return n < 0;
}

/* A host without text consoles has no such node. */
void hd_text_console_show(const struct hd_sysroot *root, const char *text)
{
	const struct console console = { root, text };
	const int64_t deadline = hd_now_ms() + CONSOLE_MS;
	struct hd_process child;

	if (hd_process_start(&child, write_console, &console) < 0)
		return;
	if (hd_process_wait(child.pid, deadline) == -ETIMEDOUT)
		(void)hd_process_end(&child, deadline);
	hd_close(&child.fd);
}
