/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_handover.c - whatever happens to a hand-over, the screen comes back. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/undo.h"
#include "tests/support/fakecard.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

static int make(void **state)
{
	static struct fake_card card;

	fake_card_make(&card);
	*state = &card;
	return 0;
}

static int drop(void **state)
{
	fake_card_remove(*state);
	return 0;
}

static void recovers(struct fake_card *card)
{
	struct hd_recovery recovery;

	fake_card_recover(card, &recovery);
	if (recovery.result != HD_EXIT_OK)
		fail_msg("%s", recovery.text);
	assert_int_equal(fake_plan_journals(&card->plan), 0);
	fake_card_settle(card);
	fake_card_assert(card, false, NULL);
}

static void goes_and_comes_back(void **state)
{
	struct fake_card *card = *state;
	struct hd_error err;

	for (int round = 0; round < 3; round++) {
		if (fake_card_apply(card, &err) != HD_EXIT_OK)
			fail_msg("%s", err.text);
		fake_card_assert(card, true, NULL);
		fake_card_kill_guest(card);
		recovers(card);
		fake_card_reset(card);
	}
}

/* Each change of the host fails once: all is as before. */
static void each_failure_is_taken_back(void **state)
{
	struct fake_card *card = *state;
	struct hd_error err;
	enum hd_exit result = HD_EXIT_HOST;
	int at = 0;

	while (result != HD_EXIT_OK) {
		fake_card_reset(card);
		atomic_store(&card->faults->fail_at, ++at);
		result = fake_card_apply(card, &err);
		if (result == HD_EXIT_OK)
			break;
		if (result != HD_EXIT_HOST)
			fail_msg("change %d: %s", at, err.text);
		fake_card_settle(card);
		fake_card_assert(card, false, NULL);
		assert_int_equal(fake_plan_journals(&card->plan), 0);
	}
	assert_true(at > 10);
}

/* Its files show it as active all the time: it must not stop after the undo. */
static void a_stop_that_goes_on_is_taken_back(void **state)
{
	struct fake_card *card = *state;
	struct hd_error err;

	atomic_store(&card->faults->stop_is_slow, 1);
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_HOST);
	assert_non_null(strstr(err.text, "gdm.service did not stop in time"));
	fake_card_settle(card);
	fake_card_assert(card, false, NULL);
}

/* Programs that end have a deadline of their own, and all else has not. */
static void a_slow_stop_has_its_time(void **state)
{
	struct fake_card *card = *state;
	struct hd_knob_host *host = &card->plan.apply.host;
	struct hd_error err;

	card->plan.apply.step_deadline_ms = host->call_deadline_ms = 1500;
	atomic_store(&card->faults->stop_ms, 4000);
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_HOST);
	assert_non_null(strstr(err.text, "gdm.service: it did not end within 1500 ms"));
	fake_card_settle(card);
	fake_card_assert(card, false, NULL);
	card->plan.apply.step_deadline_ms = host->call_deadline_ms = 3000;
	fake_card_reset(card);
	atomic_store(&card->faults->stop_ms, 3500);
	host->ending_deadline_ms = PATIENT_MS;
	if (fake_card_apply(card, &err) != HD_EXIT_OK)
		fail_msg("%s", err.text);
	assert_int_equal(hd_stage_ms(&card->plan.plan, 1, 2, host, 500), PATIENT_MS);
	assert_int_equal(hd_stage_ms(&card->plan.plan, 4, 5, host, 500), 500);
	assert_int_equal(hd_stage_ms(&card->plan.plan, 1, 2, host, 2 * PATIENT_MS), 2 * PATIENT_MS);
}

static void a_module_that_stays_is_bounded(void **state)
{
	struct fake_card *card = *state;
	int64_t begun = hd_now_ms();
	struct hd_error err;

	(void)snprintf(card->faults->busy, sizeof(card->faults->busy), "nvidia_modeset");
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_HOST);
	if (!strstr(err.text, "module nvidia_modeset cannot be unloaded"))
		fail_msg("%s", err.text);
	assert_true(hd_now_ms() - begun < PATIENT_MS / 2);
	fake_card_assert(card, false, NULL);
}

/* It is left alone and said; all else comes back, the display manager above all. */
static void an_unload_that_hangs_is_left_alone(void **state)
{
	struct fake_card *card = *state;
	struct hd_recovery recovery;
	struct hd_error err;

	if (is_under_valgrind()) {
		print_message("valgrind has no vfork(2)\n");
		skip();
	}
	(void)snprintf(card->faults->stuck, sizeof(card->faults->stuck), "nvidia_drm");
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_STRANDED);
	if (!strstr(err.text, "nvidia_drm: stuck in the kernel"))
		fail_msg("%s", err.text);
	fake_card_settle(card);
	fake_card_assert(card, false, NULL);
	/* What hangs has our journal and locks. */
	fake_card_recover(card, &recovery);
	assert_int_equal(recovery.n_busy, 1);
	assert_int_equal(kill(atomic_exchange(&card->faults->helper, 0), SIGKILL), 0);
	while (fake_card_recover(card, &recovery), recovery.n_busy)
		continue;
	assert_int_equal(recovery.result, HD_EXIT_OK);
	fake_card_assert(card, false, NULL);
}

