/* SPDX-License-Identifier: GPL-2.0-or-later */
/* goes_on.c - does a line say itself that its program goes on, and does it matter? */
#include "config.h"

#include "explain/composed.h"
#include "explain/goes_on.h"
#include "explain/level.h"
#include "explain/logged.h"
#include "explain/subject.h"
#include "explain/trouble.h"

/* It does not go on, or what it goes on with is the trouble. */
#define ENDS \
	"give up|giving up|gave up|abort*|exiting|exits|not continue|not continuing|not start*|not proceed*|fatal|" \
	"panic*|fallen off|inaccessible|crash*|tcg|to cpu|cpu only|on cpu|software emulation|retry*|try again|will try"

#define ANSWER(id, ...) \
	{ "general-goes-on-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, { NULL }, HD_MESSAGE_HARMLESS_IF }
#define GOING(one, more, none, id, ...) \
	{ .words = { one, more }, .unless = none, .answer = ANSWER(id, __VA_ARGS__) }
#define LOOK "[[; {look}]]"
#define MEASURE \
	"nothing to do, if it works and is fast enough: measure that once; if you want what it did without, the " \
	"words before name what is missing: its package, option or right, where the program runs" LOOK

const struct hd_going hd_goings[] = {
	{ .words = {
		"rmmod|modprobe -r*|unload*|umount|unmount*|failed to stop|failed to disable|killall|pkill|uninstall*|"
		"undefine|remove|to be removed|removing",
		"not currently loaded|not loaded|no such file|does not exist|not mounted|no process found|"
		"no such process|not running|none was found|none found|nothing to *|not found|not present|"
		"already gone|already removed|already stopped|no longer exists|no such device" },
	  .unless = ENDS "|remove_id|hotplug*|unplug*|write error|echo|tee|bind|unbind|removed from",
	  .is_sure = true, .answer = ANSWER("gone",
		"it should remove or stop what is not there: '{reason}'. That is the state that was wanted",
		"nothing to do, unless it should be there: look for its name once: lsmod (a module), systemctl "
		"status (a unit), ls -l (a file); a script that ends at such a line (set -e) needs '|| true' "
		"behind the command" LOOK) },
	GOING("install command|disabled by package|is blacklisted|is blocklisted|is denylisted|blocked by modprobe*|"
	      "blocked by configuration|blocked by package", NULL,
	      ENDS "|apparmor|selinux|denied|lockdown|firewall|policy",
	      "blocked",
	      "somebody has blocked that module or part on purpose, by a file below /etc/modprobe.d, "
	      "/usr/lib/modprobe.d or of a package: '{reason}'. It is not loaded, which is what the file is for",
	      "nothing to do, unless you need it: grep -r its name in /etc/modprobe.d /usr/lib/modprobe.d "
	      "shows the file: put a # before the line, or load the module with modprobe --ignore-install "
	      "once, to see whether it helps"),
	GOING("blocked by", NULL,
	      ENDS "|apparmor|selinux|denied|lockdown|firewall|policy|pid|task|process|owner|error*|fail*|can not|"
	      "cannot|unable|refus*|migrat*",
	      "blocked-by",
	      "what the line names is turned off on purpose, by what it says behind 'blocked by': '{reason}'",
	      "nothing to do, unless you need it: then take it out of that list or setting, and do again what printed "
	      "the line" LOOK),
	GOING("can be ignored|can safely be ignored|safely ignore*|harmless|non-fatal|nonfatal|not fatal|not critical|"
	      "still functional|still works|not an error|is optional|is expected", NULL, "fatal error|uncorrect*|aer",
	      "says-so",
	      "the program says itself that this does not stop it: '{reason}'",
	      "nothing to do, unless something does not work: then an error near this line has the cause, not "
	      "this line"
	      LOOK),
	GOING("devices.list|invocation id|uevent|oom_score_adj|oom score*|smbios*|dmi|dmi/tables|dmidecode|mtrr|"
	      "/proc/sys/*|sysctl*|/proc/kcore|/proc/self/*|/proc/1/*|/dev/mem|numa_node|hwmon|rapl|"
	      "perf_event_paranoid",
	      "permission denied|operation not permitted|read-only file system|not permitted|denied|unreadable|"
	      "not readable",
	      "apparmor|avc|selinux|audit|scontext|lockdown|bash|zsh|sh|tee|echo|hugepages|nr_hugepages",
	      "container",
	      "in a container, and without root's rights, a program may neither read nor change this of the host, and "
	      "goes on without: '{reason}'",
	      "nothing to do in a container (systemd-detect-virt -c names which one): its devices are given by its "
	      "manager, and PCI devices are passed on the host; on the host itself (it says 'none') do the same as "
	      "root; still denied: journalctl -k -b -g DENIED has it"),
	GOING("irq bypass*|irqbypass|posted interrupt*|ioeventfd|irqfd|kvm vfio device|error recovery for the device|"
	      "fast path|fastpath|zero copy|zerocopy|zero-copy", "fail*|not *|could not|unable|unavailable|no|disabl*",
	      ENDS, "fast-path",
	      "a faster way could not be set up, and the usual one is used: '{reason}'",
	      "nothing to do, if the device works and is fast enough: measure once what you use it for "
	      "(iperf3, fio, frames per second) with and without load; too slow: a newer kernel and QEMU have "
	      "more of these ways" LOOK),
	GOING("fall back|falls back|falling back|fallback|using default*|uses default*|use default*|defaults to|"
	      "defaulting to|using the default|performance may be|may be slow*|will be slow*|slower path|slow "
	      "path|using slower|the slower|using generic|using legacy|reduced performance", NULL, ENDS,
	      "fallback",
	      "the better way is not there, and the program takes its default, or a slower one: '{reason}'",
	      MEASURE),
	GOING("using|uses|used|taking", "instead", ENDS,
	      "instead",
	      "the program takes another way than the one that it tried: '{reason}'",
	      MEASURE),
	GOING("ignoring|ignored|is ignored|compensating|continuing anyway|but continuing|continuing without|"
	      "trying to continue|continue without|going on without|proceeding", NULL, ENDS,
	      "ignored",
	      "the program says that it goes on without it: '{reason}'",
	      "nothing to do, unless what it names does not work: look at that once; a setting that is ignored "
	      "has no effect: correct its name or value where it stands, or remove it" LOOK),
	GOING("deprecated|obsolete|will be removed", NULL, ENDS "|no longer|removed in|unsupported|not supported",
	      "deprecated",
	      "what is used has a successor and works until a later release takes it away: '{reason}'",
	      "nothing to do now; before the next upgrade write what the line names instead, in the guest's "
	      "definition or the command line" LOOK),
	{ .words = { "skip*|not loading|disabling|continuing" }, .unless = ENDS,
	  .is_warning = true, .answer = ANSWER("skipped",
		"its program calls it a warning, leaves that out, and goes on: '{reason}'",
		"nothing to do, unless it is what you need: look once whether the program has what you use of it; if "
		"not, the words before name what is missing" LOOK) },
	/* of what has an error's word the warning may be the trouble */
	{ .unless = ENDS
	  "|not|no|non|un*|should*|must*|need*|requir*|miss*|without|old|limit*|more than|less than|low*",
	  .is_warning = true, .is_calm = true, .answer = ANSWER("warning",
		"its program calls it a warning, and went on: '{reason}'",
		"nothing to do, if what it is about works: look at that once; if it does not, an error after this "
		"line (E, ERROR, level=error) has the cause" LOOK) },
	{ .answer = { .id = NULL } },
};

static bool fits(const struct hd_going *row, const char *line, const char *words)
{
	if (row->unless && hd_family_has_words(line, row->unless))
		return false;
	if ((row->is_warning && hd_level_of(line) != HD_LEVEL_WARNING) ||
	    (row->is_calm && hd_trouble_of(line) != HD_TROUBLE_NONE))
		return false;
	for (size_t i = 0; i < HD_GOING_WORDS && row->words[i]; i++)
		if (!hd_family_has_words(words, row->words[i]))
			return false;
	return true;
}

/* Somebody's words, who has a complaint. */
static bool is_typed(const char *line)
{
	return !hd_sentence_is_logged(line) && hd_family_has_words(line, HD_OF_SENTENCES);
}

/* Was the family of that line made from the very source that prints it?  Then it knows what it goes on without. */
static bool is_known_by_source(const char *line, const char *reason)
{
	const struct hd_family *family = hd_family_of(line, reason);

	return family && (hd_family_is_in(hd_families_source, &family->answer) ||
			  hd_family_is_in(hd_families_source_manager, &family->answer));
}

const struct hd_message *hd_goes_on(const char *line, const char *reason, struct hd_fields *fields,
				    struct hd_arena *arena)
{
	const struct hd_going *row = hd_goings;
	const char *look;

	if (hd_tone_of_words(line) == HD_TONE_FINAL || is_typed(line))
		return NULL;
	while (row->answer.id && !fits(row, line, reason))
		row++;
	if (!row->answer.id || (!row->is_sure && is_known_by_source(line, reason)))
		return NULL;
	look = hd_thing_look(fields);
	if (look)
		(void)hd_field_add(fields, "look", hd_message_fill(look, fields, arena));
	return &row->answer;
}

/* Adds WHAT to the same ANSWER, or adds that. */
static void add_item(struct hd_explanation *ret, struct hd_arena *arena, const struct hd_unknown *what,
		     const struct hd_message *answer)
{
	struct hd_explained *item;

	for (size_t i = 0; i < ret->n; i++)
		if (ret->items[i].message == answer) {
			ret->items[i].count++;
			return;
		}
	item = hd_append(arena, &ret->items, &ret->n, sizeof(*item));
	*item = (struct hd_explained){ .message = answer, .fields = what->fields, .line = what->line,
		.reason = what->reason, .count = 1, .at = what->at, .tone = hd_tone_of(what->line) };
	(void)hd_field_add(&item->fields, "reason", hd_subject_quoted(what->line, what->reason));
}

void hd_goes_on_take(struct hd_explanation *ret, struct hd_arena *arena, const char **before)
{
	size_t kept = 0;

	for (size_t i = 0; i < ret->n_unknown; i++) {
		struct hd_unknown *what = &ret->unknown[i];
		const struct hd_message *answer = hd_goes_on(what->line, what->reason, &what->fields, arena);

		if (answer) {
			add_item(ret, arena, what, answer);
			continue;
		}
		before[kept] = before[i];
		ret->unknown[kept++] = *what;
	}
	ret->n_unknown = kept;
}

const struct hd_message *hd_family_other(size_t skip)
{
	for (const struct hd_going *row = hd_goings; row->answer.id; row++)
		if (skip-- == 0)
			return &row->answer;
	return skip == 0 ? &hd_composed : NULL;
}
