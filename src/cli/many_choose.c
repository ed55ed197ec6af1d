/* SPDX-License-Identifier: GPL-2.0-or-later */
/* many_choose.c - which hosts does a command line name, and what are they called? */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/dir.h"
#include "base/text.h"
#include "cli/many_hosts.h"
#include "cli/options.h"

#define HOSTS_MAX 4096
#define LABEL_MAX 64
#define PATH_SHOWN 200
#define ENDING ".tree"

/* "h2" of trees/h2.tree */
static const char *name_of_file(struct hd_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t length = strlen(name);

	if (length > strlen(ENDING) && hd_text_ends_with(name, ENDING))
		length -= strlen(ENDING);
	return hd_strndup(arena, name, length);
}

/* "h2" of qemu+ssh://root@h2:22/system; of qemu:///system, and of an alias, all of it. */
static const char *name_of_uri(struct hd_arena *arena, const char *uri)
{
	const char *begin = strstr(uri, "://"), *host = begin ? begin + strlen("://") : uri, *at;
	size_t length = strcspn(host, "/?");

	at = memchr(host, '@', length);
	if (at) {
		length -= (size_t)(at + 1 - host);
		host = at + 1;
	}
	if (*host != '[' && memchr(host, ':', length))
		length = strcspn(host, ":");
	return begin && length ? hd_strndup(arena, host, length) : uri;
}

static int add_host(struct hd_many *many, struct hd_arena *arena, const char *name, bool is_uri,
		    struct hd_error *err)
{
	if (many->n >= HOSTS_MAX)
		return hd_fail(err, -E2BIG, "more than %d hosts are named", HOSTS_MAX);
	hd_push(arena, &many->hosts, &many->n, (struct hd_many_host){
		.name = name, .is_uri = is_uri,
		.short_name = (is_uri ? name_of_uri : name_of_file)(arena, name),
	});
	return 0;
}

enum entry { ENTRY_HOST, ENTRY_OTHER, ENTRY_SPECIAL };

/* What cannot be examined is a host: who opens it says why it has no answer. */
static enum entry entry_of(int dir_fd, const char *name)
{
	struct stat st;

	if (name[0] == '.')
		return ENTRY_OTHER;
	if (fstatat(dir_fd, name, &st, 0) < 0 || S_ISREG(st.st_mode))
		return ENTRY_HOST;
	return S_ISDIR(st.st_mode) ? ENTRY_OTHER : ENTRY_SPECIAL;
}

static int add_entry(struct hd_many *many, const struct hd_run *run, enum entry entry, const char *path,
		     struct hd_error *err)
{
	if (entry == ENTRY_HOST)
		return add_host(many, run->context.arena, path, false, err);
	if (entry == ENTRY_SPECIAL)
		(void)fprintf(run->notes, "hostdevctl: note: %s is left out: it is not a regular file\n",
			      hd_text_printable(run->context.arena, path, PATH_SHOWN));
	return 0;
}

static int add_directory(struct hd_many *many, const struct hd_run *run, const char *path,
			 struct hd_error *err)
{
	_cleanup_(hd_close) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_arena *arena = run->context.arena;
	const char *slash = hd_text_ends_with(path, "/") ? "" : "/";
	const char *const *names = NULL;
	ssize_t n = fd < 0 ? -errno : hd_dir_names(fd, arena, &names);
	size_t before = many->n;

	if (n < 0)
		return hd_fail(err, (int)n, "cannot read %s: %s", path, strerror((int)-n));
	for (ssize_t i = 0; i < n; i++)
		if (add_entry(many, run, entry_of(fd, names[i]),
			      hd_printf(arena, "%s%s%s", path, slash, names[i]), err) < 0)
			return err->code;
	many->is_many = true;
	if (many->n > before)
		return 0;
	return hd_fail(err, -ENOENT, "%s has no captured host: 'hostdevctl capture > "
		       "%s/NAME.tree' adds this one", path, path);
}

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool have_equals(const struct hd_many *many, struct hd_arena *arena)
{
	const char **labels = hd_alloc(arena, many->n * sizeof(*labels) + 1);
	bool found = false;

	for (size_t i = 0; i < many->n; i++)
		labels[i] = many->hosts[i].label;
	HD_SORT(labels, many->n, hd_text_order);
	for (size_t i = 1; i < many->n; i++)
		found |= !strcmp(labels[i - 1], labels[i]);
	return found;
}

/* Their whole names if two short ones are equal, and with their numbers if these are, too. */
static void set_labels(struct hd_many *many, struct hd_arena *arena)
{
	for (int turn = 0; turn == 0 || (turn < 3 && have_equals(many, arena)); turn++)
		for (size_t i = 0; i < many->n; i++) {
			struct hd_many_host *host = &many->hosts[i];
			const char *name = turn ? host->name : host->short_name;

			host->label = hd_text_printable(arena, name, LABEL_MAX);
			if (turn == 2)
				host->label = hd_printf(arena, "%zu: %s", i + 1, host->label);
		}
}

