/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_facts.c - what a request reaches: groups, companions, parents, and nothing else. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "check/check.h"
#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define PORT "0000:00:01.0"
#define GPU "0000:01:00.0"
#define SOUND "0000:01:00.1"
#define NVME "0000:02:00.0"
#define PF "0000:03:00.0"
#define VF "0000:03:10.0"

static const struct fake_pci functions[] = {
	{ PORT, .class = 0x060400, .header_type = 1, .group = 14, .driver = "pcieport" },
	{ GPU, .class = 0x030000, .group = 14 },
	{ SOUND, .class = 0x040300, .group = 14, .driver = "snd_hda_intel" },
	{ NVME, .group = 15, .driver = "vfio-pci" },
	{ PF, .vendor = 0x15b3, .device = 0x101d, .class = 0x020000, .group = 16,
	  .driver = "mlx5_core" },
	{ VF, .vendor = 0x15b3, .device = 0x101e, .class = 0x020000, .group = 17 },
};

static struct fake_host host;
static struct hd_facts facts;

static int make(void **state)
{
	(void)state;
	fake_host_make(&host);
	fake_good_host(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++)
		fake_pci_add(&host, &functions[i]);
	fake_link(&host, hd_printf(&host.arena, "%s/physfn", fake_pci_path(&host, VF)),
		  "../" PF);
	fake_file(&host, "lib/modules/6.1.0-18-amd64/modules.alias",
		  "# c\nalias vfio_pci:v*d*sv*sd*bc*sc*i* vfio_pci\n"
		  "alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci\n");
	/* Whoever looks at functions that were not asked for stumbles here. */
	fake_file(&host, "sys/devices/pci0000:00/0000:00:1f.0/vendor", "garbage\n");
	fake_link(&host, "sys/bus/pci/devices/0000:00:1f.0",
		  "../../../devices/pci0000:00/0000:00:1f.0");
	fake_file(&host, "sys/kernel/iommu_groups/99", "no folder");
	return 0;
}

static int drop(void **state)
{
	(void)state;
	hd_facts_close(&facts);
	fake_host_remove(&host);
	return 0;
}

static struct hd_pci_addr addr(const char *name)
{
	struct hd_pci_addr ret;

	assert_true(hd_pci_addr_parse(name, &ret));
	return ret;
}

static int collect(const char *const *names, unsigned want, struct hd_error *err)
{
	struct hd_pci_addr addrs[8];
	struct hd_facts_query query = { .addrs = addrs, .guest_uuid = "", .want = want };

	for (; names[query.n_addrs]; query.n_addrs++)
		addrs[query.n_addrs] = addr(names[query.n_addrs]);
	return hd_facts_collect(&facts, &host.root, &host.arena, &query, err);
}

static void must_collect(const char *const *names, unsigned want)
{
	struct hd_error err = { 0 };

	if (collect(names, want, &err) < 0)
		fail_msg("%s", err.text);
}

static const struct hd_pci_facts *fn(const char *name)
{
	const struct hd_pci_addr wanted = addr(name);

	return hd_facts_fn(&facts, &wanted);
}

static void reaches_the_group(void **state)
{
	static const char *const names[] = { GPU, NULL };

	(void)state;
	must_collect(names, HD_WANT_ALL);
	assert_int_equal(facts.n_fns, 3);
	assert_string_equal(facts.fns[0].fn.name, PORT);
	assert_string_equal(facts.fns[1].fn.name, GPU);
	assert_string_equal(facts.fns[2].fn.name, SOUND);
	assert_true(fn(GPU)->is_requested);
	assert_false(fn(PORT)->is_requested || fn(SOUND)->is_requested);
	assert_null(fn(NVME));
	assert_int_equal(facts.n_groups, 1);
	assert_int_equal(hd_facts_group(&facts, 14)->n_members, 3);
	assert_null(hd_facts_group(&facts, 15));
	assert_int_equal(facts.n_parents, 0);
	assert_string_equal(facts.host.release, "6.1.0-18-amd64");
	assert_int_equal(facts.iommu.vendor, HD_IOMMU_INTEL);
	assert_true(facts.iommu.is_active);
	assert_int_equal(facts.root->fd, host.root.fd);
}

static void several(void **state)
{
	static const char *const names[] = { NVME, SOUND, GPU, "0000:0a:00.0", GPU, NULL };

	(void)state;
	must_collect(names, 0);
	assert_int_equal(facts.n_fns, 5);
	assert_true(fn(GPU)->is_requested && fn(SOUND)->is_requested && fn(NVME)->is_requested);
	assert_false(fn(PORT)->is_requested);
	assert_true(fn("0000:0a:00.0")->is_requested);
	assert_false(fn("0000:0a:00.0")->fn.is_present);
	assert_null(fn("0000:0a:00.0")->vfio_driver);
	assert_int_equal(facts.n_groups, 2);
	assert_non_null(hd_facts_group(&facts, 15));
	assert_null(facts.host.release);
}

