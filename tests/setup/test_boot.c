/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_boot.c - kernel parameters get to where each family of boot loaders wants them. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "setup/boot_changes.h"
#include "tests/support/unit.h"

#define DEFAULT "GRUB_CMDLINE_LINUX_DEFAULT"
#define ON "intel_iommu=on iommu=pt"
#define RO_ON "ro " ON

static const char *const off[] = { "off", NULL }, *const no_pt[] = { "off", "nopt", NULL };
static const struct hd_parameter intel[] = {
	{ .name = "intel_iommu", .value = "on", .is_list = true, .bad = off },
	{ .name = "iommu", .value = "pt", .is_list = true, .bad = no_pt },
};
static const struct hd_parameter amd[] = {
	{ .name = "amd_iommu", .is_list = true, .bad = off },
	{ .name = "iommu", .value = "pt", .is_list = true, .bad = no_pt },
};
static const struct hd_parameter pages[] = {
	{ .name = "hugepages", .value = "8", .behind = "hugepagesz=1G" },
};

/* Of the test that runs. */
static struct hd_arena arena;
static struct hd_changes changes;
static struct hd_error err;

static int forget(void **state)
{
	(void)state;
	hd_arena_done(&arena);
	return 0;
}

/* A command line before and after. */
static const struct line {
	const char *name;
	const struct hd_parameter *params;
	size_t n;
	const char *before, *after;
} lines[] = {
	{ "nothing there", intel, 2, "root=/dev/sda1 ro quiet\n",
	  "root=/dev/sda1 ro quiet " ON "\n" },
	{ "all there", intel, 2, "ro " ON " quiet\n", NULL },
	{ "one there", intel, 2, "ro iommu=pt\n", "ro iommu=pt intel_iommu=on\n" },
	{ "contrary", intel, 2, "ro intel_iommu=off iommu=off quiet\n", "ro " ON " quiet\n" },
	{ "contrary behind the right one", intel, 2, "intel_iommu=on intel_iommu=off iommu=pt\n",
	  ON "\n" },
	{ "contrary before the right one", intel, 2, "intel_iommu=off intel_iommu=on iommu=pt\n",
	  ON "\n" },
	{ "other items stay", intel, 2, "intel_iommu=igfx_off,off iommu=soft\n",
	  "intel_iommu=on,igfx_off iommu=pt,soft\n" },
	{ "a list with the right one", intel, 2, "intel_iommu=on,sm_on iommu=pt\n", NULL },
	{ "other parameters", intel, 2, "xintel_iommu=off intel_iommu_x=off iommu.strict=0\n",
	  "xintel_iommu=off intel_iommu_x=off iommu.strict=0 " ON "\n" },
	{ "a dash is an underscore", intel, 2, "intel-iommu=off\tiommu=pt\n",
	  "intel_iommu=on\tiommu=pt\n" },
	{ "quotes", intel, 2, "intel_iommu=\"on\" \"iommu=pt\" dyndbg=\"file x +p intel_iommu=off\"\n",
	  NULL },
	{ "wrong in quotes", intel, 2, "\"intel_iommu=off\" a=\"b iommu=off c\" iommu=\"off\"\n",
	  "intel_iommu=on a=\"b iommu=off c\" iommu=pt\n" },
	{ "a quote inside a value", intel, 2, "intel_iommu=on iommu=\"b\"'\n",
	  "intel_iommu=on iommu=\"pt,b\"'\n" },
	{ "a blank inside a value", intel, 2, "intel_iommu=on iommu=\"a b\"\n",
	  "intel_iommu=on iommu=\"pt,a b\"\n" },
	{ "before an open quotation", intel, 2, "ro a=\"b iommu=pt\n", "ro " ON " a=\"b iommu=pt\n" },
	{ "before the words of init", intel, 2, "ro -- single\n", "ro " ON " -- single\n" },
	{ "no newline at its end", intel, 2, "ro", "ro " ON },
	{ "blanks at its end", intel, 2, "ro  \n", "ro " ON "  \n" },
	{ "nothing at all", intel, 2, "", ON },
	{ "AMD", amd, 2, "ro\n", "ro iommu=pt\n" },
	{ "AMD, switched off", amd, 2, "amd_iommu=off ro\n", "ro iommu=pt\n" },
	{ "AMD, switched off at the end", amd, 2, "ro iommu=pt amd_iommu=off\n",
	  "ro iommu=pt\n" },
	{ "AMD, other words", amd, 2, "amd_iommu=fullflush iommu=pt\n", NULL },
	{ "pages", pages, 1, "ro\n", "ro hugepagesz=1G hugepages=8\n" },
	{ "pages of another size", pages, 1, "hugepagesz=2M hugepages=3\n",
	  "hugepagesz=2M hugepages=3 hugepagesz=1G hugepages=8\n" },
	{ "other number of pages", pages, 1, "hugepagesz=1G hugepages=2 hugepagesz=2M hugepages=3\n",
	  "hugepagesz=1G hugepages=8 hugepagesz=2M hugepages=3\n" },
	{ "a size without a number", pages, 1, "hugepagesz=1G hugepagesz=2M hugepages=3\n",
	  "hugepagesz=1G hugepages=8 hugepagesz=2M hugepages=3\n" },
	{ "right number of pages", pages, 1, "hugepagesz=2M hugepages=3 hugepagesz=1G hugepages=8\n",
	  NULL },
};

