/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_request.c - what guests of libvirt ask for, read from whole domains. */
#include "config.h"

#include <string.h>

#include "domain/request.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

static struct hd_request request_of(struct hd_arena *arena, const char *name)
{
	struct hd_request request = { 0 };
	size_t length = 0;
	const char *xml = domain_file(arena, name, &length);

	domain_parse(arena, xml, length, &request);
	return request;
}

static void is_at(const struct hd_hostdev *hostdev, const char *addr)
{
	char buf[HD_PCI_ADDR_SIZE];

	assert_int_equal(hostdev->kind, HD_DEVICE_PCI);
	assert_true(hostdev->has_addr);
	assert_string_equal(hd_pci_addr_format(&hostdev->addr, buf), addr);
}

static void plain_guest(void **state)
{
	struct hd_request r = request_of(*state, "plain.xml");

	assert_string_equal(r.name, "web");
	assert_string_equal(r.uuid, "4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
	assert_string_equal(r.type, "kvm");
	assert_string_equal(r.machine, "pc-q35-7.2");
	assert_int_equal(r.memory_kib, 4194304);
	assert_false(r.wants_hugepages);
	assert_int_equal(r.n_hostdevs, 0);
	assert_false(hd_request_passes_devices(&r));
	assert_int_equal(r.n_networks, 1);
	assert_string_equal(r.networks[0], "default");
}

static void desktop_devices(void **state)
{
	struct hd_request r = request_of(*state, "desktop-gpu.xml");

	assert_int_equal(r.n_hostdevs, 2);
	is_at(&r.hostdevs[0], "0000:01:00.0");
	is_at(&r.hostdevs[1], "0000:01:00.1");
	assert_int_equal(r.hostdevs[0].line, 79);
	assert_true(r.hostdevs[0].managed && r.hostdevs[1].managed);
	assert_null(r.hostdevs[0].driver_model);
	assert_string_equal(r.hostdevs[0].rom_file, "/usr/share/vgabios/ad102.rom");
	assert_false(r.hostdevs[0].rom_disabled);
	assert_true(r.hostdevs[1].rom_disabled);
	assert_true(r.hostdevs[0].guest.is_set && r.hostdevs[0].guest.multifunction);
	assert_int_equal(r.hostdevs[0].guest.addr.bus, 6);
	assert_false(r.hostdevs[1].guest.multifunction);
	assert_int_equal(r.hostdevs[1].guest.addr.fn, 1);
	assert_true(hd_request_passes_devices(&r));
}

static void desktop_resources(void **state)
{
	struct hd_request r = request_of(*state, "desktop-gpu.xml");

	assert_string_equal(r.uuid, "c7a5fdbd-edaf-9455-926a-d65c16db1809");
	assert_int_equal(r.memory_kib, 32 << 20);
	assert_true(r.wants_hugepages);
	assert_int_equal(r.n_hugepages, 2);
	assert_int_equal(r.hugepages[0].size_kib, 1 << 20);
	assert_string_equal(r.hugepages[0].nodeset, "0");
	assert_int_equal(r.hugepages[1].size_kib, 2048);
	assert_int_equal(r.n_vcpu_pins, 4);
	assert_string_equal(r.vcpu_pins[2], "9-10,^10");
	assert_string_equal(r.emulator_pin, "0-7");
	assert_string_equal(r.numa_nodeset, "0-1");
}

static void cells_of_the_guest(void **state)
{
	static const char xml[] =
		"<domain type='kvm'><cpu><numa>"
		"<cell id='1' cpus='0' memory='2' unit='GiB'/><cell cpus='1' memory='1024'/>"
		"<cell id='x' memory='many'/><other id='7'/></numa></cpu><numatune>"
		"<memory mode='preferred' nodeset='0'/><memnode cellid='1' mode='strict' nodeset='3'/>"
		"<memnode cellid='2' mode='preferred' nodeset='4'/><memnode cellid='9' nodeset='5'/>"
		"</numatune></domain>";
	struct hd_error err = { 0 };
	struct hd_request r;

	assert_int_equal(hd_request_parse(&r, *state, xml, sizeof(xml) - 1, &err), 0);
	assert_true(r.numa_is_wish);
	assert_int_equal(r.n_cells, 3);
	assert_int_equal(r.cells[0].id, 1);
	assert_int_equal(r.cells[0].memory_kib, 2 << 20);
	assert_string_equal(r.cells[0].host_nodes, "3");
	assert_int_equal(r.cells[1].memory_kib, 1024);
	assert_int_equal(r.cells[2].id, 2);
	assert_int_equal(r.cells[2].memory_kib, 0);
	assert_null(r.cells[2].host_nodes);
}

static void desktop_policy(void **state)
{
	struct hd_request r = request_of(*state, "desktop-gpu.xml");
	const struct hd_pin *pin = hd_policy_pin(&r.policy, &r.hostdevs[0].addr);

	assert_true(r.policy.keep_companions);
	assert_non_null(pin);
	assert_int_equal(pin->vendor, 0x10de);
	assert_int_equal(pin->device, 0x2684);
	assert_int_equal(pin->subsystem_device, 0x16f3);
	assert_null(pin->serial);
	assert_int_equal(hd_policy_pin(&r.policy, &r.hostdevs[1].addr)->device, -1);
	assert_int_equal(r.policy.n_allows, 1);
	assert_string_equal(r.policy.allows[0].check, "reset-works");
	assert_string_equal(r.policy.allows[0].subject, "0000:01:00.0");
}

static void nvme_disks(void **state)
{
	struct hd_request r = request_of(*state, "nvme.xml");

	assert_int_equal(r.n_hostdevs, 4);
	is_at(&r.hostdevs[0], "0000:41:00.0");
	is_at(&r.hostdevs[1], "0000:41:00.0");
	is_at(&r.hostdevs[2], "0000:42:00.0");
	is_at(&r.hostdevs[3], "10000:e1:1f.7");
	assert_int_equal(r.hostdevs[0].source, HD_SOURCE_DISK);
	assert_int_equal(r.hostdevs[1].nvme_namespace, 2);
	assert_false(r.hostdevs[0].guest.is_set);
	assert_true(r.hostdevs[0].managed);
	assert_false(r.hostdevs[2].managed || r.hostdevs[3].managed);
	assert_string_equal(r.hostdevs[3].driver_model, "nvme_vfio_pci");
	assert_true(r.wants_hugepages);
	assert_int_equal(r.n_hugepages, 1);
	assert_int_equal(r.hugepages[0].size_kib, 0);
	assert_ptr_equal(hd_request_pci(&r, &r.hostdevs[3].addr), &r.hostdevs[3]);
}

static void sriov_interfaces(void **state)
{
	struct hd_request r = request_of(*state, "sriov.xml");

	assert_int_equal(r.n_hostdevs, 3);
	is_at(&r.hostdevs[0], "0000:3b:02.3");
	assert_int_equal(r.hostdevs[0].source, HD_SOURCE_INTERFACE);
	assert_string_equal(r.hostdevs[0].mac, "52:54:00:6d:90:02");
	assert_int_equal(r.hostdevs[0].vlan, 42);
	assert_string_equal(r.hostdevs[0].driver_model, "mlx5_vfio_pci");
	assert_null(r.hostdevs[0].network);
	assert_true(r.hostdevs[0].is_transient && !r.hostdevs[1].is_transient);
	is_at(&r.hostdevs[1], "0000:3b:02.4");
	assert_int_equal(r.hostdevs[1].vlan, -1);
	assert_string_equal(r.hostdevs[1].network, "vf-pool");
	assert_false(r.hostdevs[2].has_addr || r.hostdevs[2].managed);
	assert_string_equal(r.hostdevs[2].network, "vf-pool");
	assert_int_equal(r.n_networks, 1);
	assert_string_equal(r.networks[0], "vf-pool");
}

static void status_file(void **state)
{
	struct hd_request r = request_of(*state, "domstatus.xml");

	assert_string_equal(r.name, "router");
	assert_int_equal(r.n_hostdevs, 2);
	is_at(&r.hostdevs[0], "0000:3b:02.5");
	assert_string_equal(r.hostdevs[0].network, "vf-pool");
	assert_true(r.hostdevs[0].managed);
	assert_int_equal(r.hostdevs[0].vlan, 77);
	is_at(&r.hostdevs[1], "0000:41:00.0");
	assert_false(r.hostdevs[1].guest.is_set);
	assert_int_equal(r.n_networks, 1);
	assert_string_equal(r.networks[0], "default");
}

static void usb_and_mdev(const struct hd_request *r)
{
	assert_int_equal(r->hostdevs[0].kind, HD_DEVICE_USB);
	assert_int_equal(r->hostdevs[0].usb_vendor, 0x0d28);
	assert_int_equal(r->hostdevs[0].usb_product, 0x0204);
	assert_true(r->hostdevs[0].is_optional);
	assert_int_equal(r->hostdevs[1].usb_bus, 3);
	assert_int_equal(r->hostdevs[1].usb_device, 8);
	assert_false(r->hostdevs[1].is_optional);
	assert_int_equal(r->hostdevs[2].kind, HD_DEVICE_MDEV);
	assert_string_equal(r->hostdevs[2].mdev_uuid, "c2177883-f1bb-47f0-914d-32a22e3a8804");
	assert_string_equal(r->hostdevs[2].mdev_model, "vfio-pci");
}

static void other_devices(void **state)
{
	struct hd_request r = request_of(*state, "others.xml");

	assert_string_equal(r.name, "lab & bench");
	assert_null(r.machine);
	assert_int_equal(r.memory_kib, 1048577);
	assert_int_equal(r.n_hostdevs, 6);
	usb_and_mdev(&r);
	assert_int_equal(r.hostdevs[3].kind, HD_DEVICE_SCSI);
	assert_int_equal(r.hostdevs[4].kind, HD_DEVICE_SCSI);
	assert_int_equal(r.hostdevs[5].kind, HD_DEVICE_SERIAL);
	assert_string_equal(r.hostdevs[5].path, "/dev/ttyS0");
}

static void scsi_alone_is_no_device(void **state)
{
	const char *xml = domain_with(*state, "<hostdev mode='subsystem' type='scsi'/>");
	struct hd_request r = { 0 };

	domain_parse(*state, xml, strlen(xml), &r);
	assert_int_equal(r.n_hostdevs, 1);
	assert_false(hd_request_passes_devices(&r));
	assert_string_equal(hd_device_kind_name(HD_DEVICE_SCSI), "scsi");
}

static void scsi_units(void **state)
{
	const char *xml = domain_with(*state, "<hostdev type='scsi' rawio='yes'><source>"
		"<adapter name='scsi_host11'/><address bus='0x1' target='2' unit='18446744073709551615'/>"
		"</source><shareable/></hostdev><hostdev type='scsi'><source protocol='iscsi' "
		"name='iqn.2014-08.org.example:target/1'><host name='a'/></source></hostdev>"
		"<hostdev type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/>"
		"</hostdev>");
	struct hd_request r = { 0 };
	char name[HD_SCSI_ADDR_SIZE];

	domain_parse(*state, xml, strlen(xml), &r);
	assert_int_equal(r.n_hostdevs, 3);
	assert_true(r.hostdevs[0].has_scsi && r.hostdevs[0].is_shareable);
	assert_string_equal(hd_scsi_addr_format(&r.hostdevs[0].scsi, name),
			    "11:1:2:18446744073709551615");
	assert_false(r.hostdevs[1].has_scsi || r.hostdevs[2].has_scsi);
	assert_true(hd_request_passes_devices(&r));
	hd_request_keep(&r, r.hostdevs + 1, 2);
	assert_false(hd_request_passes_devices(&r));
}

static void units_and_spellings(void **state)
{
	static const struct {
		const char *memory;
		uint64_t kib;
	} rows[] = {
		{ "<memory>7</memory>", 7 }, { "<memory unit='KB'>1024</memory>", 1000 },
		{ "<memory unit='m'>\n 2 </memory>", 2048 },
		{ "<memory unit='bytes'>1</memory>", 1 },
		{ "<memory unit='TiB'>1</memory>", 1ull << 30 },
	};
	const char *uuid = "<domain><uuid> C7A5FDBDEDAF9455926AD65C16DB1809\n</uuid></domain>";
	struct hd_request r = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *xml = hd_printf(*state, "<domain>%s</domain>", rows[i].memory);

		domain_parse(*state, xml, strlen(xml), &r);
		assert_int_equal(r.memory_kib, rows[i].kib);
		assert_string_equal(r.name, "");
		assert_string_equal(r.uuid, "");
		assert_string_equal(r.type, "");
	}
	domain_parse(*state, uuid, strlen(uuid), &r);
	assert_string_equal(r.uuid, "c7a5fdbd-edaf-9455-926a-d65c16db1809");
}

