/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_list.c - the PCI functions of the host: what they are and who drives them. */
#include "config.h"

#include <errno.h>

#include "cli/options.h"
#include "facts/pci.h"
#include "facts/pcilib.h"
#include "report/table.h"

enum { ADDRESS, CLASS, NAME, GROUP, DRIVER, N_COLUMNS };

static const struct hd_column columns[N_COLUMNS] = {
	[ADDRESS] = { .title = "ADDRESS", .key = "address" },
	[CLASS] = { .title = "CLASS", .key = "class", .may_cut = true },
	[NAME] = { .title = "NAME", .key = "name", .may_cut = true },
	[GROUP] = { .title = "GROUP", .key = "group", .is_number = true },
	[DRIVER] = { .title = "DRIVER", .key = "driver" },
};

static const struct hd_option *const options[] = {
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_help, NULL,
};

static int add_row(struct hd_table *table, struct hd_run *run, const struct hd_pci_addr *addr,
		   struct hd_error *err)
{
	struct hd_pci_fn fn = { 0 };
	const char **row;
	int rc = hd_pci_fn_read(&fn, &run->root, run->arena, addr, err);

	if (rc < 0 || !fn.is_present)
		return rc;
	row = hd_table_row(table, run->arena);
	row[ADDRESS] = hd_strdup(run->arena, fn.name);
	row[CLASS] = hd_pcilib_class_name(run->arena, fn.class);
	row[NAME] = hd_pcilib_device_name(run->arena, fn.vendor, fn.device);
	if (!row[CLASS])
		row[CLASS] = hd_printf(run->arena, "%06x", fn.class);
	if (!row[NAME])
		row[NAME] = hd_printf(run->arena, "%04x:%04x", fn.vendor, fn.device);
	if (fn.group != HD_NO_GROUP)
		row[GROUP] = hd_printf(run->arena, "%d", fn.group);
	row[DRIVER] = fn.driver;
	return 0;
}

static enum hd_exit run_list(struct hd_run *run, struct hd_error *err)
{
	struct hd_table table = { .key = "devices", .columns = columns, .n_columns = N_COLUMNS };
	struct hd_pci_addr *addrs;
	size_t n;
	int rc = hd_pci_addresses(&run->root, run->arena, &addrs, &n, err);

	for (size_t i = 0; rc >= 0 && i < n; i++)
		rc = add_row(&table, run, &addrs[i], err);
	if (rc < 0)
		return HD_EXIT_HOST;
	run->is_reported = true;
	rc = run->options->json ? hd_table_json(run->out, &table) :
	     hd_table_text(run->out, &table);
	if (rc < 0)
		hd_fail(err, rc, "cannot write the table");
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

const struct hd_command hd_cmd_list = {
	.name = "list",
	.summary = "List the host's PCI functions: class, name, IOMMU group, driver.",
	.options = options,
	.run = run_list,
};
