/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_power_calls.c - a guest wakes also if libvirt pauses or saves it later than we waited. */
#include "config.h"

#include <errno.h>
#include <libvirt/libvirt.h>

#include "tests/support/unit.h"
#include "virt/libvirt_connect.h"

#define MAX_LOOKS 3

enum call { CALL_NONE, CALL_RESUME, CALL_START, CALL_PAUSE, CALL_SAVE };

/* What the guest is at each look. */
struct look {
	int state, reason;
	bool is_at_work;
};

static const struct row {
	const char *name;
	enum hd_virt_power what;
	struct look looks[MAX_LOOKS];	/* the last one stays */
	int n_looks, want;
	enum call call;			/* the only one that changes it */
	bool is_aborted;		/* a job is */
} rows[] = {
	{ "paused", HD_POWER_RESUME, { { VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER, false } }, 1, 1,
	  CALL_RESUME, false },
	{ "paused by its disk", HD_POWER_RESUME,
	  { { VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_IOERROR, false } }, 1, 0, CALL_NONE, false },
	{ "paused later", HD_POWER_RESUME,
	  { { VIR_DOMAIN_RUNNING, 0, true }, { VIR_DOMAIN_RUNNING, 0, true },
	    { VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER, false } }, 3, 1, CALL_RESUME, false },
	{ "runs, and nothing comes", HD_POWER_RESUME, { { VIR_DOMAIN_RUNNING, 0, false } }, 1, 0,
	  CALL_NONE, false },
	{ "saved", HD_POWER_START, { { VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SAVED, false } }, 1, 1,
	  CALL_START, false },
	{ "saved later, though it was to be cancelled", HD_POWER_START,
	  { { VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_SAVE, true },
	    { VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SAVED, false } }, 2, 1, CALL_START, true },
	{ "a save that is cancelled", HD_POWER_START,
	  { { VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_SAVE, true }, { VIR_DOMAIN_RUNNING, 0, false } }, 2, 0,
	  CALL_NONE, true },
	{ "a pause waits for nothing", HD_POWER_PAUSE, { { VIR_DOMAIN_RUNNING, 0, true } }, 1, 1,
	  CALL_PAUSE, false },
	{ "off", HD_POWER_CREATE, { { VIR_DOMAIN_SHUTOFF, 0, false } }, 1, 1, CALL_START, false },
	{ "runs already", HD_POWER_CREATE, { { VIR_DOMAIN_RUNNING, 0, false } }, 1, 0, CALL_NONE, false },
	{ "nor does a save", HD_POWER_SAVE, { { VIR_DOMAIN_RUNNING, 0, true } }, 1, 1, CALL_SAVE,
	  false },
};

/* In place of libvirt; a domain is what happens to it. */
struct domain {
	const struct row *row;
	int n_looks;
	enum call call;
	bool is_aborted;
};

static struct domain *now;

static const struct look *look(virDomainPtr domain)
{
	const struct domain *d = (const void *)domain;

	return &d->row->looks[d->n_looks ? d->n_looks - 1 : 0];
}

static int do_call(virDomainPtr domain, enum call call)
{
	struct domain *d = (void *)domain;

	assert_int_equal(d->call, CALL_NONE);
	d->call = call;
	return 0;
}

int virDomainGetState(virDomainPtr domain, int *state, int *reason, unsigned int flags)
{
	struct domain *d = (void *)domain;

	assert_int_equal(flags, 0);
	if (d->n_looks < d->row->n_looks)
		d->n_looks++;
	*state = look(domain)->state;
	*reason = look(domain)->reason;
	return 0;
}

int virDomainGetControlInfo(virDomainPtr domain, virDomainControlInfoPtr info, unsigned int flags)
{
	assert_int_equal(flags, 0);
	*info = (virDomainControlInfo){ .state = look(domain)->is_at_work ? VIR_DOMAIN_CONTROL_JOB :
							 VIR_DOMAIN_CONTROL_OK };
	return 0;
}

int virDomainIsActive(virDomainPtr domain)
{
	return look(domain)->state != VIR_DOMAIN_SHUTOFF;
}

int virDomainHasManagedSaveImage(virDomainPtr domain, unsigned int flags)
{
	assert_int_equal(flags, 0);
	return look(domain)->reason == VIR_DOMAIN_SHUTOFF_SAVED;
}

int virDomainAbortJob(virDomainPtr domain)
{
	struct domain *d = (void *)domain;

	d->is_aborted = true;
	return 0;
}

int virDomainSuspend(virDomainPtr domain) { return do_call(domain, CALL_PAUSE); }
int virDomainResume(virDomainPtr domain) { return do_call(domain, CALL_RESUME); }
int virDomainCreate(virDomainPtr domain) { return do_call(domain, CALL_START); }

int virDomainManagedSave(virDomainPtr domain, unsigned int flags)
{
	assert_int_equal(flags, 0);
	return do_call(domain, CALL_SAVE);
}

virConnectPtr hd_virt_open(const char *uri, bool is_read_only)
{
	(void)uri;
	assert_false(is_read_only);
	return (void *)now;
}

virDomainPtr hd_virt_find(virConnectPtr connection, const char *guest)
{
	(void)guest;
	return (void *)connection;
}

void hd_virt_close(virConnectPtr *connection) { (void)connection; }
void hd_virt_free_domain(virDomainPtr *domain) { (void)domain; }

int hd_virt_fail(struct hd_error *err, const char *what)
{
	return hd_fail(err, -EIO, "%s", what);
}

static void run(void **state)
{
	const struct row *row = *state;
	struct domain domain = { .row = row };
	struct hd_error err;

	now = &domain;
	assert_int_equal(hd_virt_power(NULL, "g", row->what, false, &err), row->want);
	assert_int_equal(domain.call, row->call);
	assert_int_equal(domain.is_aborted, row->is_aborted);
	assert_int_equal(domain.n_looks, row->n_looks);
	domain = (struct domain){ .row = row };
	assert_int_equal(hd_virt_power(NULL, "g", row->what, true, &err), row->want);
	assert_int_equal(domain.call, CALL_NONE);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
