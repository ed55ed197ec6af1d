# SPDX-License-Identifier: GPL-2.0-or-later
UNIT_TESTS += \
	tests/run/test_apply \
	tests/run/test_child \
	tests/run/test_crash \
	tests/run/test_crash_write \
	tests/run/test_hook_run \
	tests/run/test_journal \
	tests/run/test_keeper \
	tests/run/test_recover \
	$(NULL)
SLOW_TESTS += tests/run/test_hang_keeper
