/* SPDX-License-Identifier: GPL-2.0-or-later */
/* templates.c - where templates come from. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "element/templates.h"

static const char *const standard[] = {
	SYSCONFDIR "/hostdevctl/xml-templates",
	PKGDATADIR "/xml-templates",
};

/* NULL, or why it is not trusted. */
static const char *reason_to_distrust(const struct stat *st)
{
	if (st->st_uid != 0 && st->st_uid != geteuid())
		return "is not owned by root";
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return "can be written by others";
	return NULL;
}

/* Reads one byte more than a template may have, to detect a larger one. */
static int read_all(struct hd_template *template, struct hd_arena *arena, int fd,
		    struct hd_error *err)
{
	char *buf = hd_alloc(arena, HD_TEMPLATE_MAX + 2);
	ssize_t used = hd_read_up_to(fd, buf, HD_TEMPLATE_MAX + 1);

	if (used < 0)
		return hd_fail(err, (int)used, "cannot read %s: %s", template->file,
			       strerror((int)-used));
	template->text = buf;
	template->length = (size_t)used;
	return 0;
}

static int judge_file(int fd, mode_t type, const char *path, bool is_trusted, struct hd_error *err)
{
	struct stat st;
	const char *why;

	if (fstat(fd, &st) < 0)
		return hd_fail(err, -errno, "cannot examine %s: %s", path, strerror(errno));
	if ((st.st_mode & S_IFMT) != type)
		return hd_fail(err, -EPERM, "template %s is not a regular file", path);
	why = is_trusted ? NULL : reason_to_distrust(&st);
	return why ? hd_fail(err, -EPERM, "template %s %s: it is not used", path, why) : 0;
}

int hd_template_load_from(struct hd_template *ret, struct hd_arena *arena, const char *dir,
			  bool is_trusted, const char *name, struct hd_error *err)
{
	struct hd_template template = { .file = hd_printf(arena, "%s/%s.xml", dir, name) };
	_cleanup_(hd_close) int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_(hd_close) int fd = -1;
	int rc;

	if (dir_fd >= 0)
		fd = openat(dir_fd, strrchr(template.file, '/') + 1,
			    O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 1;
	if (fd < 0)
		return hd_fail(err, -errno, "cannot open template %s: %s", template.file,
			       errno == ELOOP ? "it is a symbolic link" : strerror(errno));
	rc = judge_file(dir_fd, S_IFDIR, dir, is_trusted, err);
	if (rc == 0)
		rc = judge_file(fd, S_IFREG, template.file, is_trusted, err);
	if (rc == 0)
		rc = read_all(&template, arena, fd, err);
	if (rc < 0)
		return rc;
	*ret = template;
	return 0;
}

int hd_template_load(struct hd_template *ret, struct hd_arena *arena, const char *dir,
		     const char *name, struct hd_error *err)
{
	int rc = 1;

	if (dir)
		rc = hd_template_load_from(ret, arena, dir, true, name, err);
	for (size_t i = 0; rc > 0 && i < HD_ARRAY_SIZE(standard); i++)
		rc = hd_template_load_from(ret, arena, standard[i], false, name, err);
	if (rc <= 0)
		return rc;
	return hd_fail(err, -ENOENT, "no template %s.xml in %s or %s; is hostdevctl "
		       "installed? (--templates DIR names another directory)", name, standard[0],
		       standard[1]);
}
