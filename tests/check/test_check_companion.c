/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_companion.c - which members of a group stay, move, unbind or block. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/checkcase.h"

#define IS_REQUESTED 1u
#define IS_ABSENT 2u
#define IS_BRIDGE 4u
#define IS_BOOT_VGA 8u
#define HAS_NO_VFIO 16u
#define HAS_USED_DISK 32u
#define HAS_BUSY_DISK 64u
#define HAS_FREE_DISK 128u
#define HAS_ROUTE 256u
#define HAS_ADDRESS 32768u
#define IS_KEPT 512u
#define IS_ALLOWED 1024u
#define IS_TYPED 16384u
#define IS_ON_STUB 2048u
#define HAS_UNKNOWN_DISK 4096u
#define IS_UNKNOWN 8192u

static const struct row {
	const char *name;
	unsigned class;
	const char *driver;
	unsigned flags;
	enum hd_companion want;
	const char *why;
} rows[] = {
	{ "audio", 0x040300, "snd_hda_intel", 0, HD_COMPANION_MOVES, "goes" },
	{ "asked", 0x040300, "snd_hda_intel", IS_REQUESTED, HD_COMPANION_STAYS, "requested" },
	{ "absent", 0, NULL, IS_ABSENT, HD_COMPANION_STAYS, "exist" },
	{ "unreadable", 0, NULL, IS_UNKNOWN, HD_COMPANION_BLOCKS, "cannot be read" },
	{ "unbound", 0x060100, NULL, 0, HD_COMPANION_STAYS, "no driver" },
	{ "on VFIO", 0x060100, "vfio-pci", IS_KEPT, HD_COMPANION_STAYS, "VFIO" },
	{ "stub", 0x040300, "pci-stub", IS_ON_STUB, HD_COMPANION_STAYS, "DMA" },
	{ "bridge", 0x060400, "pcieport", IS_BRIDGE | IS_KEPT, HD_COMPANION_STAYS, "bridge" },
	{ "bridge on shpchp", 0x060400, "shpchp", IS_BRIDGE, HD_COMPANION_STAYS, "fine" },
	{ "host bridge", 0x060000, "skl_uncore", 0, HD_COMPANION_BLOCKS, "part of the machine" },
	{ "ISA bridge", 0x060100, "lpc_ich", 0, HD_COMPANION_BLOCKS, "part of the machine" },
	{ "IOMMU", 0x080600, "x", 0, HD_COMPANION_BLOCKS, "IOMMU" },
	{ "bridge of unknown kind", 0x068000, "piix4_smbus", 0, HD_COMPANION_BLOCKS, "name it" },
	{ "system peripheral", 0x088000, "ioatdma", 0, HD_COMPANION_MOVES, "goes" },
	{ "SMBus", 0x0c0500, "i801_smbus", 0, HD_COMPANION_UNBINDS, "SMBus" },
	{ "SPI", 0x0c8000, "intel-spi", 0, HD_COMPANION_UNBINDS, "serial bus" },
	{ "SMBus kept", 0x0c0500, "i801_smbus", IS_KEPT, HD_COMPANION_BLOCKS, "metadata" },
	{ "USB", 0x0c0330, "xhci_hcd", 0, HD_COMPANION_MOVES, NULL },
	{ "kept", 0x040300, "snd_hda_intel", IS_KEPT, HD_COMPANION_BLOCKS, "metadata" },
	{ "no VFIO driver", 0x040300, "x", HAS_NO_VFIO, HD_COMPANION_UNBINDS, "unbinding" },
	{ "boot display", 0x030000, "i915", IS_BOOT_VGA, HD_COMPANION_BLOCKS, "boot display" },
	{ "used disk", 0x010802, "nvme", HAS_USED_DISK, HD_COMPANION_BLOCKS, "disk" },
	{ "busy disk", 0x010802, "nvme", HAS_BUSY_DISK, HD_COMPANION_BLOCKS, "disk" },
	{ "unknown disk", 0x010802, "nvme", HAS_UNKNOWN_DISK, HD_COMPANION_BLOCKS, "disk" },
	{ "free disk", 0x010802, "nvme", HAS_FREE_DISK, HD_COMPANION_MOVES, NULL },
	{ "used disk, no VFIO driver", 0x010802, "nvme", HAS_USED_DISK | HAS_NO_VFIO,
	  HD_COMPANION_BLOCKS, "disk" },
	{ "merely up", 0x020000, "e1000e", HAS_ADDRESS, HD_COMPANION_MOVES, NULL },
	{ "route", 0x020000, "e1000e", HAS_ROUTE, HD_COMPANION_BLOCKS, "default route" },
	{ "route, allowed by metadata", 0x020000, "e1000e", HAS_ROUTE | IS_ALLOWED,
	  HD_COMPANION_BLOCKS, "default route" },
	{ "route, allowed by a person", 0x020000, "e1000e", HAS_ROUTE | IS_TYPED,
	  HD_COMPANION_MOVES, NULL },
	{ "used disk, allowed by a person", 0x010802, "nvme", HAS_USED_DISK | IS_TYPED,
	  HD_COMPANION_BLOCKS, "disk" },
};

