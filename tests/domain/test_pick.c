/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pick.c - a guest's device elements one by one, and what is pinned beside them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/hostdev_elements.h"
#include "domain/pins.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define PCI(bus) \
	"<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='" bus \
	"' slot='0' function='0'/></source></hostdev>"
#define NVME(bus, ns) \
	"<disk type='nvme' device='disk'><source type='pci' namespace='" ns "'><address domain='0' " \
	"bus='" bus "' slot='0' function='0'/></source><target dev='vda'/></disk>"
#define USB(text) "<hostdev mode='subsystem' type='usb'><source>" text "</source></hostdev>"
#define IDS(vendor, product) "<vendor id='" vendor "'/><product id='" product "'/>"
#define AT(bus, device) "<address bus='" bus "' device='" device "'/>"
#define MDEV(last) \
	"<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address " \
	"uuid='c7a5fdbd-edaf-9455-926a-d65c16db180" last "'/></source></hostdev>"
#define SCSI(host, unit) "<hostdev type='scsi'><source><adapter name='scsi_host" host "'/>" \
	"<address bus='0' target='0' unit='" unit "'/></source></hostdev>"
#define SERIAL(path) "<serial type='dev'><source path='" path "'/></serial>"

static const struct {
	const char *a, *b;
	bool is_same;
} pairs[] = {
	{ PCI("1"), PCI("1"), true },
	{ PCI("1"), PCI("2"), false },
	{ PCI("1"), NVME("1", "1"), true },
	{ NVME("1", "1"), NVME("1", "1"), true },
	{ NVME("1", "1"), NVME("1", "2"), false },
	{ USB(IDS("1", "2")), USB(IDS("1", "2")), true },
	{ USB(IDS("1", "2")), USB(IDS("1", "3")), false },
	{ USB(IDS("1", "2")), USB(IDS("1", "2") AT("1", "5")), true },
	{ USB(IDS("1", "2") AT("1", "6")), USB(IDS("1", "2") AT("1", "5")), false },
	{ USB(IDS("1", "2") AT("1", "5")), USB(IDS("1", "3") AT("1", "5")), false },
	{ USB(AT("1", "5")), USB(AT("1", "5")), true },
	{ USB(AT("1", "5")), USB(AT("2", "5")), false },
	{ USB(AT("1", "5")), USB(IDS("1", "2")), false },
	{ USB(IDS("1", "2")), PCI("1"), false },
	{ MDEV("1"), MDEV("1"), true },
	{ MDEV("1"), MDEV("2"), false },
	{ SERIAL("/dev/ttyS1"), SERIAL("/dev/ttyS1"), true },
	{ SERIAL("/dev/ttyS1"), SERIAL("/dev/ttyS2"), false },
	{ SCSI("2", "0"), SCSI("2", "0x0"), true },
	{ SCSI("2", "0"), SCSI("2", "1"), false },
	{ SCSI("2", "0"), SCSI("3", "0"), false },
	{ "<hostdev type='scsi_host'/>", "<hostdev type='scsi_host'/>", false },
};

static size_t pick(struct hd_arena *arena, const char *devices, struct hd_picked **ret)
{
	const char *xml = hd_printf(arena, "<domain><devices>%s</devices></domain>", devices);
	struct hd_error err = { 0 };
	size_t n = 0;

	if (hd_pick_devices(ret, &n, arena, xml, strlen(xml), &err) < 0)
		fail_msg("%s: %s", xml, err.text);
	return n;
}

static void same_device(void **state)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(pairs); i++) {
		struct hd_picked *a, *b;

		assert_int_equal(pick(*state, pairs[i].a, &a), 1);
		assert_int_equal(pick(*state, pairs[i].b, &b), 1);
		if (hd_hostdev_is_same(&a->dev, &b->dev) != pairs[i].is_same ||
		    hd_hostdev_is_same(&b->dev, &a->dev) != pairs[i].is_same)
			fail_msg("%s\n%s", pairs[i].a, pairs[i].b);
	}
}