static const char *const argv[] = { "/usr/bin/make-it", NULL };
static const char *const *const commands[] = { argv };

static int plan(struct hd_boot_config *config, const struct hd_parameter *params, size_t n)
{
	const struct hd_boot_wish wish = { params, n, "a test" };

	changes = (struct hd_changes){ 0 };
	err = (struct hd_error){ 0 };
	config->commands = (const char *const **)(uintptr_t)commands;
	config->n_commands = 1;
	return hd_boot_plan(&changes, &arena, config, &wish, &err);
}

static void command_line(void **state)
{
	const struct line *line = *state;
	struct hd_boot_config config = { .way = HD_BOOT_BY_CMDLINE, .cmdline = line->before };

	assert_int_equal(plan(&config, line->params, line->n), 0);
	if (line->after) {
		assert_int_equal(changes.n_files, 1);
		assert_string_equal(changes.files[0].path, HD_BOOT_CMDLINE_FILE);
		assert_string_equal(changes.files[0].text, line->after);
		config.cmdline = line->after;
		assert_int_equal(changes.n_commands, 1);
	}
	/* And never again. */
	assert_int_equal(plan(&config, line->params, line->n), 0);
	assert_true(hd_changes_is_empty(&changes));
}

/* etc/default/grub alone, with intel[]. */
static const struct grub {
	const char *name;
	const char *before, *after;	/* NULL: no change */
	const char *refusal;		/* part of it */
} grubs[] = {
	{ "double quotes", "GRUB_TIMEOUT=5\n" DEFAULT "=\"quiet splash\"\n",
	  "GRUB_TIMEOUT=5\n" DEFAULT "=\"quiet splash " ON "\"\n", NULL },
	{ "single quotes", DEFAULT "='quiet'\n", DEFAULT "='quiet " ON "'\n", NULL },
	{ "no quotes", DEFAULT "=quiet\n", DEFAULT "=\"quiet " ON "\"\n", NULL },
	{ "empty", DEFAULT "=\n", DEFAULT "=\"" ON "\"\n", NULL },
	{ "empty quotes", DEFAULT "=\"\"", DEFAULT "=\"" ON "\"", NULL },
	{ "only the other one", "GRUB_CMDLINE_LINUX=\"a\"\n", "GRUB_CMDLINE_LINUX=\"a " ON "\"\n",
	  NULL },
	{ "both", "GRUB_CMDLINE_LINUX=\"a\"\n" DEFAULT "=\"b\"\n",
	  "GRUB_CMDLINE_LINUX=\"a\"\n" DEFAULT "=\"b " ON "\"\n", NULL },
	{ "none", "GRUB_TIMEOUT=5", "GRUB_TIMEOUT=5\n" DEFAULT "=\"" ON "\"\n", NULL },
	{ "commented", "#" DEFAULT "=\"a\"\n", "#" DEFAULT "=\"a\"\n" DEFAULT "=\"" ON "\"\n", NULL },
	{ "comment behind", DEFAULT "=\"a\" # b\n", DEFAULT "=\"a " ON "\" # b\n", NULL },
	{ "continued", DEFAULT "=\"a \\\nb\"\n", DEFAULT "=\"a \\\nb " ON "\"\n", NULL },
	{ "more of it", DEFAULT "=\"a\"\n" DEFAULT "+=\" b\"\n",
	  DEFAULT "=\"a\"\n" DEFAULT "+=\" b " ON "\"\n", NULL },
	{ "itself", DEFAULT "=\"a\"\n" DEFAULT "=\"$" DEFAULT " b\"\n",
	  DEFAULT "=\"a\"\n" DEFAULT "=\"$" DEFAULT " b " ON "\"\n", NULL },
	{ "exported", "export " DEFAULT "=\"a\"\n", "export " DEFAULT "=\"a " ON "\"\n", NULL },
	{ "pieces", DEFAULT "=\"a\"' b'\n", DEFAULT "=\"a\"' b'\" " ON "\"\n", NULL },
	{ "there", DEFAULT "=\"" ON "\"\n", NULL, NULL },
	{ "there, in both", "GRUB_CMDLINE_LINUX=iommu=pt\n" DEFAULT "=intel_iommu=on\n", NULL,
	  NULL },
	{ "switched off", "GRUB_CMDLINE_LINUX=\"intel_iommu=off x\"\n" DEFAULT "=\"a\"\n",
	  "GRUB_CMDLINE_LINUX=\"intel_iommu=on x\"\n" DEFAULT "=\"a iommu=pt\"\n", NULL },
	{ "switched off last", DEFAULT "=\"iommu=pt intel_iommu=on intel_iommu=off\"\n",
	  DEFAULT "=\"iommu=pt intel_iommu=on\"\n", NULL },
	{ "other code", "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\n"
			"if [ -r /etc/x ]; then\n\tGRUB_TIMEOUT=$(cat /etc/x)\nfi\n" DEFAULT "=a\n",
	  "GRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\n"
	  "if [ -r /etc/x ]; then\n\tGRUB_TIMEOUT=$(cat /etc/x)\nfi\n" DEFAULT "=\"a " ON "\"\n",
	  NULL },
	{ "Debian 13", "GRUB_DISTRIBUTOR=`( . /etc/os-release && echo ${NAME} )`\n" DEFAULT "=a\n",
	  "GRUB_DISTRIBUTOR=`( . /etc/os-release && echo ${NAME} )`\n" DEFAULT "=\"a " ON "\"\n",
	  NULL },
	{ "Fedora", "GRUB_DISTRIBUTOR=\"$(sed 's, release .*$,,g' /etc/system-release)\"\n"
		    "GRUB_CMDLINE_LINUX=\"rhgb quiet\"\n",
	  "GRUB_DISTRIBUTOR=\"$(sed 's, release .*$,,g' /etc/system-release)\"\n"
	  "GRUB_CMDLINE_LINUX=\"rhgb quiet " ON "\"\n", NULL },
	{ "open quotation", "A=1\n" DEFAULT "=\"quiet\nGRUB_TIMEOUT=5\n", NULL,
	  "/etc/default/grub:2: a quotation that is not closed" },
	{ "open quotation elsewhere", "A='1\n" DEFAULT "=\"quiet\"\n", NULL,
	  "/etc/default/grub:1: a quotation that is not closed" },
	{ "substitution", "\n\n" DEFAULT "=\"quiet $(cat /x)\"\n", NULL,
	  "/etc/default/grub:3: a value with a shell substitution: it is not edited; add "
	  ON " to the command line by hand" },
	{ "backticks", DEFAULT "=`x`\n", NULL, "/etc/default/grub:1: a value with a shell substitution" },
	{ "a variable", DEFAULT "=\"$MORE\"\n", NULL, "/etc/default/grub:1: " },
	{ "a condition", "if true; then\n " DEFAULT "=a\nfi\n", NULL,
	  "/etc/default/grub:2: kernel parameters are set by code with conditions" },
	{ "a short condition", "[ -f /x ] && " DEFAULT "=a\n", NULL, "/etc/default/grub:1: " },
	{ "a condition without end", "if true; then\n", NULL, "its end is missing" },
	{ "another file", DEFAULT "=a\n. /etc/more\n", NULL, "/etc/default/grub:2: code that may" },
	{ "a here-document", "cat <<END\n" DEFAULT "=a\nEND\n", NULL, "a here-document" },
	{ "one in a word of the other", DEFAULT "=\"a b\"\n"
	  "GRUB_CMDLINE_LINUX=\"${" DEFAULT "}c\"\n", NULL, "other parameters would change as well" },
	{ "for a program alone", DEFAULT "=a true\n", NULL, "followed by something else" },
	{ "a word in pieces", DEFAULT "=\"intel_iommu=\"off\n", NULL,
	  "/etc/default/grub:1: intel_iommu=off is put together from pieces: change it to "
	  "intel_iommu=on by hand" },
};

