/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_handover_facts.c - what ends for a hand-over on a desktop with one card, and what never does.
 *
 * Each row is tests/hosts/one-card-desktop.tree with a few files changed.
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define TREE SRCDIR "/tests/hosts/one-card-desktop.tree"
#define CARD "sys/devices/pci0000:00/0000:00:01.0/0000:0a:00.0"
#define SESSIONS "run/systemd/sessions/"
#define UNITS "run/systemd/units/invocation:"
#define USER "/user.slice/user-1000.slice/user@1000.service/"
#define EVE "UID=1000\nUSER=eve\nSTATE=active\n"
#define BOB "UID=1001\nUSER=bob\nSTATE=active\nREMOTE=0\nCLASS=user\n"
#define GDM "gdm.service: it started session 2 of eve (wayland)\n"

/* What ends on the desktop as it is. */
#define ENDS "ends session 2 of eve (wayland): it is shown on 0000:0a:00.0\n"
#define STOPS "stops " GDM \
	"stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 open\n"
#define UNLOADS "unloads nvidia_drm nvidia_modeset nvidia_uvm nvidia\n"
#define USUAL ENDS STOPS UNLOADS
/* By ssh, the user's own manager stays, and with it the sound server, which copes. */
#define SOUND "left pipewire on /dev/snd/controlC0\n"

/* What is left if the session does not end; it IS on the card, and stays for this reason. */
#define KEPT(is, why, options) \
	"stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 open\n" \
	UNLOADS "obstacle session 2 of eve (wayland) " is " 0000:0a:00.0 and does not end: " why \
	" (run/systemd/sessions/2)" options "\nleft use card0 -> seat0 -> session 2 of eve (wayland)\n" \
	"left systemd on /dev/dri/card0\nleft systemd-logind on /dev/dri/card0\n" \
	"left gnome-shell on /dev/dri/card0\nleft gnome-shell on /dev/dri/renderD128\n" \
	"left gnome-shell on /dev/nvidia0\nleft gnome-shell on /dev/nvidiactl\n" \
	"left firefox on /dev/dri/renderD128\nleft pipewire on /dev/snd/controlC0\n" \
	"left firefox on /dev/snd/pcmC0D3p\n"

#define OTHER "sys/devices/pci0000:00/0000:00:02.0"
#define TWO_CARDS(enabled) \
	{ "sys/class/drm/card1", "->../../devices/pci0000:00/0000:00:02.0/drm/card1" }, \
	{ "sys/bus/pci/devices/0000:00:02.0", "->../../../devices/pci0000:00/0000:00:02.0" }, \
	{ OTHER "/class", "0x030000\n" }, \
	{ OTHER "/drm/card1/card1-DP-2/enabled", enabled "\n" }

#define PROCESS(pid, name, cgroup, open) { "proc/" pid "/comm", name "\n" }, \
	{ "proc/" pid "/cgroup", "0::" cgroup "\n" }, { "proc/" pid "/fd/9", "->" open }

struct file {
	const char *path, *text;	/* "->" begins a link; NULL: it is removed */
};

