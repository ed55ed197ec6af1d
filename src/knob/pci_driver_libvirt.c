/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci_driver_libvirt.c - gives a PCI function its driver through libvirt.
 *
 * `hostdevctl nodedev` makes the calls, so that a hook never links libvirt and
 * a daemon that does not answer costs one child.  Not connected in time: the
 * request was never made, and sysfs does the work.  Called and not answered:
 * it may still be carried out, so the outcome is unknown (-ETIME).
 */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/spawn.h"
#include "knob/knobs.h"
#include "knob/pci_state.h"

#define END_MS 1000

/* How far the child came, by the lines that it prints. */
enum progress { STARTED, CONNECTED, CALLING, DONE };
static const char *const milestones[] = { "", "connected", "calling", "done" };

struct call {
	struct hd_spawn spawn;
	enum progress progress;
	char reason[HD_SPAWN_LINE];	/* the last line that is not a milestone */
};

static void follow_progress(struct call *call, const char *line)
{
	for (enum progress p = CONNECTED; p <= DONE; p++) {
		if (!strcmp(line, milestones[p])) {
			call->progress = p;
			return;
		}
	}
	(void)snprintf(call->reason, sizeof(call->reason), "%s", line);
}

/* Reads until GOAL is reached or passed: 0, -ETIMEDOUT, or -EPIPE when it ended before. */
static int wait_for(struct call *call, enum progress goal, int64_t deadline)
{
	char line[HD_SPAWN_LINE];

	while (call->progress < goal) {
		int rc = hd_spawn_line(&call->spawn, line, deadline);

		if (rc <= 0)
			return rc < 0 ? rc : -EPIPE;
		follow_progress(call, line);
	}
	return 0;
}

static int run_call(const struct hd_knob_host *host, struct call *call, const char *target,
		    struct hd_error *err)
{
	int64_t now = hd_now_ms();
	int rc = wait_for(call, CONNECTED, now + host->connect_deadline_ms);

	if (rc == 0)
		rc = wait_for(call, DONE, now + host->connect_deadline_ms + host->call_deadline_ms);
	if (rc == 0)
		return 0;
	if (rc == -ETIMEDOUT && call->progress < CALLING)
		return hd_fail(err, -EHOSTUNREACH, "libvirt did not answer within %d ms",
			       host->connect_deadline_ms);
	if (rc == -ETIMEDOUT)
		return hd_fail(err, -ETIME,
			       "libvirt did not answer the request for %s within %d ms; it "
			       "may still do it",
			       target, host->call_deadline_ms);
	if (call->progress < CONNECTED)
		return hd_fail(err, -EHOSTUNREACH, "libvirt cannot be reached: %s", call->reason);
	return hd_fail(err, -EIO, "libvirt refused %s: %s", target, call->reason);
}

static int ask_libvirt(const struct hd_knob_host *host, const char *target, const char *verb,
		       const char *driver, struct hd_error *err)
{
	const char *program = host->program ? host->program : SBINDIR "/hostdevctl";
	const char *uri = host->uri ? host->uri : "qemu:///system";
	const char *const argv[] = { program, "nodedev", "-c", uri, verb, target, driver, NULL };
	struct call call = { .reason = "it ended without a reason" };
	int rc = hd_spawn_start(&call.spawn, argv, err);

	if (rc < 0)
		return hd_fail(err, -EHOSTUNREACH, "cannot run %s", program);
	rc = run_call(host, &call, target, err);
	(void)hd_spawn_end(&call.spawn, rc == 0 ? hd_now_ms() + END_MS : hd_now_ms());
	return rc;
}

/*
 * Can libvirt change the one state into the other?  It binds to VFIO, or lets the kernel
 * choose; and its reattach would unbind and bind again a function that is not on VFIO.
 */
static const char *verb_for(const struct hd_pci_state *now, const struct hd_pci_state *want)
{
	if (hd_pci_state_is_vfio(want))
		return "detach";
	if (hd_pci_state_is_vfio(now) && strcmp(want->driver, "-") && !*want->override)
		return "reattach";
	return NULL;
}

static int set_by_sysfs(const struct hd_knob_host *host, const char *target, const char *from,
			const char *to, const char *why, struct hd_error *err)
{
	int rc = hd_knob_pci_driver_sysfs.set(host, target, from, to, err);

	if (rc < 0)
		return rc;
	hd_remark(err, "done with sysfs: %s", why);
	return HD_SET_OTHERWISE;
}

static int libvirt_set(const struct hd_knob_host *host, const char *target, const char *from,
		       const char *to, struct hd_error *err)
{
	struct hd_pci_state now, want;
	struct hd_error why = { 0 };
	char text[HD_STATE_MAX];
	const char *verb;
	int rc = hd_pci_state_get(host, target, text, err);

	if (rc < 0)
		return rc;
	if (hd_pci_state_parse(text, &now) < 0 || hd_pci_state_parse(to, &want) < 0)
		return hd_fail(err, -EINVAL, "%s: '%s' is not a driver state", target, to);
	verb = host->root->is_live ? verb_for(&now, &want) : NULL;
	if (!verb)
		return set_by_sysfs(host, target, from, to, "libvirt has no call for it", err);
	rc = ask_libvirt(host, target, verb, !strcmp(verb, "detach") ? want.driver : NULL, &why);
	if (rc != -EHOSTUNREACH) {
		if (rc < 0)
			*err = why;
		return rc;
	}
	hd_log(LOG_WARNING, "%s: %s; using sysfs", target, why.text);
	return set_by_sysfs(host, target, from, to, why.text, err);
}

const struct hd_knob hd_knob_pci_driver_libvirt = {
	.name = HD_KNOB_PCI_DRIVER,
	.get = hd_pci_state_get,
	.set = libvirt_set,
	.is_at = hd_pci_state_is_at,
	.is_between = hd_pci_state_is_between,
	.may_undo = hd_pci_state_may_undo,
};
