/* SPDX-License-Identifier: GPL-2.0-or-later */
/* devicehost.h - a fake host that has a device of each kind, under each kind of name. */
#pragma once

#include "tests/support/fakehost.h"

#define NVME "0000:01:00.0"
#define GPU "0000:02:00.0"
#define NIC "0000:03:00.0"
#define VF "0000:03:10.2"
#define UART "0000:06:00.0"
#define XHCI "0000:07:00.0"
#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
#define NO_UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1002"
#define DEFINED "83b8f4f2-509f-382f-3c1e-e6bfe0fa1003"

/* cmocka's set-up, for fake_host_teardown(); *STATE is a struct fake_host. */
int device_host_setup(void **state);
