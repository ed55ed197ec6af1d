/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_policy.c - a guest's policy is read whole, and a typo in it is an error. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/request.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define OURS "<h:hostdevctl xmlns:h='" HD_POLICY_NAMESPACE "'>\n"
#define POLICY(text) OURS text "</h:hostdevctl>"

#define UNITS_4 "a.service b.service c.service d.service"
#define UNITS_16 UNITS_4 " " UNITS_4 " " UNITS_4 " " UNITS_4

struct row {
	const char *name, *metadata, *error;
};

static const struct row rows[] = {
	{ "unknown element", POLICY("<h:compagnons move='no'/>"),
	  "line 2: <compagnons>: unknown element" },
	{ "element without our prefix", POLICY("<companions move='no'/>"),
	  "line 2: <companions>: unknown element" },
	{ "unknown attribute", POLICY("<h:companions mode='no'/>"),
	  "line 2: <companions mode='no'>: unknown attribute" },
	{ "attribute with a prefix", POLICY("<h:companions h:move='no'/>"),
	  "line 2: <companions>: move: unknown attribute" },
	{ "attribute of the root", "<h:hostdevctl xmlns:h='" HD_POLICY_NAMESPACE "' a='b'/>",
	  "line 1: <hostdevctl a='b'>: unknown attribute" },
	{ "other root", "<h:hostdev xmlns:h='" HD_POLICY_NAMESPACE "'/>",
	  "line 1: <hostdev>: is not hostdevctl's metadata" },
	{ "other version", "<h:hostdevctl xmlns:h='urn:hostdevctl:guest:2'/>",
	  "line 1: <hostdevctl>: its namespace is not urn:hostdevctl:guest:1" },
	{ "move is missing", POLICY("<h:companions/>"), "line 2: <companions>: has no move "
							"attribute" },
	{ "move is a guess", POLICY("<h:companions move='maybe'/>"),
	  "line 2: <companions move='maybe'>: must be yes or no" },
	{ "no address", POLICY("<h:device vendor='1'/>"), "line 2: <device>: has no address" },
	{ "bad address", POLICY("<h:device address='0000:01:20.0'/>"),
	  "line 2: <device address='0000:01:20.0'>: not an address such as 0000:01:00.0" },
	{ "bad vendor", POLICY("<h:device address='01:00.0' vendor='10de'/>"),
	  "line 2: <device vendor='10de'>: not a number" },
	{ "large device", POLICY("<h:device address='01:00.0' device='0x10000'/>"),
	  "line 2: <device device='0x10000'>: must be 0 to 0xffff" },
	{ "pinned twice", POLICY("<h:device address='01:00.0'/>\n"
				 "<h:device address='pci_0000_01_00_0'/>"),
	  "line 3: <device address='pci_0000_01_00_0'>: is pinned twice" },
	{ "no wwid", POLICY("<h:scsi address='2:0:0:0'/>"), "line 2: <scsi>: has no wwid" },
	{ "address of a PCI function", POLICY("<h:scsi address='01:00.0' wwid='a'/>"),
	  "line 2: <scsi address='01:00.0'>: not an address such as 2:0:0:0" },
	{ "SCSI pinned twice", POLICY("<h:scsi address='2:0:0:0' wwid='a'/>\n"
				      "<h:scsi address='2:0:0:0' wwid='b'/>"),
	  "line 3: <scsi address='2:0:0:0'>: is pinned twice" },
	{ "allow without check", POLICY("<h:allow subject='host'/>"),
	  "line 2: <allow>: has no check" },
	{ "allow without subject", POLICY("<h:allow check='reset-works' subject=''/>"),
	  "line 2: <allow>: has no subject" },
	{ "handover of what", POLICY("<h:handover session='end'/>"),
	  "line 2: <handover session='end'>: unknown attribute" },
	{ "sessions are a guess", POLICY("<h:handover sessions='yes'/>"),
	  "line 2: <handover sessions='yes'>: must be end or refuse" },
	{ "programs are never ended", POLICY("<h:handover processes='end'/>"),
	  "line 2: <handover processes='end'>: must be refuse" },
	{ "handover twice", POLICY("<h:handover/>\n<h:handover sessions='refuse'/>"),
	  "line 3: <handover>: appears twice" },
	{ "any without a kind", POLICY("<h:any address='0000:01:00.0'/>"), "line 2: <any>: has no of" },
	{ "any of a line", POLICY("<h:any of='a&#10;b' address='0000:01:00.0'/>"),
	  "line 2: <any of='a?b'>: not a kind such as gpu:10de:2684" },
	{ "any at no address", POLICY("<h:any of='gpu' address='x'/>"),
	  "line 2: <any address='x'>: not an address such as 0000:01:00.0" },
	{ "any twice", POLICY("<h:any of='gpu' address='01:00.0'/>\n"
			      "<h:any of='nvme' address='0000:01:00.0'/>"),
	  "line 3: <any address='0000:01:00.0'>: appears twice" },
	{ "no unit", POLICY("<h:handover units=' '/>"),
	  "line 2: <handover units=' '>: has no unit" },
	{ "too many units", POLICY("<h:handover units='" UNITS_16 " z.service'/>"),
	  "line 2: <handover units='" UNITS_4 " " UNITS_4 " ...'>: more than 16 units" },
};

