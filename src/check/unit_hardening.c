/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit_hardening.c - does the daemon's systemd unit let it, and its hooks, do their work?
 *
 * Neither libvirt's own units nor those of distributions are hardened; a drop-in
 * copied from a guide may be.  Meanings: systemd.exec(5).
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "check/checks.h"

static const char *const yes[] = { "1", "yes", "y", "true", "t", "on", NULL };
static const char *const no[] = { "", "0", "no", "false", NULL };
static const char *const strict[] = { "strict", NULL };
static const char *const closed[] = { "strict", "closed", NULL };
static const char *const pid[] = { "pid", NULL };
static const char *const root[] = { "", "0", "root", NULL };

/* Only of booleans the case does not matter (systemd's src/basic/parse-util.c, parse_boolean). */
static bool is_one_of(const char *const *words, const char *value)
{
	int (*compare)(const char *, const char *) = words == yes || words == no ? strcasecmp : strcmp;

	while (*words && compare(*words, value) != 0)
		words++;
	return *words;
}

/* A single value: the last line wins. */
static const struct harm {
	const char *key;
	const char *const *bad, *const *good;	/* one of them is given */
	const char *why, *mend;
} harms[] = {
	{ "ProtectKernelModules", yes, NULL, "no VFIO module can be loaded, nor its alias looked up",
	  "ProtectKernelModules=no" },
	{ "ProtectKernelTunables", yes, NULL, "/sys is read-only: no device can change its driver",
	  "ProtectKernelTunables=no" },
	{ "PrivateDevices", yes, NULL, "/dev has neither vfio nor kvm", "PrivateDevices=no" },
	{ "DevicePolicy", closed, NULL, "/dev/vfio and /dev/kvm may not be opened unless DeviceAllow "
	  "names them", "DevicePolicy=auto" },
	{ "ProtectSystem", strict, NULL, "hooks may not write to /run/hostdevctl unless "
	  "ReadWritePaths names it", "ReadWritePaths=/run" },
	{ "RestrictNamespaces", NULL, no,
	  "libvirt cannot give QEMU a mount namespace of its own", "RestrictNamespaces=no" },
	{ "PrivateUsers", yes, NULL, "the daemon has no capabilities on this host", "PrivateUsers=no" },
	{ "PrivatePIDs", yes, NULL, "hooks cannot see which processes use a device",
	  "PrivatePIDs=no" },
	{ "PrivateNetwork", yes, NULL, "hooks cannot see which interfaces the host needs",
	  "PrivateNetwork=no" },
	{ "ProcSubset", pid, NULL, "hooks cannot see the host's mounts and swap",
	  "ProcSubset=all" },
	{ "NoNewPrivileges", yes, NULL, "QEMU cannot change to its own AppArmor or SELinux domain",
	  "NoNewPrivileges=no" },
	{ "User", NULL, root, "a daemon that does not run as root cannot bind "
			       "devices", "User=root" },
};

static bool is_bad(const struct harm *harm, const char *value)
{
	return harm->bad ? is_one_of(harm->bad, value) : !is_one_of(harm->good, value);
}

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
 * CapabilityBoundingSet=: lines add capabilities, "~" removes them, and an empty one removes
 * all; a set that begins with "~" begins with all.
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
	const char *path;	/* the last file that has one, or NULL */
	bool is_spread;
};

static void add_line(struct finding *found, const struct hd_unit_line *line, const char *why,
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

/* The administrator's own setting is removed where it is: a new drop-in might be read first. */
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
		if (line && is_bad(&harms[i], line->value))
			add_line(found, line, harms[i].why, harms[i].mend);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(needed); i++)
		if (!has_capability(setup, needed[i], &line))
			add_line(found, line,
				 hd_printf(found->subject->arena, "the daemon lacks %s",
					   needed[i]),
				 hd_printf(found->subject->arena, "CapabilityBoundingSet=%s",
					   needed[i]));
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
