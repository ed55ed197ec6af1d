/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replace_file.c - replaces one file of the configuration by another text, and back. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/read.h"
#include "base/text.h"
#include "setup/replace_file.h"

#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
#define MAX_NAMES 65536u	/* XATTR_LIST_MAX and XATTR_SIZE_MAX of linux/limits.h */

static ssize_t from_start(int fd, char *buf, size_t size)
{
	return lseek(fd, 0, SEEK_SET) < 0 ? -errno : hd_read_up_to(fd, buf, size);
}

/* Is TEXT all that the file holds?  1, 0, or a negative errno. */
static int file_equals(int fd, const char *text)
{
	size_t length = strlen(text);
	_cleanup_(hd_freep) char *buf = malloc(length + 1);
	ssize_t n;

	if (!buf)
		hd_oom();
	n = from_start(fd, buf, length + 1);
	if (n < 0)
		return (int)n;
	return (size_t)n == length && !memcmp(buf, text, length);
}

int hd_swap_file_read(int fd, struct hd_arena *arena, const char **ret)
{
	_cleanup_(hd_freep) char *buf = malloc(HD_SWAP_MAX_TEXT + 1);
	ssize_t n;

	if (!buf)
		hd_oom();
	n = from_start(fd, buf, HD_SWAP_MAX_TEXT + 1);
	if (n < 0)
		return (int)n;
	if (n > (ssize_t)HD_SWAP_MAX_TEXT)
		return -EFBIG;
	if (memchr(buf, '\0', (size_t)n))
		return -EILSEQ;
	*ret = hd_strndup(arena, buf, (size_t)n);
	return 0;
}

static int copy_attribute(int from, int to, const char *name, char *value)
{
	ssize_t n = fgetxattr(from, name, value, MAX_NAMES);

	if (n < 0)
		return errno == ENODATA ? 0 : -errno;
	if (fsetxattr(to, name, value, (size_t)n, 0) == 0)
		return 0;
	return errno == EOPNOTSUPP ? 0 : -errno;
}

/*
 * Extended attributes (SELinux's label, ACLs), but for those that are about the
 * bytes (IMA, EVM).  A file system without them is fine.
 */
static int copy_attributes(int from, int to)
{
	_cleanup_(hd_freep) char *names = malloc(2 * (size_t)MAX_NAMES);
	ssize_t n;

	if (!names)
		hd_oom();
	n = flistxattr(from, names, MAX_NAMES);
	if (n < 0)
		return errno == EOPNOTSUPP ? 0 : -errno;
	for (const char *name = names; name < names + n; name += strlen(name) + 1) {
		int rc = 0;

		if (strcmp(name, "security.ima") != 0 && strcmp(name, "security.evm") != 0)
			rc = copy_attribute(from, to, name, names + MAX_NAMES);
		if (rc < 0)
			return rc;
	}
	return 0;
}

bool hd_swap_path_is_valid(const char *path)
{
	if (strlen(path) >= PATH_MAX)
		return false;
	for (;;) {
		size_t length = strcspn(path, "/");

		if (!length || length > NAME_MAX - 32 || !strncmp(path, "..", length + 1) ||
		    !strncmp(path, "../", length + 1) || !strncmp(path, "./", length + 1) ||
		    !strncmp(path, ".", length + 1))
			return false;
		if (!path[length])
			return true;
		path += length + 1;
	}
}

int hd_swap_parent(const struct hd_sysroot *root, const char *path)
{
	const char *slash = strrchr(path, '/');

	return hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "%.*s",
			     slash ? (int)(slash - path) : 1, slash ? path : ".");
}

/* A file by its open directory, so that nothing can redirect the work elsewhere. */
struct place {
	int dir;
	const char *name;
	char coming[NAME_MAX + 1], going[NAME_MAX + 1];
};

static void close_place(struct place *place)
{
	hd_close(&place->dir);
}

