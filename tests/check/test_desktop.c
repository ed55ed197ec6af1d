/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_desktop.c - on a desktop as people have it, what is free passes, and what is used does not.
 *
 * Somebody is logged in on one of two graphics cards, with a compositor, PipeWire, a portal and a
 * browser.  Each row is one more thing that a process does, and the function that it takes.
 */
#include "config.h"

#include <string.h>

#include "check/check.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define IGPU "0000:00:02.0"
#define KEYS "0000:00:14.0"	/* the USB controller with keyboard and mouse */
#define SOUND "0000:00:1f.3"
#define GPU "0000:01:00.0"
#define HDMI "0000:01:00.1"
#define NVME "0000:02:00.0"

static const struct fake_pci functions[] = {
	{ IGPU, .class = 0x030000, .group = 1, .driver = "i915" },
	{ KEYS, .class = 0x0c0330, .group = 2, .driver = "xhci_hcd" },
	{ SOUND, .class = 0x040300, .group = 3, .driver = "snd_hda_intel" },
	{ GPU, .class = 0x030000, .group = 4, .driver = "nouveau" },
	{ HDMI, .class = 0x040300, .group = 4, .driver = "snd_hda_intel" },
	{ NVME, .group = 5, .driver = "nvme" },
};

static const struct {
	const char *fn, *dir, *number, *class, *name;
} nodes[] = {
	{ IGPU, "drm/card0", "226:0", "drm", "dri/card0" },
	{ IGPU, "drm/renderD128", "226:128", "drm", "dri/renderD128" },
	{ KEYS, "usb1/1-1/input/input4/event4", "13:68", "input", "input/event4" },
	{ KEYS, "usb1/1-2/input/input5/event5", "13:69", "input", "input/event5" },
	{ KEYS, "usb1/1-2/hidraw/hidraw0", "240:0", "hidraw", "hidraw0" },
	{ SOUND, "sound/card0/controlC0", "116:2", "sound", "snd/controlC0" },
	{ SOUND, "sound/card0/pcmC0D0p", "116:3", "sound", "snd/pcmC0D0p" },
	{ SOUND, "sound/card0/pcmC0D0c", "116:4", "sound", "snd/pcmC0D0c" },
	{ GPU, "drm/card1", "226:1", "drm", "dri/card1" },
	{ GPU, "drm/renderD129", "226:129", "drm", "dri/renderD129" },
	{ HDMI, "sound/card1/controlC1", "116:5", "sound", "snd/controlC1" },
	{ HDMI, "sound/card1/pcmC1D3p", "116:6", "sound", "snd/pcmC1D3p" },
	{ HDMI, "sound/card1/hwC1D0", "116:7", "sound", "snd/hwC1D0" },
	{ NVME, "nvme/nvme0", "241:0", "nvme", "nvme0" },
};

#define USER "user.slice/user-1000.slice/user@1000.service/"

static const struct process {
	int pid;
	const char *command, *cgroup;
	const char *open[8];
} processes[] = {
	{ 1, "systemd", "init.scope",
	  { "/dev/dri/card0", "/dev/input/event4", "/dev/input/event5", "/dev/kmsg" } },
	{ 300, "systemd-udevd", "system.slice/systemd-udevd.service", { "/dev/kmsg" } },
	{ 600, "systemd-logind", "system.slice/systemd-logind.service",
	  { "/dev/dri/card0", "/dev/input/event4", "/dev/input/event5", "/dev/tty2" } },
	{ 610, "upowerd", "system.slice/upower.service", { "/dev/input/event4", "/dev/hidraw0" } },
	{ 1500, "gnome-shell", USER "session.slice/org.gnome.Shell@wayland.service",
	  { "/dev/dri/card0", "/dev/dri/renderD128", "/dev/input/event4", "/dev/input/event5" } },
	{ 1510, "Xwayland", USER "session.slice/org.gnome.Shell@wayland.service",
	  { "/dev/dri/renderD128" } },
	{ 1600, "pipewire", USER "session.slice/pipewire.service",
	  { "/dev/snd/controlC0", "/dev/snd/controlC1", "/dev/snd/seq", "/dev/snd/timer" } },
	{ 1601, "wireplumber", USER "session.slice/wireplumber.service",
	  { "/dev/snd/controlC0", "/dev/snd/controlC1", "/dev/snd/seq", "/dev/video0" } },
	{ 1602, "pipewire-pulse", USER "session.slice/pipewire-pulse.service", { "/dev/null" } },
	{ 1700, "xdg-desktop-por", USER "session.slice/xdg-desktop-portal.service", { "/dev/null" } },
	{ 1701, "xdg-document-po", USER "session.slice/xdg-document-portal.service",
	  { "/dev/fuse" } },
	{ 1800, "firefox", USER "app.slice/app-firefox.scope", { "/dev/dri/renderD128" } },
};