static void default_grub(void **state)
{
	const struct grub *grub = *state;
	struct hd_boot_file file = { "etc/default/grub", grub->before };
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUB, .grub = &file, .n_grub = 1 };
	int rc = plan(&config, intel, 2);

	if (grub->refusal) {
		assert_int_equal(rc, -EINVAL);
		if (!strstr(err.text, grub->refusal))
			fail_msg("'%s' in: %s", grub->refusal, err.text);
		assert_true(hd_changes_is_empty(&changes));
	} else {
		if (rc)
			fail_msg("%s", err.text);
		assert_int_equal(changes.n_files, grub->after != NULL);
		if (grub->after)
			assert_string_equal(changes.files[0].text, grub->after);
		file.text = grub->after ? grub->after : file.text;
		assert_int_equal(plan(&config, intel, 2), 0);
		assert_true(hd_changes_is_empty(&changes));
	}
}

/* Where drop-ins are read, the administrator's file is touched for contrary words alone. */
static void drop_in(void **state)
{
	struct hd_boot_file files[3] = {
		{ "etc/default/grub", DEFAULT "=\"quiet intel_iommu=off\"\n" },
		{ "etc/default/grub.d/kdump.cfg", DEFAULT "=\"$" DEFAULT " crashkernel=1G\"\n" },
	};
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUB, .grub = files, .n_grub = 2,
					 .tools.reads_drop_ins = true };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_files, 2);
	assert_string_equal(changes.files[0].text, DEFAULT "=\"quiet intel_iommu=on\"\n");
	assert_string_equal(changes.files[1].path, "etc/default/grub.d/zz-hostdevctl.cfg");
	assert_null(changes.files[1].old);
	assert_non_null(strstr(changes.files[1].text, "\n" DEFAULT "=\"$" DEFAULT " iommu=pt\"\n"));
	files[0].text = changes.files[0].text;
	files[2] = (struct hd_boot_file){ changes.files[1].path, changes.files[1].text };
	config.n_grub = 3;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_true(hd_changes_is_empty(&changes));
	assert_int_equal(plan(&config, pages, 1), 0);
	assert_int_equal(changes.n_files, 1);
	assert_non_null(strstr(changes.files[0].text,
			       DEFAULT " iommu=pt hugepagesz=1G hugepages=8\"\n"));
}

