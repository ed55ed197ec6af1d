/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders.h - which processes have a device node, or a BAR's file, open or mapped.
 *
 * By device number, so a node under another name or in another mount namespace
 * is found too, and files of sysfs by the number of their inode; a captured tree,
 * which has no numbers, is compared by name.  Seen are descriptors, also those of
 * threads with a table of their own, and mappings, which outlive their
 * descriptor's close(2).  One pass serves all nodes.  Not seen: descriptors that
 * are in flight in a socket, or held by the kernel alone (io_uring, loop devices);
 * of disks, the exclusive claim finds the latter's users in the kernel.
 */
#pragma once

#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/holders/nodes.h"

struct hd_holder {
	const struct hd_node *node;
	pid_t pid;
	bool is_mapped;			/* mapped, and not open */
	const char *command;		/* proc/PID/comm, printable */
	const char *unit;		/* systemd's unit, "postgresql@15-main.service" or a
					   scope, printable; NULL if it has none, or ours */
	const char *user;		/* a unit of this user's own manager; else NULL */
	bool has_socket;		/* the unit's .socket of the same name starts it again */
	bool ignores_term;		/* it is stopped, or ignores SIGTERM (as shells do) */
	/*
	 * logind opens devices for sessions, and keeps what it opened in process 1's store
	 * of descriptors for the case that it is restarted (systemd
	 * src/login/logind-session-device.c, session_device_save).  NULL for all others.
	 */
	const char *session;		/* the id of the session, printable */
	const char *session_user;	/* its user's name, printable */
	const char *ended_by;		/* what a hand-over ends it with: "gdm.service"; NULL: nothing
					   does, or the guest's policy asks for none */
};

struct hd_holders {
	struct hd_holder *holders;	/* by pid; each process once for a node */
	size_t n;
	const char *unread;		/* a process that we may not look into, and why; NULL:
					   all were seen.  If set, what is not in the list is
					   unknown, not free */
	const char *unread_remedy;	/* what to do about it, or NULL: the usual */
};

/*
 * One pass over all processes.  Our own process, and the hook's process that
 * waits for us, do not count.  A process that ends meanwhile adds nothing.
 */
int hd_holders_read(struct hd_holders *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		    struct hd_error *err) _nonnull_(1, 2, 3, 6) _must_check_;

/*
 * The path of the process with this number in systemd's hierarchy of control groups, or NULL; and
 * the last unit on such a path, "ssh.service" of "/system.slice/ssh.service/tasks", or NULL.
 */
const char *hd_process_cgroup(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *pid) _nonnull_(1, 2, 3);
const char *hd_cgroup_unit(struct hd_arena *arena, const char *path) _nonnull_(1, 2);

/* The system's service that the path is in, or NULL: a user's own manager has others. */
const char *hd_cgroup_service(struct hd_arena *arena, const char *path) _nonnull_(1, 2);

/* Is the path in the scope of the session of logind's with this id? */
bool hd_cgroup_is_session(struct hd_arena *arena, const char *path, const char *id)
	_nonnull_(1, 2, 3);

/* Does what is on that path end with its user's graphical session, though their manager stays? */
bool hd_cgroup_is_desktop(struct hd_arena *arena, const char *path) _nonnull_(1, 2);

/* Where the running kernel has what in its own types; read when it is first asked. */
struct hd_kernel_types;

/* One device of a pass for several: its nodes, and where its holders go. */
struct hd_holders_want {
	const struct hd_node *nodes;
	size_t n_nodes;
	struct hd_holders *ret;
};

/*
 * The same single pass for several devices.  udev and blkid open a disk for
 * moments to look at it: while only such processes hold something, it is looked
 * at again for up to a second (live hosts only).  On failure no *ret is changed.
 * *TYPES, NULL at first, is kept between passes of one ARENA.
 */
int hd_holders_read_for(const struct hd_holders_want *wants, size_t n_wants,
			const struct hd_sysroot *root, struct hd_arena *arena,
			const struct hd_kernel_types **types, struct hd_error *err)
	_nonnull_(3, 4, 5, 6) _must_check_;

/*
 * Is the VFIO group, or the device's own node (dev/vfio/devices/vfioN), of this
 * function open by any process?  The kernel's word first: opening a group that
 * is in use gives EBUSY (drivers/vfio/group.c, vfio_group_fops_open).  While nobody is
 * seen with it, it is asked again, for up to a second.  Where its node is not to be
 * seen, processes are asked, by the number that sysfs has.
 * Returns 1 in use (with *ret_who as "qemu-system-x86 (pid 812)" or "a process"),
 * 0 free, or a negative errno: treat as in use.  With -EACCES *ret_who may be why
 * the processes could not be seen.
 */
int hd_vfio_in_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *fn_name,
		   const char **ret_who) _nonnull_(1, 2, 3, 4) _must_check_;

/* The same for any device with an IOMMU group (a mediated one), by its directory in sysfs. */
int hd_vfio_dir_in_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *dir,
		       const char **ret_who) _nonnull_(1, 2, 3, 4) _must_check_;

/*
 * The nodes through which a device with an IOMMU group is used by VFIO, by its
 * directory in sysfs: those that exist, here or by sysfs, into *RET.  0 or a negative
 * errno.
 */
int hd_vfio_nodes(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *dir) _nonnull_(1, 2, 3, 4, 5) _must_check_;
