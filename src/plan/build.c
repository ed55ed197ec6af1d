/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * build.c - which states must be set for a guest's start, and to give devices back?
 *
 * Modules first, then all functions at the same time: binding one does not
 * need another.  Pure: what is planned was seen in the facts, and apply looks
 * again before it touches anything.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "check/check.h"
#include "plan/plan_internal.h"

#define VFIO_PCI "vfio-pci"
#define STAGE_MODULES 0
#define STAGE_NEXT 1	/* of the hand-over, or of the functions */
#define UNBOUND "-"
#define ANY_HOST_DRIVER "*"

struct build {
	struct hd_plan plan;
	struct hd_arena *arena;
	const struct hd_request *request;	/* NULL for a reattach */
	const struct hd_facts *facts;
	const struct hd_knobs *knobs;
	struct hd_error *err;
	int stage;				/* of the functions */
};

static int write_state(char buf[static HD_STATE_MAX], const char *driver, const char *override,
		       struct hd_error *err)
{
	bool has_override = override && *override;
	int n = snprintf(buf, HD_STATE_MAX, "%s%s%s", driver, has_override ? ":" : "",
			 has_override ? override : "");

	if (n < 0 || n >= HD_STATE_MAX)
		return hd_fail(err, -ENAMETOOLONG, "the driver name %.100s... is too long",
			       driver);
	return 0;
}

int hd_plan_format_state(char buf[static HD_STATE_MAX], const struct hd_pci_fn *fn, bool is_unloaded,
			 struct hd_error *err)
{
	const char *driver = fn->driver && !is_unloaded ? fn->driver : UNBOUND;

	return write_state(buf, driver, fn->driver_override, err);
}

struct hd_step *hd_plan_add(struct hd_plan *plan, struct hd_arena *arena, const struct hd_knob *knob,
			    int stage, const char *target)
{
	struct hd_step *step = hd_append(arena, &plan->steps, &plan->n, sizeof(*step));

	step->knob = knob;
	step->stage = stage;
	step->group = HD_NO_GROUP;
	(void)snprintf(step->target, sizeof(step->target), "%s", target);
	return step;
}

/* From what the function is to TO by KNOB; TO NULL: unbound, with the override that it has. */
static int add_function(struct build *build, const struct hd_knob *knob,
			const struct hd_pci_fn *fn, const char *to, const char *why)
{
	struct hd_step *step = hd_plan_add(&build->plan, build->arena, knob, build->stage, fn->name);
	int rc = hd_plan_format_state(step->from, fn, hd_handover_unloads(build->facts, fn),
				      build->err);

	step->group = fn->group;
	step->why = why;
	if (rc == 0 && to)
		rc = write_state(step->to, to, NULL, build->err);
	else if (rc == 0)
		rc = write_state(step->to, UNBOUND, fn->driver_override, build->err);
	return rc;
}

static int finish_plan(const struct build *build, struct hd_plan *ret)
{
	if (build->plan.n > HD_PLAN_MAX)
		return hd_fail(build->err, -E2BIG, "%zu changes at once are more than %d",
			       build->plan.n, HD_PLAN_MAX);
	*ret = build->plan;
	return 0;
}

static bool is_there(enum hd_module_state state)
{
	return state == HD_MODULE_LOADED || state == HD_MODULE_BUILTIN;
}

static bool is_planned(const struct build *build, const char *target)
{
	for (size_t i = 0; i < build->plan.n; i++)
		if (!strcmp(build->plan.steps[i].target, target))
			return true;
	return false;
}

static void need_module(struct build *build, const char *name, const char *why)
{
	struct hd_step *step;

	if (is_planned(build, name))
		return;
	step = hd_plan_add(&build->plan, build->arena, build->knobs->module, STAGE_MODULES, name);
	(void)snprintf(step->from, sizeof(step->from), "absent");
	(void)snprintf(step->to, sizeof(step->to), "loaded");
	step->why = why;
}

/*
 * The VFIO driver for a function: what its element names, or the one that fits
 * best.  "vfio_pci" is its module's name and means the same.
 */
static const char *driver_for(const struct build *build, const struct hd_pci_facts *pci)
{
	const struct hd_hostdev *hostdev = hd_request_pci(build->request, &pci->fn.addr);
	const char *model = hostdev ? hostdev->driver_model : NULL;
	const char *driver = model ? model : pci->vfio_driver;

	return driver && !strcmp(driver, "vfio_pci") ? VFIO_PCI : driver;
}

