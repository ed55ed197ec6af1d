/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_hotplug.c - what came to running guests without us, and what nobody has. */
#include "config.h"

#include "facts/libvirt/hotplug.h"
#include "tests/support/checkcase.h"

#define RECORDED &hd_check_hotplug_recorded
#define OWNED &hd_check_vfio_owned

static struct hd_hotplugged disk = { .name = "0000:01:00.0", .guest = "a" };
static struct hd_hotplugged managed = { .name = "0000:01:00.0", .guest = "a", .is_managed = true };
static struct hd_hotplugged sharing = { .name = "0000:02:00.0", .guest = "a",
					.shares = "0000:02:00.1 on snd_hda_intel" };
static struct hd_unowned lost[] = { { "0000:01:00.0", "vfio-pci" }, { "0000:03:00.0", "vfio-pci" } };

static const struct hd_hotplug none_given = { .n_given = 0 };
static const struct hd_hotplug one_given = { .given = &disk, .n_given = 1, .unreadable = "x" };
static const struct hd_hotplug managed_given = { .given = &managed, .n_given = 1 };
static const struct hd_hotplug shared_given = { .given = &sharing, .n_given = 1 };
static const struct hd_hotplug not_read = { .unreadable = "run/libvirt/qemu/a.xml: broken" };
static const struct hd_hotplug two_lost = { .unowned = lost, .n_unowned = 2 };

static void nothing(struct check_case *c) { c->facts.hotplug = &none_given; }
static void given(struct check_case *c) { c->facts.hotplug = &one_given; }
static void by_libvirt(struct check_case *c) { c->facts.hotplug = &managed_given; }
static void shared(struct check_case *c) { c->facts.hotplug = &shared_given; }
static void unreadable(struct check_case *c) { c->facts.hotplug = &not_read; }
static void nobodys(struct check_case *c) { c->facts.hotplug = &two_lost; }

static const struct check_row rows[] = {
	{ "not asked for", RECORDED, NULL, HD_SKIP, HD_NOTE, NULL, NULL },
	{ "nothing was given", RECORDED, nothing, HD_PASS, HD_NOTE, NULL, NULL },
	{ "a device", RECORDED, given, HD_FAIL, HD_NOTE,
	  "guest 'a' was given 0000:01:00.0 while it ran, and only", "hostdevctl attach" },
	{ "one of libvirt's", RECORDED, by_libvirt, HD_FAIL, HD_NOTE, "libvirt gives it back", NULL },
	{ "a group that is shared", RECORDED, shared, HD_FAIL, HD_WARNING,
	  "of its IOMMU group the host has 0000:02:00.1 on snd_hda_intel", NULL },
	{ "a status that is broken", RECORDED, unreadable, HD_UNKNOWN, HD_NOTE, "a.xml: broken", NULL },
	{ "owners are not asked for", OWNED, NULL, HD_SKIP, HD_NOTE, NULL, NULL },
	{ "all have an owner", OWNED, nothing, HD_PASS, HD_NOTE, NULL, NULL },
	{ "two have none", OWNED, nobodys, HD_FAIL, HD_NOTE,
	  "0000:01:00.0 is on vfio-pci; 0000:03:00.0 is on vfio-pci, although",
	  "hostdevctl reattach 0000:01:00.0 0000:03:00.0" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
