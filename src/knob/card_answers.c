/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * card_answers.c - before the host gets a card back, does it answer, and what wakes it if not?
 *
 * A card that a guest left in a bad state has a configuration space of all ones, and a driver
 * that binds it then hangs or fails.  Nothing is set on the way to the guest.  On the way
 * back a card that is dead gets the reset that the kernel has for it; if that does not help, it
 * is removed and found again (Documentation/ABI/testing/sysfs-bus-pci).  A card in D3cold has no
 * power: its ones prove nothing.  A read of "config" wakes it (Linux drivers/pci/pci.c,
 * pci_config_pm_runtime_get) unless its runtime power management is off for a moment; then
 * "on" in power/control does (Documentation/ABI/testing/sysfs-devices-power).
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/pciaddr.h"
#include "facts/pci/pci.h"
#include "knob/knobs.h"
#include "knob/pci_state.h"
#include "knob/wait.h"

#define ANSWERS "answers"
#define ASLEEP "asleep"
#define DEAD "dead"
#define NO_POWER "D3cold"
#define CONTROL HD_SYS_PCI "/%s/power/control"
#define LINE_MAX_SIZE 32

/* What the kernel says of its power, "unknown" if it does not. */
struct power {
	char state[LINE_MAX_SIZE];	/* "D0" ... "D3cold" */
	char runtime[LINE_MAX_SIZE];	/* "active", "suspended", "error" ... */
};

static void read_line(const struct hd_knob_host *host, const char *target, const char *file,
		      char ret[static LINE_MAX_SIZE])
{
	_cleanup_(hd_close) int dir_fd = hd_sysroot_fd(host->root, O_PATH | O_DIRECTORY,
						       HD_SYS_PCI "/%s", target);

	if (dir_fd < 0 || hd_sysroot_line_at(dir_fd, file, ret, LINE_MAX_SIZE) < 0)
		(void)snprintf(ret, LINE_MAX_SIZE, "unknown");
}

static void read_power(const struct hd_knob_host *host, const char *target, struct power *ret)
{
	read_line(host, target, "power_state", ret->state);
	read_line(host, target, "power/runtime_status", ret->runtime);
}

/* After the read that should have woken it. */
static const char *without_answer(const struct hd_knob_host *host, const char *target)
{
	struct power power;

	read_power(host, target, &power);
	return strcmp(power.state, NO_POWER) != 0 ? DEAD : ASLEEP;
}

static int answers_get(const struct hd_knob_host *host, const char *target,
		       char buf[static HD_STATE_MAX], struct hd_error *err)
{
	unsigned char id[4] = { 0 };
	struct hd_pci_addr addr;
	ssize_t n;

	if (!hd_pci_addr_parse(target, &addr))
		return hd_fail(err, -EINVAL, "%s is not a PCI address", target);
	n = hd_sysroot_bytes(host->root, id, sizeof(id), HD_SYS_PCI "/%s/config", target);
	if (n == -ENOENT)
		return hd_fail(err, -ENODEV, "%s no longer exists", target);
	if (n < 0)
		return hd_fail(err, (int)n, "cannot read the configuration space of %s: %s", target,
			       strerror((int)-n));
	(void)snprintf(buf, HD_STATE_MAX, "%s",
		       n == sizeof(id) && memcmp(id, "\xff\xff\xff\xff", sizeof(id)) != 0 ?
			       ANSWERS : without_answer(host, target));
	return 0;
}

static bool does_answer(const struct hd_knob_host *host, const char *target)
{
	char now[HD_STATE_MAX];
	struct hd_error ignored;

	return answers_get(host, target, now, &ignored) == 0 && !strcmp(now, ANSWERS);
}

/* It can take a moment until a card that was just reset or found answers. */
static bool await_answer(const struct hd_knob_host *host, const char *target, int64_t deadline)
{
	struct hd_wait nothing = { .fd = -1 };

	while (!does_answer(host, target))
		if (!hd_wait_for(&nothing, deadline))
			return false;
	return true;
}

