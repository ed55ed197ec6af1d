/* SPDX-License-Identifier: GPL-2.0-or-later */
/* named_devices.h - the USB, serial and mediated devices that a request names.  Part of facts.c. */
#pragma once

#include "facts/function_facts.h"

/* Fills usb, inputs, usbs, serials and mdevs of the facts. */
int hd_named_read(struct hd_collector *c) _nonnull_(1) _must_check_;
