/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_group.c - groups that can be handed over, and groups that cannot. */
#include "config.h"

#include <string.h>

#include "tests/support/checkcase.h"

#define HAS_GROUP &hd_check_iommu_group_present
#define VIABLE &hd_check_iommu_group_viable
#define EXCLUSIVE &hd_check_iommu_group_exclusive
#define DIRECT &hd_check_no_direct_region

static void no_group(struct check_case *c) { c->fns[0].fn.group = HD_NO_GROUP; }
static void no_iommu(struct check_case *c)
{
	no_group(c);
	c->facts.iommu.is_active = false;
}

static void audio(struct check_case *c) { check_case_add(c, 1, 0x040300, "snd_hda_intel"); }
static void audio_asked(struct check_case *c)
{
	audio(c);
	check_case_ask(c, 1);
}
static void audio_kept(struct check_case *c)
{
	audio(c);
	c->request.policy.keep_companions = true;
}
static void unbound(struct check_case *c) { check_case_add(c, 1, 0x040300, NULL); }

static void bridge(struct check_case *c)
{
	struct hd_pci_facts *port = check_case_add(c, 1, 0x060400, "pcieport");

	port->fn.header_type = 1;
	port->fn.driver_kind = HD_DRIVER_HARMLESS;
	port->vfio_driver = NULL;
}

static void bridge_and_audio(struct check_case *c)
{
	bridge(c);
	check_case_add(c, 2, 0x040300, "snd_hda_intel");
}

static void lpc(struct check_case *c) { check_case_add(c, 1, 0x060100, "lpc_ich"); }
static void lpc_and_bridge(struct check_case *c)
{
	bridge(c);
	check_case_add(c, 2, 0x060100, "lpc_ich");
}
static void unread(struct check_case *c)
{
	c->groups[0].unknown = "cannot read IOMMU group 14: Permission denied";
}
static void unread_member(struct check_case *c)
{
	check_case_add(c, 1, 0x040300, NULL)->fn.unknown = "sys/bus/pci/devices/x/class: no";
}
static void unseen(struct check_case *c) { c->members[c->groups[0].n_members++].bus = 9; }

static struct hd_guest_claim *claim(struct check_case *c, bool is_running, unsigned fn)
{
	c->facts.guests.n_claims = 1;
	c->claims[0] = (struct hd_guest_claim){
		.guest = "gamer", .is_running = is_running, .addr = { .bus = 1, .fn = (uint8_t)fn }
	};
	return &c->claims[0];
}

static void running(struct check_case *c) { claim(c, true, 0); }
static void taken(struct check_case *c)
{
	struct hd_guest_claim *taken_one = claim(c, true, 0);

	taken_one->is_journalled = true;
	memcpy(taken_one->uuid, "c7a5fdbd", sizeof("c7a5fdbd"));
}
static void starting(struct check_case *c)
{
	struct hd_guest_claim *claimed = claim(c, true, 0);

	claimed->keeper_pid = 812;
	memcpy(claimed->uuid, "c7a5fdbd", sizeof("c7a5fdbd"));
}
static void running_peer(struct check_case *c)
{
	unbound(c);
	claim(c, true, 1);
}
static void running_elsewhere(struct check_case *c) { claim(c, true, 0)->addr.bus = 7; }
static void defined(struct check_case *c) { claim(c, false, 0); }
static void defined_peer(struct check_case *c)
{
	unbound(c);
	claim(c, false, 1);
}
static void hidden(struct check_case *c)
{
	c->facts.guests.hidden = "this mount namespace has a different /run";
}

static void unreadable(struct check_case *c)
{
	c->facts.guests.unreadable = "run/libvirt/qemu/gamer.xml";
}
static void held(struct check_case *c)
{
	c->fns[0].vfio_holder = "dpdk-testpmd (pid 812)";
}
/* The guest runs, and its QEMU has the group open. */
static void held_by_itself(struct check_case *c)
{
	held(c);
	c->facts.guests.own = &c->fns[0].fn.addr;
	c->facts.guests.n_own = 1;
}
static void held_peer(struct check_case *c)
{
	unbound(c);
	c->fns[1].vfio_holder = "qemu-system-x86 (pid 9)";
}
static void held_without_group(struct check_case *c)
{
	held(c);
	no_group(c);
}
static void other_held_without_group(struct check_case *c)
{
	held_peer(c);
	no_group(c);
	c->fns[1].fn.group = HD_NO_GROUP;
}
static void running_without_group(struct check_case *c)
{
	running(c);
	no_group(c);
}

static void rmrr(struct check_case *c)
{
	c->groups[0].direct_region = "0x00000000000e8000 0x00000000000e8fff direct";
}
static void relaxable(struct check_case *c)
{
	c->groups[0].direct_region = "0x000000007b800000 0x000000007fffffff direct-relaxable";
}
static void group_unread(struct check_case *c) { c->facts.n_groups = 0; }

