/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gen_checks.c - prints hostdevctl-checks(7), as scdoc source, from hd_checks[].
 *
 * Built and run at build time and never installed: the page cannot drift from the code.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "check/remedy_commands.h"

static const char head[] =
	"hostdevctl-checks(7) \"hostdevctl\"\n"
	"\n"
	"# NAME\n"
	"\n"
	"hostdevctl-checks - what is checked before a guest gets a host device\n"
	"\n"
	"# DESCRIPTION\n"
	"\n"
	"*hostdevctl-hook*(8) and *hostdevctl check* run the following checks. The id of a check "
	"says what is true when it passes. A failed *error* refuses the start of the guest before "
	"anything is changed; so does an error whose state cannot be read. A *warning* is "
	"written to the system log, and a *note* is only shown by commands such as *hostdevctl check*; "
	"the note of *migration-possible* is also written to the log. Some checks are milder or "
	"stricter in some cases than their heading; their text says when.\n"
	"\n"
	"Checks of functions look at each PCI function that the guest asks for. Those marked "
	"\"and companions\" also look at the other functions of the IOMMU group that leave their "
	"drivers with it. A finding is printed with the evidence and with a remedy for this host: "
	"its distribution, boot loader and processor. The remedies below are the general ones.\n"
	"\n"
	"# ALLOWING A FAILURE\n"
	"\n"
	"The administrator can accept what some checks find. An error then becomes a warning, a "
	"warning becomes a note, and the finding and its author are written to the system log. The "
	"heading of a check says how it can be allowed. \"By metadata\" means in the guest's "
	"metadata, for each of its starts:\n"
	"\n"
	"```\n"
	"<metadata>\n"
	"  <hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>\n"
	"    <hd:allow check='storage-free' subject='0000:01:00.0'/>\n"
	"  </hd:hostdevctl>\n"
	"</metadata>\n"
	"```\n"
	"\n"
	"\"Allowed by --allow\" means on the command line, for one run: *hostdevctl detach --allow "
	"network-free=0000:03:00.0 0000:03:00.0*. The subject is the one that the finding names.\n"
	"\n"
	"Metadata applies to each start, when nobody watches. So it only allows a dormant use: data "
	"that nothing uses now but somebody may miss, or memory that a framebuffer keeps although "
	"nothing draws. A device that is in use now, or may be, can be allowed only on the command "
	"line. A disk in use cannot be allowed by either, whether the kernel denies an exclusive "
	"claim on it or a table shows a use (a mount, a loop device, an export, a process that has "
	"it open), but only by *hostdevctl detach --i-know-this-destroys-data DEVICE*, see "
	"*hostdevctl*(1). A check whose heading mentions neither cannot be allowed: QEMU or the "
	"kernel would refuse the device anyway, or another guest would be harmed.\n"
	"\n";

static const char tail[] =
	"# SEE ALSO\n"
	"\n"
	"*hostdevctl*(1), *hostdevctl.conf*(5), *hostdevctl-hook*(8)\n";

static const struct section {
	unsigned scopes;	/* a bit for each */
	const char *title;
} sections[] = {
	{ 1u << HD_SCOPE_HOST, "THE HOST" },
	{ 1u << HD_SCOPE_DEVICE | 1u << HD_SCOPE_TAKEN, "EACH FUNCTION" },
	{ 1u << HD_SCOPE_USB | 1u << HD_SCOPE_SERIAL | 1u << HD_SCOPE_MDEV |
	  1u << HD_SCOPE_SCSI,
	  "USB, SERIAL, MEDIATED AND SCSI DEVICES" },
	{ 1u << HD_SCOPE_GUEST, "THE GUEST" },
	{ 1u << HD_SCOPE_ENTRY | 1u << HD_SCOPE_OFFERED, "WHAT A SCHEDULER OFFERS" },
	{ 1u << HD_SCOPE_OVERRIDE, "WHAT IS ALLOWED" },
};

/* Text for scdoc: characters that are markup to it are escaped. */
static void put(const char *text)
{
	for (const char *at = text; *at; at++) {
		if (strchr("_*\\`[]|#~<>.", *at))
			putchar('\\');
		putchar(*at);
	}
}

static const char *const allowances[] = {
	[HD_ALLOW_NEVER] = "",
	[HD_ALLOW_COMMAND_LINE] = "; allowed by --allow",
	[HD_ALLOW_METADATA] = "; allowed by --allow, and a dormant use by metadata",
};
_Static_assert(sizeof(allowances) / sizeof(allowances[0]) == HD_ALLOWANCE_MAX,
	       "a text for each allowance");

static void put_check(const struct hd_check *check, struct hd_arena *arena)
{
	printf("*%s* (%s%s%s)\n\t", check->id, hd_severity_name(check->severity),
	       check->scope == HD_SCOPE_TAKEN ? "; and companions" : "",
	       allowances[check->allow]);
	put("True when ");
	put(check->title);
	put(".");
	printf("\n\n\t");
	put(check->doc);
	printf("\n\n\tRemedy: ");
	put(hd_remedy_shown(arena, check->remedy));
	printf(".\n\n");
}

int main(void)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { NULL };

	fputs(head, stdout);
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		printf("# %s\n\n", sections[i].title);
		for (const struct hd_check *const *check = hd_checks; *check; check++)
			if (sections[i].scopes & 1u << (*check)->scope)
				put_check(*check, &arena);
	}
	fputs(tail, stdout);
	return fflush(stdout) || ferror(stdout);
}