/* Of one line, of one name, and of one text: each is found. */
static void each_with_its_text(void **state)
{
	struct hd_picked *list;
	size_t n = pick(*state, "<disk type='file'/>" PCI("1") "<video/>" USB(AT("1", "5")) "\n"
			SERIAL("/dev/ttyS1") MDEV("1") SCSI("2", "1")
			"<hostdev type='scsi_host'/>", &list);

	assert_int_equal(n, 6);
	assert_string_equal(list[0].text, "<hostdev mode=\"subsystem\" type=\"pci\"><source>"
			    "<address domain=\"0\" bus=\"1\" slot=\"0\" function=\"0\"/></source>"
			    "</hostdev>");
	assert_non_null(strstr(list[1].text, "type=\"usb\""));
	assert_int_equal(list[0].dev.line, 1);
	assert_int_equal(list[2].dev.line, 2);
	assert_string_equal(hd_hostdev_name(*state, &list[0].dev), "0000:01:00.0");
	assert_string_equal(hd_hostdev_name(*state, &list[1].dev), "usb:1.5");
	assert_string_equal(hd_hostdev_name(*state, &list[2].dev), "serial /dev/ttyS1");
	assert_string_equal(hd_hostdev_name(*state, &list[3].dev),
			    "mdev c7a5fdbd-edaf-9455-926a-d65c16db1801");
	assert_string_equal(hd_hostdev_name(*state, &list[4].dev), "scsi 2:0:0:1");
	assert_string_equal(hd_hostdev_name(*state, &list[5].dev), "scsi");
}

static void no_domain(void **state)
{
	struct hd_error err = { 0 };
	struct hd_picked *list;
	size_t n;

	assert_int_equal(hd_pick_devices(&list, &n, *state, "<network/>", 10, &err), -EINVAL);
	assert_int_equal(hd_pick_devices(&list, &n, *state, "<domain>", 8, &err), -EINVAL);
}

#define OURS(text) \
	"<domain><metadata><o:x xmlns:o='urn:o'/><h:hostdevctl " \
	"xmlns:h='urn:hostdevctl:guest:1'>" text "</h:hostdevctl></metadata></domain>"

static void pins_are_written(void **state)
{
	static const char xml[] = OURS("<!-- mine -->\n<h:companions move='no'/>"
				       "<h:device address='01:00.0' serial='old'/>"
				       "<h:device address='0000:02:00.0' serial='&lt;&apos;'/>");
	struct hd_pin pins[] = {
		{ { .bus = 1 }, 0x10de, 0x1b06, -1, -1, "a'<b", "pci0000:00/1c.0/00.0" },
	};
	struct hd_pins_text text;
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	const char *domain;

	assert_int_equal(hd_pins_write(&text, *state, xml, strlen(xml), &(struct hd_policy){
			.pins = pins, .n_pins = 1 }, &err), 0);
	assert_string_equal(text.element, "<hostdevctl>\n  <!-- mine -->\n  <companions move='no'/>\n"
			    "  <device address='0000:02:00.0' serial='&lt;&apos;'/>\n"
			    "  <device address='0000:01:00.0' vendor='0x10de' device='0x1b06' "
			    "serial='a&apos;&lt;b' path='pci0000:00/1c.0/00.0'/>\n</hostdevctl>\n");
	assert_string_equal(text.before, "<hostdevctl>\n  <!-- mine -->\n  <companions move='no'/>\n"
			    "  <device address='01:00.0' serial='old'/>\n"
			    "  <device address='0000:02:00.0' serial='&lt;&apos;'/>\n"
			    "</hostdevctl>\n");
	domain = hd_printf(*state, "<domain>%s</domain>", text.metadata);
	domain_parse(*state, domain, strlen(domain), &request);
	assert_int_equal(request.policy.n_pins, 2);
	assert_string_equal(request.policy.pins[1].serial, "a'<b");
	assert_string_equal(request.policy.pins[1].path, "pci0000:00/1c.0/00.0");
	assert_true(request.policy.keep_companions);
}

