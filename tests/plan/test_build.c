/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_build.c - which states a start needs, and which a reattach. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "plan/plan.h"
#include "tests/support/fakekernel.h"
#include "tests/support/unit.h"

#define GPU "0000:01:00.0"
#define SOUND "0000:01:00.1"
#define DISK "0000:02:00.0"

static const struct hd_knob managed = { .name = HD_KNOB_MANAGED, .is_by_others = true };
static const struct hd_knobs knobs = { &fake_knob_pci_driver, &fake_knob_module, NULL, NULL };
static const struct hd_knobs knobs_of_hook = { &fake_knob_pci_driver, &fake_knob_module, &managed,
					       NULL };

/* A function of the made-up host; the zero value of all but the name is ordinary. */
struct fn {
	const char *addr;
	int group;
	const char *driver, *override;
	unsigned class, header_type;
	bool is_absent, is_vgpu;
	const char *best;	/* VFIO driver; NULL: vfio-pci */
	enum hd_module_state best_state;
};

struct ask {
	const char *addr;
	bool managed;
	const char *model;
};

#define FN(a, g, d, ...) { .addr = (a), .group = (g), .driver = (d), ##__VA_ARGS__ }
#define ASK(a, ...) { { .addr = (a), ##__VA_ARGS__ } }

static const struct row {
	const char *name;
	struct fn fns[4];
	struct ask asks[4];
	bool keep_companions, no_modules, is_hook;
	const char *want;	/* the plan in short, or "!" and a part of the error */
} rows[] = {
	{ "nothing is asked for", { FN(DISK, 2, "nvme") }, { { 0 } }, .want = "" },
	{ "managed='no'", { FN(DISK, 2, "nvme") }, ASK(DISK),
	  .want = "1 " DISK " nvme>vfio-pci:vfio-pci group 2 (requested);" },
	{ "managed='yes'", { FN(DISK, 2, "nvme") }, ASK(DISK, .managed = true), .want = "" },
	{ "managed='yes' is remembered", { FN(DISK, 2, "nvme", .override = "nvme") },
	  ASK(DISK, .managed = true), .is_hook = true,
	  .want = "1 " DISK " nvme:nvme>vfio-pci:vfio-pci group 2 (libvirt binds it);" },
	{ "a vGPU stays on its driver", { FN(DISK, 2, "nvidia", .is_vgpu = true) }, ASK(DISK),
	  .want = "" },
	{ "not what was on VFIO", { FN(DISK, 2, "vfio-pci") }, ASK(DISK, .managed = true),
	  .is_hook = true, .want = "" },
	{ "nor what was unbound", { FN(DISK, 2, NULL) }, ASK(DISK, .managed = true),
	  .is_hook = true, .want = "" },
	{ "unbound", { FN(DISK, 2, NULL) }, ASK(DISK),
	  .want = "1 " DISK " ->vfio-pci:vfio-pci group 2 (requested);" },
	{ "with an override", { FN(DISK, 2, "nvme", .override = "nvme") }, ASK(DISK),
	  .want = "1 " DISK " nvme:nvme>vfio-pci:vfio-pci group 2 (requested);" },
	{ "on vfio-pci already", { FN(DISK, 2, "vfio-pci") }, ASK(DISK), .want = "" },
	{ "modules missing", { FN(DISK, 2, "nvme") }, ASK(DISK), .no_modules = true,
	  .want = "0 vfio_iommu_type1 absent>loaded (VFIO needs it);"
		  "0 vfio-pci absent>loaded (the VFIO driver of " DISK ");"
		  "1 " DISK " nvme>vfio-pci:vfio-pci group 2 (requested);" },
	{ "modules missing, libvirt binds", { FN(DISK, 2, "nvme") }, ASK(DISK, .managed = true),
	  .no_modules = true,
	  .want = "0 vfio_iommu_type1 absent>loaded (VFIO needs it);"
		  "0 vfio-pci absent>loaded (the VFIO driver of " DISK ");" },
	{ "each module once", { FN(GPU, 1, "nouveau"), FN(DISK, 2, "nvme") },
	  { { .addr = GPU }, { .addr = DISK } }, .no_modules = true,
	  .want = "0 vfio_iommu_type1 absent>loaded (VFIO needs it);"
		  "0 vfio-pci absent>loaded (the VFIO driver of " GPU ");"
		  "1 " GPU " nouveau>vfio-pci:vfio-pci group 1 (requested);"
		  "1 " DISK " nvme>vfio-pci:vfio-pci group 2 (requested);" },
	{ "variant driver", { FN(DISK, 2, "mlx5_core", .best = "mlx5_vfio_pci",
				 .best_state = HD_MODULE_LOADABLE) }, ASK(DISK),
	  .want = "0 mlx5_vfio_pci absent>loaded (the VFIO driver of " DISK ");"
		  "1 " DISK " mlx5_core>mlx5_vfio_pci:mlx5_vfio_pci group 2 (requested);" },
	{ "variant driver, loaded", { FN(DISK, 2, "mlx5_core", .best = "mlx5_vfio_pci") },
	  ASK(DISK),
	  .want = "1 " DISK " mlx5_core>mlx5_vfio_pci:mlx5_vfio_pci group 2 (requested);" },
	{ "the XML names the driver", { FN(DISK, 2, "mlx5_core", .best = "mlx5_vfio_pci") },
	  ASK(DISK, .model = "vfio-pci"),
	  .want = "1 " DISK " mlx5_core>vfio-pci:vfio-pci group 2 (requested);" },
	{ "by its module's name", { FN(DISK, 2, "nvme") }, ASK(DISK, .model = "vfio_pci"),
	  .want = "1 " DISK " nvme>vfio-pci:vfio-pci group 2 (requested);" },
	{ "the XML names one that nobody knows", { FN(DISK, 2, "nvme") },
	  ASK(DISK, .model = "my_vfio"),
	  .want = "0 my_vfio absent>loaded (the VFIO driver of " DISK ");"
		  "1 " DISK " nvme>my_vfio:my_vfio group 2 (requested);" },
	{ "the XML names a path", { FN(DISK, 2, "nvme") }, ASK(DISK, .model = "../nvme"),
	  .want = "!malformed" },
	{ "companion moves", { FN(GPU, 1, "nouveau"), FN(SOUND, 1, "snd_hda_intel") },
	  ASK(GPU),
	  .want = "1 " GPU " nouveau>vfio-pci:vfio-pci group 1 (requested);"
		  "1 " SOUND " snd_hda_intel>vfio-pci:vfio-pci group 1 (companion of " GPU ");" },
	{ "companion of a managed one", { FN(GPU, 1, "nouveau"), FN(SOUND, 1, "snd_hda_intel") },
	  ASK(GPU, .managed = true),
	  .want = "1 " SOUND " snd_hda_intel>vfio-pci:vfio-pci group 1 (companion of " GPU ");" },
	{ "companion is unbound", { FN(GPU, 1, "nouveau"),
				    FN(SOUND, 1, "i801_smbus", .class = 0x0c0500) }, ASK(GPU),
	  .want = "1 " GPU " nouveau>vfio-pci:vfio-pci group 1 (requested);"
		  "1 " SOUND " i801_smbus>- group 1 (companion of " GPU ");" },
	{ "its override stays", { FN(GPU, 1, "nouveau"),
				  FN(SOUND, 1, "smb", .override = "smb", .class = 0x0c0500) },
	  ASK(GPU, .managed = true),
	  .want = "1 " SOUND " smb:smb>-:smb group 1 (companion of " GPU ");" },
	{ "companion has no driver", { FN(GPU, 1, "nouveau"), FN(SOUND, 1, NULL) },
	  ASK(GPU, .managed = true),
	  .want = "" },
	{ "companion is a bridge", { FN(GPU, 1, "nouveau"),
				     FN(SOUND, 1, "pcieport", .header_type = 1) },
	  ASK(GPU, .managed = true), .want = "" },
	{ "companions may not move", { FN(GPU, 1, "nouveau"), FN(SOUND, 1, "snd_hda_intel") },
	  ASK(GPU), .keep_companions = true,
	  .want = "!" SOUND " is a companion of " GPU " and must not be moved" },
	{ "another group is nobody's companion", { FN(GPU, 1, "nouveau"), FN(DISK, 2, "nvme") },
	  ASK(GPU), .want = "1 " GPU " nouveau>vfio-pci:vfio-pci group 1 (requested);" },
	{ "without groups", { FN(GPU, -1, "nouveau"), FN(DISK, -1, "nvme") }, ASK(GPU),
	  .want = "1 " GPU " nouveau>vfio-pci:vfio-pci (requested);" },
	{ "asked for and not there", { FN(DISK, 2, NULL, .is_absent = true) }, ASK(DISK),
	  .want = "!" DISK " does not exist" },
	{ "a bridge is asked for", { FN(DISK, 2, "pcieport", .header_type = 1) }, ASK(DISK),
	  .want = "!no VFIO driver" },
	{ "one controller, two namespaces", { FN(DISK, 2, "nvme") },
	  { { .addr = DISK }, { .addr = DISK } },
	  .want = "1 " DISK " nvme>vfio-pci:vfio-pci group 2 (requested);" },
};

