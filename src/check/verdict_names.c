/* SPDX-License-Identifier: GPL-2.0-or-later */
/* verdict_names.c - the words for scopes, severities and verdicts. */
#include "config.h"

#include "check/check.h"

static const char *const scope_names[] = {
	[HD_SCOPE_HOST] = "host",
	[HD_SCOPE_DEVICE] = "device",
	[HD_SCOPE_TAKEN] = "device",
	[HD_SCOPE_GUEST] = "guest",
	[HD_SCOPE_USB] = "usb",
	[HD_SCOPE_SERIAL] = "serial",
	[HD_SCOPE_MDEV] = "mdev",
	[HD_SCOPE_OVERRIDE] = "override",
};
_Static_assert(HD_ARRAY_SIZE(scope_names) == HD_SCOPE_MAX, "a name for each scope");

static const char *const severity_names[] = {
	[HD_NOTE] = "note",
	[HD_WARNING] = "warning",
	[HD_ERROR] = "error",
};
_Static_assert(HD_ARRAY_SIZE(severity_names) == HD_SEVERITY_MAX,
	       "a name for each severity");

static const char *const verdict_names[] = {
	[HD_PASS] = "pass",
	[HD_FAIL] = "fail",
	[HD_UNKNOWN] = "unknown",
	[HD_SKIP] = "skip",
};
_Static_assert(HD_ARRAY_SIZE(verdict_names) == HD_VERDICT_MAX, "a name for each verdict");

const char *hd_scope_name(enum hd_scope scope)
{
	return scope_names[scope];
}

const char *hd_severity_name(enum hd_severity severity)
{
	return severity_names[severity];
}

const char *hd_verdict_name(enum hd_verdict verdict)
{
	return verdict_names[verdict];
}
