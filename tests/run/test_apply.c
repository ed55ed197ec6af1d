/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_apply.c - plans are carried out, verified, and taken back. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

static int setup(void **state)
{
	struct fake_plan *fake = calloc(1, sizeof(*fake));

	fake_plan_make(fake, 3);
	*state = fake;
	return 0;
}

static int teardown(void **state)
{
	fake_plan_remove(*state);
	free(*state);
	return 0;
}

/* Is START less than MS ago?  Not asked under valgrind. */
static bool took_less(int64_t start, int64_t ms)
{
	return is_under_valgrind() || hd_now_ms() - start < ms;
}

/* vfork(2) puts its caller into D state, unless valgrind makes a fork(2) of it. */
static void needs_vfork(void)
{
	if (!is_under_valgrind())
		return;
	print_message("valgrind has no vfork(2)\n");
	skip();
}

static void expect(struct fake_plan *fake, enum hd_exit want, const char *text)
{
	struct hd_error err;
	enum hd_exit result = fake_plan_apply(fake, &err);

	if (result != want)
		fail_msg("exit %d, not %d: %s", result, want, err.text);
	if (text && !strstr(err.text, text))
		fail_msg("'%s' does not say '%s'", err.text, text);
	assert_true((err.code < 0) == (want != HD_EXIT_OK));
}

static void expect_states(const struct fake_plan *fake, const enum hd_step_state *states)
{
	for (size_t i = 0; i < fake->plan.n; i++)
		if (fake->steps[i].state != states[i])
			fail_msg("step %zu is %d, not %d: %s", i, fake->steps[i].state,
				 states[i], fake->steps[i].error.text);
}

static void all_done(void **state)
{
	struct fake_plan *fake = *state;
	const struct hd_journal_entry *entry;

	fake_plan_reset(fake, true);
	expect(fake, HD_EXIT_OK, NULL);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_DONE, HD_STEP_DONE, HD_STEP_DONE,
						    HD_STEP_DONE });
	entry = fake_plan_journal(fake);
	assert_true(entry->is_committed);
	for (size_t i = 0; i < entry->n_steps; i++)
		assert_int_equal(entry->steps[i].last, HD_EVENT_DONE);
}

static void without_steps(void **state)
{
	struct fake_plan *fake = *state;

	fake->plan.n = 0;
	expect(fake, HD_EXIT_OK, NULL);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void without_journal(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_error err = { 0 };

	assert_int_equal(hd_plan_apply(&fake->plan, &fake->apply, NULL, &err), HD_EXIT_OK);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void malformed_plans(void **state)
{
	struct fake_plan *fake = *state;

	fake->steps[0].stage = 2;
	expect(fake, HD_EXIT_HOST, "not sorted");
	fake->plan.n = HD_PLAN_MAX + 1;
	expect(fake, HD_EXIT_HOST, "more than 256");
	assert_int_equal(atomic_load(&fake->kernel.faults->writes), 0);
}

static void journal_is_there_already(void **state)
{
	struct fake_plan *fake = *state;

	expect(fake, HD_EXIT_OK, NULL);
	fake_kernel_clear(&fake->kernel);
	fake_plan_fill(fake, false);
	expect(fake, HD_EXIT_HOST, "already has a journal");
	assert_int_equal(atomic_load(&fake->kernel.faults->writes), 0);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
}

/* A step that is not where the check saw it is neither set nor taken back. */
static void stale(void **state)
{
	struct fake_plan *fake = *state;

	fake_kernel_force(&fake->kernel, fake_plan_addr(1), "xhci_hcd");
	expect(fake, HD_EXIT_HOST, "0000:02:00.0 is now xhci_hcd, but was nvme");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_PLANNED, HD_STEP_STALE,
						    HD_STEP_PLANNED });
	assert_int_equal(atomic_load(&fake->kernel.faults->writes), 0);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), "xhci_hcd");
	assert_int_equal(fake_plan_journals(fake), 0);
}

/* Also if it is where the step would have put it: it was somebody else. */
static void stale_at_its_aim(void **state)
{
	struct fake_plan *fake = *state;

	fake_plan_serialise(fake);
	fake_kernel_force(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
	expect(fake, HD_EXIT_HOST, "0000:03:00.0 is now vfio-pci:vfio-pci");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_UNDONE,
						    HD_STEP_STALE });
	fake_kernel_assert(&fake->kernel, fake_plan_addr(0), FAKE_ON_HOST);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
}

