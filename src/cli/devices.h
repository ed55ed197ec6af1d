/* SPDX-License-Identifier: GPL-2.0-or-later */
/* devices.h - which PCI function a person means. */
#pragma once

#include "base/pciaddr.h"
#include "cli/command.h"

/* Could TEXT name a device? (Then it is not the name of a guest.) */
bool hd_device_is_name(const char *text) _nonnull_(1);

/*
 * The function that TEXT names.  Today an address; other names (an interface, a
 * disk, vendor:device) are to be resolved here.  Returns 0 or -EINVAL with ERR.
 */
int hd_device_resolve(const char *text, struct hd_pci_addr *ret, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* All operands as devices, in their order and once each; owned by the run's arena. */
int hd_devices_from_args(struct hd_run *run, struct hd_pci_addr **ret, size_t *ret_n,
			 struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
