/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_last_look.c - does the last look see what has changed since the first? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "check/checks.h"
#include "tests/support/fakehost.h"
#include "tests/support/loopdev.h"
#include "tests/support/unit.h"

#define DISK "0000:01:00.0"
#define CARD "0000:02:00.0"
#define MOUNTS "proc/self/mountinfo"
#define ROUTE_HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define ROUTE ROUTE_HEAD "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"

struct situation {
	struct fake_host host;
	struct hd_hostdev hostdevs[2];
	struct hd_request request;
	struct hd_facts_query query;
	struct hd_facts facts;
	struct hd_findings findings;
};

static void make(struct situation *s)
{
	static const struct fake_pci functions[] = {
		{ .addr = DISK, .group = 11, .driver = "nvme" },
		{ .addr = CARD, .class = 0x020000, .group = 12, .driver = "e1000e" },
	};
	static const char *const names[] = { DISK, CARD };

	memset(s, 0, sizeof(*s));
	fake_host_make(&s->host);
	fake_good_host(&s->host);
	s->request = (struct hd_request){ .uuid = "", .hostdevs = s->hostdevs, .n_hostdevs = 2 };
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++) {
		fake_pci_add(&s->host, &functions[i]);
		s->hostdevs[i] = (struct hd_hostdev){ .kind = HD_DEVICE_PCI, .has_addr = true,
						      .vlan = -1 };
		assert_true(hd_pci_addr_parse(names[i], &s->hostdevs[i].addr));
	}
	fake_file(&s->host, MOUNTS, "");
	fake_file(&s->host, "proc/net/route", ROUTE_HEAD);
	fake_file(&s->host, "proc/net/ipv6_route", "");
	fake_file(&s->host, "sys/class/net/eth0/flags", "0x1003\n");
	fake_file(&s->host, hd_printf(&s->host.arena, "%s/net/eth0/flags",
				      fake_pci_path(&s->host, CARD)), "0x1003\n");
}

static void add_disk(struct situation *s, const char *name, unsigned major_no, unsigned minor_no)
{
	fake_file(&s->host, hd_printf(&s->host.arena, "%s/nvme/nvme0/%s/dev",
				      fake_pci_path(&s->host, DISK), name),
		  hd_printf(&s->host.arena, "%u:%u\n", major_no, minor_no));
}

static void remove_all(struct situation *s)
{
	hd_facts_close(&s->facts);
	fake_host_remove(&s->host);
}

static void first_look(struct situation *s)
{
	struct hd_error err;

	hd_facts_query_for(&s->query, &s->host.arena, &s->request);
	s->query.guest_uuid = "";
	s->query.want = HD_WANT_ALL;
	if (hd_facts_collect(&s->facts, &s->host.root, &s->host.arena, &s->query, &err) < 0)
		fail_msg("%s", err.text);
	hd_check_run(&s->findings, &s->host.arena, &s->request, &s->facts);
}

static void last_look(struct situation *s)
{
	struct hd_error err;

	if (hd_facts_again(&s->facts, &s->host.arena, &s->query, &err) < 0)
		fail_msg("%s", err.text);
	hd_check_run_again(&s->findings, &s->host.arena, &s->request, &s->facts);
}

/* "CHECK SUBJECT EVIDENCE" of the first that is not passed, or "". */
static const char *failure(struct situation *s)
{
	for (size_t i = 0; i < s->findings.n; i++) {
		const struct hd_finding *f = &s->findings.items[i];

		if (f->verdict != HD_PASS && f->severity == HD_ERROR)
			return hd_printf(&s->host.arena, "%s %s %s", f->check->id, f->subject,
					 f->evidence);
	}
	return "";
}

/* HD_SKIP: it was not judged. */
static enum hd_verdict verdict(const struct situation *s, const char *id)
{
	for (size_t i = 0; i < s->findings.n; i++)
		if (!strcmp(s->findings.items[i].check->id, id))
			return s->findings.items[i].verdict;
	return HD_SKIP;
}

/* What happens on the host between the two looks. */
static const struct row {
	const char *name, *path, *text;
	const char *found;	/* NULL: still free */
} rows[] = {
	{ "nothing", NULL, NULL, NULL },
	{ "a mount", MOUNTS, "20 1 259:0 / /home rw - xfs /dev/nvme0n1 rw\n", "storage-free " DISK },
	{ "a mount of another disk", MOUNTS, "20 1 8:0 / /home rw - xfs /dev/sda rw\n", NULL },
	{ "swap", "proc/swaps", "Filename Type Size Used Priority\n/dev/nvme0n1 partition 9 0 -2\n",
	  "storage-free " DISK },
	{ "a default route", "proc/net/route", ROUTE, "network-free " CARD },
};

