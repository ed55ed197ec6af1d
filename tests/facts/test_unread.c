/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_unread.c - does a read that fails ever make a verdict better?
 *
 * Each row is a host on which one device must be refused for one reason.  Each read of
 * its facts is made to fail in turn, with each error: the device is refused all the
 * same, or the whole command fails.  A usual run takes every seventh read for each
 * error, each row another seventh; HD_UNREAD_ALL=1 takes all.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "check/check.h"
#include "tests/support/fakehost.h"
#include "tests/support/faultread.h"
#include "tests/support/liveuse.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"
#define UP "sys/devices/pci0000:00/0000:00:01.0/"
#define AT UP FN "/"
#define STRIDE 7
#define MAX_FILES 24

struct file {
	const char *path, *text;	/* "->..." is a link */
};

struct row {
	const char *name;
	struct fake_pci fn;
	const struct hd_hostdev *named;	/* a device that is not a function, or NULL: FN is requested */
	const char *check;		/* that refuses it */
	struct file files[MAX_FILES];
};

/* Is it about a guest whose policy asks for a hand-over of FN? */
static bool hands_over(const struct row *row)
{
	return hd_text_starts_with(row->name, "handed over, ");
}

/*
 * What cannot be protected: here "it is not there" is an answer, and there is no other
 * witness.  Patterns of fnmatch(3), in which "*" matches slashes too.
 */
static const struct absence {
	const char *path, *why;
} absences[] = {
	{ "sys/*/" FN, "the function has just gone" },
	{ "sys/*/" FN "/.", "the same" },
	{ "sys/*/driver", "a function without a driver has no link" },
	{ "sys/*/net", "a function without interfaces has no such folder" },
	{ "sys/*/iommu_group", "a device without a group has no link" },
	{ "sys/*/nvme", "a controller without disks: they have just gone, and their data with them" },
	{ "sys/*/nvme0", "the same" },
	{ "sys/*/nvme0n1", "the same" },
	{ "sys/*/usb1/1-2*", "the stick has just been pulled" },
	{ "sys/*/drm*", "the card has just gone" },
	{ "sys/*/partition", "what lies below a disk and is not a partition has none" },
	{ "sys/*/holders", "it goes with its disk" },
	{ "sys/*/dev", "what has no node has no number" },
	{ "proc/[0-9]*", "the process has just ended" },
	{ "/proc/[0-9]*", "the same" },
	{ "run/systemd/inhibit*", "nobody asks not to be interrupted, or does no more" },
	{ "run/libvirt/qemu*", "no guest runs, or this one has just stopped" },
}, absences_of_captures[] = {
	{ "proc", "captured without processes" },
	{ "proc/self/mountinfo", "captured without mounts" },
	{ "proc/swaps", "a kernel without swap" },
	{ "proc/consoles", "a kernel without consoles" },
	{ "proc/net/*", "a kernel without IPv4, IPv6 or TCP" },
};

#define UUID "5e5e5e5e-0000-4000-8000-000000000001"
#define OTHER "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define DISK AT "nvme/nvme0/nvme0n1/"
#define A_DISK \
	{ DISK "dev", "259:0\n" }, { DISK "uevent", "DEVNAME=nvme0n1\n" }, \
	{ DISK "subsystem", "->../../../../../../../../class/block" }, \
	{ DISK "nvme0n1p1/dev", "259:1\n" }, { DISK "nvme0n1p1/partition", "1\n" }, \
	{ DISK "nvme0n1p1/uevent", "DEVNAME=nvme0n1p1\n" }, \
	{ AT "nvme/nvme0/dev", "240:0\n" }, { AT "nvme/nvme0/uevent", "DEVNAME=nvme0\n" }, \
	{ "sys/class/block/nvme0n1", "->../../devices/pci0000:00/0000:00:01.0/" FN \
				     "/nvme/nvme0/nvme0n1" }, \
	{ "sys/class/block/nvme0n1p1", "->../../devices/pci0000:00/0000:00:01.0/" FN \
				       "/nvme/nvme0/nvme0n1/nvme0n1p1" }
