/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_cpu.c - when a missing processor feature is reported. */
#include "config.h"

#include "tests/support/checkcase.h"

#define CPU &hd_check_cpu_virtualization

static void no_flag(struct check_case *c)
{
	c->facts.host.has_virtualization = false;
}

static void no_flag_amd(struct check_case *c)
{
	no_flag(c);
	c->facts.host.cpu_vendor = "AuthenticAMD";
}

static void no_node(struct check_case *c)
{
	c->facts.host.has_kvm_node = false;
}

static void nested(struct check_case *c)
{
	no_flag(c);
	c->facts.host.is_guest = true;
}

static void no_node_amd(struct check_case *c)
{
	no_node(c);
	c->facts.host.virtualization = "svm";
}

static void no_node_arm(struct check_case *c)
{
	no_node(c);
	c->facts.host.virtualization = c->facts.host.cpu_vendor = NULL;
	c->facts.host.machine = "aarch64";
}

static void emulated(struct check_case *c)
{
	no_flag(c);
	c->request.type = "qemu";
}

static void no_guest(struct check_case *c)
{
	no_flag(c);
	c->request.name = NULL;
	c->request.type = NULL;
}

static const struct check_row rows[] = {
	{ "good", CPU, NULL, HD_PASS, 0, "dev/kvm exists and proc/cpuinfo shows vmx", NULL },
	{ "no vmx", CPU, no_flag, HD_FAIL, HD_WARNING, "proc/cpuinfo", "VT-x" },
	{ "no svm", CPU, no_flag_amd, HD_FAIL, HD_WARNING, "proc/cpuinfo", "SVM" },
	{ "no vmx in a guest", CPU, nested, HD_FAIL, HD_WARNING, "proc/cpuinfo", "host-passthrough" },
	{ "no node", CPU, no_node, HD_FAIL, HD_WARNING, "dev/kvm", "`modprobe kvm_intel`; if" },
	{ "no node, AMD", CPU, no_node_amd, HD_FAIL, HD_WARNING, "dev/kvm", "`modprobe kvm_amd`; if" },
	{ "no node, ARM", CPU, no_node_arm, HD_FAIL, HD_WARNING, "dev/kvm", "exception level 2" },
	{ "a guest of type qemu needs none", CPU, emulated, HD_SKIP, 0, NULL, NULL },
	{ "no guest", CPU, no_guest, HD_FAIL, HD_WARNING, "proc/cpuinfo", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