static int open_place(struct place *ret, const struct hd_sysroot *root, const char *path)
{
	*ret = (struct place){ .dir = -1, .name = basename(path) };
	if (!hd_swap_path_is_valid(path))
		return -EINVAL;
	(void)snprintf(ret->coming, sizeof(ret->coming), ".%s.hostdevctl-new", ret->name);
	(void)snprintf(ret->going, sizeof(ret->going), ".%s.hostdevctl-old", ret->name);
	ret->dir = hd_swap_parent(root, path);
	return ret->dir < 0 ? ret->dir : 0;
}

static int sync_dir(const struct place *place)
{
	return fsync(place->dir) < 0 ? -errno : 0;
}

/* A descriptor of the file, -ENOENT, or why we must not change it. */
static int open_regular(const struct place *place, const char *name, struct stat *ret)
{
	_cleanup_(hd_close) int fd = openat(place->dir, name, READ_FLAGS);
	int result;

	if (fd < 0)
		return -errno;
	if (fstat(fd, ret) < 0)
		return -errno;
	if (!S_ISREG(ret->st_mode))
		return -EISDIR;
	result = fd;
	fd = -1;
	return result;
}

static int refuse_path(int rc, const char *path, struct hd_error *err)
{
	if (rc == -ELOOP)
		return hd_fail(err, rc, "/%s is a symbolic link: it is not followed", path);
	if (rc == -EISDIR)
		return hd_fail(err, rc, "/%s is not a regular file", path);
	if (rc == -EMLINK)
		return hd_fail(err, rc, "/%s has another hard link", path);
	if (rc == -ESTALE)
		return hd_fail(err, rc, "something else has changed /%s in the meantime", path);
	return hd_fail(err, rc, "/%s: %s", path, strerror(-rc));
}

int hd_swap_look(struct hd_swap *swap, const struct hd_sysroot *root, struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	_cleanup_(hd_close) int fd = -1;
	struct stat st;
	int rc = open_place(&place, root, swap->path);

	if (rc == 0)
		rc = fd = open_regular(&place, place.name, &st);
	if (rc == -ENOENT && !swap->old)
		return 0;
	if (rc < 0)
		return refuse_path(rc, swap->path, err);
	if (st.st_nlink > 1)
		return refuse_path(-EMLINK, swap->path, err);
	swap->mode = st.st_mode & 07777u;
	swap->uid = st.st_uid;
	swap->gid = st.st_gid;
	return 0;
}

/* Does the file of that name have this text (NULL: is there none)?  1, 0, or a negative errno. */
static int has_text(const struct place *place, const char *name, const char *text)
{
	_cleanup_(hd_close) int fd = -1;
	struct stat st;

	fd = open_regular(place, name, &st);
	if (fd == -ENOENT)
		return !text;
	if (fd < 0)
		return fd;
	return text ? file_equals(fd, text) : 0;
}

/* Not even its directory is there. */
static enum hd_swap_state state_of_none(const struct hd_swap *swap)
{
	return !swap->old ? HD_SWAP_OLD : !swap->text ? HD_SWAP_NEW : HD_SWAP_OTHER;
}

int hd_swap_state(const struct hd_swap *swap, const struct hd_sysroot *root,
		  struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	int rc = open_place(&place, root, swap->path), is_old = 0;

	if (rc == -ENOENT)
		return state_of_none(swap);
	if (rc == 0)
		rc = is_old = has_text(&place, place.name, swap->old);
	if (rc == 0)
		rc = has_text(&place, place.name, swap->text);
	if (rc == 1)
		return is_old ? HD_SWAP_OLD : HD_SWAP_NEW;
	return rc == 0 || rc == -ELOOP || rc == -EISDIR ? HD_SWAP_OTHER :
							  refuse_path(rc, swap->path, err);
}

int hd_swap_read(const char **ret, struct hd_arena *arena, const struct hd_sysroot *root,
		 const char *path, struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	_cleanup_(hd_close) int fd = -1;
	struct stat st;
	int rc = open_place(&place, root, path);

	if (rc == 0)
		rc = fd = open_regular(&place, place.name, &st);
	*ret = NULL;
	if (rc >= 0)
		rc = hd_swap_file_read(fd, arena, ret);
	return rc < 0 && rc != -ENOENT ? refuse_path(rc, path, err) : 0;
}