static bool is_loaded(const struct build *build, const struct hd_pci_facts *pci,
		      const char *driver)
{
	if (!strcmp(driver, VFIO_PCI))
		return is_there(build->facts->host.modules[HD_MODULE_VFIO_PCI]);
	return pci->vfio_driver && !strcmp(driver, pci->vfio_driver) &&
	       is_there(pci->vfio_driver_state);
}

/* The module's own dependencies, vfio among them, are modprobe's business. */
static int need_driver(struct build *build, const struct hd_pci_facts *pci)
{
	const char *driver = driver_for(build, pci);

	if (!driver)
		return hd_fail(build->err, -EINVAL, "%s: no VFIO driver can take a bridge",
			       pci->fn.name);
	if (!hd_text_is_driver(driver))
		return hd_fail(build->err, -EINVAL, "%s: the name of its driver is malformed",
			       pci->fn.name);
	if (!is_there(build->facts->host.modules[HD_MODULE_VFIO_IOMMU_TYPE1]))
		need_module(build, hd_vfio_module_names[HD_MODULE_VFIO_IOMMU_TYPE1],
			    "VFIO needs it");
	if (!is_loaded(build, pci, driver))
		need_module(build, driver, hd_printf(build->arena, "the VFIO driver of %s",
						     pci->fn.name));
	return 0;
}

static int bind_to_vfio(struct build *build, const struct hd_knob *knob,
			const struct hd_pci_facts *pci, const char *why)
{
	const char *driver = driver_for(build, pci);

	return add_function(build, knob, &pci->fn,
			    hd_printf(build->arena, "%s:%s", driver, driver), why);
}

static bool is_asked_for(const struct build *build, const struct hd_pci_facts *pci)
{
	return pci->is_requested || hd_request_pci(build->request, &pci->fn.addr);
}

/*
 * managed='yes' is libvirt's to bind.  NVIDIA's vGPU is on its VFIO driver, whatever that is
 * called: vfio-pci would answer EINVAL, and without its driver the vGPU is gone.
 */
static bool must_bind(const struct build *build, const struct hd_pci_facts *pci)
{
	const struct hd_hostdev *hostdev = hd_request_pci(build->request, &pci->fn.addr);

	return hostdev && !hostdev->managed && pci->fn.driver_kind != HD_DRIVER_VFIO &&
	       !pci->vgpu.is_there;
}

/*
 * libvirt gives a managed='yes' device back, unless its record of the device is from a guest that
 * had it with managed='no' since the daemon started: then it stays on VFIO (seen with 9.0 and
 * 11.3; src/hypervisor/virhostdev.c, virHostdevReAttachPCIDevicesImpl: "Not reattaching unmanaged
 * PCI device").  What its driver was is remembered for that.
 */
static bool is_remembered(const struct build *build, const struct hd_pci_facts *pci)
{
	const struct hd_hostdev *hostdev = hd_request_pci(build->request, &pci->fn.addr);

	return build->knobs->managed && hostdev && hostdev->managed &&
	       pci->fn.driver_kind == HD_DRIVER_HOST;
}

/*
 * libvirt binds managed='yes' devices itself, but loads no module: right after
 * `prepare` it looks whether the host can do VFIO at all, and gives up if not.
 */
static bool needs_driver(const struct build *build, const struct hd_pci_facts *pci)
{
	const struct hd_hostdev *hostdev = hd_request_pci(build->request, &pci->fn.addr);

	return hostdev && pci->fn.driver_kind != HD_DRIVER_VFIO;
}

/* The function that was asked for and has this one in its group, or NULL. */
static const struct hd_pci_facts *asker_of(const struct build *build,
					   const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < build->facts->n_fns; i++) {
		const struct hd_pci_facts *other = &build->facts->fns[i];

		if (other->fn.group == pci->fn.group && is_asked_for(build, other))
			return other;
	}
	return NULL;
}

static enum hd_companion fate_of(const struct build *build, const struct hd_pci_facts *pci)
{
	if (is_asked_for(build, pci) || pci->fn.group == HD_NO_GROUP || !asker_of(build, pci))
		return HD_COMPANION_STAYS;
	return hd_companion_of(build->request, pci);
}

static int plan_modules(struct build *build)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < build->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &build->facts->fns[i];

		if (needs_driver(build, pci) || fate_of(build, pci) == HD_COMPANION_MOVES)
			rc = need_driver(build, pci);
	}
	return rc;
}

