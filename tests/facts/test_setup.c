/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_setup.c - what is configured on a host, read from its files. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facts/setup/host_setup.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define GRUB "etc/default/grub"
#define HOOKS "etc/libvirt/hooks/"
#define UNITS "systemd/system/"

struct state {
	struct fake_host host;
	struct hd_setup setup;
};

static int make(void **state)
{
	static struct state *s;

	s = calloc(1, sizeof(*s));
	if (!s)
		return -1;
	fake_host_make(&s->host);
	fake_good_host(&s->host);
	*state = s;
	return 0;
}

static int done(void **state)
{
	struct state *s = *state;

	fake_host_remove(&s->host);
	free(s);
	return 0;
}

static const struct hd_setup *collect(struct state *s)
{
	hd_setup_read(&s->setup, &s->host.root, &s->host.arena);
	return &s->setup;
}

static void is_source(const struct hd_setup *setup, size_t i, const char *path,
		      const char *words, bool is_next_boot)
{
	assert_true(i < setup->n_boot);
	assert_string_equal(setup->boot[i].path, path);
	assert_string_equal(setup->boot[i].words, words);
	assert_int_equal(setup->boot[i].is_next_boot, is_next_boot);
}

static void nothing_is_there(void **state)
{
	const struct hd_setup *setup = collect(*state);

	assert_int_equal(setup->n_boot, 0);
	assert_null(setup->boot_unread);
	assert_int_equal(setup->n_kernel_lines, 0);
	assert_true(setup->has_module_tree);
	assert_null(setup->other_release);
	assert_string_equal(setup->group_type, "DMA-FQ");
	assert_int_equal(setup->n_ids, 0);
	assert_int_equal(setup->n_hooks, 0);
	assert_false(setup->has_libvirt);
	assert_false(setup->has_selinux_module);
}

/* The daemon's own, also when another one is installed; of a capture the link is there alone. */
static void the_library_has_a_version(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "etc/libvirt/qemu.conf", "");
	assert_int_equal(collect(s)->libvirt_version, 0);
	fake_link(&s->host, "usr/lib/x86_64-linux-gnu/libvirt.so.0", "libvirt.so.0.12005.0");
	assert_int_equal(collect(s)->libvirt_version, 12005);
	assert_string_equal(s->setup.libvirt_library, "libvirt.so.0.12005.0");
	fake_file(&s->host, "run/libvirt/qemu/driver.pid", "812");
	fake_file(&s->host, "proc/812/comm", "libvirtd\n");
	fake_file(&s->host, "proc/812/maps", "7f00-7f01 r-xp 0 08:01 9 /usr/lib64/libvirt.so.0.9000.0\n");
	assert_int_equal(collect(s)->libvirt_version, 9000);
	assert_string_equal(s->setup.hook_dir, "etc/libvirt/hooks");
}

static void grub_is_read(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, GRUB,
		  "# GRUB_CMDLINE_LINUX=\"no\"\n"
		  "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet splash\"\n"
		  "GRUB_CMDLINE_LINUX='intel_iommu=on'  # really\n");
	fake_file(&s->host, GRUB ".d/90-x.cfg",
		  "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX iommu=pt\"\n"
		  "GRUB_CMDLINE_LINUX_DEFAULT+=\" hugepages=4\"\n");
	fake_file(&s->host, GRUB ".d/99-not.bak", "GRUB_CMDLINE_LINUX=off\n");
	fake_file(&s->host, "usr/sbin/grub-mkconfig", "for x in ${sysconfdir}/default/grub.d/*.cfg; do\n");
	fake_file(&s->host, "boot/grub/grub.cfg",
		  "menuentry 'Debian' {\n\tset x\n"
		  "\tlinux\t/vmlinuz-6.1.0-18-amd64 root=UUID=1 ro quiet\n}\n"
		  "menuentry 'recovery' {\n\tlinux /vmlinuz single\n}\n");
	collect(s);
	assert_int_equal(s->setup.n_boot, 3);
	is_source(&s->setup, 0, GRUB ".d/90-x.cfg", "quiet splash hugepages=4", false);
	is_source(&s->setup, 1, GRUB ".d/90-x.cfg", "intel_iommu=on iommu=pt", false);
	is_source(&s->setup, 2, "boot/grub/grub.cfg", " root=UUID=1 ro quiet", true);
}

