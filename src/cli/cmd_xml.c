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
#include "cli/xml_split.h"
#include "domain/pins.h"
#include "element/guest_slots.h"
#include "element/pins_of.h"
#include "element/replug_policy.h"

static const struct hd_option *const options[] = {
	&hd_opt_split, &hd_opt_pool, &hd_opt_guest, &hd_opt_xml, &hd_opt_slot, &hd_opt_pin, &hd_opt_replug, &hd_opt_uri,
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
		rc = hd_pins_of(ret, &run->context, list, refs, (size_t)run->n_args, err);
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
	if (code != HD_EXIT_OK || (!wanted.n_pins && !wanted.n_scsi_pins && !wanted.n_replugs))
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

/* virsh takes a file with one element; of several it says only that the XML is not well-formed. */
static void note_several(struct hd_run *run, size_t n)
{
	if (n > 1)
		(void)fprintf(run->notes, "hostdevctl: note: %zu elements: 'virsh attach-device' takes "
			      "one at a time; --split DIR writes each to a file, and 'hostdevctl "
			      "attach' adds them all\n", n);
}

static enum hd_exit write_elements(struct hd_run *run, const char *metadata,
				   const struct hd_elements *list, struct hd_error *err)
{
	const char *text;
	enum hd_exit code;

	if (run->options->split) {
		code = hd_xml_split(run, run->options->split, metadata, list, err);
		if (code == HD_EXIT_OK)
			hd_elements_notes(run, list);
		return code;
	}
	code = hd_elements_text(&text, run, list, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_elements_notes(run, list);
	if (!run->options->pool && !run->options->guest && !run->options->xml)
		note_several(run, list->n);
	(void)fprintf(run->out, "%s%s", metadata, text);
	return HD_EXIT_OK;
}

static bool has_element_option(const struct hd_element_options *o)
{
	const char *const given[] = {
		o->as, o->managed, o->rom, o->boot, o->driver_model, o->mac, o->vlan, o->teaming,
		o->by, o->startup_policy, o->guest_reset, o->display, o->ramfb, o->ns, o->target,
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(given); i++)
		if (given[i])
			return true;
	return o->iommufd;
}

/* Not of one function, which libvirt chooses: no other option says anything of it. */
static enum hd_exit write_pool(struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	struct hd_elements list;
	struct hd_device_ref *refs;
	enum hd_exit code;
	int rc;

	if (run->n_args != 1 || o->guest || o->xml || o->pin || o->replug ||
	    has_element_option(&o->element))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--pool takes one physical function, "
				  "and no option but --split and --templates");
	code = hd_refs_from_names(&refs, &run->context, run->args, 1, err);
	if (code != HD_EXIT_OK)
		return code;
	rc = hd_elements_pool(&list, &run->context.root, run->context.arena, refs, err);
	if (rc < 0)
		return rc == -EPERM ? HD_EXIT_REFUSED : HD_EXIT_HOST;
	return write_elements(run, "", &list, err);
}

static enum hd_exit write_devices(struct hd_run *run, struct hd_error *err)
{
	struct hd_guest_xml guest;
	struct hd_elements list = { 0 };
	struct hd_device_ref *refs;
	const char *metadata = "";
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
	return code == HD_EXIT_OK ? write_elements(run, metadata, &list, err) : code;
}

static enum hd_exit run_xml(struct hd_run *run, struct hd_error *err)
{
	return run->options->pool ? write_pool(run, err) : write_devices(run, err);
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