#define NVME { .driver = "nvme" }
#define CARD { .class = 0x020000, .driver = "e1000e" }
#define NET(name) "sys/class/net/" name
#define A_CARD \
	{ AT "net/eth0/flags", "0x1003\n" }, { AT "net/eth0/ifindex", "2\n" }, \
	{ NET("eth0"), "->../../devices/pci0000:00/0000:00:01.0/" FN "/net/eth0" }
#define ROUTES "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
#define USB "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/"

#define GRAPHICS { .class = 0x030000, .driver = "mgag200" }
/* A session on the card, which ends for the hand-over. */
#define A_DESKTOP \
	{ AT "drm/card0/dev", "226:0\n" }, { AT "drm/card0/uevent", "DEVNAME=dri/card0\n" }, \
	{ "run/systemd/sessions/2", "UID=1000\nUSER=eve\nSTATE=active\nTYPE=wayland\nCLASS=user\n" \
				    "SEAT=seat0\nLEADER=811\nDEVICES=226:0\n" }, \
	{ "proc/812/fd/3", "->/dev/dri/card0" }, { "proc/812/comm", "sway\n" }, \
	{ "proc/812/cgroup", "0::/user.slice/user-1000.slice/session-2.scope\n" }

static const char *claim_disk(struct fake_host *host)
{
	return live_use_claim(host, DISK "dev");
}

/* Who makes the use of a row really, on a host that is live then; why it cannot, or NULL. */
static const struct live {
	const char *row;
	const char *(*make)(struct fake_host *host);
	const char *only;	/* the reads that fail, where each look takes long; NULL: all */
} lives[] = {
	{ "really an open node", live_use_open, NULL },
	{ "really a mapped node", live_use_map, NULL },
	{ "really a node of a thread", live_use_thread, NULL },
	/* A claim that is refused is tried again for a moment: the first try's calls. */
	{ "really a claimed disk", claim_disk, "dev/nvme0n1" },
	{ "really a default route", live_use_route, NULL },
};

static const struct live *live_of(const struct row *row)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(lives); i++)
		if (!strcmp(lives[i].row, row->name))
			return &lives[i];
	return NULL;
}

static const char *make_live(struct fake_host *host, const struct row *row)
{
	const struct live *live = live_of(row);

	if (!live)
		return NULL;
	if (geteuid() != 0)
		return "needs root";
	host->root.is_live = true;
	return live->make(host);
}

static const char *only_of(const struct row *row)
{
	const struct live *live = live_of(row);

	return live ? live->only : NULL;
}

struct judged {
	struct hd_arena arena;
	bool is_ready, has_failed;
	const char *refusals;
};

static void judge(struct judged *ret, struct fake_host *host, const struct row *row)
{
	struct hd_pci_addr addr;
	struct hd_hostdev card = { .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 1 } };
	struct hd_request request = { .n_hostdevs = 0 }, handed_over = {
		.name = "win", .hostdevs = &card, .n_hostdevs = 1,
		.policy.handover = { .is_asked = true, .ends_sessions = true },
	};
	struct hd_facts_query query = { .addrs = &addr, .n_addrs = !row->named,
					.guest_uuid = "", .want = HD_WANT_ALL,
					.named = &row->named, .n_named = row->named != NULL,
					.handover = hands_over(row) ? &handed_over.policy.handover :
								      NULL };
	struct hd_findings found;
	struct hd_facts facts;
	struct hd_error err = { 0 };

	*ret = (struct judged){ .arena = { NULL }, .refusals = "" };
	assert_true(hd_pci_addr_parse(FN, &addr));
	if (hd_facts_collect(&facts, &host->root, &ret->arena, &query, &err) < 0) {
		ret->has_failed = true;
	} else {
		hd_check_run(&found, &ret->arena, hands_over(row) ? &handed_over : &request, &facts);
		ret->is_ready = found.is_ready;
		for (size_t i = 0; i < found.n; i++)
			if (found.items[i].severity == HD_ERROR &&
			    found.items[i].verdict != HD_PASS)
				ret->refusals = hd_printf(&ret->arena, "%s%s: %s\n", ret->refusals,
							  found.items[i].check->id,
							  found.items[i].evidence);
	}
	hd_facts_close(&facts);
}

