/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakecard.c - the only graphics card of a fake host, with all that hangs on it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "knob/modprobe.h"
#include "knob/pci_state.h"
#include "knob/systemd_module.h"
#include "tests/support/fakecard.h"
#include "tests/support/unit.h"

#define FB "efi-framebuffer.0"
#define FB_DIR "sys/devices/platform/" FB
#define FB_LINK "sys/bus/platform/devices/" FB
#define PCI_DIR "sys/bus/pci/devices/" FAKE_CARD
#define CONSOLE "sys/class/vtconsole/vtcon1/bind"
#define UNIT_LINK "run/systemd/units/invocation:" FAKE_CARD_UNIT
#define KEYBOARD "sys/bus/usb/devices/" FAKE_CARD_KEYBOARD
#define STOPPING "stopping"
#define OFF "modules-off"

static struct fake_card_faults *faults;
static int root_fd;

static const char *const modules[] = { "nvidia", "nvidia_modeset", "nvidia_drm" };

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
	_printf_(3, 4);
int __wrap_hd_modprobe(const struct hd_knob_host *host, const char *module, bool obeys_blacklist,
		       int64_t deadline, struct hd_error *err);
int __wrap_hd_systemd_ask(const struct hd_knob_host *host, enum hd_systemd_verb verb,
			  const char *name, int64_t deadline, struct hd_error *err);

/* Every change passes here once: 0, or the fault that it meets. */
static int count_change(void)
{
	int number = atomic_fetch_add(&faults->changes, 1) + 1;

	return number == atomic_load(&faults->fail_at) ? -EIO : 0;
}