/* A file after ours that starts from scratch: what we write would be lost. */
static void overridden(void **state)
{
	struct hd_boot_file files[] = {
		{ "etc/default/grub", "" },
		{ "etc/default/grub.d/zz-hostdevctl.cfg", DEFAULT "=\"$" DEFAULT " " ON "\"\n" },
		{ "etc/default/grub.d/zzz.cfg", DEFAULT "='x'\n" },
	};
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUB, .grub = files, .n_grub = 3,
					 .tools.reads_drop_ins = true };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), -EINVAL);
	assert_non_null(strstr(err.text, "a later line removes the parameters again"));
	assert_true(hd_changes_is_empty(&changes));
}

static void grubby(void **state)
{
	struct hd_boot_file entries[] = {
		{ "boot/loader/entries/a.conf",
		  "title a\nlinux /vmlinuz-1\noptions root=x ro intel_iommu=off\n" },
		{ "boot/loader/entries/b.conf", "title b\nlinux /vmlinuz-2\noptions $kernelopts\n" },
	};
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUBBY, .entries = entries,
					 .n_entries = 2, .kernelopts = "ro iommu=pt" };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_files, 0);
	assert_int_equal(changes.n_commands, 2);
	assert_string_equal(hd_changes_words(&arena, changes.commands[0].argv),
			    "/usr/bin/make-it --update-kernel=/boot/vmlinuz-1 "
			    "'--remove-args=intel_iommu=on iommu=pt' --args=intel_iommu=off");
	assert_null(changes.commands[0].undo);
	assert_string_equal(changes.commands[0].while_there, "boot/loader/entries/a.conf");
	assert_string_equal(hd_changes_words(&arena, changes.commands[1].argv),
			    "/usr/bin/make-it --update-kernel=ALL --remove-args=intel_iommu=off "
			    "'--args=intel_iommu=on iommu=pt'");
	assert_string_equal(hd_changes_words(&arena, changes.commands[1].undo),
			    "/usr/bin/make-it --update-kernel=ALL "
			    "'--remove-args=intel_iommu=on intel_iommu=off' --args=iommu=pt");
	config.kernelopts = ON;
	entries[0].text = "options " ON "\n";
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_true(hd_changes_is_empty(&changes));
}

/* Words of an entry, or of the default, as grubby keeps them. */
struct kept {
	const char *kernel, *words;
};

