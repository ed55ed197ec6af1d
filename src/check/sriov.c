/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sriov.c - are physical and virtual functions in the state that the guest needs? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

static enum hd_verdict has_no_vfs(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (fn->sriov_numvfs < 0 || fn->driver_kind == HD_DRIVER_VFIO)
		return HD_SKIP;
	if (!fn->sriov_numvfs)
		return hd_tell(s, ret, HD_PASS, HD_SYS_PCI "/%s/sriov_numvfs reads 0",
			       fn->name);
	hd_advise(s, ret, "stop what uses its virtual functions, then "
		  HD_COMMAND("echo 0 > /sys/bus/pci/devices/%s/sriov_numvfs"), fn->name);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/sriov_numvfs reads %d: vfio-pci "
		       "refuses a physical function with virtual functions", fn->name,
		       fn->sriov_numvfs);
}

const struct hd_check hd_check_sriov_vfs_off = {
	.id = "sriov-vfs-off",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the physical function has no virtual functions",
	.remedy = "write 0 to the function's sriov_numvfs",
	.doc = "vfio-pci refuses a physical function that has virtual functions (\"Cannot "
	       "bind to PF with SR-IOV enabled\"), and unbinding its driver would take "
	       "them away from their users. Source: the function's sriov_numvfs in sysfs.",
	.is_last_look = true,
	.run = has_no_vfs,
};

static bool has_interface_up(const struct hd_network *network)
{
	for (size_t i = 0; i < network->n_netdevs; i++)
		if (network->netdevs[i].is_up)
			return true;
	return false;
}

static enum hd_verdict judge_parent(const struct hd_subject *s, struct hd_result *ret,
				    const struct hd_pci_facts *parent)
{
	if (!parent->network.n_netdevs) {
		hd_advise(s, ret, "bind %s to its network driver: "
			  HD_COMMAND("hostdevctl reattach %s"), parent->fn.name, parent->fn.name);
		return hd_tell(s, ret, HD_FAIL, "the physical function %s (driver %s) has no network "
			       "interface, so MAC and VLAN cannot be set", parent->fn.name,
			       parent->fn.driver ? parent->fn.driver : "none");
	}
	if (has_interface_up(&parent->network))
		return hd_tell(s, ret, HD_PASS, "%s of %s is up",
			       parent->network.netdevs[0].name, parent->fn.name);
	hd_advise(s, ret, HD_COMMAND("ip link set %s up"),
		  hd_shell_word(s->arena, parent->network.netdevs[0].name));
	return hd_tell(s, ret, HD_FAIL, "sys/class/net/%s/flags shows that it is down: "
		       "libvirt cannot configure a virtual function of %s",
		       parent->network.netdevs[0].name, parent->fn.name);
}

static enum hd_verdict is_parent_up(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!s->hostdev || s->hostdev->source != HD_SOURCE_INTERFACE)
		return HD_SKIP;
	if (!fn->physfn) {
		ret->remedy = "use <hostdev> for it, or give the address of a virtual function";
		return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s has no physfn: "
			       "<interface type='hostdev'> takes virtual functions only",
			       fn->name);
	}
	if (!s->pci->parent || s->pci->parent->fn.unknown)
		return hd_tell(s, ret, HD_UNKNOWN,
			       "the physical function %s could not be read%s%s", fn->physfn,
			       s->pci->parent ? ": " : "",
			       s->pci->parent ? s->pci->parent->fn.unknown : "");
	return judge_parent(s, ret, s->pci->parent);
}

const struct hd_check hd_check_vf_parent_up = {
	.id = "vf-parent-up",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the physical function of the guest's network interface is up",
	.remedy = "bring up the physical function's interface: `ip link set NAME up`",
	.doc = "For <interface type='hostdev'> libvirt sets MAC and VLAN of the virtual "
	       "function through the physical function's interface, which must exist and "
	       "be up (\"Unable to configure VF ... because the PF is not online\"). Only "
	       "virtual functions can be given this way. Source: physfn, the physical "
	       "function's net/ and the flags of its interface.",
	.run = is_parent_up,
};