/* Debian's grub-mkconfig has them; GRUB's own has not, nor has a host without GRUB. */
static void drop_ins_count_where_they_are_read(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, GRUB, "GRUB_CMDLINE_LINUX=quiet\n");
	fake_file(&s->host, GRUB ".d/90-x.cfg", "GRUB_CMDLINE_LINUX=intel_iommu=on\n");
	is_source(collect(s), 0, GRUB, "quiet", false);
	fake_file(&s->host, "usr/sbin/grub2-mkconfig", ". ${sysconfdir}/default/grub\n");
	is_source(collect(s), 0, GRUB, "quiet", false);
	fake_file(&s->host, "usr/sbin/grub2-mkconfig", ". ${sysconfdir}/default/grub.d/x.cfg\n");
	is_source(collect(s), 0, GRUB ".d/90-x.cfg", "intel_iommu=on", false);
}

static void variables_are_told_apart(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, GRUB,
		  "GRUB_CMDLINE_LINUX=a\n"
		  "export GRUB_CMDLINE_LINUX_DEFAULT=\"${GRUB_CMDLINE_LINUX} $GRUB_CMDLINE_LINUX c\"\n"
		  "GRUB_CMDLINE_LINUX_XEN=no\nGRUB_CMDLINE_LINUX='$GRUB_CMDLINE_LINUX b'\n");
	collect(s);
	is_source(&s->setup, 0, GRUB, "a a c", false);
	is_source(&s->setup, 1, GRUB, "$GRUB_CMDLINE_LINUX b", false);
}

/* Code that is not understood: no words of it count, and the reason is kept. */
static void code_is_not_guessed(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, GRUB, "if true; then\nGRUB_CMDLINE_LINUX=intel_iommu=on\nfi\n");
	collect(s);
	assert_int_equal(s->setup.n_boot, 0);
	assert_string_equal(s->setup.boot_unclear,
			    "/etc/default/grub:2: kernel parameters are set by code with conditions");
	fake_file(&s->host, "boot/grub/grub.cfg", "linux /vmlinuz ro\n");
	is_source(collect(s), 0, "boot/grub/grub.cfg", " ro", true);
}

/* Each line doubles the value: it must not grow without bound. */
static void a_bomb_is_bounded(void **state)
{
	struct state *s = *state;
	const char *text = "GRUB_CMDLINE_LINUX=0123456789abcdef\n";

	for (int i = 0; i < 40; i++)
		text = hd_printf(&s->host.arena, "%sGRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX"
				 "$GRUB_CMDLINE_LINUX\"\n", text);
	fake_file(&s->host, GRUB, text);
	collect(s);
	assert_int_equal(s->setup.n_boot, 0);
	assert_non_null(strstr(s->setup.boot_unclear, "the value is too long"));
}

static void entries_are_read(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "etc/kernel/cmdline", "root=UUID=1 iommu=pt\n");
	fake_file(&s->host, "boot/loader/entries/a-0-rescue.conf", "options rescue\n");
	fake_file(&s->host, "boot/loader/entries/a-6.8.conf", "title x\noptions old\n");
	fake_file(&s->host, "boot/loader/entries/a-6.9.conf",
		  "title x\noptions $kernelopts\noptions\tamd_iommu=off\n");
	fake_file(&s->host, "boot/grub2/grubenv", "# GRUB\nsaved_entry=1\nkernelopts=root=1 ro \n###");
	fake_file(&s->host, "boot/grub2/grub.cfg", "blscfg\n");
	collect(s);
	assert_int_equal(s->setup.n_boot, 2);
	is_source(&s->setup, 0, "etc/kernel/cmdline", "root=UUID=1 iommu=pt\n", false);
	is_source(&s->setup, 1, "boot/loader/entries/a-6.9.conf",
		  "$kernelopts amd_iommu=off root=1 ro", true);
}

