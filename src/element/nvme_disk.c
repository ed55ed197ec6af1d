/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nvme_disk.c - one namespace of an NVMe controller as a disk, driven by QEMU itself. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/compose.h"
#include "inventory/lasting_names.h"

#define CLASS_NVME 0x010802u
#define LETTERS 26u

/* "vda" ... "vdz", "vdaa" ...: as the kernel counts disks. */
static const char *target_name(struct hd_arena *arena, unsigned n)
{
	if (n < LETTERS)
		return hd_printf(arena, "vd%c", 'a' + (int)n);
	return hd_printf(arena, "vd%c%c", 'a' + (int)(n / LETTERS - 1) % (int)LETTERS,
			 'a' + (int)(n % LETTERS));
}

static unsigned n_disks(const struct hd_elements *list)
{
	unsigned n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += list->items[i].kind == HD_ELEMENT_DISK;
	return n;
}

static const char *listed(struct hd_arena *arena, const unsigned *ids, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = hd_printf(arena, "%s%s%u", text, i ? ", " : "", ids[i]);
	return text;
}

/* The namespace that was named, or the only one. */
static int choose_namespace(struct hd_composer *c, const struct hd_device_ref *ref,
			    const struct hd_pci_fn *fn, const char **ret)
{
	unsigned *ids, id = ref->nvme_namespace;
	size_t n;

	if (c->options->ns || id) {
		*ret = c->options->ns ? c->options->ns : hd_printf(c->arena, "%u", id);
		return 0;
	}
	hd_nvme_namespaces(&ids, &n, c->root, c->arena, fn->path);
	if (!n)
		return hd_fail(c->err, -EPERM, "%s: its namespaces are not visible (it is "
			       "on %s): choose one with --namespace N",
			       fn->name, fn->driver ? fn->driver : "no driver");
	if (n > 1)
		return hd_fail(c->err, -EPERM, "%s has the namespaces %s: choose one with "
					       "--namespace N",
			       fn->name, listed(c->arena, ids, n));
	*ret = hd_printf(c->arena, "%u", ids[0]);
	return 0;
}

static int find_same(struct hd_composer *c, const struct hd_pci_fn *fn, const char *ns)
{
	for (size_t i = 0; i < c->list->n; i++) {
		const struct hd_element *element = &c->list->items[i];

		if (element->kind == HD_ELEMENT_DISK &&
		    !hd_pci_addr_compare(&element->pci, &fn->addr) &&
		    !strcmp(element->values[HD_P_NAMESPACE], ns))
			return 1;
	}
	return 0;
}

int hd_compose_disk(struct hd_composer *c, const struct hd_device_ref *ref)
{
	unsigned n = n_disks(c->list);
	struct hd_element *element;
	struct hd_pci_fn fn;
	const char *ns;
	int rc = hd_compose_fn(&fn, c, ref);

	if (rc < 0)
		return rc;
	if (fn.class != CLASS_NVME)
		return hd_fail(c->err, -EPERM, "%s is not an NVMe controller (class %06x): "
			       "--as disk is only for these", fn.name, fn.class);
	rc = choose_namespace(c, ref, &fn, &ns);
	if (rc < 0 || find_same(c, &fn, ns))
		return rc;
	rc = hd_compose_add_fn(&element, c, HD_ELEMENT_DISK, &fn);
	if (rc < 0 || !element)
		return rc;
	element->values[HD_P_NAMESPACE] = ns;
	if (!element->values[HD_P_TARGET])
		element->values[HD_P_TARGET] = target_name(c->arena, n);
	if (ref->is_partition)
		hd_compose_note(c, "%s: namespace %s is passed as a whole, not one partition of it",
				fn.name, ns);
	hd_compose_note(c, "%s: the guest gets only namespace %s, but the host loses the "
			"whole controller", fn.name, ns);
	return 0;
}