static int plan_companion(struct build *build, const struct hd_pci_facts *pci)
{
	enum hd_companion fate = fate_of(build, pci);
	const char *why;

	if (fate == HD_COMPANION_STAYS)
		return 0;
	why = hd_printf(build->arena, "companion of %s", asker_of(build, pci)->fn.name);
	if (fate == HD_COMPANION_MOVES)
		return bind_to_vfio(build, build->knobs->pci_driver, pci, why);
	if (fate == HD_COMPANION_UNBINDS)
		return add_function(build, build->knobs->pci_driver, &pci->fn, NULL, why);
	return hd_fail(build->err, -EBUSY, "%s is a %s and must not be moved", pci->fn.name, why);
}

static int plan_functions(struct build *build)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < build->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &build->facts->fns[i];

		if (must_bind(build, pci))
			rc = bind_to_vfio(build, build->knobs->pci_driver, pci, "requested");
		else if (is_remembered(build, pci))
			rc = bind_to_vfio(build, build->knobs->managed, pci, "libvirt binds it");
		else
			rc = plan_companion(build, pci);
	}
	return rc;
}

/* Every function that we are to bind must be there. */
static int find_requested(const struct build *build)
{
	for (size_t i = 0; i < build->request->n_hostdevs; i++) {
		const struct hd_hostdev *hostdev = &build->request->hostdevs[i];
		const struct hd_pci_facts *pci;
		char name[HD_PCI_ADDR_SIZE];

		if (hostdev->kind != HD_DEVICE_PCI || !hostdev->has_addr || hostdev->managed)
			continue;
		pci = hd_facts_fn(build->facts, &hostdev->addr);
		if (!pci || !pci->fn.is_present)
			return hd_fail(build->err, -ENODEV, "%s does not exist",
				       hd_pci_addr_format(&hostdev->addr, name));
	}
	return 0;
}

int hd_plan_for_start(struct hd_plan *ret, struct hd_arena *arena,
		      const struct hd_request *request, const struct hd_facts *facts,
		      const struct hd_knobs *knobs, struct hd_error *err)
{
	struct build build = { { NULL, 0 }, arena, request, facts, knobs, err, STAGE_NEXT };
	int rc = find_requested(&build);
	size_t first;

	if (rc == 0)
		rc = plan_modules(&build);
	if (rc == 0 && facts->handover.is_needed)
		rc = hd_plan_handover(&build.plan, arena, facts, knobs->handover, &build.stage, err);
	first = build.plan.n;
	if (rc == 0)
		rc = plan_functions(&build);
	if (rc == 0 && facts->handover.is_needed) {
		hd_plan_look_at_cards(&build.plan, arena, knobs->handover, first, build.stage + 1);
		hd_plan_look_at_inputs(&build.plan, arena, facts, knobs->handover, build.stage + 1);
	}
	return rc < 0 ? rc : finish_plan(&build, ret);
}

/* An unbound function goes back only if it is known that it was taken. */
static bool must_go_back(const struct hd_pci_facts *pci, const char *original)
{
	const struct hd_pci_fn *fn = &pci->fn;

	if (pci->vgpu.is_there && !original)
		return false;	/* it is where it belongs; to unbind it would end the vGPU */
	if (fn->driver_kind == HD_DRIVER_NONE)
		return original || (fn->driver_override && *fn->driver_override);
	return fn->driver_kind == HD_DRIVER_VFIO;
}

static int give_back_one(struct build *build, const struct hd_pci_addr *addr, const char *original)
{
	const struct hd_pci_facts *pci = hd_facts_fn(build->facts, addr);
	char name[HD_PCI_ADDR_SIZE], now[HD_STATE_MAX];
	int rc;

	if (!pci || !pci->fn.is_present)
		return hd_fail(build->err, -ENODEV, "%s does not exist",
			       hd_pci_addr_format(addr, name));
	if (!must_go_back(pci, original) || is_planned(build, pci->fn.name))
		return 0;
	rc = hd_plan_format_state(now, &pci->fn, false, build->err);
	if (rc < 0 || (original && !strcmp(original, now)))
		return rc;
	return add_function(build, build->knobs->pci_driver, &pci->fn,
			    original ? original : ANY_HOST_DRIVER, "reattach");
}

int hd_plan_for_reattach(struct hd_plan *ret, struct hd_arena *arena,
			 const struct hd_facts *facts, const struct hd_pci_addr *addrs,
			 const char *const *originals, size_t n,
			 const struct hd_knobs *knobs, struct hd_error *err)
{
	struct build build = { { NULL, 0 }, arena, NULL, facts, knobs, err, STAGE_NEXT };

	for (size_t i = 0; i < n; i++) {
		int rc = give_back_one(&build, &addrs[i], originals ? originals[i] : NULL);

		if (rc < 0)
			return rc;
	}
	return finish_plan(&build, ret);
}
