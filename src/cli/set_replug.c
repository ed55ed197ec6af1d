/* SPDX-License-Identifier: GPL-2.0-or-later */
/* set_replug.c - writes into a guest's metadata which USB devices come back to it. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/plan_notes.h"
#include "act/replug_decision.h"
#include "base/text.h"
#include "cli/operands.h"
#include "cli/set_replug.h"
#include "cli/show_report.h"
#include "domain/pins.h"
#include "element/replug_policy.h"
#include "report/setup_report.h"
#include "virt/guest_change.h"

#define PREFIX "usb:"
#define SHOWN 80
#define MAX_SIDES 2

/* One change of a guest's policy, in its definition and in what runs. */
struct change {
	struct hd_run *run;
	struct hd_guest_scope scope;
	struct hd_replug named;		/* the devices */
	bool is_all;			/* without DEVICE */
	struct hd_virt_op ops[MAX_SIDES];
	size_t n;
	struct hd_notes notes;
};

/* A port where nothing is plugged in can be meant, too. */
static enum hd_exit name_devices(struct change *c, struct hd_error *err)
{
	struct hd_context *context = &c->run->context;
	struct hd_device_ref ref;
	const char *text = c->run->args[1], *port = text;
	int rc = hd_resolve(&ref, &context->root, context->arena, text, err);

	if (hd_text_starts_with(port, PREFIX))
		port += strlen(PREFIX);
	if (rc == -ENOENT && hd_policy_is_usb_port(port)) {
		*err = (struct hd_error){ .code = 0 };
		c->named.port = port;
		return HD_EXIT_OK;
	}
	if (rc < 0)
		return rc == -EINVAL || rc == -ENOTUNIQ ? HD_EXIT_USAGE : HD_EXIT_HOST;
	if (ref.kind != HD_DEVICE_USB || !ref.usb || !hd_policy_is_usb_port(ref.usb->port))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is not a USB device that can "
				  "be plugged in", hd_text_printable(context->arena, text, SHOWN));
	c->named = hd_replug_from_ref(&ref, NULL);
	return HD_EXIT_OK;
}

/* Without DEVICE. */
static bool clear_list(size_t *n)
{
	bool had_any = *n > 0;

	*n = 0;
	return had_any;
}

/* What the entry at AT (*N: none yet) means may be meant by another, too: then only a "no" keeps it away. */
static bool remove_entry(struct hd_arena *arena, struct hd_replug **list, size_t *n, size_t at,
			 const struct hd_replug *named)
{
	struct hd_replug never = *named;

	if (at < *n && !(*list)[at].is_wanted)
		return false;
	never.is_wanted = false;
	if (at < *n)
		(*list)[at] = (*list)[--*n];
	else if (*n)
		hd_push(arena, list, n, never);
	else
		return false;
	return true;
}

static bool add_entry(struct hd_arena *arena, struct hd_replug **list, size_t *n, size_t at,
		      const struct hd_replug *named)
{
	if (at < *n && (*list)[at].is_wanted)
		return false;
	if (at == *n)
		hd_push(arena, list, n, *named);
	(*list)[at].is_wanted = true;
	return true;
}

/* Is there anything to change? */
static bool edit_list(const struct change *c, struct hd_replug **list, size_t *n)
{
	struct hd_arena *arena = c->run->context.arena;
	size_t at = 0;

	if (c->is_all && c->run->options->disable)
		return clear_list(n);
	while (at < *n && !hd_replug_is_same(&(*list)[at], &c->named))
		at++;
	return c->run->options->enable ? add_entry(arena, list, n, at, &c->named) :
					 remove_entry(arena, list, n, at, &c->named);
}

/* The definition or the running guest; XML is NULL if there is none. */
static enum hd_exit change_side(struct change *c, const char *xml, bool is_live,
				struct hd_error *err)
{
	struct hd_arena *arena = c->run->context.arena;
	struct hd_request request = { 0 };
	struct hd_pins_text text;
	struct hd_replug *list;
	size_t n;