static void usb_startup_policy(void **state)
{
	static const char *const policies[] = { "mandatory", "requisite", "optional" };

	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
		const char *xml = domain_with(*state, hd_printf(*state,
			"<hostdev type='usb'><source startupPolicy='%s'><address bus='1' "
			"device='2'/></source></hostdev>", policies[i]));
		struct hd_request r = { 0 };

		domain_parse(*state, xml, strlen(xml), &r);
		assert_int_equal(r.hostdevs[0].is_optional, i > 0);
	}
}

/* The device's own word counts, then the guest's; disks and other kinds have neither. */
static void iommufd(void **state)
{
	static const char all[] = "<iommufd enabled='yes'/>";
	static const struct {
		const char *guest, *driver;
		bool wants;
	} rows[] = {
		{ "", "", false }, { "", "<driver model='x'/>", false },
		{ "", "<driver iommufd='yes'/>", true }, { "", "<driver iommufd='no'/>", false },
		{ "", "<acpi nodeset='2-9'/>", false },
		{ all, "", true }, { all, "<driver model='x'/>", true },
		{ all, "<driver iommufd='no'/>", false },
		{ "<iommufd enabled='no'/>", "", false }, { "<iommufd/>", "", false },
		{ "<iommufd enabled='no'/>", "<driver iommufd='yes'/>", true },
	};
	static const char *const elements[] = { "hostdev", "interface" };

	for (size_t i = 0; i < 2 * HD_ARRAY_SIZE(rows); i++) {
		const char *name = elements[i % 2];
		const char *xml = hd_printf(*state, "<domain>\n%s\n<devices><hostdev type='usb'>"
			"<source><address bus='1' device='2'/></source><driver iommufd='yes'/>"
			"</hostdev><disk type='nvme'><source namespace='1'><address type='pci'/>"
			"</source><driver iommufd='yes'/></disk>\n<%s type='%s'>%s<source>"
			"<address type='pci' bus='1'/></source></%s></devices></domain>",
			rows[i / 2].guest, name, i % 2 ? "hostdev" : "pci", rows[i / 2].driver, name);
		struct hd_request r = { 0 };

		domain_parse(*state, xml, strlen(xml), &r);
		assert_ptr_equal(hd_request_iommufd(&r), rows[i / 2].wants ? &r.hostdevs[2] : NULL);
		assert_int_equal(r.iommufd_line, rows[i / 2].guest == all ? 2 : 0);
		assert_null(r.iommufd_fdgroup);
	}
}

