/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_boot_grub.c - kernel parameters get into GRUB's files as their shell code allows. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "tests/support/bootcase.h"
#include "tests/support/unit.h"

#define DEFAULT "GRUB_CMDLINE_LINUX_DEFAULT"
#define ON BOOT_CASE_ON

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
	int rc = boot_case_plan(&config, boot_intel, 2);

	if (grub->refusal) {
		assert_int_equal(rc, -EINVAL);
		if (!strstr(boot_case.err.text, grub->refusal))
			fail_msg("'%s' in: %s", grub->refusal, boot_case.err.text);
		assert_true(hd_changes_is_empty(&boot_case.changes));
	} else {
		if (rc)
			fail_msg("%s", boot_case.err.text);
		assert_int_equal(boot_case.changes.n_files, grub->after != NULL);
		if (grub->after)
			assert_string_equal(boot_case.changes.files[0].text, grub->after);
		file.text = grub->after ? grub->after : file.text;
		assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
		assert_true(hd_changes_is_empty(&boot_case.changes));
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
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_files, 2);
	assert_string_equal(boot_case.changes.files[0].text, DEFAULT "=\"quiet intel_iommu=on\"\n");
	assert_string_equal(boot_case.changes.files[1].path, "etc/default/grub.d/zz-hostdevctl.cfg");
	assert_null(boot_case.changes.files[1].old);
	assert_non_null(strstr(boot_case.changes.files[1].text, "\n" DEFAULT "=\"$" DEFAULT " iommu=pt\"\n"));
	files[0].text = boot_case.changes.files[0].text;
	files[2] = (struct hd_boot_file){ boot_case.changes.files[1].path, boot_case.changes.files[1].text };
	config.n_grub = 3;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_true(hd_changes_is_empty(&boot_case.changes));
	assert_int_equal(boot_case_plan(&config, boot_pages, 1), 0);
	assert_int_equal(boot_case.changes.n_files, 1);
	assert_non_null(strstr(boot_case.changes.files[0].text,
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
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), -EINVAL);
	assert_non_null(strstr(boot_case.err.text, "a later line removes the parameters again"));
	assert_true(hd_changes_is_empty(&boot_case.changes));
}

/* Written, but update-grub was never run. */
static void not_made(void **state)
{
	struct hd_boot_file file = { "etc/default/grub", DEFAULT "=\"" ON "\"\n" };
	struct hd_boot_source menu = { "boot/grub/grub.cfg", "root=x ro", true };
	struct hd_boot_config config = { .way = HD_BOOT_BY_GRUB, .grub = &file, .n_grub = 1,
					 .sources = &menu, .n_sources = 1 };

	(void)state;
	assert_int_equal(boot_case_plan(&config, boot_intel, 2), 0);
	assert_int_equal(boot_case.changes.n_files, 0);
	assert_int_equal(boot_case.changes.n_commands, 1);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_teardown(drop_in, boot_case_forget),
		cmocka_unit_test_teardown(overridden, boot_case_forget),
		cmocka_unit_test_teardown(not_made, boot_case_forget),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(grubs) + HD_ARRAY_SIZE(others)];
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(grubs); i++)
		tests[n++] = (struct CMUnitTest){ grubs[i].name, default_grub, NULL, boot_case_forget,
						  (void *)(uintptr_t)&grubs[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("boot grub", tests, n, NULL, NULL);
}
