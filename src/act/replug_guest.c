/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_guest.c - one running guest gets what it wants, and loses what is dead. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "act/checked_request.h"
#include "act/replug_guest.h"
#include "act/request_devices.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "element/element.h"
#include "virt/guest_change.h"
#include "virt/libvirt_module.h"

#define AGAIN_MS 2000		/* after a failure of libvirt's: it may just have ended */

/* One guest as it is now, and the host's devices. */
struct change {
	struct hd_replug_job *job;
	struct hd_replug_guests guests;	/* all; this one as libvirt has it now */
	struct hd_replug_guest *guest;
	struct hd_usb_list usb;
};

void hd_replug_say(struct hd_replug_job *job, enum hd_exit code, const char *guest,
		   const char *outcome)
{
	struct hd_arena *arena = job->context->arena;
	const char *line = guest ? hd_printf(arena, "guest '%s': %s", guest, outcome) : outcome;

	hd_notes_add(&job->notes, arena, "%s", line);
	if (!job->dry_run)
		hd_log(code == HD_EXIT_OK ? LOG_NOTICE : LOG_WARNING, "replug: %s", line);
	job->guest = guest;
	job->outcome = outcome;
	if (job->at)
		hd_push(arena, &job->told, &job->n_told,
			((struct hd_replug_told){ job->at, guest, outcome }));
	if (code > job->code)
		job->code = code;
}

static const char *dev_name(struct hd_arena *arena, const struct hd_usb_dev *dev)
{
	return hd_printf(arena, "usb:%s (%04x:%04x%s%s)", dev->port, dev->vendor, dev->product,
			 dev->product_name ? ", " : "", dev->product_name ? dev->product_name : "");
}

/* What becomes of one change of libvirt's. */
static void tell_outcome(const struct change *c, const struct hd_guest_change *outcome,
			 const char *device, const char *done, const char *failed)
{
	struct hd_arena *arena = c->job->context->arena;
	const char *name = c->guest->name;

	c->job->may_try_again |= outcome->state == HD_CHANGE_REFUSED ||
				 outcome->state == HD_CHANGE_FAILED ||
				 outcome->state == HD_CHANGE_UNKNOWN;
	c->job->has_changed |= outcome->state == HD_CHANGE_DONE;
	if (outcome->state == HD_CHANGE_DONE)
		hd_replug_say(c->job, HD_EXIT_OK, name, hd_printf(arena, "%s %s", device, done));
	else if (outcome->state == HD_CHANGE_PENDING)
		hd_replug_say(c->job, HD_EXIT_HOST, name,
			      hd_printf(arena, "it did not release %s within %d s; 'hostdevctl "
					"replug' tries again", device, HD_UNPLUG_MS / 1000));
	else if (outcome->state == HD_CHANGE_UNKNOWN)
		hd_replug_say(c->job, HD_EXIT_HOST, name,
			      hd_printf(arena, "libvirt did not answer, and %s may still be %s",
					device, done));
	else
		hd_replug_say(c->job, HD_EXIT_HOST, name,
			      hd_printf(arena, "%s cannot be %s: %s", device, failed,
					outcome->reason));
}

static void remove_dead(const struct change *c)
{
	struct hd_replug_job *job = c->job;
	struct hd_arena *arena = job->context->arena;
	const struct hd_picked **dead;
	size_t n;

	hd_replug_find_dead(&dead, &n, arena, c->guest, &c->usb, job->port);
	for (size_t i = 0; i < n; i++) {
		const struct hd_virt_op op = { .verb = HD_VIRT_DETACH, .is_live = true,
					       .xml = dead[i]->text, .dev = &dead[i]->dev };
		const char *name = hd_printf(arena, "%s, which the host does not have any more,",
					     hd_hostdev_name(arena, &dead[i]->dev));
		struct hd_guest_change outcome = { .state = HD_CHANGE_DONE };

		job->has_changed |= job->dry_run;
		if (job->dry_run)
			hd_replug_say(job, HD_EXIT_OK, c->guest->name,
				      hd_printf(arena, "%s would be removed", name));
		else
			hd_guest_change(&outcome, arena, job->uri, c->guest->uuid, &op, 1);
		if (!job->dry_run)
			tell_outcome(c, &outcome, name, "is removed", "removed");
	}
}

