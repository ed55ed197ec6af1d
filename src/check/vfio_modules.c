/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vfio_modules.c - are the kernel's VFIO modules loaded, or can they be loaded?
 *
 * A module that is merely loadable is fine: the plan loads it.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

/* The hook does not look for other kernels. */
static const char *why_no_tree(const struct hd_subject *s)
{
	const struct hd_setup *setup = s->facts->setup;

	if (setup && !setup->is_other_newer)
		return "the modules of the running kernel are not installed";
	return setup ? "the kernel was upgraded but the host not rebooted" :
		       "the kernel was upgraded but the host not rebooted, or its modules "
		       "were never installed";
}

static const char *tell_state(const struct hd_subject *s, const char *module,
			      enum hd_module_state state, const char *by)
{
	const char *release = s->facts->host.release ? s->facts->host.release : "RELEASE";

	switch (state) {
	case HD_MODULE_BLACKLISTED:
		return hd_printf(s->arena,
				 "%s is blacklisted by %s and would not be loaded",
				 module, by ? by : "a file in etc/modprobe.d");
	case HD_MODULE_MISSING:
		return hd_printf(s->arena, "lib/modules/%s has no %s", release, module);
	case HD_MODULE_NO_TREE:
		return hd_printf(s->arena, "%s is not loaded and lib/modules/%s does not exist: %s",
				 module, release, why_no_tree(s));
	case HD_MODULE_LOADED:
	case HD_MODULE_BUILTIN:
	case HD_MODULE_LOADABLE:
		break;
	}
	return NULL;
}

static const char *mend_state(const struct hd_subject *s, const char *module,
			      enum hd_module_state state, const char *by)
{
	if (state == HD_MODULE_NO_TREE)
		return hd_mend_no_tree(s);
	if (state == HD_MODULE_MISSING)
		return hd_remedy_kernel_package(&s->facts->host);
	if (by && !strcmp(by, "kernel command line"))
		return hd_remedy_drop_parameter(s->arena, &s->facts->host,
						hd_printf(s->arena, "%s (in "
							  "modprobe.blacklist= or "
							  "module_blacklist=)", module));
	return hd_printf(s->arena, "remove the line `blacklist %s` from %s and run %s",
			 module, by ? by : "/etc/modprobe.d",
			 hd_remedy_initramfs(&s->facts->host));
}

static enum hd_verdict refuse_module(const struct hd_subject *s, struct hd_result *ret,
				     const char *module, enum hd_module_state state,
				     const char *by, const char *of)
{
	const char *text = tell_state(s, module, state, by);

	ret->remedy = mend_state(s, module, state, by);
	if (of)
		text = hd_printf(s->arena, "%s, the VFIO driver of %s", text, of);
	return hd_say(ret, HD_FAIL, text);
}

/* A function whose VFIO driver, from modules.alias, cannot be loaded. */
static const struct hd_pci_facts *without_driver(const struct hd_subject *s)
{
	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &s->facts->fns[i];
		const struct hd_hostdev *dev = hd_request_pci(s->request, &pci->fn.addr);

		if (!pci->vfio_driver || pci->fn.driver_kind == HD_DRIVER_VFIO ||
		    (dev && dev->driver_model))
			continue;
		if (!pci->is_requested &&
		    hd_companion_of(s->request, pci) != HD_COMPANION_MOVES)
			continue;
		if (tell_state(s, pci->vfio_driver, pci->vfio_driver_state, NULL))
			return pci;
	}
	return NULL;
}

/* "vfio is loaded, vfio_pci can be loaded" */
static const char *tell_good(const struct hd_subject *s)
{
	static const char *const states[] = {
		[HD_MODULE_LOADED] = "is loaded",
		[HD_MODULE_BUILTIN] = "is built in",
		[HD_MODULE_LOADABLE] = "can be loaded",
	};
	const char *text = NULL;

	for (int i = 0; i < HD_VFIO_MODULE_MAX; i++)
		text = hd_printf(s->arena, "%s%s%s %s", text ? text : "", text ? ", " : "",
				 hd_vfio_module_names[i], states[s->facts->host.modules[i]]);
	return text;
}

static enum hd_verdict has_modules(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_host *host = &s->facts->host;
	const struct hd_pci_facts *pci;

	if (!host->release)
		return hd_say(ret, HD_UNKNOWN, "the host's modules were not examined");
	for (int i = 0; i < HD_VFIO_MODULE_MAX; i++)
		if (tell_state(s, hd_vfio_module_names[i], host->modules[i], NULL))
			return refuse_module(s, ret, hd_vfio_module_names[i],
					     host->modules[i], host->blacklisted_by[i],
					     NULL);
	pci = without_driver(s);
	if (pci)
		return refuse_module(s, ret, pci->vfio_driver, pci->vfio_driver_state,
				     NULL, pci->fn.name);
	return hd_say(ret, HD_PASS, tell_good(s));
}

