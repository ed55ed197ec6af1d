/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_boot.c - kernel parameters get to where each family of boot loaders wants them. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bootcase.h"
#include "tests/support/unit.h"

#define ON BOOT_CASE_ON
#define RO_ON "ro " ON

/* A command line before and after. */
static const struct line {
	const char *name;
	const struct hd_parameter *params;
	size_t n;
	const char *before, *after;
} lines[] = {
	{ "nothing there", boot_intel, 2, "root=/dev/sda1 ro quiet\n",
	  "root=/dev/sda1 ro quiet " ON "\n" },
	{ "all there", boot_intel, 2, "ro " ON " quiet\n", NULL },
	{ "one there", boot_intel, 2, "ro iommu=pt\n", "ro iommu=pt intel_iommu=on\n" },
	{ "contrary", boot_intel, 2, "ro intel_iommu=off iommu=off quiet\n", "ro " ON " quiet\n" },
	{ "contrary behind the right one", boot_intel, 2, "intel_iommu=on intel_iommu=off iommu=pt\n",
	  ON "\n" },
	{ "contrary before the right one", boot_intel, 2, "intel_iommu=off intel_iommu=on iommu=pt\n",
	  ON "\n" },
	{ "other items stay", boot_intel, 2, "intel_iommu=igfx_off,off iommu=soft\n",
	  "intel_iommu=on,igfx_off iommu=pt,soft\n" },
	{ "a list with the right one", boot_intel, 2, "intel_iommu=on,sm_on iommu=pt\n", NULL },
	{ "other parameters", boot_intel, 2, "xintel_iommu=off intel_iommu_x=off iommu.strict=0\n",
	  "xintel_iommu=off intel_iommu_x=off iommu.strict=0 " ON "\n" },
	{ "a dash is an underscore", boot_intel, 2, "intel-iommu=off\tiommu=pt\n",
	  "intel_iommu=on\tiommu=pt\n" },
	{ "quotes", boot_intel, 2, "intel_iommu=\"on\" \"iommu=pt\" dyndbg=\"file x +p intel_iommu=off\"\n",
	  NULL },
	{ "wrong in quotes", boot_intel, 2, "\"intel_iommu=off\" a=\"b iommu=off c\" iommu=\"off\"\n",
	  "intel_iommu=on a=\"b iommu=off c\" iommu=pt\n" },
	{ "a quote inside a value", boot_intel, 2, "intel_iommu=on iommu=\"b\"'\n",
	  "intel_iommu=on iommu=\"pt,b\"'\n" },
	{ "a blank inside a value", boot_intel, 2, "intel_iommu=on iommu=\"a b\"\n",
	  "intel_iommu=on iommu=\"pt,a b\"\n" },
	{ "before an open quotation", boot_intel, 2, "ro a=\"b iommu=pt\n", "ro " ON " a=\"b iommu=pt\n" },
	{ "before the words of init", boot_intel, 2, "ro -- single\n", "ro " ON " -- single\n" },
	{ "no newline at its end", boot_intel, 2, "ro", "ro " ON },
	{ "blanks at its end", boot_intel, 2, "ro  \n", "ro " ON "  \n" },
	{ "nothing at all", boot_intel, 2, "", ON },
	{ "AMD", boot_amd, 2, "ro\n", "ro iommu=pt\n" },
	{ "AMD, switched off", boot_amd, 2, "amd_iommu=off ro\n", "ro iommu=pt\n" },
	{ "AMD, switched off at the end", boot_amd, 2, "ro iommu=pt amd_iommu=off\n",
	  "ro iommu=pt\n" },
	{ "AMD, other words", boot_amd, 2, "amd_iommu=fullflush iommu=pt\n", NULL },
	{ "pages", boot_pages, 1, "ro\n", "ro hugepagesz=1G hugepages=8\n" },
	{ "pages of another size", boot_pages, 1, "hugepagesz=2M hugepages=3\n",
	  "hugepagesz=2M hugepages=3 hugepagesz=1G hugepages=8\n" },
	{ "other number of pages", boot_pages, 1, "hugepagesz=1G hugepages=2 hugepagesz=2M hugepages=3\n",
	  "hugepagesz=1G hugepages=8 hugepagesz=2M hugepages=3\n" },
	{ "a size without a number", boot_pages, 1, "hugepagesz=1G hugepagesz=2M hugepages=3\n",
	  "hugepagesz=1G hugepages=8 hugepagesz=2M hugepages=3\n" },
	{ "right number of pages", boot_pages, 1, "hugepagesz=2M hugepages=3 hugepagesz=1G hugepages=8\n",
	  NULL },
};

