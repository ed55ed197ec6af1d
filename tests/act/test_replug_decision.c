/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_replug_decision.c - which guest gets a USB device that came, and what has it lost? */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "act/replug_decision.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RUN "run/libvirt/qemu/"
#define ETC "etc/libvirt/qemu/"
#define UUID "11111111-2222-3333-4444-aaaaaaaaaaaa"
#define OURS(text) "<metadata><h:hostdevctl xmlns:h='" HD_POLICY_NAMESPACE "'>" text \
	"</h:hostdevctl></metadata>"
#define GUEST(name, policy, devices) "<domain type='kvm'><name>" name "</name><uuid>" UUID \
	"</uuid>" OURS(policy) "<memory unit='KiB'>1024</memory><os><type>hvm</type></os>" \
	"<devices>" devices "</devices></domain>"
#define STATUS(name, policy, devices) "<domstatus state='running' reason='booted' pid='9'>" \
	GUEST(name, policy, devices) "</domstatus>"
#define ELEMENT(source, more) "<hostdev mode='subsystem' type='usb'><source" source ">" more \
	"</source></hostdev>"
#define IDS "<vendor id='0x46d'/><product id='0xc52b'/>"
#define AT(number) "<address bus='1' device='" number "'/>"
#define OPTIONAL " startupPolicy='optional'"
#define BY_IDS "<h:usb replug='yes' vendor='0x046d' product='0xc52b'/>"
#define BY_SERIAL(text) "<h:usb replug='yes' vendor='0x046d' product='0xc52b' serial='" text "'/>"
#define BY_PORT(port) "<h:usb replug='yes' port='" port "'/>"
#define BY_HUB(port) "<h:usb replug='yes' hub='" port "'/>"
#define ITS_OWN "<h:usb replug='yes'/>"

static struct hd_usb_dev devs[] = {
	{ "1-1", "p/usb1/1-1", 0x627, 1, 1, 2, 0, "Keyboard", NULL },
	{ "1-2", "p/usb1/1-2", 0x5e3, 0x608, 1, 3, 9, "Hub", NULL },
	{ "1-2.3", "p/usb1/1-2/1-2.3", 0x46d, 0xc52b, 1, 5, 0, "Receiver", "A" },
	{ "1-20", "p/usb1/1-20", 0x403, 0x6001, 1, 7, 0, "Adapter", NULL },
	{ "usb1", "p/usb1", 0x1d6b, 2, 1, 1, 9, "Root", NULL },
};

