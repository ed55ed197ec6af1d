/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_rom.c - ROM files that QEMU's user can and cannot read. */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "facts/pci/rom.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define PASSWD "root:x:0:0:root:/root:/bin/sh\nlibvirt-qemu:x:64055:994::/:/bin/false\n" \
	"other:x:1000:1000::/:/bin/sh\n"

static const struct row {
	const char *name;
	const char *conf;		/* etc/libvirt/qemu.conf, or NULL */
	unsigned folder, file;		/* modes of /roms and of /roms/card.rom; 0: no file */
	const char *path;		/* NULL: /roms/card.rom */
	const char *problem;		/* a part, or NULL: none */
	bool is_sure;
} rows[] = {
	{ "for all", NULL, 0755, 0644, NULL, NULL, false },
	{ "for root alone", NULL, 0755, 0600, NULL, "(mode 0600) cannot be read by libvirt-qemu",
	  true },
	{ "for a group", NULL, 0755, 0640, NULL, "(mode 0640)", false },
	{ "closed folder", NULL, 0700, 0644, NULL, "is in /roms (mode 0700)", true },
	{ "QEMU is root", "#user = \"x\"\nuser = \"root\"\n", 0700, 0600, NULL, NULL, false },
	{ "QEMU is root, by number", "user=\"+0\"\n", 0700, 0600, NULL, NULL, false },
	{ "QEMU is another", " user = \"other\"\n", 0755, 0600, NULL, "by other", true },
	{ "unknown user", "user = \"nobody-here\"\n", 0755, 0600, NULL, "by nobody-here", false },
	{ "missing", NULL, 0755, 0, NULL, "No such file or directory", true },
	{ "folder", NULL, 0755, 0644, "/roms", "is not a regular file", true },
	{ "relative", NULL, 0755, 0644, "roms/card.rom", "is not an absolute path", true },
	{ "control character", NULL, 0755, 0644, "/roms/card.rom\n", "absolute", true },
	{ "two slashes", NULL, 0755, 0644, "//roms//card.rom", NULL, false },
	{ "up and out", NULL, 0755, 0644, "/../../../roms/card.rom", NULL, false },
	{ "empty", NULL, 0755, 0644, "/empty", "is empty", true },
};

static void set_mode(struct fake_host *host, const char *path, unsigned mode)
{
	assert_int_equal(chmod(hd_printf(&host->arena, "%s/%s", host->path, path), mode), 0);
}

static void check_problem(const struct hd_rom_file *rom, const struct row *row)
{
	if (!row->problem && rom->problem)
		fail_msg("%s", rom->problem);
	if (row->problem && (!rom->problem || !strstr(rom->problem, row->problem)))
		fail_msg("\"%s\" lacks \"%s\"", rom->problem ? rom->problem : "", row->problem);
	if (row->problem)
		assert_int_equal(rom->is_sure, row->is_sure);
}

static void reads(void **state)
{
	const struct row *row = *state;
	const char *path = row->path ? row->path : "/roms/card.rom";
	struct fake_host host;
	struct hd_rom_file *rom;

	fake_host_make(&host);
	set_mode(&host, ".", 0755);
	fake_file(&host, "etc/passwd", PASSWD);
	fake_file(&host, "empty", "");
	if (row->conf)
		fake_file(&host, "etc/libvirt/qemu.conf", row->conf);
	fake_dir(&host, "roms");
	if (row->file) {
		fake_file(&host, "roms/card.rom", "\x55\xaa");
		set_mode(&host, "roms/card.rom", row->file);
	}
	set_mode(&host, "roms", row->folder);
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, NULL);
	assert_string_equal(rom->path, path);
	check_problem(rom, row);
	set_mode(&host, "roms", 0755);
	fake_host_remove(&host);
}

/* A host with the users of PASSWD and a ROM file, /card.rom. */
static void make_card(struct fake_host *host, unsigned mode)
{
	fake_host_make(host);
	set_mode(host, ".", 0755);
	fake_file(host, "etc/passwd", PASSWD);
	fake_file(host, "card.rom", "\x55\xaa");
	set_mode(host, "card.rom", mode);
}

/* Whom the guest's <seclabel model='dac'> names counts, not qemu.conf. */
static void label_names_the_user(void **state)
{
	static const struct {
		const char *label;
		const char *problem;	/* NULL: none */
		bool is_sure;
	} labels[] = {
		{ NULL, "cannot be read by libvirt-qemu", true },
		{ "root:root", NULL, false }, { "+0:+0", NULL, false }, { "0:0", NULL, false },
		{ "other:other", "cannot be read by other", true },
		{ "+4711:+4711", "cannot be read by 4711", true },
		{ "nobody-here:kvm", "cannot be read by nobody-here", false },
		{ "a\033b:x", "cannot be read by a?b", false },
	};
	const char *path = "/card.rom";
	struct fake_host host;

	(void)state;
	make_card(&host, 0600);
	for (size_t i = 0; i < HD_ARRAY_SIZE(labels); i++) {
		struct hd_rom_file *rom;

		hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, labels[i].label);
		if (!labels[i].problem) {
			assert_null(rom->problem);
			continue;
		}
		assert_non_null(rom->problem);
		assert_non_null(strstr(rom->problem, labels[i].problem));
		assert_int_equal(rom->is_sure, labels[i].is_sure);
	}
	fake_host_remove(&host);
}

/* A group of the label opens what is the group's. */
static void label_names_the_group(void **state)
{
	const char *path = "/card.rom";
	struct fake_host host;
	struct hd_rom_file *rom;
	struct stat st;

	(void)state;
	make_card(&host, 0640);
	assert_int_equal(hd_sysroot_stat(&host.root, &st, "card.rom"), 0);
	fake_file(&host, "etc/group", hd_printf(&host.arena, "roms:x:%u:\n", st.st_gid));
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, "other:roms");
	assert_null(rom->problem);
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1,
			  hd_printf(&host.arena, "+1000:+%u", st.st_gid));
	assert_null(rom->problem);
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, "other:other");
	assert_non_null(rom->problem);
	fake_host_remove(&host);
}

/* The user's further groups count: on Debian QEMU is in kvm. */
static void group_opens_the_file(void **state)
{
	const char *path = "/card.rom";
	struct fake_host host;
	struct hd_rom_file *rom;
	struct stat st;

	(void)state;
	make_card(&host, 0640);
	assert_int_equal(hd_sysroot_stat(&host.root, &st, "card.rom"), 0);
	fake_file(&host, "etc/group",
		  hd_printf(&host.arena, "kvm:x:%u:x,libvirt-qemu,y\n", st.st_gid));
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, NULL);
	assert_null(rom->problem);
	fake_file(&host, "etc/group",
		  hd_printf(&host.arena, "kvm:x:%u:x,libvirt-qemu2\n", st.st_gid));
	hd_rom_files_read(&rom, &host.root, &host.arena, &path, 1, NULL);
	assert_non_null(rom->problem);
	assert_false(rom->is_sure);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 3];

	memset(tests, 0, sizeof(tests));
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		tests[i].name = rows[i].name;
		tests[i].test_func = reads;
		tests[i].initial_state = (void *)&rows[i];
	}
	tests[HD_ARRAY_SIZE(rows)] = (struct CMUnitTest)cmocka_unit_test(group_opens_the_file);
	tests[HD_ARRAY_SIZE(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(label_names_the_user);
	tests[HD_ARRAY_SIZE(rows) + 2] = (struct CMUnitTest)cmocka_unit_test(label_names_the_group);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
