/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_configuration.c - what does each format of a scheduler's configuration offer, and what is refused? */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scheduler/configuration.h"
#include "tests/support/unit.h"

#define KUBEVIRT "apiVersion: kubevirt.io/v1\nkind: KubeVirt\nmetadata:\n  name: kubevirt\n" \
	"spec:\n  configuration:\n    permittedHostDevices:\n"
#define CLAIM(address, node) "apiVersion: devices.harvesterhci.io/v1beta1\nkind: PCIDeviceClaim\n" \
	"metadata:\n  name: n1\nspec:\n  address: " address "\n  nodeName: " node "\n  userName: admin\n"
#define MAP "id=10de:2684,iommugroup=14,node=pve1,path=0000:01:00,subsystem-id=1043:88e2"

/* WANT: each entry, as show() has it; "!" and a part of the error. */
static const struct row {
	const char *name, *text, *want;
	bool is_yaml;
} rows[] = {
	{ "nothing", "", "", false },
	{ "comments", "# a\n\n  ; b\n", "", false },
	{ "nova", "[DEFAULT]\ndebug = true\n[pci]\n"
	  "device_spec = {\"vendor_id\": \"10de\", \"product_id\": \"2684\", \"address\": \"0000:01:00.0\"}\n"
	  "alias = {\"name\": \"x\"}\n",
	  "4 device_spec 10de:2684 at", false },
	{ "nova: a list, continued", "[pci]\ndevice_spec = [{\"product_id\": \"2684\"},\n"
	  "    # no comment, but JSON would refuse it\n", "!line 2: device_spec: the value is not JSON", false },
	{ "nova: a list over lines", "[pci]\n\ndevice_spec: [{\"product_id\": \"2684\"},\n  {\"vendor_id\": \"*\","
	  " \"devname\": \"eth0\"}]\n[libvirt]\ndevice_spec = hello\n",
	  "3 device_spec *:2684\n3 device_spec *:* on eth0", false },
	{ "nova: a value in quotes", "[pci]\n"
	  "device_spec = '{\"vendor_id\": \"0x10de\", \"live_migratable\": \"yes\"}'\n",
	  "2 device_spec 10de:* migrates", false },
	{ "nova: the older names", "[pci]\npassthrough_whitelist = {\"vendor_id\": \"10de\"}\n[DEFAULT]\n"
	  "pci_passthrough_whitelist = {\"vendor_id\": \"8086\"}\n",
	  "2 device_spec 10de:*\n4 device_spec 8086:*", false },
	{ "nova: a section in capitals", "[libvirt]\n[PCI]\ndevice_spec = {\"vendor_id\": \"10de\"}\n",
	  "3 device_spec 10de:*", false },
	{ "nova: not [DEFAULT]", "[pci]\n[default]\npci_passthrough_whitelist = {\"vendor_id\": \"8086\"}\n",
	  "", false },
	{ "a unit of systemd", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n",
	  "!not a configuration of a scheduler", false },
	{ "nova: none", "[pci]\n", "", false },
	{ "nova: cut", "[pci]\ndevice_spec = {\"vendor_id\": \"10de\"\n", "!line 2: device_spec: the value is not JSON",
	  false },
	{ "nova: a text", "[pci]\ndevice_spec = \"gpu\"\n", "!line 2: device_spec: the value is not JSON", false },
	{ "nova: a number", "[pci]\ndevice_spec = 7\n", "!line 2: device_spec: the value is neither an object", false },
	{ "nova: an id that is none", "[pci]\ndevice_spec = {\"vendor_id\": \"10deg\"}\n",
	  "!line 2: device_spec: vendor_id '10deg' is not a hexadecimal number", false },
	{ "nova: an id as a number", "[pci]\ndevice_spec = {\"vendor_id\": [4318]}\n",
	  "!line 2: device_spec: vendor_id is not a text", false },
	{ "nova: address and devname", "[pci]\ndevice_spec = {\"address\": \"*\", \"devname\": \"eth0\"}\n",
	  "!line 2: device_spec: both address and devname", false },
	{ "nova: address or devname", "[pci]\ndevice_spec = [{\"address\": \"*\", \"devname\": \"\"},\n"
	  "  {\"address\": \"*\", \"devname\": null}, {\"address\": \"\", \"devname\": \"eth0\"},\n"
	  "  {\"address\": null, \"devname\": \"eth0\"}, {\"address\": {}, \"devname\": \"eth0\"}]\n",
	  "2 device_spec at\n2 device_spec at\n2 device_spec *:* on eth0\n2 device_spec *:* on eth0\n"
	  "2 device_spec *:* on eth0", false },
	{ "nova: devname as a list", "[pci]\ndevice_spec = {\"devname\": [\"eth0\"]}\n",
	  "!line 2: device_spec: devname is not a text", false },
	{ "nova: an address that is none", "[pci]\ndevice_spec = {\"address\": \"0000:01:00.9\"}\n",
	  "!line 2: device_spec: function '9' of the address", false },
	{ "nova: no option", "[pci]\nhello\n", "!line 2: 'hello' is not OPTION = VALUE", false },
	{ "nova: no section", "[pci]\n[x\n", "!line 2: '[x' is not [SECTION]", false },
	{ "nova: a comment behind a section", "[pci] # ours\n", "!line 1: '[pci] # ours' is not [SECTION]", false },
	{ "nova: a section without a name", "[pci]\n[]\n", "!line 2: '[]' is not [SECTION]", false },
	{ "nova: blanks behind a section", "[pci] \t\r\ndevice_spec = {}\n", "2 device_spec", false },
	{ "nova: an option without a name", "[pci]\n= x\n", "!line 2: '= x' is not OPTION = VALUE", false },
	{ "nova: continued behind a comment", "[pci]\ndevice_spec = [{},\n# two\n  {}]\n",
	  "!line 2: device_spec", false },
	{ "nova: the same of a whole value", "[pci]\ndevice_spec = {}\n# two\n  x\n", "!line 4: continues no option",
	  false },
	{ "nova: continues nothing", "[pci]\n  x\n", "!line 2: continues no option", false },
	{ "a patch for KubeVirt", "spec:\n  configuration:\n    permittedHostDevices:\n      pciHostDevices:\n"
	  "      - pciVendorSelector: \"10DE:1eb8\"\n        resourceName: a/b\n",
	  "5 pciHostDevices[0] a/b (10DE:1eb8) 10de:1eb8", true },
	{ "KubeVirt", KUBEVIRT "      mediatedDevices:\n      - mdevNameSelector: GRID T4-1Q\n"
	  "        resourceName: a/m\n"
	  "        externalResourceProvider: true\n      usb:\n      - resourceName: a/u\n        selectors:\n"
	  "        - vendor: 046d\n          product: \"c31c\"\n        - {vendor: 1, product: 2}\n",
	  "9 mediatedDevices[0] a/m (GRID T4-1Q) type GRID T4-1Q by another device plugin chooses the devices\n"
	  "15 usb[0] a/u (046d:c31c) 046d:c31c\n17 usb[0] a/u (0001:0002) 0001:0002", true },
	{ "KubeVirt without devices", KUBEVIRT "      {}\n", "", true },
	{ "in a List of JSON", "{\"kind\": \"List\", \"items\": [{\"kind\": \"ConfigMap\"}, {\"kind\": \"KubeVirt\", "
	  "\"spec\": {\"configuration\": {\"permittedHostDevices\": {\"pciHostDevices\": "
	  "[{\"pciVendorSelector\": \"10de:1eb8\", \"resourceName\": \"a/b\"}]}}}}]}",
	  "0 pciHostDevices[0] a/b (10de:1eb8) 10de:1eb8", false },
	{ "an empty List of JSON", "{\"kind\": \"List\", \"items\": []}", "!the List has no items: ", false },
	{ "an empty List", "kind: PCIDeviceClaimList\nitems: []\n", "!the List has no items: ", true },
	{ "an empty List beside KubeVirt", "kind: List\nitems: []\n---\nkind: KubeVirt\n", "", true },
	{ "a List of other objects", "kind: List\nitems:\n- kind: ConfigMap\n", "!not a configuration of", true },
	{ "KubeVirt: a selector that is none", KUBEVIRT "      pciHostDevices:\n      - pciVendorSelector: 10DE\n",
	  "!line 9: pciHostDevices[0]: '10DE' is not VENDOR:DEVICE", true },
	{ "KubeVirt: no selector", KUBEVIRT "      pciHostDevices:\n      - resourceName: a/b\n",
	  "!line 9: pciHostDevices[0]: pciVendorSelector is missing", true },
	{ "KubeVirt: no list", KUBEVIRT "      pciHostDevices:\n        a: b\n",
	  "!line 9: pciHostDevices is not a list", true },
	{ "KubeVirt: USB without a product", KUBEVIRT "      usb:\n      - selectors:\n        - vendor: 046d\n",
	  "!line 9: usb[0]: product is missing", true },
	{ "KubeVirt: no list in JSON", "{\"kind\": \"KubeVirt\", \"spec\": {\"configuration\": {"
	  "\"permittedHostDevices\": {\"usb\": {}}}}}", "!usb is not a list", false },
	{ "KubeVirt: a number for spec", "kind: KubeVirt\nspec: 5\n", "!line 2: spec is not an object", true },
	{ "KubeVirt: a list for configuration", "kind: KubeVirt\nspec:\n  configuration: [a]\n",
	  "!line 3: configuration is not an object", true },
	{ "KubeVirt: a list of devices", "spec: {configuration: {permittedHostDevices: [1]}}\n",
	  "!line 1: permittedHostDevices is not an object", true },
	{ "KubeVirt: null", "kind: KubeVirt\nspec:\n  configuration:\n", "", true },
	{ "KubeVirt: null for the devices", KUBEVIRT, "", true },
	{ "a List of numbers", "kind: List\nitems:\n- kind: KubeVirt\n- 1\n", "!line 4: items[1] is not an object",
	  true },
	{ "a List that is none", "kind: List\nitems: {kind: KubeVirt}\n", "!line 2: items is not a list", true },
	{ "a merge", "kind: KubeVirt\nspec:\n  <<: {configuration: {}}\n", "!line 3: a merge (<<) is not read here",
	  true },
	{ "claims of Harvester", CLAIM("0000:01:00.0", "n1") "---\n" CLAIM("\"0000:02:00.1\"", "n2"),
	  "1 PCIDeviceClaim n1 at on node n1\n10 PCIDeviceClaim n1 at on node n2", true },
	{ "a claim of a card", CLAIM("\"0000:01:00\"", "n1"),
	  "!line 1: PCIDeviceClaim[0]: '0000:01:00' is not the address of a PCI function", true },
	{ "a claim of nobody", "kind: PCIDeviceClaim\nspec:\n  address: 0000:01:00.0\n",
	  "!line 1: PCIDeviceClaim[0]: nodeName is missing", true },
	{ "another object", "kind: ConfigMap\ndata: {}\n", "!not a configuration of a scheduler", true },
	{ "no YAML", "kind: [KubeVirt\nspec: }\n", "!: not YAML: ", true },
	{ "a tab", "kind: KubeVirt\nspec:\n\tx: y\n", "!line 3: not YAML: ", true },
	{ "an alias", "kind: &a KubeVirt\nspec: *a\n", "!line 2: an alias (*name) is not read here", true },
	{ "twice", "kind: KubeVirt\nspec: {}\nspec: {}\n", "!line 3: member 'spec' is given twice", true },
	{ "a name that is a list", "kind: KubeVirt\n? [a]\n: b\n",
	  "!line 2: the name of a member is not a text", true },
	{ "a NUL", "kind: \"Kube\\0Virt\"\n", "!line 1: a text with a NUL", true },
	{ "no JSON", "{\"kind\": \"KubeVirt\",\n}", "!line 2: not JSON: ", false },
	{ "JSON twice", "{\"kind\": \"a\", \"kind\": \"b\"}", "!line 1: not JSON: duplicate object key", false },
	{ "proxmox", "# ours\ngpu\n\tdescription a\n\tmap " MAP "\n\tlive-migration-capable 1\n\nnic\n\tmap "
	  "node=pve2,path=0000:03:00.0;0000:03:00.1,id=8086:1521,iommugroup=3\n\tmdev 1\n",
	  "4 mapping gpu at on node pve1 pins 10de:2684/1043:88e2/14 migrates\n"
	  "8 mapping nic at on node pve2 pins 8086:1521/-/3 by only mediated devices of it are given to guests\n"
	  "8 mapping nic at on node pve2 pins 8086:1521/-/- by only mediated devices of it are given to guests",
	  false },
	{ "proxmox: of Windows", "gpu\r\n\tmap " MAP "\r\n",
	  "2 mapping gpu at on node pve1 pins 10de:2684/1043:88e2/14",
	  false },
	{ "proxmox: no path", "gpu\n\tmap id=10de:2684,node=pve1\n", "!line 2: a map without path", false },
	{ "proxmox: no node", "gpu\n\tmap id=10de:2684,path=0000:01:00\n", "!line 2: a map without node", false },
	{ "proxmox: no address", "gpu\n\tmap node=pve1,path=01:00\n",
	  "!line 2: '01:00' is not the address of a PCI function or card", false },
	{ "proxmox: no id", "gpu\n\tmap node=pve1,path=0000:01:00,id=gpu\n", "!line 2: 'gpu' is not VENDOR:DEVICE",
	  false },
	{ "proxmox: no group", "gpu\n\tmap node=pve1,path=0000:01:00,iommugroup=-1\n",
	  "!line 2: '-1' is not the number of an IOMMU group", false },
	{ "proxmox: no pair", "gpu\n\tmap node\n", "!line 2: 'node' is not KEY=VALUE", false },
	{ "proxmox: of no mapping", "gpu\n\n\tmap " MAP "\n", "!line 3: 'map " , false },
	{ "proxmox: no name", "gpu\n\tmdev 0\n\na b\n", "!line 4: 'a b' is not the name of a mapping", false },
	{ "something else", "#!/bin/sh\necho hello\n", "!known are: nova.conf with its section [pci] (nova);", false },
	{ "no text", "gpu\n\xff\n", "!not a text in UTF-8: byte 5", false },
};

