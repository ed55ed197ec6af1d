/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_element_scsi.c - the element of a SCSI device, against libvirt's schema. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/element.h"
#include "tests/support/fakehost.h"
#include "tests/support/schema.h"
#include "tests/support/unit.h"

#define SCHEMA "/usr/share/libvirt/schemas"
#define SCSI(target, more) \
	"<hostdev mode='subsystem' type='scsi'>\n  <source>\n    <adapter name='scsi_host2'/>\n" \
	"    <address bus='0' target='" target "' unit='0'/>\n  </source>\n" more "</hostdev>\n"

static const struct row {
	const char *name;
	const char *devices[3];
	struct hd_element_options options;
	const char *want;	/* NULL: it fails, with */
	const char *note;	/* a part of the notes, or of the error */
	int rc;
} rows[] = {
	{ "the host changes", { "scsi:2:0:1:0" }, { 0 }, SCSI("1", ""), "in scsi_host2 can change", 0 },
	{ "needs a controller", { "2:0:1:0" }, { 0 }, SCSI("1", ""), "model='virtio-scsi'/>", 0 },
	{ "a tape", { "/dev/sg5" }, { 0 }, SCSI("3", ""), "virtio-scsi", 0 },
	{ "to boot from", { "/dev/sdc" }, { .boot = "2" }, SCSI("1", "  <boot order='2'/>\n"), "", 0 },
	{ "one of them twice", { "/dev/sdc", "scsi:2:0:2:0", "2:0:1:0" }, { 0 },
	  SCSI("1", "") SCSI("2", ""), "", 0 },
	{ "by a partition", { "/dev/sdd1" }, { 0 }, SCSI("2", ""),
	  "/dev/sdd1 is a part of /dev/sdd, which is passed as a whole", 0 },
	{ "without a node", { "scsi:2:0:3:1" }, { 0 }, NULL, "modprobe sg", 0 },
	{ "not managed", { "/dev/sdc" }, { .managed = "no" }, NULL,
	  "--managed is not for this kind of device", -EINVAL },
	{ "not SCSI", { "3b:00.0" }, { .as = "scsi" }, NULL, "0000:3b:00.0 is not a SCSI device", -EPERM },
};

static int compose(struct hd_elements *ret, struct fake_host *host, const struct row *row,
		   struct hd_error *err)
{
	struct hd_device_ref refs[HD_ARRAY_SIZE(row->devices)];
	size_t n = 0;

	for (; n < HD_ARRAY_SIZE(row->devices) && row->devices[n]; n++)
		if (hd_resolve(&refs[n], &host->root, &host->arena, row->devices[n], err) < 0)
			fail_msg("%s", err->text);
	return hd_elements_compose(ret, &host->root, &host->arena, refs, n, &row->options, err);
}

static void judge(struct fake_host *host, const struct schema *schema, const struct row *row)
{
	struct hd_elements list = { 0 };
	struct hd_error err = { 0 };
	const char *text = "", *notes = "", *one;

	print_message("%s\n", row->name);
	assert_int_equal(compose(&list, host, row, &err), row->rc);
	for (size_t i = 0; i < list.n; i++) {
		assert_int_equal(hd_element_render(&one, &host->arena, &list.items[i],
						   SRCDIR "/xml-templates", &err), 0);
		text = hd_printf(&host->arena, "%s%s", text, one);
	}
	for (size_t i = 0; i < list.n_notes; i++)
		notes = hd_printf(&host->arena, "%s%s\n", notes, list.notes[i]);
	assert_non_null(strstr(row->rc ? err.text : notes, row->note));
	if (row->want)
		assert_string_equal(text, row->want);
	if (row->want && schema->grammar)
		schema_check(schema, text);
}

static void elements(void **state)
{
	struct fake_host *host = *state;
	struct schema schema;
	struct hd_error err;

	if (fake_tree_load_file(host, SRCDIR "/tests/hosts/scsi-server.tree", &err) < 0)
		fail_msg("%s", err.text);
	schema_open(&schema, SCHEMA);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		judge(host, &schema, &rows[i]);
	schema_close(&schema);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(elements, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
