/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml_split.c - elements as files of their own, one for each call of `virsh attach-device`. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/xml_split.h"

#define DIR_SHOWN 200

struct split {
	struct hd_run *run;
	const char *dir, *shown;
	int fd;
	const char **names;
	size_t n;
};

/* "2-controller-1.xml": in the order of the elements, without a character that a path or shell minds. */
static const char *name_of(struct split *s, const char *what)
{
	char *name = hd_printf(s->run->context.arena, "%zu-%s.xml", s->n + 1, what);

	for (char *at = name; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr(".:-", *at))
			*at = '-';
	return name;
}

static int fill_file(int fd, const char *text)
{
	FILE *out = fdopen(fd, "w");
	int rc;

	if (!out) {
		rc = -errno;
		(void)close(fd);
		return rc;
	}
	rc = fputs(text, out) < 0 ? -errno : 0;
	if (fclose(out) != 0 && rc == 0)
		rc = -errno;
	return rc;
}

static int put_file(struct split *s, const char *what, const char *text, struct hd_error *err)
{
	const char *name = name_of(s, what);
	int rc, fd = openat(s->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);

	if (fd < 0)
		return hd_fail(err, -errno, "cannot create %s/%s: %s", s->shown, name,
			       strerror(errno));
	hd_push(s->run->context.arena, &s->names, &s->n, name);
	rc = fill_file(fd, text);
	return rc < 0 ? hd_fail(err, rc, "cannot write %s/%s: %s", s->shown, name, strerror(-rc)) :
	       0;
}

static int put_files(struct split *s, const char *metadata, const struct hd_elements *list,
		     struct hd_error *err)
{
	const char *text;

	if (*metadata && put_file(s, "metadata", metadata, err) < 0)
		return err->code;
	for (size_t i = 0; i < list->n; i++) {
		if (hd_element_render(&text, s->run->context.arena, &list->items[i],
				      s->run->options->element.templates, err) < 0 ||
		    put_file(s, list->items[i].name, text, err) < 0)
			return err->code;
	}
	return 0;
}

enum hd_exit hd_xml_split(struct hd_run *run, const char *dir, const char *metadata,
			  const struct hd_elements *list, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct split s = { .run = run, .dir = dir,
			   .shown = hd_text_printable(run->context.arena, dir, DIR_SHOWN) };
	int rc;

	if (mkdir(dir, 0755) < 0 && errno != EEXIST)
		return hd_fail_as(HD_EXIT_HOST, err, -errno, "cannot create %s: %s", s.shown,
				  strerror(errno));
	fd = s.fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -errno, "cannot open %s: %s", s.shown,
				  strerror(errno));
	rc = put_files(&s, metadata, list, err);
	for (size_t i = 0; rc < 0 && i < s.n; i++)
		(void)unlinkat(fd, s.names[i], 0);
	for (size_t i = 0; rc == 0 && i < s.n; i++)
		(void)fprintf(run->out, "%s/%s\n", s.shown, s.names[i]);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}
