/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_display.c - what does the host show or compute with a graphics card? */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "facts/display/display_internal.h"
#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"
#define PORT "sys/devices/pci0000:00/0000:00:01.0"
#define AT PORT "/" FN
#define IGPU "sys/devices/pci0000:00/0000:00:02.0"

#define LINE(start, end) "0x00000000" start " 0x00000000" end
#define NOTHING LINE("00000000", "00000000") " 0x0000000000000000\n"
/* BARs at 0xe0000000 and 0xf0000000, and a port. */
#define BARS \
	LINE("f0000000", "f0ffffff") " 0x0000000000040200\n" \
	LINE("e0000000", "efffffff") " 0x000000000014220c\n" NOTHING NOTHING NOTHING \
	LINE("0000e000", "0000e07f") " 0x0000000000040101\n" \
	LINE("c0000000", "dfffffff") " 0x0000000000040200\n"
#define RESOURCE { AT "/resource", BARS }
#define IOMEM(below) { "proc/iomem", \
	"00000000-00000fff : Reserved\n" \
	"c0000000-febfffff : PCI Bus 0000:00\n" \
	"  d0000000-dfffffff : 0000:00:02.0\n" \
	"  e0000000-f1ffffff : PCI Bus 0000:01\n" below \
	"febc0000-febc0fff : something\n" }
#define BAR "    e0000000-efffffff : " FN "\n"
#define PLATFORM(driver) { "sys/bus/platform/drivers/" driver "/" driver ".0", \
	"->../../../../devices/platform/" driver ".0" }
#define CARD { AT "/drm/card1/dev", "226:1\n" }, { AT "/drm/renderD129/dev", "226:129\n" }
#define FBCON(bind) { "sys/class/vtconsole/vtcon0/name", "(S) dummy device\n" }, \
	{ "sys/class/vtconsole/vtcon0/bind", "0\n" }, \
	{ "sys/class/vtconsole/vtcon1/name", "(M) frame buffer device\n" }, \
	{ "sys/class/vtconsole/vtcon1/bind", bind "\n" }
#define FB(n, path) { "sys/class/graphics/fb" n, "->../../../" path "/graphics/fb" n }
#define SESSION(id, more) { "run/systemd/sessions/" id, "# This is private data. Do not parse.\n" \
	"UID=1000\nUSER=joe\nACTIVE=1\nLEADER=900\n" more }
#define WHERE "sys/class/vtconsole/vtcon1/bind | echo 0 > /" "sys/class/vtconsole/vtcon1/bind\n"
#define UNBIND(driver) "echo " driver ".0 > /sys/bus/platform/drivers/" driver "/unbind\n"
#define KFD_NODE(n, id, properties) \
	{ "sys/class/kfd/kfd/topology/nodes/" n "/gpu_id", id "\n" }, \
	{ "sys/class/kfd/kfd/topology/nodes/" n "/properties", properties }

#define DRM(n, addr) \
	{ "sys/class/drm/card" n, "->../../devices/pci0000:00/" addr "/drm/card" n }

struct file {
	const char *path, *text;
};

