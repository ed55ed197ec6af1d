/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_completion.c - what is offered at each place of a command line that is typed. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/complete.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define MAX_WORDS 12
#define GUEST "etc/libvirt/qemu/"
#define DISK "0000:01:00.0"
#define NIC "0000:02:00.0"

/* Words of the line ("_": an empty one), and what is offered, joined by blanks; NULL: nothing. */
struct row {
	const char *name, *line, *offered;
};

static void make_host(struct fake_host *host)
{
	static const struct fake_pci fns[] = {
		{ DISK, .vendor = 0x1b36, .device = 0x10, .group = 12, .driver = "nvme" },
		{ NIC, .vendor = 0x8086, .device = 0x1521, .class = 0x020000, .driver = "igb" },
	};

	fake_host_make(host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(fns); i++)
		fake_pci_add(host, &fns[i]);
	fake_link(host, "sys/class/net/enp2s0", "../../devices/net/enp2s0");
	fake_file(host, "sys/devices/net/enp2s0/device/vendor", "0x8086");
	fake_file(host, "sys/devices/net/enp2s0/device/sriov_totalvfs", "7");
	fake_pci_put(host, NIC, "sriov_totalvfs", "7");
	fake_dir(host, "sys/class/net/lo");
	fake_dir(host, "sys/class/block/nvme0n1/device");
	fake_dir(host, "sys/class/block/nvme0n1p1");
	fake_dir(host, "sys/class/drm/card0/device");
	fake_dir(host, "sys/class/drm/card0-HDMI-A-1/device");
	fake_link(host, "dev/disk/by-id/nvme-QEMU", "../../nvme0n1");
	fake_file(host, GUEST "win11.xml", "<domain/>");
	fake_file(host, GUEST "web\nserver.xml", "<domain/>");
	fake_file(host, GUEST "networks/default.xml", "<network/>");
	fake_file(host, "run/libvirt/qemu/win11.xml", "<domstatus/>");
	fake_file(host, "run/libvirt/qemu/works.xml", "<domstatus/>");
}

static int split(char *line, char *words[MAX_WORDS])
{
	char *rest = line, *word;
	int n = 0;

	while (n < MAX_WORDS && (word = strsep(&rest, " ")))
		words[n++] = strcmp(word, "_") ? word : (char *)"";
	return n;
}

static char *offered(struct fake_host *host, const char *line)
{
	char *copy = hd_strdup(&host->arena, line), *words[MAX_WORDS], *text = NULL;
	struct hd_completion completion;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int n = split(copy, words);

	assert_non_null(out);
	if (hd_completion_parse(&completion, &host->arena, words, n)) {
		if (!completion.sysroot)
			completion.sysroot = host->path;
		hd_completion_offer(out, &completion, &host->arena);
	}
	assert_int_equal(fclose(out), 0);
	for (char *c = text; *c; c++)
		*c = *c != '\n' ? *c : c[1] ? ' ' : '\0';
	return text;
}

static void offers(void **state)
{
	const struct row *row = *state;
	struct fake_host host;
	char *text;

	make_host(&host);
	text = offered(&host, row->line);
	assert_string_equal(text, row->offered ? row->offered : "");
	free(text);
	fake_host_remove(&host);
}

