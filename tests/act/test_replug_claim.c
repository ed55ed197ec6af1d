/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_replug_claim.c - nobody mounts a stick while libvirt gives it to a running guest. */
#include "config.h"

#include <fcntl.h>
#include <string.h>

#include "act/replug_guest.h"
#include "act/request_devices.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"
#include "virt/guest_change.h"

#define XHCI "0000:00:14.0"
#define LIVE "<domain type='kvm'><name>g</name><uuid>11111111-2222-3333-4444-aaaaaaaaaaaa</uuid>" \
	"<metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:usb replug='yes' port='1-2'/>" \
	"</hd:hostdevctl></metadata><memory>65536</memory><os><type>hvm</type></os><devices/></domain>"

/* A descriptor in place of the claim on its disk; -1: none was made. */
static struct {
	struct hd_usb_facts usb;
	struct hd_disk disk;
	int fd, n_changes;
	bool is_refused;
} fake;

static bool is_claimed(void)
{
	return fake.fd >= 0 && fcntl(fake.fd, F_GETFD) >= 0;
}

/* In place of ours: claims the disk if that is to last, and finds nothing or a reason. */
enum hd_exit hd_checked_run(struct hd_checked *judged, struct hd_context *context,
			    struct hd_error *err)
{
	(void)context;
	(void)err;
	assert_int_equal(judged->request.n_hostdevs, 1);
	fake.fd = judged->is_to_take ? open("/dev/null", O_RDONLY | O_CLOEXEC) : -1;
	fake.disk = (struct hd_disk){ .claim_fd = fake.fd };
	fake.usb = (struct hd_usb_facts){ .storage = { .disks = &fake.disk, .n_disks = 1 } };
	judged->facts.usbs = &fake.usb;
	judged->facts.n_usbs = 1;
	judged->findings.is_ready = !fake.is_refused;
	return HD_EXIT_OK;
}

/* In place of libvirt's. */
int hd_guest_state(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
		   const char *guest, struct hd_error *err)
{
	(void)uri;
	(void)guest;
	(void)err;
	*ret = (struct hd_virt_guest){ .live = hd_strdup(arena, LIVE) };
	return 0;
}

void hd_guest_change(struct hd_guest_change *ret, struct hd_arena *arena, const char *uri,
		     const char *uuid, const struct hd_virt_op *ops, size_t n)
{
	(void)arena;
	(void)uri;
	(void)uuid;
	assert_int_equal(n, 1);
	assert_int_equal(ops->verb, HD_VIRT_ATTACH);
	assert_true(is_claimed());
	fake.n_changes++;
	*ret = (struct hd_guest_change){ .state = HD_CHANGE_DONE };
}

static void plug(struct fake_host *host, struct hd_replug_job *job)
{
	struct hd_context context = { .root = host->root, .arena = &host->arena };
	struct hd_replug_guest guest;
	struct hd_replug_guests guests = { .items = &guest, .n = 1 };
	struct hd_error err;

	fake_pci_add(host, &(struct fake_pci){ XHCI, .class = 0x0c0330, .driver = "xhci_hcd" });
	(void)fake_usb_add(host, XHCI, "1-2", "usb1/1-2", "0781:5567", "1/5");
	assert_int_equal(hd_replug_guest_parse(&guest, &host->arena, LIVE, NULL, &err), 1);
	fake.n_changes = 0;
	job->context = &context;
	job->templates = SRCDIR "/xml-templates";
	job->port = "1-2";
	hd_replug_change(job, &guests, 0);
	job->context = NULL;
	assert_false(is_claimed());
}

static void until_libvirt_has_it(void **state)
{
	struct hd_replug_job job = { .code = HD_EXIT_OK };

	fake.is_refused = false;
	plug(*state, &job);
	assert_int_equal(fake.n_changes, 1);
	assert_non_null(strstr(job.outcome, "is added"));
}

static void until_it_is_refused(void **state)
{
	struct hd_replug_job job = { .code = HD_EXIT_OK };

	fake.is_refused = true;
	plug(*state, &job);
	assert_int_equal(fake.n_changes, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(until_libvirt_has_it, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(until_it_is_refused, fake_host_setup,
						fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