static void fill_fn(struct hd_pci_facts *pci, const struct fn *fn)
{
	const char *best = fn->best ? fn->best : "vfio-pci";

	assert_true(hd_pci_addr_parse(fn->addr, &pci->fn.addr));
	(void)snprintf(pci->fn.name, sizeof(pci->fn.name), "%s", fn->addr);
	pci->fn.is_present = !fn->is_absent;
	pci->fn.driver = fn->driver;
	pci->fn.driver_override = fn->override;
	pci->fn.driver_kind = fn->driver ? hd_driver_kind_of(fn->driver) : HD_DRIVER_NONE;
	pci->fn.class = fn->class;
	pci->fn.header_type = fn->header_type;
	pci->fn.group = fn->group;
	pci->vfio_driver = fn->header_type || fn->is_absent ? NULL : best;
	pci->vfio_driver_state = fn->best_state;
	pci->vgpu.is_there = fn->is_vgpu;
}

static void fill(const struct row *row, struct hd_facts *facts, struct hd_request *request)
{
	while (row->fns[facts->n_fns].addr) {
		fill_fn(&facts->fns[facts->n_fns], &row->fns[facts->n_fns]);
		facts->n_fns++;
	}
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++)
		facts->host.modules[i] = row->no_modules ? HD_MODULE_LOADABLE : HD_MODULE_LOADED;
	request->policy.keep_companions = row->keep_companions;
	for (; row->asks[request->n_hostdevs].addr; request->n_hostdevs++) {
		const struct ask *ask = &row->asks[request->n_hostdevs];
		struct hd_hostdev *hostdev = &request->hostdevs[request->n_hostdevs];

		assert_true(hd_pci_addr_parse(ask->addr, &hostdev->addr));
		hostdev->has_addr = true;
		hostdev->managed = ask->managed;
		hostdev->driver_model = ask->model;
		for (size_t i = 0; i < facts->n_fns; i++)
			if (!strcmp(facts->fns[i].fn.name, ask->addr))
				facts->fns[i].is_requested = true;
	}
}

