/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_present.c - is the function there, awake, answering, and something a guest can have? */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "check/machine_part.h"

/* Another function of the facts that is what the guest pins for this address. */
static const struct hd_pci_fn *find_moved(const struct hd_subject *s,
					  const struct hd_pin *pin)
{
	if (pin->vendor < 0 || pin->device < 0)
		return NULL;
	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_fn *fn = &s->facts->fns[i].fn;

		if (fn->is_present && fn->vendor == (unsigned)pin->vendor &&
		    fn->device == (unsigned)pin->device &&
		    (!pin->serial || (fn->serial && !strcmp(fn->serial, pin->serial))))
			return fn;
	}
	return NULL;
}

static const char *remedy_for_absent(const struct hd_subject *s)
{
	const struct hd_pin *pin = hd_policy_pin(&s->request->policy, &s->pci->fn.addr);

	if (pin && pin->vendor >= 0 && pin->device >= 0)
		return hd_printf(s->arena, "find it with `lspci -Dnn -d %04x:%04x` and "
				 "correct the address (virsh edit)", pin->vendor,
				 pin->device);
	if (s->hostdev && s->hostdev->line)
		return hd_printf(s->arena, "find it with `hostdevctl list` and correct "
				 "the element in line %u of the guest's XML (virsh "
				 "edit), or remove it", s->hostdev->line);
	return "find it with `hostdevctl list`";
}

static enum hd_verdict is_present(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn, *moved = NULL;
	const struct hd_pin *pin = hd_policy_pin(&s->request->policy, &fn->addr);

	if (fn->unknown) {
		ret->remedy = "check the entry as root; in a container or under a security "
			      "module, make the whole host visible";
		return hd_say(ret, HD_UNKNOWN, fn->unknown);
	}
	if (fn->is_present)
		return HD_PASS;
	ret->remedy = remedy_for_absent(s);
	if (pin)
		moved = find_moved(s, pin);
	if (moved)
		return hd_tell(s, ret, HD_FAIL,
			       HD_SYS_PCI
			       "/%s does not exist; %s matches what the guest pins",
			       fn->name, moved->name);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s does not exist", fn->name);
}

const struct hd_check hd_check_device_present = {
	.id = "device-present",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the function exists and can be read",
	.remedy = "find the device with " HD_COMMAND("hostdevctl list") " and correct its address",
	.doc = "Addresses of PCI functions change when a card is added or the firmware is "
	       "updated. libvirt silently leaves out a function that does not exist, and "
	       "the guest starts without it or fails later. A function whose entry cannot "
	       "be read is unknown and counts as in use. Source: /sys/bus/pci/devices.",
	.runs_absent = true,
	.run = is_present,
};

static enum hd_verdict is_alive(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!fn->is_dead)
		return HD_PASS;
	hd_advise(s, ret, HD_COMMAND("echo 1 > /sys/bus/pci/devices/%s/remove && echo 1 > "
		  "/sys/bus/pci/rescan") "; if that does not help, power the machine off and "
		  "on", fn->name);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/config reads ff%s%s", fn->name,
		       fn->power_state ? "; power_state reads " : "",
		       fn->power_state ? fn->power_state : "");
}

const struct hd_check hd_check_device_alive = {
	.id = "device-alive",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the function answers",
	.remedy = "power the machine off and on",
	.doc = "A function whose configuration space reads all ones has fallen off the "
	       "bus: its reset failed, or it does not wake from D3cold. QEMU then stops "
	       "with an assertion, and unbinding its driver may hang in the kernel. "
	       "Source: the function's config in sysfs.",
	.run = is_alive,
};

static enum hd_verdict is_endpoint(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;
	const char *part = hd_part_of_machine(fn);

	if (fn->is_dead)
		return HD_SKIP;
	if (!part)
		return HD_PASS;
	ret->never = hd_printf(s->arena, "it %s", part);
	if (!hd_pci_fn_is_bridge(fn) && !hd_part_has_class(fn))
		return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s is %04x:%04x: it %s", fn->name,
			       fn->vendor, fn->device, part);
	if (!hd_pci_fn_is_bridge(fn))
		return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/class is 0x%06x: it %s",
			       fn->name, fn->class, part);
	hd_advise(s, ret, "name a function behind it instead: `ls -d "
		  "/sys/bus/pci/devices/%s/*:*`", fn->name);
	return hd_tell(s, ret, HD_FAIL,
		       HD_SYS_PCI "/%s/config has header type %u: it %s", fn->name,
		       fn->header_type, part);
}

const struct hd_check hd_check_device_endpoint = {
	.id = "device-endpoint",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the function is not part of the machine itself",
	.remedy = "choose another device: this one stays with the host",
	.doc = "Bridges of all kinds (host, ISA and LPC, PCI to PCI), interrupt "
	       "controllers, system timers, IOMMUs and event collectors of the root "
	       "complex stay with the host, which cannot run without them; this cannot be "
	       "allowed. So do memory balloons, virtio-mem, virtual IOMMUs and Xen's platform "
	       "device on a host that is a guest itself: through a balloon, a guest could take "
	       "this host's memory from it. libvirt refuses only bridges with header type 1 and takes the "
	       "others. A bridge of unknown kind (class 0680) can be an accelerator's "
	       "switch, and passes. Source: class, IDs, and byte 0e of the configuration space.",
	.run = is_endpoint,
};

static enum hd_verdict is_awake(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!fn->power_state)
		return HD_SKIP;
	if (strcmp(fn->power_state, "D3cold"))
		return hd_tell(s, ret, HD_PASS, HD_SYS_PCI "/%s/power_state reads %s",
			       fn->name, fn->power_state);
	hd_advise(s, ret, HD_COMMAND("echo 0 > /sys/bus/pci/devices/%s/d3cold_allowed && echo on > "
		  "/sys/bus/pci/devices/%s/power/control"), fn->name, fn->name);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/power_state reads D3cold%s: some cards "
		       "do not come back from it", fn->name,
		       fn->d3cold_allowed == 1 ? " and d3cold_allowed reads 1" : "");
}

const struct hd_check hd_check_power_state = {
	.id = "power-state",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "the function is powered",
	.remedy = "write 0 to the function's d3cold_allowed, and on to its power/control",
	.doc = "In D3cold a device has no power. Some cards do not wake from it (\"Unable "
	       "to change power state from D3cold to D0, device inaccessible\") until the "
	       "machine is switched off. Source: the function's power_state and "
	       "d3cold_allowed in sysfs.",
	.run = is_awake,
};
