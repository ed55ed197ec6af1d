/* SPDX-License-Identifier: GPL-2.0-or-later */
/* repeated.h - findings that say the same of many devices, shown once. */
#pragma once

#include <stdio.h>

#include "check/check.h"

/* Does an earlier finding say the same of another subject, but for the name of the subject? */
bool hd_finding_is_repeated(const struct hd_findings *findings, size_t i) _nonnull_(1);

/*
 * The subject of finding number I, and those of the later ones that say the same: up to three, and
 * how many more there are: "0000:03:10.0, 0000:03:10.1, 0000:03:10.2 and 35 more".
 */
void hd_put_subjects(FILE *out, const struct hd_findings *findings, size_t i) _nonnull_(1, 2);
