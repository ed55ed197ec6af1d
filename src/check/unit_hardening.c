/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit_hardening.c - does the daemon's systemd unit let it, and its hooks, do their work?
 *
 * Neither libvirt's own units nor those of distributions are hardened; a drop-in
 * that somebody took from a guide is.  Meanings: systemd.exec(5).
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "check/checks.h"

static bool is_yes(const char *value)
{
	static const char *const words[] = { "1", "yes", "y", "true", "t", "on" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (!strcasecmp(value, words[i]))
			return true;
	return false;
}

static bool is_strict(const char *value)
{
	return !strcasecmp(value, "strict");
}

static bool is_closed(const char *value)
{
	return !strcasecmp(value, "strict") || !strcasecmp(value, "closed");
}

static bool is_pid(const char *value)
{
	return !strcasecmp(value, "pid");
}

static bool is_not_root(const char *value)
{
	return *value && strcmp(value, "root") != 0 && strcmp(value, "0") != 0;
}

static bool is_anything_but_no(const char *value)
{
	return *value && strcasecmp(value, "no") && strcasecmp(value, "false") &&
	       strcmp(value, "0");
}

/* A single value: the last line wins. */
static const struct harm {
	const char *key;
	bool (*is_bad)(const char *value);
	const char *why, *mend;
} harms[] = {
	{ "ProtectKernelModules", is_yes, "no VFIO module can be loaded, nor its alias looked up",
	  "ProtectKernelModules=no" },
	{ "ProtectKernelTunables", is_yes, "/sys is read-only: no device can change its driver",
	  "ProtectKernelTunables=no" },
	{ "PrivateDevices", is_yes, "/dev has neither vfio nor kvm", "PrivateDevices=no" },
	{ "DevicePolicy", is_closed, "/dev/vfio and /dev/kvm may not be opened unless DeviceAllow "
	  "names them", "DevicePolicy=auto" },
	{ "ProtectSystem", is_strict, "hooks may not write to /run/hostdevctl unless "
	  "ReadWritePaths names it", "ReadWritePaths=/run" },
	{ "RestrictNamespaces", is_anything_but_no,
	  "libvirt cannot give QEMU a mount namespace of its own", "RestrictNamespaces=no" },
	{ "PrivateUsers", is_yes, "the daemon has no capabilities on this host", "PrivateUsers=no" },
	{ "PrivatePIDs", is_yes, "hooks cannot see which processes use a device",
	  "PrivatePIDs=no" },
	{ "PrivateNetwork", is_yes, "hooks cannot see which interfaces the host needs",
	  "PrivateNetwork=no" },
	{ "ProcSubset", is_pid, "hooks cannot see the host's mounts and swap",
	  "ProcSubset=all" },
	{ "NoNewPrivileges", is_yes, "QEMU cannot change to its own AppArmor or SELinux domain",
	  "NoNewPrivileges=no" },
	{ "User", is_not_root, "a daemon that does not run as root cannot bind "
			       "devices", "User=root" },
};

static const struct hd_unit_line *last_line(const struct hd_setup *setup, const char *key)
{
	for (size_t i = setup->n_unit_lines; i-- > 0;)
		if (!strcmp(setup->unit_lines[i].key, key))
			return &setup->unit_lines[i];
	return NULL;
}

static const char *const needed[] = {
	"CAP_SYS_ADMIN", "CAP_SYS_RESOURCE", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_IPC_LOCK",
	"CAP_DAC_OVERRIDE", "CAP_CHOWN",
	"CAP_SYS_PTRACE",	/* who has a device open: /proc/PID/fd (proc(5)) */
};

/*
 * CapabilityBoundingSet=: lines add up, "~" takes away, and an empty one takes all; a
 * set that begins with "~" begins with all.
 */
static bool has_capability(const struct hd_setup *setup, const char *name,
			   const struct hd_unit_line **ret_line)
{
	bool has = true, is_first = true;

	for (size_t i = 0; i < setup->n_unit_lines; i++) {
		const struct hd_unit_line *line = &setup->unit_lines[i];
		bool is_named, takes = *line->value == '~';

		if (strcmp(line->key, "CapabilityBoundingSet") != 0)
			continue;
		is_named = hd_text_has_word(line->value + takes, name);
		if (!*line->value || (is_first && !takes))
			has = false;
		if (is_named)
			has = !takes;
		is_first = false;
		*ret_line = line;
	}
	return has;
}

struct finding {
	const struct hd_subject *subject;
	const char *evidence, *settings;
	const char *path;	/* the one file that says them all, or NULL */
	bool is_spread;
};

static void add(struct finding *found, const struct hd_unit_line *line, const char *why,
		const char *mend)
{
	struct hd_arena *arena = found->subject->arena;

	hd_join(arena, &found->evidence, "%s sets %s=%s: %s",
		hd_text_printable(arena, line->path, 200),
		hd_text_printable(arena, line->key, 80), line->value, why);
	found->settings = found->settings ? hd_printf(arena, "%s, %s", found->settings, mend) : mend;
	if (found->path && strcmp(found->path, line->path) != 0)
		found->is_spread = true;
	found->path = line->path;
}

/* What the administrator wrote is taken out there: another drop-in might be read before it. */
static const char *take_back(const struct finding *found, const char *unit)
{
	struct hd_arena *arena = found->subject->arena;

	if (found->is_spread || !hd_text_starts_with(found->path, "etc/"))
		return hd_printf(arena, "systemctl edit %s, add [Service] and %s, and systemctl "
				 "restart %s", unit, found->settings, unit);
	return hd_printf(arena, "remove that from /%s, or set %s there, and run systemctl "
			 "daemon-reload and systemctl restart %s",
			 hd_text_printable(arena, found->path, 200), found->settings, unit);
}

static void find_harms(struct finding *found, const struct hd_setup *setup)
{
	const struct hd_unit_line *line = NULL;

	for (size_t i = 0; i < HD_ARRAY_SIZE(harms); i++) {
		line = last_line(setup, harms[i].key);
		if (line && harms[i].is_bad(line->value))
			add(found, line, harms[i].why, harms[i].mend);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(needed); i++)
		if (!has_capability(setup, needed[i], &line))
			add(found, line, hd_printf(found->subject->arena,
						   "the daemon lacks %s", needed[i]),
			    hd_printf(found->subject->arena, "CapabilityBoundingSet=%s", needed[i]));
}

static enum hd_verdict is_soft(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	struct finding found = { .subject = s };

	if (!setup || !setup->unit || !setup->n_unit_lines)
		return HD_SKIP;
	find_harms(&found, setup);
	if (!found.evidence)
		return hd_tell(s, ret, HD_PASS, "%s does not restrict what passthrough needs",
			       setup->unit);
	ret->remedy = take_back(&found, setup->unit);
	return hd_say(ret, HD_FAIL, found.evidence);
}

const struct hd_check hd_check_unit_hardening = {
	.id = "unit-hardening",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the daemon's unit allows what passthrough needs",
	.remedy = "reset the option in a drop-in of the daemon's unit",
	.doc = "systemd can restrict what a service does. For passthrough, libvirt's QEMU "
	       "daemon and its hooks need: loading modules (ProtectKernelModules), writing "
	       "to /sys (ProtectKernelTunables), /dev/vfio and /dev/kvm (PrivateDevices, "
	       "DevicePolicy), /run/hostdevctl (ProtectSystem=strict), capabilities "
	       "(CapabilityBoundingSet, PrivateUsers), namespaces and changes of the "
	       "security domain (RestrictNamespaces, NoNewPrivileges), and the host's "
	       "processes, network and mounts (PrivatePIDs, PrivateNetwork, ProcSubset). "
	       "Source: the unit's file and drop-ins in /etc, /run and /usr/lib.",
	.run = is_soft,
};
