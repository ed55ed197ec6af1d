/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guest_calls.c - a definition that somebody else changes meanwhile is not overwritten. */
#include "config.h"

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/policy.h"
#include "tests/support/unit.h"
#include "virt/libvirt_connect.h"

#define XML(name, more) \
	"<domain type='kvm'><name>" name "</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>" \
	"<devices>" more "<hostdev mode='subsystem' type='pci'><source><address domain='0x0000' " \
	"bus='0x01' slot='0x00' function='0x0'/></source></hostdev></devices></domain>"
#define PASSWORD "<graphics type='vnc' passwd='secret'/>"

static const struct row {
	const char *name;
	int change_at;		/* somebody edits before this look at it, from 1; 0: never */
	int fail_at;		/* libvirt does not answer this look; 0: never */
	const char *said;	/* a part of what is reported */
	bool is_defined;
	bool is_metadata;
} rows[] = {
	{ "metadata alone", 0, 0, "done 0", true, true },
	{ "metadata edited since they were read", 1, 0, "failed 0 somebody else has just changed it", false,
	  true },
	{ "metadata, and no answer", 0, 1, "failed 0", false, true },
	{ "alone", 0, 0, "done 0", true, false },
	{ "edited after the choice", 1, 0, "failed 0 somebody else has just changed it", false, false },
	{ "edited after the first look", 2, 0, "failed 0 somebody else has just changed it", false, false },
	{ "edited while it is composed", 3, 0, "failed 0 somebody else has just changed it", false, false },
	{ "no answer to the first look", 0, 1, "failed 0", false, false },
	{ "no answer to the last look", 0, 3, "failed 0", false, false },
};

static struct {
	const struct row *row;
	int n_looks;
	char *defined;
} now;

char *virDomainGetXMLDesc(virDomainPtr domain, unsigned int flags)
{
	bool is_edited;

	(void)domain;
	now.n_looks++;
	if (now.n_looks == now.row->fail_at)
		return NULL;
	assert_true(flags & VIR_DOMAIN_XML_INACTIVE);
	is_edited = now.row->change_at && now.n_looks >= now.row->change_at;
	if (flags & VIR_DOMAIN_XML_SECURE)
		return strdup(is_edited ? XML("other", PASSWORD) : XML("g", PASSWORD));
	return strdup(is_edited ? XML("other", "<graphics type='vnc'/>") :
		      XML("g", "<graphics type='vnc'/>"));
}

virDomainPtr virDomainDefineXML(virConnectPtr connection, const char *xml)
{
	(void)connection;
	/* Nobody has looked since: three looks, and then this. */
	assert_int_equal(now.n_looks, 3);
	now.defined = strdup(xml);
	return (virDomainPtr)&now;
}

virConnectPtr virDomainGetConnect(virDomainPtr domain)
{
	(void)domain;
	return NULL;
}

virErrorPtr virGetLastError(void)
{
	return NULL;
}

virDomainPtr hd_virt_find(virConnectPtr connection, const char *text)
{
	(void)connection;
	(void)text;
	return (virDomainPtr)&now;
}

virConnectPtr hd_virt_open(const char *uri, bool read_only)
{
	(void)uri;
	(void)read_only;
	return (virConnectPtr)&now;
}

void hd_virt_close(virConnectPtr *connection) { *connection = NULL; }
void hd_virt_free_domain(virDomainPtr *domain) { *domain = NULL; }
int hd_virt_fail(struct hd_error *err, const char *what) { return hd_fail(err, -1, "%s", what); }
int virDomainIsActive(virDomainPtr domain) { (void)domain; return 0; }
int virDomainIsPersistent(virDomainPtr domain) { (void)domain; return 1; }
int virDomainGetUUIDString(virDomainPtr domain, char *buf) { (void)domain; (void)buf; return -1; }

int virDomainSetMetadata(virDomainPtr domain, int type, const char *metadata, const char *key,
			 const char *uri, unsigned int flags)
{
	(void)domain, (void)type, (void)key, (void)uri, (void)flags;
	assert_int_equal(now.n_looks, 1);
	now.defined = strdup(metadata);
	return 0;
}

int virDomainAttachDeviceFlags(virDomainPtr domain, const char *xml, unsigned int flags)
{
	(void)domain, (void)xml, (void)flags;
	return -1;
}

int virDomainDetachDeviceFlags(virDomainPtr domain, const char *xml, unsigned int flags)
{
	(void)domain, (void)xml, (void)flags;
	return -1;
}

static void moves(void **state)
{
	const struct hd_device_move move = { .from = { .bus = 1 }, .to = { .bus = 2 } };
	struct hd_virt_op op = { .verb = HD_VIRT_MOVE, .moves = &move, .n_moves = 1,
				 .seen = XML("g", "<graphics type='vnc'/>") };
	char text[512] = "";
	int fds[2];

	now.row = *state;
	if (now.row->is_metadata)
		op = (struct hd_virt_op){ .verb = HD_VIRT_METADATA, .xml = "<x/>", .seen = op.seen };
	now.n_looks = 0;
	now.defined = NULL;
	assert_int_equal(pipe(fds), 0);
	hd_virt_change(fds[1], NULL, "c7a5fdbd-edaf-9455-926a-d65c16db1809", &op, 1, 0);
	close(fds[1]);
	assert_true(read(fds[0], text, sizeof(text) - 1) > 0);
	close(fds[0]);
	if (!strstr(text, now.row->said))
		fail_msg("it says: %s", text);
	assert_int_equal(now.defined != NULL, now.row->is_defined);
	if (now.defined && !now.row->is_metadata) {
		assert_non_null(strstr(now.defined, "passwd=\"secret\""));
		assert_non_null(strstr(now.defined, "bus=\"0x02\""));
	}
	free(now.defined);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = moves,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("guest calls", tests, NULL, NULL);
}
