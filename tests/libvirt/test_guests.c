/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guests.c - which guests have or claim PCI functions? */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "facts/libvirt/guests.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RUN "run/libvirt/qemu/"
#define ETC "etc/libvirt/qemu/"
#define UUID_A "11111111-2222-3333-4444-aaaaaaaaaaaa"
#define UUID_B "11111111-2222-3333-4444-bbbbbbbbbbbb"
#define PCI(bus) "<address domain='0x0000' bus='" bus "' slot='0x00' function='0x0'/>"
#define DEV(bus) "<hostdev mode='subsystem' type='pci'><source>" PCI(bus) "</source></hostdev>"
#define DISK(bus, ns) "<disk type='nvme' device='disk'><source type='pci' namespace='" ns \
		      "'>" PCI(bus) "</source><target dev='vda'/></disk>"
#define NIC(bus) "<interface type='hostdev'><source><address type='pci' domain='0' bus='" bus \
		 "' slot='0' function='0'/></source></interface>"
#define USB "<hostdev mode='subsystem' type='usb'><source><vendor id='0x1'/>" \
	    "<product id='0x2'/></source></hostdev>"
#define USB_AT "<hostdev mode='subsystem' type='usb'><source><address bus='1' device='3'/>" \
	       "</source></hostdev>"
#define USB_MISSING "<hostdev mode='subsystem' type='usb'><source startupPolicy='optional' " \
	"missing='yes'><vendor id='0x1'/><product id='0x2'/></source></hostdev>"
#define MDEV "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='" \
	     UUID_B "'/></source></hostdev>"
#define TTY "<serial type='dev'><source path='/dev/ttyS1'/></serial>"
#define GUEST(name, uuid, devices) "<domain type='kvm'><name>" name "</name><uuid>" uuid \
	"</uuid><memory unit='KiB'>1024</memory><os><type>hvm</type></os><devices>" devices \
	"</devices></domain>"
#define STATUS(name, uuid, devices) "<domstatus state='running' reason='booted' pid='9'>" \
	GUEST(name, uuid, devices) "</domstatus>"

static const struct row {
	const char *name;
	struct { const char *path, *text; } files[6];
	const char *except;
	const char *claims;	/* "NAME run|def ADDRESS\n" each, "own ADDRESS\n" */
	const char *unreadable;	/* how it begins, or NULL */
} rows[] = {
	{ "no libvirt", { { "etc/x", "" } }, "", "", NULL },
	{ "running and defined guests",
	  { { RUN "a.xml", STATUS("a", UUID_A, DEV("0x02")) },
	    { ETC "b.xml", GUEST("b", UUID_B, DEV("0x01") USB) } }, "",
	  "b def 0000:01:00.0\na run 0000:02:00.0\n", NULL },
	{ "the guest itself does not count",
	  { { RUN "a.xml", STATUS("a", UUID_A, DEV("0x02")) },
	    { ETC "b.xml", GUEST("b", UUID_B, DEV("0x02")) } },
	  "11111111-2222-3333-4444-AAAAAAAAAAAA",
	  "b def 0000:02:00.0\nown 0000:02:00.0\n", NULL },
	{ "what it is only defined with is not its own yet",
	  { { ETC "a.xml", GUEST("a", UUID_A, DEV("0x02")) } },
	  "11111111-2222-3333-4444-AAAAAAAAAAAA", "", NULL },
	{ "both running and defined: once; what is only defined stays",
	  { { RUN "a.xml", STATUS("a", UUID_A, DEV("0x02")) },
	    { ETC "a.xml", GUEST("a", UUID_A, DEV("0x03") DEV("0x02")) } }, "",
	  "a run 0000:02:00.0\na def 0000:03:00.0\n", NULL },
	{ "two guests, one device",
	  { { ETC "a.xml", GUEST("a", UUID_A, DEV("0x02")) },
	    { RUN "b.xml", STATUS("b", UUID_B, DEV("0x02")) } }, "",
	  "a def 0000:02:00.0\nb run 0000:02:00.0\n", NULL },
	{ "disks of one controller, and an interface",
	  { { ETC "a.xml", GUEST("a", UUID_A, DISK("0x04", "1") DISK("0x04", "2") NIC("5")) } },
	  "", "a def 0000:04:00.0\na def 0000:05:00.0\n", NULL },
	{ "other devices of running guests",
	  { { RUN "a.xml", STATUS("a", UUID_A, USB MDEV TTY DEV("0x02")) },
	    { RUN "b.xml", STATUS("b", UUID_B, USB_AT) },
	    { ETC "a.xml", GUEST("a", UUID_A, USB MDEV TTY) } }, UUID_B,
	  "a run 0000:02:00.0\na has usb 1:2 0/0 \na has mdev 0:0 0/0 " UUID_B "\n"
	  "a has serial 0:0 0/0 /dev/ttyS1\n", NULL },
	{ "a device without which it started is not had",
	  { { RUN "a.xml", STATUS("a", UUID_A, USB_MISSING USB_AT) },
	    { RUN "b.xml", STATUS("b", UUID_B, USB_MISSING) } }, UUID_B,
	  "a has usb 0:0 1/3 \n", NULL },
	{ "a device by its number", { { RUN "b.xml", STATUS("b", UUID_B, USB_AT) } }, "",
	  "b has usb 0:0 1/3 \n", NULL },
	{ "only .xml files directly in the folders",
	  { { ETC "networks/default.xml", GUEST("n", UUID_A, DEV("0x02")) },
	    { ETC "autostart/a.xml", GUEST("n", UUID_A, DEV("0x02")) },
	    { RUN "a.pid", GUEST("n", UUID_A, DEV("0x02")) },
	    { RUN "dir.xml/x", "" },
	    { ETC "dir.xml/x", "" } }, "", "", "run/libvirt/qemu/dir.xml: " },
	{ "a broken definition is skipped, a broken status is reported",
	  { { ETC "a.xml", "<domain><devices><hostdev" },
	    { RUN "b.xml", "<domstatus><domain><devices><hostdev" },
	    { RUN "c.xml", STATUS("c", UUID_B, DEV("0x02")) } }, "",
	  "c run 0000:02:00.0\n", "run/libvirt/qemu/b.xml: " },
	{ "guests without devices are not parsed",
	  { { RUN "a.xml", "<domstatus><domain><broken" } }, "", "", NULL },
	{ "a name that plays with the terminal",
	  { { RUN "a.xml", STATUS("a&#x7f;b", UUID_A, DEV("0x02")) } }, "",
	  "a?b run 0000:02:00.0\n", NULL },
	{ "a pool's interface has no address yet",
	  { { ETC "a.xml", GUEST("a", UUID_A, "<interface type='network'>"
				 "<source network='pool'/></interface>" DEV("0x02")) } }, "",
	  "a def 0000:02:00.0\n", NULL },
};