static void drivers(void **state)
{
	static const char *const names[] = { GPU, VF, NVME, NULL };

	(void)state;
	must_collect(names, 0);
	assert_null(fn(PORT)->vfio_driver);
	assert_string_equal(fn(GPU)->vfio_driver, "vfio-pci");
	assert_int_equal(fn(GPU)->vfio_driver_state, HD_MODULE_LOADED);
	assert_string_equal(fn(SOUND)->vfio_driver, "vfio-pci");
	assert_int_equal(fn(SOUND)->vfio_driver_state, HD_MODULE_LOADED);
	assert_string_equal(fn(VF)->vfio_driver, "mlx5_vfio_pci");
	assert_int_equal(fn(VF)->vfio_driver_state, HD_MODULE_MISSING);
	assert_null(fn(NVME)->vfio_holder);
}

static void parent_elsewhere(void **state)
{
	static const char *const names[] = { VF, NULL };

	(void)state;
	fake_dir(&host, "sys/class/net");
	fake_file(&host, hd_printf(&host.arena, "%s/net/eth9/flags", fake_pci_path(&host, PF)),
		  "0x1003\n");
	fake_link(&host, "sys/class/net/eth9",
		  hd_printf(&host.arena, "../../%s/net/eth9", fake_pci_path(&host, PF) + 4));
	must_collect(names, 0);
	assert_int_equal(facts.n_fns, 1);
	assert_int_equal(facts.n_parents, 1);
	assert_ptr_equal(fn(VF)->parent, &facts.parents[0]);
	assert_string_equal(facts.parents[0].fn.name, PF);
	assert_false(facts.parents[0].is_requested);
	assert_int_equal(facts.parents[0].network.n_netdevs, 1);
	assert_true(facts.parents[0].network.netdevs[0].is_up);
}

static void parent_asked_for(void **state)
{
	static const char *const names[] = { VF, PF, NULL };

	(void)state;
	must_collect(names, 0);
	assert_int_equal(facts.n_fns, 2);
	assert_int_equal(facts.n_parents, 0);
	assert_ptr_equal(fn(VF)->parent, fn(PF));
	assert_null(fn(PF)->parent);
}

static void claims_of_other_guests(void **state)
{
	static const char *const names[] = { GPU, NULL };

	(void)state;
	fake_file(&host, "etc/libvirt/qemu/other.xml",
		  "<domain type='kvm'><name>other</name>"
		  "<uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid><devices>"
		  "<hostdev mode='subsystem' type='pci' managed='yes'><source>"
		  "<address domain='0' bus='1' slot='0' function='0'/></source></hostdev>"
		  "</devices></domain>");
	must_collect(names, HD_WANT_HOST);
	assert_int_equal(facts.guests.n_claims, 0);
	must_collect(names, HD_WANT_GUESTS);
	assert_int_equal(facts.guests.n_claims, 1);
	assert_string_equal(facts.guests.claims[0].guest, "other");
}

/* A capture is never claimed: its nodes may be names of this host's disks. */
static void no_claims_on_a_capture(void **state)
{
	static const struct fake_pci nvme = { "0000:04:00.0", .group = 18, .driver = "nvme" };
	static const char *const names[] = { "0000:04:00.0", NULL };
	const char *disk;

	(void)state;
	fake_pci_add(&host, &nvme);
	disk = hd_printf(&host.arena, "%s/nvme/nvme0/nvme0n1", fake_pci_path(&host, nvme.addr));
	fake_file(&host, hd_printf(&host.arena, "%s/dev", disk), "259:0\n");
	fake_file(&host, hd_printf(&host.arena, "%s/size", disk), "2048\n");
	fake_link(&host, "sys/block/nvme0n1", hd_printf(&host.arena, "../%s", disk + 4));
	fake_link(&host, hd_printf(&host.arena, "%s/subsystem", disk),
		  "../../../../../../../class/block");
	must_collect(names, HD_WANT_ALL);
	for (size_t i = 0; i < fn(names[0])->storage.n_disks; i++)
		assert_int_equal(fn(names[0])->storage.disks[i].claim, HD_CLAIM_NOT_TRIED);
	assert_int_equal(fn(names[0])->storage.n_disks, 1);
}

static void rom_files(void **state)
{
	static const char *const roms[] = { "/nonexistent.rom" };
	const struct hd_facts_query query = { .rom_files = roms, .n_rom_files = 1 };
	struct hd_error err;

	(void)state;
	assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
	assert_int_equal(facts.n_fns, 0);
	assert_int_equal(facts.n_roms, 1);
	assert_non_null(facts.roms[0].problem);
}