static const struct row {
	const char *name;
	struct file files[8];
	const char *units;		/* of the policy, or NULL */
	bool keeps_sessions;
	const char *want;
} rows[] = {
	{ "the desktop as it is", .want = USUAL SOUND },
	{ "an ssh session stays, and what its user runs by himself",
	  { PROCESS("1900", "trainer", USER "app.slice/run-r12.scope", "/dev/dri/renderD128") },
	  .want = USUAL "left trainer on /dev/dri/renderD128\n" SOUND },
	{ "which ends without the ssh session",
	  { PROCESS("1900", "trainer", USER "app.slice/run-r12.scope", "/dev/dri/renderD128"),
	    { SESSIONS "5", NULL } }, .want = USUAL },
	{ "and although the user's own manager has a session",
	  { PROCESS("1900", "trainer", USER "app.slice/run-r12.scope", "/dev/dri/renderD128"),
	    { SESSIONS "5", EVE "TYPE=unspecified\nCLASS=manager\n" } }, .want = USUAL },
	{ "unless the user lingers",
	  { PROCESS("1900", "trainer", USER "app.slice/run-r12.scope", "/dev/dri/renderD128"),
	    { SESSIONS "5", NULL }, { "var/lib/systemd/linger/eve", "" } },
	  .want = USUAL "left trainer on /dev/dri/renderD128\n" SOUND },
	{ "a program of another service",
	  { PROCESS("1900", "miner", "/system.slice/miner.service", "/dev/dri/renderD128") },
	  .want = USUAL "left miner on /dev/dri/renderD128\n" SOUND },
	{ "a service that the policy names",
	  { PROCESS("1900", "miner", "/system.slice/miner.service", "/dev/dri/renderD128"),
	    { UNITS "miner.service", "->0" } },
	  .units = "miner.service display-manager.service nvidia-persistenced.service",
	  .want = ENDS "stops miner.service: the guest's policy names it\n"
		  "stops gdm.service: the guest's policy names it\n"
		  "stops nvidia-persistenced.service: the guest's policy names it\n" UNLOADS SOUND },
	{ "a policy without the display manager", { { 0 } }, .units = "nvidia-persistenced.service",
	  .want = ENDS "stops nvidia-persistenced.service: the guest's policy names it\n" UNLOADS
		  "obstacle gdm.service started session 2 of eve (wayland) and would open the card "
		  "again: it is not in the policy's units='...': --enable --units "
		  "gdm.service,nvidia-persistenced.service\n" SOUND },
	{ "an alias of a unit that must not stop", { { "etc/systemd/system/display-manager.service",
	  NULL }, { "etc/systemd/system/dm.service", "->/lib/systemd/system/dbus.service" },
	  { UNITS "dbus.service", "->0" } }, .units = "dm.service gdm.service",
	  .want = ENDS "stops gdm.service: the guest's policy names it\n" UNLOADS
		  "obstacle dm.service of the policy is dbus.service, which must not stop: libvirt, "
		  "systemd or a login by the network needs a unit of them: --enable --units gdm.service\n"
		  "left nvidia-persiste on /dev/nvidia0\nleft nvidia-persiste on /dev/nvidiactl\n" SOUND },
	{ "a program in a user's unit of the same name",
	  { PROCESS("1900", "gdm", "/user.slice/user-1001.slice/user@1001.service/gdm.service",
		    "/dev/dri/renderD128") },
	  .want = USUAL "left gdm on /dev/dri/renderD128\n" SOUND },
	{ "a container's shared node",
	  { PROCESS("1900", "cuda", "/system.slice/docker-1.scope", "/dev/nvidia-uvm") },
	  .want = USUAL "left cuda on /dev/nvidia-uvm\n" SOUND },
	{ "sessions='refuse'", { { 0 } }, .keeps_sessions = true,
	  .want = KEPT("is shown on", "the guest's policy is sessions='refuse'",
		       ": --enable --sessions end") },
	{ "the card is another seat's", { { "run/udev/data/c226:0", "E:ID_SEAT=seat1\n" } },
	  .want = KEPT("is shown on", "it is on another seat", "") },
	{ "the display manager has a session on another seat",
	  { { SESSIONS "7", BOB "TYPE=x11\nSEAT=seat1\nLEADER=1450\n" },
	    { "proc/1450/stat", "1450 (gdm-session-wor) S 800 800\n" } },
	  .want = USUAL "obstacle session 7 of bob (x11) was started by gdm.service, which would stop, "
		  "and does not end: it is on another seat (run/systemd/sessions/7)\n" SOUND },
	{ "a second session on the seat ends with its display manager",
	  { { SESSIONS "7", BOB "TYPE=x11\nSEAT=seat0\nLEADER=1450\nDEVICES=13:64\n" },
	    { "proc/1450/stat", "1450 (gdm-session-wor) S 800 800\n" } },
	  .want = ENDS "ends session 7 of bob (x11): gdm.service, which started it, stops\n" STOPS
		  UNLOADS SOUND },
	{ "a login screen", { { SESSIONS "2", NULL }, { SESSIONS "c1", "UID=42\nUSER=gdm\nSTATE=active\n"
	  "TYPE=wayland\nCLASS=greeter\nSEAT=seat0\nLEADER=1400\nDEVICES=226:0\n" },
	  { "proc/1500/cgroup", "0::/user.slice/user-42.slice/session-c1.scope\n" },
	  { "proc/1700/fd/11", NULL }, { "proc/1700/fd/10", NULL }, { "proc/1600/fd/10", NULL } },
	  .want = "ends session c1 of gdm (login screen): it is shown on 0000:0a:00.0\n"
		  "stops gdm.service: it started session c1 of gdm (login screen)\n"
		  "stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 "
		  "open\n" UNLOADS },
	{ "a display manager that has no session yet",
	  { { SESSIONS "2", NULL }, { "proc/1500/fd/10", NULL }, { "proc/1500/fd/11", NULL },
	    { "proc/1500/fd/12", NULL }, { "proc/1500/fd/13", NULL }, { "proc/1700/fd/10", NULL },
	    { "proc/1700/fd/11", NULL }, { "proc/1600/fd/10", NULL } },
	  .want = "stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 "
		  "open\nstops gdm.service: it is about to show a login on 0000:0a:00.0\n" UNLOADS
		  "left systemd on /dev/dri/card0\nleft systemd-logind on /dev/dri/card0\n" },
	{ "a desktop on another card", { { SESSIONS "2", EVE "TYPE=wayland\nSEAT=seat0\nLEADER=1400\n"
						       "DEVICES=13:64 226:1\n" },
	    { "proc/1500/fd/10", NULL }, { "proc/1500/fd/11", NULL }, { "proc/1500/fd/12", NULL },
	    { "proc/1500/fd/13", NULL }, { "proc/1700/fd/10", NULL }, { "proc/1700/fd/11", NULL },
	    { "proc/1600/fd/10", NULL } },
	  .want = "stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 "
		  "open\n" UNLOADS
		  "left systemd on /dev/dri/card0\nleft systemd-logind on /dev/dri/card0\n" },
	{ "a desktop started from a text console",
	  { { SESSIONS "2", EVE "TYPE=tty\nSEAT=seat0\nTTY=tty1\nSERVICE=login\nLEADER=1400\n"
			    "DEVICES=226:0\n" },
	    { "proc/1400/stat", "1400 (login) S 1 1400\n" }, { UNITS "getty@tty1.service", "->0" } },
	  .want = "ends session 2 of eve (tty): it is shown on 0000:0a:00.0\n"
		  "stops getty@tty1.service: it started session 2 of eve (tty)\n"
		  "stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 "
		  "open\n" UNLOADS SOUND },
	{ "libvirt's daemon in the session",
	  { { "proc/700/cgroup", "0::/user.slice/user-1000.slice/session-2.scope\n" },
	    { "proc/1500/fd/10", NULL }, { "proc/1500/fd/11", NULL }, { "proc/1500/fd/12", NULL },
	    { "proc/1500/fd/13", NULL }, { "proc/1700/fd/10", NULL }, { "proc/1700/fd/11", NULL },
	    { "proc/1600/fd/10", NULL } },
	  .want = "stops nvidia-persistenced.service: its process nvidia-persiste has /dev/nvidia0 "
		  "open\n" UNLOADS
		  "obstacle session 2 of eve (wayland) is shown on 0000:0a:00.0 and does not end: "
		  "libvirt's daemon runs in it (run/systemd/sessions/2)\n"
		  "left use card0 -> seat0 -> session 2 of eve (wayland)\n"
		  "left systemd on /dev/dri/card0\nleft systemd-logind on /dev/dri/card0\n" },
	{ "a package upgrade", { { "run/systemd/inhibit/3", "WHAT=shutdown\nWHO=PackageKit\n"
	  "WHY=Upgrading\nMODE=block\nPID=77\n" }, { "run/systemd/inhibit/4.ref", "MODE=block\n" } },
	  .want = USUAL "obstacle PackageKit, process 77 asks not to be interrupted: Upgrading "
		  "(run/systemd/inhibit/3)\n" SOUND },
	{ "a burner, by systemd 257", { { "run/systemd/inhibit/3", "WHAT=sleep:idle\nWHO=k3b\n"
	  "WHY=Burning\nMODE=block-weak\n" } },
	  .want = USUAL "obstacle k3b asks not to be interrupted: Burning (run/systemd/inhibit/3)\n" SOUND },
	{ "an inhibitor that says nothing", { { "run/systemd/inhibit/3", "" } },
	  .want = USUAL "obstacle ? asks not to be interrupted: ? (run/systemd/inhibit/3)\n" SOUND },
	{ "another card on the driver", { { "sys/bus/pci/drivers/nvidia/0000:0b:00.0", "->x" } },
	  .want = USUAL "obstacle the modules of nvidia cannot be unloaded: 0000:0b:00.0 is on nvidia, "
		  "too, and needs its modules\n"
		  "left use nvidia_drm holds the card in the kernel (modeset is on)\n" SOUND },
	{ "an unknown module", { { "sys/module/nvidia/holders/gdrdrv", "->x" } },
	  .want = USUAL "obstacle the modules of nvidia cannot be unloaded: the module gdrdrv uses nvidia "
		  "(sys/module/nvidia/holders)\n"
		  "left use nvidia_drm holds the card in the kernel (modeset is on)\n" SOUND },
	{ "another card shows the seat, and this one is only open",
	  { { CARD "/drm/card0/card0-DP-1/enabled", "disabled\n" }, TWO_CARDS("enabled") },
	  .want = KEPT("has opened", "nothing of the seat is shown on this card", "") },
	{ "both cards show it", { TWO_CARDS("enabled") }, .want = USUAL SOUND },
	{ "neither card has a picture, and this one is the firmware's",
	  { { CARD "/drm/card0/card0-DP-1/enabled", "disabled\n" }, TWO_CARDS("disabled") },
	  .want = USUAL SOUND },
	{ "neither has, and this one is not",
	  { { CARD "/drm/card0/card0-DP-1/enabled", "disabled\n" }, TWO_CARDS("disabled"),
	    { CARD "/boot_vga", "0\n" } },
	  .want = KEPT("has opened", "nothing of the seat is shown on this card", "") },
	{ "inhibitors that cannot be read", { { "run/systemd/inhibit/3/x", "" } },
	  .want = USUAL "unknown run/systemd/inhibit/3: Is a directory\n" SOUND },
};

