/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_calls.c - the border to libvirt: what a guest has, and changing it. */
#include "config.h"

#include <errno.h>
#include <libvirt/virterror.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "domain/hostdev_elements.h"
#include "domain/pins.h"
#include "virt/bounded_work.h"
#include "virt/libvirt_connect.h"

#define POLL_MS 250
#define UNDO_MS 10000		/* for a running guest to release what it has just got */
#define MAX_REASON 500

struct changer {
	int out;
	virDomainPtr domain;
	const struct hd_virt_op *ops;
	struct hd_error *err;		/* what is not libvirt's; its text is "" */
};

static int read_xml(const char **ret, struct hd_arena *arena, virDomainPtr domain, unsigned flags,
		    struct hd_error *err)
{
	_cleanup_(hd_freep) char *xml = virDomainGetXMLDesc(domain, flags);

	if (!xml)
		return hd_virt_fail(err, "libvirt did not return the domain XML");
	*ret = hd_strdup(arena, xml);
	return 0;
}

int hd_virt_guest_read(struct hd_virt_guest *ret, const char *uri, const char *guest,
		       struct hd_arena *arena, struct hd_error *err)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, true);
	_cleanup_(hd_virt_free_domain) virDomainPtr domain = NULL;
	int is_active, is_persistent, rc;

	*ret = (struct hd_virt_guest){ .config = NULL };
	if (!connection)
		return hd_virt_fail(err, "cannot connect to libvirt");
	domain = hd_virt_find(connection, guest);
	if (!domain)
		return hd_virt_fail(err, "libvirt does not have this guest");
	is_active = virDomainIsActive(domain);
	is_persistent = virDomainIsPersistent(domain);
	if (is_active < 0 || is_persistent < 0 || virDomainGetUUIDString(domain, ret->uuid) < 0)
		return hd_virt_fail(err, "libvirt did not report the state of the guest");
	ret->is_persistent = is_persistent;
	rc = read_xml(&ret->config, arena, domain, VIR_DOMAIN_XML_INACTIVE, err);
	if (rc == 0 && is_active)
		rc = read_xml(&ret->live, arena, domain, 0, err);
	return rc;
}

static _printf_(2, 3) void say(const struct changer *c, const char *fmt, ...)
{
	char line[MAX_REASON + 64];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line, sizeof(line) - 1, fmt, args);
	va_end(args);
	if (n < 0)
		return;
	for (char *at = line; *at; at++)
		if (*at == '\n')
			*at = ' ';
	strncat(line, "\n", 2);
	(void)hd_bounded_write(c->out, line, strlen(line));
}

static const char *libvirts_reason(void)
{
	const virError *last = virGetLastError();

	return last && last->message ? last->message : "libvirt gave no reason";
}

static const char *reason(const struct changer *c)
{
	return c->err->code ? c->err->text : libvirts_reason();
}

/* Does the running guest still have it?  Yes, as long as libvirt does not say. */
static bool has_device(virDomainPtr domain, const struct hd_hostdev *dev)
{
	_cleanup_(hd_freep) char *xml = virDomainGetXMLDesc(domain, 0);
	struct hd_arena arena = { 0 };
	struct hd_picked *list;
	struct hd_error ignored;
	bool found = true;
	size_t n = 0;

	if (xml && hd_pick_devices(&list, &n, &arena, xml, strlen(xml), &ignored) == 0) {
		found = false;
		for (size_t i = 0; i < n; i++)
			found = found || hd_hostdev_is_same(&list[i].dev, dev);
	}
	hd_arena_done(&arena);
	return found;
}

/* Then its XML is its definition, which may have the device. */
static bool has_ended(virDomainPtr domain)
{
	int is_active = virDomainIsActive(domain);
	const virError *last = is_active < 0 ? virGetLastError() : NULL;

	return is_active == 0 || (last && last->code == VIR_ERR_NO_DOMAIN);
}

/* Its operating system must release it: 0, or -ETIMEDOUT. */
static int wait_until_gone(virDomainPtr domain, const struct hd_hostdev *dev, int wait_ms)
{
	int64_t deadline = hd_now_ms() + wait_ms;

	while (!has_ended(domain) && has_device(domain, dev)) {
		if (!hd_ms_left(deadline))
			return -ETIMEDOUT;
		(void)poll(NULL, 0, POLL_MS);
	}
	return 0;
}

static unsigned flags_of(const struct hd_virt_op *op)
{
	return op->is_live ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG;
}

static int detach_device(const struct changer *c, const struct hd_virt_op *op, int wait_ms)
{
	if (virDomainDetachDeviceFlags(c->domain, op->xml, flags_of(op)) < 0)
		return -EIO;
	return op->is_live && op->dev ? wait_until_gone(c->domain, op->dev, wait_ms) : 0;
}

