/* SPDX-License-Identifier: GPL-2.0-or-later */
/* subjects.c - the table of what can be set up. */
#include "config.h"

#include "setup/subjects.h"

const struct hd_setup_subject *const hd_setup_subjects[] = {
	&hd_setup_host,
	&hd_setup_vfs,
	&hd_setup_hugepages,
	&hd_setup_bind,
	&hd_setup_unbind,
	&hd_setup_mdev,
	NULL,
};
