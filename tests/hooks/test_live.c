/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_live.c - is a disk kept free from its check to its unbind, and no longer?
 *
 * The real programs take a fake host for the running one: its disks are loop
 * devices, so that the kernel arbitrates for real, and a preload looks whether
 * they are claimed at each write to the bus.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/keeper.h"
#include "tests/support/loopdev.h"
#include "tests/support/runhook.h"
#include "tests/support/unit.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define KEEPER "run/hostdevctl/" HD_KEEPER_FILE UUID

#define DOMAIN(devices) "<domain type='kvm'>\n  <name>g</name>\n  <uuid>" UUID "</uuid>\n" \
	"  <memory unit='KiB'>65536</memory>\n  <vcpu>1</vcpu>\n" \
	"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n" \
	"  <devices>\n" devices "  </devices>\n</domain>\n"
#define HOSTDEV(managed, bus) \
	"    <hostdev mode='subsystem' type='pci' managed='" managed "'>\n" \
	"      <source><address domain='0x0000' bus='" bus "' slot='0x00' function='0x0'/>" \
	"</source>\n    </hostdev>\n"

static const char unmanaged[] = DOMAIN(HOSTDEV("no", "0x01") HOSTDEV("no", "0x02"));
static const char managed[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("yes", "0x02"));
static const char mixed[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("no", "0x02"));
static const char impossible[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("yes", "0x09"));

static const struct {
	const char *addr, *disk;
	int group;
} functions[2] = {
	{ "0000:01:00.0", "nvme0n1", 11 },
	{ "0000:02:00.0", "nvme1n1", 12 },
};

struct situation {
	struct fake_host host;
	struct loop_dev loops[2];
};

static void add_node(struct fake_host *host, const char *name, mode_t mode, unsigned major_no,
		     unsigned minor_no)
{
	if (mknod(hd_printf(&host->arena, "%s/dev/%s", host->path, name), mode | 0600,
		  makedev(major_no, minor_no)) < 0)
		fail_msg("mknod %s: %s", name, strerror(errno));
}

static void add_function(struct situation *s, size_t i)
{
	struct fake_host *host = &s->host;
	const struct loop_dev *loop = &s->loops[i];
	const struct fake_pci fn = { .addr = functions[i].addr, .group = functions[i].group,
				     .driver = "nvme" };

	fake_pci_add(host, &fn);
	fake_file(host, hd_printf(&host->arena, "fake/natural/%s", fn.addr), "nvme");
	fake_file(host, hd_printf(&host->arena, "fake/disk/%s", fn.addr), functions[i].disk);
	fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn.group), "");
	fake_file(host, hd_printf(&host->arena, "%s/nvme/nvme%zu/%s/dev",
				  fake_pci_path(host, fn.addr), i, functions[i].disk),
		  hd_printf(&host->arena, "%u:%u\n", loop->major, loop->minor));
	add_node(host, functions[i].disk, S_IFBLK, loop->major, loop->minor);
}

static int setup(void **state)
{
	static struct situation s;
	const char *why = loop_dev_make(&s.loops[0], false);

	*state = NULL;
	if (!why)
		why = loop_dev_make(&s.loops[1], false);
	if (why) {
		print_message("# skipped: %s\n", why);
		return 0;
	}
	fake_host_make(&s.host);
	fake_good_host(&s.host);
	fake_file(&s.host, "sys/bus/pci/drivers_probe", "");
	fake_file(&s.host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	fake_file(&s.host, "sys/bus/pci/drivers/nvme/unbind", "");
	fake_dir(&s.host, "run");
	fake_dir(&s.host, "fake/claims");
	add_node(&s.host, "null", S_IFCHR, 1, 3);
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++)
		add_function(&s, i);
	*state = &s;
	return 0;
}

static struct hook_run call(struct situation *s, const char *operation, const char *xml)
{
	const struct hook_call call = {
		.guest = "g",
		.operation = operation,
		.suboperation = !strcmp(operation, "release") ? "end" : "begin",
		.xml = xml,
		.length = strlen(xml),
		.is_live = true,
	};

	return run_hook(&s->host, &call);
}

