/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_holders.c - who may have a node open, and what ends it? */
#include "config.h"

#include "tests/support/checkcase.h"

#define FREE &hd_check_holders_free

static struct hd_node nodes[] = {
	{ 259, 0, "/dev/nvme0n1", true, "block" },
	{ 116, 2, "/dev/snd/controlC0", false, "sound" },
	{ 116, 3, "/dev/snd/pcmC0D0p", false, "sound" },
	{ 13, 64, "/dev/input/event0", false, "input" },
	{ 10, 130, "/dev/watchdog0", false, "watchdog" },
	{ 248, 0, "/dev/rtc0", false, "rtc" },
	{ 226, 0, "/dev/dri/card0", false, "drm" },
	{ 240, 0, "/dev/uio0", false, "uio" },
	{ HD_NODE_FILE, 812, "/sys/devices/pci0000:00/0000:01:00.0/resource0", false, "pci" },
};
enum { DISK, CONTROL, PCM, INPUT, WATCHDOG, CLOCK, CARD, UIO, BAR };

static void hold(struct check_case *c, struct hd_holder holder)
{
	struct hd_holders *holders = &c->fns[0].holders;

	c->fns[0].nodes = nodes;
	c->fns[0].n_nodes = HD_ARRAY_SIZE(nodes);
	*(struct hd_holder *)hd_append(&c->arena, &holders->holders, &holders->n,
				       sizeof(holder)) = holder;
}

static void nobody(struct check_case *c)
{
	c->fns[0].nodes = nodes;
	c->fns[0].n_nodes = HD_ARRAY_SIZE(nodes);
}

static void one_node(struct check_case *c)
{
	nobody(c);
	c->fns[0].n_nodes = 1;
}

#define HOLDER(NODE, PID, COMMAND, ...) \
	((struct hd_holder){ .node = &nodes[NODE], .pid = PID, .command = COMMAND, __VA_ARGS__ })

