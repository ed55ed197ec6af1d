/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_other_uses.c - users in the kernel, each told by a file of its own; and unknown ones. */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"
#define AT "sys/devices/pci0000:00/0000:00:01.0/" FN
#define VIRTIO(type) { .addr = FN, .vendor = 0x1af4, .device = 0x1040 + (type), .class = 0x00ff00, \
		       .driver = "virtio-pci" }
#define RNG "sys/class/misc/hw_random/rng_current"
#define VSOCK "sys/module/vmw_vsock_virtio_transport/refcnt"
#define TTY AT "/0000:01:00.0:0/tty/ttyS4"
#define ALGORITHM(driver, module, n) "name         : cbc(aes)\ndriver       : " driver "\nmodule       : " \
	module "\npriority     : 150\nrefcnt       : " n "\nselftest     : passed\n\n"

static const struct row {
	const char *name;
	struct fake_pci fn;
	struct { const char *path, *text; } files[8];
	const char *want;	/* a part of "VERDICT EVIDENCE: REMEDY"; NULL: nothing is found */
} rows[] = {
	{ "random numbers", VIRTIO(4), { { RNG, "virtio_rng.0\n" } },
	  "fail the kernel takes its random numbers from it (" RNG ")" },
	{ "of another generator", VIRTIO(4), { { RNG, "tpm-rng-0\n" } }, NULL },
	{ "of no generator", VIRTIO(4), { { RNG, "none\n" } }, NULL },
	{ "sockets", VIRTIO(19), { { VSOCK, "2\n" } }, "fail 2 sockets to the machine below" },
	{ "no sockets", VIRTIO(19), { { VSOCK, "0\n" } }, NULL },
	{ "sockets that nobody counts", VIRTIO(19), { { NULL, NULL } },
	  "unknown whether a socket to the machine below" },
	{ "a cipher", VIRTIO(20),
	  { { "proc/crypto", ALGORITHM("aes-generic", "kernel", "9")
			     ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "2") } },
	  "fail the kernel encrypts with it (virtio_crypto_aes_cbc) (proc/crypto)" },
	{ "a cipher of a driver in the kernel", VIRTIO(20),
	  { { "proc/crypto", ALGORITHM("virtio_crypto_aes_cbc", "kernel", "3") } }, "fail the kernel encrypts" },
	{ "no cipher", VIRTIO(20),
	  { { "proc/crypto", ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "1")
			     ALGORITHM("aes-generic", "kernel", "9") } }, NULL },
	{ "QuickAssist", { .addr = FN, .class = 0x0b4000, .driver = "4xxx" },
	  { { "proc/crypto", ALGORITHM("qat_aes_cbc", "intel_qat", "2") } }, "fail the kernel encrypts" },
	{ "a cipher of another", { .addr = FN, .class = 0x010802, .driver = "nvme" },
	  { { "proc/crypto", ALGORITHM("nvme", "nvme", "2") } }, NULL },
	{ "a DMA channel", { .addr = FN, .class = 0x088000, .driver = "ioatdma" },
	  { { AT "/dma/dma0chan0/in_use", "0\n" }, { AT "/dma/dma1chan0/in_use", "1\n" } },
	  "fail the kernel copies with its DMA channel dma1chan0" },
	{ "idle DMA channels", { .addr = FN, .class = 0x088000, .driver = "ioatdma" },
	  { { AT "/dma/dma0chan0/in_use", "0\n" } }, NULL },
	{ "CXL memory", { .addr = FN, .class = 0x050210, .driver = "cxl_pci" }, { { NULL, NULL } },
	  "unknown whether its memory is part of the host's is unknown" },
	{ "CXL memory without a driver", { .addr = FN, .class = 0x050210 }, { { NULL, NULL } }, NULL },
	{ "a type that nobody knows", VIRTIO(40), { { NULL, NULL } },
	  "unknown it is a virtio device of type 40, whose users no check knows" },
	{ "a network card", VIRTIO(1), { { NULL, NULL } }, NULL },
	{ "the kernel's console", { .addr = FN, .class = 0x070002, .driver = "serial" },
	  { { TTY "/dev", "4:68\n" }, { TTY "/uevent", "DEVNAME=ttyS4\n" },
	    { TTY "/subsystem", "->../../../../../../../class/tty" },
	    { "proc/consoles", "ttyS4                -W- (EC p a)    4:68\n" } },
	  "fail the kernel writes its messages to /dev/ttyS4 (proc/consoles): "
	  "take console=ttyS4 off the kernel's command line and reboot" },
	{ "a console that can be stopped", { .addr = FN, .class = 0x070002, .driver = "serial" },
	  { { TTY "/dev", "4:68\n" }, { TTY "/uevent", "DEVNAME=ttyS4\n" },
	    { TTY "/subsystem", "->../../../../../../../class/tty" },
	    { "sys/class/tty/ttyS4/console", "Y\n" },
	    { "proc/consoles", "ttyS4                -W- (EC p a)    4:68\n" } },
	  "fail the kernel writes its messages to /dev/ttyS4 (proc/consoles): "
	  "`echo N > /sys/class/tty/ttyS4/console`" },
	{ "a serial port that is no console", { .addr = FN, .class = 0x070002, .driver = "serial" },
	  { { TTY "/dev", "4:68\n" }, { TTY "/uevent", "DEVNAME=ttyS4\n" },
	    { TTY "/subsystem", "->../../../../../../../class/tty" },
	    { "proc/consoles", "ttyS40               -W- (EC p a)    4:104\n" } }, NULL },
	{ "the console on hvc0", VIRTIO(3),
	  { { "sys/devices/virtual/tty/hvc0/dev", "229:0\n" },
	    { "sys/devices/virtual/tty/hvc0/uevent", "DEVNAME=hvc0\n" },
	    { "sys/devices/virtual/tty/hvc0/subsystem", "->../../../../class/tty" },
	    { "sys/class/tty/hvc0", "->../../devices/virtual/tty/hvc0" },
	    { "proc/consoles", "hvc0                 -W- (EC p  )  229:0\n" } },
	  "fail the kernel writes its messages to /dev/hvc0 (proc/consoles)" },
	{ "the last keyboard", VIRTIO(18),
	  { { AT "/virtio5/input/input7/event7/dev", "13:71\n" },
	    { AT "/virtio5/input/input7/event7/uevent", "DEVNAME=input/event7\n" },
	    { AT "/virtio5/input/input7/event7/subsystem", "->../../../../../../../../class/input" },
	    { AT "/virtio5/input/input7/event7/device", "->../../input7" },
	    { AT "/virtio5/input/input7/name", "QEMU Virtio Keyboard\n" },
	    { AT "/virtio5/input/input7/capabilities/key", "fffffffffffffffe\n" },
	    { AT "/virtio5/input/input7/capabilities/ev", "3\n" },
	    { "sys/class/input/event7", "->../../devices/pci0000:00/0000:00:01.0/" FN
	      "/virtio5/input/input7/event7" } },
	  "fail event7 (QEMU Virtio Keyboard) is the host's last keyboard" },
};