/* Mediated devices and virtual functions are uses of what they are made of. */
static void children(void **state)
{
	static const char uuid[] = "c2177883-f1bb-47f0-914d-32a22e3a8804";
	static const char *const names[] = { PF, SOUND, NULL };
	const struct hd_children *found;

	(void)state;
	fake_link(&host, hd_printf(&host.arena, "%s/%s/mdev_type", fake_pci_path(&host, SOUND), uuid),
		  "../mdev_supported_types/one");
	fake_file(&host, hd_printf(&host.arena, "%s/sriov_numvfs", fake_pci_path(&host, PF)), "1\n");
	fake_link(&host, hd_printf(&host.arena, "%s/virtfn0", fake_pci_path(&host, PF)), "../" VF);
	must_collect(names, 0);
	found = &fn(SOUND)->children;
	assert_int_equal(found->n, 1);
	assert_string_equal(found->items[0].name, uuid);
	assert_string_equal(found->items[0].type, "one");
	assert_false(found->items[0].is_vf);
	assert_null(found->items[0].busy);
	assert_null(found->unknown);
	found = &fn(PF)->children;
	assert_int_equal(found->n, 1);
	assert_string_equal(found->items[0].name, VF);
	assert_true(found->items[0].is_vf);
}

/* What cannot be read is reported, and stops nothing else. */
static void unreadable(void **state)
{
	static const char *const names[] = { GPU, NVME, "0000:00:1f.0", NULL };

	(void)state;
	fake_link(&host, hd_printf(&host.arena, "%s/iommu_group", fake_pci_path(&host, GPU)),
		  "../../../../kernel/iommu_groups/98");
	must_collect(names, 0);
	assert_null(fn(GPU)->fn.unknown);
	assert_non_null(strstr(hd_facts_group(&facts, 98)->unknown, "IOMMU group 98"));
	assert_null(fn(NVME)->fn.unknown);
	assert_null(hd_facts_group(&facts, fn(NVME)->fn.group)->unknown);
	assert_true(fn("0000:00:1f.0")->fn.is_present);
	assert_non_null(strstr(fn("0000:00:1f.0")->fn.unknown, "0000:00:1f.0/vendor"));
}

/* It is a member of the group all the same, so that the group is not viable. */
static void unreadable_companion(void **state)
{
	static const char *const names[] = { GPU, NULL };

	(void)state;
	fake_pci_put(&host, SOUND, "class", "many\n");
	must_collect(names, 0);
	assert_non_null(strstr(fn(SOUND)->fn.unknown, SOUND "/class"));
	assert_int_equal(fn(SOUND)->fn.group, fn(GPU)->fn.group);
	assert_int_equal(hd_companion_of(&(struct hd_request){ 0 }, fn(SOUND)),
			 HD_COMPANION_BLOCKS);
}

static void unreadable_parent(void **state)
{
	static const char *const names[] = { VF, NULL };

	(void)state;
	fake_pci_put(&host, PF, "device", "many\n");
	must_collect(names, 0);
	assert_non_null(fn(VF)->parent->fn.unknown);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

/* A driver in user space: of a function without a driver, on VFIO, and on the host's. */
static void users_of_bars(void **state)
{
	static const char *const names[] = { GPU, NVME, PF, NULL };

	(void)state;
	for (size_t i = 0; names[i]; i++) {
		const char *bar = hd_printf(&host.arena, "%s/resource0",
					    fake_pci_path(&host, names[i]));

		fake_file(&host, bar, "");
		fake_link(&host, hd_printf(&host.arena, "proc/%zu/fd/9", 800 + i),
			  hd_printf(&host.arena, "/%s", bar));
	}
	must_collect(names, HD_WANT_ALL);
	for (size_t i = 0; names[i]; i++) {
		assert_int_equal(fn(names[i])->holders.n, 1);
		assert_int_equal(fn(names[i])->holders.holders[0].pid, 800 + i);
	}
	assert_int_equal(fn(SOUND)->holders.n, 0);
	hd_facts_close(&facts);
	must_collect(names, HD_WANT_HOST);
	assert_int_equal(fn(GPU)->n_nodes, 0);
}

/* What few guests want costs the others nothing. */
static void iommufd_is_read_on_demand(void **state)
{
	struct hd_hostdev dev = { .has_addr = true, .addr = addr(NVME) };
	const struct hd_request request = { .hostdevs = &dev, .n_hostdevs = 1 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct hd_facts_query query;
		struct hd_error err = { 0 };

		dev.iommufd = i ? HD_IOMMUFD_YES : HD_IOMMUFD_NO;
		hd_facts_query_for(&query, &host.arena, &request);
		query.want = HD_WANT_HOST;
		assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
		assert_int_equal(facts.iommufd.release != NULL, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reaches_the_group), TEST(several), TEST(drivers), TEST(parent_elsewhere),
		TEST(parent_asked_for), TEST(claims_of_other_guests),
		TEST(no_claims_on_a_capture), TEST(rom_files), TEST(children),
		TEST(unreadable), TEST(unreadable_companion), TEST(unreadable_parent),
		TEST(users_of_bars), TEST(iommufd_is_read_on_demand),
	};

	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
