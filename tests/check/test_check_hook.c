/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_hook.c - what can be wrong with hooks and with the daemon's unit. */
#include "config.h"

#include <errno.h>

#include "tests/support/checkcase.h"

#define HOOK &hd_check_hook_installed
#define UNIT &hd_check_unit_hardening
#define DAEMON &hd_check_one_daemon
#define ANSWERS &hd_check_hook_answers
#define FINDS &hd_check_libvirt_finds_devices
#define REPLUG &hd_check_replug_started

static struct hd_hook_file *add(struct check_case *c, const char *path, const char *word)
{
	struct hd_hook_file *file = &c->hooks[c->setup.n_hooks++];

	*file = (struct hd_hook_file){ .path = path, .word = word, .is_executable = true };
	return file;
}

static void none(struct check_case *c) { c->setup.n_hooks = 0; }
static void no_libvirt(struct check_case *c)
{
	none(c);
	c->setup.has_libvirt = false;
}
static void no_setup(struct check_case *c) { c->facts.setup = NULL; }
static void modular(struct check_case *c)
{
	none(c);
	c->setup.unit = "virtqemud.service";
}
static void not_executable(struct check_case *c) { c->hooks[0].is_executable = false; }
static void dangling(struct check_case *c)
{
	not_executable(c);
	c->hooks[0].is_missing = true;
}
static void nested(struct check_case *c) { c->hooks[0].is_nested = true; }
static void twice(struct check_case *c) { add(c, "etc/libvirt/hooks/qemu", NULL)->is_ours = true; }
static void virsh(struct check_case *c) { add(c, "etc/libvirt/hooks/qemu", "virsh"); }
static void binds(struct check_case *c) { add(c, "etc/libvirt/hooks/qemu", "driver_override"); }
static void harmless(struct check_case *c) { add(c, "etc/libvirt/hooks/qemu", NULL); }
static void sleeping(struct check_case *c)
{
	add(c, "etc/libvirt/hooks/qemu.d/60-x", "virsh")->is_executable = false;
}
static void folder(struct check_case *c)
{
	add(c, "etc/libvirt/hooks/qemu.d/win10/prepare/begin/start.sh", "virsh")->is_nested = true;
}
static void folder_and_runner(struct check_case *c)
{
	harmless(c);
	folder(c);
}
static void copied(struct check_case *c)
{
	c->hooks[0].target = NULL;
	c->setup.has_apparmor = true;
}
static void copied_unconfined(struct check_case *c) { c->hooks[0].target = NULL; }
static void libexec(struct check_case *c)
{
	c->setup.has_apparmor = true;
	c->hooks[0].target = "/usr/local/sbin/hostdevctl-hook";
}
static void libexec_unconfined(struct check_case *c)
{
	libexec(c);
	c->setup.has_apparmor = false;
}
static void confined(struct check_case *c) { c->setup.has_apparmor = true; }
static void selinux(struct check_case *c)
{
	c->setup.has_selinux = true;
}
static void selinux_on(struct check_case *c)
{
	selinux(c);
	c->setup.has_selinux_module = true;
}
static void news(struct check_case *c) { c->setup.hooks_changed = 1700000001; }
static void seen_before(struct check_case *c)
{
	news(c);
	c->hooks[0].changed = 1600000000;
}
static void news_of_others(struct check_case *c)
{
	news(c);
	c->hooks[0].changed = 1700000001;
	folder(c);
	c->hooks[1].changed = 1600000000;
}
static void not_run_at_all(struct check_case *c)
{
	news(c);
	not_executable(c);
}
static void many(struct check_case *c)
{
	news(c);
	twice(c);
	c->setup.n_hooks = 2;
	add(c, "etc/libvirt/hooks/qemu.d/10-vm", "virsh");
}
static void elsewhere(struct check_case *c)
{
	none(c);
	c->setup.hook_dir = "usr/local/etc/libvirt/hooks";
	c->setup.hook_program = "/usr/local/sbin/hostdevctl-hook";
}