static const struct row {
	const char *name;
	enum hd_driver_kind kind;	/* HD_DRIVER_NONE: on a driver of the host */
	const char *driver;		/* NULL: i915 */
	bool is_boot_vga;
	struct file files[20];
	const char *uses;		/* one line per use: "WHAT | FILE | COMMAND or PARAMETER\n" */
} rows[] = {
	{ "nothing", 0, NULL, true, { RESOURCE, IOMEM(BAR) }, "" },
	{ "its own driver in its memory", 0, NULL, true,
	  { RESOURCE, IOMEM(BAR "      e0000000-efffffff : bochs-drm\n") }, "" },

	{ "efifb", 0, NULL, true, { RESOURCE, IOMEM(BAR "      e0000000-e02fffff : efifb\n"),
	  PLATFORM("efi-framebuffer") },
	  "the boot screen is in its memory: efifb (efi-framebuffer.0) | proc/iomem | "
	  UNBIND("efi-framebuffer") },
	{ "efifb, and the card on VFIO", HD_DRIVER_VFIO, NULL, false,
	  { RESOURCE, IOMEM(BAR "      e0000000-e02fffff : efifb\n"), PLATFORM("efi-framebuffer") },
	  "the boot screen is in its memory: efifb (efi-framebuffer.0) | proc/iomem | "
	  UNBIND("efi-framebuffer") },
	{ "BOOTFB with simpledrm", HD_DRIVER_HARMLESS, NULL, true,
	  { RESOURCE, IOMEM(BAR "      e0000000-e02fffff : BOOTFB\n"
			    "        e0000000-e02fffff : simpledrm\n"),
	    PLATFORM("simple-framebuffer") },
	  "the boot screen is in its memory: BOOTFB (simple-framebuffer.0) | proc/iomem | "
	  UNBIND("simple-framebuffer") },
	{ "BOOTFB without a driver", 0, NULL, true,
	  { RESOURCE, IOMEM(BAR "      e0000000-e02fffff : BOOTFB\n") },
	  "the boot screen is in its memory: BOOTFB | proc/iomem | "
	  "initcall_blacklist=sysfb_init\n" },
	{ "vesafb", 0, NULL, true, { RESOURCE, IOMEM(BAR "      e0000000-e02fffff : vesafb\n") },
	  "the boot screen is in its memory: vesafb | proc/iomem | video=vesafb:off\n" },
	{ "vesadrm", 0, NULL, true, { RESOURCE,
	  IOMEM(BAR "      e0000000-e02fffff : vesa-framebuffer.0\n"), PLATFORM("vesa-framebuffer") },
	  "the boot screen is in its memory: vesa-framebuffer.0 (vesa-framebuffer.0) | "
	  "proc/iomem | " UNBIND("vesa-framebuffer") },
	{ "not nested, by address", 0, NULL, false, { RESOURCE,
	  IOMEM("  f0800000-f08fffff : efifb\n"), PLATFORM("efi-framebuffer") },
	  "the boot screen is in its memory: efifb (efi-framebuffer.0) | proc/iomem | "
	  UNBIND("efi-framebuffer") },
	{ "on another card", 0, NULL, false, { RESOURCE,
	  IOMEM("    d0000000-d02fffff : efifb\n" BAR), PLATFORM("efi-framebuffer") }, "" },
	{ "behind its memory", 0, NULL, true, { RESOURCE,
	  IOMEM(BAR "  f2000000-f20fffff : BOOTFB\n"), PLATFORM("simple-framebuffer") }, "" },
	{ "seventh line of resource is not a BAR", 0, NULL, true, { RESOURCE,
	  IOMEM("    d0000000-d02fffff : efifb\n") }, "" },
	{ "masked addresses, nested", 0, NULL, false, { RESOURCE, { "proc/iomem",
	  "00000000-00000000 : PCI Bus 0000:00\n  00000000-00000000 : " FN "\n"
	  "    00000000-00000000 : efifb\n" } },
	  "the boot screen is in its memory: efifb | proc/iomem | video=efifb:off\n" },
	{ "masked addresses, of another card", 0, NULL, false, { RESOURCE, { "proc/iomem",
	  "00000000-00000000 : PCI Bus 0000:00\n  00000000-00000000 : " FN "\n"
	  "  00000000-00000000 : 0000:02:00.0\n    00000000-00000000 : efifb\n" },
	  PLATFORM("efi-framebuffer") }, "" },
	{ "nothing reserved", 0, NULL, true, { RESOURCE, IOMEM(BAR), PLATFORM("efi-framebuffer") },
	  "the boot screen is on the card (efi-framebuffer.0) | "
	  "sys/bus/pci/devices/" FN "/boot_vga | " UNBIND("efi-framebuffer") },
	{ "nothing reserved, not the boot card", 0, NULL, false,
	  { RESOURCE, IOMEM(BAR), PLATFORM("efi-framebuffer") }, "" },
	{ "similar names", 0, NULL, true, { RESOURCE,
	  IOMEM(BAR "      e0000000-e02fffff : efi runtime\n      e1000000-e1ffffff : simplex\n") },
	  "" },

	{ "console on its only framebuffer", 0, NULL, false, { FBCON("1"), FB("0", AT) },
	  "fb0 -> vtcon1: it shows the text consoles | " WHERE },
	{ "console that could not be bound again", 0, NULL, false, { FB("0", AT),
	  { "sys/class/vtconsole/vtcon0/name", "(M) dummy device\n" },
	  { "sys/class/vtconsole/vtcon1/name", "(M) frame buffer device\n" },
	  { "sys/class/vtconsole/vtcon1/bind", "1\n" } }, "fb0 -> vtcon1: it shows the text consoles | "
	  "sys/class/vtconsole/vtcon1/bind | give the card to vfio-pci at boot (`hostdevctl setup bind " FN "`): by "
	  "hand, the text consoles cannot be bound to vtcon1 again before its next framebuffer\n" },
	{ "console taken off", 0, NULL, false, { FBCON("0"), FB("0", AT) }, "" },
	{ "console on another card", 0, NULL, false, { FBCON("1"), FB("0", IGPU), FB("1", AT) }, "" },
	{ "console on the first of two", 0, NULL, false, { FBCON("1"), FB("0", AT), FB("1", IGPU) },
	  "fb0 -> vtcon1: it shows the text consoles | " WHERE },
	{ "console on the boot card", 0, NULL, false, { FBCON("1"), FB("0", AT), FB("1", IGPU),
	  { IGPU "/boot_vga", "1\n" } }, "" },
	{ "console on a platform framebuffer", 0, NULL, false, { FBCON("1"),
	  FB("0", "sys/devices/platform/efi-framebuffer.0") }, "" },
	{ "console without a framebuffer", 0, NULL, false, { FBCON("1") }, "" },
	{ "VGA text mode", 0, NULL, true, { { "sys/class/vtconsole/vtcon0/name", "(S) VGA+\n" },
	  { "sys/class/vtconsole/vtcon0/bind", "1\n" } },
	  "vtcon0: the text consoles are in VGA text mode | sys/class/vtconsole/vtcon0/name | ~\n" },
	{ "VGA text mode of another card", 0, NULL, false,
	  { { "sys/class/vtconsole/vtcon0/name", "(S) VGA+\n" },
	    { "sys/class/vtconsole/vtcon0/bind", "1\n" } }, "" },

	{ "session with the card", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=wayland\nSEAT=seat0\nDEVICES=13:64 226:1 13:65 \n") },
	  "card1 -> seat0 -> session 2 of joe (wayland) | run/systemd/sessions/2 | "
	  "loginctl terminate-session 2\n" },
	{ "session with another card", 0, NULL, true, { CARD,
	  SESSION("2", "TYPE=wayland\nSEAT=seat0\nDEVICES=13:64 226:0 226:10 \n") }, "" },
	{ "X server without logind, the boot card", 0, NULL, true, { CARD,
	  SESSION("c1", "TYPE=x11\nSEAT=seat0\n") },
	  "card1 -> seat0 -> session c1 of joe (x11) | run/systemd/sessions/c1 | "
	  "loginctl terminate-session c1\n" },
	{ "X server without logind, another card", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=x11\nSEAT=seat0\n"), DRM("0", "0000:00:02.0"),
	  { "sys/bus/pci/devices/0000:00:02.0/class", "0x030000\n" } }, "" },
	{ "X server without logind, no other card", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=x11\nSEAT=seat0\n"), DRM("0", "0000:00:02.0"),
	  { "sys/bus/pci/devices/0000:00:02.0/class", "0x030200\n" } },
	  "card1 -> seat0 -> session 2 of joe (x11) | run/systemd/sessions/2 | "
	  "loginctl terminate-session 2\n" },
	{ "on another seat", 0, NULL, true, { CARD, SESSION("2", "TYPE=x11\nSEAT=seat0\n"),
	  { "run/udev/data/c226:1", "I:123\nE:ID_SEAT=seat1\nG:seat\n" } }, "" },
	{ "on its second seat", 0, NULL, true, { CARD, SESSION("2", "TYPE=x11\nSEAT=seat1\n"),
	  { "run/udev/data/c226:1", "I:123\nE:ID_SEAT=seat1\nG:seat\n" } },
	  "card1 -> seat1 -> session 2 of joe (x11) | run/systemd/sessions/2 | "
	  "loginctl terminate-session 2\n" },
	{ "text and remote sessions", 0, NULL, true, { CARD, SESSION("1", "TYPE=tty\nSEAT=seat0\n"),
	  SESSION("3", "TYPE=tty\nREMOTE=1\n"), SESSION("4", "TYPE=x11\n") }, "" },
	{ "a session that ends", 0, NULL, true, { CARD,
	  SESSION("2", "TYPE=x11\nSEAT=seat0\nSTATE=closing\n") }, "" },
	{ "no card", 0, NULL, true, { SESSION("2", "TYPE=x11\nSEAT=seat0\n") }, "" },
	{ "a pipe is not a session", 0, NULL, true, { CARD,
	  SESSION("2.ref", "TYPE=x11\nSEAT=seat0\n") }, "" },
	{ "display manager", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=wayland\nSEAT=seat0\nDEVICES=226:1 \n"),
	  { "proc/900/stat", "900 (gdm-session (x) R) S 800 900 900 0 -1 4194560\n" },
	  { "proc/800/cgroup", "0::/system.slice/gdm.service\n" } },
	  "card1 -> seat0 -> session 2 of joe (wayland) | run/systemd/sessions/2 | "
	  "systemctl stop gdm.service\n" },
	{ "started from a console", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=wayland\nSEAT=seat0\nDEVICES=226:1 \n"),
	  { "proc/900/stat", "900 (login) S 1 900 900 0 -1 4194560\n" },
	  { "proc/1/cgroup", "0::/init.scope\n" } },
	  "card1 -> seat0 -> session 2 of joe (wayland) | run/systemd/sessions/2 | "
	  "loginctl terminate-session 2\n" },
	{ "a name that is not a unit", 0, NULL, false, { CARD,
	  SESSION("2", "TYPE=wayland\nSEAT=seat0\nDEVICES=226:1 \n"),
	  { "proc/900/stat", "900 (x) S 800 900\n" },
	  { "proc/800/cgroup", "0::/system.slice/a;reboot.service\n" } },
	  "card1 -> seat0 -> session 2 of joe (wayland) | run/systemd/sessions/2 | "
	  "loginctl terminate-session 2\n" },

	{ "computes", 0, "amdgpu", false, { KFD_NODE("0", "0", "cpu_cores_count 8\nlocation_id 0\n"),
	  KFD_NODE("1", "4711", "simd_count 80\nlocation_id 256\ndomain 0\n"),
	  { "sys/class/kfd/kfd/proc/42/vram_4711", "0\n" }, { "proc/42/comm", "python3\n" },
	  { "sys/class/kfd/kfd/proc/43/vram_99", "0\n" } },
	  "python3 (pid 42) computes on it | sys/class/kfd/kfd/proc/42/vram_4711 | kill 42\n" },
	{ "computes in another domain", 0, "amdgpu", false,
	  { KFD_NODE("1", "4711", "location_id 256\ndomain 1\n"),
	    { "sys/class/kfd/kfd/proc/42/vram_4711", "0\n" } }, "" },
	{ "nvidia_drm with modeset", 0, "nvidia", false, { CARD,
	  { "sys/module/nvidia_drm/parameters/modeset", "Y\n" } },
	  "nvidia_drm holds the card in the kernel (modeset is on) | "
	  "sys/module/nvidia_drm/parameters/modeset | modprobe -r nvidia_drm nvidia_modeset\n" },
	{ "nvidia_drm without", 0, "nvidia", false, { CARD,
	  { "sys/module/nvidia_drm/parameters/modeset", "N\n" } }, "" },
	{ "nvidia_drm has another card", 0, "nvidia", false,
	  { { "sys/module/nvidia_drm/parameters/modeset", "Y\n" } }, "" },
};

