/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_fill.c - do the texts of an answer get what the message names, or say how to find it? */
#include "config.h"

#include "explain/message.h"
#include "tests/support/unit.h"

static void texts_are_filled(void **state)
{
	struct hd_fields fields = { 0 };
	struct hd_arena arena = { 0 };

	(void)state;
	assert_true(hd_field_add(&fields, "address", "0000:01:00.0"));
	assert_true(hd_field_add(&fields, "guest", "a\033[31mb{address}"));
	assert_string_equal(hd_message_fill("check {address} of {guest}: {group}.", &fields, &arena),
			    "check 0000:01:00.0 of a?[31mb{address}: GROUP.");
	assert_string_equal(hd_message_fill("", &fields, &arena), "");
	assert_string_equal(hd_message_fill("a {number:group}{near:b|c}", &fields, &arena), "a GROUP");
	assert_string_equal(hd_message_fill("a{", &fields, &arena), "a");
	assert_string_equal(hd_message_fill("a[[ -g {group}]][[ -s {address}]] b", &fields, &arena),
			    "a -s 0000:01:00.0 b");
	assert_string_equal(hd_message_fill("a[[b", &fields, &arena), "a[[b");
	assert_string_equal(hd_message_fill("a[[b]]", &fields, &arena), "ab");
	hd_arena_done(&arena);
}

/* A command with a placeholder is not a step. */
static void a_remedy_finds_its_device(void **state)
{
	const struct hd_message check = { .remedy = "stop it; hostdevctl check {address} names it" };
	const struct hd_message other = { .remedy = "lspci -s {address}" }, none = { .remedy = "stop it" };
	const struct hd_message guest = { .remedy = "virsh edit {guest}" }, vm = { .remedy = "qm start {guest}" };
	struct hd_fields fields = { 0 };
	struct hd_arena arena = { 0 };

	(void)state;
	assert_string_equal(hd_message_remedy(&check, &fields, &arena),
			    "stop it; find the device with 'hostdevctl list --long', then hostdevctl check "
			    "ADDRESS names it");
	assert_string_equal(hd_message_remedy(&other, &fields, &arena),
			    "lspci -s ADDRESS ('hostdevctl list --long' shows ADDRESS)");
	assert_string_equal(hd_message_remedy(&none, &fields, &arena), "stop it");
	assert_string_equal(hd_message_remedy(&guest, &fields, &arena),
			    "virsh edit GUEST ('virsh list --all' shows GUEST)");
	assert_string_equal(hd_message_remedy(&vm, &fields, &arena), "qm start GUEST ('qm list' shows GUEST)");
	assert_true(hd_field_add(&fields, "address", "0000:01:00.0"));
	assert_string_equal(hd_message_remedy(&check, &fields, &arena),
			    "stop it; hostdevctl check 0000:01:00.0 names it");
	assert_string_equal(hd_message_remedy(&other, &fields, &arena), "lspci -s 0000:01:00.0");
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_filled), cmocka_unit_test(a_remedy_finds_its_device),
	};

	return cmocka_run_group_tests_name("fill", tests, NULL, NULL);
}
