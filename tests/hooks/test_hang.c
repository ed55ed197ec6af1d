/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_hang.c - whatever hangs, and for ever: does the hook end, and is it true what it says?
 *
 * Each row is run again and again with another of its system calls that never ends: the
 * first and the last of each kind.  HD_HANG_ALL=1 hangs them all.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/support/hang.h"
#include "tests/support/runhook.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define JOURNAL "run/hostdevctl/" UUID
#define OTHER "run/hostdevctl/7a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define DISK "0000:01:00.0"
#define SETTINGS "[hook]\nread_deadline = 1\nlock_deadline = 1\nstep_deadline = 1\n"
#define BOUND_MS 8000		/* of these settings, as hostdevctl-hook(8) has it */
#define EARLY_MS 35000		/* before they are read, with a look for journals */
#define SLACK_MS 20000		/* for a busy machine; with BOUND_MS below the 30 s of EARLY_MS */
#define PLACES_MAX 8000

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED true
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED false
#endif

#define DOMAIN(devices) "<domain type='kvm'>\n  <name>g</name>\n  <uuid>" UUID "</uuid>\n" \
	"  <memory unit='KiB'>65536</memory>\n  <vcpu>1</vcpu>\n" \
	"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n" \
	"  <devices>\n" devices "  </devices>\n</domain>\n"
#define HOSTDEV(managed) \
	"    <hostdev mode='subsystem' type='pci' managed='" managed "'>\n" \
	"      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>\n" \
	"    </hostdev>\n"
#define USB "    <hostdev mode='subsystem' type='usb'><source><vendor id='0x046d'/>" \
	"<product id='0xc52b'/></source></hostdev>\n"

static const char plain[] = DOMAIN("    <console type='pty'/>\n");
static const char unmanaged[] = DOMAIN(HOSTDEV("no"));
static const char managed[] = DOMAIN(HOSTDEV("yes"));
static const char usb[] = DOMAIN(USB);
static const char wants_usb[] = DOMAIN("<!-- replug -->");

enum early { EARLY_NONE, EARLY_LOOK, EARLY_ALL };

static const struct row {
	const char *name;
	const char *xml, *operation;
	const char *extra;
	bool is_prepared;	/* the guest has started before */
	enum early early;	/* calls before the settings are read: the same in most rows */
	bool is_kin;		/* only what no row above of its operation has made */
} rows[] = {
	{ "prepare, no device", plain, "prepare", NULL, false, EARLY_ALL, false },
	{ "prepare, managed='no'", unmanaged, "prepare", NULL, false, EARLY_ALL, false },
	{ "prepare, managed='yes'", managed, "prepare", NULL, false, EARLY_NONE, false },
	{ "prepare, USB", usb, "prepare", NULL, false, EARLY_NONE, true },
	{ "start, managed='no'", unmanaged, "start", NULL, true, EARLY_NONE, false },
	{ "start, USB", usb, "start", NULL, false, EARLY_NONE, true },
	{ "release, no device", plain, "release", NULL, false, EARLY_LOOK, false },
	{ "release, managed='no'", unmanaged, "release", NULL, true, EARLY_LOOK, false },
	{ "release, managed='yes'", managed, "release", NULL, true, EARLY_NONE, false },
	{ "release after a failed start", unmanaged, "release", "failed", true, EARLY_NONE,
	  true },
	{ "reconnect", unmanaged, "reconnect", NULL, true, EARLY_NONE, false },
	{ "started, USB comes back", wants_usb, "started", NULL, false, EARLY_ALL, true },
	{ "recover", unmanaged, NULL, NULL, true, EARLY_NONE, false },
};

struct place {
	const struct row *row;
	struct hang_key key;
	int nth;
};

struct world {
	struct fake_host host;
	const struct row *row;
	struct hook_call call;
};

static struct hook_call call_of(const struct row *row, const char *operation)
{
	return (struct hook_call){
		.guest = "g", .operation = operation, .extra = row->extra,
		.suboperation = !strcmp(operation, "release") ? "end" : "begin",
		.xml = row->xml, .length = strlen(row->xml),
	};
}