static struct hd_pci_fn function_of(const struct row *row)
{
	return (struct hd_pci_fn){
		.addr = { .bus = 1 },
		.name = FN,
		.is_present = true,
		.class = 0x030000,
		.driver = row->driver ? row->driver : "i915",
		.driver_kind = row->kind ? row->kind : HD_DRIVER_HOST,
		.path = AT,
		.is_boot_vga = row->is_boot_vga,
	};
}

static void make_files(struct fake_host *host, const struct file *files, size_t n)
{
	for (size_t i = 0; i < n && files[i].path; i++)
		if (!strncmp(files[i].text, "->", 2))
			fake_link(host, files[i].path, files[i].text + 2);
		else
			fake_file(host, files[i].path, files[i].text);
}

static void read_display(struct hd_display *ret, struct fake_host *host,
			 const struct hd_pci_fn *fn)
{
	struct hd_displays displays;

	hd_displays_find(&displays, &host->root, &host->arena);
	hd_display_read(ret, &host->root, &host->arena, fn, &displays);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	const struct hd_pci_fn fn = function_of(row);
	struct hd_display display;
	const char *uses = "";
	struct fake_host host;

	fake_host_make(&host);
	make_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	read_display(&display, &host, &fn);
	for (size_t i = 0; i < display.n_uses; i++) {
		const struct hd_display_use *use = &display.uses[i];

		uses = hd_printf(&host.arena, "%s%s | %s | %s\n", uses, use->what, use->source,
				 use->command ? use->command : use->advice ? use->advice
				 : use->parameter ? use->parameter : "~");
		assert_int_equal(use->is_harmless, !use->command && !use->advice && !use->parameter);
		assert_int_equal(use->leaves_region, strstr(use->what, "BOOTFB") != NULL);
	}
	assert_string_equal(uses, row->uses);
	assert_null(display.unknown);
	fake_host_remove(&host);
}

