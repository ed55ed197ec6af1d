/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_xml.c - the XML that gives devices to a guest, for virsh and its editors.
 *
 * With a guest (--guest, --xml) the devices also get their places in it, and the
 * controllers that are missing for that; with --pin or --replug its metadata come first.
 */
#include "config.h"

#include <errno.h>

#include "act/request_devices.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "domain/pins.h"
#include "element/guest_slots.h"
#include "element/replug_policy.h"

static const struct hd_option *const options[] = {
	&hd_opt_guest, &hd_opt_xml, &hd_opt_slot, &hd_opt_pin, &hd_opt_replug, &hd_opt_uri,
	&hd_opt_as, &hd_opt_managed, &hd_opt_rom, &hd_opt_boot_order, &hd_opt_driver_model,
	&hd_opt_mac, &hd_opt_vlan, &hd_opt_teaming, &hd_opt_by, &hd_opt_startup_policy,
	&hd_opt_guest_reset, &hd_opt_display, &hd_opt_ramfb, &hd_opt_namespace, &hd_opt_target,
	&hd_opt_iommufd, &hd_opt_templates, &hd_opt_sysroot, &hd_opt_host, &hd_opt_help, NULL,
};

/* The guest, if one is named; an empty text if not. */
static enum hd_exit read_guest(struct hd_guest_xml *ret, struct hd_run *run,
			       struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const struct hd_options *o = run->options;
	int rc = 0;

	*ret = (struct hd_guest_xml){ 0 };
	if (o->guest && o->xml)
		rc = hd_fail(err, -EINVAL, "--guest and --xml cannot be combined");
	else if (o->slot && !o->guest && !o->xml)
		rc = hd_fail(err, -EINVAL, "--slot needs --guest or --xml");
	if (rc < 0)
		return HD_EXIT_USAGE;
	if (o->xml)
		rc = hd_guest_from_file(ret, arena, o->xml, err);
	else if (o->guest)
		rc = hd_guest_from_libvirt(ret, arena, o->uri, o->guest, err);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

/* Of these options, what the guest's metadata say of the devices. */
static enum hd_exit name_devices(struct hd_policy *ret, struct hd_run *run,
				 const struct hd_elements *list, const struct hd_device_ref *refs,
				 struct hd_error *err)
{
	const struct hd_options *o = run->options;
	int rc = 0;

	if (o->pin)
		rc = hd_place_pins(&ret->pins, &ret->n_pins, &run->context, list, err);
	if (rc == 0 && o->replug)
		rc = hd_replug_from_refs(&ret->replugs, &ret->n_replugs, run->context.arena, refs,
					 (size_t)run->n_args, o->element.by, err);
	if (rc < 0)
		return rc == -EINVAL ? HD_EXIT_USAGE : HD_EXIT_HOST;
	return HD_EXIT_OK;
}

static enum hd_exit write_metadata(const char **ret, struct hd_run *run,
				   const struct hd_elements *list, const struct hd_device_ref *refs,
				   const struct hd_guest_xml *guest, struct hd_error *err)
{
	struct hd_policy wanted = { 0 };
	struct hd_pins_text text;
	enum hd_exit code = name_devices(&wanted, run, list, refs, err);

	*ret = "";
	if (code != HD_EXIT_OK || (!wanted.n_pins && !wanted.n_replugs))
		return code;
	if (hd_pins_write(&text, run->context.arena, guest->text, guest->length, &wanted, err) < 0)
		return HD_EXIT_HOST;
	*ret = text.metadata;
	return HD_EXIT_OK;
}

/* The users of a device may change, but not what the host itself depends on. */
static enum hd_exit refuse_never(struct hd_run *run, const struct hd_device_ref *refs,
				 struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	_cleanup_(hd_checked_close) struct hd_checked judged = { 0 };

	hd_checked_from_elements(&judged, &run->context, refs, (size_t)run->n_args);
	judged.query.want = HD_WANT_NAMED;
	if (hd_facts_collect(&judged.facts, &run->context.root, arena, &judged.query, err) < 0)
		return HD_EXIT_HOST;
	hd_check_run(&judged.findings, arena, &judged.request, &judged.facts);
	for (size_t i = 0; i < judged.findings.n; i++) {
		const struct hd_finding *finding = &judged.findings.items[i];

		if (!finding->never)
			continue;
		return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "%s never goes to a guest: %s",
				  finding->subject, finding->never);
	}
	return HD_EXIT_OK;
}

static enum hd_exit run_xml(struct hd_run *run, struct hd_error *err)
{
	struct hd_guest_xml guest;
	struct hd_elements list = { 0 };
	struct hd_device_ref *refs;
	const char *text = "", *metadata = "";
	enum hd_exit code = hd_refs_from_names(&refs, &run->context, run->args, run->n_args, err);

	if (code == HD_EXIT_OK)
		code = read_guest(&guest, run, err);
	if (code == HD_EXIT_OK)
		code = hd_elements_from_refs(&list, run, refs, run->n_args, err);
	if (code == HD_EXIT_OK)
		code = refuse_never(run, refs, err);
	if (code == HD_EXIT_OK && guest.text)
		code = hd_place_elements(&list, &run->context, &guest, &(struct hd_places){
					 .slot = run->options->slot,
					 .has_target = run->options->element.target }, err);
	if (code == HD_EXIT_OK)
		code = write_metadata(&metadata, run, &list, refs, &guest, err);
	if (code == HD_EXIT_OK)
		code = hd_elements_text(&text, run, &list, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_elements_notes(run, &list);
	(void)fprintf(run->out, "%s%s", metadata, text);
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_xml = {
	.name = "xml",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "Write the XML that passes devices to a guest.",
	.options = options,
	.run = run_xml,
};
