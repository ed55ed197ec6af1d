/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families.h - what does a message that no row lists mean in general?
 *
 * A family is who speaks, what was tried, and with which error of the kernel it ended.  Its
 * answer says what such messages usually mean: it is never certain, and says so.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "explain/message.h"

/* Who speaks, or is spoken of: bits, as a line often names several. */
enum {
	HD_SAYS_AMDGPU = 1 << 0,	/* amdgpu, radeon, AMD's gim */
	HD_SAYS_NVIDIA = 1 << 1,	/* NVIDIA's driver, nouveau */
	HD_SAYS_VGPU = 1 << 2,		/* vGPU managers, mdevctl, GVT-g */
	HD_SAYS_IGPU = 1 << 3,		/* i915, xe, QEMU's IGD code */
	HD_SAYS_NET = 1 << 4,		/* drivers of network cards, devlink */
	HD_SAYS_USB = 1 << 5,		/* xhci_hcd, usb */
	HD_SAYS_NVME = 1 << 6,
	HD_SAYS_VFIO = 1 << 7,
	HD_SAYS_IOMMU = 1 << 8,		/* DMAR, AMD-Vi, SMMU */
	HD_SAYS_PCI = 1 << 9,		/* pci, pcieport, AER */
	HD_SAYS_QEMU = 1 << 10,
	HD_SAYS_LIBVIRT = 1 << 11,
	HD_SAYS_APPARMOR = 1 << 12,
	HD_SAYS_SELINUX = 1 << 13,
	HD_SAYS_KUBE = 1 << 14,		/* kubelet, KubeVirt, device plugins */
	HD_SAYS_NOVA = 1 << 15,
	HD_SAYS_PROXMOX = 1 << 16,
	HD_SAYS_SHELL = 1 << 17,	/* a shell's write below /sys */
	HD_SAYS_KMOD = 1 << 18,		/* modprobe, insmod, DKMS */
	HD_SAYS_WINDOWS = 1 << 19,	/* a guest's "Code 43", its drivers */
	HD_SAYS_XEN = 1 << 20,		/* libxl, xenopsd, pciback, Qubes */
	HD_SAYS_CONTAINER = 1 << 21,	/* Kata, containerd, Podman, LXD, Incus */
	HD_SAYS_SHARED = 1 << 22,	/* Looking Glass, kvmfr, ivshmem */
	HD_SAYS_STORAGE = 1 << 23,	/* drivers of SAS and SATA controllers */
	HD_SAYS_FIRMWARE = 1 << 24,	/* of the guest: OVMF, its variables */
	HD_SAYS_UNIT = 1 << 25,		/* systemd */
	HD_SAYS_FILE = 1 << 26,		/* a file below /dev or /sys is named */
	/* Only for hd_family_guess(): the line names one. */
	HD_NAMES_GUEST = 1 << 27,
	HD_NAMES_GROUP = 1 << 28,
	HD_NAMES_DRIVER = 1 << 29,
	HD_NAMES_INTERFACE = 1 << 30,
};

