/* SPDX-License-Identifier: GPL-2.0-or-later */
/* virtual_functions.c - `hostdevctl setup vfs`: how many virtual functions a device has, now and at boot. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/request_devices.h"
#include "base/text.h"
#include "check/remedy_commands.h"
#include "facts/libvirt/guests.h"
#include "facts/pci/pci.h"
#include "inventory/resolve_operands.h"
#include "setup/replace_file.h"
#include "setup/subjects.h"
#include "setup/udev_rules.h"

#define MAX_SHOWN 80
#define NUMVFS "/sriov_numvfs"

/* Checks that find a use; the others find whether a guest could have it. */
static const char *const uses[] = {
	"storage-free", "network-free", "display-free", "holders-free", "iommu-group-exclusive",
	"driver-release-safe",
};

static bool is_use(const struct hd_finding *finding)
{
	if (!hd_finding_refuses(finding))
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(uses); i++)
		if (!strcmp(finding->check->id, uses[i]))
			return true;
	return false;
}

static enum hd_exit check_uses(struct hd_context *context, const struct hd_pci_fn *fn,
			       const struct hd_findings *findings, struct hd_error *err)
{
	const char *remedy;

	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (!is_use(f))
			continue;
		remedy = f->remedy ? f->remedy : hd_remedy_shown(context->arena, f->check->remedy);
		return hd_fail_as(HD_EXIT_REFUSED, err, -EBUSY,
				  "the virtual functions of %s must stay: %s: %s [%s]; first: %s",
				  fn->name, f->subject,
				  hd_text_printable(context->arena, f->evidence, 400),
				  f->check->id, hd_text_printable(context->arena, remedy, 200));
	}
	return HD_EXIT_OK;
}

/*
 * May they go?  Those that are open by VFIO would hang the write until the guest ends (Linux
 * drivers/vfio/pci: remove waits for the user); those with the host's addresses or disks would
 * take these along.
 */
static enum hd_exit are_free(struct hd_context *context, const struct hd_pci_fn *fn,
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
	return code == HD_EXIT_OK ? check_uses(context, fn, &vfs.findings, err) : code;
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
	return are_free(context, &fn, err);
}

static enum hd_exit find_function(struct hd_pci_fn *ret, struct hd_context *context, const char *text,
				  struct hd_error *err)
{
	const char *shown = hd_text_printable(context->arena, text, MAX_SHOWN);
	struct hd_device_ref ref;
	enum hd_exit code = hd_device_resolve(&ref, context, text, err);

	if (code != HD_EXIT_OK)
		return code;
	if (ref.kind != HD_DEVICE_PCI)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is not a PCI function: only "
				  "the function of an interface or controller has virtual "
				  "functions", shown);
	*ret = (struct hd_pci_fn){ .group = HD_NO_GROUP };
	if (hd_pci_fn_read(ret, &context->root, context->arena, &ref.pci, err) < 0)
		return HD_EXIT_HOST;
	if (ret->is_present)
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_HOST, err, -ENOENT, "the host has no PCI function %s; "
			  "'hostdevctl list' shows its functions", ref.name);
}

/* Can it have N of them at all? */
static enum hd_exit check_function(const struct hd_pci_fn *fn, unsigned n, struct hd_error *err)
{
	if (fn->physfn)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM,
				  "%s is a virtual function itself: name its parent, %s",
				  fn->name, fn->physfn);
	if (fn->sriov_totalvfs < 0)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s has no SR-IOV: "
				  "sriov_totalvfs does not exist (is it enabled in the firmware "
				  "and in the card's own setup?)", fn->name);
	if (n > (unsigned)fn->sriov_totalvfs)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s can have %d virtual "
				  "functions, not %u: sriov_totalvfs reads %d", fn->name,
				  fn->sriov_totalvfs, n, fn->sriov_totalvfs);
	return HD_EXIT_OK;
}

/* Can it have them now? */
static enum hd_exit check_now(struct hd_context *context, const struct hd_pci_fn *fn, unsigned n,
			      struct hd_error *err)
{
	if ((int)n == fn->sriov_numvfs)
		return HD_EXIT_OK;
	if (!fn->driver)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s has no driver, but only its "
				  "driver can create virtual functions: 'hostdevctl reattach %s' "
				  "gives it one; --at-boot does not change the running host",
				  fn->name, fn->name);
	if (fn->driver_kind == HD_DRIVER_VFIO)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s is on %s, for a guest, but "
				  "only its own driver can create virtual functions: 'hostdevctl "
				  "reattach %s' gives it back", fn->name, fn->driver, fn->name);
	return fn->sriov_numvfs > 0 ? are_free(context, fn, err) : HD_EXIT_OK;
}

static enum hd_exit add_rule(struct hd_setup_request *ask, const struct hd_pci_fn *fn, unsigned n,
			     struct hd_changes *changes, struct hd_error *err)
{
	struct hd_arena *arena = ask->context->arena;
	struct hd_file_change rule = {
		.path = hd_udev_rule_path(arena, "vfs", fn->name),
		.why = n ? "the virtual functions at boot" : "no virtual functions at boot",
		.mode = 0644,
		.text = n ? hd_udev_rule_vfs(arena, fn, n, !ask->no_probe) : NULL,
	};