/* Mode, owner, label: of the file that is there, or as the swap says. */
static int set_attributes(const struct hd_swap *swap, const struct place *place, int fd)
{
	_cleanup_(hd_close) int there = -1;
	struct stat st;

	if (fchown(fd, swap->uid, swap->gid) < 0 || fchmod(fd, swap->mode) < 0)
		return -errno;
	there = open_regular(place, place->name, &st);
	return there < 0 ? 0 : copy_attributes(there, fd);
}

static int stage_file(const struct hd_swap *swap, const struct place *place)
{
	_cleanup_(hd_close) int fd = -1;
	int rc;

	if (unlinkat(place->dir, place->coming, 0) < 0 && errno != ENOENT)
		return -errno;
	if (!swap->text)
		return 0;
	fd = openat(place->dir, place->coming,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	rc = hd_write_all(fd, swap->text, strlen(swap->text));
	if (rc == 0)
		rc = set_attributes(swap, place, fd);
	if (rc == 0 && fsync(fd) < 0)
		rc = -errno;
	return rc;
}

int hd_swap_stage(const struct hd_swap *swap, const struct hd_sysroot *root,
		  struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	int rc = open_place(&place, root, swap->path);

	if (rc == 0)
		rc = stage_file(swap, &place);
	if (rc == 0)
		rc = sync_dir(&place);
	return rc < 0 ? hd_fail(err, rc, "cannot write /%s: %s", swap->path, strerror(-rc)) : 0;
}

/* Keeps the inode that goes.  Where there are no hard links (vfat) its bytes must do. */
static int keep_inode(const struct hd_swap *swap, const struct place *place)
{
	if (unlinkat(place->dir, place->going, 0) < 0 && errno != ENOENT)
		return -errno;
	if (!swap->old || linkat(place->dir, place->name, place->dir, place->going, 0) == 0)
		return 0;
	return errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK ? 0 : -errno;
}

static int commit_file(const struct hd_swap *swap, const struct place *place)
{
	int rc = keep_inode(swap, place);

	if (rc == 0)
		rc = has_text(place, place->name, swap->old);
	if (rc <= 0)
		return rc == 0 || rc == -ELOOP ? -ESTALE : rc;
	if (!swap->text)
		return unlinkat(place->dir, place->name, 0) < 0 ? -errno : 0;
	return renameat(place->dir, place->coming, place->dir, place->name) < 0 ? -errno : 0;
}

int hd_swap_commit(const struct hd_swap *swap, const struct hd_sysroot *root,
		   struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	int rc = open_place(&place, root, swap->path);

	if (rc == 0)
		rc = commit_file(swap, &place);
	if (rc == 0)
		rc = sync_dir(&place);
	return rc < 0 ? refuse_path(rc, swap->path, err) : 0;
}

int hd_swap_return(const struct hd_swap *swap, const struct hd_sysroot *root,
		   struct hd_error *err)
{
	_cleanup_(close_place) struct place place;
	int rc = open_place(&place, root, swap->path);

	if (rc == 0 && !swap->old)
		return 0;
	if (rc == 0)
		rc = has_text(&place, place.going, swap->old);
	if (rc <= 0)
		return rc == 0 || rc == -ENOENT ? 0 : refuse_path(rc, swap->path, err);
	if (renameat(place.dir, place.going, place.dir, place.name) < 0)
		rc = -errno;
	else
		rc = sync_dir(&place);
	return rc < 0 ? refuse_path(rc, swap->path, err) : 1;
}

struct hd_swap hd_swap_reverse(const struct hd_swap *swap)
{
	struct hd_swap reverse = *swap;

	reverse.old = swap->text;
	reverse.text = swap->old;
	return reverse;
}

void hd_swap_tidy(const char *path, const struct hd_sysroot *root)
{
	_cleanup_(close_place) struct place place;

	if (open_place(&place, root, path) < 0)
		return;
	(void)unlinkat(place.dir, place.coming, 0);
	(void)unlinkat(place.dir, place.going, 0);
}