const struct hd_check hd_check_vfio_modules = {
	.id = "vfio-modules",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "the modules of VFIO are loaded, built in or loadable",
	.remedy = "run a kernel that has vfio, vfio_iommu_type1 and vfio_pci",
	.doc = "Passthrough needs vfio, vfio_iommu_type1 and vfio_pci, and a variant "
	       "driver where one fits the device. The start of the guest loads what is not "
	       "loaded yet. It is an error if the running kernel does not have the module, "
	       "if the kernel's directory in /lib/modules is gone (the kernel was "
	       "upgraded: reboot), or if a file in modprobe.d or the kernel's command line "
	       "blacklists it (libvirt and hostdevctl load with modprobe -b). vfio_virqfd "
	       "is part of vfio since Linux 6.2 and is never needed.",
	.is_for_pci = true,
	.run = has_modules,
};

static enum hd_verdict is_loaded_at_boot(const struct hd_subject *s,
					 struct hd_result *ret)
{
	const struct hd_host *host = &s->facts->host;
	const char *names = host->boot_modules ? host->boot_modules : "";

	if (host->boot_virqfd && hd_host_is_since(host, 6, 2)) {
		hd_advise(s, ret, "remove the line vfio_virqfd from %s",
			  host->boot_virqfd);
		return hd_tell(s, ret, HD_FAIL, "%s names vfio_virqfd, which is part of "
			       "vfio since Linux 6.2: systemd-modules-load fails at each "
			       "boot", host->boot_virqfd);
	}
	if (host->modules[HD_MODULE_VFIO_PCI] == HD_MODULE_BUILTIN)
		return hd_say(ret, HD_PASS, "vfio_pci is built into the kernel");
	if (hd_text_has_word(names, "vfio-pci") || hd_text_has_word(names, "vfio_pci"))
		return hd_say(ret, HD_PASS, "modules-load.d names vfio-pci");
	if (tell_state(s, "vfio_pci", host->modules[HD_MODULE_VFIO_PCI], NULL))
		return HD_SKIP;	/* vfio-modules says it */
	return hd_say(ret, HD_FAIL, "no file in modules-load.d names vfio-pci: it is "
		      "loaded when the first guest needs it");
}

const struct hd_check hd_check_vfio_modules_at_boot = {
	.id = "vfio-modules-at-boot",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "the modules of VFIO are loaded at boot",
	.remedy = HD_COMMAND("hostdevctl setup --apply") "; or by hand: `echo vfio-pci >> "
		  "/etc/modules-load.d/vfio.conf`",
	.doc = "Loading vfio-pci at boot, by a file in modules-load.d, reveals a broken "
	       "kernel or a blacklist before the first guest does. It is not needed: the "
	       "modules are loaded when a guest needs them. A file that still names "
	       "vfio_virqfd on Linux 6.2 or later is reported, since that module no longer exists.",
	.is_for_pci = true,
	.run = is_loaded_at_boot,
};

/* Will the start load vfio, which creates the node? */
static enum hd_verdict judge_without_node(const struct hd_subject *s,
					  struct hd_result *ret)
{
	enum hd_module_state state = s->facts->host.modules[HD_MODULE_VFIO];

	if (state == HD_MODULE_LOADABLE)
		return hd_say(ret, HD_PASS,
			      "dev/vfio/vfio does not exist yet: loading vfio creates it");
	if (state != HD_MODULE_LOADED && state != HD_MODULE_BUILTIN)
		return HD_SKIP;	/* vfio-modules says it */
	ret->remedy = HD_COMMAND("udevadm trigger --subsystem-match=misc --action=add && ls -l /dev/vfio");
	return hd_say(ret, HD_FAIL, "dev/vfio/vfio does not exist though vfio is loaded");
}

static enum hd_verdict has_node(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_host *host = &s->facts->host;
	int error = host->vfio_node_error;

	if (!host->release)
		return hd_say(ret, HD_UNKNOWN, "dev/vfio/vfio was not examined");
	if (host->has_vfio_node)
		return hd_say(ret, HD_PASS, "dev/vfio/vfio exists");
	/* A static node whose module is not loaded answers ENODEV or ENXIO. */
	if (!error || error == ENOENT || error == ENODEV || error == ENXIO)
		return judge_without_node(s, ret);
	return hd_tell(s, ret, HD_FAIL, "dev/vfio/vfio cannot be opened: %s",
		       strerror(error));
}

const struct hd_check hd_check_vfio_node = {
	.id = "vfio-node",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "/dev/vfio/vfio exists or will exist",
	.remedy = "ls -l /dev/vfio/vfio, and correct its mode or the device policy of this unit",
	.doc = "QEMU creates its container by opening /dev/vfio/vfio, and libvirt uses it "
	       "to find out whether the host can pass devices at all. Loading vfio creates "
	       "the node, so a missing node is an error only if vfio is loaded or built in.",
	.is_for_pci = true,
	.run = has_node,
};
