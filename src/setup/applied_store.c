/* SPDX-License-Identifier: GPL-2.0-or-later */
/* applied_store.c - what setup has applied, on disk. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "base/text.h"
#include "setup/applied_store.h"

#define PATH HD_STORE_DIR "/" HD_STORE_SETUP
#define NEW ".new"		/* a record that has no number yet */
#define GONE ".gone"		/* one that is being removed */
#define MANIFEST "manifest"
#define NAME_SIZE 32
#define MAX_NUMBER 1000000u

static int open_dir(int at, const char *name)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

int hd_store_open(struct hd_store *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  struct hd_error *err)
{
	struct stat st;
	int fd = hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, PATH);

	if (fd == -ENOENT)
		return fd;
	if (fd < 0)
		return hd_fail(err, fd, "cannot open /" PATH ": %s", strerror(-fd));
	if (fstat(fd, &st) < 0 || st.st_uid != geteuid() || (st.st_mode & 022)) {
		hd_close(&fd);
		return hd_fail(err, -EPERM, "/" PATH " is not exclusively ours: examine "
						     "it, and remove it");
	}
	*ret = (struct hd_store){ root, arena, fd };
	return 0;
}

static int make_dir(const struct hd_sysroot *root, const char *parent, const char *name,
		    mode_t mode)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "%s", parent);

	if (fd < 0)
		return fd;
	if (mkdirat(fd, name, mode) < 0)
		return errno == EEXIST ? 0 : -errno;
	return fsync(fd) < 0 ? -errno : 0;
}

static int make_store(const struct hd_sysroot *root)
{
	static const struct {
		const char *parent, *name;
		mode_t mode;
	} dirs[] = {
		{ ".", "var", 0755 },	{ "var", "lib", 0755 },
		{ "var/lib", "hostdevctl", 0700 }, { HD_STORE_DIR, HD_STORE_SETUP, 0700 },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(dirs); i++)
		rc = make_dir(root, dirs[i].parent, dirs[i].name, dirs[i].mode);
	return rc;
}

/* A record is a flat directory. */
static void empty(int at, const char *name, struct hd_arena *arena)
{
	_cleanup_(hd_close) int fd = open_dir(at, name);
	const struct hd_sysroot dir = { .fd = fd };
	const char *const *names = NULL;
	ssize_t n = fd < 0 ? 0 : hd_sysroot_names(&dir, arena, &names, ".");

	for (ssize_t i = 0; i < n; i++)
		(void)unlinkat(fd, names[i], 0);
	(void)unlinkat(at, name, AT_REMOVEDIR);
}

int hd_store_open_write(struct hd_store *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, struct hd_error *err)
{
	int rc = make_store(root);

	if (rc < 0)
		return hd_fail(err, rc, "cannot create /" PATH ": %s", strerror(-rc));
	rc = hd_store_open(ret, root, arena, err);
	if (rc == -ENOENT)
		return hd_fail(err, rc, "cannot open /" PATH ": %s", strerror(-rc));
	if (rc < 0)
		return rc;
	if (flock(ret->fd, LOCK_EX | LOCK_NB) < 0) {
		hd_store_close(ret);
		return hd_fail(err, -EBUSY, "another hostdevctl setup, or a command that "
			       "it started, is running");
	}
	/* A command that outlives us keeps the lock, so that nobody undoes its work meanwhile. */
	(void)fcntl(ret->fd, F_SETFD, 0);
	empty(ret->fd, NEW, arena);
	empty(ret->fd, GONE, arena);
	return 0;
}

void hd_store_close(struct hd_store *store)
{
	hd_close(&store->fd);
}

static int read_at(const struct hd_store *store, int dir, const char *name, const char **ret)
{
	_cleanup_(hd_close) int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	return fd < 0 ? -errno : hd_swap_file_read(fd, store->arena, ret);
}