static void iommufd_of_others(void **state)
{
	static const char xml[] = "<domain><iommufd enabled='yes' fdgroup='iommu'/></domain>";
	struct hd_request r = { 0 };

	domain_parse(*state, xml, strlen(xml), &r);
	assert_string_equal(r.iommufd_fdgroup, "iommu");
	assert_null(hd_request_iommufd(&r));
}

/* A request that no parser made has no index. */
static void lookup_without_index(void **state)
{
	struct hd_hostdev hostdevs[] = {
		{ .kind = HD_DEVICE_USB },
		{ .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 1 } },
	};
	struct hd_request r = { .hostdevs = hostdevs, .n_hostdevs = 2 };

	(void)state;
	assert_ptr_equal(hd_request_pci(&r, &(struct hd_pci_addr){ .bus = 1 }), &hostdevs[1]);
	assert_null(hd_request_pci(&r, &(struct hd_pci_addr){ 0 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DOMAIN_TEST(plain_guest),
		DOMAIN_TEST(desktop_devices),
		DOMAIN_TEST(desktop_resources),
		DOMAIN_TEST(cells_of_the_guest),
		DOMAIN_TEST(desktop_policy),
		DOMAIN_TEST(nvme_disks),
		DOMAIN_TEST(sriov_interfaces),
		DOMAIN_TEST(status_file),
		DOMAIN_TEST(other_devices),
		DOMAIN_TEST(scsi_alone_is_no_device),
		DOMAIN_TEST(scsi_units),
		DOMAIN_TEST(units_and_spellings),
		DOMAIN_TEST(usb_startup_policy),
		DOMAIN_TEST(iommufd),
		DOMAIN_TEST(iommufd_of_others),
		DOMAIN_TEST(lookup_without_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
