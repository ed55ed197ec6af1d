/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host_events.c - what a message of the kernel and a file of a folder say, and how much of it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facts/host/host_events.h"
#include "facts/host/uevents.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ROOT "/devices/pci0000:00/0000:00:1c.0"
#define NIC ROOT "/0000:01:00.0"
#define SAS "/devices/pci0000:00/0000:00:05.0/0000:03:00.0/host2/target2:0:0/2:0:0:1"
#define HUB "/devices/pci0000:00/0000:00:14.0/usb1/1-6"
#define MDEV "c2177883-f1bb-47f0-914d-32a22e3a8804"

/* As Linux lib/kobject_uevent.c writes them, with "|" for the NULs. */
static const struct {
	const char *message, *action, *kind, *name, *driver;
} uevents[] = {
	{ "bind@" NIC "|ACTION=bind|DEVPATH=" NIC "|SUBSYSTEM=pci|DRIVER=vfio-pci|PCI_CLASS=20000",
	  "bind", "pci", "0000:01:00.0", "vfio-pci" },
	{ "unbind@" NIC "|ACTION=unbind|DEVPATH=" NIC "|SUBSYSTEM=pci", "unbind", "pci",
	  "0000:01:00.0", "" },
	{ "|ACTION=add|DEVPATH=/devices/pci10000:00/10000:00:02.0|SUBSYSTEM=pci", "add", "pci",
	  "10000:00:02.0", "" },
	{ "|ACTION=online|DEVPATH=" NIC "|SUBSYSTEM=pci", "change", "pci", "0000:01:00.0", "" },
	/* what belongs to a device */
	{ "|ACTION=add|DEVPATH=" NIC "/net/enp1s0|SUBSYSTEM=net", "change", "pci", "0000:01:00.0",
	  "" },
	{ "|ACTION=remove|DEVPATH=" NIC "/nvme/nvme0/nvme0n1/nvme0n1p1|SUBSYSTEM=block", "change",
	  "pci", "0000:01:00.0", "" },
	{ "|ACTION=change|DEVPATH=" HUB "/1-6.2/1-6.2:1.0/host6/target6:0:0/6:0:0:0/block/sda"
	  "|SUBSYSTEM=block", "change", "usb", "usb:1-6.2", "" },
	/* USB */
	{ "|ACTION=add|DEVPATH=" SAS "|SUBSYSTEM=scsi|DEVTYPE=scsi_device|DRIVER=sd", "add", "scsi",
	  "scsi:2:0:0:1", "sd" },
	{ "|ACTION=change|DEVPATH=" SAS "/block/sdb|SUBSYSTEM=block", "change", "scsi",
	  "scsi:2:0:0:1", "" },
	{ "|ACTION=remove|DEVPATH=/devices/pseudo_0/adapter0/host4/target4:0:0/4:0:0:0|SUBSYSTEM=scsi",
	  "remove", "scsi", "scsi:4:0:0:0", "" },
	{ "|ACTION=add|DEVPATH=" HUB "|SUBSYSTEM=usb|DEVTYPE=usb_device|DRIVER=usb", "add", "usb",
	  "usb:1-6", "" },
	{ "|ACTION=bind|DEVPATH=" HUB "/1-6:1.0|SUBSYSTEM=usb|DRIVER=usbhid", "change", "usb",
	  "usb:1-6", "" },
	{ "|ACTION=remove|DEVPATH=/devices/pci0000:00/0000:00:14.0/usb2|SUBSYSTEM=usb", "remove",
	  "usb", "usb:usb2", "" },
	{ "|ACTION=add|DEVPATH=" ROOT "/i2c-0/0-0050/drm/card0|SUBSYSTEM=drm", "change", "pci",
	  "0000:00:1c.0", "" },
	/* the others */
	{ "|ACTION=add|DEVPATH=" HUB "/1-6:1.0/ttyUSB0/tty/ttyUSB0|SUBSYSTEM=tty", "add", "serial",
	  "/dev/ttyUSB0", "" },
	{ "|ACTION=add|DEVPATH=" NIC "/" MDEV "|SUBSYSTEM=mdev|DRIVER=vfio_mdev", "add", "mdev", MDEV,
	  "vfio_mdev" },
};

