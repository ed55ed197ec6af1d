/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_audit.c - are denials of AppArmor and SELinux told in words, whoever lists or wraps them? */
#include "config.h"

#include <string.h>

#include "explain/audit.h"
#include "explain/log_search.h"
#include "tests/support/unit.h"

#define FIRST "audit: type=1400 audit(1.1:2): apparmor=\"DENIED\" operation=\"open\""
#define SECOND "profile=\"libvirt-1\" name=\"/bak/gpu.rom\""
#define THIRD "pid=1 comm=\"qemu-system-x86\" requested_mask=\"r\" denied_mask=\"r\" fsuid=0 ouid=0"
#define AVC "type=AVC msg=audit(1.1:2): avc:  denied  { read write } for  pid=1 "
#define CONTEXTS " scontext=system_u:system_r:svirt_t:s0:c1,c2 tcontext=system_u:object_r:sysfs_t:s0 tclass=file"

static const struct {
	const char *line, *denial, *program, *path;
} denials[] = {
	{ AVC "comm=\"qemu-kvm\" name=\"possible\" dev=\"sysfs\" ino=4" CONTEXTS,
	  "qemu-kvm (svirt_t) may not read write possible on sysfs (sysfs_t)", "qemu-kvm", NULL },
	{ AVC "comm=CPU 0/KVM path=/dev/vhost-vdpa-0 dev=\"devtmpfs\"" CONTEXTS,
	  "CPU 0/KVM (svirt_t) may not read write /dev/vhost-vdpa-0 (sysfs_t)", "CPU 0/KVM", "/dev/vhost-vdpa-0" },
	{ "avc: denied { getattr } for pid=1 comm=\"x\"" CONTEXTS, "x (svirt_t) may not getattr file (sysfs_t)", "x",
	  NULL },
	{ FIRST " " SECOND " " THIRD, "qemu-system-x86 may not open /bak/gpu.rom (asked for r)", "qemu-system-x86",
	  "/bak/gpu.rom" },
	{ "apparmor=\"DENIED\" operation=\"capable\" profile=\"x\" pid=1 comm=\"y\" capability=21 "
	  "capname=\"sys_admin\"",
	  "y may not capable sys_admin", "y", NULL },
	{ "DENIED libvirtd open /run/udev/data/c21:6 comm=nodedev-init requested_mask=r denied_mask=r",
	  "nodedev-init may not open /run/udev/data/c21:6", "nodedev-init", "/run/udev/data/c21:6" },
	{ "SELinux is preventing /usr/libexec/qemu-kvm from read access on the file gpu.rom.",
	  "qemu-kvm may not read the file gpu.rom", "qemu-kvm", NULL },
	{ "SELinux is preventing rpc-virtqemud from execute access on the file /etc/libvirt/hooks/qemu. For more",
	  "rpc-virtqemud may not execute the file /etc/libvirt/hooks/qemu. For more", "rpc-virtqemud", NULL },
	{ "avc: denied", "a program may not do what the line names", NULL, NULL },
	{ "apparmor=\"DENIED\" operation=\"", "a program may not do what the line names", NULL, NULL },
};

static void denials_are_told_in_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(denials); i++) {
		struct hd_arena arena = { 0 };
		struct hd_fields fields = { .n = 0 };

		hd_audit_fields(&fields, denials[i].line, &arena);
		assert_string_equal(hd_field_value(&fields, "denial"), denials[i].denial);
		if (denials[i].program)
			assert_string_equal(hd_field_value(&fields, "program"), denials[i].program);
		if (denials[i].path)
			assert_string_equal(hd_field_value(&fields, "path"), denials[i].path);
		else
			assert_null(hd_field_value(&fields, "path"));
		hd_arena_done(&arena);
	}
}

/* However it is pasted, one record is one answer. */
static void one_record_has_one_answer(void **state)
{
	static const struct {
		const char *text, *id;
	} texts[] = {
		{ FIRST "\n" SECOND "\n" THIRD "\n", "apparmor-guest-denied" },
		{ FIRST "\n  " SECOND " pid=1 comm=\"qemu-\nsystem-x86\" requested_mask=\"r\" denied_mask=\"r\"\n",
		  "apparmor-guest-denied" },
		{ "type=PROCTITLE msg=audit(1.1:2) : proctitle=/usr/libexec/qemu-kvm\n"
		  AVC "comm=\"qemu-kvm\" name=\"x\"\n"
		  CONTEXTS " permissive=0\n"
		  "type=SYSCALL msg=audit(1.1:2) : syscall=mmap success=no exit=EACCES(Permission denied)\n",
		  "selinux-guest-denied" },
		{ "SELinux is preventing qemu-kvm from read access on the file x.\n"
		  "Then you should report this as a bug.\n", "selinux-denied" },
		{ "DENIED  libvirtd open /run/x comm=a requested_mask=r denied_mask=r\n", "apparmor-denied" },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++) {
		struct hd_arena arena = { 0 };
		struct hd_explanation found;

		hd_explain_text(&found, &arena, texts[i].text);
		if (found.n != 1 || found.n_unknown || strcmp(found.items[0].message->id, texts[i].id) != 0)
			fail_msg("%zu answers, %zu lines unknown, first %s: %s", found.n, found.n_unknown,
				 found.n ? found.items[0].message->id : "none", texts[i].text);
		hd_arena_done(&arena);
	}
}

/* A record whose end is not there stays what it is: what follows is read on its own. */
static void what_follows_is_not_swallowed(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, FIRST "\nNov 21 10:00:00 host kernel: pid=1 denied_mask=\"r\"\n"
			"qemu: vfio 0000:01:00.0: group 1 is not viable\n");
	assert_int_equal(found.n, 2);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(denials_are_told_in_words), cmocka_unit_test(one_record_has_one_answer),
		cmocka_unit_test(what_follows_is_not_swallowed),
	};

	return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