static const struct row rows[] = {
	{ "a command", "rea", "reattach" },
	{ "commands that begin alike", "det", "detach detach-from" },
	{ "an event of udev", "replug --event b", "bind" },
	{ "no internal command", "nodede", NULL },
	{ "a global option", "--v", "--version" },
	{ "nothing after an unknown command", "frob _", NULL },
	{ "nothing after an internal command", "nodedev --c", NULL },
	{ "devices", "detach _", DISK " " NIC " enp2s0" },
	{ "a bridge that is begun", "detach 0000:00:01", "0000:00:01.0" },
	{ "an address", "detach 0000:01", DISK },
	{ "a second one", "detach " DISK " 0000:02", NIC },
	{ "a short address", "detach 01:", "01:00.0" },
	{ "as libvirt calls it", "detach pci_0000_01", "pci_0000_01_00_0" },
	{ "an id", "detach 8086", "8086:1521" },
	{ "an interface with its prefix", "detach net:", "net:enp2s0" },
	{ "nodes and folders", "detach /", "/dev/disk/by-id/ /dev/dri/card0 /dev/nvme0n1" },
	{ "a folder of links", "detach /dev/disk/by-id/", "/dev/disk/by-id/nvme-QEMU" },
	{ "no other folder", "detach /etc/", NULL },
	{ "no way out", "detach /dev/disk/by-id/../../../", NULL },
	{ "guests or devices", "check w", "win11 works" },
	{ "no guest where there is none", "detach w", NULL },
	{ "one guest only", "check win11 w", NULL },
	{ "but more devices", "check win11 0000:01", DISK },
	{ "options", "status --j", "--json" },
	{ "once", "status --json --j", NULL },
	{ "again where they repeat", "check --allow a=b --al", "--allow" },
	{ "none behind --", "status -- --j", NULL },
	{ "not of other commands", "status --vl", NULL },
	{ "a value's words", "xml --as d", "disk" },
	{ "a filter", "attach --any nv", "nvme" },
	{ "in the same word", "xml --as=d", "--as=disk" },
	{ "of an abbreviated option", "xml --manag y", "yes" },
	{ "of an ambiguous one", "xml --m y", NULL },
	{ "of a letter", "detach -b s", "sysfs" },
	{ "of the last letter", "detach -nb s", "sysfs" },
	{ "a value is not an operand", "check --xml f w", "win11 works" },
	{ "files", "check --xml _", ":file" },
	{ "directories", "check --sysroot _", ":directory" },
	{ "a switch has no value", "check --json= w", "win11 works" },
	{ "none at all", "check --json=", NULL },
	{ "a number", "xml --vlan _", NULL },
	{ "checks", "check --allow usb-f", "usb-free=" },
	{ "of devices", "check --allow usb-free=0000:01", "usb-free=" DISK },
	{ "in the same word, too", "check --allow=usb-free=0000:01", "--allow=usb-free=" DISK },
	{ "none that nobody may allow", "check --allow iommu-en", NULL },
	{ "columns", "list -o gu", "guests" },
	{ "one more", "list -o name,gu", "name,guests" },
	{ "besides the usual", "list -o +gu", "+guests" },
	{ "subjects", "setup h", "hugepages" },
	{ "and their devices", "setup bind enp", "enp2s0" },
	{ "functions that can have virtual ones", "setup vfs _", NIC " enp2s0" },
	{ "one that is begun", "setup vfs e", "enp2s0" },
	{ "how many is not known", "setup vfs enp2s0 _", NULL },
	{ "guests for huge pages", "setup hugepages _", "win11 works" },
	{ "sizes of pages", "setup hugepages --page-size 1", "1G" },
	{ "ids of checks and messages", "explain storage-fr", "storage-free" },
	{ "when", "list --color a", "always auto" },
	{ "words for many devices", "list nv", "nvme" },
	{ "of a list alone", "show nv", NULL },
	{ "kinds", "list --kind=pci,s", "--kind=pci,scsi --kind=pci,serial" },
	{ "devices of the host that is named", "detach --sysroot /nonexistent _", NULL },
	{ "not of this one for another", "list -c qemu+ssh://x/system 0000", NULL },
	{ "a connection", "list -c _", "qemu:///system" },
};

static void knows_all_options(void **state)
{
	(void)state;
	for (const struct hd_command *const *command = hd_commands; *command; command++)
		for (const struct hd_option *const *row = (*command)->options; *row; row++)
			if (!hd_completion_knows(*row))
				fail_msg("%s --%s %s", (*command)->name, (*row)->name,
					 (*row)->arg);
}

/* On a host with nothing, or broken things, nothing is offered and nothing said. */
static void bears_bad_hosts(void **state)
{
	struct fake_host host;
	char *text;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "sys/bus/pci/devices", "no directory");
	fake_file(&host, "sys/class/net", "no directory");
	fake_file(&host, "etc/libvirt/qemu", "");
	for (size_t i = 0; i < 2; i++) {
		text = offered(&host, i ? "check /" : "check _");
		assert_string_equal(text, "");
		free(text);
	}
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = offers,
						.initial_state = (void *)&rows[i] };
	tests[HD_ARRAY_SIZE(rows)] = (struct CMUnitTest)cmocka_unit_test(knows_all_options);
	tests[HD_ARRAY_SIZE(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(bears_bad_hosts);
	return cmocka_run_group_tests_name("complete", tests, NULL, NULL);
}
