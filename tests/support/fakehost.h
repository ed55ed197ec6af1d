/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fakehost.h - a made-up host as a real directory tree, in memory or below /tmp.
 *
 * The fake is the file system, not our code: facts are collected from it
 * exactly as from a real host.  All helpers fail the running test on an error.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

struct fake_host {
	char *path;			/* "/dev/shm/hostdevctl-XXXXXX", or below /tmp */
	struct hd_sysroot root;
	struct hd_arena arena;		/* for whatever the test collects */
};

void fake_host_make(struct fake_host *host);	/* in memory, if there is room */
void fake_host_make_in(struct fake_host *host, const char *folder);
void fake_host_remove(struct fake_host *host);	/* removes the tree, closes, frees */

/* The same as cmocka's setup and teardown: *STATE is an empty host for each test. */
int fake_host_setup(void **state);
int fake_host_teardown(void **state);

/* Paths are relative to the root; missing parents are made; files are replaced. */
void fake_dir(struct fake_host *host, const char *path);
void fake_file(struct fake_host *host, const char *path, const char *text);
void fake_script(struct fake_host *host, const char *path, const char *text);	/* executable */
void fake_bytes(struct fake_host *host, const char *path, const void *data, size_t size);
void fake_link(struct fake_host *host, const char *path, const char *target);

/* A PCI function below a root port of its own, with the links that the kernel makes. */
struct fake_pci {
	const char *addr;		/* "0000:01:00.0" */
	unsigned vendor, device;	/* 0: 0x1b36, 0x0010 */
	unsigned class;			/* 0: 0x010802 (NVMe) */
	unsigned header_type;		/* config byte 0x0e */
	int group;			/* 0: none; else IOMMU group */
	const char *driver;		/* NULL: unbound */
	bool is_dead;			/* configuration space all ones */
};
void fake_pci_add(struct fake_host *host, const struct fake_pci *fn);

/* Where fake_pci_add put it: "sys/devices/pci0000:00/.../0000:01:00.0" (host's arena). */
const char *fake_pci_path(struct fake_host *host, const char *addr);

/* Replaces a file of its folder in sysfs. */
void fake_pci_put(struct fake_host *host, const char *addr, const char *file, const char *text);

/* A path below its folder in sysfs (host's arena). */
const char *fake_pci_below(struct fake_host *host, const char *addr, const char *rest);

/* A folder of sysfs, DIR, for a device of CLASS, with the links in both directions. */
void fake_node(struct fake_host *host, const char *class, const char *dir);

/*
 * A USB device in folder REST of the controller ADDR: its name PORT ("1-2.3"), its ID
 * ("046d:c52b"), its bus of one digit and its number ("1/5").  Returns its folder.
 */
const char *fake_usb_add(struct fake_host *host, const char *addr, const char *port,
			 const char *rest, const char *id, const char *numbers);

/* The facts of a function; the second fails the test if they cannot be had. */
int fake_pci_read(struct fake_host *host, const char *addr, struct hd_pci_fn *ret,
		  struct hd_error *err);
struct hd_pci_fn fake_pci_must_read(struct fake_host *host, const char *addr);

/* A host that passes all host checks: Intel, remapping on, vfio loaded, Debian, kernel 6.1. */
void fake_good_host(struct fake_host *host);

/*
 * Fills the host from a captured tree (tests/hosts/NAME.tree): "@ dir",
 * "name = text" (plus a newline; \n \t \\ escapes), "name ! text" (the same,
 * executable), "name : hex bytes",
 * "name -> target", "#" comments; anything else is an error with its line.
 * Returns 0, or -EINVAL with ERR; never writes outside the host's path.
 */
int fake_tree_load(struct fake_host *host, const char *text, size_t length,
		   struct hd_error *err);
int fake_tree_load_file(struct fake_host *host, const char *path, struct hd_error *err);