struct unit_row {
	const char *name, *error;
};

#define NOT_A_NAME "not the name of a unit of systemd"
#define NOT_THIS_TYPE "a unit must be a .service"
#define NEEDED "libvirt, systemd or a login by the network needs a unit of them"

static const struct unit_row unit_rows[] = {
	{ "gdm.service", NULL }, { "getty@tty1.service", NULL }, { "a:b_c-d@1.service", NULL },
	{ "a.socket", NOT_THIS_TYPE },
	{ "virtual-desk.service", NULL }, { "sshfs.service", NULL },
	{ "", NOT_A_NAME }, { "gdm", NOT_THIS_TYPE },
	{ "session-2.scope", NOT_THIS_TYPE }, { "graphical.target", NOT_THIS_TYPE },
	{ "user.slice", NOT_THIS_TYPE }, { ".service", NOT_A_NAME },
	{ "-a.service", NOT_A_NAME }, { "../x.service", NOT_A_NAME },
	{ "a/b.service", NOT_A_NAME }, { "a\\x2db.service", NOT_A_NAME },
	{ "a\n.service", NOT_A_NAME },
	{ "a123456789012345678901234567890123456789012345678901234.service", NULL },
	{ "a1234567890123456789012345678901234567890123456789012345.service",
	  "a unit's name of more than 63 characters" },
	{ "libvirtd.service", NEEDED }, { "virtqemud.service", NEEDED },
	{ "virtlogd.service", NEEDED }, { "dbus.service", NEEDED },
	{ "systemd-logind.service", NEEDED }, { "user@1000.service", NEEDED },
	{ "ssh.service", NEEDED }, { "sshd@2.service", NEEDED },
	{ "hostdevctl-recover.service", NEEDED },
};

static int read_policy(struct hd_arena *arena, const char *metadata, struct hd_request *ret,
		       struct hd_error *err)
{
	const char *xml = hd_printf(arena, "<domain><metadata>%s</metadata></domain>", metadata);

	return hd_request_parse(ret, arena, xml, strlen(xml), err);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	assert_int_equal(read_policy(&arena, row->metadata, &request, &err), -EINVAL);
	assert_string_equal(err.text, row->error);
	hd_arena_done(&arena);
}

static void full_policy(void **state)
{
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	const struct hd_policy *policy = &request.policy;

	assert_int_equal(read_policy(*state, POLICY(
		"<!-- kept by us -->\n<h:companions move='no'/>"
		"<h:device address='10000:01:00.0' vendor='0x1b36' device='020' serial='a b'/>"
		"<h:allow check='network-free' subject='0000:02:00.0'/>"
		"<h:allow check='no-acs-override' subject='host'/>"), &request, &err), 0);
	assert_true(policy->keep_companions);
	assert_int_equal(policy->n_pins, 1);
	assert_int_equal(policy->pins[0].addr.domain, 0x10000);
	assert_int_equal(policy->pins[0].vendor, 0x1b36);
	assert_int_equal(policy->pins[0].device, 16);
	assert_int_equal(policy->pins[0].subsystem_vendor, -1);
	assert_int_equal(policy->pins[0].subsystem_device, -1);
	assert_string_equal(policy->pins[0].serial, "a b");
	assert_int_equal(policy->n_allows, 2);
	assert_string_equal(policy->allows[0].subject, "0000:02:00.0");
	assert_string_equal(policy->allows[1].check, "no-acs-override");
	assert_string_equal(policy->allows[1].subject, "host");
}