/* Two starts load the same module: no lock covers it, and it is never unloaded. */
static void module_is_loaded_meanwhile(void **state)
{
	struct fake_plan *fake = *state;

	fake_plan_reset(fake, true);
	fake_dir(&fake->host, "sys/module/vfio-pci");
	expect(fake, HD_EXIT_OK, NULL);
	fake_plan_reset(fake, true);
	atomic_store(&fake->kernel.faults->fail_at, 4);
	expect(fake, HD_EXIT_HOST, NULL);
	assert_int_equal(fake->steps[0].state, HD_STEP_DONE);
	assert_true(hd_sysroot_has(&fake->host.root, "sys/module/vfio-pci"));
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

/* It has no record of its beginning, so one of its end would break the journal. */
static void module_is_loaded_and_something_is_left(void **state)
{
	struct fake_plan *fake = *state;

	fake_plan_reset(fake, true);
	fake_dir(&fake->host, "sys/module/vfio-pci");
	atomic_store(&fake->kernel.faults->answers_late, -1);
	expect(fake, HD_EXIT_STRANDED, "may still be carried out");
	assert_int_equal(fake_plan_journal(fake)->n_steps, fake->plan.n);
}

/* A set that reports success must still be seen. */
static void silent_failure(void **state)
{
	struct fake_plan *fake = *state;

	atomic_store(&fake->kernel.faults->is_silent, 1);
	fake_plan_serialise(fake);
	atomic_store(&fake->kernel.faults->fail_at, 6);
	expect(fake, HD_EXIT_HOST, "0000:02:00.0 did not become vfio-pci:vfio-pci");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_FAILED,
						    HD_STEP_PLANNED });
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void a_child_is_killed(void **state)
{
	struct fake_plan *fake = *state;

	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(1));
	atomic_store(&fake->kernel.faults->dies, 1);
	expect(fake, HD_EXIT_HOST, "0000:02:00.0: the process that changed it was ended by "
	       "signal 9");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_FAILED,
						    HD_STEP_UNDONE });
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

/* Nothing is taken back while a process uses it, but the others are. */
static void in_use_while_taken_back(void **state)
{
	struct fake_plan *fake = *state;

	fake_plan_serialise(fake);
	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(1));
	atomic_store(&fake->kernel.faults->is_busy, 1);
	atomic_store(&fake->kernel.faults->fail_at, 7);
	expect(fake, HD_EXIT_STRANDED, "in use by qemu (pid 812)");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_STRANDED,
						    HD_STEP_FAILED });
	fake_kernel_assert(&fake->kernel, fake_plan_addr(0), FAKE_ON_HOST);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), FAKE_ON_VFIO);
	assert_int_equal(fake_plan_journal(fake)->steps[0].last, HD_EVENT_UNDONE);
	assert_int_equal(fake_plan_journal(fake)->steps[1].last, HD_EVENT_UNDO);
}

/* An unbind that sleeps for ever, and can be killed: half-way, so taken back. */
static void hangs(void **state)
{
	struct fake_plan *fake = *state;
	int64_t start = hd_now_ms();

	fake->apply.step_deadline_ms = is_under_valgrind() ? 3000 : 1000;
	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(2));
	atomic_store(&fake->kernel.faults->hangs, 1);
	expect(fake, HD_EXIT_HOST, "0000:03:00.0: it did not end within ");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_UNDONE,
						    HD_STEP_FAILED });
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_true(took_less(start, PATIENT_MS));
	assert_true(fake->plan.steps[2].took_ms >= fake->apply.step_deadline_ms);
}

/* In D state no signal reaches it: said, with its stack, and left alone. */
static void sticks_in_the_kernel(void **state)
{
	struct fake_plan *fake = *state;
	int64_t start = hd_now_ms();

	needs_vfork();
	fake->apply.step_deadline_ms = 1000;
	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(0));
	atomic_store(&fake->kernel.faults->sticks, 1);
	expect(fake, HD_EXIT_STRANDED, "0000:01:00.0: stuck in the kernel (process ");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_STUCK, HD_STEP_UNDONE,
						    HD_STEP_UNDONE });
	assert_int_equal(fake_plan_journal(fake)->steps[0].last, HD_EVENT_STUCK);
	assert_true(took_less(start, PATIENT_MS));
	assert_int_equal(kill(atomic_load(&fake->kernel.faults->helper), 0), 0);
}

