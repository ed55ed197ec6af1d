/* SPDX-License-Identifier: GPL-2.0-or-later */
/* audit.h - what does a denial of AppArmor or SELinux say in words? */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/pattern.h"

/*
 * Adds what the denial in LINE names, each if FIELDS does not have it yet: "program" (comm=), "path" if it is
 * absolute, "profile" (AppArmor's), and "denial", a clause: "qemu-kvm (svirt_t) may not read
 * gpu.rom (user_home_t)".  LINE is a record of the kernel's audit, as dmesg and ausearch print it, a line of
 * aa-log, or the headline of setroubleshoot.  A line that is none of these has only "denial", in general words.
 */
void hd_audit_fields(struct hd_fields *fields, const char *line, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* Does LINE, of LENGTH bytes, begin the record of a denial and not end it? */
bool hd_audit_is_cut(const char *line, size_t length) _nonnull_(1);

/* Does LINE, of LENGTH bytes, have the end of such a record? */
bool hd_audit_is_end(const char *line, size_t length) _nonnull_(1);
