/* SPDX-License-Identifier: GPL-2.0-or-later */
/* devices.c - which PCI function a person means. */
#include "config.h"

#include <errno.h>

#include "cli/devices.h"

#define MAX_SHOWN 64

bool hd_device_is_name(const char *text)
{
	struct hd_pci_addr addr;

	return hd_pci_addr_parse(text, &addr);
}

int hd_device_resolve(const char *text, struct hd_pci_addr *ret, struct hd_error *err)
{
	if (hd_pci_addr_parse(text, ret))
		return 0;
	return hd_fail(err, -EINVAL, "'%.*s' is not a PCI address such as 0000:01:00.0", MAX_SHOWN,
		       text);
}

static bool has(const struct hd_pci_addr *addrs, size_t n, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < n; i++)
		if (!hd_pci_addr_compare(&addrs[i], addr))
			return true;
	return false;
}

int hd_devices_from_args(struct hd_run *run, struct hd_pci_addr **ret, size_t *ret_n,
			 struct hd_error *err)
{
	struct hd_pci_addr *addrs = NULL;
	size_t n = 0;

	for (int i = 0; i < run->n_args; i++) {
		struct hd_pci_addr addr, *slot;
		int rc = hd_device_resolve(run->args[i], &addr, err);

		if (rc < 0)
			return rc;
		if (has(addrs, n, &addr))
			continue;
		slot = hd_append(run->arena, &addrs, &n, sizeof(*slot));
		*slot = addr;
	}
	*ret = addrs;
	*ret_n = n;
	return 0;
}