#define MODULE(name, count) \
	{ "sys/bus/pci/drivers/" name "/module", "->../../../../module/" name }, \
	{ "sys/bus/pci/drivers/" name "/" FN, "" }, \
	{ "sys/module/" name "/refcnt", count "\n" }
#define OTHER_MODULE(name, other) { "sys/module/" name "/holders/" other "/x", "" }

static const struct refs_row {
	const char *name, *driver;
	struct file files[12];
	const char *module;
	unsigned total, explained;
	bool is_shared;
} refs_rows[] = {
	{ "built in", "nouveau", { { "sys/bus/pci/drivers/nouveau/bind", "" } }, NULL, 0, 0, false },
	{ "no count", "nouveau", { { "sys/bus/pci/drivers/nouveau/module",
	  "->../../../../module/nouveau" } }, NULL, 0, 0, false },
	{ "modules", "nvidia", { MODULE("nvidia", "7"), OTHER_MODULE("nvidia", "nvidia_uvm"),
	  OTHER_MODULE("nvidia", "nvidia_modeset") }, "nvidia", 7, 2, false },
	{ "audio of the screens", "i915", { MODULE("i915", "1") }, "i915", 1, 1, false },
	{ "console", "i915", { MODULE("i915", "2"), FBCON("1"), FB("0", AT) }, "i915", 2, 2, false },
	{ "console, small driver", "ast", { MODULE("ast", "1"), FBCON("1"), FB("0", AT) },
	  "ast", 1, 1, false },
	{ "unexplained", "ast", { MODULE("ast", "3") }, "ast", 3, 0, false },
	{ "two cards", "amdgpu", { MODULE("amdgpu", "90"),
	  { "sys/bus/pci/drivers/amdgpu/0000:0c:00.0", "" } }, "amdgpu", 90, 1, true },
};

