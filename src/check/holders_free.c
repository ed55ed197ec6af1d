/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders_free.c - does a process use the function?
 *
 * What an unbind does to a process with a node open differs: the sound core
 * waits for it without limit (sound/core/init.c, snd_card_free), a terminal is
 * hung up, a disk gives errors.  A few programs hold nodes on every desktop and do
 * without them gracefully, as when the device is unplugged: they warn.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define MAX_TOLD 6	/* processes; of others only the number is shown */

/* What an unbind means for a process that has such a node open. */
static const struct consequence {
	const char *subsystem, *text;
} consequences[] = {
	{ "block", "it would lose its disk" },
	{ "sound", "the kernel would wait until it is closed, without limit" },
	{ "drm", "it would go on with a dead graphics card" },
	{ "graphics", "it would go on with a dead framebuffer" },
	{ "tty", "its line would be hung up" },
	{ "watchdog", "nothing would watch the host" },
	{ "uio", "it drives the device itself, and would lose it" },
	{ "pci", "it drives the device itself, and would go on while the guest uses it" },
	{ "nvidia", "the driver's unbind would hang until a reboot" },
};

/*
 * Who does without a node gracefully; as proc/PID/comm has it, 15 bytes.  A sound
 * server has the control nodes of all cards open, plays or not, and closes them when a
 * card is disconnected, for which the unbind waits (Linux sound/core/init.c,
 * snd_card_disconnect wakes all that poll).  With a PCM node open it plays or records.
 */
static const struct watched {
	const char *subsystem;
	const char *stem;	/* what the names of its nodes begin with */
	bool must_close;	/* the kernel waits for it: a process that is stopped never does */
	const char *commands[16];
} watched[] = {
	{ "input", "/", false, { "systemd-logind", "elogind", "acpid", "upowerd", "thermald",
				 "systemd-udevd", "Xorg", "Xwayland", "gnome-shell",
				 "kwin_wayland", "sway", "weston", "triggerhappy", "thd",
				 "gpm" } },
	{ "hidraw", "/", false, { "upowerd", "fwupd", "ratbagd" } },
	{ "usb", "/", false, { "fwupd", "upowerd" } },
	/* For a session, which display-free reports; without a session it has none open. */
	{ "drm", "/", false, { "systemd-logind", "elogind" } },
	{ "sound", "/dev/snd/controlC", true, { "pipewire", "pipewire-media-", "wireplumber",
						"pulseaudio" } },
};

/* Process 1 keeps nodes for logind: they are used as if logind had them open. */
static const char *watcher_of(const struct hd_holder *holder)
{
	return holder->pid == 1 && holder->session ? "systemd-logind" : holder->command;
}

static bool watches(const struct watched *row, const struct hd_holder *holder)
{
	const char *command = watcher_of(holder);

	if (strcmp(holder->node->subsystem, row->subsystem) != 0 ||
	    !hd_text_starts_with(holder->node->name, row->stem) ||
	    (row->must_close && holder->ignores_term))
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->commands) && row->commands[i]; i++)
		if (!strcmp(command, row->commands[i]))
			return true;
	return false;
}

bool hd_holder_copes(const struct hd_holder *holder)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(watched); i++)
		if (watches(&watched[i], holder))
			return true;
	return false;
}

static const char *consequence_of(const struct hd_node *node)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(consequences); i++)
		if (!strcmp(node->subsystem, consequences[i].subsystem))
			return consequences[i].text;
	return "it would lose the device";
}

static bool can_stop_unit(const struct hd_holder *holder)
{
	return holder->unit && hd_text_ends_with(holder->unit, ".service") &&
	       hd_text_is_unit(holder->unit) && (!holder->user || hd_text_is_unit(holder->user));
}

static const char *stop_unit(struct hd_arena *arena, const struct hd_holder *holder)
{
	int stem = (int)(strlen(holder->unit) - strlen(".service"));
	const char *manager = "", *socket = "";

	if (holder->user)
		manager = hd_printf(arena, "--user --machine=%s@.host ", holder->user);
	if (holder->has_socket)
		socket = hd_printf(arena, "%.*s.socket ", stem, holder->unit);
	return hd_printf(arena, HD_COMMAND("systemctl %sstop %s%s"), manager, socket, holder->unit);
}