static int read_text(const struct hd_store *store, int dir, size_t i, const char *kind,
		     const char **text)
{
	char name[NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%zu.%s", i, kind);
	return *text ? read_at(store, dir, name, text) : 0;
}

static bool has(int dir, const char *name)
{
	return faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int read_record(const struct hd_store *store, struct hd_record *ret, const char *name,
		       struct hd_error *err)
{
	_cleanup_(hd_close) int dir = open_dir(store->fd, name);
	const char *text = NULL;
	int rc = dir < 0 ? dir : read_at(store, dir, MANIFEST, &text);

	if (rc == 0 && hd_manifest_parse(ret, store->arena, text, err) < 0)
		return hd_wrap(err, "/" PATH "/%s/" MANIFEST, name);
	for (size_t i = 0; rc == 0 && i < ret->n_files; i++) {
		rc = read_text(store, dir, i, "old", &ret->files[i].old);
		if (rc == 0)
			rc = read_text(store, dir, i, "new", &ret->files[i].text);
	}
	if (rc < 0)
		return hd_fail(err, rc, "cannot read /" PATH "/%s: %s", name, strerror(-rc));
	ret->is_pending = has(dir, HD_STORE_PENDING);
	ret->is_running = has(dir, HD_STORE_RUNNING);
	return 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct hd_record *x = a, *y = b;

	return (x->number < y->number) - (x->number > y->number);
}

ssize_t hd_store_list(const struct hd_store *store, struct hd_record **ret, struct hd_error *err)
{
	const struct hd_sysroot dir = { .fd = store->fd };
	const char *const *names = NULL;
	struct hd_record *records = NULL;
	ssize_t n = hd_sysroot_names(&dir, store->arena, &names, ".");
	size_t count = 0;

	if (n < 0)
		return hd_fail(err, (int)n, "cannot read /" PATH ": %s", strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		struct hd_record record;
		uint64_t number;
		int rc;

		if (!hd_text_u64(names[i], &number) || !number || number > MAX_NUMBER)
			continue;
		rc = read_record(store, &record, names[i], err);
		if (rc < 0)
			return rc;
		record.number = (unsigned)number;
		hd_push(store->arena, &records, &count, record);
	}
	if (count)
		qsort(records, count, sizeof(*records), newest_first);
	*ret = records;
	return (ssize_t)count;
}

static int write_file(int dir, const char *name, const char *text)
{
	_cleanup_(hd_close) int fd = openat(dir, name,
					    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
					    0600);
	int rc = fd < 0 ? -errno : hd_write_all(fd, text, strlen(text));

	if (rc == 0 && fsync(fd) < 0)
		rc = -errno;
	return rc;
}

static int write_text(int dir, size_t i, const char *kind, const char *text)
{
	char name[NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%zu.%s", i, kind);
	return text ? write_file(dir, name, text) : 0;
}

static int write_record(const struct hd_store *store, const struct hd_record *record)
{
	_cleanup_(hd_close) int dir = -1;
	int rc;

	if (mkdirat(store->fd, NEW, 0700) < 0)
		return -errno;
	rc = dir = open_dir(store->fd, NEW);
	if (dir >= 0)
		rc = write_file(dir, HD_STORE_PENDING, "");
	for (size_t i = 0; rc == 0 && i < record->n_files; i++) {
		rc = write_text(dir, i, "old", record->files[i].old);
		if (rc == 0)
			rc = write_text(dir, i, "new", record->files[i].text);
	}
	if (rc == 0)
		rc = write_file(dir, MANIFEST, hd_manifest_text(store->arena, record));
	if (rc == 0 && fsync(dir) < 0)
		rc = -errno;
	return rc < 0 ? rc : 0;
}

int hd_store_add(const struct hd_store *store, const struct hd_record *record,
		 struct hd_error *err)
{
	char name[NAME_SIZE];
	int rc = write_record(store, record);

	(void)snprintf(name, sizeof(name), "%u", record->number);
	if (rc == 0 && renameat(store->fd, NEW, store->fd, name) < 0)
		rc = -errno;
	if (rc == 0 && fsync(store->fd) < 0)
		rc = -errno;
	if (rc < 0)
		empty(store->fd, NEW, store->arena);
	return rc < 0 ? hd_fail(err, rc, "cannot write /" PATH ": %s", strerror(-rc)) : 0;
}

int hd_store_mark(const struct hd_store *store, unsigned number, const char *mark, bool on)
{
	_cleanup_(hd_close) int dir = -1;
	char name[NAME_SIZE];
	int rc = 0;

	(void)snprintf(name, sizeof(name), "%u", number);
	dir = open_dir(store->fd, name);
	if (dir < 0)
		return dir;
	if (on && !has(dir, mark)) {
		rc = write_file(dir, mark, "");
		if (rc < 0)
			(void)unlinkat(dir, mark, 0);
	}
	if (!on && unlinkat(dir, mark, 0) < 0 && errno != ENOENT)
		rc = -errno;
	return rc == 0 && fsync(dir) < 0 ? -errno : rc;
}

int hd_store_remove(const struct hd_store *store, unsigned number, struct hd_error *err)
{
	char name[NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%u", number);
	if (renameat(store->fd, name, store->fd, GONE) < 0 || fsync(store->fd) < 0)
		return hd_fail(err, -errno, "cannot remove /" PATH "/%s: %s", name,
			       strerror(errno));
	empty(store->fd, GONE, store->arena);
	return 0;
}

void hd_store_close_clean(struct hd_store *store)
{
	_cleanup_(hd_close) int lib = -1, parent = -1;

	if (store->fd < 0)
		return;
	lib = hd_sysroot_fd(store->root, O_RDONLY | O_DIRECTORY, "var/lib");
	parent = hd_sysroot_fd(store->root, O_RDONLY | O_DIRECTORY, HD_STORE_DIR);
	if (lib >= 0 && parent >= 0 && unlinkat(parent, HD_STORE_SETUP, AT_REMOVEDIR) == 0)
		(void)unlinkat(lib, "hostdevctl", AT_REMOVEDIR);
	hd_store_close(store);
}