static const char *in_short(struct hd_arena *arena, const struct hd_plan *plan)
{
	const char *text = "";

	for (size_t i = 0; i < plan->n; i++) {
		const struct hd_step *step = &plan->steps[i];
		const char *group = step->group == HD_NO_GROUP ? "" :
			hd_printf(arena, " group %d", step->group);

		assert_int_equal(step->state, HD_STEP_PLANNED);
		text = hd_printf(arena, "%s%d %s %s>%s%s (%s);", text, step->stage, step->target,
				 step->from, step->to, group, step->why);
	}
	return text;
}

static void start_holds(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_pci_facts fns[4] = { { .is_requested = false } };
	struct hd_hostdev hostdevs[4] = { { .kind = HD_DEVICE_PCI } };
	struct hd_facts facts = { .fns = fns };
	struct hd_request request = { .hostdevs = hostdevs };
	struct hd_plan plan;
	struct hd_error err;
	int rc;

	fill(row, &facts, &request);
	rc = hd_plan_for_start(&plan, &arena, &request, &facts,
			       row->is_hook ? &knobs_of_hook : &knobs, &err);
	if (row->want[0] != '!') {
		assert_int_equal(rc, 0);
		assert_string_equal(in_short(&arena, &plan), row->want);
	} else {
		assert_true(rc < 0);
		if (!strstr(err.text, row->want + 1))
			fail_msg("'%s' does not say '%s'", err.text, row->want + 1);
	}
	hd_arena_done(&arena);
}