/* systemd itself has its watchdog open, and whatever it keeps for services. */
static const char *calm_init(struct hd_arena *arena, const struct hd_node *node)
{
	if (!strcmp(node->subsystem, "watchdog"))
		return hd_strdup(arena, HD_COMMAND("busctl set-property org.freedesktop.systemd1 "
				 "/org/freedesktop/systemd1 "
				 "org.freedesktop.systemd1.Manager "
				 "RuntimeWatchdogUSec t 0"));
	return "process 1 keeps it for a unit: stop that (`systemctl show "
	       "--property=Id,NFileDescriptorStore '*.service'` shows for which it keeps any)";
}

static const char *remedy_for(struct hd_arena *arena, const struct hd_holder *holder)
{
	if (holder->session)
		return hd_printf(arena, HD_COMMAND("loginctl terminate-session %s"), holder->session);
	if (holder->pid == 1)
		return calm_init(arena, holder->node);
	if (can_stop_unit(holder))
		return stop_unit(arena, holder);
	return hd_printf(arena, HD_COMMAND("kill %s%ld"), holder->ignores_term ? "-KILL " : "",
			 (long)holder->pid);
}

/* "dd (pid 812, backup.service)", "session 2 of eve (systemd-logind, pid 600)". */
static const char *name_of(struct hd_arena *arena, const struct hd_holder *holder)
{
	long pid = (long)holder->pid;

	if (holder->session && pid == 1)
		return hd_printf(arena, "session %s of %s (process 1 keeps it for systemd-logind)",
				 holder->session, holder->session_user);
	if (holder->session)
		return hd_printf(arena, "session %s of %s (%s, pid %ld)", holder->session,
				 holder->session_user, holder->command, pid);
	if (holder->unit)
		return hd_printf(arena, "%s (pid %ld, %s)", holder->command, pid, holder->unit);
	return hd_printf(arena, "%s (pid %ld)", holder->command, pid);
}

static const char *describe(struct hd_arena *arena, const struct hd_holder *holder,
			    size_t n_others)
{
	const char *others = "";

	if (n_others)
		others = hd_printf(arena, " (and %zu other node%s of it)", n_others,
				   n_others > 1 ? "s" : "");
	return hd_printf(arena, "%s%s: %s by %s, says proc/%ld/%s; %s", holder->node->name,
			 others, holder->is_mapped ? "mapped" : "open", name_of(arena, holder),
			 (long)holder->pid, holder->is_mapped ? "maps" : "fd",
			 hd_holder_copes(holder) ? "it copes when the device goes"
					    : consequence_of(holder->node));
}

struct told {
	const char *evidence, *remedy;
	size_t n_processes;
	bool has_disk;
};

static void tell_one(struct told *told, struct hd_arena *arena, const struct hd_holder *holder,
		     size_t n_others, bool wants_watchers)
{
	hd_join(arena, &told->evidence, "%s", describe(arena, holder, n_others));
	/* Nobody stops udev or logind because of a watched node. */
	if (wants_watchers && !holder->session && hd_text_starts_with(holder->command, "systemd-"))
		return;
	hd_join_once(arena, &told->remedy, remedy_for(arena, holder));
}

/* Names one node of each process, and how many more it has; holders are sorted by process. */
static void list_holders(struct told *ret, struct hd_arena *arena, const struct hd_holders *holders,
			 bool wants_watchers)
{
	*ret = (struct told){ 0 };
	for (size_t i = 0; i < holders->n;) {
		const struct hd_holder *first = NULL;
		pid_t pid = holders->holders[i].pid;
		size_t n = 0;

		for (; i < holders->n && holders->holders[i].pid == pid; i++) {
			const struct hd_holder *holder = &holders->holders[i];

			ret->has_disk |= holder->node->is_block;
			if (!holder->ended_by && hd_holder_copes(holder) == wants_watchers && n++ == 0)
				first = holder;
		}
		if (first && ++ret->n_processes <= MAX_TOLD)
			tell_one(ret, arena, first, n - 1, wants_watchers);
	}
	if (ret->n_processes <= MAX_TOLD)
		return;
	ret->evidence = hd_printf(arena, "%s; and %zu more processes", ret->evidence,
				  ret->n_processes - MAX_TOLD);
	ret->remedy = hd_printf(arena, "%s; then check again for the other %zu", ret->remedy,
				ret->n_processes - MAX_TOLD);
}

