/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_live_override.c - who may take a disk that the kernel says is in use, and is it logged? */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/livehost.h"
#include "tests/support/unit.h"

static int open_log(const struct live_host *s)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	(void)snprintf(addr.sun_path, sizeof(addr.sun_path), "%.80s/dev/log", s->host.path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&addr, sizeof(addr)) < 0)
		fail_msg("%s: %s", addr.sun_path, strerror(errno));
	return fd;
}

/* A log that nobody drains, as with a daemon that hangs: whoever waited for it would wait on. */
static int open_full_log(const struct live_host *s)
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
	struct live_host *s = live_host_need(state);
	_cleanup_(hd_close) int fd = live_host_occupy(s, 0);
	_cleanup_(hd_close) int log_fd = open_log(s);

	assert_true(fd >= 0);
	assert_int_equal(live_host_run(s, live_host_detach_first), 1);
	assert_int_equal(live_host_run(s, detach_allowed), 1);
	assert_string_equal(live_host_driver(s, 0), "nvme");
	assert_false(is_logged(log_fd, "override", ""));
	assert_int_equal(live_host_run(s, detach_sacrificed), 0);
	assert_string_equal(live_host_driver(s, 0), "vfio-pci");
	assert_true(is_logged(log_fd, "override by uid 0", "0000:01:00.0: storage-free: "));
}

#define ALLOWED "<metadata><h:hostdevctl xmlns:h='urn:hostdevctl:guest:1'>" \
	"<h:allow check='storage-free' subject='0000:01:00.0'/></h:hostdevctl></metadata>\n"

static const char *with_metadata(struct live_host *s, const char *xml)
{
	const char *at = strstr(xml, "  <memory");

	return hd_printf(&s->host.arena, "%.*s" ALLOWED "%s", (int)(at - xml), xml, at);
}

static void metadata_is_not_enough(void **state)
{
	struct live_host *s = live_host_need(state);
	_cleanup_(hd_close) int fd = live_host_occupy(s, 0);
	struct hook_run run = live_host_call(s, "prepare", with_metadata(s, live_unmanaged));

	assert_true(fd >= 0);
	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, "so it cannot be allowed"));
	assert_string_equal(live_host_driver(s, 0), "nvme");
}

/* A use that only a table has, as below a loop device: the kernel grants the claim. */
static void metadata_allows_what_sleeps_alone(void **state)
{
	struct live_host *s = live_host_need(state);
	_cleanup_(hd_close) int log_fd = open_log(s);
	struct hook_run run;

	fake_file(&s->host, "proc/self/mountinfo",
		  hd_printf(&s->host.arena, "30 1 %u:%u / /home rw - xfs /dev/nvme0n1 rw\n",
			    s->loops[0].major, s->loops[0].minor));
	run = live_host_call(s, "prepare", with_metadata(s, live_unmanaged));
	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, "/home"));
	assert_string_equal(live_host_driver(s, 0), "nvme");
	fake_file(&s->host, "proc/self/mountinfo", "");
	fake_file(&s->host, "etc/fstab", "/dev/nvme0n1 /home xfs defaults 0 2\n");
	hook_run_expect(live_host_call(s, "prepare", with_metadata(s, live_unmanaged)), 0);
	assert_true(is_logged(log_fd, "override by the metadata of guest 'g'", "etc/fstab"));
	hook_run_expect(live_host_call(s, "release", live_unmanaged), 0);
	assert_string_equal(live_host_driver(s, 0), "nvme");
}

/* What is done is done, and said, whether it can be logged or not. */
static void a_hanging_log_keeps_nobody(void **state)
{
	struct live_host *s = live_host_need(state);
	_cleanup_(hd_close) int log_fd = open_full_log(s);
	struct hook_run run;

	assert_true(log_fd >= 0);
	fake_file(&s->host, "etc/fstab", "/dev/nvme0n1 /home xfs defaults 0 2\n");
	hook_run_expect(live_host_call(s, "prepare", with_metadata(s, live_unmanaged)), 0);
	assert_string_equal(live_host_driver(s, 0), "vfio-pci");
	run = live_host_call(s, "release", "");
	hook_run_expect(run, 3);
	assert_non_null(strstr(run.err, "wrote no domain XML"));
	hook_run_expect(live_host_call(s, "release", live_unmanaged), 0);
	assert_string_equal(live_host_driver(s, 0), "nvme");
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, live_host_setup, live_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(only_a_sacrifice_takes_a_used_disk),
		ROW(metadata_is_not_enough),
		ROW(metadata_allows_what_sleeps_alone),
		ROW(a_hanging_log_keeps_nobody),
	};

	return _cmocka_run_group_tests("live override", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
