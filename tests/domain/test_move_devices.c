/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_move_devices.c - another device in the place of one, in the definition and its metadata. */
#include "config.h"

#include <string.h>

#include "domain/move_devices.h"
#include "domain/request.h"
#include "tests/support/unit.h"

#define HOSTDEV(bus, fn) "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='" bus \
	"' slot='0' function='" fn "'/></source></hostdev>"
#define DOMAIN(metadata, devices) \
	"<domain type='kvm'><name>a</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>" \
	"<metadata><hd:hostdevctl xmlns:hd='" HD_POLICY_NAMESPACE "'>" metadata "</hd:hostdevctl></metadata>" \
	"<devices>" devices "</devices></domain>"
#define XML(metadata, bus) DOMAIN(metadata, HOSTDEV(bus, "0"))
#define ANY(bus) "<hd:any of='nvme' address='0000:" bus ":00.0'/>"
#define PIN(bus, device) "<hd:device address='0000:" bus ":00.0' vendor='0x10de' device='" device "'/>"

#define ALLOW(subject) "<hd:allow check='storage-free' subject='" subject "'/>"
#define PLACE(bus) "0000:" bus ":00.0"

/* Whose allowance is it afterwards? */
static const struct allowed {
	const char *name, *metadata;
	bool is_same_card;
	const char *want[3];		/* subjects */
} allowed[] = {
	{ "a card takes its allowance along", ALLOW(PLACE("01")), true, { PLACE("02") } },
	{ "in a shorter form", ALLOW("01:00.0"), true, { PLACE("02") } },
	{ "what another device had there is not its own", ALLOW(PLACE("02")), true, { NULL } },
	{ "so does its companion", ALLOW("0000:01:00.1"), true, { "0000:02:00.1" } },
	{ "nor what another's companion had", ALLOW("0000:02:00.1"), true, { NULL } },
	{ "those of others stay", ALLOW(PLACE("03")) ALLOW("usb 046d:c52b"), true,
	  { PLACE("03"), "usb 046d:c52b" } },
	{ "another device has its own, and the old one keeps its",
	  ALLOW(PLACE("01")) ALLOW(PLACE("02")), false, { PLACE("01"), PLACE("02") } },
};

/* The same beside a function that stays, which has the slot of the old place or of the new one. */
static const struct beside {
	const char *name, *stays;	/* as its bus */
	const char *metadata, *want[3];
} besides[] = {
	{ "one that stays in the new slot keeps its own", "2", ALLOW(PLACE("01")) ALLOW("0000:02:00.2"),
	  { PLACE("02"), "0000:02:00.2" } },
	{ "and so does one in the old slot", "1", ALLOW(PLACE("01")) ALLOW("01:00.2"),
	  { PLACE("02"), "0000:01:00.2" } },
	{ "but not for its neighbours", "2", ALLOW("0000:02:00.2") ALLOW("0000:02:00.3"), { "0000:02:00.2" } },
};

static const struct row {
	const char *name, *xml;
	size_t n_anys, n_pins;		/* afterwards, all at 02 */
} rows[] = {
	{ "any other", XML(ANY("01"), "1"), 1, 0 },
	{ "what a detached one left", XML(ANY("01") ANY("02"), "1"), 1, 0 },
	{ "a pin that a detached one left", XML(PIN("02", "0x0002") PIN("01", "0x0001"), "1"), 0, 1 },
};

static void moved(void **state)
{
	const struct row *row = *state;
	const struct hd_device_move move = { .from = { .bus = 1 }, .to = { .bus = 2 } };
	struct hd_request request = { 0 };
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *text;

	assert_int_equal(hd_definition_move(&text, &arena, row->xml, strlen(row->xml), &move, 1, &err), 0);
	if (hd_request_parse(&request, &arena, text, strlen(text), &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(request.hostdevs[0].addr.bus, 2);
	assert_int_equal(request.policy.n_anys, row->n_anys);
	assert_int_equal(request.policy.n_pins, row->n_pins);
	if (row->n_pins)
		assert_int_equal(request.policy.pins[0].device, 1);
	hd_arena_done(&arena);
}

static void move_allowances(const struct hd_device_move *move, const char *xml, const char *const want[3],
			    struct hd_arena *arena)
{
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	const char *text;
	size_t n = 0;

	assert_int_equal(hd_definition_move(&text, arena, xml, strlen(xml), move, 1, &err), 0);
	if (hd_request_parse(&request, arena, text, strlen(text), &err) < 0)
		fail_msg("%s", err.text);
	for (; want[n]; n++) {
		assert_true(n < request.policy.n_allows);
		assert_string_equal(request.policy.allows[n].subject, want[n]);
	}
	assert_int_equal(request.policy.n_allows, n);
}

static void allowances(void **state)
{
	const struct allowed *row = *state;
	const struct hd_device_move move = { .from = { .bus = 1 }, .to = { .bus = 2 },
					     .is_same_card = row->is_same_card };
	struct hd_arena arena = { 0 };

	move_allowances(&move, hd_printf(&arena, XML("%s", "1"), row->metadata), row->want, &arena);
	hd_arena_done(&arena);
}

static void allowances_beside(void **state)
{
	const struct beside *row = *state;
	const struct hd_device_move move = { .from = { .bus = 1 }, .to = { .bus = 2 }, .is_same_card = true };
	struct hd_arena arena = { 0 };
	const char *xml = hd_printf(&arena, DOMAIN("%s", HOSTDEV("1", "0") HOSTDEV("%s", "2")),
				    row->metadata, row->stays);

	move_allowances(&move, xml, row->want, &arena);
	hd_arena_done(&arena);
}

#define FIRST_BESIDE (HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(allowed))

int main(void)
{
	struct CMUnitTest tests[FIRST_BESIDE + HD_ARRAY_SIZE(besides)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = moved,
						.initial_state = (void *)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(allowed); i++)
		tests[HD_ARRAY_SIZE(rows) + i] = (struct CMUnitTest){
			.name = allowed[i].name, .test_func = allowances,
			.initial_state = (void *)&allowed[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(besides); i++)
		tests[FIRST_BESIDE + i] = (struct CMUnitTest){
			.name = besides[i].name, .test_func = allowances_beside,
			.initial_state = (void *)&besides[i] };
	return cmocka_run_group_tests_name("move devices", tests, NULL, NULL);
}
