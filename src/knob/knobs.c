/* SPDX-License-Identifier: GPL-2.0-or-later */
/* knobs.c - the knobs of a hand-over, and the list of those that a journal may name. */
#include "config.h"

#include "knob/knobs.h"

const struct hd_handover_knobs hd_handover_knobs = {
	.unit = &hd_knob_unit,
	.session = &hd_knob_session,
	.card_idle = &hd_knob_card_idle,
	.vtconsole = &hd_knob_vtconsole,
	.framebuffer = &hd_knob_framebuffer,
	.unloaded_driver = &hd_knob_unloaded_driver,
	.kernel_module = &hd_knob_kernel_module,
	.card_answers = &hd_knob_card_answers,
	.usb_driver = &hd_knob_usb_driver,
};

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
	&hd_knob_usb_driver,
	NULL,
};
