/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input_devices.h - the keyboards and pointers with which somebody works at this host.
 *
 * Source: sys/class/input/eventN and capabilities of its device (Linux
 * drivers/input/input.c; what makes a keyboard is udev's rule, a full set of
 * letters, so that power buttons and remote controls do not count).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

struct hd_input_dev {
	const char *event;		/* "event3" */
	const char *name;		/* printable: "AT Translated Set 2 keyboard" */
	const char *path;		/* "sys/devices/.../usb1/1-1/1-1:1.0/.../input5/event3" */
	bool is_keyboard, is_pointer;	/* at least one */
	const char *interface;		/* "1-1:1.0" if it hangs on USB, else NULL */
	const char *driver;		/* of that interface: "usbhid"; NULL if unknown */
};

struct hd_input_list {
	struct hd_input_dev *items;
	size_t n;
};

/*
 * Those of hardware: what programs make (sys/devices/virtual) depends on another.
 * 0, or a negative errno with ERR.
 */
int hd_input_list_read(struct hd_input_list *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
