/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci_state.h - the state of "pci-driver" as text: which driver a PCI function
 * has and what its driver_override says (see knob.h for the form).
 */
#pragma once

#include <stdbool.h>

#include "plan/knob.h"

#define HD_PCI_NAME_MAX 64

struct hd_pci_state {
	char driver[HD_PCI_NAME_MAX];	/* "-" unbound; "*" any host driver */
	char override[HD_PCI_NAME_MAX];	/* "" none */
};

/* -EINVAL for a text that is not a state. */
int hd_pci_state_parse(const char *text, struct hd_pci_state *ret) _nonnull_(1, 2) _must_check_;

/* get() of both binders: reads the `driver` link and `driver_override`. */
int hd_pci_state_get(const struct hd_knob_host *host, const char *target,
		     char buf[static HD_STATE_MAX], struct hd_error *err)
	_nonnull_(1, 2, 3, 4);

/* is_at(), is_between() and may_undo() of both binders. */
bool hd_pci_state_is_at(const char *wanted, const char *now) _nonnull_(1, 2);
bool hd_pci_state_is_between(const char *from, const char *to, const char *now)
	_nonnull_(1, 2, 3);
int hd_pci_state_may_undo(const struct hd_knob_host *host, const char *target,
			  const char *state, struct hd_error *err) _nonnull_(1, 2, 3, 4);

/* Is it bound to a VFIO driver (by name, see hd_driver_kind_of)? */
bool hd_pci_state_is_vfio(const struct hd_pci_state *state) _nonnull_(1);
