/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check.h - what a check is: one row, and one pure function of the facts.
 *
 * A check never reads the host and never prints.  Its id says what is true
 * when it passes; ids are never renumbered and never reused.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "domain/request.h"
#include "facts/facts.h"

enum hd_scope {
	HD_SCOPE_HOST,		/* run once */
	HD_SCOPE_DEVICE,	/* run for each PCI function of the request */
	HD_SCOPE_TAKEN,		/* also for each companion that the plan would move */
	HD_SCOPE_GUEST,		/* run once, when there is a guest */
	HD_SCOPE_USB,		/* run for each USB device of the request */
	HD_SCOPE_SERIAL,	/* for each <serial type='dev'> */
	HD_SCOPE_MDEV,		/* for each mediated device */
	HD_SCOPE_SCSI,		/* for each <hostdev type='scsi'> of a device of the host */
	HD_SCOPE_ENTRY,		/* for each entry of the configuration of a scheduler */
	HD_SCOPE_OFFERED,	/* for each device that such a configuration offers */
	HD_SCOPE_OVERRIDE,	/* for each <hd:allow> and --allow; last, as it looks at the others */
	HD_SCOPE_MAX
};

enum hd_severity { HD_NOTE, HD_WARNING, HD_ERROR, HD_SEVERITY_MAX };

/*
 * Who, at most, may accept what the check finds: an error then becomes a warning, and a
 * warning a note.  Nobody may accept what cannot work anyway (QEMU or the kernel would
 * stop).
 */
enum hd_allowance {
	HD_ALLOW_NEVER,
	HD_ALLOW_COMMAND_LINE,	/* --allow of one command: a person watches it */
	HD_ALLOW_METADATA,	/* what sleeps: also the guest's <hd:allow>, at each start */
	HD_ALLOWANCE_MAX
};

enum hd_verdict {
	HD_PASS,
	HD_FAIL,
	HD_UNKNOWN,		/* could not be read: counts as a failure of its severity */
	HD_SKIP,		/* does not apply; not reported */
	HD_VERDICT_MAX
};

/*
 * How the device is used at this moment, which decides who may accept an error:
 * hd_accepted_by().  A result starts as HD_USE_ACTIVE; a check must say so where a
 * guest's metadata is enough.
 */
enum hd_use {
	HD_USE_ACTIVE,	/* in use, or unknown: whoever watches the command line */
	HD_USE_SLEEPS,	/* nothing uses it now: the guest's metadata, too */
	HD_USE_DATA,	/* a disk in use: nobody, unless its data is given up by name */
	HD_USE_NEVER,	/* the host cannot do without it, or its driver does not let go: nobody */
	HD_USE_MAX
};

struct hd_offered_entry;	/* scheduler/offered.h */
struct hd_offered_device;

struct hd_subject {
	const struct hd_request *request;	/* never NULL; empty for a check of devices */
	const struct hd_facts *facts;
	const struct hd_pci_facts *pci;		/* HD_SCOPE_DEVICE and _TAKEN, else NULL */
	const struct hd_usb_facts *usb;		/* HD_SCOPE_USB, else NULL */
	const struct hd_serial_facts *serial;	/* HD_SCOPE_SERIAL, else NULL */
	const struct hd_mdev_facts *mdev;	/* HD_SCOPE_MDEV, else NULL */
	const struct hd_scsi_facts *scsi;	/* HD_SCOPE_SCSI, else NULL */
	const struct hd_offered_entry *entry;	/* HD_SCOPE_ENTRY, else NULL */
	const struct hd_offered_device *offered;	/* HD_SCOPE_OFFERED, else NULL */
	const struct hd_allow *allow;		/* HD_SCOPE_OVERRIDE, else NULL */
	const struct hd_findings *found;	/* the same: what the other checks found */
	const struct hd_hostdev *hostdev;	/* what asked for it; NULL for a companion */
	struct hd_arena *arena;			/* for evidence and remedies */
};

/*
 * A command in a remedy that is complete: it can be copied and run as it is.  Text from outside is
 * printable and cannot have these marks; reports show them as backticks (hd_remedy_commands()).
 */
#define HD_COMMAND(text) HD_COMMAND_BEGIN text HD_COMMAND_END
#define HD_COMMAND_BEGIN "\016"
#define HD_COMMAND_END "\017"

/* What a check fills in; severity and remedy start as the row's. */
struct hd_result {
	enum hd_severity severity;
	const char *evidence;	/* what was seen and where; required for HD_FAIL, HD_UNKNOWN */
	const char *remedy;	/* a command or setting for this host */
	enum hd_use use;	/* of HD_FAIL and HD_UNKNOWN */
	/*
	 * Why the host can never do without the device ("the host's root filesystem"), or
	 * NULL.  Nobody can allow such a failure, and lists call the device "never".
	 */
	const char *never;
};