static void make(struct fake_host *host, const struct row *row)
{
	struct fake_pci fn = row->fn;

	fake_host_make(host);
	fake_good_host(host);
	fn.addr = FN;
	fn.group = fn.group ? fn.group : 12;
	fake_pci_add(host, &fn);
	for (size_t i = 0; i < MAX_FILES && row->files[i].path; i++) {
		if (!strncmp(row->files[i].text, "->", 2))
			fake_link(host, row->files[i].path, row->files[i].text + 2);
		else
			fake_file(host, row->files[i].path, row->files[i].text);
	}
}

/* The only reason: without it the host is ready, with it it is not. */
static unsigned count(struct fake_host *host, const struct row *row)
{
	struct judged judged;
	const char *what;
	unsigned n;

	fault_begin(0, 0, only_of(row));
	judge(&judged, host, row);
	n = fault_end(&what);
	if (judged.has_failed || judged.is_ready ||
	    !hd_text_starts_with(judged.refusals, row->check) ||
	    strchr(judged.refusals, '\n')[1])
		fail_msg("refused, and not for %s alone: %s", row->check, judged.refusals);
	hd_arena_done(&judged.arena);
	return n;
}

/* Without the call and the root of the host: "proc/812/fd" of "openat(/tmp/x/proc/812/fd)". */
static const char *path_of(struct hd_arena *arena, const struct fake_host *host,
			   const char *what)
{
	const char *at = strstr(what, host->path);

	at = at ? at + strlen(host->path) + 1 : what + strcspn(what, "(") + 1;
	return hd_strndup(arena, at, strlen(at) - 1);
}

static bool has_pattern(const struct absence *list, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (!fnmatch(list[i].path, path, 0))
			return true;
	return false;
}

static bool is_absence(struct hd_arena *arena, const struct fake_host *host, const char *what)
{
	const char *path = path_of(arena, host, what);

	return has_pattern(absences, HD_ARRAY_SIZE(absences), path) ||
	       (!host->root.is_live &&
		has_pattern(absences_of_captures, HD_ARRAY_SIZE(absences_of_captures), path));
}

/* 1 if the failure made the verdict better. */
static int fail_one(struct fake_host *host, const struct row *row, unsigned nth, int error)
{
	struct judged judged;
	const char *what;
	int is_better;

	fault_begin(nth, error, only_of(row));
	judge(&judged, host, row);
	(void)fault_end(&what);
	is_better = what && !judged.has_failed && judged.is_ready &&
		    !(error == ENOENT && is_absence(&judged.arena, host, what));
	if (is_better)
		print_message("# %s: %s: ready\n", what, strerror(error));
	hd_arena_done(&judged.arena);
	return is_better;
}

static const struct hd_hostdev stick = { .kind = HD_DEVICE_USB, .usb_vendor = 0x46f4,
					 .usb_product = 1, .line = 3 };
static const struct hd_hostdev mdev = { .kind = HD_DEVICE_MDEV, .mdev_uuid = UUID, .line = 3 };
static const struct hd_hostdev serial = { .kind = HD_DEVICE_SERIAL, .path = "/dev/ttyS1",
					  .line = 3 };