#define SESSION(devices) "UID=1000\nUSER=eve\nACTIVE=1\nSTATE=active\nTYPE=wayland\nCLASS=user\n" \
			 "SEAT=seat0\nLEADER=1400\nDEVICES=226:0 13:68 13:69" devices "\n"

static const struct row {
	const char *name;
	int pid;
	const char *command, *open;	/* of that process; a new one if it has a command */
	const char *session;
	const char *fn, *check;		/* what is refused for it, and by what */
	const char *remedy;		/* how to end it */
} rows[] = {
	{ "nothing else", 0, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "a portal that looks at a camera", 1700, NULL, "/dev/video0", NULL, NULL, NULL, NULL },
	{ "music on the board's sound", 1600, NULL, "/dev/snd/pcmC0D0p", NULL, SOUND,
	  "holders-free",
	  "`systemctl --user --machine=1000@.host stop pipewire.service`" },
	{ "a call that records", 1600, NULL, "/dev/snd/pcmC0D0c", NULL, SOUND, "holders-free",
	  "stop pipewire.service`" },
	{ "a film on the second card's screen", 1600, NULL, "/dev/snd/pcmC1D3p", NULL, HDMI,
	  "holders-free", "stop pipewire.service`" },
	{ "a mixer", 1900, "alsamixer", "/dev/snd/controlC1", NULL, HDMI, "holders-free",
	  "`kill 1900`" },
	{ "a firmware loader", 1900, "hdajackretask", "/dev/snd/hwC1D0", NULL, HDMI, "holders-free",
	  "`kill 1900`" },
	{ "a game on the second card", 1900, "game", "/dev/dri/renderD129", NULL, GPU,
	  "holders-free", "`kill 1900`" },
	{ "the compositor on both cards", 1500, NULL, "/dev/dri/card1", NULL, GPU, "holders-free",
	  "stop org.gnome.Shell@wayland.service`" },
	{ "the session on both cards", 1, NULL, "/dev/dri/card1", SESSION(" 226:1"), GPU,
	  "display-free", "`loginctl terminate-session 2`" },
	{ "what process 1 keeps for nobody known", 1, NULL, "/dev/dri/card1", NULL, GPU,
	  "holders-free", "'*.service'` shows" },
	{ "a driver in user space", 1900, "spdk_tgt",
	  "/sys/devices/pci0000:00/0000:00:02.0/" NVME "/resource0", NULL, NVME, "holders-free",
	  "`kill 1900`" },
};

static void put_process(struct fake_host *host, const struct process *process)
{
	const char *dir = hd_printf(&host->arena, "proc/%d", process->pid);

	fake_file(host, hd_printf(&host->arena, "%s/comm", dir),
		  hd_printf(&host->arena, "%s\n", process->command));
	fake_file(host, hd_printf(&host->arena, "%s/cgroup", dir),
		  hd_printf(&host->arena, "0::/%s\n", process->cgroup));
	for (size_t i = 0; i < HD_ARRAY_SIZE(process->open) && process->open[i]; i++)
		fake_link(host, hd_printf(&host->arena, "%s/fd/%zu", dir, 10 + i),
			  process->open[i]);
}

