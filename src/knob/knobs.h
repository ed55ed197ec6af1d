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

/* For journals: by name; binders share the name, the sysfs one undoes. NULL-terminated. */
extern const struct hd_knob *const hd_knobs_all[];
