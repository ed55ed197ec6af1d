/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcilib.c - the only user of libpci: names of vendors, devices and classes.
 *
 * libpci's error callback must not return, and its default ends the process.
 * Ours jumps back into the call, which then answers NULL; the tables are
 * dropped, since nobody knows what state they are in.
 */
#include "config.h"

#include <pci/pci.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include "facts/pci/pciids.h"
#include "facts/pci/pcilib.h"

static struct pci_access *names;
static struct hd_pciids ids;	/* the same list, if it is a plain file */
static bool is_broken;
static jmp_buf on_error;

static void silent(char *fmt, ...)
{
	(void)fmt;
}

static void _noreturn_ jump_back(char *fmt, ...)
{
	(void)fmt;
	longjmp(on_error, 1);
}

/* No pci_init(): it would look for the host's devices, and only the names are wanted. */
static bool open_names(void)
{
	if (names || is_broken)
		return names;
	names = pci_alloc();
	if (!names)
		return false;
	names->error = jump_back;
	names->warning = silent;
	names->debug = silent;
	hd_pciids_open(&ids, names->id_file_name);
	return true;
}

static const char *look_up(struct hd_arena *arena, int what, int first, int second)
{
	char buf[256];
	const char *found;

	if (setjmp(on_error)) {
		names = NULL;
		is_broken = true;
		return NULL;
	}
	if (!open_names())
		return NULL;
	found = pci_lookup_name(names, buf, sizeof(buf), what | PCI_LOOKUP_NO_NUMBERS, first,
				second);
	return found && *found ? hd_strdup(arena, found) : NULL;
}

/* WHAT is for libpci, which also asks udev and other sources, if our list has no name. */
static const char *name_of(struct hd_arena *arena, unsigned id, int what, int first)
{
	const char *name = open_names() ? hd_pciids_name(&ids, arena, id) : NULL;

	return name ? name : look_up(arena, what, first, 0);
}

static const char *part_of(struct hd_arena *arena, unsigned id, unsigned part, int what,
			   int first, int second)
{
	const char *name = open_names() ? hd_pciids_part(&ids, arena, id, part) : NULL;

	return name ? name : look_up(arena, what, first, second);
}

const char *hd_pcilib_device_name(struct hd_arena *arena, unsigned vendor, unsigned device)
{
	const char *maker = name_of(arena, vendor, PCI_LOOKUP_VENDOR, (int)vendor);
	const char *model = part_of(arena, vendor, device, PCI_LOOKUP_DEVICE, (int)vendor,
				    (int)device);

	if (!maker)
		return NULL;
	return model ? hd_printf(arena, "%s %s", maker, model) :
	       hd_printf(arena, "%s Device %04x", maker, device);
}

/* libpci knows classes without their programming interface. */
const char *hd_pcilib_class_name(struct hd_arena *arena, unsigned class)
{
	return part_of(arena, class >> 16 | HD_PCIIDS_CLASS, class >> 8 & 0xff,
		       PCI_LOOKUP_CLASS, (int)(class >> 8), 0);
}

void hd_pcilib_done(void)
{
	if (names)
		pci_cleanup(names);
	hd_pciids_close(&ids);
	names = NULL;
	is_broken = false;
}