static const struct check_row rows[] = {
	{ "group", HAS_GROUP, NULL, HD_PASS, 0, "group 14", NULL },
	{ "none", HAS_GROUP, no_group, HD_FAIL, HD_ERROR, "iommu_group does not exist", "dmesg" },
	{ "no IOMMU", HAS_GROUP, no_iommu, HD_SKIP, 0, NULL, NULL },

	{ "alone", VIABLE, NULL, HD_PASS, 0, NULL, NULL },
	{ "sibling asked", VIABLE, audio_asked, HD_PASS, 0, NULL, NULL },
	{ "sibling unbound", VIABLE, unbound, HD_PASS, 0, NULL, NULL },
	{ "bridge", VIABLE, bridge, HD_PASS, 0,
	  "bridge 0000:01:00.1 stays on pcieport, which is fine", NULL },
	{ "sibling goes too", VIABLE, audio, HD_FAIL, HD_WARNING,
	  "group 14 is taken as a whole: 0000:01:00.1 (snd_hda_intel) goes", "nothing to do" },
	{ "sibling and bridge", VIABLE, bridge_and_audio, HD_FAIL, HD_WARNING,
	  "goes to its VFIO driver too; bridge 0000:01:00.1 stays", NULL },
	{ "policy keeps it", VIABLE, audio_kept, HD_FAIL, HD_ERROR,
	  "0000:01:00.1 in group 14 is on snd_hda_intel and must not be moved",
	  "pass that function to the same guest" },
	{ "group not read", VIABLE, unread, HD_UNKNOWN, HD_ERROR, "Permission denied", NULL },
	{ "member not read", VIABLE, unread_member, HD_FAIL, HD_ERROR, "counts as in use", NULL },
	{ "regions not read", &hd_check_no_direct_region, unread, HD_UNKNOWN, HD_ERROR,
	  "Permission denied", NULL },
	{ "ISA bridge", VIABLE, lpc, HD_FAIL, HD_ERROR, "is on lpc_ich and is an ISA",
	  "use another device" },
	{ "ISA bridge and port", VIABLE, lpc_and_bridge, HD_FAIL, HD_ERROR, "lpc_ich", NULL },
	{ "member not looked at", VIABLE, unseen, HD_UNKNOWN, HD_ERROR, "0000:09:00.0", NULL },
	{ "no group", VIABLE, no_group, HD_SKIP, 0, NULL, NULL },

	{ "ours alone", EXCLUSIVE, NULL, HD_PASS, 0, NULL, NULL },
	{ "its own", EXCLUSIVE, held_by_itself, HD_PASS, 0,
	  "in use by this guest: 0000:01:00.0 is open by", NULL },
	{ "running", EXCLUSIVE, running, HD_FAIL, HD_ERROR,
	  "the running guest \"gamer\" has 0000:01:00.0 of group 14", "`virsh shutdown gamer`" },
	{ "running, peer", EXCLUSIVE, running_peer, HD_FAIL, HD_ERROR, "0000:01:00.1", NULL },
	{ "taken, not yet running", EXCLUSIVE, taken, HD_FAIL, HD_ERROR,
	  "run/hostdevctl/c7a5fdbd: 0000:01:00.0 of group 14 was taken for the guest \"gamer\"",
	  "hostdevctl recover" },
	{ "being started, libvirt has not taken it yet", EXCLUSIVE, starting, HD_FAIL, HD_ERROR,
	  "run/hostdevctl/keeper-c7a5fdbd: the guest \"gamer\" is being started", "`kill 812`" },
	{ "running, without a group", EXCLUSIVE, running_without_group, HD_FAIL, HD_ERROR, "gamer",
	  NULL },
	{ "running elsewhere", EXCLUSIVE, running_elsewhere, HD_PASS, 0, NULL, NULL },
	{ "defined", EXCLUSIVE, defined, HD_FAIL, HD_WARNING, "etc/libvirt/qemu/gamer.xml",
	  "virsh edit" },
	{ "defined, peer", EXCLUSIVE, defined_peer, HD_PASS, 0, NULL, NULL },
	{ "guests that are not seen", EXCLUSIVE, hidden, HD_UNKNOWN, HD_ERROR,
	  "a different /run: a running guest may", "nsenter" },
	{ "unreadable status", EXCLUSIVE, unreadable, HD_UNKNOWN, HD_ERROR,
	  "run/libvirt/qemu/gamer.xml", "restart libvirtd" },
	{ "held", EXCLUSIVE, held, HD_FAIL, HD_ERROR, "open by dpdk-testpmd (pid 812)", NULL },
	{ "held, without a group", EXCLUSIVE, held_without_group, HD_FAIL, HD_ERROR, "dpdk", NULL },
	{ "other held, without a group", EXCLUSIVE, other_held_without_group, HD_PASS, 0, NULL,
	  NULL },
	{ "peer held", EXCLUSIVE, held_peer, HD_FAIL, HD_ERROR, "0000:01:00.1 is open by qemu", NULL },

	{ "none", DIRECT, NULL, HD_PASS, 0, NULL, NULL },
	{ "RMRR", DIRECT, rmrr, HD_FAIL, HD_ERROR,
	  "groups/14/reserved_regions has \"0x00000000000e8000", "firmware" },
	{ "relaxable", DIRECT, relaxable, HD_PASS, 0, NULL, NULL },
	{ "unread", DIRECT, group_unread, HD_UNKNOWN, HD_ERROR, "iommu_groups/14", NULL },
	{ "no group", DIRECT, no_group, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
