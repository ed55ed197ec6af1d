/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hook_installed.c - does libvirt run our hook, once, and no other hook that interferes? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"
#include "check/usb_loss.h"

#define SHOWN 200
#define PROGRAM "/usr/sbin/hostdevctl-hook"

struct judgement {
	const struct hd_subject *subject;
	const struct hd_setup *setup;
	struct hd_result *ret;
};

static const char *shown(const struct judgement *j, const char *path)
{
	return hd_text_printable(j->subject->arena, path, SHOWN);
}

static const char *dir_of(const struct judgement *j)
{
	return j->setup->hook_dir ? shown(j, j->setup->hook_dir) : "etc/libvirt/hooks";
}

/* The command that makes the link where this libvirt looks. */
/* The daemon to reload, without ".service". */
static const char *daemon_of(const struct judgement *j)
{
	const char *unit = j->setup->unit;

	return unit ? hd_strndup(j->subject->arena, unit, strcspn(unit, ".")) : "libvirtd";
}

/* The link, and that the daemon reads it, if IS_NEW. */
static const char *make_link(const struct judgement *j, bool is_new)
{
	const char *dir = dir_of(j), *program = j->setup->hook_program;

	return hd_printf(j->subject->arena,
			 "%s" HD_COMMAND("mkdir -p /%s/qemu.d && ln -sf %s /%s/qemu.d/50-hostdevctl%s%s"),
			 program ? "" : "install hostdevctl-hook into /usr/sbin, then ", dir,
			 program ? program : PROGRAM, dir, is_new ? " && systemctl reload " : "",
			 is_new ? daemon_of(j) : "");
}

static bool runs(const struct hd_hook_file *file)
{
	return file->is_executable && !file->is_nested;
}

static size_t count_ours(const struct judgement *j, bool (*is)(const struct hd_hook_file *file),
			 const struct hd_hook_file **ret)
{
	size_t n = 0;

	for (size_t i = 0; i < j->setup->n_hooks; i++)
		if (j->setup->hooks[i].is_ours && (!is || is(&j->setup->hooks[i]))) {
			*ret = &j->setup->hooks[i];
			n++;
		}
	return n;
}

static enum hd_verdict is_there(const struct judgement *j)
{
	const struct hd_hook_file *ours = NULL;
	size_t n;

	if (count_ours(j, runs, &ours))
		return HD_PASS;
	n = count_ours(j, NULL, &ours);
	if (!n) {
		j->ret->remedy = make_link(j, true);
		return hd_tell(j->subject, j->ret, HD_FAIL, "%s has no hostdevctl-hook: libvirt "
			       "starts guests unchecked", dir_of(j));
	}
	j->ret->remedy = make_link(j, false);
	if (ours->is_missing)
		return hd_tell(j->subject, j->ret, HD_FAIL, "%s points to %s, which does not exist",
			       shown(j, ours->path), shown(j, ours->target ? ours->target : "nothing"));
	if (ours->is_nested)
		return hd_tell(j->subject, j->ret, HD_FAIL, "%s is in a subdirectory of qemu.d, "
			       "where libvirt runs nothing", shown(j, ours->path));
	hd_advise(j->subject, j->ret, HD_COMMAND("chmod 0755 /%s"), shown(j, ours->path));
	return hd_tell(j->subject, j->ret, HD_FAIL, "%s is not executable: libvirt skips it",
		       shown(j, ours->path));
}

static enum hd_verdict is_single(const struct judgement *j)
{
	const struct hd_hook_file *ours = NULL;

	if (count_ours(j, runs, &ours) < 2)
		return HD_PASS;
	hd_advise(j->subject, j->ret, HD_COMMAND("rm /%s"), shown(j, ours->path));
	return hd_tell(j->subject, j->ret, HD_FAIL, "hostdevctl-hook runs twice: also as %s",
		       shown(j, ours->path));
}

/* Does anything run the scripts in folders of qemu.d?  Another hook script may. */
static bool has_runner(const struct judgement *j)
{
	for (size_t i = 0; i < j->setup->n_hooks; i++)
		if (runs(&j->setup->hooks[i]) && !j->setup->hooks[i].is_ours)
			return true;
	return false;
}

static enum hd_verdict is_alone(const struct judgement *j)
{
	for (size_t i = 0; i < j->setup->n_hooks; i++) {
		const struct hd_hook_file *file = &j->setup->hooks[i];

		if (!file->word || file->is_ours || !file->is_executable ||
		    (file->is_nested && !has_runner(j)))
			continue;
		hd_advise(j->subject, j->ret, HD_COMMAND("chmod -x /%s") " once hostdevctl handles the devices of "
			  "its guests", shown(j, file->path));
		return hd_tell(j->subject, j->ret, HD_FAIL, "%s has \"%s\": %s", shown(j, file->path),
			       file->word, strcmp(file->word, "virsh") ?
			       "it changes drivers of devices, too" :
			       "a hook that calls libvirt can hang it");
	}
	return HD_PASS;
}

/* usr.sbin.libvirtd lets the daemon run what is in these folders, and the hooks themselves. */
static bool may_be_run(const char *target)
{
	static const char *const dirs[] = { "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/",
					    "/etc/libvirt/hooks/", "/usr/lib/libvirt/" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++)
		if (hd_text_starts_with(target, dirs[i]))
			return true;
	return *target != '/';
}

