/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy.c - what the administrator says about one guest, in its <metadata>. */
#include "config.h"

#include <fnmatch.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "domain/policy.h"
#include "domain/xml_value.h"

#define NAMESPACE_START "urn:hostdevctl:"
#define ATTRIBUTES_MAX 8

struct entry {
	const char *name;
	int (*read)(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_policy *policy);
	const char *attrs[ATTRIBUTES_MAX];
};

static int required(const struct hd_xml_job *job, const struct _xmlNode *node,
		    const char *attr, const char **ret)
{
	*ret = hd_xml_attr(job->arena, node, attr);
	if (!*ret || !**ret)
		return hd_element_bad(job, node, "has no %s", attr);
	return 0;
}

static int read_companions(const struct hd_xml_job *job, const struct _xmlNode *node,
			   struct hd_policy *policy)
{
	bool move = true;
	int rc = hd_value_choice(job, node, "move", hd_yes_no, &move);

	if (rc == 0)
		return hd_element_bad(job, node, "has no move attribute");
	policy->keep_companions = !move;
	return rc < 0 ? rc : 0;
}

static int read_ids(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_pin *pin)
{
	const struct {
		struct hd_range range;
		int *id;
	} ids[] = {
		{ { "vendor", 0, 0xffff, true }, &pin->vendor },
		{ { "device", 0, 0xffff, true }, &pin->device },
		{ { "subsystem_vendor", 0, 0xffff, true }, &pin->subsystem_vendor },
		{ { "subsystem_device", 0, 0xffff, true }, &pin->subsystem_device },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(ids); i++) {
		uint64_t value;
		int rc = hd_value_number(job, node, &ids[i].range, &value);

		if (rc < 0)
			return rc;
		*ids[i].id = rc ? (int)value : -1;
	}
	return 0;
}

static int read_device(const struct hd_xml_job *job, const struct _xmlNode *node,
		       struct hd_policy *policy)
{
	struct hd_pin pin = { 0 };
	const char *address;

	if (required(job, node, "address", &address) < 0 || read_ids(job, node, &pin) < 0)
		return job->err->code;
	if (!hd_pci_addr_parse(address, &pin.addr))
		return hd_value_bad(job, node, "address",
				    "not an address such as 0000:01:00.0");
	if (hd_policy_pin(policy, &pin.addr))
		return hd_value_bad(job, node, "address", "is pinned twice");
	if (policy->n_pins >= HD_POLICY_MAX_ENTRIES)
		return hd_element_bad(job, node, "more than %d devices",
				      HD_POLICY_MAX_ENTRIES);
	pin.serial = hd_xml_attr(job->arena, node, "serial");
	pin.path = hd_xml_attr(job->arena, node, "path");
	hd_push(job->arena, &policy->pins, &policy->n_pins, pin);
	return 0;
}

static int read_scsi(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_policy *policy)
{
	struct hd_scsi_pin pin;
	const char *address;

	if (required(job, node, "address", &address) < 0 || required(job, node, "wwid", &pin.wwid) < 0)
		return job->err->code;
	if (!hd_scsi_addr_parse(address, &pin.addr))
		return hd_value_bad(job, node, "address", "not an address such as 2:0:0:0");
	if (hd_policy_scsi_pin(policy, &pin.addr))
		return hd_value_bad(job, node, "address", "is pinned twice");
	if (policy->n_scsi_pins >= HD_POLICY_MAX_ENTRIES)
		return hd_element_bad(job, node, "appears more than %d times", HD_POLICY_MAX_ENTRIES);
	hd_push(job->arena, &policy->scsi_pins, &policy->n_scsi_pins, pin);
	return 0;
}

const char *hd_policy_subject(struct hd_arena *arena, const char *text)
{
	char buf[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(text, &addr))
		return text;
	return hd_strdup(arena, hd_pci_addr_format(&addr, buf));
}

static int read_allow(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_policy *policy)
{
	struct hd_allow allow;

	if (required(job, node, "check", &allow.check) < 0 ||
	    required(job, node, "subject", &allow.subject) < 0)
		return job->err->code;
	if (policy->n_allows >= HD_POLICY_MAX_ENTRIES)
		return hd_element_bad(job, node, "appears more than %d times",
				      HD_POLICY_MAX_ENTRIES);
	allow.subject = hd_policy_subject(job->arena, allow.subject);
	hd_push(job->arena, &policy->allows, &policy->n_allows, allow);
	return 0;
}

/*
 * libvirt's daemons run the hook, systemd's own units carry the hand-over out, and who came by
 * the network must be able to look after the host when its screen is dark.
 */
static const char *const never_stopped[] = {
	"libvirt*", "virt*d.*", "dbus.*", "dbus-broker.*", "systemd-*",
	"user@*", "user-runtime-dir@*", "ssh.*", "ssh@*", "sshd.*", "sshd@*", "sshd-*",
	"hostdevctl*",
};

