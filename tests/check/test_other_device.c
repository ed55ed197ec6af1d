/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_other_device.c - a refusal names the command that takes another device, or finds the pinned one. */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "tests/support/checkcase.h"
#include "tests/support/unit.h"

#define DISK "0000:01:00.0"
#define RELOCATES "`hostdevctl relocate 'win 11'` corrects the address, if the device has moved; or "
#define STARTS "`hostdevctl start 'win 11'` gives the guest another device of nvme, if one is free; or "

static const struct {
	const char *name, *guest;
	bool is_absent, is_other, is_pinned, is_any;
	const char *check, *remedy, *command;	/* how it begins; NULL: without it */
} rows[] = {
	{ "absent", "win 11", true, false, false, false, "device-present", "find it with", NULL },
	{ "absent, of no guest", NULL, true, false, true, true, "device-present", "find it with", NULL },
	{ "absent and pinned", "win 11", true, false, true, false, "device-present", RELOCATES,
	  "hostdevctl relocate 'win 11'" },
	{ "another one", "win 11", false, true, true, false, "device-identity", RELOCATES,
	  "hostdevctl relocate 'win 11'" },
	{ "any would do", "win 11", true, false, false, true, "device-present", STARTS,
	  "hostdevctl start 'win 11'" },
	{ "any would do, but it is pinned", "win 11", true, false, true, true, "device-present", RELOCATES,
	  "hostdevctl relocate 'win 11'" },
};

static void change_case(struct check_case *c, size_t at, struct hd_any *any)
{
	struct hd_pci_facts gone = { .fn.addr = c->fns[0].fn.addr, .is_requested = true };

	c->request.name = rows[at].guest;
	memcpy(gone.fn.name, c->fns[0].fn.name, sizeof(gone.fn.name));
	gone.fn.group = HD_NO_GROUP;
	if (rows[at].is_absent)
		c->fns[0] = gone;
	if (rows[at].is_other)
		c->fns[0].fn.device = 0x11;
	c->pins[0] = (struct hd_pin){ c->fns[0].fn.addr, 0x1b36, 0x0010, -1, -1, NULL, NULL };
	c->request.policy.n_pins = rows[at].is_pinned;
	*any = (struct hd_any){ "nvme", c->fns[0].fn.addr };
	c->request.policy.anys = any;
	c->request.policy.n_anys = rows[at].is_any;
}

static void advises(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct hd_finding *finding;
		struct hd_findings found;
		void *made = NULL;
		struct hd_any any;

		assert_int_equal(check_case_setup(&made), 0);
		change_case(made, i, &any);
		found = check_case_run(made);
		finding = check_case_find(&found, rows[i].check, DISK);
		assert_non_null(finding);
		if (strncmp(finding->remedy, rows[i].remedy, strlen(rows[i].remedy)) != 0)
			fail_msg("%s: %s", rows[i].name, finding->remedy);
		if (rows[i].command)
			assert_string_equal(finding->commands[0], rows[i].command);
		assert_int_equal(check_case_teardown(&made), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(advises) };

	return cmocka_run_group_tests_name("other device", tests, NULL, NULL);
}