/* The guest's policy may allow what a check finds, as at its start. To be closed in any case. */
static enum hd_exit check_device(struct hd_checked *ret, const struct change *c,
				 struct hd_hostdev *dev, struct hd_error *err)
{
	struct hd_context *context = c->job->context;
	const char *live = c->guest->live;

	/* Its disks stay claimed until libvirt has answered. */
	*ret = (struct hd_checked){ .title = c->guest->name, .is_to_take = !c->job->dry_run };
	if (hd_request_parse(&ret->request, context->arena, live, strlen(live), err) < 0)
		return HD_EXIT_HOST;
	hd_request_keep(&ret->request, dev, 1);
	hd_facts_query_for(&ret->query, context->arena, &ret->request);
	return hd_checked_run(ret, context, err);
}

/* In the log nobody asks further: the reason, what to do, and what looks again. */
static const char *refusal_text(const struct change *c, const char *name,
				const struct hd_finding *finding)
{
	struct hd_arena *arena = c->job->context->arena;

	return hd_printf(arena, "%s is refused: %s: %s; remedy: %s; then `hostdevctl replug %s`",
			 name, finding->check->id, finding->evidence, finding->remedy,
			 hd_guest_word(arena, c->guest->name, c->guest->uuid));
}

/* Says why not; false: it may not go. */
static bool is_passed(const struct change *c, const struct hd_checked *checked, enum hd_exit code,
		      const char *name, const struct hd_error *err)
{
	struct hd_arena *arena = c->job->context->arena;

	if (err->code)
		hd_replug_say(c->job, HD_EXIT_HOST, c->guest->name,
			      hd_printf(arena, "%s is refused: %s", name, err->text));
	for (size_t i = 0; !err->code && i < checked->findings.n; i++) {
		const struct hd_finding *f = &checked->findings.items[i];

		if (hd_finding_refuses(f))
			hd_replug_say(c->job, HD_EXIT_REFUSED, c->guest->name,
				      refusal_text(c, name, f));
	}
	return code == HD_EXIT_OK && !err->code && checked->findings.is_ready;
}

/* By its ids and its number: the ids tell later that the number is another device's. */
static int render_element(const char **ret, const struct change *c, const struct hd_usb_dev *dev,
			  struct hd_error *err)
{
	struct hd_arena *arena = c->job->context->arena;
	struct hd_element element = { .kind = HD_ELEMENT_USB, .name = dev->port };
	const struct hd_hostdev *model = hd_replug_find_model(c->guest, &c->usb, dev);

	element.values[HD_P_VENDOR] = hd_printf(arena, "0x%04x", dev->vendor);
	element.values[HD_P_PRODUCT] = hd_printf(arena, "0x%04x", dev->product);
	element.values[HD_P_BUS] = hd_printf(arena, "%u", dev->bus);
	element.values[HD_P_DEVICE] = hd_printf(arena, "%u", dev->device);
	element.values[HD_P_STARTUP_POLICY] = "optional";
	element.values[HD_P_BOOT] = model ? model->usb_boot : NULL;
	element.values[HD_P_GUEST_RESET] = model ? model->usb_guest_reset : NULL;
	element.values[HD_P_ALIAS] = model ? model->usb_alias : NULL;
	return hd_element_render(ret, arena, &element, c->job->templates, err);
}

static void add_checked(const struct change *c, struct hd_checked *checked,
			const struct hd_usb_dev *dev, const char *name)
{
	struct hd_replug_job *job = c->job;
	struct hd_arena *arena = job->context->arena;
	struct hd_virt_op op = { .verb = HD_VIRT_ATTACH, .is_live = true,
				 .dev = checked->request.hostdevs };
	struct hd_guest_change outcome;
	struct hd_error err = { 0 };

	if (job->dry_run) {
		job->has_changed = true;
		hd_replug_say(job, HD_EXIT_OK, c->guest->name,
			      hd_printf(arena, "%s would be added", name));
		return;
	}
	if (render_element(&op.xml, c, dev, &err) < 0) {
		hd_replug_say(job, HD_EXIT_HOST, c->guest->name, hd_strdup(arena, err.text));
		return;
	}
	hd_guest_change(&outcome, arena, job->uri, c->guest->uuid, &op, 1);
	tell_outcome(c, &outcome, name, "is added", "added");
}