static void change_file(struct fake_host *host, const struct file *file)
{
	if (!file->text && unlinkat(host->root.fd, file->path, 0) < 0)
		fail_msg("cannot remove %s", file->path);
	else if (file->text && hd_text_starts_with(file->text, "->"))
		fake_link(host, file->path, file->text + 2);
	else if (file->text)
		fake_file(host, file->path, file->text);
}

static void say(struct hd_arena *arena, const char **text, const char *fmt, ...)
	_printf_(3, 4);
static void say(struct hd_arena *arena, const char **text, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	*text = hd_printf(arena, "%s%s\n", *text, hd_vprintf(arena, fmt, args));
	va_end(args);
}

static void describe_left(struct hd_arena *arena, const char **text, const struct hd_facts *facts)
{
	for (size_t i = 0; i < facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &facts->fns[i];

		for (size_t k = 0; k < pci->display.n_uses; k++)
			if (!pci->display.uses[k].ended_by)
				say(arena, text, "left use %s", pci->display.uses[k].what);
		for (size_t k = 0; k < pci->holders.n; k++)
			if (!pci->holders.holders[k].ended_by)
				say(arena, text, "left %s on %s", pci->holders.holders[k].command,
				    pci->holders.holders[k].node->name);
	}
}

/* With what to type next: a command of the system, or of ours with these options. */
static void say_obstacle(struct hd_arena *arena, const char **text, const struct hd_obstacle *obstacle)
{
	const char *options = obstacle->options;

	say(arena, text, "obstacle %s%s%s", obstacle->what, options ? ": " : "", options ? options : "");
	if (!options && !strchr(obstacle->remedy, '`'))
		fail_msg("%s: no command in: %s", obstacle->what, obstacle->remedy);
	if (strstr(obstacle->remedy, "setup bind"))
		assert_non_null(strstr(obstacle->remedy, "`hostdevctl setup bind 0000:"));
}