static void the_log_is_read(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "dev/kmsg",
		  "6,1,0,-;Linux version 6.1\n"
		  "6,2,0,-;DMAR: IOMMU enabled\n SUBSYSTEM=x\n"
		  "6,3,0,-;DMAR-IR: Enabled IRQ remapping in x2apic mode\033[1m\n"
		  "12,4,0,-;user says DMAR: IOMMU disabled\nno record\n"
		  "6,5,0,-;iommu: Default domain type: Translated\n");
	collect(s);
	assert_int_equal(s->setup.n_kernel_lines, 3);
	assert_string_equal(s->setup.kernel_lines[0], "DMAR: IOMMU enabled");
	assert_string_equal(s->setup.kernel_lines[1],
			    "DMAR-IR: Enabled IRQ remapping in x2apic mode?[1m");
}

static void kernels_are_compared(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "lib/modules/6.1.0-9-amd64/modules.dep", "");
	collect(s);
	assert_string_equal(s->setup.other_release, "6.1.0-9-amd64");
	assert_false(s->setup.is_other_newer);
	fake_file(&s->host, "lib/modules/6.1.0-20-amd64/modules.dep", "");
	fake_dir(&s->host, "lib/modules/6.9.0-gone");
	collect(s);
	assert_string_equal(s->setup.other_release, "6.1.0-20-amd64");
	assert_true(s->setup.is_other_newer);
}

static void ids_are_found(void **state)
{
	struct state *s = *state;
	const struct fake_pci gpu = { .addr = "0000:01:00.0", .vendor = 0x10de, .device = 0x1b80,
				      .class = 0x030000, .group = 1, .driver = "nouveau" };
	const struct fake_pci other = { .addr = "0000:02:00.0", .group = 2, .driver = "nvme" };

	fake_pci_add(&s->host, &gpu);
	fake_pci_add(&s->host, &other);
	fake_file(&s->host, "etc/modprobe.d/vfio.conf", "options vfio-pci ids=10de:10f0,10DE:1B80\n");
	collect(s);
	assert_int_equal(s->setup.n_ids, 1);
	assert_string_equal(s->setup.ids[0].name, "0000:01:00.0");
	assert_string_equal(s->setup.ids[0].ids, "10de:1b80");
	assert_string_equal(s->setup.ids[0].driver, "nouveau");
	assert_string_equal(s->setup.ids[0].path, "etc/modprobe.d/vfio.conf");
	fake_file(&s->host, "proc/cmdline", "vfio-pci.ids=1b36:0010\n");
	collect(s);
	assert_int_equal(s->setup.n_ids, 1);
	assert_string_equal(s->setup.ids[0].name, "0000:02:00.0");
	assert_string_equal(s->setup.ids[0].path, "proc/cmdline");
}

static const char *value_of(const struct hd_setup *setup, const char *key)
{
	const char *value = NULL;

	for (size_t i = 0; i < setup->n_unit_lines; i++)
		if (!strcmp(setup->unit_lines[i].key, key))
			value = setup->unit_lines[i].value;
	return value;
}