static bool has_path(const char *path)
{
	return faccessat(root_fd, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int put_text(const char *path, const char *text)
{
	char name[64];
	_cleanup_(hd_close) int fd = -1;

	(void)snprintf(name, sizeof(name), ".new-%d", (int)getpid());
	fd = openat(root_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0 ||
	    renameat(root_fd, name, root_fd, path) < 0)
		return -errno;
	return 0;
}

static int remove_link(const char *path)
{
	return unlinkat(root_fd, path, 0) < 0 && errno != ENOENT ? -errno : 0;
}

static int make_link(const char *path, const char *target)
{
	return symlinkat(target, root_fd, path) < 0 && errno != EEXIST ? -errno : 0;
}

static int bind_card(const char *driver)
{
	char target[128];

	(void)snprintf(target, sizeof(target), "../../../../bus/pci/drivers/%s", driver);
	if (!strcmp(driver, "vfio-pci") && atomic_load(&faults->loses_framebuffer))
		(void)remove_link(FB_LINK);
	return make_link(PCI_DIR "/driver", target);
}

static int probe_card(void)
{
	char override[64] = "";
	int fd = openat(root_fd, PCI_DIR "/driver_override", O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, override, sizeof(override) - 1);

	(void)close(fd);
	if (n < 0 || has_path(PCI_DIR "/driver"))
		return 0;
	override[strcspn(override, "\n")] = '\0';
	if (*override && strcmp(override, "(null)") != 0)
		return bind_card(override);
	return has_path("sys/module/nvidia") ? bind_card("nvidia") : 0;
}

static int unbind_card(void)
{
	return remove_link(PCI_DIR "/driver");
}

static int bind_framebuffer(void)
{
	return make_link(FB_DIR "/driver", "../../../bus/platform/drivers/efi-framebuffer");
}

static int unbind_framebuffer(void)
{
	return remove_link(FB_DIR "/driver");
}

static int bind_keyboard(void)
{
	return make_link(KEYBOARD "/driver", "../../drivers/usbhid");
}

void fake_card_kill_guest(struct fake_card *card)
{
	(void)card;
	assert_int_equal(remove_link(KEYBOARD "/driver"), 0);
}

static int revive_card(void)
{
	return put_text(PCI_DIR "/config", "\x36\x1b\x10\x01");
}

/* What a write to a path does; NULL: the file has the text then. */
static const struct file {
	const char *path;
	int (*act)(void);
} files[] = {
	{ "sys/bus/pci/drivers_probe", probe_card },
	{ "sys/bus/pci/drivers/vfio-pci/unbind", unbind_card },
	{ "sys/bus/pci/drivers/nvidia/unbind", unbind_card },
	{ "sys/bus/platform/drivers/efi-framebuffer/bind", bind_framebuffer },
	{ "sys/bus/platform/drivers/efi-framebuffer/unbind", unbind_framebuffer },
	{ PCI_DIR "/driver_override", NULL },
	{ PCI_DIR "/reset", revive_card },
	{ CONSOLE, NULL },
	{ "sys/bus/usb/drivers_probe", bind_keyboard },
};

int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
{
	char path[256];
	va_list args;
	int rc = count_change();

	(void)root;
	va_start(args, fmt);
	(void)vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	for (size_t i = 0; i < HD_ARRAY_SIZE(files) && rc == 0; i++)
		if (!strcmp(path, files[i].path))
			return files[i].act ? files[i].act() : put_text(path, text);
	return rc < 0 ? rc : -ENOENT;
}

/* In vfork(2) the parent sleeps in D state until its child ends. */
static void stick(void)
{
	pid_t pid = vfork();

	if (pid == 0) {
		atomic_store(&faults->helper, (int)getpid());
		(void)poll(NULL, 0, PATIENT_MS);
		_exit(0);
	}
}

static int move_module(const char *name, const char *from, const char *to)
{
	char old[96], new[96];

	(void)snprintf(old, sizeof(old), "%s/%s", from, name);
	(void)snprintf(new, sizeof(new), "%s/%s", to, name);
	return renameat(root_fd, old, root_fd, new) < 0 ? -errno : 0;
}

/* As the kernel: the driver goes first. */
static int delete_module(const char *name, int flags)
{
	int rc = count_change();

	if (rc < 0)
		return rc;
	if (flags != O_NONBLOCK)
		return -EINVAL;
	if (!strcmp(name, faults->busy))
		return -EWOULDBLOCK;
	if (!strcmp(name, faults->stuck))
		stick();
	rc = strcmp(name, "nvidia") != 0 ? 0 : unbind_card();
	return rc < 0 ? rc : move_module(name, "sys/module", OFF);
}

long __wrap_syscall(long number, ...)
{
	long a[6];
	va_list args;
	int rc;

	va_start(args, number);
	for (size_t i = 0; i < HD_ARRAY_SIZE(a); i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number != SYS_delete_module)
		return __real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	rc = delete_module((const char *)a[0], (int)a[1]);
	errno = -rc;
	return rc < 0 ? -1 : 0;
}

int __wrap_hd_modprobe(const struct hd_knob_host *host, const char *module, bool obeys_blacklist,
		       int64_t deadline, struct hd_error *err)
{
	char name[HD_TARGET_MAX];
	int rc = count_change();

	(void)host, (void)deadline;
	hd_module_sysfs_name(module, name);
	if (rc == 0 && !obeys_blacklist && atomic_load(&faults->has_no_modprobe))
		rc = -EIO;
	if (rc == 0)
		rc = move_module(name, OFF, "sys/module");
	if (rc == -ENOENT)
		rc = 0;
	if (rc == 0 && !strcmp(name, "nvidia"))
		rc = probe_card();
	return rc < 0 ? hd_fail(err, rc, "modprobe %s failed", module) : 0;
}

/* A stop that was asked for goes on whatever becomes of who asked, until a start takes its place. */
int __wrap_hd_systemd_ask(const struct hd_knob_host *host, enum hd_systemd_verb verb,
			  const char *name, int64_t deadline, struct hd_error *err)
{
	int rc = count_change();

	(void)host, (void)deadline;
	if (rc < 0)
		return hd_fail(err, rc, "systemd does not do it: %s", name);
	if (verb == HD_SYSTEMD_END_SESSION)
		return remove_link("run/systemd/sessions/" FAKE_CARD_SESSION);
	if (verb == HD_SYSTEMD_START)
		return remove_link(STOPPING) < 0 ? -errno : make_link(UNIT_LINK, "1");
	rc = make_link(STOPPING, "x");
	(void)poll(NULL, 0, atomic_load(&faults->stop_ms));
	if (rc == 0 && atomic_load(&faults->stop_is_slow))
		return hd_fail(err, -ETIMEDOUT, "%s did not stop in time", name);
	if (rc == 0)
		rc = remove_link(UNIT_LINK);
	return rc < 0 ? rc : remove_link(STOPPING);
}

void fake_card_settle(struct fake_card *card)
{
	(void)card;
	if (has_path(STOPPING)) {
		(void)remove_link(UNIT_LINK);
		(void)remove_link(STOPPING);
	}
}

/* As a start of the guest finds the host of fake_card_reset(); what it changes is the plan's. */
static void plan_start(struct fake_card *card)
{
	static struct hd_ended_unit units[] = { { FAKE_CARD_UNIT, "it has the card open" } };
	static struct hd_ended_session sessions[] = { { FAKE_CARD_SESSION, "1000", "a session", "it" } };
	static struct hd_display_use uses[] = {
		{ .kind = HD_USE_FIRMWARE, .target = FB, .by = "efi-framebuffer" },
	};
	static const struct hd_usb_dev keyboard = { .port = "1-2", .path = "sys/devices/usb1/1-2" };
	static const struct hd_usb_dev *matches[] = { &keyboard };
	static struct hd_input_dev inputs[] = {
		{ .name = "keyboard", .interface = FAKE_CARD_KEYBOARD, .driver = "usbhid",
		  .path = "sys/devices/usb1/1-2/" FAKE_CARD_KEYBOARD "/input/input1/event1" },
	};
	static const struct hd_knobs knobs = { &hd_knob_pci_driver_sysfs, &hd_knob_module, NULL,
					       &hd_handover_knobs };
	struct hd_hostdev hostdev = { .kind = HD_DEVICE_PCI, .has_addr = true };
	struct hd_request request = { .name = "win", .hostdevs = &hostdev, .n_hostdevs = 1 };
	struct hd_pci_facts fn = {
		.fn = { .name = FAKE_CARD, .is_present = true, .driver = "nvidia", .group = 1,
			.driver_kind = HD_DRIVER_HOST, .class = 0x030000 },
		.is_requested = true, .vfio_driver = "vfio-pci",
		.display = { .uses = uses, .n_uses = 1, .firmware_console = "vtcon1" },
	};
	struct hd_usb_facts usb = { .matches = matches, .n_matches = 1 };
	struct hd_facts facts = {
		.fns = &fn, .n_fns = 1, .usbs = &usb, .n_usbs = 1, .inputs = { inputs, 1 },
		.handover = { .is_needed = true, .units = units, .n_units = 1, .sessions = sessions,
			      .n_sessions = 1, .stack = hd_driver_stack_of("nvidia") },
	};
	struct fake_plan *plan = &card->plan;
	struct hd_error err = { 0 };

	facts.host.modules[HD_MODULE_VFIO_IOMMU_TYPE1] = HD_MODULE_LOADED;
	facts.host.modules[HD_MODULE_VFIO_PCI] = HD_MODULE_LOADABLE;
	for (size_t i = HD_ARRAY_SIZE(modules); i-- > 0;)
		facts.handover.loaded.modules[facts.handover.loaded.n++] = modules[i];
	assert_true(hd_pci_addr_parse(FAKE_CARD, &fn.fn.addr));
	hostdev.addr = fn.fn.addr;
	if (hd_plan_for_start(&plan->plan, &plan->host.arena, &request, &facts, &knobs, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(plan->plan.n, FAKE_CARD_STEPS);
}

void fake_card_make(struct fake_card *card)
{
	struct fake_host *host = &card->plan.host;

	memset(card, 0, sizeof(*card));
	fake_plan_make(&card->plan, 0);
	faults = mmap(NULL, sizeof(*faults), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	assert_ptr_not_equal(faults, MAP_FAILED);
	card->faults = faults;
	root_fd = host->root.fd;
	card->root = (struct hd_sysroot){ .fd = root_fd, .is_live = true };
	card->plan.apply.host.root = &card->root;
	card->plan.apply.host.call_deadline_ms = card->plan.apply.step_deadline_ms = 2000;
	fake_pci_add(host, &(struct fake_pci){ .addr = FAKE_CARD, .class = 0x030000,
						 .group = 1 });
	fake_dir(host, "sys/class/vtconsole/vtcon1");
	fake_dir(host, FB_DIR);
	fake_dir(host, KEYBOARD);
	fake_dir(host, "sys/bus/platform/devices");
	fake_dir(host, "run/systemd/units");
	fake_dir(host, "run/systemd/sessions");
	fake_link(host, "sys/bus/pci/drivers/nvidia", "../../../module/nvidia");
	fake_link(host, "proc/self", "/proc/self");
	for (size_t i = 0; i < HD_ARRAY_SIZE(modules); i++)
		fake_file(host, hd_printf(&host->arena, OFF "/%s/initstate", modules[i]), "live\n");
	fake_dir(host, OFF "/vfio_pci");
	fake_card_reset(card);
}

void fake_card_remove(struct fake_card *card)
{
	int helper = atomic_load(&card->faults->helper);

	if (helper > 1)
		(void)kill(helper, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		continue;
	fake_plan_remove(&card->plan);
	(void)munmap(card->faults, sizeof(*card->faults));
	faults = NULL;
}

void fake_card_reset(struct fake_card *card)
{
	memset(card->faults, 0, sizeof(*card->faults));
	(void)unlinkat(card->plan.apply.dir_fd, FAKE_UUID, 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(modules); i++)
		(void)move_module(modules[i], OFF, "sys/module");
	(void)move_module("vfio_pci", "sys/module", OFF);
	assert_int_equal(put_text(PCI_DIR "/driver_override", "(null)"), 0);
	assert_int_equal(put_text(CONSOLE, "1"), 0);
	assert_int_equal(put_text("run/systemd/sessions/" FAKE_CARD_SESSION, "STATE=active\n"), 0);
	assert_int_equal(unbind_card(), 0);
	assert_int_equal(bind_card("nvidia"), 0);
	assert_int_equal(make_link(FB_LINK, "../../../devices/platform/" FB), 0);
	assert_int_equal(bind_framebuffer(), 0);
	assert_int_equal(remove_link(STOPPING), 0);
	assert_int_equal(make_link(UNIT_LINK, "1"), 0);
	assert_int_equal(bind_keyboard(), 0);
	plan_start(card);
}

enum hd_exit fake_card_apply(struct fake_card *card, struct hd_error *err)
{
	return fake_plan_apply(&card->plan, err);
}

void fake_card_recover(struct fake_card *card, struct hd_recovery *ret)
{
	hd_recover_all(ret, &card->plan.host.arena, &card->plan.apply, hd_knobs_all,
		       hd_now_ms() + PATIENT_MS);
}

void fake_card_assert(struct fake_card *card, bool is_given, const char *but)
{
	for (size_t i = 0; i < card->plan.plan.n; i++) {
		const struct hd_step *step = &card->plan.plan.steps[i];
		const char *want = is_given ? step->to : step->from;
		char now[HD_STATE_MAX] = "gone";
		struct hd_error err;

		if (step->knob->is_kept || (but && !strcmp(but, step->target)))
			continue;
		/* What others set is not set yet; the card's driver is another's step before. */
		if (is_given ? step->knob->is_by_others : step->knob == &hd_knob_pci_driver_sysfs)
			continue;
		(void)step->knob->get(&card->plan.apply.host, step->target, now, &err);
		if (strcmp(now, want) != 0)
			fail_msg("%s %s is %s, not %s", step->knob->name, step->target, now, want);
	}
}
