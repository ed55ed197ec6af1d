/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modules.c - is a module loaded, built in, or can it be loaded, and what says modprobe.d(5)?
 *
 * Loaded modules have sys/module/NAME/initstate (Linux kernel/module/sysfs.c);
 * built-in ones have the directory without it, if anything.  What can be
 * loaded is named by lib/modules/RELEASE/modules.dep, what is built in by
 * modules.builtin: both text, one path a line.
 *
 * Forbidden is what "modprobe -b" does not load: "blacklist NAME", "install
 * NAME /bin/false" (or true), and on the command line modprobe.blacklist=
 * (modprobe) and module_blacklist= (Linux kernel/module/main.c).
 */
#include "config.h"

#include <string.h>

#include "base/conf_dirs.h"
#include "base/kernel_cmdline.h"
#include "base/lines.h"
#include "base/text.h"
#include "facts/modules/modules.h"

#define VALUE_SHOWN 64
#define PATH_SHOWN 128

#define OSRELEASE "proc/sys/kernel/osrelease"
#define BLANKS " \t"
/* Merged into vfio in Linux 6.2; naming it since is an error at each boot. */
#define VIRQFD "vfio_virqfd"

const char *const hd_vfio_module_names[HD_VFIO_MODULE_MAX] = {
	[HD_MODULE_VFIO] = "vfio",
	[HD_MODULE_VFIO_IOMMU_TYPE1] = "vfio_iommu_type1",
	[HD_MODULE_VFIO_PCI] = "vfio_pci",
};

const char *hd_release_read(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *release;

	if (hd_sysroot_text(root, arena, &release, OSRELEASE) < 0)
		return NULL;
	/* It becomes a directory's name. */
	if (!*release || release[0] == '.' || strpbrk(release, "/\n") || strlen(release) > 128)
		return NULL;
	return release;
}

struct search {
	const char *wanted;
	bool found;
};

/* "kernel/drivers/vfio/pci/vfio-pci.ko.xz: ..." */
static bool each_path(void *data, const char *line)
{
	struct search *search = data;
	size_t length = strcspn(line, ":");
	const char *name = line;

	for (size_t i = 0; i < length; i++)
		if (line[i] == '/')
			name = line + i + 1;
	search->found = hd_kernel_name_is(name, strcspn(name, ".:"), search->wanted);
	return !search->found;
}

static bool is_listed(const struct hd_sysroot *root, const char *release, const char *list,
		      const char *name)
{
	struct search search = { .wanted = name };

	if (hd_lines_scan(root, each_path, &search, "lib/modules/%s/%s", release, list) < 0)
		return false;
	return search.found;
}

/* Is it there already?  The name as sysfs has it is with '_'. */
static bool is_present(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		       enum hd_module_state *ret)
{
	const char *canonical = hd_text_replaced(arena, name, '-', '_');

	if (!hd_sysroot_has(root, "sys/module/%s", canonical))
		return false;
	*ret = hd_sysroot_has(root, "sys/module/%s/initstate", canonical) ? HD_MODULE_LOADED
									  : HD_MODULE_BUILTIN;
	return true;
}

enum hd_module_state hd_module_state(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *release, const char *name, const char **ret_by)
{
	enum hd_module_state state;

	*ret_by = NULL;
	if (strchr(name, '/') || name[0] == '.')
		return HD_MODULE_MISSING;
	if (is_present(root, arena, name, &state))
		return state;
	if (!hd_sysroot_has(root, "lib/modules/%s", release))
		return HD_MODULE_NO_TREE;
	if (is_listed(root, release, "modules.builtin", name))
		return HD_MODULE_BUILTIN;
	if (!is_listed(root, release, "modules.dep", name))
		return HD_MODULE_MISSING;
	*ret_by = hd_module_blacklisted_by(root, arena, name);
	return *ret_by ? HD_MODULE_BLACKLISTED : HD_MODULE_LOADABLE;
}

/* One directive: its first words, and where the rest starts. */
struct directive {
	const char *verb, *name, *rest;
	size_t verb_length, name_length;
};

