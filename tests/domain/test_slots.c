/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_slots.c - functions of a card get one free slot of the guest, and what it takes. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/slots.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define Q35 "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"
#define PC "<os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>"
#define VIRT "<os><type arch='aarch64' machine='virt-7.2'>hvm</type></os>"
#define AT(bus, slot, fn, more) \
	"<address type='pci' domain='0' bus='" bus "' slot='" slot "' function='" fn "'" more "/>"
#define ROOT "<controller type='pci' index='0' model='pcie-root'/>"
#define PORT(index, slot, fn) \
	"<controller type='pci' index='" index "' model='pcie-root-port'>" \
	AT("0", slot, fn, "") "</controller>"
#define DISK(bus, slot) \
	"<disk><target dev='vda' bus='virtio'/>" AT(bus, slot, "0", "") "</disk>"
#define TUNED \
	"<cpu><numa><cell id='0' cpus='0' memory='1'/><cell id='1' cpus='1' memory='1'/></numa>" \
	"</cpu><numatune><memnode cellid='0' mode='strict' nodeset='2'/>" \
	"<memnode cellid='1' mode='strict' nodeset='1'/></numatune>"

struct row {
	const char *name, *head, *devices;
	const char *fns;		/* "01": the numbers of the card's functions */
	const char *wanted;		/* or NULL */
	const char *result;		/* places, added controllers, then notes or the error */
	bool is_conventional, is_live;
	int host_node;			/* 0: none; the tests use 1 and 2 */
};

