/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vfs_free.c - may virtual functions go?
 *
 * Those that are open by VFIO would hang the write until the guest is gone (Linux
 * drivers/vfio/pci: remove waits for the user); those with the host's addresses or
 * disks would take these along.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/request_devices.h"
#include "base/text.h"
#include "facts/pci/pci_vfs.h"
#include "setup/vfs_free.h"

#define NUMVFS "/sriov_numvfs"

/* Those that tell a use; the others tell whether a guest could have it. */
static const char *const uses[] = {
	"storage-free", "network-free", "display-free", "holders-free", "iommu-group-exclusive",
	"driver-release-safe",
};

static bool is_use(const struct hd_finding *finding)
{
	if (finding->severity != HD_ERROR || finding->verdict == HD_PASS)
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(uses); i++)
		if (!strcmp(finding->check->id, uses[i]))
			return true;
	return false;
}

static enum hd_exit judge(struct hd_context *context, const struct hd_pci_fn *fn,
			  const struct hd_findings *findings, struct hd_error *err)
{
	const char *remedy;

	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (!is_use(f))
			continue;
		remedy = f->remedy ? f->remedy : f->check->remedy;
		return hd_fail_as(HD_EXIT_REFUSED, err, -EBUSY,
				  "the virtual functions of %s must stay: %s: %s [%s]; first: %s",
				  fn->name, f->subject,
				  hd_text_printable(context->arena, f->evidence, 400),
				  f->check->id, hd_text_printable(context->arena, remedy, 200));
	}
	return HD_EXIT_OK;
}

enum hd_exit hd_setup_vfs_are_free(struct hd_context *context, const struct hd_pci_fn *fn,
				   struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked vfs = { 0 };
	struct hd_device_ref *refs = NULL;
	struct hd_pci_addr *addrs;
	size_t n;
	enum hd_exit code;

	hd_pci_vfs_read(&addrs, &n, &context->root, context->arena, fn);
	if (!n)
		return HD_EXIT_OK;
	refs = hd_alloc(context->arena, n * sizeof(*refs));
	for (size_t i = 0; i < n; i++) {
		char name[HD_PCI_ADDR_SIZE];

		refs[i].kind = HD_DEVICE_PCI;
		refs[i].has_pci = true;
		refs[i].pci = addrs[i];
		refs[i].name = hd_strdup(context->arena, hd_pci_addr_format(&addrs[i], name));
		refs[i].given = refs[i].name;
	}
	hd_checked_from_devices(&vfs, context->arena, refs, n);
	code = hd_checked_run(&vfs, context, err);
	return code == HD_EXIT_OK ? judge(context, fn, &vfs.findings, err) : code;
}

/* The function of a path ".../0000:03:00.0/sriov_numvfs"; false: it is another attribute. */
static bool is_numvfs(struct hd_arena *arena, const char *path, struct hd_pci_addr *ret)
{
	size_t length = strlen(path), around = strlen(HD_SYS_PCI "/") + strlen(NUMVFS);

	return length > around && hd_text_starts_with(path, HD_SYS_PCI "/") &&
	       hd_text_ends_with(path, NUMVFS) &&
	       hd_pci_addr_parse(hd_strndup(arena, path + strlen(HD_SYS_PCI "/"),
					    length - around), ret);
}

enum hd_exit hd_setup_vfs_may_write(struct hd_context *context, const struct hd_value_change *value,
				    struct hd_error *err)
{
	struct hd_pci_fn fn = { .group = HD_NO_GROUP };
	struct hd_pci_addr addr;

	if (!is_numvfs(context->arena, value->path, &addr))
		return HD_EXIT_OK;
	if (hd_pci_fn_read(&fn, &context->root, context->arena, &addr, err) < 0)
		return HD_EXIT_HOST;
	if (strcmp(hd_printf(context->arena, "%d", fn.sriov_numvfs), value->value) != 0)
		return HD_EXIT_OK;
	return hd_setup_vfs_are_free(context, &fn, err);
}
