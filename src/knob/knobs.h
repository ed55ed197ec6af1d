/* SPDX-License-Identifier: GPL-2.0-or-later */
/* knobs.h - the kinds of host state that we can change; the only code that writes. */
#pragma once

#include "plan/plan.h"

/* "pci-driver" by driver_override, unbind and drivers_probe. */
extern const struct hd_knob hd_knob_pci_driver_sysfs;

/*
 * "pci-driver" by virNodeDeviceDetachFlags and virNodeDeviceReAttach, in a
 * program of its own (`hostdevctl nodedev`), so that the hook never links
 * libvirt.  See libvirt's include/libvirt/libvirt-nodedev.h.
 */
extern const struct hd_knob hd_knob_pci_driver_libvirt;

/* HD_KNOB_MANAGED: taken back by sysfs, never set. */
extern const struct hd_knob hd_knob_managed_driver;

/* "module": "absent" to "loaded" by modprobe(8), without a shell. */
extern const struct hd_knob hd_knob_module;

/* The steps of a hand-over.  "unit": a service, "active" to "inactive". */
extern const struct hd_knob hd_knob_unit;

/* "session": of logind, by its id, "present" to "ended". */
extern const struct hd_knob hd_knob_session;

/* "card-idle": of a function, "in-use" to "idle": waits, and changes nothing. */
extern const struct hd_knob hd_knob_card_idle;

/* "vtconsole": of vtcon1, "bound" to "unbound". */
extern const struct hd_knob hd_knob_vtconsole;

/* "framebuffer": of the platform device "efi-framebuffer.0", its driver's name to "-". */
extern const struct hd_knob hd_knob_framebuffer;

/*
 * "unloaded-driver": of a function, the driver that goes with its modules ("nvidia") to "-".
 * Never set; its place before the modules makes the undo look at it after them.
 */
extern const struct hd_knob hd_knob_unloaded_driver;

/* "kernel-module": "loaded" to "absent" by delete_module(2), never forced. */
extern const struct hd_knob hd_knob_kernel_module;

/*
 * "card-answers": of a function, "answers" to "answers".  Never set; its place behind
 * the driver makes the undo look at the card first.  One that is "asleep" (D3cold, and a read does not
 * wake it) is woken, a "dead" one is reset.
 */
extern const struct hd_knob hd_knob_card_answers;

/*
 * "usb-driver": of the interface "1-2:1.0" of a keyboard or pointer, the host's driver ("usbhid") to
 * "usbfs".  Never set: QEMU takes it, and does not give it back if it is killed.
 */
extern const struct hd_knob hd_knob_usb_driver;

/* All of them, for a plan. */
extern const struct hd_handover_knobs hd_handover_knobs;

/* For journals: by name; binders share the name, the sysfs one undoes. NULL-terminated. */
extern const struct hd_knob *const hd_knobs_all[];