static void test_refs(void **state)
{
	const struct refs_row *row = *state;
	const struct row as = { .driver = row->driver };
	const struct hd_pci_fn fn = function_of(&as);
	struct hd_display display;
	struct fake_host host;

	fake_host_make(&host);
	make_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	read_display(&display, &host, &fn);
	if (row->module)
		assert_string_equal(display.refs.module, row->module);
	else
		assert_null(display.refs.module);
	assert_int_equal(display.refs.total, row->total);
	assert_int_equal(display.refs.explained, row->module ? row->explained : 0);
	assert_int_equal(display.refs.is_shared, row->is_shared);
	fake_host_remove(&host);
}

#define CLASS(addr, text) { "sys/bus/pci/devices/" addr "/class", text "\n" }
#define DRIVER(addr, name) \
	{ "sys/bus/pci/devices/" addr "/driver", "->../../../../bus/pci/drivers/" name }

static const struct other_row {
	const char *name;
	bool is_boot_vga;	/* the card that is taken, FN */
	struct file files[12];
	const char *other;
} other_rows[] = {
	{ "alone", true, { CLASS(FN, "0x030000"), DRM("0", FN) }, NULL },
	{ "a second card", true, { CLASS(FN, "0x030000"), CLASS("0000:00:02.0", "0x030000"),
	  DRM("0", FN), DRM("1", "0000:00:02.0"),
	  { "sys/class/drm/card1-HDMI-A-1", "->x" } }, "0000:00:02.0" },
	{ "without a driver", true, { CLASS(FN, "0x030000"), CLASS("0000:09:00.0", "0x038000") },
	  NULL },
	{ "a driver of framebuffers alone", true, { CLASS("0000:09:00.0", "0x030000"),
	  FB("0", "sys/devices/pci0000:00/0000:09:00.0") }, "0000:09:00.0" },
	{ "nvidia without nvidia_drm", true, { CLASS("0000:09:00.0", "0x030000"),
	  { "proc/driver/nvidia/gpus/0000:09:00.0/information", "" } }, "0000:09:00.0" },
	{ "the boot screen is on another", false, {
	  FB("0", "sys/devices/platform/efi-framebuffer.0") }, "the boot screen (fb0)" },
	{ "the boot screen is on it", true, {
	  FB("0", "sys/devices/platform/efi-framebuffer.0") }, NULL },
	{ "the boot screen by its card", false, { CLASS("0000:09:00.0", "0x030000"),
	  { "sys/class/drm/card0",
	    "->../../devices/pci0000:00/0000:09:00.0/simple-framebuffer.0/drm/card0" } },
	  "0000:09:00.0" },
	{ "text consoles on another", false, { { "sys/class/vtconsole/vtcon0/name", "(S) VGA+\n" },
	  { "sys/class/vtconsole/vtcon0/bind", "1\n" } }, "the boot screen (vtcon0)" },
	{ "text consoles on it", true, { { "sys/class/vtconsole/vtcon0/name", "(S) VGA+\n" },
	  { "sys/class/vtconsole/vtcon0/bind", "1\n" } }, NULL },
	{ "a virtual card", false, { { "sys/class/drm/card0",
	  "->../../devices/platform/vkms/drm/card0" } }, NULL },
	{ "a 3D controller", true, { CLASS("0000:09:00.0", "0x030200"), DRM("0", "0000:09:00.0") },
	  NULL },
	{ "given away", true, { CLASS("0000:09:00.0", "0x030000"), DRM("0", "0000:09:00.0"),
	  DRIVER("0000:09:00.0", "vfio-pci"),
	  CLASS("0000:0a:00.0", "0x030000"), DRM("1", "0000:0a:00.0"),
	  DRIVER("0000:0a:00.0", "pci-stub"),
	  CLASS("0000:0b:00.0", "0x030000"), DRM("2", "0000:0b:00.0"),
	  DRIVER("0000:0b:00.0", "nvgrace_gpu"),
	  { "sys/bus/pci/devices/0000:0b:00.0/vfio-dev/vfio0/dev", "" } }, NULL },
	{ "other devices", true, { CLASS("0000:00:1f.0", "0x060100"), DRM("0", "0000:00:1f.0"),
	  { "sys/class/drm/card1", "->x" } }, NULL },
};