static void defaults(void **state)
{
	static const char *const texts[] = {
		"", "<x:companions xmlns:x='urn:x' mode='x'/>", "<hostdevctl/>",
		POLICY("<h:companions move='yes'/>"), POLICY(""),
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct hd_request request = { 0 };
		struct hd_error err = { 0 };

		assert_int_equal(read_policy(*state, texts[i], &request, &err), 0);
		assert_false(request.policy.keep_companions);
		assert_false(request.policy.handover.is_asked);
		assert_int_equal(request.policy.n_pins + request.policy.n_allows, 0);
		assert_null(hd_policy_pin(&request.policy, &(struct hd_pci_addr){ 0 }));
	}
}

static void handover(void **state)
{
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	const struct hd_handover *read = &request.policy.handover;

	assert_int_equal(read_policy(*state, POLICY("<h:handover/>"), &request, &err), 0);
	assert_true(read->is_asked && read->ends_sessions);
	assert_null(read->units);
	request = (struct hd_request){ 0 };
	assert_int_equal(read_policy(*state, POLICY(
		"<h:handover sessions='refuse' processes='refuse'"
		" units=' display-manager.service\t nvidia-persistenced.service '/>"), &request,
		&err), 0);
	assert_true(read->is_asked && !read->ends_sessions);
	assert_int_equal(read->n_units, 2);
	assert_string_equal(read->units[0], "display-manager.service");
	assert_string_equal(read->units[1], "nvidia-persistenced.service");
}

static void replug(void **state)
{
	static const struct hd_replug wanted[] = {
		{ .is_wanted = true, .vendor = -1, .product = -1 },
		{ .is_wanted = true, .vendor = 0x46d, .product = 0xc52b },
		{ .is_wanted = true, .vendor = 0x46d, .product = 0xc52b, .serial = "a" },
		{ .is_wanted = true, .vendor = -1, .product = -1, .port = "1-2" },
		{ .is_wanted = true, .vendor = -1, .product = -1, .hub = "1-10.4.1" },
		{ .is_wanted = false, .vendor = -1, .product = -1, .port = "1-10.4.1.3" },
	};
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	assert_int_equal(read_policy(*state, POLICY("<h:usb replug='yes'/>"
		"<h:usb replug='yes' vendor='0x046d' product='0xc52b'/>"
		"<h:usb replug='yes' vendor='0x046d' product='0xc52b' serial='a'/>"
		"<h:usb replug='yes' port='1-2'/><h:usb replug='yes' hub='1-10.4.1'/>"
		"<h:usb replug='no' port='1-10.4.1.3'/>"), &request, &err), 0);
	assert_int_equal(request.policy.n_replugs, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < request.policy.n_replugs; i++) {
		assert_true(hd_replug_is_same(&request.policy.replugs[i], &wanted[i]));
		assert_int_equal(request.policy.replugs[i].is_wanted, wanted[i].is_wanted);
	}
}

static void units(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(unit_rows) / sizeof(unit_rows[0]); i++) {
		const char *error = hd_policy_unit_error(unit_rows[i].name);

		if (!unit_rows[i].error)
			assert_null(error);
		else
			assert_string_equal(error ? error : "", unit_rows[i].error);
	}
}

/* A policy elsewhere in the domain is not the administrator's. */
static void only_in_metadata(void **state)
{
	const char *xml = domain_with(*state, POLICY("<h:companions move='no'/>"));
	struct hd_request request = { 0 };

	domain_parse(*state, xml, strlen(xml), &request);
	assert_false(request.policy.keep_companions);
}

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

int main(void)
{
	struct CMUnitTest tests[N_ROWS + 6] = {
		[N_ROWS] = DOMAIN_TEST(full_policy),
		[N_ROWS + 1] = DOMAIN_TEST(defaults),
		[N_ROWS + 2] = DOMAIN_TEST(only_in_metadata),
		[N_ROWS + 3] = DOMAIN_TEST(handover),
		[N_ROWS + 4] = DOMAIN_TEST(units),
		[N_ROWS + 5] = DOMAIN_TEST(replug),
	};

	for (size_t i = 0; i < N_ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run_row,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
