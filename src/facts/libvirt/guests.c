/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guests.c - which guests have or claim host devices, from libvirt's own files.
 *
 * Only names that end in .xml and lie directly in the two folders are guests:
 * etc/libvirt/qemu also has networks/ and autostart/.  Each file is parsed with
 * memory of its own, so that a host of a thousand guests costs one file's.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/read.h"
#include "base/text.h"
#include "domain/early_exit.h"
#include "domain/request.h"
#include "domain/xml.h"
#include "facts/host/namespaces.h"
#include "facts/libvirt/guests.h"
#include "facts/libvirt/guests_internal.h"

#define MAX_FILES 65536
#define MAX_NAME 100

struct folder {
	const char *path;
	bool is_running;
};

struct reading {
	struct hd_guests *guests;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const char *except_uuid;
	const struct folder *folder;
};

ssize_t hd_guest_file_read(char **ret, const struct hd_sysroot *root, const char *folder,
			   const char *name)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, "%s/%s", folder, name);
	struct stat st;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (st.st_size > (off_t)HD_XML_MAX)
		return -EFBIG;
	*ret = malloc((size_t)st.st_size + 1);
	if (!*ret)
		hd_oom();
	return hd_read_up_to(fd, *ret, (size_t)st.st_size);
}

static void note_unreadable(struct reading *r, const char *name, const char *why)
{
	if (!r->folder->is_running || r->guests->unreadable)
		return;
	r->guests->unreadable =
		hd_printf(r->arena, "%s%s%s: %s", r->folder->path, name ? "/" : "",
			  name ? hd_text_printable(r->arena, name, MAX_NAME) : "", why);
}

struct device_list {
	struct hd_guest_device **devices;
	size_t *n;
};

static struct device_list list_for(const struct reading *r, bool is_own)
{
	struct hd_guests *guests = r->guests;

	if (is_own)
		return (struct device_list){ &guests->own_devices, &guests->n_own_devices };
	if (r->folder->is_running)
		return (struct device_list){ &guests->devices, &guests->n_devices };
	return (struct device_list){ &guests->defined_devices, &guests->n_defined_devices };
}

/* What names the device, in memory that outlives the parsed file. */
static void add_device(struct reading *r, const struct hd_request *request,
		       const struct hd_hostdev *dev, bool is_own)
{
	struct device_list list = list_for(r, is_own);
	struct hd_guest_device *device;

	if (dev->kind == HD_DEVICE_PCI || (dev->kind == HD_DEVICE_SCSI && !dev->has_scsi))
		return;
	/* It may be plugged in by now, but the guest does not have it. */
	if (dev->is_missing && r->folder->is_running)
		return;
	device = hd_append(r->arena, list.devices, list.n, sizeof(*device));
	device->guest = hd_text_printable(r->arena, request->name ? request->name : "",
					  MAX_NAME);
	memcpy(device->uuid, request->uuid, sizeof(device->uuid));
	device->dev = (struct hd_hostdev){
		.kind = dev->kind,
		.usb_vendor = dev->usb_vendor, .usb_product = dev->usb_product,
		.usb_bus = dev->usb_bus, .usb_device = dev->usb_device,
		.mdev_uuid = dev->mdev_uuid ? hd_strdup(r->arena, dev->mdev_uuid) : NULL,
		.path = dev->path ? hd_strdup(r->arena, dev->path) : NULL,
		.has_scsi = dev->has_scsi, .scsi = dev->scsi, .is_shareable = dev->is_shareable,
	};
}

static void add_own(struct reading *r, const struct hd_request *request)
{
	for (size_t i = 0; r->folder->is_running && i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (dev->kind == HD_DEVICE_PCI && dev->has_addr)
			hd_push(r->arena, &r->guests->own, &r->guests->n_own, dev->addr);
		add_device(r, request, dev, true);
	}
}

