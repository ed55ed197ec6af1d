/* SPDX-License-Identifier: GPL-2.0-or-later */
/* livehost.c - a fake host that programs take for the running one, with loop devices as disks. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/livehost.h"
#include "tests/support/unit.h"

#define DOMAIN(devices) "<domain type='kvm'>\n  <name>g</name>\n  <uuid>" LIVE_HOST_UUID "</uuid>\n" \
	"  <memory unit='KiB'>65536</memory>\n  <vcpu>1</vcpu>\n" \
	"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n" \
	"  <devices>\n" devices "  </devices>\n</domain>\n"
#define HOSTDEV(managed, bus) \
	"    <hostdev mode='subsystem' type='pci' managed='" managed "'>\n" \
	"      <source><address domain='0x0000' bus='" bus "' slot='0x00' function='0x0'/>" \
	"</source>\n    </hostdev>\n"

const char live_unmanaged[] = DOMAIN(HOSTDEV("no", "0x01") HOSTDEV("no", "0x02"));
const char live_managed[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("yes", "0x02"));
const char live_mixed[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("no", "0x02"));
const char live_impossible[] = DOMAIN(HOSTDEV("yes", "0x01") HOSTDEV("yes", "0x09"));

const struct live_function live_functions[2] = {
	{ "0000:01:00.0", "nvme0n1", 11 },
	{ "0000:02:00.0", "nvme1n1", 12 },
};

char *const live_host_detach_first[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"0000:01:00.0", NULL
};

static void add_node(struct fake_host *host, const char *name, mode_t mode, unsigned major_no,
		     unsigned minor_no)
{
	if (mknod(hd_printf(&host->arena, "%s/dev/%s", host->path, name), mode | 0600,
		  makedev(major_no, minor_no)) < 0)
		fail_msg("mknod %s: %s", name, strerror(errno));
}

static void add_function(struct live_host *s, size_t i)
{
	struct fake_host *host = &s->host;
	const struct loop_dev *loop = &s->loops[i];
	const struct fake_pci fn = { .addr = live_functions[i].addr, .group = live_functions[i].group,
				     .driver = "nvme" };

	fake_pci_add(host, &fn);
	fake_file(host, hd_printf(&host->arena, "fake/natural/%s", fn.addr), "nvme");
	fake_file(host, hd_printf(&host->arena, "fake/disk/%s", fn.addr), live_functions[i].disk);
	fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn.group), "");
	fake_file(host, hd_printf(&host->arena, "%s/nvme/nvme%zu/%s/dev",
				  fake_pci_path(host, fn.addr), i, live_functions[i].disk),
		  hd_printf(&host->arena, "%u:%u\n", loop->major, loop->minor));
	add_node(host, live_functions[i].disk, S_IFBLK, loop->major, loop->minor);
}

int live_host_setup(void **state)
{
	static struct live_host s;
	const char *why = loop_dev_make(&s.loops[0], false);

	*state = NULL;
	if (!why)
		why = loop_dev_make(&s.loops[1], false);
	if (why) {
		print_message("# skipped: %s\n", why);
		return 0;
	}
	fake_host_make(&s.host);
	fake_good_host(&s.host);
	fake_file(&s.host, "sys/bus/pci/drivers_probe", "");
	fake_file(&s.host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	fake_file(&s.host, "sys/bus/pci/drivers/nvme/unbind", "");
	fake_dir(&s.host, "run");
	fake_dir(&s.host, "fake/claims");
	add_node(&s.host, "null", S_IFCHR, 1, 3);
	for (size_t i = 0; i < HD_ARRAY_SIZE(live_functions); i++)
		add_function(&s, i);
	*state = &s;
	return 0;
}

struct hook_run live_host_call(struct live_host *s, const char *operation, const char *xml)
{
	const struct hook_call call = {
		.guest = "g",
		.operation = operation,
		.suboperation = !strcmp(operation, "release") ? "end" : "begin",
		.xml = xml,
		.length = strlen(xml),
		.is_live = true,
	};

	return run_hook(&s->host, &call);
}

int live_host_teardown(void **state)
{
	struct live_host *s = *state;

	if (!s)
		return 0;
	hook_run_expect(live_host_call(s, "release", live_managed), 0);
	fake_host_remove(&s->host);
	loop_dev_remove(&s->loops[0]);
	loop_dev_remove(&s->loops[1]);
	return 0;
}

bool live_host_is_free(const struct live_host *s, size_t i)
{
	_cleanup_(hd_close) int fd = open(s->loops[i].node, O_RDONLY | O_EXCL | O_CLOEXEC);

	if (fd < 0 && errno != EBUSY)
		fail_msg("%s: %s", s->loops[i].node, strerror(errno));
	return fd >= 0;
}

struct live_host *live_host_need(void **state)
{
	if (!*state)
		skip();
	return *state;
}

int live_host_run(struct live_host *s, char *const *argv)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (dup2(nothing, STDOUT_FILENO) < 0)
			_exit(126);
		become_live(&s->host);
		(void)execv(BUILDDIR "/hostdevctl", argv);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int live_host_occupy(const struct live_host *s, size_t i)
{
	int fd = open(s->loops[i].node, O_RDONLY | O_EXCL | O_CLOEXEC);

	if (fd < 0)
		fail_msg("%s: %s", s->loops[i].node, strerror(errno));
	return fd;
}

void live_host_set_driver(struct live_host *s, size_t i, const char *driver)
{
	const char *link = hd_printf(&s->host.arena, "sys/bus/pci/devices/%s/driver",
				     live_functions[i].addr);

	(void)unlinkat(s->host.root.fd, link, 0);
	fake_link(&s->host, link, hd_printf(&s->host.arena, "/sys/bus/pci/drivers/%s", driver));
}

const char *live_host_driver(struct live_host *s, size_t i)
{
	const char *name = "";

	assert_int_equal(hd_sysroot_link_base(&s->host.root, &s->host.arena, &name,
					      "sys/bus/pci/devices/%s/driver",
					      live_functions[i].addr), 0);
	return name;
}
