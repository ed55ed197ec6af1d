/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sleep_handled.c - what happens to the guests' devices when the host is put to sleep? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

#define STATES_SHOWN 60

static enum hd_verdict judge_policy(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_sleep *sleep = &s->facts->sleep;
	enum hd_sleep_policy policy = s->facts->sleep_policy;

	if (policy == HD_SLEEP_IGNORED)
		return hd_tell(s, ret, HD_FAIL, HD_SLEEP_STATES " reads %s, and [sleep] guests is "
			       "ignore in hostdevctl.conf: most functions lose their state when the "
			       "host sleeps, and their guests are not told",
			       hd_text_printable(s->arena, sleep->states, STATES_SHOWN));
	if (sleep->has_unit)
		return hd_tell(s, ret, HD_PASS, "[sleep] guests is %s, and sleep.target requires "
			       "hostdevctl-sleep.service", hd_sleep_policy_name(policy));
	ret->severity = HD_WARNING;
	hd_advise(s, ret, HD_COMMAND("systemctl enable hostdevctl-sleep.service"));
	return hd_tell(s, ret, HD_FAIL, "[sleep] guests is %s in hostdevctl.conf, but "
		       HD_SLEEP_UNIT " does not exist: the host sleeps without a look at its guests",
		       hd_sleep_policy_name(policy));
}

static enum hd_verdict is_handled(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_sleep *sleep = &s->facts->sleep;

	if (!sleep->states)
		return HD_SKIP;
	if (sleep->masked_by)
		return hd_tell(s, ret, HD_PASS, "%s is masked: systemd does not put the host to "
			       "sleep", sleep->masked_by);
	return judge_policy(s, ret);
}

const struct hd_check hd_check_sleep_handled = {
	.id = "sleep-handled",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "guests with devices are prepared before the host sleeps",
	.remedy = "set guests = auto in section [sleep] of /etc/hostdevctl.conf (`hostdevctl sleep "
		  "--dry-run` shows what that does); on a server that never sleeps, `systemctl mask "
		  "sleep.target`",
	.doc = "When the host is suspended or hibernated, the functions of guests lose their power. "
	       "vfio-pci brings back their configuration space, not their state, and the guest's "
	       "driver is not told. hostdevctl-sleep.service can keep the host awake, or pause or "
	       "save the guests: see hostdevctl(1), SLEEP. It is a warning if that is configured and "
	       "the unit is not enabled. Source: /sys/power/state, sleep.target and its "
	       "requirements in /etc/systemd/system, and [sleep] of hostdevctl.conf.",
	.is_for_pci = true,
	.run = is_handled,
};
