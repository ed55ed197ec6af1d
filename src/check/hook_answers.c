/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hook_answers.c - which daemon has the guests, and does our hook answer it? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "check/checks.h"

static bool is_modular(const char *unit)
{
	return hd_text_starts_with(unit, "virtqemud");
}

static enum hd_verdict is_one(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;

	if (!setup || !setup->unit)
		return HD_SKIP;
	if (setup->other_unit) {
		ret->remedy = HD_COMMAND("systemctl disable --now libvirtd.socket libvirtd-ro.socket "
			      "libvirtd-admin.socket libvirtd.service") ", to stay with virtqemud";
		return hd_tell(s, ret, HD_FAIL,
			       "the sockets of %s and of %s are both enabled: each has its "
			       "own guests and does not know the other's devices",
			       setup->unit, setup->other_unit);
	}
	return hd_tell(s, ret, HD_PASS, "%s (%s)%s", setup->unit,
		       is_modular(setup->unit) ? "modular" : "monolithic",
		       setup->daemon.pid ? " runs" : " is not running: it starts on demand");
}

const struct hd_check hd_check_one_daemon = {
	.id = "one-daemon",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "only one daemon runs libvirt's QEMU driver",
	.remedy = "disable the sockets of either libvirtd or virtqemud",
	.doc = "libvirt's QEMU driver is in libvirtd (monolithic) or virtqemud (modular). "
	       "If the sockets of both are enabled, whichever is used first runs, and each "
	       "keeps its own list of the devices that guests have. After the first hook "
	       "is installed, this daemon must be reloaded. Source: sockets.target.wants "
	       "in /etc/systemd/system, and /run/libvirt/qemu/driver.pid.",
	.run = is_one,
};

static const char *tell_status(const struct hd_subject *s, int status)
{
	if (status == -ETIMEDOUT)
		return "did not answer in time";
	if (status == -ECANCELED)
		return "was killed by a signal";
	if (status < 0)
		return hd_printf(s->arena, "could not be run: %s", strerror(-status));
	return hd_printf(s->arena, "exited with status %d", status);
}

static enum hd_verdict does_answer(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_hook_run *run;

	if (!s->facts->setup || !s->facts->setup->hook_run.was_run)
		return HD_SKIP;
	run = &s->facts->setup->hook_run;
	if (run->plain_status != 0)
		return hd_tell(s, ret, HD_FAIL, "%s %s for a guest without devices, instead of 0",
			       run->path, tell_status(s, run->plain_status));
	if (run->refused_status != 1)
		return hd_tell(s, ret, HD_FAIL,
			       "%s %s for a guest with a device that no host has, instead "
			       "of 1%s%s", run->path,
			       tell_status(s, run->refused_status), run->says ? ": " : "",
			       run->says ? run->says : "");
	return hd_tell(s, ret, HD_PASS, "%s refuses a guest with a device that no host has: %s",
		       run->path, run->says ? run->says : "it prints nothing");
}

const struct hd_check hd_check_hook_answers = {
	.id = "hook-answers",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "hostdevctl-hook works",
	.remedy = "run the hook by hand, as hostdevctl-hook(8) describes, and reinstall it",
	.doc = "`hostdevctl doctor` runs the installed hook twice as libvirt does: with "
	       "the arguments and the XML of a guest, from / and with libvirt's "
	       "environment. A guest without devices must pass with status 0; one with a "
	       "PCI function that no host has (ffff:ff:1f.7) must be refused with 1. This "
	       "finds a hook that hangs, or whose engine or libraries are missing. It "
	       "changes nothing on the host. It is not run on a captured host or without root.",
	.run = does_answer,
};