static void add_claims(struct reading *r, const struct hd_request *request)
{
	const char *name = request->name ? request->name : "";

	if (request->uuid[0] && !strcmp(request->uuid, r->except_uuid)) {
		add_own(r, request);
		return;
	}
	name = hd_text_printable(r->arena, name, MAX_NAME);
	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];
		struct hd_guest_claim *claim;

		add_device(r, request, dev, false);
		if (dev->kind != HD_DEVICE_PCI || !dev->has_addr)
			continue;
		claim = hd_append(r->arena, &r->guests->claims, &r->guests->n_claims,
				  sizeof(*claim));
		claim->guest = name;
		memcpy(claim->uuid, request->uuid, sizeof(claim->uuid));
		claim->is_running = r->folder->is_running;
		claim->addr = dev->addr;
	}
}

static void read_guest(struct reading *r, const char *name)
{
	_cleanup_(hd_arena_done) struct hd_arena scratch = { NULL };
	_cleanup_(hd_freep) char *xml = NULL;
	struct hd_request request;
	struct hd_error err = { .code = 0 };
	ssize_t length = hd_guest_file_read(&xml, r->root, r->folder->path, name);

	if (length == -ENOENT)
		return;		/* it stopped in the meantime */
	if (length < 0) {
		note_unreadable(r, name, strerror((int)-length));
		return;
	}
	if (!hd_domain_may_pass_devices(xml, (size_t)length))
		return;
	if (hd_request_parse(&request, &scratch, xml, (size_t)length, &err) < 0) {
		note_unreadable(r, name,
				hd_text_printable(r->arena, err.text, sizeof(err.text)));
		return;
	}
	add_claims(r, &request);
}

static void read_folder(struct reading *r)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", r->folder->path);

	if (n == -ENOENT)
		return;
	if (n < 0 || n > MAX_FILES) {
		note_unreadable(r, NULL, n < 0 ? strerror((int)-n) : "too many files");
		return;
	}
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_ends_with(names[i], ".xml"))
			read_guest(r, names[i]);
}

static int by_device(const void *a, const void *b)
{
	const struct hd_guest_claim *x = a, *y = b;
	int order = hd_pci_addr_compare(&x->addr, &y->addr);

	if (!order)
		order = strcmp(x->uuid, y->uuid);
	if (!order && !x->uuid[0])
		order = strcmp(x->guest, y->guest);
	return order;
}

/* Of equal claims the running one comes first. */
static int by_device_then_state(const void *a, const void *b)
{
	const struct hd_guest_claim *x = a, *y = b;
	int order = by_device(a, b);

	return order ? order : y->is_running - x->is_running;
}

/* One claim for a guest both running and defined, or with two namespaces of a disk. */
static void merge_guests(struct hd_guests *guests)
{
	size_t n = 0;

	if (!guests->n_claims)
		return;
	qsort(guests->claims, guests->n_claims, sizeof(*guests->claims),
	      by_device_then_state);
	for (size_t i = 1; i < guests->n_claims; i++)
		if (by_device(&guests->claims[n], &guests->claims[i]))
			guests->claims[++n] = guests->claims[i];
	guests->n_claims = n + 1;
}

int hd_guests_read(struct hd_guests *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, const char *except_uuid, struct hd_error *err)
{
	static const struct folder folders[] = {
		{ HD_GUESTS_RUNNING, true },
		{ HD_GUESTS_DEFINED, false },
	};
	struct hd_guests guests = { .hidden = hd_hidden_run(root, arena) };
	char except[37] = "";

	if (except_uuid[0] && !hd_text_uuid(except_uuid, except))
		return hd_fail(err, -EINVAL, "guest UUID %s: not a UUID",
			       hd_text_printable(arena, except_uuid, MAX_NAME));
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		struct reading r = { .guests = &guests, .root = root, .arena = arena,
				     .except_uuid = except, .folder = &folders[i] };

		read_folder(&r);
	}
	merge_guests(&guests);
	*ret = guests;
	return 0;
}
