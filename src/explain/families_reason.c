/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_reason.c - what helps if a line says its reason in plain words, whoever says it? */
#include "config.h"

#include "explain/families.h"

/* Those who start guests and give devices to them; what they say last is the reason. */
#define MANAGERS (HD_SAYS_LIBVIRT | HD_SAYS_QEMU | HD_SAYS_PROXMOX | HD_SAYS_NOVA | HD_SAYS_VFIO | \
		  HD_SAYS_XEN | HD_SAYS_KUBE | HD_SAYS_CONTAINER)
#define SAYS "the line says it itself: '{reason}'. "

const struct hd_family hd_families_reason[] = {
	{
		MANAGERS, 0, NULL,
		{ "general-reason-differs", HD_SPEAKER_TOOL, { NULL },
			SAYS "Two things that must be equal, or fit each other, differ",
			"set what the line names to one value: the host's cannot be changed, so change the "
			"guest's (virsh edit {guest}, or QEMU's option of that name); versions: update the "
			"older one",
			{ NULL }, HD_MESSAGE_GENERAL },
		"differs|differ|mismatch|does not match|do not match|doesn't match|not equal|"
		"not the same|aw-bits",
	},
	{
		MANAGERS, 0, NULL,
		{ "general-reason-unsupported", HD_SPEAKER_TOOL, { NULL },
			SAYS "This version of the program, the machine type, the kernel or the device does "
			"not have what it names, or not together with the rest",
			"virsh dumpxml {guest} or QEMU's command line has an element or option of that "
			"name: without it the guest must start; if it is needed, a newer QEMU, libvirt or "
			"kernel may have it ('qemu-system-x86_64 -device TYPE,help' lists what this one has)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"not supported|not directly supported|unsupported|does not support|doesn't support|not implemented|"
		"is not available with|not available in|not compatible|incompatible|used with|"
		"unimplemented|not possible|only supported|does not have the feature",
	},
	{
		MANAGERS, 0, NULL,
		{ "general-reason-needs", HD_SPEAKER_TOOL, { NULL },
			SAYS "It needs something that the guest or host does not have now",
			"add what it asks for to the guest's definition (virsh edit {guest}) or to the host, "
			"or remove what needs it",
			{ NULL }, HD_MESSAGE_GENERAL },
		"valid only for|only valid for|only applicable|requires|needs|must be|must have|only with|is required|"
		"has to be|expected|depends on",
	},
	{
		MANAGERS, 0, NULL,
		{ "general-reason-forbidden", HD_SPEAKER_TOOL, { NULL },
			SAYS "An option or rule forbids it",
			"look for that option in the guest's definition, in the program's configuration "
			"(/etc/libvirt, /etc/pve) or in the kernel's parameters; a guest with host devices "
			"cannot be migrated or saved while it has them: detach them first",
			{ NULL }, HD_MESSAGE_GENERAL },
		"not allowed|forbidden|disallowed|prohibited|not permitted by|is disabled|disabled by|"
		"cannot migrate|blocked",
	},
	{
		MANAGERS, 0, NULL,
		{ "general-reason-missing", HD_SPEAKER_TOOL, { NULL },
			SAYS "What it names is not there, has another name, or is not active",
			"compare the name with what there is: a device: 'hostdevctl list --long'; a mapping "
			"or storage of Proxmox: pvesh get /cluster/mapping/pci, pvesm status; a property: "
			"'qemu-system-x86_64 -device TYPE,help'; a file or program: ls -l, command -v; then "
			"correct the guest (virsh edit, qm set), or create it",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"does not exist|doesn't exist|not found|cannot find|can't find|could not find|"
		"not defined|is missing|not present|not installed|not online|is not active|not configured",
	},
	{ .answer = { .id = NULL } },
};