static void units_are_put_together(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "usr/lib/" UNITS "libvirtd.service",
		  "[Unit]\nUser=no\n[Service]\nUser=root\n# User=x\nA = 1\n[Install]\nUser=no\n");
	fake_file(&s->host, "etc/" UNITS "libvirtd.service.d/b.conf", "[Service]\nA=3\n");
	fake_file(&s->host, "usr/lib/" UNITS "libvirtd.service.d/b.conf", "[Service]\nA=4\n");
	fake_file(&s->host, "run/" UNITS "libvirtd.service.d/a.conf", "[Service]\nA=2\nB=\n");
	fake_file(&s->host, "usr/lib/" UNITS "service.d/all.conf", "[Service]\nC=1\n");
	collect(s);
	assert_true(s->setup.has_libvirt);
	assert_string_equal(s->setup.unit, "libvirtd.service");
	assert_string_equal(value_of(&s->setup, "User"), "root");
	assert_string_equal(value_of(&s->setup, "A"), "3");
	assert_string_equal(value_of(&s->setup, "B"), "");
	assert_string_equal(value_of(&s->setup, "C"), "1");
	fake_file(&s->host, "etc/" UNITS "libvirtd.service", "[Service]\nUser=me\n");
	collect(s);
	assert_string_equal(value_of(&s->setup, "User"), "me");
}

#define RULE "udev/rules.d/90-hostdevctl-replug.rules"
#define WANTS(text) "<domain type='kvm'><name>win</name><metadata><h:hostdevctl xmlns:h='urn:hostdevctl:guest:1'>" \
	text "</h:hostdevctl></metadata><memory>1024</memory><os><type>hvm</type></os></domain>"

static void replug_is_there(void **state)
{
	struct state *s = *state;

	assert_null(collect(s)->replug_guest);
	fake_file(&s->host, "etc/libvirt/qemu/plain.xml", WANTS(""));
	assert_null(collect(s)->replug_guest);
	fake_file(&s->host, "etc/libvirt/qemu/win.xml", WANTS("<h:usb replug='yes' port='1-2'/>"));
	assert_string_equal(collect(s)->replug_guest, "win");
	assert_string_equal(s->setup.replug_broken, "usr/lib/" RULE);
	fake_file(&s->host, "usr/lib/" RULE, "RUN\n");
	assert_string_equal(collect(s)->replug_broken, "usr/lib/" UNITS "hostdevctl-replug-bind@.service");
	fake_file(&s->host, "lib/" UNITS "hostdevctl-replug-bind@.service", "[Service]\n");
	fake_file(&s->host, "lib/" UNITS "hostdevctl-replug-remove@.service", "[Service]\n");
	assert_string_equal(collect(s)->replug_broken, "run/udev/control");
	fake_file(&s->host, "run/udev/control", "");
	assert_null(collect(s)->replug_broken);
	fake_link(&s->host, "etc/" RULE, "/dev/null");
	assert_string_equal(collect(s)->replug_broken, "etc/" RULE);
	assert_true(s->setup.is_replug_masked);
}

static void the_daemon_is_told(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "usr/lib/" UNITS "libvirtd.service", "[Service]\n");
	fake_file(&s->host, "usr/lib/" UNITS "virtqemud.service", "[Service]\n");
	assert_string_equal(collect(s)->unit, "libvirtd.service");
	fake_link(&s->host, "etc/" UNITS "sockets.target.wants/virtqemud.socket", "../x");
	fake_file(&s->host, "etc/" UNITS "x", "");
	assert_string_equal(collect(s)->unit, "virtqemud.service");
	fake_file(&s->host, "run/libvirt/qemu/driver.pid", "812\n");
	fake_file(&s->host, "proc/812/comm", "libvirtd\n");
	fake_file(&s->host, "proc/812/limits",
		  "Limit                     Soft Limit           Hard Limit           Units     \n"
		  "Max locked memory         65536                8388608              bytes     \n");
	fake_file(&s->host, "proc/812/status", "Name:\tlibvirtd\nCapEff:\t0000000001000000\n");
	fake_file(&s->host, "proc/stat", "cpu 1\nbtime 1000\n");
	fake_file(&s->host, "proc/812/stat",
		  "812 (a) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 12300 20\n");
	assert_string_equal(collect(s)->unit, "libvirtd.service");
	assert_int_equal(s->setup.daemon.pid, 812);
	assert_true(s->setup.daemon.has_limits);
	assert_true(s->setup.daemon.may_raise_limits);
	assert_int_equal(s->setup.daemon.memlock, 8388608);
	assert_int_equal(s->setup.daemon.started, 1000 + 12300 / sysconf(_SC_CLK_TCK));
	fake_file(&s->host, "proc/812/comm", "bash\n");
	assert_int_equal(collect(s)->daemon.pid, 0);
}

