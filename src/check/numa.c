/* SPDX-License-Identifier: GPL-2.0-or-later */
/* numa.c - are the device, the guest's memory and its processors near each other? */
#include "config.h"

#include <inttypes.h>

#include "base/ranges.h"
#include "base/text.h"
#include "check/checks.h"

#define SHOWN 80

static const struct hd_numa_node *node_of(const struct hd_facts *facts, int id)
{
	for (size_t i = 0; i < facts->memory.n_nodes; i++)
		if (facts->memory.nodes[i].id == id)
			return &facts->memory.nodes[i];
	return NULL;
}

/* Not one virtual processor is near: a guest over several nodes always has some far ones. */
static bool are_vcpus_far(const struct hd_request *request, const char *cpus)
{
	for (size_t i = 0; i < request->n_vcpu_pins; i++)
		if (hd_ranges_meet(request->vcpu_pins[i], cpus))
			return false;
	return request->n_vcpu_pins > 0;
}

static enum hd_verdict is_near(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_request *request = s->request;
	const struct hd_numa_node *node = node_of(s->facts, s->pci->fn.numa_node);
	const char *name = s->pci->fn.name, *text = NULL;
	bool is_minor = true;

	if (!node || s->facts->memory.n_nodes < 2)
		return HD_SKIP;
	if (request->numa_nodeset && !hd_ranges_has(request->numa_nodeset, (unsigned)node->id)) {
		text = hd_printf(s->arena, "<numatune> keeps the guest's memory to node %s",
				 hd_text_printable(s->arena, request->numa_nodeset, SHOWN));
		is_minor = false;
	}
	if (are_vcpus_far(request, node->cpus)) {
		hd_join(s->arena, &text, "no <vcpupin> names one of its processors");
		is_minor = false;
	}
	if (request->emulator_pin && !hd_ranges_meet(request->emulator_pin, node->cpus))
		hd_join(s->arena, &text, "<emulatorpin> names none of its processors");
	if (!text)
		return hd_tell(s, ret, HD_PASS, HD_SYS_PCI "/%s/numa_node reads %d", name, node->id);
	if (is_minor)
		ret->severity = HD_NOTE;
	hd_advise(s, ret, "pin the guest's processors to %s and its memory to "
		  "nodeset='%d', or use a device of its node", node->cpus, node->id);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/numa_node reads %d (processors %s), but %s",
		       name, node->id, node->cpus, text);
}

const struct hd_check hd_check_numa_near = {
	.id = "numa-near",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "the device is on the NUMA node of the guest's memory and processors",
	.remedy = "pin the guest to the device's node",
	.doc = "On a host with several NUMA nodes, each transfer between a device and the "
	       "memory of another node crosses the link between them, and so does each "
	       "interrupt. The check applies to a guest that <numatune>, <vcpupin> or "
	       "<emulatorpin> binds to nodes or processors; one that spans the device's "
	       "node and others passes. Source: the function's numa_node, the node's cpulist.",
	.run = is_near,
};

/* VFIO locks the guest's memory; libvirt adds this for the memory windows of devices. */
#define EXTRA_KIB (1024 * 1024)
#define KIB 1024

static enum hd_verdict may_lock(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_daemon *daemon = &s->facts->daemon;
	uint64_t need;

	if (!daemon->pid || !daemon->has_limits || !s->request->memory_kib)
		return HD_SKIP;
	if (__builtin_mul_overflow(s->request->memory_kib + EXTRA_KIB, KIB, &need))
		need = UINT64_MAX;
	if (daemon->may_raise_limits)
		return hd_tell(s, ret, HD_PASS,
			       "proc/%d/status: %s may raise the limit (CAP_SYS_RESOURCE)",
			       daemon->pid, daemon->name);
	if (daemon->memlock >= need)
		return hd_tell(s, ret, HD_PASS, "proc/%d/limits: %s may lock enough memory",
			       daemon->pid, daemon->name);
	hd_advise(s, ret, HD_COMMAND("systemctl edit %s") ", add [Service] and LimitMEMLOCK=infinity, "
		  "and " HD_COMMAND("systemctl restart %s"), daemon->name, daemon->name);
	return hd_tell(s, ret, HD_FAIL,
		       "VFIO locks the guest's memory and 1 GiB more, %" PRIu64 " bytes, and %s "
		       "(proc/%d/limits) may lock %" PRIu64 " and cannot raise that: it "
		       "has no CAP_SYS_RESOURCE", need, daemon->name, daemon->pid, daemon->memlock);
}

const struct hd_check hd_check_memlock = {
	.id = "memlock",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_WARNING,
	.title = "libvirt may let the guest lock its memory",
	.remedy = "LimitMEMLOCK=infinity in a drop-in of the daemon's unit",
	.doc = "VFIO locks all memory of a guest. libvirt raises RLIMIT_MEMLOCK of QEMU to "
	       "the guest's memory and 1 GiB (qemuDomainGetMemLockLimitBytes), for which "
	       "it needs CAP_SYS_RESOURCE or a high enough limit of its own. A container "
	       "or a hardened unit may have neither: then the start fails with \"cannot "
	       "limit locked memory\", or QEMU with -12. Source: limits and status in "
	       "/proc of the daemon.",
	.is_for_pci = true,
	.run = may_lock,
};