static void test_other(void **state)
{
	const struct other_row *row = *state;
	const struct row as = { .is_boot_vga = row->is_boot_vga };
	const struct hd_pci_fn fn = function_of(&as), *taken = &fn;
	struct hd_displays displays;
	struct fake_host host;
	const char *other;

	fake_host_make(&host);
	make_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	hd_displays_find(&displays, &host.root, &host.arena);
	other = hd_display_other(&displays, &host.arena, &taken, 1);
	if (row->other)
		assert_string_equal(other, row->other);
	else
		assert_null(other);
	fake_host_remove(&host);
}

static const struct buffers_row {
	const char *name;
	struct file files[12];
	unsigned total, unexplained;
	const char *owners, *command;
} buffers_rows[] = {
	{ "explained", { { "proc/42/fd/3", "->/dmabuf:" } }, 1, 0, NULL, NULL },
	{ "nobody to name", { { "proc/42/fd/3", "->/dev/null" } }, 2, 1, NULL, NULL },
	{ "by its module", { { "proc/42/fd/3", "->/dmabuf:" }, { "proc/42/comm", "perl\n" },
	  { "proc/42/fdinfo/3", "pos:\t0\nsize:\t9\ncount:\t1\nexp_name:\ti915\n" },
	  { "proc/44/fd/9", "->/dmabuf:x" }, { "proc/44/fdinfo/9", "exp_name:\ti915\n" } },
	  2, 1, "perl (pid 42), a process (pid 44)", "kill 42 44" },
	{ "by drm, one card", { { "proc/42/fd/3", "->/dmabuf:" },
	  { "proc/42/fdinfo/3", "exp_name:\tdrm\n" }, { "sys/class/drm/card0", "->x" },
	  { "sys/class/drm/renderD128", "->x" } }, 3, 2, "a process (pid 42)", "kill 42" },
	{ "by drm, two cards", { { "proc/42/fd/3", "->/dmabuf:" },
	  { "proc/42/fdinfo/3", "exp_name:\tdrm\n" }, { "sys/class/drm/card0", "->x" },
	  { "sys/class/drm/card1", "->x" } }, 3, 2, NULL, NULL },
	{ "another exporter", { { "proc/42/fd/3", "->/dmabuf:" },
	  { "proc/42/fdinfo/3", "exp_name:\tudmabuf\n" } }, 3, 2, NULL, NULL },
};

