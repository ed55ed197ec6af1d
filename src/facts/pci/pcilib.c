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

#include "facts/pci/pcilib.h"

static struct pci_access *names;
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

const char *hd_pcilib_vendor_name(struct hd_arena *arena, unsigned vendor)
{
	return look_up(arena, PCI_LOOKUP_VENDOR, (int)vendor, 0);
}

const char *hd_pcilib_device_name(struct hd_arena *arena, unsigned vendor, unsigned device)
{
	const char *maker = hd_pcilib_vendor_name(arena, vendor);
	const char *model = look_up(arena, PCI_LOOKUP_DEVICE, (int)vendor, (int)device);

	if (!maker)
		return NULL;
	return model ? hd_printf(arena, "%s %s", maker, model) :
	       hd_printf(arena, "%s Device %04x", maker, device);
}

/* libpci knows classes without their programming interface. */
const char *hd_pcilib_class_name(struct hd_arena *arena, unsigned class)
{
	return look_up(arena, PCI_LOOKUP_CLASS, (int)(class >> 8), 0);
}

void hd_pcilib_done(void)
{
	if (names)
		pci_cleanup(names);
	names = NULL;
	is_broken = false;
}
