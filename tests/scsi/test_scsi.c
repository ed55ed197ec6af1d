/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_scsi.c - which SCSI device is at an address, by which nodes, and which guest has it? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define HBA "sys/devices/pci0000:00/0000:00:05.0/0000:03:00.0/host2/target2:0:0"
#define DISK HBA "/2:0:0:0"
#define TAPE HBA "/2:0:0:1"

static void add_unit(struct fake_host *host, const char *path, const char *type)
{
	struct hd_arena *arena = &host->arena;
	const char *name = strrchr(path, '/') + 1;

	fake_file(host, hd_printf(arena, "%s/type", path), type);
	fake_dir(host, hd_printf(arena, "%s/scsi_device/%s", path, name));
	fake_link(host, hd_printf(arena, HD_SYS_SCSI "/%s", name),
		  hd_printf(arena, "../../%s/scsi_device/%s", path + strlen("sys/"), name));
}

static void add_units(struct fake_host *host)
{
	add_unit(host, DISK, "0\n");
	fake_file(host, DISK "/vendor", "HGST    \n");
	fake_file(host, DISK "/model", "HUS726T4TAL5204 \n");
	fake_file(host, DISK "/rev", "C40D\n");
	fake_file(host, DISK "/wwid", "naa.5000cca097a1b2c3\n");
	fake_link(host, DISK "/driver", "../../../../../../../bus/scsi/drivers/sd");
	fake_file(host, DISK "/block/sda/dev", "8:0\n");
	fake_link(host, DISK "/block/sda/subsystem", "../../../../../../../../../class/block");
	fake_file(host, DISK "/scsi_generic/sg0/dev", "21:0\n");
	add_unit(host, TAPE, "1\n");
	fake_dir(host, TAPE "/scsi_tape/nst0");
	fake_dir(host, TAPE "/scsi_tape/st0a");
	fake_dir(host, TAPE "/scsi_tape/st0");
	fake_dir(host, TAPE "/scsi_generic/sg1");
}

static struct hd_scsi_unit unit_of(struct fake_host *host, const char *name)
{
	struct hd_scsi_unit unit;

	assert_int_equal(hd_scsi_unit_read(&unit, &host->root, &host->arena, name), 0);
	return unit;
}

static void finds_a_disk_by_its_wwid(void **state)
{
	struct fake_host *host = *state;
	struct hd_scsi_unit *units;

	assert_int_equal(hd_scsi_units_find(&units, &host->root, &host->arena, "naa.5000cca097a1b2c3"), 0);
	add_units(host);
	assert_int_equal(hd_scsi_units_find(&units, &host->root, &host->arena, "naa.5000cca097a1b2c3"), 1);
	assert_string_equal(units[0].path, DISK);
	assert_int_equal(hd_scsi_units_find(&units, &host->root, &host->arena, "naa.5000cca097a1b2c"), 0);
}

static void reads_a_disk(void **state)
{
	struct fake_host *host = *state;
	struct hd_scsi_unit unit;
	const char *nodes[3];

	add_units(host);
	unit = unit_of(host, "2:0:0:0");
	assert_string_equal(unit.path, DISK);
	assert_int_equal(unit.type, HD_SCSI_DISK);
	assert_string_equal(unit.vendor, "HGST");
	assert_string_equal(unit.model, "HUS726T4TAL5204");
	assert_string_equal(unit.revision, "C40D");
	assert_string_equal(unit.wwid, "naa.5000cca097a1b2c3");
	assert_string_equal(unit.driver, "sd");
	assert_int_equal(hd_scsi_unit_nodes(nodes, &host->arena, &unit), 2);
	assert_string_equal(nodes[0], "/dev/sda");
	assert_string_equal(nodes[1], "/dev/sg0");
}

static void reads_a_tape(void **state)
{
	struct fake_host *host = *state;
	struct hd_scsi_unit unit;
	const char *nodes[3];

	add_units(host);
	unit = unit_of(host, "2:0:0:1");
	assert_int_equal(unit.type, HD_SCSI_TAPE);
	assert_null(unit.vendor);
	assert_null(unit.driver);
	assert_null(unit.block);
	assert_int_equal(hd_scsi_unit_nodes(nodes, &host->arena, &unit), 2);
	assert_string_equal(nodes[0], "/dev/st0");
	assert_string_equal(nodes[1], "/dev/sg1");
}

/* What a guest pins is compared with all of it, byte for byte. */
static void reads_a_wwid_whole(void **state)
{
	char longest[HD_SCSI_WWID_MAX + 2];
	const struct {
		const char *text, *want;
	} rows[] = {
		{ "  t10.ATA     x   \n", "t10.ATA     x" },
		{ "naa.\x01\xff\n", "naa.\x01\xff" },
		{ longest + 1, longest + 1 },
		{ longest, NULL },
		{ "   \n", NULL },
	};
	struct fake_host *host = *state;

	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	add_units(host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *wwid;

		fake_file(host, DISK "/wwid", rows[i].text);
		wwid = unit_of(host, "2:0:0:0").wwid;
		assert_string_equal(wwid ? wwid : "none", rows[i].want ? rows[i].want : "none");
	}
}