static void show_selector(FILE *out, const struct hd_entry *entry)
{
	if (entry->has_vendor)
		(void)fprintf(out, " %04x", entry->vendor);
	else if (entry->has_device || entry->interface)
		(void)fputs(" *", out);
	if (entry->has_device)
		(void)fprintf(out, ":%04x", entry->device);
	else if (entry->has_vendor || entry->interface)
		(void)fputs(":*", out);
	if (entry->address)
		(void)fputs(" at", out);
	if (entry->interface)
		(void)fprintf(out, " on %s", entry->interface);
	if (entry->type)
		(void)fprintf(out, " type %s", entry->type);
}

static void show(FILE *out, const struct hd_entry *entry)
{
	(void)fprintf(out, "%u %s", entry->line, entry->object);
	show_selector(out, entry);
	if (entry->node)
		(void)fprintf(out, " on node %s", entry->node);
	if (entry->id.is_known)
		(void)fprintf(out, " pins %04x:%04x/", entry->id.vendor, entry->id.device);
	if (entry->subsystem.is_known)
		(void)fprintf(out, "%04x:%04x/", entry->subsystem.vendor, entry->subsystem.device);
	else if (entry->id.is_known)
		(void)fputs("-/", out);
	if (entry->pins_group && entry->has_group)
		(void)fprintf(out, "%d", entry->group);
	else if (entry->id.is_known)
		(void)fputc('-', out);
	if (entry->wants_migration)
		(void)fputs(" migrates", out);
	if (entry->chosen_by)
		(void)fprintf(out, " by %s", entry->chosen_by);
}