#define LIBRARY "usr/lib/x86_64-linux-gnu/libvirt.so.0"

/* A library whose text for a path begins AT bytes into it. */
static void fake_library(struct state *s, const char *file, size_t at, const char *text)
{
	char *bytes = calloc(1, at + 4096);

	assert_non_null(bytes);
	memset(bytes, 'x', at > 1 ? at - 1 : 0);
	memcpy(bytes + at, text, strlen(text));
	fake_bytes(&s->host, file, bytes, at + 4096);
	free(bytes);
}

static void the_library_says_where(void **state)
{
	static const size_t places[] = { 1, 500, 65536 - 10, 65536, 131072 - 3, 200000 };
	struct state *s = *state;

	fake_file(&s->host, "usr/lib/systemd/system/libvirtd.service", "[Service]");
	for (size_t i = 0; i < HD_ARRAY_SIZE(places); i++) {
		fake_library(s, LIBRARY, places[i], "/opt/v/etc/libvirt/hooks");
		assert_string_equal(collect(s)->hook_dir, "opt/v/etc/libvirt/hooks");
	}
	fake_library(s, LIBRARY, 70000, "/opt/etc/libvirt/hooks/qemu");
	assert_string_equal(collect(s)->hook_dir, "opt/etc/libvirt/hooks");
	fake_link(&s->host, "opt/etc/libvirt/hooks/qemu.d/9", "/usr/sbin/hostdevctl-hook");
	assert_int_equal(collect(s)->n_hooks, 1);
}

static void the_usual_place_is_assumed(void **state)
{
	static const char *const texts[] = {
		"see /etc/libvirt/hooks", "etc/libvirt/hooks", "/libvirt/hooks", "/a/libvirt/hooksX",
		"/a\nb/libvirt/hooks", "",
	};
	struct state *s = *state;

	fake_file(&s->host, "usr/lib/systemd/system/libvirtd.service", "[Service]");
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++) {
		fake_library(s, LIBRARY, 300, texts[i]);
		assert_string_equal(collect(s)->hook_dir, "etc/libvirt/hooks");
	}
}

static void hooks_are_looked_at(void **state)
{
	struct state *s = *state;
	const struct hd_setup *setup;

	fake_script(&s->host, HOOKS "qemu",
		    "#!/bin/sh\n# virsh is not called\nfor f in qemu.d/$1/*; do \"$f\"; done\n");
	fake_script(&s->host, "usr/sbin/hostdevctl-hook", "\177ELF virsh");
	/* Not absolute: below Linux 5.6 and under valgrind such a link leads out of the tree. */
	fake_link(&s->host, HOOKS "qemu.d/50-hostdevctl", "../../../../usr/sbin/hostdevctl-hook");
	fake_script(&s->host, HOOKS "qemu.d/60-x", "#!/bin/sh\necho 1 > $d/driver_override\n");
	fake_file(&s->host, HOOKS "qemu.d/70-y", "echo myvirsh virsh-x; virsh list\n");
	fake_link(&s->host, HOOKS "qemu.d/80-z", "/nowhere");
	fake_script(&s->host, HOOKS "qemu.d/win10/prepare/begin/a.sh", "modprobe -r nvidia\n");
	fake_script(&s->host, HOOKS "qemu.d/a/b/c/d/e/f", "virsh\n");
	setup = collect(s);
	assert_int_equal(setup->n_hooks, 6);
	assert_string_equal(setup->hooks[0].path, HOOKS "qemu");
	assert_null(setup->hooks[0].word);
	assert_true(setup->hooks[0].is_executable);
	assert_string_equal(setup->hooks[1].path, HOOKS "qemu.d/50-hostdevctl");
	assert_true(setup->hooks[1].is_ours && setup->hooks[1].is_executable);
	assert_null(setup->hooks[1].word);
	assert_string_equal(setup->hooks[2].word, "driver_override");
	assert_string_equal(setup->hooks[3].word, "virsh");
	assert_false(setup->hooks[3].is_executable);
	assert_true(setup->hooks[4].is_missing);
	assert_string_equal(setup->hooks[5].word, "modprobe -r");
	assert_true(setup->hooks[5].is_nested);
	assert_true(setup->hooks_changed > 0);
	assert_true(setup->hooks[1].changed > 0);
	assert_string_equal(setup->hook_program, "/usr/sbin/hostdevctl-hook");
	assert_string_equal(setup->hook_dir, "etc/libvirt/hooks");
}

