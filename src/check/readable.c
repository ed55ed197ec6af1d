/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * readable.c - could everything be read that the other checks need?
 *
 * Some readers of facts treat an error like a missing file.  This reports all errors.
 */
#include "config.h"

#include "check/checks.h"

#define REMEDY \
	"find out why it cannot be read: `cat` it as root, then `dmesg` (a failing device), the " \
	"audit log (SELinux, AppArmor) and `ulimit -n` (too many open files); then try again"

static enum hd_verdict tell_unread(const struct hd_subject *s, struct hd_result *ret,
				   const char *unread)
{
	if (!unread)
		return HD_SKIP;
	return hd_tell(s, ret, HD_UNKNOWN, "%s: what it would show counts as a use", unread);
}

static enum hd_verdict is_host_read(const struct hd_subject *s, struct hd_result *ret)
{
	return tell_unread(s, ret, s->facts->unread);
}

/* What is read of the function, its IOMMU group and its physical function. */
static enum hd_verdict is_function_read(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_facts *pci = s->pci;
	const struct hd_iommu_group *group = hd_facts_group(s->facts, pci->fn.group);
	const char *unread = pci->unread;

	if (!unread && group)
		unread = group->unread;
	if (!unread && pci->parent)
		unread = pci->parent->unread;
	return tell_unread(s, ret, unread);
}

const struct hd_check hd_check_host_readable = {
	.id = "host-readable",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "all files of the host that show who uses a device could be read",
	.remedy = REMEDY,
	.doc = "A file that exists but cannot be read (EIO, EACCES for root, too many open "
	       "files) may show a use that no other check sees: unknown counts as used. "
	       "This check is reported only if it fails; it names the file. Source: every "
	       "file that decides about harm and does not belong to a single function "
	       "(guests, displays, USB devices, pools).",
	.run = is_host_read,
};

const struct hd_check hd_check_function_readable = {
	.id = "function-readable",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "all files that show who uses the function could be read",
	.remedy = REMEDY,
	.doc = "Like host-readable, for the function itself, its disks, interfaces and "
	       "nodes, its IOMMU group and its physical function. Source: every file below "
	       "the function's directory in sysfs, and the tables that name what is there.",
	.allow = HD_ALLOW_COMMAND_LINE,
	.is_last_look = true,
	.run = is_function_read,
};