static void make_desktop(struct fake_host *host)
{
	fake_host_make(host);
	fake_good_host(host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++)
		fake_pci_add(host, &functions[i]);
	fake_pci_put(host, IGPU, "boot_vga", "1\n");
	fake_pci_put(host, NVME, "resource0", "");
	for (size_t i = 0; i < HD_ARRAY_SIZE(nodes); i++) {
		const char *dir = hd_printf(&host->arena, "%s/%s",
					    fake_pci_path(host, nodes[i].fn), nodes[i].dir);

		fake_file(host, hd_printf(&host->arena, "%s/dev", dir),
			  hd_printf(&host->arena, "%s\n", nodes[i].number));
		fake_file(host, hd_printf(&host->arena, "%s/uevent", dir),
			  hd_printf(&host->arena, "DEVNAME=%s\n", nodes[i].name));
		fake_link(host, hd_printf(&host->arena, "%s/subsystem", dir),
			  hd_printf(&host->arena, "/sys/class/%s", nodes[i].class));
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(processes); i++)
		put_process(host, &processes[i]);
	fake_file(host, "run/systemd/sessions/2", SESSION(""));
}

static void put_row(struct fake_host *host, const struct row *row)
{
	if (row->command)
		put_process(host, &(struct process){ row->pid, row->command, "", { NULL } });
	if (row->open)
		fake_link(host, hd_printf(&host->arena, "proc/%d/fd/40", row->pid), row->open);
	if (row->session)
		fake_file(host, "run/systemd/sessions/2", row->session);
}

static bool is_error(const struct hd_finding *finding)
{
	return finding->severity == HD_ERROR &&
	       (finding->verdict == HD_FAIL || finding->verdict == HD_UNKNOWN);
}

/* Does the desktop itself use it, or the row? */
static bool may_be_refused(const struct row *row, const struct hd_finding *finding)
{
	if (!strcmp(finding->subject, IGPU))
		return !strcmp(finding->check->id, "display-free") ||
		       !strcmp(finding->check->id, "holders-free");
	return row->fn && !strcmp(finding->subject, row->fn) &&
	       (!strcmp(finding->check->id, row->check) ||
		!strcmp(finding->check->id, "holders-free"));
}

static void judge(const struct row *row, const struct hd_findings *found)
{
	bool is_refused = !row->fn, own_card = false;

	for (size_t i = 0; i < found->n; i++) {
		const struct hd_finding *f = &found->items[i];

		if (f->remedy && (strstr(f->remedy, "kill 1`") || strstr(f->remedy, "init.scope")))
			fail_msg("%s: %s advises to end process 1: %s", f->subject, f->check->id,
				 f->remedy);
		if (!is_error(f))
			continue;
		if (!may_be_refused(row, f))
			fail_msg("%s is free, and refused by %s: %s", f->subject, f->check->id,
				 f->evidence);
		own_card |= !strcmp(f->subject, IGPU);
		if (row->fn && !strcmp(f->subject, row->fn) && !strcmp(f->check->id, row->check)) {
			is_refused = true;
			assert_non_null(strstr(f->remedy, row->remedy));
		}
	}
	assert_true(own_card);
	assert_true(is_refused);
}

static void run(void **state)
{
	struct hd_pci_addr addrs[HD_ARRAY_SIZE(functions)];
	const struct hd_facts_query query = { .addrs = addrs, .n_addrs = HD_ARRAY_SIZE(addrs),
					      .guest_uuid = "", .want = HD_WANT_ALL };
	const struct hd_request request = { .n_hostdevs = 0 };
	struct hd_findings found;
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;

	for (size_t i = 0; i < HD_ARRAY_SIZE(addrs); i++)
		assert_true(hd_pci_addr_parse(functions[i].addr, &addrs[i]));
	make_desktop(&host);
	put_row(&host, *state);
	assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
	hd_check_run(&found, &host.arena, &request, &facts);
	judge(*state, &found);
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("desktop", tests, NULL, NULL);
}
