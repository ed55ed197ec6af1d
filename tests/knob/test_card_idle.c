/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_card_idle.c - who has the card open is waited for, and named. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define ADDR "0000:01:00.0"
#define TREE SRCDIR "/tests/hosts/one-card-desktop.tree"
#define SOUND "0000:0a:00.1"
#define SHORT_MS 1000
#define USE_MS 700

/* A captured host: its open files by name. */
static void reads_and_names(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root, .call_deadline_ms = SHORT_MS };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	fake_pci_add(host, &(struct fake_pci){ .addr = ADDR, .class = 0x030000 });
	fake_node(host, "drm", fake_pci_below(host, ADDR, "drm/card0"));
	fake_file(host, fake_pci_below(host, ADDR, "drm/card0/dev"), "226:0\n");
	fake_file(host, fake_pci_below(host, ADDR, "drm/card0/uevent"), "DEVNAME=dri/card0\n");
	assert_int_equal(hd_knob_card_idle.get(&at, ADDR, now, &err), 0);
	assert_string_equal(now, "idle");
	for (int pid = 812; pid < 817; pid++) {
		fake_file(host, hd_printf(&host->arena, "proc/%d/comm", pid), "Xorg\n");
		fake_file(host, hd_printf(&host->arena, "proc/%d/cgroup", pid),
			  "0::/system.slice/gdm.service\n");
		fake_link(host, hd_printf(&host->arena, "proc/%d/fd/7", pid), "/dev/dri/card0");
		fake_link(host, hd_printf(&host->arena, "proc/%d/fd/9", pid), "/dev/dri/card0");
	}
	assert_int_equal(hd_knob_card_idle.get(&at, ADDR, now, &err), 0);
	assert_string_equal(now, "in-use");
	assert_int_equal(hd_knob_card_idle.set(&at, ADDR, "in-use", "idle", &err), -EBUSY);
	assert_non_null(strstr(err.text, "Xorg (pid 812, gdm.service), Xorg (pid 813"));
	assert_non_null(strstr(err.text, "and 2 more has /dev/dri/card0 open"));
	assert_int_equal(hd_knob_card_idle.set(&at, ADDR, "idle", "in-use", &err), -EINVAL);
	assert_int_equal(hd_knob_card_idle.get(&at, "0000:09:00.0", now, &err), -ENODEV);
	assert_int_equal(hd_knob_card_idle.get(&at, "x", now, &err), -EINVAL);
	assert_true(hd_knob_card_idle.is_kept);
}

/* A card whose node is the terminal FD, on a host whose only process is PID. */
static void make_live(struct fake_host *host, int fd, pid_t pid)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	fake_pci_add(host, &(struct fake_pci){ .addr = ADDR, .class = 0x030000 });
	fake_node(host, "drm", fake_pci_below(host, ADDR, "drm/card0"));
	fake_file(host, fake_pci_below(host, ADDR, "drm/card0/dev"),
		  hd_printf(&host->arena, "%u:%u\n", major(st.st_rdev), minor(st.st_rdev)));
	fake_file(host, fake_pci_below(host, ADDR, "drm/card0/uevent"), "DEVNAME=dri/card0\n");
	fake_link(host, "proc/self", "/proc/self");
	fake_link(host, hd_printf(&host->arena, "proc/%d", (int)pid),
		  hd_printf(&host->arena, "/proc/%d", (int)pid));
}

/* A process that has FD for MS and then closes it, or ends. */
static pid_t hold(int fd, int ms, bool ends)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)poll(NULL, 0, ms);
	if (ends)
		_exit(0);
	(void)close(fd);
	(void)poll(NULL, 0, PATIENT_MS);
	_exit(0);
}

static const struct use {
	int ms;
	bool ends;
	int deadline_ms, rc;
} uses[] = {
	{ USE_MS, true, PATIENT_MS, 0 },
	{ USE_MS, false, PATIENT_MS, 0 },
	{ PATIENT_MS, true, SHORT_MS, -EBUSY },
};

static void waits_for_the_user(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(uses); i++) {
		int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), fd;
		struct hd_error err = { 0 };
		struct fake_host host;
		struct hd_sysroot root;
		struct hd_knob_host at = { .root = &root, .call_deadline_ms = uses[i].deadline_ms };
		int64_t begun = hd_now_ms();
		char pid_text[32];
		pid_t pid;

		assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
		fd = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
		assert_true(fd >= 0);
		fake_host_make(&host);
		root = (struct hd_sysroot){ .fd = host.root.fd, .is_live = true };
		pid = hold(fd, uses[i].ms, uses[i].ends);
		make_live(&host, fd, pid);
		(void)close(fd);
		if (hd_knob_card_idle.set(&at, ADDR, "in-use", "idle", &err) != uses[i].rc)
			fail_msg("row %zu: %s", i, err.text);
		(void)snprintf(pid_text, sizeof(pid_text), "(pid %d", (int)pid);
		if (uses[i].rc < 0)
			assert_non_null(strstr(err.text, pid_text));
		else
			assert_true(hd_now_ms() - begun >= USE_MS);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		(void)close(terminal);
		fake_host_remove(&host);
	}
}

/* PipeWire closes the control node when the card goes; a PCM node keeps the unbind waiting. */
static void waits_not_for_who_copes(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root, .call_deadline_ms = SHORT_MS };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	if (fake_tree_load_file(host, TREE, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(hd_knob_card_idle.get(&at, SOUND, now, &err), 0);
	assert_string_equal(now, "in-use");
	assert_int_equal(unlinkat(host->root.fd, "proc/1700/fd/11", 0), 0);
	assert_int_equal(hd_knob_card_idle.get(&at, SOUND, now, &err), 0);
	assert_string_equal(now, "idle");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_and_names, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(waits_not_for_who_copes, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test(waits_for_the_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