	if (hd_swap_read(&rule.old, arena, &ask->context->root, rule.path, err) < 0)
		return HD_EXIT_HOST;
	hd_changes_file(changes, arena, &rule);
	return HD_EXIT_OK;
}

static const char *attribute(struct hd_context *context, const struct hd_pci_fn *fn, const char *name)
{
	return hd_printf(context->arena, HD_SYS_PCI "/%s/%s", fn->name, name);
}

/* The kernel goes from none to N and back, never from N to M (drivers/pci/iov.c). */
static void add_values(struct hd_setup_request *ask, const struct hd_pci_fn *fn, unsigned n,
		       struct hd_changes *changes)
{
	struct hd_arena *arena = ask->context->arena;
	const char *probe = attribute(ask->context, fn, "sriov_drivers_autoprobe"), *is_probed;

	if (n && hd_sysroot_text(&ask->context->root, arena, &is_probed, "%s", probe) > 0)
		hd_changes_value(changes, arena, &(struct hd_value_change){
			.path = probe, .old = is_probed,
			.value = ask->no_probe ? "0" : "1",
			.why = "whether the host's drivers take new virtual functions" });
	hd_changes_value(changes, arena, &(struct hd_value_change){
		.path = attribute(ask->context, fn, "sriov_numvfs"),
		.old = hd_printf(arena, "%d", fn->sriov_numvfs),
		.value = hd_printf(arena, "%u", n),
		.between = n && fn->sriov_numvfs > 0 ? "0" : NULL,
		.why = "the virtual functions now" });
}

/* Guests that are defined with a function that will no longer exist. */
static enum hd_exit note_guests(struct hd_context *context, const struct hd_pci_fn *fn, unsigned n,
				struct hd_changes *changes, struct hd_error *err)
{
	struct hd_pci_addr *addrs;
	struct hd_guests guests;
	size_t n_addrs;

	hd_pci_vfs_read(&addrs, &n_addrs, &context->root, context->arena, fn);
	if (n >= n_addrs)
		return HD_EXIT_OK;
	if (hd_guests_read(&guests, &context->root, context->arena, "", err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < guests.n_claims; i++)
		for (size_t k = n; k < n_addrs; k++) {
			const struct hd_guest_claim *claim = &guests.claims[i];
			char name[HD_PCI_ADDR_SIZE];

			if (hd_pci_addr_compare(&claim->addr, &addrs[k]) == 0)
				hd_changes_note(changes, context->arena, "guest \"%s\" is "
						"defined with %s, which is removed: it "
						"will not start", claim->guest,
						hd_pci_addr_format(&addrs[k], name));
		}
	return HD_EXIT_OK;
}

static void note_kind(struct hd_setup_request *ask, const struct hd_pci_fn *fn, unsigned n,
		      struct hd_changes *changes)
{
	struct hd_arena *arena = ask->context->arena;
	if (n && fn->class >> 8 == 0x0108)
		hd_changes_note(changes, arena,
				"virtual functions of an NVMe controller are offline until "
				"each has queues and is online: nvme virt-mgmt -c ID -r 0 "
				"-n 2 -a 8, -r 1 -n 1 -a 8, then -a 9 (ID from 'nvme "
				"list-secondary'), and a namespace is attached to it; a "
				"reboot undoes that");
	if (n && ask->no_probe)
		hd_changes_note(changes, arena, "new virtual functions of %s get no host "
				"driver", fn->name);
}

static enum hd_exit plan_now(struct hd_setup_request *ask, const struct hd_pci_fn *fn, unsigned n,
			     struct hd_changes *changes, struct hd_error *err)
{
	enum hd_exit code = check_now(ask->context, fn, n, err);

	if (code == HD_EXIT_OK)
		code = note_guests(ask->context, fn, n, changes, err);
	if (code == HD_EXIT_OK)
		add_values(ask, fn, n, changes);
	return code;
}

static enum hd_exit plan_vfs(struct hd_setup_request *ask, struct hd_changes *changes,
			     struct hd_error *err)
{
	struct hd_pci_fn fn;
	enum hd_exit code;
	uint64_t n;

	if (!hd_text_u64(ask->args[1], &n) || n > HD_PCI_VFS_MAX)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "'%s' is not a number of virtual functions",
				  hd_text_printable(ask->context->arena, ask->args[1], MAX_SHOWN));
	code = find_function(&fn, ask->context, ask->args[0], err);
	if (code == HD_EXIT_OK)
		code = check_function(&fn, (unsigned)n, err);
	if (code == HD_EXIT_OK && !ask->at_boot)
		code = plan_now(ask, &fn, (unsigned)n, changes, err);
	if (code == HD_EXIT_OK)
		code = add_rule(ask, &fn, (unsigned)n, changes, err);
	if (code == HD_EXIT_OK)
		note_kind(ask, &fn, (unsigned)n, changes);
	return code;
}

const struct hd_setup_subject hd_setup_vfs = {
	.name = "vfs",
	.args = "INTERFACE|ADDRESS N",
	.min_args = 2,
	.max_args = 2,
	.summary = "N virtual functions of a device, now and at boot; 0 removes them",
	.plan = plan_vfs,
};
