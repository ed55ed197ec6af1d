/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * card_answers.c - before the host gets a card back, does it answer, and what wakes it if not?
 *
 * A card that a guest left in a bad state has a configuration space of all ones, and a driver
 * that binds it then hangs or fails.  Nothing is set on the way to the guest.  On the way
 * back a card that is dead gets the reset that the kernel has for it; if that does not help, it
 * is removed and found again (Documentation/ABI/testing/sysfs-bus-pci).
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
#define DEAD "dead"

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
			       ANSWERS : DEAD);
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
	if (does_answer(host, target))
		return 0;
	rc = hd_sysroot_write(host->root, "1", HD_SYS_PCI "/%s/reset", target);
	if (rc == 0 && await_answer(host, target, half))
		return 0;
	rc = rediscover(host, target, err);
	if (rc < 0 || await_answer(host, target, end))
		return rc;
	return hd_fail(err, -EIO,
		       "%s does not answer (its configuration space is all ones), and neither a "
		       "reset nor its removal and rescan has helped: switch the host off and on",
		       target);
}

static bool is_dead(const char *from, const char *to, const char *now)
{
	(void)from, (void)to;
	return !strcmp(now, DEAD);
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
