/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_request_bad.c - each malformed address says where and why. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/request.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define PCI(attributes) \
	"<hostdev type='pci'>\n<source>\n<address " attributes "/></source></hostdev>"
#define SCSI(source) "<hostdev type='scsi'><source>" source "</source></hostdev>"
#define USB(source) "<hostdev type='usb'><source>" source "</source></hostdev>"
#define VF(more) "<interface type='hostdev'>" more "<source><address type='pci'/></source></interface>"
#define NVME(source) "<disk type='nvme'><source " source "><address/></source></disk>"

struct row {
	const char *name, *devices, *error;
};

static const struct row rows[] = {
	{ "slot is not a number", PCI("slot='0x2g'"), "line 4: <address slot='0x2g'>: not a number" },
	{ "slot is too large", PCI("slot='0x20'"),
	  "line 4: <address slot='0x20'>: must be 0 to 0x1f" },
	{ "function is too large", PCI("function='8'"),
	  "line 4: <address function='8'>: must be 0 to 7" },
	{ "bus is too large", PCI("bus='256'"),
	  "line 4: <address bus='256'>: must be 0 to 0xff" },
	{ "domain is too large", PCI("domain='0x100000000'"),
	  "line 4: <address domain='0x100000000'>: must be 0 to 0xffffffff" },
	{ "number is negative", PCI("bus='-1'"), "line 4: <address bus='-1'>: not a number" },
	{ "number is empty", PCI("bus=''"), "line 4: <address bus=''>: not a number" },
	{ "number has a blank", PCI("bus=' 1'"), "line 4: <address bus=' 1'>: not a number" },
	{ "number is bad octal", PCI("bus='08'"), "line 4: <address bus='08'>: not a number" },
	{ "number is beyond 64 bits", PCI("bus='0x10000000000000000'"),
	  "line 4: <address bus='0x10000000000000000'>: not a number" },
	{ "value has control characters", PCI("bus='&#10;1'"),
	  "line 4: <address bus='?1'>: not a number" },
	{ "IOMMUFD is neither yes nor no", "<hostdev type='pci'><driver iommufd='on'/></hostdev>",
	  "line 2: <driver iommufd='on'>: must be yes or no" },
	{ "no address", "<hostdev type='pci'/>",
	  "line 2: <hostdev>: has no <source> with an <address>" },
	{ "no type", "<hostdev/>", "line 2: <hostdev>: has no type" },
	{ "managed is a guess", "<hostdev type='pci' managed='maybe'/>",
	  "line 2: <hostdev managed='maybe'>: must be yes or no" },
	{ "driver is a path", "<hostdev type='pci'><driver model='../../x'/></hostdev>",
	  "line 2: <driver model='../../x'>: not the name of a driver" },
	{ "driver is an option", "<hostdev type='pci'><driver model='-r'/></hostdev>",
	  "line 2: <driver model='-r'>: not the name of a driver" },
	{ "ROM's bar is a guess", "<hostdev type='pci'><rom bar='yes'/></hostdev>",
	  "line 2: <rom bar='yes'>: must be on or off" },
	{ "guest's address", "<hostdev type='pci'>\n<address type='pci' slot='32'/></hostdev>",
	  "line 3: <address slot='32'>: must be 0 to 0x1f" },
	{ "same function twice", PCI("bus='1'") "\n" PCI("bus='0x01'"),
	  "line 5: 0000:01:00.0 is requested twice, first in line 2" },
	{ "disk and hostdev", PCI("bus='0'") NVME("namespace='1'"),
	  "line 4: 0000:00:00.0 is requested twice, first in line 2" },
	{ "same namespace twice", NVME("namespace='1'") "\n" NVME("namespace='01'"),
	  "line 3: 0000:00:00.0 is requested twice, first in line 2" },
	{ "namespace 0", NVME("namespace='0'"),
	  "line 2: <source namespace='0'>: must be 1 to 4294967295" },
	{ "no namespace", NVME(""), "line 2: <source>: has no namespace" },
	{ "disk at USB", "<disk type='nvme'><source><address type='usb'/></source></disk>",
	  "line 2: <disk>: is not at a PCI address" },
	{ "backing image", "<disk type='file'>\n<backingStore type='nvme'/></disk>",
	  "line 3: <backingStore>: has no <source> with an <address>" },
	{ "target of a block copy", "<disk type='file'>\n<mirror type='nvme'/></disk>",
	  "line 3: <mirror>: has no <source> with an <address>" },
	{ "USB vendor alone", USB("<vendor id='1'/>"),
	  "line 2: <source>: has only one of <vendor> and <product>" },
	{ "USB with nothing", USB(""),
	  "line 2: <hostdev>: has no <source> with <vendor> and <product>, or with <address>" },
	{ "USB vendor without id", USB("<vendor/><product id='1'/>"),
	  "line 2: <vendor>: has no id" },
	{ "USB product", USB("<vendor id='1'/><product id='0x10000'/>"),
	  "line 2: <product id='0x10000'>: must be 0 to 0xffff" },
	{ "USB bus", USB("<address bus='x'/>"), "line 2: <address bus='x'>: not a number" },
	{ "mdev without UUID", "<hostdev type='mdev'/>",
	  "line 2: <hostdev>: has no <source> with an <address uuid=>" },
	{ "mdev UUID is a path",
	  "<hostdev type='mdev'><source><address uuid='../../../etc/passwd'/></source></hostdev>",
	  "line 2: <address uuid='../../../etc/passwd'>: not a UUID" },
	{ "mdev UUID has a tail", "<hostdev type='mdev'><source>"
	  "<address uuid='c2177883-f1bb-47f0-914d-32a22e3a88040'/></source></hostdev>",
	  "line 2: <address uuid='c2177883-f1bb-47f0-914d-32a22e3a88040'>: not a UUID" },
	{ "MAC", VF("<mac address='52:54:00:6d:90'/>"),
	  "line 2: <mac address='52:54:00:6d:90'>: not a MAC address" },
	{ "MAC has a long byte", VF("<mac address='52:54:00:6d:90:001'/>"),
	  "line 2: <mac address='52:54:00:6d:90:001'>: not a MAC address" },
	{ "MAC is too long", VF("<mac address='52:54:00:6d:90:01:02'/>"),
	  "line 2: <mac address='52:54:00:6d:90:01:02'>: not a MAC address" },
	{ "VLAN", VF("<vlan><tag id='4096'/></vlan>"),
	  "line 2: <tag id='4096'>: must be 0 to 4095" },
	{ "VF without address", "<interface type='hostdev'/>",
	  "line 2: <interface>: has no <source> with an <address>" },
	{ "SCSI without address", SCSI("<adapter name='scsi_host0'/>"),
	  "line 2: <source>: has no <address>" },
	{ "SCSI adapter without name", SCSI("<adapter/><address bus='0' target='0' unit='0'/>"),
	  "line 2: <adapter>: has no name" },
	{ "SCSI adapter is a path", SCSI("<adapter name='scsi_host/../0'/><address/>"),
	  "line 2: <adapter name='scsi_host/../0'>: not scsi_host and a number" },
	{ "SCSI adapter is too large", SCSI("<adapter name='scsi_host4294967296'/><address/>"),
	  "line 2: <adapter name='scsi_host4294967296'>: not scsi_host and a number" },
	{ "SCSI without unit", SCSI("<adapter name='scsi_host0'/><address bus='0' target='0'/>"),
	  "line 2: <address>: has no unit" },
	{ "SCSI target", SCSI("<adapter name='scsi_host0'/><address bus='0' target='-1' unit='0'/>"),
	  "line 2: <address target='-1'>: not a number" },
	{ "serial without path", "<serial type='dev'/>",
	  "line 2: <serial>: has no <source> with a path" },
};