static const struct row rows[] = {
	{ .name = "q35: a free port", Q35, ROOT PORT("1", "2", "0") PORT("2", "2", "1") DISK("1", "0"),
	  "0", NULL, "0000:02:00.0" },
	{ .name = "q35: a port is added", Q35, ROOT PORT("1", "2", "0") DISK("1", "0"),
	  "0", NULL, "0000:02:00.0 +2 pcie-root-port 0000:00:03.0 multi" },
	{ .name = "q35: not even the root is there", Q35, "", "0", NULL,
	  "0000:01:00.0 +1 pcie-root-port 0000:00:02.0 multi" },
	{ .name = "q35: a port beside the others", Q35,
	  ROOT "<controller type='pci' index='1' model='pcie-root-port'>"
	  AT("0", "4", "0", " multifunction='on'") "</controller>" PORT("2", "4", "1")
	  DISK("1", "0") DISK("2", "0"), "0", NULL,
	  "0000:03:00.0 +3 pcie-root-port 0000:00:04.2" },
	{ .name = "q35: the index is above all others",
	  Q35, ROOT PORT("9", "2", "0") DISK("9", "0") DISK("12", "0"),
	  "0", NULL, "0000:0d:00.0 +13 pcie-root-port 0000:00:03.0 multi" },
	{ .name = "q35: a card on one slot", Q35, ROOT PORT("1", "2", "0"),
	  "01", NULL, "0000:01:00.0 multi 0000:01:00.1" },
	{ .name = "functions keep their numbers", Q35, ROOT PORT("1", "2", "0"),
	  "037", NULL, "0000:01:00.0 multi 0000:01:00.3 0000:01:00.7" },
	{ .name = "without function 0 they are counted", Q35, ROOT PORT("1", "2", "0"),
	  "13", NULL, "0000:01:00.0 multi 0000:01:00.1" },
	{ .name = "a single one becomes function 0", Q35, ROOT PORT("1", "2", "0"),
	  "1", NULL, "0000:01:00.0" },
	{ .name = "q35: free ports are left to what has no address",
	  Q35, ROOT PORT("1", "2", "0") "<disk><target dev='vda' bus='virtio'/></disk>",
	  "0", NULL, "0000:02:00.0 +2 pcie-root-port 0000:00:1c.0 multi" },
	{ .name = "no address is wanted by these",
	  Q35, ROOT PORT("1", "2", "0") "<memballoon model='none'/><disk><target bus='sata'/></disk>"
	  "<video><model type='none'/></video><input type='mouse' bus='ps2'/>",
	  "0", NULL, "0000:01:00.0" },
	{ .name = "q35: a conventional card on a bridge for such", Q35,
	  ROOT PORT("1", "2", "0") "<controller type='pci' index='2' model='pcie-to-pci-bridge'>"
	  AT("1", "0", "0", "") "</controller>" DISK("2", "1"),
	  "0", NULL, "0000:02:02.0", .is_conventional = true },
	{ .name = "q35: bridge and port are added", Q35, ROOT, "0", NULL,
	  "0000:02:01.0 +1 pcie-root-port 0000:00:02.0 multi +2 pcie-to-pci-bridge 0000:01:00.0",
	  .is_conventional = true },
	{ .name = "q35: the bridge on a free port", Q35, ROOT PORT("1", "2", "0"), "0", NULL,
	  "0000:02:01.0 +2 pcie-to-pci-bridge 0000:01:00.0", .is_conventional = true },
	{ .name = "q35: a port without index has the lowest", Q35,
	  ROOT "<controller type='pci' model='pcie-root-port'/>" PORT("2", "2", "0") DISK("1", "0"),
	  "0", NULL, "0000:02:00.0" },
	{ .name = "q35: indexes are all used", Q35, ROOT PORT("255", "2", "0") DISK("255", "0"),
	  "0", NULL, "!card: the guest has no free controller index for a pcie-root-port" },
	{ .name = "q35: a switch port", Q35,
	  ROOT PORT("1", "2", "0") "<controller type='pci' index='2' model='pcie-switch-upstream-port'>"
	  AT("1", "0", "0", "") "</controller><controller type='pci' index='3' "
	  "model='pcie-switch-downstream-port'>" AT("2", "0", "0", "") "</controller>",
	  "0", NULL, "0000:03:00.0" },
	{ .name = "virt: a port is added", VIRT, ROOT, "0", NULL,
	  "0000:01:00.0 +1 pcie-root-port 0000:00:01.0 multi" },
	{ .name = "pc: the lowest free slot, not the chipset's", PC, DISK("0", "3") DISK("0", "5"),
	  "0", NULL, "0000:00:04.0" },
	{ .name = "pc: a card", PC, "", "01", NULL, "0000:00:03.0 multi 0000:00:03.1" },
	{ .name = "pc: what libvirt fills last", PC,
	  "<disk><target dev='vda' bus='virtio'/></disk>" DISK("0", "31"),
	  "0", NULL, "0000:00:1e.0" },
	{ .name = "no machine is pc", "", "", "0", NULL, "0000:00:03.0" },
	{ .name = "pseries is libvirt's", "<os><type arch='ppc64' machine='pseries-7.2'>hvm</type></os>", "",
	  "01", NULL, "- - ;libvirt places card: machine 'pseries-7.2'" },
	{ .name = "isapc is libvirt's", "<os><type arch='x86_64' machine='isapc'>hvm</type></os>", "",
	  "0", "00:05", "!card: --slot: libvirt places the devices of machine 'isapc'" },
	{ .name = "live: a free port", Q35, ROOT PORT("1", "2", "0"), "0", NULL, "0000:01:00.0",
	  .is_live = true },
	{ .name = "live: a port that cannot be plugged", Q35,
	  ROOT "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='off'/>"
	  AT("0", "2", "0", "") "</controller>", "0", NULL,
	  "!card: the running guest has no free slot for hotplug; attach it with --config "
	  "and restart the guest, or give the guest more pcie-root-port controllers",
	  .is_live = true },
	{ .name = "live: a conventional one takes a port", Q35, ROOT PORT("1", "2", "0"), "0", NULL,
	  "0000:01:00.0", .is_live = true, .is_conventional = true },
	{ .name = "live: a card has no slot", Q35, ROOT PORT("1", "2", "0"), "01", NULL,
	  "!card: 2 functions do not fit into one guest slot", .is_live = true },
	{ .name = "wish: a free port", Q35, ROOT PORT("1", "2", "0") PORT("2", "2", "1"), "0", "02:00.0",
	  "0000:02:00.0" },
	{ .name = "wish: an integrated graphics card", Q35, ROOT, "0", "00:02", "0000:00:02.0" },
	{ .name = "wish: a bus that is added", Q35, ROOT PORT("1", "2", "0"), "01", "07:00",
	  "0000:07:00.0 multi 0000:07:00.1 +7 pcie-root-port 0000:00:03.0 multi" },
	{ .name = "wish: taken", Q35, ROOT PORT("1", "2", "0") "\n" DISK("1", "0"), "0", "01:00.0",
	  "!guest slot 0000:01:00.0: <disk> of line 2 uses it" },
	{ .name = "wish: the chipset's", Q35, ROOT, "0", "00:1f.0",
	  "!guest slot 0000:00:1f.0: the chipset (ISA bridge, SATA, SMBus) uses it" },
	{ .name = "wish: beside the chipset", Q35, ROOT, "0", "00:1f.5",
	  "!guest slot 0000:00:1f.5: the chipset (ISA bridge, SATA, SMBus) uses it" },
	{ .name = "wish: a port has slot 0", Q35, ROOT PORT("1", "2", "0"), "0", "01:01.0",
	  "!guest slot 0000:01:01.0: a pcie-root-port has slots 0 to 0" },
	{ .name = "wish: a bus that takes none", Q35,
	  ROOT "<controller type='pci' index='1' model='pcie-expander-bus'/>", "0", "01:00.0",
	  "!guest slot 0000:01:00.0: its bus is a controller of model pcie-expander-bus, "
	  "which cannot have such a device" },
	{ .name = "wish: no such bus", PC, "", "0", "03:01.0",
	  "!guest slot 0000:03:01.0: the guest has no bus 03" },
	{ .name = "wish: a domain", PC, "", "0", "0001:00:05.0",
	  "!guest slot 0001:00:05.0: a guest has only PCI domain 0" },
	{ .name = "wish: a card at function 1", PC, "", "01", "00:05.1",
	  "!guest slot 0000:00:05.1: a card with several functions starts at function 0" },
	{ .name = "wish: beside function 0", PC,
	  "<disk><target bus='virtio'/>" AT("0", "5", "0", " multifunction='on'") "</disk>",
	  "0", "00:05.1", "0000:00:05.1" },
	{ .name = "wish: function 0 is alone", PC, "\n" DISK("0", "5"), "0", "00:05.1",
	  "!guest slot 0000:00:05.1: <disk> of line 2 uses it" },
	{ .name = "wish: no function 0", PC, "", "0", "00:05.1",
	  "!guest slot 0000:00:05.1: its function 0 is empty" },
	{ .name = "wish: not while it runs", Q35, ROOT, "0", "00:02.0",
	  "!guest slot 0000:00:02.0: nothing can be plugged there while the guest runs",
	  .is_live = true },
	{ .name = "near: the expander bus of its node", Q35 TUNED,
	  ROOT PORT("1", "2", "0") "<controller type='pci' index='2' model='pcie-expander-bus'><target>"
	  "<node>1</node></target>" AT("0", "3", "0", "") "</controller>"
	  "<controller type='pci' index='3' model='pcie-root-port'>" AT("2", "0", "0", "")
	  "</controller>", "0", NULL, "0000:03:00.0", .host_node = 1 },
	{ .name = "near: not another's", Q35 TUNED,
	  ROOT "<controller type='pci' index='1' model='pcie-expander-bus'><target><node>1</node>"
	  "</target>" AT("0", "3", "0", "") "</controller>"
	  "<controller type='pci' index='2' model='pcie-root-port'>" AT("1", "0", "0", "")
	  "</controller>" PORT("3", "2", "0"), "0", NULL,
	  "0000:03:00.0 ;card is on NUMA node 2 of the host, node 0 of the guest. An "
	  "expander bus would show this to the guest: <controller type='pci' "
	  "model='pcie-expander-bus'><target><node>0</node></target></controller> with a "
	  "pcie-root-port on it", .host_node = 2 },
	{ .name = "near: the guest does not say", Q35, ROOT PORT("1", "2", "0"), "0", NULL, "0000:01:00.0",
	  .host_node = 1 },
	{ .name = "bad address", Q35, "\n" DISK("0", "32"), "0", NULL,
	  "!line 2: <address slot='32'>: must be 0 to 0x1f" },
	{ .name = "index twice", Q35, ROOT PORT("1", "2", "0") "\n" PORT("1", "3", "0"), "0", NULL,
	  "!line 2: <controller index='1'>: is used twice" },
	{ .name = "large index", Q35, PORT("256", "2", "0"), "0", NULL,
	  "!line 1: <controller index='256'>: must be 0 to 255" },
};