struct hd_check {
	const char *id;
	enum hd_scope scope;
	enum hd_severity severity;
	const char *title;	/* a sentence that is true when it passes */
	const char *remedy;	/* the general one */
	const char *doc;	/* a paragraph for hostdevctl-checks(7): what, why, source */
	bool is_for_pci;	/* skipped for a guest that asks for no PCI function */
	bool runs_absent;	/* also for a function that does not exist */
	enum hd_allowance allow;	/* who may accept what it finds, at most */
	bool is_last_look;	/* what it judges can change at any moment: runs once more right
				   before the host is changed */
	bool is_told_at_start;		/* a note, which else only commands show, is logged by the hook */
	enum hd_verdict (*run)(const struct hd_subject *subject, struct hd_result *ret);
};

/* The one list, in the order of the reports; ends with NULL. */
extern const struct hd_check *const hd_checks[];

const struct hd_check *hd_check_find(const char *id) _nonnull_(1);

/* Who accepted a finding, which is therefore reported one level less severe. */
enum hd_allower {
	HD_ALLOWED_BY_NOBODY,
	HD_ALLOWED_BY_METADATA,
	HD_ALLOWED_BY_COMMAND_LINE,
	HD_ALLOWED_BY_SACRIFICE,	/* --i-know-this-destroys-data */
	HD_ALLOWER_MAX
};

struct hd_finding {
	const struct hd_check *check;
	const char *subject;	/* "host", "0000:01:00.0", "usb 046d:c52b", "serial /dev/ttyS0",
				   "mdev UUID", "scsi 2:0:0:0", "nova.conf:3: device_spec" or the guest's
				   printable name */
	enum hd_severity severity;
	enum hd_verdict verdict;	/* never HD_SKIP */
	const char *evidence;	/* NULL if passed and there is nothing to say */
	const char *remedy;	/* NULL if passed */
	const char **commands;	/* those of the remedy that can be run as they are */
	size_t n_commands;
	enum hd_allower allowed_by;
	const char *allow_with;	/* what would allow it, to be typed; NULL: nothing would */
	const char *never;	/* as in struct hd_result; NULL if passed */
};

/* Is it an error that failed or is unknown, which refuses a start or a command? */
static inline bool hd_finding_refuses(const struct hd_finding *finding)
{
	return finding->verdict != HD_PASS && finding->severity == HD_ERROR;
}

struct hd_findings {
	struct hd_finding *items;
	size_t n;
	bool is_ready;		/* no HD_ERROR that failed or is unknown */
};

/* Runs all checks that apply. Pure: no I/O. */
void hd_check_run(struct hd_findings *ret, struct hd_arena *arena,
		  const struct hd_request *request, const struct hd_facts *facts)
	_nonnull_(1, 2, 3, 4);

/* The same for the rows with is_last_look alone, over facts of hd_facts_again(). */
void hd_check_run_again(struct hd_findings *ret, struct hd_arena *arena,
			const struct hd_request *request, const struct hd_facts *facts)
	_nonnull_(1, 2, 3, 4);

/* The rows that judge what a scheduler's configuration offers, alone; FACTS have it. */
void hd_check_run_offered(struct hd_findings *ret, struct hd_arena *arena, const struct hd_facts *facts)
	_nonnull_(1, 2, 3);

/* The id that is most similar to TEXT. */
const char *hd_check_nearest(const char *text) _nonnull_(1) _returns_nonnull_;

const char *hd_scope_name(enum hd_scope scope);		/* "host", "device", "guest", "usb" ... */
const char *hd_severity_name(enum hd_severity severity);	/* "note", "warning", "error" */
const char *hd_verdict_name(enum hd_verdict verdict);	/* "pass", "fail", "unknown", "skip" */
/* "metadata", "command-line", "sacrifice"; NULL for nobody. */
const char *hd_allower_name(enum hd_allower allower);

/*
 * What must happen to a function of a requested device's group; the one rule
 * that both the checks and the plan follow.
 */
enum hd_companion {
	HD_COMPANION_STAYS,	/* requested itself, absent, unbound, a bridge, on VFIO or harmless */
	HD_COMPANION_MOVES,	/* to its VFIO driver */
	HD_COMPANION_UNBINDS,	/* its driver cannot be a VFIO one: unbinding is enough */
	HD_COMPANION_BLOCKS,	/* must not be moved: policy, or the host needs it */
	HD_COMPANION_MAX
};

/* Also why, as a phrase for people ("is a bridge"); constant text, never NULL. */
enum hd_companion hd_companion_judge(const struct hd_request *request,
				     const struct hd_pci_facts *companion,
				     const char **ret_why) _nonnull_(1, 2, 3);
enum hd_companion hd_companion_of(const struct hd_request *request,
				  const struct hd_pci_facts *companion) _nonnull_(1, 2);

/* Does it leave its driver with the device: HD_COMPANION_MOVES or _UNBINDS? */
bool hd_companion_goes(const struct hd_request *request, const struct hd_pci_facts *companion)
	_nonnull_(1, 2);