/* What was tried, or what the message is about. */
enum {
	HD_TRIED_BIND = 1 << 0,
	HD_TRIED_UNBIND = 1 << 1,
	HD_TRIED_RESET = 1 << 2,
	HD_TRIED_MAP = 1 << 3,		/* memory for DMA, pinned pages */
	HD_TRIED_OPEN = 1 << 4,
	HD_TRIED_PROBE = 1 << 5,	/* a driver's start with the device */
	HD_TRIED_POWER = 1 << 6,
	HD_TRIED_DMA = 1 << 7,		/* faults of the IOMMU */
	HD_TRIED_FIRMWARE = 1 << 8,	/* of the device */
	HD_TRIED_LICENCE = 1 << 9,
	HD_TRIED_MEMLOCK = 1 << 10,	/* locked memory, huge pages */
	HD_TRIED_ROOM = 1 << 11,	/* addresses for memory windows (BARs) */
	HD_TRIED_SRIOV = 1 << 12,
	HD_TRIED_MSI = 1 << 13,
	HD_TRIED_PLUG = 1 << 14,	/* attach to a running guest */
	HD_TRIED_GROUP = 1 << 15,	/* an IOMMU group */
	HD_TRIED_ANSWER = 1 << 16,	/* the device does not answer in time */
	HD_TRIED_LINK = 1 << 17,	/* errors of the PCIe link (AER) */
	HD_TRIED_VERSION = 1 << 18,
	HD_TRIED_TYPE = 1 << 19,	/* of a mediated device */
	HD_TRIED_XML = 1 << 20,		/* a guest's definition, a name, an address in it */
	HD_TRIED_MAC = 1 << 21,		/* MAC, VLAN, trust of a virtual function */
	HD_TRIED_SWITCH = 1 << 22,	/* the card's switch (switchdev) */
	HD_TRIED_LOCK = 1 << 23,	/* a lock, a guest's or a program's state */
	HD_TRIED_ROM = 1 << 24,
	HD_TRIED_NETWORK = 1 << 25,	/* libvirt's network, an interface */
	HD_TRIED_ASSIGN = 1 << 26,	/* a scheduler's choice of host and device */
	HD_TRIED_MODULE = 1 << 27,
	HD_TRIED_KERNEL = 1 << 28,	/* the kernel's own failure: oops, lockup */
	HD_TRIED_IOMMU = 1 << 29,	/* whether there is an IOMMU */
	HD_TRIED_MEDIATED = 1 << 30,	/* a mediated device is named by its UUID */
};

struct hd_family {
	/* One bit of each is enough; 0: any line, but of what was tried alone no line that nobody speaks. */
	uint32_t speakers, tried;
	const char *errnos;		/* "EBUSY EEXIST": one of them; NULL: any, or none */
	struct hd_message answer;	/* without patterns, HD_MESSAGE_GENERAL; id "general-..." */
	/* "a word|another*": one of them is in the reason, as in families.c; "a|b&c|d": one of each; NULL: any line. */
	const char *words;
};

/* A family that takes several signs together; its speakers and what was tried are not asked. */
struct hd_deed {
	struct hd_family family;
	/* Lists as FAMILY.words, but of the whole line: one of ALSO and none of UNLESS; NULL: not asked. */
	const char *also, *unless;
	uint32_t path;			/* HD_SYS_ (sys_path.h): a file of one of these kinds; 0: any line */
};

extern const struct hd_deed hd_families_deed[];	/* asked first; ended by a row without an id */

/* The first row of that table that fits the whole LINE, so that envelope and reason count together; NULL: none. */
const struct hd_family *hd_deed_of(const char *line, const char *errno_name) _nonnull_(1);

/* Tables, each ended by a row without an id; of all that fit, the first counts. */
extern const struct hd_family hd_families_rules[], hd_families_card[], hd_families_pci[];
extern const struct hd_family hd_families_errno[], hd_families_guest[], hd_families_reason[];
extern const struct hd_family hd_families_plain[];	/* only of lines that name no host device */
extern const struct hd_family hd_families_boot[], hd_families_kind[];
extern const struct hd_family hd_families_subject[];	/* what decides whoever speaks */
extern const struct hd_family hd_families_tool[], hd_families_manager[];
extern const struct hd_family hd_families_condition[];	/* a service, a cluster, a syntax */
extern const struct hd_family hd_families_predicate[];	/* taken, turned off, too few */
extern const struct hd_family hd_families_other[], hd_families_last[];
/* Only where a speaker or an error is all that decided. */
extern const struct hd_family hd_families_path[], hd_families_trouble[];
extern const struct hd_family hd_families_program[];	/* a fault of its own, releases, waiting */
extern const struct hd_family hd_families_refusal[];	/* kinds of reasons that managers give */
extern const struct hd_family hd_families_release[];	/* of another build or release */
extern const struct hd_family hd_families_platform[];	/* firmware that failed */
extern const struct hd_family hd_families_source[];	/* parts of drivers and of QEMU */
extern const struct hd_family hd_families_source_manager[];	/* and of libvirt and tools */
extern const struct hd_family hd_families_object[];	/* a thing decides what a line means */

