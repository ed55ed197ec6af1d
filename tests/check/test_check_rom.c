/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_rom.c - ROM files that QEMU finds, and those that it does not. */
#include "config.h"

#include "tests/support/checkcase.h"

#define ROM &hd_check_rom_file
#define PATH "/usr/share/vgabios/card.rom"

static void display(struct check_case *c) { c->fns[0].fn.class = 0x030000; }
static void boot_display(struct check_case *c)
{
	display(c);
	c->fns[0].fn.is_boot_vga = true;
}
static void named(struct check_case *c)
{
	boot_display(c);
	c->hostdevs[0].rom_file = PATH;
	c->roms[0] = (struct hd_rom_file){ PATH, NULL, true };
	c->facts.n_roms = 1;
}
static void missing(struct check_case *c)
{
	named(c);
	c->roms[0].problem = "cannot be found: No such file or directory";
}
static void unsure(struct check_case *c)
{
	named(c);
	c->roms[0].problem = "(mode 0640) cannot be read by libvirt-qemu";
	c->roms[0].is_sure = false;
}
static void unread(struct check_case *c)
{
	named(c);
	c->facts.n_roms = 0;
}
static void disabled(struct check_case *c)
{
	missing(c);
	c->hostdevs[0].rom_disabled = true;
}

static const struct check_row rows[] = {
	{ "none needed", ROM, NULL, HD_SKIP, 0, NULL, NULL },
	{ "display", ROM, display, HD_PASS, 0, NULL, NULL },
	{ "named", ROM, named, HD_PASS, 0, PATH, NULL },
	{ "missing", ROM, missing, HD_FAIL, HD_ERROR, PATH " cannot be found", "mode 0644" },
	{ "unsure", ROM, unsure, HD_FAIL, HD_WARNING, "0640", NULL },
	{ "not looked at", ROM, unread, HD_UNKNOWN, HD_WARNING, PATH, NULL },
	{ "boot display", ROM, boot_display, HD_FAIL, HD_WARNING, "boot_vga reads 1", "<rom file=" },
	{ "disabled", ROM, disabled, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
