/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_handover.c - what a hand-over ends is not a failure; what it cannot end refuses. */
#include "config.h"

#include "tests/support/checkcase.h"

#define POSSIBLE &hd_check_handover_possible
#define FREE &hd_check_display_free
#define HOLDERS &hd_check_holders_free
#define RELEASE &hd_check_driver_release_safe
#define LAST &hd_check_last_gpu

static struct hd_display_use uses[2];
static struct hd_ended_session sessions[] = { { "2", "1000", "session 2 of eve (x11)", "why" } };
static struct hd_ended_unit units[] = { { "gdm.service", "why" } };
static struct hd_obstacle obstacles[] = {
	{ "session 7 of bob (x11) is on another seat", "log out of session 7 of bob (x11)", NULL },
	{ "gdm.service would open the card again", "name it", "--enable --units gdm.service" },
};

/* A card with a session on it and two processes, one of which has it open for the session. */
static void card(struct check_case *c)
{
	c->fns[0].fn.class = 0x030000;
	c->fns[0].fn.driver = "nvidia";
	c->fns[0].nodes = c->nodes;
	c->fns[0].n_nodes = 1;
	c->nodes[0] = (struct hd_node){ .major = 226, .name = "/dev/dri/card0", .subsystem = "drm" };
	uses[0] = (struct hd_display_use){ .what = "session 2", .source = "run/x",
					   .command = "systemctl stop gdm.service" };
	c->fns[0].display.uses = uses;
	c->fns[0].display.n_uses = 1;
	c->holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 600, .session = "2",
					    .command = "systemd-logind" };
	c->holders[1] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = "Xorg" };
	c->fns[0].holders = (struct hd_holders){ .holders = c->holders, .n = 2 };
}

/* The same, and all of it ends. */
static void ended(struct check_case *c)
{
	card(c);
	c->request.policy.handover.is_asked = true;
	c->facts.handover = (struct hd_handover_facts){
		.is_asked = true, .is_needed = true, .sessions = sessions, .n_sessions = 1,
		.units = units, .n_units = 1, .loaded = { .modules = { "nvidia" }, .n = 1 },
	};
	uses[0].ended_by = "session 2 of eve (x11)";
	c->holders[0].ended_by = "session 2 of eve (x11)";
	c->holders[1].ended_by = "gdm.service";
}

static void one_stays(struct check_case *c)
{
	ended(c);
	c->holders[1].ended_by = NULL;
}

static void use_stays(struct check_case *c)
{
	ended(c);
	uses[0].ended_by = NULL;
}

static void with_obstacles(struct check_case *c)
{
	ended(c);
	c->facts.handover.obstacles = obstacles;
	c->facts.handover.n_obstacles = 2;
}

static void with_unknown(struct check_case *c)
{
	ended(c);
	c->facts.handover.unknown = "run/systemd/inhibit/3: Input/output error";
}

static void unneeded(struct check_case *c)
{
	c->facts.handover.is_asked = true;
}

static const struct check_row rows[] = {
	{ "not asked", POSSIBLE, card, HD_SKIP, 0, NULL, NULL },
	{ "asked, and all ends", POSSIBLE, ended, HD_PASS, 0,
	  "ends session 2 of eve (x11); stops gdm.service; unloads nvidia", NULL },
	{ "nothing to end", POSSIBLE, unneeded, HD_PASS, 0, "nothing has to end", NULL },
	{ "obstacles", POSSIBLE, with_obstacles, HD_FAIL, HD_ERROR,
	  "session 7 of bob (x11) is on another seat; gdm.service would open the card again",
	  "log out of session 7 of bob (x11); name it: `hostdevctl handover win11 --enable --units "
	  "gdm.service`; then look again: `hostdevctl handover win11`" },
	{ "what ends is unknown", POSSIBLE, with_unknown, HD_UNKNOWN, HD_ERROR,
	  "run/systemd/inhibit/3: Input/output error: what ends is unknown",
	  "of the file; then look again: `hostdevctl handover win11`" },

	{ "used, and no policy", FREE, card, HD_FAIL, HD_ERROR, "session 2 (run/x)",
	  "`systemctl stop gdm.service`" },
	{ "used, and it ends", FREE, ended, HD_PASS, 0, "the hand-over ends it: session 2 (run/x)",
	  NULL },
	{ "used, and it stays", FREE, use_stays, HD_FAIL, HD_ERROR, "session 2 (run/x)",
	  "`systemctl stop gdm.service`" },

	{ "open, and no policy", HOLDERS, card, HD_FAIL, HD_ERROR, "Xorg (pid 812)", NULL },
	{ "open, and all end", HOLDERS, ended, HD_PASS, 0,
	  "systemd-logind (pid 600) has it open for session 2 of eve (x11), which the hand-over ends; "
	  "the hand-over ends Xorg (pid 812) with gdm.service", NULL },
	{ "open, and one stays", HOLDERS, one_stays, HD_FAIL, HD_ERROR,
	  "/dev/dri/card0: open by Xorg (pid 812)",
	  "`kill 812`" },

	{ "its unbind would hang", RELEASE, card, HD_FAIL, HD_ERROR, "session 2 (run/x)", NULL },
	{ "it is free before", RELEASE, ended, HD_PASS, 0, "the hand-over frees the card of nvidia first",
	  NULL },
	{ "a process stays", RELEASE, one_stays, HD_FAIL, HD_ERROR,
	  "/dev/dri/card0 is open by Xorg (pid 812)", NULL },
	{ "a use stays", RELEASE, use_stays, HD_FAIL, HD_ERROR, "session 2 (run/x)", NULL },

	{ "the only card", LAST, card, HD_FAIL, HD_WARNING, "no other graphics card", NULL },
	{ "it is handed over", LAST, ended, HD_FAIL, HD_NOTE, "until the guest ends", NULL },
};

int main(void)
{
	return check_rows_run(rows, sizeof(rows) / sizeof(rows[0]));
}
