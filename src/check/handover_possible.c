/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_possible.c - can all that must end for the guest's graphics card end? */
#include "config.h"

#include "check/checks.h"

#define MAX_TOLD 6

static const char *how_to_remove(const struct hd_subject *s, const struct hd_obstacle *obstacle)
{
	if (!obstacle->options)
		return obstacle->remedy;
	return hd_printf(s->arena, "%s: %s", obstacle->remedy,
			 hd_handover_command(s, obstacle->options));
}

static void tell_obstacles(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_handover_facts *handover = &s->facts->handover;
	const char *remedy = NULL;

	for (size_t i = 0; i < handover->n_obstacles && i < MAX_TOLD; i++) {
		hd_join(s->arena, &ret->evidence, "%s", handover->obstacles[i].what);
		hd_join_once(s->arena, &remedy, how_to_remove(s, &handover->obstacles[i]));
	}
	ret->remedy = remedy;
	if (handover->n_obstacles > MAX_TOLD)
		hd_join(s->arena, &ret->evidence, "and %zu more", handover->n_obstacles - MAX_TOLD);
}

static void tell_ends(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_handover_facts *handover = &s->facts->handover;

	for (size_t i = 0; i < handover->n_sessions; i++)
		hd_join(s->arena, &ret->evidence, "ends %s", handover->sessions[i].text);
	for (size_t i = 0; i < handover->n_units; i++)
		hd_join(s->arena, &ret->evidence, "stops %s", handover->units[i].name);
	for (size_t i = 0; i < handover->loaded.n; i++)
		hd_join(s->arena, &ret->evidence, "unloads %s", handover->loaded.modules[i]);
}

static void look_again(const struct hd_subject *s, struct hd_result *ret)
{
	hd_advise(s, ret, "%s; then look again: %s", ret->remedy, hd_handover_command(s, ""));
}

static enum hd_verdict can_hand_over(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_handover_facts *handover = &s->facts->handover;

	if (!handover->is_asked)
		return HD_SKIP;
	if (handover->n_obstacles) {
		tell_obstacles(s, ret);
		look_again(s, ret);
		return HD_FAIL;
	}
	if (handover->unknown)
		look_again(s, ret);
	if (handover->unknown)
		return hd_tell(s, ret, HD_UNKNOWN, "%s: what ends is unknown", handover->unknown);
	if (!handover->is_needed)
		return hd_say(ret, HD_PASS, "nothing has to end");
	tell_ends(s, ret);
	return HD_PASS;
}

const struct hd_check hd_check_handover_possible = {
	.id = "handover-possible",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_ERROR,
	.title = "what must end for the guest's graphics card can end",
	.remedy = "run the check as root, and see what the system's log says of the file",
	.doc = "A guest whose metadata has <hd:handover> gets the graphics card that the host "
	       "works with: the sessions of the card's seat end, then the services that the "
	       "policy names or that are known to keep the driver busy. Never ended are "
	       "sessions on another seat, sessions without a seat (by ssh), the session that "
	       "libvirt's daemon runs in, and sessions that only opened the card while the "
	       "seat is shown on another one. Whoever asks logind not to be interrupted "
	       "(systemd-inhibit, for shutdown or sleep) stops the hand-over, too, and so do "
	       "a module of the driver that another device needs and a file that cannot be "
	       "read. Programs outside of what ends are reported by holders-free. Source: "
	       "/run/systemd/sessions, /run/systemd/inhibit, /proc/PID/cgroup, "
	       "/sys/class/drm/*/enabled, /sys/module/*/holders.",
	.is_for_pci = true,
	.is_last_look = true,
	.run = can_hand_over,
};