/* Sent and not answered: the outcome is unknown, and nothing is assumed. */
static void never_answered(void **state)
{
	struct fake_plan *fake = *state;

	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(1));
	atomic_store(&fake->kernel.faults->answers_late, -1);
	expect(fake, HD_EXIT_STRANDED, "may still be carried out");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_STUCK,
						    HD_STEP_UNDONE });
	assert_int_equal(fake_plan_journal(fake)->steps[1].last, HD_EVENT_STUCK);
}

/* Carried out while we look: then it is known, and can be taken back. */
static void answered_late(void **state)
{
	struct fake_plan *fake = *state;

	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(1));
	atomic_store(&fake->kernel.faults->answers_late, 30);
	expect(fake, HD_EXIT_HOST, "may still be carried out");
	expect_states(fake, (enum hd_step_state[]){ HD_STEP_UNDONE, HD_STEP_FAILED,
						    HD_STEP_UNDONE });
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static int set_otherwise(const struct hd_knob_host *host, const char *target,
			 const char *from, const char *to, struct hd_error *err)
{
	int rc = fake_knob_pci_driver.set(host, target, from, to, err);

	if (rc == 0)
		hd_remark(err, "by hand");
	return rc < 0 ? rc : HD_SET_OTHERWISE;
}

static void done_in_another_way(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_knob knob = *fake->steps[1].knob;

	knob.set = set_otherwise;
	fake->steps[1].knob = &knob;
	expect(fake, HD_EXIT_OK, NULL);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	assert_int_equal(fake->steps[1].error.code, 0);
	assert_string_equal(fake->steps[1].error.text, "by hand");
	assert_string_equal(fake->steps[0].error.text, "");
}

static void at_the_same_time(void **state)
{
	struct fake_plan *fake = *state;
	int64_t start = hd_now_ms();

	/* One after the other: 3,000; what lies between is for a busy machine. */
	fake->apply.step_deadline_ms = PATIENT_MS;
	atomic_store(&fake->kernel.faults->unbind_ms, 1000);
	expect(fake, HD_EXIT_OK, NULL);
	assert_true(hd_now_ms() - start >= 1000);
	assert_true(took_less(start, 2900));
}

/* The way back is as parallel as the way there: here one step fails at its probe. */
static void taken_back_at_the_same_time(void **state)
{
	struct fake_plan *fake = *state;
	int64_t start = hd_now_ms();

	fake->apply.step_deadline_ms = PATIENT_MS;
	atomic_store(&fake->kernel.faults->unbind_ms, 1000);
	atomic_store(&fake->kernel.faults->fail_at, 9);
	expect(fake, HD_EXIT_HOST, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_true(took_less(start, 4500));
	assert_true(fake->plan.steps[0].back_ms >= 1000);
}

/* What a child holds of ours it keeps: locks and claims; what is libvirt's it lets go. */
static void what_a_child_holds(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal journal;
	struct hd_error err;
	char path[64], link[64];
	ssize_t n;

	needs_vfork();
	fake->apply.step_deadline_ms = 1000;
	fake_plan_serialise(fake);
	atomic_store(&fake->kernel.faults->sticks, 1);
	expect(fake, HD_EXIT_STRANDED, "stuck in the kernel");
	assert_int_equal(hd_journal_reopen(&journal, fake->apply.dir_fd, &fake->id, &err), -EBUSY);
	for (int fd = 0; fd < 3; fd++) {
		(void)snprintf(path, sizeof(path), "/proc/%d/fd/%d",
			       atomic_load(&fake->kernel.faults->helper), fd);
		n = readlink(path, link, sizeof(link) - 1);
		assert_true(n > 0);
		link[n] = '\0';
		assert_string_equal(link, "/dev/null");
	}
}

static void signals_wait(void **state)
{
	struct fake_plan *fake = *state;
	sigset_t now;

	expect(fake, HD_EXIT_OK, NULL);
	assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	assert_false(sigismember(&now, SIGTERM));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_done), TEST(without_steps), TEST(without_journal), TEST(malformed_plans),
		TEST(journal_is_there_already), TEST(stale), TEST(stale_at_its_aim),
		TEST(module_is_loaded_meanwhile), TEST(module_is_loaded_and_something_is_left),
		TEST(silent_failure), TEST(a_child_is_killed),
		TEST(in_use_while_taken_back), TEST(hangs), TEST(sticks_in_the_kernel),
		TEST(never_answered), TEST(answered_late), TEST(done_in_another_way),
		TEST(at_the_same_time),
		TEST(taken_back_at_the_same_time), TEST(what_a_child_holds), TEST(signals_wait),
	};

	return cmocka_run_group_tests_name("apply", tests, NULL, NULL);
}
