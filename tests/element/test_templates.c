/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_templates.c - which files are believed to be templates. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "element/element.h"
#include "element/templates.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define NOBODY 65534

struct place {
	struct fake_host host;
	const char *dir, *file;
};

static int make(void **state)
{
	static struct place place;

	fake_host_make(&place.host);
	fake_file(&place.host, "t/pci.xml", "<hostdev/>");
	place.dir = hd_printf(&place.host.arena, "%s/t", place.host.path);
	place.file = hd_printf(&place.host.arena, "%s/pci.xml", place.dir);
	assert_int_equal(chmod(place.dir, 0755), 0);
	assert_int_equal(chmod(place.file, 0644), 0);
	*state = &place;
	return 0;
}

static int unmake(void **state)
{
	struct place *place = *state;

	fake_host_remove(&place->host);
	return 0;
}

static int load(struct place *place, bool is_trusted, struct hd_error *err)
{
	struct hd_template template = { 0 };
	int rc = hd_template_load_from(&template, &place->host.arena, place->dir, is_trusted, "pci",
				       err);

	if (rc == 0) {
		assert_string_equal(template.file, place->file);
		assert_int_equal(template.length, strlen("<hostdev/>"));
		assert_memory_equal(template.text, "<hostdev/>", template.length);
	}
	return rc;
}

static void refused(struct place *place, const char *path, const char *why)
{
	struct hd_error err = { 0 };

	assert_int_equal(load(place, false, &err), -EPERM);
	assert_string_equal(err.text, hd_printf(&place->host.arena, "template %s %s: it is not used",
						path, why));
	assert_int_equal(load(place, true, &err), 0);
}

static void good(void **state)
{
	struct place *place = *state;
	struct hd_error err = { 0 };

	assert_int_equal(load(place, false, &err), 0);
	assert_int_equal(unlink(place->file), 0);
	assert_int_equal(load(place, false, &err), 1);
	place->dir = hd_printf(&place->host.arena, "%s/none", place->dir);
	assert_int_equal(load(place, false, &err), 1);
	assert_int_equal(err.code, 0);
}

static void writable(void **state)
{
	static const mode_t modes[] = { 0020, 0002, 0022 };
	struct place *place = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(modes); i++) {
		assert_int_equal(chmod(place->file, 0644 | modes[i]), 0);
		refused(place, place->file, "can be written by others");
		assert_int_equal(chmod(place->file, 0644), 0);
		assert_int_equal(chmod(place->dir, 0755 | modes[i]), 0);
		refused(place, place->dir, "can be written by others");
		assert_int_equal(chmod(place->dir, 0755), 0);
	}
}

static void of_another(void **state)
{
	struct place *place = *state;

	if (geteuid() != 0) {
		print_message("# SKIP: only root can give files away\n");
		skip();
	}
	assert_int_equal(chown(place->file, NOBODY, NOBODY), 0);
	refused(place, place->file, "is not owned by root");
	assert_int_equal(chown(place->file, 0, 0), 0);
	assert_int_equal(chown(place->dir, NOBODY, NOBODY), 0);
	refused(place, place->dir, "is not owned by root");
}

/* Those of the source can be filled in, and no kind is without one. */
static void installed(void **state)
{
	(void)state;
	for (int kind = 0; kind < HD_ELEMENT_KIND_MAX; kind++) {
		struct hd_element element = { .kind = (enum hd_element_kind)kind, .name = "x" };
		struct hd_arena arena = { 0 };
		struct hd_error err = { 0 };
		const char *xml = NULL, *again = NULL;

		for (size_t i = 0; i < HD_PLACEHOLDER_MAX; i++)
			element.values[i] = "1";
		element.guest.is_set = true;
		if (hd_element_render(&xml, &arena, &element, SRCDIR "/xml-templates", &err) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(hd_element_render(&again, &arena, &element,
						   SRCDIR "/xml-templates", &err), 0);
		assert_string_equal(xml, again);
		assert_null(strchr(xml, '{'));
		hd_arena_done(&arena);
	}
}

static void none(void **state)
{
	struct place *place = *state;
	struct hd_template template = { 0 };
	struct hd_error err = { 0 };

	assert_int_equal(hd_template_load(&template, &place->host.arena, place->dir, "nope", &err),
			 -ENOENT);
	assert_true(hd_text_starts_with(err.text, "no template nope.xml in "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(good, make, unmake),
		cmocka_unit_test_setup_teardown(writable, make, unmake),
		cmocka_unit_test_setup_teardown(of_another, make, unmake),
		cmocka_unit_test_setup_teardown(none, make, unmake),
		cmocka_unit_test(installed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