/* What a captured tree may say, and what is not there. */
static void refuses_others(void **state)
{
	struct fake_host *host = *state;
	struct hd_scsi_unit unit;

	add_units(host);
	fake_link(host, HD_SYS_SCSI "/3:0:0:0", "../../../etc/scsi_device/3:0:0:0");
	fake_link(host, HD_SYS_SCSI "/3:0:0:1", "../../devices/x/../../../etc/scsi_device/3:0:0:1");
	fake_link(host, HD_SYS_SCSI "/3:0:0:2", "../../devices/x/2:0:0:0");
	assert_int_equal(hd_scsi_unit_read(&unit, &host->root, &host->arena, "2:0:0:9"), -ENOENT);
	for (int i = 0; i < 3; i++)
		assert_int_equal(hd_scsi_unit_read(&unit, &host->root, &host->arena,
						   hd_printf(&host->arena, "3:0:0:%d", i)), -EINVAL);
	assert_int_equal(hd_scsi_unit_read(&unit, &host->root, &host->arena, "../x"), -EINVAL);
}

static struct hd_hostdev element(unsigned unit, bool is_shareable)
{
	return (struct hd_hostdev){ .kind = HD_DEVICE_SCSI, .has_scsi = true,
				    .scsi = { 2, 0, 0, unit }, .is_shareable = is_shareable };
}

static void finds_guests(void **state)
{
	static const struct {
		bool wants_to_share;
		int guest;
		bool is_shared;
	} rows[] = { { false, 1, false }, { true, 3, false } };
	struct fake_host *host = *state;
	struct hd_guest_device devices[] = {
		{ .guest = "a", .dev = element(1, false) }, { .guest = "b", .dev = element(0, true) },
		{ .guest = "c", .dev = { .kind = HD_DEVICE_SCSI } },
		{ .guest = "d", .dev = element(0, false) },
	};
	struct hd_guests guests = { .devices = devices, .n_devices = HD_ARRAY_SIZE(devices) };
	struct hd_scsi_facts scsi;
	struct hd_scsi_claim *claims;
	struct hd_hostdev dev;

	add_units(host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		dev = element(0, rows[i].wants_to_share);
		hd_scsi_read(&scsi, &host->root, &host->arena, &dev);
		hd_scsi_find_guest(&scsi, &guests);
		assert_string_equal(scsi.name, "scsi 2:0:0:0");
		assert_true(scsi.exists && scsi.has_pci && scsi.pci.bus == 3);
		assert_ptr_equal(scsi.guest, &devices[rows[i].guest]);
		assert_int_equal(scsi.is_shared, rows[i].is_shared);
	}
	guests.n_devices = 3;
	hd_scsi_find_guest(&scsi, &guests);
	assert_true(scsi.guest == &devices[1] && scsi.is_shared);
	assert_int_equal(hd_scsi_claims_read(&claims, &host->root, &host->arena, &guests), 2);
	assert_string_equal(claims[0].path, TAPE);
	assert_string_equal(claims[1].path, DISK);
}

/* A program has the generic node open, the disk is mounted: both are seen by the collector. */
static void collects_uses(void **state)
{
	struct fake_host *host = *state;
	const struct hd_hostdev dev = element(0, false), *named = &dev;
	const struct hd_facts_query query = {
		.guest_uuid = "", .want = HD_WANT_NAMED | HD_WANT_HOLDERS, .named = &named, .n_named = 1,
	};
	struct hd_facts facts;
	struct hd_error err;

	add_units(host);
	fake_file(host, "proc/self/mountinfo", "1 0 8:0 / /srv rw - ext4 /dev/sda rw\n");
	fake_file(host, "proc/812/comm", "sg_write\n");
	fake_link(host, "proc/812/fd/3", "/dev/sg0");
	if (hd_facts_collect(&facts, &host->root, &host->arena, &query, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(facts.n_scsis, 1);
	assert_int_equal(facts.scsis[0].storage.n_disks, 1);
	assert_int_equal(facts.scsis[0].storage.disks[0].n_uses, 1);
	assert_int_equal(facts.scsis[0].n_nodes, 2);
	assert_int_equal(facts.scsis[0].holders.n, 1);
	assert_string_equal(facts.scsis[0].holders.holders[0].node->name, "/dev/sg0");
	hd_facts_close(&facts);
}

#define SCSI_TEST(test) cmocka_unit_test_setup_teardown(test, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCSI_TEST(reads_a_disk),
		SCSI_TEST(finds_a_disk_by_its_wwid),
		SCSI_TEST(reads_a_tape),
		SCSI_TEST(reads_a_wwid_whole),
		SCSI_TEST(refuses_others),
		SCSI_TEST(finds_guests),
		SCSI_TEST(collects_uses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