static void make_world(struct world *w, const struct row *row)
{
	const struct fake_pci fn = { .addr = DISK, .group = 11, .driver = "nvme" };

	memset(w, 0, sizeof(*w));
	w->row = row;
	fake_host_make(&w->host);
	fake_good_host(&w->host);
	fake_file(&w->host, "sys/bus/pci/drivers_probe", "");
	fake_file(&w->host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	fake_file(&w->host, "sys/bus/pci/drivers/nvme/unbind", "");
	fake_pci_add(&w->host, &fn);
	fake_file(&w->host, "fake/natural/" DISK, "nvme");
	fake_file(&w->host, "dev/vfio/11", "");
	fake_file(&w->host, "sys/bus/usb/devices/1-2/idVendor", "046d\n");
	fake_file(&w->host, "sys/bus/usb/devices/1-2/idProduct", "c52b\n");
	fake_file(&w->host, "sys/bus/usb/devices/1-2/busnum", "1\n");
	fake_file(&w->host, "sys/bus/usb/devices/1-2/devnum", "5\n");
	fake_dir(&w->host, "run");
	fake_dir(&w->host, "proc");
	if (row->is_prepared) {
		const struct hook_call call = call_of(row, "prepare");
		struct hook_run run = run_hook(&w->host, &call);

		if (run.status)
			fail_msg("prepare: %s", run.err);
	}
	/* Of a guest without devices something is looked for only if there is anything. */
	if (row->early == EARLY_LOOK && !row->is_prepared) {
		fake_dir(&w->host, "run/hostdevctl");
		assert_int_equal(chmod(hd_printf(&w->host.arena, "%s/run/hostdevctl", w->host.path),
				       0700), 0);
		fake_file(&w->host, OTHER, "");
	}
	w->call = call_of(row, row->operation ? row->operation : "release");
	fake_bytes(&w->host, "stdin", w->call.xml, w->call.length);
}

static const char *driver_of(struct world *w)
{
	const char *driver;

	if (hd_sysroot_link_base(&w->host.root, &w->host.arena, &driver,
				 "sys/bus/pci/devices/" DISK "/driver") < 0)
		return "-";
	return driver;
}

static bool is_on(struct world *w, const char *driver)
{
	return !strcmp(driver_of(w), driver);
}

static bool is_as_before(struct world *w)
{
	const char *override = "";

	if (hd_sysroot_text(&w->host.root, &w->host.arena, &override,
			    "sys/bus/pci/devices/" DISK "/driver_override") < 0)
		return false;
	/* An empty one is what the fake's two calls leave when the second hangs. */
	return is_on(w, "nvme") && (!*override || !strcmp(override, "(null)")) &&
	       !hd_sysroot_has(&w->host.root, JOURNAL);
}

static void run_program(void *arg, int err)
{
	struct world *w = arg;

	w->call.err = err;
	if (w->row->operation)
		become_hook(&w->host, &w->call);
	become_tool(&w->host, err, (char *const[]){ (char *)"hostdevctl", (char *)"recover",
		    (char *)"--boot", (char *)"--sysroot", w->host.path, NULL });
}

/* What was said of the host must be so: NULL, or what is not. */
static const char *lie_of_success(struct world *w)
{
	bool was_taken = w->row->xml == unmanaged;

	if (was_taken && !is_on(w, "vfio-pci"))
		return "the start may go on, and the device is not on VFIO";
	return was_taken || is_on(w, "nvme") ? NULL : "the device was touched";
}

static const char *lie_of_prepare(struct world *w, const struct hang_run *run)
{
	const char *lie = run->status == 0 ? lie_of_success(w) : NULL;

	if (lie)
		return lie;
	if ((run->status == 1 || run->status == 3) && !is_as_before(w))
		return "the host is not as before";
	if (strstr(run->err, "nothing was changed") && !is_as_before(w))
		return "something was changed";
	return run->status && !*run->err ? "no word of why" : NULL;
}

static const char *lie_of_prepared(struct world *w, const struct hang_run *run, const char *taken)
{
	if (run->status == 0 && !is_as_before(w))
		return "not all is back";
	if (strstr(run->err, "' devices not given back") &&
	    (!is_on(w, taken) || !hd_sysroot_has(&w->host.root, JOURNAL)))
		return "it was given back";
	return NULL;
}

static const char *lie_of_release(struct world *w, const struct hang_run *run)
{
	const char *taken = w->row->xml == unmanaged ? "vfio-pci" : "nvme";
	const char *lie = w->row->is_prepared ? lie_of_prepared(w, run, taken) : NULL;

	if (lie)
		return lie;
	if (strstr(run->err, "nothing was changed") && !is_on(w, taken))
		return "something was changed";
	return run->status && !*run->err ? "no word of why" : NULL;
}

static const char *lie_of_look(struct world *w, const struct hang_run *run)
{
	if (!is_on(w, w->row->is_prepared ? "vfio-pci" : "nvme"))
		return "the device was touched";
	return run->status && !*run->err ? "no word of why" : NULL;
}

static const char *lie_of(struct world *w, const struct hang_run *run)
{
	const char *operation = w->row->operation;

	if (!operation || !strcmp(operation, "release"))
		return lie_of_release(w, run);
	return !strcmp(operation, "prepare") ? lie_of_prepare(w, run) : lie_of_look(w, run);
}

static const char *check_run(struct world *w, const struct place *place,
			     const struct hang_run *run)
{
	int64_t limit = (place->key.has_limits ? BOUND_MS : EARLY_MS) + SLACK_MS;

	if (!run->has_ended)
		return "it did not end";
	if (run->ms - run->hung_ms > limit)
		return "it ended too late";
	if (!run->is_silent)
		return "somebody still has its standard error";
	if (*run->bad && w->row->operation)
		return run->bad;
	return lie_of(w, run);
}

/* When all that hung has died, what is left behind can be put right. */
static const char *check_recovery(struct world *w)
{
	const struct hook_call call = call_of(w->row, "release");
	struct hook_run run;

	fake_file(&w->host, "etc/hostdevctl.conf", "");
	run = run_hook(&w->host, &call);
	if (run.status && w->row->early != EARLY_LOOK)
		return hd_printf(&w->host.arena, "release afterwards: %s", run.err);
	return is_as_before(w) ? NULL : "it cannot be put back";
}

/* In a process of its own; its exit status: 0 good, 1 bad, 2 the call was not made. */
static int try_place(const void *data, int i)
{
	const struct place *place = (const struct place *)data + i;
	static struct hang_keys keys;
	static struct hang_run run;
	const char *bad, *worse;
	struct world w;

	make_world(&w, place->row);
	fake_file(&w.host, "etc/hostdevctl.conf", SETTINGS);
	hang_start(run_program, &w, &place->key, place->nth, 2 * EARLY_MS + SLACK_MS, &keys, &run);
	bad = check_run(&w, place, &run);
	if (bad)
		bad = hd_strdup(&w.host.arena, bad);
	hang_finish(&run);
	worse = check_recovery(&w);
	if (bad || worse)
		print_message("# %s: call %ld %s (%d of process %d): %s; status %d after %d ms, %s: %s\n",
			      place->row->name, place->key.number, place->key.path, place->nth,
			      place->key.depth, bad ? bad : worse, run.status, (int)run.ms,
			      driver_of(&w), run.err);
	fake_host_remove(&w.host);
	return bad || worse ? 1 : run.is_hung ? 0 : 2;
}

static bool is_wanted(const struct row *row, const struct hang_key *key)
{
	if (key->depth == 0 || (!row->operation && key->depth < 1))
		return false;
	if (key->has_settings || row->early == EARLY_ALL)
		return true;
	return row->early == EARLY_LOOK && key->number == SYS_getdents64;
}

/* What the loader does before the settings are read is tried once for each call. */
static bool is_first_of_its_number(const struct hang_keys *keys, int i)
{
	for (int k = 0; k < i; k++)
		if (keys->keys[k].depth && keys->keys[k].number == keys->keys[i].number)
			return false;
	return true;
}

static bool is_tried(const struct place *places, int n, const struct row *row,
		     const struct hang_key *key)
{
	for (int i = 0; i < n; i++)
		if (places[i].row->operation && !strcmp(places[i].row->operation, row->operation) &&
		    hang_is_same(&places[i].key, key))
			return true;
	return false;
}

/* Is another place as good as this one? */
static bool is_kin(const struct place *places, int n, const struct row *row,
		   const struct hang_keys *keys, int i)
{
	const struct hang_key *key = &keys->keys[i];

	if (!key->has_settings && !is_first_of_its_number(keys, i))
		return true;
	return row->is_kin && is_tried(places, n, row, key);
}

/* Which calls does it make when none hangs? */
static void list_calls(struct hang_keys *ret, const struct row *row)
{
	static struct hang_run run;
	struct world w;

	make_world(&w, row);
	hang_start(run_program, &w, NULL, 0, EARLY_MS + SLACK_MS, ret, &run);
	hang_finish(&run);
	if (!run.has_ended || !run.is_silent || (*run.bad && row->operation))
		fail_msg("%s, without a hang: status %d, %s: %s", row->name, run.status, run.bad,
			 run.err);
	fake_host_remove(&w.host);
}

/* The first and the last call of a kind, or all. */
static int add_calls(struct place *places, int n, const struct row *row,
		     const struct hang_key *key, bool all)
{
	for (int nth = 1; nth <= key->n && n < PLACES_MAX; nth++)
		if (all || nth == 1 || (nth == key->n && !*key->path))
			places[n++] = (struct place){ row, *key, nth };
	return n;
}

static int add_places(struct place *places, int n, const struct row *row)
{
	static struct hang_keys keys;
	bool all = getenv("HD_HANG_ALL") != NULL;
	int before = n;

	list_calls(&keys, row);
	for (int i = 0; i < keys.n; i++) {
		const struct hang_key *key = &keys.keys[i];

		if (is_wanted(row, key) && (all || !is_kin(places, before, row, &keys, i)))
			n = add_calls(places, n, row, key, all);
	}
	return n;
}

/* Those that sleep longest begin first. */
static int compare_places(const void *a, const void *b)
{
	return ((const struct place *)a)->key.has_limits - ((const struct place *)b)->key.has_limits;
}

static void nothing_blocks(void **state)
{
	static struct place places[PLACES_MAX];
	int n = 0, counts[3] = { 0 };

	(void)state;
	if (IS_SANITIZED || is_under_valgrind() || !tracer_works()) {
		print_message("system calls cannot be traced here, or are not only ours\n");
		skip();
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		int before = n;

		n = add_places(places, n, &rows[i]);
		print_message("# %s: %d places\n", rows[i].name, n - before);
	}
	qsort(places, (size_t)n, sizeof(*places), compare_places);
	hang_pool(try_place, places, n, counts);
	print_message("# hung at %d places, %d were not come to\n", counts[0] + counts[1], counts[2]);
	assert_int_equal(counts[1], 0);
	assert_true(counts[0] > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_blocks) };

	return _cmocka_run_group_tests("hang", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