static void command_line(void **state)
{
	const struct line *line = *state;
	struct hd_boot_config config = { .way = HD_BOOT_BY_CMDLINE, .cmdline = line->before };

	assert_int_equal(boot_case_plan(&config, line->params, line->n), 0);
	if (line->after) {
		assert_int_equal(boot_case.changes.n_files, 1);
		assert_string_equal(boot_case.changes.files[0].path, HD_BOOT_CMDLINE_FILE);
		assert_string_equal(boot_case.changes.files[0].text, line->after);
		config.cmdline = line->after;
		assert_int_equal(boot_case.changes.n_commands, 1);
	}
	/* And never again. */
	assert_int_equal(boot_case_plan(&config, line->params, line->n), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
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
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_files, 0);
	assert_int_equal(boot_case.changes.n_commands, 2);
	assert_string_equal(hd_changes_words(&boot_case.arena, boot_case.changes.commands[0].argv),
			    "/usr/bin/make-it --update-kernel=/boot/vmlinuz-1 "
			    "'--remove-args=intel_iommu=on iommu=pt' --args=intel_iommu=off");
	assert_null(boot_case.changes.commands[0].undo);
	assert_string_equal(boot_case.changes.commands[0].while_there, "boot/loader/entries/a.conf");
	assert_string_equal(hd_changes_words(&boot_case.arena, boot_case.changes.commands[1].argv),
			    "/usr/bin/make-it --update-kernel=ALL --remove-args=intel_iommu=off "
			    "'--args=intel_iommu=on iommu=pt'");
	assert_string_equal(hd_changes_words(&boot_case.arena, boot_case.changes.commands[1].undo),
			    "/usr/bin/make-it --update-kernel=ALL "
			    "'--remove-args=intel_iommu=on intel_iommu=off' --args=iommu=pt");
	config.kernelopts = ON;
	entries[0].text = "options " ON "\n";
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
}

/* Words of an entry, or of the default, as grubby keeps them. */
struct kept {
	const char *kernel, *words;
};

static const char *without(const char *words, const char *word)
{
	const char *left = "";
	char *copy = hd_strdup(&boot_case.arena, words), *rest = NULL;

	for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		if (strcmp(w, word) != 0)
			left = hd_printf(&boot_case.arena, "%s%s%s", left, *left ? " " : "", w);
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
			char *copy = hd_strdup(&boot_case.arena, strchr(command[k], '=') + 1), *rest = NULL;

			for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
				kept[i].words = without(kept[i].words, w);
				if (adds)
					kept[i].words = hd_printf(&boot_case.arena, "%s %s", kept[i].words, w);
			}
		}
	}
}

static void undo_grubby(struct kept *kept, size_t n, const struct hd_command_change *command)
{
	run_grubby(kept, n, command->undo ? command->undo : command->argv);
}

