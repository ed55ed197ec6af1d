/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakeplan.h - a guest that asks a fake kernel for N functions: all that apply needs. */
#pragma once

#include "run/recover.h"
#include "tests/support/fakekernel.h"

#define FAKE_PLAN_MAX 16
#define FAKE_UUID "c7a5fdbd-cdaf-9455-926a-d65c16db1809"
#define FAKE_ON_HOST "nvme"
#define FAKE_ON_VFIO "vfio-pci:vfio-pci"

struct fake_plan {
	struct fake_host host;
	struct fake_kernel kernel;
	char dir[64];			/* the state directory */
	struct hd_apply apply;
	struct hd_journal_id id;
	struct hd_plan plan;
	struct hd_step steps[FAKE_PLAN_MAX];
	size_t n_fns;
};

/* N functions 0000:01:00.0, 0000:02:00.0 ... on nvme, each in a group of its own. */
void fake_plan_make(struct fake_plan *fake, size_t n);
void fake_plan_remove(struct fake_plan *fake);

/* The plan that binds all of them in one stage; with MODULE one stage before it. */
void fake_plan_fill(struct fake_plan *fake, bool module);

/* Puts each function at the end of a stage of its own. */
void fake_plan_serialise(struct fake_plan *fake);

/* Functions on nvme, no faults, no journal; a new plan. */
void fake_plan_reset(struct fake_plan *fake, bool module);

const char *fake_plan_addr(size_t i);

/* All functions are in STATE. */
void fake_plan_assert_all(struct fake_plan *fake, const char *state);

/* How many journals there are; every one must be readable. */
size_t fake_plan_journals(struct fake_plan *fake);

/* The one journal, as the host's arena has it; fails the test if there is none. */
const struct hd_journal_entry *fake_plan_journal(struct fake_plan *fake);

/* Rewrites the header of its journal: the version, and all that follows the key. */
void fake_plan_set_header(struct fake_plan *fake, const char *version, const char *rest);

enum hd_exit fake_plan_apply(struct fake_plan *fake, struct hd_error *err);
void fake_plan_recover(struct fake_plan *fake, struct hd_recovery *ret);
