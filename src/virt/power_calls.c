/* SPDX-License-Identifier: GPL-2.0-or-later */
/* power_calls.c - the border to libvirt: pausing and saving a guest, and letting it go on. */
#include "config.h"

#include "virt/libvirt_connect.h"

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
};
_Static_assert(HD_ARRAY_SIZE(powers) == HD_POWER_MAX, "a row for each");

int hd_virt_power(const char *uri, const char *uuid, enum hd_virt_power what, bool only_looks,
		  struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, false);
	_cleanup_(hd_virt_free_domain) virDomainPtr domain = NULL;
	int state, reason;

	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	domain = hd_virt_find(connection, uuid);
	if (!domain)
		return hd_virt_fail(err, "libvirt does not have this guest");
	if (virDomainGetState(domain, &state, &reason, 0) < 0)
		return hd_virt_fail(err, "libvirt did not report the state of the guest");
	if (!powers[what].is_needed(domain, state, reason))
		return 0;
	if (!only_looks && powers[what].act(domain) < 0)
		return hd_virt_fail(err, powers[what].failed);
	return 1;
}