static void put(struct fake_host *host, const char *path, const char *text)
{
	if (!strncmp(text, "->", 2))
		fake_link(host, path, text + 2);
	else
		fake_file(host, path, text);
}

static const struct hd_finding *find(const struct hd_findings *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->items[i].check->id, "other-use-free"))
			return &found->items[i];
	return NULL;
}

static void compare(struct hd_arena *arena, const struct hd_finding *finding, const char *want)
{
	const char *text = finding ? hd_printf(arena, "%s %s: %s", hd_verdict_name(finding->verdict),
					       finding->evidence, finding->remedy) : "nothing is found";

	if (!strstr(text, want))
		fail_msg("%s", text);
	assert_true(finding && finding->severity == HD_ERROR && finding->remedy && *finding->remedy);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct hd_request request = { .n_hostdevs = 0 };
	struct hd_facts_query query = { .addrs = &(struct hd_pci_addr){ .bus = 1 }, .n_addrs = 1,
					.guest_uuid = "", .want = HD_WANT_NAMED | HD_WANT_HOLDERS };
	const struct hd_finding *finding;
	struct hd_findings found;
	struct fake_host host;
	struct hd_facts facts;
	struct hd_error err;

	fake_host_make(&host);
	fake_pci_add(&host, &row->fn);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		put(&host, row->files[i].path, row->files[i].text);
	if (hd_facts_collect(&facts, &host.root, &host.arena, &query, &err) < 0)
		fail_msg("%s", err.text);
	hd_check_run(&found, &host.arena, &request, &facts);
	finding = find(&found);
	if (!row->want) {
		assert_true(!finding || finding->verdict == HD_PASS);
	} else {
		compare(&host.arena, finding, row->want);
	}
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("other uses", tests, NULL, NULL);
}
