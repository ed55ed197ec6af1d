/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hookhost.h - a fake host with a disk and a card of two functions, on which the hook runs. */
#pragma once

#include "tests/support/runhook.h"

#define HOOK_HOST_UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define HOOK_HOST_DISK "0000:01:00.0"
#define HOOK_HOST_GPU "0000:02:00.0"
#define HOOK_HOST_SOUND "0000:02:00.1"

#define HOOK_HOST_DOMAIN(devices) "<domain type='kvm'>\n  <name>g</name>\n  <uuid>" HOOK_HOST_UUID "</uuid>\n" \
	"  <memory unit='KiB'>65536</memory>\n  <vcpu>1</vcpu>\n" \
	"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n" \
	"  <devices>\n" devices "  </devices>\n</domain>\n"
#define HOOK_HOST_DEVICE(managed, bus, fn) \
	"    <hostdev mode='subsystem' type='pci' managed='" managed "'>\n" \
	"      <source><address domain='0x0000' bus='" bus "' slot='0x00' function='" fn "'/>" \
	"</source>\n    </hostdev>\n"

/* Guests without devices, with the disk, and with the disk as a managed device. */
extern const char hook_host_plain[], hook_host_disk[], hook_host_managed[];

/* cmocka's set-up and clean-up; *STATE is a struct fake_host. */
int hook_host_setup(void **state);
int hook_host_teardown(void **state);

/* Runs the hook for GUEST, or for "g", which must write nothing to its standard output. */
struct hook_run hook_host_call_guest(struct fake_host *host, const char *guest,
				     const char *operation, const char *xml, unsigned limit_s);
struct hook_run hook_host_call(struct fake_host *host, const char *operation, const char *xml);

/* The driver of the function, or "-". */
const char *hook_host_driver(struct fake_host *host, const char *addr);

/* All functions have their drivers and no override, and there is no journal. */
void hook_host_expect_untouched(struct fake_host *host);