/* usr.sbin.libvirtd has "rmix" for the hooks: what is not a link inherits the daemon's profile. */
static enum hd_verdict is_copy(const struct judgement *j, const struct hd_hook_file *ours)
{
	j->ret->remedy = make_link(j, false);
	return hd_tell(j->subject, j->ret, HD_FAIL, "%s is not a link to hostdevctl-hook: AppArmor "
		       "runs it under the daemon's profile, which keeps it from inspecting "
		       "confined processes", shown(j, ours->path));
}

static enum hd_verdict is_allowed(const struct judgement *j)
{
	const struct hd_hook_file *ours = NULL;

	if (!j->setup->has_apparmor || !count_ours(j, runs, &ours))
		return HD_PASS;
	if (!ours->target)
		return is_copy(j, ours);
	if (may_be_run(ours->target))
		return HD_PASS;
	hd_advise(j->subject, j->ret, "install it into /usr/sbin; or add `%s PUx,` to "
		  "/etc/apparmor.d/local/usr.sbin.libvirtd and run " HD_COMMAND("systemctl reload apparmor"),
		  shown(j, ours->target));
	return hd_tell(j->subject, j->ret, HD_FAIL, "%s points to %s, which AppArmor's profile of "
		       "the daemon does not let libvirt run", shown(j, ours->path),
		       shown(j, ours->target));
}

static enum hd_verdict is_unconfined(const struct judgement *j)
{
	if (!j->setup->has_selinux || j->setup->has_selinux_module)
		return HD_PASS;
	j->ret->severity = HD_NOTE;
	j->ret->remedy = "install the package hostdevctl-selinux; `ausearch -m avc -c "
			 "hostdevctl-hook` shows what was denied";
	return hd_say(j->ret, HD_FAIL, "SELinux enforces (sys/fs/selinux/enforce) and hostdevctl's "
		      "policy module is not installed: the hook runs in the daemon's domain, "
		      "whose rules may keep it from sysfs, disks and modules");
}

/* A daemon that found a hook when it started looks for all of them each time. */
static bool was_there(const struct judgement *j, int64_t started)
{
	for (size_t i = 0; i < j->setup->n_hooks; i++)
		if (runs(&j->setup->hooks[i]) && j->setup->hooks[i].changed &&
		    j->setup->hooks[i].changed < started)
			return true;
	return false;
}

/* The daemon sees a first hook only after a reload, which leaves no trace (SIGHUP). */
static enum hd_verdict is_noticed(const struct judgement *j)
{
	const struct hd_daemon *daemon = &j->setup->daemon;
	const struct hd_hook_file *ours = NULL;

	if (!daemon->started || !j->setup->hooks_changed ||
	    j->setup->hooks_changed <= (int64_t)daemon->started ||
	    was_there(j, (int64_t)daemon->started) || !count_ours(j, runs, &ours))
		return HD_PASS;
	j->ret->severity = HD_NOTE;
	hd_advise(j->subject, j->ret, HD_COMMAND("systemctl reload %s") " (it does no harm if already done)",
		  daemon->name);
	return hd_tell(j->subject, j->ret, HD_FAIL, "%s changed after %s (pid %d) started: the "
		       "daemon sees the first hook of a host only after a reload", dir_of(j),
		       daemon->name, daemon->pid);
}

static enum hd_verdict is_installed(const struct hd_subject *s, struct hd_result *ret)
{
	static enum hd_verdict (*const rules[])(const struct judgement *j) = {
		is_there, is_single, is_allowed, is_alone, is_unconfined, is_noticed,
	};
	struct hd_sum sum = { .subject = s, .ret = ret };
	struct judgement j = { s, s->facts->setup, NULL };
	const struct hd_hook_file *ours = NULL;

	if (!j.setup || !j.setup->has_libvirt)
		return HD_SKIP;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rules); i++) {
		struct hd_result part = { .severity = HD_WARNING };

		j.ret = &part;
		hd_sum_add(&sum, rules[i](&j), &part);
	}
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	if (!count_ours(&j, runs, &ours))
		return HD_PASS;
	return hd_tell(s, ret, HD_PASS, "%s%s%s", shown(&j, ours->path),
		       ours->target ? " -> " : "", ours->target ? shown(&j, ours->target) : "");
}

const struct hd_check hd_check_hook_installed = {
	.id = "hook-installed",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "libvirt runs hostdevctl-hook, and no other hook changes devices",
	.remedy = HD_COMMAND("ln -s " PROGRAM " /etc/libvirt/hooks/qemu.d/50-hostdevctl && systemctl reload "
		  "libvirtd"),
	.doc = "libvirt runs /etc/libvirt/hooks/qemu and then each executable file of "
	       "qemu.d (not of its subdirectories), for the system's and a user's daemon "
	       "alike; a libvirt that was built for another sysconfdir looks there, which "
	       "its library reveals. It notices the first hook of a host when it starts or "
	       "is reloaded. The check reports a hostdevctl-hook that is missing, is not "
	       "executable, points to nothing, runs twice, is where AppArmor's profile "
	       "does not allow it, or is a copy, which that profile then confines; SELinux "
	       "without hostdevctl's policy module (the "
	       "boolean virt_hooks_unconfined concerns virtnetworkd alone); and other "
	       "scripts that call virsh, which can hang the daemon (libvirt "
	       "docs/hooks.rst), or that bind devices themselves.",
	.run = is_installed,
};
