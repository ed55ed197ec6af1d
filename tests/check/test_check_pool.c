/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_pool.c - which function of a pool could an interface get? */
#include "config.h"

#include "tests/support/checkcase.h"

#define POOL &hd_check_pool_has_function

/* Shared by the rows: each one fills it again. */
struct made {
	struct hd_pool pool;
	struct hd_pci_facts vfs[2], parent;
	struct hd_netdev netdev;
};

static void plain(struct check_case *c)
{
	static const char *networks[] = { "default" };

	c->request.networks = networks;
	c->request.n_networks = 1;
}

static void pool(struct check_case *c)
{
	struct made *made = hd_alloc(&c->arena, sizeof(*made));

	made->netdev = (struct hd_netdev){ .name = "eth0", .is_up = true };
	hd_pci_addr_format(&(struct hd_pci_addr){ .bus = 5 }, made->parent.fn.name);
	made->parent.network = (struct hd_network){ .netdevs = &made->netdev, .n_netdevs = 1 };
	for (unsigned i = 0; i < 2; i++) {
		struct hd_pci_facts *vf = &made->vfs[i];

		vf->fn.addr = (struct hd_pci_addr){ .bus = 5, .slot = 0x10,
						    .fn = (uint8_t)i };
		hd_pci_addr_format(&vf->fn.addr, vf->fn.name);
		vf->fn.is_present = true;
		vf->fn.physfn = "0000:05:00.0";
		vf->parent = &made->parent;
	}
	made->pool = (struct hd_pool){ .network = "pool", .source = "run/libvirt/network/pool.xml",
				       .fns = made->vfs, .n_fns = 2 };
	c->facts.pools = &made->pool;
	c->facts.n_pools = 1;
	plain(c);
}

static void take(struct check_case *c, size_t i, bool is_running)
{
	c->claims[i] = (struct hd_guest_claim){ .guest = "other", .is_running = is_running,
						.addr = c->facts.pools->fns[i].fn.addr };
	c->facts.guests.n_claims++;
}

static void one_taken(struct check_case *c)
{
	pool(c);
	take(c, 0, true);
}

static void all_taken(struct check_case *c)
{
	one_taken(c);
	take(c, 1, true);
}

static void all_defined(struct check_case *c)
{
	pool(c);
	take(c, 0, false);
	take(c, 1, false);
}

static void down(struct check_case *c)
{
	pool(c);
	c->facts.pools->fns[0].parent->network.netdevs->is_up = false;
}

static void needed(struct check_case *c)
{
	struct hd_net_use *use = hd_alloc(&c->arena, sizeof(*use));
	struct hd_netdev *netdev = hd_alloc(&c->arena, sizeof(*netdev));

	one_taken(c);
	*use = (struct hd_net_use){ .chain = "eth1", .use = "default route" };
	*netdev = (struct hd_netdev){ .name = "eth1", .is_up = true };
	c->facts.pools->fns[1].network = (struct hd_network){ .netdevs = netdev, .n_netdevs = 1,
							      .uses = use, .n_uses = 1 };
}

static void empty(struct check_case *c)
{
	pool(c);
	c->facts.pools->n_fns = 0;
}

static const struct check_row rows[] = {
	{ "no interface", POOL, NULL, HD_SKIP, 0, NULL, NULL },
	{ "no pool", POOL, plain, HD_PASS, 0, NULL, NULL },
	{ "a pool", POOL, pool, HD_FAIL, HD_NOTE,
	  "run/libvirt/network/pool.xml: libvirt chooses a function of the pool \"pool\" during the "
	  "start, after the checks; 2 of the checked functions would do", "nothing to do" },
	{ "one is taken", POOL, one_taken, HD_FAIL, HD_NOTE, "1 of the checked", NULL },
	{ "all are taken", POOL, all_taken, HD_FAIL, HD_WARNING,
	  "can be taken (0000:05:10.0: a guest has it; 0000:05:10.1: a guest",
	  "virsh net-edit" },
	{ "all are defined elsewhere", POOL, all_defined, HD_FAIL, HD_NOTE, "2 of the checked", NULL },
	{ "the parent is down", POOL, down, HD_FAIL, HD_WARNING, "shows that it is down", NULL },
	{ "the host needs the other", POOL, needed, HD_FAIL, HD_WARNING, "default route", NULL },
	{ "empty", POOL, empty, HD_FAIL, HD_WARNING, "it is empty", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
