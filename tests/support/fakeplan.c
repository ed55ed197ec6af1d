/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fakeplan.c - a guest that asks a fake kernel for N functions. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "base/record.h"
#include "run/journal_internal.h"
#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"

#define FIRST_GROUP 10

static const char *const addrs[FAKE_PLAN_MAX] = {
	"0000:01:00.0", "0000:02:00.0", "0000:03:00.0", "0000:04:00.0",
	"0000:05:00.0", "0000:06:00.0", "0000:07:00.0", "0000:08:00.0",
	"0000:09:00.0", "0000:0a:00.0", "0000:0b:00.0", "0000:0c:00.0",
	"0000:0d:00.0", "0000:0e:00.0", "0000:0f:00.0", "0000:10:00.0",
};

const char *fake_plan_addr(size_t i)
{
	return addrs[i];
}

/* Memory is where the real one is, too; a test's fdatasync should not wait for a disk. */
static void make_state_dir(struct fake_plan *fake)
{
	struct hd_error err;

	(void)snprintf(fake->dir, sizeof(fake->dir), "/dev/shm/hostdevctl-XXXXXX");
	if (!mkdtemp(fake->dir)) {
		(void)snprintf(fake->dir, sizeof(fake->dir), "/tmp/hostdevctl-XXXXXX");
		if (!mkdtemp(fake->dir))
			fail_msg("cannot make a directory: %s", strerror(errno));
	}
	fake->apply.dir_fd = hd_state_dir_open(fake->dir, &err);
	if (fake->apply.dir_fd < 0)
		fail_msg("%s", err.text);
}

void fake_plan_make(struct fake_plan *fake, size_t n)
{
	memset(fake, 0, sizeof(*fake));
	fake_host_make(&fake->host);
	fake_kernel_make(&fake->kernel, &fake->host);
	fake->n_fns = n;
	for (size_t i = 0; i < n; i++)
		fake_kernel_add(&fake->kernel, addrs[i], FIRST_GROUP + (int)i, FAKE_ON_HOST);
	make_state_dir(fake);
	fake->apply.host.root = &fake->host.root;
	fake->apply.step_deadline_ms = 5000;
	fake->apply.is_boot = true;
	assert_int_equal(hd_journal_id_guest(&fake->id, FAKE_UUID, "win 11\n"), 0);
	fake_plan_reset(fake, false);
}

/* Also what a killed process left: journals without a name. */
static void remove_state_dir(struct fake_plan *fake)
{
	DIR *dir = fdopendir(fake->apply.dir_fd);
	struct dirent *found;

	while (dir && (found = readdir(dir)))
		if (found->d_name[0] != '.' || found->d_name[1] == 'n')
			(void)unlinkat(dirfd(dir), found->d_name, 0);
	if (dir)
		(void)closedir(dir);
	if (rmdir(fake->dir) < 0)
		print_error("cannot remove %s: %s\n", fake->dir, strerror(errno));
}

void fake_plan_remove(struct fake_plan *fake)
{
	fake_kernel_remove(&fake->kernel);
	remove_state_dir(fake);
	fake_host_remove(&fake->host);
}

static struct hd_step *add_step(struct fake_plan *fake, const struct hd_knob *knob, int stage,
				const char *target, const char *from, const char *to)
{
	struct hd_step *step = &fake->steps[fake->plan.n++];

	memset(step, 0, sizeof(*step));
	step->knob = knob;
	step->stage = stage;
	step->group = HD_NO_GROUP;
	step->why = "requested";
	(void)snprintf(step->target, sizeof(step->target), "%s", target);
	(void)snprintf(step->from, sizeof(step->from), "%s", from);
	(void)snprintf(step->to, sizeof(step->to), "%s", to);
	return step;
}

void fake_plan_fill(struct fake_plan *fake, bool module)
{
	fake->plan.steps = fake->steps;
	fake->plan.n = 0;
	if (module)
		(void)add_step(fake, &fake_knob_module, 0, "vfio-pci", "absent", "loaded");
	for (size_t i = 0; i < fake->n_fns; i++)
		add_step(fake, &fake_knob_pci_driver, 1, addrs[i], FAKE_ON_HOST,
			 FAKE_ON_VFIO)->group = FIRST_GROUP + (int)i;
}

void fake_plan_serialise(struct fake_plan *fake)
{
	for (size_t i = 0; i < fake->plan.n; i++)
		fake->steps[i].stage = (int)i;
}

void fake_plan_reset(struct fake_plan *fake, bool module)
{
	int dir_fd = hd_sysroot_fd(&fake->host.root, O_RDONLY | O_DIRECTORY, "sys/module");

	(void)unlinkat(dir_fd, "vfio-pci", AT_REMOVEDIR);
	hd_close(&dir_fd);
	(void)unlinkat(fake->apply.dir_fd, FAKE_UUID, 0);
	fake_kernel_clear(&fake->kernel);
	for (size_t i = 0; i < fake->n_fns; i++)
		fake_kernel_force(&fake->kernel, addrs[i], FAKE_ON_HOST);
	fake_plan_fill(fake, module);
}

void fake_plan_assert_all(struct fake_plan *fake, const char *state)
{
	for (size_t i = 0; i < fake->n_fns; i++)
		fake_kernel_assert(&fake->kernel, addrs[i], state);
}

static size_t list(struct fake_plan *fake, struct hd_journal_entry **ret)
{
	struct hd_error err;
	ssize_t n = hd_journal_list(ret, &fake->host.arena, fake->apply.dir_fd, &err);

	if (n < 0)
		fail_msg("%s", err.text);
	for (ssize_t i = 0; i < n; i++)
		if ((*ret)[i].broken)
			fail_msg("journal %s: %s", (*ret)[i].id.key, (*ret)[i].broken);
	return (size_t)n;
}

size_t fake_plan_journals(struct fake_plan *fake)
{
	struct hd_journal_entry *entries;

	return list(fake, &entries);
}

const struct hd_journal_entry *fake_plan_journal(struct fake_plan *fake)
{
	struct hd_journal_entry *entries;

	assert_int_equal(list(fake, &entries), 1);
	return entries;
}

void fake_plan_set_header(struct fake_plan *fake, const char *version, const char *rest)
{
	char text[8192], *line, *next, body[HD_JOURNAL_LINE];
	int fd = openat(fake->apply.dir_fd, fake->id.key, O_RDWR);
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	uint32_t sum = 0;

	assert_true(n > 0);
	text[n] = '\0';
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	for (line = text; *line; line = next) {
		next = strchr(line, '\n') + 1;
		next[-1] = '\0';
		(void)snprintf(body, sizeof(body), "%s", line + 9);
		if (line == text)
			(void)snprintf(body, sizeof(body), HD_JOURNAL_WORD " %s %s %s %s", version,
				       hd_journal_owners[fake->id.owner], fake->id.key, rest);
		sum = hd_record_sum(sum, body, strlen(body));
		assert_true(dprintf(fd, "%08x %s\n", sum, body) > 0);
	}
	(void)close(fd);
}

enum hd_exit fake_plan_apply(struct fake_plan *fake, struct hd_error *err)
{
	memset(err, 0, sizeof(*err));
	return hd_plan_apply(&fake->plan, &fake->apply, &fake->id, err);
}

void fake_plan_recover(struct fake_plan *fake, struct hd_recovery *ret)
{
	hd_recover_all(ret, &fake->host.arena, &fake->apply, fake_knobs_all,
		       hd_now_ms() + PATIENT_MS);
}
