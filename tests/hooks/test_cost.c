/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_cost.c - does a start cost what it asks for, or what the host has?
 *
 * The real hook takes twelve devices and gives them back, on a host of 256
 * functions and then on the same host with 65,536, and each time all files that
 * it opens, lists or looks at are counted.  ptrace(2) counts what is asked of the
 * kernel, so it does not matter how busy the machine is.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "tests/support/bighost.h"
#include "tests/support/runhook.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"

#define SMALL 256
#define LARGE 65536
#define ROUNDS 3

#define HOSTDEV(managed, bus) "<hostdev mode='subsystem' type='pci' managed='" managed \
	"'><source><address domain='0x0000' bus='" bus "' slot='0x00' function='0x0'/>" \
	"</source></hostdev>"
#define DISKS(managed) HOSTDEV(managed, "0x09") HOSTDEV(managed, "0x0a") \
	HOSTDEV(managed, "0x0b") HOSTDEV(managed, "0x0c")
#define DOMAIN(devices) "<domain type='kvm'><name>g</name>" \
	"<uuid>6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55</uuid><memory>65536</memory>" \
	"<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>" \
	devices "</devices></domain>"

static const char all[] = DOMAIN(
	HOSTDEV("no", "0x01") HOSTDEV("no", "0x02") HOSTDEV("no", "0x03") HOSTDEV("no", "0x04")
	HOSTDEV("no", "0x05") HOSTDEV("no", "0x06") HOSTDEV("no", "0x07") HOSTDEV("no", "0x08")
	DISKS("no"));
static const char disks[] = DOMAIN(DISKS("no")), managed_disks[] = DOMAIN(DISKS("yes"));

static const struct row {
	const char *name, *operation, *suboperation, *xml;
	bool is_live;		/* the fake host is the running one: needs root */
} rows[] = {
	{ "prepare", "prepare", "begin", all, false },
	{ "start", "start", "begin", all, false },
	{ "reconnect", "reconnect", "begin", all, false },
	{ "release", "release", "end", all, false },
	{ "prepare, live", "prepare", "begin", all, true },
	{ "start, live", "start", "begin", all, true },
	{ "reconnect, live", "reconnect", "begin", all, true },
	{ "release, live", "release", "end", all, true },
};

struct job {
	struct fake_host *host;
	struct hook_call call;
};

static int run(void *arg)
{
	struct job *job = arg;

	become_hook(job->host, &job->call);
}

static struct tracer_result count(struct fake_host *host, const struct row *row)
{
	struct job job = { host, { .guest = "g", .operation = row->operation,
				   .suboperation = row->suboperation, .is_live = row->is_live } };
	struct tracer_result result;

	fake_bytes(host, "stdin", row->xml, strlen(row->xml));
	tracer_run(run, &job, TRACER_ALL, 0, &result);
	if (result.exit_code != 0)
		fail_msg("%s ended with %d", row->name, result.exit_code);
	return result;
}

/* On a busy machine steps get help from more children, each of which is looked at: the least counts. */
static void count_all(struct fake_host *host, struct tracer_result *results)
{
	for (size_t i = 0; i < ROUNDS * HD_ARRAY_SIZE(rows); i++) {
		size_t at = i % HD_ARRAY_SIZE(rows);
		struct tracer_result result;

		if (rows[at].is_live && geteuid())
			continue;
		result = count(host, &rows[at]);
		if (!results[at].calls || result.opens < results[at].opens)
			results[at] = result;
	}
}

static void compare(const struct row *row, const struct tracer_result *small,
		    const struct tracer_result *large)
{
	print_message("%s: %d opens, %d listings, %d looks\n", row->name, small->opens,
		      small->listings, small->looks);
	if (small->opens != large->opens || small->listings != large->listings ||
	    small->looks != large->looks)
		fail_msg("%s: %d opens, %d listings and %d looks at %d functions, "
			 "%d, %d and %d at %d", row->name, small->opens, small->listings,
			 small->looks, SMALL, large->opens, large->listings, large->looks, LARGE);
}

/* The hook opens it in its root directory. */
static void add_null(struct fake_host *host)
{
	fake_dir(host, "dev");
	if (mknod(hd_printf(&host->arena, "%s/dev/null", host->path), S_IFCHR | 0600,
		  makedev(1, 3)) < 0)
		fail_msg("mknod: %s", strerror(errno));
}

static void does_not_depend_on_the_host(void **state)
{
	struct tracer_result small[HD_ARRAY_SIZE(rows)] = { 0 };
	struct tracer_result large[HD_ARRAY_SIZE(rows)] = { 0 };
	struct fake_host *host = *state;

	if (!tracer_works())
		skip();
	big_host_make(host);
	if (!geteuid())
		add_null(host);
	big_host_add(host, 0, SMALL - BIG_HOST_LEAST);
	count_all(host, small);
	big_host_add(host, SMALL - BIG_HOST_LEAST, LARGE - BIG_HOST_LEAST);
	count_all(host, large);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		compare(&rows[i], &small[i], &large[i]);
}

/* libvirt takes them, other hooks run before that: what is looked at twice is no fresher. */
static void managed_is_looked_at_once(void **state)
{
	static const struct row taken = { "prepare, disks", "prepare", "begin", disks, false };
	static const struct row given = { "release, disks", "release", "end", disks, false };
	static const struct row managed = { "prepare, managed", "prepare", "begin",
					    managed_disks, false };
	struct fake_host *host = *state;
	int twice, once;

	if (!tracer_works())
		skip();
	big_host_make(host);
	twice = count(host, &taken).listings;
	(void)count(host, &given);
	once = count(host, &managed).listings;
	if (once >= twice)
		fail_msg("%d listings for managed='yes', %d for managed='no'", once, twice);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(does_not_depend_on_the_host, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(managed_is_looked_at_once, fake_host_setup,
						fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
