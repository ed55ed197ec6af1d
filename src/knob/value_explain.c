/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value_explain.c - why did the kernel not accept a value?
 *
 * Sources: Linux drivers/pci/iov.c (sriov_numvfs_store, sriov_enable) and what
 * drivers return besides; Documentation/admin-guide/mm/hugetlbpage.rst.
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "knob/value_explain.h"

#define NUMVFS "sriov_numvfs"
#define HUGEPAGES "nr_hugepages"
#define POOL "/hugepages-"

static const struct {
	const char *file;
	int code;
	const char *why;
} reasons[] = {
	{ NUMVFS, -ENOENT, "its driver does not create virtual functions, or it has no driver" },
	{ NUMVFS, -EBUSY, "it already has virtual functions, which something else created" },
	{ NUMVFS, -ERANGE, "it cannot have that many (sriov_totalvfs)" },
	{ NUMVFS, -EINVAL, "the device or its driver does not accept this number" },
	{ NUMVFS, -ENOMEM, "there is no room for their memory or bus numbers: enable "
			   "SR-IOV and \"Above 4G Decoding\" in the firmware, else boot "
			   "with pci=realloc (and pci=assign-busses, if the kernel's log "
			   "says \"bus number out of range\")" },
	{ NUMVFS, -ENOSPC, "there are no bus numbers, or the device has no room for so "
			   "many: boot with pci=assign-busses or pci=realloc, or create fewer" },
	{ NUMVFS, -EPERM, "its driver does not allow it now: virtual functions are in use, "
			  "or SR-IOV is disabled in the card's own setup" },
	{ NUMVFS, -EIO, "the device did not create them: is SR-IOV enabled in the card's "
			"own setup?" },
	{ NUMVFS, -ENODEV, "the function no longer exists" },
};

bool hd_value_is_hugepages(const char *path)
{
	return hd_text_ends_with(path, "/" HUGEPAGES);
}

int hd_value_refused(struct hd_error *err, const char *path, const char *value, int code)
{
	const char *name = strrchr(path, '/');

	name = name ? name + 1 : path;
	for (size_t i = 0; i < HD_ARRAY_SIZE(reasons); i++)
		if (reasons[i].code == code && !strcmp(reasons[i].file, name))
			return hd_fail(err, code, "the kernel does not accept %s for /%s (%s): %s",
				       value, path, strerror(-code), reasons[i].why);
	return hd_fail(err, code, "cannot write %s to /%s: %s", value, path, strerror(-code));
}

/* How many pages were asked for, and how many were allocated. */
static int say_short(struct hd_error *err, const char *path, uint64_t from, uint64_t to,
		     uint64_t now)
{
	const char *pool = strstr(path, POOL);
	uint64_t kib = pool ? strtoull(pool + strlen(POOL), NULL, 10) : 0;
	uint64_t made = now > from ? now - from : 0, wanted = to - from;

	return hd_fail(err, -ENOMEM,
		       "/%s: the kernel could allocate %" PRIu64 " of %" PRIu64 " more huge pages of %"
		       PRIu64 " KiB (%" PRIu64 " of %" PRIu64 " MiB) in addition to the %" PRIu64
		       " that existed: too little memory is free, or it is too fragmented", path, made,
		       wanted, kib, made * kib / 1024, wanted * kib / 1024, from);
}

int hd_value_differs(struct hd_error *err, const char *path, const char *from, const char *to,
		     const char *now)
{
	uint64_t a, b, c;

	if (hd_value_is_hugepages(path) && hd_text_u64(from, &a) && hd_text_u64(to, &b) &&
	    hd_text_u64(now, &c) && a < b)
		return say_short(err, path, a, b, c);
	return hd_fail(err, -EIO, "%s was written to /%s, which now reads %.60s", to, path, now);
}