static void set(struct check_case *c, const char *key, const char *value)
{
	struct hd_unit_line *line = &c->unit_lines[c->setup.n_unit_lines++];

	*line = (struct hd_unit_line){ "etc/systemd/system/libvirtd.service.d/hard.conf", key,
				       value };
}
static void modules(struct check_case *c) { set(c, "ProtectKernelModules", "yes"); }
static void taken_back(struct check_case *c)
{
	modules(c);
	set(c, "ProtectKernelModules", "no");
}
static void tunables(struct check_case *c) { set(c, "ProtectKernelTunables", "on"); }
static void devices(struct check_case *c) { set(c, "DevicePolicy", "closed"); }
static void two(struct check_case *c)
{
	modules(c);
	tunables(c);
}
static void full(struct check_case *c) { set(c, "ProtectSystem", "full"); }
static void strict(struct check_case *c) { set(c, "ProtectSystem", "strict"); }
static void user(struct check_case *c) { set(c, "User", "libvirt"); }
static void almost_root(struct check_case *c) { set(c, "User", "Root"); }
static void few(struct check_case *c) { set(c, "CapabilityBoundingSet", "CAP_NET_ADMIN"); }
static void without(struct check_case *c)
{
	set(c, "CapabilityBoundingSet", "~CAP_SYS_MODULE CAP_SYS_TIME");
}
static void harmless_set(struct check_case *c) { set(c, "CapabilityBoundingSet", "~CAP_SYS_TIME"); }
static void added(struct check_case *c)
{
	set(c, "CapabilityBoundingSet", "CAP_SYS_ADMIN CAP_SYS_RESOURCE CAP_SYS_MODULE");
	set(c, "CapabilityBoundingSet",
	    "CAP_SYS_RAWIO CAP_IPC_LOCK CAP_DAC_OVERRIDE CAP_CHOWN CAP_KILL CAP_SYS_PTRACE");
}
static void blind(struct check_case *c) { set(c, "CapabilityBoundingSet", "~CAP_SYS_PTRACE"); }
static void alone(struct check_case *c) { set(c, "PrivatePIDs", "yes"); }
static void offline(struct check_case *c) { set(c, "PrivateNetwork", "true"); }
static void subset(struct check_case *c) { set(c, "ProcSubset", "pid"); }
static void whole_proc(struct check_case *c) { set(c, "ProcSubset", "all"); }
static void mapped(struct check_case *c) { set(c, "PrivateUsers", "yes"); }
static void no_unit(struct check_case *c) { c->setup.unit = NULL; }

static void two_daemons(struct check_case *c) { c->setup.other_unit = "virtqemud.service"; }
static void idle(struct check_case *c) { c->setup.daemon.pid = 0; }

static void run(struct check_case *c, int plain, int refused, const char *says)
{
	c->setup.hook_run = (struct hd_hook_run){ true, "/x/50-hostdevctl", plain, refused, says };
}
static void answers(struct check_case *c) { run(c, 0, 1, "guest: no such function"); }
static void stops_all(struct check_case *c) { run(c, 127, 127, NULL); }
static void lets_all(struct check_case *c) { run(c, 0, 0, NULL); }
static void no_engine(struct check_case *c) { run(c, 0, 3, "no engine"); }
static void hangs(struct check_case *c) { run(c, 0, -ETIMEDOUT, NULL); }
static void no_file(struct check_case *c) { run(c, -ENOENT, -ENOENT, NULL); }
static void dies(struct check_case *c) { run(c, 0, -ECANCELED, NULL); }

static void version(struct check_case *c, unsigned number)
{
	c->setup.libvirt_library = "libvirt.so.0.N";
	c->setup.libvirt_version = number;
}
static void still_good(struct check_case *c) { version(c, 12001); }
static void first_broken(struct check_case *c) { version(c, 12002); }
static void last_broken(struct check_case *c) { version(c, 12008); }
static void fixed(struct check_case *c) { version(c, 12009); }

static void usb_guest(struct check_case *c) { c->setup.replug_guest = "win11"; }
static void no_rule(struct check_case *c)
{
	usb_guest(c);
	c->setup.replug_broken = "usr/lib/udev/rules.d/90-hostdevctl-replug.rules";
}
static void masked_rule(struct check_case *c)
{
	usb_guest(c);
	c->setup.replug_broken = "etc/udev/rules.d/90-hostdevctl-replug.rules";
	c->setup.is_replug_masked = true;
}
static void no_udev(struct check_case *c)
{
	usb_guest(c);
	c->setup.replug_broken = "run/udev/control";
}

