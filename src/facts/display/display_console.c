/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display_console.c - are the host's text consoles on this card?
 *
 * There is one "frame buffer device" among the console drivers, for all
 * framebuffers; only an ioctl tells which console is on which one
 * (Linux drivers/video/fbdev/core/fbcon.c, con2fb_map).
 */
#include "config.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/text.h"
#include "facts/display/display_internal.h"

#define VTCONSOLE "sys/class/vtconsole"
#define GRAPHICS "sys/class/graphics"
#define CONSOLES 63 /* MAX_NR_CONSOLES, Linux include/uapi/linux/vt.h */

struct framebuffers {
	const char *ours;	/* "fb1", the first of the function, or NULL */
	const char *first;	/* of the host */
	const char *primary;	/* of the card that the firmware started, or NULL */
	size_t n, n_ours;
};

const char *hd_display_bound_console(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *name)
{
	const char *const *entries, *text;
	ssize_t n = hd_sysroot_names(root, arena, &entries, VTCONSOLE);
	uint64_t bind;

	for (ssize_t i = 0; i < n; i++)
		if (hd_text_is_numbered(entries[i], "vtcon") &&
		    hd_sysroot_text(root, arena, &text, VTCONSOLE "/%s/name",
				    entries[i]) > 0 &&
		    strstr(text, name) &&
		    hd_sysroot_u64(root, &bind, VTCONSOLE "/%s/bind", entries[i]) == 0 &&
		    bind)
			return entries[i];
	return NULL;
}

/*
 * Linux drivers/tty/vt/vt.c, vt_bind(): a write to "bind" gives a driver the consoles of one that came with the
 * kernel ("(S)") alone.  Where a driver of a graphics card has replaced VGA's, there is none, and a
 * driver that was unbound gets them with its next framebuffer only.
 */
static bool stay_off(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *entries, *text;
	ssize_t n = hd_sysroot_names(root, arena, &entries, VTCONSOLE);
	bool has_other = false;

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_text_is_numbered(entries[i], "vtcon"))
			continue;
		if (hd_sysroot_text(root, arena, &text, VTCONSOLE "/%s/name", entries[i]) < 0 ||
		    hd_text_starts_with(text, "(S)"))
			return false;
		has_other |= !strstr(text, "frame buffer");
	}
	return has_other;
}

/* The function that a class link leads through: the last address in its path. */
static bool is_on_boot_vga(struct hd_display_scan *scan, const char *link)
{
	const char *device = strstr(link, "/devices/"), *end = strstr(link, "/graphics/");
	uint64_t flag;

	return device && end > device && !strstr(link, "/../devices/../") &&
	       hd_sysroot_u64(scan->root, &flag, "sys%s/boot_vga",
			      hd_strndup(scan->arena, device, (size_t)(end - device))) == 0 &&
	       flag;
}

static void read_framebuffers(struct hd_display_scan *scan, struct framebuffers *ret)
{
	const char *below = hd_printf(scan->arena, "/%s/", scan->fn->name);
	const char *const *names, *link;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &names, GRAPHICS);

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_text_is_numbered(names[i], "fb") ||
		    hd_sysroot_link(scan->root, scan->arena, &link, GRAPHICS "/%s",
				    names[i]) < 0)
			continue;
		ret->n++;
		if (!ret->first)
			ret->first = names[i];
		if (!ret->primary && is_on_boot_vga(scan, link))
			ret->primary = names[i];
		if (!strstr(link, below))
			continue;
		ret->n_ours++;
		if (!ret->ours)
			ret->ours = names[i];
	}
}

/* 1 a console is on framebuffer NAME, 0 none is, -1 the kernel was not asked. */
static int ask_kernel(struct hd_display_scan *scan, const char *name)
{
	_cleanup_(hd_close) int fd = -1;
	uint64_t number;

	if (!scan->root->is_live || !hd_text_u64(name + strlen("fb"), &number))
		return -1;
	fd = hd_sysroot_fd(scan->root, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, "dev/%s",
			   name);
	for (unsigned i = 1; fd >= 0 && i <= CONSOLES; i++) {
		struct fb_con2fbmap map = { .console = i };

		if (ioctl(fd, FBIOGET_CON2FBMAP, &map) < 0)
			return -1;
		if (map.framebuffer == number)
			return 1;
	}
	return fd >= 0 ? 0 : -1;
}

/* Without the kernel's word: where it puts the consoles if nobody says otherwise. */
static bool has_consoles(struct hd_display_scan *scan, const struct framebuffers *fbs)
{
	int answer;

	if (!fbs->ours)
		return false;
	if (fbs->n == fbs->n_ours)
		return true;
	answer = ask_kernel(scan, fbs->ours);
	if (answer >= 0)
		return answer;
	return !strcmp(fbs->ours, fbs->primary ? fbs->primary : fbs->first);
}

static void add_vga_text(struct hd_display_scan *scan)
{
	const char *console = scan->fn->is_boot_vga ?
			      hd_display_bound_console(scan->root, scan->arena, "VGA") : NULL;
	struct hd_display_use *use;

	if (!console || scan->fn->driver_kind == HD_DRIVER_VFIO)
		return;
	use = hd_display_add(scan);
	use->kind = HD_USE_CONSOLE;
	use->what = hd_printf(scan->arena, "%s: the text consoles are in VGA text mode",
			      console);
	use->source = hd_printf(scan->arena, VTCONSOLE "/%s/name", console);
	use->is_harmless = true;
}

static bool has_firmware_picture(const struct hd_display_scan *scan)
{
	for (size_t i = 0; i < scan->ret->n_uses; i++)
		if (scan->ret->uses[i].kind == HD_USE_FIRMWARE && scan->ret->uses[i].target)
			return true;
	return false;
}

void hd_display_consoles_read(struct hd_display_scan *scan)
{
	const char *console = hd_display_bound_console(scan->root, scan->arena, "frame buffer");
	struct framebuffers fbs = { .n = 0 };
	struct hd_display_use *use;

	add_vga_text(scan);
	if (!console)
		return;
	read_framebuffers(scan, &fbs);
	scan->ret->consoles_stay_off = stay_off(scan->root, scan->arena);
	if (!fbs.ours && fbs.n == 1 && has_firmware_picture(scan))
		scan->ret->firmware_console = console;
	if (!has_consoles(scan, &fbs))
		return;
	scan->has_console = true;
	use = hd_display_add(scan);
	use->kind = HD_USE_CONSOLE;
	use->target = console;
	use->what = hd_printf(scan->arena, "%s -> %s: it shows the text consoles", fbs.ours,
			      console);
	use->source = hd_printf(scan->arena, VTCONSOLE "/%s/bind", console);
	if (scan->ret->consoles_stay_off)
		use->advice = hd_printf(scan->arena, "give the card to vfio-pci at boot (`hostdevctl setup bind "
					"%s`): by hand, the text consoles cannot be bound to %s again before its "
					"next framebuffer", scan->fn->name, console);
	else
		use->command = hd_printf(scan->arena, "echo 0 > /" VTCONSOLE "/%s/bind", console);
}