static enum hd_claim_state claim_of(unsigned flags)
{
	if (flags & HAS_BUSY_DISK)
		return HD_CLAIM_BUSY;
	if (flags & HAS_UNKNOWN_DISK)
		return HD_CLAIM_UNKNOWN;
	return flags & HAS_FREE_DISK ? HD_CLAIM_HELD : HD_CLAIM_NOT_TRIED;
}

static void use_network(struct check_case *c, struct hd_pci_facts *pci, unsigned flags)
{
	c->netdevs[0] = (struct hd_netdev){ "eth0", true };
	c->net_uses[0] = (struct hd_net_use){ .chain = "eth0", .use = "default route",
					      .is_warning = !(flags & HAS_ROUTE) };
	if (flags & (HAS_ROUTE | HAS_ADDRESS))
		pci->network = (struct hd_network){ .netdevs = c->netdevs, .n_netdevs = 1,
							.uses = c->net_uses, .n_uses = 1 };
}

static void spoil(struct check_case *c, struct hd_pci_facts *pci, unsigned flags)
{
	pci->is_requested = flags & IS_REQUESTED;
	pci->fn.is_present = !(flags & IS_ABSENT);
	pci->fn.header_type = flags & IS_BRIDGE ? 1 : 0;
	if (flags & IS_UNKNOWN)
		pci->fn.unknown = "it cannot be read";
	pci->fn.is_boot_vga = flags & IS_BOOT_VGA;
	if (flags & HAS_NO_VFIO)
		pci->vfio_driver = NULL;
	if (flags & IS_ON_STUB)
		pci->fn.driver_kind = HD_DRIVER_HARMLESS;
	c->disks[0] = (struct hd_disk){ .name = "nvme0n1", .uses = c->uses,
		.n_uses = flags & HAS_USED_DISK ? 1 : 0, .claim = claim_of(flags) };
	if (flags & (HAS_USED_DISK | HAS_BUSY_DISK | HAS_FREE_DISK | HAS_UNKNOWN_DISK))
		pci->storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
	use_network(c, pci, flags);
	c->allows[0] = (struct hd_allow){ flags & HAS_USED_DISK ? "storage-free" : "network-free",
					  "01:00.1" };
	c->request.policy.n_allows = flags & IS_ALLOWED ? 1 : 0;
	c->request.policy.typed = c->allows;
	c->request.policy.n_typed = flags & IS_TYPED ? 1 : 0;
	c->request.policy.keep_companions = flags & IS_KEPT;
}

static void judges(void **state)
{
	const struct row *row = *state;
	struct check_case *c = calloc(1, sizeof(*c));
	struct hd_pci_facts *pci;
	const char *why;

	assert_non_null(c);
	check_case_make(c);
	pci = check_case_add(c, 1, row->class, row->driver);
	spoil(c, pci, row->flags);
	assert_int_equal(hd_companion_judge(&c->request, pci, &why), row->want);
	assert_int_equal(hd_companion_of(&c->request, pci), row->want);
	assert_non_null(why);
	if (row->why && !strstr(why, row->why))
		fail_msg("\"%s\" lacks \"%s\"", why, row->why);
	hd_arena_done(&c->arena);
	free(c);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	memset(tests, 0, sizeof(tests));
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		tests[i].name = rows[i].name;
		tests[i].test_func = judges;
		tests[i].initial_state = (void *)&rows[i];
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
