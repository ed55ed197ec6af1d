/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serial_free.c - does the host's serial device exist, and who uses it? */
#include "config.h"

#include <string.h>

#include "check/usb_loss.h"

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

static void add_console(struct hd_sum *sum)
{
	const struct hd_subject *s = sum->subject;
	const struct hd_serial_facts *serial = s->serial;
	struct hd_result part = hd_part();

	if (serial->console.source)
		hd_sum_add(sum, hd_judge_console(s, &serial->console, &part), &part);
}

/* Whoever may write to the folder of locks may name any process: only one that has it open is to end. */
static bool is_owner_real(const struct hd_serial_facts *serial)
{
	for (size_t i = 0; i < serial->holders.n; i++)
		if (serial->holders.holders[i].pid == serial->lock_pid)
			return true;
	return false;
}

static void add_lock(struct hd_sum *sum)
{
	const struct hd_subject *s = sum->subject;
	const struct hd_serial_facts *serial = s->serial;
	struct hd_result part = hd_part();

	if (!serial->lock || serial->lock_is_stale)
		return;
	part.evidence = hd_printf(s->arena, "%s is the lock of process %ld", serial->lock,
				  serial->lock_pid);
	part.remedy = hd_printf(s->arena, HD_COMMAND("kill %ld") "; then "
				HD_COMMAND("rm -f /%s"), serial->lock_pid,
				serial->lock);
	if (serial->lock_pid && !is_owner_real(serial))
		part.remedy = hd_printf(s->arena, "look whether process %ld uses %s; if not: "
					HD_COMMAND("rm -f /%s"), serial->lock_pid, serial->tty,
					serial->lock);
	if (!serial->lock_pid) {
		part.evidence = hd_printf(s->arena, "%s does not name its owner",
					  serial->lock);
		part.remedy = hd_printf(s->arena, HD_COMMAND("rm -f /%s") ", if nobody uses it",
					serial->lock);
	}
	hd_sum_add(sum, serial->lock_pid ? HD_FAIL : HD_UNKNOWN, &part);
}

static enum hd_verdict tell_stale(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_serial_facts *serial = s->serial;

	ret->remedy = hd_printf(s->arena, HD_COMMAND("rm -f /%s"), serial->lock);
	ret->severity = HD_NOTE;
	return hd_tell(s, ret, HD_FAIL, "%s is the lock of process %ld, which no longer exists",
		       serial->lock, serial->lock_pid);
}

static enum hd_verdict is_serial_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_serial_facts *serial = s->serial;
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };
	struct hd_result part = hd_part();

	if (serial->state != HD_SERIAL_THERE)
		return HD_SKIP;
	if (hd_is_own_device(s))
		return hd_say(ret, HD_PASS, "in use by this guest");
	add_console(&sum);
	if (serial->guest)
		hd_sum_add(&sum, hd_tell_guest(s, &part, serial->guest, serial->tty), &part);
	else
		hd_sum_add(&sum, hd_judge_holders(s->arena, &serial->holders, &part), &part);
	add_lock(&sum);
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	if (serial->lock_is_stale)
		return tell_stale(s, ret);
	return hd_tell(s, ret, HD_PASS, "nothing uses %s", serial->tty);
}

const struct hd_check hd_check_serial_free = {
	.id = "serial-free",
	.scope = HD_SCOPE_SERIAL,
	.severity = HD_ERROR,
	.title = "neither the host nor another guest uses the serial device",
	.remedy = "stop what uses the device",
	.doc = "Two programs on one serial line each get part of the input, and QEMU does "
	       "not check for this. The check fails for the kernel's console, for a line "
	       "that a login (getty) or any other process has open, for one that another "
	       "running guest has, and for one with a lock file (LCK..ttyS0) of a living "
	       "process; the lock file of a dead process is a note. Source: "
	       "/sys/class/tty/console/active, /proc/consoles, /run/lock, /proc/PID/fd and "
	       "libvirt's files in /run/libvirt/qemu.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.run = is_serial_free,
};