static void must(struct hook_run run, int status)
{
	if (run.status != status)
		fail_msg("exit status %d, not %d: %s", run.status, status, run.err);
}

static int teardown(void **state)
{
	struct situation *s = *state;

	if (!s)
		return 0;
	must(call(s, "release", managed), 0);
	fake_host_remove(&s->host);
	loop_dev_remove(&s->loops[0]);
	loop_dev_remove(&s->loops[1]);
	return 0;
}

/* May the disk of function I be mounted now? */
static bool is_free(const struct situation *s, size_t i)
{
	_cleanup_(hd_close) int fd = open(s->loops[i].node, O_RDONLY | O_EXCL | O_CLOEXEC);

	if (fd < 0 && errno != EBUSY)
		fail_msg("%s: %s", s->loops[i].node, strerror(errno));
	return fd >= 0;
}

static bool is_free_soon(const struct situation *s, size_t i)
{
	int64_t deadline = hd_now_ms() + PATIENT_MS;

	while (!is_free(s, i)) {
		if (!hd_ms_left(deadline))
			return false;
		(void)usleep(5000);
	}
	return true;
}

static void expect_claimed_throughout(struct situation *s, size_t i)
{
	const char *claims = "";

	if (hd_sysroot_text(&s->host.root, &s->host.arena, &claims, "fake/claims/%s",
			    functions[i].addr) < 0)
		fail_msg("%s was not unbound", functions[i].addr);
	assert_string_equal(claims, "held\nheld");
	assert_true(is_free(s, i));
}

static struct situation *need(void **state)
{
	if (!*state)
		skip();
	return *state;
}

static void hook_claims_until_vfio_has_it(void **state)
{
	struct situation *s = need(state);

	must(call(s, "prepare", unmanaged), 0);
	expect_claimed_throughout(s, 0);
	expect_claimed_throughout(s, 1);
	must(call(s, "release", unmanaged), 0);
}

static int detach(struct situation *s, char *const *argv)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (dup2(nothing, STDOUT_FILENO) < 0)
			_exit(126);
		become_live(&s->host);
		(void)execv(BUILDDIR "/hostdevctl", argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static char *const detach_both[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"0000:01:00.0", (char *)"0000:02:00.0", NULL
};

static char *const detach_first[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"0000:01:00.0", NULL
};

static void detach_claims_until_vfio_has_it(void **state)
{
	struct situation *s = need(state);

	assert_int_equal(detach(s, detach_both), 0);
	expect_claimed_throughout(s, 0);
	expect_claimed_throughout(s, 1);
}

/* A mount that is there at the last look, and was not at the first. */
static void mount_after_claim(struct situation *s, size_t i)
{
	fake_file(&s->host, "fake/on-claim",
		  hd_printf(&s->host.arena, "30 1 %u:%u / /home rw - xfs /dev/%s rw\n",
			    s->loops[i].major, s->loops[i].minor, functions[i].disk));
}

static void expect_not_touched(struct situation *s)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++)
		assert_false(hd_sysroot_has(&s->host.root, "fake/claims/%s", functions[i].addr));
	assert_false(hd_sysroot_has(&s->host.root, "fake/on-claim"));
}

static void hook_looks_again(void **state)
{
	struct situation *s = need(state);
	struct hook_run run;

	mount_after_claim(s, 0);
	run = call(s, "prepare", unmanaged);
	must(run, 1);
	assert_non_null(strstr(run.err, "storage-free"));
	assert_non_null(strstr(run.err, "/home"));
	expect_not_touched(s);
	assert_true(is_free(s, 0) && is_free(s, 1));
}

static void detach_looks_again(void **state)
{
	struct situation *s = need(state);

	/* The device is judged twice before: with all of the command line, and alone. */
	fake_file(&s->host, "fake/not-yet", "");
	mount_after_claim(s, 0);
	assert_int_equal(detach(s, detach_first), 1);
	expect_not_touched(s);
	assert_true(is_free(s, 0) && is_free(s, 1));
}

