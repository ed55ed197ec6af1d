/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_element_hosts.c - for every function of captured hosts: valid elements, or a reason. */
#include "config.h"

#include <errno.h>
#include <glob.h>
#include <string.h>

#include "domain/hostdev_elements.h"
#include "element/element.h"
#include "facts/pci/pci.h"
#include "tests/support/fakehost.h"
#include "tests/support/schema.h"
#include "tests/support/unit.h"

#define SCHEMA_9 "/usr/share/libvirt/schemas"
#define SCHEMA_11 "/var/cache/hostdevctl-lab/debian13-*/usr/share/libvirt/schemas"

static struct schema schemas[2];

static const char *text_of(struct hd_arena *arena, const struct hd_elements *list)
{
	struct hd_error err = { 0 };
	const char *text = "", *one;

	for (size_t i = 0; i < list->n; i++) {
		if (hd_element_render(&one, arena, &list->items[i], SRCDIR "/xml-templates", &err))
			fail_msg("%s", err.text);
		text = hd_printf(arena, "%s%s", text, one);
	}
	return text;
}

/* A device is judged as what a guest asks for that has its elements. */
static void is_judged_alike(struct fake_host *host, const struct hd_device_ref *ref,
			    const struct hd_elements *list)
{
	const char *xml = hd_printf(&host->arena, "<domain><devices>%s</devices></domain>",
				    text_of(&host->arena, list));
	struct hd_hostdev *devs = NULL;
	struct hd_picked *picked;
	struct hd_error err = { 0 };
	size_t n = 0, n_picked;

	assert_int_equal(hd_pick_devices(&picked, &n_picked, &host->arena, xml, strlen(xml), &err),
			 0);
	hd_element_hostdevs(&devs, &n, &host->root, &host->arena, ref);
	assert_int_equal(n, n_picked);
	for (size_t i = 0; i < n; i++) {
		assert_true(hd_hostdev_is_same(&devs[i], &picked[i].dev));
		assert_int_equal(devs[i].source, picked[i].dev.source);
		assert_int_equal(devs[i].managed, picked[i].dev.managed);
	}
}

/* Returns the number of elements. */
static size_t check_one(struct fake_host *host, const struct hd_pci_addr *addr, const char *as)
{
	const struct hd_element_options options = { .as = as };
	char name[HD_PCI_ADDR_SIZE];
	struct hd_elements list = { 0 }, again = { 0 };
	struct hd_error err = { 0 };
	struct hd_device_ref ref;
	int rc;

	hd_pci_addr_format(addr, name);
	assert_int_equal(hd_resolve(&ref, &host->root, &host->arena, name, &err), 0);
	rc = hd_elements_compose(&list, &host->root, &host->arena, &ref, 1, &options, &err);
	if (rc < 0) {
		assert_int_equal(rc, -EPERM);
		assert_memory_equal(err.text, name, strlen(name));
		return 0;
	}
	assert_true(list.n > 0);
	if (!as)
		is_judged_alike(host, &ref, &list);
	for (size_t i = 0; i < HD_ARRAY_SIZE(schemas); i++)
		if (schemas[i].grammar)
			schema_check(&schemas[i], text_of(&host->arena, &list));
	assert_int_equal(hd_elements_compose(&again, &host->root, &host->arena, &ref, 1, &options,
					     &err), 0);
	assert_string_equal(text_of(&host->arena, &list), text_of(&host->arena, &again));
	return list.n;
}

static void check_host(const char *path)
{
	static const char *const ways[] = { NULL, "pci", "gpu", "disk", "interface" };
	struct fake_host host;
	struct hd_error err = { 0 };
	struct hd_pci_addr *addrs;
	size_t n, n_elements = 0;

	fake_host_make(&host);
	if (fake_tree_load_file(&host, path, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	assert_int_equal(hd_pci_addresses(&host.root, &host.arena, &addrs, &n, &err), 0);
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < HD_ARRAY_SIZE(ways); k++)
			n_elements += check_one(&host, &addrs[i], ways[k]);
	if (!n_elements)
		fail_msg("%s: nothing of it can be given", path);
	fake_host_remove(&host);
}

static void every_function(void **state)
{
	glob_t found;

	(void)state;
	assert_int_equal(glob(SRCDIR "/tests/hosts/*.tree", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		check_host(found.gl_pathv[i]);
	globfree(&found);
}

static int open_schemas(void **state)
{
	(void)state;
	schema_open(&schemas[0], SCHEMA_9);
	schema_open(&schemas[1], SCHEMA_11);
	return 0;
}

static int close_schemas(void **state)
{
	(void)state;
	schema_close(&schemas[0]);
	schema_close(&schemas[1]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_function),
	};

	return cmocka_run_group_tests(tests, open_schemas, close_schemas);
}