static const char *show_addr(struct hd_arena *arena, const struct hd_guest_addr *guest)
{
	char name[HD_PCI_ADDR_SIZE];

	if (!guest->is_set)
		return "-";
	return hd_printf(arena, "%s%s", hd_pci_addr_format(&guest->addr, name),
			 guest->multifunction ? " multi" : "");
}

static const char *show(struct hd_arena *arena, const struct hd_slots *slots,
			const struct hd_guest_addr *guests, size_t n)
{
	const char *text = show_addr(arena, &guests[0]);

	for (size_t i = 1; i < n; i++)
		text = hd_printf(arena, "%s %s", text, show_addr(arena, &guests[i]));
	for (size_t i = 0; i < slots->n_added; i++) {
		const struct hd_guest_controller *added = &slots->added[i];

		text = hd_printf(arena, "%s +%u %s%s%s", text, added->index, added->model,
				 added->guest.is_set ? " " : "",
				 added->guest.is_set ? show_addr(arena, &added->guest) : "");
	}
	for (size_t i = 0; i < slots->n_notes; i++)
		text = hd_printf(arena, "%s ;%s", text, slots->notes[i]);
	return text;
}

static size_t fn_numbers(const char *text, uint8_t ret[static 8])
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		ret[i] = (uint8_t)(text[i] - '0');
	return n;
}