static void set_driver(struct situation *s, size_t i, const char *driver)
{
	const char *link = hd_printf(&s->host.arena, "sys/bus/pci/devices/%s/driver",
				     functions[i].addr);

	(void)unlinkat(s->host.root.fd, link, 0);
	fake_link(&s->host, link, hd_printf(&s->host.arena, "/sys/bus/pci/drivers/%s", driver));
}

/* The hook returns, its streams are closed, and the disks stay free until libvirt has them. */
static void managed_is_kept_free(void **state)
{
	struct situation *s = need(state);
	struct hook_run run = call(s, "prepare", managed);

	must(run, 0);
	assert_string_equal(run.err, "");
	assert_false(is_free(s, 0) || is_free(s, 1));
	set_driver(s, 0, "vfio-pci");
	assert_true(is_free_soon(s, 0));
	assert_false(is_free(s, 1));
	set_driver(s, 1, "vfio-pci");
	assert_true(is_free_soon(s, 1));
}

static void release_ends_it_at_once(void **state)
{
	struct situation *s = need(state);

	must(call(s, "prepare", managed), 0);
	assert_false(is_free(s, 0));
	must(call(s, "release", managed), 0);
	assert_true(is_free(s, 0) && is_free(s, 1));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

/* Only what libvirt will take is kept; what we took is let go. */
static void mixed_is_kept_in_part(void **state)
{
	struct situation *s = need(state);

	must(call(s, "prepare", mixed), 0);
	assert_false(is_free(s, 0));
	expect_claimed_throughout(s, 1);
	must(call(s, "release", mixed), 0);
	assert_true(is_free(s, 0));
}

static void next_start_replaces_it(void **state)
{
	struct situation *s = need(state);

	must(call(s, "prepare", managed), 0);
	must(call(s, "prepare", managed), 0);
	assert_false(is_free(s, 0));
	must(call(s, "release", managed), 0);
	assert_true(is_free(s, 0));
}

static void refused_start_leaves_none(void **state)
{
	struct situation *s = need(state);

	must(call(s, "prepare", impossible), 1);
	assert_true(is_free(s, 0));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

/* The bind of another device fails after the keeper has started. */
static void failed_start_leaves_none(void **state)
{
	struct situation *s = need(state);

	fake_file(&s->host, "fake/refuses-vfio/0000:02:00.0", "");
	must(call(s, "prepare", mixed), 3);
	assert_true(is_free(s, 0));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

static void killed_keeper_is_replaced(void **state)
{
	struct situation *s = need(state);
	const char *text = "";

	must(call(s, "prepare", managed), 0);
	assert_true(hd_sysroot_text(&s->host.root, &s->host.arena, &text, KEEPER) > 0);
	assert_int_equal(kill((pid_t)strtol(text, NULL, 10), SIGKILL), 0);
	assert_true(is_free_soon(s, 0) && is_free_soon(s, 1));
	must(call(s, "prepare", managed), 0);
	assert_false(is_free(s, 0));
}

/* Somebody in the kernel has the disk; no table says who. */
static int occupy(const struct situation *s, size_t i)
{
	int fd = open(s->loops[i].node, O_RDONLY | O_EXCL | O_CLOEXEC);

	if (fd < 0)
		fail_msg("%s: %s", s->loops[i].node, strerror(errno));
	return fd;
}

/* A pipe that nobody reads and that is full: the first write to it waits. */
static void fill_pipe(int ends[2])
{
	char page[4096] = { 0 };

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	assert_true(fcntl(ends[1], F_SETPIPE_SZ, (int)sizeof(page)) >= (int)sizeof(page));
	while (write(ends[1], page, sizeof(page)) > 0)
		;
	assert_int_equal(fcntl(ends[1], F_SETFL, 0), 0);
}

/* The process waits in write(2) to its standard output. */
static bool is_printing(pid_t pid)
{
	char path[40], text[80] = "", want[20];
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%d/syscall", (int)pid);
	(void)snprintf(want, sizeof(want), "%d 0x1 ", (int)SYS_write);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, text, sizeof(text) - 1) < 0)
		text[0] = '\0';
	hd_close(&fd);
	return !strncmp(text, want, strlen(want));
}

static pid_t start_reader(struct situation *s, char *const *argv, const int ends[2])
{
	pid_t pid = fork();

	if (pid == 0) {
		if (dup2(ends[1], STDOUT_FILENO) < 0)
			_exit(126);
		become_live(&s->host);
		(void)execv(BUILDDIR "/hostdevctl", argv);
		_exit(127);
	}
	assert_true(pid > 0);
	return pid;
}

/* Who only looks keeps nobody from the disk while its report waits to be read. */
static void readers_let_go(void **state)
{
	/* JSON is more than the standard output's buffer takes. */
	static char *const commands[][5] = {
		{ (char *)"hostdevctl", (char *)"check", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"plan", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"show", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"list", (char *)"--json", (char *)"--long" },
	};
	struct situation *s = need(state);

	for (size_t i = 0; i < HD_ARRAY_SIZE(commands); i++) {
		int64_t deadline = hd_now_ms() + PATIENT_MS;
		int ends[2], status, fd;
		pid_t pid;

		fill_pipe(ends);
		pid = start_reader(s, commands[i], ends);
		while (!is_printing(pid) && hd_ms_left(deadline) &&
		       waitpid(pid, &status, WNOHANG) == 0)
			(void)poll(NULL, 0, 5);
		assert_true(is_printing(pid));
		fd = occupy(s, 0);
		hd_close(&fd);
		assert_int_equal(kill(pid, SIGKILL) | (waitpid(pid, &status, 0) != pid), 0);
		hd_close(&ends[0]);
		hd_close(&ends[1]);
	}
}

/* A claim that nothing explains is asked for again before it is taken for a use. */
static void a_riddle_is_asked_again(void **state)
{
	struct situation *s = need(state);
	_cleanup_(hd_close) int fd = occupy(s, 0);
	int64_t start = hd_now_ms();

	assert_true(fd >= 0);
	must(call(s, "prepare", unmanaged), 1);
	assert_true(hd_now_ms() - start >= 500);
}

static int open_log(const struct situation *s)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	(void)snprintf(addr.sun_path, sizeof(addr.sun_path), "%.80s/dev/log", s->host.path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&addr, sizeof(addr)) < 0)
		fail_msg("%s: %s", addr.sun_path, strerror(errno));
	return fd;
}