static void expect_same(const struct kept *now, const struct kept *before, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *copy = hd_strdup(&boot_case.arena, before[i].words), *rest = NULL;
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
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUBBY, .n_entries = N };

	(void)state;
	for (size_t usual = 0; usual < N; usual++) {
		struct hd_boot_file entries[N];
		struct kept kept[N + 1], before[N + 1];

		for (size_t i = 0; i < N; i++) {
			kept[i] = (struct kept){ hd_printf(&boot_case.arena, "/boot/vmlinuz-%zu", i), had[i] };
			entries[i] = (struct hd_boot_file){ hd_printf(&boot_case.arena, "e/%zu.conf", i), hd_printf(
				&boot_case.arena, "linux /vmlinuz-%zu\noptions %s\n", i, had[i]) };
		}
		kept[N] = (struct kept){ "the default", had[usual] };
		memcpy(before, kept, sizeof(kept));
		config.entries = entries;
		config.grub_values[HD_GRUB_LINUX] = had[usual];
		assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
		for (size_t i = 0; i < boot_case.changes.n_commands; i++) {
			if (i + 1 == boot_case.changes.n_commands)
				expect_same(kept, before, N + 1);
			run_grubby(kept, N + 1, boot_case.changes.commands[i].argv);
		}
		for (size_t i = 0; i <= N; i++)
			assert_non_null(strstr(kept[i].words, "intel_iommu=on"));
		for (size_t i = boot_case.changes.n_commands; i-- > 0;)
			undo_grubby(kept, N + 1, &boot_case.changes.commands[i]);
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

		assert_int_equal(boot_case_plan(&config, boot_intel, 2), -EINVAL);
		assert_non_null(strstr(boot_case.err.text, "add " ON " before it by hand"));
		assert_true(hd_changes_is_empty(&boot_case.changes));
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
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_files, 0);
	assert_string_equal(hd_changes_words(&boot_case.arena, boot_case.changes.commands[0].argv),
			    "/usr/bin/make-it kargs --delete-if-present=intel_iommu=off "
			    "--append-if-missing=intel_iommu=on");
	assert_string_equal(hd_changes_words(&boot_case.arena, boot_case.changes.commands[0].undo),
			    "/usr/bin/make-it kargs --delete-if-present=intel_iommu=on "
			    "--append-if-missing=intel_iommu=off");
	config.n_entries = 1;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
}

static void image(void **state)
{
	struct hd_boot_config config = { .way = HD_BOOT_BY_IMAGE,
					 .cmdline_default = "ro intel_iommu=off -- single" };

	(void)state;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), -EINVAL);
	assert_non_null(strstr(boot_case.err.text, "add intel_iommu=on iommu=pt to a file in "
			       "/usr/lib/bootc/kargs.d"));
	assert_true(hd_changes_is_empty(&boot_case.changes));
	config.cmdline_default = "ro " ON;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
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
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_files, 2);
	assert_int_equal(boot_case.changes.n_commands, 0);
	assert_string_equal(boot_case.changes.files[0].text,
			    "title Arch\noptions root=x\noptions rw " ON " \n#end\n");
	assert_string_equal(boot_case.changes.files[1].text, "title LTS\nlinux /vmlinuz\noptions " ON "\n");
}

static void by_hand(void **state)
{
	struct hd_boot_config config = { .way = HD_BOOT_BY_HAND,
					 .cmdline_default = "ro intel_iommu=off" };

	(void)state;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
	assert_true(boot_case.changes.is_incomplete);
	assert_int_equal(boot_case.changes.n_notes, 2);
	assert_non_null(strstr(boot_case.changes.notes[0], "change intel_iommu=off to intel_iommu=on"));
	assert_non_null(strstr(boot_case.changes.notes[1], "by hand: iommu=pt"));
	config.cmdline_default = "ro intel_iommu=on -- single iommu=pt";
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_notes, 1);
	assert_non_null(strstr(boot_case.changes.notes[0],
			       "by hand, before \"--\" (the kernel does not read what is behind it): iommu=pt"));
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(lines) + 16];
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_teardown(grubby, boot_case_forget),
		cmocka_unit_test_teardown(grubby_takes_back, boot_case_forget),
		cmocka_unit_test_teardown(tools_cannot_add_before_the_end, boot_case_forget),
		cmocka_unit_test_teardown(ostree, boot_case_forget),
		cmocka_unit_test_teardown(image, boot_case_forget),
		cmocka_unit_test_teardown(entries_of_a_person, boot_case_forget),
		cmocka_unit_test_teardown(by_hand, boot_case_forget),
	};
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		tests[n++] = (struct CMUnitTest){ lines[i].name, command_line, NULL, boot_case_forget,
						  (void *)(uintptr_t)&lines[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("boot", tests, n, NULL, NULL);
}