static void sees_the_change(void **state)
{
	const struct row *row = *state;
	struct situation s;

	make(&s);
	add_disk(&s, "nvme0n1", 259, 0);
	first_look(&s);
	assert_string_equal(failure(&s), "");
	if (row->path)
		fake_file(&s.host, row->path, row->text);
	last_look(&s);
	assert_int_equal(s.findings.is_ready, !row->found);
	if (!strstr(failure(&s), row->found ? row->found : ""))
		fail_msg("found: %s", failure(&s));
	assert_int_not_equal(verdict(&s, "storage-free"), HD_SKIP);
	assert_int_equal(verdict(&s, "iommu-enabled"), HD_SKIP);
	assert_int_equal(verdict(&s, "device-present"), HD_SKIP);
	remove_all(&s);
}

/* An interface that has come since, with the default route on it. */
static void sees_a_new_interface(void **state)
{
	struct situation s;

	(void)state;
	make(&s);
	first_look(&s);
	fake_file(&s.host, "proc/net/route", ROUTE_HEAD
		  "eth9\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");
	fake_file(&s.host, "sys/class/net/eth9/flags", "0x1003\n");
	fake_file(&s.host, hd_printf(&s.host.arena, "%s/net/eth9/flags",
				     fake_pci_path(&s.host, CARD)), "0x1003\n");
	last_look(&s);
	assert_false(s.findings.is_ready);
	assert_int_equal(verdict(&s, "network-free"), HD_FAIL);
	remove_all(&s);
}

/* The fake has the node of a real disk: only a live host is claimed. */
static void give_node(struct situation *s, const struct loop_dev *dev, const char *name)
{
	const char *path = hd_printf(&s->host.arena, "%s/dev/%s", s->host.path, name);

	fake_dir(&s->host, "dev");
	add_disk(s, name, dev->major, dev->minor);
	if (mknod(path, S_IFBLK | 0600, makedev(dev->major, dev->minor)) < 0)
		fail_msg("mknod: %s", strerror(errno));
	s->host.root.is_live = true;
}

static int claim(const char *node)
{
	_cleanup_(hd_close) int fd = open(node, O_RDONLY | O_EXCL | O_CLOEXEC);

	return fd < 0 ? -errno : 0;
}

static void need(const char *why_not)
{
	if (!why_not)
		return;
	print_message("# skipped: %s\n", why_not);
	skip();
}

static const struct hd_disk *disk(const struct situation *s, size_t i)
{
	assert_true(i < s->facts.fns[0].storage.n_disks);
	return &s->facts.fns[0].storage.disks[i];
}

static void keeps_claims_and_takes_new_ones(void **state)
{
	struct loop_dev old, new = { .fd = -1 };
	const char *why = loop_dev_make(&old, false);
	struct situation s;
	int fd;

	(void)state;
	if (!why)
		why = loop_dev_make(&new, false);
	if (why)
		loop_dev_remove(&old);
	need(why);
	make(&s);
	give_node(&s, &old, "nvme0n1");
	first_look(&s);
	fd = disk(&s, 0)->claim_fd;
	assert_true(fd >= 0);
	give_node(&s, &new, "nvme0n2");
	assert_int_equal(claim(new.node), 0);
	last_look(&s);
	assert_true(verdict(&s, "storage-free") == HD_PASS);
	assert_int_equal(disk(&s, 0)->claim_fd, fd);
	assert_int_equal(claim(old.node), -EBUSY);
	assert_int_equal(claim(new.node), -EBUSY);
	hd_facts_close(&s.facts);
	assert_int_equal(claim(old.node), 0);
	assert_int_equal(claim(new.node), 0);
	remove_all(&s);
	loop_dev_remove(&old);
	loop_dev_remove(&new);
}

/* Somebody was faster with the disk that has come since. */
static void refuses_a_new_disk_in_use(void **state)
{
	struct loop_dev dev;
	const char *why = loop_dev_make(&dev, false);
	struct situation s;
	int user;

	(void)state;
	need(why);
	make(&s);
	s.host.root.is_live = true;
	first_look(&s);
	user = open(dev.node, O_RDONLY | O_EXCL | O_CLOEXEC);
	assert_true(user >= 0);
	give_node(&s, &dev, "nvme0n1");
	last_look(&s);
	assert_true(verdict(&s, "storage-free") == HD_FAIL);
	assert_false(s.findings.is_ready);
	hd_close(&user);
	remove_all(&s);
	loop_dev_remove(&dev);
}

#define N_OTHERS 3

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + N_OTHERS] = {
		cmocka_unit_test(sees_a_new_interface),
		cmocka_unit_test(keeps_claims_and_takes_new_ones),
		cmocka_unit_test(refuses_a_new_disk_in_use),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[N_OTHERS + i] = (struct CMUnitTest){ rows[i].name, sees_the_change, NULL,
							   NULL, (void *)&rows[i] };
	return _cmocka_run_group_tests("last_look", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
