/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_report.c - everything about one device, for people and for programs. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "report/device_report.h"
#include "report/plan_words.h"
#include "report/report_json.h"

#define LABEL_WIDTH 12

/* "numa_node" is "numa node". */
static void put_label(FILE *out, const char *key)
{
	int width = LABEL_WIDTH - (int)strlen(key);

	(void)fputs("  ", out);
	for (; *key; key++)
		(void)fputc(*key == '_' ? ' ' : *key, out);
	(void)fprintf(out, "%*s", width > 0 ? width : 1, "");
}

/* The lines of a list stand below each other. */
static void put_cells(FILE *out, const struct hd_device_report *device)
{
	for (size_t i = 0; i < device->n_columns; i++) {
		if (!device->cells[i])
			continue;
		put_label(out, device->columns[i].key);
		hd_put_text(out, device->cells[i], "              ");
		(void)fputc('\n', out);
	}
}

static int width_of(const struct hd_neighbours *neighbours, int part)
{
	size_t width = 1;

	for (size_t i = 0; i < neighbours->n; i++) {
		const char *text = neighbours->lines[i][part];

		if (text && strlen(text) > width)
			width = strlen(text);
	}
	return (int)width;
}

static void put_neighbours(FILE *out, const struct hd_neighbours *neighbours)
{
	int address = width_of(neighbours, 0), driver = width_of(neighbours, 1);

	if (!neighbours->n)
		return;
	(void)fprintf(out, "\n%s\n", neighbours->title);
	for (size_t i = 0; i < neighbours->n; i++) {
		const char *const *line = neighbours->lines[i];

		(void)fprintf(out, "  %-*s  %-*s  ", address, line[0], driver,
			      line[1] ? line[1] : "-");
		hd_put_text(out, line[2], NULL);
		(void)fputc('\n', out);
	}
}

void hd_device_text(FILE *out, const struct hd_device_report *device, bool colour)
{
	(void)fprintf(out, "%s  ", device->address);
	hd_put_text(out, device->name, NULL);
	(void)fputs("\n\n", out);
	put_cells(out, device);
	for (size_t i = 0; i < HD_NEIGHBOURS_MAX; i++)
		put_neighbours(out, &device->neighbours[i]);
	if (device->report) {
		(void)fputs("\nChecks\n", out);
		hd_report_text(out, device->report, colour);
	}
	for (size_t i = 0; i < device->n_notes; i++)
		(void)fprintf(out, "\nnote: %s\n", device->notes[i]);
}

static json_t *cells_object(const struct hd_device_report *device)
{
	json_t *object = json_object();

	for (size_t i = 0; i < device->n_columns; i++)
		if (json_object_set_new(object, device->columns[i].key,
					hd_json_cell_value(&device->columns[i],
							   device->cells[i])) < 0)
			hd_json_free(&object);
	return object;
}

static json_t *neighbours_array(const struct hd_neighbours *neighbours)
{
	json_t *array = json_array();

	for (size_t i = 0; i < neighbours->n; i++) {
		const char *const *line = neighbours->lines[i];

		if (json_array_append_new(array, json_pack("{s:o, s:o, s:o}",
							   "address", hd_json_text(line[0]),
							   "driver", hd_json_text(line[1]),
							   "name", hd_json_text(line[2]))) < 0)
			hd_json_free(&array);
	}
	return array;
}

int hd_device_json(FILE *out, const struct hd_device_report *device)
{
	_cleanup_(hd_json_free) json_t *object = json_pack(
		"{s:i, s:o}", "api_level", HD_API_LEVEL, "device", cells_object(device));
	int bad = !object;

	for (size_t i = 0; i < HD_NEIGHBOURS_MAX; i++)
		if (device->neighbours[i].key)
			bad |= json_object_set_new(object, device->neighbours[i].key,
						   neighbours_array(&device->neighbours[i]));
	if (device->report) {
		const struct hd_findings *findings = device->report->findings;

		bad |= json_object_set_new(object, "ready", json_boolean(findings->is_ready));
		bad |= json_object_set_new(object, "findings", hd_json_findings(findings));
	}
	if (device->n_notes)
		bad |= json_object_set_new(object, "notes",
					   hd_json_texts(device->notes, device->n_notes));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
