/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_override.c - an allowance that matches nothing is reported. */
#include "config.h"

#include "tests/support/checkcase.h"

#define MATCH &hd_check_overrides_match
#define ADDR "0000:01:00.0"

static void allow(struct check_case *c, const char *check, const char *subject)
{
	c->allows[0] = (struct hd_allow){ check, subject };
	c->request.policy.n_allows = 1;
}

static void type(struct check_case *c, const char *check, const char *subject)
{
	allow(c, check, subject);
	c->request.policy.n_allows = 0;
	c->request.policy.typed = c->allows;
	c->request.policy.n_typed = 1;
}

static void good(struct check_case *c) { allow(c, "storage-free", ADDR); }

static void other_form(struct check_case *c) { allow(c, "storage-free", "01:00.0"); }

static void companion(struct check_case *c)
{
	check_case_add(c, 1, 0x040300, NULL);
	allow(c, "storage-free", "0000:01:00.1");
}

static void no_check(struct check_case *c) { allow(c, "netwrok-free", ADDR); }

static void never(struct check_case *c) { allow(c, "iommu-enabled", "host"); }

static void not_here(struct check_case *c) { allow(c, "network-free", ADDR); }

static void typed(struct check_case *c) { type(c, "driver-release-safe", ADDR); }

static void other_device(struct check_case *c) { allow(c, "storage-free", "0000:09:00.0"); }

static void other_typed(struct check_case *c) { type(c, "network-free", "eth0"); }

static void nonsense(struct check_case *c) { allow(c, "\033[2J", ADDR); }

static const struct check_row rows[] = {
	{ "the device", MATCH, good, HD_PASS, 0, NULL, NULL },
	{ "in another form", MATCH, other_form, HD_PASS, 0, NULL, NULL },
	{ "a companion", MATCH, companion, HD_PASS, 0, NULL, NULL },
	{ "by the command line", MATCH, typed, HD_PASS, 0, NULL, NULL },
	{ "no such check", MATCH, no_check, HD_FAIL, HD_ERROR,
	  "<allow check='netwrok-free' subject='" ADDR "'> in the guest's metadata: "
	  "unknown check; did you mean network-free?",
	  "write check='network-free', or remove it: `virsh edit win11`" },
	{ "no name at all", MATCH, nonsense, HD_FAIL, HD_ERROR, "check='?[2J'", NULL },
	{ "a check that cannot be", MATCH, never, HD_FAIL, HD_WARNING, "cannot be allowed",
	  "take it out" },
	{ "not by metadata", MATCH, not_here, HD_FAIL, HD_WARNING, "only on the command "
								   "line", NULL },
	{ "another device", MATCH, other_device, HD_FAIL, HD_WARNING,
	  "no requested device has this name", "virsh edit win11" },
	{ "another device by the command line", MATCH, other_typed, HD_FAIL, HD_WARNING,
	  "--allow network-free=eth0: no requested", "write the subject" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
