/* SPDX-License-Identifier: GPL-2.0-or-later */
/* domains.h - domain XML for tests: whole files, and single devices. */
#pragma once

#include "base/arena.h"
#include "domain/request.h"

/* The text of tests/domains/NAME and its length; fails the test if it cannot be read. */
const char *domain_file(struct hd_arena *arena, const char *name, size_t *length);

/* A small domain around the text of DEVICES, which starts in line 2. */
const char *domain_with(struct hd_arena *arena, const char *devices);

/* Parses; fails the test, with the error's text, if it is not a domain. */
void domain_parse(struct hd_arena *arena, const char *xml, size_t length, struct hd_request *ret);

/* A test whose *state is an arena of its own. */
#define DOMAIN_TEST(test) cmocka_unit_test_setup_teardown(test, domain_setup, domain_teardown)
int domain_setup(void **state);
int domain_teardown(void **state);