static int place_row(struct hd_arena *arena, const struct row *row, const char **ret,
		     struct hd_error *err)
{
	const char *xml = hd_printf(arena, "<domain>%s<devices>%s</devices></domain>", row->head,
				    row->devices);
	struct hd_guest_addr guests[8] = { 0 };
	struct hd_slots slots;
	struct hd_pci_addr wanted;
	uint8_t fns[8];
	struct hd_slots_ask ask = {
		.name = "card", .fns = fns, .n = fn_numbers(row->fns, fns),
		.is_conventional = row->is_conventional, .is_live = row->is_live,
		.wanted = row->wanted ? &wanted : NULL,
		.host_node = row->host_node ? row->host_node : -1,
	};
	int rc = hd_slots_read(&slots, arena, xml, strlen(xml), err);

	if (row->wanted)
		assert_true(hd_slots_parse(row->wanted, &wanted));
	if (rc == 0)
		rc = hd_slots_place(&slots, &ask, guests, err);
	if (rc == 0)
		*ret = show(arena, &slots, guests, ask.n);
	return rc;
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *text = NULL;
	int rc = place_row(&arena, row, &text, &err);

	if (rc < 0)
		text = hd_printf(&arena, "!%s", err.text);
	assert_string_equal(text, row->result);
	assert_int_equal(rc, row->result[0] == '!' ? err.code : 0);
	hd_arena_done(&arena);
}

static int place_more(struct hd_slots *slots, const char *fns_text, bool is_conventional,
		      struct hd_guest_addr *ret)
{
	struct hd_error err;
	uint8_t fns[8];
	const struct hd_slots_ask ask = {
		.name = "card", .fns = fns, .n = fn_numbers(fns_text, fns), .host_node = -1,
		.is_conventional = is_conventional,
	};