/* Each in the place of one for the same address; a wwid may have blanks. */
static void scsi_pins_are_written_once(void **state)
{
	static const char xml[] = OURS("<h:scsi address='2:0:1:0' wwid='old'/>"
				       "<h:scsi address='2:0:2:0' wwid='kept'/>"
				       "<h:device address='0000:02:00.0' serial='a'/>");
	struct hd_scsi_pin pin = { { 2, 0, 1, 0 }, "t10.ATA     a'<b" };
	struct hd_pins_text text;
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	const char *domain;

	assert_int_equal(hd_pins_write(&text, *state, xml, strlen(xml), &(struct hd_policy){
			.scsi_pins = &pin, .n_scsi_pins = 1 }, &err), 0);
	assert_string_equal(text.element, "<hostdevctl>\n  <scsi address='2:0:2:0' wwid='kept'/>\n"
			    "  <device address='0000:02:00.0' serial='a'/>\n"
			    "  <scsi address='2:0:1:0' wwid='t10.ATA     a&apos;&lt;b'/>\n</hostdevctl>\n");
	domain = hd_printf(*state, "<domain>%s</domain>", text.metadata);
	domain_parse(*state, domain, strlen(domain), &request);
	assert_int_equal(request.policy.n_scsi_pins, 2);
	assert_string_equal(hd_policy_scsi_pin(&request.policy, &pin.addr)->wwid, pin.wwid);
	assert_null(hd_policy_scsi_pin(&request.policy, &(struct hd_scsi_addr){ 2, 0, 1, 1 }));
}

static void allowances_are_written_once(void **state)
{
	static const char xml[] = OURS("<h:allow check='storage-free' subject='01:00.0'/>"
				       "<h:allow check='storage-free' subject='usb 1:2'/>");
	struct hd_allow allows[] = { { "storage-free", "0000:01:00.0" },
				     { "display-free", "0000:01:00.0" } };
	struct hd_pins_text text;
	struct hd_error err = { 0 };

	assert_int_equal(hd_pins_write(&text, *state, xml, strlen(xml), &(struct hd_policy){
			.allows = allows, .n_allows = 2 }, &err), 0);
	assert_string_equal(text.element, "<hostdevctl>\n"
			    "  <allow check='storage-free' subject='usb 1:2'/>\n"
			    "  <allow check='storage-free' subject='0000:01:00.0'/>\n"
			    "  <allow check='display-free' subject='0000:01:00.0'/>\n"
			    "</hostdevctl>\n");
}

static void replugs_are_written_once(void **state)
{
	static const char xml[] = OURS("<h:usb replug='no' port='1-2'/>"
				       "<h:usb replug='yes' vendor='0x46d' product='50475'/>"
				       "<h:usb replug='yes' hub='1-2'/>");
	struct hd_replug replugs[] = {
		{ .is_wanted = true, .vendor = -1, .product = -1, .port = "1-2" },
		{ .is_wanted = true, .vendor = 0x46d, .product = 0xc52b },
		{ .is_wanted = true, .vendor = 0x46d, .product = 0xc52b, .serial = "a'b" },
	};
	struct hd_pins_text text;
	struct hd_error err = { 0 };

	assert_int_equal(hd_pins_write(&text, *state, xml, strlen(xml), &(struct hd_policy){
			.replugs = replugs, .n_replugs = 3 }, &err), 0);
	assert_string_equal(text.element, "<hostdevctl>\n"
			    "  <usb replug='yes' hub='1-2'/>\n"
			    "  <usb replug='yes' port='1-2'/>\n"
			    "  <usb replug='yes' vendor='0x046d' product='0xc52b'/>\n"
			    "  <usb replug='yes' vendor='0x046d' product='0xc52b' serial='a&apos;b'/>\n"
			    "</hostdevctl>\n");
}