static const char *describe(struct hd_arena *arena, const struct hd_facts *facts)
{
	const struct hd_handover_facts *h = &facts->handover;
	const char *text = "", *modules = "";

	for (size_t i = 0; i < h->n_sessions; i++)
		say(arena, &text, "ends %s: %s", h->sessions[i].text, h->sessions[i].why);
	for (size_t i = 0; i < h->n_units; i++)
		say(arena, &text, "stops %s: %s", h->units[i].name, h->units[i].why);
	for (size_t i = 0; i < h->loaded.n; i++)
		modules = hd_printf(arena, "%s %s", modules, h->loaded.modules[i]);
	if (*modules)
		say(arena, &text, "unloads%s", modules);
	for (size_t i = 0; i < h->n_obstacles; i++)
		say_obstacle(arena, &text, &h->obstacles[i]);
	if (h->unknown)
		say(arena, &text, "unknown %s", h->unknown);
	describe_left(arena, &text, facts);
	return text;
}

static void collect(struct hd_facts *ret, struct fake_host *host, const struct hd_handover *policy)
{
	static const struct hd_pci_addr card[] = { { .bus = 0x0a }, { .bus = 0x0a, .fn = 1 } };
	const struct hd_facts_query query = { .addrs = card, .n_addrs = 2, .guest_uuid = "",
					      .want = HD_WANT_ALL, .handover = policy };
	struct hd_error err;

	assert_int_equal(hd_facts_collect(ret, &host->root, &host->arena, &query, &err), 0);
}