const char *hd_policy_unit_error(const char *name)
{
	size_t length = strlen(name);

	if (!hd_text_is_unit(name))
		return "not the name of a unit of systemd";
	if (length >= HD_UNIT_NAME_SIZE)
		return "a unit's name of more than 63 characters";
	if (!hd_text_ends_with(name, ".service"))
		return "a unit must be a .service";
	for (size_t i = 0; i < HD_ARRAY_SIZE(never_stopped); i++)
		if (!fnmatch(never_stopped[i], name, 0))
			return "libvirt, systemd or a login by the network needs a unit of them";
	return NULL;
}

static int read_units(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_handover *handover)
{
	const char *at = hd_xml_attr(job->arena, node, "units");

	while (at && *(at += strspn(at, " \t\r\n"))) {
		size_t length = strcspn(at, " \t\r\n");
		const char *name = hd_printf(job->arena, "%.*s", (int)length, at);
		const char *error = hd_policy_unit_error(name);

		if (error)
			return hd_value_bad(job, node, "units", error);
		if (handover->n_units >= HD_HANDOVER_MAX_UNITS)
			return hd_value_bad(job, node, "units", "more than 16 units");
		hd_push(job->arena, &handover->units, &handover->n_units, name);
		at += length;
	}
	if (at && !handover->n_units)
		return hd_value_bad(job, node, "units", "has no unit");
	return 0;
}

static int read_handover(const struct hd_xml_job *job, const struct _xmlNode *node,
			 struct hd_policy *policy)
{
	static const char *const end_refuse[2] = { "end", "refuse" };
	struct hd_handover handover = { .is_asked = true, .ends_sessions = true };
	const char *processes = hd_xml_attr(job->arena, node, "processes");

	if (policy->handover.is_asked)
		return hd_element_bad(job, node, "appears twice");
	if (processes && strcmp(processes, "refuse") != 0)
		return hd_value_bad(job, node, "processes", "must be refuse");
	if (hd_value_choice(job, node, "sessions", end_refuse, &handover.ends_sessions) < 0 ||
	    read_units(job, node, &handover) < 0)
		return job->err->code;
	policy->handover = handover;
	return 0;
}

bool hd_policy_is_usb_port(const char *text)
{
	const char *at = text;
	size_t digits;

	for (char sep = '-'; (digits = strspn(at, "0123456789")) > 0 && digits < 4; sep = '.') {
		at += digits;
		if (!*at)
			return sep == '.' && strlen(text) < HD_USB_PORT_SIZE;
		if (*at++ != sep)
			return false;
	}
	return false;
}

bool hd_replug_is_same(const struct hd_replug *a, const struct hd_replug *b)
{
	return a->vendor == b->vendor && a->product == b->product &&
	       hd_text_is_same(a->serial, b->serial) && hd_text_is_same(a->port, b->port) &&
	       hd_text_is_same(a->hub, b->hub);
}

static int read_usb_ids(const struct hd_xml_job *job, const struct _xmlNode *node,
			struct hd_replug *replug)
{
	static const struct hd_range ranges[] = {
		{ "vendor", 0, 0xffff, true }, { "product", 0, 0xffff, true },
	};
	int *const ids[] = { &replug->vendor, &replug->product };

	for (size_t i = 0; i < HD_ARRAY_SIZE(ranges); i++) {
		uint64_t value;
		int rc = hd_value_number(job, node, &ranges[i], &value);

		if (rc < 0)
			return rc;
		*ids[i] = rc ? (int)value : -1;
	}
	replug->serial = hd_xml_attr(job->arena, node, "serial");
	if ((replug->vendor < 0) != (replug->product < 0))
		return hd_element_bad(job, node, "vendor and product belong together");
	if (replug->serial && replug->vendor < 0)
		return hd_value_bad(job, node, "serial", "needs vendor and product");
	return 0;
}

static int read_usb_places(const struct hd_xml_job *job, const struct _xmlNode *node,
			   struct hd_replug *replug)
{
	replug->port = hd_xml_attr(job->arena, node, "port");
	replug->hub = hd_xml_attr(job->arena, node, "hub");
	if (replug->port && !hd_policy_is_usb_port(replug->port))
		return hd_value_bad(job, node, "port", "not a port such as 1-2.3");
	if (replug->hub && !hd_policy_is_usb_port(replug->hub))
		return hd_value_bad(job, node, "hub", "not the port of a hub, such as 1-2");
	if ((replug->vendor >= 0) + !!replug->port + !!replug->hub > 1)
		return hd_element_bad(job, node, "vendor and product, port, and hub cannot be "
						 "combined");
	return 0;
}

static int add_replug(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_policy *policy, const struct hd_replug *replug)
{
	for (size_t i = 0; i < policy->n_replugs; i++)
		if (hd_replug_is_same(&policy->replugs[i], replug))
			return hd_element_bad(job, node, "means the same devices as an earlier one");
	if (policy->n_replugs >= HD_POLICY_MAX_ENTRIES)
		return hd_element_bad(job, node, "appears more than %d times", HD_POLICY_MAX_ENTRIES);
	hd_push(job->arena, &policy->replugs, &policy->n_replugs, *replug);
	return 0;
}