static void run(void **state)
{
	const struct row *row = *state;
	struct hd_configuration configuration;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	size_t length;
	char *got = NULL;
	FILE *out = open_memstream(&got, &length);
	int rc = hd_configuration_read(&configuration, &arena, row->text, strlen(row->text), &err);

#ifndef HAVE_LIBYAML
	if (row->is_yaml) {
		assert_int_equal(rc, -ENOTSUP);
		assert_non_null(strstr(err.text, "kubectl get -o json"));
		hd_arena_done(&arena);
		(void)fclose(out);
		free(got);
		return;
	}
#endif
	assert_non_null(out);
	if (rc < 0)
		(void)fprintf(out, "!%s", err.text);
	for (size_t i = 0; rc == 0 && i < configuration.n; i++) {
		(void)fputs(i ? "\n" : "", out);
		show(out, &configuration.entries[i]);
	}
	assert_int_equal(fclose(out), 0);
	if (*row->want == '!' ? rc == 0 || !strstr(got, row->want + 1) : strcmp(got, row->want) != 0)
		fail_msg("not %s\nbut %s", row->want, got);
	free(got);
	hd_arena_done(&arena);
}

/* TEXT so many times between two others, which is refused with WHY. */
static void refuses(const char *begin, const char *text, size_t n, const char *end, const char *why)
{
	struct hd_configuration configuration;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	size_t length = 0;
	char *all = NULL;

	hd_append_text(&arena, &all, &length, begin, strlen(begin));
	for (size_t i = 0; i < n; i++)
		hd_append_text(&arena, &all, &length, text, strlen(text));
	hd_append_text(&arena, &all, &length, end, strlen(end));
	assert_true(hd_configuration_read(&configuration, &arena, all, length, &err) < 0);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
	hd_arena_done(&arena);
}

static void has_limits(void **state)
{
	(void)state;
	refuses("{\"a\":", "[", 40, "}", "not JSON");
	refuses("{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "", 0, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
		"nested more than 32 levels deep");
	refuses("{\"a\":[0", ",0", HD_DOCUMENT_VALUES, "]}", "more than 100000 values");
	refuses("[pci]\ndevice_spec = [{}", ",{}", HD_CONFIGURATION_ENTRIES, "]\n", "more than 4096 entries");
#ifdef HAVE_LIBYAML
	refuses("a: ", "[", 40, "\n", "line 1: nested more than 32 levels deep");
	refuses("a: [0", ",0", HD_DOCUMENT_VALUES, "]\n", "line 1: more than 100000 values");
#endif
}

static void has_no_nul(void **state)
{
	struct hd_configuration configuration;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };

	(void)state;
	assert_true(hd_configuration_read(&configuration, &arena, "[pci]\n\0", 7, &err) < 0);
	assert_non_null(strstr(err.text, "it has a NUL"));
	hd_arena_done(&arena);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2] = {
		cmocka_unit_test(has_limits), cmocka_unit_test(has_no_nul),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 2] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