	if (!xml)
		return HD_EXIT_OK;
	if (hd_request_parse(&request, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	list = request.policy.replugs;
	n = request.policy.n_replugs;
	if (!edit_list(c, &list, &n))
		return HD_EXIT_OK;
	if (hd_replugs_write(&text, arena, xml, strlen(xml), list, n, err) < 0)
		return HD_EXIT_HOST;
	c->ops[c->n++] = (struct hd_virt_op){ .verb = HD_VIRT_METADATA, .is_live = is_live,
					      .xml = text.element, .before = text.before,
					      .seen = is_live ? NULL : xml };
	if (!c->run->options->json)
		hd_put_diff(c->run->out, arena,
			    hd_printf(arena, "%s/%smetadata", c->scope.name, is_live ? "live/" : ""),
			    text.before, text.element, c->run->colour);
	return HD_EXIT_OK;
}

static enum hd_exit write_sides(const struct change *c, struct hd_error *err)
{
	const char *name = c->scope.name;
	struct hd_guest_change outcome;

	if (!c->n || c->run->options->dry_run)
		return HD_EXIT_OK;
	hd_guest_change(&outcome, c->run->context.arena, c->run->options->uri,
			c->scope.guest.uuid, c->ops, c->n);
	if (outcome.state == HD_CHANGE_DONE)
		return HD_EXIT_OK;
	if (outcome.state == HD_CHANGE_UNKNOWN || outcome.state == HD_CHANGE_LEFT)
		return hd_fail_as(HD_EXIT_STRANDED, err, -EIO, "guest '%s': its metadata may be "
				  "changed in part (%s): see 'virsh dumpxml %s'", name,
				  outcome.left ? outcome.left : "libvirt did not answer",
				  c->scope.word);
	return hd_fail_as(HD_EXIT_HOST, err, -EIO, "guest '%s': its metadata cannot be changed: "
			  "%s; nothing was changed", name, outcome.reason);
}

/* "gets what is plugged in (port 1-2)", "would no longer get ...", "gets no USB device" */
static const char *describe_change(const struct change *c)
{
	const struct hd_options *o = c->run->options;
	struct hd_arena *arena = c->run->context.arena;
	const char *get = o->dry_run ? "get" : "gets";

	if (c->is_all && o->disable)
		return hd_printf(arena, "%s no USB device", get);
	return hd_printf(arena, "%s%s what is plugged in (%s)", o->disable ? "no longer " : "", get,
			 hd_replug_name(arena, &c->named));
}

static void add_notes(struct change *c)
{
	const struct hd_options *o = c->run->options;
	struct hd_arena *arena = c->run->context.arena;
	const char *name = c->scope.name;

	if (!c->n) {
		hd_notes_add(&c->notes, arena, "guest '%s': nothing to change",
			     name);
		return;
	}
	hd_notes_add(&c->notes, arena, "guest '%s' %s%s", name, o->dry_run ? "would " : "",
		     describe_change(c));
	if (o->enable && c->scope.is_live && !o->dry_run)
		hd_notes_add(&c->notes, arena, "'hostdevctl replug %s' adds what is plugged in "
			     "now", c->scope.word);
}

enum hd_exit hd_replug_set(struct hd_run *run, struct hd_error *err)
{
	struct change c = { .run = run, .is_all = run->n_args < 2,
			    .named = { .vendor = -1, .product = -1 } };
	struct hd_report report = { .n_notes = 0 };
	enum hd_exit code = c.is_all ? HD_EXIT_OK : name_devices(&c, err);

	if (code == HD_EXIT_OK)
		code = hd_guest_scope_read(&c.scope, run, run->args[0], err);
	if (code == HD_EXIT_OK)
		code = change_side(&c, c.scope.guest.config, false, err);
	if (code == HD_EXIT_OK)
		code = change_side(&c, c.scope.guest.live, true, err);
	if (code == HD_EXIT_OK)
		code = write_sides(&c, err);
	if (code != HD_EXIT_OK)
		return code;
	add_notes(&c);
	report.title = c.scope.name;
	report.notes = c.notes.lines;
	report.n_notes = c.notes.n;
	return hd_show_report(run, &report, err);
}
