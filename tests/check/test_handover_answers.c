/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_handover_answers.c - a guest that is refused its graphics card is told the next command. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "tests/support/checkcase.h"

#define CARD "0000:01:00.0"
#define SOUND "0000:01:00.1"

static struct hd_display_use uses[1];
static struct hd_ended_unit units[] = { { "gdm.service", "why" } };
static struct hd_holder holders[4];

/* A card that shows a session, and is open by a process of a service. */
static void used(struct check_case *c)
{
	c->fns[0].fn.class = 0x030000;
	c->fns[0].fn.driver = "nvidia";
	c->nodes[0] = (struct hd_node){ .major = 226, .name = "/dev/dri/card0", .subsystem = "drm" };
	c->fns[0].nodes = c->nodes;
	c->fns[0].n_nodes = 1;
	uses[0] = (struct hd_display_use){ .kind = HD_USE_SESSION, .what = "session 2",
					   .source = "run/x", .command = "stop it" };
	c->fns[0].display.uses = uses;
	c->fns[0].display.n_uses = 1;
	holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = "Xorg" };
	c->fns[0].holders = (struct hd_holders){ .holders = holders, .n = 1 };
}

static void odd_name(struct check_case *c)
{
	used(c);
	c->request.name = "win 11";
}

static void without_guest(struct check_case *c)
{
	used(c);
	c->request.name = NULL;
}

/* What a program computes is no session's. */
static void computes(struct check_case *c)
{
	used(c);
	uses[0].kind = HD_USE_COMPUTE;
}

/* The same, while a function beside the card is open. */
static void with_sound(struct check_case *c)
{
	struct hd_pci_facts *sound;

	used(c);
	sound = check_case_add(c, 1, 0x040300, "snd_hda_intel");
	sound->is_requested = true;
	check_case_ask(c, 1);
	sound->nodes = c->nodes;
	sound->n_nodes = 1;
	sound->holders = c->fns[0].holders;
}

static void with_boot_screen(struct check_case *c)
{
	with_sound(c);
	uses[0].kind = HD_USE_FIRMWARE;
}

static void elsewhere(struct check_case *c)
{
	with_sound(c);
	c->fns[0].fn.addr.slot = 7;
}

/* The policy asks for it; the process ends with gdm.service or not. */
static void asked(struct check_case *c)
{
	used(c);
	c->request.policy.handover.is_asked = true;
	c->facts.handover = (struct hd_handover_facts){
		.is_asked = true, .is_needed = true, .units = units, .n_units = 1,
	};
	uses[0].ended_by = "session 2 of eve (x11)";
}

static void with_services(struct check_case *c)
{
	asked(c);
	holders[0].unit = "miner.service";
	holders[1] = (struct hd_holder){ .node = c->nodes, .pid = 813, .command = "a", .user = "eve",
					 .unit = "users.service" };
	holders[2] = (struct hd_holder){ .node = c->nodes, .pid = 814, .command = "b",
					 .unit = "gdm.service" };
	holders[3] = (struct hd_holder){ .node = c->nodes, .pid = 815, .command = "c",
					 .unit = "libvirtd.service" };
	c->fns[0].holders.n = 4;
}

#define ENABLE "; or let each start of the guest end it, and its end bring it back: " \
	       "`hostdevctl handover win11 --enable`"
#define DETACH(check, at) "hostdevctl detach --allow " check "=" at " " at " before the start"

static const struct row {
	const char *name;
	void (*change)(struct check_case *c);
	const char *check, *subject;
	const char *remedy;		/* its end */
	const char *allow_with;
} rows[] = {
	{ "a card without a policy", used, "display-free", CARD, "`stop it`" ENABLE, NULL },
	{ "its programs", used, "holders-free", CARD, "`kill 812`" ENABLE, NULL },
	{ "its driver", used, "driver-release-safe", CARD, ENABLE, NULL },
	{ "a name with a blank", odd_name, "display-free", CARD,
	  "`hostdevctl handover 'win 11' --enable`", NULL },
	{ "no guest", without_guest, "display-free", CARD, "`stop it`",
	  "--allow display-free=" CARD },
	{ "it only computes", computes, "display-free", CARD, "`stop it`",
	  DETACH("display-free", CARD) },
	{ "its sound", with_sound, "holders-free", SOUND, "`kill 812`" ENABLE, NULL },
	{ "its sound, while no session has the card", with_boot_screen, "holders-free", SOUND,
	  "`kill 812`", DETACH("holders-free", SOUND) },
	{ "another card's sound", elsewhere, "holders-free", SOUND, "`kill 812`",
	  DETACH("holders-free", SOUND) },
	{ "a program stays", asked, "holders-free", CARD,
	  "`kill 812`; then look again: `hostdevctl handover win11`", NULL },
	{ "a service stays", with_services, "holders-free", CARD, "; or let the hand-over stop it: "
	  "`hostdevctl handover win11 --enable --units gdm.service,miner.service`", NULL },
};

static void next_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct hd_finding *finding;
		struct hd_findings found;
		struct check_case *c;
		void *made = NULL;
		const char *end;

		assert_int_equal(check_case_setup(&made), 0);
		c = made;
		rows[i].change(c);
		found = check_case_run(c);
		finding = check_case_find(&found, rows[i].check, rows[i].subject);
		if (!finding || !hd_finding_refuses(finding))
			fail_msg("%s: does not refuse", rows[i].name);
		end = strstr(finding->remedy, rows[i].remedy);
		if (!end || end[strlen(rows[i].remedy)])
			fail_msg("%s: remedy %s", rows[i].name, finding->remedy);
		if (!finding->n_commands)
			fail_msg("%s: no command in the remedy", rows[i].name);
		if (!hd_text_is_same(finding->allow_with, rows[i].allow_with))
			fail_msg("%s: allow with %s", rows[i].name,
				 finding->allow_with ? finding->allow_with : "nothing");
		(void)check_case_teardown(&made);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(next_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