static int read_usb(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_policy *policy)
{
	struct hd_replug replug = { .is_wanted = false };
	int rc = hd_value_choice(job, node, "replug", hd_yes_no, &replug.is_wanted);

	if (rc == 0)
		return hd_element_bad(job, node, "has no replug attribute");
	if (rc < 0 || read_usb_ids(job, node, &replug) < 0 ||
	    read_usb_places(job, node, &replug) < 0)
		return job->err->code;
	if (!replug.is_wanted && replug.vendor < 0 && !replug.port && !replug.hub)
		return hd_value_bad(job, node, "replug", "does not say for which device");
	return add_replug(job, node, policy, &replug);
}

/* What the kind means depends on the host: only who chooses reads it. */
static int read_any(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_policy *policy)
{
	const char *address;
	struct hd_any any;

	if (required(job, node, "of", &any.of) < 0 || required(job, node, "address", &address) < 0)
		return job->err->code;
	if (!hd_text_is_shown(any.of) || strlen(any.of) >= HD_ANY_SIZE)
		return hd_value_bad(job, node, "of", "not a kind such as gpu:10de:2684");
	if (!hd_pci_addr_parse(address, &any.addr))
		return hd_value_bad(job, node, "address", "not an address such as 0000:01:00.0");
	if (hd_policy_any(policy, &any.addr))
		return hd_value_bad(job, node, "address", "appears twice");
	if (policy->n_anys >= HD_POLICY_MAX_ENTRIES)
		return hd_element_bad(job, node, "appears more than %d times", HD_POLICY_MAX_ENTRIES);
	hd_push(job->arena, &policy->anys, &policy->n_anys, any);
	return 0;
}

static const struct entry entries[] = {
	{ "companions", read_companions, { "move" } },
	{ "device", read_device,
	  { "address", "vendor", "device", "subsystem_vendor", "subsystem_device",
	    "serial", "path" } },
	{ "allow", read_allow, { "check", "subject" } },
	{ "handover", read_handover, { "sessions", "units", "processes" } },
	{ "any", read_any, { "of", "address" } },
	{ "scsi", read_scsi, { "address", "wwid" } },
	{ "usb", read_usb, { "replug", "vendor", "product", "serial", "port", "hub" } },
};

static int read_entry(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_policy *policy)
{
	const char *stray;

	for (size_t i = 0; i < HD_ARRAY_SIZE(entries); i++) {
		if (strcmp(hd_xml_name(node), entries[i].name) != 0 ||
		    strcmp(hd_xml_namespace(node), HD_POLICY_NAMESPACE) != 0)
			continue;
		stray = hd_xml_stray_attr(job->arena, node, entries[i].attrs);
		if (stray)
			return hd_value_bad(job, node, stray,
					    "unknown attribute");
		return entries[i].read(job, node, policy);
	}
	return hd_element_bad(job, node, "unknown element");
}

/* An element of ours; another version of ours is not to be guessed at. */
static int read_ours(const struct hd_xml_job *job, const struct _xmlNode *ours,
		     struct hd_policy *policy)
{
	static const char *const none[] = { NULL };
	const char *stray = hd_xml_stray_attr(job->arena, ours, none);
	const struct _xmlNode *node;

	if (strcmp(hd_xml_namespace(ours), HD_POLICY_NAMESPACE) != 0)
		return hd_element_bad(job, ours,
				      "its namespace is not " HD_POLICY_NAMESPACE);
	if (strcmp(hd_xml_name(ours), "hostdevctl") != 0)
		return hd_element_bad(job, ours, "is not hostdevctl's metadata");
	if (stray)
		return hd_value_bad(job, ours, stray,
				    "unknown attribute");
	for (node = hd_xml_first(ours); node; node = hd_xml_next(node))
		if (read_entry(job, node, policy) < 0)
			return job->err->code;
	return 0;
}

int hd_policy_read(const struct hd_xml_job *job, const struct _xmlNode *metadata,
		   struct hd_policy *policy)
{
	struct hd_policy read = *policy;
	const struct _xmlNode *node;

	for (node = hd_xml_first(metadata); node; node = hd_xml_next(node))
		if (hd_text_starts_with(hd_xml_namespace(node), NAMESPACE_START) &&
		    read_ours(job, node, &read) < 0)
			return job->err->code;
	*policy = read;
	return 0;
}

const struct hd_pin *hd_policy_pin(const struct hd_policy *policy,
				   const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < policy->n_pins; i++)
		if (!hd_pci_addr_compare(&policy->pins[i].addr, addr))
			return &policy->pins[i];
	return NULL;
}

const struct hd_scsi_pin *hd_policy_scsi_pin(const struct hd_policy *policy,
					     const struct hd_scsi_addr *addr)
{
	for (size_t i = 0; i < policy->n_scsi_pins; i++)
		if (hd_scsi_addr_is_same(&policy->scsi_pins[i].addr, addr))
			return &policy->scsi_pins[i];
	return NULL;
}

const struct hd_any *hd_policy_any(const struct hd_policy *policy, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < policy->n_anys; i++)
		if (!hd_pci_addr_compare(&policy->anys[i].addr, addr))
			return &policy->anys[i];
	return NULL;
}