static void reader(struct check_case *c) { hold(c, HOLDER(DISK, 812, "dd")); }
static void stopped(struct check_case *c)
{
	hold(c, HOLDER(DISK, 812, "dd", .ignores_term = true));
}
static void mapper(struct check_case *c)
{
	hold(c, HOLDER(DISK, 812, "dd", .is_mapped = true));
}
static void service(struct check_case *c)
{
	hold(c, HOLDER(DISK, 812, "postgres", .unit = "postgresql@15-main.service"));
}
static void socket_unit(struct check_case *c)
{
	hold(c, HOLDER(CLOCK, 5, "clockd", .unit = "clockd.service", .has_socket = true));
}
static void scope(struct check_case *c)
{
	hold(c, HOLDER(DISK, 9, "qemu", .unit = "machine-qemu\\x2d1\\x2dwin.scope"));
}
static void strange_unit(struct check_case *c)
{
	hold(c, HOLDER(DISK, 9, "x", .unit = "a`reboot`.service"));
}
static void option_unit(struct check_case *c)
{
	hold(c, HOLDER(DISK, 9, "x", .unit = "--force.service"));
}
static void desktop(struct check_case *c)
{
	hold(c, HOLDER(CONTROL, 70, "pipewire", .unit = "pipewire.service", .user = "eve",
		       .has_socket = true));
	hold(c, HOLDER(PCM, 70, "pipewire", .unit = "pipewire.service", .user = "eve",
		       .has_socket = true));
	hold(c, HOLDER(CONTROL, 71, "wireplumber", .unit = "wireplumber.service",
		       .user = "eve"));
}
static void idle_desktop(struct check_case *c)
{
	hold(c, HOLDER(CONTROL, 70, "pipewire", .unit = "pipewire.service", .user = "eve"));
	hold(c, HOLDER(CONTROL, 71, "wireplumber", .unit = "wireplumber.service",
		       .user = "eve"));
}
static void older_desktop(struct check_case *c)
{
	hold(c, HOLDER(CONTROL, 70, "pulseaudio"));
	hold(c, HOLDER(CONTROL, 71, "pipewire-media-"));
}
static void mixer(struct check_case *c)
{
	idle_desktop(c);
	hold(c, HOLDER(CONTROL, 90, "alsamixer"));
}
static void stopped_server(struct check_case *c)
{
	hold(c, HOLDER(CONTROL, 70, "wireplumber", .ignores_term = true));
}
static void stopped_watcher(struct check_case *c)
{
	hold(c, HOLDER(INPUT, 70, "Xorg", .ignores_term = true));
}
static void recorder(struct check_case *c) { hold(c, HOLDER(PCM, 70, "pulseaudio")); }
static void watcher(struct check_case *c)
{
	hold(c, HOLDER(INPUT, 600, "systemd-logind", .unit = "systemd-logind.service"));
}
static void session_manager(struct check_case *c)
{
	hold(c, HOLDER(CARD, 600, "systemd-logind", .unit = "systemd-logind.service"));
}
static void stored_input(struct check_case *c)
{
	hold(c, HOLDER(INPUT, 1, "systemd", .unit = "init.scope", .session = "2",
		       .session_user = "eve"));
}
static void stored_card(struct check_case *c)
{
	hold(c, HOLDER(CARD, 1, "systemd", .session = "2", .session_user = "eve"));
}
static void stored_elsewhere(struct check_case *c)
{
	hold(c, HOLDER(CLOCK, 1, "systemd", .session = "2", .session_user = "eve"));
	hold(c, HOLDER(CLOCK, 600, "systemd-logind", .unit = "systemd-logind.service",
		       .session = "2", .session_user = "eve"));
}
static void stored_unknown(struct check_case *c) { hold(c, HOLDER(INPUT, 1, "systemd")); }
static void watcher_elsewhere(struct check_case *c)
{
	hold(c, HOLDER(CLOCK, 600, "systemd-logind"));
}
static void watcher_and_user(struct check_case *c)
{
	watcher(c);
	hold(c, HOLDER(INPUT, 700, "game"));
}
static void init_watchdog(struct check_case *c) { hold(c, HOLDER(WATCHDOG, 1, "systemd")); }
static void init_other(struct check_case *c) { hold(c, HOLDER(CLOCK, 1, "systemd")); }
static void many(struct check_case *c)
{
	for (int i = 0; i < 9; i++)
		hold(c, HOLDER(DISK, 100 + i, "dd"));
}
static void unread(struct check_case *c)
{
	nobody(c);
	c->fns[0].holders.unread = "proc/1: Permission denied";
}
static void in_container(struct check_case *c)
{
	unread(c);
	c->fns[0].holders.unread_remedy = "run it on the host";
}
static void unread_watched(struct check_case *c)
{
	watcher(c);
	c->fns[0].holders.unread = "proc/1: Permission denied";
}
static void unread_used(struct check_case *c)
{
	reader(c);
	c->fns[0].holders.unread = "proc/1: Permission denied";
}
static void bar_mapper(struct check_case *c)
{
	hold(c, HOLDER(BAR, 40, "spdk_tgt", .unit = "spdk.service", .is_mapped = true));
}
static void uio_user(struct check_case *c) { hold(c, HOLDER(UIO, 41, "dpdk-testpmd")); }
static void on_vfio(struct check_case *c)
{
	bar_mapper(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static const struct check_row rows[] = {
	{ "no nodes", FREE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "a driver in user space", FREE, bar_mapper, HD_FAIL, HD_ERROR,
	  "/sys/devices/pci0000:00/0000:01:00.0/resource0: mapped by spdk_tgt (pid 40, "
	  "spdk.service), says proc/40/maps; it drives the device itself, and would go on "
	  "while the guest uses it", "`systemctl stop spdk.service`" },
	{ "one of a function on VFIO", FREE, on_vfio, HD_FAIL, HD_ERROR, "spdk_tgt", NULL },
	{ "one with UIO", FREE, uio_user, HD_FAIL, HD_ERROR,
	  "/dev/uio0: open by dpdk-testpmd (pid 41), says proc/41/fd; it drives the device "
	  "itself, and would lose it", "`kill 41`" },
	{ "nobody", FREE, nobody, HD_PASS, 0,
	  "no process has /dev/nvme0n1 or another of its 9 nodes open", NULL },
	{ "nobody, one node", FREE, one_node, HD_PASS, 0, "no process has /dev/nvme0n1 open", NULL },
	{ "a raw reader", FREE, reader, HD_FAIL, HD_ERROR,
	  "/dev/nvme0n1: open by dd (pid 812), says proc/812/fd; it would lose its disk",
	  "`kill 812`" },
	{ "one that a plain kill does not end", FREE, stopped, HD_FAIL, HD_ERROR, NULL,
	  "`kill -KILL 812`" },
	{ "a mapping", FREE, mapper, HD_FAIL, HD_ERROR,
	  "/dev/nvme0n1: mapped by dd (pid 812), says proc/812/maps", "`kill 812`" },
	{ "a service", FREE, service, HD_FAIL, HD_ERROR,
	  "open by postgres (pid 812, postgresql@15-main.service)",
	  "`systemctl stop postgresql@15-main.service`" },
	{ "a service that its socket starts", FREE, socket_unit, HD_FAIL, HD_ERROR,
	  "clockd (pid 5, clockd.service)", "`systemctl stop clockd.socket clockd.service`" },
	{ "a scope is not stopped", FREE, scope, HD_FAIL, HD_ERROR, "scope", "`kill 9`" },
	{ "no command from a unit's name", FREE, strange_unit, HD_FAIL, HD_ERROR, NULL, "`kill 9`" },
	{ "no option from a unit's name", FREE, option_unit, HD_FAIL, HD_ERROR, NULL, "`kill 9`" },
	{ "a desktop that plays", FREE, desktop, HD_FAIL, HD_ERROR,
	  "/dev/snd/pcmC0D0p: open by pipewire (pid 70, pipewire.service), says proc/70/fd; "
	  "the kernel would wait until it is closed, without limit",
	  "`systemctl --user --machine=eve@.host stop pipewire.socket pipewire.service`" },
	{ "a desktop that is silent", FREE, idle_desktop, HD_FAIL, HD_WARNING,
	  "/dev/snd/controlC0: open by pipewire (pid 70, pipewire.service), says "
	  "proc/70/fd; it copes when the device goes; /dev/snd/controlC0: open by "
	  "wireplumber",
	  "nothing to do: they close it when the device goes; to be sure, first `systemctl "
	  "--user --machine=eve@.host stop pipewire.service`; `systemctl --user" },
	{ "an older desktop", FREE, older_desktop, HD_FAIL, HD_WARNING, "pipewire-media-", NULL },
	{ "a mixer beside it", FREE, mixer, HD_FAIL, HD_ERROR,
	  "/dev/snd/controlC0: open by alsamixer (pid 90)", "`kill 90`" },
	{ "a server that is stopped closes nothing", FREE, stopped_server, HD_FAIL, HD_ERROR,
	  "/dev/snd/controlC0: open by wireplumber (pid 70)", "`kill -KILL 70`" },
	{ "a watcher for which nobody waits, stopped", FREE, stopped_watcher, HD_FAIL, HD_WARNING,
	  "it copes", NULL },
	{ "a server that plays", FREE, recorder, HD_FAIL, HD_ERROR, "pcmC0D0p", "`kill 70`" },
	{ "a watcher", FREE, watcher, HD_FAIL, HD_WARNING,
	  "open by systemd-logind (pid 600, systemd-logind.service), says proc/600/fd; it "
	  "copes when the device goes", "nothing to do: they close it when the device goes" },
	{ "a session's manager", FREE, session_manager, HD_FAIL, HD_WARNING, "copes", NULL },
	{ "a session's keyboard, kept by process 1", FREE, stored_input, HD_FAIL, HD_WARNING,
	  "/dev/input/event0: open by session 2 of eve (process 1 keeps it for "
	  "systemd-logind), says proc/1/fd; it copes",
	  "when the device goes; to be sure, first `loginctl terminate-session 2`" },
	{ "a session's card, kept by process 1", FREE, stored_card, HD_FAIL, HD_WARNING,
	  "/dev/dri/card0: open by session 2 of eve", "nothing to do" },
	{ "what else a session has of logind", FREE, stored_elsewhere, HD_FAIL, HD_ERROR,
	  "rtc0: open by session 2 of eve (systemd-logind, pid 600), says proc/600/fd; it would",
	  "`loginctl terminate-session 2`" },
	{ "kept by process 1, and no session has it", FREE, stored_unknown, HD_FAIL, HD_ERROR,
	  "/dev/input/event0: open by systemd (pid 1)", "process 1 keeps it for a unit" },
	{ "a watcher of something else", FREE, watcher_elsewhere, HD_FAIL, HD_ERROR, "rtc0", "600" },
	{ "a user beside a watcher", FREE, watcher_and_user, HD_FAIL, HD_ERROR, "game", "`kill 700`" },
	{ "systemd's watchdog", FREE, init_watchdog, HD_FAIL, HD_ERROR, "systemd (pid 1)",
	  "RuntimeWatchdogUSec t 0`" },
	{ "init is not killed", FREE, init_other, HD_FAIL, HD_ERROR, "(pid 1)",
	  "`systemctl show --property=Id,NFileDescriptorStore '*.service'`" },
	{ "many", FREE, many, HD_FAIL, HD_ERROR, "(pid 105), says proc/105/fd; it would lose its "
	  "disk; and 3 more processes", "`kill 105`; then check again for the other 3" },
	{ "unread", FREE, unread, HD_UNKNOWN, HD_ERROR,
	  "is unknown (proc/1: Permission denied)", "as root" },
	{ "in a container", FREE, in_container, HD_UNKNOWN, HD_ERROR, "is unknown",
	  "run it on the host" },
	{ "a watcher, and one unread", FREE, unread_watched, HD_UNKNOWN, HD_ERROR, "proc/1", NULL },
	{ "a user, and one unread", FREE, unread_used, HD_FAIL, HD_ERROR, "dd", "`kill 812`" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
