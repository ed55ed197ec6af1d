/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_handover_steps.c - the steps of a hand-over, in their order, with their reasons.
 *
 * The host is tests/hosts/one-card-desktop.tree with a few files changed.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "plan/plan.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define TREE SRCDIR "/tests/hosts/one-card-desktop.tree"
#define DEVICES "sys/devices/pci0000:00/0000:00:01.0/"
#define CARD "0000:0a:00.0"
#define SOUND "0000:0a:00.1"
#define UNUSED "nobody may have it open when its driver goes"
#define HANGS "an unbind of nvidia hangs while anything uses the card; unloading fails instead"

static const struct hd_knob pci_driver = { .name = "pci-driver" }, module = { .name = "module" },
	managed = { .name = HD_KNOB_MANAGED }, unit = { .name = "unit" },
	session = { .name = "session" }, card_idle = { .name = "card-idle" },
	vtconsole = { .name = "vtconsole" }, framebuffer = { .name = "framebuffer" },
	unloaded_driver = { .name = "unloaded-driver" }, kernel_module = { .name = "kernel-module" },
	card_answers = { .name = "card-answers" }, usb_driver = { .name = "usb-driver" };
static const struct hd_handover_knobs handover = {
	&unit, &session, &card_idle, &vtconsole, &framebuffer, &unloaded_driver, &kernel_module,
	&card_answers, &usb_driver,
};

#define ANSWERS(stage) \
	stage " card-answers " CARD " answers>answers (" DEAD ")\n" \
	stage " card-answers " SOUND " answers>answers (" DEAD ")\n"
#define DEAD "one that is dead when the guest ends is reset before its driver comes"
#define STEPS_BEFORE_MODULES \
	"1 unit gdm.service active>inactive (it started session 2 of eve (wayland))\n" \
	"1 unit nvidia-persistenced.service active>inactive (its process nvidia-persiste has " \
	"/dev/nvidia0 open)\n" \
	"2 session 2 present>ended (session 2 of eve (wayland): it is shown on " CARD ")\n" \
	"3 card-idle " CARD " in-use>idle (" UNUSED ")\n" \
	"3 card-idle " SOUND " in-use>idle (" UNUSED ")\n" \
	"4 vtconsole vtcon1 bound>unbound (the text consoles are on the boot screen in the card's " \
	"memory)\n" \
	"5 framebuffer efi-framebuffer.0 efi-framebuffer>- (the boot screen is in the card's memory)\n" \
	"6 unloaded-driver " CARD " nvidia>- (its driver goes with the modules)\n"
#define STEPS_OF_USERS STEPS_BEFORE_MODULES \
	"7 kernel-module nvidia_drm loaded>absent (" HANGS ")\n" \
	"8 kernel-module nvidia_modeset loaded>absent (" HANGS ")\n" \
	"9 kernel-module nvidia_uvm loaded>absent (" HANGS ")\n" \
	"10 kernel-module nvidia loaded>absent (" HANGS ")\n"

#define CONSOLE_ON_NVIDIA \
	"1 unit gdm.service active>inactive (it started session 2 of eve (wayland))\n" \
	"1 unit nvidia-persistenced.service active>inactive (its process nvidia-persiste has " \
	"/dev/nvidia0 open)\n" \
	"2 session 2 present>ended (session 2 of eve (wayland): it is shown on " CARD ")\n" \
	"3 card-idle " CARD " in-use>idle (" UNUSED ")\n" \
	"3 card-idle " SOUND " in-use>idle (" UNUSED ")\n" \
	"4 vtconsole vtcon1 bound>unbound (the text consoles are on the card)\n" \
	"5 unloaded-driver " CARD " nvidia>- (its driver goes with the modules)\n" \
	"6 kernel-module nvidia_drm loaded>absent (" HANGS ")\n" \
	"7 kernel-module nvidia_modeset loaded>absent (" HANGS ")\n" \
	"8 kernel-module nvidia_uvm loaded>absent (" HANGS ")\n" \
	"9 kernel-module nvidia loaded>absent (" HANGS ")\n"

/* A USB device on a controller of the host, and an input device of its interface. */
#define USB "sys/devices/pci0000:00/0000:00:14.0/usb1/"
#define USB_DEVICE(port, product) \
	{ USB port "/busnum", "1\n" }, { USB port "/devnum", "3\n" }, \
	{ USB port "/idVendor", "046d\n" }, { USB port "/idProduct", product "\n" }, \
	{ USB port "/bDeviceClass", "00\n" }, \
	{ USB port "/" port ":1.0/driver", "->../../../../../../bus/usb/drivers/usbhid" }, \
	{ "sys/bus/usb/devices/" port, "->../../../devices/pci0000:00/0000:00:14.0/usb1/" port }