static const struct check_row rows[] = {
	{ "nobody wants USB devices", REPLUG, NULL, HD_SKIP, 0, NULL, NULL },
	{ "not asked for USB", REPLUG, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "udev looks", REPLUG, usb_guest, HD_PASS, 0, "starts replug for guest 'win11'", NULL },
	{ "no rule", REPLUG, no_rule, HD_FAIL, HD_WARNING, "90-hostdevctl-replug.rules is missing",
	  "install hostdevctl again" },
	{ "a masked rule", REPLUG, masked_rule, HD_FAIL, HD_WARNING, "replug.rules is masked",
	  "rm /etc/udev/rules.d/90-hostdevctl-replug.rules &&" },
	{ "no udev", REPLUG, no_udev, HD_FAIL, HD_WARNING, "run/udev/control is missing",
	  "start systemd-udevd" },

	{ "unknown version", FINDS, NULL, HD_SKIP, 0, NULL, NULL },
	{ "version in the hook", FINDS, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "older libvirt", FINDS, still_good, HD_PASS, 0, "libvirt.so.0.N is libvirt 12.1", NULL },
	{ "first that loses devices", FINDS, first_broken, HD_FAIL, HD_WARNING, "libvirt 12.2, which",
	  "--binder sysfs" },
	{ "last that loses devices", FINDS, last_broken, HD_FAIL, HD_WARNING, "libvirt 12.8, which",
	  "12.9 or later" },
	{ "fixed libvirt", FINDS, fixed, HD_PASS, 0, "is libvirt 12.9", NULL },

	{ "good", HOOK, NULL, HD_PASS, 0, "50-hostdevctl -> /usr/sbin/hostdevctl-hook", NULL },
	{ "none", HOOK, none, HD_FAIL, HD_WARNING, "has no hostdevctl-hook",
	  "qemu.d/50-hostdevctl && systemctl reload libvirtd" },
	{ "none, modular", HOOK, modular, HD_FAIL, HD_WARNING, NULL, "systemctl reload virtqemud" },
	{ "no libvirt", HOOK, no_libvirt, HD_SKIP, 0, NULL, NULL },
	{ "not asked", HOOK, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "not executable", HOOK, not_executable, HD_FAIL, HD_WARNING, "not executable", "chmod 0755" },
	{ "dangling", HOOK, dangling, HD_FAIL, HD_WARNING, "does not exist", "install" },
	{ "in a folder", HOOK, nested, HD_FAIL, HD_WARNING, "in a subdirectory of qemu.d", "ln -s" },
	{ "twice", HOOK, twice, HD_FAIL, HD_WARNING, "runs twice", "rm /etc/libvirt/hooks/qemu" },
	{ "calls virsh", HOOK, virsh, HD_FAIL, HD_WARNING, "hooks/qemu has \"virsh\": a hook that",
	  "chmod -x /etc/libvirt/hooks/qemu" },
	{ "binds", HOOK, binds, HD_FAIL, HD_WARNING, "changes drivers", NULL },
	{ "another harmless one", HOOK, harmless, HD_PASS, 0, NULL, NULL },
	{ "not run", HOOK, sleeping, HD_PASS, 0, NULL, NULL },
	{ "a guide's folder", HOOK, folder, HD_PASS, 0, NULL, NULL },
	{ "a guide's folder and its runner", HOOK, folder_and_runner, HD_FAIL, HD_WARNING,
	  "win10/prepare/begin/start.sh", NULL },
	{ "AppArmor", HOOK, confined, HD_PASS, 0, NULL, NULL },
	{ "AppArmor, elsewhere", HOOK, libexec, HD_FAIL, HD_WARNING,
	  "/usr/local/sbin/hostdevctl-hook, which AppArmor", "PUx" },
	{ "AppArmor, copied", HOOK, copied, HD_FAIL, HD_WARNING,
	  "50-hostdevctl is not a link to hostdevctl-hook: AppArmor runs it", "ln -sf /usr/sbin" },
	{ "copied, no AppArmor", HOOK, copied_unconfined, HD_PASS, 0, NULL, NULL },
	{ "elsewhere, no AppArmor", HOOK, libexec_unconfined, HD_PASS, 0, NULL, NULL },
	{ "SELinux", HOOK, selinux, HD_FAIL, HD_NOTE, "policy module is not installed", "hostdevctl-selinux" },
	{ "SELinux, allowed", HOOK, selinux_on, HD_PASS, 0, NULL, NULL },
	{ "newer than the daemon", HOOK, news, HD_FAIL, HD_NOTE, "changed after libvirtd (pid 812) started",
	  "systemctl reload libvirtd" },

	{ "newer, and seen before", HOOK, seen_before, HD_PASS, 0, NULL, NULL },
	{ "newer than a folder's", HOOK, news_of_others, HD_FAIL, HD_NOTE, "changed after", NULL },
	{ "newer, not executable", HOOK, not_run_at_all, HD_FAIL, HD_WARNING, "not executable",
	  "chmod" },
	{ "several", HOOK, many, HD_FAIL, HD_WARNING, "runs twice: also as etc/libvirt/hooks/qemu; "
	  "etc/libvirt/hooks/qemu.d/10-vm has \"virsh\"", "`rm /etc/libvirt/hooks/qemu`; `chmod -x" },
	{ "of another libvirt", HOOK, elsewhere, HD_FAIL, HD_WARNING,
	  "usr/local/etc/libvirt/hooks has no hostdevctl-hook",
	  "ln -sf /usr/local/sbin/hostdevctl-hook /usr/local/etc/libvirt/hooks/qemu.d" },
	{ "one", DAEMON, NULL, HD_PASS, 0, "libvirtd.service (monolithic) runs", NULL },
	{ "modular", DAEMON, modular, HD_PASS, 0, "virtqemud.service (modular)", NULL },
	{ "idle", DAEMON, idle, HD_PASS, 0, "starts on demand", NULL },
	{ "two", DAEMON, two_daemons, HD_FAIL, HD_WARNING, "both enabled", "systemctl disable" },
	{ "none", DAEMON, no_unit, HD_SKIP, 0, NULL, NULL },
	{ "not asked", DAEMON, no_setup, HD_SKIP, 0, NULL, NULL },

	{ "not run", ANSWERS, NULL, HD_SKIP, 0, NULL, NULL },
	{ "not asked", ANSWERS, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "answers", ANSWERS, answers, HD_PASS, 0, "no host has: guest: no such function", NULL },
	{ "stops all", ANSWERS, stops_all, HD_FAIL, HD_ERROR, "status 127 for a guest without", NULL },
	{ "lets all pass", ANSWERS, lets_all, HD_FAIL, HD_ERROR, "status 0 for a guest with a device", NULL },
	{ "no engine", ANSWERS, no_engine, HD_FAIL, HD_ERROR, "instead of 1: no engine", "by hand" },
	{ "hangs", ANSWERS, hangs, HD_FAIL, HD_ERROR, "did not answer in time", NULL },
	{ "no file", ANSWERS, no_file, HD_FAIL, HD_ERROR, "No such file", NULL },
	{ "dies", ANSWERS, dies, HD_FAIL, HD_ERROR, "killed by a signal", NULL },

	{ "good", UNIT, NULL, HD_PASS, 0, "libvirtd.service", NULL },
	{ "not asked", UNIT, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "no unit", UNIT, no_unit, HD_SKIP, 0, NULL, NULL },
	{ "no modules", UNIT, modules, HD_FAIL, HD_WARNING,
	  "hard.conf sets ProtectKernelModules=yes", "ProtectKernelModules=no" },
	{ "the last line wins", UNIT, taken_back, HD_PASS, 0, NULL, NULL },
	{ "no sysfs", UNIT, tunables, HD_FAIL, HD_WARNING, "/sys is read-only", NULL },
	{ "two", UNIT, two, HD_FAIL, HD_WARNING, "; ",
	  "libvirtd.service.d/hard.conf, or set ProtectKernelModules=no, ProtectKernelTunables=no" },
	{ "no devices", UNIT, devices, HD_FAIL, HD_WARNING, "DevicePolicy=closed", NULL },
	{ "full does no harm", UNIT, full, HD_PASS, 0, NULL, NULL },
	{ "strict", UNIT, strict, HD_FAIL, HD_WARNING, "/run/hostdevctl", "ReadWritePaths=/run" },
	{ "not root", UNIT, user, HD_FAIL, HD_WARNING, "User=libvirt", NULL },
	{ "not root by its case", UNIT, almost_root, HD_FAIL, HD_WARNING, "User=Root", NULL },
	{ "few capabilities", UNIT, few, HD_FAIL, HD_WARNING, "lacks CAP_SYS_ADMIN", NULL },
	{ "one taken", UNIT, without, HD_FAIL, HD_WARNING, "lacks CAP_SYS_MODULE",
	  "CapabilityBoundingSet=CAP_SYS_MODULE" },
	{ "another taken", UNIT, harmless_set, HD_PASS, 0, NULL, NULL },
	{ "lines add up", UNIT, added, HD_PASS, 0, NULL, NULL },
	{ "cannot look into processes", UNIT, blind, HD_FAIL, HD_WARNING, "lacks CAP_SYS_PTRACE",
	  "CapabilityBoundingSet=CAP_SYS_PTRACE" },
	{ "no processes", UNIT, alone, HD_FAIL, HD_WARNING, "which processes", "PrivatePIDs=no" },
	{ "no network", UNIT, offline, HD_FAIL, HD_WARNING, "which interfaces",
	  "PrivateNetwork=no" },
	{ "a part of /proc", UNIT, subset, HD_FAIL, HD_WARNING, "mounts", "ProcSubset=all" },
	{ "all of /proc", UNIT, whole_proc, HD_PASS, 0, NULL, NULL },
	{ "users of its own", UNIT, mapped, HD_FAIL, HD_WARNING, "capabilities", "PrivateUsers=no" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
