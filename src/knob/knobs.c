/* SPDX-License-Identifier: GPL-2.0-or-later */
/* knobs.c - the list of knobs that a journal may name. */
#include "config.h"

#include "knob/knobs.h"

const struct hd_knob *const hd_knobs_all[] = {
	&hd_knob_pci_driver_sysfs,
	&hd_knob_managed_driver,
	&hd_knob_module,
	&hd_knob_unit,
	&hd_knob_session,
	&hd_knob_card_idle,
	&hd_knob_vtconsole,
	&hd_knob_framebuffer,
	&hd_knob_unloaded_driver,
	&hd_knob_kernel_module,
	&hd_knob_card_answers,
	NULL,
};
