/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi_free.c - does the host, or another guest, use the SCSI device, or one behind a controller? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/usb_loss.h"

/* Of systemd's unit of a guest (libvirt src/util/virsystemd.c, virSystemdMakeScopeName). */
#define SCOPE_OF_GUEST "machine-qemu"

/* What it hangs on, if that is of the same request and goes, or NULL. */
static const char *name_what_goes(const struct hd_subject *s)
{
	const struct hd_pci_facts *pci = hd_function_that_goes(s, s->scsi->unit.path);
	const struct hd_usb_facts *usb = hd_usb_that_goes(s, s->scsi->unit.path);

	return pci ? pci->fn.name : usb ? usb->name : NULL;
}

static enum hd_verdict judge_controller(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_guests *guests = &s->facts->guests;
	const char *controller = name_what_goes(s);
	char name[HD_PCI_ADDR_SIZE];

	ret->use = HD_USE_DATA;
	if (controller) {
		hd_advise(s, ret, "give the guest %s alone, with all that hangs on it, or the "
			  "SCSI device alone", controller);
		return hd_tell(s, ret, HD_FAIL, "it hangs on %s, which goes to the same guest",
			       controller);
	}
	for (size_t i = 0; s->scsi->has_pci && i < guests->n_claims; i++) {
		const struct hd_guest_claim *claim = &guests->claims[i];

		if (!claim->is_running || hd_pci_addr_compare(&claim->addr, &s->scsi->pci))
			continue;
		ret->remedy = hd_end_guest(s->arena, claim->guest, claim->uuid);
		return hd_tell(s, ret, HD_FAIL, "the running guest \"%s\" has %s, which it hangs on",
			       claim->guest, hd_pci_addr_format(&claim->addr, name));
	}
	return HD_PASS;
}

/*
 * Without the QEMUs of guests that share it: who they are is known by their elements.  They have the
 * generic node open; a guest with the disk itself (<disk type='block'>) shares nothing.
 */
static struct hd_holders others_of(const struct hd_subject *s)
{
	struct hd_holders holders = s->scsi->holders;

	if (!s->scsi->is_shared)
		return holders;
	holders.holders = NULL;
	holders.n = 0;
	for (size_t i = 0; i < s->scsi->holders.n; i++) {
		const struct hd_holder *holder = &s->scsi->holders.holders[i];

		if (!holder->unit || !hd_text_starts_with(holder->unit, SCOPE_OF_GUEST) ||
		    strcmp(holder->node->subsystem, "scsi_generic") != 0)
			hd_push(s->arena, &holders.holders, &holders.n, *holder);
	}
	return holders;
}

/* The process of a guest that has it is not one to be killed. */
static enum hd_verdict judge_users(const struct hd_subject *s, struct hd_result *ret)
{
	enum hd_verdict verdict;
	struct hd_holders holders;

	if (s->scsi->guest && !s->scsi->is_shared) {
		ret->use = HD_USE_DATA;
		return hd_tell_guest(s, ret, s->scsi->guest, "the SCSI device");
	}
	holders = others_of(s);
	verdict = hd_judge_holders(s->arena, &holders, ret);
	/* Its generic node is as good as the disk's to write to it. */
	if (verdict == HD_FAIL && s->scsi->unit.block)
		ret->use = HD_USE_DATA;
	return verdict;
}

static enum hd_verdict is_scsi_free(const struct hd_subject *s, struct hd_result *ret)
{
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };
	struct hd_result part = hd_part();

	if (!s->scsi->exists)
		return HD_SKIP;	/* scsi-present says it */
	if (hd_is_own_device(s))
		return hd_say(ret, HD_PASS, "in use by this guest");
	part.remedy = hd_check_storage_free.remedy;
	hd_sum_add(&sum, hd_judge_storage(s, &s->scsi->storage, &part), &part);
	part = hd_part();
	hd_sum_add(&sum, judge_controller(s, &part), &part);
	part = hd_part();
	hd_sum_add(&sum, judge_users(s, &part), &part);
	/* A note or a warning is not an answer to that. */
	if (sum.verdict == HD_PASS || sum.severity < HD_ERROR) {
		part = hd_part();
		hd_sum_add(&sum, hd_judge_guests(s, &part), &part);
	}
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	return s->scsi->is_shared ?
	       hd_tell(s, ret, HD_PASS, "only guests that share it use it: \"%s\"",
		       s->scsi->guest->guest) :
	       hd_tell(s, ret, HD_PASS, "nothing uses it");
}

const struct hd_check hd_check_scsi_free = {
	.id = "scsi-free",
	.scope = HD_SCOPE_SCSI,
	.severity = HD_ERROR,
	.title = "neither the host nor another guest uses the SCSI device",
	.remedy = "stop what uses the device",
	.doc = "libvirt gives a guest the generic node of a disk, tape or drive that the host goes "
	       "on using: both then write to it, and a mounted filesystem is destroyed. Neither "
	       "libvirt nor the kernel prevents this. The check fails if the disk is in use (as in "
	       "storage-free), if a program has one of its nodes open (sd, sr, st, sg or bsg), if "
	       "another running guest has it or its controller, and if the same guest asks for its "
	       "controller, or for the USB device that it is. Guests whose elements all "
	       "have <shareable/> may share it. A dormant use, as in storage-free, is a warning, which "
	       "the guest's metadata can make a note. Source: "
	       "the device's directory in sysfs, the sources of storage-free and holders-free, and "
	       "libvirt's files in /run/libvirt/qemu.",
	.allow = HD_ALLOW_METADATA,
	.run = is_scsi_free,
};

enum hd_verdict hd_judge_scsi_guests(const struct hd_subject *s, const char *path,
				     struct hd_result *ret)
{
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };

	for (size_t i = 0; i < s->facts->n_scsi_claims; i++) {
		const struct hd_scsi_claim *claim = &s->facts->scsi_claims[i];
		struct hd_result part = hd_part();
		char name[HD_SCSI_ADDR_SIZE];

		if (!hd_path_is_below(claim->path, path))
			continue;
		hd_sum_add(&sum, hd_tell_guest(s, &part, claim->guest,
					       hd_printf(s->arena, "SCSI device %s behind it",
							 hd_scsi_addr_format(&claim->guest->dev.scsi,
									     name))), &part);
	}
	return sum.verdict == HD_PASS ? HD_PASS : hd_sum_end(&sum);
}

static enum hd_verdict is_controller_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!fn->path || fn->driver_kind != HD_DRIVER_HOST || !s->facts->n_scsi_claims)
		return HD_SKIP;
	return hd_judge_scsi_guests(s, fn->path, ret);
}

const struct hd_check hd_check_scsi_controller_free = {
	.id = "scsi-controller-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "no other guest has a SCSI device behind the function",
	.remedy = "stop the guest that has the device",
	.doc = "A storage controller takes all disks, tapes and drives behind it along. What the host "
	       "does with them is checked by storage-free and holders-free; in addition, no running "
	       "guest may have one of them by a <hostdev type='scsi'>. Source: "
	       "/sys/class/scsi_device and libvirt's files in /run/libvirt/qemu.",
	.run = is_controller_free,
};
