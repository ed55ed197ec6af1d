/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysroot.h - the one door to the host's files.
 *
 * All paths are relative ("sys/bus/pci/devices") and resolved below one
 * directory descriptor, with openat2(RESOLVE_IN_ROOT) where the kernel has it
 * (5.6), so that a captured tree can stand in for the host and its links
 * cannot leave it.  Only src/facts reads and only src/knob writes through it.
 *
 * Functions return a negative errno on failure and leave their outputs alone;
 * -ENOENT is a fact of the host, not an error.  Path arguments are printf
 * formats; a path of PATH_MAX or more is -ENAMETOOLONG.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"

/* No host file that we read is larger; a larger one is -EFBIG. */
#define HD_SYSROOT_MAX_TEXT (8u << 20)

/* A read that failed though what it was to tell may be there. */
struct hd_sysroot_trouble {
	int error;		/* an errno; 0: there was none */
	char path[200];		/* cut */
};

struct hd_sysroot {
	int fd;			/* the root directory, O_PATH */
	bool is_live;		/* it is the running host's "/", not a captured tree */
	struct hd_sysroot_trouble *trouble;	/* where the first one is noted; NULL: nobody asks */
};

/*
 * Who decides about harm by many reads watches over them all: a reader of facts may
 * take an error for "nothing there", and what it says is unknown then.  Noted are
 * failures of the host to answer (EIO, EACCES for root, EMFILE, ENFILE, ENOMEM,
 * EFBIG, ELOOP, ETIMEDOUT), not that a thing is not there or has no such attribute.
 * The first call forgets what was noted, and returns it; the second one puts that back,
 * and returns what has been noted since.  They may be nested.
 */
struct hd_sysroot_trouble hd_sysroot_watch(const struct hd_sysroot *root) _nonnull_(1);
struct hd_sysroot_trouble hd_sysroot_unwatch(const struct hd_sysroot *root,
					     const struct hd_sysroot_trouble *before)
	_nonnull_(1, 2);

/* Notes what a caller read itself: RC, a negative errno, of PATH.  Returns RC. */
ssize_t hd_sysroot_note(const struct hd_sysroot *root, ssize_t rc, const char *path)
	_nonnull_(1, 3);

/* PATH NULL or "/" is the running host.  Returns 0 or fills ERR. */
int hd_sysroot_open(struct hd_sysroot *ret, const char *path, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;
void hd_sysroot_close(struct hd_sysroot *root) _nonnull_(1);

/*
 * openat2(2) of PATH, whose links cannot leave ROOT_FD: a descriptor, or -1 with errno, which
 * is ENOSYS for a kernel before 5.6.
 */
int hd_open_in_root(int root_fd, int flags, const char *path) _nonnull_(3) _must_check_;

/* A descriptor for PATH (FLAGS of open(2); O_CLOEXEC is added), or a negative errno. */
int hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...)
	_nonnull_(1, 3) _printf_(3, 4) _must_check_;

/* Does PATH exist (links followed)? */
bool hd_sysroot_has(const struct hd_sysroot *root, const char *fmt, ...)
	_nonnull_(1, 2) _printf_(2, 3);

/* stat(2) of PATH, links followed within the root. */
int hd_sysroot_stat(const struct hd_sysroot *root, struct stat *ret, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4) _must_check_;

/*
 * The file's text, one trailing newline removed, owned by ARENA; bytes after a
 * NUL are lost (use _bytes).  Returns its length.
 */
ssize_t hd_sysroot_text(const struct hd_sysroot *root, struct hd_arena *arena,
			const char **ret, const char *fmt, ...)
	_nonnull_(1, 2, 3, 4) _printf_(4, 5) _must_check_;

/* Up to SIZE first bytes of a file into BUF; returns how many. */
ssize_t hd_sysroot_bytes(const struct hd_sysroot *root, void *buf, size_t size,
			 const char *fmt, ...) _nonnull_(1, 2, 4) _printf_(4, 5) _must_check_;

/* A file that holds one number: decimal, or hex with 0x; -EINVAL for other text. */
int hd_sysroot_u64(const struct hd_sysroot *root, uint64_t *ret, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4) _must_check_;

/* Where a symbolic link points, as it is written. */
int hd_sysroot_link(const struct hd_sysroot *root, struct hd_arena *arena, const char **ret,
		    const char *fmt, ...) _nonnull_(1, 2, 3, 4) _printf_(4, 5) _must_check_;

/* The last component of where a link points ("driver" -> "nvme"). */
int hd_sysroot_link_base(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char **ret, const char *fmt, ...)
	_nonnull_(1, 2, 3, 4) _printf_(4, 5) _must_check_;

/* Names in a directory without "." and "..", sorted by bytes; returns how many. */
ssize_t hd_sysroot_names(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *const **ret, const char *fmt, ...)
	_nonnull_(1, 2, 3, 4) _printf_(4, 5) _must_check_;

/*
 * Is the directory empty?  Reads one name, however many there are.  Returns 1,
 * 0, or a negative errno.
 */
int hd_sysroot_is_empty_dir(const struct hd_sysroot *root, const char *fmt, ...)
	_nonnull_(1, 2) _printf_(2, 3) _must_check_;

/*
 * The same for many files of one directory, DIR_FD from hd_sysroot_fd(): NAME is
 * an entry of it, a file that one read(2) gives whole (as those of sysfs do) or a
 * link, and never followed out of it.  The texts are put into BUF; a link that
 * cannot be read is NULL with errno, and so is one whose last component is not a
 * name, with EINVAL.
 */
ssize_t hd_sysroot_bytes_at(int dir_fd, const char *name, void *buf, size_t size)
	_nonnull_(2, 3) _must_check_;
ssize_t hd_sysroot_line_at(int dir_fd, const char *name, char *buf, size_t size)
	_nonnull_(2, 3) _must_check_;
int hd_sysroot_u64_at(int dir_fd, const char *name, uint64_t *ret) _nonnull_(2, 3) _must_check_;
const char *hd_sysroot_link_at(int dir_fd, const char *name, char buf[static PATH_MAX])
	_nonnull_(2, 3);
const char *hd_sysroot_link_base_at(int dir_fd, const char *name, char buf[static PATH_MAX])
	_nonnull_(2, 3);

/*
 * For src/knob only: one write(2) of TEXT to an existing file, never created.  What a
 * captured tree's file held before is gone, as it is from the kernel's.
 */
int hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4) _must_check_;
