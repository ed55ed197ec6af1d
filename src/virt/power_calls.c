/* SPDX-License-Identifier: GPL-2.0-or-later */
/* power_calls.c - the border to libvirt: pausing and saving a guest, and letting it go on. */
#include "config.h"

#include <poll.h>

#include "virt/libvirt_connect.h"

#define SETTLE_POLL_MS 200

static bool is_running(virDomainPtr domain, int state, int reason)
{
	(void)domain;
	(void)reason;
	return state == VIR_DOMAIN_RUNNING || state == VIR_DOMAIN_BLOCKED;
}

/* Not one whose disk is full, or that a migration has paused. */
static bool is_paused(virDomainPtr domain, int state, int reason)
{
	(void)domain;
	return state == VIR_DOMAIN_PAUSED && reason == VIR_DOMAIN_PAUSED_USER;
}

static bool is_active(virDomainPtr domain, int state, int reason)
{
	(void)state;
	(void)reason;
	return virDomainIsActive(domain) == 1;
}

static bool is_saved(virDomainPtr domain, int state, int reason)
{
	(void)state;
	(void)reason;
	return !virDomainIsActive(domain) && virDomainHasManagedSaveImage(domain, 0) == 1;
}

static bool is_off(virDomainPtr domain, int state, int reason)
{
	(void)state;
	(void)reason;
	return virDomainIsActive(domain) == 0;
}

static int save(virDomainPtr domain)
{
	return virDomainManagedSave(domain, 0);
}

/* What its state must be for it, and the call. */
static const struct {
	const char *failed;
	bool (*is_needed)(virDomainPtr domain, int state, int reason);
	int (*act)(virDomainPtr domain);
} powers[] = {
	[HD_POWER_PAUSE] = { "libvirt did not pause it", is_running, virDomainSuspend },
	[HD_POWER_RESUME] = { "libvirt did not resume it", is_paused, virDomainResume },
	[HD_POWER_SAVE] = { "libvirt did not save it", is_active, save },
	[HD_POWER_START] = { "libvirt did not start it", is_saved, virDomainCreate },
	[HD_POWER_CREATE] = { "libvirt did not start it", is_off, virDomainCreate },
};
_Static_assert(HD_ARRAY_SIZE(powers) == HD_POWER_MAX, "a row for each");

static bool is_at_work(virDomainPtr domain)
{
	virDomainControlInfo info;

	return virDomainGetControlInfo(domain, &info, 0) == 0 &&
	       (info.state == VIR_DOMAIN_CONTROL_JOB || info.state == VIR_DOMAIN_CONTROL_OCCUPIED);
}

/*
 * A call that was given up goes on in the daemon: a pause would come after this look, and a save would
 * end with a guest that is off and that nobody starts.  A save is cancelled; the guest then goes on.
 * The caller bounds this process.
 */
static int settle(virDomainPtr domain, int *state, int *reason)
{
	while (virDomainGetState(domain, state, reason, 0) == 0) {
		bool is_saving = *state == VIR_DOMAIN_PAUSED && *reason == VIR_DOMAIN_PAUSED_SAVE;

		if (!is_saving && !is_at_work(domain))
			return 0;
		if (is_saving)
			(void)virDomainAbortJob(domain);
		(void)poll(NULL, 0, SETTLE_POLL_MS);
	}
	return -1;
}

static bool wakes(enum hd_virt_power what)
{
	return what == HD_POWER_RESUME || what == HD_POWER_START;
}

int hd_virt_power(const char *uri, const char *uuid, enum hd_virt_power what, bool only_looks,
		  struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, false);
	_cleanup_(hd_virt_free_domain) virDomainPtr domain = NULL;
	int state, reason, rc;

	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	domain = hd_virt_find(connection, uuid);
	if (!domain)
		return hd_virt_fail(err, "libvirt does not have this guest");
	rc = wakes(what) ? settle(domain, &state, &reason) :
			   virDomainGetState(domain, &state, &reason, 0);
	if (rc < 0)
		return hd_virt_fail(err, "libvirt did not report the state of the guest");
	if (!powers[what].is_needed(domain, state, reason))
		return 0;
	if (!only_looks && powers[what].act(domain) < 0)
		return hd_virt_fail(err, powers[what].failed);
	return 1;
}
