/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libvirt_module.c - what the module exports. */
#include "config.h"

#include "virt/libvirt_module.h"

__attribute__((visibility("default"))) const struct hd_virt_module hd_virt_module = {
	.guest_read = hd_virt_guest_read,
	.change = hd_virt_change,
	.power = hd_virt_power,
	.node_devices = hd_virt_node_devices,
	.nodedev = hd_virt_nodedev,
	.mdev_define = hd_virt_mdev_define,
	.mdev_undefine = hd_virt_mdev_undefine,
};
