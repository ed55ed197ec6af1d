/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_display.c - a card that the host shows or computes something with stays. */
#include "config.h"

#include "tests/support/checkcase.h"

#define FREE &hd_check_display_free
#define LAST &hd_check_last_gpu

static struct hd_display_use uses[4];

static void card(struct check_case *c)
{
	struct hd_pci_fn *fn = &c->fns[0].fn;

	fn->class = 0x030000;
	fn->driver = "i915";
}

static struct hd_display_use *use(struct check_case *c, const char *what, const char *command)
{
	struct hd_display *display = &c->fns[0].display;

	card(c);
	display->uses = uses;
	uses[display->n_uses] = (struct hd_display_use){
		.what = what, .source = "run/x", .command = command,
	};
	return &uses[display->n_uses++];
}

static void session(struct check_case *c)
{
	use(c, "card0 -> seat0", "systemctl stop gdm.service");
}

/* Twice the same manager, then the console. */
static void desktop(struct check_case *c)
{
	session(c);
	session(c);
	use(c, "fb0 -> vtcon1", "echo 0 > /sys/class/vtconsole/vtcon1/bind");
}

/* A command could not be undone. */
static void consoles_for_good(struct check_case *c)
{
	session(c);
	use(c, "fb0 -> vtcon1", NULL)->advice = "give the card to vfio-pci at boot";
}

static void boot_screen(struct check_case *c)
{
	use(c, "the boot screen", NULL)->parameter = "video=efifb:off";
}

static void region_left(struct check_case *c)
{
	boot_screen(c);
	uses[0].leaves_region = true;
}

static void region_left_on_old(struct check_case *c)
{
	region_left(c);
	c->facts.host.kernel_major = 5;
}

static void simpledrm(struct check_case *c)
{
	region_left(c);
	uses[0].command = "echo simple-framebuffer.0";
}

static void simpledrm_on_old(struct check_case *c)
{
	simpledrm(c);
	c->facts.host.kernel_major = 5;
}

static void on_vfio(struct check_case *c)
{
	boot_screen(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void vga_text(struct check_case *c)
{
	use(c, "vtcon0", NULL)->is_harmless = true;
}

static void vga_text_and_session(struct check_case *c)
{
	vga_text(c);
	session(c);
}

static void unknown(struct check_case *c)
{
	card(c);
	c->fns[0].display.unknown = "proc/iomem: Permission denied";
}

static void refs(struct check_case *c)
{
	card(c);
	c->fns[0].display.refs = (struct hd_display_refs){
		.module = "ast", .total = 3, .explained = 1, .unexplained = 2,
	};
}

static void explained_refs(struct check_case *c)
{
	refs(c);
	c->fns[0].display.refs.unexplained = 0;
}

static void owned_refs(struct check_case *c)
{
	refs(c);
	c->fns[0].display.refs.owners = "perl (pid 42)";
	c->fns[0].display.refs.command = "kill 42";
}

static void second_card(struct check_case *c)
{
	card(c);
	c->facts.other_display = "0000:00:02.0";
}

static void controller_3d(struct check_case *c)
{
	card(c);
	c->fns[0].fn.class = 0x030200;
}

static void given(struct check_case *c)
{
	card(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static const struct check_row rows[] = {
	{ "no display", FREE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "unused", FREE, card, HD_PASS, 0, NULL, NULL },
	{ "session", FREE, session, HD_FAIL, HD_ERROR, "card0 -> seat0 (run/x)",
	  "`systemctl stop gdm.service`" },
	{ "all uses are reported", FREE, desktop, HD_FAIL, HD_ERROR,
	  "card0 -> seat0 (run/x); card0 -> seat0 (run/x); fb0 -> vtcon1 (run/x)",
	  "`systemctl stop gdm.service`; `echo 0 > /sys/class/vtconsole/vtcon1/bind`" },
	{ "what could not be undone is not offered", FREE, consoles_for_good, HD_FAIL, HD_ERROR, "fb0 -> vtcon1",
	  "`systemctl stop gdm.service`; give the card to vfio-pci at boot" },
	{ "a reboot", FREE, boot_screen, HD_FAIL, HD_ERROR, "the boot screen",
	  "video=efifb:off" },
	{ "memory that nobody draws in", FREE, region_left, HD_PASS, 0, NULL, NULL },
	{ "the same before Linux 6.0", FREE, region_left_on_old, HD_FAIL, HD_ERROR, NULL,
	  "video=efifb:off" },
	{ "simpledrm", FREE, simpledrm, HD_FAIL, HD_ERROR, NULL,
	  "`echo simple-framebuffer.0`" },
	{ "simpledrm before Linux 6.0", FREE, simpledrm_on_old, HD_FAIL, HD_ERROR, NULL,
	  "video=efifb:off" },
	{ "on VFIO", FREE, on_vfio, HD_FAIL, HD_ERROR, "the boot screen", "video=efifb:off" },
	{ "VGA text mode", FREE, vga_text, HD_FAIL, HD_WARNING, "vtcon0", NULL },
	{ "VGA text mode beside a use", FREE, vga_text_and_session, HD_FAIL, HD_ERROR,
	  "card0", "gdm" },
	{ "unknown", FREE, unknown, HD_UNKNOWN, HD_ERROR, "proc/iomem: Permission denied", NULL },
	{ "references", FREE, refs, HD_FAIL, HD_ERROR,
	  "sys/module/ast/refcnt is 3, 2 more than", "fuser" },
	{ "references with a name", FREE, owned_refs, HD_FAIL, HD_ERROR,
	  "held by perl (pid 42)", "`kill 42`" },
	{ "references that are explained", FREE, explained_refs, HD_PASS, 0, NULL, NULL },

	{ "no display", LAST, NULL, HD_SKIP, 0, NULL, NULL },
	{ "the last", LAST, card, HD_FAIL, HD_WARNING, "no other graphics card", "ssh" },
	{ "a second one", LAST, second_card, HD_PASS, 0, "0000:00:02.0 stays", NULL },
	{ "a 3D controller", LAST, controller_3d, HD_SKIP, 0, NULL, NULL },
	{ "given already", LAST, given, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