/* A copy of the program may have any name, and is longer than what a script is read of. */
static void a_copied_hook_is_ours(void **state)
{
	static const char usage[] = "hostdevctl-hook [--sysroot DIR] GUEST";
	struct state *s = *state;
	const struct hd_setup *setup;
	char text[70000];

	memset(text, 'x', sizeof(text));
	memcpy(text, "\177ELF", 4);
	memcpy(text + sizeof(text) - sizeof(usage), usage, sizeof(usage));
	fake_script(&s->host, HOOKS "qemu.d/50-copy", text);
	fake_script(&s->host, HOOKS "qemu.d/60-other", "\177ELF hostdevctl-hook");
	setup = collect(s);
	assert_int_equal(setup->n_hooks, 2);
	assert_true(setup->hooks[0].is_ours && !setup->hooks[0].target);
	assert_false(setup->hooks[1].is_ours);
}

static void confinement_is_seen(void **state)
{
	struct state *s = *state;

	fake_file(&s->host, "sys/module/apparmor/parameters/enabled", "Y\n");
	assert_false(collect(s)->has_apparmor);
	fake_file(&s->host, "etc/apparmor.d/usr.sbin.libvirtd", "");
	assert_true(collect(s)->has_apparmor);
	fake_file(&s->host, "etc/apparmor.d/disable/usr.sbin.libvirtd", "");
	assert_false(collect(s)->has_apparmor);
	fake_file(&s->host, "sys/fs/selinux/enforce", "1");
	assert_true(collect(s)->has_selinux);
	assert_false(s->setup.has_selinux_module);
	fake_file(&s->host, "var/lib/selinux/targeted/active/modules/200/hostdevctl/cil", "");
	assert_true(collect(s)->has_selinux_module);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_there, make, done),
		cmocka_unit_test_setup_teardown(the_library_has_a_version, make, done),
		cmocka_unit_test_setup_teardown(grub_is_read, make, done),
		cmocka_unit_test_setup_teardown(drop_ins_count_where_they_are_read, make, done),
		cmocka_unit_test_setup_teardown(variables_are_told_apart, make, done),
		cmocka_unit_test_setup_teardown(code_is_not_guessed, make, done),
		cmocka_unit_test_setup_teardown(a_bomb_is_bounded, make, done),
		cmocka_unit_test_setup_teardown(entries_are_read, make, done),
		cmocka_unit_test_setup_teardown(the_log_is_read, make, done),
		cmocka_unit_test_setup_teardown(kernels_are_compared, make, done),
		cmocka_unit_test_setup_teardown(ids_are_found, make, done),
		cmocka_unit_test_setup_teardown(units_are_put_together, make, done),
		cmocka_unit_test_setup_teardown(replug_is_there, make, done),
		cmocka_unit_test_setup_teardown(the_daemon_is_told, make, done),
		cmocka_unit_test_setup_teardown(hooks_are_looked_at, make, done),
		cmocka_unit_test_setup_teardown(a_copied_hook_is_ours, make, done),
		cmocka_unit_test_setup_teardown(the_library_says_where, make, done),
		cmocka_unit_test_setup_teardown(the_usual_place_is_assumed, make, done),
		cmocka_unit_test_setup_teardown(confinement_is_seen, make, done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
