/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * serial.h - the character device that a <serial type='dev'> names.
 *
 * The path comes from the guest's XML: it must lie below /dev, is resolved
 * within the root, and the node is never opened.  What the kernel calls the
 * device is found by its number (sys/dev/char), whatever link led to it.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/holders/holders.h"
#include "facts/libvirt/guests.h"

enum hd_serial_state {
	HD_SERIAL_ABSENT,
	HD_SERIAL_BAD_PATH,	/* not below /dev, or with ".." */
	HD_SERIAL_NOT_CHAR,	/* something else is there */
	HD_SERIAL_UNKNOWN,	/* could not be looked at: see problem */
	HD_SERIAL_THERE,
};

/* A line on which the kernel writes its messages. */
struct hd_console {
	const char *tty;		/* "ttyUSB0" */
	const char *source;		/* the file that says it */
	bool can_stop;			/* sys/class/tty/NAME/console takes an N: only serial_core's
					   ports have it (Linux 5.9) */
};

struct hd_serial_facts {
	const struct hd_hostdev *hostdev;
	const char *name;		/* "serial /dev/ttyUSB0", printable */
	enum hd_serial_state state;
	const char *problem;		/* the reason of HD_SERIAL_UNKNOWN, or NULL */
	const char *tty;		/* "ttyUSB0": the kernel's name; NULL unless there */
	unsigned major, minor;		/* 0:0 in a captured tree without them */
	struct hd_node node;		/* the same for holders.h */
	struct hd_holders holders;	/* who has it open */
	struct hd_console console;	/* empty: the kernel does not write to it */
	const char *lock;		/* "run/lock/LCK..ttyS1" (FHS 5.9), or NULL */
	long lock_pid;			/* whose; 0 if the file does not say */
	bool lock_is_stale;		/* there is no such process */
	const struct hd_guest_device *guest;	/* another running guest has it, or NULL */
};

/* Reads one; what cannot be read is a state. */
void hd_serial_read_facts(struct hd_serial_facts *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_hostdev *hostdev)
	_nonnull_(1, 2, 3, 4);

/* Those of the N nodes on which the kernel writes its messages. Returns how many. */
size_t hd_serial_consoles(struct hd_console **ret, const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_node *nodes, size_t n) _nonnull_(1, 2, 3);

/* The kernel's console and lock files; nothing unless it is there. */
void hd_serial_read_uses(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/* The running guest among GUESTS that has the same device, by whatever path. */
void hd_serial_find_guest(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_guests *guests)
	_nonnull_(1, 2, 3, 4);