static const char *describe(struct fake_host *host, const struct hd_guests *guests)
{
	const char *text = "";
	char addr[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < guests->n_claims; i++)
		text = hd_printf(&host->arena, "%s%s %s %s\n", text, guests->claims[i].guest,
				 guests->claims[i].is_running ? "run" : "def",
				 hd_pci_addr_format(&guests->claims[i].addr, addr));
	for (size_t i = 0; i < guests->n_devices; i++) {
		const struct hd_hostdev *dev = &guests->devices[i].dev;

		text = hd_printf(&host->arena, "%s%s has %s %x:%x %u/%u %s%s\n", text,
				 guests->devices[i].guest, hd_device_kind_name(dev->kind),
				 dev->usb_vendor, dev->usb_product, dev->usb_bus,
				 dev->usb_device, dev->mdev_uuid ? dev->mdev_uuid : "",
				 dev->path ? dev->path : "");
	}
	for (size_t i = 0; i < guests->n_own; i++)
		text = hd_printf(&host->arena, "%sown %s\n", text,
				 hd_pci_addr_format(&guests->own[i], addr));
	return text;
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_guests guests;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		fake_file(&host, row->files[i].path, row->files[i].text);
	assert_int_equal(hd_guests_read(&guests, &host.root, &host.arena, row->except, &err), 0);
	assert_string_equal(describe(&host, &guests), row->claims);
	if (row->unreadable && guests.unreadable)
		assert_int_equal(strncmp(guests.unreadable, row->unreadable,
					 strlen(row->unreadable)), 0);
	else
		assert_true(!row->unreadable && !guests.unreadable);
	fake_host_remove(&host);
}

static void test_bad_uuid(void **state)
{
	struct hd_guests guests = { .n_claims = 7 };
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_guests_read(&guests, &host.root, &host.arena, "x\033", &err), -EINVAL);
	assert_string_equal(err.text, "guest UUID x?: not a UUID");
	assert_int_equal(guests.n_claims, 7);
	fake_host_remove(&host);
}

/* Links and what is too large are not read; a link could point anywhere. */
static void test_odd_files(void **state)
{
	static const struct { const char *path, *why; } odd[] = {
		{ RUN "big.xml", "File too large" }, { RUN "link.xml", "symbolic links" },
	};
	struct hd_guests guests;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(odd); i++) {
		fake_host_make(&host);
		fake_file(&host, "elsewhere.xml", STATUS("a", UUID_A, DEV("0x02")));
		if (i == 0) {
			fake_file(&host, odd[i].path, "");
			assert_int_equal(truncate(hd_printf(&host.arena, "%s/%s", host.path,
							    odd[i].path), 33 << 20), 0);
		} else {
			fake_link(&host, odd[i].path, "../../../elsewhere.xml");
		}
		assert_int_equal(hd_guests_read(&guests, &host.root, &host.arena, "", &err), 0);
		assert_int_equal(guests.n_claims, 0);
		assert_non_null(guests.unreadable);
		assert_non_null(strstr(guests.unreadable, odd[i].why));
		fake_host_remove(&host);
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_bad_uuid),
		cmocka_unit_test(test_odd_files),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("guests", tests, NULL, NULL);
}