#define HD_TYPED_WORDS 3

/* What people type: a subject and a complaint, or a wish and what for. */
struct hd_typed {
	/* Lists as in struct hd_family; a sentence has a word of each of them. */
	const char *words[HD_TYPED_WORDS];
	struct hd_message answer;	/* id "general-typed-..." */
};

/* The last tables, only for questions; of the last, the thing alone decides. */
extern const struct hd_typed hd_families_circumstance[];
extern const struct hd_typed hd_families_how[], hd_families_scope[], hd_families_typed[], hd_families_any[];

/* The answer to the sentence LINE, the first that fits; NULL: none, or not a sentence. */
const struct hd_message *hd_typed_of(const char *line) _nonnull_(1);

/* The same, from what LINE complains of alone: better only than what rests on a name in it. */
const struct hd_message *hd_typed_any(const char *line) _nonnull_(1);

/*
 * A code of Windows' Device Manager that the sentence LINE has, in whatever spelling ("error 43", "Code43"),
 * as Windows prints it: "(Code 43)"; NULL: none.
 */
const char *hd_typed_code(const char *line, struct hd_arena *arena) _nonnull_(1, 2);

/* Does the sentence LINE say that something does not work, whatever that is? */
bool hd_typed_complains(const char *line) _nonnull_(1);

/* The words of LINE beside the message of ROW and the record of a log around it; "": none. */
const char *hd_typed_beside(const char *line, const struct hd_message *row, struct hd_arena *arena)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/* Is WORD, in lower case, in LINE: as a whole word, with "*" as the beginning, with "." as the end of one? */
bool hd_word_is_in(const char *line, const char *word) _nonnull_(1, 2);

/*
 * LINE with "~" in place of names, whose parts do not count as words: of sources ("usb.c:123"), and without WITH_PATHS
 * also paths but those below /dev and /sys.
 */
const char *hd_words_of(const char *line, bool with_paths, struct hd_arena *arena)
	_nonnull_(1, 3) _returns_nonnull_;

/* LINE with "~" in place of names that somebody gave: of a guest, alias or network, and of a shell's prompt. */
char *hd_without_names(const char *line, struct hd_arena *arena) _nonnull_(1, 2) _returns_nonnull_;

/* Is one of WORDS, "a word|another*", in TEXT; of "a|b&c|d", one of each list? */
bool hd_family_has_words(const char *text, const char *words) _nonnull_(1, 2);

/* As hd_family_next() has them behind the families: those of goes_on.h, then hd_composed, without SKIP of them. */
const struct hd_message *hd_family_other(size_t skip);

/* Stands for all composed answers (composed.h), HD_MESSAGE_GENERAL; the last of hd_family_next(). */
extern const struct hd_message hd_composed;

/* The answers of all families, in order of the tables: *AT from 0; NULL at the end. */
const struct hd_message *hd_family_next(size_t *at) _nonnull_(1);

/* Is ANSWER of a row of TABLE? */
bool hd_family_is_in(const struct hd_family *table, const struct hd_message *answer) _nonnull_(1, 2);

/* Is ANSWER a family's that the kind of reason decides, whoever gives it (hd_families_refusal, _release, _manager)? */
bool hd_family_is_of_reason(const struct hd_message *answer) _nonnull_(1);

/* By id, or NULL. */
const struct hd_message *hd_family_find(const char *id) _nonnull_(1);

/*
 * The first family that fits; NULL: none.  LINE says who speaks, REASON (the part of
 * it that hd_subject_reason() finds) what was tried and with which error it ended.
 * Does not say whether LINE is an error at all: that is hd_trouble_of().
 */
const struct hd_family *hd_family_of(const char *line, const char *reason) _nonnull_(1, 2);

/* The same where nothing else answers: one sign is enough.  NAMES: bits of what the line names. */
const struct hd_family *hd_family_guess(const char *line, const char *reason, uint32_t names)
	_nonnull_(1, 2);
