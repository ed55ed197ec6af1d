/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakekernel.c - the PCI bus of a fake host, and knobs that write to it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facts/pci/pci.h"
#include "knob/pci_state.h"
#include "tests/support/fakekernel.h"
#include "tests/support/unit.h"

#define MATCHES "fake_match"	/* a function's file: the driver that the kernel would choose */

static struct fake_faults *faults;

/* Every write passes here once: 0, or the fault that it meets. */
static int count_write(void)
{
	int number = atomic_fetch_add(&faults->writes, 1) + 1;
	int from = atomic_load(&faults->fail_from);

	return number == atomic_load(&faults->fail_at) || (from && number >= from) ? -EIO : 0;
}

static bool is_meant(const char *target)
{
	return !faults->target[0] || !strcmp(faults->target, target);
}

static int open_function(const struct hd_sysroot *root, const char *target)
{
	return hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, HD_SYS_PCI "/%s", target);
}

static int put_override(int dir_fd, const char *override)
{
	const char *text = *override ? override : "(null)";
	char name[64];
	_cleanup_(hd_close) int fd = -1;

	(void)snprintf(name, sizeof(name), ".override-%d", (int)getpid());
	fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0 ||
	    renameat(dir_fd, name, dir_fd, "driver_override") < 0)
		return -errno;
	return 0;
}

static int bind_driver(int dir_fd, const char *driver)
{
	char link[128];

	(void)snprintf(link, sizeof(link), "../../../../bus/pci/drivers/%s", driver);
	return symlinkat(link, dir_fd, "driver") < 0 ? -errno : 0;
}

/* In vfork(2) the parent sleeps in D state until its child ends. */
static void stick(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		atomic_store(&faults->helper, (int)getpid());
		(void)poll(NULL, 0, 60000);
		_exit(0);
	}
}

static int kernel_override(int dir_fd, const char *target, const char *override)
{
	int rc = count_write();

	if (rc < 0)
		return atomic_load(&faults->is_silent) ? 0 : rc;
	rc = put_override(dir_fd, override);
	if (is_meant(target) && atomic_exchange(&faults->dies, 0))
		(void)raise(SIGKILL);
	return rc;
}

static int kernel_unbind(int dir_fd, const char *target)
{
	int rc = count_write();

	if (rc < 0)
		return atomic_load(&faults->is_silent) ? 0 : rc;
	if (is_meant(target)) {
		(void)poll(NULL, 0, atomic_load(&faults->unbind_ms));
		while (atomic_load(&faults->hangs))
			(void)poll(NULL, 0, 1000);
		if (atomic_load(&faults->sticks))
			stick();
	}
	return unlinkat(dir_fd, "driver", 0) < 0 && errno != ENOENT ? -errno : 0;
}

static int kernel_probe(const struct hd_knob_host *host, int dir_fd, const char *target)
{
	struct hd_pci_state now;
	char text[HD_STATE_MAX], match[64];
	struct hd_error err;
	ssize_t n;
	int rc = count_write();

	if (rc < 0)
		return atomic_load(&faults->is_silent) ? 0 : rc;
	rc = hd_pci_state_get(host, target, text, &err);
	if (rc < 0 || hd_pci_state_parse(text, &now) < 0 || strcmp(now.driver, "-") != 0)
		return rc;
	if (*now.override)
		return bind_driver(dir_fd, now.override);
	n = hd_sysroot_bytes(host->root, match, sizeof(match) - 1, HD_SYS_PCI "/%s/" MATCHES,
			     target);
	if (n <= 0)
		return 0;
	match[n] = '\0';
	return bind_driver(dir_fd, match);
}

static int rebind(const struct hd_knob_host *host, int dir_fd, const char *target,
		  const struct hd_pci_state *want)
{
	bool is_any = !strcmp(want->driver, "*");
	int rc = kernel_override(dir_fd, target, is_any ? "" : want->driver);

	if (rc == 0)
		rc = kernel_unbind(dir_fd, target);
	if (rc == 0)
		rc = kernel_probe(host, dir_fd, target);
	if (rc == 0 && !is_any && strcmp(want->driver, want->override) != 0)
		rc = kernel_override(dir_fd, target, want->override);
	return rc;
}

/* The writes of the sysfs binder, one by one. */
static int carry_out(const struct hd_knob_host *host, const char *target, const char *to)
{
	_cleanup_(hd_close) int dir_fd = open_function(host->root, target);
	struct hd_pci_state want, now;
	char text[HD_STATE_MAX];
	struct hd_error err;
	int rc = dir_fd < 0 ? dir_fd : hd_pci_state_get(host, target, text, &err);

	if (rc < 0 || hd_pci_state_parse(to, &want) < 0 || hd_pci_state_parse(text, &now) < 0)
		return rc < 0 ? rc : -EINVAL;
	if (strcmp(want.driver, "-") != 0 && strcmp(want.driver, now.driver) != 0)
		return rebind(host, dir_fd, target, &want);
	rc = kernel_override(dir_fd, target, want.override);
	return rc == 0 && strcmp(want.driver, now.driver) != 0 ? kernel_unbind(dir_fd, target) :
								 rc;
}

