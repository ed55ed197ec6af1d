/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_sleep_decision.c - what happens to which guest before the host may sleep. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "act/sleep_decision.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RUN "run/libvirt/qemu/"
#define UUID "11111111-2222-3333-4444-aaaaaaaaaaa"
#define GUEST(name, digit, devices) "<domain type='kvm'><name>" name "</name><uuid>" UUID digit \
	"</uuid><memory unit='KiB'>1024</memory><os><type>hvm</type></os><devices>" devices \
	"</devices></domain>"
#define STATUS(name, digit, devices) "<domstatus state='running' reason='booted' pid='9'>" \
	GUEST(name, digit, devices) "</domstatus>"
#define PCI(bus) "<hostdev mode='subsystem' type='pci'><source><address domain='0' bus='" bus \
	"' slot='0' function='0'/></source></hostdev>"
#define USB "<hostdev mode='subsystem' type='usb'><source><vendor id='0x46d'/>" \
	"<product id='0xc52b'/></source></hostdev>"
#define MDEV "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source>" \
	"<address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>"
#define SERIAL "<serial type='dev'><source path='/dev/ttyS0'/></serial>"
#define SCSI "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host2'/>" \
	"<address bus='0' target='0' unit='1'/></source></hostdev>"
#define DISK "<disk type='file' device='disk'><source file='/x'/></disk>"

static const struct row {
	const char *name;
	enum hd_sleep_policy policy;
	const char *first, *second;	/* of guests a and b, or NULL */
	const char *want;		/* "a pause: DEVICES; b ..." with those that decide */
} rows[] = {
	{ "nobody runs", HD_SLEEP_BY_DEVICE, NULL, NULL, "" },
	{ "no device", HD_SLEEP_BY_DEVICE, STATUS("a", "1", DISK), NULL, "" },
	{ "vfio-pci", HD_SLEEP_BY_DEVICE, STATUS("a", "1", PCI("1")), NULL,
	  "a refuse: 0000:01:00.0 (vfio-pci)" },
	{ "a driver that saves", HD_SLEEP_BY_DEVICE, STATUS("a", "1", PCI("2")), NULL,
	  "a save: 0000:02:00.0 (mlx5_vfio_pci)" },
	{ "the kernel says that its driver does not", HD_SLEEP_BY_DEVICE,
	  STATUS("a", "1", PCI("3")), NULL, "a refuse: 0000:03:00.0 (mlx5_vfio_pci)" },
	{ "a function that is gone", HD_SLEEP_BY_DEVICE, STATUS("a", "1", PCI("9")), NULL,
	  "a refuse: 0000:09:00.0" },
	{ "USB", HD_SLEEP_BY_DEVICE, STATUS("a", "1", USB), NULL, "a pause: usb 046d:c52b" },
	{ "serial", HD_SLEEP_BY_DEVICE, STATUS("a", "1", SERIAL), NULL, "a pause: serial /dev/ttyS0" },
	{ "SCSI", HD_SLEEP_BY_DEVICE, STATUS("a", "1", SCSI), NULL, "a pause: scsi 2:0:0:1" },
	{ "mdev", HD_SLEEP_BY_DEVICE, STATUS("a", "1", MDEV), NULL,
	  "a refuse: mdev c2177883-f1bb-47f0-914d-32a22e3a8804" },
	{ "the most sensitive decides", HD_SLEEP_BY_DEVICE, STATUS("a", "1", USB PCI("2")), NULL,
	  "a save: 0000:02:00.0 (mlx5_vfio_pci)" },
	{ "even if it comes first", HD_SLEEP_BY_DEVICE, STATUS("a", "1", PCI("1") PCI("2") USB),
	  NULL, "a refuse: 0000:01:00.0 (vfio-pci)" },
	{ "two guests", HD_SLEEP_BY_DEVICE, STATUS("b", "2", USB), STATUS("a", "1", PCI("1")),
	  "a refuse: 0000:01:00.0 (vfio-pci); b pause: usb 046d:c52b" },
	{ "refuse", HD_SLEEP_REFUSED, STATUS("a", "1", USB), NULL, "a refuse: usb 046d:c52b" },
	{ "pause", HD_SLEEP_PAUSED, STATUS("a", "1", PCI("1") MDEV), NULL,
	  "a pause: 0000:01:00.0 (vfio-pci), mdev c2177883-f1bb-47f0-914d-32a22e3a8804" },
	{ "a file that is not understood", HD_SLEEP_BY_DEVICE, "<domstatus><domain><hostdev", NULL,
	  "unknown" },
};

static const char *tell(struct hd_arena *arena, const struct hd_sleep_guests *guests)
{
	static const char *const names[] = { "pause", "save", "refuse" };
	const char *text = guests->unknown ? "unknown" : "";

	for (size_t i = 0; i < guests->n; i++) {
		const struct hd_sleep_guest *guest = &guests->items[i];

		text = hd_printf(arena, "%s%s%s %s: %s", text, *text ? "; " : "", guest->name,
				 names[guest->action],
				 hd_sleep_devices(arena, guest, guest->action));
	}
	return text;
}

static void decides(void **state)
{
	const struct row *row = *state;
	struct hd_sleep_guests guests;
	struct hd_error err = { 0 };
	struct fake_host host;

	fake_host_make(&host);
	fake_pci_add(&host, &(struct fake_pci){ .addr = "0000:01:00.0", .driver = "vfio-pci" });
	fake_pci_add(&host, &(struct fake_pci){ .addr = "0000:02:00.0", .driver = "mlx5_vfio_pci" });
	fake_pci_add(&host, &(struct fake_pci){ .addr = "0000:03:00.0", .driver = "mlx5_vfio_pci" });
	fake_dir(&host, "sys/kernel/debug/vfio/0000:03:00.0");
	if (row->first)
		fake_file(&host, RUN "first.xml", row->first);
	if (row->second)
		fake_file(&host, RUN "second.xml", row->second);
	/* Defined and off: of no interest. */
	fake_file(&host, "etc/libvirt/qemu/c.xml", GUEST("c", "3", PCI("1")));
	assert_int_equal(hd_sleep_decide(&guests, &host.root, &host.arena, row->policy, &err), 0);
	assert_string_equal(tell(&host.arena, &guests), row->want);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = decides,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
