/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display_memory.c - is the firmware's picture still in the card's memory?
 *
 * The framebuffer that the firmware set up is driven by a platform device
 * (Linux drivers/firmware/sysfb.c), not by the card's driver.  proc/iomem shows
 * what it reserved below the card's BAR; without CAP_SYS_ADMIN all addresses
 * there are zero and only the nesting tells.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"
#include "base/lines.h"

#define PLATFORM "sys/bus/platform/drivers"
#define BARS 6

/* What drivers call their memory, the platform device behind it, how to boot without. */
static const struct firmware_fb {
	const char *name, *device, *parameter;
} firmware_fbs[] = {
	{ "BOOTFB", "simple-framebuffer", "initcall_blacklist=sysfb_init" },
	{ "simple", "simple-framebuffer", "initcall_blacklist=sysfb_init" },
	{ "efi", "efi-framebuffer", "video=efifb:off" },
	{ "vesa", "vesa-framebuffer", "video=vesafb:off" },
};

struct span {
	uint64_t start, end;
};

struct memory_scan {
	const char *name;		/* of the function */
	struct span bars[BARS];
	size_t n_bars;
	size_t depth;			/* blanks before the line of its BAR that we are in */
	bool is_inside;
	bool has_firmware;		/* any firmware framebuffer in the whole file */
	bool is_masked;			/* addresses are zero */
	const struct firmware_fb *ours;
	char line[64];			/* what was found, without its addresses */
};

/* "efifb", "simpledrm", "vesa-framebuffer.0": but not "efi runtime services". */
static const struct firmware_fb *find_firmware(const char *name)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(firmware_fbs); i++) {
		const char *rest = name + strlen(firmware_fbs[i].name);

		if (!hd_text_starts_with(name, firmware_fbs[i].name))
			continue;
		if (!*rest || !strcmp(rest, "fb") || !strcmp(rest, "drm") ||
		    hd_text_starts_with(rest, "-framebuffer"))
			return &firmware_fbs[i];
	}
	return NULL;
}

/* "START-END : NAME" after its blanks; the name, or NULL. */
static const char *parse_line(const char *line, struct span *ret)
{
	const char *name = strstr(line, " : ");
	char *end;

	ret->start = strtoull(line, &end, 16);
	if (!name || *end != '-')
		return NULL;
	ret->end = strtoull(end + 1, NULL, 16);
	return name + strlen(" : ");
}

static bool overlaps(const struct memory_scan *scan, const struct span *span)
{
	for (size_t i = 0; i < scan->n_bars; i++)
		if (span->start <= scan->bars[i].end && span->end >= scan->bars[i].start)
			return true;
	return false;
}

static bool look_at(void *data, const char *line)
{
	struct memory_scan *scan = data;
	size_t depth = strspn(line, " ");
	const struct firmware_fb *fb;
	struct span span;
	const char *name = parse_line(line + depth, &span);

	if (!name)
		return true;
	if (scan->is_inside && depth <= scan->depth)
		scan->is_inside = false;
	if (!strcmp(name, scan->name)) {
		scan->is_inside = true;
		scan->depth = depth;
	}
	fb = find_firmware(name);
	if (!fb)
		return true;
	scan->has_firmware = true;
	scan->is_masked = !span.end;
	if (scan->is_inside || (!scan->is_masked && overlaps(scan, &span))) {
		scan->ours = fb;
		(void)snprintf(scan->line, sizeof(scan->line), "%s", name);
	}
	return !scan->ours;
}

/* The memory BARs, from "resource": lines "start end flags". */
static void read_bars(struct hd_display_scan *scan, struct memory_scan *ret)
{
	const uint64_t memory = 0x200; /* IORESOURCE_MEM, Linux include/linux/ioport.h */
	const char *text, *line;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "%s/resource", scan->fn->path) < 0)
		return;
	for (int i = 0; i < BARS && (line = hd_text_next_line(scan->arena, &text)); i++) {
		struct span *bar = &ret->bars[ret->n_bars];
		char *end;

		bar->start = strtoull(line, &end, 16);
		bar->end = strtoull(end, &end, 16);
		if (bar->end && (strtoull(end, NULL, 16) & memory))
			ret->n_bars++;
	}
}

/* "efi-framebuffer.0", the platform device that its driver holds now, or NULL. */
static const char *bound_device(struct hd_display_scan *scan, const char *driver)
{
	const char *start = hd_printf(scan->arena, "%s.", driver);
	const char *const *names;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &names, PLATFORM "/%s", driver);

	for (ssize_t i = 0; i < n; i++)
		if (hd_text_is_numbered(names[i], start))
			return names[i];
	return NULL;
}

static void add_framebuffer(struct hd_display_scan *scan, const struct firmware_fb *fb,
			    const char *what, const char *source)
{
	const char *device = bound_device(scan, fb->device);
	struct hd_display_use *use = hd_display_add(scan);

	use->kind = HD_USE_FIRMWARE;
	use->target = device;
	use->by = device ? fb->device : NULL;
	use->what = device ? hd_printf(scan->arena, "%s (%s)", what, device) : what;
	use->source = source;
	if (device)
		use->command = hd_printf(scan->arena, "echo %s > /" PLATFORM "/%s/unbind",
					 device, fb->device);
	use->parameter = fb->parameter;
	/* The platform device itself has the region, with or without a driver (sysfb_simplefb.c). */
	use->leaves_region = !strcmp(fb->device, "simple-framebuffer");
}

/*
 * A driver that could not reserve the memory runs without (efifb.c and vesafb.c
 * only warn): then the picture is on the card that the firmware started.
 */
static void look_at_devices(struct hd_display_scan *scan)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(firmware_fbs); i++) {
		const struct firmware_fb *fb = &firmware_fbs[i];

		if ((i && !strcmp(fb->device, fb[-1].device)) || !bound_device(scan, fb->device))
			continue;
		add_framebuffer(scan, fb, "the boot screen is on the card",
				hd_printf(scan->arena, HD_SYS_PCI "/%s/boot_vga", scan->fn->name));
	}
}

void hd_display_memory_read(struct hd_display_scan *scan)
{
	struct memory_scan memory = { .name = scan->fn->name };
	int rc;

	read_bars(scan, &memory);
	rc = hd_lines_scan(scan->root, look_at, &memory, "proc/iomem");
	if (rc < 0 && rc != -ENOENT) {
		hd_display_unknown(scan, "proc/iomem", rc);
		return;
	}
	if (memory.ours)
		add_framebuffer(scan, memory.ours,
				hd_printf(scan->arena, "the boot screen is in its memory: %s",
					  hd_text_printable(scan->arena, memory.line, HD_DISPLAY_TEXT)),
				"proc/iomem");
	else if (scan->fn->is_boot_vga && (!memory.has_firmware || memory.is_masked))
		look_at_devices(scan);
}