/* Its runtime power management is as before afterwards; the driver that comes decides again. */
static bool wake(const struct hd_knob_host *host, const char *target, int64_t deadline)
{
	char before[LINE_MAX_SIZE];
	bool answers;

	read_line(host, target, "power/control", before);
	if (hd_sysroot_write(host->root, "on", CONTROL, target) < 0)
		return false;
	answers = await_answer(host, target, deadline);
	if (!strcmp(before, "auto"))
		(void)!hd_sysroot_write(host->root, before, CONTROL, target);
	return answers;
}

/* Does it answer, if need be after it was woken? */
static bool is_awake(const struct hd_knob_host *host, const char *target, int64_t deadline)
{
	char now[HD_STATE_MAX];
	struct hd_error ignored;

	if (answers_get(host, target, now, &ignored) < 0)
		return false;
	return !strcmp(now, ANSWERS) || (!strcmp(now, ASLEEP) && wake(host, target, deadline));
}

static int rediscover(const struct hd_knob_host *host, const char *target, struct hd_error *err)
{
	int rc = hd_sysroot_write(host->root, "1", HD_SYS_PCI "/%s/remove", target);

	if (rc == 0 || rc == -ENOENT)
		rc = hd_sysroot_write(host->root, "1", "sys/bus/pci/rescan");
	if (rc < 0)
		return hd_fail(err, rc, "cannot remove %s and find it again: %s", target,
			       strerror(-rc));
	return 0;
}

static int give_up(const struct hd_knob_host *host, const char *target, struct hd_error *err)
{
	struct power power;

	read_power(host, target, &power);
	return hd_fail(err, -EIO, "%s does not answer (its configuration space is all ones; power_state "
		       "reads %s%s, power/runtime_status %s), and neither %sa reset nor its removal and "
		       "rescan has helped: switch the host off and on", target, power.state,
		       !strcmp(power.state, NO_POWER) ? ": it has no power" : "", power.runtime,
		       !strcmp(power.state, NO_POWER) ? "waking it nor " : "");
}

static int answers_set(const struct hd_knob_host *host, const char *target, const char *from,
		       const char *to, struct hd_error *err)
{
	const int64_t end = hd_wait_deadline(host);
	struct hd_pci_addr addr;
	int64_t half = end - host->call_deadline_ms / 2;
	int rc;

	(void)from;
	if (strcmp(to, ANSWERS) != 0 || !hd_pci_addr_parse(target, &addr))
		return hd_fail(err, -EINVAL, "%s: '%s' is not a state of a card", target, to);
	if (is_awake(host, target, half - host->call_deadline_ms / 4))
		return 0;
	rc = hd_sysroot_write(host->root, "1", HD_SYS_PCI "/%s/reset", target);
	if (rc == 0 && await_answer(host, target, half))
		return 0;
	rc = rediscover(host, target, err);
	if (rc < 0 || await_answer(host, target, end))
		return rc;
	return give_up(host, target, err);
}

static bool is_dead(const char *from, const char *to, const char *now)
{
	(void)from, (void)to;
	return !strcmp(now, DEAD) || !strcmp(now, ASLEEP);
}

/* A reset under a guest, or a removal, would take the card from it. */
static int answers_may_undo(const struct hd_knob_host *host, const char *target,
			    const char *state, struct hd_error *err)
{
	char driver[HD_STATE_MAX];
	int rc = hd_pci_state_get(host, target, driver, err);

	(void)state;
	return rc < 0 ? rc : hd_pci_state_may_undo(host, target, driver, err);
}

const struct hd_knob hd_knob_card_answers = {
	.name = "card-answers",
	.get = answers_get,
	.set = answers_set,
	.is_between = is_dead,
	.may_undo = answers_may_undo,
	.is_by_others = true,
};
