/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display_free.c - would the host lose its picture, its consoles or somebody's session? */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

/* An unknown kernel counts as old. */
static bool has_old_vfio(const struct hd_host *host)
{
	return host->kernel_major < 6;
}

/* Memory that stays reserved although nothing draws to it. */
static bool is_asleep(const struct hd_display_use *use)
{
	return use->leaves_region && !use->command;
}

bool hd_display_use_counts(const struct hd_display_use *use, const struct hd_host *host)
{
	if (use->ended_by || (is_asleep(use) && !has_old_vfio(host)))
		return false;
	return !use->is_harmless;
}

/* Ends the use: as commands between backticks, each once, in the order of the uses. */
static void add_remedy(const struct hd_subject *s, const char **remedies,
		       const struct hd_display_use *use)
{
	const char *remedy = NULL;

	if (use->command && !(use->leaves_region && has_old_vfio(&s->facts->host)))
		remedy = hd_printf(s->arena, HD_COMMAND("%s"), use->command);
	else if (use->advice)
		remedy = use->advice;
	else if (use->parameter)
		remedy = hd_remedy_add_parameter(s->arena, &s->facts->host, use->parameter);
	hd_join_once(s->arena, remedies, remedy);
}

/* The uses that are harmless, or those that are not. */
static void collect_uses(const struct hd_subject *s, struct hd_result *ret, bool harmless)
{
	const struct hd_display *display = &s->pci->display;
	const char *remedies = NULL;
	bool all_sleep = true;

	for (size_t i = 0; i < display->n_uses; i++) {
		const struct hd_display_use *use = &display->uses[i];

		if (harmless ? !use->is_harmless
			     : !hd_display_use_counts(use, &s->facts->host))
			continue;
		hd_join(s->arena, &ret->evidence, "%s (%s)", use->what, use->source);
		add_remedy(s, &remedies, use);
		all_sleep &= is_asleep(use);
	}
	if (remedies)
		ret->remedy = remedies;
	if (ret->evidence && all_sleep)
		ret->use = HD_USE_SLEEPS;
}

/* What the hand-over ends before the card is taken. */
static void collect_ended(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_display *display = &s->pci->display;

	for (size_t i = 0; i < display->n_uses; i++)
		if (display->uses[i].ended_by && !display->uses[i].is_harmless)
			hd_join(s->arena, &ret->evidence, "the hand-over ends it: %s (%s)",
				display->uses[i].what, display->uses[i].source);
}

static void collect_refs(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_display_refs *refs = &s->pci->display.refs;

	if (!refs->unexplained)
		return;
	hd_join(s->arena, &ret->evidence, "sys/module/%s/refcnt is %llu, %llu more than modules "
		"and open nodes explain%s%s", refs->module, (unsigned long long)refs->total,
		(unsigned long long)refs->unexplained,
		refs->owners ? ": buffers of the card are held by " : "",
		refs->owners ? refs->owners : "");
	if (refs->command)
		ret->remedy = hd_printf(s->arena, HD_COMMAND("%s"), refs->command);
}

static enum hd_verdict is_display_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_display *display = &s->pci->display;

	if (!hd_pci_fn_is_display(&s->pci->fn))
		return HD_SKIP;
	collect_uses(s, ret, false);
	/* What is open or shown holds references, too, and explains more. */
	if (!ret->evidence)
		collect_refs(s, ret);
	if (ret->evidence)
		return HD_FAIL;
	if (display->unknown)
		return hd_tell(s, ret, HD_UNKNOWN,
			       "%s: what the host shows on it is unknown",
			       display->unknown);
	collect_uses(s, ret, true);
	if (ret->evidence) {
		ret->severity = HD_WARNING;
		return hd_say(ret, HD_FAIL, ret->evidence);
	}
	collect_ended(s, ret);
	return HD_PASS;
}

const struct hd_check hd_check_display_free = {
	.id = "display-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host shows and computes nothing on the function",
	.remedy = "end the graphical session and the programs that use the card (`loginctl`, "
		  "`fuser -v /dev/dri/* /dev/nvidia*`); if none is left, reboot with the card "
		  "on vfio-pci",
	.doc = "A card that shows the host's boot screen, its text consoles or a user's "
	       "session, or that computes for a process, is in use: without it the host "
	       "has no picture, programs lose their work, and some drivers never return "
	       "from the unbind. Firmware framebuffers (efifb, vesafb, simpledrm, BOOTFB) "
	       "hold the card's memory even if it has no driver, and VFIO then cannot map "
	       "it. References to the driver's module that no other module, open node or "
	       "kernel user explains count as a use, unless the driver has other cards, "
	       "too. A guest's metadata can allow memory that a firmware framebuffer holds "
	       "while nothing draws to it. The remedy unbinds the text consoles only where the "
	       "kernel could bind them again: a console driver came with it (\"(S)\"). For a "
	       "guest whose metadata asks for a hand-over, what it ends is not a failure. "
	       "Source: /proc/iomem, /sys/class/graphics, /sys/class/vtconsole, "
	       "/run/systemd/sessions, /sys/class/kfd, /sys/module.",
	.allow = HD_ALLOW_METADATA,
	.is_last_look = true,
	.run = is_display_free,
};

static enum hd_verdict is_not_last(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	/* A 3D controller (0302) has no screen. */
	if (!hd_pci_fn_is_display(fn) || hd_pci_class_of(fn) == 0x0302 ||
	    fn->driver_kind == HD_DRIVER_VFIO || !s->pci->is_requested)
		return HD_SKIP;
	if (s->facts->other_display)
		return hd_tell(s, ret, HD_PASS, "%s stays", s->facts->other_display);
	if (!s->facts->handover.is_asked)
		return hd_tell(s, ret, HD_FAIL, "no other graphics card of the host has a driver");
	ret->severity = HD_NOTE;
	return hd_tell(s, ret, HD_FAIL, "no other graphics card of the host has a driver: the hand-over "
		       "leaves it without a screen until the guest ends");
}

const struct hd_check hd_check_last_gpu = {
	.id = "last-gpu",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "the host keeps a display",
	.remedy = "make sure that the host can be reached without a screen (`systemctl "
		  "enable --now ssh.service`, a serial console)",
	.doc = "While the guest runs, the host has no screen: if the guest hangs or the "
	       "card does not come back, only the network or a serial console is left. "
	       "Cards on VFIO drivers and 3D controllers, which have no outputs, do not "
	       "count; neither do cards without a driver, unless the boot screen or the "
	       "text consoles are still on them. A guest that asks for a hand-over wants just "
	       "that: then it is a note. Source: /sys/class/drm, "
	       "/sys/class/graphics, /sys/class/vtconsole, /proc/driver/nvidia.",
	.run = is_not_last,
};
