/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libvirt_connect.h - connections and guests of libvirt, inside the border to it. */
#pragma once

#include <libvirt/libvirt.h>

#include "base/pciaddr.h"
#include "virt/libvirt_calls.h"

/* URI NULL is qemu:///system; NULL if it cannot be reached. */
virConnectPtr hd_virt_open(const char *uri, bool is_read_only);

/* By its name or UUID, or NULL. */
virDomainPtr hd_virt_find(virConnectPtr connection, const char *guest) _nonnull_(2);

/* libvirt's last error after WHAT; -ENOENT: there is no such guest; else -EIO. */
int hd_virt_fail(struct hd_error *err, const char *what) _nonnull_(1, 2);

/* The name of its node device: "pci_0000_01_00_0" for "0000:01:00.0". */
#define HD_NODE_NAME_MAX 128
void hd_virt_pci_name(char ret[static HD_NODE_NAME_MAX], const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* For _cleanup_(). */
void hd_virt_close(virConnectPtr *connection) _nonnull_(1);
void hd_virt_free_domain(virDomainPtr *domain) _nonnull_(1);
void hd_virt_free_device(virNodeDevicePtr *device) _nonnull_(1);
void hd_virt_free_devices(virNodeDevicePtr **devices) _nonnull_(1);	/* a list that ends in NULL */
