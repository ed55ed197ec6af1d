/* SPDX-License-Identifier: GPL-2.0-or-later */
/* outlive.h - what a child of ours does first that may outlive its parent. */
#pragma once

/*
 * A session of its own, /dev/null for its standard streams, default signals: a
 * terminal's ^C or the parent's end does not stop it half-way, and it never holds
 * the hook's standard error, which libvirt reads to its end.
 */
void hd_settle(void);