static const struct row rows[] = {
	{ "a mounted disk", NVME, NULL, "storage-free",
	  { A_DISK, { "proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
		      "23 22 259:1 / /srv rw - ext4 /dev/nvme0n1p1 rw\n" } } },
	{ "a swap disk", NVME, NULL, "storage-free",
	  { A_DISK, { "proc/swaps", "Filename\tType\t\tSize\tUsed\tPriority\n"
		      "/dev/nvme0n1p1 partition 1048572 0 -2\n" } } },
	{ "a disk below LVM", NVME, NULL, "storage-free",
	  { A_DISK, { DISK "nvme0n1p1/holders/dm-0", "->../../../../../../../../virtual/block/dm-0" },
	    { "sys/devices/virtual/block/dm-0/dev", "253:0\n" },
	    { "sys/devices/virtual/block/dm-0/dm/name", "vg-home\n" },
	    { "sys/devices/virtual/block/dm-0/dm/uuid", "LVM-xyz\n" },
	    { "sys/class/block/dm-0", "->../../devices/virtual/block/dm-0" } } },
	{ "an open node", NVME, NULL, "holders-free",
	  { A_DISK, { "proc/812/fd/3", "->/dev/nvme0" }, { "proc/812/comm", "nvme\n" } } },
	{ "a mapped node", NVME, NULL, "holders-free",
	  { A_DISK, { "proc/812/maps", "7f0000000000-7f0000001000 r--p 00000000 00:05 12 /dev/nvme0\n" },
	    { "proc/812/comm", "nvme\n" } } },
	{ "a default route", CARD, NULL, "network-free",
	  { A_CARD, { "proc/net/route", ROUTES "eth0\t00000000\t0202000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n" } } },
	{ "an IPv6 default route", CARD, NULL, "network-free",
	  { A_CARD, { "proc/net/ipv6_route",
		      "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
		      "fe800000000000000000000000000002 00000400 00000001 00000000 00450003 eth0\n" } } },
	{ "a bridge's port", CARD, NULL, "network-free",
	  { A_CARD, { AT "net/eth0/master", "->../../../../../virtual/net/br0" },
	    { AT "net/eth0/upper_br0", "->../../../../../virtual/net/br0" },
	    { "sys/devices/virtual/net/br0/bridge/x", "" },
	    { NET("br0"), "->../../devices/virtual/net/br0" } } },
	{ "the administrator's connection", CARD, NULL, "network-free",
	  { A_CARD, { "proc/net/route", ROUTES "eth0\t0002000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n" },
	    { "proc/net/fib_trie", "Main:\n  |-- 10.0.2.15\n     /32 host LOCAL\n" },
	    { "proc/net/tcp", "  sl  local_address rem_address   st\n"
	      "   0: 0F02000A:0016 0202000A:D431 01 00000000:00000000\n" } } },
	{ "a group that another has open", { .driver = "vfio-pci" }, NULL, "iommu-group-exclusive",
	  { { "proc/812/fd/3", "->/dev/vfio/12" }, { "proc/812/comm", "qemu\n" } } },
	{ "a function of a running guest", { .driver = "vfio-pci" }, NULL, "iommu-group-exclusive",
	  { { "run/libvirt/qemu/g.xml", "<domstatus><domain type='kvm'><name>g</name><uuid>" OTHER
	      "</uuid><devices><hostdev mode='subsystem' type='pci' managed='yes'><source>"
	      "<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>"
	      "</hostdev></devices></domain></domstatus>" } } },
	{ "a mounted stick", NVME, &stick, "usb-free",
	  { { "sys/bus/usb/devices/1-2", "->../../../devices/pci0000:00/0000:00:14.0/usb1/1-2" },
	    { USB "idVendor", "46f4\n" }, { USB "idProduct", "0001\n" }, { USB "busnum", "1\n" },
	    { USB "devnum", "3\n" }, { USB "bDeviceClass", "00\n" },
	    { USB "1-2:1.0/host4/target4:0:0/4:0:0:0/block/sdb/dev", "8:16\n" },
	    { "sys/class/block/sdb", "->../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/"
				     "host4/target4:0:0/4:0:0:0/block/sdb" },
	    { "proc/self/mountinfo", "22 1 8:16 / /media rw - vfat /dev/sdb rw\n" } } },
	{ "an open stick", NVME, &stick, "usb-free",
	  { { "sys/bus/usb/devices/1-2", "->../../../devices/pci0000:00/0000:00:14.0/usb1/1-2" },
	    { USB "idVendor", "46f4\n" }, { USB "idProduct", "0001\n" }, { USB "busnum", "1\n" },
	    { USB "devnum", "3\n" }, { USB "bDeviceClass", "00\n" }, { USB "dev", "189:2\n" },
	    { USB "uevent", "DEVNAME=bus/usb/001/003\n" },
	    { "proc/812/fd/3", "->/dev/bus/usb/001/003" } } },
	{ "a mediated device that another has", NVME, &mdev, "mdev-present",
	  { { "sys/bus/mdev/devices/" UUID, "->../../../devices/pci0000:00/0000:00:02.0/" UUID },
	    { "sys/devices/pci0000:00/0000:00:02.0/" UUID "/iommu_group",
	      "->../../../../kernel/iommu_groups/18" },
	    { "sys/devices/pci0000:00/0000:00:02.0/" UUID "/mdev_type/device_api", "vfio-pci\n" },
	    { "proc/812/fd/3", "->/dev/vfio/18" } } },
	{ "a console", NVME, &serial, "serial-free",
	  { { "sys/class/tty/ttyS1/dev", "4:65\n" }, { "sys/class/tty/ttyS1/type", "4\n" },
	    { "dev/ttyS1", "" },
	    { "proc/consoles", "ttyS1                -W- (EC p a)    4:65\n" } } },
	{ "a serial port that is open", NVME, &serial, "serial-free",
	  { { "sys/class/tty/ttyS1/dev", "4:65\n" }, { "sys/class/tty/ttyS1/type", "4\n" },
	    { "dev/ttyS1", "" }, { "proc/812/fd/3", "->/dev/ttyS1" } } },
	{ "a graphics card in use", { .class = 0x030000, .driver = "mgag200" }, NULL, "holders-free",
	  { { AT "drm/card0/dev", "226:0\n" }, { AT "drm/card0/uevent", "DEVNAME=dri/card0\n" },
	    { "proc/812/fd/3", "->/dev/dri/card0" }, { "proc/812/comm", "Xorg\n" } } },
	{ "handed over, with an inhibitor", GRAPHICS, NULL, "handover-possible",
	  { A_DESKTOP, { "run/systemd/inhibit/1", "WHAT=shutdown\nWHO=dnf\nWHY=x\nMODE=block\n" } } },
	{ "handed over, with a program outside of the desktop", GRAPHICS, NULL, "holders-free",
	  { A_DESKTOP, { "proc/813/fd/3", "->/dev/dri/card0" }, { "proc/813/comm", "miner\n" },
	    { "proc/813/cgroup", "0::/system.slice/miner.service\n" } } },
	{ "really an open node", NVME, NULL, "holders-free",
	  { { AT "nvme/nvme0/dev", "1:7\n" }, { AT "nvme/nvme0/uevent", "DEVNAME=full\n" } } },
	{ "really a mapped node", NVME, NULL, "holders-free",
	  { { AT "nvme/nvme0/dev", "1:5\n" }, { AT "nvme/nvme0/uevent", "DEVNAME=zero\n" } } },
	{ "really a node of a thread", NVME, NULL, "holders-free",
	  { { AT "nvme/nvme0/dev", "1:7\n" }, { AT "nvme/nvme0/uevent", "DEVNAME=full\n" } } },
	{ "really a claimed disk", NVME, NULL, "storage-free", { A_DISK } },
	{ "really a default route", CARD, NULL, "network-free",
	  { { AT "net/v0/flags", "0x1003\n" }, { AT "net/v0/ifindex", "2\n" },
	    { NET("v0"), "->../../devices/pci0000:00/0000:00:01.0/" FN "/net/v0" } } },
};