static int set_metadata(const struct changer *c, const struct hd_virt_op *op, const char *text)
{
	return virDomainSetMetadata(c->domain, VIR_DOMAIN_METADATA_ELEMENT, text,
				    HD_POLICY_PREFIX, HD_POLICY_NAMESPACE, flags_of(op)) < 0 ? -EIO : 0;
}

static int attach_device(const struct changer *c, const struct hd_virt_op *op)
{
	return virDomainAttachDeviceFlags(c->domain, op->xml, flags_of(op)) < 0 ? -EIO : 0;
}

/* Is the definition still TEXT, as FLAGS show it?  If not, or if libvirt does not say, with a reason. */
static bool is_still(const struct changer *c, const char *text, unsigned flags)
{
	_cleanup_(hd_freep) char *now = virDomainGetXMLDesc(c->domain, flags);

	if (now && strcmp(now, text) != 0)
		hd_fail(c->err, -EBUSY, "somebody else has just changed it; run the command again");
	return now && !strcmp(now, text);
}

/*
 * With its passwords, which would be lost else; so its text does not leave this process.
 *
 * libvirt defines without comparing: what somebody else defines between our last look and the
 * call that follows it is lost.  Nothing is done between the two.
 */
static int move_devices(const struct changer *c, const struct hd_virt_op *op)
{
	const unsigned flags = VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE;
	_cleanup_(hd_freep) char *xml = virDomainGetXMLDesc(c->domain, flags);
	_cleanup_(hd_virt_free_domain) virDomainPtr defined = NULL;
	struct hd_arena arena = { 0 };
	const char *text;

	/* The choice was made for what the definition was then. */
	if (xml && is_still(c, op->seen, VIR_DOMAIN_XML_INACTIVE) &&
	    hd_definition_move(&text, &arena, xml, strlen(xml), op->moves, op->n_moves,
			       c->err) == 0 && is_still(c, xml, flags))
		defined = virDomainDefineXML(virDomainGetConnect(c->domain), text);
	hd_arena_done(&arena);
	return defined ? 0 : -EIO;
}

static int do_op(const struct changer *c, const struct hd_virt_op *op, int wait_ms)
{
	if (op->verb == HD_VIRT_ATTACH)
		return attach_device(c, op);
	if (op->verb == HD_VIRT_DETACH)
		return detach_device(c, op, wait_ms);
	if (op->verb == HD_VIRT_MOVE)
		return move_devices(c, op);
	/* Our element is written whole: what somebody else has put into it since would be lost. */
	if (op->seen && !is_still(c, op->seen, VIR_DOMAIN_XML_INACTIVE))
		return -EIO;
	return set_metadata(c, op, op->xml);
}

/* A detach is not taken back: who asked for it wants the device out. */
static void take_back(const struct changer *c, size_t n)
{
	while (n-- > 0) {
		const struct hd_virt_op *op = &c->ops[n];
		int rc;

		if (op->verb == HD_VIRT_DETACH || op->verb == HD_VIRT_MOVE)
			continue;
		rc = op->verb == HD_VIRT_ATTACH ? detach_device(c, op, UNDO_MS) :
		     set_metadata(c, op, op->before);
		if (rc == 0)
			say(c, "back %zu", n);
		else
			say(c, "left %zu %.*s", n, MAX_REASON, rc == -ETIMEDOUT ?
			    "the guest does not release it" : reason(c));
	}
}

static void do_all(const struct changer *c, size_t n, int wait_ms)
{
	for (size_t i = 0; i < n; i++) {
		int rc;

		say(c, "begin %zu", i);
		rc = do_op(c, &c->ops[i], wait_ms);
		if (rc == 0) {
			say(c, "done %zu", i);
			continue;
		}
		if (rc == -ETIMEDOUT)
			say(c, "pending %zu", i);
		else
			say(c, "failed %zu %.*s", i, MAX_REASON, reason(c));
		take_back(c, i);
		return;
	}
}

void hd_virt_change(int out, const char *uri, const char *uuid, const struct hd_virt_op *ops,
		    size_t n, int wait_ms)
{
	_cleanup_(hd_virt_close) virConnectPtr connection = hd_virt_open(uri, false);
	_cleanup_(hd_virt_free_domain) virDomainPtr domain = NULL;
	struct hd_error err = { .code = 0 };
	struct changer c = { .out = out, .ops = ops, .err = &err };

	if (connection)
		domain = hd_virt_find(connection, uuid);
	if (!domain) {
		say(&c, "refused %.*s", MAX_REASON, reason(&c));
		return;
	}
	c.domain = domain;
	say(&c, "connected");
	do_all(&c, n, wait_ms);
	say(&c, "end");
}