/* Does the command itself read standard input, besides a captured host? */
static bool reads_input(const struct hd_run *run)
{
	const struct hd_options *options = run->options;

	return hd_text_is_same(options->xml, "-") || hd_text_is_same(options->against, "-") ||
	       hd_text_is_same(options->file, "-") ||
	       (run->command->takes_text && run->n_args == 1 && !strcmp(run->args[0], "-"));
}

static bool is_input(const struct hd_many_host *host)
{
	return !host->is_uri && !strcmp(host->name, "-");
}

/* <(COMMAND) of a shell: a child that examines a host does not have our descriptors. */
static bool is_descriptor(const char *name)
{
	return hd_text_starts_with(name, "/dev/fd/") || hd_text_starts_with(name, "/dev/std") ||
	       hd_text_starts_with(name, "/proc/self/");
}

/* Can it be read once for each host? If it cannot be examined, who opens it says why. */
static bool is_for_all(const char *name)
{
	struct stat st;

	return !name || (!is_descriptor(name) &&
			 (stat(name, &st) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)));
}

/* What only one of several processes could have; NULL: nothing. */
static const char *find_single(const struct hd_many *many, const struct hd_options *options)
{
	if (!is_for_all(options->xml))
		return options->xml;
	if (!is_for_all(options->against))
		return options->against;
	for (size_t i = 0; i < many->n; i++)
		if (!many->hosts[i].is_uri && is_descriptor(many->hosts[i].name))
			return many->hosts[i].name;
	return NULL;
}

static enum hd_exit look_at_input(const struct hd_many *many, const struct hd_run *run,
				  struct hd_error *err)
{
	bool reads = reads_input(run), is_host = false;
	const char *single = many->is_many ? find_single(many, run->options) : NULL;

	for (size_t i = 0; i < many->n; i++)
		is_host |= is_input(&many->hosts[i]);
	if (many->is_many && (reads || is_host))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "standard input (-) cannot be read for several hosts: name a file");
	if (reads && is_host)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "standard input (-) cannot be the captured host "
				  "and something else: name a file");
	if (single)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s is not a regular file, and cannot be read for "
				  "several hosts: write it to a file, and name that",
				  hd_text_printable(run->context.arena, single, LABEL_MAX));
	return HD_EXIT_OK;
}

static enum hd_exit refuse_many(const struct hd_run *run, const char *option, struct hd_error *err)
{
	return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s takes one --%s: list, show, check, plan, "
			  "status and doctor look at several captured hosts, list and show at those of "
			  "several libvirt daemons", run->command->name, option);
}

static enum hd_exit take_named(struct hd_many *many, const struct hd_run *run,
			       const struct hd_named_host *given, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	bool is_uri = given->by != &hd_opt_host;

	if (!is_uri && is_directory(given->name) && !run->command->takes_hosts)
		return refuse_many(run, given->by->name, err);
	if (!is_uri && is_directory(given->name))
		return add_directory(many, run, given->name, err) < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
	return add_host(many, arena, given->name, is_uri, err) < 0 ? HD_EXIT_USAGE : HD_EXIT_OK;
}

/* What is for one host alone, or for several. */
static enum hd_exit look_at_number(const struct hd_many *many, const struct hd_options *options,
				   struct hd_error *err)
{
	if (!many->is_many && options->timeout)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--timeout is for several hosts");
	if (many->is_many && options->node)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--node is the name of one host: several are "
				  "called as their files are, without " ENDING);
	return HD_EXIT_OK;
}

enum hd_exit hd_many_choose(struct hd_many *ret, const struct hd_run *run, struct hd_error *err)
{
	const struct hd_named_hosts *named = &run->options->named;
	const struct hd_named_host *daemon = NULL;
	enum hd_exit code = HD_EXIT_OK;

	*ret = (struct hd_many){ .n = 0 };
	for (size_t i = 0; code == HD_EXIT_OK && i < named->n; i++) {
		const struct hd_named_host *given = &named->items[i];

		if (given->by != &hd_opt_uri)
			code = take_named(ret, run, given, err);
		else if (daemon)
			code = refuse_many(run, given->by->name, err);
		else
			daemon = given;
	}
	if (code != HD_EXIT_OK)
		return code;
	ret->is_many |= ret->n > 1;
	if (ret->is_many && !run->command->takes_hosts)
		return refuse_many(run, named->items[named->n - 1].by->name, err);
	set_labels(ret, run->context.arena);
	code = look_at_number(ret, run->options, err);
	return code == HD_EXIT_OK ? look_at_input(ret, run, err) : code;
}
