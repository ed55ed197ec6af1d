/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_active.c - is the kernel that runs the one that was configured?
 *
 * A parameter takes effect in three steps: it is written to a file, goes into the
 * boot loader's menu, and is booted.  People forget each of them.
 */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

#define SHOWN 200
#define CMDLINE "proc/cmdline"

/* Parameters that affect passthrough; '*' stands for any end. */
static const char *const heeded[] = {
	"intel_iommu", "amd_iommu", "iommu", "iommu.*", "intremap", "vfio*", "pcie_acs_override",
	"default_hugepagesz", "hugepagesz", "hugepages", "modprobe.blacklist", "module_blacklist",
	"rd.driver.*", "kvm*",
};

static bool is_heeded(const struct hd_cmdline_word *word)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(heeded); i++) {
		size_t start = strcspn(heeded[i], "*");

		if (heeded[i][start] ? word->name_length > start &&
				       !memcmp(word->name, heeded[i], start) :
				       hd_cmdline_is(word, heeded[i]))
			return true;
	}
	return false;
}

/* The parameters of FROM that are heeded and not in THERE, or NULL. */
static const char *missing_in(struct hd_arena *arena, const char *from, const char *there)
{
	const char *missing = NULL;
	struct hd_cmdline_word word;

	while (hd_cmdline_next(&from, &word) && !word.is_end) {
		const char *written = hd_strndup(arena, word.text, word.length);
		const char *shown = hd_text_printable(arena, written, SHOWN);

		if (is_heeded(&word) && !hd_cmdline_has(there, written) &&
		    !(missing && hd_cmdline_has(missing, shown)))
			missing = missing ? hd_printf(arena, "%s %s", missing, shown) : shown;
	}
	return missing;
}

/* What was written, but the boot loader does not read yet. */
static const char *not_made(const struct hd_subject *s, const struct hd_boot_source *next)
{
	const struct hd_setup *setup = s->facts->setup;
	const char *text = NULL;

	for (size_t i = 0; i < setup->n_boot; i++) {
		const struct hd_boot_source *source = &setup->boot[i];
		const char *missing = source->is_next_boot ? NULL :
			missing_in(s->arena, source->words, next ? next->words :
				   hd_cmdline(s->facts));

		if (missing)
			hd_join(s->arena, &text, "%s has %s, but %s does not",
				source->path, missing, next ? next->path : CMDLINE);
	}
	return text;
}

static enum hd_verdict judge_gone(const struct hd_subject *s, struct hd_result *ret,
				  const struct hd_boot_source *next)
{
	const char *gone = missing_in(s->arena, hd_cmdline(s->facts), next->words);

	if (!gone)
		return hd_tell(s, ret, HD_PASS, "%s and " CMDLINE " agree", next->path);
	ret->remedy = hd_mend_add(s, gone);
	ret->severity = HD_NOTE;
	return hd_tell(s, ret, HD_FAIL,
		       CMDLINE " has %s, but %s does not: it will be gone after the next boot", gone,
		       next->path);
}

/* The words of the next boot are unknown. */
static enum hd_verdict judge_unknown(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;

	if (!setup->boot_unread && !setup->boot_unclear)
		return HD_SKIP;
	ret->severity = HD_NOTE;
	if (!setup->boot_unread) {
		ret->remedy = "compare it with /" CMDLINE " by hand";
		return hd_say(ret, HD_UNKNOWN, setup->boot_unclear);
	}
	ret->remedy = "run the check as root";
	return hd_tell(s, ret, HD_UNKNOWN, "%s cannot be read", setup->boot_unread);
}

static enum hd_verdict are_active(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	const struct hd_boot_source *next;
	const char *text, *unbooted;

	if (!setup)
		return HD_SKIP;
	next = hd_boot_next(setup->boot, setup->n_boot);
	if (!next && (!setup->n_boot || setup->boot_unread || setup->boot_unclear))
		return judge_unknown(s, ret);
	text = not_made(s, next);
	if (text) {
		ret->remedy = hd_remedy_make_menu(s->arena, &s->facts->host);
		return hd_say(ret, HD_FAIL, text);
	}
	if (!next)
		return HD_PASS;
	unbooted = missing_in(s->arena, next->words, hd_cmdline(s->facts));
	if (!unbooted)
		return judge_gone(s, ret, next);
	ret->remedy = "reboot";
	return hd_tell(s, ret, HD_FAIL, "%s has %s, but " CMDLINE
		       " does not: it is set, but the host was booted without it",
		       next->path, unbooted);
}

const struct hd_check hd_check_boot_parameters_active = {
	.id = "boot-parameters-active",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the kernel was booted with the parameters that are configured",
	.remedy = "regenerate the boot loader's menu and reboot",
	.doc = "A kernel parameter is written to /etc/default/grub or /etc/kernel/cmdline; "
	       "from there it gets into the boot loader's menu (/boot/grub/grub.cfg, "
	       "loader/entries), and takes effect at the next boot. This check compares "
	       "the parameters that concern passthrough (intel_iommu, amd_iommu, iommu, "
	       "vfio*, hugepages and the like) in these files, in GRUB's first entry or "
	       "the newest kernel's, and in /proc/cmdline, and reports which step is "
	       "missing. A parameter that was only typed at the boot menu is a note: it "
	       "will be gone after the next boot.",
	.is_for_pci = true,
	.run = are_active,
};

