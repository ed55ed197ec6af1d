/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pciaddr.h - the address of a PCI function, as the kernel writes it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/macro.h"

/* domain is 16 bits on most hosts, 32 below an Intel VMD (0x10000 and up). */
struct hd_pci_addr {
	uint32_t domain;
	uint8_t bus;
	uint8_t slot;	/* 0-31 */
	uint8_t fn;	/* 0-7 */
};

/* Room for "ffffffff:ff:1f.7" and its end. */
#define HD_PCI_ADDR_SIZE 17

/* The kernel's form ("0000:01:00.0"; Linux drivers/pci/probe.c) into BUF; returns BUF. */
char *hd_pci_addr_format(const struct hd_pci_addr *addr, char buf[static HD_PCI_ADDR_SIZE])
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * Takes "0000:01:00.0", "01:00.0" (domain 0) and libvirt's node device name
 * "pci_0000_01_00_0".  Returns false, and leaves *ret alone, for all else.
 */
bool hd_pci_addr_parse(const char *text, struct hd_pci_addr *ret) _nonnull_(1, 2) _must_check_;

/* <0, 0, >0, as strcmp does, in the order of the numbers. */
int hd_pci_addr_compare(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
	_nonnull_(1, 2);
/* The same for qsort(3). */
int hd_pci_addr_order(const void *a, const void *b) _nonnull_(1, 2);
