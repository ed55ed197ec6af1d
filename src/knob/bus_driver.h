/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bus_driver.h - which driver has a device of a bus? */
#pragma once

#include "plan/knob.h"

/*
 * The driver's name in BUF, "-" if TARGET of BUS ("sys/bus/usb") has none; for a knob's get.  TARGET is a
 * checked name.  -ENODEV: there is no such device, and ERR says that it GONE ("is unplugged").
 */
int hd_bus_driver_get(const struct hd_knob_host *host, const char *bus, const char *target,
		      const char *gone, char buf[static HD_STATE_MAX], struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 6) _must_check_;
