/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pci_parts.c - drivers' kinds, and what is below a function: interfaces, serial, BARs. */
#include "config.h"

#include <string.h>

#include "facts/pci/pci.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define GPU "0000:01:00.0"

static void nvme_serial(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci nvme = { .addr = GPU, .driver = "nvme" };

	fake_pci_add(host, &nvme);
	fake_pci_put(host, GPU, "nvme/nvme0/serial", "  S6B0NL0W 12  \n");
	assert_string_equal(fake_pci_must_read(host, GPU).serial, "S6B0NL0W 12");
	fake_pci_put(host, GPU, "nvme/nvme0/serial", "   \n");
	assert_null(fake_pci_must_read(host, GPU).serial);
}

/* A dock's network card is as much the host's as one in a slot. */
static void interfaces_behind(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci usb = { .addr = GPU, .class = 0x0c0330, .driver = "xhci_hcd" };
	static const struct fake_pci virtio = {
		.addr = "0000:02:00.0", .class = 0x020000, .driver = "virtio-pci",
	};
	struct hd_pci_fn fn;

	fake_pci_add(host, &usb);
	fake_pci_add(host, &virtio);
	fake_pci_put(host, GPU, "usb2/2-1/2-1.4/2-1.4:1.0/net/enx0/address", "");
	fake_pci_put(host, GPU, "0000:03:00.0/net/other/address", "");
	fake_pci_put(host, "0000:02:00.0", "virtio3/net/eth7/address", "");
	fn = fake_pci_must_read(host, GPU);
	assert_int_equal(fn.n_netdevs, 1);
	assert_string_equal(fn.netdevs[0], "enx0");
	fn = fake_pci_must_read(host, "0000:02:00.0");
	assert_int_equal(fn.n_netdevs, 1);
	assert_string_equal(fn.netdevs[0], "eth7");
}

/* A subfunction of a card, and what vDPA makes of one, beside the card's own. */
static void interfaces_of_subfunctions(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci card = { .addr = GPU, .class = 0x020000,
					      .driver = "mlx5_core" };
	struct hd_pci_fn fn;

	fake_pci_add(host, &card);
	fake_pci_put(host, GPU, "net/enp1s0/address", "");
	fake_pci_put(host, GPU, "mlx5_core.sf.4/net/enp1s0s88/address", "");
	fake_pci_put(host, GPU, "mlx5_core.sf.5/vdpa0/virtio2/net/eth1/address", "");
	fake_pci_put(host, GPU, "0000:03:00.0/net/other/address", "");
	fn = fake_pci_must_read(host, GPU);
	assert_int_equal(fn.n_netdevs, 3);
	assert_string_equal(fn.netdevs[0], "enp1s0");
	assert_string_equal(fn.netdevs[1], "enp1s0s88");
	assert_string_equal(fn.netdevs[2], "eth1");
}

/* The directory of the interfaces stays when the last of them is in a container. */
static void interface_elsewhere(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci card = { .addr = GPU, .class = 0x020000, .driver = "e1000e" };
	struct hd_pci_fn fn;

	fake_pci_add(host, &card);
	assert_false(fake_pci_must_read(host, GPU).hides_netdevs);
	fake_dir(host, hd_printf(&host->arena, "%s/net", fake_pci_path(host, GPU)));
	fn = fake_pci_must_read(host, GPU);
	assert_true(fn.hides_netdevs);
	assert_int_equal(fn.n_netdevs, 0);
	fake_pci_put(host, GPU, "net/eth0/address", "");
	fn = fake_pci_must_read(host, GPU);
	assert_false(fn.hides_netdevs);
	assert_int_equal(fn.n_netdevs, 1);
}

static void kinds(void **state)
{
	struct fake_host *host = *state;
	static const struct {
		const char *driver;
		enum hd_driver_kind kind;
	} rows[] = {
		{ NULL, HD_DRIVER_NONE },
		{ "vfio-pci", HD_DRIVER_VFIO },
		{ "mlx5_vfio_pci", HD_DRIVER_VFIO },
		{ "hisi_acc_vfio_pci", HD_DRIVER_VFIO },
		{ "xe-vfio-pci", HD_DRIVER_VFIO },
		{ "pci-stub", HD_DRIVER_HARMLESS },
		{ "pcieport", HD_DRIVER_HARMLESS },
		{ "vfio-pci-not", HD_DRIVER_HOST },
		{ "nvme", HD_DRIVER_HOST },
		{ "shpchp", HD_DRIVER_HOST },
	};
	static const struct fake_pci nvme = { .addr = GPU, .driver = "odd_variant" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_int_equal(hd_driver_kind_of(rows[i].driver), rows[i].kind);
	fake_pci_add(host, &nvme);
	assert_int_equal(fake_pci_must_read(host, GPU).driver_kind, HD_DRIVER_HOST);
	fake_pci_put(host, GPU, "vfio-dev/vfio0/dev", "511:0\n");
	assert_int_equal(fake_pci_must_read(host, GPU).driver_kind, HD_DRIVER_VFIO);
}

static void bars(void **state)
{
	(void)state;
	assert_int_equal(hd_pci_bar_bytes(""), 0);
	assert_int_equal(hd_pci_bar_bytes("rubbish\n0x1 0x2\n"), 0);
	assert_int_equal(hd_pci_bar_bytes("0x000000000000f000 0x000000000000f03f 0x40101\n"), 0);
	assert_int_equal(hd_pci_bar_bytes("0x0 0x0 0x0000000000000200\n"), 0);
	assert_int_equal(hd_pci_bar_bytes("0x2000 0x1000 0x200\n"), 0);
	assert_int_equal(hd_pci_bar_bytes("0x1000 0x1fff 0x40200\n"
					  "0x6000000000 0x67ffffffff 0x14220c\n"),
			 0x1000 + (32ull << 30));
	/* The seventh line is the ROM, those behind it belong to virtual functions. */
	assert_int_equal(hd_pci_bar_bytes("0 0 0\n0 0 0\n0 0 0\n0 0 0\n0 0 0\n"
					  "0x1000 0x1fff 0x200\n0x3000 0x3fff 0x200\n"), 0x1000);
	assert_true(hd_pci_bar_bytes("0x1 0xffffffffffffffff 0x200\n0x1 0xff 0x200\n") ==
		    UINT64_MAX);
}

static void all_addresses(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci fns[] = { { .addr = "10000:e1:00.0" }, { .addr = GPU } };
	struct hd_pci_addr *addrs;
	struct hd_error err;
	size_t n = 9;

	assert_int_equal(hd_pci_addresses(&host->root, &host->arena, &addrs, &n, &err), 0);
	assert_int_equal(n, 0);
	fake_pci_add(host, &fns[0]);
	fake_pci_add(host, &fns[1]);
	fake_file(host, "sys/bus/pci/devices/rubbish", "");
	assert_int_equal(hd_pci_addresses(&host->root, &host->arena, &addrs, &n, &err), 0);
	assert_int_equal(n, 4);
	assert_int_equal(addrs[0].bus, 0);
	assert_int_equal(addrs[1].bus, 1);
	assert_int_equal(addrs[2].domain, 0x10000);
	assert_int_equal(addrs[3].bus, 0xe1);
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nvme_serial),
		TEST(interfaces_behind),
		TEST(interfaces_of_subfunctions),
		TEST(interface_elsewhere),
		TEST(kinds),
		TEST(bars),
		TEST(all_addresses),
	};

	return cmocka_run_group_tests_name("pci_parts", tests, NULL, NULL);
}
