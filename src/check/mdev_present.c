/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev_present.c - is the mediated device there for this guest, and is a vendor's vGPU set up? */
#include "config.h"

#include <string.h>

#include "check/usb_loss.h"

/* It does not exist: can it be created? */
static enum hd_verdict tell_absent(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_mdev_facts *mdev = s->mdev;
	const char *uuid = s->hostdev->mdev_uuid;

	if (!mdev->parent) {
		hd_advise(s, ret, "find the right one with `mdevctl list --defined` and "
			  "correct line %u of the guest's XML, or create it: `mdevctl "
			  "start -u %s -p PARENT -t TYPE`, with one of `mdevctl types`",
			  s->hostdev->line, uuid);
		return hd_tell(s, ret, HD_FAIL,
			       HD_SYS_MDEV "/%s does not exist, and " HD_MDEVCTL
					   " does not define it",
			       uuid);
	}
	if (mdev->available == 0) {
		ret->remedy = "stop another one of its type; `mdevctl list` shows them";
		return hd_tell(s, ret, HD_FAIL,
			       HD_SYS_MDEV "/%s does not exist, and %s has no instance of "
					   "%s left",
			       uuid, mdev->parent, mdev->type);
	}
	ret->remedy = hd_printf(s->arena, HD_COMMAND("mdevctl start -u %s"), uuid);
	return hd_tell(s, ret, HD_FAIL,
		       HD_SYS_MDEV "/%s does not exist; " HD_MDEVCTL
				   "/%s defines it, but it is not started",
		       uuid, mdev->parent);
}

static enum hd_verdict tell_transient(const struct hd_subject *s, struct hd_result *ret)
{
	ret->remedy = hd_printf(s->arena, HD_COMMAND("mdevctl define -u %s"), s->hostdev->mdev_uuid);
	ret->severity = HD_WARNING;
	return hd_say(ret, HD_FAIL, "it exists, but " HD_MDEVCTL " does not define it: "
		      "it will be gone after a reboot");
}

static const struct hd_guest_device *guest_of(const struct hd_subject *s)
{
	const struct hd_guests *guests = &s->facts->guests;

	for (size_t i = 0; i < guests->n_devices; i++)
		if (guests->devices[i].dev.kind == HD_DEVICE_MDEV &&
		    !strcmp(guests->devices[i].dev.mdev_uuid, s->hostdev->mdev_uuid))
			return &guests->devices[i];
	return NULL;
}

/* Both the processes and the kernel have to say that nobody uses it. */
static enum hd_verdict tell_users(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_guest_device *other = guest_of(s);
	enum hd_verdict verdict;

	if (other)
		return hd_tell_guest(s, ret, other, "the device");
	verdict = hd_judge_holders(s->arena, &s->mdev->holders, ret);
	if (verdict != HD_PASS || !s->mdev->busy)
		return verdict;
	ret->remedy = "stop the program that has it open";
	return hd_say(ret, HD_FAIL, s->mdev->busy);
}

static enum hd_verdict tell_model(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_mdev_facts *mdev = s->mdev;
	const char *model = s->hostdev->mdev_model;

	if (!model || !mdev->device_api || !strcmp(model, mdev->device_api))
		return HD_PASS;
	hd_advise(s, ret, "write model='%s' in the element in line %u of the guest's XML",
		  mdev->device_api, s->hostdev->line);
	return hd_tell(s, ret, HD_FAIL,
		       HD_SYS_MDEV "/%s/mdev_type/device_api is %s, but the element has "
				   "model='%s'",
		       s->hostdev->mdev_uuid, mdev->device_api, model);
}

static enum hd_verdict is_mdev_present(const struct hd_subject *s, struct hd_result *ret)
{
	enum hd_verdict verdict;

	if (!s->mdev->exists)
		return tell_absent(s, ret);
	verdict = hd_is_own_device(s) ? HD_PASS : tell_users(s, ret);
	if (verdict == HD_PASS)
		verdict = tell_model(s, ret);
	if (verdict != HD_PASS)
		return verdict;
	if (!s->mdev->parent)
		return tell_transient(s, ret);
	return hd_tell(s, ret, HD_PASS, HD_SYS_MDEV "/%s", s->hostdev->mdev_uuid);
}

const struct hd_check hd_check_mdev_present = {
	.id = "mdev-present",
	.scope = HD_SCOPE_MDEV,
	.severity = HD_ERROR,
	.title = "the mediated device exists and nothing uses it",
	.remedy = "start the device with mdevctl",
	.doc = "A mediated device that was not created again after a reboot is the most "
	       "common cause of \"mediated device '...' not found\". libvirt does not "
	       "create it. The element's model must be the interface that the device has. "
	       "A device that mdevctl does not define is a warning: the next boot will not "
	       "have it. Source: /sys/bus/mdev/devices, /etc/mdevctl.d and its VFIO group.",
	.run = is_mdev_present,
};

static enum hd_verdict is_vgpu_ready(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_vgpu *vgpu = &s->pci->vgpu;
	const char *path = s->pci->fn.path;

	if (!vgpu->is_there)
		return HD_SKIP;
	if (vgpu->is_unknown)
		return hd_tell(s, ret, HD_UNKNOWN,
			       "%s/nvidia/current_vgpu_type cannot be read", path);
	if (!vgpu->type) {
		hd_advise(s, ret, "`echo TYPE > /%s/nvidia/current_vgpu_type`, TYPE being one of: "
			  "%s", path, vgpu->creatable ? vgpu->creatable :
			  "the types in its creatable_vgpu_types");
		return hd_tell(s, ret, HD_FAIL,
			       "%s/nvidia/current_vgpu_type is 0: no type is set", path);
	}
	if (!s->hostdev || !s->hostdev->managed)
		return hd_tell(s, ret, HD_PASS, "%s/nvidia/current_vgpu_type is %u", path,
			       vgpu->type);
	hd_advise(s, ret, "write managed='no' in the element in line %u of the guest's "
		  "XML", s->hostdev->line);
	return hd_tell(s, ret, HD_FAIL,
		       "%s/nvidia/current_vgpu_type is %u, but the element has "
		       "managed='yes': libvirt would unbind the function's driver, and the "
		       "vGPU would disappear",
		       path, vgpu->type);
}

const struct hd_check hd_check_vgpu_vendor_ready = {
	.id = "vgpu-vendor-ready",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_ERROR,
	.title = "the vendor's vGPU on the function is configured",
	.remedy = "set a vGPU type, and managed='no' in the guest's XML",
	.doc = "Since Linux 6.8, NVIDIA's vGPU on SR-IOV cards has no mediated devices: "
	       "the virtual function itself is passed, on its own VFIO driver, once a type "
	       "was written to current_vgpu_type. Without a type the guest sees nothing; "
	       "with managed='yes', libvirt moves the function to vfio-pci and the vGPU is "
	       "gone. hostdevctl leaves the function on its driver: vfio-pci would answer EINVAL. "
	       "Source: the function's nvidia/current_vgpu_type and "
	       "creatable_vgpu_types in sysfs (NVIDIA Virtual GPU Software User Guide).",
	.run = is_vgpu_ready,
};