#define INPUT(port, input) USB port "/" port ":1.0/input/input" input "/"
#define KEYBOARD(port, input, event) \
	{ INPUT(port, input) "name", "Keyboard\n" }, \
	{ INPUT(port, input) "capabilities/key", \
	  "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n" }, \
	{ INPUT(port, input) "capabilities/rel", "0\n" }, \
	{ INPUT(port, input) "capabilities/abs", "0\n" }, \
	{ INPUT(port, input) "event" event "/device", "->../../input" input }, \
	{ "sys/class/input/event" event, "->../../devices/pci0000:00/0000:00:14.0/usb1/" port "/" port \
	  ":1.0/input/input" input "/event" event }

struct file {
	const char *path, *text;	/* "->" begins a link; NULL: it is removed */
};

static const struct row {
	const char *name;
	struct file files[40];
	bool is_managed, no_knobs, has_keyboard;
	const char *want;		/* or "!" and the error */
} rows[] = {
	{ "nvidia", .want = STEPS_OF_USERS
	  "11 pci-driver " CARD " ->vfio-pci:vfio-pci (requested)\n"
	  "11 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("12") },
	{ "parameters that were set by hand",
	  { { "etc/modprobe.d/a.conf", "options nvidia-drm modeset=0 fbdev=1\noptions nvidia-uvm x=12 z=0x10\n" },
	    { "sys/module/nvidia_drm/parameters/fbdev", "Y\n" },
	    { "sys/module/nvidia_uvm/parameters/x", "10\n" },
	    { "sys/module/nvidia_uvm/parameters/z", "16\n" },
	    { "sys/module/nvidia_uvm/parameters/y", "7\n" } },
	  .want = STEPS_BEFORE_MODULES
	  "7 kernel-module nvidia_drm loaded>absent (" HANGS "; lost, since it was set by hand: modeset=Y, "
	  "which etc/modprobe.d/a.conf sets to 0)\n"
	  "8 kernel-module nvidia_modeset loaded>absent (" HANGS ")\n"
	  "9 kernel-module nvidia_uvm loaded>absent (" HANGS "; lost, since it was set by hand: x=10, which "
	  "etc/modprobe.d/a.conf sets to 12)\n"
	  "10 kernel-module nvidia loaded>absent (" HANGS ")\n"
	  "11 pci-driver " CARD " ->vfio-pci:vfio-pci (requested)\n"
	  "11 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("12") },
	{ "and the keyboard", .has_keyboard = true,
	  .files = { USB_DEVICE("1-2", "c31c"), USB_DEVICE("1-3", "c077"), KEYBOARD("1-2", "4", "3"),
		     KEYBOARD("1-2", "5", "4"), KEYBOARD("1-3", "6", "5") },
	  .want = STEPS_OF_USERS
	  "11 pci-driver " CARD " ->vfio-pci:vfio-pci (requested)\n"
	  "11 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("12")
	  "12 usb-driver 1-2:1.0 usbhid>usbfs (QEMU takes Keyboard with the card, and it comes back with "
	  "it)\n" },
	{ "libvirt binds", .is_managed = true, .want = STEPS_OF_USERS
	  "11 managed-driver " CARD " ->vfio-pci:vfio-pci (libvirt binds it)\n"
	  "11 managed-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (libvirt binds it)\n" ANSWERS("12") },
	{ "a driver that unbinds cleanly, and a console on it",
	  { { DEVICES CARD "/driver", "->../../../bus/pci/drivers/amdgpu" },
	    { "sys/class/graphics/fb0", "->../../" DEVICES CARD "/graphics/fb0" },
	    { "proc/iomem", "" }, { "sys/bus/platform/drivers/efi-framebuffer/efi-framebuffer.0", NULL },
	    { "proc/1600/fd/10", NULL }, { "proc/1700/fd/11", NULL } },
	  .want = "1 unit gdm.service active>inactive (it started session 2 of eve (wayland))\n"
		  "2 session 2 present>ended (session 2 of eve (wayland): it is shown on " CARD ")\n"
		  "3 card-idle " CARD " in-use>idle (" UNUSED ")\n"
		  "4 vtconsole vtcon1 bound>unbound (the text consoles are on the card)\n"
		  "5 pci-driver " CARD " amdgpu>vfio-pci:vfio-pci (requested)\n"
		  "5 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("6") },
	{ "the same where consoles that are unbound stay so",
	  { { "sys/class/vtconsole/vtcon0/name", "(M) dummy device\n" },
	    { DEVICES CARD "/driver", "->../../../bus/pci/drivers/amdgpu" },
	    { "sys/class/graphics/fb0", "->../../" DEVICES CARD "/graphics/fb0" },
	    { "proc/iomem", "" }, { "sys/bus/platform/drivers/efi-framebuffer/efi-framebuffer.0", NULL },
	    { "proc/1600/fd/10", NULL }, { "proc/1700/fd/11", NULL } },
	  .want = "1 unit gdm.service active>inactive (it started session 2 of eve (wayland))\n"
		  "2 session 2 present>ended (session 2 of eve (wayland): it is shown on " CARD ")\n"
		  "3 card-idle " CARD " in-use>idle (" UNUSED ")\n"
		  "4 pci-driver " CARD " amdgpu>vfio-pci:vfio-pci (requested)\n"
		  "4 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("5") },
	{ "but a module that they hold cannot be unloaded",
	  { { "sys/class/vtconsole/vtcon0/name", "(M) dummy device\n" },
	    { "sys/class/graphics/fb0", "->../../" DEVICES CARD "/graphics/fb0" },
	    { "proc/iomem", "" }, { "sys/bus/platform/drivers/efi-framebuffer/efi-framebuffer.0", NULL } },
	  .want = CONSOLE_ON_NVIDIA
	  "10 pci-driver " CARD " ->vfio-pci:vfio-pci (requested)\n"
	  "10 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("11") },
	{ "the desktop is on another card, and services compute on this one",
	  { { "run/systemd/sessions/2", "UID=1000\nUSER=eve\nACTIVE=1\nSTATE=active\nREMOTE=0\nTYPE=wayland\n"
	      "CLASS=user\nSCOPE=session-2.scope\nSEAT=seat0\nLEADER=1400\nSERVICE=gdm-password\n"
	      "DEVICES=13:64 226:1\n" },
	    { "proc/1/fd/10", NULL }, { "proc/600/fd/10", NULL }, { "proc/1500/fd/10", NULL },
	    { "proc/1500/fd/11", NULL }, { "proc/1500/fd/12", NULL }, { "proc/1500/fd/13", NULL },
	    { "proc/1600/fd/10", NULL }, { "proc/1700/fd/10", NULL }, { "proc/1700/fd/11", NULL },
	    { "proc/iomem", "" }, { "sys/bus/platform/drivers/efi-framebuffer/efi-framebuffer.0", NULL },
	    { "sys/module/nvidia_drm/parameters/modeset", "N\n" },
	    { "proc/2000/comm", "nv-hostengine\n" },
	    { "proc/2000/cgroup", "0::/system.slice/nvidia-dcgm.service\n" },
	    { "proc/2000/fd/9", "->/dev/nvidia0" },
	    { "run/systemd/units/invocation:nvidia-dcgm.service", "->1" },
	    { DEVICES CARD "/drm/card0/card0-DP-1/enabled", "disabled\n" },
	    { "sys/devices/pci0000:00/0000:00:02.0/class", "0x030000\n" },
	    { "sys/devices/pci0000:00/0000:00:02.0/drm/card1/card1-DP-1/enabled", "enabled\n" },
	    { "sys/bus/pci/devices/0000:00:02.0", "->../../../devices/pci0000:00/0000:00:02.0" },
	    { "sys/class/drm/card1", "->../../devices/pci0000:00/0000:00:02.0/drm/card1" } },
	  .want = "1 unit nvidia-persistenced.service active>inactive (its process nvidia-persiste has "
		  "/dev/nvidia0 open)\n"
		  "1 unit nvidia-dcgm.service active>inactive (its process nv-hostengine has /dev/nvidia0 open)\n"
		  "2 card-idle " CARD " in-use>idle (" UNUSED ")\n"
		  "3 unloaded-driver " CARD " nvidia>- (its driver goes with the modules)\n"
		  "4 kernel-module nvidia_drm loaded>absent (" HANGS ")\n"
		  "5 kernel-module nvidia_modeset loaded>absent (" HANGS ")\n"
		  "6 kernel-module nvidia_uvm loaded>absent (" HANGS ")\n"
		  "7 kernel-module nvidia loaded>absent (" HANGS ")\n"
		  "8 pci-driver " CARD " ->vfio-pci:vfio-pci (requested)\n"
		  "8 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" ANSWERS("9") },
	{ "the desktop has ended already",
	  { { "run/systemd/sessions/2", NULL }, { "run/systemd/sessions/5", NULL },
	    { "run/systemd/units/invocation:gdm.service", NULL },
	    { "proc/1/fd/10", NULL }, { "proc/600/fd/10", NULL }, { "proc/650/fd/10", NULL },
	    { "proc/650/fd/11", NULL }, { "proc/1500/fd/10", NULL }, { "proc/1500/fd/11", NULL },
	    { "proc/1500/fd/12", NULL }, { "proc/1500/fd/13", NULL }, { "proc/1600/fd/10", NULL },
	    { "proc/1700/fd/10", NULL }, { "proc/1700/fd/11", NULL }, { "proc/iomem", "" },
	    { "sys/bus/platform/drivers/efi-framebuffer/efi-framebuffer.0", NULL },
	    { "sys/module/nvidia_drm/parameters/modeset", "N\n" } },
	  .want = "1 pci-driver " CARD " nvidia>vfio-pci:vfio-pci (requested)\n"
		  "1 pci-driver " SOUND " snd_hda_intel>vfio-pci:vfio-pci (requested)\n" },
	{ "an inhibitor", { { "run/systemd/inhibit/3", "WHAT=shutdown\nWHO=dnf\nWHY=x\nMODE=block\n" } },
	  .want = "!dnf asks not to be interrupted: x (run/systemd/inhibit/3)" },
	{ "what cannot be read", { { "run/systemd/inhibit/3/x", "" } },
	  .want = "!what ends is unknown: run/systemd/inhibit/3: Is a directory" },
	{ "no knobs for it", .no_knobs = true, .want = "!a hand-over is not possible here" },
};

static void change_file(struct fake_host *host, const struct file *file)
{
	if (!file->text && unlinkat(host->root.fd, file->path, 0) < 0)
		fail_msg("cannot remove %s", file->path);
	else if (file->text && hd_text_starts_with(file->text, "->"))
		fake_link(host, file->path, file->text + 2);
	else if (file->text)
		fake_file(host, file->path, file->text);
}

static const char *describe(struct hd_arena *arena, const struct hd_plan *plan)
{
	const char *text = "";

	for (size_t i = 0; i < plan->n; i++) {
		const struct hd_step *step = &plan->steps[i];

		text = hd_printf(arena, "%s%d %s %s %s>%s (%s)\n", text, step->stage,
				 step->knob->name, step->target, step->from, step->to, step->why);
	}
	return text;
}

static void run(void **state)
{
	static const struct hd_handover policy = { .is_asked = true, .ends_sessions = true };
	const struct row *row = *state;
	const struct hd_knobs knobs = { &pci_driver, &module, row->is_managed ? &managed : NULL,
					row->no_knobs ? NULL : &handover };
	struct hd_hostdev asks[3] = {
		{ .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 0x0a },
		  .managed = row->is_managed },
		{ .kind = HD_DEVICE_PCI, .has_addr = true, .addr = { .bus = 0x0a, .fn = 1 },
		  .managed = row->is_managed },
		{ .kind = HD_DEVICE_USB, .usb_vendor = 0x046d, .usb_product = 0xc31c },
	};
	struct hd_request request = { .hostdevs = asks, .n_hostdevs = row->has_keyboard ? 3 : 2,
				      .policy.handover = policy };
	struct hd_facts_query query;
	struct hd_plan plan = { 0 };
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;
	int rc;

	fake_host_make(&host);
	if (fake_tree_load_file(&host, TREE, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		change_file(&host, &row->files[i]);
	hd_facts_query_for(&query, &host.arena, &request);
	query.want = HD_WANT_ALL;
	assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
	rc = hd_plan_for_start(&plan, &host.arena, &request, &facts, &knobs, &err);
	if (*row->want == '!')
		assert_string_equal(rc < 0 ? err.text : "no error", row->want + 1);
	else
		assert_string_equal(rc < 0 ? err.text : describe(&host.arena, &plan), row->want);
	assert_int_equal(rc < 0, *row->want == '!');
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("handover steps", tests, NULL, NULL);
}