static struct hd_handover policy_of(struct hd_arena *arena, const struct row *row)
{
	struct hd_handover policy = { .is_asked = true, .ends_sessions = !row->keeps_sessions };
	const char *at = row->units ? row->units : "";

	for (size_t length; *at; at += length + (at[length] == ' ')) {
		length = strcspn(at, " ");
		hd_push(arena, &policy.units, &policy.n_units,
			(const char *)hd_strndup(arena, at, length));
	}
	return policy;
}

static void run(void **state)
{
	const struct row *row = *state;
	struct hd_handover policy;
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	if (fake_tree_load_file(&host, TREE, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		change_file(&host, &row->files[i]);
	policy = policy_of(&host.arena, row);
	collect(&facts, &host, &policy);
	assert_string_equal(describe(&host.arena, &facts), row->want);
	assert_true(facts.handover.is_asked && facts.handover.is_needed);
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

/* The guest gets the sound alone: no card is handed over, so who could end goes on, and uses it. */
static void nothing_ends_for_nothing(void **state)
{
	static const struct row row = { "", { PROCESS("1900", "miner", "/system.slice/miner.service",
						      "/dev/snd/controlC0"),
					      { UNITS "miner.service", "->0" } },
					.units = "miner.service", .keeps_sessions = true };
	static const struct hd_pci_addr sound = { .bus = 0x0a, .fn = 1 };
	struct hd_facts_query query = { .addrs = &sound, .n_addrs = 1, .guest_uuid = "",
					.want = HD_WANT_ALL };
	struct hd_handover policy;
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(fake_tree_load_file(&host, TREE, &err), 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row.files) && row.files[i].path; i++)
		change_file(&host, &row.files[i]);
	policy = policy_of(&host.arena, &row);
	query.handover = &policy;
	assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
	assert_false(facts.handover.is_needed);
	assert_non_null(strstr(describe(&host.arena, &facts), "left miner on /dev/snd/controlC0\n"));
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

/* Without a policy nothing of this is read, and nothing ends. */
static void not_asked(void **state)
{
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(fake_tree_load_file(&host, TREE, &err), 0);
	collect(&facts, &host, NULL);
	assert_false(facts.handover.is_asked || facts.handover.is_needed);
	assert_int_equal(facts.handover.n_units + facts.handover.n_sessions, 0);
	for (size_t i = 0; i < facts.n_fns; i++) {
		for (size_t k = 0; k < facts.fns[i].holders.n; k++)
			assert_null(facts.fns[i].holders.holders[k].ended_by);
		for (size_t k = 0; k < facts.fns[i].display.n_uses; k++)
			assert_null(facts.fns[i].display.uses[k].ended_by);
	}
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2] = {
		[HD_ARRAY_SIZE(rows)] = cmocka_unit_test(not_asked),
		[HD_ARRAY_SIZE(rows) + 1] = cmocka_unit_test(nothing_ends_for_nothing),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("handover facts", tests, NULL, NULL);
}
