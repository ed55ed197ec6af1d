# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/run/test_apply \
	tests/run/test_child \
	tests/run/test_counts \
	tests/run/test_crash \
	tests/run/test_crash_write \
	tests/run/test_handover \
	tests/run/test_hook_run \
	tests/run/test_journal \
	tests/run/test_keeper \
	tests/run/test_recover \
	$(NULL)
SLOW_TESTS += tests/run/test_hang_keeper tests/run/test_handover_crash

# The real knobs, and a kernel and a systemd that answer them.
FAKE_CARD = tests/support/fakecard.c tests/support/fakecard.h
LINK_FAKE_CARD = $(AM_LDFLAGS) -Wl,--wrap=hd_sysroot_write,--wrap=syscall \
	-Wl,--wrap=hd_modprobe,--wrap=hd_systemd_ask
tests_run_test_handover_SOURCES = tests/run/test_handover.c $(FAKE_CARD)
tests_run_test_handover_LDFLAGS = $(LINK_FAKE_CARD)
tests_run_test_handover_crash_SOURCES = tests/run/test_handover_crash.c $(FAKE_CARD)
tests_run_test_handover_crash_LDFLAGS = $(LINK_FAKE_CARD)