static const char *word(const char *at, size_t *length)
{
	at += strspn(at, BLANKS);
	*length = strcspn(at, BLANKS);
	return at;
}

static bool parse(const char *line, struct directive *ret)
{
	ret->verb = word(line, &ret->verb_length);
	if (!ret->verb_length || ret->verb[0] == '#')
		return false;
	ret->name = word(ret->verb + ret->verb_length, &ret->name_length);
	ret->rest = ret->name + ret->name_length;
	return ret->name_length > 0;
}

static bool is_verb(const struct directive *d, const char *verb)
{
	return strlen(verb) == d->verb_length && !memcmp(d->verb, verb, d->verb_length);
}

static bool does_nothing(const char *command)
{
	static const char *const idle[] = { "/bin/false", "/usr/bin/false", "/bin/true",
					    "/usr/bin/true", "false", "true" };
	size_t length;

	command = word(command, &length);
	for (size_t i = 0; i < HD_ARRAY_SIZE(idle); i++)
		if (strlen(idle[i]) == length && !memcmp(command, idle[i], length))
			return true;
	return false;
}

static bool forbids(const struct directive *d, const char *module)
{
	if (!hd_kernel_name_is(d->name, d->name_length, module))
		return false;
	return is_verb(d, "blacklist") || (is_verb(d, "install") && does_nothing(d->rest));
}

/* Is MODULE in the comma-separated list of the command line's word NAME=? */
static bool is_in_word(struct hd_arena *arena, const char *cmdline, const char *name,
		       const char *module)
{
	const char *at = hd_cmdline_value(arena, cmdline, name);

	while (at && *at) {
		size_t length = strcspn(at, ",");

		if (hd_kernel_name_is(at, length, module))
			return true;
		at += length + (at[length] == ',');
	}
	return false;
}

/* The first file with a line that TEST is true for; *ret_value may be set by it. */
struct query {
	const char *module, *parameter;
	const char *file;	/* found there */
	const char *value;	/* of the parameter, the last one wins */
	const char *value_path;	/* who says it */
};

static void look_at_directive(struct query *query, struct hd_arena *arena, const char *path,
			      const struct directive *d)
{
	if (!query->parameter) {
		if (!query->file && forbids(d, query->module))
			query->file = path;
		return;
	}
	if (is_verb(d, "options") && hd_kernel_name_is(d->name, d->name_length, query->module)) {
		const char *value = hd_cmdline_value(arena, d->rest, query->parameter);

		query->value = value ? value : query->value;
		query->value_path = value ? path : query->value_path;
	}
}

static void look_in_file(struct query *query, const struct hd_sysroot *root,
			 struct hd_arena *arena, const char *path)
{
	struct directive directive;
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text)))
		if (parse(line, &directive))
			look_at_directive(query, arena, path, &directive);
}

static void look_in_files(struct query *query, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	const char *const *paths = NULL;
	size_t n = 0;

	hd_conf_files(root, arena, "modprobe.d", &paths, &n);
	for (size_t i = 0; i < n && !query->file; i++)
		look_in_file(query, root, arena, paths[i]);
}

static const char *command_line(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *text;

	return hd_sysroot_text(root, arena, &text, "proc/cmdline") < 0 ? "" : text;
}

const char *hd_module_blacklisted_by(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *name)
{
	const char *cmdline = command_line(root, arena);
	struct query query = { .module = name };

	if (is_in_word(arena, cmdline, "module_blacklist", name) ||
	    is_in_word(arena, cmdline, "modprobe.blacklist", name))
		return "kernel command line";
	look_in_files(&query, root, arena);
	return query.file;
}

/* As the kernel's kstrtobool takes it. */
static int bool_of(const char *value)
{
	if (!value || !*value)
		return -1;
	if (strchr("yYtT1", *value) || !strcmp(value, "on"))
		return 1;
	if (strchr("nNfF0", *value) || !strcmp(value, "off"))
		return 0;
	return -1;
}