static const char *without(const char *words, const char *word)
{
	const char *left = "";
	char *copy = hd_strdup(&arena, words), *rest = NULL;

	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		if (strcmp(w, word) != 0)
			left = hd_printf(&arena, "%s%s%s", left, *left ? " " : "", w);
	return left;
}

/* grubby(8), as far as we use it. */
static void run_grubby(struct kept *kept, size_t n, const char *const *command)
{
	const char *kernel = command[1] + strlen("--update-kernel=");

	for (size_t i = 0; i < n; i++) {
		if (strcmp(kernel, "ALL") != 0 && strcmp(kernel, kept[i].kernel) != 0)
			continue;
		for (size_t k = 2; command[k]; k++) {
			bool adds = !strncmp(command[k], "--args=", strlen("--args="));
			char *copy = hd_strdup(&arena, strchr(command[k], '=') + 1), *rest = NULL;

			for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
				kept[i].words = without(kept[i].words, w);
				if (adds)
					kept[i].words = hd_printf(&arena, "%s %s", kept[i].words, w);
			}
		}
	}
}

static void expect_same(const struct kept *now, const struct kept *before, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *copy = hd_strdup(&arena, before[i].words), *rest = NULL;
		const char *left = now[i].words;

		for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
			const char *less = without(left, w);

			if (strlen(less) == strlen(left))
				fail_msg("%s lost %s: %s", now[i].kernel, w, now[i].words);
			left = less;
		}
		if (*left)
			fail_msg("%s has got %s", now[i].kernel, left);
	}
}

/* What an entry had before comes back, and nothing else does, whatever the others had. */
static void grubby_takes_back(void **state)
{
	static const char *const had[] = { "ro", "ro iommu=pt", "ro intel_iommu=on", RO_ON,
					     "ro intel_iommu=off iommu=pt" };
	enum { N = HD_ARRAY_SIZE(had) };
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUBBY, .n_entries = N, .n_grub = 1 };

	(void)state;
	for (size_t usual = 0; usual < N; usual++) {
		struct hd_boot_file entries[N], file = { HD_BOOT_GRUB_FILE, hd_printf(
			&arena, "GRUB_CMDLINE_LINUX=\"%s\"\n", had[usual]) };
		struct kept kept[N + 1], before[N + 1];

		for (size_t i = 0; i < N; i++) {
			kept[i] = (struct kept){ hd_printf(&arena, "/boot/vmlinuz-%zu", i), had[i] };
			entries[i] = (struct hd_boot_file){ hd_printf(&arena, "e/%zu.conf", i), hd_printf(
				&arena, "linux /vmlinuz-%zu\noptions %s\n", i, had[i]) };
		}
		kept[N] = (struct kept){ "the default", had[usual] };
		memcpy(before, kept, sizeof(kept));
		config.entries = entries;
		config.grub = &file;
		assert_int_equal(plan(&config, intel, 2), 0);
		for (size_t i = 0; i < changes.n_commands; i++) {
			if (i + 1 == changes.n_commands)
				expect_same(kept, before, N + 1);
			run_grubby(kept, N + 1, changes.commands[i].argv);
		}
		for (size_t i = 0; i <= N; i++)
			assert_non_null(strstr(kept[i].words, "intel_iommu=on"));
		for (size_t i = changes.n_commands; i-- > 0;)
			run_grubby(kept, N + 1, changes.commands[i].undo ? changes.commands[i].undo :
				   changes.commands[i].argv);
		expect_same(kept, before, N + 1);
	}
}

/* A tool adds words at the end, where they would be init's. */
static void tools_cannot_add_before_the_end(void **state)
{
	static const enum hd_boot_way tools[] = { HD_BOOT_BY_GRUBBY, HD_BOOT_BY_OSTREE };
	struct hd_boot_file entry = { "boot/loader/entries/a.conf",
				      "linux /vmlinuz-1\noptions ro -- single\n" };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(tools); i++) {
		struct hd_boot_config config = { .way = tools[i], .entries = &entry, .n_entries = 1 };

		assert_int_equal(plan(&config, intel, 2), -EINVAL);
		assert_non_null(strstr(err.text, "add " ON " before it by hand"));
		assert_true(hd_changes_is_empty(&changes));
	}
}