static enum hd_verdict tell_unread(struct hd_arena *arena, const struct hd_holders *holders,
				   struct hd_result *ret)
{
	ret->evidence = hd_printf(arena, "whether a process has the device open is unknown "
				  "(%s): it counts as used", holders->unread);
	ret->remedy = "run it as root, and let hostdevctl inspect all processes "
		      "(CAP_SYS_PTRACE; AppArmor and SELinux may forbid it)";
	if (holders->unread_remedy)
		ret->remedy = holders->unread_remedy;
	return HD_UNKNOWN;
}

enum hd_verdict hd_judge_holders(struct hd_arena *arena, const struct hd_holders *holders,
				 struct hd_result *ret)
{
	struct told users, watching;

	list_holders(&users, arena, holders, false);
	if (users.n_processes) {
		ret->evidence = users.evidence;
		ret->remedy = users.remedy;
		ret->use = users.has_disk ? HD_USE_DATA : HD_USE_ACTIVE;
		return HD_FAIL;
	}
	if (holders->unread)
		return tell_unread(arena, holders, ret);
	list_holders(&watching, arena, holders, true);
	if (!watching.n_processes)
		return HD_PASS;
	ret->remedy = "nothing to do: they close it when the device goes";
	if (watching.remedy)
		ret->remedy = hd_printf(arena, "%s; to be sure, first %s", ret->remedy,
					watching.remedy);
	ret->severity = HD_WARNING;
	return hd_say(ret, HD_FAIL, watching.evidence);
}

/* Those that the hand-over ends before the device is taken, each process once; or NULL. */
static const char *list_ended(const struct hd_subject *s)
{
	const struct hd_holders *holders = &s->pci->holders;
	const char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++) {
		const struct hd_holder *holder = &holders->holders[i];
		bool is_same = i && holders->holders[i - 1].pid == holder->pid;

		if (!holder->ended_by || is_same || ++n > MAX_TOLD)
			continue;
		hd_join(s->arena, &text, holder->session ? "%s (pid %ld) has it open for %s, which the "
			"hand-over ends" : "the hand-over ends %s (pid %ld) with %s",
			holder->command, (long)holder->pid, holder->ended_by);
	}
	if (n > MAX_TOLD)
		hd_join(s->arena, &text, "and %zu more processes", n - MAX_TOLD);
	return text;
}

static enum hd_verdict has_no_holder(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_facts *pci = s->pci;
	enum hd_verdict verdict;

	if (!pci->n_nodes)
		return HD_SKIP;
	verdict = hd_judge_holders(s->arena, &pci->holders, ret);
	if (verdict == HD_PASS && list_ended(s))
		return hd_say(ret, HD_PASS, list_ended(s));
	if (verdict == HD_PASS && pci->n_nodes == 1)
		return hd_tell(s, ret, HD_PASS, "no process has %s open", pci->nodes[0].name);
	if (verdict == HD_PASS)
		return hd_tell(s, ret, HD_PASS,
			       "no process has %s or another of its %zu nodes open",
			       pci->nodes[0].name, pci->n_nodes);
	return verdict;
}

const struct hd_check hd_check_holders_free = {
	.id = "holders-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "no process has a node of the function open or mapped",
	.remedy = "stop the programs that have the device open",
	.doc = "A program that has a device node open loses its work when the driver is "
	       "unbound, or the unbind waits for it without limit, as the sound core does. "
	       "Every node below the function, and the files of its BARs in sysfs, which "
	       "drivers in user space (SPDK, DPDK) open or map, are searched for in the "
	       "descriptors and mappings of all processes and their threads, by number and "
	       "not by name, so those of containers are found too. Programs that hold "
	       "input nodes on every desktop and cope without them, like systemd-logind, "
	       "are a warning; so is a sound server (PipeWire, WirePlumber, PulseAudio) "
	       "that has the card's control node open and plays nothing: it closes the "
	       "node when the card goes. What systemd-logind opened for a session, and "
	       "process 1 keeps for it, belongs to the session. While udev briefly opens a "
	       "disk, the check waits, up to a second. A process that may not be inspected "
	       "makes the answer unknown, and so does a PID namespace other than the host's first "
	       "process's (a container). A program that reads or writes a "
	       "disk directly cannot be allowed. For a guest whose metadata asks for a hand-over, "
	       "processes that end with a session or service that it ends do not count. Source: "
	       "/proc/PID/fd, /proc/PID/maps and map_files, /proc/PID/cgroup, "
	       "/run/systemd/sessions.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.is_last_look = true,
	.run = has_no_holder,
};