	return hd_slots_place(slots, &ask, ret, &err);
}

static void read_slots(struct hd_arena *arena, struct hd_slots *ret, const char *xml)
{
	struct hd_error err;

	assert_int_equal(hd_slots_read(ret, arena, xml, strlen(xml), &err), 0);
}

/* 27 slots, a bridge on the last one, and 31 slots behind each bridge. */
static void pc_grows(void **state)
{
	struct hd_arena *arena = *state;
	struct hd_guest_addr guest;
	struct hd_slots slots;

	read_slots(arena, &slots, "<domain>" PC "</domain>");
	for (int i = 0; i < 28 + 31; i++)
		assert_int_equal(place_more(&slots, "0", false, &guest), 0);
	assert_string_equal(show(arena, &slots, &guest, 1), "0000:02:01.0 +1 pci-bridge "
			    "0000:00:1f.0 +2 pci-bridge 0000:01:1f.0");
}

static void pcie_is_full(void **state)
{
	struct hd_arena *arena = *state;
	struct hd_guest_addr guests[2];
	struct hd_slots slots;
	size_t n = 0, n_added;

	/* 31 slots of pcie.0, without those that libvirt may want: 25 with 8 ports each. */
	read_slots(arena, &slots, "<domain>" Q35 "<devices>" ROOT "</devices></domain>");
	while (place_more(&slots, "01", false, guests) == 0)
		n++;
	assert_int_equal(n, 25 * 8);
	n_added = slots.n_added;
	assert_int_equal(place_more(&slots, "0", true, guests), -ENOSPC);
	assert_int_equal(slots.n_added, n_added);
}

/* What is added for a conventional card is not given to the next one. */
static void kinds_mix(void **state)
{
	struct hd_guest_addr guests[3];
	struct hd_slots slots;

	read_slots(*state, &slots, "<domain>" Q35 "</domain>");
	assert_int_equal(place_more(&slots, "0", true, &guests[0]), 0);
	assert_int_equal(place_more(&slots, "0", false, &guests[1]), 0);
	assert_int_equal(place_more(&slots, "0", true, &guests[2]), 0);
	assert_string_equal(show(*state, &slots, guests, 3),
			    "0000:02:01.0 0000:03:00.0 0000:02:02.0 +1 pcie-root-port "
			    "0000:00:02.0 multi +2 pcie-to-pci-bridge 0000:01:00.0 "
			    "+3 pcie-root-port 0000:00:02.1");
}

static void slot_names(void **state)
{
	struct hd_pci_addr addr = { .bus = 9 };

	(void)state;
	assert_false(hd_slots_parse("", &addr));
	assert_false(hd_slots_parse("7", &addr));
	assert_false(hd_slots_parse("07:20", &addr));
	assert_false(hd_slots_parse("07:00.8", &addr));
	assert_false(hd_slots_parse("0000:07:00.0.0.0.0.0", &addr));
	assert_int_equal(addr.bus, 9);
	assert_true(hd_slots_parse("0000:07:01", &addr));
	assert_int_equal(addr.bus, 7);
	assert_int_equal(addr.slot, 1);
	assert_true(hd_slots_parse("08:00.3", &addr));
	assert_int_equal(addr.fn, 3);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 8] = { 0 };
	size_t n = 0;

	for (; n < HD_ARRAY_SIZE(rows); n++) {
		tests[n].name = rows[n].name;
		tests[n].test_func = run_row;
		tests[n].initial_state = (void *)(uintptr_t)&rows[n];
	}
	tests[n++] = (struct CMUnitTest)DOMAIN_TEST(pc_grows);
	tests[n++] = (struct CMUnitTest)DOMAIN_TEST(pcie_is_full);
	tests[n++] = (struct CMUnitTest)DOMAIN_TEST(kinds_mix);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(slot_names);
	return _cmocka_run_group_tests("slots", tests, n, NULL, NULL);
}