/* No device that lists have, or not whole. */
static const char *const others[] = {
	"|ACTION=change|DEVPATH=/devices/virtual/block/loop0|SUBSYSTEM=block",
	"|ACTION=add|DEVPATH=/devices/virtual/net/tap0|SUBSYSTEM=net",
	"|ACTION=add|DEVPATH=/devices/virtual/tty/tty7|SUBSYSTEM=tty",
	"|ACTION=add|DEVPATH=" HUB "/input/input5|SUBSYSTEM=input",
	"|ACTION=add|DEVPATH=" NIC,
	"|ACTION=add|SUBSYSTEM=pci",
	"|DEVPATH=" NIC "|SUBSYSTEM=pci",
	"|ACTION=add|DEVPATH=|SUBSYSTEM=tty",
	"",
};

/* In memory of its own, so that a sanitizer sees who reads behind its end. */
static bool parse_row(struct hd_host_event *ret, const char *row)
{
	size_t length = strlen(row);
	char *message = malloc(length + 1);
	bool is_one;

	assert_non_null(message);
	memcpy(message, row, length + 1);
	for (size_t i = 0; i < length; i++)
		if (message[i] == '|')
			message[i] = '\0';
	is_one = hd_uevent_parse(ret, message, length);
	free(message);
	return is_one;
}

static void messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(uevents); i++) {
		struct hd_host_event event = { .action = "none" };

		print_message("%s\n", uevents[i].message);
		assert_true(parse_row(&event, uevents[i].message));
		assert_string_equal(event.action, uevents[i].action);
		assert_string_equal(event.kind, uevents[i].kind);
		assert_string_equal(event.name, uevents[i].name);
		assert_string_equal(event.driver, uevents[i].driver);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++) {
		struct hd_host_event event;

		print_message("%s\n", others[i]);
		assert_false(parse_row(&event, others[i]));
	}
}

/* A name that fits nowhere is cut. */
static void long_names(void **state)
{
	char message[6000] = "|ACTION=add|SUBSYSTEM=pci|DRIVER=";
	struct hd_host_event event;
	size_t length = strlen(message);

	(void)state;
	memset(message + length, 'd', 2000);
	(void)snprintf(message + length + 2000, sizeof(message) - length - 2000, "|DEVPATH=%s", NIC);
	assert_true(parse_row(&event, message));
	assert_int_equal(strlen(event.driver), sizeof(event.driver) - 1);
	(void)snprintf(message, sizeof(message), "|ACTION=add|SUBSYSTEM=tty|DEVPATH=/%01000d", 7);
	assert_true(parse_row(&event, message));
	assert_int_equal(strlen(event.name), sizeof(event.name) - 1);
}

struct watched {
	struct fake_host *host;
	struct hd_host_events events;
	int out;
};

static void begin_watch(struct watched *ret, struct fake_host *host)
{
	ret->host = host;
	ret->out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(ret->out >= 0);
	hd_host_events_open(&ret->events, &host->root);
	assert_int_equal(ret->events.uevents, -1);
}

static void end_watch(struct watched *watched)
{
	hd_host_events_close(&watched->events);
	hd_close(&watched->out);
}