static const struct back_row {
	const char *name;
	struct fn fn;
	const char *original, *want;
} back_rows[] = {
	{ "back to any", FN(DISK, 2, "vfio-pci", .override = "vfio-pci"), NULL,
	  "1 " DISK " vfio-pci:vfio-pci>* group 2 (reattach);" },
	{ "back to what it had", FN(DISK, 2, "vfio-pci"), "nvme:nvme",
	  "1 " DISK " vfio-pci>nvme:nvme group 2 (reattach);" },
	{ "variant driver", FN(DISK, 2, "mlx5_vfio_pci"), NULL,
	  "1 " DISK " mlx5_vfio_pci>* group 2 (reattach);" },
	{ "a vGPU", FN(DISK, 2, "mlx5_vfio_pci", .is_vgpu = true), NULL, "" },
	{ "a vGPU that was taken", FN(DISK, 2, "vfio-pci", .is_vgpu = true), "nvidia",
	  "1 " DISK " vfio-pci>nvidia group 2 (reattach);" },
	{ "on a host driver", FN(DISK, 2, "nvme"), "xhci_hcd", "" },
	{ "unbound for ever", FN(DISK, 2, NULL), NULL, "" },
	{ "unbound by us", FN(DISK, 2, NULL), "i801_smbus",
	  "1 " DISK " ->i801_smbus group 2 (reattach);" },
	{ "half detached", FN(DISK, 2, NULL, .override = "vfio-pci"), NULL,
	  "1 " DISK " -:vfio-pci>* group 2 (reattach);" },
	{ "it always was on VFIO", FN(DISK, 2, "vfio-pci"), "vfio-pci", "" },
	{ "not there", FN(DISK, 2, NULL, .is_absent = true), NULL, "!does not exist" },
};

static void reattach_holds(void **state)
{
	const struct back_row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_pci_facts fn = { .is_requested = true };
	struct hd_facts facts = { .fns = &fn, .n_fns = 1 };
	const char *originals[] = { row->original, row->original };
	struct hd_pci_addr addrs[2];
	struct hd_plan plan;
	struct hd_error err;
	int rc;

	fill_fn(&fn, &row->fn);
	addrs[0] = addrs[1] = fn.fn.addr;
	rc = hd_plan_for_reattach(&plan, &arena, &facts, addrs, row->original ? originals : NULL,
				  2, &knobs, &err);
	assert_int_equal(rc < 0, row->want[0] == '!');
	if (rc < 0)
		assert_non_null(strstr(err.text, row->want + 1));
	else
		assert_string_equal(in_short(&arena, &plan), row->want);
	hd_arena_done(&arena);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(back_rows)];
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[n++] = (struct CMUnitTest){ rows[i].name, start_holds, NULL, NULL,
						  (void *)(uintptr_t)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(back_rows); i++)
		tests[n++] = (struct CMUnitTest){ back_rows[i].name, reattach_holds, NULL, NULL,
						  (void *)(uintptr_t)&back_rows[i] };
	return cmocka_run_group_tests_name("build", tests, NULL, NULL);
}