/* A daemon that has the request and does not answer; it has nothing of ours open. */
static int ask_daemon(const struct hd_knob_host *host, const char *target, const char *to,
		      struct hd_error *err)
{
	int late = atomic_load(&faults->answers_late);

	if (late >= 0 && fork() == 0) {
		for (int fd = 3; fd < 256; fd++)
			if (fd != host->root->fd)
				(void)close(fd);
		(void)poll(NULL, 0, late);
		_exit(carry_out(host, target, to) < 0);
	}
	return hd_fail(err, -ETIME, "no answer about %s; it may still be carried out", target);
}

static int fake_set(const struct hd_knob_host *host, const char *target, const char *from,
		    const char *to, struct hd_error *err)
{
	int rc;

	(void)from;
	atomic_fetch_add(&faults->sets, 1);
	if (is_meant(target) && atomic_load(&faults->answers_late))
		return ask_daemon(host, target, to, err);
	rc = carry_out(host, target, to);
	if (rc < 0)
		return hd_fail(err, rc, "cannot make %s %s: %s", target, to, strerror(-rc));
	return 0;
}

static int fake_may_undo(const struct hd_knob_host *host, const char *target,
			 const char *state, struct hd_error *err)
{
	(void)host;
	(void)state;
	if (is_meant(target) && atomic_load(&faults->is_busy))
		return hd_fail(err, -EBUSY, "%s is in use by qemu (pid 812)", target);
	return 0;
}

static int module_get(const struct hd_knob_host *host, const char *target,
		      char buf[static HD_STATE_MAX], struct hd_error *err)
{
	(void)err;
	(void)snprintf(buf, HD_STATE_MAX, "%s",
		       hd_sysroot_has(host->root, "sys/module/%s", target) ? "loaded" : "absent");
	return 0;
}

static int module_set(const struct hd_knob_host *host, const char *target, const char *from,
		      const char *to, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(host->root, O_RDONLY | O_DIRECTORY,
						   "sys/module");
	int rc = count_write();

	(void)from;
	(void)to;
	if (rc < 0)
		return hd_fail(err, rc, "cannot load %s", target);
	return mkdirat(fd, target, 0755) < 0 ? hd_fail(err, -errno, "cannot load") : 0;
}

const struct hd_knob fake_knob_pci_driver = {
	.name = "pci-driver",
	.get = hd_pci_state_get,
	.set = fake_set,
	.is_at = hd_pci_state_is_at,
	.is_between = hd_pci_state_is_between,
	.may_undo = fake_may_undo,
};

const struct hd_knob fake_knob_module = {
	.name = "module",
	.get = module_get,
	.set = module_set,
	.is_kept = true,
};

const struct hd_knob *const fake_knobs_all[] = {
	&fake_knob_pci_driver,
	&fake_knob_module,
	NULL,
};

void fake_kernel_make(struct fake_kernel *kernel, struct fake_host *host)
{
	kernel->host = host;
	kernel->faults = mmap(NULL, sizeof(*kernel->faults), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (kernel->faults == MAP_FAILED)
		fail_msg("no shared memory: %s", strerror(errno));
	faults = kernel->faults;
	fake_dir(host, "sys/module");
}

void fake_kernel_remove(struct fake_kernel *kernel)
{
	int helper = atomic_load(&kernel->faults->helper);

	if (helper > 1)
		(void)kill(helper, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		continue;
	(void)munmap(kernel->faults, sizeof(*kernel->faults));
	faults = NULL;
}

void fake_kernel_add(struct fake_kernel *kernel, const char *addr, int group,
		     const char *driver)
{
	const struct fake_pci fn = { .addr = addr, .group = group, .driver = driver };

	fake_pci_add(kernel->host, &fn);
	if (driver)
		fake_file(kernel->host,
			  hd_printf(&kernel->host->arena, "%s/" MATCHES,
				    fake_pci_path(kernel->host, addr)), driver);
}

void fake_kernel_force(struct fake_kernel *kernel, const char *addr, const char *state)
{
	_cleanup_(hd_close) int dir_fd = open_function(&kernel->host->root, addr);
	struct hd_pci_state want;

	assert_true(dir_fd >= 0);
	assert_int_equal(hd_pci_state_parse(state, &want), 0);
	(void)unlinkat(dir_fd, "driver", 0);
	assert_int_equal(put_override(dir_fd, want.override), 0);
	if (strcmp(want.driver, "-") != 0)
		assert_int_equal(bind_driver(dir_fd, want.driver), 0);
}

void fake_kernel_assert(struct fake_kernel *kernel, const char *addr, const char *state)
{
	const struct hd_knob_host host = { .root = &kernel->host->root };
	char now[HD_STATE_MAX];
	struct hd_error err;

	assert_int_equal(hd_pci_state_get(&host, addr, now, &err), 0);
	if (strcmp(now, state) != 0)
		fail_msg("%s is %s, not %s", addr, now, state);
}

void fake_kernel_clear(struct fake_kernel *kernel)
{
	memset(kernel->faults, 0, sizeof(*kernel->faults));
}