static void test_buffers(void **state)
{
	const struct buffers_row *row = *state;
	struct hd_pci_facts fn = {
		.display.refs = { .module = "i915", .total = row->total, .explained = 1 },
	};
	struct hd_display_refs *refs = &fn.display.refs;
	struct fake_host host;
	struct hd_facts facts = { .root = &host.root, .fns = &fn, .n_fns = 1 };

	fake_host_make(&host);
	make_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	hd_displays_explain(&facts, &host.arena);
	assert_int_equal(refs->unexplained, row->unexplained);
	assert_string_equal(refs->owners ? refs->owners : "-", row->owners ? row->owners : "-");
	assert_string_equal(refs->command ? refs->command : "-",
			    row->command ? row->command : "-");
	refs->unexplained = 0;
	fn.holders.n = 1;
	hd_displays_explain(&facts, &host.arena);
	assert_int_equal(refs->unexplained, 0);
	fn.holders.n = 0;
	refs->is_shared = true;
	hd_displays_explain(&facts, &host.arena);
	assert_int_equal(refs->unexplained, 0);
	fake_host_remove(&host);
}

/* What is there and cannot be read is unknown; what is not a display is not looked at. */
static void test_unknown(void **state)
{
	const struct row as = { .is_boot_vga = true };
	struct hd_pci_fn fn = function_of(&as);
	const struct file card[] = { CARD };
	struct hd_display display;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	make_files(&host, card, HD_ARRAY_SIZE(card));
	fake_dir(&host, "proc/iomem");
	read_display(&display, &host, &fn);
	assert_string_equal(display.unknown, "proc/iomem: Is a directory");
	fake_dir(&host, "run/systemd/sessions/2");
	read_display(&display, &host, &fn);
	assert_string_equal(display.unknown, "run/systemd/sessions/2: Is a directory");
	fn.class = 0x020000;
	read_display(&display, &host, &fn);
	assert_null(display.unknown);
	fake_host_remove(&host);
}

static void test_hostile(void **state)
{
	const struct row as = { .is_boot_vga = true };
	const struct hd_pci_fn fn = function_of(&as);
	const struct file files[] = {
		CARD,
		{ "run/systemd/sessions/2", "TYPE=x11\nSEAT=seat0\nUSER=a\033[2Jb\nLEADER=../1\n" },
	};
	struct hd_display display;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	make_files(&host, files, HD_ARRAY_SIZE(files));
	read_display(&display, &host, &fn);
	assert_int_equal(display.n_uses, 1);
	assert_string_equal(display.uses[0].what,
			    "card1 -> seat0 -> session 2 of a?[2Jb (x11)");
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(refs_rows) +
				HD_ARRAY_SIZE(other_rows) + HD_ARRAY_SIZE(buffers_rows) + 2];
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[n++] = (struct CMUnitTest){ rows[i].name, test_row, NULL, NULL,
						  (void *)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(refs_rows); i++)
		tests[n++] = (struct CMUnitTest){ refs_rows[i].name, test_refs, NULL, NULL,
						  (void *)&refs_rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(other_rows); i++)
		tests[n++] = (struct CMUnitTest){ other_rows[i].name, test_other, NULL, NULL,
						  (void *)&other_rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(buffers_rows); i++)
		tests[n++] = (struct CMUnitTest){ buffers_rows[i].name, test_buffers, NULL, NULL,
						  (void *)&buffers_rows[i] };
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_unknown);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_hostile);
	return _cmocka_run_group_tests("display", tests, n, NULL, NULL);
}