/* For good, as the kernel does it; that is said and strands nothing. */
static void a_framebuffer_that_is_gone_is_said(void **state)
{
	struct fake_card *card = *state;
	struct hd_recovery recovery;
	struct hd_error err;

	atomic_store(&card->faults->loses_framebuffer, 1);
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_OK);
	fake_card_recover(card, &recovery);
	assert_int_equal(recovery.result, HD_EXIT_OK);
	assert_non_null(strstr(recovery.text, "efi-framebuffer.0 no longer exists"));
	fake_card_assert(card, false, "efi-framebuffer.0");
}

/* The guest left it so: it is reset before its driver sees it. */
static void a_dead_card_is_woken(void **state)
{
	struct fake_card *card = *state;
	struct hd_recovery recovery;
	struct hd_error err;

	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_OK);
	fake_bytes(&card->plan.host, "sys/bus/pci/devices/" FAKE_CARD "/config",
		   "\xff\xff\xff\xff\xff\xff", 6);
	fake_card_recover(card, &recovery);
	assert_int_equal(recovery.result, HD_EXIT_OK);
	assert_non_null(strstr(recovery.text, FAKE_CARD " was given back (answers)"));
	fake_card_assert(card, false, NULL);
}

static void without_its_modules_the_rest_comes_back(void **state)
{
	struct fake_card *card = *state;
	struct hd_recovery recovery;
	char now[HD_STATE_MAX];
	struct hd_error err;

	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_OK);
	atomic_store(&card->faults->has_no_modprobe, 1);
	fake_card_recover(card, &recovery);
	assert_int_equal(recovery.result, HD_EXIT_STRANDED);
	assert_non_null(strstr(recovery.text, "modprobe nvidia_drm failed"));
	assert_non_null(strstr(recovery.text, "gdm.service was given back (active)"));
	assert_non_null(strstr(recovery.text, "vtcon1 was given back (bound)"));
	assert_non_null(strstr(recovery.text, "0000:01:00.0 has no driver: nvidia is not loaded"));
	assert_int_equal(card->plan.plan.steps[1].knob->get(&card->plan.apply.host, FAKE_CARD_UNIT, now,
						       &err), 0);
	assert_string_equal(now, "active");
	/* What is missing is tried again. */
	atomic_store(&card->faults->has_no_modprobe, 0);
	recovers(card);
}

/* A guest has the card: neither the driver's modules nor the display manager come back before it. */
static void nothing_comes_back_under_a_guest(void **state)
{
	struct fake_card *card = *state;
	struct fake_host *host = &card->plan.host;
	struct hd_recovery recovery;
	struct hd_error err;

	if (fake_card_apply(card, &err) != HD_EXIT_OK)
		fail_msg("%s", err.text);
	fake_file(host, "dev/vfio/1", "");
	fake_file(host, "proc/812/comm", "qemu\n");
	fake_link(host, "proc/812/fd/20", "/dev/vfio/1");
	card->root.is_live = false;	/* its nodes have names and no numbers */
	fake_card_recover(card, &recovery);
	card->root.is_live = true;
	assert_int_equal(recovery.result, HD_EXIT_OK);
	assert_int_equal(recovery.n_given_back, 0);
	assert_non_null(strstr(recovery.text, "in use by qemu (pid 812)"));
	assert_non_null(strstr(recovery.text, "unit gdm.service waits for " FAKE_CARD));
	fake_card_assert(card, true, NULL);
	assert_int_equal(unlinkat(host->root.fd, "proc/812/fd/20", 0), 0);
	recovers(card);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(goes_and_comes_back, make, drop),
		cmocka_unit_test_setup_teardown(nothing_comes_back_under_a_guest, make, drop),
		cmocka_unit_test_setup_teardown(each_failure_is_taken_back, make, drop),
		cmocka_unit_test_setup_teardown(a_stop_that_goes_on_is_taken_back, make, drop),
		cmocka_unit_test_setup_teardown(a_slow_stop_has_its_time, make, drop),
		cmocka_unit_test_setup_teardown(a_module_that_stays_is_bounded, make, drop),
		cmocka_unit_test_setup_teardown(an_unload_that_hangs_is_left_alone, make, drop),
		cmocka_unit_test_setup_teardown(a_framebuffer_that_is_gone_is_said, make, drop),
		cmocka_unit_test_setup_teardown(a_dead_card_is_woken, make, drop),
		cmocka_unit_test_setup_teardown(without_its_modules_the_rest_comes_back, make, drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