static const struct row {
	const char *name;
	struct { const char *path, *text; } files[3];
	const char *port;	/* which device came; what is dead is looked for at its port */
	const char *owner;	/* "a gets it", "a has it", "a and b want it", "nobody" */
	const char *dead;	/* of the first guest: "usb:1.4 ..." */
} rows[] = {
	{ "no policy", { { RUN "a.xml", STATUS("a", "", ELEMENT("", IDS AT("4"))) } }, "1-2.3",
	  "nobody", "" },
	{ "by ids", { { RUN "a.xml", STATUS("a", BY_IDS, "") } }, "1-2.3", "a gets it", "" },
	{ "other ids", { { RUN "a.xml", STATUS("a", BY_IDS, "") } }, "1-1", "nobody", "" },
	{ "by its serial number", { { RUN "a.xml", STATUS("a", BY_SERIAL("A"), "") } }, "1-2.3",
	  "a gets it", "" },
	{ "by another's", { { RUN "a.xml", STATUS("a", BY_SERIAL("B"), "") } }, "1-2.3",
	  "nobody", "" },
	{ "by port", { { RUN "a.xml", STATUS("a", BY_PORT("1-2.3"), "") } }, "1-2.3",
	  "a gets it", "" },
	{ "a port begins as another", { { RUN "a.xml", STATUS("a", BY_PORT("1-2"), "") } },
	  "1-20", "nobody", "" },
	{ "a hub is nobody's", { { RUN "a.xml", STATUS("a", BY_PORT("1-2"), "") } }, "1-2",
	  "nobody", "" },
	{ "below a hub", { { RUN "a.xml", STATUS("a", BY_HUB("1-2"), "") } }, "1-2.3",
	  "a gets it", "" },
	{ "beside a hub", { { RUN "a.xml", STATUS("a", BY_HUB("1-2"), "") } }, "1-20",
	  "nobody", "" },
	{ "a port that is left out",
	  { { RUN "a.xml", STATUS("a", BY_HUB("1-2") "<h:usb replug='no' port='1-2.3'/>", "") } },
	  "1-2.3", "nobody", "" },
	{ "its own optional element",
	  { { RUN "a.xml", STATUS("a", ITS_OWN, ELEMENT(OPTIONAL " missing='yes'", IDS)) } },
	  "1-2.3", "a gets it", "usb 046d:c52b" },
	{ "of its definition", { { RUN "a.xml", STATUS("a", ITS_OWN, "") },
	  { ETC "a.xml", GUEST("a", "", ELEMENT(OPTIONAL, IDS)) } }, "1-2.3", "a gets it", "" },
	{ "its own, but not optional",
	  { { RUN "a.xml", STATUS("a", ITS_OWN, ELEMENT("", IDS AT("4"))) } },
	  "1-2.3", "nobody", "" },
	{ "only defined", { { ETC "a.xml", GUEST("a", BY_IDS, "") } }, "1-2.3", "nobody", "" },
	{ "it came back under another number",
	  { { RUN "a.xml", STATUS("a", BY_IDS, ELEMENT("", IDS AT("4"))) } }, "1-2.3",
	  "a gets it", "usb:1.4" },
	{ "it never went",
	  { { RUN "a.xml", STATUS("a", BY_IDS, ELEMENT("", IDS AT("5"))) } }, "1-2.3",
	  "a has it", "" },
	{ "another has its number now",
	  { { RUN "a.xml", STATUS("a", BY_IDS, ELEMENT("", IDS AT("7"))) } }, "1-2.3",
	  "a gets it", "usb:1.7" },
	{ "what no policy is about stays",
	  { { RUN "a.xml", STATUS("a", BY_SERIAL("A"),
	      ELEMENT("", "<vendor id='0x1'/><product id='0x2'/>" AT("4"))) } },
	  "1-2.3", "a gets it", "" },
	{ "it may have been at the port",
	  { { RUN "a.xml", STATUS("a", BY_PORT("1-2.3"), ELEMENT("", AT("4"))) } },
	  "1-2.3", "a gets it", "usb:1.4" },
	{ "but not on another bus",
	  { { RUN "a.xml", STATUS("a", BY_PORT("2-1"), ELEMENT("", AT("4"))) } },
	  "1-2.3", "nobody", "" },
	{ "these ids are left out",
	  { { RUN "a.xml", STATUS("a", BY_HUB("1-2") "<h:usb replug='no' vendor='0x46d' "
				  "product='0xc52b'/>", ELEMENT("", IDS AT("4"))) } },
	  "1-2.3", "nobody", "" },
	{ "two want it", { { RUN "a.xml", STATUS("a", BY_IDS, "") },
	  { RUN "b.xml", STATUS("b", BY_HUB("1-2"), "") } }, "1-2.3", "a and b want it", "" },
	{ "two want it, one has it", { { RUN "a.xml", STATUS("a", BY_IDS, "") },
	  { RUN "b.xml", STATUS("b", BY_IDS, ELEMENT("", AT("5"))) } }, "1-2.3",
	  "b has it", "" },
};

static const struct hd_usb_dev *find_dev(const char *port)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(devs); i++)
		if (!strcmp(devs[i].port, port))
			return &devs[i];
	fail_msg("no device at %s", port);
	return NULL;
}

static const char *describe_owner(struct hd_arena *arena, const struct hd_replug_owner *owner)
{
	if (owner->rivals[0])
		return hd_printf(arena, "%s and %s want it", owner->rivals[0]->name,
				 owner->rivals[1]->name);
	if (owner->has)
		return hd_printf(arena, "%s has it", owner->has->name);
	return owner->guest ? hd_printf(arena, "%s gets it", owner->guest->name) : "nobody";
}