/* A log that nobody drains, as with a daemon that hangs: whoever waited for it would wait on. */
static int open_full_log(const struct situation *s)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	_cleanup_(hd_close) int out = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int fd = open_log(s);

	(void)snprintf(addr.sun_path, sizeof(addr.sun_path), "%.80s/dev/log", s->host.path);
	while (sendto(out, "x", 1, 0, (const struct sockaddr *)&addr, sizeof(addr)) == 1)
		continue;
	assert_int_equal(errno, EAGAIN);
	return fd;
}

/* Does a message in the log have TEXT and MORE?  All messages are taken out. */
static bool is_logged(int fd, const char *text, const char *more)
{
	char message[2048];
	bool found = false;
	ssize_t n;

	while ((n = recv(fd, message, sizeof(message) - 1, 0)) >= 0) {
		message[n] = '\0';
		found |= strstr(message, text) && strstr(message, more);
	}
	return found;
}

static const char *driver(struct situation *s, size_t i)
{
	const char *name = "";

	assert_int_equal(hd_sysroot_link_base(&s->host.root, &s->host.arena, &name,
					      "sys/bus/pci/devices/%s/driver",
					      functions[i].addr), 0);
	return name;
}

static char *const detach_allowed[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"--allow", (char *)"storage-free=0000:01:00.0", (char *)"0000:01:00.0", NULL
};

static char *const detach_sacrificed[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"--i-know-this-destroys-data", (char *)"0000:01:00.0",
	(char *)"0000:01:00.0", NULL
};