static void ostree(void **state)
{
	struct hd_boot_file entries[] = {
		{ "boot/loader/entries/ostree-1.conf", "options ro " ON "\n" },
		{ "boot/loader/entries/ostree-2.conf", "options ro intel_iommu=off iommu=pt\n" },
	};
	struct hd_boot_config config = { .way = HD_BOOT_BY_OSTREE, .entries = entries,
					 .n_entries = 2 };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_files, 0);
	assert_string_equal(hd_changes_words(&arena, changes.commands[0].argv),
			    "/usr/bin/make-it kargs --delete-if-present=intel_iommu=off "
			    "--append-if-missing=intel_iommu=on");
	assert_string_equal(hd_changes_words(&arena, changes.commands[0].undo),
			    "/usr/bin/make-it kargs --delete-if-present=intel_iommu=on "
			    "--append-if-missing=intel_iommu=off");
	config.n_entries = 1;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_true(hd_changes_is_empty(&changes));
}

static void image(void **state)
{
	struct hd_boot_config config = { .way = HD_BOOT_BY_IMAGE,
					 .cmdline_default = "ro intel_iommu=off -- single" };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), -EINVAL);
	assert_non_null(strstr(err.text, "add intel_iommu=on iommu=pt to a file in "
			       "/usr/lib/bootc/kargs.d"));
	assert_true(hd_changes_is_empty(&changes));
	config.cmdline_default = "ro " ON;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_true(hd_changes_is_empty(&changes));
}

static void entries_of_a_person(void **state)
{
	struct hd_boot_file entries[] = {
		{ "boot/loader/entries/arch.conf", "title Arch\noptions root=x\noptions rw \n#end\n" },
		{ "boot/loader/entries/lts.conf", "title LTS\nlinux /vmlinuz" },
		{ "boot/loader/entries/on.conf", "options\t" ON "\n" },
	};
	struct hd_boot_config config = { .way = HD_BOOT_BY_ENTRIES, .entries = entries,
					 .n_entries = 3 };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_files, 2);
	assert_int_equal(changes.n_commands, 0);
	assert_string_equal(changes.files[0].text,
			    "title Arch\noptions root=x\noptions rw " ON " \n#end\n");
	assert_string_equal(changes.files[1].text, "title LTS\nlinux /vmlinuz\noptions " ON "\n");
}

static void by_hand(void **state)
{
	struct hd_boot_config config = { .way = HD_BOOT_BY_HAND,
					 .cmdline_default = "ro intel_iommu=off" };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_true(hd_changes_is_empty(&changes));
	assert_true(changes.is_incomplete);
	assert_int_equal(changes.n_notes, 2);
	assert_non_null(strstr(changes.notes[0], "change intel_iommu=off to intel_iommu=on"));
	assert_non_null(strstr(changes.notes[1], "by hand: iommu=pt"));
	config.cmdline_default = "ro intel_iommu=on -- single iommu=pt";
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_notes, 1);
	assert_non_null(strstr(changes.notes[0],
			       "by hand, before \"--\" (the kernel does not read what is behind it): iommu=pt"));
}

/* Written, but update-grub was never run. */
static void not_made(void **state)
{
	struct hd_boot_file file = { "etc/default/grub", DEFAULT "=\"" ON "\"\n" };
	struct hd_boot_source menu = { "boot/grub/grub.cfg", "root=x ro", true };
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUB, .grub = &file, .n_grub = 1,
					 .sources = &menu, .n_sources = 1 };

	(void)state;
	assert_int_equal(plan(&config, intel, 2), 0);
	assert_int_equal(changes.n_files, 0);
	assert_int_equal(changes.n_commands, 1);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(lines) + HD_ARRAY_SIZE(grubs) + 16];
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_teardown(drop_in, forget),
		cmocka_unit_test_teardown(overridden, forget),
		cmocka_unit_test_teardown(grubby, forget),
		cmocka_unit_test_teardown(grubby_takes_back, forget),
		cmocka_unit_test_teardown(tools_cannot_add_before_the_end, forget),
		cmocka_unit_test_teardown(ostree, forget),
		cmocka_unit_test_teardown(image, forget),
		cmocka_unit_test_teardown(entries_of_a_person, forget),
		cmocka_unit_test_teardown(by_hand, forget),
		cmocka_unit_test_teardown(not_made, forget),
	};
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		tests[n++] = (struct CMUnitTest){ lines[i].name, command_line, NULL, forget,
						  (void *)(uintptr_t)&lines[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(grubs); i++)
		tests[n++] = (struct CMUnitTest){ grubs[i].name, default_grub, NULL, forget,
						  (void *)(uintptr_t)&grubs[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("boot", tests, n, NULL, NULL);
}
