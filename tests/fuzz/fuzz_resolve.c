/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_resolve.c - does any name, on a host full of devices, break the resolver?
 *
 * The host is made once; an input is a name.  What holds: 0 with a device that
 * its own unambiguous name means as well, or an error with a bounded, printable
 * text; and what is sure to be a guest's name is not a device.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inventory/resolve.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fakehost.h"

#define MAX_ERROR 767

static struct fake_host host;

static const char tree[] =
	"@ sys/devices/pci0000:00/0000:00:14.0\nvendor = 0x8086\ndevice = 0xa36d\n"
	"sriov_totalvfs = 4\nsriov_numvfs = 1\nvirtfn0 -> ../0000:00:15.0\n"
	"net/eth0/mtu = 1500\n"
	"nvme/nvme0/nvme0n1/nvme0n1p1/partition = 1\n"
	"@ sys/devices/pci0000:00/0000:00:15.0\nvendor = 0x046d\ndevice = 0xc52b\n"
	"@ sys/devices/pci0000:00/0000:00:14.0/usb1/1-2\nidVendor = 046d\n"
	"idProduct = c52b\nbusnum = 1\ndevnum = 5\nserial = A1\n"
	"1-2:1.0/ttyUSB0/tty/ttyUSB0/dev = 188:0\n"
	"@ sys/devices/virtual/net/br0\nmtu = 1500\n"
	"@ sys/devices/pci0000:00/0000:00:14.0/83b8f4f2-509f-382f-3c1e-e6bfe0fa1001\nx = \n"
	"@ sys/bus/pci/devices\n"
	"0000:00:14.0 -> ../../../devices/pci0000:00/0000:00:14.0\n"
	"0000:00:15.0 -> ../../../devices/pci0000:00/0000:00:15.0\n"
	"@ sys/bus/usb/devices\n"
	"1-2 -> ../../../devices/pci0000:00/0000:00:14.0/usb1/1-2\n"
	"@ sys/bus/mdev/devices\n83b8f4f2-509f-382f-3c1e-e6bfe0fa1001 -> "
	"../../../devices/pci0000:00/0000:00:14.0/83b8f4f2-509f-382f-3c1e-e6bfe0fa1001\n"
	"@ sys/class/net\neth0 -> ../../devices/pci0000:00/0000:00:14.0/net/eth0\n"
	"br0 -> ../../devices/virtual/net/br0\n"
	"@ dev\nnvme0n1 = \nttyUSB0 = \nup -> ../etc\nloop -> loop\nby/id -> ../nvme0n1\n";

static void remove_host(void)
{
	fake_host_remove(&host);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct hd_error err;
	static char path[] = "/tmp/hostdevctl-fuzz-XXXXXX";

	(void)argc;
	(void)argv;
	must(mkdtemp(path) != NULL);
	host.path = hd_strdup(&host.arena, path);
	must(hd_sysroot_open(&host.root, host.path, &err) == 0);
	must(fake_tree_load(&host, tree, sizeof(tree) - 1, &err) == 0);
	return atexit(remove_host);
}

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			return false;
	return true;
}

/* What is shown for a device can be typed, and means the same. */
static void name_holds(struct hd_arena *arena, const struct hd_device_ref *ref)
{
	struct hd_device_ref again;
	struct hd_error err = { 0 };

	must(is_printable(ref->name));
	must(hd_resolve(&again, &host.root, arena, ref->name, &err) == 0);
	must(again.kind == ref->kind && !strcmp(again.name, ref->name));
	must(again.usb == NULL || !strcmp(again.usb->port, ref->usb->port));
	must(ref->kind != HD_DEVICE_USB || (ref->usb && ref->usb_by != HD_USB_BY_NONE));
	must(ref->kind != HD_DEVICE_PCI || ref->has_pci);
	must(ref->kind != HD_DEVICE_SERIAL || (ref->tty && ref->path));
	must((ref->kind == HD_DEVICE_MDEV) == (ref->uuid != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	const char *text = hd_strndup(&arena, (const char *)data, size);
	struct hd_error err = { 0 };
	struct hd_device_ref ref;
	int rc = hd_resolve(&ref, &host.root, &arena, text, &err);

	must((rc < 0) == (err.code < 0) && rc <= 0);
	must(rc == 0 || (err.text[0] && strlen(err.text) <= MAX_ERROR &&
			 is_printable(err.text)));
	if (rc == 0) {
		must(hd_resolve_is_device(&host.root, &arena, text));
		name_holds(&arena, &ref);
	}
	hd_arena_done(&arena);
	return 0;
}
