/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_svg.c - a map as SVG 1.1.
 *
 * libxml2's writer escapes every text; words say everything that colours say.
 */
#include "config.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#include "check/machine_part.h"
#include "report/map.h"

#define MAX_TITLE 400		/* characters of a line of a tooltip */
#define LEGEND_LINE 18
#define LEGEND_WIDTH 230

static const char style[] =
	"text{font:11px monospace;fill:#1b1f24}"
	".head{font-weight:bold}.dim{fill:#57606a}.right{text-anchor:end}"
	"rect{stroke:#8c959f;fill:#fff}"
	"rect.node{fill:#f6f8fa}rect.complex{fill:#eef1f4}"
	"rect.group{fill:#fff8e1;stroke-dasharray:4 2}rect.machine{fill:#e4e6e9}"
	"rect.host-driver{fill:#dbe9ff}rect.vfio{fill:#d3f3d8}rect.no-driver{fill:#fff}"
	"rect.good{stroke:#1a7f37;stroke-width:2}rect.needs{stroke:#bf8700;stroke-width:2}"
	"rect.never{stroke:#cf222e;stroke-width:2}";

static const char *const level_classes[HD_MAP_LEVEL_MAX] = {
	[HD_MAP_HOST] = "host", [HD_MAP_NODE] = "node", [HD_MAP_COMPLEX] = "complex",
	[HD_MAP_PORT] = "port", [HD_MAP_GROUP] = "group", [HD_MAP_DEVICE] = "device",
};

static const char *const mark_classes[HD_MAP_MARK_MAX] = {
	[HD_MAP_STAYS] = "", [HD_MAP_GOOD] = " good", [HD_MAP_NEEDS] = " needs",
	[HD_MAP_NEVER] = " never",
};

/* Groups alone promise nothing: they do not show who uses a device. */
static const struct {
	const char *class, *text, *judged;
} legend[] = {
	{ "vfio", "on a VFIO driver", NULL },
	{ "host-driver", "on a host driver", NULL },
	{ "no-driver", "without a driver", NULL },
	{ "machine", "bridge or hub", NULL },
	{ "no-driver good", "alone in its group", "ready to go to a guest" },
	{ "no-driver needs", "shares its group", "needs something first" },
	{ "no-driver never", "without an IOMMU group", "never goes to a guest" },
};

struct drawing {
	xmlTextWriterPtr writer;
	struct hd_arena *arena;
	bool is_judged, is_bad;
};

static void check(struct drawing *d, int rc)
{
	d->is_bad = d->is_bad || rc < 0;
}

static void start_element(struct drawing *d, const char *name)
{
	check(d, xmlTextWriterStartElement(d->writer, BAD_CAST name));
}

static void end(struct drawing *d)
{
	check(d, xmlTextWriterEndElement(d->writer));
}

static void attr(struct drawing *d, const char *name, const char *value)
{
	check(d, xmlTextWriterWriteAttribute(d->writer, BAD_CAST name, BAD_CAST value));
}

static void number(struct drawing *d, const char *name, int value)
{
	attr(d, name, hd_printf(d->arena, "%d", value));
}

static void element(struct drawing *d, const char *name, const char *text)
{
	check(d, xmlTextWriterWriteElement(d->writer, BAD_CAST name, BAD_CAST text));
}

static void rectangle(struct drawing *d, const char *class, int x, int y, int width, int height)
{
	start_element(d, "rect");
	attr(d, "class", class);
	number(d, "x", x);
	number(d, "y", y);
	number(d, "width", width);
	number(d, "height", height);
	number(d, "rx", 3);
	end(d);
}

static void write_text(struct drawing *d, const char *class, int x, int y, const char *text)
{
	start_element(d, "text");
	if (*class)
		attr(d, "class", class);
	number(d, "x", x);
	number(d, "y", y);
	check(d, xmlTextWriterWriteString(d->writer, BAD_CAST text));
	end(d);
}

/*
 * A line of a box: TEXT to the left, and RIGHT unless it is NULL.  The first line shows
 * TEXT in full, if necessary without RIGHT; the others show RIGHT in full.
 */
static void line(struct drawing *d, const struct hd_map_box *box, int i, const char *class,
		 const char *text, const char *right)
{
	const int y = box->y + HD_MAP_PAD / 2 + (i + 1) * HD_MAP_LINE - 3;
	int room = (box->width - 2 * HD_MAP_PAD) / HD_MAP_CHAR, taken = 0;

	if (right)
		right = hd_map_fit(d->arena, right, HD_MAP_CHARS / 2, &taken);
	if (right && (i || (int)strlen(text) + 1 + taken <= room)) {
		write_text(d, "right dim", box->x + box->width - HD_MAP_PAD, y, right);
		room -= taken + 1;
	}
	write_text(d, class, box->x + HD_MAP_PAD, y, hd_map_fit(d->arena, text, room, NULL));
}

static const char *fill_class(const struct hd_item *item)
{
	if (hd_part_of_item(item))
		return "machine";
	if (!item->driver)
		return "no-driver";
	return item->driver_kind == HD_DRIVER_VFIO ? "vfio" : "host-driver";
}