/* The whole list: what is not in it goes, all else stays; with nothing left the element goes. */
static void replugs_are_replaced(void **state)
{
	static const char xml[] = OURS("<h:usb replug='no' port='1-2'/>"
				       "<h:allow check='storage-free' subject='usb 1:2'/>"
				       "<h:usb replug='yes' hub='1-2'/>");
	static const char only[] = OURS("<h:usb replug='yes' hub='1-2'/>");
	struct hd_replug replug = { .is_wanted = true, .vendor = -1, .product = -1, .port = "1-3" };
	struct hd_pins_text text;
	struct hd_error err = { 0 };

	assert_int_equal(hd_replugs_write(&text, *state, xml, strlen(xml), &replug, 1, &err), 0);
	assert_string_equal(text.element, "<hostdevctl>\n"
			    "  <allow check='storage-free' subject='usb 1:2'/>\n"
			    "  <usb replug='yes' port='1-3'/>\n"
			    "</hostdevctl>\n");
	assert_int_equal(hd_replugs_write(&text, *state, only, strlen(only), NULL, 0, &err), 0);
	assert_null(text.element);
	assert_non_null(text.before);
}

static void pins_without_guest(void **state)
{
	struct hd_pin pin = { { .bus = 1 }, 1, 2, 3, 4, NULL, NULL };
	struct hd_pins_text text;
	struct hd_error err = { 0 };

	assert_int_equal(hd_pins_write(&text, *state, NULL, 0, &(struct hd_policy){
			.pins = &pin, .n_pins = 1 }, &err), 0);
	assert_null(text.before);
	assert_string_equal(text.element, "<hostdevctl>\n  <device address='0000:01:00.0' "
			    "vendor='0x0001' device='0x0002' subsystem_vendor='0x0003' "
			    "subsystem_device='0x0004'/>\n</hostdevctl>\n");
}

/* All else of the element stays; an element with nothing else in it goes. */
static void handover_is_written(void **state)
{
	static const char *const units[] = { "gdm.service", "nvidia-persistenced.service" };
	static const struct hd_handover none = { 0 },
		whole = { .is_asked = true, .ends_sessions = true },
		some = { true, false, (const char **)units, 2 };
	static const struct {
		const char *xml;
		const struct hd_handover *wanted;
		const char *element;
	} rows[] = {
		{ "<domain/>", &whole, "<hostdevctl>\n  <handover/>\n</hostdevctl>\n" },
		{ OURS("<!-- mine --><h:handover units='a.service'/><h:companions move='no'/>"), &some,
		  "<hostdevctl>\n  <!-- mine -->\n  <companions move='no'/>\n"
		  "  <handover sessions='refuse' units='gdm.service nvidia-persistenced.service'/>\n"
		  "</hostdevctl>\n" },
		{ OURS("<h:handover/><h:companions move='no'/>"), &none,
		  "<hostdevctl>\n  <companions move='no'/>\n</hostdevctl>\n" },
		{ OURS("<h:handover/>"), &none, NULL },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_request request = { 0 };
		struct hd_pins_text text;
		struct hd_error err = { 0 };
		const char *domain;

		assert_int_equal(hd_handover_write(&text, *state, rows[i].xml, strlen(rows[i].xml),
						   rows[i].wanted, &err), 0);
		assert_int_equal(!text.element, !rows[i].element);
		if (text.element)
			assert_string_equal(text.element, rows[i].element);
		domain = hd_printf(*state, "<domain>%s</domain>", text.metadata);
		domain_parse(*state, domain, strlen(domain), &request);
		assert_int_equal(request.policy.handover.is_asked, rows[i].wanted->is_asked);
		assert_int_equal(request.policy.handover.ends_sessions,
				 rows[i].wanted->ends_sessions);
		assert_int_equal(request.policy.handover.n_units, rows[i].wanted->n_units);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DOMAIN_TEST(same_device),
		DOMAIN_TEST(each_with_its_text),
		DOMAIN_TEST(no_domain),
		DOMAIN_TEST(pins_are_written),
		DOMAIN_TEST(scsi_pins_are_written_once),
		DOMAIN_TEST(allowances_are_written_once),
		DOMAIN_TEST(replugs_are_written_once),
		DOMAIN_TEST(replugs_are_replaced),
		DOMAIN_TEST(pins_without_guest),
		DOMAIN_TEST(handover_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