/* A reboot helps if a newer kernel waits, or nobody looked. */
const char *hd_mend_no_tree(const struct hd_subject *s)
{
	const struct hd_setup *setup = s->facts->setup;

	if (!setup || setup->is_other_newer)
		return "reboot";
	return setup->other_release ?
	       hd_printf(s->arena, "install the modules of the running kernel (%s), or "
				   "boot Linux %s",
			 s->facts->host.release ? s->facts->host.release : "uname -r",
			 setup->other_release) :
	       "install the modules of the running kernel, or another kernel with its modules";
}

static enum hd_verdict has_modules(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	const char *release = s->facts->host.release ? s->facts->host.release : "RELEASE";

	if (!setup)
		return HD_SKIP;
	if (!setup->has_module_tree) {
		ret->remedy = hd_mend_no_tree(s);
		return hd_tell(s, ret, HD_FAIL,
			       "lib/modules/%s does not exist%s%s%s no more modules can be loaded",
			       release, setup->other_release ? ", lib/modules/" : "",
			       setup->other_release ? setup->other_release : "",
			       !setup->other_release ? ":" : !setup->is_other_newer ? " does:" :
			       " does: the kernel was upgraded but the host not rebooted,");
	}
	if (!setup->is_other_newer)
		return hd_tell(s, ret, HD_PASS, "lib/modules has %s, the running kernel", release);
	ret->remedy = "reboot when convenient, and check again";
	ret->severity = HD_NOTE;
	return hd_tell(s, ret, HD_FAIL,
		       "%s is running, but lib/modules has %s: the next boot starts another kernel",
		       release, setup->other_release);
}

const struct hd_check hd_check_kernel_modules_installed = {
	.id = "kernel-modules-installed",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the modules of the running kernel are installed, and no newer kernel "
		 "waits for a reboot",
	.remedy = "reboot",
	.doc = "Some distributions remove the running kernel's modules when they upgrade "
	       "it. From then on no other module can be loaded: no VFIO driver, and no "
	       "network driver for a device that comes back from a guest. A newer kernel "
	       "that is installed but not booted is a note. Source: /lib/modules and "
	       "/proc/sys/kernel/osrelease.",
	.is_for_pci = true,
	.run = has_modules,
};

static bool is_bound(const struct hd_id_bound *fn)
{
	return fn->driver && hd_driver_kind_of(fn->driver) == HD_DRIVER_VFIO;
}

/* Those that are bound, or those that are not: "0000:01:00.0 (10de:1b80) is on nouveau". */
static const char *list_ids(const struct hd_subject *s, bool bound, const char **ret_driver)
{
	const struct hd_setup *setup = s->facts->setup;
	const char *text = NULL;

	for (size_t i = 0; i < setup->n_ids; i++) {
		const struct hd_id_bound *fn = &setup->ids[i];

		if (is_bound(fn) != bound)
			continue;
		hd_join(s->arena, &text, "%s (%s) is %s%s", fn->name, fn->ids,
			fn->driver ? "on " : "unbound", fn->driver ? fn->driver : "");
		*ret_driver = *ret_driver ? *ret_driver : fn->driver;
	}
	return text;
}

static enum hd_verdict are_bound(const struct hd_subject *s, struct hd_result *ret)
{
	const char *text, *driver = NULL, *vfio = NULL;

	if (!s->facts->setup || !s->facts->setup->n_ids)
		return HD_SKIP;
	text = list_ids(s, false, &driver);
	if (!text)
		return hd_say(ret, HD_PASS, list_ids(s, true, &vfio));
	if (driver)
		hd_advise(s, ret, HD_COMMAND("echo softdep %s pre: vfio-pci >> "
			  "/etc/modprobe.d/vfio.conf") ", run " HD_COMMAND("%s") " and reboot; or remove the "
			  "ids: the start of the guest binds it", driver,
			  hd_remedy_initramfs(&s->facts->host));
	return hd_tell(s, ret, HD_FAIL, "%s names ids for vfio-pci, but %s",
		       s->facts->setup->ids[0].path, text);
}

const struct hd_check hd_check_vfio_ids_bound = {
	.id = "vfio-ids-bound",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the functions whose ids vfio-pci was given are bound to it",
	.remedy = HD_COMMAND("modprobe vfio-pci") ", or remove the ids",
	.doc = "vfio-pci.ids= on the command line or `options vfio-pci ids=` in modprobe.d "
	       "binds all functions of a model at boot, if they are free: a driver that "
	       "was loaded first, often in the initramfs, keeps its device. Neither is "
	       "needed with hostdevctl, which binds a function by its address when its "
	       "guest starts. Source: the parameter, and the driver link of each function.",
	.is_for_pci = true,
	.run = are_bound,
};
