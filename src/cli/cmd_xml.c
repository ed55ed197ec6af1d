/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_xml.c - the XML that gives devices to a guest, for virsh and its editors. */
#include "config.h"

#include "cli/elements.h"
#include "cli/options.h"

static const struct hd_option *const options[] = {
	&hd_opt_as, &hd_opt_managed, &hd_opt_rom, &hd_opt_boot_order, &hd_opt_driver_model,
	&hd_opt_mac, &hd_opt_vlan, &hd_opt_teaming, &hd_opt_by, &hd_opt_startup_policy,
	&hd_opt_guest_reset, &hd_opt_display, &hd_opt_ramfb, &hd_opt_namespace, &hd_opt_target,
	&hd_opt_iommufd, &hd_opt_templates, &hd_opt_sysroot, &hd_opt_help, NULL,
};

static enum hd_exit run_xml(struct hd_run *run, struct hd_error *err)
{
	struct hd_elements list = { 0 };
	struct hd_device_ref *refs;
	const char *text = "";
	enum hd_exit code = hd_refs_from_names(&refs, run, run->args, run->n_args, err);

	if (code == HD_EXIT_OK)
		code = hd_elements_from_refs(&list, run, refs, run->n_args, err);
	if (code == HD_EXIT_OK)
		code = hd_elements_text(&text, run, &list, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_elements_notes(run, &list);
	(void)fputs(text, run->out);
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_xml = {
	.name = "xml",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "Write the XML that gives devices to a guest.",
	.options = options,
	.run = run_xml,
};