/* What the kernel refuses goes by the name of the device alone, and is logged. */
static void only_a_sacrifice_takes_a_used_disk(void **state)
{
	struct situation *s = need(state);
	_cleanup_(hd_close) int fd = occupy(s, 0);
	_cleanup_(hd_close) int log_fd = open_log(s);

	assert_true(fd >= 0);
	assert_int_equal(detach(s, detach_first), 1);
	assert_int_equal(detach(s, detach_allowed), 1);
	assert_string_equal(driver(s, 0), "nvme");
	assert_false(is_logged(log_fd, "override", ""));
	assert_int_equal(detach(s, detach_sacrificed), 0);
	assert_string_equal(driver(s, 0), "vfio-pci");
	assert_true(is_logged(log_fd, "override by uid 0", "0000:01:00.0: storage-free: "));
}

#define ALLOWED "<metadata><h:hostdevctl xmlns:h='urn:hostdevctl:guest:1'>" \
	"<h:allow check='storage-free' subject='0000:01:00.0'/></h:hostdevctl></metadata>\n"

static const char *with_metadata(struct situation *s, const char *xml)
{
	const char *at = strstr(xml, "  <memory");

	return hd_printf(&s->host.arena, "%.*s" ALLOWED "%s", (int)(at - xml), xml, at);
}

static void metadata_is_not_enough(void **state)
{
	struct situation *s = need(state);
	_cleanup_(hd_close) int fd = occupy(s, 0);
	struct hook_run run = call(s, "prepare", with_metadata(s, unmanaged));

	assert_true(fd >= 0);
	must(run, 1);
	assert_non_null(strstr(run.err, "so it cannot be allowed"));
	assert_string_equal(driver(s, 0), "nvme");
}

/* A use that only a table has, as below a loop device: the kernel grants the claim. */
static void metadata_allows_what_sleeps_alone(void **state)
{
	struct situation *s = need(state);
	_cleanup_(hd_close) int log_fd = open_log(s);
	struct hook_run run;

	fake_file(&s->host, "proc/self/mountinfo",
		  hd_printf(&s->host.arena, "30 1 %u:%u / /home rw - xfs /dev/nvme0n1 rw\n",
			    s->loops[0].major, s->loops[0].minor));
	run = call(s, "prepare", with_metadata(s, unmanaged));
	must(run, 1);
	assert_non_null(strstr(run.err, "/home"));
	assert_string_equal(driver(s, 0), "nvme");
	fake_file(&s->host, "proc/self/mountinfo", "");
	fake_file(&s->host, "etc/fstab", "/dev/nvme0n1 /home xfs defaults 0 2\n");
	must(call(s, "prepare", with_metadata(s, unmanaged)), 0);
	assert_true(is_logged(log_fd, "override by the metadata of guest 'g'", "etc/fstab"));
	must(call(s, "release", unmanaged), 0);
	assert_string_equal(driver(s, 0), "nvme");
}

/* What is done is done, and said, whether it can be logged or not. */
static void a_hanging_log_keeps_nobody(void **state)
{
	struct situation *s = need(state);
	_cleanup_(hd_close) int log_fd = open_full_log(s);
	struct hook_run run;

	assert_true(log_fd >= 0);
	fake_file(&s->host, "etc/fstab", "/dev/nvme0n1 /home xfs defaults 0 2\n");
	must(call(s, "prepare", with_metadata(s, unmanaged)), 0);
	assert_string_equal(driver(s, 0), "vfio-pci");
	run = call(s, "release", "");
	must(run, 3);
	assert_non_null(strstr(run.err, "wrote no domain XML"));
	must(call(s, "release", unmanaged), 0);
	assert_string_equal(driver(s, 0), "nvme");
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(hook_claims_until_vfio_has_it), ROW(detach_claims_until_vfio_has_it),
		ROW(hook_looks_again), ROW(detach_looks_again),
		ROW(managed_is_kept_free), ROW(release_ends_it_at_once),
		ROW(mixed_is_kept_in_part), ROW(next_start_replaces_it),
		ROW(refused_start_leaves_none), ROW(failed_start_leaves_none),
		ROW(killed_keeper_is_replaced), ROW(only_a_sacrifice_takes_a_used_disk),
		ROW(readers_let_go), ROW(a_riddle_is_asked_again),
		ROW(metadata_is_not_enough), ROW(metadata_allows_what_sleeps_alone),
		ROW(a_hanging_log_keeps_nobody),
	};

	return _cmocka_run_group_tests("live", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