static void refused(struct hd_arena *arena, const char *xml, const char *error)
{
	struct hd_request request = { .name = "untouched" };
	struct hd_error err = { 0 };

	assert_int_equal(hd_request_parse(&request, arena, xml, strlen(xml), &err), -EINVAL);
	assert_string_equal(err.text, error);
	assert_int_equal(err.code, -EINVAL);
	assert_string_equal(request.name, "untouched");
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };

	refused(&arena, domain_with(&arena, row->devices), row->error);
	hd_arena_done(&arena);
}

static void bad_general(void **state)
{
	refused(*state, "<domain><uuid>x/../y</uuid></domain>",
		"line 1: <uuid>: 'x/../y' is not a UUID");
	refused(*state, "<domain><memory>1k</memory></domain>",
		"line 1: <memory>: '1k' is not a number");
	refused(*state, "<domain>\n<memory unit='furlong'>1</memory></domain>",
		"line 2: <memory unit='furlong'>: not a unit of memory, or too much of it");
	refused(*state, "<domain><memory unit='EiB'>16</memory></domain>",
		"line 1: <memory unit='EiB'>: not a unit of memory, or too much of it");
	refused(*state, "<domain><memoryBacking><hugepages><page/></hugepages></memoryBacking>"
		"</domain>", "line 1: <page>: has no size");
	refused(*state, "<network/>", "line 1: <network>: is not a libvirt <domain>");
	refused(*state, "<domstatus/>", "line 1: <domstatus>: is not a libvirt <domain>");
	refused(*state, "<domain xmlns='urn:x'/>",
		"line 1: <domain>: is not a libvirt <domain>");
}

/* What others mean, or what a newer libvirt may say, is not ours to refuse. */
static void ignored(void **state)
{
	static const char *const devices[] = {
		"<hostdev mode='capabilities' type='storage'/>",
		"<hostdev mode='of the future' type='pci'/>",
		"<hostdev type='of the future'><source><address slot='x'/></source></hostdev>",
		"<x:hostdev xmlns:x='urn:x' type='pci'/>",
		"<undeclared:hostdev type='pci'/>",
		("<controller type='pci' model='pcie-root'/><controller type='pci' index='9' "
		 "model='pcie-root'/>"),
		"<serial type='pty'/>", "<disk type='file'/>", "<unheard-of slot='x'/>",
		"<interface type='bridge'><mac address='x'/><vlan><tag id='x'/></vlan></interface>",
	};

	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
		const char *xml = domain_with(*state, devices[i]);
		struct hd_request request = { 0 };

		domain_parse(*state, xml, strlen(xml), &request);
		assert_int_equal(request.n_hostdevs, 0);
	}
}

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

int main(void)
{
	struct CMUnitTest tests[N_ROWS + 2] = {
		[N_ROWS] = DOMAIN_TEST(bad_general),
		[N_ROWS + 1] = DOMAIN_TEST(ignored),
	};

	for (size_t i = 0; i < N_ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run_row,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