static void add_device(const struct change *c, const struct hd_usb_dev *dev)
{
	struct hd_hostdev asked = {
		.kind = HD_DEVICE_USB, .vlan = -1, .usb_vendor = dev->vendor,
		.usb_product = dev->product, .usb_bus = dev->bus, .usb_device = dev->device,
	};
	const char *name = dev_name(c->job->context->arena, dev);
	struct hd_checked checked = { 0 };
	struct hd_error err = { 0 };
	enum hd_exit code = check_device(&checked, c, &asked, &err);

	if (is_passed(c, &checked, code, name, &err))
		add_checked(c, &checked, dev, name);
	hd_checked_close(&checked);
}

static void tell_rivals(const struct change *c, const struct hd_usb_dev *dev,
			const struct hd_replug_owner *owner)
{
	struct hd_arena *arena = c->job->context->arena;

	hd_replug_say(c->job, HD_EXIT_REFUSED, c->guest->name,
		      hd_printf(arena, "%s is refused: the running guests '%s' and '%s' both want "
				"it, so neither gets it; remove <hd:usb> from the metadata of one, "
				"or stop it; then `hostdevctl replug` of the other",
				dev_name(arena, dev), owner->rivals[0]->name,
				owner->rivals[1]->name));
}

static void add_wanted(const struct change *c)
{
	const char *port = c->job->port;

	for (size_t i = 0; i < c->usb.n; i++) {
		const struct hd_usb_dev *dev = &c->usb.devs[i];
		struct hd_replug_owner owner;

		if (port && strcmp(dev->port, port) != 0)
			continue;
		c->job->at = dev->port;
		hd_replug_find_owner(&owner, c->job->context->arena, &c->guests, dev);
		if (owner.guest == c->guest)
			add_device(c, dev);
		else if (owner.rivals[0] == c->guest || (owner.rivals[1] == c->guest && !port))
			tell_rivals(c, dev, &owner);
	}
	c->job->at = NULL;
}

/* A daemon that restarts is waited for; it knows the guest as soon as it answers. */
static int ask_libvirt(struct hd_virt_guest *ret, const struct change *c, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + (c->job->port ? HD_VIRT_DAEMON_MS : 0);
	int rc;

	do {
		rc = hd_guest_state(ret, c->job->context->arena, c->job->uri, c->guest->uuid, err);
	} while (hd_virt_again(rc, deadline, err));
	return rc;
}

/* 1: the guest as it is now; 0: there is nothing to do; or a negative errno with ERR. */
static int look_at_guest(struct change *c, struct hd_error *err)
{
	struct hd_arena *arena = c->job->context->arena;
	struct hd_virt_guest guest;
	int rc = ask_libvirt(&guest, c, err);

	if (rc == -ENOENT || (rc == 0 && !guest.live)) {
		hd_replug_say(c->job, HD_EXIT_OK, c->guest->name, "it does not run any more");
		return 0;
	}
	if (rc < 0)
		return rc;
	return hd_replug_guest_parse(c->guest, arena, guest.live, guest.config, err);
}

static void change_once(struct hd_replug_job *job, const struct hd_replug_guests *guests, size_t at)
{
	struct hd_arena *arena = job->context->arena;
	struct change c = { .job = job };
	struct hd_error err = { 0 };
	int rc;

	for (size_t i = 0; i < guests->n; i++)
		hd_push(arena, &c.guests.items, &c.guests.n, guests->items[i]);
	c.guest = &c.guests.items[at];
	rc = job->dry_run ? 1 : look_at_guest(&c, &err);
	if (rc > 0 && hd_usb_list_read(&c.usb, &job->context->root, arena, &err) < 0)
		rc = err.code;
	if (rc < 0)
		hd_replug_say(job, HD_EXIT_HOST, guests->items[at].name,
			      hd_strdup(arena, err.text));
	if (rc <= 0)
		return;
	remove_dead(&c);
	add_wanted(&c);
}

/* Nobody looks at what libvirt said of an event: it is asked once more. */
void hd_replug_change(struct hd_replug_job *job, const struct hd_replug_guests *guests, size_t at)
{
	enum hd_exit before = job->code;

	job->may_try_again = false;
	change_once(job, guests, at);
	if (!job->may_try_again || !job->port)
		return;
	(void)poll(NULL, 0, AGAIN_MS);
	job->code = before;
	change_once(job, guests, at);
}