/* modprobe gives the command line's value after those of its files. */
const char *hd_module_option(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *module, const char *parameter, const char **ret_path)
{
	struct query query = { .module = module, .parameter = parameter };
	const char *value = hd_cmdline_value(arena, command_line(root, arena),
					     hd_printf(arena, "%s.%s", module, parameter));

	*ret_path = "proc/cmdline";
	if (value)
		return value;
	look_in_files(&query, root, arena);
	*ret_path = query.value_path;
	return query.value;
}

int hd_module_bool(const struct hd_sysroot *root, struct hd_arena *arena, const char *module,
		   const char *parameter)
{
	const char *value = NULL, *path;

	if (hd_sysroot_text(root, arena, &value, "sys/module/%s/parameters/%s", module,
			    parameter) >= 0)
		return bool_of(value);
	if (hd_sysroot_has(root, "sys/module/%s/initstate", module))
		return -1;
	value = hd_module_option(root, arena, module, parameter, &path);
	return value ? bool_of(value) : 0;
}

/* The kernel shows Y for what was given as 1, and 16 for 0x10. */
static bool is_same_value(const char *shown, const char *given)
{
	uint64_t a, b;

	if (!strcmp(shown, "Y") || !strcmp(shown, "N"))
		return bool_of(shown) == bool_of(given);
	if (hd_text_u64(shown, &a) && hd_text_u64_c(given, &b))
		return a == b;
	return !strcmp(shown, given);
}

const char *hd_module_set_by_hand(const struct hd_sysroot *root, struct hd_arena *arena,
				  const char *module)
{
	const char *const *names, *value, *wanted, *path, *found = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/module/%s/parameters", module);

	for (ssize_t i = 0; i < n; i++) {
		wanted = hd_module_option(root, arena, module, names[i], &path);
		if (!wanted || hd_sysroot_text(root, arena, &value, "sys/module/%s/parameters/%s", module,
					       names[i]) < 0 || is_same_value(value, wanted))
			continue;
		found = hd_printf(arena, "%s%s%s=%s, which %s sets to %s", found ? found : "",
				  found ? "; " : "", hd_text_printable(arena, names[i], VALUE_SHOWN),
				  hd_text_printable(arena, value, VALUE_SHOWN),
				  hd_text_printable(arena, path, PATH_SHOWN),
				  hd_text_printable(arena, wanted, VALUE_SHOWN));
	}
	return found;
}

/* Modules of modules-load.d(5) and of Debian's etc/modules. */
struct boot_list {
	const char *modules;	/* of VFIO, blank separated */
	const char *virqfd;	/* the first file that names vfio_virqfd, or NULL */
};

static void note_vfio(struct boot_list *list, struct hd_arena *arena, const char *path,
		      const char *name, size_t length)
{
	if (!list->virqfd && hd_kernel_name_is(name, length, VIRQFD))
		list->virqfd = path;
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++) {
		const char *known = hd_vfio_module_names[i];

		if (hd_kernel_name_is(name, length, known) &&
		    !hd_text_has_word(list->modules, known))
			list->modules = hd_printf(arena, "%s%s%s", list->modules,
						  *list->modules ? " " : "", known);
	}
}

static void read_list(struct boot_list *list, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path)
{
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t");
		if (*line && *line != '#' && *line != ';')
			note_vfio(list, arena, path, line, strcspn(line, " \t"));
	}
}

const char *hd_boot_modules_read(const struct hd_sysroot *root, struct hd_arena *arena,
				 const char *but, const char **ret_virqfd)
{
	struct boot_list list = { .modules = "" };
	const char *const *paths = NULL;
	size_t n = 0;

	hd_conf_files(root, arena, "modules-load.d", &paths, &n);
	for (size_t i = 0; i < n; i++)
		if (!but || strcmp(paths[i], but) != 0)
			read_list(&list, root, arena, paths[i]);
	read_list(&list, root, arena, "etc/modules");
	*ret_virqfd = list.virqfd;
	return list.modules;
}
