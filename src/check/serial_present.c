/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serial_present.c - does the host's serial device exist? */
#include "config.h"

#include <string.h>

#include "check/checks.h"

static const struct {
	enum hd_verdict verdict;
	const char *text;
} states[] = {
	[HD_SERIAL_ABSENT] = { HD_FAIL, "does not exist" },
	[HD_SERIAL_BAD_PATH] = { HD_FAIL, "is not a path below /dev" },
	[HD_SERIAL_NOT_CHAR] = { HD_FAIL, "is not a character device" },
	[HD_SERIAL_UNKNOWN] = { HD_UNKNOWN, "cannot be examined: " },
	[HD_SERIAL_THERE] = { HD_PASS, "is " },
};

static enum hd_verdict is_serial_present(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_serial_facts *serial = s->serial;
	const char *more = serial->state == HD_SERIAL_THERE ? serial->tty : serial->problem;

	hd_advise(s, ret, "find it with `ls -l /dev/serial/by-id /dev/ttyS*` and correct "
		  "line %u of the guest's XML", s->hostdev->line);
	return hd_tell(s, ret, states[serial->state].verdict, "%s %s%s",
		       serial->name + strlen("serial "), states[serial->state].text,
		       more ? more : "");
}

const struct hd_check hd_check_serial_present = {
	.id = "serial-present",
	.scope = HD_SCOPE_SERIAL,
	.severity = HD_ERROR,
	.title = "the serial device exists and is a character device",
	.remedy = "correct the path in the <serial> element, preferably to one in "
		  "/dev/serial/by-id",
	.doc = "libvirt does not check whether the device of a <serial type='dev'> exists; "
	       "QEMU fails with \"Could not open '/dev/ttyS9'\" late in the start. Names "
	       "such as ttyUSB0 go to whichever adapter is plugged in first; those in "
	       "/dev/serial/by-id do not. Source: the node, with stat(2); it is not opened.",
	.run = is_serial_present,
};