static const char *describe_dead(struct hd_arena *arena, const struct hd_replug_guests *guests,
				 const char *port)
{
	const struct hd_usb_list usb = { devs, HD_ARRAY_SIZE(devs) };
	const struct hd_picked **dead = NULL;
	const char *text = "";
	size_t n = 0;

	if (guests->n)
		hd_replug_find_dead(&dead, &n, arena, &guests->items[0], &usb, port);
	for (size_t i = 0; i < n; i++)
		text = hd_printf(arena, "%s%s%s", text, i ? " " : "",
				 hd_hostdev_name(arena, &dead[i]->dev));
	return text;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_replug_guests guests;
	struct hd_replug_owner owner;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		fake_file(&host, row->files[i].path, row->files[i].text);
	assert_int_equal(hd_replug_guests_read(&guests, &host.root, &host.arena, &err), 0);
	assert_null(guests.unreadable);
	hd_replug_find_owner(&owner, &host.arena, &guests, find_dev(row->port));
	assert_string_equal(describe_owner(&host.arena, &owner), row->owner);
	assert_string_equal(describe_dead(&host.arena, &guests, row->port), row->dead);
	fake_host_remove(&host);
}

/* A guest whose policy cannot be read may want the device, too: it is named. */
static void test_unreadable(void **state)
{
	struct hd_replug_guests guests;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, RUN "a.xml", STATUS("a", "<h:usb replug='si'/>", ""));
	fake_file(&host, RUN "b.xml", STATUS("b", BY_IDS, ""));
	assert_int_equal(hd_replug_guests_read(&guests, &host.root, &host.arena, &err), 0);
	assert_int_equal(guests.n, 1);
	assert_non_null(strstr(guests.unreadable, "a.xml: line 1: <usb replug='si'>"));
	fake_host_remove(&host);
}

/* What is on another bus is none of the port's business, but is dead as well. */
static void test_ports(void **state)
{
	static const char xml[] = GUEST("a", BY_PORT("1-3") BY_PORT("2-1"), ELEMENT("", AT("9"))
		ELEMENT("", "<address bus='2' device='9'/>"));
	const struct hd_usb_list none = { .n = 0 };
	struct hd_arena arena = { 0 };
	struct hd_replug_guest guest;
	const struct hd_picked **dead;
	struct hd_error err;
	size_t n;

	(void)state;
	assert_int_equal(hd_replug_guest_parse(&guest, &arena, xml, NULL, &err), 1);
	hd_replug_find_dead(&dead, &n, &arena, &guest, &none, "1-3");
	assert_int_equal(n, 1);
	assert_int_equal(dead[0]->dev.usb_bus, 1);
	hd_replug_find_dead(&dead, &n, &arena, &guest, &none, NULL);
	assert_int_equal(n, 2);
	hd_arena_done(&arena);
}

#define WISHES(number, reset, order, alias) "<hostdev mode='subsystem' type='usb'><source" OPTIONAL \
	" guestReset='" reset "'>" IDS number "</source><boot order='" order "'/><alias name='" alias \
	"'/></hostdev>"

/* What the administrator wrote of the device that was there before goes for the one that came. */
static void test_model(void **state)
{
	static const char config[] = GUEST("a", "", WISHES("", "off", "3", "ua-k"));
	static const struct {
		const char *live, *model;
	} cases[] = {
		{ GUEST("a", BY_IDS, ""), "off 3 ua-k" },
		{ GUEST("a", BY_IDS, WISHES(AT("4"), "on", "2", "ua-l")), "on 2 ua-l" },
		{ GUEST("a", BY_IDS, WISHES(AT("4"), "on", "2", "hostdev0")), "on 2 -" },
		{ GUEST("a", BY_IDS, ELEMENT("", IDS AT("5"))), "none" },
		{ GUEST("a", BY_IDS, ELEMENT("", IDS AT("4"))), "- - -" },
	};
	const struct hd_usb_list usb = { devs, HD_ARRAY_SIZE(devs) };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		const struct hd_hostdev *model;
		struct hd_replug_guest guest;
		const char *text = "none";
		struct hd_error err;

		assert_int_equal(hd_replug_guest_parse(&guest, &arena, cases[i].live, config, &err), 1);
		model = hd_replug_find_model(&guest, &usb, find_dev("1-2.3"));
		if (model)
			text = hd_printf(&arena, "%s %s %s",
					 model->usb_guest_reset ? model->usb_guest_reset : "-",
					 model->usb_boot ? model->usb_boot : "-",
					 model->usb_alias ? model->usb_alias : "-");
		assert_string_equal(text, cases[i].model);
		assert_null(hd_replug_find_model(&guest, &usb, find_dev("1-20")));
	}
	hd_arena_done(&arena);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_model),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("replug_decision", tests, NULL, NULL);
}