static const int errors[] = { EIO, EACCES, EMFILE, ENOENT };

/* Every STRIDEth read of N fails; how often does that make the device ready? */
static int fail_reads(struct fake_host *host, const struct row *row, size_t e, unsigned stride,
		      unsigned n)
{
	int n_better = 0;

	for (unsigned nth = 1 + (unsigned)(row - rows + (ptrdiff_t)e) % stride; nth <= n;
	     nth += stride)
		n_better += fail_one(host, row, nth, errors[e]);
	return n_better;
}

static void no_verdict_is_better(void **state)
{
	const struct row *row = *state;
	unsigned stride = getenv("HD_UNREAD_ALL") || only_of(row) ? 1 : STRIDE, n;
	struct fake_host host;
	const char *why;
	int n_better = 0;

	make(&host, row);
	why = make_live(&host, row);
	if (why) {
		live_use_end();
		fake_host_remove(&host);
		print_message("# skipped: %s\n", why);
		skip();
	}
	n = count(&host, row);
	if (only_of(row) && n > 2)
		n = 2;
	for (size_t e = 0; e < HD_ARRAY_SIZE(errors); e++) {
		/* A user who is not root may not read everything; another test covers that. */
		if (errors[e] == EACCES && geteuid() != 0)
			continue;
		n_better += fail_reads(&host, row, e, stride, n);
	}
	live_use_end();
	fake_host_remove(&host);
	if (n_better)
		fail_msg("%d of 4 x %u failing reads make it ready", n_better, n);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name,
						.test_func = no_verdict_is_better,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("unread", tests, NULL, NULL);
}
