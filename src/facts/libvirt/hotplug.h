/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hotplug.h - what came to running guests without us, and what nobody has any more.
 *
 * Filled from libvirt's files and our journals (act/hotplug_facts.h).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A function that a running guest was given after its start. */
struct hd_hotplugged {
	const char *name;	/* "0000:01:00.0" */
	const char *guest;	/* printable */
	const char *shares;	/* "0000:01:00.1 on nvme": of its group on a host driver; or NULL */
	bool is_managed;
};

/* A function on a VFIO driver. */
struct hd_unowned {
	const char *name, *driver;
};

struct hd_hotplug {
	struct hd_hotplugged *given;
	size_t n_given;
	/* Those that no journal names, that no guest has or is defined with, and that were
	   bound by name (driver_override), but not by a file that is read at boot. */
	struct hd_unowned *unowned;
	size_t n_unowned;
	const char *unreadable;	/* why it may not be all, or NULL */
};