/* In one wait each thing comes once, in the order of its last time. */
static void once_each(void **state)
{
	static struct watched watched;
	struct hd_host_events *events = &watched.events;

	fake_dir(*state, "run/libvirt/qemu");
	fake_dir(*state, "etc/libvirt/qemu");
	fake_dir(*state, "run/hostdevctl");
	begin_watch(&watched, *state);
	for (int i = 0; i < HD_EVENT_SOURCES; i++)
		assert_int_equal(events->failed[i], 0);
	fake_file(*state, "etc/libvirt/qemu/a.xml", "<domain/>");
	fake_file(*state, "etc/libvirt/qemu/b.xml", "<domain/>");
	fake_file(*state, "etc/libvirt/qemu/a.xml", "<domain/>");
	fake_file(*state, "etc/libvirt/qemu/notes.txt", "no guest");
	fake_dir(*state, "etc/libvirt/qemu/networks.xml");
	fake_file(*state, "run/hostdevctl/group-1.lock", "");
	fake_file(*state, "run/hostdevctl/0000:01:00.0", "journal");
	assert_int_equal(hd_host_events_wait(events, watched.out), 1);
	assert_int_equal(events->n, 4);
	assert_string_equal(events->items[0].name, "b");
	assert_string_equal(events->items[1].action, "undefined");
	assert_string_equal(events->items[2].action, "defined");
	assert_string_equal(events->items[2].name, "a");
	assert_int_equal(events->items[3].source, HD_EVENTS_OF_HELD);
	fake_file(*state, "run/libvirt/qemu/a.xml", "<domstatus/>");
	assert_int_equal(hd_host_events_wait(events, watched.out), 1);
	assert_int_equal(events->n, 1);
	assert_string_equal(events->items[0].action, "running");
	end_watch(&watched);
}

/* What is too much is said to be lost, in the place of all that its source had. */
static void too_many(void **state)
{
	static struct watched watched;
	struct hd_host_events *events = &watched.events;
	char name[64];

	fake_dir(*state, "etc/libvirt/qemu");
	fake_dir(*state, "run/hostdevctl");
	begin_watch(&watched, *state);
	fake_file(*state, "run/hostdevctl/0000:01:00.0", "journal");
	for (int i = 0; i < 2 * HD_EVENTS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "etc/libvirt/qemu/guest%d.xml", i);
		fake_file(*state, name, "");
	}
	assert_int_equal(hd_host_events_wait(events, watched.out), 1);
	assert_int_equal(events->n, 2);
	assert_true(!events->items[0].is_lost && events->items[0].source == HD_EVENTS_OF_HELD);
	assert_true(events->items[1].is_lost && events->items[1].source == HD_EVENTS_OF_GUESTS);
	end_watch(&watched);
}

/* Who has no reader any more has nothing to wait for. */
static void no_reader(void **state)
{
	static struct watched watched;
	int ends[2];

	begin_watch(&watched, *state);
	assert_int_equal(pipe(ends), 0);
	hd_close(&ends[0]);
	assert_int_equal(hd_host_events_wait(&watched.events, ends[1]), 0);
	hd_close(&ends[1]);
	end_watch(&watched);
}

/* A file where the folder should be is not a folder. */
static void not_a_folder(void **state)
{
	static struct watched watched;

	fake_file(*state, "run/hostdevctl", "");
	begin_watch(&watched, *state);
	assert_int_equal(watched.events.failed[HD_EVENTS_OF_HELD], -ENOTDIR);
	assert_int_equal(watched.events.failed[HD_EVENTS_OF_GUESTS], 0);
	end_watch(&watched);
}

/* The same later: it is said, and only once. */
static void no_folder_later(void **state)
{
	static struct watched watched;
	struct hd_host_events *events = &watched.events;

	fake_dir(*state, "run");
	begin_watch(&watched, *state);
	assert_int_equal(events->failed[HD_EVENTS_OF_HELD], 0);
	fake_file(*state, "run/hostdevctl", "");
	fake_file(*state, "run/other", "");
	fake_dir(*state, "run/libvirt/qemu");
	assert_int_equal(hd_host_events_wait(events, watched.out), 1);
	assert_int_equal(events->n, 2);
	assert_true(events->items[0].is_lost && events->items[0].source == HD_EVENTS_OF_GUESTS);
	assert_int_equal(events->items[1].source, HD_EVENTS_OF_HELD);
	assert_int_equal(events->items[1].failed, -ENOTDIR);
	assert_false(events->items[1].is_lost);
	fake_file(*state, "run/another", "");
	fake_file(*state, "run/libvirt/qemu/a.xml", "<domstatus/>");
	assert_int_equal(hd_host_events_wait(events, watched.out), 1);
	assert_int_equal(events->n, 1);
	assert_string_equal(events->items[0].action, "running");
	end_watch(&watched);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages),
		cmocka_unit_test(long_names),
		cmocka_unit_test_setup_teardown(once_each, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(too_many, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(no_reader, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(not_a_folder, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(no_folder_later, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