static const char *group_text(struct drawing *d, const struct hd_item *item)
{
	return item->group == HD_NO_GROUP ? NULL :
	       hd_printf(d->arena, "group %d", item->group);
}

/* All that is known, for a pointer that rests on the device. */
static void tooltip(struct drawing *d, const struct hd_map_box *box)
{
	const struct hd_item *item = box->item;
	const char *const lines[] = {
		item->address, box->device->class, box->device->name,
		item->driver ? hd_printf(d->arena, "driver %s", item->driver) : "no driver",
		group_text(d, item),
		item->numa_node >= 0 ? hd_printf(d->arena, "NUMA node %d", item->numa_node) : NULL,
		box->device->verdict, box->device->guests,
	};
	const char *text = "";

	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (lines[i])
			text = hd_printf(d->arena, "%s%s%s", text, *text ? "\n" : "",
					 hd_map_fit(d->arena, lines[i], MAX_TITLE, NULL));
	element(d, "title", text);
}

/* Two lines: its place and driver; of a larger one the third says what it is. */
static void device(struct drawing *d, const struct hd_map_box *box)
{
	const struct hd_item *item = box->item;
	const char *driver = item->driver ? item->driver : "no driver";
	const char *guests = box->device->guests;

	attr(d, "data-address", hd_map_fit(d->arena, item->address, MAX_TITLE, NULL));
	tooltip(d, box);
	rectangle(d, hd_printf(d->arena, "%s%s", fill_class(item),
			       mark_classes[box->device->mark]),
		  box->x, box->y, box->width, box->height);
	line(d, box, 0, "head", item->address, group_text(d, item));
	if (item->kind == HD_DEVICE_PCI)
		line(d, box, 1, "", driver, guests);
	else
		line(d, box, 1, "dim", hd_map_describe(d->arena, box), guests ? guests : item->driver);
	if (hd_map_lines(box) > 2)
		line(d, box, 2, "dim", hd_map_describe(d->arena, box), NULL);
}

static void draw_box(struct drawing *d, const struct hd_map_box *box)
{
	start_element(d, "g");
	attr(d, "class", level_classes[box->level]);
	if (box->item) {
		device(d, box);
	} else {
		rectangle(d, level_classes[box->level], box->x, box->y, box->width, box->height);
		line(d, box, 0, "head", box->title, NULL);
	}
	for (const struct hd_map_box *child = box->first; child; child = child->next)
		draw_box(d, child);
	end(d);
}

/* Below the host, in as many COLUMNS as it is wide. */
static void draw_legend(struct drawing *d, const struct hd_map_box *host, int columns)
{
	start_element(d, "g");
	attr(d, "class", "legend");
	for (int i = 0; i < (int)HD_ARRAY_SIZE(legend); i++) {
		int x = i % columns * LEGEND_WIDTH + HD_MAP_PAD;
		int y = host->height + i / columns * LEGEND_LINE + HD_MAP_GAP;

		rectangle(d, legend[i].class, x, y, 2 * HD_MAP_LINE, HD_MAP_LINE - 2);
		write_text(d, "", x + 2 * HD_MAP_LINE + HD_MAP_PAD, y + HD_MAP_LINE - 4,
			   d->is_judged && legend[i].judged ? legend[i].judged : legend[i].text);
	}
	end(d);
}

static void draw_all(struct drawing *d, const struct hd_map_box *host)
{
	int columns = host->width / LEGEND_WIDTH ? host->width / LEGEND_WIDTH : 1;
	int rows = ((int)HD_ARRAY_SIZE(legend) + columns - 1) / columns;
	int height = host->height + rows * LEGEND_LINE + 2 * HD_MAP_GAP;

	check(d, xmlTextWriterSetIndent(d->writer, 1));
	check(d, xmlTextWriterStartDocument(d->writer, NULL, "UTF-8", NULL));
	start_element(d, "svg");
	attr(d, "xmlns", "http://www.w3.org/2000/svg");
	number(d, "width", host->width);
	number(d, "height", height);
	attr(d, "viewBox", hd_printf(d->arena, "0 0 %d %d", host->width, height));
	element(d, "title", "hostdevctl map");
	element(d, "style", style);
	rectangle(d, "host", 0, 0, host->width, height);
	draw_box(d, host);
	draw_legend(d, host, columns);
	end(d);
	check(d, xmlTextWriterEndDocument(d->writer));
}

static void free_buffer(xmlBufferPtr *buffer)
{
	xmlBufferFree(*buffer);
}

int hd_map_svg(FILE *out, struct hd_arena *arena, const struct hd_map_box *host, bool is_judged)
{
	_cleanup_(free_buffer) xmlBufferPtr buffer = xmlBufferCreate();
	struct drawing d = { .arena = arena, .is_judged = is_judged };

	if (buffer)
		d.writer = xmlNewTextWriterMemory(buffer, 0);
	if (!d.writer)
		return -ENOMEM;
	draw_all(&d, host);
	xmlFreeTextWriter(d.writer);
	if (d.is_bad)
		return -ENOMEM;
	return fputs((const char *)xmlBufferContent(buffer), out) < 0 ? -EIO : 0;
}
