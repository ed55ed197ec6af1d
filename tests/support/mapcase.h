/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mapcase.h - hosts for the tests of maps: captured ones, and one of 500 functions. */
#pragma once

#include "report/map.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

struct map_case {
	struct hd_arena arena;
	struct hd_inventory inventory;
	struct hd_map_device *devices;
	struct hd_map map;
	struct fake_host host;
	bool has_host;
};

extern const char *const map_case_hosts[];
extern const size_t map_case_n_hosts;

/* All devices of INVENTORY get NAME, marks by their groups, and the map is made. */
void map_case_describe(struct map_case *made, const char *name);

/* A captured host of tests/hosts. */
void map_case_host(struct map_case *made, const char *name);

/* 2 sockets, 20 ports with 24 functions each, of which many share groups or are VFs. */
void map_case_many(struct map_case *made);

/* Names, guests, drivers and reasons become hostile. */
void map_case_spoil(struct map_case *made);

void map_case_done(struct map_case *made);
